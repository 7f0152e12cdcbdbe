import{a as Mt,c as gt}from"./chunk-TAHGD7R7.js";import{b as Nt}from"./chunk-SDM7645K.js";import{c as tt}from"./chunk-OEMBNDAQ.js";import{B as X,
C as Et,D as S,E as B,G as $,H as st,J as it,K as Ct,M as t,N as F,O as Q,P as $t,Q as Lt,R as A,S as q,T as Y,V as at,W as lt,X as ht,Z as J,_ as L,a as C,d as x,
e as z,f as nt,g as G,i as Z,j as W,k as mt,l as H,n as Rt,t as ft,v as pt}from"./chunk-2MAZAYVJ.js";var te={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"};function ee(e){let[a,o]=x();return z(()=>{let s=e.edges.filter(n=>n.to>=0),i=new Worker(Mt("layout.\
js"),{type:"module"});return i.onmessage=n=>{o({hash:e.spec_hash,layout:n.data}),i.terminate()},i.postMessage({count:e.nodes.length,from:Int32Array.from(s,n=>n.
from),to:Int32Array.from(s,n=>n.to)}),()=>i.terminate()},[e.spec_hash]),a?.hash===e.spec_hash?a.layout:void 0}function Vt({graph:e,states:a,selected:o,onSelect:s}){
let i=nt(null),n=ee(e),r=nt(void 0),l=nt(0),f=Rt.use(),[u,w]=x({width:0,height:0}),g=G(()=>e.edges.filter(p=>p.to>=0),[e.spec_hash]);z(()=>{let p=i.current,y=new ResizeObserver(
()=>w({width:p.clientWidth,height:p.clientHeight}));return y.observe(p),()=>y.disconnect()},[]);let d=nt({}),b=nt(0),m=p=>{Pt(p,e,g,n,a,r.current,o,u),p.dataset.
painted=String(e.nodes.length),e.nodes.length>It&&ce(d.current,p,r.current)},_=(p=!1)=>{cancelAnimationFrame(l.current),l.current=requestAnimationFrame(()=>{let y=i.
current;if(!y||!n||!u.width)return;r.current??=ae(bt(n,u),n,u,e.nodes.length);let{all:h,last:D}=d.current;if(!p||!h||!D)return m(y);de(y,u,r.current,h,D),clearTimeout(
b.current),b.current=window.setTimeout(_,ue)})};z(()=>{if(d.current={},n&&u.width&&e.nodes.length>It){let p=document.createElement("canvas"),y={width:At,height:Math.
max(1,Math.round(At*Math.min(4,n.height/n.width)))},h=bt(n,y);Pt(p,e,g,n,a,h,void 0,y,i.current),d.current.all={picture:p,view:h}}_()},[n,a,u,f]),z(()=>_(),[o]),
z(()=>{r.current=void 0},[e.spec_hash]),z(()=>{let p=i.current,y=h=>{r.current&&(h.preventDefault(),Ot(r.current,Math.exp(-h.deltaY/400),h.offsetX,h.offsetY),_(
!0))};return p.addEventListener("wheel",y,{passive:!1}),()=>p.removeEventListener("wheel",y)});let R=nt(void 0),I=p=>{R.current={x:p.offsetX,y:p.offsetY,moved:!1},
i.current.setPointerCapture(p.pointerId)},P=p=>{if(!R.current||!r.current)return;let[y,h]=[p.offsetX-R.current.x,p.offsetY-R.current.y];!R.current.moved&&Math.hypot(
y,h)<4||(R.current={x:p.offsetX,y:p.offsetY,moved:!0},r.current.x+=y,r.current.y+=h,_(!0))},M=p=>{if(R.current&&!R.current.moved&&n&&r.current){let y=ie(n,e.nodes.
length,r.current,p.offsetX,p.offsetY);s(y===void 0?void 0:e.nodes[y].name)}R.current=void 0},E=p=>{r.current&&Ot(r.current,p,u.width/2,u.height/2),_()},k=()=>{r.
current=n&&bt(n,u),_()},N=p=>{let y=e.nodes.findIndex(h=>h.name===p);if(n&&y>=0){let h=Math.max(r.current?.scale??1,.6);r.current={scale:h,x:u.width/2-(n.x[y]+190/
2)*h,y:u.height/2-(n.y[y]+44/2)*h}}s(p),_()},U=p=>{if(p.ctrlKey||p.metaKey||p.altKey)return;let y=se(e,a,o,p.key==="N");if(p.key==="+"||p.key==="=")E(1.3);else if(p.
key==="-")E(1/1.3);else if(p.key==="f")k();else if((p.key==="n"||p.key==="N")&&y)N(y);else if(p.key.startsWith("Arrow")){let h=oe(e,o,p.key);h&&N(h)}else return;
p.preventDefault(),p.stopPropagation()};return t("div",{class:"graph",children:[t("div",{class:"graph-tools",children:[t("button",{onClick:()=>E(1.3),"aria-labe\
l":"Zoom in",children:"+"}),t("button",{onClick:()=>E(1/1.3),"aria-label":"Zoom out",children:"\u2212"}),t("button",{onClick:k,children:"Fit"}),t("span",{class:"\
muted",children:[e.nodes.length.toLocaleString("en")," tasks",e.truncated?", more are left out":""]})]}),t("canvas",{ref:i,style:{height:n?`clamp(220px, ${Math.
round(n.height+90)}px, 52vh)`:void 0},tabIndex:0,role:"img","aria-label":`Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f shows \
all.`,onPointerDown:I,onPointerMove:P,onPointerUp:M,onKeyDown:U}),!n&&t("p",{class:"graph-wait muted",children:"Laying out\u2026"}),t(ne,{graph:e,states:a,selected:o,
goTo:N})]})}function ne({graph:e,states:a,selected:o,goTo:s}){let i=e.nodes.findIndex(w=>w.name===o);if(i<0)return t("p",{class:"muted navigator",children:"Choo\
se a task to see what leads to it and what follows."});let n=e.nodes[i],r=(w,g)=>w.map(d=>{let b=e.nodes[d[g]]?.name;return t("li",{children:[t("span",{class:"m\
uted",children:[d.on," "]}),b===void 0?te[d.to]:t("button",{onClick:()=>s(b),children:b}),d.condition&&t("code",{children:[" ",d.condition]})]})}),l=e.edges.filter(
w=>w.to===i).slice(0,100),f=e.edges.filter(w=>w.from===i).slice(0,100),u=[n.with_items&&"with-items",n.join&&`join ${n.join}`,...n.policies].filter(Boolean).join(
", ");return t("div",{class:"navigator","aria-live":"polite",children:[t("div",{children:[t("strong",{children:n.name})," ",a.get(n.name)?.state??"not run"," \xB7 ",
t("code",{children:n.calls}),u&&t("span",{class:"muted",children:[" \xB7 ",u]})]}),t("div",{class:"columns",children:[t("div",{children:[t("h3",{children:"Comes\
 from"}),l.length?t("ul",{children:r(l,"from")}):t("p",{class:"muted",children:"The workflow's start."})]}),t("div",{children:[t("h3",{children:"Leads to"}),f.length?
t("ul",{children:r(f,"to")}):t("p",{class:"muted",children:"The workflow's end."})]})]})]})}function se(e,a,o,s){let i=e.nodes.filter(r=>a.get(r.name)?.state===
"ERROR").map(r=>r.name),n=o===void 0?-1:i.indexOf(o);if(i.length)return i[(n+(s?i.length-1:1)+(s&&n<0?1:0))%i.length]}function oe(e,a,o){let s=e.nodes.findIndex(
n=>n.name===a);if(s<0)return e.nodes[0]?.name;let i=o==="ArrowRight"||o==="ArrowDown";if(o==="ArrowLeft"||o==="ArrowRight"){let n=i?e.edges.find(r=>r.from===s&&
r.to>=0):e.edges.find(r=>r.to===s);return n&&e.nodes[i?n.to:n.from].name}return e.nodes[(s+(i?1:e.nodes.length-1))%e.nodes.length].name}function bt(e,a){let o=Math.
min(1,(a.width-40)/e.width,(a.height-40)/e.height);return{scale:o,x:(a.width-e.width*o)/2,y:(a.height-e.height*o)/2}}function ae(e,a,o,s){return s>le||e.scale>=
wt||a.width<a.height?e:{scale:wt,x:12,y:(o.height-a.height*wt)/2}}function Ot(e,a,o,s){let i=Math.min(3,Math.max(.01,e.scale*a));e.x=o-(o-e.x)*i/e.scale,e.y=s-(s-
e.y)*i/e.scale,e.scale=i}function ie(e,a,o,s,i){let[n,r]=[(s-o.x)/o.scale,(i-o.y)/o.scale];for(let l=0;l<a;l++)if(n>=e.x[l]&&n<=e.x[l]+190&&r>=e.y[l]&&r<=e.y[l]+
44)return l}var kt=.25,re=.6,le=60,wt=.4,It=400,ue=80,At=1600;function ce(e,a,o){let s=e.last?.picture??document.createElement("canvas");s.width=a.width,s.height=
a.height,s.getContext("2d").drawImage(a,0,0),e.last={picture:s,view:{...o}}}function de(e,a,o,...s){let i=devicePixelRatio||1,n=e.getContext("2d");n.setTransform(
i,0,0,i,0,0),n.clearRect(0,0,a.width,a.height);for(let{picture:r,view:l}of s){let f=o.scale/l.scale;n.drawImage(r,o.x-l.x*f,o.y-l.y*f,r.width/i*f,r.height/i*f)}
e.dataset.moving=String(Number(e.dataset.moving??0)+1)}function Pt(e,a,o,s,i,n,r,l,f=e){let u=devicePixelRatio||1,{width:w,height:g}=l;e.width=w*u,e.height=g*u;
let d=e.getContext("2d"),b=getComputedStyle(f),m=h=>b.getPropertyValue(`--${h}`).trim();d.setTransform(u*n.scale,0,0,u*n.scale,u*n.x,u*n.y);let[_,R]=[-n.x/n.scale,
-n.y/n.scale],[I,P]=[_+w/n.scale,R+g/n.scale],M=h=>s.x[h]>I||s.x[h]+190<_||s.y[h]>P||s.y[h]+44<R,E=Math.max(1,1/n.scale),k=new Map;o.forEach((h,D)=>{let[T,V]=[s.
x[h.from]+190,s.y[h.from]+44/2],[c,v]=[s.x[h.to],s.y[h.to]+44/2];if(Math.max(T,c)<_||Math.min(T,c)>I||Math.max(V,v)<R||Math.min(V,v)>P)return;let O=i.has(a.nodes[h.
from].name)&&i.has(a.nodes[h.to].name),j=`${h.on} ${O?1:0}`,K=k.get(j);if(K||k.set(j,K=new Path2D),K.moveTo(T,V),n.scale<kt)K.lineTo(c,v);else if(s.back[D])K.bezierCurveTo(
T+60,V+70,c-60,v+70,c,v);else{let St=Math.max(30,(c-T)/2);K.bezierCurveTo(T+St,V,c-St,v,c,v)}n.scale>=kt&&(K.moveTo(c-7,v-4),K.lineTo(c,v),K.lineTo(c-7,v+4))});
for(let[h,D]of k){let[T,V]=h.split(" ");d.strokeStyle=m(T==="error"?"error":"muted"),d.globalAlpha=V==="1"?1:.45,d.lineWidth=V==="1"?E*1.6:E,d.setLineDash(T==="\
error"?[6,4]:T==="skip"?[2,3]:[]),d.stroke(D)}d.globalAlpha=1,d.setLineDash([]);let[N,U,p]=[m("panel"),m("back"),m("ink")],y=new Map;d.textBaseline="middle";for(let h=0;h<
a.nodes.length;h++){if(M(h))continue;let D=a.nodes[h],T=i.get(D.name),V=T?st(T.state).colour:"muted",c=y.get(V);c||y.set(V,c=m(V));let[v,O]=[s.x[h],s.y[h]];if(n.
scale<kt){d.fillStyle=T?c:N,d.fillRect(v,O,190,44),d.strokeStyle=D.name===r?p:c,d.lineWidth=D.name===r?4*E:E,d.strokeRect(v,O,190,44);continue}d.beginPath(),d.roundRect(
v,O,190,44,6),d.fillStyle=T?N:U,d.fill(),d.strokeStyle=c,d.lineWidth=D.name===r?4:T?2:1.2,d.setLineDash(T?[]:[5,4]),d.stroke(),d.setLineDash([]);let j=n.scale>=
re;if(d.fillStyle=c,d.font="14px system-ui",d.fillText(T?st(T.state).sign:"\u25CB",v+10,O+(j?15:22)),d.fillStyle=p,d.font=j?"600 13px system-ui":"600 16px syste\
m-ui",d.fillText(Dt(D.name,j?20:16),v+28,O+(j?15:22)),!j)continue;d.fillStyle=m("muted"),d.font="11px system-ui";let K=T&&T.runs>1?` \xD7${T.runs}`:"";d.fillText(
Dt(T?`${T.note}${K}`:D.calls,28),v+10,O+32)}}var Dt=(e,a)=>e.length>a?`${e.slice(0,a-1)}\u2026`:e;function Gt(e,a){let o=[0,...e,a].filter(i=>i>=0&&i<=a).sort((i,n)=>i-n),s=[];for(let i=1;i<o.length;i++){let[n,r]=[o[i-1],o[i]];r-n>3e7&&r-n>a*.2&&s.push({from:n,
to:r})}return s}function Wt(e,a){let o=a.reduce((n,r)=>n+r.to-r.from,0),s=Math.max(1,(e-o)*.06),i=n=>{let r=0;for(let l of a){if(n<=l.from)break;let f=l.to-l.from,
u=Math.min(n,l.to)-l.from;r+=u*(1-Math.min(1,s/f))}return n-r};return{place:i,width:Math.max(1,i(e))}}var _t=26,me=22;function Ft({timeline:e,rows:a,task:o,run:s,path:i}){let[n,r]=x("begun"),[l,f]=x(!1),[u,w]=x(1),[g,d]=x(!0),[b,m]=x(0),_=e.now_us-e.execution.created_us,
R=c=>c.finished_us??_,I=G(()=>Math.max(1,...fe(a.map(R))),[a,_]),P=o===void 0?void 0:a.find(c=>c.id===s&&c.name===o)??a.filter(c=>c.name===o).pop(),M=P?`&withou\
t=${S(P.id)}`:"",E=L(i&&`${i}?critical_path=true&columns=id${M}`,e.execution.state==="RUNNING"?5e3:0).data,k=G(()=>E?.critical_path?new Set(E.critical_path.tasks):
pe(a),[a,E]),N=G(()=>new Map(E?.critical_path?E.rows.map((c,v)=>[c[0],E.critical_path.slack_us[v]]):[]),[E]),U=G(()=>Gt(a.flatMap(c=>[c.created_us,c.started_us??
c.created_us,R(c)]),I),[a,I]),{place:p,width:y}=G(()=>Wt(I,g?U:[]),[I,g,U]),h=G(()=>{let c=a.filter(v=>!l||v.state!=="SUCCESS");return n==="took"&&c.sort((v,O)=>R(
O)-xt(O)-(R(v)-xt(v))),n==="failed"&&c.sort((v,O)=>+(O.state==="ERROR")-+(v.state==="ERROR")||v.created_us-O.created_us),c},[a,n,l]);if(!a.length)return t(Y,{children:t(
"p",{children:"No task has been made yet."})});let D=Math.max(0,Math.floor(b/_t)-4),T=(c,v)=>`${(p(v)-p(c))/y*100}%`,V=P&&E?.critical_path?.without_us;return t(
"div",{class:"timeline",children:[t("div",{class:"filters",children:[t("label",{children:["Order ",t("select",{value:n,onChange:c=>r(c.currentTarget.value),children:[
t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"failed first"})]})]}),t(
"label",{children:[t("input",{type:"checkbox",checked:l,onChange:c=>f(c.currentTarget.checked)})," hide SUCCESS"]}),t("button",{onClick:()=>w(Math.min(64,u*2)),
"aria-label":"Stretch the time",children:"+"}),t("button",{onClick:()=>w(Math.max(1,u/2)),"aria-label":"Squeeze the time",children:"\u2212"}),U.length>0&&t("lab\
el",{children:[t("input",{type:"checkbox",checked:g,onChange:c=>d(c.currentTarget.checked)})," fold idle time"]}),t("span",{class:"muted",children:[$(I)," in al\
l \xB7 outlined: the critical path, ",k.size," tasks"]})]}),P&&V!==void 0&&t("p",{class:"facts",role:"status",children:["Had ",P.name," taken no time, the run w\
ould have taken ",$(V),I-V>0?`: ${$(I-V)} less`:", as it did",N.get(P.id)?`; it could have ended ${$(N.get(P.id))} later without making it longer`:"","."]}),t("\
div",{class:"window",tabIndex:0,"aria-label":"Time line",onScroll:c=>m(c.currentTarget.scrollTop),children:t("div",{class:"bars",style:{height:`${h.length*_t}px`,
width:`${u*100}%`},children:[g&&U.map(c=>t("span",{class:"bar-gap",style:{left:`calc(var(--name) + (100% - var(--name)) * ${p(c.from)/y})`},title:`nothing happe\
ned for ${$(c.to-c.from)}`,children:["\u2AFD ",$(c.to-c.from)]})),h.slice(D,D+me+8).map((c,v)=>{let[O,j]=[xt(c),R(c)],K=`${c.name}, ${c.state}: waited ${$(O-c.created_us)}\
, ran ${$(j-O)}${N.get(c.id)?`, ${$(N.get(c.id))} to spare`:""}`;return t("button",{class:`bar-row${c.name===o?" chosen":""}`,style:{top:`${(D+v)*_t}px`},title:K,
"aria-label":K,onClick:()=>H({task:c.name,run:c.id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${st(c.state).colour}`,"aria-hidden":"\
true",children:st(c.state).sign})," ",c.name]}),t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:T(0,c.created_us),width:T(c.created_us,
O)}}),t("span",{class:`bar bar-${st(c.state).colour}${k.has(c.id)?" critical":""}`,style:{left:T(0,O),width:T(O,j)}})]})]},c.id)})]})})]})}var xt=e=>e.started_us??
e.created_us;function fe(e){let a=[];for(let o=0;o<e.length;o+=1e4)a.push(Math.max(...e.slice(o,o+1e4)));return a}function pe(e){let a=new Map(e.map(n=>[n.id,n])),
o=n=>n.finished_us??1/0,s;for(let n of e)(!s||o(n)>=o(s))&&(s=n);let i=new Set;for(;s&&!i.has(s.id);)i.add(s.id),s=s.by?a.get(s.by):void 0;return i}var he={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},yt=12,rt=(e,a,o)=>`${e.toLocaleString("en")} ${e===1?a:o}`;function ge({of:e}){let a=e.executions.
filter(s=>s.from!==null),o=e.executions.length-a.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(C,{children:[
!!a.length&&t("p",{children:[a.slice(0,3).map(s=>t("span",{class:"nowrap",children:[s.workflow_name," ",t(F,{state:s.from})," \u2192 ",t(F,{state:s.to}),"; "]})),
a.length>3&&rt(a.length-3,"other execution changes; ","other executions change; "),!!o&&rt(o,"sub-workflow is started; ","sub-workflows are started; "),rt(e.actions,
"action is started","actions are started"),!!e.dropped_actions&&`, ${rt(e.dropped_actions,"running one is given up","running ones are given up")}`,"."]}),t("ul",
{class:"plain",children:e.would.slice(0,yt).map(s=>t("li",{children:[s.task_id?t("a",{href:W(`/executions/${S(s.workflow_execution_id)}?view=tasks&task=${S(s.task_name)}`),
children:s.task_name}):s.task_name," ",he[s.change],": ",s.from&&t(C,{children:[t(F,{state:s.from})," \u2192 "]}),t(F,{state:s.to})]}))}),(e.would.length>yt||e.
truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":rt(e.would.length-yt,"other task","other tasks"),"."]})]})}function ut({path:e,json:a}){
let o=L(`${e}/preview`,0,!1,a),{data:s,error:i}=o;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"polite",children:[!s&&!i&&t("p",
{class:"muted",children:"Looking ahead\u2026"}),i&&t("p",{class:"muted",children:["What would follow cannot be told: ",i.message]}),s&&!s.allowed&&t("p",{class:"\
state-error",children:["\u2716 It would be refused: ",s.message]}),s?.allowed&&t(C,{children:[t("h3",{children:"What would follow at once"}),t(ge,{of:s})]})]})}var vt=34,be=16,Tt=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function Ut({rows:e,truncated:a,only:o,again:s}){let{query:i}=Z(),[n,r]=x(""),[l,f]=x("b\
egun"),[u,w]=x(0),g=i.get("state")??"",d=i.get("task")??void 0,b=i.get("run")??void 0,m=G(()=>{let k=e.filter(N=>(!n||N.name.includes(n))&&(!g||N.state===g));return l===
"took"&&k.sort((N,U)=>Tt(U)-Tt(N)||N.created_us-U.created_us),l==="name"&&k.sort((N,U)=>N.name.localeCompare(U.name)),l==="state"&&k.sort((N,U)=>N.state.localeCompare(
U.state)),k},[e,n,g,l]),_=e.filter(k=>k.name===d),R=_.find(k=>k.id===b)??_[_.length-1],I=R&&t(ke,{row:R,runs:_,again:s},R.id);if(o!==void 0)return I??t("p",{class:"\
muted",children:[o," has not run."]});let P=[...new Set(e.map(k=>k.state))],M=Math.max(0,Math.floor(u/vt)-4),E=m.slice(M,M+be+8);return t(C,{children:[t("div",{
class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:n,onInput:k=>r(k.currentTarget.value)})]}),t("label",{children:[
"State ",t("select",{value:g,onChange:k=>H({state:k.currentTarget.value}),children:[t("option",{value:"",children:"all"}),P.map(k=>t("option",{children:k}))]})]}),
t("label",{children:["Order ",t("select",{value:l,onChange:k=>f(k.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"\
took",children:"longest first"}),t("option",{value:"name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[
m.length.toLocaleString("en")," of ",e.length.toLocaleString("en"),a?"; the run has more, which are left out":""]})]}),m.length===0&&t(Y,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),m.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:k=>w(k.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":m.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${M*vt}px`}}),E.map((k,N)=>t(
"tr",{class:k.name===d?"chosen":void 0,"aria-rowindex":M+N+1,children:[t("td",{children:t(F,{state:k.state})}),t("td",{children:t("button",{class:"link",onClick:()=>H(
{task:k.name,run:k.id}),children:k.name})}),t("td",{children:$(k.started_us??k.created_us).replace(/^\d/,"+$&")}),t("td",{children:k.finished_us===null?"\u2013":
$(Tt(k))}),t("td",{children:[k.attempts,k.items!==null&&` \xB7 ${k.items} items`]})]},k.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,m.length-M-
E.length)*vt}px`}})]})]})}),I]})}function ke({row:e,runs:a,again:o}){let[s,i]=x(),n=`/v2/tasks/${S(e.id)}`,r=L(`${n}?fields=id,name,state,state_info,result,publ\
ished,type,created_at`,e.finished_us===null?3e3:0),[l,f]=x(!1),u=s==="RUNNING"?{state:"RUNNING",reset:!l}:{state:"SKIPPED"},w=async()=>{await X(n,{method:"PUT",
json:u}),o(),r.again()};return t("section",{class:"panel","aria-label":`Task ${e.name}`,children:[t("div",{class:"title",children:[t("h2",{children:e.name})," ",
t(F,{state:e.state}),e.state==="ERROR"&&t(tt,{rule:"tasks:update",children:[t("button",{onClick:()=>i("RUNNING"),children:"Run it again\u2026"}),t("button",{onClick:()=>i(
"SKIPPED"),children:"Skip it\u2026"})]}),t("button",{onClick:()=>H({task:void 0,run:void 0}),children:"Close"})]}),a.length>1&&t("p",{class:"facts",children:["R\
uns: ",a.slice(-20).map((g,d)=>t(C,{children:[t("button",{class:"small","aria-pressed":g.id===e.id,onClick:()=>H({run:g.id}),children:[d+1+Math.max(0,a.length-20),
" ",t(F,{state:g.state})]})," "]}))]}),t(A,{of:r,children:g=>t(C,{children:[g.state_info&&t(q,{children:g.state_info}),t("div",{class:"columns",children:[t(J,{title:"\
Result",value:g.result}),t(J,{title:"Published",value:g.published})]}),g.type==="WORKFLOW"?t(_e,{path:n}):t(we,{path:n})]})}),s&&t(at,{title:s==="RUNNING"?`Run ${e.
name} again?`:`Skip ${e.name}?`,label:s==="RUNNING"?"Run it again":"Skip it",act:w,close:()=>i(void 0),children:[t("p",{children:s==="SKIPPED"?"The run goes on \
with what follows when it is skipped.":l?"The run goes on from here; items that succeeded keep their results.":"The run goes on from here, with all items of the\
 task."}),s==="RUNNING"&&e.items!==null&&t("p",{children:t("label",{children:[t("input",{type:"checkbox",checked:l,onChange:g=>f(g.currentTarget.checked)})," on\
ly the items that failed"]})}),t(ut,{path:n,json:u})]})]})}var ct=50;function we({path:e}){let a=L(`${e}/action_executions?limit=${ct}&include_output=true`);return t(
A,{of:a,children:o=>t(C,{children:[t("h3",{children:"Actions"}),o.action_executions.map(s=>t("details",{class:"call",children:[t("summary",{children:[t(F,{state:s.
state})," ",s.name," ",t(Q,{time:B(s.created_at)})," ",t("code",{children:s.id})]}),s.state_info&&t(q,{children:s.state_info}),t("div",{class:"columns",children:[
t(J,{title:"Input",value:s.input}),t(J,{title:"Output",value:s.output})]})]},s.id)),o.next&&t("p",{class:"muted",children:["Only the first ",ct," are shown."]}),
!o.action_executions.length&&t("p",{class:"muted",children:"No action has been called."})]})})}function _e({path:e}){let a=L(`${e}/workflow_executions?limit=${ct}`);
return t(A,{of:a,children:o=>t(C,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:o.executions.map(s=>t("li",{children:[t(F,{state:s.state})," ",t(
"a",{href:W(`/executions/${S(s.id)}`),children:s.workflow_name})," ",t("code",{children:s.id})]},s.id))}),o.next&&t("p",{class:"muted",children:["Only the first\
 ",ct," are shown."]})]})})}function Ht({rows:e}){let{query:a}=Z(),[o,s]=x("<% $ %>"),[i,n]=x(),[r,l]=x(),f=e.find(m=>m.id===a.get("run"))??e.find(m=>m.name===a.get("task"))??e[e.length-1],
u=L(f&&`/v2/tasks/${S(f.id)}/context`),w=L("/v2/expressions/functions");if(!f)return t(Y,{children:t("p",{children:"No task has been made yet, so there are no d\
ata to try expressions on."})});let g=async m=>{m.preventDefault(),l(void 0);try{n(await X("/v2/expressions",{method:"POST",json:{expression:o,task_execution_id:f.
id}}))}catch(_){l(_)}},d=/([A-Za-z_]\w*)\W*$/.exec(o.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),b=d?w.data?.functions.filter(m=>m.name.toLowerCase().startsWith(
d)).slice(0,8)??[]:[];return t("div",{class:"columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:g,onKeyDown:m=>{m.key==="Enter"&&(m.metaKey||
m.ctrlKey)&&g(m)},children:[t("label",{class:"block",children:["What the task saw ",t("select",{value:f.id,onChange:m=>{let _=e.find(R=>R.id===m.currentTarget.value);
H({run:_?.id,task:_?.name},!0)},children:e.slice(-500).map(m=>t("option",{value:m.id,children:[m.name," (",m.state,")"]}))})]}),t("label",{class:"block",children:[
"Expression, YAQL or Jinja2",t("textarea",{class:"code",rows:3,spellcheck:!1,value:o,onInput:m=>s(m.currentTarget.value)})]}),t("div",{class:"buttons",children:t(
"button",{class:"primary",children:"Evaluate (Ctrl Enter)"})})]}),r&&t(Lt,{error:r}),i?.error!==void 0&&t(q,{look:"error",isNews:!0,children:i.error}),i&&i.error===
void 0&&t("div",{role:"status",children:[t("p",{class:"muted",children:["after ",$(i.took_us)]}),t(ht,{value:i.result})]}),b.length>0&&t("dl",{class:"functions",
children:b.map(m=>t(C,{children:[t("dt",{children:t("code",{children:m.signature})}),t("dd",{class:"muted",children:m.text})]}))})]}),t("section",{class:"data",
children:[t("h3",{children:"$"}),t(A,{of:u,children:m=>t(ht,{value:m.context})})]})]})}function Kt({base:e,state:a,workflow:o}){let s=L(`${e}/errors`);return t(A,{of:s,children:i=>i.groups.length?t(C,{children:[i.groups.map(n=>t("section",{class:"\
panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",Ct(n.count)]})," ",t(Q,{time:n.first_us/1e3}),n.count>1&&t(C,{children:[" \
to ",t(Q,{time:n.last_us/1e3})]})," ",t(lt,{text:n.message})]}),t(q,{children:n.message}),t("p",{children:n.path.map((r,l)=>t(C,{children:[l>0&&" \u25B8 ",t("a",
{href:W(`/executions/${S(r.execution_id)}?view=tasks&task=${S(r.task_name)}&run=${r.task_id}`),children:[r.workflow_name," \xB7 ",r.task_name]})]}))}),t("p",{children:t(
"a",{href:W(`/executions${Et({state:"ERROR",workflow_name:o,state_info:`has:${n.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),i.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(Y,{children:t(
"p",{children:a==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function jt(e,a){return e.filter(o=>o.created_us<=a).map(o=>{if(o.finished_us!==null&&o.finished_us<=a)return o;let s=o.started_us!==null&&o.started_us<=a;return{
...o,finished_us:null,state:s?"RUNNING":o.started_us===null?o.state:"WAITING"}})}var xe=[1,10,100,1e3];function Bt({rows:e,end:a,isOpen:o}){let{query:s}=Z(),i=s.
get("at"),n=i===null?void 0:Number(i),[r,l]=x(0),f=G(()=>{let b=new Set;for(let m of e)for(let _ of[m.created_us,m.started_us,m.finished_us])_!==null&&b.add(_);
return[...b].sort((m,_)=>m-_)},[e]),u=Math.max(f[f.length-1]??0,o?a:0,1),w=b=>H({at:b===void 0?void 0:String(Math.round(b))},!0),g=b=>{let m=n??u;w(b?[...f].reverse().
find(_=>_<m)??0:f.find(_=>_>m))};if(z(()=>{if(!r)return;let b=n??0,m=setInterval(()=>{if(b+=5e4*r,b>=u)return l(0),w(void 0);w(b)},50);return()=>clearInterval(m)},
[r]),!f.length)return null;let d=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at a m\
oment",children:[t("button",{class:"small",onClick:()=>g(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:u,step:1,value:n??
u,"aria-label":"Moment","aria-valuetext":n===void 0?"now":$(n),onInput:b=>{let m=Number(b.currentTarget.value);w(m>=u?void 0:m)},onKeyDown:b=>{(b.key==="ArrowLe\
ft"||b.key==="ArrowRight")&&(g(b.key==="ArrowLeft"),b.preventDefault())}}),t("button",{class:"small",onClick:()=>g(!1),"aria-label":"Event after",children:"\u25B6"}),
!d&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(r),onChange:b=>l(Number(b.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),xe.map(b=>t("option",{value:String(b),children:["\xD7 ",b]}))]})]}),t("span",{class:"muted",children:n===void 0?o?"now":"at i\
ts end":t(C,{children:[t("strong",{children:["at ",$(n)]})," of ",$(u)," ",t("button",{class:"small",onClick:()=>w(void 0),children:["back to ",o?"now":"the end"]})]})}),
n!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var dt=100;function qt({id:e}){return t(Yt,{id:e,depth:0})}function Yt({id:e,depth:a}){let o=L(`/v2/executions/${S(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(A,{of:o,children:s=>{let i=s.tasks.filter(n=>n.type==="WORKFLOW");return i.length?t("ul",{class:"tree",children:[i.slice(0,dt).map(n=>t(ye,{task:n,
depth:a})),(i.length>dt||s.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):a?t("p",{class:"muted",children:"nothing below"}):t(Y,
{children:t("p",{children:"This run has started no other workflows."})})}})}function ye({task:e,depth:a}){let[o,s]=x(a===0),i=L(o?`/v2/tasks/${S(e.id)}/workflow\
_executions?limit=${dt}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":o,onClick:()=>s(!o),children:[o?"\u25BE":"\u25B8"," ",
t(F,{state:e.state})," ",e.name]}),o&&t(A,{of:i,children:n=>t("ul",{class:"tree",children:[n.executions.map(r=>t(ve,{child:r,depth:a})),n.next&&t("li",{class:"m\
uted",children:["Only the first ",dt," are shown."]})]})})]})}function ve({child:e,depth:a}){let[o,s]=x(!1),[i,n]=[B(e.created_at),B(e.updated_at)];return t("li",
{children:[t("button",{class:"json-fold","aria-expanded":o,"aria-label":`Open ${e.id}`,onClick:()=>s(!o),children:o?"\u25BE":"\u25B8"})," ",t(F,{state:e.state}),
" ",t("a",{href:W(`/executions/${S(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:i!==void 0&&n!==void 0?$((n-i)*1e3):""}),o&&t(Yt,{id:e.
id,depth:a+1})]})}var zt=10;function Xt(e){let a=new Map;for(let o of e){let s=`${o.kind} ${o.message} ${o.task_name} ${o.fire_at??""} ${o.kind==="action_waiting_for_completion"?
o.action_execution_id:""}`,i=a.get(s);i?i[1]+=1:a.set(s,[o,1])}return[...a.values()]}function Jt({base:e,isOpen:a,isLive:o,select:s}){let i=L(`${e}/why`,a?o?5e3:
3e3:0),n=a?"Why it has not finished":"Why it failed",[r,l]=x();return t(A,{of:i,children:f=>t("section",{class:`why${a?"":" failed"}`,"aria-label":n,children:[t(
"h2",{children:n}),!(f.reasons[0]&&f.summary.includes(f.reasons[0].message))&&t("p",{children:f.summary}),t("ul",{children:Xt(f.reasons).slice(0,zt).map(([u,w])=>t(
"li",{children:[w>1&&t("strong",{children:[w," \xD7 "]}),u.message,u.fire_at&&t(C,{children:[" (",t($t,{time:B(u.fire_at)}),")"]})," ",u.task_name&&t("button",{
class:"small",onClick:()=>s(u.task_name),children:["Look at ",u.task_name]})," ",u.kind==="action_waiting_for_completion"&&u.action_execution_id&&t(tt,{rule:"ac\
tion_executions:update",children:t("button",{class:"small",onClick:()=>l(u),children:"Complete\u2026"})}),u.execution_id&&t("a",{class:"button small",href:W(`/e\
xecutions/${S(u.execution_id)}`),children:["Open ",u.workflow_name??"it"]}),u.kind==="action_queued"&&t("a",{class:"button small",href:W("/cluster"),children:"L\
ook at the executors"})]},`${u.kind} ${u.action_execution_id} ${u.task_name}`))}),(Xt(f.reasons).length>zt||f.truncated)&&t("p",{class:"muted",children:"There a\
re more reasons."}),r&&t(Te,{reason:r,close:()=>l(void 0),again:i.again})]})})}function Te({reason:e,close:a,again:o}){let[s,i]=x("SUCCESS"),[n,r]=x("{}"),l=async()=>{
let f=JSON.parse(n);if(f===null||typeof f!="object"||Array.isArray(f))throw new Error('The result has to be a JSON object: {"name": \u2026}.');let u={state:s,output:f};
await X(`/v2/action_executions/${S(e.action_execution_id)}`,{method:"PUT",json:u}),o()};return t(at,{title:`Complete the action of ${e.task_name}`,label:"Comple\
te",act:l,close:a,children:[t("label",{children:["State ",t("select",{value:s,onChange:f=>i(f.currentTarget.value),children:[t("option",{children:"SUCCESS"}),t(
"option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",t("textarea",{rows:5,value:n,onInput:f=>r(f.currentTarget.value)})]})]})}var Se=[["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],Re=["graph","time",
"tasks"],Zt=2e4,Qt=2e3;function Ee(e,a){if(a.event!=="tasks")return e;let o=l=>e.columns.indexOf(l),s=l=>a.data.columns.indexOf(l),i=e.execution.created_us,n=[...e.
rows],r=new Map(n.map((l,f)=>[l[o("id")],f]));for(let l of a.data.rows){let f=e.columns.map(w=>{let g=l[s(w)];return w.endsWith("_us")&&typeof g=="number"?g-i:g}),
u=r.get(f[o("id")]);u===void 0?n.push(f):n[u]=f}return{...e,rows:n}}function ks({id:e}){let a=`/v2/executions/${S(e)}`,[o,s]=x(!1),i=gt(ft.get()?void 0:`executi\
on:${e}`,f=>{(f.event==="execution"||f.event==="gap")&&n.again()}),n=L(a,i||o?Zt:Qt),r=n.data?.state,l=r!==void 0&&it(r);return l!==o&&s(l),t(A,{of:n,children:f=>t(
Ce,{execution:f,base:a,again:n.again,isLive:i,id:e})})}function Ce({execution:e,base:a,again:o,isLive:s,id:i}){let{query:n}=Z(),r=n.get("view")??"graph",l=n.get(
"task")??void 0,f=n.get("at"),u=!it(e.state),w=ft.use()!==void 0,g=Re.includes(r);gt(g&&!w?`execution:${i}`:void 0,M=>{M.event==="gap"?d.again():f===null&&d.patch(
E=>Ee(E,M))});let d=L(g||r==="bench"?`${a}/timeline`:void 0,s||!u?Zt:Qt),b=G(()=>d.data?$e(d.data):[],[d.data]),m=f===null?void 0:Number(f),_=G(()=>m===void 0?b:
jt(b,m),[b,m]),R=e.root_execution_id,I=d.data?.execution,P=I?.updated_us?I.updated_us-I.created_us:void 0;return t(C,{children:[t("div",{class:"title",children:[
t("h1",{children:e.workflow_name})," ",t(F,{state:e.state}),t("code",{children:e.id})," ",t(lt,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["s\
tarted ",t(Q,{time:B(e.created_at)}),u?"":t(C,{children:[" \xB7 ended ",t(Q,{time:B(e.updated_at)}),P!==void 0&&` \xB7 took ${$(P)}`]}),e.description&&t(C,{children:[
" \xB7 ",e.description]}),R&&t(C,{children:[" \xB7 part of ",t("a",{href:W(`/executions/${S(R)}`),children:"the run that started it"})]})," \xB7 ",t("a",{href:W(
`/workflows/${S(e.workflow_id)}`),children:"definition"})," \xB7 ",t("a",{href:W(`/executions?workflow_name=${S(e.workflow_name)}`),children:"other runs"})]}),!w&&
t(Ne,{execution:e,base:a,again:o}),(u||e.state==="ERROR")&&t(Jt,{isOpen:u,isLive:s,base:a,select:M=>H({task:M})}),e.state_info&&(e.state==="ERROR"?t("details",{
children:[t("summary",{children:"The message in full"}),t(q,{look:"error",children:e.state_info})]}):t(q,{look:"idle",children:e.state_info})),t("div",{class:"t\
abs",role:"tablist",children:Se.map(([M,E])=>t("button",{role:"tab","aria-selected":r===M,onClick:()=>H({view:M}),children:E}))}),g&&t(Bt,{rows:b,end:d.data?Math.
max(d.data.now_us-d.data.execution.created_us,0):0,isOpen:u}),r==="data"&&t(Me,{execution:e}),r==="errors"&&t(Kt,{base:a,state:e.state,workflow:e.workflow_name}),
r==="tree"&&t(qt,{id:e.id}),r==="bench"&&t(Ht,{rows:b}),r==="graph"&&t(Le,{base:a,rows:_,task:l}),r==="time"&&t(A,{of:d,children:M=>t(Ft,{timeline:M,rows:_,task:l,
run:n.get("run")??void 0,path:w?void 0:`${a}/timeline`})}),(r==="tasks"||l&&g)&&t(A,{of:d,children:M=>t(Ut,{rows:_,truncated:M.truncated,only:r==="tasks"?void 0:
l,again:()=>{o(),d.again()}})})]})}function $e(e){return e.rows.map(a=>Object.fromEntries(e.columns.map((o,s)=>[o,a[s]])))}function Le({base:e,rows:a,task:o}){let s=L(
`${e}/graph`),i=G(()=>{let n=new Map;for(let r of a){let l=r.finished_us??void 0,f=l!==void 0?$(l-(r.started_us??r.created_us)):r.state.toLowerCase(),u=r.items!==
null?` \xB7 ${r.items} items`:"",w=`${f}${r.attempts>1?` \xB7 attempt ${r.attempts}`:""}${u}`;n.set(r.name,{state:r.state,runs:(n.get(r.name)?.runs??0)+1,note:w})}
return n},[a]);return t(A,{of:s,children:n=>t(Vt,{graph:n,states:i,selected:o,onSelect:r=>H({task:r})})})}function Me({execution:e}){let a=L(`/v2/executions/${S(
e.id)}`);return t(A,{of:a,children:o=>t("div",{class:"columns",children:[t(J,{title:"Input",value:o.input}),t(J,{title:"Output",value:o.output}),t(J,{title:"Par\
ameters",value:o.params})]})})}function Ne({execution:e,base:a,again:o}){let[s,i]=x(),[n,r]=x(!1),{state:l}=e,f=async m=>{m.state?await X(a,{method:"PUT",json:{
state:m.state}}):(await X(`${a}${it(l)?"":"?force=true"}`,{method:"DELETE"}),mt("/executions")),o()},u={title:"Pause this run?",text:"Actions that are running g\
o on to their end; nothing new begins.",label:"Pause",state:"PAUSED"},w={title:"Resume this run?",text:"It goes on where it was stopped; failed tasks run again.",
label:"Resume",state:"RUNNING"},g={title:"Cancel this run?",text:"It ends as CANCELLED, with everything that it has started.",label:"Cancel the run",state:"CANC\
ELLED"},d={title:"Delete this run?",text:"It and everything below it are gone for good.",label:"Delete"},b=[l==="RUNNING"&&u,["PAUSED","ERROR"].includes(l)&&w,!it(
l)&&g].filter(Boolean);return t("div",{class:"buttons",children:[t(tt,{rule:"executions:update",children:b.map(m=>t("button",{onClick:()=>i(m),children:[m.label,
"\u2026"]}))}),t(tt,{rule:"executions:create",children:t("button",{onClick:()=>r(!0),children:"Run again\u2026"})}),t(Oe,{execution:e}),t(Ie,{base:a,id:e.id}),t(
tt,{rule:"executions:delete",children:t("button",{onClick:()=>i(d),children:"Delete\u2026"})}),s&&t(at,{title:s.title,label:s.label,act:()=>f(s),close:()=>i(void 0),
children:[t("p",{children:s.text}),s.state&&t(ut,{path:a,json:{state:s.state}})]}),n&&t(Nt,{workflow:e.workflow_id,name:e.workflow_name,input:e.input,close:()=>r(
!1)})]})}function Oe({execution:e}){let[a,o]=x(!1),s=S(e.workflow_name),i=L(a?`/v2/executions?workflow_name=${s}&limit=12&sort_keys=created_at&sort_dirs=desc&fi\
elds=id,state,created_at,workflow_name`:void 0),n=(i.data?.executions??[]).filter(l=>l.id!==e.id),r=n.find(l=>l.state==="SUCCESS");return t("select",{"aria-labe\
l":"Compare with",value:"",onFocus:()=>o(!0),onPointerDown:()=>o(!0),onChange:l=>mt(`/compare?a=${S(l.currentTarget.value)}&b=${S(e.id)}`),children:[t("option",
{value:"",children:"Compare with\u2026"}),r&&t("option",{value:r.id,children:"the last success"}),n.map(l=>t("option",{value:l.id,children:[l.state," ",l.created_at]})),
a&&i.data&&!n.length&&t("option",{disabled:!0,children:"no other run of this workflow"})]})}function Ie({base:e,id:a}){let[o,s]=x(!1);return t("button",{disabled:o,
onClick:async()=>{s(!0);try{let n=await fetch(`${e}/snapshot`,{headers:pt.get()?{"X-Auth-Token":pt.get()}:{}});if(!n.ok)throw new Error((await n.json()).faultstring);
let r=document.createElement("a");r.href=URL.createObjectURL(await n.blob()),r.download=`execution-${a}.ndjson`,r.click(),setTimeout(()=>URL.revokeObjectURL(r.href),
1e4)}catch(n){alert(String(n))}s(!1)},children:o?"Saving\u2026":"Save as file"})}export{Vt as a,ks as b,$e as c};
