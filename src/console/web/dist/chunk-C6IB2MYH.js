import{$ as g,U as K,X as q,d as ie,e as z,g as _,h as be,i as Ae,v as Le}from"./chunk-5UX6W7MZ.js";function ye(e,t,n){let u=new Map;for(let a of e){let s=n.get(t.nodes[a].name)?.state??"";u.set(s,(u.get(s)??0)+1)}return[...u].sort((a,s)=>he.indexOf(a[0])-he.indexOf(
s[0]))}var he=["ERROR","PAUSED","RUNNING","DELAYED","WAITING","IDLE","CANCELLED","SKIPPED","SUCCESS",""],qe=.8,ae=.25,Xe=.6,Ze=4,Ge={alpha:!1},xe=e=>e.getContext(
"2d",Ge),Pe={...Ge,willReadFrequently:!0};function De(e,t){let[n,u]=[t.width,t.height].map(a=>Math.floor(a*(devicePixelRatio||1)));(e.width!==n||e.height!==u)&&
([e.width,e.height]=[n,u])}function Ne(e,t,n,u){let a=devicePixelRatio||1,s=xe(e);De(e,t),s.setTransform(a,0,0,a,0,0),s.imageSmoothingEnabled=!1,s.fillStyle=getComputedStyle(
e).getPropertyValue("--back").trim(),s.fillRect(0,0,t.width,t.height);for(let{picture:r,view:i}of u){let b=n.scale/i.scale;s.drawImage(r,n.x-i.x*b,n.y-i.y*b,r.width/
a*b,r.height/a*b)}e.dataset.moving=String(Number(e.dataset.moving??0)+1)}function Ie(e,t){(e.width!==t.width||e.height!==t.height)&&([e.width,e.height]=[t.width,
t.height]);let n=xe(e);n.setTransform(1,0,0,1,0,0),n.drawImage(t,0,0)}var Oe=e=>e.scale<ae,Re=250;function*ge(e,{scene:t,view:n,marked:u,size:a},s,r){let{graph:i,
members:b,edges:y,layout:l,states:f,all:m}=t,x=devicePixelRatio||1,{width:W,height:v}=a;r||De(e,a);let c=xe(e),w=getComputedStyle(s),C=d=>w.getPropertyValue(`--${d}`).
trim(),[L,S,H]=[C("panel"),C("back"),C("ink")];c.setTransform(x,0,0,x,0,0),c.fillStyle=S,r||c.fillRect(0,0,W,v),c.setTransform(x*n.scale,0,0,x*n.scale,x*n.x,x*n.
y);let[I,V]=[-n.x/n.scale,-n.y/n.scale],[E,X]=[I+W/n.scale,V+v/n.scale],oe=d=>l.x[d]>E||l.x[d]+190<I||l.y[d]>X||l.y[d]+44<V,j=Math.max(1,1/n.scale),R=b.map(d=>d.
length===1?f.has(m.nodes[d[0]].name):d.some(k=>f.has(m.nodes[k].name))),Z=d=>[l.x[d]-j/2,l.y[d]-j/2,190+j,44+j];if(r)for(let d of r)c.fillRect(...Z(d));let[Q,le]=[
C("error"),C("muted")],J=new Map,re=()=>{for(let[d,k]of J){let[M,D]=d.split(" ");c.strokeStyle=M==="error"?Q:le,c.globalAlpha=D==="1"?1:.45,c.lineWidth=D==="1"?
j*1.6:j,c.setLineDash(M==="error"?[6,4]:M==="skip"?[2,3]:[]),c.stroke(k)}c.globalAlpha=1,c.setLineDash([]),J.clear()},ue=0;for(let d=0;d<y.length;d++){let k=y[d];
if(r&&!((r.has(k.from)||r.has(k.to))&&R[k.from]&&R[k.to]))continue;let[M,D]=[l.x[k.from]+190,l.y[k.from]+44/2],[$,A]=[l.x[k.to],l.y[k.to]+44/2];if(Math.max(M,$)<
I||Math.min(M,$)>E||Math.max(D,A)<V||Math.min(D,A)>X||n.scale<ae&&(Math.abs($-M)+Math.abs(A-D))*n.scale<Ze)continue;let F=`${k.on} ${R[k.from]&&R[k.to]?1:0}`,T=J.
get(F);if(T||J.set(F,T=new Path2D),T.moveTo(M,D),n.scale<ae)T.lineTo($,A);else if(l.back[d])T.bezierCurveTo(M+60,D+70,$-60,A+70,$,A);else{let B=Math.max(30,($-M)/
2);T.bezierCurveTo(M+B,D,$-B,A,$,A)}n.scale>=ae&&(T.moveTo($-7,A-4),T.lineTo($,A),T.lineTo($-7,A+4)),!(++ue%Re)&&(re(),yield)}re(),Qe(c,t,n,oe,[C("muted"),S]);let de=new Map,
U=d=>{let k=de.get(d);return k||de.set(d,k=C(d)),k};c.textBaseline="middle";let te=0;for(let d=0;d<i.nodes.length;d++){if(oe(d)||r&&!r.has(d))continue;++te%Re===
0&&(yield);let k=i.nodes[d],M=b[d].length>1,D=M?ye(b[d],m,f):[],$=M?void 0:f.get(k.name),A=M?D[0][0]?K(D[0][0]).colour:"muted":$?K($.state).colour:"muted",F=U(A),
T=!M&&t.critical?.has(k.name),[B,Y]=[l.x[d],l.y[d]];if(c.globalAlpha=t.hidesDone&&($?.state==="SUCCESS"||M&&D[0][0]==="SUCCESS")?.25:1,n.scale<ae){if(c.fillStyle=
R[d]?F:L,c.fillRect(...Z(d)),R[d]&&d!==u&&!T)continue;c.strokeStyle=d===u||T?H:F,c.lineWidth=d===u||T?4*j:j,c.strokeRect(B,Y,190,44);continue}M&&(c.beginPath(),
c.roundRect(B+4,Y+4,190,44,6),c.fillStyle=S,c.fill(),c.strokeStyle=F,c.lineWidth=1,c.stroke()),c.beginPath(),c.roundRect(B,Y,190,44,6),c.fillStyle=R[d]?L:S,c.fill(),
c.strokeStyle=T?H:F,c.lineWidth=d===u?4:T?3:R[d]?2:1.2,c.setLineDash(R[d]?[]:[5,4]),c.stroke(),c.setLineDash([]);let se=M?D:$?.part!==void 0?[[$.state,$.part],[
"",1-$.part]]:[],fe=se.reduce((p,[,N])=>p+N,0),o=B+6;for(let[p,N]of se){c.fillStyle=U(p?K(p).colour:"line");let G=178*N/fe;c.fillRect(o,Y+44-6,G,3.5),o+=G}let h=n.
scale>=Xe;c.fillStyle=F,c.font="14px system-ui",c.fillText(M?"\u25A4":$?K($.state).sign:"\u25CB",B+10,Y+(h?15:22)),c.fillStyle=H,c.font=h?"600 13px system-ui":"\
600 16px system-ui",c.fillText(ne(k.name,h?20:16),B+28,Y+(h?15:22)),h&&(c.fillStyle=U("muted"),c.font="11px system-ui",c.fillText(ne(M?`${q(b[d].length)} tasks \
\xB7 ${k.calls}`:we($,k),28),B+10,Y+(se.length?29:32)))}c.globalAlpha=1}function we(e,t){return e?`${e.note}${e.runs>1?` \xD7${e.runs}`:""}`:t.calls}function Qe(e,{
edges:t,layout:n},u,a,[s,r]){if(!(u.scale<qe)){e.font="11px system-ui",e.textBaseline="middle";for(let i of t){if(!i.condition||a(i.from)&&a(i.to))continue;let b=ne(
i.condition,24),[y,l]=[(n.x[i.from]+190+n.x[i.to])/2,(n.y[i.from]+n.y[i.to]+44)/2],f=e.measureText(b).width;e.fillStyle=r,e.fillRect(y-f/2-3,l-8,f+6,16),e.fillStyle=
s,e.fillText(b,y-f/2,l)}}}var ne=(e,t)=>e.length>t?`${e.slice(0,t-1)}\u2026`:e;function We(e){return{graph:e,members:e.nodes.map((t,n)=>[n]),shownAs:Int32Array.from(e.nodes.keys())}}function He(e,t){let n=e.nodes.length,u=e.nodes.map(f=>t(
f.name)),a=Je(e,u),s=new Int32Array(n);a.forEach((f,m)=>f.forEach(x=>s[x]=m));let r=et(e,a,s,u),i=new Int32Array(n);r.forEach((f,m)=>f.forEach(x=>i[x]=m));let b=r.
map(f=>{let[m,x]=[e.nodes[f[0]],e.nodes[f[f.length-1]]];return f.length===1?m:{...m,name:`${m.name} \u2026 ${x.name}`,join:null,with_items:!1,line:null,policies:{}}}),
y=new Set,l=[];for(let f of e.edges){let[m,x]=[i[f.from],f.to<0?f.to:i[f.to]],W=`${m} ${x} ${f.on}`;m===x&&r[m].length>1||y.has(W)||(y.add(W),l.push({...f,from:m,
to:x}))}return{graph:{...e,nodes:b,edges:l},members:r,shownAs:i}}function Je(e,t){let n=e.nodes.length,[u,a]=[new Int32Array(n),new Int32Array(n)];for(let l of e.
edges)a[l.from]++,l.to>=0&&u[l.to]++;let[s,r]=[new Int32Array(n).fill(-1),new Int32Array(n).fill(-1)];for(let{from:l,to:f}of e.edges)f<0||l===f||a[l]!==1||u[f]!==
1||t[l]||t[f]||(s[l]=f,r[f]=l);let i=[],b=new Uint8Array(n),y=l=>{let f=[];for(let m=l;m>=0&&!b[m];m=s[m])b[m]=1,f.push(m);i.push(f)};for(let l=0;l<n;l++)r[l]<0&&
y(l);for(let l=0;l<n;l++)b[l]||y(l);return i}function et(e,t,n,u){let a=t.map(()=>[]);for(let{from:r,to:i,on:b}of e.edges)i>=0&&n[r]===n[i]||(a[n[r]].push(`>${i<
0?i:n[i]} ${b}`),i>=0&&a[n[i]].push(`<${n[r]} ${b}`));let s=new Map;return t.forEach((r,i)=>{let b=u[r[0]],y=r.map(m=>e.nodes[m].calls).join(","),l=b?`alone ${i}`:
`${a[i].sort().join("|")}/${y}`,f=s.get(l);f?f.push(...r):s.set(l,[...r])}),[...s.values()]}var pe,je=[];function ke(e){pe||(pe=new MessageChannel,pe.port1.onmessage=()=>je.shift()());let t=!0;return je.push(()=>t&&e()),pe.port2.postMessage(0),()=>{t=!1}}var tt=8,nt=({scene:e,view:t,marked:n,size:u,look:a})=>[e.layout,e.hidesDone,e.critical,e.graph,n,a,u.width,u.height,devicePixelRatio,t.x,t.y,t.scale],Ve=(e,t)=>e.
every((n,u)=>n===t[u]);function ot({members:e,all:t,states:n},u){let a=r=>n.get(t.nodes[r].name)!==u.get(t.nodes[r].name),s=new Set;return e.forEach((r,i)=>(r.length===
1?a(r[0]):r.some(a))&&s.add(i)),s}var ce=class{constructor(t,n){this.styled=t;this.told=n}styled;told;made;job;next;spare;want(t){let n=nt(t);if(this.job&&Ve(this.
job.key,n))return this.next=t,!1;this.stop();let{made:u}=this,a=u&&Oe(t.view)&&Ve(u.key,n),s=a?u.picture:this.spare??=document.createElement("canvas"),r=a?ot(t.
scene,u.wish.scene.states):void 0,i=s.getContext("2d",Pe),b=ge(s,t,this.styled(),r),y={key:n};this.job=y;let l=()=>{let f=performance.now()+tt;for(;;){let{done:x}=r?.
size===0?{done:!0}:b.next();if(i.getImageData(0,0,1,1),x)break;if(!(performance.now()<f))return y.stop=ke(l),!1}this.job=void 0,a||(this.spare=u?.picture),this.
made={picture:s,view:t.view,wish:t,key:n},this.told(this.made,t);let{next:m}=this;return this.next=void 0,m&&this.want(m),!0};return r?l():(y.stop=ke(l),!1)}stop(){
this.job?.stop?.(),this.job=this.next=void 0}forget(){this.stop(),this.made=this.spare=void 0}};var Se=e=>e.replace(/[&<>"]/g,t=>`&#${t.charCodeAt(0)};`);function Ue(e,t,n,u){let{graph:a,members:s,edges:r,layout:i,states:b}=e,y=getComputedStyle(u),l=w=>Se(
y.getPropertyValue(`--${w}`).trim()),[f,m]=[-t.x/t.scale,-t.y/t.scale],[x,W]=[n.width/t.scale,n.height/t.scale],v=w=>i.x[w]<f+x&&i.x[w]+190>f&&i.y[w]<m+W&&i.y[w]+
44>m,c=[`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${f} ${m} ${x} ${W}" width="${n.width}" height="${n.height}" font-family="system-ui, sans-serif">`,`<r\
ect x="${f}" y="${m}" width="${x}" height="${W}" fill="${l("back")}"/>`];for(let w of r){if(!v(w.from)&&!v(w.to))continue;let[C,L,S,H]=[i.x[w.from]+190,i.y[w.from]+
44/2,i.x[w.to],i.y[w.to]+44/2],I=Math.max(30,(S-C)/2),V=w.on==="error";c.push(`<path d="M${C} ${L}C${C+I} ${L} ${S-I} ${H} ${S} ${H}m-7 -4l7 4l-7 4" fill="none"\
 stroke="${l(V?"error":"muted")}"${V?' stroke-dasharray="6 4"':""}/>`)}return a.nodes.forEach((w,C)=>{if(!v(C))return;let L=s[C].length>1?void 0:b.get(w.name),S=l(
L?K(L.state).colour:"muted"),[H,I]=[i.x[C],i.y[C]],V=s[C].length>1?`${s[C].length} tasks`:we(L,w);c.push(`<rect x="${H}" y="${I}" width="${190}" height="${44}" \
rx="6" fill="${l("panel")}" stroke="${S}" stroke-width="2"${L?"":' stroke-dasharray="5 4"'}/>`,`<text x="${H+10}" y="${I+19}" font-size="13" fill="${S}">${L?K(L.
state).sign:"\u25CB"}</text><text x="${H+28}" y="${I+19}" font-size="13" font-weight="600" fill="${l("ink")}">${Se(ne(w.name,20))}</text>`,`<text x="${H+10}" y=\
"${I+36}" font-size="11" fill="${l("muted")}">${Se(ne(V,28))}</text>`)}),`${c.join(`
`)}
</svg>
`}var rt={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"},Ee=new WeakMap,Be=new WeakMap;function st(e){let[t,n]=ie(),u=e&&Ee.get(e);return z(()=>{if(!e||Ee.has(
e))return;let a=e.edges.filter(r=>r.to>=0),s=new Worker(Ae("layout.js"),{type:"module"});return s.onmessage=r=>{Ee.set(e,r.data),n({of:e,layout:r.data}),s.terminate()},
s.postMessage({count:e.nodes.length,from:Int32Array.from(a,r=>r.from),to:Int32Array.from(a,r=>r.to)}),()=>s.terminate()},[e]),u??(t?.of===e?t?.layout:void 0)}var it=[
"ERROR","RUNNING","PAUSED","DELAYED"];function at(e,t){let n=r=>it.includes(t.get(r)?.state??""),u=e.nodes.filter(r=>n(r.name)).map(r=>r.name).join(`
`),a=Be.get(e);if(a?.apart===u)return a.made;let s=He(e,n);return Be.set(e,{apart:u,made:s}),s}function ct(e,t,n){let[u,a]=ie(e.nodes.length>2e3),s=n||!u;return{
shown:be(()=>{if(s)return u?at(e,t):We(e)},[e.spec_hash,e.nodes.length,u,s]),isGrouped:u,toggle:()=>a(!u)}}function Ht({graph:e,states:t,isReady:n=!0,critical:u,
dims:a=!1,dim:s,selected:r,onSelect:i,tools:b}){let y=_(null),l=_(null),f=_(null),{shown:m,isGrouped:x,toggle:W}=ct(e,t,n),v=st(m?.graph),c=_(void 0),w=_("first"),
C=_(0),L=Le.use(),[S,H]=ie({width:0,height:0}),[I,V]=ie(),E=be(()=>m&&v?{...m,layout:v,all:e,states:t,hidesDone:a,critical:u,edges:m.graph.edges.filter(o=>o.to>=
0)}:void 0,[m,v,t,a,u]),X=r===void 0?-1:e.nodes.findIndex(o=>o.name===r),oe=m&&X>=0?m.shownAs[X]:I??-1,j=(m?.graph.nodes.length??0)>gt;z(()=>{let o=y.current,h=new ResizeObserver(
()=>H({width:o.clientWidth,height:o.clientHeight}));return h.observe(o),()=>h.disconnect()},[]);let R=_(void 0),Z=_(void 0);R.current??=new ce(()=>l.current,({picture:o},h)=>{
Ie(l.current,o),J(h)}),Z.current??=new ce(()=>l.current,({picture:o,view:h},{scene:p})=>{l.current.dataset.whole="1";let N=f.current?.previousElementSibling,G=devicePixelRatio||
1,[me,ze]=[p.layout.width*h.scale*G,p.layout.height*h.scale*G];N?.getContext("2d").drawImage(o,h.x*G,h.y*G,me,ze,0,0,N.width,N.height)}),z(()=>()=>{cancelAnimationFrame(
C.current),clearTimeout(Q.current),R.current.stop(),Z.current.stop()},[]);let Q=_(0),le=_(0),J=({scene:o})=>{l.current.dataset.painted=String(o.graph.nodes.length)},
re=()=>{f.current&&v&&c.current&&bt(f.current,c.current,v,S)},ue=()=>{Ne(l.current,S,c.current,[Z.current.made,R.current.made].filter(o=>o!==void 0)),re()},de=()=>{
let o=l.current;if(!o||!E||!S.width)return;let h=_e(E.layout,S);w.current==="all"?c.current=h:(w.current==="first"||!c.current)&&(c.current=mt(h,E.layout,S,E.graph.
nodes.length));let p={scene:E,view:{...c.current},marked:oe,size:S,look:L};if(j){if(!R.current.want(p)&&R.current.made)return ue()}else{for(let N of ge(o,p,o));
J(p)}re()},U=(o=!1)=>{cancelAnimationFrame(C.current),C.current=requestAnimationFrame(()=>{if(!j||!R.current.made||!o&&!Q.current)return de();R.current.stop(),ue(),
o&&(clearTimeout(Q.current),Q.current=window.setTimeout(()=>{Q.current=0,U()},Ce))})};z(()=>{let o=Z.current;if(!E||!S.width||!j)return R.current.forget(),o.forget();
let h=o.made?.wish,p=h?.scene.layout===E.layout&&h.look===L;h&&!p&&o.forget();let N=p?Math.max(Ce,le.current+pt-performance.now()):Ce,G=setTimeout(()=>{le.current=
performance.now();let me={width:Ke,height:Math.max(1,Math.round(Ke*Math.min(4,E.layout.height/E.layout.width)))};o.want({scene:E,view:_e(E.layout,me),marked:-1,
size:me,look:L})},N);return()=>clearTimeout(G)},[E,S,L]),z(()=>U(),[E,S,L,oe]),z(()=>{c.current=void 0,w.current="first",V(void 0)},[e.spec_hash,x]);let te=o=>{
let h=y.current.getBoundingClientRect();return[o.clientX-h.left-y.current.clientLeft,o.clientY-h.top-y.current.clientTop]};z(()=>{let o=y.current,h=p=>{c.current&&
(p.preventDefault(),w.current="moved",Fe(c.current,Math.exp(-p.deltaY/400),...te(p)),U(!0))};return o.addEventListener("wheel",h,{passive:!1}),()=>o.removeEventListener(
"wheel",h)});let d=_(void 0),k=o=>{let[h,p]=te(o);d.current={x:h,y:p,moved:!1},y.current.setPointerCapture(o.pointerId)},M=o=>{if(!d.current||!c.current)return;
let[h,p]=te(o),[N,G]=[h-d.current.x,p-d.current.y];!d.current.moved&&Math.hypot(N,G)<4||(d.current={x:h,y:p,moved:!0},w.current="moved",c.current.x+=N,c.current.
y+=G,U(!0))},D=o=>{if(d.current&&!d.current.moved&&E&&c.current){let h=ht(E.layout,E.graph.nodes.length,c.current,...te(o)),p=h===void 0?[]:E.members[h];V(p.length>
1?h:void 0),i(p.length===1?e.nodes[p[0]].name:void 0)}d.current=void 0},$=(o,h,p)=>{w.current="moved",c.current={scale:p,x:S.width/2-o*p,y:S.height/2-h*p}},A=o=>{
w.current="moved",c.current&&Fe(c.current,o,S.width/2,S.height/2),U()},F=()=>{w.current="all",U()},T=o=>{let h=e.nodes.findIndex(p=>p.name===o);if(E&&h>=0){let p=E.
shownAs[h];$(E.layout.x[p]+190/2,E.layout.y[p]+44/2,Math.max(c.current?.scale??1,.6))}V(void 0),i(o),U()},B=o=>{let h=X+1,p=[...e.nodes.slice(h),...e.nodes.slice(
0,h)].map(G=>G.name),N=o&&(p.find(G=>G===o)??p.find(G=>G.includes(o)));N&&T(N)},Y=()=>{if(!E||!c.current)return;let o=document.createElement("a");o.href=URL.createObjectURL(
new Blob([Ue(E,c.current,S,l.current)],{type:"image/svg+xml"})),o.download=`${e.name}.svg`,o.click(),setTimeout(()=>URL.revokeObjectURL(o.href),1e4)},se=o=>{if(o.
ctrlKey||o.metaKey||o.altKey)return;let h=dt(e,t,r,o.key==="N");if(o.key==="+"||o.key==="=")A(1.3);else if(o.key==="-")A(1/1.3);else if(o.key==="0")A(1/(c.current?.
scale??1));else if(o.key==="f")F();else if(o.key==="h"&&s)s(!a);else if(o.key==="e"&&e.nodes.length>2e3)W();else if((o.key==="n"||o.key==="N")&&h)T(h);else if(o.
key.startsWith("Arrow")){let p=ft(e,r,o.key);p&&T(p)}else return;o.preventDefault(),o.stopPropagation()},fe=m?.graph.nodes.length??0;return g("div",{class:"grap\
h",children:[g("div",{class:"graph-tools",children:[g("button",{onClick:()=>A(1.3),"aria-label":"Zoom in",children:"+"}),g("button",{onClick:()=>A(1/1.3),"aria-\
label":"Zoom out",children:"\u2212"}),g("button",{onClick:F,children:"Fit"}),e.nodes.length>2e3&&g("button",{"aria-pressed":!x,onClick:W,children:x?`Open all ${q(
e.nodes.length)}`:"Group twins and chains"}),e.nodes.length>Ye&&g("input",{class:"graph-find","data-filter":!0,"aria-label":"Find a task",placeholder:"find a ta\
sk",onKeyDown:o=>{o.stopPropagation(),o.key==="Enter"&&B(o.currentTarget.value.trim())}}),s&&t.size>0&&g("label",{children:[g("input",{type:"checkbox",checked:a,
onChange:o=>s(o.currentTarget.checked)})," dim SUCCESS"]}),b,g("span",{class:"muted",children:[q(e.nodes.length)," ",e.nodes.length===1?"task":"tasks",x&&m?` as\
 ${q(fe)} ${fe===1?"node":"nodes"}`:"",e.truncated?", more are left out":""]}),g("button",{class:"small",onClick:Y,children:"Save as SVG"})]}),g("div",{class:"g\
raph-stage",ref:y,style:{height:v?`clamp(220px, ${Math.round(v.height+90)}px, 52vh)`:void 0},onPointerDown:k,onPointerMove:M,onPointerUp:D,onKeyDown:se,children:[
g("canvas",{ref:l,tabIndex:0,role:"img","aria-label":`Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f shows all, 0 their own siz\
e, h dims what has succeeded.`}),j&&v&&g("div",{class:"graph-map","aria-hidden":"true",style:{width:`${ee}px`,height:`${ve(v)}px`},onPointerDown:o=>{o.stopPropagation();
let h=o.currentTarget.getBoundingClientRect(),p=v.width/ee;$((o.clientX-h.left)*p,(o.clientY-h.top)*p,c.current?.scale??1),U()},children:[g("canvas",{width:ee,height:ve(
v)}),g("div",{ref:f})]})]}),!v&&g("p",{class:"graph-wait muted",children:"Laying out\u2026"}),m&&I!==void 0&&X<0?g(lt,{tasks:m.members[I]??[],graph:e,states:t,goTo:T,
open:W}):g(ut,{graph:e,states:t,selected:r,goTo:T})]})}var $e=50;function lt({tasks:e,graph:t,states:n,goTo:u,open:a}){let s=i=>he.indexOf(n.get(t.nodes[i].name)?.
state??""),r=[...e].sort((i,b)=>s(i)-s(b)).slice(0,$e);return g("div",{class:"navigator","aria-live":"polite",children:[g("div",{children:[g("strong",{children:[
q(e.length)," tasks"]})," with the same neighbours, or one behind the other: ",ye(e,t,n).map(([i,b])=>g("span",{class:"fact",children:[g("span",{class:`state-${i?
K(i).colour:"idle"}`,children:i?`${K(i).sign} ${i}`:"\u25CB not run"})," ",q(b)]}))," ",g("button",{class:"small",onClick:a,children:"Show each"})]}),g("ul",{class:"\
chips",children:r.map(i=>g("li",{children:g("button",{class:"small",onClick:()=>u(t.nodes[i].name),children:t.nodes[i].name})}))}),e.length>$e&&g("p",{class:"mu\
ted",children:["The first ",$e,"; all of them are in the table of tasks."]})]})}function ut({graph:e,states:t,selected:n,goTo:u}){let a=e.nodes.findIndex(l=>l.name===
n);if(a<0)return g("p",{class:"muted navigator",children:"Choose a task to see what leads to it and what follows."});let s=e.nodes[a],r=(l,f)=>l.map(m=>{let x=e.
nodes[m[f]]?.name;return g("li",{children:[g("span",{class:"muted",children:[m.on," "]}),x===void 0?rt[m.to]:g("button",{onClick:()=>u(x),children:x}),m.condition&&
g("code",{children:[" ",m.condition]})]})}),i=e.edges.filter(l=>l.to===a).slice(0,100),b=e.edges.filter(l=>l.from===a).slice(0,100),y=[s.with_items&&"with-items",
s.join&&`join ${s.join}`,s.concurrency&&`${s.concurrency} at a time`,...Object.keys(s.policies).filter(l=>l!=="concurrency")].filter(Boolean).join(", ");return g(
"div",{class:"navigator","aria-live":"polite",children:[g("div",{children:[g("strong",{children:s.name})," ",t.get(s.name)?.state??"not run"," \xB7 ",g("code",{
children:s.calls}),y&&g("span",{class:"muted",children:[" \xB7 ",y]})]}),g("div",{class:"columns",children:[g("div",{children:[g("h3",{children:"Comes from"}),i.
length?g("ul",{children:r(i,"from")}):g("p",{class:"muted",children:"The workflow's start."})]}),g("div",{children:[g("h3",{children:"Leads to"}),b.length?g("ul",
{children:r(b,"to")}):g("p",{class:"muted",children:"The workflow's end."})]})]})]})}function dt(e,t,n,u){let a=e.nodes.filter(r=>t.get(r.name)?.state==="ERROR").
map(r=>r.name),s=n===void 0?-1:a.indexOf(n);if(a.length)return a[(s+(u?a.length-1:1)+(u&&s<0?1:0))%a.length]}function ft(e,t,n){let u=e.nodes.findIndex(s=>s.name===
t);if(u<0)return e.nodes[0]?.name;let a=n==="ArrowRight"||n==="ArrowDown";if(n==="ArrowLeft"||n==="ArrowRight"){let s=a?e.edges.find(r=>r.from===u&&r.to>=0):e.edges.
find(r=>r.to===u);return s&&e.nodes[a?s.to:s.from].name}return e.nodes[(u+(a?1:e.nodes.length-1))%e.nodes.length].name}function _e(e,t){let n=Math.min(1,(t.width-
40)/e.width,(t.height-40)/e.height);return{scale:n,x:(t.width-e.width*n)/2,y:(t.height-e.height*n)/2}}function mt(e,t,n,u){return u>Ye||e.scale>=Me||t.width<t.height?
e:{scale:Me,x:12,y:(n.height-t.height*Me)/2}}function Fe(e,t,n,u){let a=Math.min(3,Math.max(.01,e.scale*t));e.x=n-(n-e.x)*a/e.scale,e.y=u-(u-e.y)*a/e.scale,e.scale=
a}function ht(e,t,n,u,a){let[s,r]=[(u-n.x)/n.scale,(a-n.y)/n.scale];for(let i=0;i<t;i++)if(s>=e.x[i]&&s<=e.x[i]+190&&r>=e.y[i]&&r<=e.y[i]+44)return i}var Ye=60,
Me=.4,gt=400,Ce=80,pt=2e3,Ke=1600,ee=150,ve=e=>Math.max(12,Math.min(150,Math.round(ee*e.height/e.width)));function bt(e,t,n,u){let a=ee/n.width,s=(b,y)=>Math.max(
0,Math.min(y,b)),[r,i]=[s(-t.x/t.scale*a,ee),s(-t.y/t.scale*a,150)];Object.assign(e.style,{left:`${r}px`,top:`${i}px`,width:`${s(u.width/t.scale*a,ee-r)}px`,height:`${s(
u.height/t.scale*a,ve(n)-i)}px`})}export{Ht as a};
