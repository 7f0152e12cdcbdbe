import{T as K,W as q,_ as h,d as ne,e as z,g as _,h as pe,i as ve,u as Ae}from"./chunk-ZTMUTIUO.js";import{a as ye}from"./chunk-7UF6IXTW.js";function be(e,n,t){let l=new Map;for(let i of e){let a=t.get(n.nodes[i].name)?.state??"";l.set(a,(l.get(a)??0)+1)}return[...l].sort((i,a)=>he.indexOf(i[0])-he.indexOf(
a[0]))}var he=["ERROR","PAUSED","RUNNING","DELAYED","WAITING","IDLE","CANCELLED","SKIPPED","SUCCESS",""],Ye=.8,ae=.25,ze=.6,qe=4,Re={alpha:!1},xe=e=>e.getContext(
"2d",Re),Ge={...Re,willReadFrequently:!0};function De(e,n){let[t,l]=[n.width,n.height].map(i=>Math.floor(i*(devicePixelRatio||1)));(e.width!==t||e.height!==l)&&
([e.width,e.height]=[t,l])}function Pe(e,n,t,l){let i=devicePixelRatio||1,a=xe(e);De(e,n),a.setTransform(i,0,0,i,0,0),a.imageSmoothingEnabled=!1,a.fillStyle=getComputedStyle(
e).getPropertyValue("--back").trim(),a.fillRect(0,0,n.width,n.height);for(let{picture:s,view:r}of l){let g=t.scale/r.scale;a.drawImage(s,t.x-r.x*g,t.y-r.y*g,s.width/
i*g,s.height/i*g)}e.dataset.moving=String(Number(e.dataset.moving??0)+1)}function Ne(e,n){(e.width!==n.width||e.height!==n.height)&&([e.width,e.height]=[n.width,
n.height]);let t=xe(e);t.setTransform(1,0,0,1,0,0),t.drawImage(n,0,0)}var Ie=e=>e.scale<ae,Le=250;function*ge(e,{scene:n,view:t,marked:l,size:i},a,s){let{graph:r,
members:g,edges:k,layout:c,states:f,all:y}=n,b=devicePixelRatio||1,{width:x,height:N}=i;s||De(e,i);let d=xe(e),E=getComputedStyle(a),w=u=>E.getPropertyValue(`--${u}`).
trim(),[H,G,W]=[w("panel"),w("back"),w("ink")];d.setTransform(b,0,0,b,0,0),d.fillStyle=G,s||d.fillRect(0,0,x,N),d.setTransform(b*t.scale,0,0,b*t.scale,b*t.x,b*t.
y);let[I,V]=[-t.x/t.scale,-t.y/t.scale],[$,X]=[I+x/t.scale,V+N/t.scale],re=u=>c.x[u]>$||c.x[u]+190<I||c.y[u]>X||c.y[u]+44<V,j=Math.max(1,1/t.scale),A=g.map(u=>u.
length===1?f.has(y.nodes[u[0]].name):u.some(S=>f.has(y.nodes[S].name))),Z=u=>[c.x[u]-j/2,c.y[u]-j/2,190+j,44+j];if(s)for(let u of s)d.fillRect(...Z(u));let[Q,le]=[
w("error"),w("muted")],J=new Map,se=()=>{for(let[u,S]of J){let[T,D]=u.split(" ");d.strokeStyle=T==="error"?Q:le,d.globalAlpha=D==="1"?1:.45,d.lineWidth=D==="1"?
j*1.6:j,d.setLineDash(T==="error"?[6,4]:T==="skip"?[2,3]:[]),d.stroke(S)}d.globalAlpha=1,d.setLineDash([]),J.clear()},ue=0;for(let u=0;u<k.length;u++){let S=k[u];
if(s&&!((s.has(S.from)||s.has(S.to))&&A[S.from]&&A[S.to]))continue;let[T,D]=[c.x[S.from]+190,c.y[S.from]+44/2],[M,v]=[c.x[S.to],c.y[S.to]+44/2];if(Math.max(T,M)<
I||Math.min(T,M)>$||Math.max(D,v)<V||Math.min(D,v)>X||t.scale<ae&&(Math.abs(M-T)+Math.abs(v-D))*t.scale<qe)continue;let F=`${S.on} ${A[S.from]&&A[S.to]?1:0}`,C=J.
get(F);if(C||J.set(F,C=new Path2D),C.moveTo(T,D),t.scale<ae)C.lineTo(M,v);else if(c.back[u])C.bezierCurveTo(T+60,D+70,M-60,v+70,M,v);else{let B=Math.max(30,(M-T)/
2);C.bezierCurveTo(T+B,D,M-B,v,M,v)}t.scale>=ae&&(C.moveTo(M-7,v-4),C.lineTo(M,v),C.lineTo(M-7,v+4)),!(++ue%Le)&&(se(),yield)}se(),Xe(d,n,t,re,[w("muted"),G]);let de=new Map,
U=u=>{let S=de.get(u);return S||de.set(u,S=w(u)),S};d.textBaseline="middle";let te=0;for(let u=0;u<r.nodes.length;u++){if(re(u)||s&&!s.has(u))continue;++te%Le===
0&&(yield);let S=r.nodes[u],T=g[u].length>1,D=T?be(g[u],y,f):[],M=T?void 0:f.get(S.name),v=T?D[0][0]?K(D[0][0]).colour:"muted":M?K(M.state).colour:"muted",F=U(v),
C=!T&&n.critical?.has(S.name),[B,Y]=[c.x[u],c.y[u]];if(d.globalAlpha=n.hidesDone&&(M?.state==="SUCCESS"||T&&D[0][0]==="SUCCESS")?.25:1,t.scale<ae){if(d.fillStyle=
A[u]?F:H,d.fillRect(...Z(u)),A[u]&&u!==l&&!C)continue;d.strokeStyle=u===l||C?W:F,d.lineWidth=u===l||C?4*j:j,d.strokeRect(B,Y,190,44);continue}T&&(d.beginPath(),
d.roundRect(B+4,Y+4,190,44,6),d.fillStyle=G,d.fill(),d.strokeStyle=F,d.lineWidth=1,d.stroke()),d.beginPath(),d.roundRect(B,Y,190,44,6),d.fillStyle=A[u]?H:G,d.fill(),
d.strokeStyle=C?W:F,d.lineWidth=u===l?4:C?3:A[u]?2:1.2,d.setLineDash(A[u]?[]:[5,4]),d.stroke(),d.setLineDash([]);let ie=T?D:M?.part!==void 0?[[M.state,M.part],[
"",1-M.part]]:[],fe=ie.reduce((p,[,P])=>p+P,0),o=B+6;for(let[p,P]of ie){d.fillStyle=U(p?K(p).colour:"line");let L=178*P/fe;d.fillRect(o,Y+44-6,L,3.5),o+=L}let m=t.
scale>=ze;d.fillStyle=F,d.font="14px system-ui",d.fillText(T?"\u25A4":M?K(M.state).sign:"\u25CB",B+10,Y+(m?15:22)),d.fillStyle=W,d.font=m?"600 13px system-ui":"\
600 16px system-ui",d.fillText(oe(S.name,m?20:16),B+28,Y+(m?15:22)),m&&(d.fillStyle=U("muted"),d.font="11px system-ui",d.fillText(oe(T?`${q(g[u].length)} tasks \
\xB7 ${S.calls}`:we(M,S),28),B+10,Y+(ie.length?29:32)))}d.globalAlpha=1}function we(e,n){return e?`${e.note}${e.runs>1?` \xD7${e.runs}`:""}`:n.calls}function Xe(e,{
edges:n,layout:t},l,i,[a,s]){if(!(l.scale<Ye)){e.font="11px system-ui",e.textBaseline="middle";for(let r of n){if(!r.condition||i(r.from)&&i(r.to))continue;let g=oe(
r.condition,24),[k,c]=[(t.x[r.from]+190+t.x[r.to])/2,(t.y[r.from]+t.y[r.to]+44)/2],f=e.measureText(g).width;e.fillStyle=s,e.fillRect(k-f/2-3,c-8,f+6,16),e.fillStyle=
a,e.fillText(g,k-f/2,c)}}}var oe=(e,n)=>e.length>n?`${e.slice(0,n-1)}\u2026`:e;function Oe(e){return{graph:e,members:e.nodes.map((n,t)=>[t]),shownAs:Int32Array.from(e.nodes.keys())}}function He(e,n){let t=e.nodes.length,l=e.nodes.map(f=>n(
f.name)),i=Ze(e,l),a=new Int32Array(t);i.forEach((f,y)=>f.forEach(b=>a[b]=y));let s=Qe(e,i,a,l),r=new Int32Array(t);s.forEach((f,y)=>f.forEach(b=>r[b]=y));let g=s.
map(f=>{let[y,b]=[e.nodes[f[0]],e.nodes[f[f.length-1]]];return f.length===1?y:{...y,name:`${y.name} \u2026 ${b.name}`,join:null,with_items:!1,line:null,policies:{}}}),
k=new Set,c=[];for(let f of e.edges){let[y,b]=[r[f.from],f.to<0?f.to:r[f.to]],x=`${y} ${b} ${f.on}`;y===b&&s[y].length>1||k.has(x)||(k.add(x),c.push({...f,from:y,
to:b}))}return{graph:{...e,nodes:g,edges:c},members:s,shownAs:r}}function Ze(e,n){let t=e.nodes.length,[l,i]=[new Int32Array(t),new Int32Array(t)];for(let c of e.
edges)i[c.from]++,c.to>=0&&l[c.to]++;let[a,s]=[new Int32Array(t).fill(-1),new Int32Array(t).fill(-1)];for(let{from:c,to:f}of e.edges)f<0||c===f||i[c]!==1||l[f]!==
1||n[c]||n[f]||(a[c]=f,s[f]=c);let r=[],g=new Uint8Array(t),k=c=>{let f=[];for(let y=c;y>=0&&!g[y];y=a[y])g[y]=1,f.push(y);r.push(f)};for(let c=0;c<t;c++)s[c]<0&&
k(c);for(let c=0;c<t;c++)g[c]||k(c);return r}function Qe(e,n,t,l){let i=n.map(()=>[]);for(let{from:s,to:r,on:g}of e.edges)r>=0&&t[s]===t[r]||(i[t[s]].push(`>${r<
0?r:t[r]} ${g}`),r>=0&&i[t[r]].push(`<${t[s]} ${g}`));let a=new Map;return n.forEach((s,r)=>{let g=l[s[0]],k=s.map(y=>e.nodes[y].calls).join(","),c=g?`alone ${r}`:
`${i[r].sort().join("|")}/${k}`,f=a.get(c);f?f.push(...s):a.set(c,[...s])}),[...a.values()]}var Je=8,et=({scene:e,view:n,marked:t,size:l,look:i})=>[e.layout,e.hidesDone,e.critical,e.graph,t,i,l.width,l.height,devicePixelRatio,n.x,n.y,n.scale],We=(e,n)=>e.
every((t,l)=>t===n[l]);function tt({members:e,all:n,states:t},l){let i=s=>t.get(n.nodes[s].name)!==l.get(n.nodes[s].name),a=new Set;return e.forEach((s,r)=>(s.length===
1?i(s[0]):s.some(i))&&a.add(r)),a}var ce=class{constructor(n,t){this.styled=n;this.told=t}styled;told;made;job;next;spare;want(n){let t=et(n);if(this.job&&We(this.
job.key,t))return this.next=n,!1;this.stop();let{made:l}=this,i=l&&Ie(n.view)&&We(l.key,t),a=i?l.picture:this.spare??=document.createElement("canvas"),s=i?tt(n.
scene,l.wish.scene.states):void 0,r=a.getContext("2d",Ge),g=ge(a,n,this.styled(),s),k={key:t};this.job=k;let c=()=>{let f=performance.now()+Je;for(;;){let{done:b}=s?.
size===0?{done:!0}:g.next();if(r.getImageData(0,0,1,1),b)break;if(!(performance.now()<f))return k.stop=ye(c),!1}this.job=void 0,i||(this.spare=l?.picture),this.
made={picture:a,view:n.view,wish:n,key:t},this.told(this.made,n);let{next:y}=this;return this.next=void 0,y&&this.want(y),!0};return s?c():(k.stop=ye(c),!1)}stop(){
this.job?.stop?.(),this.job=this.next=void 0}forget(){this.stop(),this.made=this.spare=void 0}};var ke=e=>e.replace(/[&<>"]/g,n=>`&#${n.charCodeAt(0)};`);function je(e,n,t,l){let{graph:i,members:a,edges:s,layout:r,states:g}=e,k=getComputedStyle(l),c=E=>ke(
k.getPropertyValue(`--${E}`).trim()),[f,y]=[-n.x/n.scale,-n.y/n.scale],[b,x]=[t.width/n.scale,t.height/n.scale],N=E=>r.x[E]<f+b&&r.x[E]+190>f&&r.y[E]<y+x&&r.y[E]+
44>y,d=[`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${f} ${y} ${b} ${x}" width="${t.width}" height="${t.height}" font-family="system-ui, sans-serif">`,`<r\
ect x="${f}" y="${y}" width="${b}" height="${x}" fill="${c("back")}"/>`];for(let E of s){if(!N(E.from)&&!N(E.to))continue;let[w,H,G,W]=[r.x[E.from]+190,r.y[E.from]+
44/2,r.x[E.to],r.y[E.to]+44/2],I=Math.max(30,(G-w)/2),V=E.on==="error";d.push(`<path d="M${w} ${H}C${w+I} ${H} ${G-I} ${W} ${G} ${W}m-7 -4l7 4l-7 4" fill="none"\
 stroke="${c(V?"error":"muted")}"${V?' stroke-dasharray="6 4"':""}/>`)}return i.nodes.forEach((E,w)=>{if(!N(w))return;let H=a[w].length>1?void 0:g.get(E.name),G=c(
H?K(H.state).colour:"muted"),[W,I]=[r.x[w],r.y[w]],V=a[w].length>1?`${a[w].length} tasks`:we(H,E);d.push(`<rect x="${W}" y="${I}" width="${190}" height="${44}" \
rx="6" fill="${c("panel")}" stroke="${G}" stroke-width="2"${H?"":' stroke-dasharray="5 4"'}/>`,`<text x="${W+10}" y="${I+19}" font-size="13" fill="${G}">${H?K(H.
state).sign:"\u25CB"}</text><text x="${W+28}" y="${I+19}" font-size="13" font-weight="600" fill="${c("ink")}">${ke(oe(E.name,20))}</text>`,`<text x="${W+10}" y=\
"${I+36}" font-size="11" fill="${c("muted")}">${ke(oe(V,28))}</text>`)}),`${d.join(`
`)}
</svg>
`}var nt={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"},Se=new WeakMap,Ve=new WeakMap;function ot(e){let[n,t]=ne(),l=e&&Se.get(e);return z(()=>{if(!e||Se.has(
e))return;let i=e.edges.filter(s=>s.to>=0),a=new Worker(ve("layout.js"),{type:"module"});return a.onmessage=s=>{Se.set(e,s.data),t({of:e,layout:s.data}),a.terminate()},
a.postMessage({count:e.nodes.length,from:Int32Array.from(i,s=>s.from),to:Int32Array.from(i,s=>s.to)}),()=>a.terminate()},[e]),l??(n?.of===e?n?.layout:void 0)}var rt=[
"ERROR","RUNNING","PAUSED","DELAYED"];function st(e,n){let t=s=>rt.includes(n.get(s)?.state??""),l=e.nodes.filter(s=>t(s.name)).map(s=>s.name).join(`
`),i=Ve.get(e);if(i?.apart===l)return i.made;let a=He(e,t);return Ve.set(e,{apart:l,made:a}),a}function it(e,n,t){let[l,i]=ne(e.nodes.length>2e3),a=t||!l;return{
shown:pe(()=>{if(a)return l?st(e,n):Oe(e)},[e.spec_hash,e.nodes.length,l,a]),isGrouped:l,toggle:()=>i(!l)}}function It({graph:e,states:n,isReady:t=!0,critical:l,
selected:i,onSelect:a,tools:s}){let r=_(null),g=_(null),k=_(null),{shown:c,isGrouped:f,toggle:y}=it(e,n,t),b=ot(c?.graph),x=_(void 0),N=_("first"),d=_(0),E=Ae.use(),
[w,H]=ne({width:0,height:0}),[G,W]=ne(!1),[I,V]=ne(),$=pe(()=>c&&b?{...c,layout:b,all:e,states:n,hidesDone:G,critical:l,edges:c.graph.edges.filter(o=>o.to>=0)}:
void 0,[c,b,n,G,l]),X=i===void 0?-1:e.nodes.findIndex(o=>o.name===i),re=c&&X>=0?c.shownAs[X]:I??-1,j=(c?.graph.nodes.length??0)>mt;z(()=>{let o=r.current,m=new ResizeObserver(
()=>H({width:o.clientWidth,height:o.clientHeight}));return m.observe(o),()=>m.disconnect()},[]);let A=_(void 0),Z=_(void 0);A.current??=new ce(()=>g.current,({picture:o},m)=>{
Ne(g.current,o),J(m)}),Z.current??=new ce(()=>g.current,({picture:o,view:m},{scene:p})=>{g.current.dataset.whole="1";let P=k.current?.previousElementSibling,L=devicePixelRatio||
1,[me,Ke]=[p.layout.width*m.scale*L,p.layout.height*m.scale*L];P?.getContext("2d").drawImage(o,m.x*L,m.y*L,me,Ke,0,0,P.width,P.height)}),z(()=>()=>{cancelAnimationFrame(
d.current),clearTimeout(Q.current),A.current.stop(),Z.current.stop()},[]);let Q=_(0),le=_(0),J=({scene:o})=>{g.current.dataset.painted=String(o.graph.nodes.length)},
se=()=>{k.current&&b&&x.current&&gt(k.current,x.current,b,w)},ue=()=>{Pe(g.current,w,x.current,[Z.current.made,A.current.made].filter(o=>o!==void 0)),se()},de=()=>{
let o=g.current;if(!o||!$||!w.width)return;let m=Ue($.layout,w);N.current==="all"?x.current=m:(N.current==="first"||!x.current)&&(x.current=dt(m,$.layout,w,$.graph.
nodes.length));let p={scene:$,view:{...x.current},marked:re,size:w,look:E};if(j){if(!A.current.want(p)&&A.current.made)return ue()}else{for(let P of ge(o,p,o));
J(p)}se()},U=(o=!1)=>{cancelAnimationFrame(d.current),d.current=requestAnimationFrame(()=>{if(!j||!A.current.made||!o&&!Q.current)return de();A.current.stop(),ue(),
o&&(clearTimeout(Q.current),Q.current=window.setTimeout(()=>{Q.current=0,U()},Me))})};z(()=>{let o=Z.current;if(!$||!w.width||!j)return A.current.forget(),o.forget();
let m=o.made?.wish,p=m?.scene.layout===$.layout&&m.look===E;m&&!p&&o.forget();let P=p?Math.max(Me,le.current+ht-performance.now()):Me,L=setTimeout(()=>{le.current=
performance.now();let me={width:_e,height:Math.max(1,Math.round(_e*Math.min(4,$.layout.height/$.layout.width)))};o.want({scene:$,view:Ue($.layout,me),marked:-1,
size:me,look:E})},P);return()=>clearTimeout(L)},[$,w,E]),z(()=>U(),[$,w,E,re]),z(()=>{x.current=void 0,N.current="first",V(void 0)},[e.spec_hash,f]);let te=o=>{
let m=r.current.getBoundingClientRect();return[o.clientX-m.left-r.current.clientLeft,o.clientY-m.top-r.current.clientTop]};z(()=>{let o=r.current,m=p=>{x.current&&
(p.preventDefault(),N.current="moved",Be(x.current,Math.exp(-p.deltaY/400),...te(p)),U(!0))};return o.addEventListener("wheel",m,{passive:!1}),()=>o.removeEventListener(
"wheel",m)});let u=_(void 0),S=o=>{let[m,p]=te(o);u.current={x:m,y:p,moved:!1},r.current.setPointerCapture(o.pointerId)},T=o=>{if(!u.current||!x.current)return;
let[m,p]=te(o),[P,L]=[m-u.current.x,p-u.current.y];!u.current.moved&&Math.hypot(P,L)<4||(u.current={x:m,y:p,moved:!0},N.current="moved",x.current.x+=P,x.current.
y+=L,U(!0))},D=o=>{if(u.current&&!u.current.moved&&$&&x.current){let m=ft($.layout,$.graph.nodes.length,x.current,...te(o)),p=m===void 0?[]:$.members[m];V(p.length>
1?m:void 0),a(p.length===1?e.nodes[p[0]].name:void 0)}u.current=void 0},M=(o,m,p)=>{N.current="moved",x.current={scale:p,x:w.width/2-o*p,y:w.height/2-m*p}},v=o=>{
N.current="moved",x.current&&Be(x.current,o,w.width/2,w.height/2),U()},F=()=>{N.current="all",U()},C=o=>{let m=e.nodes.findIndex(p=>p.name===o);if($&&m>=0){let p=$.
shownAs[m];M($.layout.x[p]+190/2,$.layout.y[p]+44/2,Math.max(x.current?.scale??1,.6))}V(void 0),a(o),U()},B=o=>{let m=X+1,p=[...e.nodes.slice(m),...e.nodes.slice(
0,m)].map(L=>L.name),P=o&&(p.find(L=>L===o)??p.find(L=>L.includes(o)));P&&C(P)},Y=()=>{if(!$||!x.current)return;let o=document.createElement("a");o.href=URL.createObjectURL(
new Blob([je($,x.current,w,g.current)],{type:"image/svg+xml"})),o.download=`${e.name}.svg`,o.click(),setTimeout(()=>URL.revokeObjectURL(o.href),1e4)},ie=o=>{if(o.
ctrlKey||o.metaKey||o.altKey)return;let m=lt(e,n,i,o.key==="N");if(o.key==="+"||o.key==="=")v(1.3);else if(o.key==="-")v(1/1.3);else if(o.key==="0")v(1/(x.current?.
scale??1));else if(o.key==="f")F();else if(o.key==="h")W(!G);else if(o.key==="e"&&e.nodes.length>2e3)y();else if((o.key==="n"||o.key==="N")&&m)C(m);else if(o.key.
startsWith("Arrow")){let p=ut(e,i,o.key);p&&C(p)}else return;o.preventDefault(),o.stopPropagation()},fe=c?.graph.nodes.length??0;return h("div",{class:"graph",children:[
h("div",{class:"graph-tools",children:[h("button",{onClick:()=>v(1.3),"aria-label":"Zoom in",children:"+"}),h("button",{onClick:()=>v(1/1.3),"aria-label":"Zoom \
out",children:"\u2212"}),h("button",{onClick:F,children:"Fit"}),e.nodes.length>2e3&&h("button",{"aria-pressed":!f,onClick:y,children:f?`Open all ${q(e.nodes.length)}`:
"Group twins and chains"}),e.nodes.length>Fe&&h("input",{class:"graph-find","data-filter":!0,"aria-label":"Find a task",placeholder:"find a task",onKeyDown:o=>{
o.stopPropagation(),o.key==="Enter"&&B(o.currentTarget.value.trim())}}),n.size>0&&h("label",{children:[h("input",{type:"checkbox",checked:G,onChange:o=>W(o.currentTarget.
checked)})," dim SUCCESS"]}),s,h("span",{class:"muted",children:[q(e.nodes.length)," ",e.nodes.length===1?"task":"tasks",f&&c?` as ${q(fe)} ${fe===1?"node":"nod\
es"}`:"",e.truncated?", more are left out":""]}),h("button",{class:"small",onClick:Y,children:"Save as SVG"})]}),h("div",{class:"graph-stage",ref:r,style:{height:b?
`clamp(220px, ${Math.round(b.height+90)}px, 52vh)`:void 0},onPointerDown:S,onPointerMove:T,onPointerUp:D,onKeyDown:ie,children:[h("canvas",{ref:g,tabIndex:0,role:"\
img","aria-label":`Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f shows all, 0 their own size, h dims what has succeeded.`}),j&&
b&&h("div",{class:"graph-map","aria-hidden":"true",style:{width:`${ee}px`,height:`${Ce(b)}px`},onPointerDown:o=>{o.stopPropagation();let m=o.currentTarget.getBoundingClientRect(),
p=b.width/ee;M((o.clientX-m.left)*p,(o.clientY-m.top)*p,x.current?.scale??1),U()},children:[h("canvas",{width:ee,height:Ce(b)}),h("div",{ref:k})]})]}),!b&&h("p",
{class:"graph-wait muted",children:"Laying out\u2026"}),c&&I!==void 0&&X<0?h(at,{tasks:c.members[I]??[],graph:e,states:n,goTo:C,open:y}):h(ct,{graph:e,states:n,
selected:i,goTo:C})]})}var Ee=50;function at({tasks:e,graph:n,states:t,goTo:l,open:i}){let a=r=>he.indexOf(t.get(n.nodes[r].name)?.state??""),s=[...e].sort((r,g)=>a(
r)-a(g)).slice(0,Ee);return h("div",{class:"navigator","aria-live":"polite",children:[h("div",{children:[h("strong",{children:[q(e.length)," tasks"]})," with th\
e same neighbours, or one behind the other: ",be(e,n,t).map(([r,g])=>h("span",{class:"fact",children:[h("span",{class:`state-${r?K(r).colour:"idle"}`,children:r?
`${K(r).sign} ${r}`:"\u25CB not run"})," ",q(g)]}))," ",h("button",{class:"small",onClick:i,children:"Show each"})]}),h("ul",{class:"chips",children:s.map(r=>h(
"li",{children:h("button",{class:"small",onClick:()=>l(n.nodes[r].name),children:n.nodes[r].name})}))}),e.length>Ee&&h("p",{class:"muted",children:["The first ",
Ee,"; all of them are in the table of tasks."]})]})}function ct({graph:e,states:n,selected:t,goTo:l}){let i=e.nodes.findIndex(c=>c.name===t);if(i<0)return h("p",
{class:"muted navigator",children:"Choose a task to see what leads to it and what follows."});let a=e.nodes[i],s=(c,f)=>c.map(y=>{let b=e.nodes[y[f]]?.name;return h(
"li",{children:[h("span",{class:"muted",children:[y.on," "]}),b===void 0?nt[y.to]:h("button",{onClick:()=>l(b),children:b}),y.condition&&h("code",{children:[" ",
y.condition]})]})}),r=e.edges.filter(c=>c.to===i).slice(0,100),g=e.edges.filter(c=>c.from===i).slice(0,100),k=[a.with_items&&"with-items",a.join&&`join ${a.join}`,
a.concurrency&&`${a.concurrency} at a time`,...Object.keys(a.policies).filter(c=>c!=="concurrency")].filter(Boolean).join(", ");return h("div",{class:"navigator",
"aria-live":"polite",children:[h("div",{children:[h("strong",{children:a.name})," ",n.get(a.name)?.state??"not run"," \xB7 ",h("code",{children:a.calls}),k&&h("\
span",{class:"muted",children:[" \xB7 ",k]})]}),h("div",{class:"columns",children:[h("div",{children:[h("h3",{children:"Comes from"}),r.length?h("ul",{children:s(
r,"from")}):h("p",{class:"muted",children:"The workflow's start."})]}),h("div",{children:[h("h3",{children:"Leads to"}),g.length?h("ul",{children:s(g,"to")}):h(
"p",{class:"muted",children:"The workflow's end."})]})]})]})}function lt(e,n,t,l){let i=e.nodes.filter(s=>n.get(s.name)?.state==="ERROR").map(s=>s.name),a=t===void 0?
-1:i.indexOf(t);if(i.length)return i[(a+(l?i.length-1:1)+(l&&a<0?1:0))%i.length]}function ut(e,n,t){let l=e.nodes.findIndex(a=>a.name===n);if(l<0)return e.nodes[0]?.
name;let i=t==="ArrowRight"||t==="ArrowDown";if(t==="ArrowLeft"||t==="ArrowRight"){let a=i?e.edges.find(s=>s.from===l&&s.to>=0):e.edges.find(s=>s.to===l);return a&&
e.nodes[i?a.to:a.from].name}return e.nodes[(l+(i?1:e.nodes.length-1))%e.nodes.length].name}function Ue(e,n){let t=Math.min(1,(n.width-40)/e.width,(n.height-40)/
e.height);return{scale:t,x:(n.width-e.width*t)/2,y:(n.height-e.height*t)/2}}function dt(e,n,t,l){return l>Fe||e.scale>=$e||n.width<n.height?e:{scale:$e,x:12,y:(t.
height-n.height*$e)/2}}function Be(e,n,t,l){let i=Math.min(3,Math.max(.01,e.scale*n));e.x=t-(t-e.x)*i/e.scale,e.y=l-(l-e.y)*i/e.scale,e.scale=i}function ft(e,n,t,l,i){
let[a,s]=[(l-t.x)/t.scale,(i-t.y)/t.scale];for(let r=0;r<n;r++)if(a>=e.x[r]&&a<=e.x[r]+190&&s>=e.y[r]&&s<=e.y[r]+44)return r}var Fe=60,$e=.4,mt=400,Me=80,ht=2e3,
_e=1600,ee=150,Ce=e=>Math.max(12,Math.min(150,Math.round(ee*e.height/e.width)));function gt(e,n,t,l){let i=ee/t.width,a=(g,k)=>Math.max(0,Math.min(k,g)),[s,r]=[
a(-n.x/n.scale*i,ee),a(-n.y/n.scale*i,150)];Object.assign(e.style,{left:`${s}px`,top:`${r}px`,width:`${a(l.width/n.scale*i,ee-s)}px`,height:`${a(l.height/n.scale*
i,Ce(t)-r)}px`})}export{It as a};
