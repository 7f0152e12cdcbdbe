import{a as pe}from"./chunk-5KLUGCN5.js";import{I as W,L as X,N as f,d as q,e as z,f as K,g as re,o as ge}from"./chunk-ASWVZLME.js";function be(e){return{graph:e,members:e.nodes.map((o,t)=>[t]),shownAs:Int32Array.from(e.nodes.keys())}}function ye(e,o){let t=e.nodes.length,a=e.nodes.map(m=>o(
m.name)),i=Le(e,a),r=new Int32Array(t);i.forEach((m,u)=>m.forEach(h=>r[h]=u));let c=Ae(e,i,r,a),n=new Int32Array(t);c.forEach((m,u)=>m.forEach(h=>n[h]=u));let x=c.
map(m=>{let[u,h]=[e.nodes[m[0]],e.nodes[m[m.length-1]]];return m.length===1?u:{...u,name:`${u.name} \u2026 ${h.name}`,join:null,with_items:!1,line:null,policies:{}}}),
p=new Set,l=[];for(let m of e.edges){let[u,h]=[n[m.from],m.to<0?m.to:n[m.to]],O=`${u} ${h} ${m.on}`;u===h&&c[u].length>1||p.has(O)||(p.add(O),l.push({...m,from:u,
to:h}))}return{graph:{...e,nodes:x,edges:l},members:c,shownAs:n}}function Le(e,o){let t=e.nodes.length,[a,i]=[new Int32Array(t),new Int32Array(t)];for(let l of e.
edges)i[l.from]++,l.to>=0&&a[l.to]++;let[r,c]=[new Int32Array(t).fill(-1),new Int32Array(t).fill(-1)];for(let{from:l,to:m}of e.edges)m<0||l===m||i[l]!==1||a[m]!==
1||o[l]||o[m]||(r[l]=m,c[m]=l);let n=[],x=new Uint8Array(t),p=l=>{let m=[];for(let u=l;u>=0&&!x[u];u=r[u])x[u]=1,m.push(u);n.push(m)};for(let l=0;l<t;l++)c[l]<0&&
p(l);for(let l=0;l<t;l++)x[l]||p(l);return n}function Ae(e,o,t,a){let i=o.map(()=>[]);for(let{from:c,to:n,on:x}of e.edges)n>=0&&t[c]===t[n]||(i[t[c]].push(`>${n<
0?n:t[n]} ${x}`),n>=0&&i[t[n]].push(`<${t[c]} ${x}`));let r=new Map;return o.forEach((c,n)=>{let x=a[c[0]],p=c.map(u=>e.nodes[u].calls).join(","),l=x?`alone ${n}`:
`${i[n].sort().join("|")}/${p}`,m=r.get(l);m?m.push(...c):r.set(l,[...c])}),[...r.values()]}var ie=e=>e.replace(/[&<>"]/g,o=>`&#${o.charCodeAt(0)};`);function xe(e,o,t,a){let{graph:i,members:r,edges:c,layout:n,states:x}=e,p=getComputedStyle(a),l=$=>ie(
p.getPropertyValue(`--${$}`).trim()),[m,u]=[-o.x/o.scale,-o.y/o.scale],[h,O]=[t.width/o.scale,t.height/o.scale],d=$=>n.x[$]<m+h&&n.x[$]+190>m&&n.y[$]<u+O&&n.y[$]+
44>u,M=[`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${m} ${u} ${h} ${O}" width="${t.width}" height="${t.height}" font-family="system-ui, sans-serif">`,`<r\
ect x="${m}" y="${u}" width="${h}" height="${O}" fill="${l("back")}"/>`];for(let $ of c){if(!d($.from)&&!d($.to))continue;let[T,L,v,R]=[n.x[$.from]+190,n.y[$.from]+
44/2,n.x[$.to],n.y[$.to]+44/2],w=Math.max(30,(v-T)/2),H=$.on==="error";M.push(`<path d="M${T} ${L}C${T+w} ${L} ${v-w} ${R} ${v} ${R}m-7 -4l7 4l-7 4" fill="none"\
 stroke="${l(H?"error":"muted")}"${H?' stroke-dasharray="6 4"':""}/>`)}return i.nodes.forEach(($,T)=>{if(!d(T))return;let L=r[T].length>1?void 0:x.get($.name),v=l(
L?W(L.state).colour:"muted"),[R,w]=[n.x[T],n.y[T]],H=r[T].length>1?`${r[T].length} tasks`:ae(L,$);M.push(`<rect x="${R}" y="${w}" width="${190}" height="${44}" \
rx="6" fill="${l("panel")}" stroke="${v}" stroke-width="2"${L?"":' stroke-dasharray="5 4"'}/>`,`<text x="${R+10}" y="${w+19}" font-size="13" fill="${v}">${L?W(L.
state).sign:"\u25CB"}</text><text x="${R+28}" y="${w+19}" font-size="13" font-weight="600" fill="${l("ink")}">${ie(J($.name,20))}</text>`,`<text x="${R+10}" y="${w+
36}" font-size="11" fill="${l("muted")}">${ie(J(H,28))}</text>`)}),`${M.join(`
`)}
</svg>
`}var Ce={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"};function Ge(e){let[o,t]=q();return z(()=>{if(!e)return;let a=e.edges.filter(r=>r.to>=0),i=new Worker(
pe("layout.js"),{type:"module"});return i.onmessage=r=>{t({of:e,layout:r.data}),i.terminate()},i.postMessage({count:e.nodes.length,from:Int32Array.from(a,r=>r.from),
to:Int32Array.from(a,r=>r.to)}),()=>i.terminate()},[e]),o?.of===e?o?.layout:void 0}function Re(e,o,t){let[a,i]=q(e.nodes.length>2e3),r=t||!a;return{shown:re(()=>{
if(r)return a?ye(e,n=>["ERROR","RUNNING","PAUSED","DELAYED"].includes(o.get(n)?.state??"")):be(e)},[e.spec_hash,e.nodes.length,a,r]),isGrouped:a,toggle:()=>i(!a)}}
function ot({graph:e,states:o,isReady:t=!0,critical:a,selected:i,onSelect:r}){let c=K(null),n=K(null),x=K(null),{shown:p,isGrouped:l,toggle:m}=Re(e,o,t),u=Ge(p?.
graph),h=K(void 0),O=K(0),d=ge.use(),[M,$]=q({width:0,height:0}),[T,L]=q(!1),[v,R]=q(),w=re(()=>p&&u?{...p,layout:u,all:e,states:o,hidesDone:T,critical:a,edges:p.
graph.edges.filter(s=>s.to>=0)}:void 0,[p,u,o,T,a]),H=i===void 0?-1:e.nodes.findIndex(s=>s.name===i),ee=p&&H>=0?p.shownAs[H]:v??-1,Y=(p?.graph.nodes.length??0)>
Ue;z(()=>{let s=c.current,b=new ResizeObserver(()=>$({width:s.clientWidth,height:s.clientHeight}));return b.observe(s),()=>b.disconnect()},[]);let B=K({}),_=K(0),
Z=()=>{x.current&&u&&h.current&&Be(x.current,h.current,u,M)},ne=()=>{let s=n.current;!s||!w||!M.width||(h.current??=Ne(le(w.layout,M),w.layout,M,w.graph.nodes.length),
Ee(s,w,h.current,ee,M),Y&&je(B.current,s,h.current),s.dataset.painted=String(w.graph.nodes.length),Z())},U=(s=!1)=>{cancelAnimationFrame(O.current),O.current=requestAnimationFrame(
()=>{let{all:b,last:y}=B.current;if(!s||!Y||!y)return ne();We(n.current,M,h.current,[b,y].filter(V=>V!==void 0)),Z(),clearTimeout(_.current),_.current=window.setTimeout(
U,$e)})};z(()=>{if(B.current.all=void 0,!w||!M.width||!Y)return;let s=setTimeout(()=>{let b=document.createElement("canvas"),y={width:ke,height:Math.max(1,Math.
round(ke*Math.min(4,w.layout.height/w.layout.width)))},V=le(w.layout,y);Ee(b,w,V,-1,y,n.current),B.current.all={picture:b,view:V},n.current.dataset.whole="1"},$e);
return()=>clearTimeout(s)},[w,M,d]),z(()=>U(),[w,M,d,ee]),z(()=>{h.current=void 0,R(void 0)},[e.spec_hash,l]);let g=s=>{let b=c.current.getBoundingClientRect();
return[s.clientX-b.left-c.current.clientLeft,s.clientY-b.top-c.current.clientTop]};z(()=>{let s=c.current,b=y=>{h.current&&(y.preventDefault(),we(h.current,Math.
exp(-y.deltaY/400),...g(y)),U(!0))};return s.addEventListener("wheel",b,{passive:!1}),()=>s.removeEventListener("wheel",b)});let k=K(void 0),S=s=>{let[b,y]=g(s);
k.current={x:b,y,moved:!1},c.current.setPointerCapture(s.pointerId)},D=s=>{if(!k.current||!h.current)return;let[b,y]=g(s),[V,F]=[b-k.current.x,y-k.current.y];!k.
current.moved&&Math.hypot(V,F)<4||(k.current={x:b,y,moved:!0},h.current.x+=V,h.current.y+=F,U(!0))},E=s=>{if(k.current&&!k.current.moved&&w&&h.current){let b=Oe(
w.layout,w.graph.nodes.length,h.current,...g(s)),y=b===void 0?[]:w.members[b];R(y.length>1?b:void 0),r(y.length===1?e.nodes[y[0]].name:void 0)}k.current=void 0},
P=(s,b,y)=>{h.current={scale:y,x:M.width/2-s*y,y:M.height/2-b*y}},I=s=>{h.current&&we(h.current,s,M.width/2,M.height/2),U()},A=()=>{h.current=u&&le(u,M),U()},C=s=>{
let b=e.nodes.findIndex(y=>y.name===s);if(w&&b>=0){let y=w.shownAs[b];P(w.layout.x[y]+190/2,w.layout.y[y]+44/2,Math.max(h.current?.scale??1,.6))}R(void 0),r(s),
U()},j=s=>{let b=H+1,y=[...e.nodes.slice(b),...e.nodes.slice(0,b)].map(F=>F.name),V=s&&(y.find(F=>F===s)??y.find(F=>F.includes(s)));V&&C(V)},te=()=>{if(!w||!h.current)
return;let s=document.createElement("a");s.href=URL.createObjectURL(new Blob([xe(w,h.current,M,n.current)],{type:"image/svg+xml"})),s.download=`${e.name}.svg`,s.
click(),setTimeout(()=>URL.revokeObjectURL(s.href),1e4)},se=s=>{if(s.ctrlKey||s.metaKey||s.altKey)return;let b=ve(e,o,i,s.key==="N");if(s.key==="+"||s.key==="=")
I(1.3);else if(s.key==="-")I(1/1.3);else if(s.key==="0")I(1/(h.current?.scale??1));else if(s.key==="f")A();else if(s.key==="h")L(!T);else if(s.key==="e"&&e.nodes.
length>2e3)m();else if((s.key==="n"||s.key==="N")&&b)C(b);else if(s.key.startsWith("Arrow")){let y=Ie(e,i,s.key);y&&C(y)}else return;s.preventDefault(),s.stopPropagation()},
oe=p?.graph.nodes.length??0;return f("div",{class:"graph",children:[f("div",{class:"graph-tools",children:[f("button",{onClick:()=>I(1.3),"aria-label":"Zoom in",
children:"+"}),f("button",{onClick:()=>I(1/1.3),"aria-label":"Zoom out",children:"\u2212"}),f("button",{onClick:A,children:"Fit"}),e.nodes.length>2e3&&f("button",
{"aria-pressed":!l,onClick:m,children:l?`Open all ${X(e.nodes.length)}`:"Group twins and chains"}),e.nodes.length>Me&&f("input",{class:"graph-find","data-filter":!0,
"aria-label":"Find a task",placeholder:"find a task",onKeyDown:s=>{s.stopPropagation(),s.key==="Enter"&&j(s.currentTarget.value.trim())}}),o.size>0&&f("label",{
children:[f("input",{type:"checkbox",checked:T,onChange:s=>L(s.currentTarget.checked)})," dim SUCCESS"]}),f("span",{class:"muted",children:[X(e.nodes.length)," \
tasks",l&&p?` as ${X(oe)} nodes`:"",e.truncated?", more are left out":""]}),f("button",{class:"small",onClick:te,children:"Save as SVG"})]}),f("div",{class:"gra\
ph-stage",ref:c,style:{height:u?`clamp(220px, ${Math.round(u.height+90)}px, 52vh)`:void 0},onPointerDown:S,onPointerMove:D,onPointerUp:E,onKeyDown:se,children:[
f("canvas",{ref:n,tabIndex:0,role:"img","aria-label":`Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f shows all, 0 their own siz\
e, h dims what has succeeded.`}),Y&&u&&f("div",{class:"graph-map","aria-hidden":"true",style:{width:`${Q}px`,height:`${Te(u)}px`},onPointerDown:s=>{s.stopPropagation();
let b=s.currentTarget.getBoundingClientRect(),y=u.width/Q;P((s.clientX-b.left)*y,(s.clientY-b.top)*y,h.current?.scale??1),U()},children:f("div",{ref:x})})]}),!u&&
f("p",{class:"graph-wait muted",children:"Laying out\u2026"}),p&&v!==void 0&&H<0?f(De,{tasks:p.members[v]??[],graph:e,states:o,goTo:C,open:m}):f(Pe,{graph:e,states:o,
selected:i,goTo:C})]})}function Se(e,o,t){let a=new Map;for(let i of e){let r=t.get(o.nodes[i].name)?.state??"";a.set(r,(a.get(r)??0)+1)}return[...a].sort((i,r)=>me.
indexOf(i[0])-me.indexOf(r[0]))}var me=["ERROR","PAUSED","RUNNING","DELAYED","WAITING","IDLE","CANCELLED","SKIPPED","SUCCESS",""],ce=50;function De({tasks:e,graph:o,
states:t,goTo:a,open:i}){let r=n=>me.indexOf(t.get(o.nodes[n].name)?.state??""),c=[...e].sort((n,x)=>r(n)-r(x)).slice(0,ce);return f("div",{class:"navigator","a\
ria-live":"polite",children:[f("div",{children:[f("strong",{children:[X(e.length)," tasks"]})," with the same neighbours, or one behind the other: ",Se(e,o,t).map(
([n,x])=>f("span",{class:"fact",children:[f("span",{class:`state-${n?W(n).colour:"idle"}`,children:n?`${W(n).sign} ${n}`:"\u25CB not run"})," ",X(x)]}))," ",f("\
button",{class:"small",onClick:i,children:"Show each"})]}),f("ul",{class:"chips",children:c.map(n=>f("li",{children:f("button",{class:"small",onClick:()=>a(o.nodes[n].
name),children:o.nodes[n].name})}))}),e.length>ce&&f("p",{class:"muted",children:["The first ",ce,"; all of them are in the table of tasks."]})]})}function Pe({
graph:e,states:o,selected:t,goTo:a}){let i=e.nodes.findIndex(l=>l.name===t);if(i<0)return f("p",{class:"muted navigator",children:"Choose a task to see what lea\
ds to it and what follows."});let r=e.nodes[i],c=(l,m)=>l.map(u=>{let h=e.nodes[u[m]]?.name;return f("li",{children:[f("span",{class:"muted",children:[u.on," "]}),
h===void 0?Ce[u.to]:f("button",{onClick:()=>a(h),children:h}),u.condition&&f("code",{children:[" ",u.condition]})]})}),n=e.edges.filter(l=>l.to===i).slice(0,100),
x=e.edges.filter(l=>l.from===i).slice(0,100),p=[r.with_items&&"with-items",r.join&&`join ${r.join}`,r.concurrency&&`${r.concurrency} at a time`,...Object.keys(r.
policies).filter(l=>l!=="concurrency")].filter(Boolean).join(", ");return f("div",{class:"navigator","aria-live":"polite",children:[f("div",{children:[f("strong",
{children:r.name})," ",o.get(r.name)?.state??"not run"," \xB7 ",f("code",{children:r.calls}),p&&f("span",{class:"muted",children:[" \xB7 ",p]})]}),f("div",{class:"\
columns",children:[f("div",{children:[f("h3",{children:"Comes from"}),n.length?f("ul",{children:c(n,"from")}):f("p",{class:"muted",children:"The workflow's star\
t."})]}),f("div",{children:[f("h3",{children:"Leads to"}),x.length?f("ul",{children:c(x,"to")}):f("p",{class:"muted",children:"The workflow's end."})]})]})]})}function ve(e,o,t,a){
let i=e.nodes.filter(c=>o.get(c.name)?.state==="ERROR").map(c=>c.name),r=t===void 0?-1:i.indexOf(t);if(i.length)return i[(r+(a?i.length-1:1)+(a&&r<0?1:0))%i.length]}
function Ie(e,o,t){let a=e.nodes.findIndex(r=>r.name===o);if(a<0)return e.nodes[0]?.name;let i=t==="ArrowRight"||t==="ArrowDown";if(t==="ArrowLeft"||t==="ArrowR\
ight"){let r=i?e.edges.find(c=>c.from===a&&c.to>=0):e.edges.find(c=>c.to===a);return r&&e.nodes[i?r.to:r.from].name}return e.nodes[(a+(i?1:e.nodes.length-1))%e.
nodes.length].name}function le(e,o){let t=Math.min(1,(o.width-40)/e.width,(o.height-40)/e.height);return{scale:t,x:(o.width-e.width*t)/2,y:(o.height-e.height*t)/
2}}function Ne(e,o,t,a){return a>Me||e.scale>=de||o.width<o.height?e:{scale:de,x:12,y:(t.height-o.height*de)/2}}function we(e,o,t,a){let i=Math.min(3,Math.max(.01,
e.scale*o));e.x=t-(t-e.x)*i/e.scale,e.y=a-(a-e.y)*i/e.scale,e.scale=i}function Oe(e,o,t,a,i){let[r,c]=[(a-t.x)/t.scale,(i-t.y)/t.scale];for(let n=0;n<o;n++)if(r>=
e.x[n]&&r<=e.x[n]+190&&c>=e.y[n]&&c<=e.y[n]+44)return n}var Ve=.8,ue=.25,He=.6,Me=60,de=.4,Ue=400,$e=80,ke=1600,Q=150,Te=e=>Math.max(12,Math.min(150,Math.round(
Q*e.height/e.width))),he=e=>e.getContext("2d",{alpha:!1});function je(e,o,t){let a=e.last?.picture??document.createElement("canvas");a.width=o.width,a.height=o.
height,he(a).drawImage(o,0,0),e.last={picture:a,view:{...t}}}function We(e,o,t,a){let i=devicePixelRatio||1,r=he(e);r.setTransform(i,0,0,i,0,0),r.imageSmoothingEnabled=
!1,r.fillStyle=getComputedStyle(e).getPropertyValue("--back").trim(),r.fillRect(0,0,o.width,o.height);for(let{picture:c,view:n}of a){let x=t.scale/n.scale;r.drawImage(
c,t.x-n.x*x,t.y-n.y*x,c.width/i*x,c.height/i*x)}e.dataset.moving=String(Number(e.dataset.moving??0)+1)}function Be(e,o,t,a){let i=Q/t.width,r=(x,p)=>Math.max(0,
Math.min(p,x)),[c,n]=[r(-o.x/o.scale*i,Q),r(-o.y/o.scale*i,150)];Object.assign(e.style,{left:`${c}px`,top:`${n}px`,width:`${r(a.width/o.scale*i,Q-c)}px`,height:`${r(
a.height/o.scale*i,Te(t)-n)}px`})}function Ee(e,o,t,a,i,r=e){let{graph:c,members:n,edges:x,layout:p,states:l,all:m}=o,u=devicePixelRatio||1,{width:h,height:O}=i;
e.width=h*u,e.height=O*u;let d=he(e),M=getComputedStyle(r),$=g=>M.getPropertyValue(`--${g}`).trim(),[T,L,v]=[$("panel"),$("back"),$("ink")];d.setTransform(u,0,0,
u,0,0),d.fillStyle=L,d.fillRect(0,0,h,O),d.setTransform(u*t.scale,0,0,u*t.scale,u*t.x,u*t.y);let[R,w]=[-t.x/t.scale,-t.y/t.scale],[H,ee]=[R+h/t.scale,w+O/t.scale],
Y=g=>p.x[g]>H||p.x[g]+190<R||p.y[g]>ee||p.y[g]+44<w,B=Math.max(1,1/t.scale),_=n.map(g=>g.some(k=>l.has(m.nodes[k].name))),Z=new Map;x.forEach((g,k)=>{let[S,D]=[
p.x[g.from]+190,p.y[g.from]+44/2],[E,P]=[p.x[g.to],p.y[g.to]+44/2];if(Math.max(S,E)<R||Math.min(S,E)>H||Math.max(D,P)<w||Math.min(D,P)>ee)return;let I=`${g.on} ${_[g.
from]&&_[g.to]?1:0}`,A=Z.get(I);if(A||Z.set(I,A=new Path2D),A.moveTo(S,D),t.scale<ue)A.lineTo(E,P);else if(p.back[k])A.bezierCurveTo(S+60,D+70,E-60,P+70,E,P);else{
let C=Math.max(30,(E-S)/2);A.bezierCurveTo(S+C,D,E-C,P,E,P)}t.scale>=ue&&(A.moveTo(E-7,P-4),A.lineTo(E,P),A.lineTo(E-7,P+4))});for(let[g,k]of Z){let[S,D]=g.split(
" ");d.strokeStyle=$(S==="error"?"error":"muted"),d.globalAlpha=D==="1"?1:.45,d.lineWidth=D==="1"?B*1.6:B,d.setLineDash(S==="error"?[6,4]:S==="skip"?[2,3]:[]),d.
stroke(k)}d.globalAlpha=1,d.setLineDash([]),_e(d,o,t,Y,[$("muted"),L]);let ne=new Map,U=g=>{let k=ne.get(g);return k||ne.set(g,k=$(g)),k};d.textBaseline="middle";
for(let g=0;g<c.nodes.length;g++){if(Y(g))continue;let k=c.nodes[g],S=n[g].length>1,D=S?Se(n[g],m,l):[],E=S?void 0:l.get(k.name),P=S?D[0][0]?W(D[0][0]).colour:"\
muted":E?W(E.state).colour:"muted",I=U(P),A=!S&&o.critical?.has(k.name),[C,j]=[p.x[g],p.y[g]];if(d.globalAlpha=o.hidesDone&&(E?.state==="SUCCESS"||S&&D[0][0]===
"SUCCESS")?.25:1,t.scale<ue){d.fillStyle=_[g]?I:T,d.fillRect(C,j,190,44),d.strokeStyle=g===a||A?v:I,d.lineWidth=g===a||A?4*B:B,d.strokeRect(C,j,190,44);continue}
S&&(d.beginPath(),d.roundRect(C+4,j+4,190,44,6),d.fillStyle=L,d.fill(),d.strokeStyle=I,d.lineWidth=1,d.stroke()),d.beginPath(),d.roundRect(C,j,190,44,6),d.fillStyle=
_[g]?T:L,d.fill(),d.strokeStyle=A?v:I,d.lineWidth=g===a?4:A?3:_[g]?2:1.2,d.setLineDash(_[g]?[]:[5,4]),d.stroke(),d.setLineDash([]);let te=S?D:E?.part!==void 0?[
[E.state,E.part],["",1-E.part]]:[],se=te.reduce((b,[,y])=>b+y,0),oe=C+6;for(let[b,y]of te){d.fillStyle=U(b?W(b).colour:"line");let V=178*y/se;d.fillRect(oe,j+44-
6,V,3.5),oe+=V}let s=t.scale>=He;d.fillStyle=I,d.font="14px system-ui",d.fillText(S?"\u25A4":E?W(E.state).sign:"\u25CB",C+10,j+(s?15:22)),d.fillStyle=v,d.font=s?
"600 13px system-ui":"600 16px system-ui",d.fillText(J(k.name,s?20:16),C+28,j+(s?15:22)),s&&(d.fillStyle=U("muted"),d.font="11px system-ui",d.fillText(J(S?`${X(
n[g].length)} tasks \xB7 ${k.calls}`:ae(E,k),28),C+10,j+(te.length?29:32)))}d.globalAlpha=1}function ae(e,o){return e?`${e.note}${e.runs>1?` \xD7${e.runs}`:""}`:
o.calls}function _e(e,{edges:o,layout:t},a,i,[r,c]){if(!(a.scale<Ve)){e.font="11px system-ui",e.textBaseline="middle";for(let n of o){if(!n.condition||i(n.from)&&
i(n.to))continue;let x=J(n.condition,24),[p,l]=[(t.x[n.from]+190+t.x[n.to])/2,(t.y[n.from]+t.y[n.to]+44)/2],m=e.measureText(x).width;e.fillStyle=c,e.fillRect(p-
m/2-3,l-8,m+6,16),e.fillStyle=r,e.fillText(x,p-m/2,l)}}}var J=(e,o)=>e.length>o?`${e.slice(0,o-1)}\u2026`:e;export{ot as a};
