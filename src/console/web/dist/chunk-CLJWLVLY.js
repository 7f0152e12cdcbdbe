import{T as F,W as q,_ as m,d as se,e as Z,g as W,h as he,i as ke,u as Me}from"./chunk-FDOGFYBB.js";function Te(e){return{graph:e,members:e.nodes.map((n,t)=>[t]),shownAs:Int32Array.from(e.nodes.keys())}}function Le(e,n){let t=e.nodes.length,c=e.nodes.map(f=>n(
f.name)),a=Ve(e,c),i=new Int32Array(t);a.forEach((f,g)=>f.forEach(p=>i[p]=g));let l=Ue(e,a,i,c),o=new Int32Array(t);l.forEach((f,g)=>f.forEach(p=>o[p]=g));let h=l.
map(f=>{let[g,p]=[e.nodes[f[0]],e.nodes[f[f.length-1]]];return f.length===1?g:{...g,name:`${g.name} \u2026 ${p.name}`,join:null,with_items:!1,line:null,policies:{}}}),
M=new Set,s=[];for(let f of e.edges){let[g,p]=[o[f.from],f.to<0?f.to:o[f.to]],b=`${g} ${p} ${f.on}`;g===p&&l[g].length>1||M.has(b)||(M.add(b),s.push({...f,from:g,
to:p}))}return{graph:{...e,nodes:h,edges:s},members:l,shownAs:o}}function Ve(e,n){let t=e.nodes.length,[c,a]=[new Int32Array(t),new Int32Array(t)];for(let s of e.
edges)a[s.from]++,s.to>=0&&c[s.to]++;let[i,l]=[new Int32Array(t).fill(-1),new Int32Array(t).fill(-1)];for(let{from:s,to:f}of e.edges)f<0||s===f||a[s]!==1||c[f]!==
1||n[s]||n[f]||(i[s]=f,l[f]=s);let o=[],h=new Uint8Array(t),M=s=>{let f=[];for(let g=s;g>=0&&!h[g];g=i[g])h[g]=1,f.push(g);o.push(f)};for(let s=0;s<t;s++)l[s]<0&&
M(s);for(let s=0;s<t;s++)h[s]||M(s);return o}function Ue(e,n,t,c){let a=n.map(()=>[]);for(let{from:l,to:o,on:h}of e.edges)o>=0&&t[l]===t[o]||(a[t[l]].push(`>${o<
0?o:t[o]} ${h}`),o>=0&&a[t[o]].push(`<${t[l]} ${h}`));let i=new Map;return n.forEach((l,o)=>{let h=c[l[0]],M=l.map(g=>e.nodes[g].calls).join(","),s=h?`alone ${o}`:
`${a[o].sort().join("|")}/${M}`,f=i.get(s);f?f.push(...l):i.set(s,[...l])}),[...i.values()]}var ge=e=>e.replace(/[&<>"]/g,n=>`&#${n.charCodeAt(0)};`);function Ce(e,n,t,c){let{graph:a,members:i,edges:l,layout:o,states:h}=e,M=getComputedStyle(c),s=S=>ge(
M.getPropertyValue(`--${S}`).trim()),[f,g]=[-n.x/n.scale,-n.y/n.scale],[p,b]=[t.width/n.scale,t.height/n.scale],C=S=>o.x[S]<f+p&&o.x[S]+190>f&&o.y[S]<g+b&&o.y[S]+
44>g,u=[`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${f} ${g} ${p} ${b}" width="${t.width}" height="${t.height}" font-family="system-ui, sans-serif">`,`<r\
ect x="${f}" y="${g}" width="${p}" height="${b}" fill="${s("back")}"/>`];for(let S of l){if(!C(S.from)&&!C(S.to))continue;let[x,T,A,N]=[o.x[S.from]+190,o.y[S.from]+
44/2,o.x[S.to],o.y[S.to]+44/2],v=Math.max(30,(A-x)/2),U=S.on==="error";u.push(`<path d="M${x} ${T}C${x+v} ${T} ${A-v} ${N} ${A} ${N}m-7 -4l7 4l-7 4" fill="none"\
 stroke="${s(U?"error":"muted")}"${U?' stroke-dasharray="6 4"':""}/>`)}return a.nodes.forEach((S,x)=>{if(!C(x))return;let T=i[x].length>1?void 0:h.get(S.name),A=s(
T?F(T.state).colour:"muted"),[N,v]=[o.x[x],o.y[x]],U=i[x].length>1?`${i[x].length} tasks`:pe(T,S);u.push(`<rect x="${N}" y="${v}" width="${190}" height="${44}" \
rx="6" fill="${s("panel")}" stroke="${A}" stroke-width="2"${T?"":' stroke-dasharray="5 4"'}/>`,`<text x="${N+10}" y="${v+19}" font-size="13" fill="${A}">${T?F(T.
state).sign:"\u25CB"}</text><text x="${N+28}" y="${v+19}" font-size="13" font-weight="600" fill="${s("ink")}">${ge(ie(S.name,20))}</text>`,`<text x="${N+10}" y=\
"${v+36}" font-size="11" fill="${s("muted")}">${ge(ie(U,28))}</text>`)}),`${u.join(`
`)}
</svg>
`}var je={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"};function We(e){let[n,t]=se();return Z(()=>{if(!e)return;let c=e.edges.filter(i=>i.to>=0),a=new Worker(
ke("layout.js"),{type:"module"});return a.onmessage=i=>{t({of:e,layout:i.data}),a.terminate()},a.postMessage({count:e.nodes.length,from:Int32Array.from(c,i=>i.from),
to:Int32Array.from(c,i=>i.to)}),()=>a.terminate()},[e]),n?.of===e?n?.layout:void 0}function Be(e,n,t){let[c,a]=se(e.nodes.length>2e3),i=t||!c;return{shown:he(()=>{
if(i)return c?Le(e,o=>["ERROR","RUNNING","PAUSED","DELAYED"].includes(n.get(o)?.state??"")):Te(e)},[e.spec_hash,e.nodes.length,c,i]),isGrouped:c,toggle:()=>a(!c)}}
function bt({graph:e,states:n,isReady:t=!0,critical:c,selected:a,onSelect:i,tools:l}){let o=W(null),h=W(null),M=W(null),{shown:s,isGrouped:f,toggle:g}=Be(e,n,t),
p=We(s?.graph),b=W(void 0),C=W("first"),u=W(0),S=Me.use(),[x,T]=se({width:0,height:0}),[A,N]=se(!1),[v,U]=se(),E=he(()=>s&&p?{...s,layout:p,all:e,states:n,hidesDone:A,
critical:c,edges:s.graph.edges.filter(r=>r.to>=0)}:void 0,[s,p,n,A,c]),Y=a===void 0?-1:e.nodes.findIndex(r=>r.name===a),ae=s&&Y>=0?s.shownAs[Y]:v??-1,j=(s?.graph.
nodes.length??0)>Qe;Z(()=>{let r=o.current,y=new ResizeObserver(()=>T({width:r.clientWidth,height:r.clientHeight}));return y.observe(r),()=>y.disconnect()},[]);
let L=W({}),ce=W(0),Q=W(void 0),le=W(0),ee=()=>{M.current&&p&&b.current&&ot(M.current,b.current,p,x)},d=()=>{let r=h.current;if(!r||!E||!x.width)return;let y=Ae(
E.layout,x);C.current==="all"?b.current=y:(C.current==="first"||!b.current)&&(b.current=ze(y,E.layout,x,E.graph.nodes.length)),Pe(r,E,b.current,ae,x,S),L.current.
last=void 0,r.dataset.painted=String(E.graph.nodes.length),ee()},G=()=>{!L.current.last&&b.current&&(Q.current={...b.current})},k=(r=!1)=>{cancelAnimationFrame(
u.current),u.current=requestAnimationFrame(()=>{if(!r||!j||!h.current.dataset.painted)return d();L.current.last||tt(L.current,h.current,Q.current??b.current);let{
all:y,last:w}=L.current;nt(h.current,x,b.current,[y,w].filter(B=>B!==void 0)),ee(),clearTimeout(ce.current),ce.current=window.setTimeout(k,xe)})};Z(()=>{if(!E||
!x.width||!j){L.current.all=void 0;return}let r=L.current.of===E.layout&&L.current.look===S;r||(L.current.all=void 0);let y=r?Math.max(xe,le.current+et-performance.
now()):xe,w=setTimeout(()=>{le.current=performance.now();let B=L.current.all?.picture??document.createElement("canvas"),_={width:Ge,height:Math.max(1,Math.round(
Ge*Math.min(4,E.layout.height/E.layout.width)))},re=Ae(E.layout,_);Pe(B,E,re,-1,_,S,h.current),Object.assign(L.current,{all:{picture:B,view:re},of:E.layout,look:S}),
h.current.dataset.whole="1";let me=M.current?.previousElementSibling,fe=devicePixelRatio||1,[Oe,He]=[E.layout.width*re.scale*fe,E.layout.height*re.scale*fe];me?.
getContext("2d").drawImage(B,re.x*fe,re.y*fe,Oe,He,0,0,me.width,me.height)},y);return()=>clearTimeout(w)},[E,x,S]),Z(()=>k(),[E,x,S,ae]),Z(()=>{b.current=void 0,
C.current="first",U(void 0)},[e.spec_hash,f]);let R=r=>{let y=o.current.getBoundingClientRect();return[r.clientX-y.left-o.current.clientLeft,r.clientY-y.top-o.current.
clientTop]};Z(()=>{let r=o.current,y=w=>{b.current&&(w.preventDefault(),C.current="moved",G(),Re(b.current,Math.exp(-w.deltaY/400),...R(w)),k(!0))};return r.addEventListener(
"wheel",y,{passive:!1}),()=>r.removeEventListener("wheel",y)});let $=W(void 0),I=r=>{let[y,w]=R(r);$.current={x:y,y:w,moved:!1},o.current.setPointerCapture(r.pointerId)},
K=r=>{if(!$.current||!b.current)return;let[y,w]=R(r),[B,_]=[y-$.current.x,w-$.current.y];!$.current.moved&&Math.hypot(B,_)<4||($.current={x:y,y:w,moved:!0},C.current=
"moved",G(),b.current.x+=B,b.current.y+=_,k(!0))},D=r=>{if($.current&&!$.current.moved&&E&&b.current){let y=Xe(E.layout,E.graph.nodes.length,b.current,...R(r)),
w=y===void 0?[]:E.members[y];U(w.length>1?y:void 0),i(w.length===1?e.nodes[w[0]].name:void 0)}$.current=void 0},H=(r,y,w)=>{C.current="moved",b.current={scale:w,
x:x.width/2-r*w,y:x.height/2-y*w}},V=r=>{C.current="moved",b.current&&Re(b.current,r,x.width/2,x.height/2),k()},te=()=>{C.current="all",k()},z=r=>{let y=e.nodes.
findIndex(w=>w.name===r);if(E&&y>=0){let w=E.shownAs[y];H(E.layout.x[w]+190/2,E.layout.y[w]+44/2,Math.max(b.current?.scale??1,.6))}U(void 0),i(r),k()},de=r=>{let y=Y+
1,w=[...e.nodes.slice(y),...e.nodes.slice(0,y)].map(_=>_.name),B=r&&(w.find(_=>_===r)??w.find(_=>_.includes(r)));B&&z(B)},X=()=>{if(!E||!b.current)return;let r=document.
createElement("a");r.href=URL.createObjectURL(new Blob([Ce(E,b.current,x,h.current)],{type:"image/svg+xml"})),r.download=`${e.name}.svg`,r.click(),setTimeout(()=>URL.
revokeObjectURL(r.href),1e4)},ne=r=>{if(r.ctrlKey||r.metaKey||r.altKey)return;let y=Fe(e,n,a,r.key==="N");if(r.key==="+"||r.key==="=")V(1.3);else if(r.key==="-")
V(1/1.3);else if(r.key==="0")V(1/(b.current?.scale??1));else if(r.key==="f")te();else if(r.key==="h")N(!A);else if(r.key==="e"&&e.nodes.length>2e3)g();else if((r.
key==="n"||r.key==="N")&&y)z(y);else if(r.key.startsWith("Arrow")){let w=Ye(e,a,r.key);w&&z(w)}else return;r.preventDefault(),r.stopPropagation()},oe=s?.graph.nodes.
length??0;return m("div",{class:"graph",children:[m("div",{class:"graph-tools",children:[m("button",{onClick:()=>V(1.3),"aria-label":"Zoom in",children:"+"}),m(
"button",{onClick:()=>V(1/1.3),"aria-label":"Zoom out",children:"\u2212"}),m("button",{onClick:te,children:"Fit"}),e.nodes.length>2e3&&m("button",{"aria-pressed":!f,
onClick:g,children:f?`Open all ${q(e.nodes.length)}`:"Group twins and chains"}),e.nodes.length>Ne&&m("input",{class:"graph-find","data-filter":!0,"aria-label":"\
Find a task",placeholder:"find a task",onKeyDown:r=>{r.stopPropagation(),r.key==="Enter"&&de(r.currentTarget.value.trim())}}),n.size>0&&m("label",{children:[m("\
input",{type:"checkbox",checked:A,onChange:r=>N(r.currentTarget.checked)})," dim SUCCESS"]}),l,m("span",{class:"muted",children:[q(e.nodes.length)," ",e.nodes.length===
1?"task":"tasks",f&&s?` as ${q(oe)} ${oe===1?"node":"nodes"}`:"",e.truncated?", more are left out":""]}),m("button",{class:"small",onClick:X,children:"Save as S\
VG"})]}),m("div",{class:"graph-stage",ref:o,style:{height:p?`clamp(220px, ${Math.round(p.height+90)}px, 52vh)`:void 0},onPointerDown:I,onPointerMove:K,onPointerUp:D,
onKeyDown:ne,children:[m("canvas",{ref:h,tabIndex:0,role:"img","aria-label":`Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f sho\
ws all, 0 their own size, h dims what has succeeded.`}),j&&p&&m("div",{class:"graph-map","aria-hidden":"true",style:{width:`${J}px`,height:`${Se(p)}px`},onPointerDown:r=>{
r.stopPropagation();let y=r.currentTarget.getBoundingClientRect(),w=p.width/J;H((r.clientX-y.left)*w,(r.clientY-y.top)*w,b.current?.scale??1),k()},children:[m("\
canvas",{width:J,height:Se(p)}),m("div",{ref:M})]})]}),!p&&m("p",{class:"graph-wait muted",children:"Laying out\u2026"}),s&&v!==void 0&&Y<0?m(_e,{tasks:s.members[v]??
[],graph:e,states:n,goTo:z,open:g}):m(Ke,{graph:e,states:n,selected:a,goTo:z})]})}function Ie(e,n,t){let c=new Map;for(let a of e){let i=t.get(n.nodes[a].name)?.
state??"";c.set(i,(c.get(i)??0)+1)}return[...c].sort((a,i)=>$e.indexOf(a[0])-$e.indexOf(i[0]))}var $e=["ERROR","PAUSED","RUNNING","DELAYED","WAITING","IDLE","CA\
NCELLED","SKIPPED","SUCCESS",""],be=50;function _e({tasks:e,graph:n,states:t,goTo:c,open:a}){let i=o=>$e.indexOf(t.get(n.nodes[o].name)?.state??""),l=[...e].sort(
(o,h)=>i(o)-i(h)).slice(0,be);return m("div",{class:"navigator","aria-live":"polite",children:[m("div",{children:[m("strong",{children:[q(e.length)," tasks"]}),
" with the same neighbours, or one behind the other: ",Ie(e,n,t).map(([o,h])=>m("span",{class:"fact",children:[m("span",{class:`state-${o?F(o).colour:"idle"}`,children:o?
`${F(o).sign} ${o}`:"\u25CB not run"})," ",q(h)]}))," ",m("button",{class:"small",onClick:a,children:"Show each"})]}),m("ul",{class:"chips",children:l.map(o=>m(
"li",{children:m("button",{class:"small",onClick:()=>c(n.nodes[o].name),children:n.nodes[o].name})}))}),e.length>be&&m("p",{class:"muted",children:["The first ",
be,"; all of them are in the table of tasks."]})]})}function Ke({graph:e,states:n,selected:t,goTo:c}){let a=e.nodes.findIndex(s=>s.name===t);if(a<0)return m("p",
{class:"muted navigator",children:"Choose a task to see what leads to it and what follows."});let i=e.nodes[a],l=(s,f)=>s.map(g=>{let p=e.nodes[g[f]]?.name;return m(
"li",{children:[m("span",{class:"muted",children:[g.on," "]}),p===void 0?je[g.to]:m("button",{onClick:()=>c(p),children:p}),g.condition&&m("code",{children:[" ",
g.condition]})]})}),o=e.edges.filter(s=>s.to===a).slice(0,100),h=e.edges.filter(s=>s.from===a).slice(0,100),M=[i.with_items&&"with-items",i.join&&`join ${i.join}`,
i.concurrency&&`${i.concurrency} at a time`,...Object.keys(i.policies).filter(s=>s!=="concurrency")].filter(Boolean).join(", ");return m("div",{class:"navigator",
"aria-live":"polite",children:[m("div",{children:[m("strong",{children:i.name})," ",n.get(i.name)?.state??"not run"," \xB7 ",m("code",{children:i.calls}),M&&m("\
span",{class:"muted",children:[" \xB7 ",M]})]}),m("div",{class:"columns",children:[m("div",{children:[m("h3",{children:"Comes from"}),o.length?m("ul",{children:l(
o,"from")}):m("p",{class:"muted",children:"The workflow's start."})]}),m("div",{children:[m("h3",{children:"Leads to"}),h.length?m("ul",{children:l(h,"to")}):m(
"p",{class:"muted",children:"The workflow's end."})]})]})]})}function Fe(e,n,t,c){let a=e.nodes.filter(l=>n.get(l.name)?.state==="ERROR").map(l=>l.name),i=t===void 0?
-1:a.indexOf(t);if(a.length)return a[(i+(c?a.length-1:1)+(c&&i<0?1:0))%a.length]}function Ye(e,n,t){let c=e.nodes.findIndex(i=>i.name===n);if(c<0)return e.nodes[0]?.
name;let a=t==="ArrowRight"||t==="ArrowDown";if(t==="ArrowLeft"||t==="ArrowRight"){let i=a?e.edges.find(l=>l.from===c&&l.to>=0):e.edges.find(l=>l.to===c);return i&&
e.nodes[a?i.to:i.from].name}return e.nodes[(c+(a?1:e.nodes.length-1))%e.nodes.length].name}function Ae(e,n){let t=Math.min(1,(n.width-40)/e.width,(n.height-40)/
e.height);return{scale:t,x:(n.width-e.width*t)/2,y:(n.height-e.height*t)/2}}function ze(e,n,t,c){return c>Ne||e.scale>=ye||n.width<n.height?e:{scale:ye,x:12,y:(t.
height-n.height*ye)/2}}function Re(e,n,t,c){let a=Math.min(3,Math.max(.01,e.scale*n));e.x=t-(t-e.x)*a/e.scale,e.y=c-(c-e.y)*a/e.scale,e.scale=a}function Xe(e,n,t,c,a){
let[i,l]=[(c-t.x)/t.scale,(a-t.y)/t.scale];for(let o=0;o<n;o++)if(i>=e.x[o]&&i<=e.x[o]+190&&l>=e.y[o]&&l<=e.y[o]+44)return o}var Ze=.8,ue=.25,qe=.6,Je=4,Ne=60,ye=.4,
Qe=400,xe=80,et=2e3,Ge=1600,J=150,Se=e=>Math.max(12,Math.min(150,Math.round(J*e.height/e.width))),Ee=e=>e.getContext("2d",{alpha:!1});function tt(e,n,t){let c=e.
spare??document.createElement("canvas");e.spare=c,c.width=n.width,c.height=n.height,Ee(c).drawImage(n,0,0),e.last={picture:c,view:{...t}}}function nt(e,n,t,c){let a=devicePixelRatio||
1,i=Ee(e);i.setTransform(a,0,0,a,0,0),i.imageSmoothingEnabled=!1,i.fillStyle=getComputedStyle(e).getPropertyValue("--back").trim(),i.fillRect(0,0,n.width,n.height);
for(let{picture:l,view:o}of c){let h=t.scale/o.scale;i.drawImage(l,t.x-o.x*h,t.y-o.y*h,l.width/a*h,l.height/a*h)}e.dataset.moving=String(Number(e.dataset.moving??
0)+1)}function ot(e,n,t,c){let a=J/t.width,i=(h,M)=>Math.max(0,Math.min(M,h)),[l,o]=[i(-n.x/n.scale*a,J),i(-n.y/n.scale*a,150)];Object.assign(e.style,{left:`${l}\
px`,top:`${o}px`,width:`${i(c.width/n.scale*a,J-l)}px`,height:`${i(c.height/n.scale*a,Se(t)-o)}px`})}var De=new WeakMap;function Pe(e,n,t,c,a,i,l=e){let{layout:o,
hidesDone:h,critical:M,graph:s,members:f,all:g,states:p}=n,b=[o,h,M,s,c,i,a.width,a.height,devicePixelRatio,t.x,t.y,t.scale],C=De.get(e);De.set(e,{key:b,states:p});
let u=t.scale<ue&&C?.key.every((T,A)=>T===b[A]);if(!C||!u)return ve(e,n,t,c,a,l);let S=T=>p.get(g.nodes[T].name)!==C.states.get(g.nodes[T].name),x=new Set;f.forEach(
(T,A)=>(T.length===1?S(T[0]):T.some(S))&&x.add(A)),x.size&&ve(e,n,t,c,a,l,x)}function ve(e,n,t,c,a,i,l){let{graph:o,members:h,edges:M,layout:s,states:f,all:g}=n,
p=devicePixelRatio||1,{width:b,height:C}=a;l||(e.width=b*p,e.height=C*p);let u=Ee(e),S=getComputedStyle(i),x=d=>S.getPropertyValue(`--${d}`).trim(),[T,A,N]=[x("\
panel"),x("back"),x("ink")];u.setTransform(p,0,0,p,0,0),u.fillStyle=A,l||u.fillRect(0,0,b,C),u.setTransform(p*t.scale,0,0,p*t.scale,p*t.x,p*t.y);let[v,U]=[-t.x/
t.scale,-t.y/t.scale],[E,Y]=[v+b/t.scale,U+C/t.scale],ae=d=>s.x[d]>E||s.x[d]+190<v||s.y[d]>Y||s.y[d]+44<U,j=Math.max(1,1/t.scale),L=h.map(d=>d.length===1?f.has(
g.nodes[d[0]].name):d.some(G=>f.has(g.nodes[G].name))),ce=d=>[s.x[d]-j/2,s.y[d]-j/2,190+j,44+j];if(l)for(let d of l)u.fillRect(...ce(d));let Q=new Map;M.forEach(
(d,G)=>{if(l&&!((l.has(d.from)||l.has(d.to))&&L[d.from]&&L[d.to]))return;let[k,R]=[s.x[d.from]+190,s.y[d.from]+44/2],[$,I]=[s.x[d.to],s.y[d.to]+44/2];if(Math.max(
k,$)<v||Math.min(k,$)>E||Math.max(R,I)<U||Math.min(R,I)>Y||t.scale<ue&&(Math.abs($-k)+Math.abs(I-R))*t.scale<Je)return;let K=`${d.on} ${L[d.from]&&L[d.to]?1:0}`,
D=Q.get(K);if(D||Q.set(K,D=new Path2D),D.moveTo(k,R),t.scale<ue)D.lineTo($,I);else if(s.back[G])D.bezierCurveTo(k+60,R+70,$-60,I+70,$,I);else{let H=Math.max(30,
($-k)/2);D.bezierCurveTo(k+H,R,$-H,I,$,I)}t.scale>=ue&&(D.moveTo($-7,I-4),D.lineTo($,I),D.lineTo($-7,I+4))});for(let[d,G]of Q){let[k,R]=d.split(" ");u.strokeStyle=
x(k==="error"?"error":"muted"),u.globalAlpha=R==="1"?1:.45,u.lineWidth=R==="1"?j*1.6:j,u.setLineDash(k==="error"?[6,4]:k==="skip"?[2,3]:[]),u.stroke(G)}u.globalAlpha=
1,u.setLineDash([]),rt(u,n,t,ae,[x("muted"),A]);let le=new Map,ee=d=>{let G=le.get(d);return G||le.set(d,G=x(d)),G};u.textBaseline="middle";for(let d=0;d<o.nodes.
length;d++){if(ae(d)||l&&!l.has(d))continue;let G=o.nodes[d],k=h[d].length>1,R=k?Ie(h[d],g,f):[],$=k?void 0:f.get(G.name),I=k?R[0][0]?F(R[0][0]).colour:"muted":
$?F($.state).colour:"muted",K=ee(I),D=!k&&n.critical?.has(G.name),[H,V]=[s.x[d],s.y[d]];if(u.globalAlpha=n.hidesDone&&($?.state==="SUCCESS"||k&&R[0][0]==="SUCCE\
SS")?.25:1,t.scale<ue){if(u.fillStyle=L[d]?K:T,u.fillRect(...ce(d)),L[d]&&d!==c&&!D)continue;u.strokeStyle=d===c||D?N:K,u.lineWidth=d===c||D?4*j:j,u.strokeRect(
H,V,190,44);continue}k&&(u.beginPath(),u.roundRect(H+4,V+4,190,44,6),u.fillStyle=A,u.fill(),u.strokeStyle=K,u.lineWidth=1,u.stroke()),u.beginPath(),u.roundRect(
H,V,190,44,6),u.fillStyle=L[d]?T:A,u.fill(),u.strokeStyle=D?N:K,u.lineWidth=d===c?4:D?3:L[d]?2:1.2,u.setLineDash(L[d]?[]:[5,4]),u.stroke(),u.setLineDash([]);let te=k?
R:$?.part!==void 0?[[$.state,$.part],["",1-$.part]]:[],z=te.reduce((ne,[,oe])=>ne+oe,0),de=H+6;for(let[ne,oe]of te){u.fillStyle=ee(ne?F(ne).colour:"line");let r=178*
oe/z;u.fillRect(de,V+44-6,r,3.5),de+=r}let X=t.scale>=qe;u.fillStyle=K,u.font="14px system-ui",u.fillText(k?"\u25A4":$?F($.state).sign:"\u25CB",H+10,V+(X?15:22)),
u.fillStyle=N,u.font=X?"600 13px system-ui":"600 16px system-ui",u.fillText(ie(G.name,X?20:16),H+28,V+(X?15:22)),X&&(u.fillStyle=ee("muted"),u.font="11px system\
-ui",u.fillText(ie(k?`${q(h[d].length)} tasks \xB7 ${G.calls}`:pe($,G),28),H+10,V+(te.length?29:32)))}u.globalAlpha=1}function pe(e,n){return e?`${e.note}${e.runs>
1?` \xD7${e.runs}`:""}`:n.calls}function rt(e,{edges:n,layout:t},c,a,[i,l]){if(!(c.scale<Ze)){e.font="11px system-ui",e.textBaseline="middle";for(let o of n){if(!o.
condition||a(o.from)&&a(o.to))continue;let h=ie(o.condition,24),[M,s]=[(t.x[o.from]+190+t.x[o.to])/2,(t.y[o.from]+t.y[o.to]+44)/2],f=e.measureText(h).width;e.fillStyle=
l,e.fillRect(M-f/2-3,s-8,f+6,16),e.fillStyle=i,e.fillText(h,M-f/2,s)}}}var ie=(e,n)=>e.length>n?`${e.slice(0,n-1)}\u2026`:e;export{bt as a};
