import{$ as g,U as K,X as q,d as ie,e as z,g as _,h as pe,i as ve,v as Ae}from"./chunk-I55BAWUM.js";import{a as be}from"./chunk-7UF6IXTW.js";function ye(e,n,t){let u=new Map;for(let a of e){let s=t.get(n.nodes[a].name)?.state??"";u.set(s,(u.get(s)??0)+1)}return[...u].sort((a,s)=>he.indexOf(a[0])-he.indexOf(
s[0]))}var he=["ERROR","PAUSED","RUNNING","DELAYED","WAITING","IDLE","CANCELLED","SKIPPED","SUCCESS",""],Ye=.8,ae=.25,ze=.6,qe=4,Re={alpha:!1},xe=e=>e.getContext(
"2d",Re),Ge={...Re,willReadFrequently:!0};function Pe(e,n){let[t,u]=[n.width,n.height].map(a=>Math.floor(a*(devicePixelRatio||1)));(e.width!==t||e.height!==u)&&
([e.width,e.height]=[t,u])}function De(e,n,t,u){let a=devicePixelRatio||1,s=xe(e);Pe(e,n),s.setTransform(a,0,0,a,0,0),s.imageSmoothingEnabled=!1,s.fillStyle=getComputedStyle(
e).getPropertyValue("--back").trim(),s.fillRect(0,0,n.width,n.height);for(let{picture:r,view:i}of u){let b=t.scale/i.scale;s.drawImage(r,t.x-i.x*b,t.y-i.y*b,r.width/
a*b,r.height/a*b)}e.dataset.moving=String(Number(e.dataset.moving??0)+1)}function Ne(e,n){(e.width!==n.width||e.height!==n.height)&&([e.width,e.height]=[n.width,
n.height]);let t=xe(e);t.setTransform(1,0,0,1,0,0),t.drawImage(n,0,0)}var Ie=e=>e.scale<ae,Le=250;function*ge(e,{scene:n,view:t,marked:u,size:a},s,r){let{graph:i,
members:b,edges:y,layout:l,states:f,all:m}=n,x=devicePixelRatio||1,{width:H,height:v}=a;r||Pe(e,a);let c=xe(e),w=getComputedStyle(s),T=d=>w.getPropertyValue(`--${d}`).
trim(),[L,S,W]=[T("panel"),T("back"),T("ink")];c.setTransform(x,0,0,x,0,0),c.fillStyle=S,r||c.fillRect(0,0,H,v),c.setTransform(x*t.scale,0,0,x*t.scale,x*t.x,x*t.
y);let[I,V]=[-t.x/t.scale,-t.y/t.scale],[E,X]=[I+H/t.scale,V+v/t.scale],oe=d=>l.x[d]>E||l.x[d]+190<I||l.y[d]>X||l.y[d]+44<V,j=Math.max(1,1/t.scale),R=b.map(d=>d.
length===1?f.has(m.nodes[d[0]].name):d.some(k=>f.has(m.nodes[k].name))),Z=d=>[l.x[d]-j/2,l.y[d]-j/2,190+j,44+j];if(r)for(let d of r)c.fillRect(...Z(d));let[Q,le]=[
T("error"),T("muted")],J=new Map,re=()=>{for(let[d,k]of J){let[M,D]=d.split(" ");c.strokeStyle=M==="error"?Q:le,c.globalAlpha=D==="1"?1:.45,c.lineWidth=D==="1"?
j*1.6:j,c.setLineDash(M==="error"?[6,4]:M==="skip"?[2,3]:[]),c.stroke(k)}c.globalAlpha=1,c.setLineDash([]),J.clear()},ue=0;for(let d=0;d<y.length;d++){let k=y[d];
if(r&&!((r.has(k.from)||r.has(k.to))&&R[k.from]&&R[k.to]))continue;let[M,D]=[l.x[k.from]+190,l.y[k.from]+44/2],[$,A]=[l.x[k.to],l.y[k.to]+44/2];if(Math.max(M,$)<
I||Math.min(M,$)>E||Math.max(D,A)<V||Math.min(D,A)>X||t.scale<ae&&(Math.abs($-M)+Math.abs(A-D))*t.scale<qe)continue;let F=`${k.on} ${R[k.from]&&R[k.to]?1:0}`,C=J.
get(F);if(C||J.set(F,C=new Path2D),C.moveTo(M,D),t.scale<ae)C.lineTo($,A);else if(l.back[d])C.bezierCurveTo(M+60,D+70,$-60,A+70,$,A);else{let B=Math.max(30,($-M)/
2);C.bezierCurveTo(M+B,D,$-B,A,$,A)}t.scale>=ae&&(C.moveTo($-7,A-4),C.lineTo($,A),C.lineTo($-7,A+4)),!(++ue%Le)&&(re(),yield)}re(),Xe(c,n,t,oe,[T("muted"),S]);let de=new Map,
U=d=>{let k=de.get(d);return k||de.set(d,k=T(d)),k};c.textBaseline="middle";let te=0;for(let d=0;d<i.nodes.length;d++){if(oe(d)||r&&!r.has(d))continue;++te%Le===
0&&(yield);let k=i.nodes[d],M=b[d].length>1,D=M?ye(b[d],m,f):[],$=M?void 0:f.get(k.name),A=M?D[0][0]?K(D[0][0]).colour:"muted":$?K($.state).colour:"muted",F=U(A),
C=!M&&n.critical?.has(k.name),[B,Y]=[l.x[d],l.y[d]];if(c.globalAlpha=n.hidesDone&&($?.state==="SUCCESS"||M&&D[0][0]==="SUCCESS")?.25:1,t.scale<ae){if(c.fillStyle=
R[d]?F:L,c.fillRect(...Z(d)),R[d]&&d!==u&&!C)continue;c.strokeStyle=d===u||C?W:F,c.lineWidth=d===u||C?4*j:j,c.strokeRect(B,Y,190,44);continue}M&&(c.beginPath(),
c.roundRect(B+4,Y+4,190,44,6),c.fillStyle=S,c.fill(),c.strokeStyle=F,c.lineWidth=1,c.stroke()),c.beginPath(),c.roundRect(B,Y,190,44,6),c.fillStyle=R[d]?L:S,c.fill(),
c.strokeStyle=C?W:F,c.lineWidth=d===u?4:C?3:R[d]?2:1.2,c.setLineDash(R[d]?[]:[5,4]),c.stroke(),c.setLineDash([]);let se=M?D:$?.part!==void 0?[[$.state,$.part],[
"",1-$.part]]:[],fe=se.reduce((p,[,N])=>p+N,0),o=B+6;for(let[p,N]of se){c.fillStyle=U(p?K(p).colour:"line");let G=178*N/fe;c.fillRect(o,Y+44-6,G,3.5),o+=G}let h=t.
scale>=ze;c.fillStyle=F,c.font="14px system-ui",c.fillText(M?"\u25A4":$?K($.state).sign:"\u25CB",B+10,Y+(h?15:22)),c.fillStyle=W,c.font=h?"600 13px system-ui":"\
600 16px system-ui",c.fillText(ne(k.name,h?20:16),B+28,Y+(h?15:22)),h&&(c.fillStyle=U("muted"),c.font="11px system-ui",c.fillText(ne(M?`${q(b[d].length)} tasks \
\xB7 ${k.calls}`:we($,k),28),B+10,Y+(se.length?29:32)))}c.globalAlpha=1}function we(e,n){return e?`${e.note}${e.runs>1?` \xD7${e.runs}`:""}`:n.calls}function Xe(e,{
edges:n,layout:t},u,a,[s,r]){if(!(u.scale<Ye)){e.font="11px system-ui",e.textBaseline="middle";for(let i of n){if(!i.condition||a(i.from)&&a(i.to))continue;let b=ne(
i.condition,24),[y,l]=[(t.x[i.from]+190+t.x[i.to])/2,(t.y[i.from]+t.y[i.to]+44)/2],f=e.measureText(b).width;e.fillStyle=r,e.fillRect(y-f/2-3,l-8,f+6,16),e.fillStyle=
s,e.fillText(b,y-f/2,l)}}}var ne=(e,n)=>e.length>n?`${e.slice(0,n-1)}\u2026`:e;function Oe(e){return{graph:e,members:e.nodes.map((n,t)=>[t]),shownAs:Int32Array.from(e.nodes.keys())}}function He(e,n){let t=e.nodes.length,u=e.nodes.map(f=>n(
f.name)),a=Ze(e,u),s=new Int32Array(t);a.forEach((f,m)=>f.forEach(x=>s[x]=m));let r=Qe(e,a,s,u),i=new Int32Array(t);r.forEach((f,m)=>f.forEach(x=>i[x]=m));let b=r.
map(f=>{let[m,x]=[e.nodes[f[0]],e.nodes[f[f.length-1]]];return f.length===1?m:{...m,name:`${m.name} \u2026 ${x.name}`,join:null,with_items:!1,line:null,policies:{}}}),
y=new Set,l=[];for(let f of e.edges){let[m,x]=[i[f.from],f.to<0?f.to:i[f.to]],H=`${m} ${x} ${f.on}`;m===x&&r[m].length>1||y.has(H)||(y.add(H),l.push({...f,from:m,
to:x}))}return{graph:{...e,nodes:b,edges:l},members:r,shownAs:i}}function Ze(e,n){let t=e.nodes.length,[u,a]=[new Int32Array(t),new Int32Array(t)];for(let l of e.
edges)a[l.from]++,l.to>=0&&u[l.to]++;let[s,r]=[new Int32Array(t).fill(-1),new Int32Array(t).fill(-1)];for(let{from:l,to:f}of e.edges)f<0||l===f||a[l]!==1||u[f]!==
1||n[l]||n[f]||(s[l]=f,r[f]=l);let i=[],b=new Uint8Array(t),y=l=>{let f=[];for(let m=l;m>=0&&!b[m];m=s[m])b[m]=1,f.push(m);i.push(f)};for(let l=0;l<t;l++)r[l]<0&&
y(l);for(let l=0;l<t;l++)b[l]||y(l);return i}function Qe(e,n,t,u){let a=n.map(()=>[]);for(let{from:r,to:i,on:b}of e.edges)i>=0&&t[r]===t[i]||(a[t[r]].push(`>${i<
0?i:t[i]} ${b}`),i>=0&&a[t[i]].push(`<${t[r]} ${b}`));let s=new Map;return n.forEach((r,i)=>{let b=u[r[0]],y=r.map(m=>e.nodes[m].calls).join(","),l=b?`alone ${i}`:
`${a[i].sort().join("|")}/${y}`,f=s.get(l);f?f.push(...r):s.set(l,[...r])}),[...s.values()]}var Je=8,et=({scene:e,view:n,marked:t,size:u,look:a})=>[e.layout,e.hidesDone,e.critical,e.graph,t,a,u.width,u.height,devicePixelRatio,n.x,n.y,n.scale],We=(e,n)=>e.
every((t,u)=>t===n[u]);function tt({members:e,all:n,states:t},u){let a=r=>t.get(n.nodes[r].name)!==u.get(n.nodes[r].name),s=new Set;return e.forEach((r,i)=>(r.length===
1?a(r[0]):r.some(a))&&s.add(i)),s}var ce=class{constructor(n,t){this.styled=n;this.told=t}styled;told;made;job;next;spare;want(n){let t=et(n);if(this.job&&We(this.
job.key,t))return this.next=n,!1;this.stop();let{made:u}=this,a=u&&Ie(n.view)&&We(u.key,t),s=a?u.picture:this.spare??=document.createElement("canvas"),r=a?tt(n.
scene,u.wish.scene.states):void 0,i=s.getContext("2d",Ge),b=ge(s,n,this.styled(),r),y={key:t};this.job=y;let l=()=>{let f=performance.now()+Je;for(;;){let{done:x}=r?.
size===0?{done:!0}:b.next();if(i.getImageData(0,0,1,1),x)break;if(!(performance.now()<f))return y.stop=be(l),!1}this.job=void 0,a||(this.spare=u?.picture),this.
made={picture:s,view:n.view,wish:n,key:t},this.told(this.made,n);let{next:m}=this;return this.next=void 0,m&&this.want(m),!0};return r?l():(y.stop=be(l),!1)}stop(){
this.job?.stop?.(),this.job=this.next=void 0}forget(){this.stop(),this.made=this.spare=void 0}};var ke=e=>e.replace(/[&<>"]/g,n=>`&#${n.charCodeAt(0)};`);function je(e,n,t,u){let{graph:a,members:s,edges:r,layout:i,states:b}=e,y=getComputedStyle(u),l=w=>ke(
y.getPropertyValue(`--${w}`).trim()),[f,m]=[-n.x/n.scale,-n.y/n.scale],[x,H]=[t.width/n.scale,t.height/n.scale],v=w=>i.x[w]<f+x&&i.x[w]+190>f&&i.y[w]<m+H&&i.y[w]+
44>m,c=[`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${f} ${m} ${x} ${H}" width="${t.width}" height="${t.height}" font-family="system-ui, sans-serif">`,`<r\
ect x="${f}" y="${m}" width="${x}" height="${H}" fill="${l("back")}"/>`];for(let w of r){if(!v(w.from)&&!v(w.to))continue;let[T,L,S,W]=[i.x[w.from]+190,i.y[w.from]+
44/2,i.x[w.to],i.y[w.to]+44/2],I=Math.max(30,(S-T)/2),V=w.on==="error";c.push(`<path d="M${T} ${L}C${T+I} ${L} ${S-I} ${W} ${S} ${W}m-7 -4l7 4l-7 4" fill="none"\
 stroke="${l(V?"error":"muted")}"${V?' stroke-dasharray="6 4"':""}/>`)}return a.nodes.forEach((w,T)=>{if(!v(T))return;let L=s[T].length>1?void 0:b.get(w.name),S=l(
L?K(L.state).colour:"muted"),[W,I]=[i.x[T],i.y[T]],V=s[T].length>1?`${s[T].length} tasks`:we(L,w);c.push(`<rect x="${W}" y="${I}" width="${190}" height="${44}" \
rx="6" fill="${l("panel")}" stroke="${S}" stroke-width="2"${L?"":' stroke-dasharray="5 4"'}/>`,`<text x="${W+10}" y="${I+19}" font-size="13" fill="${S}">${L?K(L.
state).sign:"\u25CB"}</text><text x="${W+28}" y="${I+19}" font-size="13" font-weight="600" fill="${l("ink")}">${ke(ne(w.name,20))}</text>`,`<text x="${W+10}" y=\
"${I+36}" font-size="11" fill="${l("muted")}">${ke(ne(V,28))}</text>`)}),`${c.join(`
`)}
</svg>
`}var nt={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"},Se=new WeakMap,Ve=new WeakMap;function ot(e){let[n,t]=ie(),u=e&&Se.get(e);return z(()=>{if(!e||Se.has(
e))return;let a=e.edges.filter(r=>r.to>=0),s=new Worker(ve("layout.js"),{type:"module"});return s.onmessage=r=>{Se.set(e,r.data),t({of:e,layout:r.data}),s.terminate()},
s.postMessage({count:e.nodes.length,from:Int32Array.from(a,r=>r.from),to:Int32Array.from(a,r=>r.to)}),()=>s.terminate()},[e]),u??(n?.of===e?n?.layout:void 0)}var rt=[
"ERROR","RUNNING","PAUSED","DELAYED"];function st(e,n){let t=r=>rt.includes(n.get(r)?.state??""),u=e.nodes.filter(r=>t(r.name)).map(r=>r.name).join(`
`),a=Ve.get(e);if(a?.apart===u)return a.made;let s=He(e,t);return Ve.set(e,{apart:u,made:s}),s}function it(e,n,t){let[u,a]=ie(e.nodes.length>2e3),s=t||!u;return{
shown:pe(()=>{if(s)return u?st(e,n):Oe(e)},[e.spec_hash,e.nodes.length,u,s]),isGrouped:u,toggle:()=>a(!u)}}function It({graph:e,states:n,isReady:t=!0,critical:u,
dims:a=!1,dim:s,selected:r,onSelect:i,tools:b}){let y=_(null),l=_(null),f=_(null),{shown:m,isGrouped:x,toggle:H}=it(e,n,t),v=ot(m?.graph),c=_(void 0),w=_("first"),
T=_(0),L=Ae.use(),[S,W]=ie({width:0,height:0}),[I,V]=ie(),E=pe(()=>m&&v?{...m,layout:v,all:e,states:n,hidesDone:a,critical:u,edges:m.graph.edges.filter(o=>o.to>=
0)}:void 0,[m,v,n,a,u]),X=r===void 0?-1:e.nodes.findIndex(o=>o.name===r),oe=m&&X>=0?m.shownAs[X]:I??-1,j=(m?.graph.nodes.length??0)>mt;z(()=>{let o=y.current,h=new ResizeObserver(
()=>W({width:o.clientWidth,height:o.clientHeight}));return h.observe(o),()=>h.disconnect()},[]);let R=_(void 0),Z=_(void 0);R.current??=new ce(()=>l.current,({picture:o},h)=>{
Ne(l.current,o),J(h)}),Z.current??=new ce(()=>l.current,({picture:o,view:h},{scene:p})=>{l.current.dataset.whole="1";let N=f.current?.previousElementSibling,G=devicePixelRatio||
1,[me,Ke]=[p.layout.width*h.scale*G,p.layout.height*h.scale*G];N?.getContext("2d").drawImage(o,h.x*G,h.y*G,me,Ke,0,0,N.width,N.height)}),z(()=>()=>{cancelAnimationFrame(
T.current),clearTimeout(Q.current),R.current.stop(),Z.current.stop()},[]);let Q=_(0),le=_(0),J=({scene:o})=>{l.current.dataset.painted=String(o.graph.nodes.length)},
re=()=>{f.current&&v&&c.current&&gt(f.current,c.current,v,S)},ue=()=>{De(l.current,S,c.current,[Z.current.made,R.current.made].filter(o=>o!==void 0)),re()},de=()=>{
let o=l.current;if(!o||!E||!S.width)return;let h=Ue(E.layout,S);w.current==="all"?c.current=h:(w.current==="first"||!c.current)&&(c.current=dt(h,E.layout,S,E.graph.
nodes.length));let p={scene:E,view:{...c.current},marked:oe,size:S,look:L};if(j){if(!R.current.want(p)&&R.current.made)return ue()}else{for(let N of ge(o,p,o));
J(p)}re()},U=(o=!1)=>{cancelAnimationFrame(T.current),T.current=requestAnimationFrame(()=>{if(!j||!R.current.made||!o&&!Q.current)return de();R.current.stop(),ue(),
o&&(clearTimeout(Q.current),Q.current=window.setTimeout(()=>{Q.current=0,U()},Me))})};z(()=>{let o=Z.current;if(!E||!S.width||!j)return R.current.forget(),o.forget();
let h=o.made?.wish,p=h?.scene.layout===E.layout&&h.look===L;h&&!p&&o.forget();let N=p?Math.max(Me,le.current+ht-performance.now()):Me,G=setTimeout(()=>{le.current=
performance.now();let me={width:_e,height:Math.max(1,Math.round(_e*Math.min(4,E.layout.height/E.layout.width)))};o.want({scene:E,view:Ue(E.layout,me),marked:-1,
size:me,look:L})},N);return()=>clearTimeout(G)},[E,S,L]),z(()=>U(),[E,S,L,oe]),z(()=>{c.current=void 0,w.current="first",V(void 0)},[e.spec_hash,x]);let te=o=>{
let h=y.current.getBoundingClientRect();return[o.clientX-h.left-y.current.clientLeft,o.clientY-h.top-y.current.clientTop]};z(()=>{let o=y.current,h=p=>{c.current&&
(p.preventDefault(),w.current="moved",Be(c.current,Math.exp(-p.deltaY/400),...te(p)),U(!0))};return o.addEventListener("wheel",h,{passive:!1}),()=>o.removeEventListener(
"wheel",h)});let d=_(void 0),k=o=>{let[h,p]=te(o);d.current={x:h,y:p,moved:!1},y.current.setPointerCapture(o.pointerId)},M=o=>{if(!d.current||!c.current)return;
let[h,p]=te(o),[N,G]=[h-d.current.x,p-d.current.y];!d.current.moved&&Math.hypot(N,G)<4||(d.current={x:h,y:p,moved:!0},w.current="moved",c.current.x+=N,c.current.
y+=G,U(!0))},D=o=>{if(d.current&&!d.current.moved&&E&&c.current){let h=ft(E.layout,E.graph.nodes.length,c.current,...te(o)),p=h===void 0?[]:E.members[h];V(p.length>
1?h:void 0),i(p.length===1?e.nodes[p[0]].name:void 0)}d.current=void 0},$=(o,h,p)=>{w.current="moved",c.current={scale:p,x:S.width/2-o*p,y:S.height/2-h*p}},A=o=>{
w.current="moved",c.current&&Be(c.current,o,S.width/2,S.height/2),U()},F=()=>{w.current="all",U()},C=o=>{let h=e.nodes.findIndex(p=>p.name===o);if(E&&h>=0){let p=E.
shownAs[h];$(E.layout.x[p]+190/2,E.layout.y[p]+44/2,Math.max(c.current?.scale??1,.6))}V(void 0),i(o),U()},B=o=>{let h=X+1,p=[...e.nodes.slice(h),...e.nodes.slice(
0,h)].map(G=>G.name),N=o&&(p.find(G=>G===o)??p.find(G=>G.includes(o)));N&&C(N)},Y=()=>{if(!E||!c.current)return;let o=document.createElement("a");o.href=URL.createObjectURL(
new Blob([je(E,c.current,S,l.current)],{type:"image/svg+xml"})),o.download=`${e.name}.svg`,o.click(),setTimeout(()=>URL.revokeObjectURL(o.href),1e4)},se=o=>{if(o.
ctrlKey||o.metaKey||o.altKey)return;let h=lt(e,n,r,o.key==="N");if(o.key==="+"||o.key==="=")A(1.3);else if(o.key==="-")A(1/1.3);else if(o.key==="0")A(1/(c.current?.
scale??1));else if(o.key==="f")F();else if(o.key==="h"&&s)s(!a);else if(o.key==="e"&&e.nodes.length>2e3)H();else if((o.key==="n"||o.key==="N")&&h)C(h);else if(o.
key.startsWith("Arrow")){let p=ut(e,r,o.key);p&&C(p)}else return;o.preventDefault(),o.stopPropagation()},fe=m?.graph.nodes.length??0;return g("div",{class:"grap\
h",children:[g("div",{class:"graph-tools",children:[g("button",{onClick:()=>A(1.3),"aria-label":"Zoom in",children:"+"}),g("button",{onClick:()=>A(1/1.3),"aria-\
label":"Zoom out",children:"\u2212"}),g("button",{onClick:F,children:"Fit"}),e.nodes.length>2e3&&g("button",{"aria-pressed":!x,onClick:H,children:x?`Open all ${q(
e.nodes.length)}`:"Group twins and chains"}),e.nodes.length>Fe&&g("input",{class:"graph-find","data-filter":!0,"aria-label":"Find a task",placeholder:"find a ta\
sk",onKeyDown:o=>{o.stopPropagation(),o.key==="Enter"&&B(o.currentTarget.value.trim())}}),s&&n.size>0&&g("label",{children:[g("input",{type:"checkbox",checked:a,
onChange:o=>s(o.currentTarget.checked)})," dim SUCCESS"]}),b,g("span",{class:"muted",children:[q(e.nodes.length)," ",e.nodes.length===1?"task":"tasks",x&&m?` as\
 ${q(fe)} ${fe===1?"node":"nodes"}`:"",e.truncated?", more are left out":""]}),g("button",{class:"small",onClick:Y,children:"Save as SVG"})]}),g("div",{class:"g\
raph-stage",ref:y,style:{height:v?`clamp(220px, ${Math.round(v.height+90)}px, 52vh)`:void 0},onPointerDown:k,onPointerMove:M,onPointerUp:D,onKeyDown:se,children:[
g("canvas",{ref:l,tabIndex:0,role:"img","aria-label":`Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f shows all, 0 their own siz\
e, h dims what has succeeded.`}),j&&v&&g("div",{class:"graph-map","aria-hidden":"true",style:{width:`${ee}px`,height:`${Ce(v)}px`},onPointerDown:o=>{o.stopPropagation();
let h=o.currentTarget.getBoundingClientRect(),p=v.width/ee;$((o.clientX-h.left)*p,(o.clientY-h.top)*p,c.current?.scale??1),U()},children:[g("canvas",{width:ee,height:Ce(
v)}),g("div",{ref:f})]})]}),!v&&g("p",{class:"graph-wait muted",children:"Laying out\u2026"}),m&&I!==void 0&&X<0?g(at,{tasks:m.members[I]??[],graph:e,states:n,goTo:C,
open:H}):g(ct,{graph:e,states:n,selected:r,goTo:C})]})}var Ee=50;function at({tasks:e,graph:n,states:t,goTo:u,open:a}){let s=i=>he.indexOf(t.get(n.nodes[i].name)?.
state??""),r=[...e].sort((i,b)=>s(i)-s(b)).slice(0,Ee);return g("div",{class:"navigator","aria-live":"polite",children:[g("div",{children:[g("strong",{children:[
q(e.length)," tasks"]})," with the same neighbours, or one behind the other: ",ye(e,n,t).map(([i,b])=>g("span",{class:"fact",children:[g("span",{class:`state-${i?
K(i).colour:"idle"}`,children:i?`${K(i).sign} ${i}`:"\u25CB not run"})," ",q(b)]}))," ",g("button",{class:"small",onClick:a,children:"Show each"})]}),g("ul",{class:"\
chips",children:r.map(i=>g("li",{children:g("button",{class:"small",onClick:()=>u(n.nodes[i].name),children:n.nodes[i].name})}))}),e.length>Ee&&g("p",{class:"mu\
ted",children:["The first ",Ee,"; all of them are in the table of tasks."]})]})}function ct({graph:e,states:n,selected:t,goTo:u}){let a=e.nodes.findIndex(l=>l.name===
t);if(a<0)return g("p",{class:"muted navigator",children:"Choose a task to see what leads to it and what follows."});let s=e.nodes[a],r=(l,f)=>l.map(m=>{let x=e.
nodes[m[f]]?.name;return g("li",{children:[g("span",{class:"muted",children:[m.on," "]}),x===void 0?nt[m.to]:g("button",{onClick:()=>u(x),children:x}),m.condition&&
g("code",{children:[" ",m.condition]})]})}),i=e.edges.filter(l=>l.to===a).slice(0,100),b=e.edges.filter(l=>l.from===a).slice(0,100),y=[s.with_items&&"with-items",
s.join&&`join ${s.join}`,s.concurrency&&`${s.concurrency} at a time`,...Object.keys(s.policies).filter(l=>l!=="concurrency")].filter(Boolean).join(", ");return g(
"div",{class:"navigator","aria-live":"polite",children:[g("div",{children:[g("strong",{children:s.name})," ",n.get(s.name)?.state??"not run"," \xB7 ",g("code",{
children:s.calls}),y&&g("span",{class:"muted",children:[" \xB7 ",y]})]}),g("div",{class:"columns",children:[g("div",{children:[g("h3",{children:"Comes from"}),i.
length?g("ul",{children:r(i,"from")}):g("p",{class:"muted",children:"The workflow's start."})]}),g("div",{children:[g("h3",{children:"Leads to"}),b.length?g("ul",
{children:r(b,"to")}):g("p",{class:"muted",children:"The workflow's end."})]})]})]})}function lt(e,n,t,u){let a=e.nodes.filter(r=>n.get(r.name)?.state==="ERROR").
map(r=>r.name),s=t===void 0?-1:a.indexOf(t);if(a.length)return a[(s+(u?a.length-1:1)+(u&&s<0?1:0))%a.length]}function ut(e,n,t){let u=e.nodes.findIndex(s=>s.name===
n);if(u<0)return e.nodes[0]?.name;let a=t==="ArrowRight"||t==="ArrowDown";if(t==="ArrowLeft"||t==="ArrowRight"){let s=a?e.edges.find(r=>r.from===u&&r.to>=0):e.edges.
find(r=>r.to===u);return s&&e.nodes[a?s.to:s.from].name}return e.nodes[(u+(a?1:e.nodes.length-1))%e.nodes.length].name}function Ue(e,n){let t=Math.min(1,(n.width-
40)/e.width,(n.height-40)/e.height);return{scale:t,x:(n.width-e.width*t)/2,y:(n.height-e.height*t)/2}}function dt(e,n,t,u){return u>Fe||e.scale>=$e||n.width<n.height?
e:{scale:$e,x:12,y:(t.height-n.height*$e)/2}}function Be(e,n,t,u){let a=Math.min(3,Math.max(.01,e.scale*n));e.x=t-(t-e.x)*a/e.scale,e.y=u-(u-e.y)*a/e.scale,e.scale=
a}function ft(e,n,t,u,a){let[s,r]=[(u-t.x)/t.scale,(a-t.y)/t.scale];for(let i=0;i<n;i++)if(s>=e.x[i]&&s<=e.x[i]+190&&r>=e.y[i]&&r<=e.y[i]+44)return i}var Fe=60,
$e=.4,mt=400,Me=80,ht=2e3,_e=1600,ee=150,Ce=e=>Math.max(12,Math.min(150,Math.round(ee*e.height/e.width)));function gt(e,n,t,u){let a=ee/t.width,s=(b,y)=>Math.max(
0,Math.min(y,b)),[r,i]=[s(-n.x/n.scale*a,ee),s(-n.y/n.scale*a,150)];Object.assign(e.style,{left:`${r}px`,top:`${i}px`,width:`${s(u.width/n.scale*a,ee-r)}px`,height:`${s(
u.height/n.scale*a,Ce(t)-i)}px`})}export{It as a};
