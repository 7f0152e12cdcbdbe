import{c as Xt}from"./chunk-XIVG2FON.js";import{a as Rt,b as z}from"./chunk-Q2Y7BVYO.js";import{a as Zt,b as Qt}from"./chunk-IPG27FBY.js";import{
a as Yt}from"./chunk-C6IB2MYH.js";import{e as Kt,f as Ht,g as Bt,h as jt,i as zt,k as Jt}from"./chunk-CDLSKBXZ.js";import{$ as t,B as Ft,E as et,G as Gt,
H as _,K as Tt,Q as H,R as G,T as y,U as mt,W as K,X as ft,Z as Wt,a as w,aa as I,ba as J,ca as Vt,d as x,da as qt,e as ot,ea as C,fa as B,g as q,h as M,ha as j,
ja as nt,k as Ut,ka as pt,la as R,ma as W,n as F,na as it,p as O,q as xt,qa as Y,r as T}from"./chunk-5UX6W7MZ.js";function te(e,n=()=>performance.now(),s=(a,i)=>setTimeout(a,i)){let a=!1,i=!1,o=async()=>{a=!0,i=!1;let r=n();await e(),s(()=>{a=!1,i&&o()},Math.max(250,(n()-r)*
5))};return()=>{a?i=!0:o()}}function ee(e,n){if(n<=3e7)return[];let s=Float64Array.from([0,...e().filter(i=>i>=0&&i<=n),n]).sort(),a=[];for(let i=1;i<s.length;i++){let[o,r]=[s[i-1],s[i]];r-
o>3e7&&r-o>n*.2&&a.push({from:o,to:r})}return a}function ne(e,n){let s=n.reduce((o,r)=>o+r.to-r.from,0),a=Math.max(1,(e-s)*.06),i=o=>{let r=0;for(let u of n){if(o<=
u.from)break;let c=u.to-u.from,d=Math.min(o,u.to)-u.from;r+=d*(1-Math.min(1,a/c))}return o-r};return{place:i,width:Math.max(1,i(e))}}function se(e,n,{place:s}){
let[a,i]=[0,n];for(;i-a>1;){let o=(a+i)/2;s(o)<e?a=o:i=o}return Math.round(s(a)>=e?a:i)}function ae(e,n){let s=e/(5*n),a=10**Math.floor(Math.log10(Math.max(1,s))),
i=a*([1,2,5].find(o=>a*o>=s)??10);return Array.from({length:Math.min(400,Math.floor(e*.96/i)+1)},(o,r)=>r*i)}function St(e,n){let s=e;for(let a of n)s>a.from&&(s+=
a.to-a.from);return s}var $t=26,ye=22;function oe({timeline:e,rows:n,outcome:s,task:a,run:i,path:o}){let{query:r}=F(),u=["took","failed"].find(l=>l===r.get("order"))??"begun",c=r.has(
"hide"),[d,f]=x(1),[m,v]=x(!0),[b,h]=x(0),{created_us:g,updated_us:p,state:L}=e.execution,P=(K(L)&&p!==null?p:e.now_us)-g,D=l=>l.finished_us??P,N=M(()=>Math.max(
1,...Re(n.map(D))),[n,P]),S=a===void 0?void 0:n.find(l=>l.id===i&&l.name===a)??n.filter(l=>l.name===a).pop(),X=S?`&without=${_(S.id)}`:"",k=R(o&&`${o}?critical_\
path=true&columns=id${X}`,e.execution.state==="RUNNING"?5e3:0);W(k,L,0);let E=k.data,V=M(()=>E?.critical_path?new Set(E.critical_path.tasks):o?new Set:Ct(n),[n,
E,o]),lt=M(()=>new Map(E?.critical_path?E.rows.map((l,$)=>[l[0],E.critical_path.slack_us[$]]):[]),[E]),Q=M(()=>ee(()=>n.flatMap(l=>[l.created_us,l.started_us??l.
created_us,D(l)]),N),[n,N]),{place:tt,width:st}=M(()=>ne(N,m?Q:[]),[N,m,Q]),bt=M(()=>n.filter(l=>Z(l,s)).length,[n,s]),U=xe(r.get("from"),r.get("until")),wt=q(null),
{now:_t,listeners:ve}=Zt(l=>wt.current?Qt(wt.current,l):0,({from:l,to:$})=>{let[A,ct]=[l,$].map(dt=>se(dt*st,N,{place:tt}));T({from:String(A),until:String(Math.
max(ct,A+1))})}),vt=M(()=>{let l=n.filter($=>(!c||$.state!=="SUCCESS")&&(!U||$.created_us<U.until&&D($)>=U.from));return u==="took"&&l.sort(($,A)=>D(A)-Et(A)-(D(
$)-Et($))),u==="failed"&&l.sort(($,A)=>+(A.state==="ERROR")-+($.state==="ERROR")||$.created_us-A.created_us),l},[n,u,c,U?.from,U?.until]);if(!n.length)return t(
j,{children:t("p",{children:"No task has been made yet."})});let yt=Math.max(0,Math.floor(b/$t)-4),at=(l,$)=>`${(tt($)-tt(l))/st*100}%`,At=(l,$)=>({left:`calc(v\
ar(--name) + (100% - var(--name) - 8px) * ${l})`,width:`calc((100% - var(--name) - 8px) * ${Math.max(0,$-l)})`}),ut=S&&E?.critical_path?.without_us;return t("di\
v",{class:"timeline",children:[t("div",{class:"filters",children:[t("label",{children:["Order ",t("select",{value:u,onChange:l=>T({order:l.currentTarget.value===
"begun"?void 0:l.currentTarget.value}),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",
{value:"failed",children:"failed first"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:c,onChange:l=>T({hide:l.currentTarget.checked?"SUCCESS":
void 0})})," hide SUCCESS"]}),t("span",{class:"nowrap",children:[t("button",{onClick:()=>f(Math.min(64,d*2)),"aria-label":"Stretch the time",children:"+"})," ",
t("button",{onClick:()=>f(Math.max(1,d/2)),"aria-label":"Squeeze the time",children:"\u2212"})]}),Q.length>0&&t("label",{children:[t("input",{type:"checkbox",checked:m,
onChange:l=>v(l.currentTarget.checked)})," fold idle time"]}),t(Te,{range:U}),t("span",{class:"muted",children:[y(N)," in all",V.size>0&&` \xB7 outlined: the criti\
cal path, ${V.size.toLocaleString("en")} ${V.size===1?"task":"tasks"}`,bt>0&&` \xB7 notched: ${bt.toLocaleString("en")} ${bt===1?"task":"tasks"} that had not en\
ded when the run did`]})]}),U&&t("p",{class:"facts",role:"status",children:["Between ",U.from>0?y(U.from):"the beginning"," and ",y(Math.min(U.until,N)),": ",vt.
length.toLocaleString("en")," of ",n.length.toLocaleString("en")," tasks. ",t("button",{class:"small",onClick:()=>T({from:void 0,until:void 0}),children:"Show a\
ll"})]}),S&&ut!==void 0&&t("p",{class:"facts",role:"status",children:["Had ",S.name," taken no time, the run would have taken ",y(ut),N-ut>0?`: ${y(N-ut)} less`:
", as it did",lt.get(S.id)?`; it could have ended ${y(lt.get(S.id))} later without making it longer`:"","."]}),t("div",{class:"window bars-window",tabIndex:0,"a\
ria-label":"Time line",...ve,onScroll:l=>h(l.currentTarget.scrollTop),children:[t("div",{class:"bar-axis","aria-hidden":"true",style:{width:`${d*100}%`},children:[
t("span",{class:"bar-name muted",children:"after"}),t("span",{class:"bar-space",ref:wt,children:ae(m?Q.reduce((l,$)=>l-($.to-$.from),N):N,d).map(l=>t("span",{class:"\
bar-tick",style:{left:at(0,St(l,m?Q:[]))},children:l===0?"0":y(St(l,m?Q:[]))}))})]}),t("div",{class:"bars",style:{height:`${vt.length*$t}px`,width:`${d*100}%`},
children:[m&&Q.map(l=>t("span",{class:"bar-gap",style:{left:`calc(var(--name) + (100% - var(--name)) * ${tt(l.from)/st})`},title:`nothing happened for ${y(l.to-
l.from)}`,children:["\u22EF ",y(l.to-l.from)]})),_t?t("span",{class:"bar-band",style:At(_t.from,_t.to)}):U&&t("span",{class:"bar-band",style:At(tt(Math.min(U.from,
N))/st,tt(Math.min(U.until,N))/st)}),vt.slice(yt,yt+ye+8).map((l,$)=>{let[A,ct]=[Et(l),D(l)],dt=Z(l,s),Dt=`${l.name}, ${l.state}${dt?" when the run ended":""}: \
waited ${y(A-l.created_us)}, ran ${y(ct-A)}${lt.get(l.id)?`, ${y(lt.get(l.id))} to spare`:""}`;return t("button",{class:`bar-row${l.name===a?" chosen":""}`,style:{
top:`${(yt+$)*$t}px`},title:Dt,"aria-label":Dt,onClick:()=>T({task:l.name,run:l.id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${mt(
l.state).colour}`,"aria-hidden":"true",children:mt(l.state).sign})," ",l.name]}),t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:at(
0,l.created_us),width:at(l.created_us,A)}}),t("span",{class:`bar bar-${mt(l.state).colour}${V.has(l.id)?" critical":""}${dt?" bar-left":""}`,style:{left:at(0,A),
width:at(A,ct)}})]})]},l.id)})]})]})]})}function xe(e,n){let s={from:e?Number(e):0,until:n?Number(n):1/0};return(e||n)&&s.from<s.until?s:void 0}function Te({range:e}){
let n=(s,a)=>{let i=e&&Number.isFinite(e[s])?String(e[s]/1e6):"";return t("label",{children:[a," ",t(Ht,{class:"small seconds",inputMode:"decimal",stands:i,take:o=>{
let r=parseFloat(o);T({[s]:r>=0?String(Math.round(r*1e6)):void 0})}})]})};return t("span",{class:"nowrap",title:"Dragging over the time line does the same.",children:[
n("from","from")," ",n("until","to")," s"]})}var Et=e=>e.started_us??e.created_us;function Re(e){let n=[];for(let s=0;s<e.length;s+=1e4)n.push(Math.max(...e.slice(
s,s+1e4)));return n}function Ct(e){let n=new Map(e.map(o=>[o.id,o])),s=o=>o.finished_us??1/0,a;for(let o of e)(!a||s(o)>=s(a))&&(a=o);let i=new Set;for(;a&&!i.has(
a.id);)i.add(a.id),a=a.by?n.get(a.by):void 0;return i}var Se={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},Lt=12,rt=(e,n,s)=>`${e.toLocaleString("en")} ${e===1?n:s}`;function $e({of:e}){let n=e.executions.
filter(a=>a.from!==null),s=e.executions.length-n.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(w,{children:[
!!n.length&&t("p",{children:[n.slice(0,3).map(a=>t(w,{children:[a.workflow_name," ",t(I,{state:a.from})," \u2192 ",t(I,{state:a.to}),"; "]})),n.length>3&&rt(n.length-
3,"other execution changes; ","other executions change; "),!!s&&rt(s,"sub-workflow is started; ","sub-workflows are started; "),e.actions?rt(e.actions,"action i\
s started","actions are started"):"no action is started",!!e.dropped_actions&&`, ${rt(e.dropped_actions,"running one is given up","running ones are given up")}`,
"."]}),t("ul",{class:"plain",children:e.would.slice(0,Lt).map(a=>t("li",{children:[a.task_id?t("a",{href:O(`/executions/${_(a.workflow_execution_id)}?view=tasks\
&task=${_(a.task_name)}`),children:a.task_name}):a.task_name," ",Se[a.change],": ",a.from&&t(w,{children:[t(I,{state:a.from})," \u2192 "]}),t(I,{state:a.to})]}))}),
(e.would.length>Lt||e.truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":rt(e.would.length-Lt,"other task","other tasks"),"."]})]})}function ht({
path:e,json:n}){let s=R(`${e}/preview`,0,!1,n),{data:a,error:i}=s;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"polite",children:[
!a&&!i&&t("p",{class:"muted",children:"Looking ahead\u2026"}),i&&t("p",{class:"muted",children:["What would follow cannot be told: ",i.message]}),a&&!a.allowed&&
t("p",{class:"state-error",children:["\u2716 It would be refused: ",a.message]}),a?.allowed&&t(w,{children:[t("h3",{children:"What would follow at once"}),t($e,
{of:a})]})]})}var Nt=34,Ee=16,Mt=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function ie({rows:e,truncated:n,only:s,outcome:a,again:i}){let{query:o}=F(),[r,u]=x(0),c=o.
get("q")??"",d=["took","name","state"].find(k=>k===o.get("order"))??"begun",f=o.get("state")??"",m=o.get("task")??void 0,v=o.get("run")??void 0,b=M(()=>{let k=e.
filter(E=>(!c||E.name.includes(c))&&(!f||E.state===f));return d==="took"&&k.sort((E,V)=>Mt(V)-Mt(E)||E.created_us-V.created_us),d==="name"&&k.sort((E,V)=>E.name.
localeCompare(V.name)),d==="state"&&k.sort((E,V)=>E.state.localeCompare(V.state)),k},[e,c,f,d]),h=e.filter(k=>k.name===m),g=q(null),p=q(void 0),L=g.current?.contains(
document.activeElement)?p.current:void 0,P=h.find(k=>k.id===v)??h.find(k=>k.id===L)??h[h.length-1];p.current=P?.id;let D=P&&t(Ce,{panel:g,row:P,outcome:a,runs:h,
again:i},P.id);if(s!==void 0)return D??t("p",{class:"muted",children:[s," has not run."]});let N=[...new Set(e.map(k=>k.state))],S=Math.max(0,Math.floor(r/Nt)-4),
X=b.slice(S,S+Ee+8);return t(w,{children:[t("div",{class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:c,onInput:k=>T(
{q:k.currentTarget.value},!0)})]}),t("label",{children:["State ",t("select",{value:f,onChange:k=>T({state:k.currentTarget.value}),children:[t("option",{value:"",
children:"all"}),N.map(k=>t("option",{children:k}))]})]}),t("label",{children:["Order ",t("select",{value:d,onChange:k=>T({order:k.currentTarget.value==="begun"?
void 0:k.currentTarget.value}),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"\
name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[b.length.toLocaleString("en")," of ",e.length.toLocaleString(
"en"),n?"; the run has more, which are left out":""]})]}),b.length===0&&t(j,{children:t("p",{children:e.length?"No task matches.":"No task has been made yet."})}),
b.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:k=>u(k.currentTarget.scrollTop),children:t("table",{"aria-rowcount":b.length,children:[
t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"Began"}),t("th",{children:"Took"}),t("th",{children:"\
Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${S*Nt}px`}}),X.map((k,E)=>t("tr",{class:k.name===m?"chosen":void 0,"aria-rowi\
ndex":S+E+1,children:[t("td",{children:t(I,{state:k.state})}),t("td",{children:t("button",{class:"link",onClick:()=>T({task:k.name,run:k.id}),children:k.name})}),
t("td",{children:y(k.started_us??k.created_us).replace(/^\d/,"+$&")}),t("td",{children:k.finished_us!==null?y(Mt(k)):Z(k,a)?t("span",{class:"muted",title:It,children:"\
left open"}):"\u2013"}),t("td",{children:[k.attempts,k.items!==null&&` \xB7 ${Pt(k)}`,k.child&&t(w,{children:[" \xB7 ",t("a",{href:O(`/executions/${_(k.child)}`),
children:"sub-workflow"})]})]})]},k.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,b.length-S-X.length)*Nt}px`}})]})]})}),D]})}function Ce({panel:e,
row:n,outcome:s,runs:a,again:i}){let[o,r]=x(),u=`/v2/tasks/${_(n.id)}`,c=it(`${u}?fields=id,name,state,state_info,result,published,type,created_at`,n.finished_us===
null&&!Z(n,s)?3e3:0),d=`${n.state} ${n.finished_us} ${n.attempts} ${n.items_done}`;W(c,d,Ot);let[f,m]=x(!1),v=et.use()!==void 0,b=o==="RUNNING"?{state:"RUNNING",
reset:!f}:{state:"SKIPPED"},h=async()=>{await H(u,{method:"PUT",json:b}),i(),c.again()};return t("section",{class:"panel",ref:e,"aria-label":`Task ${n.name}`,children:[
t("div",{class:"title",children:[t("h2",{children:n.name})," ",t(I,{state:n.state}),n.state==="ERROR"&&t(Y,{rule:"tasks:update",children:[t("button",{"aria-keys\
hortcuts":"R",onClick:()=>r("RUNNING"),children:"Run it again\u2026"}),t("button",{"aria-keyshortcuts":"S",onClick:()=>r("SKIPPED"),children:"Skip it\u2026"})]}),
!v&&t("button",{onClick:()=>T({view:"bench",task:n.name,run:n.id}),children:"What it saw"}),t("button",{onClick:()=>T({task:void 0,run:void 0}),children:"Close"})]}),
Z(n,s)&&t("p",{class:"facts",children:It}),a.length>1&&t("p",{class:"facts",children:["Runs: ",a.slice(-20).map((g,p)=>t(w,{children:[t("button",{class:"small",
"aria-pressed":g.id===n.id,onClick:()=>T({run:g.id}),children:[p+1+Math.max(0,a.length-20)," ",t(I,{state:g.state})]})," "]}))]}),t(C,{of:c,children:g=>t(w,{children:[
g.state_info&&t(B,{children:g.state_info}),t("div",{class:"columns",children:[t(z,{title:"Result",value:g.result}),t(z,{title:"Published",value:g.published})]}),
g.type==="WORKFLOW"?t(Ne,{path:u,news:d}):t(Le,{path:u,news:d})]})}),o&&t(nt,{title:o==="RUNNING"?`Run ${n.name} again?`:`Skip ${n.name}?`,label:o==="RUNNING"?"\
Run it again":"Skip it",act:h,close:()=>r(void 0),children:[t("p",{children:o==="SKIPPED"?"The run goes on with what follows when it is skipped.":f?"The run goe\
s on from here; items that succeeded keep their results.":"The run goes on from here, with all items of the task."}),o==="RUNNING"&&n.items!==null&&t("p",{children:t(
"label",{children:[t("input",{type:"checkbox",checked:f,onChange:g=>m(g.currentTarget.checked)})," only the items that failed"]})}),t(ht,{path:u,json:b})]})]})}
var gt=50,Ot=1e3;function Le({path:e,news:n}){let s=it(`${e}/action_executions?limit=${gt}&include_output=true`);return W(s,n,Ot),t(C,{of:s,children:a=>t(w,{children:[
t("h3",{children:"Actions"}),a.action_executions.map(i=>t("details",{class:"call",children:[t("summary",{children:[t(I,{state:i.state})," ",i.name," ",t(J,{time:G(
i.created_at)})," ",t("code",{children:i.id})]}),i.state_info&&t(B,{children:i.state_info}),t("div",{class:"columns",children:[t(z,{title:"Input",value:i.input}),
t(z,{title:"Output",value:i.output})]})]},i.id)),a.next&&t("p",{class:"muted",children:["Only the first ",gt," are shown."]}),!a.action_executions.length&&t("p",
{class:"muted",children:"No action has been called."})]})})}function Ne({path:e,news:n}){let s=R(`${e}/workflow_executions?limit=${gt}`);return W(s,n,Ot),t(C,{of:s,
children:a=>t(w,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:a.executions.map(i=>t("li",{children:[t(I,{state:i.state})," ",t("a",{href:O(`/ex\
ecutions/${_(i.id)}`),children:i.workflow_name})," ",t("code",{children:i.id})]},i.id))}),a.next&&t("p",{class:"muted",children:["Only the first ",gt," are show\
n."]})]})})}function re({rows:e}){let{query:n}=F(),[s,a]=x("<% $ %>"),[i,o]=x(),[r,u]=x(),c=q(void 0),d=e.find(p=>p.id===n.get("run"))??e.find(p=>p.name===n.get("task"))??e.
find(p=>p.id===c.current)??e[e.length-1];c.current=d?.id;let f=e.slice(-500);d&&!f.includes(d)&&f.unshift(d);let m=R(d&&`/v2/tasks/${_(d.id)}/context`),v=R("/v2\
/expressions/functions");if(!d)return t(j,{children:t("p",{children:"No task has been made yet, so there are no data to try expressions on."})});let b=async p=>{
p.preventDefault(),u(void 0);try{o(await H("/v2/expressions",{method:"POST",json:{expression:s,task_execution_id:d.id}}))}catch(L){u(L)}},h=/([A-Za-z_]\w*)\W*$/.
exec(s.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),g=h?v.data?.functions.filter(p=>p.name.toLowerCase().startsWith(h)).slice(0,8)??[]:[];return t("div",{class:"\
columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:b,onKeyDown:p=>{p.key==="Enter"&&(p.metaKey||p.ctrlKey)&&b(p)},children:[t("label",{class:"\
block",children:["What the task saw ",t("select",{value:d.id,onChange:p=>{let L=e.find(P=>P.id===p.currentTarget.value);T({run:L?.id,task:L?.name},!0)},children:f.
map(p=>t("option",{value:p.id,children:[p.name," (",p.state,")"]}))})]}),t("label",{class:"block",children:["Expression, YAQL or Jinja2",t("textarea",{class:"co\
de",rows:3,spellcheck:!1,value:s,onInput:p=>a(p.currentTarget.value)})]}),t("div",{class:"buttons",children:t("button",{class:"primary",children:"Evaluate (Ctrl\
 Enter)"})})]}),r&&t(qt,{error:r}),i?.error!==void 0&&t(B,{look:"error",isNews:!0,children:i.error}),i&&i.error===void 0&&t("div",{role:"status",children:[t("p",
{class:"muted",children:["after ",y(i.took_us),i.steps!==void 0&&`, ${ft(i.steps)} ${i.steps===1?"step":"steps"}`]}),t(Rt,{value:i.result})]}),g.length>0&&t("dl",
{class:"functions",children:g.map(p=>t(w,{children:[t("dt",{children:t("code",{children:p.signature})}),t("dd",{class:"muted",children:p.text})]}))})]}),t("sect\
ion",{class:"data",children:[t("h3",{children:"$"}),t(C,{of:m,children:p=>t(Rt,{value:p.context})})]})]})}var Me=5e3;function le({base:e,state:n,workflow:s}){let a=R(`${e}/errors`,K(n)?0:Me);return W(a,n,0),t(C,{of:a,children:i=>i.groups.length?t(w,{children:[i.groups.
map(o=>t("section",{class:"panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",ft(o.count)," ",o.count===1?"time":"times"]}),"\
 ",t(J,{time:o.first_us/1e3}),Math.floor(o.last_us/1e6)>Math.floor(o.first_us/1e6)&&t(w,{children:[" to ",t(J,{time:o.last_us/1e3})]})," ",t(pt,{text:o.message})]}),
t(B,{look:"error",children:o.message}),t("p",{children:o.path.map((r,u)=>t(w,{children:[u>0&&" \u25B8 ",t("a",{href:O(`/executions/${_(r.execution_id)}?view=tas\
ks&task=${_(r.task_name)}&run=${r.task_id}`),children:[r.workflow_name," \xB7 ",r.task_name]})]}))}),t("p",{children:t("a",{href:O(`/executions${Gt({state:"ERRO\
R",workflow_name:s,state_info:`has:${o.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),i.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(j,{children:t(
"p",{children:n==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function ue(e,n){return e.filter(s=>s.created_us<=n).map(s=>{if(s.finished_us!==null&&s.finished_us<=n)return s;let a=s.started_us!==null&&s.started_us<=n;return{
...s,finished_us:null,state:a?"RUNNING":s.started_us===null?s.state:"WAITING"}})}var Oe=[1,10,100,1e3];function ce({rows:e,end:n,isOpen:s}){let{query:a}=F(),i=a.
get("at"),o=i===null?void 0:Number(i),[r,u]=x(0),c=h=>{let g;for(let p of e)for(let L of[p.created_us,p.started_us,p.finished_us])L!==null&&h(L)<(g===void 0?1/0:
h(g))&&(g=L);return g},d=M(()=>Math.max(c(h=>-h)??0,s?n:0,1),[e,s,n]),f=o===void 0||o>=d&&!s?void 0:o,m=h=>T({at:h===void 0?void 0:String(Math.round(h))},!0),v=h=>{
let g=f??d;m(h?c(p=>p<g?g-p:1/0)??0:c(p=>p>g?p-g:1/0))};if(ot(()=>{if(!r)return;let h=f??0,g=setInterval(()=>{if(h+=5e4*r,h>=d)return u(0),m(void 0);m(h)},50);return()=>clearInterval(
g)},[r]),!e.length)return null;let b=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at\
 a moment",children:[t("button",{class:"small",onClick:()=>v(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:d,step:1,value:f??
d,"aria-label":"Moment","aria-valuetext":f===void 0?"now":y(f),onInput:h=>{let g=Number(h.currentTarget.value);m(g>=d?void 0:g)},onKeyDown:h=>{(h.key==="ArrowLe\
ft"||h.key==="ArrowRight")&&(v(h.key==="ArrowLeft"),h.preventDefault())}}),t("button",{class:"small",onClick:()=>v(!1),"aria-label":"Event after",children:"\u25B6"}),
!b&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(r),onChange:h=>u(Number(h.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),Oe.map(h=>t("option",{value:String(h),children:["\xD7 ",h]}))]})]}),t("span",{class:"muted",children:f===void 0?s?"now":"at i\
ts end":t(w,{children:[t("strong",{children:["at ",y(f)]})," of ",y(d)," ",t("button",{class:"small",onClick:()=>m(void 0),children:["back to ",s?"now":"the end"]})]})}),
f!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var kt=100;function de({id:e}){return t(me,{id:e,depth:0})}function me({id:e,depth:n}){let s=R(`/v2/executions/${_(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(C,{of:s,children:a=>{let i=a.tasks.filter(o=>o.type==="WORKFLOW");return i.length?t("ul",{class:"tree",children:[i.slice(0,kt).map(o=>t(Ie,{task:o,
depth:n},o.id)),(i.length>kt||a.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):n?t("p",{class:"muted",children:"nothing below"}):
t(j,{children:t("p",{children:"This run has started no other workflows."})})}})}function Ie({task:e,depth:n}){let[s,a]=x(n===0),i=R(s?`/v2/tasks/${_(e.id)}/work\
flow_executions?limit=${kt}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":s,onClick:()=>a(!s),children:[s?"\u25BE":"\u25B8",
" ",t(I,{state:e.state})," ",e.name]}),s&&t(C,{of:i,children:o=>t("ul",{class:"tree",children:[o.executions.map(r=>t(Pe,{child:r,depth:n},r.id)),o.next&&t("li",
{class:"muted",children:["Only the first ",kt," are shown."]})]})})]})}function Pe({child:e,depth:n}){let[s,a]=x(!1),[i,o]=[G(e.created_at),G(e.updated_at)];return t(
"li",{children:[t("button",{class:"json-fold","aria-expanded":s,"aria-label":`Open ${e.id}`,onClick:()=>a(!s),children:s?"\u25BE":"\u25B8"})," ",t(I,{state:e.state}),
" ",t("a",{href:O(`/executions/${_(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:[i!==void 0&&o!==void 0?o-i<1e3?"< 1 s":y((o-i)*1e3):
""," ",t("code",{children:e.id})]}),s&&t(me,{id:e.id,depth:n+1})]})}var fe=10,Ae=2e3;function pe(e){let n=new Map;for(let s of e){let a=`${s.kind} ${s.message} ${s.task_name} ${s.fire_at??""} ${s.kind==="action_waiting_for_compl\
etion"?s.action_execution_id:""}`,i=n.get(a);i?i[1]+=1:n.set(a,[s,1])}return[...n.values()]}function he({base:e,isAsked:n,isOpen:s,isLive:a,news:i,select:o}){let r=R(
n?`${e}/why`:void 0,s?a?5e3:3e3:0),u=s?"Why it has not finished":"Why it failed";W(r,i,Ae);let[c,d]=x();return t(w,{children:[n&&t(C,{of:r,children:f=>t(De,{of:f,
title:u,isOpen:s,select:o,complete:d})}),c&&t(Ue,{reason:c,close:()=>d(void 0),again:r.again})]})}function De({of:e,title:n,isOpen:s,select:a,complete:i}){return t(
"section",{class:`why${s?"":" failed"}`,"aria-label":n,tabIndex:-1,"aria-keyshortcuts":"w",children:[t("h2",{children:n}),!(e.reasons[0]&&e.summary.includes(e.reasons[0].
message))&&t("p",{children:e.summary}),t("ul",{children:pe(e.reasons).slice(0,fe).map(([o,r])=>t("li",{children:[r>1&&t("strong",{children:[r," \xD7 "]}),o.message,
o.fire_at&&t(w,{children:[" (",t(Vt,{time:G(o.fire_at)}),")"]})," ",o.task_name&&t("button",{class:"small",onClick:()=>a(o.task_name),children:["Look at ",o.task_name]}),
" ",o.kind==="action_waiting_for_completion"&&o.action_execution_id&&t(Y,{rule:"action_executions:update",children:t("button",{class:"small",onClick:()=>i(o),children:"\
Complete\u2026"})}),o.execution_id&&t("a",{class:"button small",href:O(`/executions/${_(o.execution_id)}`),children:["Open ",o.workflow_name??"it"]}),o.kind==="\
action_queued"&&t("a",{class:"button small",href:O("/cluster"),children:"Look at the executors"})]},`${o.kind} ${o.action_execution_id} ${o.task_name}`))}),(pe(
e.reasons).length>fe||e.truncated)&&t("p",{class:"muted",children:"There are more reasons."})]})}function Ue({reason:e,close:n,again:s}){let[a,i]=x("SUCCESS"),[
o,r]=x("{}"),u=async()=>{let c=JSON.parse(o);if(c===null||typeof c!="object"||Array.isArray(c))throw new Error('The result has to be a JSON object: {"name": \u2026}.');
let d={state:a,output:c};await H(`/v2/action_executions/${_(e.action_execution_id)}`,{method:"PUT",json:d}),s()};return t(nt,{title:`Complete the action of ${e.
task_name}`,label:"Complete",act:u,close:n,children:[t("label",{children:["State ",t("select",{value:a,onChange:c=>i(c.currentTarget.value),children:[t("option",
{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",t("textarea",{class:"code",rows:5,value:o,
onInput:c=>r(c.currentTarget.value)})]})]})}var Fe="?fields=id,workflow_name,state,state_info,description,created_at,updated_at,tags,workflow_id,workflow_namespace,root_execution_id,task_execution_id",Ge=[
["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],we=["graph","time","tasks"],
We=1e3,Ve=2e4,qe=2e3,Ke=5e6,ge=new WeakMap;function _e(e,n,s){let a=c=>e.columns.indexOf(c),i=e.columns.map(c=>n.columns.indexOf(c)),o=[...e.rows],r=a("id"),u=ge.
get(e.rows)??new Map(o.map((c,d)=>[c[r],d]));for(let c of n.rows){let d=u.get(c[i[r]]),f=d===void 0?void 0:o[d],m=e.columns.map((v,b)=>{let h=c[i[b]]??null;return h===
null&&(v==="child"||v==="items_done")?f?.[b]??null:v.endsWith("_us")&&typeof h=="number"?h-s:h});d===void 0?u.set(m[r],o.push(m)-1):o[d]=m}return ge.set(o,u),{...e,
rows:o}}function He(e,n){let s=R(e),a=q(s);a.current=s;let i=M(()=>te(async()=>{let{data:c,again:d,patch:f}=a.current;if(!(!e||!c))try{let m=await H(`${e}?since\
=${c.cursor-Ke}`);m.truncated?d():f(v=>({..._e(v,m,0),execution:m.execution,now_us:m.now_us,cursor:Math.max(v.cursor,m.cursor)}))}catch{}}),[e]),[o,r]=[et.use()!==
void 0,Ft.use()],u=q(r);return ot(()=>{if(u.current&&!r&&i(),u.current=r,!e||o||r)return;let c=setInterval(()=>document.hidden||i(),n);return()=>clearInterval(c)},
[e,n,o,r]),{timeline:s,catchUp:i}}function zs({id:e}){let n=`/v2/executions/${_(e)}`,{query:s}=F(),a=s.get("view")??"graph",i=et.use()!==void 0,[o,r]=x(!1),u=we.
includes(a),c=Kt(i?void 0:`execution:${e}`,p=>{p.event==="gap"?(f.again(),v()):p.event==="execution"?f.again():p.event==="tasks"&&m.patch(L=>_e(L,p.data,L.execution.
created_us))}),d=c||o?Ve:qe,f=R(n+Fe,d),{timeline:m,catchUp:v}=He(u||a==="bench"?`${n}/timeline`:void 0,d),b=R(a==="graph"?`${n}/graph`:void 0),h=f.data?.state,
g=h!==void 0&&K(h);return g!==o&&r(g),t(w,{children:[f.error&&!f.data&&t("div",{class:"title",children:[t("h1",{children:"Execution"}),t("code",{children:e})]}),
t(C,{of:f,children:p=>t(Be,{execution:p,base:n,again:()=>{f.again(),v()},isLive:c,timeline:m,graph:b})})]})}function Be({execution:e,base:n,again:s,isLive:a,timeline:i,
graph:o}){let{query:r}=F(),u=r.get("view")??"graph",c=r.get("task")??void 0,d=r.get("at"),f=!K(e.state),m=et.use()!==void 0,v=we.includes(u),b=M(()=>i.data?Ye(i.
data):[],[i.data]),h=d===null?void 0:Number(d),g=M(()=>h===void 0?b:ue(b,h),[b,h]),p=h===void 0?e.state:void 0,L=e.root_execution_id,P=Wt(e.description),D=i.data?.
execution,N=D?.updated_us?D.updated_us-D.created_us:void 0;return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(I,{state:e.
state}),t("code",{children:e.id})," ",t(pt,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(J,{time:G(e.created_at)}),f?"":t(w,{children:[
" \xB7 ended ",t(J,{time:G(e.updated_at)})," \xB7 took ",N!==void 0?y(N):je(e)]}),t(ze,{workflow:e.workflow_name,took:N}),P.cron?t(w,{children:[" \xB7 by ",t("a",
{href:O(`/triggers?name=${_(P.cron)}`),children:"a cron trigger"})]}):P.words&&t(w,{children:[" \xB7 ",P.words]}),L&&t(w,{children:[" \xB7 part of ",t("a",{"ari\
a-keyshortcuts":"p",href:O(`/executions/${_(L)}`),children:"the run that started it"})]})," \xB7 ",t(ke,{name:"input",letter:"i"})," \xB7 ",t(ke,{name:"output",
letter:"o"})," \xB7 ",t("a",{href:O(`/workflows/${_(e.workflow_id)}`),children:"definition"}),t(Je,{workflow:e.workflow_id,hash:o.data?.spec_hash})," \xB7 ",t("\
a",{href:O(`/executions?workflow_name=${_(e.workflow_name)}`),children:"other runs"})]}),!m&&t(en,{execution:e,base:n,again:s}),t(he,{isAsked:f||e.state==="ERRO\
R",isOpen:f,isLive:a,news:f&&b.length<=We?i.data?.rows:e.state,base:n,select:S=>T({task:S})}),e.state_info&&(e.state==="ERROR"?t("details",{children:[t("summary",
{children:"The message in full"}),t(B,{look:"error",children:e.state_info})]}):t(B,{look:"idle",children:e.state_info})),t("div",{class:"tabs",role:"tablist",children:Ge.
map(([S,X],k)=>t("button",{role:"tab","aria-keyshortcuts":String(k+1),"aria-selected":u===S,onClick:()=>T({view:S,part:void 0}),children:X}))}),v&&t(ce,{rows:b,
end:i.data?Math.max(i.data.now_us-i.data.execution.created_us,0):0,isOpen:f}),u==="data"&&t(tn,{execution:e}),u==="errors"&&t(le,{base:n,state:e.state,workflow:e.
workflow_name}),u==="tree"&&t(de,{id:e.id}),u==="bench"&&t(re,{rows:b}),u==="graph"&&t(Ze,{graph:o,rows:g,outcome:p,isReady:i.data!==void 0||i.error!==void 0,task:c}),
u==="time"&&t(C,{of:i,children:S=>t(oe,{timeline:S,rows:g,outcome:p,task:c,run:r.get("run")??void 0,path:m?void 0:`${n}/timeline`})}),(u==="tasks"||c&&v)&&t(C,{
of:i,children:S=>t(ie,{rows:g,outcome:p,truncated:S.truncated,only:u==="tasks"?void 0:c,again:s})})]})}function je({created_at:e,updated_at:n}){let s=(G(n)??0)-
(G(e)??0);return s<1e3?"< 1 s":y(s*1e3)}var ke=({name:e,letter:n})=>t("button",{class:"link","aria-keyshortcuts":n,onClick:()=>T({view:"data",part:e}),children:e});
function ze({workflow:e,took:n}){let s=R(jt(),zt),a=M(()=>Bt(s.data?.buckets??[]).get(e),[s.data,e]);return a?t(w,{children:[" (usually ",t(Jt,{of:a,took:n??0}),
")"]}):null}function Je({workflow:e,hash:n}){let a=R(n&&`/v2/workflows/${_(e)}/versions`).data?.versions??[],i=a.find(r=>r.spec_hash===n);if(!i)return null;let o=a[0];
return t(w,{children:[", version ",i.version,o.spec_hash!==n&&t("strong",{class:"state-paused",children:[" (now ",o.version,")"]})]})}var be=new WeakMap;function Ye(e){
return e.rows.map(n=>{let s=be.get(n);return s||be.set(n,s=Object.fromEntries(e.columns.map((a,i)=>[a,n[i]]))),s})}function Ze({graph:e,rows:n,outcome:s,isReady:a,
task:i}){let{query:o}=F(),r=o.has("critical"),u=f=>T({critical:f?"1":void 0}),c=M(()=>{if(!r)return;let f=Ct(n);return new Set(n.filter(m=>f.has(m.id)).map(m=>m.
name))},[n,r]),d=M(()=>{let f=new Map;for(let m of n){let v=f.get(m.name),b=Xe(m,s);f.set(m.name,v?{...b,runs:v.runs+1}:b)}return f},[n,s]);return t(C,{of:e,children:f=>t(
"div",{onKeyDown:m=>{m.key==="c"&&m.target.tagName==="CANVAS"&&!m.ctrlKey&&!m.metaKey&&!m.altKey&&u(!r)},children:t(Yt,{tools:n.length>1&&t("label",{children:[t(
"input",{type:"checkbox",checked:r,onChange:m=>u(m.currentTarget.checked)})," critical path"]}),graph:f,states:d,isReady:a,critical:c,dims:o.has("hide"),dim:m=>T(
{hide:m?"SUCCESS":void 0}),selected:i,onSelect:m=>T({task:m})})})})}var Qe=[new WeakMap,new WeakMap];function Xe(e,n){let s=Z(e,n),a=Qe[Number(s)],i=a.get(e);if(!i){
let o=e.finished_us!==null?y(e.finished_us-(e.started_us??e.created_us)):s?`left ${e.state.toLowerCase()}`:e.state.toLowerCase(),r=e.items!==null?` \xB7 ${Pt(e)}`:
"",u=`${o}${e.attempts>1?` \xB7 attempt ${e.attempts}`:""}${r}`;a.set(e,i={state:e.state,runs:1,note:u,part:e.items&&e.items_done!==null?e.items_done/e.items:void 0})}
return i}var It="It was open when the run ended: nothing follows from it any more, whatever its action may still answer.",Z=(e,n)=>e.finished_us===null&&n!==void 0&&
K(n)&&!K(e.state),Pt=e=>e.items_done===null||e.items_done===e.items?`${e.items} ${e.items===1?"item":"items"}`:`${e.items_done} of ${e.items} items`;function tn({
execution:e}){let n=it(`/v2/executions/${_(e.id)}?fields=id,input,output,params`),{state:s}=e,a=F().query.get("part"),i=q(null),o=n.data!==void 0;return ot(()=>{
let r=a&&i.current?.querySelector(`:scope > [data-part="${CSS.escape(a)}"]`);r&&(r.scrollIntoView({block:"nearest"}),r.focus({preventScroll:!0}))},[a,o]),W(n,s,
0),t(C,{of:n,children:r=>t("div",{class:"columns",ref:i,children:[t(z,{title:"Input",value:r.input,part:"input"}),t(z,{title:"Output",value:r.output,part:"outpu\
t"}),t(z,{title:"Parameters",value:r.params})]})})}function en({execution:e,base:n,again:s}){let[a,i]=x(),[o,r]=x(!1),{state:u}=e,c=R(o?`${n}?fields=id,input`:void 0),
d=async g=>{g.state?await H(n,{method:"PUT",json:{state:g.state}}):(await H(`${n}${K(u)?"":"?force=true"}`,{method:"DELETE"}),xt("/executions")),s()},f={title:"\
Pause this run?",text:"Actions that are running go on to their end; nothing new begins.",label:"Pause",state:"PAUSED"},m={title:"Resume this run?",text:"It goes\
 on where it was stopped; failed tasks run again.",label:"Resume",state:"RUNNING"},v={title:"Cancel this run?",text:"It ends as CANCELLED, with everything that \
it has started.",label:"Cancel the run",state:"CANCELLED"},b={title:"Delete this run?",text:"It and everything below it are gone for good.",label:"Delete"},h=[u===
"RUNNING"&&f,["PAUSED","ERROR"].includes(u)&&m,!K(u)&&v].filter(Boolean);return t("div",{class:"buttons",role:"group","aria-label":"What to do with this run","a\
ria-keyshortcuts":".",children:[t(Y,{rule:"executions:update",children:h.map(g=>t("button",{onClick:()=>i(g),children:[g.label,"\u2026"]}))}),t(Y,{rule:"executi\
ons:create",children:t("button",{"aria-keyshortcuts":"r",onClick:()=>r(!0),children:"Run again\u2026"})}),t(nn,{execution:e}),t(sn,{base:n,id:e.id}),t(Y,{rule:"\
executions:delete",children:t("button",{onClick:()=>i(b),children:"Delete\u2026"})}),a&&t(nt,{title:a.title,label:a.label,act:()=>d(a),close:()=>i(void 0),children:[
t("p",{children:a.text}),a.state&&t(ht,{path:n,json:{state:a.state}})]}),o&&c.error&&t(C,{of:c,children:()=>null}),o&&c.data&&t(Xt,{workflow:e.workflow_id,name:e.
workflow_name,input:c.data.input,close:()=>r(!1)})]})}function nn({execution:e}){let[n,s]=x(!1),a=_(e.workflow_name),i=R(n?`/v2/executions?workflow_name=${a}&li\
mit=12&sort_keys=created_at&sort_dirs=desc&fields=id,state,created_at,workflow_name`:void 0),o=(i.data?.executions??[]).filter(u=>u.id!==e.id),r=o.find(u=>u.state===
"SUCCESS");return t("select",{"aria-label":"Compare with",value:"",onFocus:()=>s(!0),onPointerDown:()=>s(!0),onChange:u=>xt(`/compare?a=${_(u.currentTarget.value)}\
&b=${_(e.id)}`),children:[t("option",{value:"",children:"Compare with\u2026"}),r&&t("option",{value:r.id,children:"the last success"}),o.map(u=>t("option",{value:u.
id,children:[u.state," ",u.created_at]})),n&&i.data&&!o.length&&t("option",{disabled:!0,children:"no other run of this workflow"})]})}function sn({base:e,id:n}){
let[s,a]=x(!1);return t("button",{disabled:s,onClick:async()=>{a(!0);try{let o=await fetch(`${Ut}${e}/snapshot`,{headers:Tt.get()?{"X-Auth-Token":Tt.get()}:{}});
if(!o.ok)throw new Error((await o.json()).faultstring);let r=document.createElement("a");r.href=URL.createObjectURL(await o.blob()),r.download=`execution-${n}.n\
djson`,r.click(),setTimeout(()=>URL.revokeObjectURL(r.href),1e4)}catch(o){alert(String(o))}a(!1)},children:s?"Saving\u2026":"Save as file"})}export{zs as a,Ye as b,It as c,Z as d,Pt as e};
