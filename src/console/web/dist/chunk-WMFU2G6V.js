import{c as Qt}from"./chunk-ABN4ZUN6.js";import{a as xt,b as J}from"./chunk-XJYGVHSB.js";import{a as Yt,b as Zt}from"./chunk-LHDPUPB2.js";import{
a as Jt}from"./chunk-K52UCTHT.js";import{e as Kt,f as Ht,g as qt,h as Bt,i as jt,k as zt}from"./chunk-LEF6P6CA.js";import{$ as M,A as Ut,D as nt,F as Ft,
G as _,J as yt,P as K,Q as H,S as y,T as dt,V as z,W as mt,Y as Gt,_ as t,a as v,aa as Z,ba as Wt,ca as Vt,d as w,da as C,e as et,ea as q,fa as B,g as U,h as L,
ha as st,ia as ft,ja as R,k as Dt,ka as it,n as F,na as Q,o as N,p as vt,q as E}from"./chunk-ZTMUTIUO.js";function Xt(e,n=()=>performance.now(),a=(s,i)=>setTimeout(s,i)){let s=!1,i=!1,o=async()=>{s=!0,i=!1;let r=n();await e(),a(()=>{s=!1,i&&o()},Math.max(250,(n()-r)*
5))};return()=>{s?i=!0:o()}}function te(e,n){if(n<=3e7)return[];let a=Float64Array.from([0,...e().filter(i=>i>=0&&i<=n),n]).sort(),s=[];for(let i=1;i<a.length;i++){let[o,r]=[a[i-1],a[i]];r-
o>3e7&&r-o>n*.2&&s.push({from:o,to:r})}return s}function ee(e,n){let a=n.reduce((o,r)=>o+r.to-r.from,0),s=Math.max(1,(e-a)*.06),i=o=>{let r=0;for(let l of n){if(o<=
l.from)break;let c=l.to-l.from,f=Math.min(o,l.to)-l.from;r+=f*(1-Math.min(1,s/c))}return o-r};return{place:i,width:Math.max(1,i(e))}}function ne(e,n,{place:a}){
let[s,i]=[0,n];for(;i-s>1;){let o=(s+i)/2;a(o)<e?s=o:i=o}return Math.round(a(s)>=e?s:i)}function se(e,n){let a=e/(5*n),s=10**Math.floor(Math.log10(Math.max(1,a))),
i=s*([1,2,5].find(o=>s*o>=a)??10);return Array.from({length:Math.min(400,Math.floor(e*.96/i)+1)},(o,r)=>r*i)}function Tt(e,n){let a=e;for(let s of n)a>s.from&&(a+=
s.to-s.from);return a}var Rt=26,ve=22;function ae({timeline:e,rows:n,outcome:a,task:s,run:i,path:o}){let[r,l]=w("begun"),[c,f]=w(!1),[d,b]=w(1),[k,T]=w(!0),[m,g]=w(0),{created_us:p,updated_us:$,
state:G}=e.execution,Y=(z(G)&&$!==null?$:e.now_us)-p,I=u=>u.finished_us??Y,x=L(()=>Math.max(1,...Te(n.map(I))),[n,Y]),W=s===void 0?void 0:n.find(u=>u.id===i&&u.
name===s)??n.filter(u=>u.name===s).pop(),j=W?`&without=${_(W.id)}`:"",V=R(o&&`${o}?critical_path=true&columns=id${j}`,e.execution.state==="RUNNING"?5e3:0).data,
h=L(()=>V?.critical_path?new Set(V.critical_path.tasks):o?new Set:$t(n),[n,V,o]),O=L(()=>new Map(V?.critical_path?V.rows.map((u,S)=>[u[0],V.critical_path.slack_us[S]]):
[]),[V]),P=L(()=>te(()=>n.flatMap(u=>[u.created_us,u.started_us??u.created_us,I(u)]),x),[n,x]),{place:tt,width:at}=L(()=>ee(x,k?P:[]),[x,k,P]),{query:Mt}=F(),It=L(
()=>n.filter(u=>X(u,a)).length,[n,a]),D=ye(Mt.get("from"),Mt.get("until")),kt=U(null),{now:bt,listeners:_e}=Yt(u=>kt.current?Zt(kt.current,u):0,({from:u,to:S})=>{
let[A,ut]=[u,S].map(ct=>ne(ct*at,x,{place:tt}));E({from:String(A),until:String(Math.max(ut,A+1))})}),wt=L(()=>{let u=n.filter(S=>(!c||S.state!=="SUCCESS")&&(!D||
S.created_us<D.until&&I(S)>=D.from));return r==="took"&&u.sort((S,A)=>I(A)-St(A)-(I(S)-St(S))),r==="failed"&&u.sort((S,A)=>+(A.state==="ERROR")-+(S.state==="ERR\
OR")||S.created_us-A.created_us),u},[n,r,c,D?.from,D?.until]);if(!n.length)return t(B,{children:t("p",{children:"No task has been made yet."})});let _t=Math.max(
0,Math.floor(m/Rt)-4),ot=(u,S)=>`${(tt(S)-tt(u))/at*100}%`,Pt=(u,S)=>({left:`calc(var(--name) + (100% - var(--name) - 8px) * ${u})`,width:`calc((100% - var(--na\
me) - 8px) * ${Math.max(0,S-u)})`}),lt=W&&V?.critical_path?.without_us;return t("div",{class:"timeline",children:[t("div",{class:"filters",children:[t("label",{
children:["Order ",t("select",{value:r,onChange:u=>l(u.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"\
longest first"}),t("option",{value:"failed",children:"failed first"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:c,onChange:u=>f(u.currentTarget.
checked)})," hide SUCCESS"]}),t("span",{class:"nowrap",children:[t("button",{onClick:()=>b(Math.min(64,d*2)),"aria-label":"Stretch the time",children:"+"})," ",
t("button",{onClick:()=>b(Math.max(1,d/2)),"aria-label":"Squeeze the time",children:"\u2212"})]}),P.length>0&&t("label",{children:[t("input",{type:"checkbox",checked:k,
onChange:u=>T(u.currentTarget.checked)})," fold idle time"]}),t(xe,{range:D}),t("span",{class:"muted",children:[y(x)," in all",h.size>0&&` \xB7 outlined: the criti\
cal path, ${h.size.toLocaleString("en")} ${h.size===1?"task":"tasks"}`,It>0&&` \xB7 open ended: ${It.toLocaleString("en")} that had not ended when the run did`]})]}),
D&&t("p",{class:"facts",role:"status",children:["Between ",D.from>0?y(D.from):"the beginning"," and ",y(Math.min(D.until,x)),": ",wt.length.toLocaleString("en"),
" of ",n.length.toLocaleString("en")," tasks. ",t("button",{class:"small",onClick:()=>E({from:void 0,until:void 0}),children:"Show all"})]}),W&&lt!==void 0&&t("\
p",{class:"facts",role:"status",children:["Had ",W.name," taken no time, the run would have taken ",y(lt),x-lt>0?`: ${y(x-lt)} less`:", as it did",O.get(W.id)?`\
; it could have ended ${y(O.get(W.id))} later without making it longer`:"","."]}),t("div",{class:"window bars-window",tabIndex:0,"aria-label":"Time line",..._e,
onScroll:u=>g(u.currentTarget.scrollTop),children:[t("div",{class:"bar-axis","aria-hidden":"true",style:{width:`${d*100}%`},children:[t("span",{class:"bar-name \
muted",children:"after"}),t("span",{class:"bar-space",ref:kt,children:se(k?P.reduce((u,S)=>u-(S.to-S.from),x):x,d).map(u=>t("span",{class:"bar-tick",style:{left:ot(
0,Tt(u,k?P:[]))},children:u===0?"0":y(Tt(u,k?P:[]))}))})]}),t("div",{class:"bars",style:{height:`${wt.length*Rt}px`,width:`${d*100}%`},children:[k&&P.map(u=>t("\
span",{class:"bar-gap",style:{left:`calc(var(--name) + (100% - var(--name)) * ${tt(u.from)/at})`},title:`nothing happened for ${y(u.to-u.from)}`,children:["\u22EF ",
y(u.to-u.from)]})),bt?t("span",{class:"bar-band",style:Pt(bt.from,bt.to)}):D&&t("span",{class:"bar-band",style:Pt(tt(Math.min(D.from,x))/at,tt(Math.min(D.until,
x))/at)}),wt.slice(_t,_t+ve+8).map((u,S)=>{let[A,ut]=[St(u),I(u)],ct=X(u,a),At=`${u.name}, ${u.state}${ct?" when the run ended":""}: waited ${y(A-u.created_us)}\
, ran ${y(ut-A)}${O.get(u.id)?`, ${y(O.get(u.id))} to spare`:""}`;return t("button",{class:`bar-row${u.name===s?" chosen":""}`,style:{top:`${(_t+S)*Rt}px`},title:At,
"aria-label":At,onClick:()=>E({task:u.name,run:u.id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${dt(u.state).colour}`,"aria-hidden":"\
true",children:dt(u.state).sign})," ",u.name]}),t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:ot(0,u.created_us),width:ot(u.created_us,
A)}}),t("span",{class:`bar bar-${dt(u.state).colour}${h.has(u.id)?" critical":""}${ct?" bar-left":""}`,style:{left:ot(0,A),width:ot(A,ut)}})]})]},u.id)})]})]})]})}
function ye(e,n){let a={from:e?Number(e):0,until:n?Number(n):1/0};return(e||n)&&a.from<a.until?a:void 0}function xe({range:e}){let n=(a,s)=>{let i=e&&Number.isFinite(
e[a])?String(e[a]/1e6):"";return t("label",{children:[s," ",t(Ht,{class:"small seconds",inputMode:"decimal",stands:i,take:o=>{let r=parseFloat(o);E({[a]:r>=0?String(
Math.round(r*1e6)):void 0})}})]})};return t("span",{class:"nowrap",title:"Dragging over the time line does the same.",children:[n("from","from")," ",n("until","\
to")," s"]})}var St=e=>e.started_us??e.created_us;function Te(e){let n=[];for(let a=0;a<e.length;a+=1e4)n.push(Math.max(...e.slice(a,a+1e4)));return n}function $t(e){
let n=new Map(e.map(o=>[o.id,o])),a=o=>o.finished_us??1/0,s;for(let o of e)(!s||a(o)>=a(s))&&(s=o);let i=new Set;for(;s&&!i.has(s.id);)i.add(s.id),s=s.by?n.get(
s.by):void 0;return i}var Re={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},Et=12,rt=(e,n,a)=>`${e.toLocaleString("en")} ${e===1?n:a}`;function Se({of:e}){let n=e.executions.
filter(s=>s.from!==null),a=e.executions.length-n.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(v,{children:[
!!n.length&&t("p",{children:[n.slice(0,3).map(s=>t("span",{class:"nowrap",children:[s.workflow_name," ",t(M,{state:s.from})," \u2192 ",t(M,{state:s.to}),"; "]})),
n.length>3&&rt(n.length-3,"other execution changes; ","other executions change; "),!!a&&rt(a,"sub-workflow is started; ","sub-workflows are started; "),e.actions?
rt(e.actions,"action is started","actions are started"):"no action is started",!!e.dropped_actions&&`, ${rt(e.dropped_actions,"running one is given up","running\
 ones are given up")}`,"."]}),t("ul",{class:"plain",children:e.would.slice(0,Et).map(s=>t("li",{children:[s.task_id?t("a",{href:N(`/executions/${_(s.workflow_execution_id)}\
?view=tasks&task=${_(s.task_name)}`),children:s.task_name}):s.task_name," ",Re[s.change],": ",s.from&&t(v,{children:[t(M,{state:s.from})," \u2192 "]}),t(M,{state:s.
to})]}))}),(e.would.length>Et||e.truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":rt(e.would.length-Et,"other task","other tasks"),"."]})]})}
function pt({path:e,json:n}){let a=R(`${e}/preview`,0,!1,n),{data:s,error:i}=a;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"p\
olite",children:[!s&&!i&&t("p",{class:"muted",children:"Looking ahead\u2026"}),i&&t("p",{class:"muted",children:["What would follow cannot be told: ",i.message]}),
s&&!s.allowed&&t("p",{class:"state-error",children:["\u2716 It would be refused: ",s.message]}),s?.allowed&&t(v,{children:[t("h3",{children:"What would follow a\
t once"}),t(Se,{of:s})]})]})}var Ct=34,$e=16,Lt=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function oe({rows:e,truncated:n,only:a,outcome:s,again:i}){let{query:o}=F(),[r,l]=w(""),
[c,f]=w("begun"),[d,b]=w(0),k=o.get("state")??"",T=o.get("task")??void 0,m=o.get("run")??void 0,g=L(()=>{let h=e.filter(O=>(!r||O.name.includes(r))&&(!k||O.state===
k));return c==="took"&&h.sort((O,P)=>Lt(P)-Lt(O)||O.created_us-P.created_us),c==="name"&&h.sort((O,P)=>O.name.localeCompare(P.name)),c==="state"&&h.sort((O,P)=>O.
state.localeCompare(P.state)),h},[e,r,k,c]),p=e.filter(h=>h.name===T),$=U(null),G=U(void 0),Y=$.current?.contains(document.activeElement)?G.current:void 0,I=p.find(
h=>h.id===m)??p.find(h=>h.id===Y)??p[p.length-1];G.current=I?.id;let x=I&&t(Ee,{panel:$,row:I,outcome:s,runs:p,again:i},I.id);if(a!==void 0)return x??t("p",{class:"\
muted",children:[a," has not run."]});let W=[...new Set(e.map(h=>h.state))],j=Math.max(0,Math.floor(d/Ct)-4),V=g.slice(j,j+$e+8);return t(v,{children:[t("div",{
class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:r,onInput:h=>l(h.currentTarget.value)})]}),t("label",{children:[
"State ",t("select",{value:k,onChange:h=>E({state:h.currentTarget.value}),children:[t("option",{value:"",children:"all"}),W.map(h=>t("option",{children:h}))]})]}),
t("label",{children:["Order ",t("select",{value:c,onChange:h=>f(h.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"\
took",children:"longest first"}),t("option",{value:"name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[
g.length.toLocaleString("en")," of ",e.length.toLocaleString("en"),n?"; the run has more, which are left out":""]})]}),g.length===0&&t(B,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),g.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:h=>b(h.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":g.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${j*Ct}px`}}),V.map((h,O)=>t(
"tr",{class:h.name===T?"chosen":void 0,"aria-rowindex":j+O+1,children:[t("td",{children:t(M,{state:h.state})}),t("td",{children:t("button",{class:"link",onClick:()=>E(
{task:h.name,run:h.id}),children:h.name})}),t("td",{children:y(h.started_us??h.created_us).replace(/^\d/,"+$&")}),t("td",{children:h.finished_us!==null?y(Lt(h)):
X(h,s)?t("span",{class:"muted",title:Nt,children:"left open"}):"\u2013"}),t("td",{children:[h.attempts,h.items!==null&&` \xB7 ${Ot(h)}`,h.child&&t(v,{children:[
" \xB7 ",t("a",{href:N(`/executions/${_(h.child)}`),children:"sub-workflow"})]})]})]},h.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,g.length-j-
V.length)*Ct}px`}})]})]})}),x]})}function Ee({panel:e,row:n,outcome:a,runs:s,again:i}){let[o,r]=w(),l=`/v2/tasks/${_(n.id)}`,c=it(`${l}?fields=id,name,state,sta\
te_info,result,published,type,created_at`,n.finished_us===null&&!X(n,a)?3e3:0),[f,d]=w(!1),b=nt.use()!==void 0,k=o==="RUNNING"?{state:"RUNNING",reset:!f}:{state:"\
SKIPPED"},T=async()=>{await K(l,{method:"PUT",json:k}),i(),c.again()};return t("section",{class:"panel",ref:e,"aria-label":`Task ${n.name}`,children:[t("div",{class:"\
title",children:[t("h2",{children:n.name})," ",t(M,{state:n.state}),n.state==="ERROR"&&t(Q,{rule:"tasks:update",children:[t("button",{"aria-keyshortcuts":"R",onClick:()=>r(
"RUNNING"),children:"Run it again\u2026"}),t("button",{"aria-keyshortcuts":"S",onClick:()=>r("SKIPPED"),children:"Skip it\u2026"})]}),!b&&t("button",{onClick:()=>E(
{view:"bench",task:n.name,run:n.id}),children:"What it saw"}),t("button",{onClick:()=>E({task:void 0,run:void 0}),children:"Close"})]}),X(n,a)&&t("p",{class:"fa\
cts",children:Nt}),s.length>1&&t("p",{class:"facts",children:["Runs: ",s.slice(-20).map((m,g)=>t(v,{children:[t("button",{class:"small","aria-pressed":m.id===n.
id,onClick:()=>E({run:m.id}),children:[g+1+Math.max(0,s.length-20)," ",t(M,{state:m.state})]})," "]}))]}),t(C,{of:c,children:m=>t(v,{children:[m.state_info&&t(q,
{children:m.state_info}),t("div",{class:"columns",children:[t(J,{title:"Result",value:m.result}),t(J,{title:"Published",value:m.published})]}),m.type==="WORKFLO\
W"?t(Le,{path:l}):t(Ce,{path:l})]})}),o&&t(st,{title:o==="RUNNING"?`Run ${n.name} again?`:`Skip ${n.name}?`,label:o==="RUNNING"?"Run it again":"Skip it",act:T,close:()=>r(
void 0),children:[t("p",{children:o==="SKIPPED"?"The run goes on with what follows when it is skipped.":f?"The run goes on from here; items that succeeded keep \
their results.":"The run goes on from here, with all items of the task."}),o==="RUNNING"&&n.items!==null&&t("p",{children:t("label",{children:[t("input",{type:"\
checkbox",checked:f,onChange:m=>d(m.currentTarget.checked)})," only the items that failed"]})}),t(pt,{path:l,json:k})]})]})}var ht=50;function Ce({path:e}){let n=it(
`${e}/action_executions?limit=${ht}&include_output=true`);return t(C,{of:n,children:a=>t(v,{children:[t("h3",{children:"Actions"}),a.action_executions.map(s=>t(
"details",{class:"call",children:[t("summary",{children:[t(M,{state:s.state})," ",s.name," ",t(Z,{time:H(s.created_at)})," ",t("code",{children:s.id})]}),s.state_info&&
t(q,{children:s.state_info}),t("div",{class:"columns",children:[t(J,{title:"Input",value:s.input}),t(J,{title:"Output",value:s.output})]})]},s.id)),a.next&&t("p",
{class:"muted",children:["Only the first ",ht," are shown."]}),!a.action_executions.length&&t("p",{class:"muted",children:"No action has been called."})]})})}function Le({
path:e}){let n=R(`${e}/workflow_executions?limit=${ht}`);return t(C,{of:n,children:a=>t(v,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:a.executions.
map(s=>t("li",{children:[t(M,{state:s.state})," ",t("a",{href:N(`/executions/${_(s.id)}`),children:s.workflow_name})," ",t("code",{children:s.id})]},s.id))}),a.
next&&t("p",{class:"muted",children:["Only the first ",ht," are shown."]})]})})}function ie({rows:e}){let{query:n}=F(),[a,s]=w("<% $ %>"),[i,o]=w(),[r,l]=w(),c=U(void 0),f=e.find(p=>p.id===n.get("run"))??e.find(p=>p.name===n.get("task"))??e.
find(p=>p.id===c.current)??e[e.length-1];c.current=f?.id;let d=e.slice(-500);f&&!d.includes(f)&&d.unshift(f);let b=R(f&&`/v2/tasks/${_(f.id)}/context`),k=R("/v2\
/expressions/functions");if(!f)return t(B,{children:t("p",{children:"No task has been made yet, so there are no data to try expressions on."})});let T=async p=>{
p.preventDefault(),l(void 0);try{o(await K("/v2/expressions",{method:"POST",json:{expression:a,task_execution_id:f.id}}))}catch($){l($)}},m=/([A-Za-z_]\w*)\W*$/.
exec(a.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),g=m?k.data?.functions.filter(p=>p.name.toLowerCase().startsWith(m)).slice(0,8)??[]:[];return t("div",{class:"\
columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:T,onKeyDown:p=>{p.key==="Enter"&&(p.metaKey||p.ctrlKey)&&T(p)},children:[t("label",{class:"\
block",children:["What the task saw ",t("select",{value:f.id,onChange:p=>{let $=e.find(G=>G.id===p.currentTarget.value);E({run:$?.id,task:$?.name},!0)},children:d.
map(p=>t("option",{value:p.id,children:[p.name," (",p.state,")"]}))})]}),t("label",{class:"block",children:["Expression, YAQL or Jinja2",t("textarea",{class:"co\
de",rows:3,spellcheck:!1,value:a,onInput:p=>s(p.currentTarget.value)})]}),t("div",{class:"buttons",children:t("button",{class:"primary",children:"Evaluate (Ctrl\
 Enter)"})})]}),r&&t(Vt,{error:r}),i?.error!==void 0&&t(q,{look:"error",isNews:!0,children:i.error}),i&&i.error===void 0&&t("div",{role:"status",children:[t("p",
{class:"muted",children:["after ",y(i.took_us),i.steps!==void 0&&`, ${mt(i.steps)} ${i.steps===1?"step":"steps"}`]}),t(xt,{value:i.result})]}),g.length>0&&t("dl",
{class:"functions",children:g.map(p=>t(v,{children:[t("dt",{children:t("code",{children:p.signature})}),t("dd",{class:"muted",children:p.text})]}))})]}),t("sect\
ion",{class:"data",children:[t("h3",{children:"$"}),t(C,{of:b,children:p=>t(xt,{value:p.context})})]})]})}function re({base:e,state:n,workflow:a}){let s=R(`${e}/errors`);return t(C,{of:s,children:i=>i.groups.length?t(v,{children:[i.groups.map(o=>t("section",{class:"\
panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",mt(o.count)]})," ",t(Z,{time:o.first_us/1e3}),Math.floor(o.last_us/1e6)>Math.
floor(o.first_us/1e6)&&t(v,{children:[" to ",t(Z,{time:o.last_us/1e3})]})," ",t(ft,{text:o.message})]}),t(q,{children:o.message}),t("p",{children:o.path.map((r,l)=>t(
v,{children:[l>0&&" \u25B8 ",t("a",{href:N(`/executions/${_(r.execution_id)}?view=tasks&task=${_(r.task_name)}&run=${r.task_id}`),children:[r.workflow_name," \xB7 ",
r.task_name]})]}))}),t("p",{children:t("a",{href:N(`/executions${Ft({state:"ERROR",workflow_name:a,state_info:`has:${o.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),i.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(B,{children:t(
"p",{children:n==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function le(e,n){return e.filter(a=>a.created_us<=n).map(a=>{if(a.finished_us!==null&&a.finished_us<=n)return a;let s=a.started_us!==null&&a.started_us<=n;return{
...a,finished_us:null,state:s?"RUNNING":a.started_us===null?a.state:"WAITING"}})}var Ne=[1,10,100,1e3];function ue({rows:e,end:n,isOpen:a}){let{query:s}=F(),i=s.
get("at"),o=i===null?void 0:Number(i),[r,l]=w(0),c=m=>{let g;for(let p of e)for(let $ of[p.created_us,p.started_us,p.finished_us])$!==null&&m($)<(g===void 0?1/0:
m(g))&&(g=$);return g},f=L(()=>Math.max(c(m=>-m)??0,a?n:0,1),[e,a,n]),d=o===void 0||o>=f&&!a?void 0:o,b=m=>E({at:m===void 0?void 0:String(Math.round(m))},!0),k=m=>{
let g=d??f;b(m?c(p=>p<g?g-p:1/0)??0:c(p=>p>g?p-g:1/0))};if(et(()=>{if(!r)return;let m=d??0,g=setInterval(()=>{if(m+=5e4*r,m>=f)return l(0),b(void 0);b(m)},50);return()=>clearInterval(
g)},[r]),!e.length)return null;let T=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at\
 a moment",children:[t("button",{class:"small",onClick:()=>k(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:f,step:1,value:d??
f,"aria-label":"Moment","aria-valuetext":d===void 0?"now":y(d),onInput:m=>{let g=Number(m.currentTarget.value);b(g>=f?void 0:g)},onKeyDown:m=>{(m.key==="ArrowLe\
ft"||m.key==="ArrowRight")&&(k(m.key==="ArrowLeft"),m.preventDefault())}}),t("button",{class:"small",onClick:()=>k(!1),"aria-label":"Event after",children:"\u25B6"}),
!T&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(r),onChange:m=>l(Number(m.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),Ne.map(m=>t("option",{value:String(m),children:["\xD7 ",m]}))]})]}),t("span",{class:"muted",children:d===void 0?a?"now":"at i\
ts end":t(v,{children:[t("strong",{children:["at ",y(d)]})," of ",y(f)," ",t("button",{class:"small",onClick:()=>b(void 0),children:["back to ",a?"now":"the end"]})]})}),
d!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var gt=100;function ce({id:e}){return t(de,{id:e,depth:0})}function de({id:e,depth:n}){let a=R(`/v2/executions/${_(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(C,{of:a,children:s=>{let i=s.tasks.filter(o=>o.type==="WORKFLOW");return i.length?t("ul",{class:"tree",children:[i.slice(0,gt).map(o=>t(Oe,{task:o,
depth:n})),(i.length>gt||s.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):n?t("p",{class:"muted",children:"nothing below"}):t(B,
{children:t("p",{children:"This run has started no other workflows."})})}})}function Oe({task:e,depth:n}){let[a,s]=w(n===0),i=R(a?`/v2/tasks/${_(e.id)}/workflow\
_executions?limit=${gt}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":a,onClick:()=>s(!a),children:[a?"\u25BE":"\u25B8"," ",
t(M,{state:e.state})," ",e.name]}),a&&t(C,{of:i,children:o=>t("ul",{class:"tree",children:[o.executions.map(r=>t(Me,{child:r,depth:n})),o.next&&t("li",{class:"m\
uted",children:["Only the first ",gt," are shown."]})]})})]})}function Me({child:e,depth:n}){let[a,s]=w(!1),[i,o]=[H(e.created_at),H(e.updated_at)];return t("li",
{children:[t("button",{class:"json-fold","aria-expanded":a,"aria-label":`Open ${e.id}`,onClick:()=>s(!a),children:a?"\u25BE":"\u25B8"})," ",t(M,{state:e.state}),
" ",t("a",{href:N(`/executions/${_(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:i!==void 0&&o!==void 0?o-i<1e3?"< 1 s":y((o-i)*1e3):
""}),a&&t(de,{id:e.id,depth:n+1})]})}var me=10;function fe(e){let n=new Map;for(let a of e){let s=`${a.kind} ${a.message} ${a.task_name} ${a.fire_at??""} ${a.kind==="action_waiting_for_completion"?
a.action_execution_id:""}`,i=n.get(s);i?i[1]+=1:n.set(s,[a,1])}return[...n.values()]}function pe({base:e,isAsked:n,isOpen:a,isLive:s,select:i}){let o=R(n?`${e}/\
why`:void 0,a?s?5e3:3e3:0),r=a?"Why it has not finished":"Why it failed",[l,c]=w();return t(v,{children:[n&&t(C,{of:o,children:f=>t(Ie,{of:f,title:r,isOpen:a,select:i,
complete:c})}),l&&t(Pe,{reason:l,close:()=>c(void 0),again:o.again})]})}function Ie({of:e,title:n,isOpen:a,select:s,complete:i}){return t("section",{class:`why${a?
"":" failed"}`,"aria-label":n,tabIndex:-1,"aria-keyshortcuts":"w",children:[t("h2",{children:n}),!(e.reasons[0]&&e.summary.includes(e.reasons[0].message))&&t("p",
{children:e.summary}),t("ul",{children:fe(e.reasons).slice(0,me).map(([o,r])=>t("li",{children:[r>1&&t("strong",{children:[r," \xD7 "]}),o.message,o.fire_at&&t(
v,{children:[" (",t(Wt,{time:H(o.fire_at)}),")"]})," ",o.task_name&&t("button",{class:"small",onClick:()=>s(o.task_name),children:["Look at ",o.task_name]})," ",
o.kind==="action_waiting_for_completion"&&o.action_execution_id&&t(Q,{rule:"action_executions:update",children:t("button",{class:"small",onClick:()=>i(o),children:"\
Complete\u2026"})}),o.execution_id&&t("a",{class:"button small",href:N(`/executions/${_(o.execution_id)}`),children:["Open ",o.workflow_name??"it"]}),o.kind==="\
action_queued"&&t("a",{class:"button small",href:N("/cluster"),children:"Look at the executors"})]},`${o.kind} ${o.action_execution_id} ${o.task_name}`))}),(fe(
e.reasons).length>me||e.truncated)&&t("p",{class:"muted",children:"There are more reasons."})]})}function Pe({reason:e,close:n,again:a}){let[s,i]=w("SUCCESS"),[
o,r]=w("{}"),l=async()=>{let c=JSON.parse(o);if(c===null||typeof c!="object"||Array.isArray(c))throw new Error('The result has to be a JSON object: {"name": \u2026}.');
let f={state:s,output:c};await K(`/v2/action_executions/${_(e.action_execution_id)}`,{method:"PUT",json:f}),a()};return t(st,{title:`Complete the action of ${e.
task_name}`,label:"Complete",act:l,close:n,children:[t("label",{children:["State ",t("select",{value:s,onChange:c=>i(c.currentTarget.value),children:[t("option",
{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",t("textarea",{rows:5,value:o,onInput:c=>r(
c.currentTarget.value)})]})]})}var Ae="?fields=id,workflow_name,state,state_info,description,created_at,updated_at,tags,workflow_id,workflow_namespace,root_execution_id,task_execution_id",De=[
["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],be=["graph","time","tasks"],
Ue=2e4,Fe=2e3,Ge=5e6,he=new WeakMap;function we(e,n,a){let s=c=>e.columns.indexOf(c),i=e.columns.map(c=>n.columns.indexOf(c)),o=[...e.rows],r=s("id"),l=he.get(e.
rows)??new Map(o.map((c,f)=>[c[r],f]));for(let c of n.rows){let f=l.get(c[i[r]]),d=f===void 0?void 0:o[f],b=e.columns.map((k,T)=>{let m=c[i[T]]??null;return m===
null&&(k==="child"||k==="items_done")?d?.[T]??null:k.endsWith("_us")&&typeof m=="number"?m-a:m});f===void 0?l.set(b[r],o.push(b)-1):o[f]=b}return he.set(o,l),{...e,
rows:o}}function We(e,n){let a=R(e),s=U(a);s.current=a;let i=L(()=>Xt(async()=>{let{data:c,again:f,patch:d}=s.current;if(!(!e||!c))try{let b=await K(`${e}?since\
=${c.cursor-Ge}`);b.truncated?f():d(k=>({...we(k,b,0),execution:b.execution,now_us:b.now_us,cursor:Math.max(k.cursor,b.cursor)}))}catch{}}),[e]),[o,r]=[nt.use()!==
void 0,Ut.use()],l=U(r);return et(()=>{if(l.current&&!r&&i(),l.current=r,!e||o||r)return;let c=setInterval(()=>document.hidden||i(),n);return()=>clearInterval(c)},
[e,n,o,r]),{timeline:a,catchUp:i}}function Ks({id:e}){let n=`/v2/executions/${_(e)}`,{query:a}=F(),s=a.get("view")??"graph",i=nt.use()!==void 0,[o,r]=w(!1),l=be.
includes(s),c=Kt(i?void 0:`execution:${e}`,p=>{p.event==="gap"?(d.again(),k()):p.event==="execution"?d.again():p.event==="tasks"&&b.patch($=>we($,p.data,$.execution.
created_us))}),f=c||o?Ue:Fe,d=R(n+Ae,f),{timeline:b,catchUp:k}=We(l||s==="bench"?`${n}/timeline`:void 0,f),T=R(s==="graph"?`${n}/graph`:void 0),m=d.data?.state,
g=m!==void 0&&z(m);return g!==o&&r(g),t(v,{children:[d.error&&!d.data&&t("div",{class:"title",children:[t("h1",{children:"Execution"}),t("code",{children:e})]}),
t(C,{of:d,children:p=>t(Ve,{execution:p,base:n,again:()=>{d.again(),k()},isLive:c,timeline:b,graph:T})})]})}function Ve({execution:e,base:n,again:a,isLive:s,timeline:i,
graph:o}){let{query:r}=F(),l=r.get("view")??"graph",c=r.get("task")??void 0,f=r.get("at"),d=!z(e.state),b=nt.use()!==void 0,k=be.includes(l),T=L(()=>i.data?qe(i.
data):[],[i.data]),m=f===null?void 0:Number(f),g=L(()=>m===void 0?T:le(T,m),[T,m]),p=m===void 0?e.state:void 0,$=e.root_execution_id,G=Gt(e.description),Y=i.data?.
execution,I=Y?.updated_us?Y.updated_us-Y.created_us:void 0;return t(v,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(M,{state:e.
state}),t("code",{children:e.id})," ",t(ft,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(Z,{time:H(e.created_at)}),d?"":t(v,{children:[
" \xB7 ended ",t(Z,{time:H(e.updated_at)}),I!==void 0&&` \xB7 took ${y(I)}`]}),t(Ke,{workflow:e.workflow_name,took:I}),G.cron?t(v,{children:[" \xB7 by ",t("a",{
href:N(`/triggers?name=${_(G.cron)}`),children:"a cron trigger"})]}):G.words&&t(v,{children:[" \xB7 ",G.words]}),$&&t(v,{children:[" \xB7 part of ",t("a",{"aria\
-keyshortcuts":"p",href:N(`/executions/${_($)}`),children:"the run that started it"})]})," \xB7 ",t(ge,{name:"input",letter:"i"})," \xB7 ",t(ge,{name:"output",letter:"\
o"})," \xB7 ",t("a",{href:N(`/workflows/${_(e.workflow_id)}`),children:"definition"}),t(He,{workflow:e.workflow_id,hash:o.data?.spec_hash})," \xB7 ",t("a",{href:N(
`/executions?workflow_name=${_(e.workflow_name)}`),children:"other runs"})]}),!b&&t(Ye,{execution:e,base:n,again:a}),t(pe,{isAsked:d||e.state==="ERROR",isOpen:d,
isLive:s,base:n,select:x=>E({task:x})}),e.state_info&&(e.state==="ERROR"?t("details",{children:[t("summary",{children:"The message in full"}),t(q,{look:"error",
children:e.state_info})]}):t(q,{look:"idle",children:e.state_info})),t("div",{class:"tabs",role:"tablist",children:De.map(([x,W],j)=>t("button",{role:"tab","ari\
a-keyshortcuts":String(j+1),"aria-selected":l===x,onClick:()=>E({view:x,part:void 0}),children:W}))}),k&&t(ue,{rows:T,end:i.data?Math.max(i.data.now_us-i.data.execution.
created_us,0):0,isOpen:d}),l==="data"&&t(Je,{execution:e}),l==="errors"&&t(re,{base:n,state:e.state,workflow:e.workflow_name}),l==="tree"&&t(ce,{id:e.id}),l==="\
bench"&&t(ie,{rows:T}),l==="graph"&&t(Be,{graph:o,rows:g,outcome:p,isReady:i.data!==void 0||i.error!==void 0,task:c}),l==="time"&&t(C,{of:i,children:x=>t(ae,{timeline:x,
rows:g,outcome:p,task:c,run:r.get("run")??void 0,path:b?void 0:`${n}/timeline`})}),(l==="tasks"||c&&k)&&t(C,{of:i,children:x=>t(oe,{rows:g,outcome:p,truncated:x.
truncated,only:l==="tasks"?void 0:c,again:a})})]})}var ge=({name:e,letter:n})=>t("button",{class:"link","aria-keyshortcuts":n,onClick:()=>E({view:"data",part:e}),
children:e});function Ke({workflow:e,took:n}){let a=R(Bt(),jt),s=L(()=>qt(a.data?.buckets??[]).get(e),[a.data,e]);return s?t(v,{children:[" (usually ",t(zt,{of:s,
took:n??0}),")"]}):null}function He({workflow:e,hash:n}){let s=R(n&&`/v2/workflows/${_(e)}/versions`).data?.versions??[],i=s.find(r=>r.spec_hash===n);if(!i)return null;
let o=s[0];return t(v,{children:[", version ",i.version,o.spec_hash!==n&&t("strong",{class:"state-paused",children:[" (now ",o.version,")"]})]})}var ke=new WeakMap;
function qe(e){return e.rows.map(n=>{let a=ke.get(n);return a||ke.set(n,a=Object.fromEntries(e.columns.map((s,i)=>[s,n[i]]))),a})}function Be({graph:e,rows:n,outcome:a,
isReady:s,task:i}){let[o,r]=w(!1),l=L(()=>{if(!o)return;let f=$t(n);return new Set(n.filter(d=>f.has(d.id)).map(d=>d.name))},[n,o]),c=L(()=>{let f=new Map;for(let d of n){
let b=f.get(d.name),k=ze(d,a);f.set(d.name,b?{...k,runs:b.runs+1}:k)}return f},[n,a]);return t(C,{of:e,children:f=>t("div",{onKeyDown:d=>{d.key==="c"&&d.target.
tagName==="CANVAS"&&!d.ctrlKey&&!d.metaKey&&!d.altKey&&r(!o)},children:t(Jt,{tools:n.length>1&&t("label",{children:[t("input",{type:"checkbox",checked:o,onChange:d=>r(
d.currentTarget.checked)})," critical path"]}),graph:f,states:c,isReady:s,critical:l,selected:i,onSelect:d=>E({task:d})})})})}var je=[new WeakMap,new WeakMap];function ze(e,n){
let a=X(e,n),s=je[Number(a)],i=s.get(e);if(!i){let o=e.finished_us!==null?y(e.finished_us-(e.started_us??e.created_us)):a?`left ${e.state.toLowerCase()}`:e.state.
toLowerCase(),r=e.items!==null?` \xB7 ${Ot(e)}`:"",l=`${o}${e.attempts>1?` \xB7 attempt ${e.attempts}`:""}${r}`;s.set(e,i={state:e.state,runs:1,note:l,part:e.items&&
e.items_done!==null?e.items_done/e.items:void 0})}return i}var Nt="It was open when the run ended: nothing follows from it any more, whatever its action may sti\
ll answer.",X=(e,n)=>e.finished_us===null&&n!==void 0&&z(n)&&!z(e.state),Ot=e=>e.items_done===null||e.items_done===e.items?`${e.items} ${e.items===1?"item":"ite\
ms"}`:`${e.items_done} of ${e.items} items`;function Je({execution:e}){let n=it(`/v2/executions/${_(e.id)}?fields=id,input,output,params`),{state:a}=e,s=F().query.
get("part"),i=U(null),o=n.data!==void 0;et(()=>{let l=s&&i.current?.querySelector(`:scope > [data-part="${CSS.escape(s)}"]`);l&&(l.scrollIntoView({block:"neares\
t"}),l.focus({preventScroll:!0}))},[s,o]);let r=U(a);return et(()=>{r.current!==a&&n.again(),r.current=a},[a]),t(C,{of:n,children:l=>t("div",{class:"columns",ref:i,
children:[t(J,{title:"Input",value:l.input,part:"input"}),t(J,{title:"Output",value:l.output,part:"output"}),t(J,{title:"Parameters",value:l.params})]})})}function Ye({
execution:e,base:n,again:a}){let[s,i]=w(),[o,r]=w(!1),{state:l}=e,c=R(o?`${n}?fields=id,input`:void 0),f=async g=>{g.state?await K(n,{method:"PUT",json:{state:g.
state}}):(await K(`${n}${z(l)?"":"?force=true"}`,{method:"DELETE"}),vt("/executions")),a()},d={title:"Pause this run?",text:"Actions that are running go on to t\
heir end; nothing new begins.",label:"Pause",state:"PAUSED"},b={title:"Resume this run?",text:"It goes on where it was stopped; failed tasks run again.",label:"\
Resume",state:"RUNNING"},k={title:"Cancel this run?",text:"It ends as CANCELLED, with everything that it has started.",label:"Cancel the run",state:"CANCELLED"},
T={title:"Delete this run?",text:"It and everything below it are gone for good.",label:"Delete"},m=[l==="RUNNING"&&d,["PAUSED","ERROR"].includes(l)&&b,!z(l)&&k].
filter(Boolean);return t("div",{class:"buttons",role:"group","aria-label":"What to do with this run","aria-keyshortcuts":".",children:[t(Q,{rule:"executions:upd\
ate",children:m.map(g=>t("button",{onClick:()=>i(g),children:[g.label,"\u2026"]}))}),t(Q,{rule:"executions:create",children:t("button",{"aria-keyshortcuts":"r",
onClick:()=>r(!0),children:"Run again\u2026"})}),t(Ze,{execution:e}),t(Qe,{base:n,id:e.id}),t(Q,{rule:"executions:delete",children:t("button",{onClick:()=>i(T),
children:"Delete\u2026"})}),s&&t(st,{title:s.title,label:s.label,act:()=>f(s),close:()=>i(void 0),children:[t("p",{children:s.text}),s.state&&t(pt,{path:n,json:{
state:s.state}})]}),o&&c.error&&t(C,{of:c,children:()=>null}),o&&c.data&&t(Qt,{workflow:e.workflow_id,name:e.workflow_name,input:c.data.input,close:()=>r(!1)})]})}
function Ze({execution:e}){let[n,a]=w(!1),s=_(e.workflow_name),i=R(n?`/v2/executions?workflow_name=${s}&limit=12&sort_keys=created_at&sort_dirs=desc&fields=id,s\
tate,created_at,workflow_name`:void 0),o=(i.data?.executions??[]).filter(l=>l.id!==e.id),r=o.find(l=>l.state==="SUCCESS");return t("select",{"aria-label":"Compa\
re with",value:"",onFocus:()=>a(!0),onPointerDown:()=>a(!0),onChange:l=>vt(`/compare?a=${_(l.currentTarget.value)}&b=${_(e.id)}`),children:[t("option",{value:"",
children:"Compare with\u2026"}),r&&t("option",{value:r.id,children:"the last success"}),o.map(l=>t("option",{value:l.id,children:[l.state," ",l.created_at]})),n&&
i.data&&!o.length&&t("option",{disabled:!0,children:"no other run of this workflow"})]})}function Qe({base:e,id:n}){let[a,s]=w(!1);return t("button",{disabled:a,
onClick:async()=>{s(!0);try{let o=await fetch(`${Dt}${e}/snapshot`,{headers:yt.get()?{"X-Auth-Token":yt.get()}:{}});if(!o.ok)throw new Error((await o.json()).faultstring);
let r=document.createElement("a");r.href=URL.createObjectURL(await o.blob()),r.download=`execution-${n}.ndjson`,r.click(),setTimeout(()=>URL.revokeObjectURL(r.href),
1e4)}catch(o){alert(String(o))}s(!1)},children:a?"Saving\u2026":"Save as file"})}export{Ks as a,qe as b,Nt as c,X as d,Ot as e};
