import{a as xt,c as ct}from"./chunk-AEZBDFRI.js";import{b as vt}from"./chunk-HJB4XBRR.js";import{A as kt,B as S,C as F,E as I,F as Z,H as nt,I as wt,
K as t,L as U,M as X,N as _t,O as yt,P as L,Q as K,S as tt,T as st,U as ut,W as H,X as C,a as v,d as k,e as z,f as et,g as P,i as Y,j as D,k as it,l as A,n as bt,
t as rt,v as lt,z as B}from"./chunk-PMQNFGQB.js";var Gt={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"};function Ut(e){let[a,s]=k();return z(()=>{let o=e.edges.filter(n=>n.to>=0),r=new Worker(xt("layout.\
js"),{type:"module"});return r.onmessage=n=>{s({hash:e.spec_hash,layout:n.data}),r.terminate()},r.postMessage({count:e.nodes.length,from:Int32Array.from(o,n=>n.
from),to:Int32Array.from(o,n=>n.to)}),()=>r.terminate()},[e.spec_hash]),a?.hash===e.spec_hash?a.layout:void 0}function Rt({graph:e,states:a,selected:s,onSelect:o}){
let r=et(null),n=Ut(e),i=et(void 0),u=et(0),d=bt.use(),[f,m]=k({width:0,height:0}),w=P(()=>e.edges.filter(l=>l.to>=0),[e.spec_hash]);z(()=>{let l=r.current,b=new ResizeObserver(
()=>m({width:l.clientWidth,height:l.clientHeight}));return b.observe(l),()=>b.disconnect()},[]);let h=()=>{cancelAnimationFrame(u.current),u.current=requestAnimationFrame(
()=>{!r.current||!n||!f.width||(i.current??=Bt(n,f),qt(r.current,e,w,n,a,i.current,s),r.current.dataset.painted=String(e.nodes.length))})};z(h,[n,a,s,f,d]),z(()=>{
i.current=void 0},[e.spec_hash]),z(()=>{let l=r.current,b=x=>{i.current&&(x.preventDefault(),Tt(i.current,Math.exp(-x.deltaY/400),x.offsetX,x.offsetY),h())};return l.
addEventListener("wheel",b,{passive:!1}),()=>l.removeEventListener("wheel",b)});let p=et(void 0),c=l=>{p.current={x:l.offsetX,y:l.offsetY,moved:!1},r.current.setPointerCapture(
l.pointerId)},_=l=>{if(!p.current||!i.current)return;let[b,x]=[l.offsetX-p.current.x,l.offsetY-p.current.y];!p.current.moved&&Math.hypot(b,x)<4||(p.current={x:l.
offsetX,y:l.offsetY,moved:!0},i.current.x+=b,i.current.y+=x,h())},N=l=>{if(p.current&&!p.current.moved&&n&&i.current){let b=Ht(n,e.nodes.length,i.current,l.offsetX,
l.offsetY);o(b===void 0?void 0:e.nodes[b].name)}p.current=void 0},y=l=>{i.current&&Tt(i.current,l,f.width/2,f.height/2),h()},g=()=>{i.current=void 0,h()},R=l=>{
let b=e.nodes.findIndex(x=>x.name===l);if(n&&b>=0){let x=Math.max(i.current?.scale??1,.6);i.current={scale:x,x:f.width/2-(n.x[b]+190/2)*x,y:f.height/2-(n.y[b]+44/
2)*x}}o(l),h()},$=l=>{if(l.ctrlKey||l.metaKey||l.altKey)return;let b=Ft(e,a,s,l.key==="N");if(l.key==="+"||l.key==="=")y(1.3);else if(l.key==="-")y(1/1.3);else if(l.
key==="f")g();else if((l.key==="n"||l.key==="N")&&b)R(b);else if(l.key.startsWith("Arrow")){let x=Kt(e,s,l.key);x&&R(x)}else return;l.preventDefault(),l.stopPropagation()};
return t("div",{class:"graph",children:[t("div",{class:"graph-tools",children:[t("button",{onClick:()=>y(1.3),"aria-label":"Zoom in",children:"+"}),t("button",{
onClick:()=>y(1/1.3),"aria-label":"Zoom out",children:"\u2212"}),t("button",{onClick:g,children:"Fit"}),t("span",{class:"muted",children:[e.nodes.length.toLocaleString(
"en")," tasks",e.truncated?", more are left out":""]})]}),t("canvas",{ref:r,tabIndex:0,role:"img","aria-label":`Graph of ${e.name}. Arrow keys go along its edge\
s, n to the next failed task, f shows all.`,onPointerDown:c,onPointerMove:_,onPointerUp:N,onKeyDown:$}),!n&&t("p",{class:"graph-wait muted",children:"Laying out\
\u2026"}),t(Wt,{graph:e,states:a,selected:s,goTo:R})]})}function Wt({graph:e,states:a,selected:s,goTo:o}){let r=e.nodes.findIndex(m=>m.name===s);if(r<0)return t(
"p",{class:"muted navigator",children:"Choose a task to see what leads to it and what follows."});let n=e.nodes[r],i=(m,w)=>m.map(h=>{let p=e.nodes[h[w]]?.name;
return t("li",{children:[t("span",{class:"muted",children:[h.on," "]}),p===void 0?Gt[h.to]:t("button",{onClick:()=>o(p),children:p}),h.condition&&t("code",{children:[
" ",h.condition]})]})}),u=e.edges.filter(m=>m.to===r).slice(0,100),d=e.edges.filter(m=>m.from===r).slice(0,100),f=[n.with_items&&"with-items",n.join&&`join ${n.
join}`,...n.policies].filter(Boolean).join(", ");return t("div",{class:"navigator","aria-live":"polite",children:[t("div",{children:[t("strong",{children:n.name}),
" ",a.get(n.name)?.state??"not run"," \xB7 ",t("code",{children:n.calls}),f&&t("span",{class:"muted",children:[" \xB7 ",f]})]}),t("div",{class:"columns",children:[
t("div",{children:[t("h3",{children:"Comes from"}),u.length?t("ul",{children:i(u,"from")}):t("p",{class:"muted",children:"The workflow's start."})]}),t("div",{children:[
t("h3",{children:"Leads to"}),d.length?t("ul",{children:i(d,"to")}):t("p",{class:"muted",children:"The workflow's end."})]})]})]})}function Ft(e,a,s,o){let r=e.
nodes.filter(i=>a.get(i.name)?.state==="ERROR").map(i=>i.name),n=s===void 0?-1:r.indexOf(s);if(r.length)return r[(n+(o?r.length-1:1)+(o&&n<0?1:0))%r.length]}function Kt(e,a,s){
let o=e.nodes.findIndex(n=>n.name===a);if(o<0)return e.nodes[0]?.name;let r=s==="ArrowRight"||s==="ArrowDown";if(s==="ArrowLeft"||s==="ArrowRight"){let n=r?e.edges.
find(i=>i.from===o&&i.to>=0):e.edges.find(i=>i.to===o);return n&&e.nodes[r?n.to:n.from].name}return e.nodes[(o+(r?1:e.nodes.length-1))%e.nodes.length].name}function Bt(e,a){
let s=Math.min(1,(a.width-40)/e.width,(a.height-40)/e.height);return{scale:s,x:(a.width-e.width*s)/2,y:(a.height-e.height*s)/2}}function Tt(e,a,s,o){let r=Math.
min(3,Math.max(.01,e.scale*a));e.x=s-(s-e.x)*r/e.scale,e.y=o-(o-e.y)*r/e.scale,e.scale=r}function Ht(e,a,s,o,r){let[n,i]=[(o-s.x)/s.scale,(r-s.y)/s.scale];for(let u=0;u<
a;u++)if(n>=e.x[u]&&n<=e.x[u]+190&&i>=e.y[u]&&i<=e.y[u]+44)return u}var dt=.25,jt=.6;function qt(e,a,s,o,r,n,i){let u=devicePixelRatio||1,[d,f]=[e.clientWidth,e.
clientHeight];e.width=d*u,e.height=f*u;let m=e.getContext("2d"),w=getComputedStyle(e),h=E=>w.getPropertyValue(`--${E}`).trim();m.setTransform(u*n.scale,0,0,u*n.
scale,u*n.x,u*n.y);let[p,c]=[-n.x/n.scale,-n.y/n.scale],[_,N]=[p+d/n.scale,c+f/n.scale],y=E=>o.x[E]>_||o.x[E]+190<p||o.y[E]>N||o.y[E]+44<c,g=Math.max(1,1/n.scale),
R=new Map;s.forEach((E,W)=>{let[T,V]=[o.x[E.from]+190,o.y[E.from]+44/2],[O,M]=[o.x[E.to],o.y[E.to]+44/2];if(Math.max(T,O)<p||Math.min(T,O)>_||Math.max(V,M)<c||Math.
min(V,M)>N)return;let j=r.has(a.nodes[E.from].name)&&r.has(a.nodes[E.to].name),q=`${E.on} ${j?1:0}`,G=R.get(q);if(G||R.set(q,G=new Path2D),G.moveTo(T,V),n.scale<
dt)G.lineTo(O,M);else if(o.back[W])G.bezierCurveTo(T+60,V+70,O-60,M+70,O,M);else{let gt=Math.max(30,(O-T)/2);G.bezierCurveTo(T+gt,V,O-gt,M,O,M)}n.scale>=dt&&(G.
moveTo(O-7,M-4),G.lineTo(O,M),G.lineTo(O-7,M+4))});for(let[E,W]of R){let[T,V]=E.split(" ");m.strokeStyle=h(T==="error"?"error":"muted"),m.globalAlpha=V==="1"?1:
.45,m.lineWidth=V==="1"?g*1.6:g,m.setLineDash(T==="error"?[6,4]:T==="skip"?[2,3]:[]),m.stroke(W)}m.globalAlpha=1,m.setLineDash([]);let[$,l,b]=[h("panel"),h("bac\
k"),h("ink")],x=new Map;m.textBaseline="middle";for(let E=0;E<a.nodes.length;E++){if(y(E))continue;let W=a.nodes[E],T=r.get(W.name),V=T?Z(T.state).colour:"muted",
O=x.get(V);O||x.set(V,O=h(V));let[M,j]=[o.x[E],o.y[E]];if(n.scale<dt){m.fillStyle=T?O:$,m.fillRect(M,j,190,44),m.strokeStyle=W.name===i?b:O,m.lineWidth=W.name===
i?4*g:g,m.strokeRect(M,j,190,44);continue}m.beginPath(),m.roundRect(M,j,190,44,6),m.fillStyle=T?$:l,m.fill(),m.strokeStyle=O,m.lineWidth=W.name===i?4:T?2:1.2,m.
setLineDash(T?[]:[5,4]),m.stroke(),m.setLineDash([]);let q=n.scale>=jt;if(m.fillStyle=O,m.font="14px system-ui",m.fillText(T?Z(T.state).sign:"\u25CB",M+10,j+(q?
15:22)),m.fillStyle=b,m.font=q?"600 13px system-ui":"600 16px system-ui",m.fillText(St(W.name,q?20:16),M+28,j+(q?15:22)),!q)continue;m.fillStyle=h("muted"),m.font=
"11px system-ui";let G=T&&T.runs>1?` \xD7${T.runs}`:"";m.fillText(St(T?`${T.note}${G}`:W.calls,28),M+10,j+32)}}var St=(e,a)=>e.length>a?`${e.slice(0,a-1)}\u2026`:
e;var mt=26,zt=22;function Et({timeline:e,rows:a,task:s}){let[o,r]=k("begun"),[n,i]=k(!1),[u,d]=k(1),[f,m]=k(0),w=e.now_us-e.execution.created_us,h=g=>g.finished_us??
w,p=P(()=>Math.max(1,...Yt(a.map(h))),[a,w]),c=P(()=>Xt(a),[a]),_=P(()=>{let g=a.filter(R=>!n||R.state!=="SUCCESS");return o==="took"&&g.sort((R,$)=>h($)-ft($)-
(h(R)-ft(R))),o==="failed"&&g.sort((R,$)=>+($.state==="ERROR")-+(R.state==="ERROR")||R.created_us-$.created_us),g},[a,o,n]);if(!a.length)return t(K,{children:t(
"p",{children:"No task has been made yet."})});let N=Math.max(0,Math.floor(f/mt)-4),y=g=>`${g/p*100}%`;return t("div",{class:"timeline",children:[t("div",{class:"\
filters",children:[t("label",{children:["Order ",t("select",{value:o,onChange:g=>r(g.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),
t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"failed first"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:n,
onChange:g=>i(g.currentTarget.checked)})," hide SUCCESS"]}),t("button",{onClick:()=>d(Math.min(64,u*2)),"aria-label":"Stretch the time",children:"+"}),t("button",
{onClick:()=>d(Math.max(1,u/2)),"aria-label":"Squeeze the time",children:"\u2212"}),t("span",{class:"muted",children:[I(p)," in all \xB7 outlined: the critical pat\
h, ",c.size," tasks"]})]}),t("div",{class:"window",tabIndex:0,"aria-label":"Time line",onScroll:g=>m(g.currentTarget.scrollTop),children:t("div",{class:"bars",style:{
height:`${_.length*mt}px`,width:`${u*100}%`},children:_.slice(N,N+zt+8).map((g,R)=>{let[$,l]=[ft(g),h(g)],b=`${g.name}, ${g.state}: waited ${I($-g.created_us)},\
 ran ${I(l-$)}`;return t("button",{class:`bar-row${g.name===s?" chosen":""}`,style:{top:`${(N+R)*mt}px`},title:b,"aria-label":b,onClick:()=>A({task:g.name,run:g.
id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${Z(g.state).colour}`,"aria-hidden":"true",children:Z(g.state).sign})," ",g.name]}),t(
"span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:y(g.created_us),width:y($-g.created_us)}}),t("span",{class:`bar bar-${Z(g.state).colour}${c.
has(g.id)?" critical":""}`,style:{left:y($),width:y(l-$)}})]})]},g.id)})})})]})}var ft=e=>e.started_us??e.created_us;function Yt(e){let a=[];for(let s=0;s<e.length;s+=
1e4)a.push(Math.max(...e.slice(s,s+1e4)));return a}function Xt(e){let a=new Map(e.map(n=>[n.id,n])),s=n=>n.finished_us??1/0,o;for(let n of e)(!o||s(n)>=s(o))&&(o=
n);let r=new Set;for(;o&&!r.has(o.id);)r.add(o.id),o=o.by?a.get(o.by):void 0;return r}var pt=34,Jt=16,ht=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function Ct({rows:e,truncated:a,only:s,again:o}){let{query:r}=Y(),[n,i]=k(""),[u,d]=k("b\
egun"),[f,m]=k(0),w=r.get("state")??"",h=r.get("task")??void 0,p=r.get("run")??void 0,c=P(()=>{let l=e.filter(b=>(!n||b.name.includes(n))&&(!w||b.state===w));return u===
"took"&&l.sort((b,x)=>ht(x)-ht(b)||b.created_us-x.created_us),u==="name"&&l.sort((b,x)=>b.name.localeCompare(x.name)),u==="state"&&l.sort((b,x)=>b.state.localeCompare(
x.state)),l},[e,n,w,u]),_=e.filter(l=>l.name===h),N=_.find(l=>l.id===p)??_[_.length-1],y=N&&t(Zt,{row:N,runs:_,again:o},N.id);if(s!==void 0)return y??t("p",{class:"\
muted",children:[s," has not run."]});let g=[...new Set(e.map(l=>l.state))],R=Math.max(0,Math.floor(f/pt)-4),$=c.slice(R,R+Jt+8);return t(v,{children:[t("div",{
class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:n,onInput:l=>i(l.currentTarget.value)})]}),t("label",{children:[
"State ",t("select",{value:w,onChange:l=>A({state:l.currentTarget.value}),children:[t("option",{value:"",children:"all"}),g.map(l=>t("option",{children:l}))]})]}),
t("label",{children:["Order ",t("select",{value:u,onChange:l=>d(l.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"\
took",children:"longest first"}),t("option",{value:"name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[
c.length.toLocaleString("en")," of ",e.length.toLocaleString("en"),a?"; the run has more, which are left out":""]})]}),c.length===0&&t(K,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),c.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:l=>m(l.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":c.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${R*pt}px`}}),$.map((l,b)=>t(
"tr",{class:l.name===h?"chosen":void 0,"aria-rowindex":R+b+1,children:[t("td",{children:t(U,{state:l.state})}),t("td",{children:t("button",{class:"link",onClick:()=>A(
{task:l.name,run:l.id}),children:l.name})}),t("td",{children:I(l.started_us??l.created_us).replace(/^\d/,"+$&")}),t("td",{children:l.finished_us===null?"\u2013":
I(ht(l))}),t("td",{children:[l.attempts,l.items!==null&&` \xB7 ${l.items} items`]})]},l.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,c.length-R-
$.length)*pt}px`}})]})]})}),y]})}function Zt({row:e,runs:a,again:s}){let[o,r]=k(),n=`/v2/tasks/${S(e.id)}`,i=C(`${n}?fields=id,name,state,state_info,result,publ\
ished,type,created_at`,e.finished_us===null?3e3:0),u=async()=>{await B(n,{method:"PUT",json:o==="RUNNING"?{state:"RUNNING",reset:!0}:{state:"SKIPPED"}}),s(),i.again()};
return t("section",{class:"panel","aria-label":`Task ${e.name}`,children:[t("div",{class:"title",children:[t("h2",{children:e.name})," ",t(U,{state:e.state}),e.
state==="ERROR"&&t(v,{children:[t("button",{onClick:()=>r("RUNNING"),children:"Run it again\u2026"}),t("button",{onClick:()=>r("SKIPPED"),children:"Skip it\u2026"})]}),
t("button",{onClick:()=>A({task:void 0,run:void 0}),children:"Close"})]}),a.length>1&&t("p",{class:"facts",children:["Runs: ",a.slice(-20).map((d,f)=>t(v,{children:[
t("button",{class:"small","aria-pressed":d.id===e.id,onClick:()=>A({run:d.id}),children:[f+1+Math.max(0,a.length-20)," ",t(U,{state:d.state})]})," "]}))]}),t(L,
{of:i,children:d=>t(v,{children:[d.state_info&&t("pre",{class:"info",children:d.state_info}),t("div",{class:"columns",children:[t(H,{title:"Result",value:d.result}),
t(H,{title:"Published",value:d.published})]}),d.type==="WORKFLOW"?t(te,{path:n}):t(Qt,{path:n})]})}),o&&t(tt,{title:o==="RUNNING"?`Run ${e.name} again?`:`Skip ${e.
name}?`,label:o==="RUNNING"?"Run it again":"Skip it",act:u,close:()=>r(void 0),children:t("p",{children:o==="RUNNING"?"The run goes on from here, with all items\
 of the task.":"The run goes on with what follows when it is skipped."})})]})}var ot=50;function Qt({path:e}){let a=C(`${e}/action_executions?limit=${ot}&includ\
e_output=true`);return t(L,{of:a,children:s=>t(v,{children:[t("h3",{children:"Actions"}),s.action_executions.map(o=>t("details",{class:"call",children:[t("summa\
ry",{children:[t(U,{state:o.state})," ",o.name," ",t(X,{time:F(o.created_at)})," ",t("code",{children:o.id})]}),o.state_info&&t("pre",{class:"info",children:o.state_info}),
t("div",{class:"columns",children:[t(H,{title:"Input",value:o.input}),t(H,{title:"Output",value:o.output})]})]},o.id)),s.next&&t("p",{class:"muted",children:["O\
nly the first ",ot," are shown."]}),!s.action_executions.length&&t("p",{class:"muted",children:"No action has been called."})]})})}function te({path:e}){let a=C(
`${e}/workflow_executions?limit=${ot}`);return t(L,{of:a,children:s=>t(v,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:s.executions.map(o=>t("l\
i",{children:[t(U,{state:o.state})," ",t("a",{href:D(`/executions/${S(o.id)}`),children:o.workflow_name})," ",t("code",{children:o.id})]},o.id))}),s.next&&t("p",
{class:"muted",children:["Only the first ",ot," are shown."]})]})})}function $t({rows:e}){let{query:a}=Y(),[s,o]=k("<% $ %>"),[r,n]=k(),[i,u]=k(),d=e.find(c=>c.id===a.get("run"))??e.find(c=>c.name===a.get("task"))??e[e.length-1],
f=C(d&&`/v2/tasks/${S(d.id)}/context`),m=C("/v2/expressions/functions");if(!d)return t(K,{children:t("p",{children:"No task has been made yet, so there are no d\
ata to try expressions on."})});let w=async c=>{c.preventDefault(),u(void 0);try{n(await B("/v2/expressions",{method:"POST",json:{expression:s,task_execution_id:d.
id}}))}catch(_){u(_)}},h=/([A-Za-z_]\w*)\W*$/.exec(s.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),p=h?m.data?.functions.filter(c=>c.name.toLowerCase().startsWith(
h)).slice(0,8)??[]:[];return t("div",{class:"columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:w,onKeyDown:c=>{c.key==="Enter"&&(c.metaKey||
c.ctrlKey)&&w(c)},children:[t("label",{class:"block",children:["What the task saw ",t("select",{value:d.id,onChange:c=>{let _=e.find(N=>N.id===c.currentTarget.value);
A({run:_?.id,task:_?.name},!0)},children:e.slice(-500).map(c=>t("option",{value:c.id,children:[c.name," (",c.state,")"]}))})]}),t("label",{class:"block",children:[
"Expression, YAQL or Jinja2",t("textarea",{class:"code",rows:3,spellcheck:!1,value:s,onInput:c=>o(c.currentTarget.value)})]}),t("div",{class:"buttons",children:t(
"button",{class:"primary",children:"Evaluate (Ctrl Enter)"})})]}),i&&t(yt,{error:i}),r?.error!==void 0&&t("pre",{class:"info state-error",role:"status",children:r.
error}),r&&r.error===void 0&&t("div",{role:"status",children:[t("p",{class:"muted",children:["after ",I(r.took_us)]}),t(ut,{value:r.result})]}),p.length>0&&t("d\
l",{class:"functions",children:p.map(c=>t(v,{children:[t("dt",{children:t("code",{children:c.signature})}),t("dd",{class:"muted",children:c.text})]}))})]}),t("s\
ection",{class:"data",children:[t("h3",{children:"$"}),t(L,{of:f,children:c=>t(ut,{value:c.context})})]})]})}function Lt({base:e,state:a,workflow:s}){let o=C(`${e}/errors`);return t(L,{of:o,children:r=>r.groups.length?t(v,{children:[r.groups.map(n=>t("section",{class:"\
panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",wt(n.count)]})," ",t(X,{time:n.first_us/1e3}),n.count>1&&t(v,{children:[" \
to ",t(X,{time:n.last_us/1e3})]})," ",t(st,{text:n.message})]}),t("pre",{class:"info",children:n.message}),t("p",{children:n.path.map((i,u)=>t(v,{children:[u>0&&
" \u25B8 ",t("a",{href:D(`/executions/${S(i.execution_id)}?view=tasks&task=${S(i.task_name)}&run=${i.task_id}`),children:[i.workflow_name," \xB7 ",i.task_name]})]}))}),
t("p",{children:t("a",{href:D(`/executions${kt({state:"ERROR",workflow_name:s,state_info:`has:${n.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),r.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(K,{children:t(
"p",{children:a==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function Ot(e,a){return e.filter(s=>s.created_us<=a).map(s=>{if(s.finished_us!==null&&s.finished_us<=a)return s;let o=s.started_us!==null&&s.started_us<=a;return{
...s,finished_us:null,state:o?"RUNNING":s.started_us===null?s.state:"WAITING"}})}var ee=[1,10,100,1e3];function Nt({rows:e,end:a,isOpen:s}){let{query:o}=Y(),r=o.
get("at"),n=r===null?void 0:Number(r),[i,u]=k(0),d=P(()=>{let p=new Set;for(let c of e)for(let _ of[c.created_us,c.started_us,c.finished_us])_!==null&&p.add(_);
return[...p].sort((c,_)=>c-_)},[e]),f=Math.max(d[d.length-1]??0,s?a:0,1),m=p=>A({at:p===void 0?void 0:String(Math.round(p))},!0),w=p=>{let c=n??f;m(p?[...d].reverse().
find(_=>_<c)??0:d.find(_=>_>c))};if(z(()=>{if(!i)return;let p=n??0,c=setInterval(()=>{if(p+=5e4*i,p>=f)return u(0),m(void 0);m(p)},50);return()=>clearInterval(c)},
[i]),!d.length)return null;let h=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at a m\
oment",children:[t("button",{class:"small",onClick:()=>w(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:f,step:1,value:n??
f,"aria-label":"Moment","aria-valuetext":n===void 0?"now":I(n),onInput:p=>{let c=Number(p.currentTarget.value);m(c>=f?void 0:c)},onKeyDown:p=>{(p.key==="ArrowLe\
ft"||p.key==="ArrowRight")&&(w(p.key==="ArrowLeft"),p.preventDefault())}}),t("button",{class:"small",onClick:()=>w(!1),"aria-label":"Event after",children:"\u25B6"}),
!h&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(i),onChange:p=>u(Number(p.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),ee.map(p=>t("option",{value:String(p),children:["\xD7 ",p]}))]})]}),t("span",{class:"muted",children:n===void 0?s?"now":"at i\
ts end":t(v,{children:[t("strong",{children:["at ",I(n)]})," of ",I(f)," ",t("button",{class:"small",onClick:()=>m(void 0),children:["back to ",s?"now":"the end"]})]})}),
n!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var at=100;function Mt({id:e}){return t("ul",{class:"tree",children:t(It,{id:e,depth:0})})}function It({id:e,depth:a}){let s=C(`/v2/executions/${S(e)}/tasks?fie\
lds=id,name,state,type&limit=1000`,1e4);return t(L,{of:s,children:o=>{let r=o.tasks.filter(n=>n.type==="WORKFLOW");return r.length?t(v,{children:[r.slice(0,at).
map(n=>t(ne,{task:n,depth:a})),(r.length>at||o.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):a?t("li",{class:"muted",children:"\
nothing below"}):t(K,{children:t("p",{children:"This run has started no other workflows."})})}})}function ne({task:e,depth:a}){let[s,o]=k(a===0),r=C(s?`/v2/task\
s/${S(e.id)}/workflow_executions?limit=${at}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":s,onClick:()=>o(!s),children:[s?
"\u25BE":"\u25B8"," ",t(U,{state:e.state})," ",e.name]}),s&&t("ul",{children:t(L,{of:r,children:n=>t(v,{children:[n.executions.map(i=>t(se,{child:i,depth:a})),n.
next&&t("li",{class:"muted",children:["Only the first ",at," are shown."]})]})})})]})}function se({child:e,depth:a}){let[s,o]=k(!1),[r,n]=[F(e.created_at),F(e.updated_at)];
return t("li",{children:[t("button",{class:"json-fold","aria-expanded":s,"aria-label":`Open ${e.id}`,onClick:()=>o(!s),children:s?"\u25BE":"\u25B8"})," ",t(U,{state:e.
state})," ",t("a",{href:D(`/executions/${S(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:r!==void 0&&n!==void 0?I((n-r)*1e3):""}),s&&
t("ul",{children:t(It,{id:e.id,depth:a+1})})]})}var At=10;function Pt({base:e,isOpen:a,isLive:s,select:o}){let r=C(`${e}/why`,a?s?5e3:3e3:0),n=a?"Why it has not finished":"Why it failed",[i,u]=k();return t(L,
{of:r,children:d=>t("section",{class:"why","aria-label":n,children:[t("h2",{children:n}),t("p",{children:d.summary}),t("ul",{children:d.reasons.slice(0,At).map(
f=>t("li",{children:[f.message,f.fire_at&&t(v,{children:[" (",t(_t,{time:F(f.fire_at)}),")"]})," ",f.task_name&&t("button",{class:"small",onClick:()=>o(f.task_name),
children:["Look at ",f.task_name]})," ",f.kind==="action_waiting_for_completion"&&f.action_execution_id&&t("button",{class:"small",onClick:()=>u(f),children:"Co\
mplete\u2026"}),f.execution_id&&t("a",{class:"button small",href:D(`/executions/${S(f.execution_id)}`),children:["Open ",f.workflow_name??"it"]}),f.kind==="acti\
on_queued"&&t("a",{class:"button small",href:D("/cluster"),children:"Look at the executors"})]},`${f.kind} ${f.action_execution_id} ${f.task_name}`))}),(d.reasons.
length>At||d.truncated)&&t("p",{class:"muted",children:"There are more reasons."}),i&&t(oe,{reason:i,close:()=>u(void 0),again:r.again})]})})}function oe({reason:e,
close:a,again:s}){let[o,r]=k("SUCCESS"),[n,i]=k("null"),u=async()=>{let d={state:o,output:JSON.parse(n)};await B(`/v2/action_executions/${S(e.action_execution_id)}`,
{method:"PUT",json:d}),s()};return t(tt,{title:`Complete the action of ${e.task_name}`,label:"Complete",act:u,close:a,children:[t("label",{children:["State ",t(
"select",{value:o,onChange:d=>r(d.currentTarget.value),children:[t("option",{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",
children:["Result, JSON",t("textarea",{rows:5,value:n,onInput:d=>i(d.currentTarget.value)})]})]})}var ae=[["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],ie=["graph","time",
"tasks"],Dt=2e4,Vt=2e3;function re(e,a){if(a.event!=="tasks")return e;let s=u=>e.columns.indexOf(u),o=u=>a.data.columns.indexOf(u),r=e.execution.created_us,n=[...e.
rows],i=new Map(n.map((u,d)=>[u[s("id")],d]));for(let u of a.data.rows){let d=e.columns.map(m=>{let w=u[o(m)];return m.endsWith("_us")&&typeof w=="number"?w-r:w}),
f=i.get(d[s("id")]);f===void 0?n.push(d):n[f]=d}return{...e,rows:n}}function Dn({id:e}){let a=`/v2/executions/${S(e)}`,[s,o]=k(!1),r=ct(rt.get()?void 0:`executi\
on:${e}`,d=>{(d.event==="execution"||d.event==="gap")&&n.again()}),n=C(a,r||s?Dt:Vt),i=n.data?.state,u=i!==void 0&&nt(i);return u!==s&&o(u),t(L,{of:n,children:d=>t(
le,{execution:d,base:a,again:n.again,isLive:r,id:e})})}function le({execution:e,base:a,again:s,isLive:o,id:r}){let{query:n}=Y(),i=n.get("view")??"graph",u=n.get(
"task")??void 0,d=n.get("at"),f=!nt(e.state),m=rt.use()!==void 0,w=ie.includes(i);ct(w&&!m?`execution:${r}`:void 0,y=>{y.event==="gap"?h.again():d===null&&h.patch(
g=>re(g,y))});let h=C(w||i==="bench"?`${a}/timeline`:void 0,o||!f?Dt:Vt),p=P(()=>h.data?ue(h.data):[],[h.data]),c=d===null?void 0:Number(d),_=P(()=>c===void 0?p:
Ot(p,c),[p,c]),N=e.root_execution_id;return t(v,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(U,{state:e.state}),t("code",
{children:e.id})," ",t(st,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(X,{time:F(e.created_at)}),f?"":t(v,{children:[" \xB7 ended ",
t(X,{time:F(e.updated_at)})]}),e.description&&t(v,{children:[" \xB7 ",e.description]}),N&&t(v,{children:[" \xB7 part of ",t("a",{href:D(`/executions/${S(N)}`),children:"\
the run that started it"})]})," \xB7 ",t("a",{href:D(`/workflows/${S(e.workflow_id)}`),children:"definition"})," \xB7 ",t("a",{href:D(`/executions?workflow_name\
=${S(e.workflow_name)}`),children:"other runs"})]}),!m&&t(me,{execution:e,base:a,again:s}),e.state_info&&t("div",{class:`info state-${e.state==="ERROR"?"error":
"idle"}`,children:t("pre",{children:e.state_info})}),(f||e.state==="ERROR")&&t(Pt,{isOpen:f,isLive:o,base:a,select:y=>A({task:y})}),t("div",{class:"tabs",role:"\
tablist",children:ae.map(([y,g])=>t("button",{role:"tab","aria-selected":i===y,onClick:()=>A({view:y}),children:g}))}),w&&t(Nt,{rows:p,end:h.data?Math.max(h.data.
now_us-h.data.execution.created_us,0):0,isOpen:f}),i==="data"&&t(de,{execution:e}),i==="errors"&&t(Lt,{base:a,state:e.state,workflow:e.workflow_name}),i==="tree"&&
t(Mt,{id:e.id}),i==="bench"&&t($t,{rows:p}),i==="graph"&&t(ce,{base:a,rows:_,task:u}),i==="time"&&t(L,{of:h,children:y=>t(Et,{timeline:y,rows:_,task:u})}),(i===
"tasks"||u&&w)&&t(L,{of:h,children:y=>t(Ct,{rows:_,truncated:y.truncated,only:i==="tasks"?void 0:u,again:()=>{s(),h.again()}})})]})}function ue(e){return e.rows.
map(a=>Object.fromEntries(e.columns.map((s,o)=>[s,a[o]])))}function ce({base:e,rows:a,task:s}){let o=C(`${e}/graph`),r=P(()=>{let n=new Map;for(let i of a){let u=i.
finished_us??void 0,d=u!==void 0?I(u-(i.started_us??i.created_us)):i.state.toLowerCase(),f=i.items!==null?` \xB7 ${i.items} items`:"",m=`${d}${i.attempts>1?` \xB7 \
attempt ${i.attempts}`:""}${f}`;n.set(i.name,{state:i.state,runs:(n.get(i.name)?.runs??0)+1,note:m})}return n},[a]);return t(L,{of:o,children:n=>t(Rt,{graph:n,states:r,
selected:s,onSelect:i=>A({task:i})})})}function de({execution:e}){let a=C(`/v2/executions/${S(e.id)}`);return t(L,{of:a,children:s=>t("div",{class:"columns",children:[
t(H,{title:"Input",value:s.input}),t(H,{title:"Output",value:s.output}),t(H,{title:"Parameters",value:s.params})]})})}function me({execution:e,base:a,again:s}){
let[o,r]=k(),[n,i]=k(!1),{state:u}=e,d=async c=>{c.state?await B(a,{method:"PUT",json:{state:c.state}}):(await B(`${a}${nt(u)?"":"?force=true"}`,{method:"DELETE"}),
it("/executions")),s()},f={title:"Pause this run?",text:"Actions that are running go on to their end; nothing new begins.",label:"Pause",state:"PAUSED"},m={title:"\
Resume this run?",text:"It goes on where it was stopped; failed tasks run again.",label:"Resume",state:"RUNNING"},w={title:"Cancel this run?",text:"It ends as C\
ANCELLED, with everything that it has started.",label:"Cancel the run",state:"CANCELLED"},h={title:"Delete this run?",text:"It and everything below it are gone \
for good.",label:"Delete"},p=[u==="RUNNING"&&f,["PAUSED","ERROR"].includes(u)&&m,!nt(u)&&w].filter(Boolean);return t("div",{class:"buttons",children:[p.map(c=>t(
"button",{onClick:()=>r(c),children:[c.label,"\u2026"]})),t("button",{onClick:()=>i(!0),children:"Run again\u2026"}),t(fe,{execution:e}),t(pe,{base:a,id:e.id}),
t("button",{onClick:()=>r(h),children:"Delete\u2026"}),o&&t(tt,{title:o.title,label:o.label,act:()=>d(o),close:()=>r(void 0),children:t("p",{children:o.text})}),
n&&t(vt,{workflow:e.workflow_id,name:e.workflow_name,input:e.input,close:()=>i(!1)})]})}function fe({execution:e}){let[a,s]=k(!1),o=S(e.workflow_name),r=C(a?`/v\
2/executions?workflow_name=${o}&limit=12&sort_keys=created_at&sort_dirs=desc&fields=id,state,created_at,workflow_name`:void 0),n=(r.data?.executions??[]).filter(
u=>u.id!==e.id),i=n.find(u=>u.state==="SUCCESS");return t("label",{children:[t("span",{class:"hidden",children:"Compare with"}),t("select",{value:"",onFocus:()=>s(
!0),onPointerDown:()=>s(!0),onChange:u=>it(`/compare?a=${S(u.currentTarget.value)}&b=${S(e.id)}`),children:[t("option",{value:"",children:"Compare with\u2026"}),
i&&t("option",{value:i.id,children:"the last success"}),n.map(u=>t("option",{value:u.id,children:[u.state," ",u.created_at]})),a&&r.data&&!n.length&&t("option",
{disabled:!0,children:"no other run of this workflow"})]})]})}function pe({base:e,id:a}){let[s,o]=k(!1);return t("button",{disabled:s,onClick:async()=>{o(!0);try{
let n=await fetch(`${e}/snapshot`,{headers:lt.get()?{"X-Auth-Token":lt.get()}:{}});if(!n.ok)throw new Error((await n.json()).faultstring);let i=document.createElement(
"a");i.href=URL.createObjectURL(await n.blob()),i.download=`execution-${a}.ndjson`,i.click(),setTimeout(()=>URL.revokeObjectURL(i.href),1e4)}catch(n){alert(String(
n))}o(!1)},children:s?"Saving\u2026":"Save as file"})}export{Rt as a,Dn as b,ue as c};
