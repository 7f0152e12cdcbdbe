import{a as St,c as ft}from"./chunk-4IP4GKEB.js";import{b as Et}from"./chunk-VBJWDW7H.js";import{A as yt,B as R,C as K,E as A,F as nt,H as at,I as _t,
K as t,L as F,M as Q,N as vt,O as Tt,P as O,Q as Y,R as j,T as ot,U as it,V as mt,X as z,Y as L,a as C,d as y,e as B,f as et,g as D,i as Z,j as V,k as ut,l as P,
n as xt,t as ct,v as dt,z as q}from"./chunk-FEE47KMS.js";var Bt={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"};function qt(e){let[a,s]=y();return B(()=>{let o=e.edges.filter(n=>n.to>=0),r=new Worker(St("layout.\
js"),{type:"module"});return r.onmessage=n=>{s({hash:e.spec_hash,layout:n.data}),r.terminate()},r.postMessage({count:e.nodes.length,from:Int32Array.from(o,n=>n.
from),to:Int32Array.from(o,n=>n.to)}),()=>r.terminate()},[e.spec_hash]),a?.hash===e.spec_hash?a.layout:void 0}function Mt({graph:e,states:a,selected:s,onSelect:o}){
let r=et(null),n=qt(e),i=et(void 0),l=et(0),u=xt.use(),[m,w]=y({width:0,height:0}),x=D(()=>e.edges.filter(f=>f.to>=0),[e.spec_hash]);B(()=>{let f=r.current,_=new ResizeObserver(
()=>w({width:f.clientWidth,height:f.clientHeight}));return _.observe(f),()=>_.disconnect()},[]);let c=et({}),p=et(0),d=f=>{Nt(f,e,x,n,a,i.current,s,m),f.dataset.
painted=String(e.nodes.length),e.nodes.length>$t&&te(c.current,f,i.current)},k=(f=!1)=>{cancelAnimationFrame(l.current),l.current=requestAnimationFrame(()=>{let _=r.
current;if(!_||!n||!m.width)return;i.current??=Rt(n,m);let{all:h,last:G}=c.current;if(!f||!h||!G)return d(_);ee(_,m,i.current,h,G),clearTimeout(p.current),p.current=
window.setTimeout(k,Qt)})};B(()=>{if(c.current={},n&&m.width&&e.nodes.length>$t){let f=document.createElement("canvas"),_={width:Lt,height:Math.max(1,Math.round(
Lt*Math.min(4,n.height/n.width)))},h=Rt(n,_);Nt(f,e,x,n,a,h,void 0,_,r.current),c.current.all={picture:f,view:h}}k()},[n,a,m,u]),B(()=>k(),[s]),B(()=>{i.current=
void 0},[e.spec_hash]),B(()=>{let f=r.current,_=h=>{i.current&&(h.preventDefault(),Ct(i.current,Math.exp(-h.deltaY/400),h.offsetX,h.offsetY),k(!0))};return f.addEventListener(
"wheel",_,{passive:!1}),()=>f.removeEventListener("wheel",_)});let v=et(void 0),T=f=>{v.current={x:f.offsetX,y:f.offsetY,moved:!1},r.current.setPointerCapture(f.
pointerId)},b=f=>{if(!v.current||!i.current)return;let[_,h]=[f.offsetX-v.current.x,f.offsetY-v.current.y];!v.current.moved&&Math.hypot(_,h)<4||(v.current={x:f.offsetX,
y:f.offsetY,moved:!0},i.current.x+=_,i.current.y+=h,k(!0))},N=f=>{if(v.current&&!v.current.moved&&n&&i.current){let _=Jt(n,e.nodes.length,i.current,f.offsetX,f.
offsetY);o(_===void 0?void 0:e.nodes[_].name)}v.current=void 0},S=f=>{i.current&&Ct(i.current,f,m.width/2,m.height/2),k()},g=()=>{i.current=void 0,k()},$=f=>{let _=e.
nodes.findIndex(h=>h.name===f);if(n&&_>=0){let h=Math.max(i.current?.scale??1,.6);i.current={scale:h,x:m.width/2-(n.x[_]+190/2)*h,y:m.height/2-(n.y[_]+44/2)*h}}
o(f),k()},H=f=>{if(f.ctrlKey||f.metaKey||f.altKey)return;let _=zt(e,a,s,f.key==="N");if(f.key==="+"||f.key==="=")S(1.3);else if(f.key==="-")S(1/1.3);else if(f.key===
"f")g();else if((f.key==="n"||f.key==="N")&&_)$(_);else if(f.key.startsWith("Arrow")){let h=Xt(e,s,f.key);h&&$(h)}else return;f.preventDefault(),f.stopPropagation()};
return t("div",{class:"graph",children:[t("div",{class:"graph-tools",children:[t("button",{onClick:()=>S(1.3),"aria-label":"Zoom in",children:"+"}),t("button",{
onClick:()=>S(1/1.3),"aria-label":"Zoom out",children:"\u2212"}),t("button",{onClick:g,children:"Fit"}),t("span",{class:"muted",children:[e.nodes.length.toLocaleString(
"en")," tasks",e.truncated?", more are left out":""]})]}),t("canvas",{ref:r,style:{height:n?`clamp(220px, ${Math.round(n.height+90)}px, 52vh)`:void 0},tabIndex:0,
role:"img","aria-label":`Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f shows all.`,onPointerDown:T,onPointerMove:b,onPointerUp:N,
onKeyDown:H}),!n&&t("p",{class:"graph-wait muted",children:"Laying out\u2026"}),t(Yt,{graph:e,states:a,selected:s,goTo:$})]})}function Yt({graph:e,states:a,selected:s,
goTo:o}){let r=e.nodes.findIndex(w=>w.name===s);if(r<0)return t("p",{class:"muted navigator",children:"Choose a task to see what leads to it and what follows."});
let n=e.nodes[r],i=(w,x)=>w.map(c=>{let p=e.nodes[c[x]]?.name;return t("li",{children:[t("span",{class:"muted",children:[c.on," "]}),p===void 0?Bt[c.to]:t("butt\
on",{onClick:()=>o(p),children:p}),c.condition&&t("code",{children:[" ",c.condition]})]})}),l=e.edges.filter(w=>w.to===r).slice(0,100),u=e.edges.filter(w=>w.from===
r).slice(0,100),m=[n.with_items&&"with-items",n.join&&`join ${n.join}`,...n.policies].filter(Boolean).join(", ");return t("div",{class:"navigator","aria-live":"\
polite",children:[t("div",{children:[t("strong",{children:n.name})," ",a.get(n.name)?.state??"not run"," \xB7 ",t("code",{children:n.calls}),m&&t("span",{class:"\
muted",children:[" \xB7 ",m]})]}),t("div",{class:"columns",children:[t("div",{children:[t("h3",{children:"Comes from"}),l.length?t("ul",{children:i(l,"from")}):
t("p",{class:"muted",children:"The workflow's start."})]}),t("div",{children:[t("h3",{children:"Leads to"}),u.length?t("ul",{children:i(u,"to")}):t("p",{class:"\
muted",children:"The workflow's end."})]})]})]})}function zt(e,a,s,o){let r=e.nodes.filter(i=>a.get(i.name)?.state==="ERROR").map(i=>i.name),n=s===void 0?-1:r.indexOf(
s);if(r.length)return r[(n+(o?r.length-1:1)+(o&&n<0?1:0))%r.length]}function Xt(e,a,s){let o=e.nodes.findIndex(n=>n.name===a);if(o<0)return e.nodes[0]?.name;let r=s===
"ArrowRight"||s==="ArrowDown";if(s==="ArrowLeft"||s==="ArrowRight"){let n=r?e.edges.find(i=>i.from===o&&i.to>=0):e.edges.find(i=>i.to===o);return n&&e.nodes[r?n.
to:n.from].name}return e.nodes[(o+(r?1:e.nodes.length-1))%e.nodes.length].name}function Rt(e,a){let s=Math.min(1,(a.width-40)/e.width,(a.height-40)/e.height);return{
scale:s,x:(a.width-e.width*s)/2,y:(a.height-e.height*s)/2}}function Ct(e,a,s,o){let r=Math.min(3,Math.max(.01,e.scale*a));e.x=s-(s-e.x)*r/e.scale,e.y=o-(o-e.y)*
r/e.scale,e.scale=r}function Jt(e,a,s,o,r){let[n,i]=[(o-s.x)/s.scale,(r-s.y)/s.scale];for(let l=0;l<a;l++)if(n>=e.x[l]&&n<=e.x[l]+190&&i>=e.y[l]&&i<=e.y[l]+44)return l}
var pt=.25,Zt=.6,$t=400,Qt=80,Lt=1600;function te(e,a,s){let o=e.last?.picture??document.createElement("canvas");o.width=a.width,o.height=a.height,o.getContext(
"2d").drawImage(a,0,0),e.last={picture:o,view:{...s}}}function ee(e,a,s,...o){let r=devicePixelRatio||1,n=e.getContext("2d");n.setTransform(r,0,0,r,0,0),n.clearRect(
0,0,a.width,a.height);for(let{picture:i,view:l}of o){let u=s.scale/l.scale;n.drawImage(i,s.x-l.x*u,s.y-l.y*u,i.width/r*u,i.height/r*u)}e.dataset.moving=String(Number(
e.dataset.moving??0)+1)}function Nt(e,a,s,o,r,n,i,l,u=e){let m=devicePixelRatio||1,{width:w,height:x}=l;e.width=w*m,e.height=x*m;let c=e.getContext("2d"),p=getComputedStyle(
u),d=h=>p.getPropertyValue(`--${h}`).trim();c.setTransform(m*n.scale,0,0,m*n.scale,m*n.x,m*n.y);let[k,v]=[-n.x/n.scale,-n.y/n.scale],[T,b]=[k+w/n.scale,v+x/n.scale],
N=h=>o.x[h]>T||o.x[h]+190<k||o.y[h]>b||o.y[h]+44<v,S=Math.max(1,1/n.scale),g=new Map;s.forEach((h,G)=>{let[E,U]=[o.x[h.from]+190,o.y[h.from]+44/2],[M,I]=[o.x[h.
to],o.y[h.to]+44/2];if(Math.max(E,M)<k||Math.min(E,M)>T||Math.max(U,I)<v||Math.min(U,I)>b)return;let X=r.has(a.nodes[h.from].name)&&r.has(a.nodes[h.to].name),J=`${h.
on} ${X?1:0}`,W=g.get(J);if(W||g.set(J,W=new Path2D),W.moveTo(E,U),n.scale<pt)W.lineTo(M,I);else if(o.back[G])W.bezierCurveTo(E+60,U+70,M-60,I+70,M,I);else{let wt=Math.
max(30,(M-E)/2);W.bezierCurveTo(E+wt,U,M-wt,I,M,I)}n.scale>=pt&&(W.moveTo(M-7,I-4),W.lineTo(M,I),W.lineTo(M-7,I+4))});for(let[h,G]of g){let[E,U]=h.split(" ");c.
strokeStyle=d(E==="error"?"error":"muted"),c.globalAlpha=U==="1"?1:.45,c.lineWidth=U==="1"?S*1.6:S,c.setLineDash(E==="error"?[6,4]:E==="skip"?[2,3]:[]),c.stroke(
G)}c.globalAlpha=1,c.setLineDash([]);let[$,H,f]=[d("panel"),d("back"),d("ink")],_=new Map;c.textBaseline="middle";for(let h=0;h<a.nodes.length;h++){if(N(h))continue;
let G=a.nodes[h],E=r.get(G.name),U=E?nt(E.state).colour:"muted",M=_.get(U);M||_.set(U,M=d(U));let[I,X]=[o.x[h],o.y[h]];if(n.scale<pt){c.fillStyle=E?M:$,c.fillRect(
I,X,190,44),c.strokeStyle=G.name===i?f:M,c.lineWidth=G.name===i?4*S:S,c.strokeRect(I,X,190,44);continue}c.beginPath(),c.roundRect(I,X,190,44,6),c.fillStyle=E?$:
H,c.fill(),c.strokeStyle=M,c.lineWidth=G.name===i?4:E?2:1.2,c.setLineDash(E?[]:[5,4]),c.stroke(),c.setLineDash([]);let J=n.scale>=Zt;if(c.fillStyle=M,c.font="14\
px system-ui",c.fillText(E?nt(E.state).sign:"\u25CB",I+10,X+(J?15:22)),c.fillStyle=f,c.font=J?"600 13px system-ui":"600 16px system-ui",c.fillText(Ot(G.name,J?20:
16),I+28,X+(J?15:22)),!J)continue;c.fillStyle=d("muted"),c.font="11px system-ui";let W=E&&E.runs>1?` \xD7${E.runs}`:"";c.fillText(Ot(E?`${E.note}${W}`:G.calls,28),
I+10,X+32)}}var Ot=(e,a)=>e.length>a?`${e.slice(0,a-1)}\u2026`:e;var ht=26,ne=22;function It({timeline:e,rows:a,task:s}){let[o,r]=y("begun"),[n,i]=y(!1),[l,u]=y(1),[m,w]=y(0),x=e.now_us-e.execution.created_us,c=b=>b.finished_us??
x,p=D(()=>Math.max(1,...se(a.map(c))),[a,x]),d=D(()=>oe(a),[a]),k=D(()=>{let b=a.filter(N=>!n||N.state!=="SUCCESS");return o==="took"&&b.sort((N,S)=>c(S)-gt(S)-
(c(N)-gt(N))),o==="failed"&&b.sort((N,S)=>+(S.state==="ERROR")-+(N.state==="ERROR")||N.created_us-S.created_us),b},[a,o,n]);if(!a.length)return t(j,{children:t(
"p",{children:"No task has been made yet."})});let v=Math.max(0,Math.floor(m/ht)-4),T=b=>`${b/p*100}%`;return t("div",{class:"timeline",children:[t("div",{class:"\
filters",children:[t("label",{children:["Order ",t("select",{value:o,onChange:b=>r(b.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),
t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"failed first"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:n,
onChange:b=>i(b.currentTarget.checked)})," hide SUCCESS"]}),t("button",{onClick:()=>u(Math.min(64,l*2)),"aria-label":"Stretch the time",children:"+"}),t("button",
{onClick:()=>u(Math.max(1,l/2)),"aria-label":"Squeeze the time",children:"\u2212"}),t("span",{class:"muted",children:[A(p)," in all \xB7 outlined: the critical pat\
h, ",d.size," tasks"]})]}),t("div",{class:"window",tabIndex:0,"aria-label":"Time line",onScroll:b=>w(b.currentTarget.scrollTop),children:t("div",{class:"bars",style:{
height:`${k.length*ht}px`,width:`${l*100}%`},children:k.slice(v,v+ne+8).map((b,N)=>{let[S,g]=[gt(b),c(b)],$=`${b.name}, ${b.state}: waited ${A(S-b.created_us)},\
 ran ${A(g-S)}`;return t("button",{class:`bar-row${b.name===s?" chosen":""}`,style:{top:`${(v+N)*ht}px`},title:$,"aria-label":$,onClick:()=>P({task:b.name,run:b.
id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${nt(b.state).colour}`,"aria-hidden":"true",children:nt(b.state).sign})," ",b.name]}),
t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:T(b.created_us),width:T(S-b.created_us)}}),t("span",{class:`bar bar-${nt(b.state).colour}${d.
has(b.id)?" critical":""}`,style:{left:T(S),width:T(g-S)}})]})]},b.id)})})})]})}var gt=e=>e.started_us??e.created_us;function se(e){let a=[];for(let s=0;s<e.length;s+=
1e4)a.push(Math.max(...e.slice(s,s+1e4)));return a}function oe(e){let a=new Map(e.map(n=>[n.id,n])),s=n=>n.finished_us??1/0,o;for(let n of e)(!o||s(n)>=s(o))&&(o=
n);let r=new Set;for(;o&&!r.has(o.id);)r.add(o.id),o=o.by?a.get(o.by):void 0;return r}var bt=34,ae=16,kt=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function At({rows:e,truncated:a,only:s,again:o}){let{query:r}=Z(),[n,i]=y(""),[l,u]=y("b\
egun"),[m,w]=y(0),x=r.get("state")??"",c=r.get("task")??void 0,p=r.get("run")??void 0,d=D(()=>{let g=e.filter($=>(!n||$.name.includes(n))&&(!x||$.state===x));return l===
"took"&&g.sort(($,H)=>kt(H)-kt($)||$.created_us-H.created_us),l==="name"&&g.sort(($,H)=>$.name.localeCompare(H.name)),l==="state"&&g.sort(($,H)=>$.state.localeCompare(
H.state)),g},[e,n,x,l]),k=e.filter(g=>g.name===c),v=k.find(g=>g.id===p)??k[k.length-1],T=v&&t(ie,{row:v,runs:k,again:o},v.id);if(s!==void 0)return T??t("p",{class:"\
muted",children:[s," has not run."]});let b=[...new Set(e.map(g=>g.state))],N=Math.max(0,Math.floor(m/bt)-4),S=d.slice(N,N+ae+8);return t(C,{children:[t("div",{
class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:n,onInput:g=>i(g.currentTarget.value)})]}),t("label",{children:[
"State ",t("select",{value:x,onChange:g=>P({state:g.currentTarget.value}),children:[t("option",{value:"",children:"all"}),b.map(g=>t("option",{children:g}))]})]}),
t("label",{children:["Order ",t("select",{value:l,onChange:g=>u(g.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"\
took",children:"longest first"}),t("option",{value:"name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[
d.length.toLocaleString("en")," of ",e.length.toLocaleString("en"),a?"; the run has more, which are left out":""]})]}),d.length===0&&t(j,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),d.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:g=>w(g.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":d.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${N*bt}px`}}),S.map((g,$)=>t(
"tr",{class:g.name===c?"chosen":void 0,"aria-rowindex":N+$+1,children:[t("td",{children:t(F,{state:g.state})}),t("td",{children:t("button",{class:"link",onClick:()=>P(
{task:g.name,run:g.id}),children:g.name})}),t("td",{children:A(g.started_us??g.created_us).replace(/^\d/,"+$&")}),t("td",{children:g.finished_us===null?"\u2013":
A(kt(g))}),t("td",{children:[g.attempts,g.items!==null&&` \xB7 ${g.items} items`]})]},g.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,d.length-N-
S.length)*bt}px`}})]})]})}),T]})}function ie({row:e,runs:a,again:s}){let[o,r]=y(),n=`/v2/tasks/${R(e.id)}`,i=L(`${n}?fields=id,name,state,state_info,result,publ\
ished,type,created_at`,e.finished_us===null?3e3:0),l=async()=>{await q(n,{method:"PUT",json:o==="RUNNING"?{state:"RUNNING",reset:!0}:{state:"SKIPPED"}}),s(),i.again()};
return t("section",{class:"panel","aria-label":`Task ${e.name}`,children:[t("div",{class:"title",children:[t("h2",{children:e.name})," ",t(F,{state:e.state}),e.
state==="ERROR"&&t(C,{children:[t("button",{onClick:()=>r("RUNNING"),children:"Run it again\u2026"}),t("button",{onClick:()=>r("SKIPPED"),children:"Skip it\u2026"})]}),
t("button",{onClick:()=>P({task:void 0,run:void 0}),children:"Close"})]}),a.length>1&&t("p",{class:"facts",children:["Runs: ",a.slice(-20).map((u,m)=>t(C,{children:[
t("button",{class:"small","aria-pressed":u.id===e.id,onClick:()=>P({run:u.id}),children:[m+1+Math.max(0,a.length-20)," ",t(F,{state:u.state})]})," "]}))]}),t(O,
{of:i,children:u=>t(C,{children:[u.state_info&&t(Y,{children:u.state_info}),t("div",{class:"columns",children:[t(z,{title:"Result",value:u.result}),t(z,{title:"\
Published",value:u.published})]}),u.type==="WORKFLOW"?t(le,{path:n}):t(re,{path:n})]})}),o&&t(ot,{title:o==="RUNNING"?`Run ${e.name} again?`:`Skip ${e.name}?`,label:o===
"RUNNING"?"Run it again":"Skip it",act:l,close:()=>r(void 0),children:t("p",{children:o==="RUNNING"?"The run goes on from here, with all items of the task.":"Th\
e run goes on with what follows when it is skipped."})})]})}var rt=50;function re({path:e}){let a=L(`${e}/action_executions?limit=${rt}&include_output=true`);return t(
O,{of:a,children:s=>t(C,{children:[t("h3",{children:"Actions"}),s.action_executions.map(o=>t("details",{class:"call",children:[t("summary",{children:[t(F,{state:o.
state})," ",o.name," ",t(Q,{time:K(o.created_at)})," ",t("code",{children:o.id})]}),o.state_info&&t(Y,{children:o.state_info}),t("div",{class:"columns",children:[
t(z,{title:"Input",value:o.input}),t(z,{title:"Output",value:o.output})]})]},o.id)),s.next&&t("p",{class:"muted",children:["Only the first ",rt," are shown."]}),
!s.action_executions.length&&t("p",{class:"muted",children:"No action has been called."})]})})}function le({path:e}){let a=L(`${e}/workflow_executions?limit=${rt}`);
return t(O,{of:a,children:s=>t(C,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:s.executions.map(o=>t("li",{children:[t(F,{state:o.state})," ",t(
"a",{href:V(`/executions/${R(o.id)}`),children:o.workflow_name})," ",t("code",{children:o.id})]},o.id))}),s.next&&t("p",{class:"muted",children:["Only the first\
 ",rt," are shown."]})]})})}function Pt({rows:e}){let{query:a}=Z(),[s,o]=y("<% $ %>"),[r,n]=y(),[i,l]=y(),u=e.find(d=>d.id===a.get("run"))??e.find(d=>d.name===a.get("task"))??e[e.length-1],
m=L(u&&`/v2/tasks/${R(u.id)}/context`),w=L("/v2/expressions/functions");if(!u)return t(j,{children:t("p",{children:"No task has been made yet, so there are no d\
ata to try expressions on."})});let x=async d=>{d.preventDefault(),l(void 0);try{n(await q("/v2/expressions",{method:"POST",json:{expression:s,task_execution_id:u.
id}}))}catch(k){l(k)}},c=/([A-Za-z_]\w*)\W*$/.exec(s.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),p=c?w.data?.functions.filter(d=>d.name.toLowerCase().startsWith(
c)).slice(0,8)??[]:[];return t("div",{class:"columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:x,onKeyDown:d=>{d.key==="Enter"&&(d.metaKey||
d.ctrlKey)&&x(d)},children:[t("label",{class:"block",children:["What the task saw ",t("select",{value:u.id,onChange:d=>{let k=e.find(v=>v.id===d.currentTarget.value);
P({run:k?.id,task:k?.name},!0)},children:e.slice(-500).map(d=>t("option",{value:d.id,children:[d.name," (",d.state,")"]}))})]}),t("label",{class:"block",children:[
"Expression, YAQL or Jinja2",t("textarea",{class:"code",rows:3,spellcheck:!1,value:s,onInput:d=>o(d.currentTarget.value)})]}),t("div",{class:"buttons",children:t(
"button",{class:"primary",children:"Evaluate (Ctrl Enter)"})})]}),i&&t(Tt,{error:i}),r?.error!==void 0&&t(Y,{look:"error",isNews:!0,children:r.error}),r&&r.error===
void 0&&t("div",{role:"status",children:[t("p",{class:"muted",children:["after ",A(r.took_us)]}),t(mt,{value:r.result})]}),p.length>0&&t("dl",{class:"functions",
children:p.map(d=>t(C,{children:[t("dt",{children:t("code",{children:d.signature})}),t("dd",{class:"muted",children:d.text})]}))})]}),t("section",{class:"data",
children:[t("h3",{children:"$"}),t(O,{of:m,children:d=>t(mt,{value:d.context})})]})]})}function Dt({base:e,state:a,workflow:s}){let o=L(`${e}/errors`);return t(O,{of:o,children:r=>r.groups.length?t(C,{children:[r.groups.map(n=>t("section",{class:"\
panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",_t(n.count)]})," ",t(Q,{time:n.first_us/1e3}),n.count>1&&t(C,{children:[" \
to ",t(Q,{time:n.last_us/1e3})]})," ",t(it,{text:n.message})]}),t(Y,{children:n.message}),t("p",{children:n.path.map((i,l)=>t(C,{children:[l>0&&" \u25B8 ",t("a",
{href:V(`/executions/${R(i.execution_id)}?view=tasks&task=${R(i.task_name)}&run=${i.task_id}`),children:[i.workflow_name," \xB7 ",i.task_name]})]}))}),t("p",{children:t(
"a",{href:V(`/executions${yt({state:"ERROR",workflow_name:s,state_info:`has:${n.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),r.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(j,{children:t(
"p",{children:a==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function Vt(e,a){return e.filter(s=>s.created_us<=a).map(s=>{if(s.finished_us!==null&&s.finished_us<=a)return s;let o=s.started_us!==null&&s.started_us<=a;return{
...s,finished_us:null,state:o?"RUNNING":s.started_us===null?s.state:"WAITING"}})}var ue=[1,10,100,1e3];function Gt({rows:e,end:a,isOpen:s}){let{query:o}=Z(),r=o.
get("at"),n=r===null?void 0:Number(r),[i,l]=y(0),u=D(()=>{let p=new Set;for(let d of e)for(let k of[d.created_us,d.started_us,d.finished_us])k!==null&&p.add(k);
return[...p].sort((d,k)=>d-k)},[e]),m=Math.max(u[u.length-1]??0,s?a:0,1),w=p=>P({at:p===void 0?void 0:String(Math.round(p))},!0),x=p=>{let d=n??m;w(p?[...u].reverse().
find(k=>k<d)??0:u.find(k=>k>d))};if(B(()=>{if(!i)return;let p=n??0,d=setInterval(()=>{if(p+=5e4*i,p>=m)return l(0),w(void 0);w(p)},50);return()=>clearInterval(d)},
[i]),!u.length)return null;let c=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at a m\
oment",children:[t("button",{class:"small",onClick:()=>x(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:m,step:1,value:n??
m,"aria-label":"Moment","aria-valuetext":n===void 0?"now":A(n),onInput:p=>{let d=Number(p.currentTarget.value);w(d>=m?void 0:d)},onKeyDown:p=>{(p.key==="ArrowLe\
ft"||p.key==="ArrowRight")&&(x(p.key==="ArrowLeft"),p.preventDefault())}}),t("button",{class:"small",onClick:()=>x(!1),"aria-label":"Event after",children:"\u25B6"}),
!c&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(i),onChange:p=>l(Number(p.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),ue.map(p=>t("option",{value:String(p),children:["\xD7 ",p]}))]})]}),t("span",{class:"muted",children:n===void 0?s?"now":"at i\
ts end":t(C,{children:[t("strong",{children:["at ",A(n)]})," of ",A(m)," ",t("button",{class:"small",onClick:()=>w(void 0),children:["back to ",s?"now":"the end"]})]})}),
n!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var lt=100;function Ut({id:e}){return t(Wt,{id:e,depth:0})}function Wt({id:e,depth:a}){let s=L(`/v2/executions/${R(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(O,{of:s,children:o=>{let r=o.tasks.filter(n=>n.type==="WORKFLOW");return r.length?t("ul",{class:"tree",children:[r.slice(0,lt).map(n=>t(ce,{task:n,
depth:a})),(r.length>lt||o.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):a?t("p",{class:"muted",children:"nothing below"}):t(j,
{children:t("p",{children:"This run has started no other workflows."})})}})}function ce({task:e,depth:a}){let[s,o]=y(a===0),r=L(s?`/v2/tasks/${R(e.id)}/workflow\
_executions?limit=${lt}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":s,onClick:()=>o(!s),children:[s?"\u25BE":"\u25B8"," ",
t(F,{state:e.state})," ",e.name]}),s&&t(O,{of:r,children:n=>t("ul",{class:"tree",children:[n.executions.map(i=>t(de,{child:i,depth:a})),n.next&&t("li",{class:"m\
uted",children:["Only the first ",lt," are shown."]})]})})]})}function de({child:e,depth:a}){let[s,o]=y(!1),[r,n]=[K(e.created_at),K(e.updated_at)];return t("li",
{children:[t("button",{class:"json-fold","aria-expanded":s,"aria-label":`Open ${e.id}`,onClick:()=>o(!s),children:s?"\u25BE":"\u25B8"})," ",t(F,{state:e.state}),
" ",t("a",{href:V(`/executions/${R(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:r!==void 0&&n!==void 0?A((n-r)*1e3):""}),s&&t(Wt,{id:e.
id,depth:a+1})]})}var Ft=10;function Ht({base:e,isOpen:a,isLive:s,select:o}){let r=L(`${e}/why`,a?s?5e3:3e3:0),n=a?"Why it has not finished":"Why it failed",[i,l]=y();return t(O,
{of:r,children:u=>t("section",{class:"why","aria-label":n,children:[t("h2",{children:n}),t("p",{children:u.summary}),t("ul",{children:u.reasons.slice(0,Ft).map(
m=>t("li",{children:[m.message,m.fire_at&&t(C,{children:[" (",t(vt,{time:K(m.fire_at)}),")"]})," ",m.task_name&&t("button",{class:"small",onClick:()=>o(m.task_name),
children:["Look at ",m.task_name]})," ",m.kind==="action_waiting_for_completion"&&m.action_execution_id&&t("button",{class:"small",onClick:()=>l(m),children:"Co\
mplete\u2026"}),m.execution_id&&t("a",{class:"button small",href:V(`/executions/${R(m.execution_id)}`),children:["Open ",m.workflow_name??"it"]}),m.kind==="acti\
on_queued"&&t("a",{class:"button small",href:V("/cluster"),children:"Look at the executors"})]},`${m.kind} ${m.action_execution_id} ${m.task_name}`))}),(u.reasons.
length>Ft||u.truncated)&&t("p",{class:"muted",children:"There are more reasons."}),i&&t(me,{reason:i,close:()=>l(void 0),again:r.again})]})})}function me({reason:e,
close:a,again:s}){let[o,r]=y("SUCCESS"),[n,i]=y("{}"),l=async()=>{let u=JSON.parse(n);if(u===null||typeof u!="object"||Array.isArray(u))throw new Error('The res\
ult has to be a JSON object: {"name": \u2026}.');let m={state:o,output:u};await q(`/v2/action_executions/${R(e.action_execution_id)}`,{method:"PUT",json:m}),s()};
return t(ot,{title:`Complete the action of ${e.task_name}`,label:"Complete",act:l,close:a,children:[t("label",{children:["State ",t("select",{value:o,onChange:u=>r(
u.currentTarget.value),children:[t("option",{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",
t("textarea",{rows:5,value:n,onInput:u=>i(u.currentTarget.value)})]})]})}var fe=[["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],pe=["graph","time",
"tasks"],Kt=2e4,jt=2e3;function he(e,a){if(a.event!=="tasks")return e;let s=l=>e.columns.indexOf(l),o=l=>a.data.columns.indexOf(l),r=e.execution.created_us,n=[...e.
rows],i=new Map(n.map((l,u)=>[l[s("id")],u]));for(let l of a.data.rows){let u=e.columns.map(w=>{let x=l[o(w)];return w.endsWith("_us")&&typeof x=="number"?x-r:x}),
m=i.get(u[s("id")]);m===void 0?n.push(u):n[m]=u}return{...e,rows:n}}function jn({id:e}){let a=`/v2/executions/${R(e)}`,[s,o]=y(!1),r=ft(ct.get()?void 0:`executi\
on:${e}`,u=>{(u.event==="execution"||u.event==="gap")&&n.again()}),n=L(a,r||s?Kt:jt),i=n.data?.state,l=i!==void 0&&at(i);return l!==s&&o(l),t(O,{of:n,children:u=>t(
ge,{execution:u,base:a,again:n.again,isLive:r,id:e})})}function ge({execution:e,base:a,again:s,isLive:o,id:r}){let{query:n}=Z(),i=n.get("view")??"graph",l=n.get(
"task")??void 0,u=n.get("at"),m=!at(e.state),w=ct.use()!==void 0,x=pe.includes(i);ft(x&&!w?`execution:${r}`:void 0,T=>{T.event==="gap"?c.again():u===null&&c.patch(
b=>he(b,T))});let c=L(x||i==="bench"?`${a}/timeline`:void 0,o||!m?Kt:jt),p=D(()=>c.data?be(c.data):[],[c.data]),d=u===null?void 0:Number(u),k=D(()=>d===void 0?p:
Vt(p,d),[p,d]),v=e.root_execution_id;return t(C,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(F,{state:e.state}),t("code",
{children:e.id})," ",t(it,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(Q,{time:K(e.created_at)}),m?"":t(C,{children:[" \xB7 ended ",
t(Q,{time:K(e.updated_at)})]}),e.description&&t(C,{children:[" \xB7 ",e.description]}),v&&t(C,{children:[" \xB7 part of ",t("a",{href:V(`/executions/${R(v)}`),children:"\
the run that started it"})]})," \xB7 ",t("a",{href:V(`/workflows/${R(e.workflow_id)}`),children:"definition"})," \xB7 ",t("a",{href:V(`/executions?workflow_name\
=${R(e.workflow_name)}`),children:"other runs"})]}),!w&&t(xe,{execution:e,base:a,again:s}),e.state_info&&t(Y,{look:e.state==="ERROR"?"error":"idle",children:e.state_info}),
(m||e.state==="ERROR")&&t(Ht,{isOpen:m,isLive:o,base:a,select:T=>P({task:T})}),t("div",{class:"tabs",role:"tablist",children:fe.map(([T,b])=>t("button",{role:"t\
ab","aria-selected":i===T,onClick:()=>P({view:T}),children:b}))}),x&&t(Gt,{rows:p,end:c.data?Math.max(c.data.now_us-c.data.execution.created_us,0):0,isOpen:m}),
i==="data"&&t(we,{execution:e}),i==="errors"&&t(Dt,{base:a,state:e.state,workflow:e.workflow_name}),i==="tree"&&t(Ut,{id:e.id}),i==="bench"&&t(Pt,{rows:p}),i===
"graph"&&t(ke,{base:a,rows:k,task:l}),i==="time"&&t(O,{of:c,children:T=>t(It,{timeline:T,rows:k,task:l})}),(i==="tasks"||l&&x)&&t(O,{of:c,children:T=>t(At,{rows:k,
truncated:T.truncated,only:i==="tasks"?void 0:l,again:()=>{s(),c.again()}})})]})}function be(e){return e.rows.map(a=>Object.fromEntries(e.columns.map((s,o)=>[s,
a[o]])))}function ke({base:e,rows:a,task:s}){let o=L(`${e}/graph`),r=D(()=>{let n=new Map;for(let i of a){let l=i.finished_us??void 0,u=l!==void 0?A(l-(i.started_us??
i.created_us)):i.state.toLowerCase(),m=i.items!==null?` \xB7 ${i.items} items`:"",w=`${u}${i.attempts>1?` \xB7 attempt ${i.attempts}`:""}${m}`;n.set(i.name,{state:i.
state,runs:(n.get(i.name)?.runs??0)+1,note:w})}return n},[a]);return t(O,{of:o,children:n=>t(Mt,{graph:n,states:r,selected:s,onSelect:i=>P({task:i})})})}function we({
execution:e}){let a=L(`/v2/executions/${R(e.id)}`);return t(O,{of:a,children:s=>t("div",{class:"columns",children:[t(z,{title:"Input",value:s.input}),t(z,{title:"\
Output",value:s.output}),t(z,{title:"Parameters",value:s.params})]})})}function xe({execution:e,base:a,again:s}){let[o,r]=y(),[n,i]=y(!1),{state:l}=e,u=async d=>{
d.state?await q(a,{method:"PUT",json:{state:d.state}}):(await q(`${a}${at(l)?"":"?force=true"}`,{method:"DELETE"}),ut("/executions")),s()},m={title:"Pause this \
run?",text:"Actions that are running go on to their end; nothing new begins.",label:"Pause",state:"PAUSED"},w={title:"Resume this run?",text:"It goes on where i\
t was stopped; failed tasks run again.",label:"Resume",state:"RUNNING"},x={title:"Cancel this run?",text:"It ends as CANCELLED, with everything that it has star\
ted.",label:"Cancel the run",state:"CANCELLED"},c={title:"Delete this run?",text:"It and everything below it are gone for good.",label:"Delete"},p=[l==="RUNNING"&&
m,["PAUSED","ERROR"].includes(l)&&w,!at(l)&&x].filter(Boolean);return t("div",{class:"buttons",children:[p.map(d=>t("button",{onClick:()=>r(d),children:[d.label,
"\u2026"]})),t("button",{onClick:()=>i(!0),children:"Run again\u2026"}),t(ye,{execution:e}),t(_e,{base:a,id:e.id}),t("button",{onClick:()=>r(c),children:"Delete\
\u2026"}),o&&t(ot,{title:o.title,label:o.label,act:()=>u(o),close:()=>r(void 0),children:t("p",{children:o.text})}),n&&t(Et,{workflow:e.workflow_id,name:e.workflow_name,
input:e.input,close:()=>i(!1)})]})}function ye({execution:e}){let[a,s]=y(!1),o=R(e.workflow_name),r=L(a?`/v2/executions?workflow_name=${o}&limit=12&sort_keys=cr\
eated_at&sort_dirs=desc&fields=id,state,created_at,workflow_name`:void 0),n=(r.data?.executions??[]).filter(l=>l.id!==e.id),i=n.find(l=>l.state==="SUCCESS");return t(
"select",{"aria-label":"Compare with",value:"",onFocus:()=>s(!0),onPointerDown:()=>s(!0),onChange:l=>ut(`/compare?a=${R(l.currentTarget.value)}&b=${R(e.id)}`),children:[
t("option",{value:"",children:"Compare with\u2026"}),i&&t("option",{value:i.id,children:"the last success"}),n.map(l=>t("option",{value:l.id,children:[l.state,"\
 ",l.created_at]})),a&&r.data&&!n.length&&t("option",{disabled:!0,children:"no other run of this workflow"})]})}function _e({base:e,id:a}){let[s,o]=y(!1);return t(
"button",{disabled:s,onClick:async()=>{o(!0);try{let n=await fetch(`${e}/snapshot`,{headers:dt.get()?{"X-Auth-Token":dt.get()}:{}});if(!n.ok)throw new Error((await n.
json()).faultstring);let i=document.createElement("a");i.href=URL.createObjectURL(await n.blob()),i.download=`execution-${a}.ndjson`,i.click(),setTimeout(()=>URL.
revokeObjectURL(i.href),1e4)}catch(n){alert(String(n))}o(!1)},children:s?"Saving\u2026":"Save as file"})}export{Mt as a,jn as b,be as c};
