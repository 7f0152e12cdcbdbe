import{c as Bt}from"./chunk-UETKDPBI.js";import{a as bt,b as K}from"./chunk-H5FFJYCG.js";import{a as Kt,b as qt}from"./chunk-H5OYZEYH.js";import{
a as Vt}from"./chunk-7FYVVVNW.js";import{e as Dt,f as Ut,g as Gt,h as Wt,j as Ft}from"./chunk-QNMHE6CK.js";import{$ as O,A as Nt,D as Q,F as Ot,G as _,
J as kt,P as G,Q as W,S as y,T as rt,V as z,W as Mt,Y as It,_ as t,a as v,aa as B,ba as Pt,ca as At,d as w,da as C,e as Z,ea as F,fa as V,g as J,h as E,ha as X,
ia as lt,ja as x,k as Lt,ma as j,n as U,o as L,p as gt,q as $}from"./chunk-OPGLIQJ7.js";function jt(e,s=()=>performance.now(),a=(n,o)=>setTimeout(n,o)){let n=!1,o=!1,i=async()=>{n=!0,o=!1;let l=s();await e(),a(()=>{n=!1,o&&i()},Math.max(250,(s()-l)*
5))};return()=>{n?o=!0:i()}}function Ht(e,s){let a=[0,...e,s].filter(o=>o>=0&&o<=s).sort((o,i)=>o-i),n=[];for(let o=1;o<a.length;o++){let[i,l]=[a[o-1],a[o]];l-i>3e7&&l-i>s*.2&&n.push({from:i,
to:l})}return n}function Jt(e,s){let a=s.reduce((i,l)=>i+l.to-l.from,0),n=Math.max(1,(e-a)*.06),o=i=>{let l=0;for(let r of s){if(i<=r.from)break;let c=r.to-r.from,
u=Math.min(i,r.to)-r.from;l+=u*(1-Math.min(1,n/c))}return i-l};return{place:o,width:Math.max(1,o(e))}}function zt(e,s,{place:a}){let[n,o]=[0,s];for(;o-n>1;){let i=(n+
o)/2;a(i)<e?n=i:o=i}return Math.round(a(n)>=e?n:o)}function Yt(e,s){let a=e/(5*s),n=10**Math.floor(Math.log10(Math.max(1,a))),o=n*([1,2,5].find(i=>n*i>=a)??10);
return Array.from({length:Math.min(400,Math.floor(e*.96/o)+1)},(i,l)=>l*o)}function wt(e,s){let a=e;for(let n of s)a>n.from&&(a+=n.to-n.from);return a}var _t=26,ge=22;function Zt({timeline:e,rows:s,task:a,run:n,path:o}){let[i,l]=w("begun"),[r,c]=w(!1),[u,h]=w(1),[g,k]=w(!0),[f,m]=w(0),{created_us:b,updated_us:R,
state:D}=e.execution,q=(z(D)&&R!==null?R:e.now_us)-b,N=d=>d.finished_us??q,T=E(()=>Math.max(1,...we(s.map(N))),[s,q]),p=a===void 0?void 0:s.find(d=>d.id===n&&d.
name===a)??s.filter(d=>d.name===a).pop(),M=p?`&without=${_(p.id)}`:"",I=x(o&&`${o}?critical_path=true&columns=id${M}`,e.execution.state==="RUNNING"?5e3:0).data,
$t=E(()=>I?.critical_path?new Set(I.critical_path.tasks):yt(s),[s,I]),st=E(()=>new Map(I?.critical_path?I.rows.map((d,S)=>[d[0],I.critical_path.slack_us[S]]):[]),
[I]),H=E(()=>Ht(s.flatMap(d=>[d.created_us,d.started_us??d.created_us,N(d)]),T),[s,T]),{place:Y,width:tt}=E(()=>Jt(T,g?H:[]),[T,g,H]),{query:Ct}=U(),A=ke(Ct.get(
"from"),Ct.get("until")),mt=J(null),{now:ft,listeners:he}=Kt(d=>mt.current?qt(mt.current,d):0,({from:d,to:S})=>{let[P,ot]=[d,S].map(it=>zt(it*tt,T,{place:Y}));$(
{from:String(P),until:String(Math.max(ot,P+1))})}),pt=E(()=>{let d=s.filter(S=>(!r||S.state!=="SUCCESS")&&(!A||S.created_us<A.until&&N(S)>=A.from));return i==="\
took"&&d.sort((S,P)=>N(P)-vt(P)-(N(S)-vt(S))),i==="failed"&&d.sort((S,P)=>+(P.state==="ERROR")-+(S.state==="ERROR")||S.created_us-P.created_us),d},[s,i,r,A?.from,
A?.until]);if(!s.length)return t(V,{children:t("p",{children:"No task has been made yet."})});let ht=Math.max(0,Math.floor(f/_t)-4),et=(d,S)=>`${(Y(S)-Y(d))/tt*
100}%`,Et=(d,S)=>({left:`calc(var(--name) + (100% - var(--name) - 8px) * ${d})`,width:`calc((100% - var(--name) - 8px) * ${Math.max(0,S-d)})`}),at=p&&I?.critical_path?.
without_us;return t("div",{class:"timeline",children:[t("div",{class:"filters",children:[t("label",{children:["Order ",t("select",{value:i,onChange:d=>l(d.currentTarget.
value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"failed\
 first"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:r,onChange:d=>c(d.currentTarget.checked)})," hide SUCCESS"]}),t("span",{class:"nowrap",children:[
t("button",{onClick:()=>h(Math.min(64,u*2)),"aria-label":"Stretch the time",children:"+"})," ",t("button",{onClick:()=>h(Math.max(1,u/2)),"aria-label":"Squeeze \
the time",children:"\u2212"})]}),H.length>0&&t("label",{children:[t("input",{type:"checkbox",checked:g,onChange:d=>k(d.currentTarget.checked)})," fold idle time"]}),
t(be,{range:A}),t("span",{class:"muted",children:[y(T)," in all \xB7 outlined: the critical path, ",$t.size," tasks"]})]}),A&&t("p",{class:"facts",role:"status",
children:["Between ",A.from>0?y(A.from):"the beginning"," and ",y(Math.min(A.until,T)),": ",pt.length.toLocaleString("en")," of ",s.length.toLocaleString("en"),
" tasks. ",t("button",{class:"small",onClick:()=>$({from:void 0,until:void 0}),children:"Show all"})]}),p&&at!==void 0&&t("p",{class:"facts",role:"status",children:[
"Had ",p.name," taken no time, the run would have taken ",y(at),T-at>0?`: ${y(T-at)} less`:", as it did",st.get(p.id)?`; it could have ended ${y(st.get(p.id))} \
later without making it longer`:"","."]}),t("div",{class:"window bars-window",tabIndex:0,"aria-label":"Time line",...he,onScroll:d=>m(d.currentTarget.scrollTop),
children:[t("div",{class:"bar-axis","aria-hidden":"true",style:{width:`${u*100}%`},children:[t("span",{class:"bar-name muted",children:"after"}),t("span",{class:"\
bar-space",ref:mt,children:Yt(g?H.reduce((d,S)=>d-(S.to-S.from),T):T,u).map(d=>t("span",{class:"bar-tick",style:{left:et(0,wt(d,g?H:[]))},children:d===0?"0":y(wt(
d,g?H:[]))}))})]}),t("div",{class:"bars",style:{height:`${pt.length*_t}px`,width:`${u*100}%`},children:[g&&H.map(d=>t("span",{class:"bar-gap",style:{left:`calc(\
var(--name) + (100% - var(--name)) * ${Y(d.from)/tt})`},title:`nothing happened for ${y(d.to-d.from)}`,children:["\u22EF ",y(d.to-d.from)]})),ft?t("span",{class:"\
bar-band",style:Et(ft.from,ft.to)}):A&&t("span",{class:"bar-band",style:Et(Y(Math.min(A.from,T))/tt,Y(Math.min(A.until,T))/tt)}),pt.slice(ht,ht+ge+8).map((d,S)=>{
let[P,ot]=[vt(d),N(d)],it=`${d.name}, ${d.state}: waited ${y(P-d.created_us)}, ran ${y(ot-P)}${st.get(d.id)?`, ${y(st.get(d.id))} to spare`:""}`;return t("butto\
n",{class:`bar-row${d.name===a?" chosen":""}`,style:{top:`${(ht+S)*_t}px`},title:it,"aria-label":it,onClick:()=>$({task:d.name,run:d.id}),children:[t("span",{class:"\
bar-name",children:[t("span",{class:`state-${rt(d.state).colour}`,"aria-hidden":"true",children:rt(d.state).sign})," ",d.name]}),t("span",{class:"bar-space",children:[
t("span",{class:"bar-wait",style:{left:et(0,d.created_us),width:et(d.created_us,P)}}),t("span",{class:`bar bar-${rt(d.state).colour}${$t.has(d.id)?" critical":""}`,
style:{left:et(0,P),width:et(P,ot)}})]})]},d.id)})]})]})]})}function ke(e,s){let a={from:e?Number(e):0,until:s?Number(s):1/0};return(e||s)&&a.from<a.until?a:void 0}
function be({range:e}){let s=(a,n)=>t("label",{children:[n," ",t("input",{class:"small seconds",inputMode:"decimal",value:e&&Number.isFinite(e[a])?String(e[a]/1e6):
"",onChange:o=>{let i=parseFloat(o.currentTarget.value);$({[a]:i>=0?String(Math.round(i*1e6)):void 0})}})]});return t("span",{class:"nowrap",title:"Dragging ove\
r the time line does the same.",children:[s("from","from")," ",s("until","to")," s"]})}var vt=e=>e.started_us??e.created_us;function we(e){let s=[];for(let a=0;a<
e.length;a+=1e4)s.push(Math.max(...e.slice(a,a+1e4)));return s}function yt(e){let s=new Map(e.map(i=>[i.id,i])),a=i=>i.finished_us??1/0,n;for(let i of e)(!n||a(
i)>=a(n))&&(n=i);let o=new Set;for(;n&&!o.has(n.id);)o.add(n.id),n=n.by?s.get(n.by):void 0;return o}var _e={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},xt=12,nt=(e,s,a)=>`${e.toLocaleString("en")} ${e===1?s:a}`;function ve({of:e}){let s=e.executions.
filter(n=>n.from!==null),a=e.executions.length-s.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(v,{children:[
!!s.length&&t("p",{children:[s.slice(0,3).map(n=>t("span",{class:"nowrap",children:[n.workflow_name," ",t(O,{state:n.from})," \u2192 ",t(O,{state:n.to}),"; "]})),
s.length>3&&nt(s.length-3,"other execution changes; ","other executions change; "),!!a&&nt(a,"sub-workflow is started; ","sub-workflows are started; "),nt(e.actions,
"action is started","actions are started"),!!e.dropped_actions&&`, ${nt(e.dropped_actions,"running one is given up","running ones are given up")}`,"."]}),t("ul",
{class:"plain",children:e.would.slice(0,xt).map(n=>t("li",{children:[n.task_id?t("a",{href:L(`/executions/${_(n.workflow_execution_id)}?view=tasks&task=${_(n.task_name)}`),
children:n.task_name}):n.task_name," ",_e[n.change],": ",n.from&&t(v,{children:[t(O,{state:n.from})," \u2192 "]}),t(O,{state:n.to})]}))}),(e.would.length>xt||e.
truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":nt(e.would.length-xt,"other task","other tasks"),"."]})]})}function ut({path:e,json:s}){
let a=x(`${e}/preview`,0,!1,s),{data:n,error:o}=a;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"polite",children:[!n&&!o&&t("p",
{class:"muted",children:"Looking ahead\u2026"}),o&&t("p",{class:"muted",children:["What would follow cannot be told: ",o.message]}),n&&!n.allowed&&t("p",{class:"\
state-error",children:["\u2716 It would be refused: ",n.message]}),n?.allowed&&t(v,{children:[t("h3",{children:"What would follow at once"}),t(ve,{of:n})]})]})}var Tt=34,ye=16,Rt=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function Qt({rows:e,truncated:s,only:a,again:n}){let{query:o}=U(),[i,l]=w(""),[r,c]=w("b\
egun"),[u,h]=w(0),g=o.get("state")??"",k=o.get("task")??void 0,f=o.get("run")??void 0,m=E(()=>{let p=e.filter(M=>(!i||M.name.includes(i))&&(!g||M.state===g));return r===
"took"&&p.sort((M,I)=>Rt(I)-Rt(M)||M.created_us-I.created_us),r==="name"&&p.sort((M,I)=>M.name.localeCompare(I.name)),r==="state"&&p.sort((M,I)=>M.state.localeCompare(
I.state)),p},[e,i,g,r]),b=e.filter(p=>p.name===k),R=b.find(p=>p.id===f)??b[b.length-1],D=R&&t(xe,{row:R,runs:b,again:n},R.id);if(a!==void 0)return D??t("p",{class:"\
muted",children:[a," has not run."]});let q=[...new Set(e.map(p=>p.state))],N=Math.max(0,Math.floor(u/Tt)-4),T=m.slice(N,N+ye+8);return t(v,{children:[t("div",{
class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:i,onInput:p=>l(p.currentTarget.value)})]}),t("label",{children:[
"State ",t("select",{value:g,onChange:p=>$({state:p.currentTarget.value}),children:[t("option",{value:"",children:"all"}),q.map(p=>t("option",{children:p}))]})]}),
t("label",{children:["Order ",t("select",{value:r,onChange:p=>c(p.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"\
took",children:"longest first"}),t("option",{value:"name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[
m.length.toLocaleString("en")," of ",e.length.toLocaleString("en"),s?"; the run has more, which are left out":""]})]}),m.length===0&&t(V,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),m.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:p=>h(p.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":m.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${N*Tt}px`}}),T.map((p,M)=>t(
"tr",{class:p.name===k?"chosen":void 0,"aria-rowindex":N+M+1,children:[t("td",{children:t(O,{state:p.state})}),t("td",{children:t("button",{class:"link",onClick:()=>$(
{task:p.name,run:p.id}),children:p.name})}),t("td",{children:y(p.started_us??p.created_us).replace(/^\d/,"+$&")}),t("td",{children:p.finished_us===null?"\u2013":
y(Rt(p))}),t("td",{children:[p.attempts,p.items!==null&&` \xB7 ${St(p)}`,p.child&&t(v,{children:[" \xB7 ",t("a",{href:L(`/executions/${_(p.child)}`),children:"s\
ub-workflow"})]})]})]},p.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,m.length-N-T.length)*Tt}px`}})]})]})}),D]})}function xe({row:e,runs:s,again:a}){
let[n,o]=w(),i=`/v2/tasks/${_(e.id)}`,l=x(`${i}?fields=id,name,state,state_info,result,published,type,created_at`,e.finished_us===null?3e3:0,!1,void 0,!0),[r,c]=w(
!1),u=Q.use()!==void 0,h=n==="RUNNING"?{state:"RUNNING",reset:!r}:{state:"SKIPPED"},g=async()=>{await G(i,{method:"PUT",json:h}),a(),l.again()};return t("sectio\
n",{class:"panel","aria-label":`Task ${e.name}`,children:[t("div",{class:"title",children:[t("h2",{children:e.name})," ",t(O,{state:e.state}),e.state==="ERROR"&&
t(j,{rule:"tasks:update",children:[t("button",{"aria-keyshortcuts":"R",onClick:()=>o("RUNNING"),children:"Run it again\u2026"}),t("button",{"aria-keyshortcuts":"\
S",onClick:()=>o("SKIPPED"),children:"Skip it\u2026"})]}),!u&&t("button",{onClick:()=>$({view:"bench",task:e.name,run:e.id}),children:"What it saw"}),t("button",
{onClick:()=>$({task:void 0,run:void 0}),children:"Close"})]}),s.length>1&&t("p",{class:"facts",children:["Runs: ",s.slice(-20).map((k,f)=>t(v,{children:[t("but\
ton",{class:"small","aria-pressed":k.id===e.id,onClick:()=>$({run:k.id}),children:[f+1+Math.max(0,s.length-20)," ",t(O,{state:k.state})]})," "]}))]}),t(C,{of:l,
children:k=>t(v,{children:[k.state_info&&t(F,{children:k.state_info}),t("div",{class:"columns",children:[t(K,{title:"Result",value:k.result}),t(K,{title:"Publis\
hed",value:k.published})]}),k.type==="WORKFLOW"?t(Re,{path:i}):t(Te,{path:i})]})}),n&&t(X,{title:n==="RUNNING"?`Run ${e.name} again?`:`Skip ${e.name}?`,label:n===
"RUNNING"?"Run it again":"Skip it",act:g,close:()=>o(void 0),children:[t("p",{children:n==="SKIPPED"?"The run goes on with what follows when it is skipped.":r?"\
The run goes on from here; items that succeeded keep their results.":"The run goes on from here, with all items of the task."}),n==="RUNNING"&&e.items!==null&&t(
"p",{children:t("label",{children:[t("input",{type:"checkbox",checked:r,onChange:k=>c(k.currentTarget.checked)})," only the items that failed"]})}),t(ut,{path:i,
json:h})]})]})}var ct=50;function Te({path:e}){let s=x(`${e}/action_executions?limit=${ct}&include_output=true`,0,!1,void 0,!0);return t(C,{of:s,children:a=>t(v,
{children:[t("h3",{children:"Actions"}),a.action_executions.map(n=>t("details",{class:"call",children:[t("summary",{children:[t(O,{state:n.state})," ",n.name," ",
t(B,{time:W(n.created_at)})," ",t("code",{children:n.id})]}),n.state_info&&t(F,{children:n.state_info}),t("div",{class:"columns",children:[t(K,{title:"Input",value:n.
input}),t(K,{title:"Output",value:n.output})]})]},n.id)),a.next&&t("p",{class:"muted",children:["Only the first ",ct," are shown."]}),!a.action_executions.length&&
t("p",{class:"muted",children:"No action has been called."})]})})}function Re({path:e}){let s=x(`${e}/workflow_executions?limit=${ct}`);return t(C,{of:s,children:a=>t(
v,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:a.executions.map(n=>t("li",{children:[t(O,{state:n.state})," ",t("a",{href:L(`/executions/${_(n.
id)}`),children:n.workflow_name})," ",t("code",{children:n.id})]},n.id))}),a.next&&t("p",{class:"muted",children:["Only the first ",ct," are shown."]})]})})}function Xt({rows:e}){let{query:s}=U(),[a,n]=w("<% $ %>"),[o,i]=w(),[l,r]=w(),c=e.find(m=>m.id===s.get("run"))??e.find(m=>m.name===s.get("task"))??e[e.length-1],
u=x(c&&`/v2/tasks/${_(c.id)}/context`),h=x("/v2/expressions/functions");if(!c)return t(V,{children:t("p",{children:"No task has been made yet, so there are no d\
ata to try expressions on."})});let g=async m=>{m.preventDefault(),r(void 0);try{i(await G("/v2/expressions",{method:"POST",json:{expression:a,task_execution_id:c.
id}}))}catch(b){r(b)}},k=/([A-Za-z_]\w*)\W*$/.exec(a.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),f=k?h.data?.functions.filter(m=>m.name.toLowerCase().startsWith(
k)).slice(0,8)??[]:[];return t("div",{class:"columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:g,onKeyDown:m=>{m.key==="Enter"&&(m.metaKey||
m.ctrlKey)&&g(m)},children:[t("label",{class:"block",children:["What the task saw ",t("select",{value:c.id,onChange:m=>{let b=e.find(R=>R.id===m.currentTarget.value);
$({run:b?.id,task:b?.name},!0)},children:e.slice(-500).map(m=>t("option",{value:m.id,children:[m.name," (",m.state,")"]}))})]}),t("label",{class:"block",children:[
"Expression, YAQL or Jinja2",t("textarea",{class:"code",rows:3,spellcheck:!1,value:a,onInput:m=>n(m.currentTarget.value)})]}),t("div",{class:"buttons",children:t(
"button",{class:"primary",children:"Evaluate (Ctrl Enter)"})})]}),l&&t(At,{error:l}),o?.error!==void 0&&t(F,{look:"error",isNews:!0,children:o.error}),o&&o.error===
void 0&&t("div",{role:"status",children:[t("p",{class:"muted",children:["after ",y(o.took_us)]}),t(bt,{value:o.result})]}),f.length>0&&t("dl",{class:"functions",
children:f.map(m=>t(v,{children:[t("dt",{children:t("code",{children:m.signature})}),t("dd",{class:"muted",children:m.text})]}))})]}),t("section",{class:"data",
children:[t("h3",{children:"$"}),t(C,{of:u,children:m=>t(bt,{value:m.context})})]})]})}function te({base:e,state:s,workflow:a}){let n=x(`${e}/errors`);return t(C,{of:n,children:o=>o.groups.length?t(v,{children:[o.groups.map(i=>t("section",{class:"\
panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",Mt(i.count)]})," ",t(B,{time:i.first_us/1e3}),i.count>1&&t(v,{children:[" \
to ",t(B,{time:i.last_us/1e3})]})," ",t(lt,{text:i.message})]}),t(F,{children:i.message}),t("p",{children:i.path.map((l,r)=>t(v,{children:[r>0&&" \u25B8 ",t("a",
{href:L(`/executions/${_(l.execution_id)}?view=tasks&task=${_(l.task_name)}&run=${l.task_id}`),children:[l.workflow_name," \xB7 ",l.task_name]})]}))}),t("p",{children:t(
"a",{href:L(`/executions${Ot({state:"ERROR",workflow_name:a,state_info:`has:${i.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),o.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(V,{children:t(
"p",{children:s==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function ee(e,s){return e.filter(a=>a.created_us<=s).map(a=>{if(a.finished_us!==null&&a.finished_us<=s)return a;let n=a.started_us!==null&&a.started_us<=s;return{
...a,finished_us:null,state:n?"RUNNING":a.started_us===null?a.state:"WAITING"}})}var Se=[1,10,100,1e3];function ne({rows:e,end:s,isOpen:a}){let{query:n}=U(),o=n.
get("at"),i=o===null?void 0:Number(o),[l,r]=w(0),c=f=>{let m;for(let b of e)for(let R of[b.created_us,b.started_us,b.finished_us])R!==null&&f(R)<(m===void 0?1/0:
f(m))&&(m=R);return m},u=E(()=>Math.max(c(f=>-f)??0,a?s:0,1),[e,a,s]),h=f=>$({at:f===void 0?void 0:String(Math.round(f))},!0),g=f=>{let m=i??u;h(f?c(b=>b<m?m-b:
1/0)??0:c(b=>b>m?b-m:1/0))};if(Z(()=>{if(!l)return;let f=i??0,m=setInterval(()=>{if(f+=5e4*l,f>=u)return r(0),h(void 0);h(f)},50);return()=>clearInterval(m)},[l]),
!e.length)return null;let k=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at a moment",
children:[t("button",{class:"small",onClick:()=>g(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:u,step:1,value:i??u,"ari\
a-label":"Moment","aria-valuetext":i===void 0?"now":y(i),onInput:f=>{let m=Number(f.currentTarget.value);h(m>=u?void 0:m)},onKeyDown:f=>{(f.key==="ArrowLeft"||f.
key==="ArrowRight")&&(g(f.key==="ArrowLeft"),f.preventDefault())}}),t("button",{class:"small",onClick:()=>g(!1),"aria-label":"Event after",children:"\u25B6"}),!k&&
t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(l),onChange:f=>r(Number(f.currentTarget.value)),children:[t("option",{value:"\
0",children:"play\u2026"}),Se.map(f=>t("option",{value:String(f),children:["\xD7 ",f]}))]})]}),t("span",{class:"muted",children:i===void 0?a?"now":"at its end":
t(v,{children:[t("strong",{children:["at ",y(i)]})," of ",y(u)," ",t("button",{class:"small",onClick:()=>h(void 0),children:["back to ",a?"now":"the end"]})]})}),
i!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var dt=100;function se({id:e}){return t(ae,{id:e,depth:0})}function ae({id:e,depth:s}){let a=x(`/v2/executions/${_(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(C,{of:a,children:n=>{let o=n.tasks.filter(i=>i.type==="WORKFLOW");return o.length?t("ul",{class:"tree",children:[o.slice(0,dt).map(i=>t($e,{task:i,
depth:s})),(o.length>dt||n.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):s?t("p",{class:"muted",children:"nothing below"}):t(V,
{children:t("p",{children:"This run has started no other workflows."})})}})}function $e({task:e,depth:s}){let[a,n]=w(s===0),o=x(a?`/v2/tasks/${_(e.id)}/workflow\
_executions?limit=${dt}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":a,onClick:()=>n(!a),children:[a?"\u25BE":"\u25B8"," ",
t(O,{state:e.state})," ",e.name]}),a&&t(C,{of:o,children:i=>t("ul",{class:"tree",children:[i.executions.map(l=>t(Ce,{child:l,depth:s})),i.next&&t("li",{class:"m\
uted",children:["Only the first ",dt," are shown."]})]})})]})}function Ce({child:e,depth:s}){let[a,n]=w(!1),[o,i]=[W(e.created_at),W(e.updated_at)];return t("li",
{children:[t("button",{class:"json-fold","aria-expanded":a,"aria-label":`Open ${e.id}`,onClick:()=>n(!a),children:a?"\u25BE":"\u25B8"})," ",t(O,{state:e.state}),
" ",t("a",{href:L(`/executions/${_(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:o!==void 0&&i!==void 0?y((i-o)*1e3):""}),a&&t(ae,{id:e.
id,depth:s+1})]})}var oe=10;function ie(e){let s=new Map;for(let a of e){let n=`${a.kind} ${a.message} ${a.task_name} ${a.fire_at??""} ${a.kind==="action_waiting_for_completion"?
a.action_execution_id:""}`,o=s.get(n);o?o[1]+=1:s.set(n,[a,1])}return[...s.values()]}function re({base:e,isOpen:s,isLive:a,select:n}){let o=x(`${e}/why`,s?a?5e3:
3e3:0),i=s?"Why it has not finished":"Why it failed",[l,r]=w();return t(C,{of:o,children:c=>t("section",{class:`why${s?"":" failed"}`,"aria-label":i,tabIndex:-1,
"aria-keyshortcuts":"w",children:[t("h2",{children:i}),!(c.reasons[0]&&c.summary.includes(c.reasons[0].message))&&t("p",{children:c.summary}),t("ul",{children:ie(
c.reasons).slice(0,oe).map(([u,h])=>t("li",{children:[h>1&&t("strong",{children:[h," \xD7 "]}),u.message,u.fire_at&&t(v,{children:[" (",t(Pt,{time:W(u.fire_at)}),
")"]})," ",u.task_name&&t("button",{class:"small",onClick:()=>n(u.task_name),children:["Look at ",u.task_name]})," ",u.kind==="action_waiting_for_completion"&&u.
action_execution_id&&t(j,{rule:"action_executions:update",children:t("button",{class:"small",onClick:()=>r(u),children:"Complete\u2026"})}),u.execution_id&&t("a",
{class:"button small",href:L(`/executions/${_(u.execution_id)}`),children:["Open ",u.workflow_name??"it"]}),u.kind==="action_queued"&&t("a",{class:"button small",
href:L("/cluster"),children:"Look at the executors"})]},`${u.kind} ${u.action_execution_id} ${u.task_name}`))}),(ie(c.reasons).length>oe||c.truncated)&&t("p",{class:"\
muted",children:"There are more reasons."}),l&&t(Ee,{reason:l,close:()=>r(void 0),again:o.again})]})})}function Ee({reason:e,close:s,again:a}){let[n,o]=w("SUCCE\
SS"),[i,l]=w("{}"),r=async()=>{let c=JSON.parse(i);if(c===null||typeof c!="object"||Array.isArray(c))throw new Error('The result has to be a JSON object: {"name\
": \u2026}.');let u={state:n,output:c};await G(`/v2/action_executions/${_(e.action_execution_id)}`,{method:"PUT",json:u}),a()};return t(X,{title:`Complete the a\
ction of ${e.task_name}`,label:"Complete",act:r,close:s,children:[t("label",{children:["State ",t("select",{value:n,onChange:c=>o(c.currentTarget.value),children:[
t("option",{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",t("textarea",{rows:5,value:i,onInput:c=>l(
c.currentTarget.value)})]})]})}var Le="?fields=id,workflow_name,state,state_info,description,created_at,updated_at,tags,workflow_id,workflow_namespace,root_execution_id,task_execution_id",Ne=[
["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],fe=["graph","time","tasks"],
Oe=2e4,Me=2e3,Ie=5e6,le=new WeakMap;function pe(e,s,a){let n=c=>e.columns.indexOf(c),o=e.columns.map(c=>s.columns.indexOf(c)),i=[...e.rows],l=n("id"),r=le.get(e.
rows)??new Map(i.map((c,u)=>[c[l],u]));for(let c of s.rows){let u=r.get(c[o[l]]),h=u===void 0?void 0:i[u],g=e.columns.map((k,f)=>{let m=c[o[f]]??null;return m===
null&&(k==="child"||k==="items_done")?h?.[f]??null:k.endsWith("_us")&&typeof m=="number"?m-a:m});u===void 0?r.set(g[l],i.push(g)-1):i[u]=g}return le.set(i,r),{...e,
rows:i}}function Pe(e,s){let a=x(e),n=J(a);n.current=a;let o=E(()=>jt(async()=>{let{data:c,again:u,patch:h}=n.current;if(!(!e||!c))try{let g=await G(`${e}?since\
=${c.cursor-Ie}`);g.truncated?u():h(k=>({...pe(k,g,0),execution:g.execution,now_us:g.now_us,cursor:Math.max(k.cursor,g.cursor)}))}catch{}}),[e]),[i,l]=[Q.use()!==
void 0,Nt.use()],r=J(l);return Z(()=>{if(r.current&&!l&&o(),r.current=l,!e||i||l)return;let c=setInterval(()=>document.hidden||o(),s);return()=>clearInterval(c)},
[e,s,i,l]),{timeline:a,catchUp:o}}function Ms({id:e}){let s=`/v2/executions/${_(e)}`,{query:a}=U(),n=a.get("view")??"graph",o=Q.use()!==void 0,[i,l]=w(!1),r=fe.
includes(n),c=Dt(o?void 0:`execution:${e}`,R=>{R.event==="gap"?(h.again(),k()):R.event==="execution"?h.again():R.event==="tasks"&&g.patch(D=>pe(D,R.data,D.execution.
created_us))}),u=c||i?Oe:Me,h=x(s+Le,u),{timeline:g,catchUp:k}=Pe(r||n==="bench"?`${s}/timeline`:void 0,u),f=x(n==="graph"?`${s}/graph`:void 0),m=h.data?.state,
b=m!==void 0&&z(m);return b!==i&&l(b),t(v,{children:[h.error&&!h.data&&t("div",{class:"title",children:[t("h1",{children:"Execution"}),t("code",{children:e})]}),
t(C,{of:h,children:R=>t(Ae,{execution:R,base:s,again:()=>{h.again(),k()},isLive:c,timeline:g,graph:f})})]})}function Ae({execution:e,base:s,again:a,isLive:n,timeline:o,
graph:i}){let{query:l}=U(),r=l.get("view")??"graph",c=l.get("task")??void 0,u=l.get("at"),h=!z(e.state),g=Q.use()!==void 0,k=fe.includes(r),f=E(()=>o.data?Ge(o.
data):[],[o.data]),m=u===null?void 0:Number(u),b=E(()=>m===void 0?f:ee(f,m),[f,m]),R=e.root_execution_id,D=It(e.description),q=o.data?.execution,N=q?.updated_us?
q.updated_us-q.created_us:void 0;return t(v,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(O,{state:e.state}),t("code",{children:e.
id})," ",t(lt,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(B,{time:W(e.created_at)}),h?"":t(v,{children:[" \xB7 ended ",t(B,{time:W(
e.updated_at)}),N!==void 0&&` \xB7 took ${y(N)}`]}),t(De,{workflow:e.workflow_name,took:N}),D.cron?t(v,{children:[" \xB7 by ",t("a",{href:L(`/triggers?name=${_(
D.cron)}`),children:"a cron trigger"})]}):D.words&&t(v,{children:[" \xB7 ",D.words]}),R&&t(v,{children:[" \xB7 part of ",t("a",{"aria-keyshortcuts":"p",href:L(`\
/executions/${_(R)}`),children:"the run that started it"})]})," \xB7 ",t(ue,{name:"input",letter:"i"})," \xB7 ",t(ue,{name:"output",letter:"o"})," \xB7 ",t("a",
{href:L(`/workflows/${_(e.workflow_id)}`),children:"definition"}),t(Ue,{workflow:e.workflow_id,hash:i.data?.spec_hash})," \xB7 ",t("a",{href:L(`/executions?work\
flow_name=${_(e.workflow_name)}`),children:"other runs"})]}),!g&&t(Ve,{execution:e,base:s,again:a}),(h||e.state==="ERROR")&&t(re,{isOpen:h,isLive:n,base:s,select:T=>$(
{task:T})}),e.state_info&&(e.state==="ERROR"?t("details",{children:[t("summary",{children:"The message in full"}),t(F,{look:"error",children:e.state_info})]}):t(
F,{look:"idle",children:e.state_info})),t("div",{class:"tabs",role:"tablist",children:Ne.map(([T,p],M)=>t("button",{role:"tab","aria-keyshortcuts":String(M+1),"\
aria-selected":r===T,onClick:()=>$({view:T,part:void 0}),children:p}))}),k&&t(ne,{rows:f,end:o.data?Math.max(o.data.now_us-o.data.execution.created_us,0):0,isOpen:h}),
r==="data"&&t(Fe,{execution:e}),r==="errors"&&t(te,{base:s,state:e.state,workflow:e.workflow_name}),r==="tree"&&t(se,{id:e.id}),r==="bench"&&t(Xt,{rows:f}),r===
"graph"&&t(We,{graph:i,rows:b,isReady:o.data!==void 0||o.error!==void 0,task:c}),r==="time"&&t(C,{of:o,children:T=>t(Zt,{timeline:T,rows:b,task:c,run:l.get("run")??
void 0,path:g?void 0:`${s}/timeline`})}),(r==="tasks"||c&&k)&&t(C,{of:o,children:T=>t(Qt,{rows:b,truncated:T.truncated,only:r==="tasks"?void 0:c,again:a})})]})}
var ue=({name:e,letter:s})=>t("button",{class:"link","aria-keyshortcuts":s,onClick:()=>$({view:"data",part:e}),children:e});function De({workflow:e,took:s}){let a=x(
Gt(),Wt),n=E(()=>Ut(a.data?.buckets??[]).get(e),[a.data,e]);return n?t(v,{children:[" (usually ",t(Ft,{of:n,took:s??0}),")"]}):null}function Ue({workflow:e,hash:s}){
let n=x(s&&`/v2/workflows/${_(e)}/versions`).data?.versions??[],o=n.find(l=>l.spec_hash===s);if(!o)return null;let i=n[0];return t(v,{children:[", version ",o.version,
i.spec_hash!==s&&t("strong",{class:"state-paused",children:[" (now ",i.version,")"]})]})}var ce=new WeakMap;function Ge(e){return e.rows.map(s=>{let a=ce.get(s);
return a||ce.set(s,a=Object.fromEntries(e.columns.map((n,o)=>[n,s[o]]))),a})}function We({graph:e,rows:s,isReady:a,task:n}){let[o,i]=w(!1),l=E(()=>{if(!o)return;
let c=yt(s);return new Set(s.filter(u=>c.has(u.id)).map(u=>u.name))},[s,o]),r=E(()=>{let c=new Map;for(let u of s){let h=c.get(u.name);c.set(u.name,h?{...me(u),
runs:h.runs+1}:me(u))}return c},[s]);return t(C,{of:e,children:c=>t("div",{onKeyDown:u=>{u.key==="c"&&u.target.tagName==="CANVAS"&&!u.ctrlKey&&!u.metaKey&&!u.altKey&&
i(!o)},children:t(Vt,{tools:s.length>1&&t("label",{children:[t("input",{type:"checkbox",checked:o,onChange:u=>i(u.currentTarget.checked)})," critical path"]}),graph:c,
states:r,isReady:a,critical:l,selected:n,onSelect:u=>$({task:u})})})})}var de=new WeakMap;function me(e){let s=de.get(e);if(!s){let a=e.finished_us!==null?y(e.finished_us-
(e.started_us??e.created_us)):e.state.toLowerCase(),n=e.items!==null?` \xB7 ${St(e)}`:"",o=`${a}${e.attempts>1?` \xB7 attempt ${e.attempts}`:""}${n}`;de.set(e,s=
{state:e.state,runs:1,note:o,part:e.items&&e.items_done!==null?e.items_done/e.items:void 0})}return s}var St=e=>e.items_done===null||e.items_done===e.items?`${e.
items} ${e.items===1?"item":"items"}`:`${e.items_done} of ${e.items} items`;function Fe({execution:e}){let s=x(`/v2/executions/${_(e.id)}?fields=id,input,output\
,params`,0,!1,void 0,!0),{state:a}=e,n=U().query.get("part"),o=J(null),i=s.data!==void 0;Z(()=>{let r=n&&o.current?.querySelector(`:scope > [data-part="${CSS.escape(
n)}"]`);r&&(r.scrollIntoView({block:"nearest"}),r.focus({preventScroll:!0}))},[n,i]);let l=J(a);return Z(()=>{l.current!==a&&s.again(),l.current=a},[a]),t(C,{of:s,
children:r=>t("div",{class:"columns",ref:o,children:[t(K,{title:"Input",value:r.input,part:"input"}),t(K,{title:"Output",value:r.output,part:"output"}),t(K,{title:"\
Parameters",value:r.params})]})})}function Ve({execution:e,base:s,again:a}){let[n,o]=w(),[i,l]=w(!1),{state:r}=e,c=x(i?`${s}?fields=id,input`:void 0),u=async b=>{
b.state?await G(s,{method:"PUT",json:{state:b.state}}):(await G(`${s}${z(r)?"":"?force=true"}`,{method:"DELETE"}),gt("/executions")),a()},h={title:"Pause this r\
un?",text:"Actions that are running go on to their end; nothing new begins.",label:"Pause",state:"PAUSED"},g={title:"Resume this run?",text:"It goes on where it\
 was stopped; failed tasks run again.",label:"Resume",state:"RUNNING"},k={title:"Cancel this run?",text:"It ends as CANCELLED, with everything that it has start\
ed.",label:"Cancel the run",state:"CANCELLED"},f={title:"Delete this run?",text:"It and everything below it are gone for good.",label:"Delete"},m=[r==="RUNNING"&&
h,["PAUSED","ERROR"].includes(r)&&g,!z(r)&&k].filter(Boolean);return t("div",{class:"buttons",role:"group","aria-label":"What to do with this run","aria-keyshor\
tcuts":".",children:[t(j,{rule:"executions:update",children:m.map(b=>t("button",{onClick:()=>o(b),children:[b.label,"\u2026"]}))}),t(j,{rule:"executions:create",
children:t("button",{"aria-keyshortcuts":"r",onClick:()=>l(!0),children:"Run again\u2026"})}),t(Ke,{execution:e}),t(qe,{base:s,id:e.id}),t(j,{rule:"executions:d\
elete",children:t("button",{onClick:()=>o(f),children:"Delete\u2026"})}),n&&t(X,{title:n.title,label:n.label,act:()=>u(n),close:()=>o(void 0),children:[t("p",{children:n.
text}),n.state&&t(ut,{path:s,json:{state:n.state}})]}),i&&c.error&&t(C,{of:c,children:()=>null}),i&&c.data&&t(Bt,{workflow:e.workflow_id,name:e.workflow_name,input:c.
data.input,close:()=>l(!1)})]})}function Ke({execution:e}){let[s,a]=w(!1),n=_(e.workflow_name),o=x(s?`/v2/executions?workflow_name=${n}&limit=12&sort_keys=creat\
ed_at&sort_dirs=desc&fields=id,state,created_at,workflow_name`:void 0),i=(o.data?.executions??[]).filter(r=>r.id!==e.id),l=i.find(r=>r.state==="SUCCESS");return t(
"select",{"aria-label":"Compare with",value:"",onFocus:()=>a(!0),onPointerDown:()=>a(!0),onChange:r=>gt(`/compare?a=${_(r.currentTarget.value)}&b=${_(e.id)}`),children:[
t("option",{value:"",children:"Compare with\u2026"}),l&&t("option",{value:l.id,children:"the last success"}),i.map(r=>t("option",{value:r.id,children:[r.state,"\
 ",r.created_at]})),s&&o.data&&!i.length&&t("option",{disabled:!0,children:"no other run of this workflow"})]})}function qe({base:e,id:s}){let[a,n]=w(!1);return t(
"button",{disabled:a,onClick:async()=>{n(!0);try{let i=await fetch(`${Lt}${e}/snapshot`,{headers:kt.get()?{"X-Auth-Token":kt.get()}:{}});if(!i.ok)throw new Error(
(await i.json()).faultstring);let l=document.createElement("a");l.href=URL.createObjectURL(await i.blob()),l.download=`execution-${s}.ndjson`,l.click(),setTimeout(
()=>URL.revokeObjectURL(l.href),1e4)}catch(i){alert(String(i))}n(!1)},children:a?"Saving\u2026":"Save as file"})}export{Ms as a,Ge as b,St as c};
