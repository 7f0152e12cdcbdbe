import{b as St}from"./chunk-PTTCPZVV.js";import{a as Ct}from"./chunk-WW26DQHJ.js";import{b as Et}from"./chunk-CCQ5342Y.js";import{c as q}from"./chunk-MFQ5DZGI.js";
import{$ as Rt,C as Q,E as yt,F as b,I as rt,O as U,P as G,R as x,S as X,U as H,V as Tt,Y as t,Z as N,_ as j,a as w,aa as $t,ba as R,ca as V,d as k,da as F,e as Z,
fa as B,g as wt,ga as tt,h as O,ha as lt,i as vt,ja as K,ka as y,l as xt,o as W,p as S,q as it,r as L}from"./chunk-BH2VNA6L.js";function Ot(e,a){let s=[0,...e,a].filter(i=>i>=0&&i<=a).sort((i,o)=>i-o),n=[];for(let i=1;i<s.length;i++){let[o,u]=[s[i-1],s[i]];u-o>3e7&&u-o>a*.2&&n.push({from:o,
to:u})}return n}function Nt(e,a){let s=a.reduce((o,u)=>o+u.to-u.from,0),n=Math.max(1,(e-s)*.06),i=o=>{let u=0;for(let l of a){if(o<=l.from)break;let c=l.to-l.from,
r=Math.min(o,l.to)-l.from;u+=r*(1-Math.min(1,n/c))}return o-u};return{place:i,width:Math.max(1,i(e))}}var ut=26,qt=22;function Lt({timeline:e,rows:a,task:s,run:n,path:i}){let[o,u]=k("begun"),[l,c]=k(!1),[r,h]=k(1),[f,v]=k(!0),[p,d]=k(0),_=e.now_us-e.execution.created_us,
T=m=>m.finished_us??_,$=O(()=>Math.max(1,...Bt(a.map(T))),[a,_]),P=s===void 0?void 0:a.find(m=>m.id===n&&m.name===s)??a.filter(m=>m.name===s).pop(),C=P?`&withou\
t=${b(P.id)}`:"",I=y(i&&`${i}?critical_path=true&columns=id${C}`,e.execution.state==="RUNNING"?5e3:0).data,g=O(()=>I?.critical_path?new Set(I.critical_path.tasks):
dt(a),[a,I]),E=O(()=>new Map(I?.critical_path?I.rows.map((m,M)=>[m[0],I.critical_path.slack_us[M]]):[]),[I]),A=O(()=>Ot(a.flatMap(m=>[m.created_us,m.started_us??
m.created_us,T(m)]),$),[a,$]),{place:at,width:gt}=O(()=>Nt($,f?A:[]),[$,f,A]),kt=O(()=>{let m=a.filter(M=>!l||M.state!=="SUCCESS");return o==="took"&&m.sort((M,D)=>T(
D)-ct(D)-(T(M)-ct(M))),o==="failed"&&m.sort((M,D)=>+(D.state==="ERROR")-+(M.state==="ERROR")||M.created_us-D.created_us),m},[a,o,l]);if(!a.length)return t(F,{children:t(
"p",{children:"No task has been made yet."})});let ot=Math.max(0,Math.floor(p/ut)-4),z=(m,M)=>`${(at(M)-at(m))/gt*100}%`,Y=P&&I?.critical_path?.without_us;return t(
"div",{class:"timeline",children:[t("div",{class:"filters",children:[t("label",{children:["Order ",t("select",{value:o,onChange:m=>u(m.currentTarget.value),children:[
t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"failed first"})]})]}),t(
"label",{children:[t("input",{type:"checkbox",checked:l,onChange:m=>c(m.currentTarget.checked)})," hide SUCCESS"]}),t("button",{onClick:()=>h(Math.min(64,r*2)),
"aria-label":"Stretch the time",children:"+"}),t("button",{onClick:()=>h(Math.max(1,r/2)),"aria-label":"Squeeze the time",children:"\u2212"}),A.length>0&&t("lab\
el",{children:[t("input",{type:"checkbox",checked:f,onChange:m=>v(m.currentTarget.checked)})," fold idle time"]}),t("span",{class:"muted",children:[x($)," in al\
l \xB7 outlined: the critical path, ",g.size," tasks"]})]}),P&&Y!==void 0&&t("p",{class:"facts",role:"status",children:["Had ",P.name," taken no time, the run w\
ould have taken ",x(Y),$-Y>0?`: ${x($-Y)} less`:", as it did",E.get(P.id)?`; it could have ended ${x(E.get(P.id))} later without making it longer`:"","."]}),t("\
div",{class:"window",tabIndex:0,"aria-label":"Time line",onScroll:m=>d(m.currentTarget.scrollTop),children:t("div",{class:"bars",style:{height:`${kt.length*ut}p\
x`,width:`${r*100}%`},children:[f&&A.map(m=>t("span",{class:"bar-gap",style:{left:`calc(var(--name) + (100% - var(--name)) * ${at(m.from)/gt})`},title:`nothing \
happened for ${x(m.to-m.from)}`,children:["\u2AFD ",x(m.to-m.from)]})),kt.slice(ot,ot+qt+8).map((m,M)=>{let[D,bt]=[ct(m),T(m)],_t=`${m.name}, ${m.state}: waited\
 ${x(D-m.created_us)}, ran ${x(bt-D)}${E.get(m.id)?`, ${x(E.get(m.id))} to spare`:""}`;return t("button",{class:`bar-row${m.name===s?" chosen":""}`,style:{top:`${(ot+
M)*ut}px`},title:_t,"aria-label":_t,onClick:()=>L({task:m.name,run:m.id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${X(m.state).colour}`,
"aria-hidden":"true",children:X(m.state).sign})," ",m.name]}),t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:z(0,m.created_us),width:z(
m.created_us,D)}}),t("span",{class:`bar bar-${X(m.state).colour}${g.has(m.id)?" critical":""}`,style:{left:z(0,D),width:z(D,bt)}})]})]},m.id)})]})})]})}var ct=e=>e.
started_us??e.created_us;function Bt(e){let a=[];for(let s=0;s<e.length;s+=1e4)a.push(Math.max(...e.slice(s,s+1e4)));return a}function dt(e){let a=new Map(e.map(
o=>[o.id,o])),s=o=>o.finished_us??1/0,n;for(let o of e)(!n||s(o)>=s(n))&&(n=o);let i=new Set;for(;n&&!i.has(n.id);)i.add(n.id),n=n.by?a.get(n.by):void 0;return i}var Ht={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},mt=12,J=(e,a,s)=>`${e.toLocaleString("en")} ${e===1?a:s}`;function Jt({of:e}){let a=e.executions.
filter(n=>n.from!==null),s=e.executions.length-a.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(w,{children:[
!!a.length&&t("p",{children:[a.slice(0,3).map(n=>t("span",{class:"nowrap",children:[n.workflow_name," ",t(N,{state:n.from})," \u2192 ",t(N,{state:n.to}),"; "]})),
a.length>3&&J(a.length-3,"other execution changes; ","other executions change; "),!!s&&J(s,"sub-workflow is started; ","sub-workflows are started; "),J(e.actions,
"action is started","actions are started"),!!e.dropped_actions&&`, ${J(e.dropped_actions,"running one is given up","running ones are given up")}`,"."]}),t("ul",
{class:"plain",children:e.would.slice(0,mt).map(n=>t("li",{children:[n.task_id?t("a",{href:S(`/executions/${b(n.workflow_execution_id)}?view=tasks&task=${b(n.task_name)}`),
children:n.task_name}):n.task_name," ",Ht[n.change],": ",n.from&&t(w,{children:[t(N,{state:n.from})," \u2192 "]}),t(N,{state:n.to})]}))}),(e.would.length>mt||e.
truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":J(e.would.length-mt,"other task","other tasks"),"."]})]})}function et({path:e,json:a}){
let s=y(`${e}/preview`,0,!1,a),{data:n,error:i}=s;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"polite",children:[!n&&!i&&t("p",
{class:"muted",children:"Looking ahead\u2026"}),i&&t("p",{class:"muted",children:["What would follow cannot be told: ",i.message]}),n&&!n.allowed&&t("p",{class:"\
state-error",children:["\u2716 It would be refused: ",n.message]}),n?.allowed&&t(w,{children:[t("h3",{children:"What would follow at once"}),t(Jt,{of:n})]})]})}var pt=34,zt=16,ft=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function It({rows:e,truncated:a,only:s,again:n}){let{query:i}=W(),[o,u]=k(""),[l,c]=k("b\
egun"),[r,h]=k(0),f=i.get("state")??"",v=i.get("task")??void 0,p=i.get("run")??void 0,d=O(()=>{let g=e.filter(E=>(!o||E.name.includes(o))&&(!f||E.state===f));return l===
"took"&&g.sort((E,A)=>ft(A)-ft(E)||E.created_us-A.created_us),l==="name"&&g.sort((E,A)=>E.name.localeCompare(A.name)),l==="state"&&g.sort((E,A)=>E.state.localeCompare(
A.state)),g},[e,o,f,l]),_=e.filter(g=>g.name===v),T=_.find(g=>g.id===p)??_[_.length-1],$=T&&t(Yt,{row:T,runs:_,again:n},T.id);if(s!==void 0)return $??t("p",{class:"\
muted",children:[s," has not run."]});let P=[...new Set(e.map(g=>g.state))],C=Math.max(0,Math.floor(r/pt)-4),I=d.slice(C,C+zt+8);return t(w,{children:[t("div",{
class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:o,onInput:g=>u(g.currentTarget.value)})]}),t("label",{children:[
"State ",t("select",{value:f,onChange:g=>L({state:g.currentTarget.value}),children:[t("option",{value:"",children:"all"}),P.map(g=>t("option",{children:g}))]})]}),
t("label",{children:["Order ",t("select",{value:l,onChange:g=>c(g.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"\
took",children:"longest first"}),t("option",{value:"name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[
d.length.toLocaleString("en")," of ",e.length.toLocaleString("en"),a?"; the run has more, which are left out":""]})]}),d.length===0&&t(F,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),d.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:g=>h(g.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":d.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${C*pt}px`}}),I.map((g,E)=>t(
"tr",{class:g.name===v?"chosen":void 0,"aria-rowindex":C+E+1,children:[t("td",{children:t(N,{state:g.state})}),t("td",{children:t("button",{class:"link",onClick:()=>L(
{task:g.name,run:g.id}),children:g.name})}),t("td",{children:x(g.started_us??g.created_us).replace(/^\d/,"+$&")}),t("td",{children:g.finished_us===null?"\u2013":
x(ft(g))}),t("td",{children:[g.attempts,g.items!==null&&` \xB7 ${ht(g)}`,g.child&&t(w,{children:[" \xB7 ",t("a",{href:S(`/executions/${b(g.child)}`),children:"s\
ub-workflow"})]})]})]},g.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,d.length-C-I.length)*pt}px`}})]})]})}),$]})}function Yt({row:e,runs:a,again:s}){
let[n,i]=k(),o=`/v2/tasks/${b(e.id)}`,u=y(`${o}?fields=id,name,state,state_info,result,published,type,created_at`,e.finished_us===null?3e3:0),[l,c]=k(!1),r=n===
"RUNNING"?{state:"RUNNING",reset:!l}:{state:"SKIPPED"},h=async()=>{await U(o,{method:"PUT",json:r}),s(),u.again()};return t("section",{class:"panel","aria-label":`\
Task ${e.name}`,children:[t("div",{class:"title",children:[t("h2",{children:e.name})," ",t(N,{state:e.state}),e.state==="ERROR"&&t(q,{rule:"tasks:update",children:[
t("button",{onClick:()=>i("RUNNING"),children:"Run it again\u2026"}),t("button",{onClick:()=>i("SKIPPED"),children:"Skip it\u2026"})]}),t("button",{onClick:()=>L(
{task:void 0,run:void 0}),children:"Close"})]}),a.length>1&&t("p",{class:"facts",children:["Runs: ",a.slice(-20).map((f,v)=>t(w,{children:[t("button",{class:"sm\
all","aria-pressed":f.id===e.id,onClick:()=>L({run:f.id}),children:[v+1+Math.max(0,a.length-20)," ",t(N,{state:f.state})]})," "]}))]}),t(R,{of:u,children:f=>t(w,
{children:[f.state_info&&t(V,{children:f.state_info}),t("div",{class:"columns",children:[t(K,{title:"Result",value:f.result}),t(K,{title:"Published",value:f.published})]}),
f.type==="WORKFLOW"?t(Qt,{path:o}):t(Zt,{path:o})]})}),n&&t(B,{title:n==="RUNNING"?`Run ${e.name} again?`:`Skip ${e.name}?`,label:n==="RUNNING"?"Run it again":"\
Skip it",act:h,close:()=>i(void 0),children:[t("p",{children:n==="SKIPPED"?"The run goes on with what follows when it is skipped.":l?"The run goes on from here;\
 items that succeeded keep their results.":"The run goes on from here, with all items of the task."}),n==="RUNNING"&&e.items!==null&&t("p",{children:t("label",{
children:[t("input",{type:"checkbox",checked:l,onChange:f=>c(f.currentTarget.checked)})," only the items that failed"]})}),t(et,{path:o,json:r})]})]})}var nt=50;
function Zt({path:e}){let a=y(`${e}/action_executions?limit=${nt}&include_output=true`);return t(R,{of:a,children:s=>t(w,{children:[t("h3",{children:"Actions"}),
s.action_executions.map(n=>t("details",{class:"call",children:[t("summary",{children:[t(N,{state:n.state})," ",n.name," ",t(j,{time:G(n.created_at)})," ",t("cod\
e",{children:n.id})]}),n.state_info&&t(V,{children:n.state_info}),t("div",{class:"columns",children:[t(K,{title:"Input",value:n.input}),t(K,{title:"Output",value:n.
output})]})]},n.id)),s.next&&t("p",{class:"muted",children:["Only the first ",nt," are shown."]}),!s.action_executions.length&&t("p",{class:"muted",children:"No\
 action has been called."})]})})}function Qt({path:e}){let a=y(`${e}/workflow_executions?limit=${nt}`);return t(R,{of:a,children:s=>t(w,{children:[t("h3",{children:"\
Sub-workflows"}),t("ul",{children:s.executions.map(n=>t("li",{children:[t(N,{state:n.state})," ",t("a",{href:S(`/executions/${b(n.id)}`),children:n.workflow_name}),
" ",t("code",{children:n.id})]},n.id))}),s.next&&t("p",{class:"muted",children:["Only the first ",nt," are shown."]})]})})}function Mt({rows:e}){let{query:a}=W(),[s,n]=k("<% $ %>"),[i,o]=k(),[u,l]=k(),c=e.find(d=>d.id===a.get("run"))??e.find(d=>d.name===a.get("task"))??e[e.length-1],
r=y(c&&`/v2/tasks/${b(c.id)}/context`),h=y("/v2/expressions/functions");if(!c)return t(F,{children:t("p",{children:"No task has been made yet, so there are no d\
ata to try expressions on."})});let f=async d=>{d.preventDefault(),l(void 0);try{o(await U("/v2/expressions",{method:"POST",json:{expression:s,task_execution_id:c.
id}}))}catch(_){l(_)}},v=/([A-Za-z_]\w*)\W*$/.exec(s.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),p=v?h.data?.functions.filter(d=>d.name.toLowerCase().startsWith(
v)).slice(0,8)??[]:[];return t("div",{class:"columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:f,onKeyDown:d=>{d.key==="Enter"&&(d.metaKey||
d.ctrlKey)&&f(d)},children:[t("label",{class:"block",children:["What the task saw ",t("select",{value:c.id,onChange:d=>{let _=e.find(T=>T.id===d.currentTarget.value);
L({run:_?.id,task:_?.name},!0)},children:e.slice(-500).map(d=>t("option",{value:d.id,children:[d.name," (",d.state,")"]}))})]}),t("label",{class:"block",children:[
"Expression, YAQL or Jinja2",t("textarea",{class:"code",rows:3,spellcheck:!1,value:s,onInput:d=>n(d.currentTarget.value)})]}),t("div",{class:"buttons",children:t(
"button",{class:"primary",children:"Evaluate (Ctrl Enter)"})})]}),u&&t($t,{error:u}),i?.error!==void 0&&t(V,{look:"error",isNews:!0,children:i.error}),i&&i.error===
void 0&&t("div",{role:"status",children:[t("p",{class:"muted",children:["after ",x(i.took_us)]}),t(lt,{value:i.result})]}),p.length>0&&t("dl",{class:"functions",
children:p.map(d=>t(w,{children:[t("dt",{children:t("code",{children:d.signature})}),t("dd",{class:"muted",children:d.text})]}))})]}),t("section",{class:"data",
children:[t("h3",{children:"$"}),t(R,{of:r,children:d=>t(lt,{value:d.context})})]})]})}function Pt({base:e,state:a,workflow:s}){let n=y(`${e}/errors`);return t(R,{of:n,children:i=>i.groups.length?t(w,{children:[i.groups.map(o=>t("section",{class:"\
panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",Tt(o.count)]})," ",t(j,{time:o.first_us/1e3}),o.count>1&&t(w,{children:[" \
to ",t(j,{time:o.last_us/1e3})]})," ",t(tt,{text:o.message})]}),t(V,{children:o.message}),t("p",{children:o.path.map((u,l)=>t(w,{children:[l>0&&" \u25B8 ",t("a",
{href:S(`/executions/${b(u.execution_id)}?view=tasks&task=${b(u.task_name)}&run=${u.task_id}`),children:[u.workflow_name," \xB7 ",u.task_name]})]}))}),t("p",{children:t(
"a",{href:S(`/executions${yt({state:"ERROR",workflow_name:s,state_info:`has:${o.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),i.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(F,{children:t(
"p",{children:a==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function At(e,a){return e.filter(s=>s.created_us<=a).map(s=>{if(s.finished_us!==null&&s.finished_us<=a)return s;let n=s.started_us!==null&&s.started_us<=a;return{
...s,finished_us:null,state:n?"RUNNING":s.started_us===null?s.state:"WAITING"}})}var Xt=[1,10,100,1e3];function Dt({rows:e,end:a,isOpen:s}){let{query:n}=W(),i=n.
get("at"),o=i===null?void 0:Number(i),[u,l]=k(0),c=O(()=>{let p=new Set;for(let d of e)for(let _ of[d.created_us,d.started_us,d.finished_us])_!==null&&p.add(_);
return[...p].sort((d,_)=>d-_)},[e]),r=Math.max(c[c.length-1]??0,s?a:0,1),h=p=>L({at:p===void 0?void 0:String(Math.round(p))},!0),f=p=>{let d=o??r;h(p?[...c].reverse().
find(_=>_<d)??0:c.find(_=>_>d))};if(Z(()=>{if(!u)return;let p=o??0,d=setInterval(()=>{if(p+=5e4*u,p>=r)return l(0),h(void 0);h(p)},50);return()=>clearInterval(d)},
[u]),!c.length)return null;let v=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at a m\
oment",children:[t("button",{class:"small",onClick:()=>f(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:r,step:1,value:o??
r,"aria-label":"Moment","aria-valuetext":o===void 0?"now":x(o),onInput:p=>{let d=Number(p.currentTarget.value);h(d>=r?void 0:d)},onKeyDown:p=>{(p.key==="ArrowLe\
ft"||p.key==="ArrowRight")&&(f(p.key==="ArrowLeft"),p.preventDefault())}}),t("button",{class:"small",onClick:()=>f(!1),"aria-label":"Event after",children:"\u25B6"}),
!v&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(u),onChange:p=>l(Number(p.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),Xt.map(p=>t("option",{value:String(p),children:["\xD7 ",p]}))]})]}),t("span",{class:"muted",children:o===void 0?s?"now":"at i\
ts end":t(w,{children:[t("strong",{children:["at ",x(o)]})," of ",x(r)," ",t("button",{class:"small",onClick:()=>h(void 0),children:["back to ",s?"now":"the end"]})]})}),
o!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var st=100;function Ut({id:e}){return t(Gt,{id:e,depth:0})}function Gt({id:e,depth:a}){let s=y(`/v2/executions/${b(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(R,{of:s,children:n=>{let i=n.tasks.filter(o=>o.type==="WORKFLOW");return i.length?t("ul",{class:"tree",children:[i.slice(0,st).map(o=>t(te,{task:o,
depth:a})),(i.length>st||n.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):a?t("p",{class:"muted",children:"nothing below"}):t(F,
{children:t("p",{children:"This run has started no other workflows."})})}})}function te({task:e,depth:a}){let[s,n]=k(a===0),i=y(s?`/v2/tasks/${b(e.id)}/workflow\
_executions?limit=${st}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":s,onClick:()=>n(!s),children:[s?"\u25BE":"\u25B8"," ",
t(N,{state:e.state})," ",e.name]}),s&&t(R,{of:i,children:o=>t("ul",{class:"tree",children:[o.executions.map(u=>t(ee,{child:u,depth:a})),o.next&&t("li",{class:"m\
uted",children:["Only the first ",st," are shown."]})]})})]})}function ee({child:e,depth:a}){let[s,n]=k(!1),[i,o]=[G(e.created_at),G(e.updated_at)];return t("li",
{children:[t("button",{class:"json-fold","aria-expanded":s,"aria-label":`Open ${e.id}`,onClick:()=>n(!s),children:s?"\u25BE":"\u25B8"})," ",t(N,{state:e.state}),
" ",t("a",{href:S(`/executions/${b(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:i!==void 0&&o!==void 0?x((o-i)*1e3):""}),s&&t(Gt,{id:e.
id,depth:a+1})]})}var Vt=10;function Ft(e){let a=new Map;for(let s of e){let n=`${s.kind} ${s.message} ${s.task_name} ${s.fire_at??""} ${s.kind==="action_waiting_for_completion"?
s.action_execution_id:""}`,i=a.get(n);i?i[1]+=1:a.set(n,[s,1])}return[...a.values()]}function Wt({base:e,isOpen:a,isLive:s,select:n}){let i=y(`${e}/why`,a?s?5e3:
3e3:0),o=a?"Why it has not finished":"Why it failed",[u,l]=k();return t(R,{of:i,children:c=>t("section",{class:`why${a?"":" failed"}`,"aria-label":o,children:[t(
"h2",{children:o}),!(c.reasons[0]&&c.summary.includes(c.reasons[0].message))&&t("p",{children:c.summary}),t("ul",{children:Ft(c.reasons).slice(0,Vt).map(([r,h])=>t(
"li",{children:[h>1&&t("strong",{children:[h," \xD7 "]}),r.message,r.fire_at&&t(w,{children:[" (",t(Rt,{time:G(r.fire_at)}),")"]})," ",r.task_name&&t("button",{
class:"small",onClick:()=>n(r.task_name),children:["Look at ",r.task_name]})," ",r.kind==="action_waiting_for_completion"&&r.action_execution_id&&t(q,{rule:"act\
ion_executions:update",children:t("button",{class:"small",onClick:()=>l(r),children:"Complete\u2026"})}),r.execution_id&&t("a",{class:"button small",href:S(`/ex\
ecutions/${b(r.execution_id)}`),children:["Open ",r.workflow_name??"it"]}),r.kind==="action_queued"&&t("a",{class:"button small",href:S("/cluster"),children:"Lo\
ok at the executors"})]},`${r.kind} ${r.action_execution_id} ${r.task_name}`))}),(Ft(c.reasons).length>Vt||c.truncated)&&t("p",{class:"muted",children:"There ar\
e more reasons."}),u&&t(ne,{reason:u,close:()=>l(void 0),again:i.again})]})})}function ne({reason:e,close:a,again:s}){let[n,i]=k("SUCCESS"),[o,u]=k("{}"),l=async()=>{
let c=JSON.parse(o);if(c===null||typeof c!="object"||Array.isArray(c))throw new Error('The result has to be a JSON object: {"name": \u2026}.');let r={state:n,output:c};
await U(`/v2/action_executions/${b(e.action_execution_id)}`,{method:"PUT",json:r}),s()};return t(B,{title:`Complete the action of ${e.task_name}`,label:"Complet\
e",act:l,close:a,children:[t("label",{children:["State ",t("select",{value:n,onChange:c=>i(c.currentTarget.value),children:[t("option",{children:"SUCCESS"}),t("\
option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",t("textarea",{rows:5,value:o,onInput:c=>u(c.currentTarget.value)})]})]})}var se=[["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],Kt=["graph","time",
"tasks"],ae=2e4,oe=2e3,ie=5e6;function jt(e,a,s){let n=l=>e.columns.indexOf(l),i=e.columns.map(l=>a.columns.indexOf(l)),o=[...e.rows],u=new Map(o.map((l,c)=>[l[n(
"id")],c]));for(let l of a.rows){let c=u.get(l[i[n("id")]]),r=c===void 0?void 0:o[c],h=e.columns.map((f,v)=>{let p=l[i[v]]??null;return p===null&&(f==="child"||
f==="items_done")?r?.[v]??null:f.endsWith("_us")&&typeof p=="number"?p-s:p});c===void 0?o.push(h):o[c]=h}return{...e,rows:o}}function re(e,a){let s=y(e),n=wt(s);
n.current=s;let i=vt(async()=>{let{data:u,again:l,patch:c}=n.current;if(!(!e||!u))try{let r=await U(`${e}?since=${u.cursor-ie}`);r.truncated?l():c(h=>({...jt(h,
r,0),execution:r.execution,now_us:r.now_us,cursor:Math.max(h.cursor,r.cursor)}))}catch{}},[e]),o=Q.use()!==void 0;return Z(()=>{if(!e||o)return;let u=setInterval(
()=>document.hidden||void i(),a);return()=>clearInterval(u)},[e,a,o]),{timeline:s,catchUp:i}}function Hn({id:e}){let a=`/v2/executions/${b(e)}`,{query:s}=W(),n=s.
get("view")??"graph",i=Q.use()!==void 0,[o,u]=k(!1),l=Kt.includes(n),c=St(i?void 0:`execution:${e}`,T=>{T.event==="gap"?(h.again(),v()):T.event==="execution"?h.
again():T.event==="tasks"&&f.patch($=>jt($,T.data,$.execution.created_us))}),r=c||o?ae:oe,h=y(a,r),{timeline:f,catchUp:v}=re(l||n==="bench"?`${a}/timeline`:void 0,
r),p=y(n==="graph"?`${a}/graph`:void 0),d=h.data?.state,_=d!==void 0&&H(d);return _!==o&&u(_),t(R,{of:h,children:T=>t(le,{execution:T,base:a,again:()=>{h.again(),
v()},isLive:c,timeline:f,graph:p})})}function le({execution:e,base:a,again:s,isLive:n,timeline:i,graph:o}){let{query:u}=W(),l=u.get("view")??"graph",c=u.get("ta\
sk")??void 0,r=u.get("at"),h=!H(e.state),f=Q.use()!==void 0,v=Kt.includes(l),p=O(()=>i.data?ue(i.data):[],[i.data]),d=r===null?void 0:Number(r),_=O(()=>d===void 0?
p:At(p,d),[p,d]),T=e.root_execution_id,$=i.data?.execution,P=$?.updated_us?$.updated_us-$.created_us:void 0;return t(w,{children:[t("div",{class:"title",children:[
t("h1",{children:e.workflow_name})," ",t(N,{state:e.state}),t("code",{children:e.id})," ",t(tt,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["s\
tarted ",t(j,{time:G(e.created_at)}),h?"":t(w,{children:[" \xB7 ended ",t(j,{time:G(e.updated_at)}),P!==void 0&&` \xB7 took ${x(P)}`]}),e.description&&t(w,{children:[
" \xB7 ",e.description]}),T&&t(w,{children:[" \xB7 part of ",t("a",{href:S(`/executions/${b(T)}`),children:"the run that started it"})]})," \xB7 ",t("a",{href:S(
`/workflows/${b(e.workflow_id)}`),children:"definition"})," \xB7 ",t("a",{href:S(`/executions?workflow_name=${b(e.workflow_name)}`),children:"other runs"})]}),!f&&
t(me,{execution:e,base:a,again:s}),(h||e.state==="ERROR")&&t(Wt,{isOpen:h,isLive:n,base:a,select:C=>L({task:C})}),e.state_info&&(e.state==="ERROR"?t("details",{
children:[t("summary",{children:"The message in full"}),t(V,{look:"error",children:e.state_info})]}):t(V,{look:"idle",children:e.state_info})),t("div",{class:"t\
abs",role:"tablist",children:se.map(([C,I])=>t("button",{role:"tab","aria-selected":l===C,onClick:()=>L({view:C}),children:I}))}),v&&t(Dt,{rows:p,end:i.data?Math.
max(i.data.now_us-i.data.execution.created_us,0):0,isOpen:h}),l==="data"&&t(de,{execution:e}),l==="errors"&&t(Pt,{base:a,state:e.state,workflow:e.workflow_name}),
l==="tree"&&t(Ut,{id:e.id}),l==="bench"&&t(Mt,{rows:p}),l==="graph"&&t(ce,{graph:o,rows:_,isReady:i.data!==void 0||i.error!==void 0,task:c}),l==="time"&&t(R,{of:i,
children:C=>t(Lt,{timeline:C,rows:_,task:c,run:u.get("run")??void 0,path:f?void 0:`${a}/timeline`})}),(l==="tasks"||c&&v)&&t(R,{of:i,children:C=>t(It,{rows:_,truncated:C.
truncated,only:l==="tasks"?void 0:c,again:s})})]})}function ue(e){return e.rows.map(a=>Object.fromEntries(e.columns.map((s,n)=>[s,a[n]])))}function ce({graph:e,
rows:a,isReady:s,task:n}){let[i,o]=k(!1),u=O(()=>{if(!i)return;let c=dt(a);return new Set(a.filter(r=>c.has(r.id)).map(r=>r.name))},[a,i]),l=O(()=>{let c=new Map;
for(let r of a){let h=r.finished_us??void 0,f=h!==void 0?x(h-(r.started_us??r.created_us)):r.state.toLowerCase(),v=r.items!==null?` \xB7 ${ht(r)}`:"",p=`${f}${r.
attempts>1?` \xB7 attempt ${r.attempts}`:""}${v}`;c.set(r.name,{state:r.state,runs:(c.get(r.name)?.runs??0)+1,note:p,part:r.items&&r.items_done!==null?r.items_done/
r.items:void 0})}return c},[a]);return t(R,{of:e,children:c=>t("div",{onKeyDown:r=>{r.key==="c"&&r.target.tagName==="CANVAS"&&!r.ctrlKey&&!r.metaKey&&!r.altKey&&
o(!i)},children:t(Ct,{tools:a.length>1&&t("label",{children:[t("input",{type:"checkbox",checked:i,onChange:r=>o(r.currentTarget.checked)})," critical path"]}),graph:c,
states:l,isReady:s,critical:u,selected:n,onSelect:r=>L({task:r})})})})}var ht=e=>e.items_done===null||e.items_done===e.items?`${e.items} ${e.items===1?"item":"i\
tems"}`:`${e.items_done} of ${e.items} items`;function de({execution:e}){let a=y(`/v2/executions/${b(e.id)}`);return t(R,{of:a,children:s=>t("div",{class:"colum\
ns",children:[t(K,{title:"Input",value:s.input}),t(K,{title:"Output",value:s.output}),t(K,{title:"Parameters",value:s.params})]})})}function me({execution:e,base:a,
again:s}){let[n,i]=k(),[o,u]=k(!1),{state:l}=e,c=async d=>{d.state?await U(a,{method:"PUT",json:{state:d.state}}):(await U(`${a}${H(l)?"":"?force=true"}`,{method:"\
DELETE"}),it("/executions")),s()},r={title:"Pause this run?",text:"Actions that are running go on to their end; nothing new begins.",label:"Pause",state:"PAUSED"},
h={title:"Resume this run?",text:"It goes on where it was stopped; failed tasks run again.",label:"Resume",state:"RUNNING"},f={title:"Cancel this run?",text:"It\
 ends as CANCELLED, with everything that it has started.",label:"Cancel the run",state:"CANCELLED"},v={title:"Delete this run?",text:"It and everything below it\
 are gone for good.",label:"Delete"},p=[l==="RUNNING"&&r,["PAUSED","ERROR"].includes(l)&&h,!H(l)&&f].filter(Boolean);return t("div",{class:"buttons",children:[t(
q,{rule:"executions:update",children:p.map(d=>t("button",{onClick:()=>i(d),children:[d.label,"\u2026"]}))}),t(q,{rule:"executions:create",children:t("button",{onClick:()=>u(
!0),children:"Run again\u2026"})}),t(pe,{execution:e}),t(fe,{base:a,id:e.id}),t(q,{rule:"executions:delete",children:t("button",{onClick:()=>i(v),children:"Dele\
te\u2026"})}),n&&t(B,{title:n.title,label:n.label,act:()=>c(n),close:()=>i(void 0),children:[t("p",{children:n.text}),n.state&&t(et,{path:a,json:{state:n.state}})]}),
o&&t(Et,{workflow:e.workflow_id,name:e.workflow_name,input:e.input,close:()=>u(!1)})]})}function pe({execution:e}){let[a,s]=k(!1),n=b(e.workflow_name),i=y(a?`/v\
2/executions?workflow_name=${n}&limit=12&sort_keys=created_at&sort_dirs=desc&fields=id,state,created_at,workflow_name`:void 0),o=(i.data?.executions??[]).filter(
l=>l.id!==e.id),u=o.find(l=>l.state==="SUCCESS");return t("select",{"aria-label":"Compare with",value:"",onFocus:()=>s(!0),onPointerDown:()=>s(!0),onChange:l=>it(
`/compare?a=${b(l.currentTarget.value)}&b=${b(e.id)}`),children:[t("option",{value:"",children:"Compare with\u2026"}),u&&t("option",{value:u.id,children:"the la\
st success"}),o.map(l=>t("option",{value:l.id,children:[l.state," ",l.created_at]})),a&&i.data&&!o.length&&t("option",{disabled:!0,children:"no other run of thi\
s workflow"})]})}function fe({base:e,id:a}){let[s,n]=k(!1);return t("button",{disabled:s,onClick:async()=>{n(!0);try{let o=await fetch(`${xt}${e}/snapshot`,{headers:rt.
get()?{"X-Auth-Token":rt.get()}:{}});if(!o.ok)throw new Error((await o.json()).faultstring);let u=document.createElement("a");u.href=URL.createObjectURL(await o.
blob()),u.download=`execution-${a}.ndjson`,u.click(),setTimeout(()=>URL.revokeObjectURL(u.href),1e4)}catch(o){alert(String(o))}n(!1)},children:s?"Saving\u2026":
"Save as file"})}export{Hn as a,ue as b,ht as c};
