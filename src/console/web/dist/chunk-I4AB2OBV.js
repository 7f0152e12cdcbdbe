import{c as Vt}from"./chunk-KJC5KS6T.js";import{a as gt,b as q}from"./chunk-CS5EIXHA.js";import{a as Wt,b as Ft}from"./chunk-DO7TCUJZ.js";import{
a as Pt,b as At,c as Dt,e as Ut}from"./chunk-EVLDVXTG.js";import{b as Mt}from"./chunk-ERXFRVMR.js";import{a as Gt}from"./chunk-3JVCR4FT.js";import{
c as j}from"./chunk-HVJX4T2S.js";import{$ as I,A as Ct,D as Y,F as Et,G as _,J as ht,P as W,Q as F,S as y,T as ot,V as tt,W as Lt,Y as Ot,_ as t,a as v,aa as B,
ba as Nt,ca as It,d as w,da as E,e as z,ea as V,fa as K,g as H,h as O,ha as Z,ia as it,ja as x,k as $t,n as U,o as N,p as pt,q as C}from"./chunk-5ALTCYJR.js";function Kt(e,s=()=>performance.now(),a=(n,i)=>setTimeout(n,i)){let n=!1,i=!1,o=async()=>{n=!0,i=!1;let l=s();await e(),a(()=>{n=!1,i&&o()},Math.max(250,(s()-l)*
5))};return()=>{n?i=!0:o()}}function qt(e,s){let a=[0,...e,s].filter(i=>i>=0&&i<=s).sort((i,o)=>i-o),n=[];for(let i=1;i<a.length;i++){let[o,l]=[a[i-1],a[i]];l-o>3e7&&l-o>s*.2&&n.push({from:o,
to:l})}return n}function Bt(e,s){let a=s.reduce((o,l)=>o+l.to-l.from,0),n=Math.max(1,(e-a)*.06),i=o=>{let l=0;for(let r of s){if(o<=r.from)break;let c=r.to-r.from,
u=Math.min(o,r.to)-r.from;l+=u*(1-Math.min(1,n/c))}return o-l};return{place:i,width:Math.max(1,i(e))}}function jt(e,s,{place:a}){let[n,i]=[0,s];for(;i-n>1;){let o=(n+
i)/2;a(o)<e?n=o:i=o}return Math.round(a(n)>=e?n:i)}function Ht(e,s){let a=e/(5*s),n=10**Math.floor(Math.log10(Math.max(1,a))),i=n*([1,2,5].find(o=>n*o>=a)??10);
return Array.from({length:Math.min(400,Math.floor(e*.96/i)+1)},(o,l)=>l*i)}function kt(e,s){let a=e;for(let n of s)a>n.from&&(a+=n.to-n.from);return a}var bt=26,de=22;function Jt({timeline:e,rows:s,task:a,run:n,path:i}){let[o,l]=w("begun"),[r,c]=w(!1),[u,g]=w(1),[h,k]=w(!0),[f,m]=w(0),b=e.now_us-e.execution.created_us,
T=d=>d.finished_us??b,R=O(()=>Math.max(1,...pe(s.map(T))),[s,b]),A=a===void 0?void 0:s.find(d=>d.id===n&&d.name===a)??s.filter(d=>d.name===a).pop(),G=A?`&withou\
t=${_(A.id)}`:"",$=x(i&&`${i}?critical_path=true&columns=id${G}`,e.execution.state==="RUNNING"?5e3:0).data,p=O(()=>$?.critical_path?new Set($.critical_path.tasks):
_t(s),[s,$]),L=O(()=>new Map($?.critical_path?$.rows.map((d,S)=>[d[0],$.critical_path.slack_us[S]]):[]),[$]),M=O(()=>qt(s.flatMap(d=>[d.created_us,d.started_us??
d.created_us,T(d)]),R),[s,R]),{place:J,width:Q}=O(()=>Bt(R,h?M:[]),[R,h,M]),{query:Rt}=U(),D=me(Rt.get("from"),Rt.get("until")),ct=H(null),{now:dt,listeners:ce}=Wt(
d=>ct.current?Ft(ct.current,d):0,({from:d,to:S})=>{let[P,st]=[d,S].map(at=>jt(at*Q,R,{place:J}));C({from:String(P),until:String(Math.max(st,P+1))})}),mt=O(()=>{
let d=s.filter(S=>(!r||S.state!=="SUCCESS")&&(!D||S.created_us<D.until&&T(S)>=D.from));return o==="took"&&d.sort((S,P)=>T(P)-wt(P)-(T(S)-wt(S))),o==="failed"&&d.
sort((S,P)=>+(P.state==="ERROR")-+(S.state==="ERROR")||S.created_us-P.created_us),d},[s,o,r,D?.from,D?.until]);if(!s.length)return t(K,{children:t("p",{children:"\
No task has been made yet."})});let ft=Math.max(0,Math.floor(f/bt)-4),X=(d,S)=>`${(J(S)-J(d))/Q*100}%`,St=(d,S)=>({left:`calc(var(--name) + (100% - var(--name) \
- 8px) * ${d})`,width:`calc((100% - var(--name) - 8px) * ${Math.max(0,S-d)})`}),nt=A&&$?.critical_path?.without_us;return t("div",{class:"timeline",children:[t(
"div",{class:"filters",children:[t("label",{children:["Order ",t("select",{value:o,onChange:d=>l(d.currentTarget.value),children:[t("option",{value:"begun",children:"\
creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"failed first"})]})]}),t("label",{children:[t("input",{type:"\
checkbox",checked:r,onChange:d=>c(d.currentTarget.checked)})," hide SUCCESS"]}),t("span",{class:"nowrap",children:[t("button",{onClick:()=>g(Math.min(64,u*2)),"\
aria-label":"Stretch the time",children:"+"})," ",t("button",{onClick:()=>g(Math.max(1,u/2)),"aria-label":"Squeeze the time",children:"\u2212"})]}),M.length>0&&
t("label",{children:[t("input",{type:"checkbox",checked:h,onChange:d=>k(d.currentTarget.checked)})," fold idle time"]}),t(fe,{range:D}),t("span",{class:"muted",
children:[y(R)," in all \xB7 outlined: the critical path, ",p.size," tasks"]})]}),D&&t("p",{class:"facts",role:"status",children:["Between ",y(D.from)," and ",y(
Math.min(D.until,R)),": ",mt.length.toLocaleString("en")," of ",s.length.toLocaleString("en")," tasks. ",t("button",{class:"small",onClick:()=>C({from:void 0,until:void 0}),
children:"Show all"})]}),A&&nt!==void 0&&t("p",{class:"facts",role:"status",children:["Had ",A.name," taken no time, the run would have taken ",y(nt),R-nt>0?`: ${y(
R-nt)} less`:", as it did",L.get(A.id)?`; it could have ended ${y(L.get(A.id))} later without making it longer`:"","."]}),t("div",{class:"window bars-window",tabIndex:0,
"aria-label":"Time line",...ce,onScroll:d=>m(d.currentTarget.scrollTop),children:[t("div",{class:"bar-axis","aria-hidden":"true",style:{width:`${u*100}%`},children:[
t("span",{class:"bar-name muted",children:"after"}),t("span",{class:"bar-space",ref:ct,children:Ht(h?M.reduce((d,S)=>d-(S.to-S.from),R):R,u).map(d=>t("span",{class:"\
bar-tick",style:{left:X(0,kt(d,h?M:[]))},children:d===0?"0":y(kt(d,h?M:[]))}))})]}),t("div",{class:"bars",style:{height:`${mt.length*bt}px`,width:`${u*100}%`},children:[
h&&M.map(d=>t("span",{class:"bar-gap",style:{left:`calc(var(--name) + (100% - var(--name)) * ${J(d.from)/Q})`},title:`nothing happened for ${y(d.to-d.from)}`,children:[
"\u2AFD ",y(d.to-d.from)]})),dt?t("span",{class:"bar-band",style:St(dt.from,dt.to)}):D&&t("span",{class:"bar-band",style:St(J(Math.min(D.from,R))/Q,J(Math.min(D.
until,R))/Q)}),mt.slice(ft,ft+de+8).map((d,S)=>{let[P,st]=[wt(d),T(d)],at=`${d.name}, ${d.state}: waited ${y(P-d.created_us)}, ran ${y(st-P)}${L.get(d.id)?`, ${y(
L.get(d.id))} to spare`:""}`;return t("button",{class:`bar-row${d.name===a?" chosen":""}`,style:{top:`${(ft+S)*bt}px`},title:at,"aria-label":at,onClick:()=>C({task:d.
name,run:d.id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${ot(d.state).colour}`,"aria-hidden":"true",children:ot(d.state).sign})," ",
d.name]}),t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:X(0,d.created_us),width:X(d.created_us,P)}}),t("span",{class:`bar bar-${ot(
d.state).colour}${p.has(d.id)?" critical":""}`,style:{left:X(0,P),width:X(P,st)}})]})]},d.id)})]})]})]})}function me(e,s){let a={from:e?Number(e):0,until:s?Number(
s):1/0};return(e||s)&&a.from<a.until?a:void 0}function fe({range:e}){let s=(a,n)=>t("label",{children:[n," ",t("input",{class:"small seconds",inputMode:"decimal",
value:e&&Number.isFinite(e[a])?String(e[a]/1e6):"",onChange:i=>{let o=parseFloat(i.currentTarget.value);C({[a]:o>=0?String(Math.round(o*1e6)):void 0})}})]});return t(
"span",{class:"nowrap",title:"Dragging over the time line does the same.",children:[s("from","from")," ",s("until","to")," s"]})}var wt=e=>e.started_us??e.created_us;
function pe(e){let s=[];for(let a=0;a<e.length;a+=1e4)s.push(Math.max(...e.slice(a,a+1e4)));return s}function _t(e){let s=new Map(e.map(o=>[o.id,o])),a=o=>o.finished_us??
1/0,n;for(let o of e)(!n||a(o)>=a(n))&&(n=o);let i=new Set;for(;n&&!i.has(n.id);)i.add(n.id),n=n.by?s.get(n.by):void 0;return i}var he={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},vt=12,et=(e,s,a)=>`${e.toLocaleString("en")} ${e===1?s:a}`;function ge({of:e}){let s=e.executions.
filter(n=>n.from!==null),a=e.executions.length-s.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(v,{children:[
!!s.length&&t("p",{children:[s.slice(0,3).map(n=>t("span",{class:"nowrap",children:[n.workflow_name," ",t(I,{state:n.from})," \u2192 ",t(I,{state:n.to}),"; "]})),
s.length>3&&et(s.length-3,"other execution changes; ","other executions change; "),!!a&&et(a,"sub-workflow is started; ","sub-workflows are started; "),et(e.actions,
"action is started","actions are started"),!!e.dropped_actions&&`, ${et(e.dropped_actions,"running one is given up","running ones are given up")}`,"."]}),t("ul",
{class:"plain",children:e.would.slice(0,vt).map(n=>t("li",{children:[n.task_id?t("a",{href:N(`/executions/${_(n.workflow_execution_id)}?view=tasks&task=${_(n.task_name)}`),
children:n.task_name}):n.task_name," ",he[n.change],": ",n.from&&t(v,{children:[t(I,{state:n.from})," \u2192 "]}),t(I,{state:n.to})]}))}),(e.would.length>vt||e.
truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":et(e.would.length-vt,"other task","other tasks"),"."]})]})}function rt({path:e,json:s}){
let a=x(`${e}/preview`,0,!1,s),{data:n,error:i}=a;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"polite",children:[!n&&!i&&t("p",
{class:"muted",children:"Looking ahead\u2026"}),i&&t("p",{class:"muted",children:["What would follow cannot be told: ",i.message]}),n&&!n.allowed&&t("p",{class:"\
state-error",children:["\u2716 It would be refused: ",n.message]}),n?.allowed&&t(v,{children:[t("h3",{children:"What would follow at once"}),t(ge,{of:n})]})]})}var yt=34,ke=16,xt=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function zt({rows:e,truncated:s,only:a,again:n}){let{query:i}=U(),[o,l]=w(""),[r,c]=w("b\
egun"),[u,g]=w(0),h=i.get("state")??"",k=i.get("task")??void 0,f=i.get("run")??void 0,m=O(()=>{let p=e.filter(L=>(!o||L.name.includes(o))&&(!h||L.state===h));return r===
"took"&&p.sort((L,M)=>xt(M)-xt(L)||L.created_us-M.created_us),r==="name"&&p.sort((L,M)=>L.name.localeCompare(M.name)),r==="state"&&p.sort((L,M)=>L.state.localeCompare(
M.state)),p},[e,o,h,r]),b=e.filter(p=>p.name===k),T=b.find(p=>p.id===f)??b[b.length-1],R=T&&t(be,{row:T,runs:b,again:n},T.id);if(a!==void 0)return R??t("p",{class:"\
muted",children:[a," has not run."]});let A=[...new Set(e.map(p=>p.state))],G=Math.max(0,Math.floor(u/yt)-4),$=m.slice(G,G+ke+8);return t(v,{children:[t("div",{
class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:o,onInput:p=>l(p.currentTarget.value)})]}),t("label",{children:[
"State ",t("select",{value:h,onChange:p=>C({state:p.currentTarget.value}),children:[t("option",{value:"",children:"all"}),A.map(p=>t("option",{children:p}))]})]}),
t("label",{children:["Order ",t("select",{value:r,onChange:p=>c(p.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"\
took",children:"longest first"}),t("option",{value:"name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[
m.length.toLocaleString("en")," of ",e.length.toLocaleString("en"),s?"; the run has more, which are left out":""]})]}),m.length===0&&t(K,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),m.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:p=>g(p.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":m.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${G*yt}px`}}),$.map((p,L)=>t(
"tr",{class:p.name===k?"chosen":void 0,"aria-rowindex":G+L+1,children:[t("td",{children:t(I,{state:p.state})}),t("td",{children:t("button",{class:"link",onClick:()=>C(
{task:p.name,run:p.id}),children:p.name})}),t("td",{children:y(p.started_us??p.created_us).replace(/^\d/,"+$&")}),t("td",{children:p.finished_us===null?"\u2013":
y(xt(p))}),t("td",{children:[p.attempts,p.items!==null&&` \xB7 ${Tt(p)}`,p.child&&t(v,{children:[" \xB7 ",t("a",{href:N(`/executions/${_(p.child)}`),children:"s\
ub-workflow"})]})]})]},p.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,m.length-G-$.length)*yt}px`}})]})]})}),R]})}function be({row:e,runs:s,again:a}){
let[n,i]=w(),o=`/v2/tasks/${_(e.id)}`,l=x(`${o}?fields=id,name,state,state_info,result,published,type,created_at`,e.finished_us===null?3e3:0,!1,void 0,!0),[r,c]=w(
!1),u=Y.use()!==void 0,g=n==="RUNNING"?{state:"RUNNING",reset:!r}:{state:"SKIPPED"},h=async()=>{await W(o,{method:"PUT",json:g}),a(),l.again()};return t("sectio\
n",{class:"panel","aria-label":`Task ${e.name}`,children:[t("div",{class:"title",children:[t("h2",{children:e.name})," ",t(I,{state:e.state}),e.state==="ERROR"&&
t(j,{rule:"tasks:update",children:[t("button",{"aria-keyshortcuts":"R",onClick:()=>i("RUNNING"),children:"Run it again\u2026"}),t("button",{"aria-keyshortcuts":"\
S",onClick:()=>i("SKIPPED"),children:"Skip it\u2026"})]}),!u&&t("button",{onClick:()=>C({view:"bench",task:e.name,run:e.id}),children:"What it saw"}),t("button",
{onClick:()=>C({task:void 0,run:void 0}),children:"Close"})]}),s.length>1&&t("p",{class:"facts",children:["Runs: ",s.slice(-20).map((k,f)=>t(v,{children:[t("but\
ton",{class:"small","aria-pressed":k.id===e.id,onClick:()=>C({run:k.id}),children:[f+1+Math.max(0,s.length-20)," ",t(I,{state:k.state})]})," "]}))]}),t(E,{of:l,
children:k=>t(v,{children:[k.state_info&&t(V,{children:k.state_info}),t("div",{class:"columns",children:[t(q,{title:"Result",value:k.result}),t(q,{title:"Publis\
hed",value:k.published})]}),k.type==="WORKFLOW"?t(_e,{path:o}):t(we,{path:o})]})}),n&&t(Z,{title:n==="RUNNING"?`Run ${e.name} again?`:`Skip ${e.name}?`,label:n===
"RUNNING"?"Run it again":"Skip it",act:h,close:()=>i(void 0),children:[t("p",{children:n==="SKIPPED"?"The run goes on with what follows when it is skipped.":r?"\
The run goes on from here; items that succeeded keep their results.":"The run goes on from here, with all items of the task."}),n==="RUNNING"&&e.items!==null&&t(
"p",{children:t("label",{children:[t("input",{type:"checkbox",checked:r,onChange:k=>c(k.currentTarget.checked)})," only the items that failed"]})}),t(rt,{path:o,
json:g})]})]})}var lt=50;function we({path:e}){let s=x(`${e}/action_executions?limit=${lt}&include_output=true`,0,!1,void 0,!0);return t(E,{of:s,children:a=>t(v,
{children:[t("h3",{children:"Actions"}),a.action_executions.map(n=>t("details",{class:"call",children:[t("summary",{children:[t(I,{state:n.state})," ",n.name," ",
t(B,{time:F(n.created_at)})," ",t("code",{children:n.id})]}),n.state_info&&t(V,{children:n.state_info}),t("div",{class:"columns",children:[t(q,{title:"Input",value:n.
input}),t(q,{title:"Output",value:n.output})]})]},n.id)),a.next&&t("p",{class:"muted",children:["Only the first ",lt," are shown."]}),!a.action_executions.length&&
t("p",{class:"muted",children:"No action has been called."})]})})}function _e({path:e}){let s=x(`${e}/workflow_executions?limit=${lt}`);return t(E,{of:s,children:a=>t(
v,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:a.executions.map(n=>t("li",{children:[t(I,{state:n.state})," ",t("a",{href:N(`/executions/${_(n.
id)}`),children:n.workflow_name})," ",t("code",{children:n.id})]},n.id))}),a.next&&t("p",{class:"muted",children:["Only the first ",lt," are shown."]})]})})}function Yt({rows:e}){let{query:s}=U(),[a,n]=w("<% $ %>"),[i,o]=w(),[l,r]=w(),c=e.find(m=>m.id===s.get("run"))??e.find(m=>m.name===s.get("task"))??e[e.length-1],
u=x(c&&`/v2/tasks/${_(c.id)}/context`),g=x("/v2/expressions/functions");if(!c)return t(K,{children:t("p",{children:"No task has been made yet, so there are no d\
ata to try expressions on."})});let h=async m=>{m.preventDefault(),r(void 0);try{o(await W("/v2/expressions",{method:"POST",json:{expression:a,task_execution_id:c.
id}}))}catch(b){r(b)}},k=/([A-Za-z_]\w*)\W*$/.exec(a.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),f=k?g.data?.functions.filter(m=>m.name.toLowerCase().startsWith(
k)).slice(0,8)??[]:[];return t("div",{class:"columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:h,onKeyDown:m=>{m.key==="Enter"&&(m.metaKey||
m.ctrlKey)&&h(m)},children:[t("label",{class:"block",children:["What the task saw ",t("select",{value:c.id,onChange:m=>{let b=e.find(T=>T.id===m.currentTarget.value);
C({run:b?.id,task:b?.name},!0)},children:e.slice(-500).map(m=>t("option",{value:m.id,children:[m.name," (",m.state,")"]}))})]}),t("label",{class:"block",children:[
"Expression, YAQL or Jinja2",t("textarea",{class:"code",rows:3,spellcheck:!1,value:a,onInput:m=>n(m.currentTarget.value)})]}),t("div",{class:"buttons",children:t(
"button",{class:"primary",children:"Evaluate (Ctrl Enter)"})})]}),l&&t(It,{error:l}),i?.error!==void 0&&t(V,{look:"error",isNews:!0,children:i.error}),i&&i.error===
void 0&&t("div",{role:"status",children:[t("p",{class:"muted",children:["after ",y(i.took_us)]}),t(gt,{value:i.result})]}),f.length>0&&t("dl",{class:"functions",
children:f.map(m=>t(v,{children:[t("dt",{children:t("code",{children:m.signature})}),t("dd",{class:"muted",children:m.text})]}))})]}),t("section",{class:"data",
children:[t("h3",{children:"$"}),t(E,{of:u,children:m=>t(gt,{value:m.context})})]})]})}function Zt({base:e,state:s,workflow:a}){let n=x(`${e}/errors`);return t(E,{of:n,children:i=>i.groups.length?t(v,{children:[i.groups.map(o=>t("section",{class:"\
panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",Lt(o.count)]})," ",t(B,{time:o.first_us/1e3}),o.count>1&&t(v,{children:[" \
to ",t(B,{time:o.last_us/1e3})]})," ",t(it,{text:o.message})]}),t(V,{children:o.message}),t("p",{children:o.path.map((l,r)=>t(v,{children:[r>0&&" \u25B8 ",t("a",
{href:N(`/executions/${_(l.execution_id)}?view=tasks&task=${_(l.task_name)}&run=${l.task_id}`),children:[l.workflow_name," \xB7 ",l.task_name]})]}))}),t("p",{children:t(
"a",{href:N(`/executions${Et({state:"ERROR",workflow_name:a,state_info:`has:${o.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),i.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(K,{children:t(
"p",{children:s==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function Qt(e,s){return e.filter(a=>a.created_us<=s).map(a=>{if(a.finished_us!==null&&a.finished_us<=s)return a;let n=a.started_us!==null&&a.started_us<=s;return{
...a,finished_us:null,state:n?"RUNNING":a.started_us===null?a.state:"WAITING"}})}var ve=[1,10,100,1e3];function Xt({rows:e,end:s,isOpen:a}){let{query:n}=U(),i=n.
get("at"),o=i===null?void 0:Number(i),[l,r]=w(0),c=f=>{let m;for(let b of e)for(let T of[b.created_us,b.started_us,b.finished_us])T!==null&&f(T)<(m===void 0?1/0:
f(m))&&(m=T);return m},u=O(()=>Math.max(c(f=>-f)??0,a?s:0,1),[e,a,s]),g=f=>C({at:f===void 0?void 0:String(Math.round(f))},!0),h=f=>{let m=o??u;g(f?c(b=>b<m?m-b:
1/0)??0:c(b=>b>m?b-m:1/0))};if(z(()=>{if(!l)return;let f=o??0,m=setInterval(()=>{if(f+=5e4*l,f>=u)return r(0),g(void 0);g(f)},50);return()=>clearInterval(m)},[l]),
!e.length)return null;let k=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at a moment",
children:[t("button",{class:"small",onClick:()=>h(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:u,step:1,value:o??u,"ari\
a-label":"Moment","aria-valuetext":o===void 0?"now":y(o),onInput:f=>{let m=Number(f.currentTarget.value);g(m>=u?void 0:m)},onKeyDown:f=>{(f.key==="ArrowLeft"||f.
key==="ArrowRight")&&(h(f.key==="ArrowLeft"),f.preventDefault())}}),t("button",{class:"small",onClick:()=>h(!1),"aria-label":"Event after",children:"\u25B6"}),!k&&
t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(l),onChange:f=>r(Number(f.currentTarget.value)),children:[t("option",{value:"\
0",children:"play\u2026"}),ve.map(f=>t("option",{value:String(f),children:["\xD7 ",f]}))]})]}),t("span",{class:"muted",children:o===void 0?a?"now":"at its end":
t(v,{children:[t("strong",{children:["at ",y(o)]})," of ",y(u)," ",t("button",{class:"small",onClick:()=>g(void 0),children:["back to ",a?"now":"the end"]})]})}),
o!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var ut=100;function te({id:e}){return t(ee,{id:e,depth:0})}function ee({id:e,depth:s}){let a=x(`/v2/executions/${_(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(E,{of:a,children:n=>{let i=n.tasks.filter(o=>o.type==="WORKFLOW");return i.length?t("ul",{class:"tree",children:[i.slice(0,ut).map(o=>t(ye,{task:o,
depth:s})),(i.length>ut||n.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):s?t("p",{class:"muted",children:"nothing below"}):t(K,
{children:t("p",{children:"This run has started no other workflows."})})}})}function ye({task:e,depth:s}){let[a,n]=w(s===0),i=x(a?`/v2/tasks/${_(e.id)}/workflow\
_executions?limit=${ut}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":a,onClick:()=>n(!a),children:[a?"\u25BE":"\u25B8"," ",
t(I,{state:e.state})," ",e.name]}),a&&t(E,{of:i,children:o=>t("ul",{class:"tree",children:[o.executions.map(l=>t(xe,{child:l,depth:s})),o.next&&t("li",{class:"m\
uted",children:["Only the first ",ut," are shown."]})]})})]})}function xe({child:e,depth:s}){let[a,n]=w(!1),[i,o]=[F(e.created_at),F(e.updated_at)];return t("li",
{children:[t("button",{class:"json-fold","aria-expanded":a,"aria-label":`Open ${e.id}`,onClick:()=>n(!a),children:a?"\u25BE":"\u25B8"})," ",t(I,{state:e.state}),
" ",t("a",{href:N(`/executions/${_(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:i!==void 0&&o!==void 0?y((o-i)*1e3):""}),a&&t(ee,{id:e.
id,depth:s+1})]})}var ne=10;function se(e){let s=new Map;for(let a of e){let n=`${a.kind} ${a.message} ${a.task_name} ${a.fire_at??""} ${a.kind==="action_waiting_for_completion"?
a.action_execution_id:""}`,i=s.get(n);i?i[1]+=1:s.set(n,[a,1])}return[...s.values()]}function ae({base:e,isOpen:s,isLive:a,select:n}){let i=x(`${e}/why`,s?a?5e3:
3e3:0),o=s?"Why it has not finished":"Why it failed",[l,r]=w();return t(E,{of:i,children:c=>t("section",{class:`why${s?"":" failed"}`,"aria-label":o,tabIndex:-1,
"aria-keyshortcuts":"w",children:[t("h2",{children:o}),!(c.reasons[0]&&c.summary.includes(c.reasons[0].message))&&t("p",{children:c.summary}),t("ul",{children:se(
c.reasons).slice(0,ne).map(([u,g])=>t("li",{children:[g>1&&t("strong",{children:[g," \xD7 "]}),u.message,u.fire_at&&t(v,{children:[" (",t(Nt,{time:F(u.fire_at)}),
")"]})," ",u.task_name&&t("button",{class:"small",onClick:()=>n(u.task_name),children:["Look at ",u.task_name]})," ",u.kind==="action_waiting_for_completion"&&u.
action_execution_id&&t(j,{rule:"action_executions:update",children:t("button",{class:"small",onClick:()=>r(u),children:"Complete\u2026"})}),u.execution_id&&t("a",
{class:"button small",href:N(`/executions/${_(u.execution_id)}`),children:["Open ",u.workflow_name??"it"]}),u.kind==="action_queued"&&t("a",{class:"button small",
href:N("/cluster"),children:"Look at the executors"})]},`${u.kind} ${u.action_execution_id} ${u.task_name}`))}),(se(c.reasons).length>ne||c.truncated)&&t("p",{class:"\
muted",children:"There are more reasons."}),l&&t(Te,{reason:l,close:()=>r(void 0),again:i.again})]})})}function Te({reason:e,close:s,again:a}){let[n,i]=w("SUCCE\
SS"),[o,l]=w("{}"),r=async()=>{let c=JSON.parse(o);if(c===null||typeof c!="object"||Array.isArray(c))throw new Error('The result has to be a JSON object: {"name\
": \u2026}.');let u={state:n,output:c};await W(`/v2/action_executions/${_(e.action_execution_id)}`,{method:"PUT",json:u}),a()};return t(Z,{title:`Complete the a\
ction of ${e.task_name}`,label:"Complete",act:r,close:s,children:[t("label",{children:["State ",t("select",{value:n,onChange:c=>i(c.currentTarget.value),children:[
t("option",{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",t("textarea",{rows:5,value:o,onInput:c=>l(
c.currentTarget.value)})]})]})}var Re="?fields=id,workflow_name,state,state_info,description,created_at,updated_at,tags,workflow_id,workflow_namespace,root_execution_id,task_execution_id",Se=[
["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],le=["graph","time","tasks"],
$e=2e4,Ce=2e3,Ee=5e6;function ue(e,s,a){let n=r=>e.columns.indexOf(r),i=e.columns.map(r=>s.columns.indexOf(r)),o=[...e.rows],l=new Map(o.map((r,c)=>[r[n("id")],
c]));for(let r of s.rows){let c=l.get(r[i[n("id")]]),u=c===void 0?void 0:o[c],g=e.columns.map((h,k)=>{let f=r[i[k]]??null;return f===null&&(h==="child"||h==="it\
ems_done")?u?.[k]??null:h.endsWith("_us")&&typeof f=="number"?f-a:f});c===void 0?o.push(g):o[c]=g}return{...e,rows:o}}function Le(e,s){let a=x(e),n=H(a);n.current=
a;let i=O(()=>Kt(async()=>{let{data:c,again:u,patch:g}=n.current;if(!(!e||!c))try{let h=await W(`${e}?since=${c.cursor-Ee}`);h.truncated?u():g(k=>({...ue(k,h,0),
execution:h.execution,now_us:h.now_us,cursor:Math.max(k.cursor,h.cursor)}))}catch{}}),[e]),[o,l]=[Y.use()!==void 0,Ct.use()],r=H(l);return z(()=>{if(r.current&&
!l&&i(),r.current=l,!e||o||l)return;let c=setInterval(()=>document.hidden||i(),s);return()=>clearInterval(c)},[e,s,o,l]),{timeline:a,catchUp:i}}function Es({id:e}){
let s=`/v2/executions/${_(e)}`,{query:a}=U(),n=a.get("view")??"graph",i=Y.use()!==void 0,[o,l]=w(!1),r=le.includes(n),c=Mt(i?void 0:`execution:${e}`,T=>{T.event===
"gap"?(g.again(),k()):T.event==="execution"?g.again():T.event==="tasks"&&h.patch(R=>ue(R,T.data,R.execution.created_us))}),u=c||o?$e:Ce,g=x(s+Re,u),{timeline:h,
catchUp:k}=Le(r||n==="bench"?`${s}/timeline`:void 0,u),f=x(n==="graph"?`${s}/graph`:void 0),m=g.data?.state,b=m!==void 0&&tt(m);return b!==o&&l(b),t(v,{children:[
g.error&&!g.data&&t("div",{class:"title",children:[t("h1",{children:"Execution"}),t("code",{children:e})]}),t(E,{of:g,children:T=>t(Oe,{execution:T,base:s,again:()=>{
g.again(),k()},isLive:c,timeline:h,graph:f})})]})}function Oe({execution:e,base:s,again:a,isLive:n,timeline:i,graph:o}){let{query:l}=U(),r=l.get("view")??"graph",
c=l.get("task")??void 0,u=l.get("at"),g=!tt(e.state),h=Y.use()!==void 0,k=le.includes(r),f=O(()=>i.data?Me(i.data):[],[i.data]),m=u===null?void 0:Number(u),b=O(
()=>m===void 0?f:Qt(f,m),[f,m]),T=e.root_execution_id,R=Ot(e.description),A=i.data?.execution,G=A?.updated_us?A.updated_us-A.created_us:void 0;return t(v,{children:[
t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(I,{state:e.state}),t("code",{children:e.id})," ",t(it,{text:e.id,label:"Copy id"})]}),
t("p",{class:"facts",children:["started ",t(B,{time:F(e.created_at)}),g?"":t(v,{children:[" \xB7 ended ",t(B,{time:F(e.updated_at)}),G!==void 0&&` \xB7 took ${y(
G)}`]}),t(Ne,{workflow:e.workflow_name,took:G}),R.cron?t(v,{children:[" \xB7 by ",t("a",{href:N(`/triggers?name=${_(R.cron)}`),children:"a cron trigger"})]}):R.
words&&t(v,{children:[" \xB7 ",R.words]}),T&&t(v,{children:[" \xB7 part of ",t("a",{"aria-keyshortcuts":"p",href:N(`/executions/${_(T)}`),children:"the run that\
 started it"})]})," \xB7 ",t(oe,{name:"input",letter:"i"})," \xB7 ",t(oe,{name:"output",letter:"o"})," \xB7 ",t("a",{href:N(`/workflows/${_(e.workflow_id)}`),children:"\
definition"}),t(Ie,{workflow:e.workflow_id,hash:o.data?.spec_hash})," \xB7 ",t("a",{href:N(`/executions?workflow_name=${_(e.workflow_name)}`),children:"other ru\
ns"})]}),!h&&t(Ue,{execution:e,base:s,again:a}),(g||e.state==="ERROR")&&t(ae,{isOpen:g,isLive:n,base:s,select:$=>C({task:$})}),e.state_info&&(e.state==="ERROR"?
t("details",{children:[t("summary",{children:"The message in full"}),t(V,{look:"error",children:e.state_info})]}):t(V,{look:"idle",children:e.state_info})),t("d\
iv",{class:"tabs",role:"tablist",children:Se.map(([$,p],L)=>t("button",{role:"tab","aria-keyshortcuts":String(L+1),"aria-selected":r===$,onClick:()=>C({view:$,part:void 0}),
children:p}))}),k&&t(Xt,{rows:f,end:i.data?Math.max(i.data.now_us-i.data.execution.created_us,0):0,isOpen:g}),r==="data"&&t(De,{execution:e}),r==="errors"&&t(Zt,
{base:s,state:e.state,workflow:e.workflow_name}),r==="tree"&&t(te,{id:e.id}),r==="bench"&&t(Yt,{rows:f}),r==="graph"&&t(Pe,{graph:o,rows:b,isReady:i.data!==void 0||
i.error!==void 0,task:c}),r==="time"&&t(E,{of:i,children:$=>t(Jt,{timeline:$,rows:b,task:c,run:l.get("run")??void 0,path:h?void 0:`${s}/timeline`})}),(r==="task\
s"||c&&k)&&t(E,{of:i,children:$=>t(zt,{rows:b,truncated:$.truncated,only:r==="tasks"?void 0:c,again:a})})]})}var oe=({name:e,letter:s})=>t("button",{class:"link",
"aria-keyshortcuts":s,onClick:()=>C({view:"data",part:e}),children:e});function Ne({workflow:e,took:s}){let a=x(At(),Dt),n=O(()=>Pt(a.data?.buckets??[]).get(e),
[a.data,e]);return n?t(v,{children:[" (usually ",t(Ut,{of:n,took:s??0}),")"]}):null}function Ie({workflow:e,hash:s}){let n=x(s&&`/v2/workflows/${_(e)}/versions`).
data?.versions??[],i=n.find(l=>l.spec_hash===s);if(!i)return null;let o=n[0];return t(v,{children:[", version ",i.version,o.spec_hash!==s&&t("strong",{class:"st\
ate-paused",children:[" (now ",o.version,")"]})]})}var ie=new WeakMap;function Me(e){return e.rows.map(s=>{let a=ie.get(s);return a||ie.set(s,a=Object.fromEntries(
e.columns.map((n,i)=>[n,s[i]]))),a})}function Pe({graph:e,rows:s,isReady:a,task:n}){let[i,o]=w(!1),l=O(()=>{if(!i)return;let c=_t(s);return new Set(s.filter(u=>c.
has(u.id)).map(u=>u.name))},[s,i]),r=O(()=>{let c=new Map;for(let u of s)c.set(u.name,{state:u.state,runs:(c.get(u.name)?.runs??0)+1,note:Ae(u),part:u.items&&u.
items_done!==null?u.items_done/u.items:void 0});return c},[s]);return t(E,{of:e,children:c=>t("div",{onKeyDown:u=>{u.key==="c"&&u.target.tagName==="CANVAS"&&!u.
ctrlKey&&!u.metaKey&&!u.altKey&&o(!i)},children:t(Gt,{tools:s.length>1&&t("label",{children:[t("input",{type:"checkbox",checked:i,onChange:u=>o(u.currentTarget.
checked)})," critical path"]}),graph:c,states:r,isReady:a,critical:l,selected:n,onSelect:u=>C({task:u})})})})}var re=new WeakMap;function Ae(e){let s=re.get(e);
if(s===void 0){let a=e.finished_us!==null?y(e.finished_us-(e.started_us??e.created_us)):e.state.toLowerCase(),n=e.items!==null?` \xB7 ${Tt(e)}`:"";re.set(e,s=`${a}${e.
attempts>1?` \xB7 attempt ${e.attempts}`:""}${n}`)}return s}var Tt=e=>e.items_done===null||e.items_done===e.items?`${e.items} ${e.items===1?"item":"items"}`:`${e.
items_done} of ${e.items} items`;function De({execution:e}){let s=x(`/v2/executions/${_(e.id)}?fields=id,input,output,params`,0,!1,void 0,!0),{state:a}=e,n=U().
query.get("part"),i=H(null),o=s.data!==void 0;z(()=>{let r=n&&i.current?.querySelector(`:scope > [data-part="${CSS.escape(n)}"]`);r&&(r.scrollIntoView({block:"n\
earest"}),r.focus({preventScroll:!0}))},[n,o]);let l=H(a);return z(()=>{l.current!==a&&s.again(),l.current=a},[a]),t(E,{of:s,children:r=>t("div",{class:"columns",
ref:i,children:[t(q,{title:"Input",value:r.input,part:"input"}),t(q,{title:"Output",value:r.output,part:"output"}),t(q,{title:"Parameters",value:r.params})]})})}
function Ue({execution:e,base:s,again:a}){let[n,i]=w(),[o,l]=w(!1),{state:r}=e,c=x(o?`${s}?fields=id,input`:void 0),u=async b=>{b.state?await W(s,{method:"PUT",
json:{state:b.state}}):(await W(`${s}${tt(r)?"":"?force=true"}`,{method:"DELETE"}),pt("/executions")),a()},g={title:"Pause this run?",text:"Actions that are run\
ning go on to their end; nothing new begins.",label:"Pause",state:"PAUSED"},h={title:"Resume this run?",text:"It goes on where it was stopped; failed tasks run \
again.",label:"Resume",state:"RUNNING"},k={title:"Cancel this run?",text:"It ends as CANCELLED, with everything that it has started.",label:"Cancel the run",state:"\
CANCELLED"},f={title:"Delete this run?",text:"It and everything below it are gone for good.",label:"Delete"},m=[r==="RUNNING"&&g,["PAUSED","ERROR"].includes(r)&&
h,!tt(r)&&k].filter(Boolean);return t("div",{class:"buttons",role:"group","aria-label":"What to do with this run","aria-keyshortcuts":".",children:[t(j,{rule:"e\
xecutions:update",children:m.map(b=>t("button",{onClick:()=>i(b),children:[b.label,"\u2026"]}))}),t(j,{rule:"executions:create",children:t("button",{"aria-keysh\
ortcuts":"r",onClick:()=>l(!0),children:"Run again\u2026"})}),t(Ge,{execution:e}),t(We,{base:s,id:e.id}),t(j,{rule:"executions:delete",children:t("button",{onClick:()=>i(
f),children:"Delete\u2026"})}),n&&t(Z,{title:n.title,label:n.label,act:()=>u(n),close:()=>i(void 0),children:[t("p",{children:n.text}),n.state&&t(rt,{path:s,json:{
state:n.state}})]}),o&&c.error&&t(E,{of:c,children:()=>null}),o&&c.data&&t(Vt,{workflow:e.workflow_id,name:e.workflow_name,input:c.data.input,close:()=>l(!1)})]})}
function Ge({execution:e}){let[s,a]=w(!1),n=_(e.workflow_name),i=x(s?`/v2/executions?workflow_name=${n}&limit=12&sort_keys=created_at&sort_dirs=desc&fields=id,s\
tate,created_at,workflow_name`:void 0),o=(i.data?.executions??[]).filter(r=>r.id!==e.id),l=o.find(r=>r.state==="SUCCESS");return t("select",{"aria-label":"Compa\
re with",value:"",onFocus:()=>a(!0),onPointerDown:()=>a(!0),onChange:r=>pt(`/compare?a=${_(r.currentTarget.value)}&b=${_(e.id)}`),children:[t("option",{value:"",
children:"Compare with\u2026"}),l&&t("option",{value:l.id,children:"the last success"}),o.map(r=>t("option",{value:r.id,children:[r.state," ",r.created_at]})),s&&
i.data&&!o.length&&t("option",{disabled:!0,children:"no other run of this workflow"})]})}function We({base:e,id:s}){let[a,n]=w(!1);return t("button",{disabled:a,
onClick:async()=>{n(!0);try{let o=await fetch(`${$t}${e}/snapshot`,{headers:ht.get()?{"X-Auth-Token":ht.get()}:{}});if(!o.ok)throw new Error((await o.json()).faultstring);
let l=document.createElement("a");l.href=URL.createObjectURL(await o.blob()),l.download=`execution-${s}.ndjson`,l.click(),setTimeout(()=>URL.revokeObjectURL(l.href),
1e4)}catch(o){alert(String(o))}n(!1)},children:a?"Saving\u2026":"Save as file"})}export{Es as a,Me as b,Tt as c};
