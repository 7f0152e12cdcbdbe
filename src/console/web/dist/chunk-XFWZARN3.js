import{a as Et,b as Ot,c as Lt,e as Nt}from"./chunk-PPECMSZK.js";import{b as Ct}from"./chunk-C5PZHKVE.js";import{a as It}from"./chunk-OUFK3CXQ.js";
import{c as At}from"./chunk-EYJBG3TT.js";import{b as ut,d as K}from"./chunk-OH263TXN.js";import{c as j}from"./chunk-SA5DILO3.js";import{$ as $t,
B as q,D as xt,E as _,H as lt,N as U,O as G,Q as x,R as X,T as Y,U as Tt,W as Rt,Y as t,Z as I,_ as B,a as v,aa as St,ba as S,ca as V,d as w,da as W,e as z,fa as H,
g as it,ga as tt,h as E,ha as y,k as yt,n as F,o as O,p as rt,q as N}from"./chunk-O26X54IO.js";function Pt(e,s=()=>performance.now(),a=(n,i)=>setTimeout(n,i)){let n=!1,i=!1,o=async()=>{n=!0,i=!1;let u=s();await e(),a(()=>{n=!1,i&&o()},Math.max(250,(s()-u)*
5))};return()=>{n?i=!0:o()}}function Mt(e,s){let a=[0,...e,s].filter(i=>i>=0&&i<=s).sort((i,o)=>i-o),n=[];for(let i=1;i<a.length;i++){let[o,u]=[a[i-1],a[i]];u-o>3e7&&u-o>s*.2&&n.push({from:o,
to:u})}return n}function Dt(e,s){let a=s.reduce((o,u)=>o+u.to-u.from,0),n=Math.max(1,(e-a)*.06),i=o=>{let u=0;for(let l of s){if(o<=l.from)break;let c=l.to-l.from,
r=Math.min(o,l.to)-l.from;u+=r*(1-Math.min(1,n/c))}return o-u};return{place:i,width:Math.max(1,i(e))}}function Ut(e,s){let a=e/(5*s),n=10**Math.floor(Math.log10(
Math.max(1,a))),i=n*([1,2,5].find(o=>n*o>=a)??10);return Array.from({length:Math.min(400,Math.floor(e*.96/i)+1)},(o,u)=>u*i)}function ct(e,s){let a=e;for(let n of s)
a>n.from&&(a+=n.to-n.from);return a}var dt=26,Qt=22;function Gt({timeline:e,rows:s,task:a,run:n,path:i}){let[o,u]=w("begun"),[l,c]=w(!1),[r,p]=w(1),[g,k]=w(!0),[f,m]=w(0),b=e.now_us-e.execution.created_us,
T=d=>d.finished_us??b,R=E(()=>Math.max(1,...Xt(s.map(T))),[s,b]),P=a===void 0?void 0:s.find(d=>d.id===n&&d.name===a)??s.filter(d=>d.name===a).pop(),M=P?`&withou\
t=${_(P.id)}`:"",$=y(i&&`${i}?critical_path=true&columns=id${M}`,e.execution.state==="RUNNING"?5e3:0).data,h=E(()=>$?.critical_path?new Set($.critical_path.tasks):
ft(s),[s,$]),C=E(()=>new Map($?.critical_path?$.rows.map((d,L)=>[d[0],$.critical_path.slack_us[L]]):[]),[$]),A=E(()=>Mt(s.flatMap(d=>[d.created_us,d.started_us??
d.created_us,T(d)]),R),[s,R]),{place:at,width:bt}=E(()=>Dt(R,g?A:[]),[R,g,A]),wt=E(()=>{let d=s.filter(L=>!l||L.state!=="SUCCESS");return o==="took"&&d.sort((L,D)=>T(
D)-mt(D)-(T(L)-mt(L))),o==="failed"&&d.sort((L,D)=>+(D.state==="ERROR")-+(L.state==="ERROR")||L.created_us-D.created_us),d},[s,o,l]);if(!s.length)return t(W,{children:t(
"p",{children:"No task has been made yet."})});let ot=Math.max(0,Math.floor(f/dt)-4),J=(d,L)=>`${(at(L)-at(d))/bt*100}%`,Q=P&&$?.critical_path?.without_us;return t(
"div",{class:"timeline",children:[t("div",{class:"filters",children:[t("label",{children:["Order ",t("select",{value:o,onChange:d=>u(d.currentTarget.value),children:[
t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"failed first"})]})]}),t(
"label",{children:[t("input",{type:"checkbox",checked:l,onChange:d=>c(d.currentTarget.checked)})," hide SUCCESS"]}),t("span",{class:"nowrap",children:[t("button",
{onClick:()=>p(Math.min(64,r*2)),"aria-label":"Stretch the time",children:"+"})," ",t("button",{onClick:()=>p(Math.max(1,r/2)),"aria-label":"Squeeze the time",children:"\
\u2212"})]}),A.length>0&&t("label",{children:[t("input",{type:"checkbox",checked:g,onChange:d=>k(d.currentTarget.checked)})," fold idle time"]}),t("span",{class:"\
muted",children:[x(R)," in all \xB7 outlined: the critical path, ",h.size," tasks"]})]}),P&&Q!==void 0&&t("p",{class:"facts",role:"status",children:["Had ",P.name,
" taken no time, the run would have taken ",x(Q),R-Q>0?`: ${x(R-Q)} less`:", as it did",C.get(P.id)?`; it could have ended ${x(C.get(P.id))} later without makin\
g it longer`:"","."]}),t("div",{class:"window",tabIndex:0,"aria-label":"Time line",onScroll:d=>m(d.currentTarget.scrollTop),children:[t("div",{class:"bar-axis",
"aria-hidden":"true",style:{width:`${r*100}%`},children:[t("span",{class:"bar-name muted",children:"after"}),t("span",{class:"bar-space",children:Ut(g?A.reduce(
(d,L)=>d-(L.to-L.from),R):R,r).map(d=>t("span",{class:"bar-tick",style:{left:J(0,ct(d,g?A:[]))},children:d===0?"0":x(ct(d,g?A:[]))}))})]}),t("div",{class:"bars",
style:{height:`${wt.length*dt}px`,width:`${r*100}%`},children:[g&&A.map(d=>t("span",{class:"bar-gap",style:{left:`calc(var(--name) + (100% - var(--name)) * ${at(
d.from)/bt})`},title:`nothing happened for ${x(d.to-d.from)}`,children:["\u2AFD ",x(d.to-d.from)]})),wt.slice(ot,ot+Qt+8).map((d,L)=>{let[D,_t]=[mt(d),T(d)],vt=`${d.
name}, ${d.state}: waited ${x(D-d.created_us)}, ran ${x(_t-D)}${C.get(d.id)?`, ${x(C.get(d.id))} to spare`:""}`;return t("button",{class:`bar-row${d.name===a?" \
chosen":""}`,style:{top:`${(ot+L)*dt}px`},title:vt,"aria-label":vt,onClick:()=>N({task:d.name,run:d.id}),children:[t("span",{class:"bar-name",children:[t("span",
{class:`state-${X(d.state).colour}`,"aria-hidden":"true",children:X(d.state).sign})," ",d.name]}),t("span",{class:"bar-space",children:[t("span",{class:"bar-wai\
t",style:{left:J(0,d.created_us),width:J(d.created_us,D)}}),t("span",{class:`bar bar-${X(d.state).colour}${h.has(d.id)?" critical":""}`,style:{left:J(0,D),width:J(
D,_t)}})]})]},d.id)})]})]})]})}var mt=e=>e.started_us??e.created_us;function Xt(e){let s=[];for(let a=0;a<e.length;a+=1e4)s.push(Math.max(...e.slice(a,a+1e4)));
return s}function ft(e){let s=new Map(e.map(o=>[o.id,o])),a=o=>o.finished_us??1/0,n;for(let o of e)(!n||a(o)>=a(n))&&(n=o);let i=new Set;for(;n&&!i.has(n.id);)i.
add(n.id),n=n.by?s.get(n.by):void 0;return i}var te={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},pt=12,Z=(e,s,a)=>`${e.toLocaleString("en")} ${e===1?s:a}`;function ee({of:e}){let s=e.executions.
filter(n=>n.from!==null),a=e.executions.length-s.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(v,{children:[
!!s.length&&t("p",{children:[s.slice(0,3).map(n=>t("span",{class:"nowrap",children:[n.workflow_name," ",t(I,{state:n.from})," \u2192 ",t(I,{state:n.to}),"; "]})),
s.length>3&&Z(s.length-3,"other execution changes; ","other executions change; "),!!a&&Z(a,"sub-workflow is started; ","sub-workflows are started; "),Z(e.actions,
"action is started","actions are started"),!!e.dropped_actions&&`, ${Z(e.dropped_actions,"running one is given up","running ones are given up")}`,"."]}),t("ul",
{class:"plain",children:e.would.slice(0,pt).map(n=>t("li",{children:[n.task_id?t("a",{href:O(`/executions/${_(n.workflow_execution_id)}?view=tasks&task=${_(n.task_name)}`),
children:n.task_name}):n.task_name," ",te[n.change],": ",n.from&&t(v,{children:[t(I,{state:n.from})," \u2192 "]}),t(I,{state:n.to})]}))}),(e.would.length>pt||e.
truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":Z(e.would.length-pt,"other task","other tasks"),"."]})]})}function et({path:e,json:s}){
let a=y(`${e}/preview`,0,!1,s),{data:n,error:i}=a;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"polite",children:[!n&&!i&&t("p",
{class:"muted",children:"Looking ahead\u2026"}),i&&t("p",{class:"muted",children:["What would follow cannot be told: ",i.message]}),n&&!n.allowed&&t("p",{class:"\
state-error",children:["\u2716 It would be refused: ",n.message]}),n?.allowed&&t(v,{children:[t("h3",{children:"What would follow at once"}),t(ee,{of:n})]})]})}var ht=34,ne=16,gt=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function Vt({rows:e,truncated:s,only:a,again:n}){let{query:i}=F(),[o,u]=w(""),[l,c]=w("b\
egun"),[r,p]=w(0),g=i.get("state")??"",k=i.get("task")??void 0,f=i.get("run")??void 0,m=E(()=>{let h=e.filter(C=>(!o||C.name.includes(o))&&(!g||C.state===g));return l===
"took"&&h.sort((C,A)=>gt(A)-gt(C)||C.created_us-A.created_us),l==="name"&&h.sort((C,A)=>C.name.localeCompare(A.name)),l==="state"&&h.sort((C,A)=>C.state.localeCompare(
A.state)),h},[e,o,g,l]),b=e.filter(h=>h.name===k),T=b.find(h=>h.id===f)??b[b.length-1],R=T&&t(se,{row:T,runs:b,again:n},T.id);if(a!==void 0)return R??t("p",{class:"\
muted",children:[a," has not run."]});let P=[...new Set(e.map(h=>h.state))],M=Math.max(0,Math.floor(r/ht)-4),$=m.slice(M,M+ne+8);return t(v,{children:[t("div",{
class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:o,onInput:h=>u(h.currentTarget.value)})]}),t("label",{children:[
"State ",t("select",{value:g,onChange:h=>N({state:h.currentTarget.value}),children:[t("option",{value:"",children:"all"}),P.map(h=>t("option",{children:h}))]})]}),
t("label",{children:["Order ",t("select",{value:l,onChange:h=>c(h.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"\
took",children:"longest first"}),t("option",{value:"name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[
m.length.toLocaleString("en")," of ",e.length.toLocaleString("en"),s?"; the run has more, which are left out":""]})]}),m.length===0&&t(W,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),m.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:h=>p(h.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":m.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${M*ht}px`}}),$.map((h,C)=>t(
"tr",{class:h.name===k?"chosen":void 0,"aria-rowindex":M+C+1,children:[t("td",{children:t(I,{state:h.state})}),t("td",{children:t("button",{class:"link",onClick:()=>N(
{task:h.name,run:h.id}),children:h.name})}),t("td",{children:x(h.started_us??h.created_us).replace(/^\d/,"+$&")}),t("td",{children:h.finished_us===null?"\u2013":
x(gt(h))}),t("td",{children:[h.attempts,h.items!==null&&` \xB7 ${kt(h)}`,h.child&&t(v,{children:[" \xB7 ",t("a",{href:O(`/executions/${_(h.child)}`),children:"s\
ub-workflow"})]})]})]},h.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,m.length-M-$.length)*ht}px`}})]})]})}),R]})}function se({row:e,runs:s,again:a}){
let[n,i]=w(),o=`/v2/tasks/${_(e.id)}`,u=y(`${o}?fields=id,name,state,state_info,result,published,type,created_at`,e.finished_us===null?3e3:0),[l,c]=w(!1),r=q.use()!==
void 0,p=n==="RUNNING"?{state:"RUNNING",reset:!l}:{state:"SKIPPED"},g=async()=>{await U(o,{method:"PUT",json:p}),a(),u.again()};return t("section",{class:"panel",
"aria-label":`Task ${e.name}`,children:[t("div",{class:"title",children:[t("h2",{children:e.name})," ",t(I,{state:e.state}),e.state==="ERROR"&&t(j,{rule:"tasks:\
update",children:[t("button",{"aria-keyshortcuts":"R",onClick:()=>i("RUNNING"),children:"Run it again\u2026"}),t("button",{"aria-keyshortcuts":"S",onClick:()=>i(
"SKIPPED"),children:"Skip it\u2026"})]}),!r&&t("button",{onClick:()=>N({view:"bench",task:e.name,run:e.id}),children:"What it saw"}),t("button",{onClick:()=>N({
task:void 0,run:void 0}),children:"Close"})]}),s.length>1&&t("p",{class:"facts",children:["Runs: ",s.slice(-20).map((k,f)=>t(v,{children:[t("button",{class:"sma\
ll","aria-pressed":k.id===e.id,onClick:()=>N({run:k.id}),children:[f+1+Math.max(0,s.length-20)," ",t(I,{state:k.state})]})," "]}))]}),t(S,{of:u,children:k=>t(v,
{children:[k.state_info&&t(V,{children:k.state_info}),t("div",{class:"columns",children:[t(K,{title:"Result",value:k.result}),t(K,{title:"Published",value:k.published})]}),
k.type==="WORKFLOW"?t(oe,{path:o}):t(ae,{path:o})]})}),n&&t(H,{title:n==="RUNNING"?`Run ${e.name} again?`:`Skip ${e.name}?`,label:n==="RUNNING"?"Run it again":"\
Skip it",act:g,close:()=>i(void 0),children:[t("p",{children:n==="SKIPPED"?"The run goes on with what follows when it is skipped.":l?"The run goes on from here;\
 items that succeeded keep their results.":"The run goes on from here, with all items of the task."}),n==="RUNNING"&&e.items!==null&&t("p",{children:t("label",{
children:[t("input",{type:"checkbox",checked:l,onChange:k=>c(k.currentTarget.checked)})," only the items that failed"]})}),t(et,{path:o,json:p})]})]})}var nt=50;
function ae({path:e}){let s=y(`${e}/action_executions?limit=${nt}&include_output=true`);return t(S,{of:s,children:a=>t(v,{children:[t("h3",{children:"Actions"}),
a.action_executions.map(n=>t("details",{class:"call",children:[t("summary",{children:[t(I,{state:n.state})," ",n.name," ",t(B,{time:G(n.created_at)})," ",t("cod\
e",{children:n.id})]}),n.state_info&&t(V,{children:n.state_info}),t("div",{class:"columns",children:[t(K,{title:"Input",value:n.input}),t(K,{title:"Output",value:n.
output})]})]},n.id)),a.next&&t("p",{class:"muted",children:["Only the first ",nt," are shown."]}),!a.action_executions.length&&t("p",{class:"muted",children:"No\
 action has been called."})]})})}function oe({path:e}){let s=y(`${e}/workflow_executions?limit=${nt}`);return t(S,{of:s,children:a=>t(v,{children:[t("h3",{children:"\
Sub-workflows"}),t("ul",{children:a.executions.map(n=>t("li",{children:[t(I,{state:n.state})," ",t("a",{href:O(`/executions/${_(n.id)}`),children:n.workflow_name}),
" ",t("code",{children:n.id})]},n.id))}),a.next&&t("p",{class:"muted",children:["Only the first ",nt," are shown."]})]})})}function Wt({rows:e}){let{query:s}=F(),[a,n]=w("<% $ %>"),[i,o]=w(),[u,l]=w(),c=e.find(m=>m.id===s.get("run"))??e.find(m=>m.name===s.get("task"))??e[e.length-1],
r=y(c&&`/v2/tasks/${_(c.id)}/context`),p=y("/v2/expressions/functions");if(!c)return t(W,{children:t("p",{children:"No task has been made yet, so there are no d\
ata to try expressions on."})});let g=async m=>{m.preventDefault(),l(void 0);try{o(await U("/v2/expressions",{method:"POST",json:{expression:a,task_execution_id:c.
id}}))}catch(b){l(b)}},k=/([A-Za-z_]\w*)\W*$/.exec(a.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),f=k?p.data?.functions.filter(m=>m.name.toLowerCase().startsWith(
k)).slice(0,8)??[]:[];return t("div",{class:"columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:g,onKeyDown:m=>{m.key==="Enter"&&(m.metaKey||
m.ctrlKey)&&g(m)},children:[t("label",{class:"block",children:["What the task saw ",t("select",{value:c.id,onChange:m=>{let b=e.find(T=>T.id===m.currentTarget.value);
N({run:b?.id,task:b?.name},!0)},children:e.slice(-500).map(m=>t("option",{value:m.id,children:[m.name," (",m.state,")"]}))})]}),t("label",{class:"block",children:[
"Expression, YAQL or Jinja2",t("textarea",{class:"code",rows:3,spellcheck:!1,value:a,onInput:m=>n(m.currentTarget.value)})]}),t("div",{class:"buttons",children:t(
"button",{class:"primary",children:"Evaluate (Ctrl Enter)"})})]}),u&&t(St,{error:u}),i?.error!==void 0&&t(V,{look:"error",isNews:!0,children:i.error}),i&&i.error===
void 0&&t("div",{role:"status",children:[t("p",{class:"muted",children:["after ",x(i.took_us)]}),t(ut,{value:i.result})]}),f.length>0&&t("dl",{class:"functions",
children:f.map(m=>t(v,{children:[t("dt",{children:t("code",{children:m.signature})}),t("dd",{class:"muted",children:m.text})]}))})]}),t("section",{class:"data",
children:[t("h3",{children:"$"}),t(S,{of:r,children:m=>t(ut,{value:m.context})})]})]})}function Ft({base:e,state:s,workflow:a}){let n=y(`${e}/errors`);return t(S,{of:n,children:i=>i.groups.length?t(v,{children:[i.groups.map(o=>t("section",{class:"\
panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",Tt(o.count)]})," ",t(B,{time:o.first_us/1e3}),o.count>1&&t(v,{children:[" \
to ",t(B,{time:o.last_us/1e3})]})," ",t(tt,{text:o.message})]}),t(V,{children:o.message}),t("p",{children:o.path.map((u,l)=>t(v,{children:[l>0&&" \u25B8 ",t("a",
{href:O(`/executions/${_(u.execution_id)}?view=tasks&task=${_(u.task_name)}&run=${u.task_id}`),children:[u.workflow_name," \xB7 ",u.task_name]})]}))}),t("p",{children:t(
"a",{href:O(`/executions${xt({state:"ERROR",workflow_name:a,state_info:`has:${o.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),i.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(W,{children:t(
"p",{children:s==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function Kt(e,s){return e.filter(a=>a.created_us<=s).map(a=>{if(a.finished_us!==null&&a.finished_us<=s)return a;let n=a.started_us!==null&&a.started_us<=s;return{
...a,finished_us:null,state:n?"RUNNING":a.started_us===null?a.state:"WAITING"}})}var ie=[1,10,100,1e3];function Bt({rows:e,end:s,isOpen:a}){let{query:n}=F(),i=n.
get("at"),o=i===null?void 0:Number(i),[u,l]=w(0),c=E(()=>{let f=new Set;for(let m of e)for(let b of[m.created_us,m.started_us,m.finished_us])b!==null&&f.add(b);
return[...f].sort((m,b)=>m-b)},[e]),r=Math.max(c[c.length-1]??0,a?s:0,1),p=f=>N({at:f===void 0?void 0:String(Math.round(f))},!0),g=f=>{let m=o??r;p(f?[...c].reverse().
find(b=>b<m)??0:c.find(b=>b>m))};if(z(()=>{if(!u)return;let f=o??0,m=setInterval(()=>{if(f+=5e4*u,f>=r)return l(0),p(void 0);p(f)},50);return()=>clearInterval(m)},
[u]),!c.length)return null;let k=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at a m\
oment",children:[t("button",{class:"small",onClick:()=>g(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:r,step:1,value:o??
r,"aria-label":"Moment","aria-valuetext":o===void 0?"now":x(o),onInput:f=>{let m=Number(f.currentTarget.value);p(m>=r?void 0:m)},onKeyDown:f=>{(f.key==="ArrowLe\
ft"||f.key==="ArrowRight")&&(g(f.key==="ArrowLeft"),f.preventDefault())}}),t("button",{class:"small",onClick:()=>g(!1),"aria-label":"Event after",children:"\u25B6"}),
!k&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(u),onChange:f=>l(Number(f.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),ie.map(f=>t("option",{value:String(f),children:["\xD7 ",f]}))]})]}),t("span",{class:"muted",children:o===void 0?a?"now":"at i\
ts end":t(v,{children:[t("strong",{children:["at ",x(o)]})," of ",x(r)," ",t("button",{class:"small",onClick:()=>p(void 0),children:["back to ",a?"now":"the end"]})]})}),
o!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var st=100;function jt({id:e}){return t(qt,{id:e,depth:0})}function qt({id:e,depth:s}){let a=y(`/v2/executions/${_(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(S,{of:a,children:n=>{let i=n.tasks.filter(o=>o.type==="WORKFLOW");return i.length?t("ul",{class:"tree",children:[i.slice(0,st).map(o=>t(re,{task:o,
depth:s})),(i.length>st||n.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):s?t("p",{class:"muted",children:"nothing below"}):t(W,
{children:t("p",{children:"This run has started no other workflows."})})}})}function re({task:e,depth:s}){let[a,n]=w(s===0),i=y(a?`/v2/tasks/${_(e.id)}/workflow\
_executions?limit=${st}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":a,onClick:()=>n(!a),children:[a?"\u25BE":"\u25B8"," ",
t(I,{state:e.state})," ",e.name]}),a&&t(S,{of:i,children:o=>t("ul",{class:"tree",children:[o.executions.map(u=>t(le,{child:u,depth:s})),o.next&&t("li",{class:"m\
uted",children:["Only the first ",st," are shown."]})]})})]})}function le({child:e,depth:s}){let[a,n]=w(!1),[i,o]=[G(e.created_at),G(e.updated_at)];return t("li",
{children:[t("button",{class:"json-fold","aria-expanded":a,"aria-label":`Open ${e.id}`,onClick:()=>n(!a),children:a?"\u25BE":"\u25B8"})," ",t(I,{state:e.state}),
" ",t("a",{href:O(`/executions/${_(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:i!==void 0&&o!==void 0?x((o-i)*1e3):""}),a&&t(qt,{id:e.
id,depth:s+1})]})}var Ht=10;function Jt(e){let s=new Map;for(let a of e){let n=`${a.kind} ${a.message} ${a.task_name} ${a.fire_at??""} ${a.kind==="action_waiting_for_completion"?
a.action_execution_id:""}`,i=s.get(n);i?i[1]+=1:s.set(n,[a,1])}return[...s.values()]}function zt({base:e,isOpen:s,isLive:a,select:n}){let i=y(`${e}/why`,s?a?5e3:
3e3:0),o=s?"Why it has not finished":"Why it failed",[u,l]=w();return t(S,{of:i,children:c=>t("section",{class:`why${s?"":" failed"}`,"aria-label":o,tabIndex:-1,
"aria-keyshortcuts":"w",children:[t("h2",{children:o}),!(c.reasons[0]&&c.summary.includes(c.reasons[0].message))&&t("p",{children:c.summary}),t("ul",{children:Jt(
c.reasons).slice(0,Ht).map(([r,p])=>t("li",{children:[p>1&&t("strong",{children:[p," \xD7 "]}),r.message,r.fire_at&&t(v,{children:[" (",t($t,{time:G(r.fire_at)}),
")"]})," ",r.task_name&&t("button",{class:"small",onClick:()=>n(r.task_name),children:["Look at ",r.task_name]})," ",r.kind==="action_waiting_for_completion"&&r.
action_execution_id&&t(j,{rule:"action_executions:update",children:t("button",{class:"small",onClick:()=>l(r),children:"Complete\u2026"})}),r.execution_id&&t("a",
{class:"button small",href:O(`/executions/${_(r.execution_id)}`),children:["Open ",r.workflow_name??"it"]}),r.kind==="action_queued"&&t("a",{class:"button small",
href:O("/cluster"),children:"Look at the executors"})]},`${r.kind} ${r.action_execution_id} ${r.task_name}`))}),(Jt(c.reasons).length>Ht||c.truncated)&&t("p",{class:"\
muted",children:"There are more reasons."}),u&&t(ue,{reason:u,close:()=>l(void 0),again:i.again})]})})}function ue({reason:e,close:s,again:a}){let[n,i]=w("SUCCE\
SS"),[o,u]=w("{}"),l=async()=>{let c=JSON.parse(o);if(c===null||typeof c!="object"||Array.isArray(c))throw new Error('The result has to be a JSON object: {"name\
": \u2026}.');let r={state:n,output:c};await U(`/v2/action_executions/${_(e.action_execution_id)}`,{method:"PUT",json:r}),a()};return t(H,{title:`Complete the a\
ction of ${e.task_name}`,label:"Complete",act:l,close:s,children:[t("label",{children:["State ",t("select",{value:n,onChange:c=>i(c.currentTarget.value),children:[
t("option",{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",t("textarea",{rows:5,value:o,onInput:c=>u(
c.currentTarget.value)})]})]})}var ce="?fields=id,workflow_name,state,state_info,description,created_at,updated_at,tags,workflow_id,workflow_namespace,root_execution_id,task_execution_id",de=[
["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],Yt=["graph","time","tasks"],
me=2e4,fe=2e3,pe=5e6;function Zt(e,s,a){let n=l=>e.columns.indexOf(l),i=e.columns.map(l=>s.columns.indexOf(l)),o=[...e.rows],u=new Map(o.map((l,c)=>[l[n("id")],
c]));for(let l of s.rows){let c=u.get(l[i[n("id")]]),r=c===void 0?void 0:o[c],p=e.columns.map((g,k)=>{let f=l[i[k]]??null;return f===null&&(g==="child"||g==="it\
ems_done")?r?.[k]??null:g.endsWith("_us")&&typeof f=="number"?f-a:f});c===void 0?o.push(p):o[c]=p}return{...e,rows:o}}function he(e,s){let a=y(e),n=it(a);n.current=
a;let i=E(()=>Pt(async()=>{let{data:u,again:l,patch:c}=n.current;if(!(!e||!u))try{let r=await U(`${e}?since=${u.cursor-pe}`);r.truncated?l():c(p=>({...Zt(p,r,0),
execution:r.execution,now_us:r.now_us,cursor:Math.max(p.cursor,r.cursor)}))}catch{}}),[e]),o=q.use()!==void 0;return z(()=>{if(!e||o)return;let u=setInterval(()=>document.
hidden||i(),s);return()=>clearInterval(u)},[e,s,o]),{timeline:a,catchUp:i}}function ds({id:e}){let s=`/v2/executions/${_(e)}`,{query:a}=F(),n=a.get("view")??"gr\
aph",i=q.use()!==void 0,[o,u]=w(!1),l=Yt.includes(n),c=Ct(i?void 0:`execution:${e}`,T=>{T.event==="gap"?(p.again(),k()):T.event==="execution"?p.again():T.event===
"tasks"&&g.patch(R=>Zt(R,T.data,R.execution.created_us))}),r=c||o?me:fe,p=y(s+ce,r),{timeline:g,catchUp:k}=he(l||n==="bench"?`${s}/timeline`:void 0,r),f=y(n==="\
graph"?`${s}/graph`:void 0),m=p.data?.state,b=m!==void 0&&Y(m);return b!==o&&u(b),t(v,{children:[p.error&&!p.data&&t("div",{class:"title",children:[t("h1",{children:"\
Execution"}),t("code",{children:e})]}),t(S,{of:p,children:T=>t(ge,{execution:T,base:s,again:()=>{p.again(),k()},isLive:c,timeline:g,graph:f})})]})}function ge({
execution:e,base:s,again:a,isLive:n,timeline:i,graph:o}){let{query:u}=F(),l=u.get("view")??"graph",c=u.get("task")??void 0,r=u.get("at"),p=!Y(e.state),g=q.use()!==
void 0,k=Yt.includes(l),f=E(()=>i.data?we(i.data):[],[i.data]),m=r===null?void 0:Number(r),b=E(()=>m===void 0?f:Kt(f,m),[f,m]),T=e.root_execution_id,R=Rt(e.description),
P=i.data?.execution,M=P?.updated_us?P.updated_us-P.created_us:void 0;return t(v,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name}),"\
 ",t(I,{state:e.state}),t("code",{children:e.id})," ",t(tt,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(B,{time:G(e.created_at)}),
p?"":t(v,{children:[" \xB7 ended ",t(B,{time:G(e.updated_at)}),M!==void 0&&` \xB7 took ${x(M)}`]}),t(ke,{workflow:e.workflow_name,took:M}),R.cron?t(v,{children:[
" \xB7 by ",t("a",{href:O(`/triggers?name=${_(R.cron)}`),children:"a cron trigger"})]}):R.words&&t(v,{children:[" \xB7 ",R.words]}),T&&t(v,{children:[" \xB7 part o\
f ",t("a",{"aria-keyshortcuts":"p",href:O(`/executions/${_(T)}`),children:"the run that started it"})]})," \xB7 ",t("a",{href:O(`/workflows/${_(e.workflow_id)}`),
children:"definition"}),t(be,{workflow:e.workflow_id,hash:o.data?.spec_hash})," \xB7 ",t("a",{href:O(`/executions?workflow_name=${_(e.workflow_name)}`),children:"\
other runs"})]}),!g&&t(ye,{execution:e,base:s,again:a}),(p||e.state==="ERROR")&&t(zt,{isOpen:p,isLive:n,base:s,select:$=>N({task:$})}),e.state_info&&(e.state===
"ERROR"?t("details",{children:[t("summary",{children:"The message in full"}),t(V,{look:"error",children:e.state_info})]}):t(V,{look:"idle",children:e.state_info})),
t("div",{class:"tabs",role:"tablist",children:de.map(([$,h],C)=>t("button",{role:"tab","aria-keyshortcuts":String(C+1),"aria-selected":l===$,onClick:()=>N({view:$}),
children:h}))}),k&&t(Bt,{rows:f,end:i.data?Math.max(i.data.now_us-i.data.execution.created_us,0):0,isOpen:p}),l==="data"&&t(ve,{execution:e}),l==="errors"&&t(Ft,
{base:s,state:e.state,workflow:e.workflow_name}),l==="tree"&&t(jt,{id:e.id}),l==="bench"&&t(Wt,{rows:f}),l==="graph"&&t(_e,{graph:o,rows:b,isReady:i.data!==void 0||
i.error!==void 0,task:c}),l==="time"&&t(S,{of:i,children:$=>t(Gt,{timeline:$,rows:b,task:c,run:u.get("run")??void 0,path:g?void 0:`${s}/timeline`})}),(l==="task\
s"||c&&k)&&t(S,{of:i,children:$=>t(Vt,{rows:b,truncated:$.truncated,only:l==="tasks"?void 0:c,again:a})})]})}function ke({workflow:e,took:s}){let a=y(Ot(),Lt),n=E(
()=>Et(a.data?.buckets??[]).get(e),[a.data,e]);return n?t(v,{children:[" (usually ",t(Nt,{of:n,took:s??0}),")"]}):null}function be({workflow:e,hash:s}){let n=y(
s&&`/v2/workflows/${_(e)}/versions`).data?.versions??[],i=n.find(u=>u.spec_hash===s);if(!i)return null;let o=n[0];return t(v,{children:[", version ",i.version,o.
spec_hash!==s&&t("strong",{class:"state-paused",children:[" (now ",o.version,")"]})]})}function we(e){return e.rows.map(s=>Object.fromEntries(e.columns.map((a,n)=>[
a,s[n]])))}function _e({graph:e,rows:s,isReady:a,task:n}){let[i,o]=w(!1),u=E(()=>{if(!i)return;let c=ft(s);return new Set(s.filter(r=>c.has(r.id)).map(r=>r.name))},
[s,i]),l=E(()=>{let c=new Map;for(let r of s){let p=r.finished_us??void 0,g=p!==void 0?x(p-(r.started_us??r.created_us)):r.state.toLowerCase(),k=r.items!==null?
` \xB7 ${kt(r)}`:"",f=`${g}${r.attempts>1?` \xB7 attempt ${r.attempts}`:""}${k}`;c.set(r.name,{state:r.state,runs:(c.get(r.name)?.runs??0)+1,note:f,part:r.items&&
r.items_done!==null?r.items_done/r.items:void 0})}return c},[s]);return t(S,{of:e,children:c=>t("div",{onKeyDown:r=>{r.key==="c"&&r.target.tagName==="CANVAS"&&!r.
ctrlKey&&!r.metaKey&&!r.altKey&&o(!i)},children:t(It,{tools:s.length>1&&t("label",{children:[t("input",{type:"checkbox",checked:i,onChange:r=>o(r.currentTarget.
checked)})," critical path"]}),graph:c,states:l,isReady:a,critical:u,selected:n,onSelect:r=>N({task:r})})})})}var kt=e=>e.items_done===null||e.items_done===e.items?
`${e.items} ${e.items===1?"item":"items"}`:`${e.items_done} of ${e.items} items`;function ve({execution:e}){let s=y(`/v2/executions/${_(e.id)}?fields=id,input,o\
utput,params`),{state:a}=e,n=it(a);return z(()=>{n.current!==a&&s.again(),n.current=a},[a]),t(S,{of:s,children:i=>t("div",{class:"columns",children:[t(K,{title:"\
Input",value:i.input}),t(K,{title:"Output",value:i.output}),t(K,{title:"Parameters",value:i.params})]})})}function ye({execution:e,base:s,again:a}){let[n,i]=w(),
[o,u]=w(!1),{state:l}=e,c=y(o?`${s}?fields=id,input`:void 0),r=async b=>{b.state?await U(s,{method:"PUT",json:{state:b.state}}):(await U(`${s}${Y(l)?"":"?force=\
true"}`,{method:"DELETE"}),rt("/executions")),a()},p={title:"Pause this run?",text:"Actions that are running go on to their end; nothing new begins.",label:"Pau\
se",state:"PAUSED"},g={title:"Resume this run?",text:"It goes on where it was stopped; failed tasks run again.",label:"Resume",state:"RUNNING"},k={title:"Cancel\
 this run?",text:"It ends as CANCELLED, with everything that it has started.",label:"Cancel the run",state:"CANCELLED"},f={title:"Delete this run?",text:"It and\
 everything below it are gone for good.",label:"Delete"},m=[l==="RUNNING"&&p,["PAUSED","ERROR"].includes(l)&&g,!Y(l)&&k].filter(Boolean);return t("div",{class:"\
buttons",children:[t(j,{rule:"executions:update",children:m.map(b=>t("button",{onClick:()=>i(b),children:[b.label,"\u2026"]}))}),t(j,{rule:"executions:create",children:t(
"button",{"aria-keyshortcuts":"r",onClick:()=>u(!0),children:"Run again\u2026"})}),t(xe,{execution:e}),t(Te,{base:s,id:e.id}),t(j,{rule:"executions:delete",children:t(
"button",{onClick:()=>i(f),children:"Delete\u2026"})}),n&&t(H,{title:n.title,label:n.label,act:()=>r(n),close:()=>i(void 0),children:[t("p",{children:n.text}),n.
state&&t(et,{path:s,json:{state:n.state}})]}),o&&c.error&&t(S,{of:c,children:()=>null}),o&&c.data&&t(At,{workflow:e.workflow_id,name:e.workflow_name,input:c.data.
input,close:()=>u(!1)})]})}function xe({execution:e}){let[s,a]=w(!1),n=_(e.workflow_name),i=y(s?`/v2/executions?workflow_name=${n}&limit=12&sort_keys=created_at\
&sort_dirs=desc&fields=id,state,created_at,workflow_name`:void 0),o=(i.data?.executions??[]).filter(l=>l.id!==e.id),u=o.find(l=>l.state==="SUCCESS");return t("s\
elect",{"aria-label":"Compare with",value:"",onFocus:()=>a(!0),onPointerDown:()=>a(!0),onChange:l=>rt(`/compare?a=${_(l.currentTarget.value)}&b=${_(e.id)}`),children:[
t("option",{value:"",children:"Compare with\u2026"}),u&&t("option",{value:u.id,children:"the last success"}),o.map(l=>t("option",{value:l.id,children:[l.state,"\
 ",l.created_at]})),s&&i.data&&!o.length&&t("option",{disabled:!0,children:"no other run of this workflow"})]})}function Te({base:e,id:s}){let[a,n]=w(!1);return t(
"button",{disabled:a,onClick:async()=>{n(!0);try{let o=await fetch(`${yt}${e}/snapshot`,{headers:lt.get()?{"X-Auth-Token":lt.get()}:{}});if(!o.ok)throw new Error(
(await o.json()).faultstring);let u=document.createElement("a");u.href=URL.createObjectURL(await o.blob()),u.download=`execution-${s}.ndjson`,u.click(),setTimeout(
()=>URL.revokeObjectURL(u.href),1e4)}catch(o){alert(String(o))}n(!1)},children:a?"Saving\u2026":"Save as file"})}export{ds as a,we as b,kt as c};
