import{T as _,W as Q,_ as d,d as ne,e as J,g as B,h as ce,i as be,u as xe}from"./chunk-5ALTCYJR.js";function we(e){return{graph:e,members:e.nodes.map((o,t)=>[t]),shownAs:Int32Array.from(e.nodes.keys())}}function $e(e,o){let t=e.nodes.length,c=e.nodes.map(f=>o(
f.name)),i=ve(e,c),s=new Int32Array(t);i.forEach((f,m)=>f.forEach(w=>s[w]=m));let u=De(e,i,s,c),n=new Int32Array(t);u.forEach((f,m)=>f.forEach(w=>n[w]=m));let p=u.
map(f=>{let[m,w]=[e.nodes[f[0]],e.nodes[f[f.length-1]]];return f.length===1?m:{...m,name:`${m.name} \u2026 ${w.name}`,join:null,with_items:!1,line:null,policies:{}}}),
x=new Set,a=[];for(let f of e.edges){let[m,w]=[n[f.from],f.to<0?f.to:n[f.to]],b=`${m} ${w} ${f.on}`;m===w&&u[m].length>1||x.has(b)||(x.add(b),a.push({...f,from:m,
to:w}))}return{graph:{...e,nodes:p,edges:a},members:u,shownAs:n}}function ve(e,o){let t=e.nodes.length,[c,i]=[new Int32Array(t),new Int32Array(t)];for(let a of e.
edges)i[a.from]++,a.to>=0&&c[a.to]++;let[s,u]=[new Int32Array(t).fill(-1),new Int32Array(t).fill(-1)];for(let{from:a,to:f}of e.edges)f<0||a===f||i[a]!==1||c[f]!==
1||o[a]||o[f]||(s[a]=f,u[f]=a);let n=[],p=new Uint8Array(t),x=a=>{let f=[];for(let m=a;m>=0&&!p[m];m=s[m])p[m]=1,f.push(m);n.push(f)};for(let a=0;a<t;a++)u[a]<0&&
x(a);for(let a=0;a<t;a++)p[a]||x(a);return n}function De(e,o,t,c){let i=o.map(()=>[]);for(let{from:u,to:n,on:p}of e.edges)n>=0&&t[u]===t[n]||(i[t[u]].push(`>${n<
0?n:t[n]} ${p}`),n>=0&&i[t[n]].push(`<${t[u]} ${p}`));let s=new Map;return o.forEach((u,n)=>{let p=c[u[0]],x=u.map(m=>e.nodes[m].calls).join(","),a=p?`alone ${n}`:
`${i[n].sort().join("|")}/${x}`,f=s.get(a);f?f.push(...u):s.set(a,[...u])}),[...s.values()]}var le=e=>e.replace(/[&<>"]/g,o=>`&#${o.charCodeAt(0)};`);function ke(e,o,t,c){let{graph:i,members:s,edges:u,layout:n,states:p}=e,x=getComputedStyle(c),a=$=>le(
x.getPropertyValue(`--${$}`).trim()),[f,m]=[-o.x/o.scale,-o.y/o.scale],[w,b]=[t.width/o.scale,t.height/o.scale],l=$=>n.x[$]<f+w&&n.x[$]+190>f&&n.y[$]<m+b&&n.y[$]+
44>m,F=[`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${f} ${m} ${w} ${b}" width="${t.width}" height="${t.height}" font-family="system-ui, sans-serif">`,`<r\
ect x="${f}" y="${m}" width="${w}" height="${b}" fill="${a("back")}"/>`];for(let $ of u){if(!l($.from)&&!l($.to))continue;let[k,G,v,P]=[n.x[$.from]+190,n.y[$.from]+
44/2,n.x[$.to],n.y[$.to]+44/2],D=Math.max(30,(v-k)/2),H=$.on==="error";F.push(`<path d="M${k} ${G}C${k+D} ${G} ${v-D} ${P} ${v} ${P}m-7 -4l7 4l-7 4" fill="none"\
 stroke="${a(H?"error":"muted")}"${H?' stroke-dasharray="6 4"':""}/>`)}return i.nodes.forEach(($,k)=>{if(!l(k))return;let G=s[k].length>1?void 0:p.get($.name),v=a(
G?_(G.state).colour:"muted"),[P,D]=[n.x[k],n.y[k]],H=s[k].length>1?`${s[k].length} tasks`:ue(G,$);F.push(`<rect x="${P}" y="${D}" width="${190}" height="${44}" \
rx="6" fill="${a("panel")}" stroke="${v}" stroke-width="2"${G?"":' stroke-dasharray="5 4"'}/>`,`<text x="${P+10}" y="${D+19}" font-size="13" fill="${v}">${G?_(G.
state).sign:"\u25CB"}</text><text x="${P+28}" y="${D+19}" font-size="13" font-weight="600" fill="${a("ink")}">${le(oe($.name,20))}</text>`,`<text x="${P+10}" y=\
"${D+36}" font-size="11" fill="${a("muted")}">${le(oe(H,28))}</text>`)}),`${F.join(`
`)}
</svg>
`}var Pe={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"};function Ie(e){let[o,t]=ne();return J(()=>{if(!e)return;let c=e.edges.filter(s=>s.to>=0),i=new Worker(
be("layout.js"),{type:"module"});return i.onmessage=s=>{t({of:e,layout:s.data}),i.terminate()},i.postMessage({count:e.nodes.length,from:Int32Array.from(c,s=>s.from),
to:Int32Array.from(c,s=>s.to)}),()=>i.terminate()},[e]),o?.of===e?o?.layout:void 0}function Ne(e,o,t){let[c,i]=ne(e.nodes.length>2e3),s=t||!c;return{shown:ce(()=>{
if(s)return c?$e(e,n=>["ERROR","RUNNING","PAUSED","DELAYED"].includes(o.get(n)?.state??"")):we(e)},[e.spec_hash,e.nodes.length,c,s]),isGrouped:c,toggle:()=>i(!c)}}
function ct({graph:e,states:o,isReady:t=!0,critical:c,selected:i,onSelect:s,tools:u}){let n=B(null),p=B(null),x=B(null),{shown:a,isGrouped:f,toggle:m}=Ne(e,o,t),
w=Ie(a?.graph),b=B(void 0),l=B("first"),F=B(0),$=xe.use(),[k,G]=ne({width:0,height:0}),[v,P]=ne(!1),[D,H]=ne(),E=ce(()=>a&&w?{...a,layout:w,all:e,states:o,hidesDone:v,
critical:c,edges:a.graph.edges.filter(r=>r.to>=0)}:void 0,[a,w,o,v,c]),z=i===void 0?-1:e.nodes.findIndex(r=>r.name===i),X=a&&z>=0?a.shownAs[z]:D??-1,U=(a?.graph.
nodes.length??0)>Ke;J(()=>{let r=n.current,h=new ResizeObserver(()=>G({width:r.clientWidth,height:r.clientHeight}));return h.observe(r),()=>h.disconnect()},[]);
let Y=B({}),re=B(0),te=()=>{x.current&&w&&b.current&&ze(x.current,b.current,w,k)},g=()=>{let r=p.current;if(!r||!E||!k.width)return;let h=Ee(E.layout,k);l.current===
"all"?b.current=h:(l.current==="first"||!b.current)&&(b.current=je(h,E.layout,k,E.graph.nodes.length)),Ce(r,E,b.current,X,k),U&&Fe(Y.current,r,b.current),r.dataset.
painted=String(E.graph.nodes.length),te()},M=(r=!1)=>{cancelAnimationFrame(F.current),F.current=requestAnimationFrame(()=>{let{all:h,last:y}=Y.current;if(!r||!U||
!y)return g();Ye(p.current,k,b.current,[h,y].filter(N=>N!==void 0)),te(),clearTimeout(re.current),re.current=window.setTimeout(M,Me)})};J(()=>{if(Y.current.all=
void 0,!E||!k.width||!U)return;let r=setTimeout(()=>{let h=document.createElement("canvas"),y={width:Te,height:Math.max(1,Math.round(Te*Math.min(4,E.layout.height/
E.layout.width)))},N=Ee(E.layout,y);Ce(h,E,N,-1,y,p.current),Y.current.all={picture:h,view:N},p.current.dataset.whole="1";let V=x.current?.previousElementSibling,
ie=devicePixelRatio||1,[Ge,Re]=[E.layout.width*N.scale*ie,E.layout.height*N.scale*ie];V?.getContext("2d").drawImage(h,N.x*ie,N.y*ie,Ge,Re,0,0,V.width,V.height)},
Me);return()=>clearTimeout(r)},[E,k,$]),J(()=>M(),[E,k,$,X]),J(()=>{b.current=void 0,l.current="first",H(void 0)},[e.spec_hash,f]);let S=r=>{let h=n.current.getBoundingClientRect();
return[r.clientX-h.left-n.current.clientLeft,r.clientY-h.top-n.current.clientTop]};J(()=>{let r=n.current,h=y=>{b.current&&(y.preventDefault(),l.current="moved",
Se(b.current,Math.exp(-y.deltaY/400),...S(y)),M(!0))};return r.addEventListener("wheel",h,{passive:!1}),()=>r.removeEventListener("wheel",h)});let C=B(void 0),T=r=>{
let[h,y]=S(r);C.current={x:h,y,moved:!1},n.current.setPointerCapture(r.pointerId)},I=r=>{if(!C.current||!b.current)return;let[h,y]=S(r),[N,V]=[h-C.current.x,y-C.
current.y];!C.current.moved&&Math.hypot(N,V)<4||(C.current={x:h,y,moved:!0},l.current="moved",b.current.x+=N,b.current.y+=V,M(!0))},W=r=>{if(C.current&&!C.current.
moved&&E&&b.current){let h=We(E.layout,E.graph.nodes.length,b.current,...S(r)),y=h===void 0?[]:E.members[h];H(y.length>1?h:void 0),s(y.length===1?e.nodes[y[0]].
name:void 0)}C.current=void 0},L=(r,h,y)=>{l.current="moved",b.current={scale:y,x:k.width/2-r*y,y:k.height/2-h*y}},A=r=>{l.current="moved",b.current&&Se(b.current,
r,k.width/2,k.height/2),M()},j=()=>{l.current="all",M()},K=r=>{let h=e.nodes.findIndex(y=>y.name===r);if(E&&h>=0){let y=E.shownAs[h];L(E.layout.x[y]+190/2,E.layout.
y[y]+44/2,Math.max(b.current?.scale??1,.6))}H(void 0),s(r),M()},ae=r=>{let h=z+1,y=[...e.nodes.slice(h),...e.nodes.slice(0,h)].map(V=>V.name),N=r&&(y.find(V=>V===
r)??y.find(V=>V.includes(r)));N&&K(N)},se=()=>{if(!E||!b.current)return;let r=document.createElement("a");r.href=URL.createObjectURL(new Blob([ke(E,b.current,k,
p.current)],{type:"image/svg+xml"})),r.download=`${e.name}.svg`,r.click(),setTimeout(()=>URL.revokeObjectURL(r.href),1e4)},Z=r=>{if(r.ctrlKey||r.metaKey||r.altKey)
return;let h=He(e,o,i,r.key==="N");if(r.key==="+"||r.key==="=")A(1.3);else if(r.key==="-")A(1/1.3);else if(r.key==="0")A(1/(b.current?.scale??1));else if(r.key===
"f")j();else if(r.key==="h")P(!v);else if(r.key==="e"&&e.nodes.length>2e3)m();else if((r.key==="n"||r.key==="N")&&h)K(h);else if(r.key.startsWith("Arrow")){let y=Ue(
e,i,r.key);y&&K(y)}else return;r.preventDefault(),r.stopPropagation()},q=a?.graph.nodes.length??0;return d("div",{class:"graph",children:[d("div",{class:"graph-\
tools",children:[d("button",{onClick:()=>A(1.3),"aria-label":"Zoom in",children:"+"}),d("button",{onClick:()=>A(1/1.3),"aria-label":"Zoom out",children:"\u2212"}),
d("button",{onClick:j,children:"Fit"}),e.nodes.length>2e3&&d("button",{"aria-pressed":!f,onClick:m,children:f?`Open all ${Q(e.nodes.length)}`:"Group twins and c\
hains"}),e.nodes.length>Ae&&d("input",{class:"graph-find","data-filter":!0,"aria-label":"Find a task",placeholder:"find a task",onKeyDown:r=>{r.stopPropagation(),
r.key==="Enter"&&ae(r.currentTarget.value.trim())}}),o.size>0&&d("label",{children:[d("input",{type:"checkbox",checked:v,onChange:r=>P(r.currentTarget.checked)}),
" dim SUCCESS"]}),u,d("span",{class:"muted",children:[Q(e.nodes.length)," ",e.nodes.length===1?"task":"tasks",f&&a?` as ${Q(q)} ${q===1?"node":"nodes"}`:"",e.truncated?
", more are left out":""]}),d("button",{class:"small",onClick:se,children:"Save as SVG"})]}),d("div",{class:"graph-stage",ref:n,style:{height:w?`clamp(220px, ${Math.
round(w.height+90)}px, 52vh)`:void 0},onPointerDown:T,onPointerMove:I,onPointerUp:W,onKeyDown:Z,children:[d("canvas",{ref:p,tabIndex:0,role:"img","aria-label":`\
Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f shows all, 0 their own size, h dims what has succeeded.`}),U&&w&&d("div",{class:"\
graph-map","aria-hidden":"true",style:{width:`${ee}px`,height:`${pe(w)}px`},onPointerDown:r=>{r.stopPropagation();let h=r.currentTarget.getBoundingClientRect(),
y=w.width/ee;L((r.clientX-h.left)*y,(r.clientY-h.top)*y,b.current?.scale??1),M()},children:[d("canvas",{width:ee,height:pe(w)}),d("div",{ref:x})]})]}),!w&&d("p",
{class:"graph-wait muted",children:"Laying out\u2026"}),a&&D!==void 0&&z<0?d(Oe,{tasks:a.members[D]??[],graph:e,states:o,goTo:K,open:m}):d(Ve,{graph:e,states:o,
selected:i,goTo:K})]})}function Le(e,o,t){let c=new Map;for(let i of e){let s=t.get(o.nodes[i].name)?.state??"";c.set(s,(c.get(s)??0)+1)}return[...c].sort((i,s)=>ge.
indexOf(i[0])-ge.indexOf(s[0]))}var ge=["ERROR","PAUSED","RUNNING","DELAYED","WAITING","IDLE","CANCELLED","SKIPPED","SUCCESS",""],de=50;function Oe({tasks:e,graph:o,
states:t,goTo:c,open:i}){let s=n=>ge.indexOf(t.get(o.nodes[n].name)?.state??""),u=[...e].sort((n,p)=>s(n)-s(p)).slice(0,de);return d("div",{class:"navigator","a\
ria-live":"polite",children:[d("div",{children:[d("strong",{children:[Q(e.length)," tasks"]})," with the same neighbours, or one behind the other: ",Le(e,o,t).map(
([n,p])=>d("span",{class:"fact",children:[d("span",{class:`state-${n?_(n).colour:"idle"}`,children:n?`${_(n).sign} ${n}`:"\u25CB not run"})," ",Q(p)]}))," ",d("\
button",{class:"small",onClick:i,children:"Show each"})]}),d("ul",{class:"chips",children:u.map(n=>d("li",{children:d("button",{class:"small",onClick:()=>c(o.nodes[n].
name),children:o.nodes[n].name})}))}),e.length>de&&d("p",{class:"muted",children:["The first ",de,"; all of them are in the table of tasks."]})]})}function Ve({
graph:e,states:o,selected:t,goTo:c}){let i=e.nodes.findIndex(a=>a.name===t);if(i<0)return d("p",{class:"muted navigator",children:"Choose a task to see what lea\
ds to it and what follows."});let s=e.nodes[i],u=(a,f)=>a.map(m=>{let w=e.nodes[m[f]]?.name;return d("li",{children:[d("span",{class:"muted",children:[m.on," "]}),
w===void 0?Pe[m.to]:d("button",{onClick:()=>c(w),children:w}),m.condition&&d("code",{children:[" ",m.condition]})]})}),n=e.edges.filter(a=>a.to===i).slice(0,100),
p=e.edges.filter(a=>a.from===i).slice(0,100),x=[s.with_items&&"with-items",s.join&&`join ${s.join}`,s.concurrency&&`${s.concurrency} at a time`,...Object.keys(s.
policies).filter(a=>a!=="concurrency")].filter(Boolean).join(", ");return d("div",{class:"navigator","aria-live":"polite",children:[d("div",{children:[d("strong",
{children:s.name})," ",o.get(s.name)?.state??"not run"," \xB7 ",d("code",{children:s.calls}),x&&d("span",{class:"muted",children:[" \xB7 ",x]})]}),d("div",{class:"\
columns",children:[d("div",{children:[d("h3",{children:"Comes from"}),n.length?d("ul",{children:u(n,"from")}):d("p",{class:"muted",children:"The workflow's star\
t."})]}),d("div",{children:[d("h3",{children:"Leads to"}),p.length?d("ul",{children:u(p,"to")}):d("p",{class:"muted",children:"The workflow's end."})]})]})]})}function He(e,o,t,c){
let i=e.nodes.filter(u=>o.get(u.name)?.state==="ERROR").map(u=>u.name),s=t===void 0?-1:i.indexOf(t);if(i.length)return i[(s+(c?i.length-1:1)+(c&&s<0?1:0))%i.length]}
function Ue(e,o,t){let c=e.nodes.findIndex(s=>s.name===o);if(c<0)return e.nodes[0]?.name;let i=t==="ArrowRight"||t==="ArrowDown";if(t==="ArrowLeft"||t==="ArrowR\
ight"){let s=i?e.edges.find(u=>u.from===c&&u.to>=0):e.edges.find(u=>u.to===c);return s&&e.nodes[i?s.to:s.from].name}return e.nodes[(c+(i?1:e.nodes.length-1))%e.
nodes.length].name}function Ee(e,o){let t=Math.min(1,(o.width-40)/e.width,(o.height-40)/e.height);return{scale:t,x:(o.width-e.width*t)/2,y:(o.height-e.height*t)/
2}}function je(e,o,t,c){return c>Ae||e.scale>=me||o.width<o.height?e:{scale:me,x:12,y:(t.height-o.height*me)/2}}function Se(e,o,t,c){let i=Math.min(3,Math.max(.01,
e.scale*o));e.x=t-(t-e.x)*i/e.scale,e.y=c-(c-e.y)*i/e.scale,e.scale=i}function We(e,o,t,c,i){let[s,u]=[(c-t.x)/t.scale,(i-t.y)/t.scale];for(let n=0;n<o;n++)if(s>=
e.x[n]&&s<=e.x[n]+190&&u>=e.y[n]&&u<=e.y[n]+44)return n}var Be=.8,fe=.25,_e=.6,Ae=60,me=.4,Ke=400,Me=80,Te=1600,ee=150,pe=e=>Math.max(12,Math.min(150,Math.round(
ee*e.height/e.width))),ye=e=>e.getContext("2d",{alpha:!1});function Fe(e,o,t){let c=e.last?.picture??document.createElement("canvas");c.width=o.width,c.height=o.
height,ye(c).drawImage(o,0,0),e.last={picture:c,view:{...t}}}function Ye(e,o,t,c){let i=devicePixelRatio||1,s=ye(e);s.setTransform(i,0,0,i,0,0),s.imageSmoothingEnabled=
!1,s.fillStyle=getComputedStyle(e).getPropertyValue("--back").trim(),s.fillRect(0,0,o.width,o.height);for(let{picture:u,view:n}of c){let p=t.scale/n.scale;s.drawImage(
u,t.x-n.x*p,t.y-n.y*p,u.width/i*p,u.height/i*p)}e.dataset.moving=String(Number(e.dataset.moving??0)+1)}function ze(e,o,t,c){let i=ee/t.width,s=(p,x)=>Math.max(0,
Math.min(x,p)),[u,n]=[s(-o.x/o.scale*i,ee),s(-o.y/o.scale*i,150)];Object.assign(e.style,{left:`${u}px`,top:`${n}px`,width:`${s(c.width/o.scale*i,ee-u)}px`,height:`${s(
c.height/o.scale*i,pe(t)-n)}px`})}function Ce(e,o,t,c,i,s=e){let{graph:u,members:n,edges:p,layout:x,states:a,all:f}=o,m=devicePixelRatio||1,{width:w,height:b}=i;
e.width=w*m,e.height=b*m;let l=ye(e),F=getComputedStyle(s),$=g=>F.getPropertyValue(`--${g}`).trim(),[k,G,v]=[$("panel"),$("back"),$("ink")];l.setTransform(m,0,0,
m,0,0),l.fillStyle=G,l.fillRect(0,0,w,b),l.setTransform(m*t.scale,0,0,m*t.scale,m*t.x,m*t.y);let[P,D]=[-t.x/t.scale,-t.y/t.scale],[H,E]=[P+w/t.scale,D+b/t.scale],
z=g=>x.x[g]>H||x.x[g]+190<P||x.y[g]>E||x.y[g]+44<D,X=Math.max(1,1/t.scale),U=n.map(g=>g.some(M=>a.has(f.nodes[M].name))),Y=new Map;p.forEach((g,M)=>{let[S,C]=[x.
x[g.from]+190,x.y[g.from]+44/2],[T,I]=[x.x[g.to],x.y[g.to]+44/2];if(Math.max(S,T)<P||Math.min(S,T)>H||Math.max(C,I)<D||Math.min(C,I)>E)return;let W=`${g.on} ${U[g.
from]&&U[g.to]?1:0}`,L=Y.get(W);if(L||Y.set(W,L=new Path2D),L.moveTo(S,C),t.scale<fe)L.lineTo(T,I);else if(x.back[M])L.bezierCurveTo(S+60,C+70,T-60,I+70,T,I);else{
let A=Math.max(30,(T-S)/2);L.bezierCurveTo(S+A,C,T-A,I,T,I)}t.scale>=fe&&(L.moveTo(T-7,I-4),L.lineTo(T,I),L.lineTo(T-7,I+4))});for(let[g,M]of Y){let[S,C]=g.split(
" ");l.strokeStyle=$(S==="error"?"error":"muted"),l.globalAlpha=C==="1"?1:.45,l.lineWidth=C==="1"?X*1.6:X,l.setLineDash(S==="error"?[6,4]:S==="skip"?[2,3]:[]),l.
stroke(M)}l.globalAlpha=1,l.setLineDash([]),Xe(l,o,t,z,[$("muted"),G]);let re=new Map,te=g=>{let M=re.get(g);return M||re.set(g,M=$(g)),M};l.textBaseline="middl\
e";for(let g=0;g<u.nodes.length;g++){if(z(g))continue;let M=u.nodes[g],S=n[g].length>1,C=S?Le(n[g],f,a):[],T=S?void 0:a.get(M.name),I=S?C[0][0]?_(C[0][0]).colour:
"muted":T?_(T.state).colour:"muted",W=te(I),L=!S&&o.critical?.has(M.name),[A,j]=[x.x[g],x.y[g]];if(l.globalAlpha=o.hidesDone&&(T?.state==="SUCCESS"||S&&C[0][0]===
"SUCCESS")?.25:1,t.scale<fe){l.fillStyle=U[g]?W:k,l.fillRect(A,j,190,44),l.strokeStyle=g===c||L?v:W,l.lineWidth=g===c||L?4*X:X,l.strokeRect(A,j,190,44);continue}
S&&(l.beginPath(),l.roundRect(A+4,j+4,190,44,6),l.fillStyle=G,l.fill(),l.strokeStyle=W,l.lineWidth=1,l.stroke()),l.beginPath(),l.roundRect(A,j,190,44,6),l.fillStyle=
U[g]?k:G,l.fill(),l.strokeStyle=L?v:W,l.lineWidth=g===c?4:L?3:U[g]?2:1.2,l.setLineDash(U[g]?[]:[5,4]),l.stroke(),l.setLineDash([]);let K=S?C:T?.part!==void 0?[[
T.state,T.part],["",1-T.part]]:[],ae=K.reduce((q,[,r])=>q+r,0),se=A+6;for(let[q,r]of K){l.fillStyle=te(q?_(q).colour:"line");let h=178*r/ae;l.fillRect(se,j+44-6,
h,3.5),se+=h}let Z=t.scale>=_e;l.fillStyle=W,l.font="14px system-ui",l.fillText(S?"\u25A4":T?_(T.state).sign:"\u25CB",A+10,j+(Z?15:22)),l.fillStyle=v,l.font=Z?"\
600 13px system-ui":"600 16px system-ui",l.fillText(oe(M.name,Z?20:16),A+28,j+(Z?15:22)),Z&&(l.fillStyle=te("muted"),l.font="11px system-ui",l.fillText(oe(S?`${Q(
n[g].length)} tasks \xB7 ${M.calls}`:ue(T,M),28),A+10,j+(K.length?29:32)))}l.globalAlpha=1}function ue(e,o){return e?`${e.note}${e.runs>1?` \xD7${e.runs}`:""}`:
o.calls}function Xe(e,{edges:o,layout:t},c,i,[s,u]){if(!(c.scale<Be)){e.font="11px system-ui",e.textBaseline="middle";for(let n of o){if(!n.condition||i(n.from)&&
i(n.to))continue;let p=oe(n.condition,24),[x,a]=[(t.x[n.from]+190+t.x[n.to])/2,(t.y[n.from]+t.y[n.to]+44)/2],f=e.measureText(p).width;e.fillStyle=u,e.fillRect(x-
f/2-3,a-8,f+6,16),e.fillStyle=s,e.fillText(p,x-f/2,a)}}}var oe=(e,o)=>e.length>o?`${e.slice(0,o-1)}\u2026`:e;export{ct as a};
