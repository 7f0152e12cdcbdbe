import{T as _,W as Y,_ as m,d as se,e as q,g as W,h as ge,i as Te,u as Le}from"./chunk-BNYHLLP5.js";function pe(e,n,t){let c=new Map;for(let a of e){let i=t.get(n.nodes[a].name)?.state??"";c.set(i,(c.get(i)??0)+1)}return[...c].sort((a,i)=>me.indexOf(a[0])-me.indexOf(
i[0]))}var me=["ERROR","PAUSED","RUNNING","DELAYED","WAITING","IDLE","CANCELLED","SKIPPED","SUCCESS",""],je=.8,ue=.25,We=.6,Be=4,be=e=>e.getContext("2d",{alpha:!1});
function Ge(e,n,t){let c=e.spare??document.createElement("canvas");e.spare=c,c.width=n.width,c.height=n.height,be(c).drawImage(n,0,0),e.last={picture:c,view:{...t}}}
function Re(e,n,t,c){let a=devicePixelRatio||1,i=be(e);i.setTransform(a,0,0,a,0,0),i.imageSmoothingEnabled=!1,i.fillStyle=getComputedStyle(e).getPropertyValue("\
--back").trim(),i.fillRect(0,0,n.width,n.height);for(let{picture:l,view:o}of c){let h=t.scale/o.scale;i.drawImage(l,t.x-o.x*h,t.y-o.y*h,l.width/a*h,l.height/a*h)}
e.dataset.moving=String(Number(e.dataset.moving??0)+1)}var Ce=new WeakMap;function ye(e,n,t,c,a,i,l=e){let{layout:o,hidesDone:h,critical:M,graph:s,members:f,all:g,
states:p}=n,b=[o,h,M,s,c,i,a.width,a.height,devicePixelRatio,t.x,t.y,t.scale],C=Ce.get(e);Ce.set(e,{key:b,states:p});let u=t.scale<ue&&C?.key.every((T,A)=>T===b[A]);
if(!C||!u)return Ae(e,n,t,c,a,l);let $=T=>p.get(g.nodes[T].name)!==C.states.get(g.nodes[T].name),x=new Set;f.forEach((T,A)=>(T.length===1?$(T[0]):T.some($))&&x.
add(A)),x.size&&Ae(e,n,t,c,a,l,x)}function Ae(e,n,t,c,a,i,l){let{graph:o,members:h,edges:M,layout:s,states:f,all:g}=n,p=devicePixelRatio||1,{width:b,height:C}=a;
l||(e.width=b*p,e.height=C*p);let u=be(e),$=getComputedStyle(i),x=d=>$.getPropertyValue(`--${d}`).trim(),[T,A,O]=[x("panel"),x("back"),x("ink")];u.setTransform(
p,0,0,p,0,0),u.fillStyle=A,l||u.fillRect(0,0,b,C),u.setTransform(p*t.scale,0,0,p*t.scale,p*t.x,p*t.y);let[v,U]=[-t.x/t.scale,-t.y/t.scale],[E,z]=[v+b/t.scale,U+
C/t.scale],ae=d=>s.x[d]>E||s.x[d]+190<v||s.y[d]>z||s.y[d]+44<U,j=Math.max(1,1/t.scale),L=h.map(d=>d.length===1?f.has(g.nodes[d[0]].name):d.some(R=>f.has(g.nodes[R].
name))),ce=d=>[s.x[d]-j/2,s.y[d]-j/2,190+j,44+j];if(l)for(let d of l)u.fillRect(...ce(d));let Q=new Map;M.forEach((d,R)=>{if(l&&!((l.has(d.from)||l.has(d.to))&&
L[d.from]&&L[d.to]))return;let[k,G]=[s.x[d.from]+190,s.y[d.from]+44/2],[S,I]=[s.x[d.to],s.y[d.to]+44/2];if(Math.max(k,S)<v||Math.min(k,S)>E||Math.max(G,I)<U||Math.
min(G,I)>z||t.scale<ue&&(Math.abs(S-k)+Math.abs(I-G))*t.scale<Be)return;let F=`${d.on} ${L[d.from]&&L[d.to]?1:0}`,D=Q.get(F);if(D||Q.set(F,D=new Path2D),D.moveTo(
k,G),t.scale<ue)D.lineTo(S,I);else if(s.back[R])D.bezierCurveTo(k+60,G+70,S-60,I+70,S,I);else{let H=Math.max(30,(S-k)/2);D.bezierCurveTo(k+H,G,S-H,I,S,I)}t.scale>=
ue&&(D.moveTo(S-7,I-4),D.lineTo(S,I),D.lineTo(S-7,I+4))});for(let[d,R]of Q){let[k,G]=d.split(" ");u.strokeStyle=x(k==="error"?"error":"muted"),u.globalAlpha=G===
"1"?1:.45,u.lineWidth=G==="1"?j*1.6:j,u.setLineDash(k==="error"?[6,4]:k==="skip"?[2,3]:[]),u.stroke(R)}u.globalAlpha=1,u.setLineDash([]),Ke(u,n,t,ae,[x("muted"),
A]);let le=new Map,ee=d=>{let R=le.get(d);return R||le.set(d,R=x(d)),R};u.textBaseline="middle";for(let d=0;d<o.nodes.length;d++){if(ae(d)||l&&!l.has(d))continue;
let R=o.nodes[d],k=h[d].length>1,G=k?pe(h[d],g,f):[],S=k?void 0:f.get(R.name),I=k?G[0][0]?_(G[0][0]).colour:"muted":S?_(S.state).colour:"muted",F=ee(I),D=!k&&n.
critical?.has(R.name),[H,V]=[s.x[d],s.y[d]];if(u.globalAlpha=n.hidesDone&&(S?.state==="SUCCESS"||k&&G[0][0]==="SUCCESS")?.25:1,t.scale<ue){if(u.fillStyle=L[d]?F:
T,u.fillRect(...ce(d)),L[d]&&d!==c&&!D)continue;u.strokeStyle=d===c||D?O:F,u.lineWidth=d===c||D?4*j:j,u.strokeRect(H,V,190,44);continue}k&&(u.beginPath(),u.roundRect(
H+4,V+4,190,44,6),u.fillStyle=A,u.fill(),u.strokeStyle=F,u.lineWidth=1,u.stroke()),u.beginPath(),u.roundRect(H,V,190,44,6),u.fillStyle=L[d]?T:A,u.fill(),u.strokeStyle=
D?O:F,u.lineWidth=d===c?4:D?3:L[d]?2:1.2,u.setLineDash(L[d]?[]:[5,4]),u.stroke(),u.setLineDash([]);let te=k?G:S?.part!==void 0?[[S.state,S.part],["",1-S.part]]:
[],X=te.reduce((ne,[,oe])=>ne+oe,0),de=H+6;for(let[ne,oe]of te){u.fillStyle=ee(ne?_(ne).colour:"line");let r=178*oe/X;u.fillRect(de,V+44-6,r,3.5),de+=r}let Z=t.
scale>=We;u.fillStyle=F,u.font="14px system-ui",u.fillText(k?"\u25A4":S?_(S.state).sign:"\u25CB",H+10,V+(Z?15:22)),u.fillStyle=O,u.font=Z?"600 13px system-ui":"\
600 16px system-ui",u.fillText(ie(R.name,Z?20:16),H+28,V+(Z?15:22)),Z&&(u.fillStyle=ee("muted"),u.font="11px system-ui",u.fillText(ie(k?`${Y(h[d].length)} tasks\
 \xB7 ${R.calls}`:xe(S,R),28),H+10,V+(te.length?29:32)))}u.globalAlpha=1}function xe(e,n){return e?`${e.note}${e.runs>1?` \xD7${e.runs}`:""}`:n.calls}function Ke(e,{
edges:n,layout:t},c,a,[i,l]){if(!(c.scale<je)){e.font="11px system-ui",e.textBaseline="middle";for(let o of n){if(!o.condition||a(o.from)&&a(o.to))continue;let h=ie(
o.condition,24),[M,s]=[(t.x[o.from]+190+t.x[o.to])/2,(t.y[o.from]+t.y[o.to]+44)/2],f=e.measureText(h).width;e.fillStyle=l,e.fillRect(M-f/2-3,s-8,f+6,16),e.fillStyle=
i,e.fillText(h,M-f/2,s)}}}var ie=(e,n)=>e.length>n?`${e.slice(0,n-1)}\u2026`:e;function De(e){return{graph:e,members:e.nodes.map((n,t)=>[t]),shownAs:Int32Array.from(e.nodes.keys())}}function Pe(e,n){let t=e.nodes.length,c=e.nodes.map(f=>n(
f.name)),a=_e(e,c),i=new Int32Array(t);a.forEach((f,g)=>f.forEach(p=>i[p]=g));let l=Fe(e,a,i,c),o=new Int32Array(t);l.forEach((f,g)=>f.forEach(p=>o[p]=g));let h=l.
map(f=>{let[g,p]=[e.nodes[f[0]],e.nodes[f[f.length-1]]];return f.length===1?g:{...g,name:`${g.name} \u2026 ${p.name}`,join:null,with_items:!1,line:null,policies:{}}}),
M=new Set,s=[];for(let f of e.edges){let[g,p]=[o[f.from],f.to<0?f.to:o[f.to]],b=`${g} ${p} ${f.on}`;g===p&&l[g].length>1||M.has(b)||(M.add(b),s.push({...f,from:g,
to:p}))}return{graph:{...e,nodes:h,edges:s},members:l,shownAs:o}}function _e(e,n){let t=e.nodes.length,[c,a]=[new Int32Array(t),new Int32Array(t)];for(let s of e.
edges)a[s.from]++,s.to>=0&&c[s.to]++;let[i,l]=[new Int32Array(t).fill(-1),new Int32Array(t).fill(-1)];for(let{from:s,to:f}of e.edges)f<0||s===f||a[s]!==1||c[f]!==
1||n[s]||n[f]||(i[s]=f,l[f]=s);let o=[],h=new Uint8Array(t),M=s=>{let f=[];for(let g=s;g>=0&&!h[g];g=i[g])h[g]=1,f.push(g);o.push(f)};for(let s=0;s<t;s++)l[s]<0&&
M(s);for(let s=0;s<t;s++)h[s]||M(s);return o}function Fe(e,n,t,c){let a=n.map(()=>[]);for(let{from:l,to:o,on:h}of e.edges)o>=0&&t[l]===t[o]||(a[t[l]].push(`>${o<
0?o:t[o]} ${h}`),o>=0&&a[t[o]].push(`<${t[l]} ${h}`));let i=new Map;return n.forEach((l,o)=>{let h=c[l[0]],M=l.map(g=>e.nodes[g].calls).join(","),s=h?`alone ${o}`:
`${a[o].sort().join("|")}/${M}`,f=i.get(s);f?f.push(...l):i.set(s,[...l])}),[...i.values()]}var we=e=>e.replace(/[&<>"]/g,n=>`&#${n.charCodeAt(0)};`);function ve(e,n,t,c){let{graph:a,members:i,edges:l,layout:o,states:h}=e,M=getComputedStyle(c),s=$=>we(
M.getPropertyValue(`--${$}`).trim()),[f,g]=[-n.x/n.scale,-n.y/n.scale],[p,b]=[t.width/n.scale,t.height/n.scale],C=$=>o.x[$]<f+p&&o.x[$]+190>f&&o.y[$]<g+b&&o.y[$]+
44>g,u=[`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${f} ${g} ${p} ${b}" width="${t.width}" height="${t.height}" font-family="system-ui, sans-serif">`,`<r\
ect x="${f}" y="${g}" width="${p}" height="${b}" fill="${s("back")}"/>`];for(let $ of l){if(!C($.from)&&!C($.to))continue;let[x,T,A,O]=[o.x[$.from]+190,o.y[$.from]+
44/2,o.x[$.to],o.y[$.to]+44/2],v=Math.max(30,(A-x)/2),U=$.on==="error";u.push(`<path d="M${x} ${T}C${x+v} ${T} ${A-v} ${O} ${A} ${O}m-7 -4l7 4l-7 4" fill="none"\
 stroke="${s(U?"error":"muted")}"${U?' stroke-dasharray="6 4"':""}/>`)}return a.nodes.forEach(($,x)=>{if(!C(x))return;let T=i[x].length>1?void 0:h.get($.name),A=s(
T?_(T.state).colour:"muted"),[O,v]=[o.x[x],o.y[x]],U=i[x].length>1?`${i[x].length} tasks`:xe(T,$);u.push(`<rect x="${O}" y="${v}" width="${190}" height="${44}" \
rx="6" fill="${s("panel")}" stroke="${A}" stroke-width="2"${T?"":' stroke-dasharray="5 4"'}/>`,`<text x="${O+10}" y="${v+19}" font-size="13" fill="${A}">${T?_(T.
state).sign:"\u25CB"}</text><text x="${O+28}" y="${v+19}" font-size="13" font-weight="600" fill="${s("ink")}">${we(ie($.name,20))}</text>`,`<text x="${O+10}" y=\
"${v+36}" font-size="11" fill="${s("muted")}">${we(ie(U,28))}</text>`)}),`${u.join(`
`)}
</svg>
`}var Ye={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"};function ze(e){let[n,t]=se();return q(()=>{if(!e)return;let c=e.edges.filter(i=>i.to>=0),a=new Worker(
Te("layout.js"),{type:"module"});return a.onmessage=i=>{t({of:e,layout:i.data}),a.terminate()},a.postMessage({count:e.nodes.length,from:Int32Array.from(c,i=>i.from),
to:Int32Array.from(c,i=>i.to)}),()=>a.terminate()},[e]),n?.of===e?n?.layout:void 0}function Xe(e,n,t){let[c,a]=se(e.nodes.length>2e3),i=t||!c;return{shown:ge(()=>{
if(i)return c?Pe(e,o=>["ERROR","RUNNING","PAUSED","DELAYED"].includes(n.get(o)?.state??"")):De(e)},[e.spec_hash,e.nodes.length,c,i]),isGrouped:c,toggle:()=>a(!c)}}
function St({graph:e,states:n,isReady:t=!0,critical:c,selected:a,onSelect:i,tools:l}){let o=W(null),h=W(null),M=W(null),{shown:s,isGrouped:f,toggle:g}=Xe(e,n,t),
p=ze(s?.graph),b=W(void 0),C=W("first"),u=W(0),$=Le.use(),[x,T]=se({width:0,height:0}),[A,O]=se(!1),[v,U]=se(),E=ge(()=>s&&p?{...s,layout:p,all:e,states:n,hidesDone:A,
critical:c,edges:s.graph.edges.filter(r=>r.to>=0)}:void 0,[s,p,n,A,c]),z=a===void 0?-1:e.nodes.findIndex(r=>r.name===a),ae=s&&z>=0?s.shownAs[z]:v??-1,j=(s?.graph.
nodes.length??0)>nt;q(()=>{let r=o.current,y=new ResizeObserver(()=>T({width:r.clientWidth,height:r.clientHeight}));return y.observe(r),()=>y.disconnect()},[]);
let L=W({}),ce=W(0),Q=W(void 0),le=W(0),ee=()=>{M.current&&p&&b.current&&rt(M.current,b.current,p,x)},d=()=>{let r=h.current;if(!r||!E||!x.width)return;let y=Ie(
E.layout,x);C.current==="all"?b.current=y:(C.current==="first"||!b.current)&&(b.current=et(y,E.layout,x,E.graph.nodes.length)),ye(r,E,b.current,ae,x,$),L.current.
last=void 0,r.dataset.painted=String(E.graph.nodes.length),ee()},R=()=>{!L.current.last&&b.current&&(Q.current={...b.current})},k=(r=!1)=>{cancelAnimationFrame(
u.current),u.current=requestAnimationFrame(()=>{if(!r||!j||!h.current.dataset.painted)return d();L.current.last||Ge(L.current,h.current,Q.current??b.current);let{
all:y,last:w}=L.current;Re(h.current,x,b.current,[y,w].filter(B=>B!==void 0)),ee(),clearTimeout(ce.current),ce.current=window.setTimeout(k,Ee)})};q(()=>{if(!E||
!x.width||!j){L.current.all=void 0;return}let r=L.current.of===E.layout&&L.current.look===$;r||(L.current.all=void 0);let y=r?Math.max(Ee,le.current+ot-performance.
now()):Ee,w=setTimeout(()=>{le.current=performance.now();let B=L.current.all?.picture??document.createElement("canvas"),K={width:Oe,height:Math.max(1,Math.round(
Oe*Math.min(4,E.layout.height/E.layout.width)))},re=Ie(E.layout,K);ye(B,E,re,-1,K,$,h.current),Object.assign(L.current,{all:{picture:B,view:re},of:E.layout,look:$}),
h.current.dataset.whole="1";let he=M.current?.previousElementSibling,fe=devicePixelRatio||1,[Ve,Ue]=[E.layout.width*re.scale*fe,E.layout.height*re.scale*fe];he?.
getContext("2d").drawImage(B,re.x*fe,re.y*fe,Ve,Ue,0,0,he.width,he.height)},y);return()=>clearTimeout(w)},[E,x,$]),q(()=>k(),[E,x,$,ae]),q(()=>{b.current=void 0,
C.current="first",U(void 0)},[e.spec_hash,f]);let G=r=>{let y=o.current.getBoundingClientRect();return[r.clientX-y.left-o.current.clientLeft,r.clientY-y.top-o.current.
clientTop]};q(()=>{let r=o.current,y=w=>{b.current&&(w.preventDefault(),C.current="moved",R(),Ne(b.current,Math.exp(-w.deltaY/400),...G(w)),k(!0))};return r.addEventListener(
"wheel",y,{passive:!1}),()=>r.removeEventListener("wheel",y)});let S=W(void 0),I=r=>{let[y,w]=G(r);S.current={x:y,y:w,moved:!1},o.current.setPointerCapture(r.pointerId)},
F=r=>{if(!S.current||!b.current)return;let[y,w]=G(r),[B,K]=[y-S.current.x,w-S.current.y];!S.current.moved&&Math.hypot(B,K)<4||(S.current={x:y,y:w,moved:!0},C.current=
"moved",R(),b.current.x+=B,b.current.y+=K,k(!0))},D=r=>{if(S.current&&!S.current.moved&&E&&b.current){let y=tt(E.layout,E.graph.nodes.length,b.current,...G(r)),
w=y===void 0?[]:E.members[y];U(w.length>1?y:void 0),i(w.length===1?e.nodes[w[0]].name:void 0)}S.current=void 0},H=(r,y,w)=>{C.current="moved",b.current={scale:w,
x:x.width/2-r*w,y:x.height/2-y*w}},V=r=>{C.current="moved",b.current&&Ne(b.current,r,x.width/2,x.height/2),k()},te=()=>{C.current="all",k()},X=r=>{let y=e.nodes.
findIndex(w=>w.name===r);if(E&&y>=0){let w=E.shownAs[y];H(E.layout.x[w]+190/2,E.layout.y[w]+44/2,Math.max(b.current?.scale??1,.6))}U(void 0),i(r),k()},de=r=>{let y=z+
1,w=[...e.nodes.slice(y),...e.nodes.slice(0,y)].map(K=>K.name),B=r&&(w.find(K=>K===r)??w.find(K=>K.includes(r)));B&&X(B)},Z=()=>{if(!E||!b.current)return;let r=document.
createElement("a");r.href=URL.createObjectURL(new Blob([ve(E,b.current,x,h.current)],{type:"image/svg+xml"})),r.download=`${e.name}.svg`,r.click(),setTimeout(()=>URL.
revokeObjectURL(r.href),1e4)},ne=r=>{if(r.ctrlKey||r.metaKey||r.altKey)return;let y=Je(e,n,a,r.key==="N");if(r.key==="+"||r.key==="=")V(1.3);else if(r.key==="-")
V(1/1.3);else if(r.key==="0")V(1/(b.current?.scale??1));else if(r.key==="f")te();else if(r.key==="h")O(!A);else if(r.key==="e"&&e.nodes.length>2e3)g();else if((r.
key==="n"||r.key==="N")&&y)X(y);else if(r.key.startsWith("Arrow")){let w=Qe(e,a,r.key);w&&X(w)}else return;r.preventDefault(),r.stopPropagation()},oe=s?.graph.nodes.
length??0;return m("div",{class:"graph",children:[m("div",{class:"graph-tools",children:[m("button",{onClick:()=>V(1.3),"aria-label":"Zoom in",children:"+"}),m(
"button",{onClick:()=>V(1/1.3),"aria-label":"Zoom out",children:"\u2212"}),m("button",{onClick:te,children:"Fit"}),e.nodes.length>2e3&&m("button",{"aria-pressed":!f,
onClick:g,children:f?`Open all ${Y(e.nodes.length)}`:"Group twins and chains"}),e.nodes.length>He&&m("input",{class:"graph-find","data-filter":!0,"aria-label":"\
Find a task",placeholder:"find a task",onKeyDown:r=>{r.stopPropagation(),r.key==="Enter"&&de(r.currentTarget.value.trim())}}),n.size>0&&m("label",{children:[m("\
input",{type:"checkbox",checked:A,onChange:r=>O(r.currentTarget.checked)})," dim SUCCESS"]}),l,m("span",{class:"muted",children:[Y(e.nodes.length)," ",e.nodes.length===
1?"task":"tasks",f&&s?` as ${Y(oe)} ${oe===1?"node":"nodes"}`:"",e.truncated?", more are left out":""]}),m("button",{class:"small",onClick:Z,children:"Save as S\
VG"})]}),m("div",{class:"graph-stage",ref:o,style:{height:p?`clamp(220px, ${Math.round(p.height+90)}px, 52vh)`:void 0},onPointerDown:I,onPointerMove:F,onPointerUp:D,
onKeyDown:ne,children:[m("canvas",{ref:h,tabIndex:0,role:"img","aria-label":`Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f sho\
ws all, 0 their own size, h dims what has succeeded.`}),j&&p&&m("div",{class:"graph-map","aria-hidden":"true",style:{width:`${J}px`,height:`${Me(p)}px`},onPointerDown:r=>{
r.stopPropagation();let y=r.currentTarget.getBoundingClientRect(),w=p.width/J;H((r.clientX-y.left)*w,(r.clientY-y.top)*w,b.current?.scale??1),k()},children:[m("\
canvas",{width:J,height:Me(p)}),m("div",{ref:M})]})]}),!p&&m("p",{class:"graph-wait muted",children:"Laying out\u2026"}),s&&v!==void 0&&z<0?m(Ze,{tasks:s.members[v]??
[],graph:e,states:n,goTo:X,open:g}):m(qe,{graph:e,states:n,selected:a,goTo:X})]})}var Se=50;function Ze({tasks:e,graph:n,states:t,goTo:c,open:a}){let i=o=>me.indexOf(
t.get(n.nodes[o].name)?.state??""),l=[...e].sort((o,h)=>i(o)-i(h)).slice(0,Se);return m("div",{class:"navigator","aria-live":"polite",children:[m("div",{children:[
m("strong",{children:[Y(e.length)," tasks"]})," with the same neighbours, or one behind the other: ",pe(e,n,t).map(([o,h])=>m("span",{class:"fact",children:[m("\
span",{class:`state-${o?_(o).colour:"idle"}`,children:o?`${_(o).sign} ${o}`:"\u25CB not run"})," ",Y(h)]}))," ",m("button",{class:"small",onClick:a,children:"Sh\
ow each"})]}),m("ul",{class:"chips",children:l.map(o=>m("li",{children:m("button",{class:"small",onClick:()=>c(n.nodes[o].name),children:n.nodes[o].name})}))}),
e.length>Se&&m("p",{class:"muted",children:["The first ",Se,"; all of them are in the table of tasks."]})]})}function qe({graph:e,states:n,selected:t,goTo:c}){let a=e.
nodes.findIndex(s=>s.name===t);if(a<0)return m("p",{class:"muted navigator",children:"Choose a task to see what leads to it and what follows."});let i=e.nodes[a],
l=(s,f)=>s.map(g=>{let p=e.nodes[g[f]]?.name;return m("li",{children:[m("span",{class:"muted",children:[g.on," "]}),p===void 0?Ye[g.to]:m("button",{onClick:()=>c(
p),children:p}),g.condition&&m("code",{children:[" ",g.condition]})]})}),o=e.edges.filter(s=>s.to===a).slice(0,100),h=e.edges.filter(s=>s.from===a).slice(0,100),
M=[i.with_items&&"with-items",i.join&&`join ${i.join}`,i.concurrency&&`${i.concurrency} at a time`,...Object.keys(i.policies).filter(s=>s!=="concurrency")].filter(
Boolean).join(", ");return m("div",{class:"navigator","aria-live":"polite",children:[m("div",{children:[m("strong",{children:i.name})," ",n.get(i.name)?.state??
"not run"," \xB7 ",m("code",{children:i.calls}),M&&m("span",{class:"muted",children:[" \xB7 ",M]})]}),m("div",{class:"columns",children:[m("div",{children:[m("h\
3",{children:"Comes from"}),o.length?m("ul",{children:l(o,"from")}):m("p",{class:"muted",children:"The workflow's start."})]}),m("div",{children:[m("h3",{children:"\
Leads to"}),h.length?m("ul",{children:l(h,"to")}):m("p",{class:"muted",children:"The workflow's end."})]})]})]})}function Je(e,n,t,c){let a=e.nodes.filter(l=>n.
get(l.name)?.state==="ERROR").map(l=>l.name),i=t===void 0?-1:a.indexOf(t);if(a.length)return a[(i+(c?a.length-1:1)+(c&&i<0?1:0))%a.length]}function Qe(e,n,t){let c=e.
nodes.findIndex(i=>i.name===n);if(c<0)return e.nodes[0]?.name;let a=t==="ArrowRight"||t==="ArrowDown";if(t==="ArrowLeft"||t==="ArrowRight"){let i=a?e.edges.find(
l=>l.from===c&&l.to>=0):e.edges.find(l=>l.to===c);return i&&e.nodes[a?i.to:i.from].name}return e.nodes[(c+(a?1:e.nodes.length-1))%e.nodes.length].name}function Ie(e,n){
let t=Math.min(1,(n.width-40)/e.width,(n.height-40)/e.height);return{scale:t,x:(n.width-e.width*t)/2,y:(n.height-e.height*t)/2}}function et(e,n,t,c){return c>He||
e.scale>=$e||n.width<n.height?e:{scale:$e,x:12,y:(t.height-n.height*$e)/2}}function Ne(e,n,t,c){let a=Math.min(3,Math.max(.01,e.scale*n));e.x=t-(t-e.x)*a/e.scale,
e.y=c-(c-e.y)*a/e.scale,e.scale=a}function tt(e,n,t,c,a){let[i,l]=[(c-t.x)/t.scale,(a-t.y)/t.scale];for(let o=0;o<n;o++)if(i>=e.x[o]&&i<=e.x[o]+190&&l>=e.y[o]&&
l<=e.y[o]+44)return o}var He=60,$e=.4,nt=400,Ee=80,ot=2e3,Oe=1600,J=150,Me=e=>Math.max(12,Math.min(150,Math.round(J*e.height/e.width)));function rt(e,n,t,c){let a=J/
t.width,i=(h,M)=>Math.max(0,Math.min(M,h)),[l,o]=[i(-n.x/n.scale*a,J),i(-n.y/n.scale*a,150)];Object.assign(e.style,{left:`${l}px`,top:`${o}px`,width:`${i(c.width/
n.scale*a,J-l)}px`,height:`${i(c.height/n.scale*a,Me(t)-o)}px`})}export{St as a};
