import{S as W,V as X,Y as d,d as J,e as z,g as _,h as ae,j as be,v as xe}from"./chunk-BH2VNA6L.js";function we(e){return{graph:e,members:e.nodes.map((o,t)=>[t]),shownAs:Int32Array.from(e.nodes.keys())}}function $e(e,o){let t=e.nodes.length,c=e.nodes.map(f=>o(
f.name)),i=Re(e,c),r=new Int32Array(t);i.forEach((f,h)=>f.forEach(x=>r[x]=h));let u=De(e,i,r,c),n=new Int32Array(t);u.forEach((f,h)=>f.forEach(x=>n[x]=h));let b=u.
map(f=>{let[h,x]=[e.nodes[f[0]],e.nodes[f[f.length-1]]];return f.length===1?h:{...h,name:`${h.name} \u2026 ${x.name}`,join:null,with_items:!1,line:null,policies:{}}}),
w=new Set,a=[];for(let f of e.edges){let[h,x]=[n[f.from],f.to<0?f.to:n[f.to]],$=`${h} ${x} ${f.on}`;h===x&&u[h].length>1||w.has($)||(w.add($),a.push({...f,from:h,
to:x}))}return{graph:{...e,nodes:b,edges:a},members:u,shownAs:n}}function Re(e,o){let t=e.nodes.length,[c,i]=[new Int32Array(t),new Int32Array(t)];for(let a of e.
edges)i[a.from]++,a.to>=0&&c[a.to]++;let[r,u]=[new Int32Array(t).fill(-1),new Int32Array(t).fill(-1)];for(let{from:a,to:f}of e.edges)f<0||a===f||i[a]!==1||c[f]!==
1||o[a]||o[f]||(r[a]=f,u[f]=a);let n=[],b=new Uint8Array(t),w=a=>{let f=[];for(let h=a;h>=0&&!b[h];h=r[h])b[h]=1,f.push(h);n.push(f)};for(let a=0;a<t;a++)u[a]<0&&
w(a);for(let a=0;a<t;a++)b[a]||w(a);return n}function De(e,o,t,c){let i=o.map(()=>[]);for(let{from:u,to:n,on:b}of e.edges)n>=0&&t[u]===t[n]||(i[t[u]].push(`>${n<
0?n:t[n]} ${b}`),n>=0&&i[t[n]].push(`<${t[u]} ${b}`));let r=new Map;return o.forEach((u,n)=>{let b=c[u[0]],w=u.map(h=>e.nodes[h].calls).join(","),a=b?`alone ${n}`:
`${i[n].sort().join("|")}/${w}`,f=r.get(a);f?f.push(...u):r.set(a,[...u])}),[...r.values()]}var ce=e=>e.replace(/[&<>"]/g,o=>`&#${o.charCodeAt(0)};`);function ke(e,o,t,c){let{graph:i,members:r,edges:u,layout:n,states:b}=e,w=getComputedStyle(c),a=g=>ce(
w.getPropertyValue(`--${g}`).trim()),[f,h]=[-o.x/o.scale,-o.y/o.scale],[x,$]=[t.width/o.scale,t.height/o.scale],l=g=>n.x[g]<f+x&&n.x[g]+190>f&&n.y[g]<h+$&&n.y[g]+
44>h,K=[`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${f} ${h} ${x} ${$}" width="${t.width}" height="${t.height}" font-family="system-ui, sans-serif">`,`<r\
ect x="${f}" y="${h}" width="${x}" height="${$}" fill="${a("back")}"/>`];for(let g of u){if(!l(g.from)&&!l(g.to))continue;let[A,C,V,G]=[n.x[g.from]+190,n.y[g.from]+
44/2,n.x[g.to],n.y[g.to]+44/2],R=Math.max(30,(V-A)/2),k=g.on==="error";K.push(`<path d="M${A} ${C}C${A+R} ${C} ${V-R} ${G} ${V} ${G}m-7 -4l7 4l-7 4" fill="none"\
 stroke="${a(k?"error":"muted")}"${k?' stroke-dasharray="6 4"':""}/>`)}return i.nodes.forEach((g,A)=>{if(!l(A))return;let C=r[A].length>1?void 0:b.get(g.name),V=a(
C?W(C.state).colour:"muted"),[G,R]=[n.x[A],n.y[A]],k=r[A].length>1?`${r[A].length} tasks`:le(C,g);K.push(`<rect x="${G}" y="${R}" width="${190}" height="${44}" \
rx="6" fill="${a("panel")}" stroke="${V}" stroke-width="2"${C?"":' stroke-dasharray="5 4"'}/>`,`<text x="${G+10}" y="${R+19}" font-size="13" fill="${V}">${C?W(C.
state).sign:"\u25CB"}</text><text x="${G+28}" y="${R+19}" font-size="13" font-weight="600" fill="${a("ink")}">${ce(Q(g.name,20))}</text>`,`<text x="${G+10}" y="${R+
36}" font-size="11" fill="${a("muted")}">${ce(Q(k,28))}</text>`)}),`${K.join(`
`)}
</svg>
`}var Pe={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"};function ve(e){let[o,t]=J();return z(()=>{if(!e)return;let c=e.edges.filter(r=>r.to>=0),i=new Worker(
be("layout.js"),{type:"module"});return i.onmessage=r=>{t({of:e,layout:r.data}),i.terminate()},i.postMessage({count:e.nodes.length,from:Int32Array.from(c,r=>r.from),
to:Int32Array.from(c,r=>r.to)}),()=>i.terminate()},[e]),o?.of===e?o?.layout:void 0}function Ie(e,o,t){let[c,i]=J(e.nodes.length>2e3),r=t||!c;return{shown:ae(()=>{
if(r)return c?$e(e,n=>["ERROR","RUNNING","PAUSED","DELAYED"].includes(o.get(n)?.state??"")):we(e)},[e.spec_hash,e.nodes.length,c,r]),isGrouped:c,toggle:()=>i(!c)}}
function at({graph:e,states:o,isReady:t=!0,critical:c,selected:i,onSelect:r,tools:u}){let n=_(null),b=_(null),w=_(null),{shown:a,isGrouped:f,toggle:h}=Ie(e,o,t),
x=ve(a?.graph),$=_(void 0),l=_(0),K=xe.use(),[g,A]=J({width:0,height:0}),[C,V]=J(!1),[G,R]=J(),k=ae(()=>a&&x?{...a,layout:x,all:e,states:o,hidesDone:C,critical:c,
edges:a.graph.edges.filter(s=>s.to>=0)}:void 0,[a,x,o,C,c]),Y=i===void 0?-1:e.nodes.findIndex(s=>s.name===i),ee=a&&Y>=0?a.shownAs[Y]:G??-1,B=(a?.graph.nodes.length??
0)>_e;z(()=>{let s=n.current,p=new ResizeObserver(()=>A({width:s.clientWidth,height:s.clientHeight}));return p.observe(s),()=>p.disconnect()},[]);let U=_({}),q=_(
0),te=()=>{w.current&&x&&$.current&&Ye(w.current,$.current,x,g)},ne=()=>{let s=b.current;!s||!k||!g.width||($.current??=Ue(de(k.layout,g),k.layout,g,k.graph.nodes.
length),Te(s,k,$.current,ee,g),B&&Ke(U.current,s,$.current),s.dataset.painted=String(k.graph.nodes.length),te())},m=(s=!1)=>{cancelAnimationFrame(l.current),l.current=
requestAnimationFrame(()=>{let{all:p,last:y}=U.current;if(!s||!B||!y)return ne();Fe(b.current,g,$.current,[p,y].filter(N=>N!==void 0)),te(),clearTimeout(q.current),
q.current=window.setTimeout(m,Se)})};z(()=>{if(U.current.all=void 0,!k||!g.width||!B)return;let s=setTimeout(()=>{let p=document.createElement("canvas"),y={width:Me,
height:Math.max(1,Math.round(Me*Math.min(4,k.layout.height/k.layout.width)))},N=de(k.layout,y);Te(p,k,N,-1,y,b.current),U.current.all={picture:p,view:N},b.current.
dataset.whole="1";let H=w.current?.previousElementSibling,re=devicePixelRatio||1,[Ae,Ge]=[k.layout.width*N.scale*re,k.layout.height*N.scale*re];H?.getContext("2\
d").drawImage(p,N.x*re,N.y*re,Ae,Ge,0,0,H.width,H.height)},Se);return()=>clearTimeout(s)},[k,g,K]),z(()=>m(),[k,g,K,ee]),z(()=>{$.current=void 0,R(void 0)},[e.spec_hash,
f]);let M=s=>{let p=n.current.getBoundingClientRect();return[s.clientX-p.left-n.current.clientLeft,s.clientY-p.top-n.current.clientTop]};z(()=>{let s=n.current,
p=y=>{$.current&&(y.preventDefault(),Ee($.current,Math.exp(-y.deltaY/400),...M(y)),m(!0))};return s.addEventListener("wheel",p,{passive:!1}),()=>s.removeEventListener(
"wheel",p)});let E=_(void 0),D=s=>{let[p,y]=M(s);E.current={x:p,y,moved:!1},n.current.setPointerCapture(s.pointerId)},S=s=>{if(!E.current||!$.current)return;let[
p,y]=M(s),[N,H]=[p-E.current.x,y-E.current.y];!E.current.moved&&Math.hypot(N,H)<4||(E.current={x:p,y,moved:!0},$.current.x+=N,$.current.y+=H,m(!0))},P=s=>{if(E.
current&&!E.current.moved&&k&&$.current){let p=je(k.layout,k.graph.nodes.length,$.current,...M(s)),y=p===void 0?[]:k.members[p];R(y.length>1?p:void 0),r(y.length===
1?e.nodes[y[0]].name:void 0)}E.current=void 0},j=(s,p,y)=>{$.current={scale:y,x:g.width/2-s*y,y:g.height/2-p*y}},T=s=>{$.current&&Ee($.current,s,g.width/2,g.height/
2),m()},v=()=>{$.current=x&&de(x,g),m()},I=s=>{let p=e.nodes.findIndex(y=>y.name===s);if(k&&p>=0){let y=k.shownAs[p];j(k.layout.x[y]+190/2,k.layout.y[y]+44/2,Math.
max($.current?.scale??1,.6))}R(void 0),r(s),m()},oe=s=>{let p=Y+1,y=[...e.nodes.slice(p),...e.nodes.slice(0,p)].map(H=>H.name),N=s&&(y.find(H=>H===s)??y.find(H=>H.
includes(s)));N&&I(N)},ie=()=>{if(!k||!$.current)return;let s=document.createElement("a");s.href=URL.createObjectURL(new Blob([ke(k,$.current,g,b.current)],{type:"\
image/svg+xml"})),s.download=`${e.name}.svg`,s.click(),setTimeout(()=>URL.revokeObjectURL(s.href),1e4)},se=s=>{if(s.ctrlKey||s.metaKey||s.altKey)return;let p=Ve(
e,o,i,s.key==="N");if(s.key==="+"||s.key==="=")T(1.3);else if(s.key==="-")T(1/1.3);else if(s.key==="0")T(1/($.current?.scale??1));else if(s.key==="f")v();else if(s.
key==="h")V(!C);else if(s.key==="e"&&e.nodes.length>2e3)h();else if((s.key==="n"||s.key==="N")&&p)I(p);else if(s.key.startsWith("Arrow")){let y=He(e,i,s.key);y&&
I(y)}else return;s.preventDefault(),s.stopPropagation()},F=a?.graph.nodes.length??0;return d("div",{class:"graph",children:[d("div",{class:"graph-tools",children:[
d("button",{onClick:()=>T(1.3),"aria-label":"Zoom in",children:"+"}),d("button",{onClick:()=>T(1/1.3),"aria-label":"Zoom out",children:"\u2212"}),d("button",{onClick:v,
children:"Fit"}),e.nodes.length>2e3&&d("button",{"aria-pressed":!f,onClick:h,children:f?`Open all ${X(e.nodes.length)}`:"Group twins and chains"}),e.nodes.length>
Le&&d("input",{class:"graph-find","data-filter":!0,"aria-label":"Find a task",placeholder:"find a task",onKeyDown:s=>{s.stopPropagation(),s.key==="Enter"&&oe(s.
currentTarget.value.trim())}}),o.size>0&&d("label",{children:[d("input",{type:"checkbox",checked:C,onChange:s=>V(s.currentTarget.checked)})," dim SUCCESS"]}),u,
d("span",{class:"muted",children:[X(e.nodes.length)," ",e.nodes.length===1?"task":"tasks",f&&a?` as ${X(F)} ${F===1?"node":"nodes"}`:"",e.truncated?", more are \
left out":""]}),d("button",{class:"small",onClick:ie,children:"Save as SVG"})]}),d("div",{class:"graph-stage",ref:n,style:{height:x?`clamp(220px, ${Math.round(x.
height+90)}px, 52vh)`:void 0},onPointerDown:D,onPointerMove:S,onPointerUp:P,onKeyDown:se,children:[d("canvas",{ref:b,tabIndex:0,role:"img","aria-label":`Graph o\
f ${e.name}. Arrow keys go along its edges, n to the next failed task, f shows all, 0 their own size, h dims what has succeeded.`}),B&&x&&d("div",{class:"graph-\
map","aria-hidden":"true",style:{width:`${Z}px`,height:`${pe(x)}px`},onPointerDown:s=>{s.stopPropagation();let p=s.currentTarget.getBoundingClientRect(),y=x.width/
Z;j((s.clientX-p.left)*y,(s.clientY-p.top)*y,$.current?.scale??1),m()},children:[d("canvas",{width:Z,height:pe(x)}),d("div",{ref:w})]})]}),!x&&d("p",{class:"gra\
ph-wait muted",children:"Laying out\u2026"}),a&&G!==void 0&&Y<0?d(Ne,{tasks:a.members[G]??[],graph:e,states:o,goTo:I,open:h}):d(Oe,{graph:e,states:o,selected:i,
goTo:I})]})}function Ce(e,o,t){let c=new Map;for(let i of e){let r=t.get(o.nodes[i].name)?.state??"";c.set(r,(c.get(r)??0)+1)}return[...c].sort((i,r)=>ge.indexOf(
i[0])-ge.indexOf(r[0]))}var ge=["ERROR","PAUSED","RUNNING","DELAYED","WAITING","IDLE","CANCELLED","SKIPPED","SUCCESS",""],ue=50;function Ne({tasks:e,graph:o,states:t,
goTo:c,open:i}){let r=n=>ge.indexOf(t.get(o.nodes[n].name)?.state??""),u=[...e].sort((n,b)=>r(n)-r(b)).slice(0,ue);return d("div",{class:"navigator","aria-live":"\
polite",children:[d("div",{children:[d("strong",{children:[X(e.length)," tasks"]})," with the same neighbours, or one behind the other: ",Ce(e,o,t).map(([n,b])=>d(
"span",{class:"fact",children:[d("span",{class:`state-${n?W(n).colour:"idle"}`,children:n?`${W(n).sign} ${n}`:"\u25CB not run"})," ",X(b)]}))," ",d("button",{class:"\
small",onClick:i,children:"Show each"})]}),d("ul",{class:"chips",children:u.map(n=>d("li",{children:d("button",{class:"small",onClick:()=>c(o.nodes[n].name),children:o.
nodes[n].name})}))}),e.length>ue&&d("p",{class:"muted",children:["The first ",ue,"; all of them are in the table of tasks."]})]})}function Oe({graph:e,states:o,
selected:t,goTo:c}){let i=e.nodes.findIndex(a=>a.name===t);if(i<0)return d("p",{class:"muted navigator",children:"Choose a task to see what leads to it and what\
 follows."});let r=e.nodes[i],u=(a,f)=>a.map(h=>{let x=e.nodes[h[f]]?.name;return d("li",{children:[d("span",{class:"muted",children:[h.on," "]}),x===void 0?Pe[h.
to]:d("button",{onClick:()=>c(x),children:x}),h.condition&&d("code",{children:[" ",h.condition]})]})}),n=e.edges.filter(a=>a.to===i).slice(0,100),b=e.edges.filter(
a=>a.from===i).slice(0,100),w=[r.with_items&&"with-items",r.join&&`join ${r.join}`,r.concurrency&&`${r.concurrency} at a time`,...Object.keys(r.policies).filter(
a=>a!=="concurrency")].filter(Boolean).join(", ");return d("div",{class:"navigator","aria-live":"polite",children:[d("div",{children:[d("strong",{children:r.name}),
" ",o.get(r.name)?.state??"not run"," \xB7 ",d("code",{children:r.calls}),w&&d("span",{class:"muted",children:[" \xB7 ",w]})]}),d("div",{class:"columns",children:[
d("div",{children:[d("h3",{children:"Comes from"}),n.length?d("ul",{children:u(n,"from")}):d("p",{class:"muted",children:"The workflow's start."})]}),d("div",{children:[
d("h3",{children:"Leads to"}),b.length?d("ul",{children:u(b,"to")}):d("p",{class:"muted",children:"The workflow's end."})]})]})]})}function Ve(e,o,t,c){let i=e.
nodes.filter(u=>o.get(u.name)?.state==="ERROR").map(u=>u.name),r=t===void 0?-1:i.indexOf(t);if(i.length)return i[(r+(c?i.length-1:1)+(c&&r<0?1:0))%i.length]}function He(e,o,t){
let c=e.nodes.findIndex(r=>r.name===o);if(c<0)return e.nodes[0]?.name;let i=t==="ArrowRight"||t==="ArrowDown";if(t==="ArrowLeft"||t==="ArrowRight"){let r=i?e.edges.
find(u=>u.from===c&&u.to>=0):e.edges.find(u=>u.to===c);return r&&e.nodes[i?r.to:r.from].name}return e.nodes[(c+(i?1:e.nodes.length-1))%e.nodes.length].name}function de(e,o){
let t=Math.min(1,(o.width-40)/e.width,(o.height-40)/e.height);return{scale:t,x:(o.width-e.width*t)/2,y:(o.height-e.height*t)/2}}function Ue(e,o,t,c){return c>Le||
e.scale>=me||o.width<o.height?e:{scale:me,x:12,y:(t.height-o.height*me)/2}}function Ee(e,o,t,c){let i=Math.min(3,Math.max(.01,e.scale*o));e.x=t-(t-e.x)*i/e.scale,
e.y=c-(c-e.y)*i/e.scale,e.scale=i}function je(e,o,t,c,i){let[r,u]=[(c-t.x)/t.scale,(i-t.y)/t.scale];for(let n=0;n<o;n++)if(r>=e.x[n]&&r<=e.x[n]+190&&u>=e.y[n]&&
u<=e.y[n]+44)return n}var We=.8,fe=.25,Be=.6,Le=60,me=.4,_e=400,Se=80,Me=1600,Z=150,pe=e=>Math.max(12,Math.min(150,Math.round(Z*e.height/e.width))),ye=e=>e.getContext(
"2d",{alpha:!1});function Ke(e,o,t){let c=e.last?.picture??document.createElement("canvas");c.width=o.width,c.height=o.height,ye(c).drawImage(o,0,0),e.last={picture:c,
view:{...t}}}function Fe(e,o,t,c){let i=devicePixelRatio||1,r=ye(e);r.setTransform(i,0,0,i,0,0),r.imageSmoothingEnabled=!1,r.fillStyle=getComputedStyle(e).getPropertyValue(
"--back").trim(),r.fillRect(0,0,o.width,o.height);for(let{picture:u,view:n}of c){let b=t.scale/n.scale;r.drawImage(u,t.x-n.x*b,t.y-n.y*b,u.width/i*b,u.height/i*
b)}e.dataset.moving=String(Number(e.dataset.moving??0)+1)}function Ye(e,o,t,c){let i=Z/t.width,r=(b,w)=>Math.max(0,Math.min(w,b)),[u,n]=[r(-o.x/o.scale*i,Z),r(-o.
y/o.scale*i,150)];Object.assign(e.style,{left:`${u}px`,top:`${n}px`,width:`${r(c.width/o.scale*i,Z-u)}px`,height:`${r(c.height/o.scale*i,pe(t)-n)}px`})}function Te(e,o,t,c,i,r=e){
let{graph:u,members:n,edges:b,layout:w,states:a,all:f}=o,h=devicePixelRatio||1,{width:x,height:$}=i;e.width=x*h,e.height=$*h;let l=ye(e),K=getComputedStyle(r),g=m=>K.
getPropertyValue(`--${m}`).trim(),[A,C,V]=[g("panel"),g("back"),g("ink")];l.setTransform(h,0,0,h,0,0),l.fillStyle=C,l.fillRect(0,0,x,$),l.setTransform(h*t.scale,
0,0,h*t.scale,h*t.x,h*t.y);let[G,R]=[-t.x/t.scale,-t.y/t.scale],[k,Y]=[G+x/t.scale,R+$/t.scale],ee=m=>w.x[m]>k||w.x[m]+190<G||w.y[m]>Y||w.y[m]+44<R,B=Math.max(1,
1/t.scale),U=n.map(m=>m.some(M=>a.has(f.nodes[M].name))),q=new Map;b.forEach((m,M)=>{let[E,D]=[w.x[m.from]+190,w.y[m.from]+44/2],[S,P]=[w.x[m.to],w.y[m.to]+44/2];
if(Math.max(E,S)<G||Math.min(E,S)>k||Math.max(D,P)<R||Math.min(D,P)>Y)return;let j=`${m.on} ${U[m.from]&&U[m.to]?1:0}`,T=q.get(j);if(T||q.set(j,T=new Path2D),T.
moveTo(E,D),t.scale<fe)T.lineTo(S,P);else if(w.back[M])T.bezierCurveTo(E+60,D+70,S-60,P+70,S,P);else{let v=Math.max(30,(S-E)/2);T.bezierCurveTo(E+v,D,S-v,P,S,P)}
t.scale>=fe&&(T.moveTo(S-7,P-4),T.lineTo(S,P),T.lineTo(S-7,P+4))});for(let[m,M]of q){let[E,D]=m.split(" ");l.strokeStyle=g(E==="error"?"error":"muted"),l.globalAlpha=
D==="1"?1:.45,l.lineWidth=D==="1"?B*1.6:B,l.setLineDash(E==="error"?[6,4]:E==="skip"?[2,3]:[]),l.stroke(M)}l.globalAlpha=1,l.setLineDash([]),ze(l,o,t,ee,[g("mut\
ed"),C]);let te=new Map,ne=m=>{let M=te.get(m);return M||te.set(m,M=g(m)),M};l.textBaseline="middle";for(let m=0;m<u.nodes.length;m++){if(ee(m))continue;let M=u.
nodes[m],E=n[m].length>1,D=E?Ce(n[m],f,a):[],S=E?void 0:a.get(M.name),P=E?D[0][0]?W(D[0][0]).colour:"muted":S?W(S.state).colour:"muted",j=ne(P),T=!E&&o.critical?.
has(M.name),[v,I]=[w.x[m],w.y[m]];if(l.globalAlpha=o.hidesDone&&(S?.state==="SUCCESS"||E&&D[0][0]==="SUCCESS")?.25:1,t.scale<fe){l.fillStyle=U[m]?j:A,l.fillRect(
v,I,190,44),l.strokeStyle=m===c||T?V:j,l.lineWidth=m===c||T?4*B:B,l.strokeRect(v,I,190,44);continue}E&&(l.beginPath(),l.roundRect(v+4,I+4,190,44,6),l.fillStyle=
C,l.fill(),l.strokeStyle=j,l.lineWidth=1,l.stroke()),l.beginPath(),l.roundRect(v,I,190,44,6),l.fillStyle=U[m]?A:C,l.fill(),l.strokeStyle=T?V:j,l.lineWidth=m===c?
4:T?3:U[m]?2:1.2,l.setLineDash(U[m]?[]:[5,4]),l.stroke(),l.setLineDash([]);let oe=E?D:S?.part!==void 0?[[S.state,S.part],["",1-S.part]]:[],ie=oe.reduce((s,[,p])=>s+
p,0),se=v+6;for(let[s,p]of oe){l.fillStyle=ne(s?W(s).colour:"line");let y=178*p/ie;l.fillRect(se,I+44-6,y,3.5),se+=y}let F=t.scale>=Be;l.fillStyle=j,l.font="14p\
x system-ui",l.fillText(E?"\u25A4":S?W(S.state).sign:"\u25CB",v+10,I+(F?15:22)),l.fillStyle=V,l.font=F?"600 13px system-ui":"600 16px system-ui",l.fillText(Q(M.
name,F?20:16),v+28,I+(F?15:22)),F&&(l.fillStyle=ne("muted"),l.font="11px system-ui",l.fillText(Q(E?`${X(n[m].length)} tasks \xB7 ${M.calls}`:le(S,M),28),v+10,I+
(oe.length?29:32)))}l.globalAlpha=1}function le(e,o){return e?`${e.note}${e.runs>1?` \xD7${e.runs}`:""}`:o.calls}function ze(e,{edges:o,layout:t},c,i,[r,u]){if(!(c.
scale<We)){e.font="11px system-ui",e.textBaseline="middle";for(let n of o){if(!n.condition||i(n.from)&&i(n.to))continue;let b=Q(n.condition,24),[w,a]=[(t.x[n.from]+
190+t.x[n.to])/2,(t.y[n.from]+t.y[n.to]+44)/2],f=e.measureText(b).width;e.fillStyle=u,e.fillRect(w-f/2-3,a-8,f+6,16),e.fillStyle=r,e.fillText(b,w-f/2,a)}}}var Q=(e,o)=>e.
length>o?`${e.slice(0,o-1)}\u2026`:e;export{at as a};
