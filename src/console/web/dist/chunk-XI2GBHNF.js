import{c as Ht}from"./chunk-ABN4ZUN6.js";import{a as vt,b as K}from"./chunk-XJYGVHSB.js";import{a as qt,b as Bt}from"./chunk-LHDPUPB2.js";import{
a as Kt}from"./chunk-K52UCTHT.js";import{e as Ut,f as Gt,g as Ft,h as Wt,j as Vt}from"./chunk-6QFM6PES.js";import{$ as M,A as Mt,D as Q,F as It,G as w,
J as _t,P as G,Q as F,S as y,T as ut,V as J,W as ct,Y as At,_ as t,a as _,aa as B,ba as Pt,ca as Dt,d as b,da as C,e as Z,ea as W,fa as V,g as z,h as E,ha as X,
ia as dt,ja as T,k as Ot,ka as nt,n as U,na as H,o as L,p as wt,q as $}from"./chunk-ZTMUTIUO.js";function jt(e,s=()=>performance.now(),a=(n,o)=>setTimeout(n,o)){let n=!1,o=!1,i=async()=>{n=!0,o=!1;let r=s();await e(),a(()=>{n=!1,o&&i()},Math.max(250,(s()-r)*
5))};return()=>{n?o=!0:i()}}function zt(e,s){if(s<=3e7)return[];let a=Float64Array.from([0,...e().filter(o=>o>=0&&o<=s),s]).sort(),n=[];for(let o=1;o<a.length;o++){let[i,r]=[a[o-1],a[o]];r-
i>3e7&&r-i>s*.2&&n.push({from:i,to:r})}return n}function Jt(e,s){let a=s.reduce((i,r)=>i+r.to-r.from,0),n=Math.max(1,(e-a)*.06),o=i=>{let r=0;for(let l of s){if(i<=
l.from)break;let d=l.to-l.from,u=Math.min(i,l.to)-l.from;r+=u*(1-Math.min(1,n/d))}return i-r};return{place:o,width:Math.max(1,o(e))}}function Yt(e,s,{place:a}){
let[n,o]=[0,s];for(;o-n>1;){let i=(n+o)/2;a(i)<e?n=i:o=i}return Math.round(a(n)>=e?n:o)}function Zt(e,s){let a=e/(5*s),n=10**Math.floor(Math.log10(Math.max(1,a))),
o=n*([1,2,5].find(i=>n*i>=a)??10);return Array.from({length:Math.min(400,Math.floor(e*.96/o)+1)},(i,r)=>r*o)}function yt(e,s){let a=e;for(let n of s)a>n.from&&(a+=
n.to-n.from);return a}var xt=26,ke=22;function Qt({timeline:e,rows:s,task:a,run:n,path:o}){let[i,r]=b("begun"),[l,d]=b(!1),[u,p]=b(1),[h,k]=b(!0),[S,c]=b(0),{created_us:g,updated_us:v,
state:N}=e.execution,q=(J(N)&&v!==null?v:e.now_us)-g,O=m=>m.finished_us??q,x=E(()=>Math.max(1,..._e(s.map(O))),[s,q]),f=a===void 0?void 0:s.find(m=>m.id===n&&m.
name===a)??s.filter(m=>m.name===a).pop(),I=f?`&without=${w(f.id)}`:"",A=T(o&&`${o}?critical_path=true&columns=id${I}`,e.execution.state==="RUNNING"?5e3:0).data,
at=E(()=>A?.critical_path?new Set(A.critical_path.tasks):o?new Set:St(s),[s,A,o]),ot=E(()=>new Map(A?.critical_path?A.rows.map((m,R)=>[m[0],A.critical_path.slack_us[R]]):
[]),[A]),j=E(()=>zt(()=>s.flatMap(m=>[m.created_us,m.started_us??m.created_us,O(m)]),x),[s,x]),{place:Y,width:tt}=E(()=>Jt(x,h?j:[]),[x,h,j]),{query:Lt}=U(),D=be(
Lt.get("from"),Lt.get("until")),ht=z(null),{now:gt,listeners:ge}=qt(m=>ht.current?Bt(ht.current,m):0,({from:m,to:R})=>{let[P,rt]=[m,R].map(lt=>Yt(lt*tt,x,{place:Y}));
$({from:String(P),until:String(Math.max(rt,P+1))})}),kt=E(()=>{let m=s.filter(R=>(!l||R.state!=="SUCCESS")&&(!D||R.created_us<D.until&&O(R)>=D.from));return i===
"took"&&m.sort((R,P)=>O(P)-Tt(P)-(O(R)-Tt(R))),i==="failed"&&m.sort((R,P)=>+(P.state==="ERROR")-+(R.state==="ERROR")||R.created_us-P.created_us),m},[s,i,l,D?.from,
D?.until]);if(!s.length)return t(V,{children:t("p",{children:"No task has been made yet."})});let bt=Math.max(0,Math.floor(S/xt)-4),et=(m,R)=>`${(Y(R)-Y(m))/tt*
100}%`,Nt=(m,R)=>({left:`calc(var(--name) + (100% - var(--name) - 8px) * ${m})`,width:`calc((100% - var(--name) - 8px) * ${Math.max(0,R-m)})`}),it=f&&A?.critical_path?.
without_us;return t("div",{class:"timeline",children:[t("div",{class:"filters",children:[t("label",{children:["Order ",t("select",{value:i,onChange:m=>r(m.currentTarget.
value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"failed\
 first"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:l,onChange:m=>d(m.currentTarget.checked)})," hide SUCCESS"]}),t("span",{class:"nowrap",children:[
t("button",{onClick:()=>p(Math.min(64,u*2)),"aria-label":"Stretch the time",children:"+"})," ",t("button",{onClick:()=>p(Math.max(1,u/2)),"aria-label":"Squeeze \
the time",children:"\u2212"})]}),j.length>0&&t("label",{children:[t("input",{type:"checkbox",checked:h,onChange:m=>k(m.currentTarget.checked)})," fold idle time"]}),
t(we,{range:D}),t("span",{class:"muted",children:[y(x)," in all",at.size>0&&` \xB7 outlined: the critical path, ${at.size.toLocaleString("en")} ${at.size===1?"t\
ask":"tasks"}`]})]}),D&&t("p",{class:"facts",role:"status",children:["Between ",D.from>0?y(D.from):"the beginning"," and ",y(Math.min(D.until,x)),": ",kt.length.
toLocaleString("en")," of ",s.length.toLocaleString("en")," tasks. ",t("button",{class:"small",onClick:()=>$({from:void 0,until:void 0}),children:"Show all"})]}),
f&&it!==void 0&&t("p",{class:"facts",role:"status",children:["Had ",f.name," taken no time, the run would have taken ",y(it),x-it>0?`: ${y(x-it)} less`:", as it\
 did",ot.get(f.id)?`; it could have ended ${y(ot.get(f.id))} later without making it longer`:"","."]}),t("div",{class:"window bars-window",tabIndex:0,"aria-labe\
l":"Time line",...ge,onScroll:m=>c(m.currentTarget.scrollTop),children:[t("div",{class:"bar-axis","aria-hidden":"true",style:{width:`${u*100}%`},children:[t("sp\
an",{class:"bar-name muted",children:"after"}),t("span",{class:"bar-space",ref:ht,children:Zt(h?j.reduce((m,R)=>m-(R.to-R.from),x):x,u).map(m=>t("span",{class:"\
bar-tick",style:{left:et(0,yt(m,h?j:[]))},children:m===0?"0":y(yt(m,h?j:[]))}))})]}),t("div",{class:"bars",style:{height:`${kt.length*xt}px`,width:`${u*100}%`},
children:[h&&j.map(m=>t("span",{class:"bar-gap",style:{left:`calc(var(--name) + (100% - var(--name)) * ${Y(m.from)/tt})`},title:`nothing happened for ${y(m.to-m.
from)}`,children:["\u22EF ",y(m.to-m.from)]})),gt?t("span",{class:"bar-band",style:Nt(gt.from,gt.to)}):D&&t("span",{class:"bar-band",style:Nt(Y(Math.min(D.from,
x))/tt,Y(Math.min(D.until,x))/tt)}),kt.slice(bt,bt+ke+8).map((m,R)=>{let[P,rt]=[Tt(m),O(m)],lt=`${m.name}, ${m.state}: waited ${y(P-m.created_us)}, ran ${y(rt-P)}${ot.
get(m.id)?`, ${y(ot.get(m.id))} to spare`:""}`;return t("button",{class:`bar-row${m.name===a?" chosen":""}`,style:{top:`${(bt+R)*xt}px`},title:lt,"aria-label":lt,
onClick:()=>$({task:m.name,run:m.id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${ut(m.state).colour}`,"aria-hidden":"true",children:ut(
m.state).sign})," ",m.name]}),t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:et(0,m.created_us),width:et(m.created_us,P)}}),t("spa\
n",{class:`bar bar-${ut(m.state).colour}${at.has(m.id)?" critical":""}`,style:{left:et(0,P),width:et(P,rt)}})]})]},m.id)})]})]})]})}function be(e,s){let a={from:e?
Number(e):0,until:s?Number(s):1/0};return(e||s)&&a.from<a.until?a:void 0}function we({range:e}){let s=(a,n)=>{let o=e&&Number.isFinite(e[a])?String(e[a]/1e6):"";
return t("label",{children:[n," ",t("input",{class:"small seconds",inputMode:"decimal",defaultValue:o,onChange:i=>{let r=parseFloat(i.currentTarget.value);$({[a]:r>=
0?String(Math.round(r*1e6)):void 0})}},o)]})};return t("span",{class:"nowrap",title:"Dragging over the time line does the same.",children:[s("from","from")," ",
s("until","to")," s"]})}var Tt=e=>e.started_us??e.created_us;function _e(e){let s=[];for(let a=0;a<e.length;a+=1e4)s.push(Math.max(...e.slice(a,a+1e4)));return s}
function St(e){let s=new Map(e.map(i=>[i.id,i])),a=i=>i.finished_us??1/0,n;for(let i of e)(!n||a(i)>=a(n))&&(n=i);let o=new Set;for(;n&&!o.has(n.id);)o.add(n.id),
n=n.by?s.get(n.by):void 0;return o}var ve={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},Rt=12,st=(e,s,a)=>`${e.toLocaleString("en")} ${e===1?s:a}`;function ye({of:e}){let s=e.executions.
filter(n=>n.from!==null),a=e.executions.length-s.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(_,{children:[
!!s.length&&t("p",{children:[s.slice(0,3).map(n=>t("span",{class:"nowrap",children:[n.workflow_name," ",t(M,{state:n.from})," \u2192 ",t(M,{state:n.to}),"; "]})),
s.length>3&&st(s.length-3,"other execution changes; ","other executions change; "),!!a&&st(a,"sub-workflow is started; ","sub-workflows are started; "),e.actions?
st(e.actions,"action is started","actions are started"):"no action is started",!!e.dropped_actions&&`, ${st(e.dropped_actions,"running one is given up","running\
 ones are given up")}`,"."]}),t("ul",{class:"plain",children:e.would.slice(0,Rt).map(n=>t("li",{children:[n.task_id?t("a",{href:L(`/executions/${w(n.workflow_execution_id)}\
?view=tasks&task=${w(n.task_name)}`),children:n.task_name}):n.task_name," ",ve[n.change],": ",n.from&&t(_,{children:[t(M,{state:n.from})," \u2192 "]}),t(M,{state:n.
to})]}))}),(e.would.length>Rt||e.truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":st(e.would.length-Rt,"other task","other tasks"),"."]})]})}
function mt({path:e,json:s}){let a=T(`${e}/preview`,0,!1,s),{data:n,error:o}=a;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"p\
olite",children:[!n&&!o&&t("p",{class:"muted",children:"Looking ahead\u2026"}),o&&t("p",{class:"muted",children:["What would follow cannot be told: ",o.message]}),
n&&!n.allowed&&t("p",{class:"state-error",children:["\u2716 It would be refused: ",n.message]}),n?.allowed&&t(_,{children:[t("h3",{children:"What would follow a\
t once"}),t(ye,{of:n})]})]})}var $t=34,xe=16,Ct=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function Xt({rows:e,truncated:s,only:a,again:n}){let{query:o}=U(),[i,r]=b(""),[l,d]=b("b\
egun"),[u,p]=b(0),h=o.get("state")??"",k=o.get("task")??void 0,S=o.get("run")??void 0,c=E(()=>{let f=e.filter(I=>(!i||I.name.includes(i))&&(!h||I.state===h));return l===
"took"&&f.sort((I,A)=>Ct(A)-Ct(I)||I.created_us-A.created_us),l==="name"&&f.sort((I,A)=>I.name.localeCompare(A.name)),l==="state"&&f.sort((I,A)=>I.state.localeCompare(
A.state)),f},[e,i,h,l]),g=e.filter(f=>f.name===k),v=g.find(f=>f.id===S)??g[g.length-1],N=v&&t(Te,{row:v,runs:g,again:n},v.id);if(a!==void 0)return N??t("p",{class:"\
muted",children:[a," has not run."]});let q=[...new Set(e.map(f=>f.state))],O=Math.max(0,Math.floor(u/$t)-4),x=c.slice(O,O+xe+8);return t(_,{children:[t("div",{
class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:i,onInput:f=>r(f.currentTarget.value)})]}),t("label",{children:[
"State ",t("select",{value:h,onChange:f=>$({state:f.currentTarget.value}),children:[t("option",{value:"",children:"all"}),q.map(f=>t("option",{children:f}))]})]}),
t("label",{children:["Order ",t("select",{value:l,onChange:f=>d(f.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"\
took",children:"longest first"}),t("option",{value:"name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[
c.length.toLocaleString("en")," of ",e.length.toLocaleString("en"),s?"; the run has more, which are left out":""]})]}),c.length===0&&t(V,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),c.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:f=>p(f.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":c.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${O*$t}px`}}),x.map((f,I)=>t(
"tr",{class:f.name===k?"chosen":void 0,"aria-rowindex":O+I+1,children:[t("td",{children:t(M,{state:f.state})}),t("td",{children:t("button",{class:"link",onClick:()=>$(
{task:f.name,run:f.id}),children:f.name})}),t("td",{children:y(f.started_us??f.created_us).replace(/^\d/,"+$&")}),t("td",{children:f.finished_us===null?"\u2013":
y(Ct(f))}),t("td",{children:[f.attempts,f.items!==null&&` \xB7 ${Et(f)}`,f.child&&t(_,{children:[" \xB7 ",t("a",{href:L(`/executions/${w(f.child)}`),children:"s\
ub-workflow"})]})]})]},f.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,c.length-O-x.length)*$t}px`}})]})]})}),N]})}function Te({row:e,runs:s,again:a}){
let[n,o]=b(),i=`/v2/tasks/${w(e.id)}`,r=nt(`${i}?fields=id,name,state,state_info,result,published,type,created_at`,e.finished_us===null?3e3:0),[l,d]=b(!1),u=Q.use()!==
void 0,p=n==="RUNNING"?{state:"RUNNING",reset:!l}:{state:"SKIPPED"},h=async()=>{await G(i,{method:"PUT",json:p}),a(),r.again()};return t("section",{class:"panel",
"aria-label":`Task ${e.name}`,children:[t("div",{class:"title",children:[t("h2",{children:e.name})," ",t(M,{state:e.state}),e.state==="ERROR"&&t(H,{rule:"tasks:\
update",children:[t("button",{"aria-keyshortcuts":"R",onClick:()=>o("RUNNING"),children:"Run it again\u2026"}),t("button",{"aria-keyshortcuts":"S",onClick:()=>o(
"SKIPPED"),children:"Skip it\u2026"})]}),!u&&t("button",{onClick:()=>$({view:"bench",task:e.name,run:e.id}),children:"What it saw"}),t("button",{onClick:()=>$({
task:void 0,run:void 0}),children:"Close"})]}),s.length>1&&t("p",{class:"facts",children:["Runs: ",s.slice(-20).map((k,S)=>t(_,{children:[t("button",{class:"sma\
ll","aria-pressed":k.id===e.id,onClick:()=>$({run:k.id}),children:[S+1+Math.max(0,s.length-20)," ",t(M,{state:k.state})]})," "]}))]}),t(C,{of:r,children:k=>t(_,
{children:[k.state_info&&t(W,{children:k.state_info}),t("div",{class:"columns",children:[t(K,{title:"Result",value:k.result}),t(K,{title:"Published",value:k.published})]}),
k.type==="WORKFLOW"?t(Re,{path:i}):t(Se,{path:i})]})}),n&&t(X,{title:n==="RUNNING"?`Run ${e.name} again?`:`Skip ${e.name}?`,label:n==="RUNNING"?"Run it again":"\
Skip it",act:h,close:()=>o(void 0),children:[t("p",{children:n==="SKIPPED"?"The run goes on with what follows when it is skipped.":l?"The run goes on from here;\
 items that succeeded keep their results.":"The run goes on from here, with all items of the task."}),n==="RUNNING"&&e.items!==null&&t("p",{children:t("label",{
children:[t("input",{type:"checkbox",checked:l,onChange:k=>d(k.currentTarget.checked)})," only the items that failed"]})}),t(mt,{path:i,json:p})]})]})}var ft=50;
function Se({path:e}){let s=nt(`${e}/action_executions?limit=${ft}&include_output=true`);return t(C,{of:s,children:a=>t(_,{children:[t("h3",{children:"Actions"}),
a.action_executions.map(n=>t("details",{class:"call",children:[t("summary",{children:[t(M,{state:n.state})," ",n.name," ",t(B,{time:F(n.created_at)})," ",t("cod\
e",{children:n.id})]}),n.state_info&&t(W,{children:n.state_info}),t("div",{class:"columns",children:[t(K,{title:"Input",value:n.input}),t(K,{title:"Output",value:n.
output})]})]},n.id)),a.next&&t("p",{class:"muted",children:["Only the first ",ft," are shown."]}),!a.action_executions.length&&t("p",{class:"muted",children:"No\
 action has been called."})]})})}function Re({path:e}){let s=T(`${e}/workflow_executions?limit=${ft}`);return t(C,{of:s,children:a=>t(_,{children:[t("h3",{children:"\
Sub-workflows"}),t("ul",{children:a.executions.map(n=>t("li",{children:[t(M,{state:n.state})," ",t("a",{href:L(`/executions/${w(n.id)}`),children:n.workflow_name}),
" ",t("code",{children:n.id})]},n.id))}),a.next&&t("p",{class:"muted",children:["Only the first ",ft," are shown."]})]})})}function te({rows:e}){let{query:s}=U(),[a,n]=b("<% $ %>"),[o,i]=b(),[r,l]=b(),d=e.find(c=>c.id===s.get("run"))??e.find(c=>c.name===s.get("task"))??e[e.length-1],
u=T(d&&`/v2/tasks/${w(d.id)}/context`),p=T("/v2/expressions/functions");if(!d)return t(V,{children:t("p",{children:"No task has been made yet, so there are no d\
ata to try expressions on."})});let h=async c=>{c.preventDefault(),l(void 0);try{i(await G("/v2/expressions",{method:"POST",json:{expression:a,task_execution_id:d.
id}}))}catch(g){l(g)}},k=/([A-Za-z_]\w*)\W*$/.exec(a.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),S=k?p.data?.functions.filter(c=>c.name.toLowerCase().startsWith(
k)).slice(0,8)??[]:[];return t("div",{class:"columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:h,onKeyDown:c=>{c.key==="Enter"&&(c.metaKey||
c.ctrlKey)&&h(c)},children:[t("label",{class:"block",children:["What the task saw ",t("select",{value:d.id,onChange:c=>{let g=e.find(v=>v.id===c.currentTarget.value);
$({run:g?.id,task:g?.name},!0)},children:e.slice(-500).map(c=>t("option",{value:c.id,children:[c.name," (",c.state,")"]}))})]}),t("label",{class:"block",children:[
"Expression, YAQL or Jinja2",t("textarea",{class:"code",rows:3,spellcheck:!1,value:a,onInput:c=>n(c.currentTarget.value)})]}),t("div",{class:"buttons",children:t(
"button",{class:"primary",children:"Evaluate (Ctrl Enter)"})})]}),r&&t(Dt,{error:r}),o?.error!==void 0&&t(W,{look:"error",isNews:!0,children:o.error}),o&&o.error===
void 0&&t("div",{role:"status",children:[t("p",{class:"muted",children:["after ",y(o.took_us),o.steps!==void 0&&`, ${ct(o.steps)} ${o.steps===1?"step":"steps"}`]}),
t(vt,{value:o.result})]}),S.length>0&&t("dl",{class:"functions",children:S.map(c=>t(_,{children:[t("dt",{children:t("code",{children:c.signature})}),t("dd",{class:"\
muted",children:c.text})]}))})]}),t("section",{class:"data",children:[t("h3",{children:"$"}),t(C,{of:u,children:c=>t(vt,{value:c.context})})]})]})}function ee({base:e,state:s,workflow:a}){let n=T(`${e}/errors`);return t(C,{of:n,children:o=>o.groups.length?t(_,{children:[o.groups.map(i=>t("section",{class:"\
panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",ct(i.count)]})," ",t(B,{time:i.first_us/1e3}),Math.floor(i.last_us/1e6)>Math.
floor(i.first_us/1e6)&&t(_,{children:[" to ",t(B,{time:i.last_us/1e3})]})," ",t(dt,{text:i.message})]}),t(W,{children:i.message}),t("p",{children:i.path.map((r,l)=>t(
_,{children:[l>0&&" \u25B8 ",t("a",{href:L(`/executions/${w(r.execution_id)}?view=tasks&task=${w(r.task_name)}&run=${r.task_id}`),children:[r.workflow_name," \xB7 ",
r.task_name]})]}))}),t("p",{children:t("a",{href:L(`/executions${It({state:"ERROR",workflow_name:a,state_info:`has:${i.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),o.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(V,{children:t(
"p",{children:s==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function ne(e,s){return e.filter(a=>a.created_us<=s).map(a=>{if(a.finished_us!==null&&a.finished_us<=s)return a;let n=a.started_us!==null&&a.started_us<=s;return{
...a,finished_us:null,state:n?"RUNNING":a.started_us===null?a.state:"WAITING"}})}var $e=[1,10,100,1e3];function se({rows:e,end:s,isOpen:a}){let{query:n}=U(),o=n.
get("at"),i=o===null?void 0:Number(o),[r,l]=b(0),d=c=>{let g;for(let v of e)for(let N of[v.created_us,v.started_us,v.finished_us])N!==null&&c(N)<(g===void 0?1/0:
c(g))&&(g=N);return g},u=E(()=>Math.max(d(c=>-c)??0,a?s:0,1),[e,a,s]),p=i===void 0||i>=u&&!a?void 0:i,h=c=>$({at:c===void 0?void 0:String(Math.round(c))},!0),k=c=>{
let g=p??u;h(c?d(v=>v<g?g-v:1/0)??0:d(v=>v>g?v-g:1/0))};if(Z(()=>{if(!r)return;let c=p??0,g=setInterval(()=>{if(c+=5e4*r,c>=u)return l(0),h(void 0);h(c)},50);return()=>clearInterval(
g)},[r]),!e.length)return null;let S=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at\
 a moment",children:[t("button",{class:"small",onClick:()=>k(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:u,step:1,value:p??
u,"aria-label":"Moment","aria-valuetext":p===void 0?"now":y(p),onInput:c=>{let g=Number(c.currentTarget.value);h(g>=u?void 0:g)},onKeyDown:c=>{(c.key==="ArrowLe\
ft"||c.key==="ArrowRight")&&(k(c.key==="ArrowLeft"),c.preventDefault())}}),t("button",{class:"small",onClick:()=>k(!1),"aria-label":"Event after",children:"\u25B6"}),
!S&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(r),onChange:c=>l(Number(c.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),$e.map(c=>t("option",{value:String(c),children:["\xD7 ",c]}))]})]}),t("span",{class:"muted",children:p===void 0?a?"now":"at i\
ts end":t(_,{children:[t("strong",{children:["at ",y(p)]})," of ",y(u)," ",t("button",{class:"small",onClick:()=>h(void 0),children:["back to ",a?"now":"the end"]})]})}),
p!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var pt=100;function ae({id:e}){return t(oe,{id:e,depth:0})}function oe({id:e,depth:s}){let a=T(`/v2/executions/${w(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(C,{of:a,children:n=>{let o=n.tasks.filter(i=>i.type==="WORKFLOW");return o.length?t("ul",{class:"tree",children:[o.slice(0,pt).map(i=>t(Ce,{task:i,
depth:s})),(o.length>pt||n.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):s?t("p",{class:"muted",children:"nothing below"}):t(V,
{children:t("p",{children:"This run has started no other workflows."})})}})}function Ce({task:e,depth:s}){let[a,n]=b(s===0),o=T(a?`/v2/tasks/${w(e.id)}/workflow\
_executions?limit=${pt}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":a,onClick:()=>n(!a),children:[a?"\u25BE":"\u25B8"," ",
t(M,{state:e.state})," ",e.name]}),a&&t(C,{of:o,children:i=>t("ul",{class:"tree",children:[i.executions.map(r=>t(Ee,{child:r,depth:s})),i.next&&t("li",{class:"m\
uted",children:["Only the first ",pt," are shown."]})]})})]})}function Ee({child:e,depth:s}){let[a,n]=b(!1),[o,i]=[F(e.created_at),F(e.updated_at)];return t("li",
{children:[t("button",{class:"json-fold","aria-expanded":a,"aria-label":`Open ${e.id}`,onClick:()=>n(!a),children:a?"\u25BE":"\u25B8"})," ",t(M,{state:e.state}),
" ",t("a",{href:L(`/executions/${w(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:o!==void 0&&i!==void 0?i-o<1e3?"< 1 s":y((i-o)*1e3):
""}),a&&t(oe,{id:e.id,depth:s+1})]})}var ie=10;function re(e){let s=new Map;for(let a of e){let n=`${a.kind} ${a.message} ${a.task_name} ${a.fire_at??""} ${a.kind==="action_waiting_for_completion"?
a.action_execution_id:""}`,o=s.get(n);o?o[1]+=1:s.set(n,[a,1])}return[...s.values()]}function le({base:e,isOpen:s,isLive:a,select:n}){let o=T(`${e}/why`,s?a?5e3:
3e3:0),i=s?"Why it has not finished":"Why it failed",[r,l]=b();return t(C,{of:o,children:d=>t("section",{class:`why${s?"":" failed"}`,"aria-label":i,tabIndex:-1,
"aria-keyshortcuts":"w",children:[t("h2",{children:i}),!(d.reasons[0]&&d.summary.includes(d.reasons[0].message))&&t("p",{children:d.summary}),t("ul",{children:re(
d.reasons).slice(0,ie).map(([u,p])=>t("li",{children:[p>1&&t("strong",{children:[p," \xD7 "]}),u.message,u.fire_at&&t(_,{children:[" (",t(Pt,{time:F(u.fire_at)}),
")"]})," ",u.task_name&&t("button",{class:"small",onClick:()=>n(u.task_name),children:["Look at ",u.task_name]})," ",u.kind==="action_waiting_for_completion"&&u.
action_execution_id&&t(H,{rule:"action_executions:update",children:t("button",{class:"small",onClick:()=>l(u),children:"Complete\u2026"})}),u.execution_id&&t("a",
{class:"button small",href:L(`/executions/${w(u.execution_id)}`),children:["Open ",u.workflow_name??"it"]}),u.kind==="action_queued"&&t("a",{class:"button small",
href:L("/cluster"),children:"Look at the executors"})]},`${u.kind} ${u.action_execution_id} ${u.task_name}`))}),(re(d.reasons).length>ie||d.truncated)&&t("p",{class:"\
muted",children:"There are more reasons."}),r&&t(Le,{reason:r,close:()=>l(void 0),again:o.again})]})})}function Le({reason:e,close:s,again:a}){let[n,o]=b("SUCCE\
SS"),[i,r]=b("{}"),l=async()=>{let d=JSON.parse(i);if(d===null||typeof d!="object"||Array.isArray(d))throw new Error('The result has to be a JSON object: {"name\
": \u2026}.');let u={state:n,output:d};await G(`/v2/action_executions/${w(e.action_execution_id)}`,{method:"PUT",json:u}),a()};return t(X,{title:`Complete the a\
ction of ${e.task_name}`,label:"Complete",act:l,close:s,children:[t("label",{children:["State ",t("select",{value:n,onChange:d=>o(d.currentTarget.value),children:[
t("option",{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",t("textarea",{rows:5,value:i,onInput:d=>r(
d.currentTarget.value)})]})]})}var Ne="?fields=id,workflow_name,state,state_info,description,created_at,updated_at,tags,workflow_id,workflow_namespace,root_execution_id,task_execution_id",Oe=[
["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],pe=["graph","time","tasks"],
Me=2e4,Ie=2e3,Ae=5e6,ue=new WeakMap;function he(e,s,a){let n=d=>e.columns.indexOf(d),o=e.columns.map(d=>s.columns.indexOf(d)),i=[...e.rows],r=n("id"),l=ue.get(e.
rows)??new Map(i.map((d,u)=>[d[r],u]));for(let d of s.rows){let u=l.get(d[o[r]]),p=u===void 0?void 0:i[u],h=e.columns.map((k,S)=>{let c=d[o[S]]??null;return c===
null&&(k==="child"||k==="items_done")?p?.[S]??null:k.endsWith("_us")&&typeof c=="number"?c-a:c});u===void 0?l.set(h[r],i.push(h)-1):i[u]=h}return ue.set(i,l),{...e,
rows:i}}function Pe(e,s){let a=T(e),n=z(a);n.current=a;let o=E(()=>jt(async()=>{let{data:d,again:u,patch:p}=n.current;if(!(!e||!d))try{let h=await G(`${e}?since\
=${d.cursor-Ae}`);h.truncated?u():p(k=>({...he(k,h,0),execution:h.execution,now_us:h.now_us,cursor:Math.max(k.cursor,h.cursor)}))}catch{}}),[e]),[i,r]=[Q.use()!==
void 0,Mt.use()],l=z(r);return Z(()=>{if(l.current&&!r&&o(),l.current=r,!e||i||r)return;let d=setInterval(()=>document.hidden||o(),s);return()=>clearInterval(d)},
[e,s,i,r]),{timeline:a,catchUp:o}}function Is({id:e}){let s=`/v2/executions/${w(e)}`,{query:a}=U(),n=a.get("view")??"graph",o=Q.use()!==void 0,[i,r]=b(!1),l=pe.
includes(n),d=Ut(o?void 0:`execution:${e}`,v=>{v.event==="gap"?(p.again(),k()):v.event==="execution"?p.again():v.event==="tasks"&&h.patch(N=>he(N,v.data,N.execution.
created_us))}),u=d||i?Me:Ie,p=T(s+Ne,u),{timeline:h,catchUp:k}=Pe(l||n==="bench"?`${s}/timeline`:void 0,u),S=T(n==="graph"?`${s}/graph`:void 0),c=p.data?.state,
g=c!==void 0&&J(c);return g!==i&&r(g),t(_,{children:[p.error&&!p.data&&t("div",{class:"title",children:[t("h1",{children:"Execution"}),t("code",{children:e})]}),
t(C,{of:p,children:v=>t(De,{execution:v,base:s,again:()=>{p.again(),k()},isLive:d,timeline:h,graph:S})})]})}function De({execution:e,base:s,again:a,isLive:n,timeline:o,
graph:i}){let{query:r}=U(),l=r.get("view")??"graph",d=r.get("task")??void 0,u=r.get("at"),p=!J(e.state),h=Q.use()!==void 0,k=pe.includes(l),S=E(()=>o.data?Fe(o.
data):[],[o.data]),c=u===null?void 0:Number(u),g=E(()=>c===void 0?S:ne(S,c),[S,c]),v=e.root_execution_id,N=At(e.description),q=o.data?.execution,O=q?.updated_us?
q.updated_us-q.created_us:void 0;return t(_,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(M,{state:e.state}),t("code",{children:e.
id})," ",t(dt,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(B,{time:F(e.created_at)}),p?"":t(_,{children:[" \xB7 ended ",t(B,{time:F(
e.updated_at)}),O!==void 0&&` \xB7 took ${y(O)}`]}),t(Ue,{workflow:e.workflow_name,took:O}),N.cron?t(_,{children:[" \xB7 by ",t("a",{href:L(`/triggers?name=${w(
N.cron)}`),children:"a cron trigger"})]}):N.words&&t(_,{children:[" \xB7 ",N.words]}),v&&t(_,{children:[" \xB7 part of ",t("a",{"aria-keyshortcuts":"p",href:L(`\
/executions/${w(v)}`),children:"the run that started it"})]})," \xB7 ",t(ce,{name:"input",letter:"i"})," \xB7 ",t(ce,{name:"output",letter:"o"})," \xB7 ",t("a",
{href:L(`/workflows/${w(e.workflow_id)}`),children:"definition"}),t(Ge,{workflow:e.workflow_id,hash:i.data?.spec_hash})," \xB7 ",t("a",{href:L(`/executions?work\
flow_name=${w(e.workflow_name)}`),children:"other runs"})]}),!h&&t(Ke,{execution:e,base:s,again:a}),(p||e.state==="ERROR")&&t(le,{isOpen:p,isLive:n,base:s,select:x=>$(
{task:x})}),e.state_info&&(e.state==="ERROR"?t("details",{children:[t("summary",{children:"The message in full"}),t(W,{look:"error",children:e.state_info})]}):t(
W,{look:"idle",children:e.state_info})),t("div",{class:"tabs",role:"tablist",children:Oe.map(([x,f],I)=>t("button",{role:"tab","aria-keyshortcuts":String(I+1),"\
aria-selected":l===x,onClick:()=>$({view:x,part:void 0}),children:f}))}),k&&t(se,{rows:S,end:o.data?Math.max(o.data.now_us-o.data.execution.created_us,0):0,isOpen:p}),
l==="data"&&t(Ve,{execution:e}),l==="errors"&&t(ee,{base:s,state:e.state,workflow:e.workflow_name}),l==="tree"&&t(ae,{id:e.id}),l==="bench"&&t(te,{rows:S}),l===
"graph"&&t(We,{graph:i,rows:g,isReady:o.data!==void 0||o.error!==void 0,task:d}),l==="time"&&t(C,{of:o,children:x=>t(Qt,{timeline:x,rows:g,task:d,run:r.get("run")??
void 0,path:h?void 0:`${s}/timeline`})}),(l==="tasks"||d&&k)&&t(C,{of:o,children:x=>t(Xt,{rows:g,truncated:x.truncated,only:l==="tasks"?void 0:d,again:a})})]})}
var ce=({name:e,letter:s})=>t("button",{class:"link","aria-keyshortcuts":s,onClick:()=>$({view:"data",part:e}),children:e});function Ue({workflow:e,took:s}){let a=T(
Ft(),Wt),n=E(()=>Gt(a.data?.buckets??[]).get(e),[a.data,e]);return n?t(_,{children:[" (usually ",t(Vt,{of:n,took:s??0}),")"]}):null}function Ge({workflow:e,hash:s}){
let n=T(s&&`/v2/workflows/${w(e)}/versions`).data?.versions??[],o=n.find(r=>r.spec_hash===s);if(!o)return null;let i=n[0];return t(_,{children:[", version ",o.version,
i.spec_hash!==s&&t("strong",{class:"state-paused",children:[" (now ",i.version,")"]})]})}var de=new WeakMap;function Fe(e){return e.rows.map(s=>{let a=de.get(s);
return a||de.set(s,a=Object.fromEntries(e.columns.map((n,o)=>[n,s[o]]))),a})}function We({graph:e,rows:s,isReady:a,task:n}){let[o,i]=b(!1),r=E(()=>{if(!o)return;
let d=St(s);return new Set(s.filter(u=>d.has(u.id)).map(u=>u.name))},[s,o]),l=E(()=>{let d=new Map;for(let u of s){let p=d.get(u.name);d.set(u.name,p?{...fe(u),
runs:p.runs+1}:fe(u))}return d},[s]);return t(C,{of:e,children:d=>t("div",{onKeyDown:u=>{u.key==="c"&&u.target.tagName==="CANVAS"&&!u.ctrlKey&&!u.metaKey&&!u.altKey&&
i(!o)},children:t(Kt,{tools:s.length>1&&t("label",{children:[t("input",{type:"checkbox",checked:o,onChange:u=>i(u.currentTarget.checked)})," critical path"]}),graph:d,
states:l,isReady:a,critical:r,selected:n,onSelect:u=>$({task:u})})})})}var me=new WeakMap;function fe(e){let s=me.get(e);if(!s){let a=e.finished_us!==null?y(e.finished_us-
(e.started_us??e.created_us)):e.state.toLowerCase(),n=e.items!==null?` \xB7 ${Et(e)}`:"",o=`${a}${e.attempts>1?` \xB7 attempt ${e.attempts}`:""}${n}`;me.set(e,s=
{state:e.state,runs:1,note:o,part:e.items&&e.items_done!==null?e.items_done/e.items:void 0})}return s}var Et=e=>e.items_done===null||e.items_done===e.items?`${e.
items} ${e.items===1?"item":"items"}`:`${e.items_done} of ${e.items} items`;function Ve({execution:e}){let s=nt(`/v2/executions/${w(e.id)}?fields=id,input,outpu\
t,params`),{state:a}=e,n=U().query.get("part"),o=z(null),i=s.data!==void 0;Z(()=>{let l=n&&o.current?.querySelector(`:scope > [data-part="${CSS.escape(n)}"]`);l&&
(l.scrollIntoView({block:"nearest"}),l.focus({preventScroll:!0}))},[n,i]);let r=z(a);return Z(()=>{r.current!==a&&s.again(),r.current=a},[a]),t(C,{of:s,children:l=>t(
"div",{class:"columns",ref:o,children:[t(K,{title:"Input",value:l.input,part:"input"}),t(K,{title:"Output",value:l.output,part:"output"}),t(K,{title:"Parameters",
value:l.params})]})})}function Ke({execution:e,base:s,again:a}){let[n,o]=b(),[i,r]=b(!1),{state:l}=e,d=T(i?`${s}?fields=id,input`:void 0),u=async g=>{g.state?await G(
s,{method:"PUT",json:{state:g.state}}):(await G(`${s}${J(l)?"":"?force=true"}`,{method:"DELETE"}),wt("/executions")),a()},p={title:"Pause this run?",text:"Actio\
ns that are running go on to their end; nothing new begins.",label:"Pause",state:"PAUSED"},h={title:"Resume this run?",text:"It goes on where it was stopped; fa\
iled tasks run again.",label:"Resume",state:"RUNNING"},k={title:"Cancel this run?",text:"It ends as CANCELLED, with everything that it has started.",label:"Canc\
el the run",state:"CANCELLED"},S={title:"Delete this run?",text:"It and everything below it are gone for good.",label:"Delete"},c=[l==="RUNNING"&&p,["PAUSED","E\
RROR"].includes(l)&&h,!J(l)&&k].filter(Boolean);return t("div",{class:"buttons",role:"group","aria-label":"What to do with this run","aria-keyshortcuts":".",children:[
t(H,{rule:"executions:update",children:c.map(g=>t("button",{onClick:()=>o(g),children:[g.label,"\u2026"]}))}),t(H,{rule:"executions:create",children:t("button",
{"aria-keyshortcuts":"r",onClick:()=>r(!0),children:"Run again\u2026"})}),t(qe,{execution:e}),t(Be,{base:s,id:e.id}),t(H,{rule:"executions:delete",children:t("b\
utton",{onClick:()=>o(S),children:"Delete\u2026"})}),n&&t(X,{title:n.title,label:n.label,act:()=>u(n),close:()=>o(void 0),children:[t("p",{children:n.text}),n.state&&
t(mt,{path:s,json:{state:n.state}})]}),i&&d.error&&t(C,{of:d,children:()=>null}),i&&d.data&&t(Ht,{workflow:e.workflow_id,name:e.workflow_name,input:d.data.input,
close:()=>r(!1)})]})}function qe({execution:e}){let[s,a]=b(!1),n=w(e.workflow_name),o=T(s?`/v2/executions?workflow_name=${n}&limit=12&sort_keys=created_at&sort_\
dirs=desc&fields=id,state,created_at,workflow_name`:void 0),i=(o.data?.executions??[]).filter(l=>l.id!==e.id),r=i.find(l=>l.state==="SUCCESS");return t("select",
{"aria-label":"Compare with",value:"",onFocus:()=>a(!0),onPointerDown:()=>a(!0),onChange:l=>wt(`/compare?a=${w(l.currentTarget.value)}&b=${w(e.id)}`),children:[
t("option",{value:"",children:"Compare with\u2026"}),r&&t("option",{value:r.id,children:"the last success"}),i.map(l=>t("option",{value:l.id,children:[l.state,"\
 ",l.created_at]})),s&&o.data&&!i.length&&t("option",{disabled:!0,children:"no other run of this workflow"})]})}function Be({base:e,id:s}){let[a,n]=b(!1);return t(
"button",{disabled:a,onClick:async()=>{n(!0);try{let i=await fetch(`${Ot}${e}/snapshot`,{headers:_t.get()?{"X-Auth-Token":_t.get()}:{}});if(!i.ok)throw new Error(
(await i.json()).faultstring);let r=document.createElement("a");r.href=URL.createObjectURL(await i.blob()),r.download=`execution-${s}.ndjson`,r.click(),setTimeout(
()=>URL.revokeObjectURL(r.href),1e4)}catch(i){alert(String(i))}n(!1)},children:a?"Saving\u2026":"Save as file"})}export{Is as a,Fe as b,Et as c};
