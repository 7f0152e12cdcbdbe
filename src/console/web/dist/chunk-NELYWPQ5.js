import{a as $t,c as gt}from"./chunk-D5DVDBC2.js";import{b as Lt}from"./chunk-5CBG6RDL.js";import{c as tt}from"./chunk-XIATNDBY.js";import{A as St,
B as v,C as K,E as P,F as st,H as it,I as Rt,K as t,L as D,M as Q,N as Et,O as Ct,P as O,Q as Y,R as j,T as at,U as lt,V as ht,X as z,Y as $,a as S,d as _,e as B,
f as nt,g as W,i as Z,j as A,k as mt,l as V,n as Tt,t as ft,v as pt,z as q}from"./chunk-RFULRQ6X.js";var Xt={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"};function Jt(e){let[a,o]=_();return B(()=>{let s=e.edges.filter(n=>n.to>=0),r=new Worker($t("layout.\
js"),{type:"module"});return r.onmessage=n=>{o({hash:e.spec_hash,layout:n.data}),r.terminate()},r.postMessage({count:e.nodes.length,from:Int32Array.from(s,n=>n.
from),to:Int32Array.from(s,n=>n.to)}),()=>r.terminate()},[e.spec_hash]),a?.hash===e.spec_hash?a.layout:void 0}function Dt({graph:e,states:a,selected:o,onSelect:s}){
let r=nt(null),n=Jt(e),i=nt(void 0),l=nt(0),m=Tt.use(),[d,x]=_({width:0,height:0}),g=W(()=>e.edges.filter(f=>f.to>=0),[e.spec_hash]);B(()=>{let f=r.current,y=new ResizeObserver(
()=>x({width:f.clientWidth,height:f.clientHeight}));return y.observe(f),()=>y.disconnect()},[]);let u=nt({}),p=nt(0),c=f=>{Pt(f,e,g,n,a,i.current,o,d),f.dataset.
painted=String(e.nodes.length),e.nodes.length>Mt&&oe(u.current,f,i.current)},w=(f=!1)=>{cancelAnimationFrame(l.current),l.current=requestAnimationFrame(()=>{let y=r.
current;if(!y||!n||!d.width)return;i.current??=Nt(n,d);let{all:h,last:G}=u.current;if(!f||!h||!G)return c(y);ae(y,d,i.current,h,G),clearTimeout(p.current),p.current=
window.setTimeout(w,se)})};B(()=>{if(u.current={},n&&d.width&&e.nodes.length>Mt){let f=document.createElement("canvas"),y={width:It,height:Math.max(1,Math.round(
It*Math.min(4,n.height/n.width)))},h=Nt(n,y);Pt(f,e,g,n,a,h,void 0,y,r.current),u.current.all={picture:f,view:h}}w()},[n,a,d,m]),B(()=>w(),[o]),B(()=>{i.current=
void 0},[e.spec_hash]),B(()=>{let f=r.current,y=h=>{i.current&&(h.preventDefault(),Ot(i.current,Math.exp(-h.deltaY/400),h.offsetX,h.offsetY),w(!0))};return f.addEventListener(
"wheel",y,{passive:!1}),()=>f.removeEventListener("wheel",y)});let T=nt(void 0),R=f=>{T.current={x:f.offsetX,y:f.offsetY,moved:!1},r.current.setPointerCapture(f.
pointerId)},k=f=>{if(!T.current||!i.current)return;let[y,h]=[f.offsetX-T.current.x,f.offsetY-T.current.y];!T.current.moved&&Math.hypot(y,h)<4||(T.current={x:f.offsetX,
y:f.offsetY,moved:!0},i.current.x+=y,i.current.y+=h,w(!0))},N=f=>{if(T.current&&!T.current.moved&&n&&i.current){let y=ee(n,e.nodes.length,i.current,f.offsetX,f.
offsetY);s(y===void 0?void 0:e.nodes[y].name)}T.current=void 0},E=f=>{i.current&&Ot(i.current,f,d.width/2,d.height/2),w()},b=()=>{i.current=void 0,w()},L=f=>{let y=e.
nodes.findIndex(h=>h.name===f);if(n&&y>=0){let h=Math.max(i.current?.scale??1,.6);i.current={scale:h,x:d.width/2-(n.x[y]+190/2)*h,y:d.height/2-(n.y[y]+44/2)*h}}
s(f),w()},H=f=>{if(f.ctrlKey||f.metaKey||f.altKey)return;let y=Qt(e,a,o,f.key==="N");if(f.key==="+"||f.key==="=")E(1.3);else if(f.key==="-")E(1/1.3);else if(f.key===
"f")b();else if((f.key==="n"||f.key==="N")&&y)L(y);else if(f.key.startsWith("Arrow")){let h=te(e,o,f.key);h&&L(h)}else return;f.preventDefault(),f.stopPropagation()};
return t("div",{class:"graph",children:[t("div",{class:"graph-tools",children:[t("button",{onClick:()=>E(1.3),"aria-label":"Zoom in",children:"+"}),t("button",{
onClick:()=>E(1/1.3),"aria-label":"Zoom out",children:"\u2212"}),t("button",{onClick:b,children:"Fit"}),t("span",{class:"muted",children:[e.nodes.length.toLocaleString(
"en")," tasks",e.truncated?", more are left out":""]})]}),t("canvas",{ref:r,style:{height:n?`clamp(220px, ${Math.round(n.height+90)}px, 52vh)`:void 0},tabIndex:0,
role:"img","aria-label":`Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f shows all.`,onPointerDown:R,onPointerMove:k,onPointerUp:N,
onKeyDown:H}),!n&&t("p",{class:"graph-wait muted",children:"Laying out\u2026"}),t(Zt,{graph:e,states:a,selected:o,goTo:L})]})}function Zt({graph:e,states:a,selected:o,
goTo:s}){let r=e.nodes.findIndex(x=>x.name===o);if(r<0)return t("p",{class:"muted navigator",children:"Choose a task to see what leads to it and what follows."});
let n=e.nodes[r],i=(x,g)=>x.map(u=>{let p=e.nodes[u[g]]?.name;return t("li",{children:[t("span",{class:"muted",children:[u.on," "]}),p===void 0?Xt[u.to]:t("butt\
on",{onClick:()=>s(p),children:p}),u.condition&&t("code",{children:[" ",u.condition]})]})}),l=e.edges.filter(x=>x.to===r).slice(0,100),m=e.edges.filter(x=>x.from===
r).slice(0,100),d=[n.with_items&&"with-items",n.join&&`join ${n.join}`,...n.policies].filter(Boolean).join(", ");return t("div",{class:"navigator","aria-live":"\
polite",children:[t("div",{children:[t("strong",{children:n.name})," ",a.get(n.name)?.state??"not run"," \xB7 ",t("code",{children:n.calls}),d&&t("span",{class:"\
muted",children:[" \xB7 ",d]})]}),t("div",{class:"columns",children:[t("div",{children:[t("h3",{children:"Comes from"}),l.length?t("ul",{children:i(l,"from")}):
t("p",{class:"muted",children:"The workflow's start."})]}),t("div",{children:[t("h3",{children:"Leads to"}),m.length?t("ul",{children:i(m,"to")}):t("p",{class:"\
muted",children:"The workflow's end."})]})]})]})}function Qt(e,a,o,s){let r=e.nodes.filter(i=>a.get(i.name)?.state==="ERROR").map(i=>i.name),n=o===void 0?-1:r.indexOf(
o);if(r.length)return r[(n+(s?r.length-1:1)+(s&&n<0?1:0))%r.length]}function te(e,a,o){let s=e.nodes.findIndex(n=>n.name===a);if(s<0)return e.nodes[0]?.name;let r=o===
"ArrowRight"||o==="ArrowDown";if(o==="ArrowLeft"||o==="ArrowRight"){let n=r?e.edges.find(i=>i.from===s&&i.to>=0):e.edges.find(i=>i.to===s);return n&&e.nodes[r?n.
to:n.from].name}return e.nodes[(s+(r?1:e.nodes.length-1))%e.nodes.length].name}function Nt(e,a){let o=Math.min(1,(a.width-40)/e.width,(a.height-40)/e.height);return{
scale:o,x:(a.width-e.width*o)/2,y:(a.height-e.height*o)/2}}function Ot(e,a,o,s){let r=Math.min(3,Math.max(.01,e.scale*a));e.x=o-(o-e.x)*r/e.scale,e.y=s-(s-e.y)*
r/e.scale,e.scale=r}function ee(e,a,o,s,r){let[n,i]=[(s-o.x)/o.scale,(r-o.y)/o.scale];for(let l=0;l<a;l++)if(n>=e.x[l]&&n<=e.x[l]+190&&i>=e.y[l]&&i<=e.y[l]+44)return l}
var bt=.25,ne=.6,Mt=400,se=80,It=1600;function oe(e,a,o){let s=e.last?.picture??document.createElement("canvas");s.width=a.width,s.height=a.height,s.getContext(
"2d").drawImage(a,0,0),e.last={picture:s,view:{...o}}}function ae(e,a,o,...s){let r=devicePixelRatio||1,n=e.getContext("2d");n.setTransform(r,0,0,r,0,0),n.clearRect(
0,0,a.width,a.height);for(let{picture:i,view:l}of s){let m=o.scale/l.scale;n.drawImage(i,o.x-l.x*m,o.y-l.y*m,i.width/r*m,i.height/r*m)}e.dataset.moving=String(Number(
e.dataset.moving??0)+1)}function Pt(e,a,o,s,r,n,i,l,m=e){let d=devicePixelRatio||1,{width:x,height:g}=l;e.width=x*d,e.height=g*d;let u=e.getContext("2d"),p=getComputedStyle(
m),c=h=>p.getPropertyValue(`--${h}`).trim();u.setTransform(d*n.scale,0,0,d*n.scale,d*n.x,d*n.y);let[w,T]=[-n.x/n.scale,-n.y/n.scale],[R,k]=[w+x/n.scale,T+g/n.scale],
N=h=>s.x[h]>R||s.x[h]+190<w||s.y[h]>k||s.y[h]+44<T,E=Math.max(1,1/n.scale),b=new Map;o.forEach((h,G)=>{let[C,U]=[s.x[h.from]+190,s.y[h.from]+44/2],[M,I]=[s.x[h.
to],s.y[h.to]+44/2];if(Math.max(C,M)<w||Math.min(C,M)>R||Math.max(U,I)<T||Math.min(U,I)>k)return;let X=r.has(a.nodes[h.from].name)&&r.has(a.nodes[h.to].name),J=`${h.
on} ${X?1:0}`,F=b.get(J);if(F||b.set(J,F=new Path2D),F.moveTo(C,U),n.scale<bt)F.lineTo(M,I);else if(s.back[G])F.bezierCurveTo(C+60,U+70,M-60,I+70,M,I);else{let vt=Math.
max(30,(M-C)/2);F.bezierCurveTo(C+vt,U,M-vt,I,M,I)}n.scale>=bt&&(F.moveTo(M-7,I-4),F.lineTo(M,I),F.lineTo(M-7,I+4))});for(let[h,G]of b){let[C,U]=h.split(" ");u.
strokeStyle=c(C==="error"?"error":"muted"),u.globalAlpha=U==="1"?1:.45,u.lineWidth=U==="1"?E*1.6:E,u.setLineDash(C==="error"?[6,4]:C==="skip"?[2,3]:[]),u.stroke(
G)}u.globalAlpha=1,u.setLineDash([]);let[L,H,f]=[c("panel"),c("back"),c("ink")],y=new Map;u.textBaseline="middle";for(let h=0;h<a.nodes.length;h++){if(N(h))continue;
let G=a.nodes[h],C=r.get(G.name),U=C?st(C.state).colour:"muted",M=y.get(U);M||y.set(U,M=c(U));let[I,X]=[s.x[h],s.y[h]];if(n.scale<bt){u.fillStyle=C?M:L,u.fillRect(
I,X,190,44),u.strokeStyle=G.name===i?f:M,u.lineWidth=G.name===i?4*E:E,u.strokeRect(I,X,190,44);continue}u.beginPath(),u.roundRect(I,X,190,44,6),u.fillStyle=C?L:
H,u.fill(),u.strokeStyle=M,u.lineWidth=G.name===i?4:C?2:1.2,u.setLineDash(C?[]:[5,4]),u.stroke(),u.setLineDash([]);let J=n.scale>=ne;if(u.fillStyle=M,u.font="14\
px system-ui",u.fillText(C?st(C.state).sign:"\u25CB",I+10,X+(J?15:22)),u.fillStyle=f,u.font=J?"600 13px system-ui":"600 16px system-ui",u.fillText(At(G.name,J?20:
16),I+28,X+(J?15:22)),!J)continue;u.fillStyle=c("muted"),u.font="11px system-ui";let F=C&&C.runs>1?` \xD7${C.runs}`:"";u.fillText(At(C?`${C.note}${F}`:G.calls,28),
I+10,X+32)}}var At=(e,a)=>e.length>a?`${e.slice(0,a-1)}\u2026`:e;var kt=26,ie=22;function Vt({timeline:e,rows:a,task:o}){let[s,r]=_("begun"),[n,i]=_(!1),[l,m]=_(1),[d,x]=_(0),g=e.now_us-e.execution.created_us,u=k=>k.finished_us??
g,p=W(()=>Math.max(1,...re(a.map(u))),[a,g]),c=W(()=>le(a),[a]),w=W(()=>{let k=a.filter(N=>!n||N.state!=="SUCCESS");return s==="took"&&k.sort((N,E)=>u(E)-wt(E)-
(u(N)-wt(N))),s==="failed"&&k.sort((N,E)=>+(E.state==="ERROR")-+(N.state==="ERROR")||N.created_us-E.created_us),k},[a,s,n]);if(!a.length)return t(j,{children:t(
"p",{children:"No task has been made yet."})});let T=Math.max(0,Math.floor(d/kt)-4),R=k=>`${k/p*100}%`;return t("div",{class:"timeline",children:[t("div",{class:"\
filters",children:[t("label",{children:["Order ",t("select",{value:s,onChange:k=>r(k.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),
t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"failed first"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:n,
onChange:k=>i(k.currentTarget.checked)})," hide SUCCESS"]}),t("button",{onClick:()=>m(Math.min(64,l*2)),"aria-label":"Stretch the time",children:"+"}),t("button",
{onClick:()=>m(Math.max(1,l/2)),"aria-label":"Squeeze the time",children:"\u2212"}),t("span",{class:"muted",children:[P(p)," in all \xB7 outlined: the critical pat\
h, ",c.size," tasks"]})]}),t("div",{class:"window",tabIndex:0,"aria-label":"Time line",onScroll:k=>x(k.currentTarget.scrollTop),children:t("div",{class:"bars",style:{
height:`${w.length*kt}px`,width:`${l*100}%`},children:w.slice(T,T+ie+8).map((k,N)=>{let[E,b]=[wt(k),u(k)],L=`${k.name}, ${k.state}: waited ${P(E-k.created_us)},\
 ran ${P(b-E)}`;return t("button",{class:`bar-row${k.name===o?" chosen":""}`,style:{top:`${(T+N)*kt}px`},title:L,"aria-label":L,onClick:()=>V({task:k.name,run:k.
id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${st(k.state).colour}`,"aria-hidden":"true",children:st(k.state).sign})," ",k.name]}),
t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:R(k.created_us),width:R(E-k.created_us)}}),t("span",{class:`bar bar-${st(k.state).colour}${c.
has(k.id)?" critical":""}`,style:{left:R(E),width:R(b-E)}})]})]},k.id)})})})]})}var wt=e=>e.started_us??e.created_us;function re(e){let a=[];for(let o=0;o<e.length;o+=
1e4)a.push(Math.max(...e.slice(o,o+1e4)));return a}function le(e){let a=new Map(e.map(n=>[n.id,n])),o=n=>n.finished_us??1/0,s;for(let n of e)(!s||o(n)>=o(s))&&(s=
n);let r=new Set;for(;s&&!r.has(s.id);)r.add(s.id),s=s.by?a.get(s.by):void 0;return r}var ue={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},xt=12,rt=(e,a,o)=>`${e.toLocaleString("en")} ${e===1?a:o}`;function ce({of:e}){let a=e.executions.
filter(s=>s.from!==null),o=e.executions.length-a.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(S,{children:[
!!a.length&&t("p",{children:[a.slice(0,3).map(s=>t("span",{class:"nowrap",children:[s.workflow_name," ",t(D,{state:s.from})," \u2192 ",t(D,{state:s.to}),"; "]})),
a.length>3&&rt(a.length-3,"other execution changes; ","other executions change; "),!!o&&rt(o,"sub-workflow is started; ","sub-workflows are started; "),rt(e.actions,
"action is started","actions are started"),!!e.dropped_actions&&`, ${rt(e.dropped_actions,"running one is given up","running ones are given up")}`,"."]}),t("ul",
{class:"plain",children:e.would.slice(0,xt).map(s=>t("li",{children:[s.task_id?t("a",{href:A(`/executions/${v(s.workflow_execution_id)}?view=tasks&task=${v(s.task_name)}`),
children:s.task_name}):s.task_name," ",ue[s.change],": ",s.from&&t(S,{children:[t(D,{state:s.from})," \u2192 "]}),t(D,{state:s.to})]}))}),(e.would.length>xt||e.
truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":rt(e.would.length-xt,"other task","other tasks"),"."]})]})}function ut({path:e,json:a}){
let o=$(`${e}/preview`,0,!1,a),{data:s,error:r}=o;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"polite",children:[!s&&!r&&t("p",
{class:"muted",children:"Looking ahead\u2026"}),r&&t("p",{class:"muted",children:["What would follow cannot be told: ",r.message]}),s&&!s.allowed&&t("p",{class:"\
state-error",children:["\u2716 It would be refused: ",s.message]}),s?.allowed&&t(S,{children:[t("h3",{children:"What would follow at once"}),t(ce,{of:s})]})]})}var _t=34,de=16,yt=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function Wt({rows:e,truncated:a,only:o,again:s}){let{query:r}=Z(),[n,i]=_(""),[l,m]=_("b\
egun"),[d,x]=_(0),g=r.get("state")??"",u=r.get("task")??void 0,p=r.get("run")??void 0,c=W(()=>{let b=e.filter(L=>(!n||L.name.includes(n))&&(!g||L.state===g));return l===
"took"&&b.sort((L,H)=>yt(H)-yt(L)||L.created_us-H.created_us),l==="name"&&b.sort((L,H)=>L.name.localeCompare(H.name)),l==="state"&&b.sort((L,H)=>L.state.localeCompare(
H.state)),b},[e,n,g,l]),w=e.filter(b=>b.name===u),T=w.find(b=>b.id===p)??w[w.length-1],R=T&&t(me,{row:T,runs:w,again:s},T.id);if(o!==void 0)return R??t("p",{class:"\
muted",children:[o," has not run."]});let k=[...new Set(e.map(b=>b.state))],N=Math.max(0,Math.floor(d/_t)-4),E=c.slice(N,N+de+8);return t(S,{children:[t("div",{
class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:n,onInput:b=>i(b.currentTarget.value)})]}),t("label",{children:[
"State ",t("select",{value:g,onChange:b=>V({state:b.currentTarget.value}),children:[t("option",{value:"",children:"all"}),k.map(b=>t("option",{children:b}))]})]}),
t("label",{children:["Order ",t("select",{value:l,onChange:b=>m(b.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"\
took",children:"longest first"}),t("option",{value:"name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[
c.length.toLocaleString("en")," of ",e.length.toLocaleString("en"),a?"; the run has more, which are left out":""]})]}),c.length===0&&t(j,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),c.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:b=>x(b.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":c.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${N*_t}px`}}),E.map((b,L)=>t(
"tr",{class:b.name===u?"chosen":void 0,"aria-rowindex":N+L+1,children:[t("td",{children:t(D,{state:b.state})}),t("td",{children:t("button",{class:"link",onClick:()=>V(
{task:b.name,run:b.id}),children:b.name})}),t("td",{children:P(b.started_us??b.created_us).replace(/^\d/,"+$&")}),t("td",{children:b.finished_us===null?"\u2013":
P(yt(b))}),t("td",{children:[b.attempts,b.items!==null&&` \xB7 ${b.items} items`]})]},b.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,c.length-N-
E.length)*_t}px`}})]})]})}),R]})}function me({row:e,runs:a,again:o}){let[s,r]=_(),n=`/v2/tasks/${v(e.id)}`,i=$(`${n}?fields=id,name,state,state_info,result,publ\
ished,type,created_at`,e.finished_us===null?3e3:0),[l,m]=_(!1),d=s==="RUNNING"?{state:"RUNNING",reset:!l}:{state:"SKIPPED"},x=async()=>{await q(n,{method:"PUT",
json:d}),o(),i.again()};return t("section",{class:"panel","aria-label":`Task ${e.name}`,children:[t("div",{class:"title",children:[t("h2",{children:e.name})," ",
t(D,{state:e.state}),e.state==="ERROR"&&t(tt,{rule:"tasks:update",children:[t("button",{onClick:()=>r("RUNNING"),children:"Run it again\u2026"}),t("button",{onClick:()=>r(
"SKIPPED"),children:"Skip it\u2026"})]}),t("button",{onClick:()=>V({task:void 0,run:void 0}),children:"Close"})]}),a.length>1&&t("p",{class:"facts",children:["R\
uns: ",a.slice(-20).map((g,u)=>t(S,{children:[t("button",{class:"small","aria-pressed":g.id===e.id,onClick:()=>V({run:g.id}),children:[u+1+Math.max(0,a.length-20),
" ",t(D,{state:g.state})]})," "]}))]}),t(O,{of:i,children:g=>t(S,{children:[g.state_info&&t(Y,{children:g.state_info}),t("div",{class:"columns",children:[t(z,{title:"\
Result",value:g.result}),t(z,{title:"Published",value:g.published})]}),g.type==="WORKFLOW"?t(pe,{path:n}):t(fe,{path:n})]})}),s&&t(at,{title:s==="RUNNING"?`Run ${e.
name} again?`:`Skip ${e.name}?`,label:s==="RUNNING"?"Run it again":"Skip it",act:x,close:()=>r(void 0),children:[t("p",{children:s==="SKIPPED"?"The run goes on \
with what follows when it is skipped.":l?"The run goes on from here; items that succeeded keep their results.":"The run goes on from here, with all items of the\
 task."}),s==="RUNNING"&&e.items!==null&&t("p",{children:t("label",{children:[t("input",{type:"checkbox",checked:l,onChange:g=>m(g.currentTarget.checked)})," on\
ly the items that failed"]})}),t(ut,{path:n,json:d})]})]})}var ct=50;function fe({path:e}){let a=$(`${e}/action_executions?limit=${ct}&include_output=true`);return t(
O,{of:a,children:o=>t(S,{children:[t("h3",{children:"Actions"}),o.action_executions.map(s=>t("details",{class:"call",children:[t("summary",{children:[t(D,{state:s.
state})," ",s.name," ",t(Q,{time:K(s.created_at)})," ",t("code",{children:s.id})]}),s.state_info&&t(Y,{children:s.state_info}),t("div",{class:"columns",children:[
t(z,{title:"Input",value:s.input}),t(z,{title:"Output",value:s.output})]})]},s.id)),o.next&&t("p",{class:"muted",children:["Only the first ",ct," are shown."]}),
!o.action_executions.length&&t("p",{class:"muted",children:"No action has been called."})]})})}function pe({path:e}){let a=$(`${e}/workflow_executions?limit=${ct}`);
return t(O,{of:a,children:o=>t(S,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:o.executions.map(s=>t("li",{children:[t(D,{state:s.state})," ",t(
"a",{href:A(`/executions/${v(s.id)}`),children:s.workflow_name})," ",t("code",{children:s.id})]},s.id))}),o.next&&t("p",{class:"muted",children:["Only the first\
 ",ct," are shown."]})]})})}function Gt({rows:e}){let{query:a}=Z(),[o,s]=_("<% $ %>"),[r,n]=_(),[i,l]=_(),m=e.find(c=>c.id===a.get("run"))??e.find(c=>c.name===a.get("task"))??e[e.length-1],
d=$(m&&`/v2/tasks/${v(m.id)}/context`),x=$("/v2/expressions/functions");if(!m)return t(j,{children:t("p",{children:"No task has been made yet, so there are no d\
ata to try expressions on."})});let g=async c=>{c.preventDefault(),l(void 0);try{n(await q("/v2/expressions",{method:"POST",json:{expression:o,task_execution_id:m.
id}}))}catch(w){l(w)}},u=/([A-Za-z_]\w*)\W*$/.exec(o.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),p=u?x.data?.functions.filter(c=>c.name.toLowerCase().startsWith(
u)).slice(0,8)??[]:[];return t("div",{class:"columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:g,onKeyDown:c=>{c.key==="Enter"&&(c.metaKey||
c.ctrlKey)&&g(c)},children:[t("label",{class:"block",children:["What the task saw ",t("select",{value:m.id,onChange:c=>{let w=e.find(T=>T.id===c.currentTarget.value);
V({run:w?.id,task:w?.name},!0)},children:e.slice(-500).map(c=>t("option",{value:c.id,children:[c.name," (",c.state,")"]}))})]}),t("label",{class:"block",children:[
"Expression, YAQL or Jinja2",t("textarea",{class:"code",rows:3,spellcheck:!1,value:o,onInput:c=>s(c.currentTarget.value)})]}),t("div",{class:"buttons",children:t(
"button",{class:"primary",children:"Evaluate (Ctrl Enter)"})})]}),i&&t(Ct,{error:i}),r?.error!==void 0&&t(Y,{look:"error",isNews:!0,children:r.error}),r&&r.error===
void 0&&t("div",{role:"status",children:[t("p",{class:"muted",children:["after ",P(r.took_us)]}),t(ht,{value:r.result})]}),p.length>0&&t("dl",{class:"functions",
children:p.map(c=>t(S,{children:[t("dt",{children:t("code",{children:c.signature})}),t("dd",{class:"muted",children:c.text})]}))})]}),t("section",{class:"data",
children:[t("h3",{children:"$"}),t(O,{of:d,children:c=>t(ht,{value:c.context})})]})]})}function Ut({base:e,state:a,workflow:o}){let s=$(`${e}/errors`);return t(O,{of:s,children:r=>r.groups.length?t(S,{children:[r.groups.map(n=>t("section",{class:"\
panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",Rt(n.count)]})," ",t(Q,{time:n.first_us/1e3}),n.count>1&&t(S,{children:[" \
to ",t(Q,{time:n.last_us/1e3})]})," ",t(lt,{text:n.message})]}),t(Y,{children:n.message}),t("p",{children:n.path.map((i,l)=>t(S,{children:[l>0&&" \u25B8 ",t("a",
{href:A(`/executions/${v(i.execution_id)}?view=tasks&task=${v(i.task_name)}&run=${i.task_id}`),children:[i.workflow_name," \xB7 ",i.task_name]})]}))}),t("p",{children:t(
"a",{href:A(`/executions${St({state:"ERROR",workflow_name:o,state_info:`has:${n.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),r.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(j,{children:t(
"p",{children:a==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function Ft(e,a){return e.filter(o=>o.created_us<=a).map(o=>{if(o.finished_us!==null&&o.finished_us<=a)return o;let s=o.started_us!==null&&o.started_us<=a;return{
...o,finished_us:null,state:s?"RUNNING":o.started_us===null?o.state:"WAITING"}})}var he=[1,10,100,1e3];function Ht({rows:e,end:a,isOpen:o}){let{query:s}=Z(),r=s.
get("at"),n=r===null?void 0:Number(r),[i,l]=_(0),m=W(()=>{let p=new Set;for(let c of e)for(let w of[c.created_us,c.started_us,c.finished_us])w!==null&&p.add(w);
return[...p].sort((c,w)=>c-w)},[e]),d=Math.max(m[m.length-1]??0,o?a:0,1),x=p=>V({at:p===void 0?void 0:String(Math.round(p))},!0),g=p=>{let c=n??d;x(p?[...m].reverse().
find(w=>w<c)??0:m.find(w=>w>c))};if(B(()=>{if(!i)return;let p=n??0,c=setInterval(()=>{if(p+=5e4*i,p>=d)return l(0),x(void 0);x(p)},50);return()=>clearInterval(c)},
[i]),!m.length)return null;let u=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at a m\
oment",children:[t("button",{class:"small",onClick:()=>g(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:d,step:1,value:n??
d,"aria-label":"Moment","aria-valuetext":n===void 0?"now":P(n),onInput:p=>{let c=Number(p.currentTarget.value);x(c>=d?void 0:c)},onKeyDown:p=>{(p.key==="ArrowLe\
ft"||p.key==="ArrowRight")&&(g(p.key==="ArrowLeft"),p.preventDefault())}}),t("button",{class:"small",onClick:()=>g(!1),"aria-label":"Event after",children:"\u25B6"}),
!u&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(i),onChange:p=>l(Number(p.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),he.map(p=>t("option",{value:String(p),children:["\xD7 ",p]}))]})]}),t("span",{class:"muted",children:n===void 0?o?"now":"at i\
ts end":t(S,{children:[t("strong",{children:["at ",P(n)]})," of ",P(d)," ",t("button",{class:"small",onClick:()=>x(void 0),children:["back to ",o?"now":"the end"]})]})}),
n!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var dt=100;function Kt({id:e}){return t(jt,{id:e,depth:0})}function jt({id:e,depth:a}){let o=$(`/v2/executions/${v(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(O,{of:o,children:s=>{let r=s.tasks.filter(n=>n.type==="WORKFLOW");return r.length?t("ul",{class:"tree",children:[r.slice(0,dt).map(n=>t(ge,{task:n,
depth:a})),(r.length>dt||s.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):a?t("p",{class:"muted",children:"nothing below"}):t(j,
{children:t("p",{children:"This run has started no other workflows."})})}})}function ge({task:e,depth:a}){let[o,s]=_(a===0),r=$(o?`/v2/tasks/${v(e.id)}/workflow\
_executions?limit=${dt}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":o,onClick:()=>s(!o),children:[o?"\u25BE":"\u25B8"," ",
t(D,{state:e.state})," ",e.name]}),o&&t(O,{of:r,children:n=>t("ul",{class:"tree",children:[n.executions.map(i=>t(be,{child:i,depth:a})),n.next&&t("li",{class:"m\
uted",children:["Only the first ",dt," are shown."]})]})})]})}function be({child:e,depth:a}){let[o,s]=_(!1),[r,n]=[K(e.created_at),K(e.updated_at)];return t("li",
{children:[t("button",{class:"json-fold","aria-expanded":o,"aria-label":`Open ${e.id}`,onClick:()=>s(!o),children:o?"\u25BE":"\u25B8"})," ",t(D,{state:e.state}),
" ",t("a",{href:A(`/executions/${v(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:r!==void 0&&n!==void 0?P((n-r)*1e3):""}),o&&t(jt,{id:e.
id,depth:a+1})]})}var Bt=10;function qt({base:e,isOpen:a,isLive:o,select:s}){let r=$(`${e}/why`,a?o?5e3:3e3:0),n=a?"Why it has not finished":"Why it failed",[i,l]=_();return t(O,
{of:r,children:m=>t("section",{class:"why","aria-label":n,children:[t("h2",{children:n}),t("p",{children:m.summary}),t("ul",{children:m.reasons.slice(0,Bt).map(
d=>t("li",{children:[d.message,d.fire_at&&t(S,{children:[" (",t(Et,{time:K(d.fire_at)}),")"]})," ",d.task_name&&t("button",{class:"small",onClick:()=>s(d.task_name),
children:["Look at ",d.task_name]})," ",d.kind==="action_waiting_for_completion"&&d.action_execution_id&&t(tt,{rule:"action_executions:update",children:t("butto\
n",{class:"small",onClick:()=>l(d),children:"Complete\u2026"})}),d.execution_id&&t("a",{class:"button small",href:A(`/executions/${v(d.execution_id)}`),children:[
"Open ",d.workflow_name??"it"]}),d.kind==="action_queued"&&t("a",{class:"button small",href:A("/cluster"),children:"Look at the executors"})]},`${d.kind} ${d.action_execution_id}\
 ${d.task_name}`))}),(m.reasons.length>Bt||m.truncated)&&t("p",{class:"muted",children:"There are more reasons."}),i&&t(ke,{reason:i,close:()=>l(void 0),again:r.
again})]})})}function ke({reason:e,close:a,again:o}){let[s,r]=_("SUCCESS"),[n,i]=_("{}"),l=async()=>{let m=JSON.parse(n);if(m===null||typeof m!="object"||Array.
isArray(m))throw new Error('The result has to be a JSON object: {"name": \u2026}.');let d={state:s,output:m};await q(`/v2/action_executions/${v(e.action_execution_id)}`,
{method:"PUT",json:d}),o()};return t(at,{title:`Complete the action of ${e.task_name}`,label:"Complete",act:l,close:a,children:[t("label",{children:["State ",t(
"select",{value:s,onChange:m=>r(m.currentTarget.value),children:[t("option",{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",
children:["Result, a JSON object",t("textarea",{rows:5,value:n,onInput:m=>i(m.currentTarget.value)})]})]})}var we=[["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],xe=["graph","time",
"tasks"],Yt=2e4,zt=2e3;function _e(e,a){if(a.event!=="tasks")return e;let o=l=>e.columns.indexOf(l),s=l=>a.data.columns.indexOf(l),r=e.execution.created_us,n=[...e.
rows],i=new Map(n.map((l,m)=>[l[o("id")],m]));for(let l of a.data.rows){let m=e.columns.map(x=>{let g=l[s(x)];return x.endsWith("_us")&&typeof g=="number"?g-r:g}),
d=i.get(m[o("id")]);d===void 0?n.push(m):n[d]=m}return{...e,rows:n}}function ls({id:e}){let a=`/v2/executions/${v(e)}`,[o,s]=_(!1),r=gt(ft.get()?void 0:`executi\
on:${e}`,m=>{(m.event==="execution"||m.event==="gap")&&n.again()}),n=$(a,r||o?Yt:zt),i=n.data?.state,l=i!==void 0&&it(i);return l!==o&&s(l),t(O,{of:n,children:m=>t(
ye,{execution:m,base:a,again:n.again,isLive:r,id:e})})}function ye({execution:e,base:a,again:o,isLive:s,id:r}){let{query:n}=Z(),i=n.get("view")??"graph",l=n.get(
"task")??void 0,m=n.get("at"),d=!it(e.state),x=ft.use()!==void 0,g=xe.includes(i);gt(g&&!x?`execution:${r}`:void 0,R=>{R.event==="gap"?u.again():m===null&&u.patch(
k=>_e(k,R))});let u=$(g||i==="bench"?`${a}/timeline`:void 0,s||!d?Yt:zt),p=W(()=>u.data?ve(u.data):[],[u.data]),c=m===null?void 0:Number(m),w=W(()=>c===void 0?p:
Ft(p,c),[p,c]),T=e.root_execution_id;return t(S,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(D,{state:e.state}),t("code",
{children:e.id})," ",t(lt,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(Q,{time:K(e.created_at)}),d?"":t(S,{children:[" \xB7 ended ",
t(Q,{time:K(e.updated_at)})]}),e.description&&t(S,{children:[" \xB7 ",e.description]}),T&&t(S,{children:[" \xB7 part of ",t("a",{href:A(`/executions/${v(T)}`),children:"\
the run that started it"})]})," \xB7 ",t("a",{href:A(`/workflows/${v(e.workflow_id)}`),children:"definition"})," \xB7 ",t("a",{href:A(`/executions?workflow_name\
=${v(e.workflow_name)}`),children:"other runs"})]}),!x&&t(Re,{execution:e,base:a,again:o}),e.state_info&&t(Y,{look:e.state==="ERROR"?"error":"idle",children:e.state_info}),
(d||e.state==="ERROR")&&t(qt,{isOpen:d,isLive:s,base:a,select:R=>V({task:R})}),t("div",{class:"tabs",role:"tablist",children:we.map(([R,k])=>t("button",{role:"t\
ab","aria-selected":i===R,onClick:()=>V({view:R}),children:k}))}),g&&t(Ht,{rows:p,end:u.data?Math.max(u.data.now_us-u.data.execution.created_us,0):0,isOpen:d}),
i==="data"&&t(Se,{execution:e}),i==="errors"&&t(Ut,{base:a,state:e.state,workflow:e.workflow_name}),i==="tree"&&t(Kt,{id:e.id}),i==="bench"&&t(Gt,{rows:p}),i===
"graph"&&t(Te,{base:a,rows:w,task:l}),i==="time"&&t(O,{of:u,children:R=>t(Vt,{timeline:R,rows:w,task:l})}),(i==="tasks"||l&&g)&&t(O,{of:u,children:R=>t(Wt,{rows:w,
truncated:R.truncated,only:i==="tasks"?void 0:l,again:()=>{o(),u.again()}})})]})}function ve(e){return e.rows.map(a=>Object.fromEntries(e.columns.map((o,s)=>[o,
a[s]])))}function Te({base:e,rows:a,task:o}){let s=$(`${e}/graph`),r=W(()=>{let n=new Map;for(let i of a){let l=i.finished_us??void 0,m=l!==void 0?P(l-(i.started_us??
i.created_us)):i.state.toLowerCase(),d=i.items!==null?` \xB7 ${i.items} items`:"",x=`${m}${i.attempts>1?` \xB7 attempt ${i.attempts}`:""}${d}`;n.set(i.name,{state:i.
state,runs:(n.get(i.name)?.runs??0)+1,note:x})}return n},[a]);return t(O,{of:s,children:n=>t(Dt,{graph:n,states:r,selected:o,onSelect:i=>V({task:i})})})}function Se({
execution:e}){let a=$(`/v2/executions/${v(e.id)}`);return t(O,{of:a,children:o=>t("div",{class:"columns",children:[t(z,{title:"Input",value:o.input}),t(z,{title:"\
Output",value:o.output}),t(z,{title:"Parameters",value:o.params})]})})}function Re({execution:e,base:a,again:o}){let[s,r]=_(),[n,i]=_(!1),{state:l}=e,m=async c=>{
c.state?await q(a,{method:"PUT",json:{state:c.state}}):(await q(`${a}${it(l)?"":"?force=true"}`,{method:"DELETE"}),mt("/executions")),o()},d={title:"Pause this \
run?",text:"Actions that are running go on to their end; nothing new begins.",label:"Pause",state:"PAUSED"},x={title:"Resume this run?",text:"It goes on where i\
t was stopped; failed tasks run again.",label:"Resume",state:"RUNNING"},g={title:"Cancel this run?",text:"It ends as CANCELLED, with everything that it has star\
ted.",label:"Cancel the run",state:"CANCELLED"},u={title:"Delete this run?",text:"It and everything below it are gone for good.",label:"Delete"},p=[l==="RUNNING"&&
d,["PAUSED","ERROR"].includes(l)&&x,!it(l)&&g].filter(Boolean);return t("div",{class:"buttons",children:[t(tt,{rule:"executions:update",children:p.map(c=>t("but\
ton",{onClick:()=>r(c),children:[c.label,"\u2026"]}))}),t(tt,{rule:"executions:create",children:t("button",{onClick:()=>i(!0),children:"Run again\u2026"})}),t(Ee,
{execution:e}),t(Ce,{base:a,id:e.id}),t(tt,{rule:"executions:delete",children:t("button",{onClick:()=>r(u),children:"Delete\u2026"})}),s&&t(at,{title:s.title,label:s.
label,act:()=>m(s),close:()=>r(void 0),children:[t("p",{children:s.text}),s.state&&t(ut,{path:a,json:{state:s.state}})]}),n&&t(Lt,{workflow:e.workflow_id,name:e.
workflow_name,input:e.input,close:()=>i(!1)})]})}function Ee({execution:e}){let[a,o]=_(!1),s=v(e.workflow_name),r=$(a?`/v2/executions?workflow_name=${s}&limit=1\
2&sort_keys=created_at&sort_dirs=desc&fields=id,state,created_at,workflow_name`:void 0),n=(r.data?.executions??[]).filter(l=>l.id!==e.id),i=n.find(l=>l.state===
"SUCCESS");return t("select",{"aria-label":"Compare with",value:"",onFocus:()=>o(!0),onPointerDown:()=>o(!0),onChange:l=>mt(`/compare?a=${v(l.currentTarget.value)}\
&b=${v(e.id)}`),children:[t("option",{value:"",children:"Compare with\u2026"}),i&&t("option",{value:i.id,children:"the last success"}),n.map(l=>t("option",{value:l.
id,children:[l.state," ",l.created_at]})),a&&r.data&&!n.length&&t("option",{disabled:!0,children:"no other run of this workflow"})]})}function Ce({base:e,id:a}){
let[o,s]=_(!1);return t("button",{disabled:o,onClick:async()=>{s(!0);try{let n=await fetch(`${e}/snapshot`,{headers:pt.get()?{"X-Auth-Token":pt.get()}:{}});if(!n.
ok)throw new Error((await n.json()).faultstring);let i=document.createElement("a");i.href=URL.createObjectURL(await n.blob()),i.download=`execution-${a}.ndjson`,
i.click(),setTimeout(()=>URL.revokeObjectURL(i.href),1e4)}catch(n){alert(String(n))}s(!1)},children:o?"Saving\u2026":"Save as file"})}export{Dt as a,ls as b,ve as c};
