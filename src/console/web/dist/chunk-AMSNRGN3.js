import{c as Yt}from"./chunk-2ZY2KEZY.js";import{a as xt,b as j}from"./chunk-QHIBYRDS.js";import{a as zt,b as Jt}from"./chunk-KJXLZSWH.js";import{
a as jt}from"./chunk-RKJSMCFH.js";import{e as Gt,f as Vt,g as qt,h as Kt,i as Ht,k as Bt}from"./chunk-T37ZCE5Y.js";import{$ as t,B as At,E as et,G as Dt,
H as w,K as yt,Q as V,R as q,T as x,U as ct,W as B,X as dt,Z as Ut,a as _,aa as I,ba as J,ca as Ft,d as y,da as Wt,e as z,ea as E,fa as K,g as W,ga as H,h as L,
ia as nt,ja as mt,k as Pt,ka as R,la as ot,n as F,oa as Y,p as M,q as vt,r as T}from"./chunk-XCHGTDDA.js";function Zt(e,n=()=>performance.now(),a=(s,i)=>setTimeout(s,i)){let s=!1,i=!1,o=async()=>{s=!0,i=!1;let r=n();await e(),a(()=>{s=!1,i&&o()},Math.max(250,(n()-r)*
5))};return()=>{s?i=!0:o()}}function Qt(e,n){if(n<=3e7)return[];let a=Float64Array.from([0,...e().filter(i=>i>=0&&i<=n),n]).sort(),s=[];for(let i=1;i<a.length;i++){let[o,r]=[a[i-1],a[i]];r-
o>3e7&&r-o>n*.2&&s.push({from:o,to:r})}return s}function Xt(e,n){let a=n.reduce((o,r)=>o+r.to-r.from,0),s=Math.max(1,(e-a)*.06),i=o=>{let r=0;for(let l of n){if(o<=
l.from)break;let d=l.to-l.from,m=Math.min(o,l.to)-l.from;r+=m*(1-Math.min(1,s/d))}return o-r};return{place:i,width:Math.max(1,i(e))}}function te(e,n,{place:a}){
let[s,i]=[0,n];for(;i-s>1;){let o=(s+i)/2;a(o)<e?s=o:i=o}return Math.round(a(s)>=e?s:i)}function ee(e,n){let a=e/(5*n),s=10**Math.floor(Math.log10(Math.max(1,a))),
i=s*([1,2,5].find(o=>s*o>=a)??10);return Array.from({length:Math.min(400,Math.floor(e*.96/i)+1)},(o,r)=>r*i)}function Tt(e,n){let a=e;for(let s of n)a>s.from&&(a+=
s.to-s.from);return a}var Rt=26,we=22;function ne({timeline:e,rows:n,outcome:a,task:s,run:i,path:o}){let{query:r}=F(),l=["took","failed"].find(u=>u===r.get("order"))??"begun",d=r.has(
"hide"),[m,p]=y(1),[f,v]=y(!0),[b,c]=y(0),{created_us:k,updated_us:h,state:N}=e.execution,P=(B(N)&&h!==null?h:e.now_us)-k,D=u=>u.finished_us??P,C=L(()=>Math.max(
1,...ye(n.map(D))),[n,P]),S=s===void 0?void 0:n.find(u=>u.id===i&&u.name===s)??n.filter(u=>u.name===s).pop(),X=S?`&without=${w(S.id)}`:"",g=R(o&&`${o}?critical_\
path=true&columns=id${X}`,e.execution.state==="RUNNING"?5e3:0).data,O=L(()=>g?.critical_path?new Set(g.critical_path.tasks):o?new Set:$t(n),[n,g,o]),G=L(()=>new Map(
g?.critical_path?g.rows.map((u,$)=>[u[0],g.critical_path.slack_us[$]]):[]),[g]),Q=L(()=>Qt(()=>n.flatMap(u=>[u.created_us,u.started_us??u.created_us,D(u)]),C),[
n,C]),{place:tt,width:st}=L(()=>Xt(C,f?Q:[]),[C,f,Q]),gt=L(()=>n.filter(u=>Z(u,a)).length,[n,a]),U=_e(r.get("from"),r.get("until")),kt=W(null),{now:bt,listeners:be}=zt(
u=>kt.current?Jt(kt.current,u):0,({from:u,to:$})=>{let[A,lt]=[u,$].map(ut=>te(ut*st,C,{place:tt}));T({from:String(A),until:String(Math.max(lt,A+1))})}),wt=L(()=>{
let u=n.filter($=>(!d||$.state!=="SUCCESS")&&(!U||$.created_us<U.until&&D($)>=U.from));return l==="took"&&u.sort(($,A)=>D(A)-St(A)-(D($)-St($))),l==="failed"&&u.
sort(($,A)=>+(A.state==="ERROR")-+($.state==="ERROR")||$.created_us-A.created_us),u},[n,l,d,U?.from,U?.until]);if(!n.length)return t(H,{children:t("p",{children:"\
No task has been made yet."})});let _t=Math.max(0,Math.floor(b/Rt)-4),at=(u,$)=>`${(tt($)-tt(u))/st*100}%`,Ot=(u,$)=>({left:`calc(var(--name) + (100% - var(--na\
me) - 8px) * ${u})`,width:`calc((100% - var(--name) - 8px) * ${Math.max(0,$-u)})`}),rt=S&&g?.critical_path?.without_us;return t("div",{class:"timeline",children:[
t("div",{class:"filters",children:[t("label",{children:["Order ",t("select",{value:l,onChange:u=>T({order:u.currentTarget.value==="begun"?void 0:u.currentTarget.
value}),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"faile\
d first"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:d,onChange:u=>T({hide:u.currentTarget.checked?"SUCCESS":void 0})})," hide SUCCESS"]}),t(
"span",{class:"nowrap",children:[t("button",{onClick:()=>p(Math.min(64,m*2)),"aria-label":"Stretch the time",children:"+"})," ",t("button",{onClick:()=>p(Math.max(
1,m/2)),"aria-label":"Squeeze the time",children:"\u2212"})]}),Q.length>0&&t("label",{children:[t("input",{type:"checkbox",checked:f,onChange:u=>v(u.currentTarget.
checked)})," fold idle time"]}),t(ve,{range:U}),t("span",{class:"muted",children:[x(C)," in all",O.size>0&&` \xB7 outlined: the critical path, ${O.size.toLocaleString(
"en")} ${O.size===1?"task":"tasks"}`,gt>0&&` \xB7 notched: ${gt.toLocaleString("en")} ${gt===1?"task":"tasks"} that had not ended when the run did`]})]}),U&&t("\
p",{class:"facts",role:"status",children:["Between ",U.from>0?x(U.from):"the beginning"," and ",x(Math.min(U.until,C)),": ",wt.length.toLocaleString("en")," of ",
n.length.toLocaleString("en")," tasks. ",t("button",{class:"small",onClick:()=>T({from:void 0,until:void 0}),children:"Show all"})]}),S&&rt!==void 0&&t("p",{class:"\
facts",role:"status",children:["Had ",S.name," taken no time, the run would have taken ",x(rt),C-rt>0?`: ${x(C-rt)} less`:", as it did",G.get(S.id)?`; it could \
have ended ${x(G.get(S.id))} later without making it longer`:"","."]}),t("div",{class:"window bars-window",tabIndex:0,"aria-label":"Time line",...be,onScroll:u=>c(
u.currentTarget.scrollTop),children:[t("div",{class:"bar-axis","aria-hidden":"true",style:{width:`${m*100}%`},children:[t("span",{class:"bar-name muted",children:"\
after"}),t("span",{class:"bar-space",ref:kt,children:ee(f?Q.reduce((u,$)=>u-($.to-$.from),C):C,m).map(u=>t("span",{class:"bar-tick",style:{left:at(0,Tt(u,f?Q:[]))},
children:u===0?"0":x(Tt(u,f?Q:[]))}))})]}),t("div",{class:"bars",style:{height:`${wt.length*Rt}px`,width:`${m*100}%`},children:[f&&Q.map(u=>t("span",{class:"bar\
-gap",style:{left:`calc(var(--name) + (100% - var(--name)) * ${tt(u.from)/st})`},title:`nothing happened for ${x(u.to-u.from)}`,children:["\u22EF ",x(u.to-u.from)]})),
bt?t("span",{class:"bar-band",style:Ot(bt.from,bt.to)}):U&&t("span",{class:"bar-band",style:Ot(tt(Math.min(U.from,C))/st,tt(Math.min(U.until,C))/st)}),wt.slice(
_t,_t+we+8).map((u,$)=>{let[A,lt]=[St(u),D(u)],ut=Z(u,a),It=`${u.name}, ${u.state}${ut?" when the run ended":""}: waited ${x(A-u.created_us)}, ran ${x(lt-A)}${G.
get(u.id)?`, ${x(G.get(u.id))} to spare`:""}`;return t("button",{class:`bar-row${u.name===s?" chosen":""}`,style:{top:`${(_t+$)*Rt}px`},title:It,"aria-label":It,
onClick:()=>T({task:u.name,run:u.id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${ct(u.state).colour}`,"aria-hidden":"true",children:ct(
u.state).sign})," ",u.name]}),t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:at(0,u.created_us),width:at(u.created_us,A)}}),t("spa\
n",{class:`bar bar-${ct(u.state).colour}${O.has(u.id)?" critical":""}${ut?" bar-left":""}`,style:{left:at(0,A),width:at(A,lt)}})]})]},u.id)})]})]})]})}function _e(e,n){
let a={from:e?Number(e):0,until:n?Number(n):1/0};return(e||n)&&a.from<a.until?a:void 0}function ve({range:e}){let n=(a,s)=>{let i=e&&Number.isFinite(e[a])?String(
e[a]/1e6):"";return t("label",{children:[s," ",t(Vt,{class:"small seconds",inputMode:"decimal",stands:i,take:o=>{let r=parseFloat(o);T({[a]:r>=0?String(Math.round(
r*1e6)):void 0})}})]})};return t("span",{class:"nowrap",title:"Dragging over the time line does the same.",children:[n("from","from")," ",n("until","to")," s"]})}
var St=e=>e.started_us??e.created_us;function ye(e){let n=[];for(let a=0;a<e.length;a+=1e4)n.push(Math.max(...e.slice(a,a+1e4)));return n}function $t(e){let n=new Map(
e.map(o=>[o.id,o])),a=o=>o.finished_us??1/0,s;for(let o of e)(!s||a(o)>=a(s))&&(s=o);let i=new Set;for(;s&&!i.has(s.id);)i.add(s.id),s=s.by?n.get(s.by):void 0;return i}var xe={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},Et=12,it=(e,n,a)=>`${e.toLocaleString("en")} ${e===1?n:a}`;function Te({of:e}){let n=e.executions.
filter(s=>s.from!==null),a=e.executions.length-n.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(_,{children:[
!!n.length&&t("p",{children:[n.slice(0,3).map(s=>t("span",{class:"nowrap",children:[s.workflow_name," ",t(I,{state:s.from})," \u2192 ",t(I,{state:s.to}),"; "]})),
n.length>3&&it(n.length-3,"other execution changes; ","other executions change; "),!!a&&it(a,"sub-workflow is started; ","sub-workflows are started; "),e.actions?
it(e.actions,"action is started","actions are started"):"no action is started",!!e.dropped_actions&&`, ${it(e.dropped_actions,"running one is given up","running\
 ones are given up")}`,"."]}),t("ul",{class:"plain",children:e.would.slice(0,Et).map(s=>t("li",{children:[s.task_id?t("a",{href:M(`/executions/${w(s.workflow_execution_id)}\
?view=tasks&task=${w(s.task_name)}`),children:s.task_name}):s.task_name," ",xe[s.change],": ",s.from&&t(_,{children:[t(I,{state:s.from})," \u2192 "]}),t(I,{state:s.
to})]}))}),(e.would.length>Et||e.truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":it(e.would.length-Et,"other task","other tasks"),"."]})]})}
function ft({path:e,json:n}){let a=R(`${e}/preview`,0,!1,n),{data:s,error:i}=a;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"p\
olite",children:[!s&&!i&&t("p",{class:"muted",children:"Looking ahead\u2026"}),i&&t("p",{class:"muted",children:["What would follow cannot be told: ",i.message]}),
s&&!s.allowed&&t("p",{class:"state-error",children:["\u2716 It would be refused: ",s.message]}),s?.allowed&&t(_,{children:[t("h3",{children:"What would follow a\
t once"}),t(Te,{of:s})]})]})}var Ct=34,Re=16,Lt=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function se({rows:e,truncated:n,only:a,outcome:s,again:i}){let{query:o}=F(),[r,l]=y(0),d=o.
get("q")??"",m=["took","name","state"].find(g=>g===o.get("order"))??"begun",p=o.get("state")??"",f=o.get("task")??void 0,v=o.get("run")??void 0,b=L(()=>{let g=e.
filter(O=>(!d||O.name.includes(d))&&(!p||O.state===p));return m==="took"&&g.sort((O,G)=>Lt(G)-Lt(O)||O.created_us-G.created_us),m==="name"&&g.sort((O,G)=>O.name.
localeCompare(G.name)),m==="state"&&g.sort((O,G)=>O.state.localeCompare(G.state)),g},[e,d,p,m]),c=e.filter(g=>g.name===f),k=W(null),h=W(void 0),N=k.current?.contains(
document.activeElement)?h.current:void 0,P=c.find(g=>g.id===v)??c.find(g=>g.id===N)??c[c.length-1];h.current=P?.id;let D=P&&t(Se,{panel:k,row:P,outcome:s,runs:c,
again:i},P.id);if(a!==void 0)return D??t("p",{class:"muted",children:[a," has not run."]});let C=[...new Set(e.map(g=>g.state))],S=Math.max(0,Math.floor(r/Ct)-4),
X=b.slice(S,S+Re+8);return t(_,{children:[t("div",{class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:d,onInput:g=>T(
{q:g.currentTarget.value},!0)})]}),t("label",{children:["State ",t("select",{value:p,onChange:g=>T({state:g.currentTarget.value}),children:[t("option",{value:"",
children:"all"}),C.map(g=>t("option",{children:g}))]})]}),t("label",{children:["Order ",t("select",{value:m,onChange:g=>T({order:g.currentTarget.value==="begun"?
void 0:g.currentTarget.value}),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"\
name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[b.length.toLocaleString("en")," of ",e.length.toLocaleString(
"en"),n?"; the run has more, which are left out":""]})]}),b.length===0&&t(H,{children:t("p",{children:e.length?"No task matches.":"No task has been made yet."})}),
b.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:g=>l(g.currentTarget.scrollTop),children:t("table",{"aria-rowcount":b.length,children:[
t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"Began"}),t("th",{children:"Took"}),t("th",{children:"\
Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${S*Ct}px`}}),X.map((g,O)=>t("tr",{class:g.name===f?"chosen":void 0,"aria-rowi\
ndex":S+O+1,children:[t("td",{children:t(I,{state:g.state})}),t("td",{children:t("button",{class:"link",onClick:()=>T({task:g.name,run:g.id}),children:g.name})}),
t("td",{children:x(g.started_us??g.created_us).replace(/^\d/,"+$&")}),t("td",{children:g.finished_us!==null?x(Lt(g)):Z(g,s)?t("span",{class:"muted",title:Nt,children:"\
left open"}):"\u2013"}),t("td",{children:[g.attempts,g.items!==null&&` \xB7 ${Mt(g)}`,g.child&&t(_,{children:[" \xB7 ",t("a",{href:M(`/executions/${w(g.child)}`),
children:"sub-workflow"})]})]})]},g.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,b.length-S-X.length)*Ct}px`}})]})]})}),D]})}function Se({panel:e,
row:n,outcome:a,runs:s,again:i}){let[o,r]=y(),l=`/v2/tasks/${w(n.id)}`,d=ot(`${l}?fields=id,name,state,state_info,result,published,type,created_at`,n.finished_us===
null&&!Z(n,a)?3e3:0),[m,p]=y(!1),f=et.use()!==void 0,v=o==="RUNNING"?{state:"RUNNING",reset:!m}:{state:"SKIPPED"},b=async()=>{await V(l,{method:"PUT",json:v}),i(),
d.again()};return t("section",{class:"panel",ref:e,"aria-label":`Task ${n.name}`,children:[t("div",{class:"title",children:[t("h2",{children:n.name})," ",t(I,{state:n.
state}),n.state==="ERROR"&&t(Y,{rule:"tasks:update",children:[t("button",{"aria-keyshortcuts":"R",onClick:()=>r("RUNNING"),children:"Run it again\u2026"}),t("bu\
tton",{"aria-keyshortcuts":"S",onClick:()=>r("SKIPPED"),children:"Skip it\u2026"})]}),!f&&t("button",{onClick:()=>T({view:"bench",task:n.name,run:n.id}),children:"\
What it saw"}),t("button",{onClick:()=>T({task:void 0,run:void 0}),children:"Close"})]}),Z(n,a)&&t("p",{class:"facts",children:Nt}),s.length>1&&t("p",{class:"fa\
cts",children:["Runs: ",s.slice(-20).map((c,k)=>t(_,{children:[t("button",{class:"small","aria-pressed":c.id===n.id,onClick:()=>T({run:c.id}),children:[k+1+Math.
max(0,s.length-20)," ",t(I,{state:c.state})]})," "]}))]}),t(E,{of:d,children:c=>t(_,{children:[c.state_info&&t(K,{children:c.state_info}),t("div",{class:"column\
s",children:[t(j,{title:"Result",value:c.result}),t(j,{title:"Published",value:c.published})]}),c.type==="WORKFLOW"?t(Ee,{path:l}):t($e,{path:l})]})}),o&&t(nt,{
title:o==="RUNNING"?`Run ${n.name} again?`:`Skip ${n.name}?`,label:o==="RUNNING"?"Run it again":"Skip it",act:b,close:()=>r(void 0),children:[t("p",{children:o===
"SKIPPED"?"The run goes on with what follows when it is skipped.":m?"The run goes on from here; items that succeeded keep their results.":"The run goes on from \
here, with all items of the task."}),o==="RUNNING"&&n.items!==null&&t("p",{children:t("label",{children:[t("input",{type:"checkbox",checked:m,onChange:c=>p(c.currentTarget.
checked)})," only the items that failed"]})}),t(ft,{path:l,json:v})]})]})}var pt=50;function $e({path:e}){let n=ot(`${e}/action_executions?limit=${pt}&include_o\
utput=true`);return t(E,{of:n,children:a=>t(_,{children:[t("h3",{children:"Actions"}),a.action_executions.map(s=>t("details",{class:"call",children:[t("summary",
{children:[t(I,{state:s.state})," ",s.name," ",t(J,{time:q(s.created_at)})," ",t("code",{children:s.id})]}),s.state_info&&t(K,{children:s.state_info}),t("div",{
class:"columns",children:[t(j,{title:"Input",value:s.input}),t(j,{title:"Output",value:s.output})]})]},s.id)),a.next&&t("p",{class:"muted",children:["Only the f\
irst ",pt," are shown."]}),!a.action_executions.length&&t("p",{class:"muted",children:"No action has been called."})]})})}function Ee({path:e}){let n=R(`${e}/wo\
rkflow_executions?limit=${pt}`);return t(E,{of:n,children:a=>t(_,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:a.executions.map(s=>t("li",{children:[
t(I,{state:s.state})," ",t("a",{href:M(`/executions/${w(s.id)}`),children:s.workflow_name})," ",t("code",{children:s.id})]},s.id))}),a.next&&t("p",{class:"muted",
children:["Only the first ",pt," are shown."]})]})})}function ae({rows:e}){let{query:n}=F(),[a,s]=y("<% $ %>"),[i,o]=y(),[r,l]=y(),d=W(void 0),m=e.find(h=>h.id===n.get("run"))??e.find(h=>h.name===n.get("task"))??e.
find(h=>h.id===d.current)??e[e.length-1];d.current=m?.id;let p=e.slice(-500);m&&!p.includes(m)&&p.unshift(m);let f=R(m&&`/v2/tasks/${w(m.id)}/context`),v=R("/v2\
/expressions/functions");if(!m)return t(H,{children:t("p",{children:"No task has been made yet, so there are no data to try expressions on."})});let b=async h=>{
h.preventDefault(),l(void 0);try{o(await V("/v2/expressions",{method:"POST",json:{expression:a,task_execution_id:m.id}}))}catch(N){l(N)}},c=/([A-Za-z_]\w*)\W*$/.
exec(a.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),k=c?v.data?.functions.filter(h=>h.name.toLowerCase().startsWith(c)).slice(0,8)??[]:[];return t("div",{class:"\
columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:b,onKeyDown:h=>{h.key==="Enter"&&(h.metaKey||h.ctrlKey)&&b(h)},children:[t("label",{class:"\
block",children:["What the task saw ",t("select",{value:m.id,onChange:h=>{let N=e.find(P=>P.id===h.currentTarget.value);T({run:N?.id,task:N?.name},!0)},children:p.
map(h=>t("option",{value:h.id,children:[h.name," (",h.state,")"]}))})]}),t("label",{class:"block",children:["Expression, YAQL or Jinja2",t("textarea",{class:"co\
de",rows:3,spellcheck:!1,value:a,onInput:h=>s(h.currentTarget.value)})]}),t("div",{class:"buttons",children:t("button",{class:"primary",children:"Evaluate (Ctrl\
 Enter)"})})]}),r&&t(Wt,{error:r}),i?.error!==void 0&&t(K,{look:"error",isNews:!0,children:i.error}),i&&i.error===void 0&&t("div",{role:"status",children:[t("p",
{class:"muted",children:["after ",x(i.took_us),i.steps!==void 0&&`, ${dt(i.steps)} ${i.steps===1?"step":"steps"}`]}),t(xt,{value:i.result})]}),k.length>0&&t("dl",
{class:"functions",children:k.map(h=>t(_,{children:[t("dt",{children:t("code",{children:h.signature})}),t("dd",{class:"muted",children:h.text})]}))})]}),t("sect\
ion",{class:"data",children:[t("h3",{children:"$"}),t(E,{of:f,children:h=>t(xt,{value:h.context})})]})]})}function oe({base:e,state:n,workflow:a}){let s=R(`${e}/errors`);return t(E,{of:s,children:i=>i.groups.length?t(_,{children:[i.groups.map(o=>t("section",{class:"\
panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",dt(o.count)]})," ",t(J,{time:o.first_us/1e3}),Math.floor(o.last_us/1e6)>Math.
floor(o.first_us/1e6)&&t(_,{children:[" to ",t(J,{time:o.last_us/1e3})]})," ",t(mt,{text:o.message})]}),t(K,{children:o.message}),t("p",{children:o.path.map((r,l)=>t(
_,{children:[l>0&&" \u25B8 ",t("a",{href:M(`/executions/${w(r.execution_id)}?view=tasks&task=${w(r.task_name)}&run=${r.task_id}`),children:[r.workflow_name," \xB7 ",
r.task_name]})]}))}),t("p",{children:t("a",{href:M(`/executions${Dt({state:"ERROR",workflow_name:a,state_info:`has:${o.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),i.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(H,{children:t(
"p",{children:n==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function ie(e,n){return e.filter(a=>a.created_us<=n).map(a=>{if(a.finished_us!==null&&a.finished_us<=n)return a;let s=a.started_us!==null&&a.started_us<=n;return{
...a,finished_us:null,state:s?"RUNNING":a.started_us===null?a.state:"WAITING"}})}var Ce=[1,10,100,1e3];function re({rows:e,end:n,isOpen:a}){let{query:s}=F(),i=s.
get("at"),o=i===null?void 0:Number(i),[r,l]=y(0),d=c=>{let k;for(let h of e)for(let N of[h.created_us,h.started_us,h.finished_us])N!==null&&c(N)<(k===void 0?1/0:
c(k))&&(k=N);return k},m=L(()=>Math.max(d(c=>-c)??0,a?n:0,1),[e,a,n]),p=o===void 0||o>=m&&!a?void 0:o,f=c=>T({at:c===void 0?void 0:String(Math.round(c))},!0),v=c=>{
let k=p??m;f(c?d(h=>h<k?k-h:1/0)??0:d(h=>h>k?h-k:1/0))};if(z(()=>{if(!r)return;let c=p??0,k=setInterval(()=>{if(c+=5e4*r,c>=m)return l(0),f(void 0);f(c)},50);return()=>clearInterval(
k)},[r]),!e.length)return null;let b=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at\
 a moment",children:[t("button",{class:"small",onClick:()=>v(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:m,step:1,value:p??
m,"aria-label":"Moment","aria-valuetext":p===void 0?"now":x(p),onInput:c=>{let k=Number(c.currentTarget.value);f(k>=m?void 0:k)},onKeyDown:c=>{(c.key==="ArrowLe\
ft"||c.key==="ArrowRight")&&(v(c.key==="ArrowLeft"),c.preventDefault())}}),t("button",{class:"small",onClick:()=>v(!1),"aria-label":"Event after",children:"\u25B6"}),
!b&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(r),onChange:c=>l(Number(c.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),Ce.map(c=>t("option",{value:String(c),children:["\xD7 ",c]}))]})]}),t("span",{class:"muted",children:p===void 0?a?"now":"at i\
ts end":t(_,{children:[t("strong",{children:["at ",x(p)]})," of ",x(m)," ",t("button",{class:"small",onClick:()=>f(void 0),children:["back to ",a?"now":"the end"]})]})}),
p!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var ht=100;function le({id:e}){return t(ue,{id:e,depth:0})}function ue({id:e,depth:n}){let a=R(`/v2/executions/${w(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(E,{of:a,children:s=>{let i=s.tasks.filter(o=>o.type==="WORKFLOW");return i.length?t("ul",{class:"tree",children:[i.slice(0,ht).map(o=>t(Le,{task:o,
depth:n})),(i.length>ht||s.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):n?t("p",{class:"muted",children:"nothing below"}):t(H,
{children:t("p",{children:"This run has started no other workflows."})})}})}function Le({task:e,depth:n}){let[a,s]=y(n===0),i=R(a?`/v2/tasks/${w(e.id)}/workflow\
_executions?limit=${ht}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":a,onClick:()=>s(!a),children:[a?"\u25BE":"\u25B8"," ",
t(I,{state:e.state})," ",e.name]}),a&&t(E,{of:i,children:o=>t("ul",{class:"tree",children:[o.executions.map(r=>t(Ne,{child:r,depth:n})),o.next&&t("li",{class:"m\
uted",children:["Only the first ",ht," are shown."]})]})})]})}function Ne({child:e,depth:n}){let[a,s]=y(!1),[i,o]=[q(e.created_at),q(e.updated_at)];return t("li",
{children:[t("button",{class:"json-fold","aria-expanded":a,"aria-label":`Open ${e.id}`,onClick:()=>s(!a),children:a?"\u25BE":"\u25B8"})," ",t(I,{state:e.state}),
" ",t("a",{href:M(`/executions/${w(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:i!==void 0&&o!==void 0?o-i<1e3?"< 1 s":x((o-i)*1e3):
""}),a&&t(ue,{id:e.id,depth:n+1})]})}var ce=10,Me=2e3;function de(e){let n=new Map;for(let a of e){let s=`${a.kind} ${a.message} ${a.task_name} ${a.fire_at??""} ${a.kind==="action_waiting_for_compl\
etion"?a.action_execution_id:""}`,i=n.get(s);i?i[1]+=1:n.set(s,[a,1])}return[...n.values()]}function me({base:e,isAsked:n,isOpen:a,isLive:s,news:i,select:o}){let r=R(
n?`${e}/why`:void 0,a?s?5e3:3e3:0),l=a?"Why it has not finished":"Why it failed";z(()=>{if(!a||r.data===void 0)return;let p=setTimeout(r.again,Math.max(0,r.at+Me-
Date.now()));return()=>clearTimeout(p)},[i]);let[d,m]=y();return t(_,{children:[n&&t(E,{of:r,children:p=>t(Oe,{of:p,title:l,isOpen:a,select:o,complete:m})}),d&&
t(Ie,{reason:d,close:()=>m(void 0),again:r.again})]})}function Oe({of:e,title:n,isOpen:a,select:s,complete:i}){return t("section",{class:`why${a?"":" failed"}`,
"aria-label":n,tabIndex:-1,"aria-keyshortcuts":"w",children:[t("h2",{children:n}),!(e.reasons[0]&&e.summary.includes(e.reasons[0].message))&&t("p",{children:e.summary}),
t("ul",{children:de(e.reasons).slice(0,ce).map(([o,r])=>t("li",{children:[r>1&&t("strong",{children:[r," \xD7 "]}),o.message,o.fire_at&&t(_,{children:[" (",t(Ft,
{time:q(o.fire_at)}),")"]})," ",o.task_name&&t("button",{class:"small",onClick:()=>s(o.task_name),children:["Look at ",o.task_name]})," ",o.kind==="action_waiti\
ng_for_completion"&&o.action_execution_id&&t(Y,{rule:"action_executions:update",children:t("button",{class:"small",onClick:()=>i(o),children:"Complete\u2026"})}),
o.execution_id&&t("a",{class:"button small",href:M(`/executions/${w(o.execution_id)}`),children:["Open ",o.workflow_name??"it"]}),o.kind==="action_queued"&&t("a",
{class:"button small",href:M("/cluster"),children:"Look at the executors"})]},`${o.kind} ${o.action_execution_id} ${o.task_name}`))}),(de(e.reasons).length>ce||
e.truncated)&&t("p",{class:"muted",children:"There are more reasons."})]})}function Ie({reason:e,close:n,again:a}){let[s,i]=y("SUCCESS"),[o,r]=y("{}"),l=async()=>{
let d=JSON.parse(o);if(d===null||typeof d!="object"||Array.isArray(d))throw new Error('The result has to be a JSON object: {"name": \u2026}.');let m={state:s,output:d};
await V(`/v2/action_executions/${w(e.action_execution_id)}`,{method:"PUT",json:m}),a()};return t(nt,{title:`Complete the action of ${e.task_name}`,label:"Comple\
te",act:l,close:n,children:[t("label",{children:["State ",t("select",{value:s,onChange:d=>i(d.currentTarget.value),children:[t("option",{children:"SUCCESS"}),t(
"option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",t("textarea",{rows:5,value:o,onInput:d=>r(d.currentTarget.value)})]})]})}var Pe="?fields=id,workflow_name,state,state_info,description,created_at,updated_at,tags,workflow_id,workflow_namespace,root_execution_id,task_execution_id",Ae=[
["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],ge=["graph","time","tasks"],
De=1e3,Ue=2e4,Fe=2e3,We=5e6,fe=new WeakMap;function ke(e,n,a){let s=d=>e.columns.indexOf(d),i=e.columns.map(d=>n.columns.indexOf(d)),o=[...e.rows],r=s("id"),l=fe.
get(e.rows)??new Map(o.map((d,m)=>[d[r],m]));for(let d of n.rows){let m=l.get(d[i[r]]),p=m===void 0?void 0:o[m],f=e.columns.map((v,b)=>{let c=d[i[b]]??null;return c===
null&&(v==="child"||v==="items_done")?p?.[b]??null:v.endsWith("_us")&&typeof c=="number"?c-a:c});m===void 0?l.set(f[r],o.push(f)-1):o[m]=f}return fe.set(o,l),{...e,
rows:o}}function Ge(e,n){let a=R(e),s=W(a);s.current=a;let i=L(()=>Zt(async()=>{let{data:d,again:m,patch:p}=s.current;if(!(!e||!d))try{let f=await V(`${e}?since\
=${d.cursor-We}`);f.truncated?m():p(v=>({...ke(v,f,0),execution:f.execution,now_us:f.now_us,cursor:Math.max(v.cursor,f.cursor)}))}catch{}}),[e]),[o,r]=[et.use()!==
void 0,At.use()],l=W(r);return z(()=>{if(l.current&&!r&&i(),l.current=r,!e||o||r)return;let d=setInterval(()=>document.hidden||i(),n);return()=>clearInterval(d)},
[e,n,o,r]),{timeline:a,catchUp:i}}function qs({id:e}){let n=`/v2/executions/${w(e)}`,{query:a}=F(),s=a.get("view")??"graph",i=et.use()!==void 0,[o,r]=y(!1),l=ge.
includes(s),d=Gt(i?void 0:`execution:${e}`,h=>{h.event==="gap"?(p.again(),v()):h.event==="execution"?p.again():h.event==="tasks"&&f.patch(N=>ke(N,h.data,N.execution.
created_us))}),m=d||o?Ue:Fe,p=R(n+Pe,m),{timeline:f,catchUp:v}=Ge(l||s==="bench"?`${n}/timeline`:void 0,m),b=R(s==="graph"?`${n}/graph`:void 0),c=p.data?.state,
k=c!==void 0&&B(c);return k!==o&&r(k),t(_,{children:[p.error&&!p.data&&t("div",{class:"title",children:[t("h1",{children:"Execution"}),t("code",{children:e})]}),
t(E,{of:p,children:h=>t(Ve,{execution:h,base:n,again:()=>{p.again(),v()},isLive:d,timeline:f,graph:b})})]})}function Ve({execution:e,base:n,again:a,isLive:s,timeline:i,
graph:o}){let{query:r}=F(),l=r.get("view")??"graph",d=r.get("task")??void 0,m=r.get("at"),p=!B(e.state),f=et.use()!==void 0,v=ge.includes(l),b=L(()=>i.data?He(i.
data):[],[i.data]),c=m===null?void 0:Number(m),k=L(()=>c===void 0?b:ie(b,c),[b,c]),h=c===void 0?e.state:void 0,N=e.root_execution_id,P=Ut(e.description),D=i.data?.
execution,C=D?.updated_us?D.updated_us-D.created_us:void 0;return t(_,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(I,{state:e.
state}),t("code",{children:e.id})," ",t(mt,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(J,{time:q(e.created_at)}),p?"":t(_,{children:[
" \xB7 ended ",t(J,{time:q(e.updated_at)}),C!==void 0&&` \xB7 took ${x(C)}`]}),t(qe,{workflow:e.workflow_name,took:C}),P.cron?t(_,{children:[" \xB7 by ",t("a",{
href:M(`/triggers?name=${w(P.cron)}`),children:"a cron trigger"})]}):P.words&&t(_,{children:[" \xB7 ",P.words]}),N&&t(_,{children:[" \xB7 part of ",t("a",{"aria\
-keyshortcuts":"p",href:M(`/executions/${w(N)}`),children:"the run that started it"})]})," \xB7 ",t(pe,{name:"input",letter:"i"})," \xB7 ",t(pe,{name:"output",letter:"\
o"})," \xB7 ",t("a",{href:M(`/workflows/${w(e.workflow_id)}`),children:"definition"}),t(Ke,{workflow:e.workflow_id,hash:o.data?.spec_hash})," \xB7 ",t("a",{href:M(
`/executions?workflow_name=${w(e.workflow_name)}`),children:"other runs"})]}),!f&&t(Ye,{execution:e,base:n,again:a}),t(me,{isAsked:p||e.state==="ERROR",isOpen:p,
isLive:s,news:b.length<=De?i.data?.rows:void 0,base:n,select:S=>T({task:S})}),e.state_info&&(e.state==="ERROR"?t("details",{children:[t("summary",{children:"The\
 message in full"}),t(K,{look:"error",children:e.state_info})]}):t(K,{look:"idle",children:e.state_info})),t("div",{class:"tabs",role:"tablist",children:Ae.map(
([S,X],g)=>t("button",{role:"tab","aria-keyshortcuts":String(g+1),"aria-selected":l===S,onClick:()=>T({view:S,part:void 0}),children:X}))}),v&&t(re,{rows:b,end:i.
data?Math.max(i.data.now_us-i.data.execution.created_us,0):0,isOpen:p}),l==="data"&&t(Je,{execution:e}),l==="errors"&&t(oe,{base:n,state:e.state,workflow:e.workflow_name}),
l==="tree"&&t(le,{id:e.id}),l==="bench"&&t(ae,{rows:b}),l==="graph"&&t(Be,{graph:o,rows:k,outcome:h,isReady:i.data!==void 0||i.error!==void 0,task:d}),l==="time"&&
t(E,{of:i,children:S=>t(ne,{timeline:S,rows:k,outcome:h,task:d,run:r.get("run")??void 0,path:f?void 0:`${n}/timeline`})}),(l==="tasks"||d&&v)&&t(E,{of:i,children:S=>t(
se,{rows:k,outcome:h,truncated:S.truncated,only:l==="tasks"?void 0:d,again:a})})]})}var pe=({name:e,letter:n})=>t("button",{class:"link","aria-keyshortcuts":n,onClick:()=>T(
{view:"data",part:e}),children:e});function qe({workflow:e,took:n}){let a=R(Kt(),Ht),s=L(()=>qt(a.data?.buckets??[]).get(e),[a.data,e]);return s?t(_,{children:[
" (usually ",t(Bt,{of:s,took:n??0}),")"]}):null}function Ke({workflow:e,hash:n}){let s=R(n&&`/v2/workflows/${w(e)}/versions`).data?.versions??[],i=s.find(r=>r.spec_hash===
n);if(!i)return null;let o=s[0];return t(_,{children:[", version ",i.version,o.spec_hash!==n&&t("strong",{class:"state-paused",children:[" (now ",o.version,")"]})]})}
var he=new WeakMap;function He(e){return e.rows.map(n=>{let a=he.get(n);return a||he.set(n,a=Object.fromEntries(e.columns.map((s,i)=>[s,n[i]]))),a})}function Be({
graph:e,rows:n,outcome:a,isReady:s,task:i}){let{query:o}=F(),r=o.has("critical"),l=p=>T({critical:p?"1":void 0}),d=L(()=>{if(!r)return;let p=$t(n);return new Set(
n.filter(f=>p.has(f.id)).map(f=>f.name))},[n,r]),m=L(()=>{let p=new Map;for(let f of n){let v=p.get(f.name),b=ze(f,a);p.set(f.name,v?{...b,runs:v.runs+1}:b)}return p},
[n,a]);return t(E,{of:e,children:p=>t("div",{onKeyDown:f=>{f.key==="c"&&f.target.tagName==="CANVAS"&&!f.ctrlKey&&!f.metaKey&&!f.altKey&&l(!r)},children:t(jt,{tools:n.
length>1&&t("label",{children:[t("input",{type:"checkbox",checked:r,onChange:f=>l(f.currentTarget.checked)})," critical path"]}),graph:p,states:m,isReady:s,critical:d,
dims:o.has("hide"),dim:f=>T({hide:f?"SUCCESS":void 0}),selected:i,onSelect:f=>T({task:f})})})})}var je=[new WeakMap,new WeakMap];function ze(e,n){let a=Z(e,n),s=je[Number(
a)],i=s.get(e);if(!i){let o=e.finished_us!==null?x(e.finished_us-(e.started_us??e.created_us)):a?`left ${e.state.toLowerCase()}`:e.state.toLowerCase(),r=e.items!==
null?` \xB7 ${Mt(e)}`:"",l=`${o}${e.attempts>1?` \xB7 attempt ${e.attempts}`:""}${r}`;s.set(e,i={state:e.state,runs:1,note:l,part:e.items&&e.items_done!==null?e.
items_done/e.items:void 0})}return i}var Nt="It was open when the run ended: nothing follows from it any more, whatever its action may still answer.",Z=(e,n)=>e.
finished_us===null&&n!==void 0&&B(n)&&!B(e.state),Mt=e=>e.items_done===null||e.items_done===e.items?`${e.items} ${e.items===1?"item":"items"}`:`${e.items_done} \
of ${e.items} items`;function Je({execution:e}){let n=ot(`/v2/executions/${w(e.id)}?fields=id,input,output,params`),{state:a}=e,s=F().query.get("part"),i=W(null),
o=n.data!==void 0;z(()=>{let l=s&&i.current?.querySelector(`:scope > [data-part="${CSS.escape(s)}"]`);l&&(l.scrollIntoView({block:"nearest"}),l.focus({preventScroll:!0}))},
[s,o]);let r=W(a);return z(()=>{r.current!==a&&n.again(),r.current=a},[a]),t(E,{of:n,children:l=>t("div",{class:"columns",ref:i,children:[t(j,{title:"Input",value:l.
input,part:"input"}),t(j,{title:"Output",value:l.output,part:"output"}),t(j,{title:"Parameters",value:l.params})]})})}function Ye({execution:e,base:n,again:a}){
let[s,i]=y(),[o,r]=y(!1),{state:l}=e,d=R(o?`${n}?fields=id,input`:void 0),m=async k=>{k.state?await V(n,{method:"PUT",json:{state:k.state}}):(await V(`${n}${B(l)?
"":"?force=true"}`,{method:"DELETE"}),vt("/executions")),a()},p={title:"Pause this run?",text:"Actions that are running go on to their end; nothing new begins.",
label:"Pause",state:"PAUSED"},f={title:"Resume this run?",text:"It goes on where it was stopped; failed tasks run again.",label:"Resume",state:"RUNNING"},v={title:"\
Cancel this run?",text:"It ends as CANCELLED, with everything that it has started.",label:"Cancel the run",state:"CANCELLED"},b={title:"Delete this run?",text:"\
It and everything below it are gone for good.",label:"Delete"},c=[l==="RUNNING"&&p,["PAUSED","ERROR"].includes(l)&&f,!B(l)&&v].filter(Boolean);return t("div",{class:"\
buttons",role:"group","aria-label":"What to do with this run","aria-keyshortcuts":".",children:[t(Y,{rule:"executions:update",children:c.map(k=>t("button",{onClick:()=>i(
k),children:[k.label,"\u2026"]}))}),t(Y,{rule:"executions:create",children:t("button",{"aria-keyshortcuts":"r",onClick:()=>r(!0),children:"Run again\u2026"})}),
t(Ze,{execution:e}),t(Qe,{base:n,id:e.id}),t(Y,{rule:"executions:delete",children:t("button",{onClick:()=>i(b),children:"Delete\u2026"})}),s&&t(nt,{title:s.title,
label:s.label,act:()=>m(s),close:()=>i(void 0),children:[t("p",{children:s.text}),s.state&&t(ft,{path:n,json:{state:s.state}})]}),o&&d.error&&t(E,{of:d,children:()=>null}),
o&&d.data&&t(Yt,{workflow:e.workflow_id,name:e.workflow_name,input:d.data.input,close:()=>r(!1)})]})}function Ze({execution:e}){let[n,a]=y(!1),s=w(e.workflow_name),
i=R(n?`/v2/executions?workflow_name=${s}&limit=12&sort_keys=created_at&sort_dirs=desc&fields=id,state,created_at,workflow_name`:void 0),o=(i.data?.executions??[]).
filter(l=>l.id!==e.id),r=o.find(l=>l.state==="SUCCESS");return t("select",{"aria-label":"Compare with",value:"",onFocus:()=>a(!0),onPointerDown:()=>a(!0),onChange:l=>vt(
`/compare?a=${w(l.currentTarget.value)}&b=${w(e.id)}`),children:[t("option",{value:"",children:"Compare with\u2026"}),r&&t("option",{value:r.id,children:"the la\
st success"}),o.map(l=>t("option",{value:l.id,children:[l.state," ",l.created_at]})),n&&i.data&&!o.length&&t("option",{disabled:!0,children:"no other run of thi\
s workflow"})]})}function Qe({base:e,id:n}){let[a,s]=y(!1);return t("button",{disabled:a,onClick:async()=>{s(!0);try{let o=await fetch(`${Pt}${e}/snapshot`,{headers:yt.
get()?{"X-Auth-Token":yt.get()}:{}});if(!o.ok)throw new Error((await o.json()).faultstring);let r=document.createElement("a");r.href=URL.createObjectURL(await o.
blob()),r.download=`execution-${n}.ndjson`,r.click(),setTimeout(()=>URL.revokeObjectURL(r.href),1e4)}catch(o){alert(String(o))}s(!1)},children:a?"Saving\u2026":
"Save as file"})}export{qs as a,He as b,Nt as c,Z as d,Mt as e};
