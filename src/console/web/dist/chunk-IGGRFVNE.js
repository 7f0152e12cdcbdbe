import{T as _,W as Y,_ as m,d as se,e as q,g as j,h as ge,i as Le,u as Ce}from"./chunk-MKULGKPA.js";function pe(e,n,t){let l=new Map;for(let c of e){let a=t.get(n.nodes[c].name)?.state??"";l.set(a,(l.get(a)??0)+1)}return[...l].sort((c,a)=>me.indexOf(c[0])-me.indexOf(
a[0]))}var me=["ERROR","PAUSED","RUNNING","DELAYED","WAITING","IDLE","CANCELLED","SKIPPED","SUCCESS",""],Be=.8,ue=.25,Ke=.6,_e=4,be=e=>e.getContext("2d",{alpha:!1});
function Re(e,n,t){let l=e.spare??document.createElement("canvas");e.spare=l,l.width=n.width,l.height=n.height,be(l).drawImage(n,0,0),e.last={picture:l,view:{...t}}}
function De(e,n,t,l){let c=devicePixelRatio||1,a=be(e);a.setTransform(c,0,0,c,0,0),a.imageSmoothingEnabled=!1,a.fillStyle=getComputedStyle(e).getPropertyValue("\
--back").trim(),a.fillRect(0,0,n.width,n.height);for(let{picture:i,view:o}of l){let h=t.scale/o.scale;a.drawImage(i,t.x-o.x*h,t.y-o.y*h,i.width/c*h,i.height/c*h)}
e.dataset.moving=String(Number(e.dataset.moving??0)+1)}var Ae=new WeakMap;function ye(e,n,t,l,c,a,i=e){let{layout:o,hidesDone:h,critical:M,graph:s,members:f,all:g,
states:p}=n,b=[o,h,M,s,l,a,c.width,c.height,devicePixelRatio,t.x,t.y,t.scale],C=Ae.get(e);Ae.set(e,{key:b,states:p});let u=t.scale<ue&&C?.key.every((T,A)=>T===b[A]);
if(!C||!u)return Ge(e,n,t,l,c,i);let k=T=>p.get(g.nodes[T].name)!==C.states.get(g.nodes[T].name),x=new Set;f.forEach((T,A)=>(T.length===1?k(T[0]):T.some(k))&&x.
add(A)),x.size&&Ge(e,n,t,l,c,i,x)}function Ge(e,n,t,l,c,a,i){let{graph:o,members:h,edges:M,layout:s,states:f,all:g}=n,p=devicePixelRatio||1,{width:b,height:C}=c;
i||(e.width=b*p,e.height=C*p);let u=be(e),k=getComputedStyle(a),x=d=>k.getPropertyValue(`--${d}`).trim(),[T,A,O]=[x("panel"),x("back"),x("ink")];u.setTransform(
p,0,0,p,0,0),u.fillStyle=A,i||u.fillRect(0,0,b,C),u.setTransform(p*t.scale,0,0,p*t.scale,p*t.x,p*t.y);let[v,U]=[-t.x/t.scale,-t.y/t.scale],[$,z]=[v+b/t.scale,U+
C/t.scale],ae=d=>s.x[d]>$||s.x[d]+190<v||s.y[d]>z||s.y[d]+44<U,W=Math.max(1,1/t.scale),L=h.map(d=>d.length===1?f.has(g.nodes[d[0]].name):d.some(R=>f.has(g.nodes[R].
name))),ce=d=>[s.x[d]-W/2,s.y[d]-W/2,190+W,44+W];if(i)for(let d of i)u.fillRect(...ce(d));let Q=new Map;M.forEach((d,R)=>{if(i&&!((i.has(d.from)||i.has(d.to))&&
L[d.from]&&L[d.to]))return;let[E,G]=[s.x[d.from]+190,s.y[d.from]+44/2],[S,I]=[s.x[d.to],s.y[d.to]+44/2];if(Math.max(E,S)<v||Math.min(E,S)>$||Math.max(G,I)<U||Math.
min(G,I)>z||t.scale<ue&&(Math.abs(S-E)+Math.abs(I-G))*t.scale<_e)return;let F=`${d.on} ${L[d.from]&&L[d.to]?1:0}`,D=Q.get(F);if(D||Q.set(F,D=new Path2D),D.moveTo(
E,G),t.scale<ue)D.lineTo(S,I);else if(s.back[R])D.bezierCurveTo(E+60,G+70,S-60,I+70,S,I);else{let H=Math.max(30,(S-E)/2);D.bezierCurveTo(E+H,G,S-H,I,S,I)}t.scale>=
ue&&(D.moveTo(S-7,I-4),D.lineTo(S,I),D.lineTo(S-7,I+4))});for(let[d,R]of Q){let[E,G]=d.split(" ");u.strokeStyle=x(E==="error"?"error":"muted"),u.globalAlpha=G===
"1"?1:.45,u.lineWidth=G==="1"?W*1.6:W,u.setLineDash(E==="error"?[6,4]:E==="skip"?[2,3]:[]),u.stroke(R)}u.globalAlpha=1,u.setLineDash([]),Fe(u,n,t,ae,[x("muted"),
A]);let le=new Map,ee=d=>{let R=le.get(d);return R||le.set(d,R=x(d)),R};u.textBaseline="middle";for(let d=0;d<o.nodes.length;d++){if(ae(d)||i&&!i.has(d))continue;
let R=o.nodes[d],E=h[d].length>1,G=E?pe(h[d],g,f):[],S=E?void 0:f.get(R.name),I=E?G[0][0]?_(G[0][0]).colour:"muted":S?_(S.state).colour:"muted",F=ee(I),D=!E&&n.
critical?.has(R.name),[H,V]=[s.x[d],s.y[d]];if(u.globalAlpha=n.hidesDone&&(S?.state==="SUCCESS"||E&&G[0][0]==="SUCCESS")?.25:1,t.scale<ue){if(u.fillStyle=L[d]?F:
T,u.fillRect(...ce(d)),L[d]&&d!==l&&!D)continue;u.strokeStyle=d===l||D?O:F,u.lineWidth=d===l||D?4*W:W,u.strokeRect(H,V,190,44);continue}E&&(u.beginPath(),u.roundRect(
H+4,V+4,190,44,6),u.fillStyle=A,u.fill(),u.strokeStyle=F,u.lineWidth=1,u.stroke()),u.beginPath(),u.roundRect(H,V,190,44,6),u.fillStyle=L[d]?T:A,u.fill(),u.strokeStyle=
D?O:F,u.lineWidth=d===l?4:D?3:L[d]?2:1.2,u.setLineDash(L[d]?[]:[5,4]),u.stroke(),u.setLineDash([]);let te=E?G:S?.part!==void 0?[[S.state,S.part],["",1-S.part]]:
[],X=te.reduce((ne,[,oe])=>ne+oe,0),de=H+6;for(let[ne,oe]of te){u.fillStyle=ee(ne?_(ne).colour:"line");let r=178*oe/X;u.fillRect(de,V+44-6,r,3.5),de+=r}let Z=t.
scale>=Ke;u.fillStyle=F,u.font="14px system-ui",u.fillText(E?"\u25A4":S?_(S.state).sign:"\u25CB",H+10,V+(Z?15:22)),u.fillStyle=O,u.font=Z?"600 13px system-ui":"\
600 16px system-ui",u.fillText(ie(R.name,Z?20:16),H+28,V+(Z?15:22)),Z&&(u.fillStyle=ee("muted"),u.font="11px system-ui",u.fillText(ie(E?`${Y(h[d].length)} tasks\
 \xB7 ${R.calls}`:xe(S,R),28),H+10,V+(te.length?29:32)))}u.globalAlpha=1}function xe(e,n){return e?`${e.note}${e.runs>1?` \xD7${e.runs}`:""}`:n.calls}function Fe(e,{
edges:n,layout:t},l,c,[a,i]){if(!(l.scale<Be)){e.font="11px system-ui",e.textBaseline="middle";for(let o of n){if(!o.condition||c(o.from)&&c(o.to))continue;let h=ie(
o.condition,24),[M,s]=[(t.x[o.from]+190+t.x[o.to])/2,(t.y[o.from]+t.y[o.to]+44)/2],f=e.measureText(h).width;e.fillStyle=i,e.fillRect(M-f/2-3,s-8,f+6,16),e.fillStyle=
a,e.fillText(h,M-f/2,s)}}}var ie=(e,n)=>e.length>n?`${e.slice(0,n-1)}\u2026`:e;function Pe(e){return{graph:e,members:e.nodes.map((n,t)=>[t]),shownAs:Int32Array.from(e.nodes.keys())}}function ve(e,n){let t=e.nodes.length,l=e.nodes.map(f=>n(
f.name)),c=Ye(e,l),a=new Int32Array(t);c.forEach((f,g)=>f.forEach(p=>a[p]=g));let i=ze(e,c,a,l),o=new Int32Array(t);i.forEach((f,g)=>f.forEach(p=>o[p]=g));let h=i.
map(f=>{let[g,p]=[e.nodes[f[0]],e.nodes[f[f.length-1]]];return f.length===1?g:{...g,name:`${g.name} \u2026 ${p.name}`,join:null,with_items:!1,line:null,policies:{}}}),
M=new Set,s=[];for(let f of e.edges){let[g,p]=[o[f.from],f.to<0?f.to:o[f.to]],b=`${g} ${p} ${f.on}`;g===p&&i[g].length>1||M.has(b)||(M.add(b),s.push({...f,from:g,
to:p}))}return{graph:{...e,nodes:h,edges:s},members:i,shownAs:o}}function Ye(e,n){let t=e.nodes.length,[l,c]=[new Int32Array(t),new Int32Array(t)];for(let s of e.
edges)c[s.from]++,s.to>=0&&l[s.to]++;let[a,i]=[new Int32Array(t).fill(-1),new Int32Array(t).fill(-1)];for(let{from:s,to:f}of e.edges)f<0||s===f||c[s]!==1||l[f]!==
1||n[s]||n[f]||(a[s]=f,i[f]=s);let o=[],h=new Uint8Array(t),M=s=>{let f=[];for(let g=s;g>=0&&!h[g];g=a[g])h[g]=1,f.push(g);o.push(f)};for(let s=0;s<t;s++)i[s]<0&&
M(s);for(let s=0;s<t;s++)h[s]||M(s);return o}function ze(e,n,t,l){let c=n.map(()=>[]);for(let{from:i,to:o,on:h}of e.edges)o>=0&&t[i]===t[o]||(c[t[i]].push(`>${o<
0?o:t[o]} ${h}`),o>=0&&c[t[o]].push(`<${t[i]} ${h}`));let a=new Map;return n.forEach((i,o)=>{let h=l[i[0]],M=i.map(g=>e.nodes[g].calls).join(","),s=h?`alone ${o}`:
`${c[o].sort().join("|")}/${M}`,f=a.get(s);f?f.push(...i):a.set(s,[...i])}),[...a.values()]}var we=e=>e.replace(/[&<>"]/g,n=>`&#${n.charCodeAt(0)};`);function Ie(e,n,t,l){let{graph:c,members:a,edges:i,layout:o,states:h}=e,M=getComputedStyle(l),s=k=>we(
M.getPropertyValue(`--${k}`).trim()),[f,g]=[-n.x/n.scale,-n.y/n.scale],[p,b]=[t.width/n.scale,t.height/n.scale],C=k=>o.x[k]<f+p&&o.x[k]+190>f&&o.y[k]<g+b&&o.y[k]+
44>g,u=[`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${f} ${g} ${p} ${b}" width="${t.width}" height="${t.height}" font-family="system-ui, sans-serif">`,`<r\
ect x="${f}" y="${g}" width="${p}" height="${b}" fill="${s("back")}"/>`];for(let k of i){if(!C(k.from)&&!C(k.to))continue;let[x,T,A,O]=[o.x[k.from]+190,o.y[k.from]+
44/2,o.x[k.to],o.y[k.to]+44/2],v=Math.max(30,(A-x)/2),U=k.on==="error";u.push(`<path d="M${x} ${T}C${x+v} ${T} ${A-v} ${O} ${A} ${O}m-7 -4l7 4l-7 4" fill="none"\
 stroke="${s(U?"error":"muted")}"${U?' stroke-dasharray="6 4"':""}/>`)}return c.nodes.forEach((k,x)=>{if(!C(x))return;let T=a[x].length>1?void 0:h.get(k.name),A=s(
T?_(T.state).colour:"muted"),[O,v]=[o.x[x],o.y[x]],U=a[x].length>1?`${a[x].length} tasks`:xe(T,k);u.push(`<rect x="${O}" y="${v}" width="${190}" height="${44}" \
rx="6" fill="${s("panel")}" stroke="${A}" stroke-width="2"${T?"":' stroke-dasharray="5 4"'}/>`,`<text x="${O+10}" y="${v+19}" font-size="13" fill="${A}">${T?_(T.
state).sign:"\u25CB"}</text><text x="${O+28}" y="${v+19}" font-size="13" font-weight="600" fill="${s("ink")}">${we(ie(k.name,20))}</text>`,`<text x="${O+10}" y=\
"${v+36}" font-size="11" fill="${s("muted")}">${we(ie(U,28))}</text>`)}),`${u.join(`
`)}
</svg>
`}var Xe={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"},Se=new WeakMap,Ne=new WeakMap;function Ze(e){let[n,t]=se(),l=e&&Se.get(e);return q(()=>{if(!e||Se.has(
e))return;let c=e.edges.filter(i=>i.to>=0),a=new Worker(Le("layout.js"),{type:"module"});return a.onmessage=i=>{Se.set(e,i.data),t({of:e,layout:i.data}),a.terminate()},
a.postMessage({count:e.nodes.length,from:Int32Array.from(c,i=>i.from),to:Int32Array.from(c,i=>i.to)}),()=>a.terminate()},[e]),l??(n?.of===e?n?.layout:void 0)}var qe=[
"ERROR","RUNNING","PAUSED","DELAYED"];function Je(e,n){let t=i=>qe.includes(n.get(i)?.state??""),l=e.nodes.filter(i=>t(i.name)).map(i=>i.name).join(`
`),c=Ne.get(e);if(c?.apart===l)return c.made;let a=ve(e,t);return Ne.set(e,{apart:l,made:a}),a}function Qe(e,n,t){let[l,c]=se(e.nodes.length>2e3),a=t||!l;return{
shown:ge(()=>{if(a)return l?Je(e,n):Pe(e)},[e.spec_hash,e.nodes.length,l,a]),isGrouped:l,toggle:()=>c(!l)}}function Mt({graph:e,states:n,isReady:t=!0,critical:l,
selected:c,onSelect:a,tools:i}){let o=j(null),h=j(null),M=j(null),{shown:s,isGrouped:f,toggle:g}=Qe(e,n,t),p=Ze(s?.graph),b=j(void 0),C=j("first"),u=j(0),k=Ce.use(),
[x,T]=se({width:0,height:0}),[A,O]=se(!1),[v,U]=se(),$=ge(()=>s&&p?{...s,layout:p,all:e,states:n,hidesDone:A,critical:l,edges:s.graph.edges.filter(r=>r.to>=0)}:
void 0,[s,p,n,A,l]),z=c===void 0?-1:e.nodes.findIndex(r=>r.name===c),ae=s&&z>=0?s.shownAs[z]:v??-1,W=(s?.graph.nodes.length??0)>it;q(()=>{let r=o.current,y=new ResizeObserver(
()=>T({width:r.clientWidth,height:r.clientHeight}));return y.observe(r),()=>y.disconnect()},[]);let L=j({}),ce=j(0),Q=j(void 0),le=j(0),ee=()=>{M.current&&p&&b.
current&&ct(M.current,b.current,p,x)},d=()=>{let r=h.current;if(!r||!$||!x.width)return;let y=Oe($.layout,x);C.current==="all"?b.current=y:(C.current==="first"||
!b.current)&&(b.current=rt(y,$.layout,x,$.graph.nodes.length)),ye(r,$,b.current,ae,x,k),L.current.last=void 0,r.dataset.painted=String($.graph.nodes.length),ee()},
R=()=>{!L.current.last&&b.current&&(Q.current={...b.current})},E=(r=!1)=>{cancelAnimationFrame(u.current),u.current=requestAnimationFrame(()=>{if(!r||!W||!h.current.
dataset.painted)return d();L.current.last||Re(L.current,h.current,Q.current??b.current);let{all:y,last:w}=L.current;De(h.current,x,b.current,[y,w].filter(B=>B!==
void 0)),ee(),clearTimeout(ce.current),ce.current=window.setTimeout(E,Ee)})};q(()=>{if(!$||!x.width||!W){L.current.all=void 0;return}let r=L.current.of===$.layout&&
L.current.look===k;r||(L.current.all=void 0);let y=r?Math.max(Ee,le.current+at-performance.now()):Ee,w=setTimeout(()=>{le.current=performance.now();let B=L.current.
all?.picture??document.createElement("canvas"),K={width:Ve,height:Math.max(1,Math.round(Ve*Math.min(4,$.layout.height/$.layout.width)))},re=Oe($.layout,K);ye(B,
$,re,-1,K,k,h.current),Object.assign(L.current,{all:{picture:B,view:re},of:$.layout,look:k}),h.current.dataset.whole="1";let he=M.current?.previousElementSibling,
fe=devicePixelRatio||1,[We,je]=[$.layout.width*re.scale*fe,$.layout.height*re.scale*fe];he?.getContext("2d").drawImage(B,re.x*fe,re.y*fe,We,je,0,0,he.width,he.height)},
y);return()=>clearTimeout(w)},[$,x,k]),q(()=>E(),[$,x,k,ae]),q(()=>{b.current=void 0,C.current="first",U(void 0)},[e.spec_hash,f]);let G=r=>{let y=o.current.getBoundingClientRect();
return[r.clientX-y.left-o.current.clientLeft,r.clientY-y.top-o.current.clientTop]};q(()=>{let r=o.current,y=w=>{b.current&&(w.preventDefault(),C.current="moved",
R(),He(b.current,Math.exp(-w.deltaY/400),...G(w)),E(!0))};return r.addEventListener("wheel",y,{passive:!1}),()=>r.removeEventListener("wheel",y)});let S=j(void 0),
I=r=>{let[y,w]=G(r);S.current={x:y,y:w,moved:!1},o.current.setPointerCapture(r.pointerId)},F=r=>{if(!S.current||!b.current)return;let[y,w]=G(r),[B,K]=[y-S.current.
x,w-S.current.y];!S.current.moved&&Math.hypot(B,K)<4||(S.current={x:y,y:w,moved:!0},C.current="moved",R(),b.current.x+=B,b.current.y+=K,E(!0))},D=r=>{if(S.current&&
!S.current.moved&&$&&b.current){let y=st($.layout,$.graph.nodes.length,b.current,...G(r)),w=y===void 0?[]:$.members[y];U(w.length>1?y:void 0),a(w.length===1?e.nodes[w[0]].
name:void 0)}S.current=void 0},H=(r,y,w)=>{C.current="moved",b.current={scale:w,x:x.width/2-r*w,y:x.height/2-y*w}},V=r=>{C.current="moved",b.current&&He(b.current,
r,x.width/2,x.height/2),E()},te=()=>{C.current="all",E()},X=r=>{let y=e.nodes.findIndex(w=>w.name===r);if($&&y>=0){let w=$.shownAs[y];H($.layout.x[w]+190/2,$.layout.
y[w]+44/2,Math.max(b.current?.scale??1,.6))}U(void 0),a(r),E()},de=r=>{let y=z+1,w=[...e.nodes.slice(y),...e.nodes.slice(0,y)].map(K=>K.name),B=r&&(w.find(K=>K===
r)??w.find(K=>K.includes(r)));B&&X(B)},Z=()=>{if(!$||!b.current)return;let r=document.createElement("a");r.href=URL.createObjectURL(new Blob([Ie($,b.current,x,h.
current)],{type:"image/svg+xml"})),r.download=`${e.name}.svg`,r.click(),setTimeout(()=>URL.revokeObjectURL(r.href),1e4)},ne=r=>{if(r.ctrlKey||r.metaKey||r.altKey)
return;let y=nt(e,n,c,r.key==="N");if(r.key==="+"||r.key==="=")V(1.3);else if(r.key==="-")V(1/1.3);else if(r.key==="0")V(1/(b.current?.scale??1));else if(r.key===
"f")te();else if(r.key==="h")O(!A);else if(r.key==="e"&&e.nodes.length>2e3)g();else if((r.key==="n"||r.key==="N")&&y)X(y);else if(r.key.startsWith("Arrow")){let w=ot(
e,c,r.key);w&&X(w)}else return;r.preventDefault(),r.stopPropagation()},oe=s?.graph.nodes.length??0;return m("div",{class:"graph",children:[m("div",{class:"graph\
-tools",children:[m("button",{onClick:()=>V(1.3),"aria-label":"Zoom in",children:"+"}),m("button",{onClick:()=>V(1/1.3),"aria-label":"Zoom out",children:"\u2212"}),
m("button",{onClick:te,children:"Fit"}),e.nodes.length>2e3&&m("button",{"aria-pressed":!f,onClick:g,children:f?`Open all ${Y(e.nodes.length)}`:"Group twins and \
chains"}),e.nodes.length>Ue&&m("input",{class:"graph-find","data-filter":!0,"aria-label":"Find a task",placeholder:"find a task",onKeyDown:r=>{r.stopPropagation(),
r.key==="Enter"&&de(r.currentTarget.value.trim())}}),n.size>0&&m("label",{children:[m("input",{type:"checkbox",checked:A,onChange:r=>O(r.currentTarget.checked)}),
" dim SUCCESS"]}),i,m("span",{class:"muted",children:[Y(e.nodes.length)," ",e.nodes.length===1?"task":"tasks",f&&s?` as ${Y(oe)} ${oe===1?"node":"nodes"}`:"",e.
truncated?", more are left out":""]}),m("button",{class:"small",onClick:Z,children:"Save as SVG"})]}),m("div",{class:"graph-stage",ref:o,style:{height:p?`clamp(\
220px, ${Math.round(p.height+90)}px, 52vh)`:void 0},onPointerDown:I,onPointerMove:F,onPointerUp:D,onKeyDown:ne,children:[m("canvas",{ref:h,tabIndex:0,role:"img",
"aria-label":`Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f shows all, 0 their own size, h dims what has succeeded.`}),W&&p&&m(
"div",{class:"graph-map","aria-hidden":"true",style:{width:`${J}px`,height:`${Te(p)}px`},onPointerDown:r=>{r.stopPropagation();let y=r.currentTarget.getBoundingClientRect(),
w=p.width/J;H((r.clientX-y.left)*w,(r.clientY-y.top)*w,b.current?.scale??1),E()},children:[m("canvas",{width:J,height:Te(p)}),m("div",{ref:M})]})]}),!p&&m("p",{
class:"graph-wait muted",children:"Laying out\u2026"}),s&&v!==void 0&&z<0?m(et,{tasks:s.members[v]??[],graph:e,states:n,goTo:X,open:g}):m(tt,{graph:e,states:n,selected:c,
goTo:X})]})}var ke=50;function et({tasks:e,graph:n,states:t,goTo:l,open:c}){let a=o=>me.indexOf(t.get(n.nodes[o].name)?.state??""),i=[...e].sort((o,h)=>a(o)-a(h)).
slice(0,ke);return m("div",{class:"navigator","aria-live":"polite",children:[m("div",{children:[m("strong",{children:[Y(e.length)," tasks"]})," with the same ne\
ighbours, or one behind the other: ",pe(e,n,t).map(([o,h])=>m("span",{class:"fact",children:[m("span",{class:`state-${o?_(o).colour:"idle"}`,children:o?`${_(o).
sign} ${o}`:"\u25CB not run"})," ",Y(h)]}))," ",m("button",{class:"small",onClick:c,children:"Show each"})]}),m("ul",{class:"chips",children:i.map(o=>m("li",{children:m(
"button",{class:"small",onClick:()=>l(n.nodes[o].name),children:n.nodes[o].name})}))}),e.length>ke&&m("p",{class:"muted",children:["The first ",ke,"; all of the\
m are in the table of tasks."]})]})}function tt({graph:e,states:n,selected:t,goTo:l}){let c=e.nodes.findIndex(s=>s.name===t);if(c<0)return m("p",{class:"muted n\
avigator",children:"Choose a task to see what leads to it and what follows."});let a=e.nodes[c],i=(s,f)=>s.map(g=>{let p=e.nodes[g[f]]?.name;return m("li",{children:[
m("span",{class:"muted",children:[g.on," "]}),p===void 0?Xe[g.to]:m("button",{onClick:()=>l(p),children:p}),g.condition&&m("code",{children:[" ",g.condition]})]})}),
o=e.edges.filter(s=>s.to===c).slice(0,100),h=e.edges.filter(s=>s.from===c).slice(0,100),M=[a.with_items&&"with-items",a.join&&`join ${a.join}`,a.concurrency&&`${a.
concurrency} at a time`,...Object.keys(a.policies).filter(s=>s!=="concurrency")].filter(Boolean).join(", ");return m("div",{class:"navigator","aria-live":"polit\
e",children:[m("div",{children:[m("strong",{children:a.name})," ",n.get(a.name)?.state??"not run"," \xB7 ",m("code",{children:a.calls}),M&&m("span",{class:"mute\
d",children:[" \xB7 ",M]})]}),m("div",{class:"columns",children:[m("div",{children:[m("h3",{children:"Comes from"}),o.length?m("ul",{children:i(o,"from")}):m("p",
{class:"muted",children:"The workflow's start."})]}),m("div",{children:[m("h3",{children:"Leads to"}),h.length?m("ul",{children:i(h,"to")}):m("p",{class:"muted",
children:"The workflow's end."})]})]})]})}function nt(e,n,t,l){let c=e.nodes.filter(i=>n.get(i.name)?.state==="ERROR").map(i=>i.name),a=t===void 0?-1:c.indexOf(
t);if(c.length)return c[(a+(l?c.length-1:1)+(l&&a<0?1:0))%c.length]}function ot(e,n,t){let l=e.nodes.findIndex(a=>a.name===n);if(l<0)return e.nodes[0]?.name;let c=t===
"ArrowRight"||t==="ArrowDown";if(t==="ArrowLeft"||t==="ArrowRight"){let a=c?e.edges.find(i=>i.from===l&&i.to>=0):e.edges.find(i=>i.to===l);return a&&e.nodes[c?a.
to:a.from].name}return e.nodes[(l+(c?1:e.nodes.length-1))%e.nodes.length].name}function Oe(e,n){let t=Math.min(1,(n.width-40)/e.width,(n.height-40)/e.height);return{
scale:t,x:(n.width-e.width*t)/2,y:(n.height-e.height*t)/2}}function rt(e,n,t,l){return l>Ue||e.scale>=$e||n.width<n.height?e:{scale:$e,x:12,y:(t.height-n.height*
$e)/2}}function He(e,n,t,l){let c=Math.min(3,Math.max(.01,e.scale*n));e.x=t-(t-e.x)*c/e.scale,e.y=l-(l-e.y)*c/e.scale,e.scale=c}function st(e,n,t,l,c){let[a,i]=[
(l-t.x)/t.scale,(c-t.y)/t.scale];for(let o=0;o<n;o++)if(a>=e.x[o]&&a<=e.x[o]+190&&i>=e.y[o]&&i<=e.y[o]+44)return o}var Ue=60,$e=.4,it=400,Ee=80,at=2e3,Ve=1600,J=150,
Te=e=>Math.max(12,Math.min(150,Math.round(J*e.height/e.width)));function ct(e,n,t,l){let c=J/t.width,a=(h,M)=>Math.max(0,Math.min(M,h)),[i,o]=[a(-n.x/n.scale*c,
J),a(-n.y/n.scale*c,150)];Object.assign(e.style,{left:`${i}px`,top:`${o}px`,width:`${a(l.width/n.scale*c,J-i)}px`,height:`${a(l.height/n.scale*c,Te(t)-o)}px`})}export{Mt as a};
