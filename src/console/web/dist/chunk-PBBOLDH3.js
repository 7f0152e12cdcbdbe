import{c as te}from"./chunk-XIVG2FON.js";import{a as Rt,b as Y}from"./chunk-Q2Y7BVYO.js";import{a as Qt,b as Xt}from"./chunk-IPG27FBY.js";import{
a as Zt}from"./chunk-C6IB2MYH.js";import{e as Ht,f as Bt,g as jt,h as zt,i as Jt,k as Yt}from"./chunk-CDLSKBXZ.js";import{$ as t,B as Gt,E as nt,G as Wt,
H as _,K as Tt,Q as j,R as V,T as v,U as mt,W as B,X as ft,Z as Vt,a as w,aa as I,ba as Z,ca as qt,d as T,da as Kt,e as it,ea as L,fa as z,g as H,h as N,ha as J,
ja as st,k as Ft,ka as pt,la as R,ma as q,n as U,na as rt,p as P,q as xt,qa as Q,r as x}from"./chunk-5UX6W7MZ.js";function ee(e,n=()=>performance.now(),s=(a,o)=>setTimeout(a,o)){let a=!1,o=!1,i=async()=>{a=!0,o=!1;let r=n();await e(),s(()=>{a=!1,o&&i()},Math.max(250,(n()-r)*
5))};return()=>{a?o=!0:i()}}function ne(e,n){if(n<=3e7)return[];let s=Float64Array.from([0,...e().filter(o=>o>=0&&o<=n),n]).sort(),a=[];for(let o=1;o<s.length;o++){let[i,r]=[s[o-1],s[o]];r-
i>3e7&&r-i>n*.2&&a.push({from:i,to:r})}return a}function se(e,n){let s=n.reduce((i,r)=>i+r.to-r.from,0),a=Math.max(1,(e-s)*.06),o=i=>{let r=0;for(let u of n){if(i<=
u.from)break;let d=u.to-u.from,m=Math.min(i,u.to)-u.from;r+=m*(1-Math.min(1,a/d))}return i-r};return{place:o,width:Math.max(1,o(e))}}function ae(e,n,{place:s}){
let[a,o]=[0,n];for(;o-a>1;){let i=(a+o)/2;s(i)<e?a=i:o=i}return Math.round(s(a)>=e?a:o)}function oe(e,n){let s=e/(5*n),a=10**Math.floor(Math.log10(Math.max(1,s))),
o=a*([1,2,5].find(i=>a*i>=s)??10);return Array.from({length:Math.min(400,Math.floor(e*.96/o)+1)},(i,r)=>r*o)}function St(e,n){let s=e;for(let a of n)s>a.from&&(s+=
a.to-a.from);return s}var $t=26,Re=22;function ie({timeline:e,rows:n,outcome:s,task:a,run:o,path:i}){let{query:r}=U(),u=["took","failed"].find(l=>l===r.get("order"))??"begun",d=r.has(
"hide"),[m,h]=T(1),[f,y]=T(!0),[b,g]=T(0),{created_us:k,updated_us:p,state:E}=e.execution,F=(B(E)&&p!==null?p:e.now_us)-k,G=l=>l.finished_us??F,S=N(()=>Math.max(
1,...Ee(n.map(G))),[n,F]),M=a===void 0?void 0:n.find(l=>l.id===o&&l.name===a)??n.filter(l=>l.name===a).pop(),at=M?`&without=${_(M.id)}`:"",K=R(i&&`${i}?critical\
_path=true&columns=id${at}`,e.execution.state==="RUNNING"?5e3:0);q(K,E,0);let W=K.data,tt=N(()=>W?.critical_path?new Set(W.critical_path.tasks):i?new Set:Ct(n),
[n,W,i]),c=N(()=>new Map(W?.critical_path?W.rows.map((l,$)=>[l[0],W.critical_path.slack_us[$]]):[]),[W]),C=N(()=>ne(()=>n.flatMap(l=>[l.created_us,l.started_us??
l.created_us,G(l)]),S),[n,S]),{place:O,width:et}=N(()=>se(S,f?C:[]),[S,f,C]),bt=N(()=>n.filter(l=>X(l,s)).length,[n,s]),D=Se(r.get("from"),r.get("until")),wt=H(
null),{now:_t,listeners:Te}=Qt(l=>wt.current?Xt(wt.current,l):0,({from:l,to:$})=>{let[A,ct]=[l,$].map(dt=>ae(dt*et,S,{place:O}));x({from:String(A),until:String(
Math.max(ct,A+1))})}),vt=N(()=>{let l=n.filter($=>(!d||$.state!=="SUCCESS")&&(!D||$.created_us<D.until&&G($)>=D.from));return u==="took"&&l.sort(($,A)=>G(A)-Et(
A)-(G($)-Et($))),u==="failed"&&l.sort(($,A)=>+(A.state==="ERROR")-+($.state==="ERROR")||$.created_us-A.created_us),l},[n,u,d,D?.from,D?.until]);if(!n.length)return t(
J,{children:t("p",{children:"No task has been made yet."})});let yt=Math.max(0,Math.floor(b/$t)-4),ot=(l,$)=>`${(O($)-O(l))/et*100}%`,Dt=(l,$)=>({left:`calc(var\
(--name) + (100% - var(--name) - 8px) * ${l})`,width:`calc((100% - var(--name) - 8px) * ${Math.max(0,$-l)})`}),ut=M&&W?.critical_path?.without_us;return t("div",
{class:"timeline",children:[t("div",{class:"filters",children:[t("label",{children:["Order ",t("select",{value:u,onChange:l=>x({order:l.currentTarget.value==="b\
egun"?void 0:l.currentTarget.value}),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"\
failed",children:"failed first"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:d,onChange:l=>x({hide:l.currentTarget.checked?"SUCCESS":void 0})}),
" hide SUCCESS"]}),t("span",{class:"nowrap",children:[t("button",{onClick:()=>h(Math.min(64,m*2)),"aria-label":"Stretch the time",children:"+"})," ",t("button",
{onClick:()=>h(Math.max(1,m/2)),"aria-label":"Squeeze the time",children:"\u2212"})]}),C.length>0&&t("label",{children:[t("input",{type:"checkbox",checked:f,onChange:l=>y(
l.currentTarget.checked)})," fold idle time"]}),t($e,{range:D}),t("span",{class:"muted",children:[v(S)," in all",tt.size>0&&` \xB7 outlined: the critical path, ${tt.
size.toLocaleString("en")} ${tt.size===1?"task":"tasks"}`,bt>0&&` \xB7 notched: ${bt.toLocaleString("en")} ${bt===1?"task":"tasks"} that had not ended when the \
run did`]})]}),D&&t("p",{class:"facts",role:"status",children:["Between ",D.from>0?v(D.from):"the beginning"," and ",v(Math.min(D.until,S)),": ",vt.length.toLocaleString(
"en")," of ",n.length.toLocaleString("en")," tasks. ",t("button",{class:"small",onClick:()=>x({from:void 0,until:void 0}),children:"Show all"})]}),M&&ut!==void 0&&
t("p",{class:"facts",role:"status",children:["Had ",M.name," taken no time, the run would have taken ",v(ut),S-ut>0?`: ${v(S-ut)} less`:", as it did",c.get(M.id)?
`; it could have ended ${v(c.get(M.id))} later without making it longer`:"","."]}),t("div",{class:"window bars-window",tabIndex:0,"aria-label":"Time line",...Te,
onScroll:l=>g(l.currentTarget.scrollTop),children:[t("div",{class:"bar-axis","aria-hidden":"true",style:{width:`${m*100}%`},children:[t("span",{class:"bar-name \
muted",children:"after"}),t("span",{class:"bar-space",ref:wt,children:oe(f?C.reduce((l,$)=>l-($.to-$.from),S):S,m).map(l=>t("span",{class:"bar-tick",style:{left:ot(
0,St(l,f?C:[]))},children:l===0?"0":v(St(l,f?C:[]))}))})]}),t("div",{class:"bars",style:{height:`${vt.length*$t}px`,width:`${m*100}%`},children:[f&&C.map(l=>t("\
span",{class:"bar-gap",style:{left:`calc(var(--name) + (100% - var(--name)) * ${O(l.from)/et})`},title:`nothing happened for ${v(l.to-l.from)}`,children:["\u22EF ",
v(l.to-l.from)]})),_t?t("span",{class:"bar-band",style:Dt(_t.from,_t.to)}):D&&t("span",{class:"bar-band",style:Dt(O(Math.min(D.from,S))/et,O(Math.min(D.until,S))/
et)}),vt.slice(yt,yt+Re+8).map((l,$)=>{let[A,ct]=[Et(l),G(l)],dt=X(l,s),Ut=`${l.name}, ${l.state}${dt?" when the run ended":""}: waited ${v(A-l.created_us)}, ra\
n ${v(ct-A)}${c.get(l.id)?`, ${v(c.get(l.id))} to spare`:""}`;return t("button",{class:`bar-row${l.name===a?" chosen":""}`,style:{top:`${(yt+$)*$t}px`},title:Ut,
"aria-label":Ut,onClick:()=>x({task:l.name,run:l.id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${mt(l.state).colour}`,"aria-hidden":"\
true",children:mt(l.state).sign})," ",l.name]}),t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:ot(0,l.created_us),width:ot(l.created_us,
A)}}),t("span",{class:`bar bar-${mt(l.state).colour}${tt.has(l.id)?" critical":""}${dt?" bar-left":""}`,style:{left:ot(0,A),width:ot(A,ct)}})]})]},l.id)})]})]})]})}
function Se(e,n){let s={from:e?Number(e):0,until:n?Number(n):1/0};return(e||n)&&s.from<s.until?s:void 0}function $e({range:e}){let n=(s,a)=>{let o=e&&Number.isFinite(
e[s])?String(e[s]/1e6):"";return t("label",{children:[a," ",t(Bt,{class:"small seconds",inputMode:"decimal",stands:o,take:i=>{let r=parseFloat(i);x({[s]:r>=0?String(
Math.round(r*1e6)):void 0})}})]})};return t("span",{class:"nowrap",title:"Dragging over the time line does the same.",children:[n("from","from")," ",n("until","\
to")," s"]})}var Et=e=>e.started_us??e.created_us;function Ee(e){let n=[];for(let s=0;s<e.length;s+=1e4)n.push(Math.max(...e.slice(s,s+1e4)));return n}function Ct(e){
let n=new Map(e.map(i=>[i.id,i])),s=i=>i.finished_us??1/0,a;for(let i of e)(!a||s(i)>=s(a))&&(a=i);let o=new Set;for(;a&&!o.has(a.id);)o.add(a.id),a=a.by?n.get(
a.by):void 0;return o}var Ce={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},Nt=12,lt=(e,n,s)=>`${e.toLocaleString("en")} ${e===1?n:s}`;function Ne({of:e}){let n=e.executions.
filter(a=>a.from!==null),s=e.executions.length-n.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(w,{children:[
!!n.length&&t("p",{children:[n.slice(0,3).map(a=>t(w,{children:[a.workflow_name," ",t(I,{state:a.from})," \u2192 ",t(I,{state:a.to}),"; "]})),n.length>3&&lt(n.length-
3,"other execution changes; ","other executions change; "),!!s&&lt(s,"sub-workflow is started; ","sub-workflows are started; "),e.actions?lt(e.actions,"action i\
s started","actions are started"):"no action is started",!!e.dropped_actions&&`, ${lt(e.dropped_actions,"running one is given up","running ones are given up")}`,
"."]}),t("ul",{class:"plain",children:e.would.slice(0,Nt).map(a=>t("li",{children:[a.task_id?t("a",{href:P(`/executions/${_(a.workflow_execution_id)}?view=tasks\
&task=${_(a.task_name)}`),children:a.task_name}):a.task_name," ",Ce[a.change],": ",a.from&&t(w,{children:[t(I,{state:a.from})," \u2192 "]}),t(I,{state:a.to})]}))}),
(e.would.length>Nt||e.truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":lt(e.would.length-Nt,"other task","other tasks"),"."]})]})}function ht({
path:e,json:n}){let s=R(`${e}/preview`,0,!1,n),{data:a,error:o}=s;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"polite",children:[
!a&&!o&&t("p",{class:"muted",children:"Looking ahead\u2026"}),o&&t("p",{class:"muted",children:["What would follow cannot be told: ",o.message]}),a&&!a.allowed&&
t("p",{class:"state-error",children:["\u2716 It would be refused: ",a.message]}),a?.allowed&&t(w,{children:[t("h3",{children:"What would follow at once"}),t(Ne,
{of:a})]})]})}var Lt=["ERROR","CANCELLED","RUNNING","PAUSED"],re=e=>Lt.includes(e)?Lt.indexOf(e):Lt.length;function le(e){let n=new Map;for(let s of e){let a=s.started_us??s.
created_us,o=n.get(s.name);o||n.set(s.name,o={name:s.name,last:s,count:0,states:[],counts:new Map,began_us:a,longest:null,attempts:0}),s.created_us>=o.last.created_us&&
(o.last=s),o.count++,o.counts.set(s.state,(o.counts.get(s.state)??0)+1),o.began_us=Math.min(o.began_us,a),s.finished_us!==null&&(o.longest=Math.max(o.longest??0,
s.finished_us-a)),o.attempts+=s.attempts}return[...n.values()].map(({counts:s,...a})=>({...a,states:[...s].sort(([o],[i])=>re(o)-re(i)||o.localeCompare(i))}))}var Mt=34,Le=16,Pt=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function Me(e,n){return n==="took"&&e.sort((s,a)=>(a.longest??1/0)-(s.longest??1/0)||s.began_us-
a.began_us),e}function ue({rows:e,truncated:n,only:s,outcome:a,again:o}){let{query:i}=U(),[r,u]=T(0),d=i.get("q")??"",m=["took","name","state"].find(c=>c===i.get(
"order"))??"begun",h=i.get("state")??"",f=i.get("task")??void 0,y=i.get("run")??void 0,b=N(()=>{let c=e.filter(C=>(!d||C.name.includes(d))&&(!h||C.state===h));return m===
"took"&&c.sort((C,O)=>Pt(O)-Pt(C)||C.created_us-O.created_us),m==="name"&&c.sort((C,O)=>C.name.localeCompare(O.name)),m==="state"&&c.sort((C,O)=>C.state.localeCompare(
O.state)),c},[e,d,h,m]),g=i.get("group")==="name",k=N(()=>g?Me(le(b),m):void 0,[b,m,g]),p=e.filter(c=>c.name===f),E=H(null),F=H(void 0),G=E.current?.contains(document.
activeElement)?F.current:void 0,S=p.find(c=>c.id===y)??p.find(c=>c.id===G)??p[p.length-1];F.current=S?.id;let M=S&&t(Pe,{panel:E,row:S,outcome:a,runs:p,again:o},
S.id);if(s!==void 0)return M??t("p",{class:"muted",children:[s," has not run."]});let at=[...new Set(e.map(c=>c.state))],K=Math.max(0,Math.floor(r/Mt)-4),W=k??b,
tt=W.slice(K,K+Le+8);return t(w,{children:[t("div",{class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:d,onInput:c=>x(
{q:c.currentTarget.value},!0)})]}),t("label",{children:["State ",t("select",{value:h,onChange:c=>x({state:c.currentTarget.value}),children:[t("option",{value:"",
children:"all"}),at.map(c=>t("option",{children:c}))]})]}),t("label",{children:["Order ",t("select",{value:m,onChange:c=>x({order:c.currentTarget.value==="begun"?
void 0:c.currentTarget.value}),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"\
name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:g,onChange:c=>x({group:c.currentTarget.
checked?"name":void 0})})," one row for each name"]}),t("span",{class:"muted",children:[k&&`${k.length.toLocaleString("en")} ${k.length===1?"name":"names"}, `,b.
length.toLocaleString("en")," of ",e.length.toLocaleString("en"),n?"; the run has more, which are left out":""]})]}),b.length===0&&t(J,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),b.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:c=>u(c.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":W.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:k?"Longest":"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${K*Mt}px`}}),
tt.map((c,C)=>"states"in c?t("tr",{class:c.name===f?"chosen":void 0,"aria-rowindex":K+C+1,children:[t("td",{children:c.states.map(([O,et])=>t("span",{class:"now\
rap",children:[t(I,{state:O}),c.count>1&&t(w,{children:[" ",et.toLocaleString("en")]})," "]}))}),t("td",{children:[t("button",{class:"link",onClick:()=>x({task:c.
name,run:c.last.id}),children:c.name}),c.count>1&&t("span",{class:"muted",children:[" \xD7 ",c.count.toLocaleString("en")]})]}),t("td",{children:v(c.began_us).replace(
/^\d/,"+$&")}),t("td",{children:c.longest===null?"\u2013":v(c.longest)}),t("td",{children:c.attempts.toLocaleString("en")})]},c.name):t("tr",{class:c.name===f?"\
chosen":void 0,"aria-rowindex":K+C+1,children:[t("td",{children:t(I,{state:c.state})}),t("td",{children:t("button",{class:"link",onClick:()=>x({task:c.name,run:c.
id}),children:c.name})}),t("td",{children:v(c.started_us??c.created_us).replace(/^\d/,"+$&")}),t("td",{children:c.finished_us!==null?v(Pt(c)):X(c,a)?t("span",{class:"\
muted",title:Ot,children:"left open"}):"\u2013"}),t("td",{children:[c.attempts,c.items!==null&&` \xB7 ${At(c)}`,c.child&&t(w,{children:[" \xB7 ",t("a",{href:P(`\
/executions/${_(c.child)}`),children:"sub-workflow"})]})]})]},c.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,W.length-K-tt.length)*Mt}px`}})]})]})}),
M]})}function Pe({panel:e,row:n,outcome:s,runs:a,again:o}){let[i,r]=T(),u=`/v2/tasks/${_(n.id)}`,d=rt(`${u}?fields=id,name,state,state_info,result,published,typ\
e,created_at`,n.finished_us===null&&!X(n,s)?3e3:0),m=`${n.state} ${n.finished_us} ${n.attempts} ${n.items_done}`;q(d,m,It);let[h,f]=T(!1),y=nt.use()!==void 0,b=i===
"RUNNING"?{state:"RUNNING",reset:!h}:{state:"SKIPPED"},g=async()=>{await j(u,{method:"PUT",json:b}),o(),d.again()};return t("section",{class:"panel",ref:e,"aria\
-label":`Task ${n.name}`,children:[t("div",{class:"title",children:[t("h2",{children:n.name})," ",t(I,{state:n.state}),n.state==="ERROR"&&t(Q,{rule:"tasks:updat\
e",children:[t("button",{"aria-keyshortcuts":"R",onClick:()=>r("RUNNING"),children:"Run it again\u2026"}),t("button",{"aria-keyshortcuts":"S",onClick:()=>r("SKI\
PPED"),children:"Skip it\u2026"})]}),!y&&t("button",{onClick:()=>x({view:"bench",task:n.name,run:n.id}),children:"What it saw"}),t("button",{onClick:()=>x({task:void 0,
run:void 0}),children:"Close"})]}),X(n,s)&&t("p",{class:"facts",children:Ot}),a.length>1&&t("p",{class:"facts",children:["Runs: ",a.slice(-20).map((k,p)=>t(w,{children:[
t("button",{class:"small","aria-pressed":k.id===n.id,onClick:()=>x({run:k.id}),children:[p+1+Math.max(0,a.length-20)," ",t(I,{state:k.state})]})," "]}))]}),t(L,
{of:d,children:k=>t(w,{children:[k.state_info&&t(z,{children:k.state_info}),t("div",{class:"columns",children:[t(Y,{title:"Result",value:k.result}),t(Y,{title:"\
Published",value:k.published})]}),k.type==="WORKFLOW"?t(Oe,{path:u,news:m}):t(Ie,{path:u,news:m})]})}),i&&t(st,{title:i==="RUNNING"?`Run ${n.name} again?`:`Skip\
 ${n.name}?`,label:i==="RUNNING"?"Run it again":"Skip it",act:g,close:()=>r(void 0),children:[t("p",{children:i==="SKIPPED"?"The run goes on with what follows w\
hen it is skipped.":h?"The run goes on from here; items that succeeded keep their results.":"The run goes on from here, with all items of the task."}),i==="RUNN\
ING"&&n.items!==null&&t("p",{children:t("label",{children:[t("input",{type:"checkbox",checked:h,onChange:k=>f(k.currentTarget.checked)})," only the items that f\
ailed"]})}),t(ht,{path:u,json:b})]})]})}var gt=50,It=1e3;function Ie({path:e,news:n}){let s=rt(`${e}/action_executions?limit=${gt}&include_output=true`);return q(
s,n,It),t(L,{of:s,children:a=>t(w,{children:[t("h3",{children:"Actions"}),a.action_executions.map(o=>t("details",{class:"call",children:[t("summary",{children:[
t(I,{state:o.state})," ",o.name," ",t(Z,{time:V(o.created_at)})," ",t("code",{children:o.id})]}),o.state_info&&t(z,{children:o.state_info}),t("div",{class:"colu\
mns",children:[t(Y,{title:"Input",value:o.input}),t(Y,{title:"Output",value:o.output})]})]},o.id)),a.next&&t("p",{class:"muted",children:["Only the first ",gt,"\
 are shown."]}),!a.action_executions.length&&t("p",{class:"muted",children:"No action has been called."})]})})}function Oe({path:e,news:n}){let s=R(`${e}/workfl\
ow_executions?limit=${gt}`);return q(s,n,It),t(L,{of:s,children:a=>t(w,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:a.executions.map(o=>t("li",
{children:[t(I,{state:o.state})," ",t("a",{href:P(`/executions/${_(o.id)}`),children:o.workflow_name})," ",t("code",{children:o.id})]},o.id))}),a.next&&t("p",{class:"\
muted",children:["Only the first ",gt," are shown."]})]})})}function ce({rows:e}){let{query:n}=U(),[s,a]=T("<% $ %>"),[o,i]=T(),[r,u]=T(),d=H(void 0),m=e.find(p=>p.id===n.get("run"))??e.find(p=>p.name===n.get("task"))??e.
find(p=>p.id===d.current)??e[e.length-1];d.current=m?.id;let h=e.slice(-500);m&&!h.includes(m)&&h.unshift(m);let f=R(m&&`/v2/tasks/${_(m.id)}/context`),y=R("/v2\
/expressions/functions");if(!m)return t(J,{children:t("p",{children:"No task has been made yet, so there are no data to try expressions on."})});let b=async p=>{
p.preventDefault(),u(void 0);try{i(await j("/v2/expressions",{method:"POST",json:{expression:s,task_execution_id:m.id}}))}catch(E){u(E)}},g=/([A-Za-z_]\w*)\W*$/.
exec(s.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),k=g?y.data?.functions.filter(p=>p.name.toLowerCase().startsWith(g)).slice(0,8)??[]:[];return t("div",{class:"\
columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:b,onKeyDown:p=>{p.key==="Enter"&&(p.metaKey||p.ctrlKey)&&b(p)},children:[t("label",{class:"\
block",children:["What the task saw ",t("select",{value:m.id,onChange:p=>{let E=e.find(F=>F.id===p.currentTarget.value);x({run:E?.id,task:E?.name},!0)},children:h.
map(p=>t("option",{value:p.id,children:[p.name," (",p.state,")"]}))})]}),t("label",{class:"block",children:["Expression, YAQL or Jinja2",t("textarea",{class:"co\
de",rows:3,spellcheck:!1,value:s,onInput:p=>a(p.currentTarget.value)})]}),t("div",{class:"buttons",children:t("button",{class:"primary",children:"Evaluate (Ctrl\
 Enter)"})})]}),r&&t(Kt,{error:r}),o?.error!==void 0&&t(z,{look:"error",isNews:!0,children:o.error}),o&&o.error===void 0&&t("div",{role:"status",children:[t("p",
{class:"muted",children:["after ",v(o.took_us),o.steps!==void 0&&`, ${ft(o.steps)} ${o.steps===1?"step":"steps"}`]}),t(Rt,{value:o.result})]}),k.length>0&&t("dl",
{class:"functions",children:k.map(p=>t(w,{children:[t("dt",{children:t("code",{children:p.signature})}),t("dd",{class:"muted",children:p.text})]}))})]}),t("sect\
ion",{class:"data",children:[t("h3",{children:"$"}),t(L,{of:f,children:p=>t(Rt,{value:p.context})})]})]})}var Ae=5e3;function de({base:e,state:n,workflow:s}){let a=R(`${e}/errors`,B(n)?0:Ae);return q(a,n,0),t(L,{of:a,children:o=>o.groups.length?t(w,{children:[o.groups.
map(i=>t("section",{class:"panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",ft(i.count)," ",i.count===1?"time":"times"]}),"\
 ",t(Z,{time:i.first_us/1e3}),Math.floor(i.last_us/1e6)>Math.floor(i.first_us/1e6)&&t(w,{children:[" to ",t(Z,{time:i.last_us/1e3})]})," ",t(pt,{text:i.message})]}),
t(z,{look:"error",children:i.message}),t("p",{children:i.path.map((r,u)=>t(w,{children:[u>0&&" \u25B8 ",t("a",{href:P(`/executions/${_(r.execution_id)}?view=tas\
ks&task=${_(r.task_name)}&run=${r.task_id}`),children:[r.workflow_name," \xB7 ",r.task_name]})]}))}),t("p",{children:t("a",{href:P(`/executions${Wt({state:"ERRO\
R",workflow_name:s,state_info:`has:${i.message.split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),o.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(J,{children:t(
"p",{children:n==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function me(e,n){return e.filter(s=>s.created_us<=n).map(s=>{if(s.finished_us!==null&&s.finished_us<=n)return s;let a=s.started_us!==null&&s.started_us<=n;return{
...s,finished_us:null,state:a?"RUNNING":s.started_us===null?s.state:"WAITING"}})}var De=[1,10,100,1e3];function fe({rows:e,end:n,isOpen:s}){let{query:a}=U(),o=a.
get("at"),i=o===null?void 0:Number(o),[r,u]=T(0),d=g=>{let k;for(let p of e)for(let E of[p.created_us,p.started_us,p.finished_us])E!==null&&g(E)<(k===void 0?1/0:
g(k))&&(k=E);return k},m=N(()=>Math.max(d(g=>-g)??0,s?n:0,1),[e,s,n]),h=i===void 0||i>=m&&!s?void 0:i,f=g=>x({at:g===void 0?void 0:String(Math.round(g))},!0),y=g=>{
let k=h??m;f(g?d(p=>p<k?k-p:1/0)??0:d(p=>p>k?p-k:1/0))};if(it(()=>{if(!r)return;let g=h??0,k=setInterval(()=>{if(g+=5e4*r,g>=m)return u(0),f(void 0);f(g)},50);return()=>clearInterval(
k)},[r]),!e.length)return null;let b=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at\
 a moment",children:[t("button",{class:"small",onClick:()=>y(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:m,step:1,value:h??
m,"aria-label":"Moment","aria-valuetext":h===void 0?"now":v(h),onInput:g=>{let k=Number(g.currentTarget.value);f(k>=m?void 0:k)},onKeyDown:g=>{(g.key==="ArrowLe\
ft"||g.key==="ArrowRight")&&(y(g.key==="ArrowLeft"),g.preventDefault())}}),t("button",{class:"small",onClick:()=>y(!1),"aria-label":"Event after",children:"\u25B6"}),
!b&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(r),onChange:g=>u(Number(g.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),De.map(g=>t("option",{value:String(g),children:["\xD7 ",g]}))]})]}),t("span",{class:"muted",children:h===void 0?s?"now":"at i\
ts end":t(w,{children:[t("strong",{children:["at ",v(h)]})," of ",v(m)," ",t("button",{class:"small",onClick:()=>f(void 0),children:["back to ",s?"now":"the end"]})]})}),
h!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var kt=100;function pe({id:e}){return t(he,{id:e,depth:0})}function he({id:e,depth:n}){let s=R(`/v2/executions/${_(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(L,{of:s,children:a=>{let o=a.tasks.filter(i=>i.type==="WORKFLOW");return o.length?t("ul",{class:"tree",children:[o.slice(0,kt).map(i=>t(Ue,{task:i,
depth:n},i.id)),(o.length>kt||a.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):n?t("p",{class:"muted",children:"nothing below"}):
t(J,{children:t("p",{children:"This run has started no other workflows."})})}})}function Ue({task:e,depth:n}){let[s,a]=T(n===0),o=R(s?`/v2/tasks/${_(e.id)}/work\
flow_executions?limit=${kt}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":s,onClick:()=>a(!s),children:[s?"\u25BE":"\u25B8",
" ",t(I,{state:e.state})," ",e.name]}),s&&t(L,{of:o,children:i=>t("ul",{class:"tree",children:[i.executions.map(r=>t(Fe,{child:r,depth:n},r.id)),i.next&&t("li",
{class:"muted",children:["Only the first ",kt," are shown."]})]})})]})}function Fe({child:e,depth:n}){let[s,a]=T(!1),[o,i]=[V(e.created_at),V(e.updated_at)];return t(
"li",{children:[t("button",{class:"json-fold","aria-expanded":s,"aria-label":`Open ${e.id}`,onClick:()=>a(!s),children:s?"\u25BE":"\u25B8"})," ",t(I,{state:e.state}),
" ",t("a",{href:P(`/executions/${_(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:[o!==void 0&&i!==void 0?i-o<1e3?"< 1 s":v((i-o)*1e3):
""," ",t("code",{children:e.id})]}),s&&t(he,{id:e.id,depth:n+1})]})}var ge=10,Ge=2e3;function ke(e){let n=new Map;for(let s of e){let a=`${s.kind} ${s.message} ${s.task_name} ${s.fire_at??""} ${s.kind==="action_waiting_for_compl\
etion"?s.action_execution_id:""}`,o=n.get(a);o?o[1]+=1:n.set(a,[s,1])}return[...n.values()]}function be({base:e,isAsked:n,isOpen:s,isLive:a,news:o,select:i}){let r=R(
n?`${e}/why`:void 0,s?a?5e3:3e3:0),u=s?"Why it has not finished":"Why it failed";q(r,o,Ge);let[d,m]=T();return t(w,{children:[n&&t(L,{of:r,children:h=>t(We,{of:h,
title:u,isOpen:s,select:i,complete:m})}),d&&t(Ve,{reason:d,close:()=>m(void 0),again:r.again})]})}function We({of:e,title:n,isOpen:s,select:a,complete:o}){return t(
"section",{class:`why${s?"":" failed"}`,"aria-label":n,tabIndex:-1,"aria-keyshortcuts":"w",children:[t("h2",{children:n}),!(e.reasons[0]&&e.summary.includes(e.reasons[0].
message))&&t("p",{children:e.summary}),t("ul",{children:ke(e.reasons).slice(0,ge).map(([i,r])=>t("li",{children:[r>1&&t("strong",{children:[r," \xD7 "]}),i.message,
i.fire_at&&t(w,{children:[" (",t(qt,{time:V(i.fire_at)}),")"]})," ",i.task_name&&t("button",{class:"small",onClick:()=>a(i.task_name),children:["Look at ",i.task_name]}),
" ",i.kind==="action_waiting_for_completion"&&i.action_execution_id&&t(Q,{rule:"action_executions:update",children:t("button",{class:"small",onClick:()=>o(i),children:"\
Complete\u2026"})}),i.execution_id&&t("a",{class:"button small",href:P(`/executions/${_(i.execution_id)}`),children:["Open ",i.workflow_name??"it"]}),i.kind==="\
action_queued"&&t("a",{class:"button small",href:P("/cluster"),children:"Look at the executors"})]},`${i.kind} ${i.action_execution_id} ${i.task_name}`))}),(ke(
e.reasons).length>ge||e.truncated)&&t("p",{class:"muted",children:"There are more reasons."})]})}function Ve({reason:e,close:n,again:s}){let[a,o]=T("SUCCESS"),[
i,r]=T("{}"),u=async()=>{let d=JSON.parse(i);if(d===null||typeof d!="object"||Array.isArray(d))throw new Error('The result has to be a JSON object: {"name": \u2026}.');
let m={state:a,output:d};await j(`/v2/action_executions/${_(e.action_execution_id)}`,{method:"PUT",json:m}),s()};return t(st,{title:`Complete the action of ${e.
task_name}`,label:"Complete",act:u,close:n,children:[t("label",{children:["State ",t("select",{value:a,onChange:d=>o(d.currentTarget.value),children:[t("option",
{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",t("textarea",{class:"code",rows:5,value:i,
onInput:d=>r(d.currentTarget.value)})]})]})}var qe="?fields=id,workflow_name,state,state_info,description,created_at,updated_at,tags,workflow_id,workflow_namespace,root_execution_id,task_execution_id",Ke=[
["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],ye=["graph","time","tasks"],
He=1e3,Be=2e4,je=2e3,ze=5e6,we=new WeakMap;function xe(e,n,s){let a=d=>e.columns.indexOf(d),o=e.columns.map(d=>n.columns.indexOf(d)),i=[...e.rows],r=a("id"),u=we.
get(e.rows)??new Map(i.map((d,m)=>[d[r],m]));for(let d of n.rows){let m=u.get(d[o[r]]),h=m===void 0?void 0:i[m],f=e.columns.map((y,b)=>{let g=d[o[b]]??null;return g===
null&&(y==="child"||y==="items_done")?h?.[b]??null:y.endsWith("_us")&&typeof g=="number"?g-s:g});m===void 0?u.set(f[r],i.push(f)-1):i[m]=f}return we.set(i,u),{...e,
rows:i}}function Je(e,n){let s=R(e),a=H(s);a.current=s;let o=N(()=>ee(async()=>{let{data:d,again:m,patch:h}=a.current;if(!(!e||!d))try{let f=await j(`${e}?since\
=${d.cursor-ze}`);f.truncated?m():h(y=>({...xe(y,f,0),execution:f.execution,now_us:f.now_us,cursor:Math.max(y.cursor,f.cursor)}))}catch{}}),[e]),[i,r]=[nt.use()!==
void 0,Gt.use()],u=H(r);return it(()=>{if(u.current&&!r&&o(),u.current=r,!e||i||r)return;let d=setInterval(()=>document.hidden||o(),n);return()=>clearInterval(d)},
[e,n,i,r]),{timeline:s,catchUp:o}}function ta({id:e}){let n=`/v2/executions/${_(e)}`,{query:s}=U(),a=s.get("view")??"graph",o=nt.use()!==void 0,[i,r]=T(!1),u=ye.
includes(a),d=Ht(o?void 0:`execution:${e}`,p=>{p.event==="gap"?(h.again(),y()):p.event==="execution"?h.again():p.event==="tasks"&&f.patch(E=>xe(E,p.data,E.execution.
created_us))}),m=d||i?Be:je,h=R(n+qe,m),{timeline:f,catchUp:y}=Je(u||a==="bench"?`${n}/timeline`:void 0,m),b=R(a==="graph"?`${n}/graph`:void 0),g=h.data?.state,
k=g!==void 0&&B(g);return k!==i&&r(k),t(w,{children:[h.error&&!h.data&&t("div",{class:"title",children:[t("h1",{children:"Execution"}),t("code",{children:e})]}),
t(L,{of:h,children:p=>t(Ye,{execution:p,base:n,again:()=>{h.again(),y()},isLive:d,timeline:f,graph:b})})]})}function Ye({execution:e,base:n,again:s,isLive:a,timeline:o,
graph:i}){let{query:r}=U(),u=r.get("view")??"graph",d=r.get("task")??void 0,m=r.get("at"),h=!B(e.state),f=nt.use()!==void 0,y=ye.includes(u),b=N(()=>o.data?tn(o.
data):[],[o.data]),g=m===null?void 0:Number(m),k=N(()=>g===void 0?b:me(b,g),[b,g]),p=g===void 0?e.state:void 0,E=e.root_execution_id,F=Vt(e.description),G=o.data?.
execution,S=G?.updated_us?G.updated_us-G.created_us:void 0;return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(I,{state:e.
state}),t("code",{children:e.id})," ",t(pt,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(Z,{time:V(e.created_at)}),h?"":t(w,{children:[
" \xB7 ended ",t(Z,{time:V(e.updated_at)})," \xB7 took ",S!==void 0?v(S):Ze(e)]}),t(Qe,{workflow:e.workflow_name,took:S}),F.cron?t(w,{children:[" \xB7 by ",t("a",
{href:P(`/triggers?name=${_(F.cron)}`),children:"a cron trigger"})]}):F.words&&t(w,{children:[" \xB7 ",F.words]}),E&&t(w,{children:[" \xB7 part of ",t("a",{"ari\
a-keyshortcuts":"p",href:P(`/executions/${_(E)}`),children:"the run that started it"})]})," \xB7 ",t(_e,{name:"input",letter:"i"})," \xB7 ",t(_e,{name:"output",
letter:"o"})," \xB7 ",t("a",{href:P(`/workflows/${_(e.workflow_id)}`),children:"definition"}),t(Xe,{workflow:e.workflow_id,hash:i.data?.spec_hash})," \xB7 ",t("\
a",{href:P(`/executions?workflow_name=${_(e.workflow_name)}`),children:"other runs"})]}),!f&&t(on,{execution:e,base:n,again:s}),t(be,{isAsked:h||e.state==="ERRO\
R",isOpen:h,isLive:a,news:h&&b.length<=He?o.data?.rows:e.state,base:n,select:M=>x({task:M})}),e.state_info&&(e.state==="ERROR"?t("details",{children:[t("summary",
{children:"The message in full"}),t(z,{look:"error",children:e.state_info})]}):t(z,{look:"idle",children:e.state_info})),t("div",{class:"tabs",role:"tablist",children:Ke.
map(([M,at],K)=>t("button",{role:"tab","aria-keyshortcuts":String(K+1),"aria-selected":u===M,onClick:()=>x({view:M,part:void 0}),children:at}))}),y&&t(fe,{rows:b,
end:o.data?Math.max(o.data.now_us-o.data.execution.created_us,0):0,isOpen:h}),u==="data"&&t(an,{execution:e}),u==="errors"&&t(de,{base:n,state:e.state,workflow:e.
workflow_name}),u==="tree"&&t(pe,{id:e.id}),u==="bench"&&t(ce,{rows:b}),u==="graph"&&t(en,{graph:i,rows:k,outcome:p,isReady:o.data!==void 0||o.error!==void 0,task:d}),
u==="time"&&t(L,{of:o,children:M=>t(ie,{timeline:M,rows:k,outcome:p,task:d,run:r.get("run")??void 0,path:f?void 0:`${n}/timeline`})}),(u==="tasks"||d&&y)&&t(L,{
of:o,children:M=>t(ue,{rows:k,outcome:p,truncated:M.truncated,only:u==="tasks"?void 0:d,again:s})})]})}function Ze({created_at:e,updated_at:n}){let s=(V(n)??0)-
(V(e)??0);return s<1e3?"< 1 s":v(s*1e3)}var _e=({name:e,letter:n})=>t("button",{class:"link","aria-keyshortcuts":n,onClick:()=>x({view:"data",part:e}),children:e});
function Qe({workflow:e,took:n}){let s=R(zt(),Jt),a=N(()=>jt(s.data?.buckets??[]).get(e),[s.data,e]);return a?t(w,{children:[" (usually ",t(Yt,{of:a,took:n??0}),
")"]}):null}function Xe({workflow:e,hash:n}){let a=R(n&&`/v2/workflows/${_(e)}/versions`).data?.versions??[],o=a.find(r=>r.spec_hash===n);if(!o)return null;let i=a[0];
return t(w,{children:[", version ",o.version,i.spec_hash!==n&&t("strong",{class:"state-paused",children:[" (now ",i.version,")"]})]})}var ve=new WeakMap;function tn(e){
return e.rows.map(n=>{let s=ve.get(n);return s||ve.set(n,s=Object.fromEntries(e.columns.map((a,o)=>[a,n[o]]))),s})}function en({graph:e,rows:n,outcome:s,isReady:a,
task:o}){let{query:i}=U(),r=i.has("critical"),u=h=>x({critical:h?"1":void 0}),d=N(()=>{if(!r)return;let h=Ct(n);return new Set(n.filter(f=>h.has(f.id)).map(f=>f.
name))},[n,r]),m=N(()=>{let h=new Map;for(let f of n){let y=h.get(f.name),b=sn(f,s);h.set(f.name,y?{...b,runs:y.runs+1}:b)}return h},[n,s]);return t(L,{of:e,children:h=>t(
"div",{onKeyDown:f=>{f.key==="c"&&f.target.tagName==="CANVAS"&&!f.ctrlKey&&!f.metaKey&&!f.altKey&&u(!r)},children:t(Zt,{tools:n.length>1&&t("label",{children:[t(
"input",{type:"checkbox",checked:r,onChange:f=>u(f.currentTarget.checked)})," critical path"]}),graph:h,states:m,isReady:a,critical:d,dims:i.has("hide"),dim:f=>x(
{hide:f?"SUCCESS":void 0}),selected:o,onSelect:f=>x({task:f})})})})}var nn=[new WeakMap,new WeakMap];function sn(e,n){let s=X(e,n),a=nn[Number(s)],o=a.get(e);if(!o){
let i=e.finished_us!==null?v(e.finished_us-(e.started_us??e.created_us)):s?`left ${e.state.toLowerCase()}`:e.state.toLowerCase(),r=e.items!==null?` \xB7 ${At(e)}`:
"",u=`${i}${e.attempts>1?` \xB7 attempt ${e.attempts}`:""}${r}`;a.set(e,o={state:e.state,runs:1,note:u,part:e.items&&e.items_done!==null?e.items_done/e.items:void 0})}
return o}var Ot="It was open when the run ended: nothing follows from it any more, whatever its action may still answer.",X=(e,n)=>e.finished_us===null&&n!==void 0&&
B(n)&&!B(e.state),At=e=>e.items_done===null||e.items_done===e.items?`${e.items} ${e.items===1?"item":"items"}`:`${e.items_done} of ${e.items} items`;function an({
execution:e}){let n=rt(`/v2/executions/${_(e.id)}?fields=id,input,output,params`),{state:s}=e,a=U().query.get("part"),o=H(null),i=n.data!==void 0;return it(()=>{
let r=a&&o.current?.querySelector(`:scope > [data-part="${CSS.escape(a)}"]`);r&&(r.scrollIntoView({block:"nearest"}),r.focus({preventScroll:!0}))},[a,i]),q(n,s,
0),t(L,{of:n,children:r=>t("div",{class:"columns",ref:o,children:[t(Y,{title:"Input",value:r.input,part:"input"}),t(Y,{title:"Output",value:r.output,part:"outpu\
t"}),t(Y,{title:"Parameters",value:r.params})]})})}function on({execution:e,base:n,again:s}){let[a,o]=T(),[i,r]=T(!1),{state:u}=e,d=R(i?`${n}?fields=id,input`:void 0),
m=async k=>{k.state?await j(n,{method:"PUT",json:{state:k.state}}):(await j(`${n}${B(u)?"":"?force=true"}`,{method:"DELETE"}),xt("/executions")),s()},h={title:"\
Pause this run?",text:"Actions that are running go on to their end; nothing new begins.",label:"Pause",state:"PAUSED"},f={title:"Resume this run?",text:"It goes\
 on where it was stopped; failed tasks run again.",label:"Resume",state:"RUNNING"},y={title:"Cancel this run?",text:"It ends as CANCELLED, with everything that \
it has started.",label:"Cancel the run",state:"CANCELLED"},b={title:"Delete this run?",text:"It and everything below it are gone for good.",label:"Delete"},g=[u===
"RUNNING"&&h,["PAUSED","ERROR"].includes(u)&&f,!B(u)&&y].filter(Boolean);return t("div",{class:"buttons",role:"group","aria-label":"What to do with this run","a\
ria-keyshortcuts":".",children:[t(Q,{rule:"executions:update",children:g.map(k=>t("button",{onClick:()=>o(k),children:[k.label,"\u2026"]}))}),t(Q,{rule:"executi\
ons:create",children:t("button",{"aria-keyshortcuts":"r",onClick:()=>r(!0),children:"Run again\u2026"})}),t(rn,{execution:e}),t(ln,{base:n,id:e.id}),t(Q,{rule:"\
executions:delete",children:t("button",{onClick:()=>o(b),children:"Delete\u2026"})}),a&&t(st,{title:a.title,label:a.label,act:()=>m(a),close:()=>o(void 0),children:[
t("p",{children:a.text}),a.state&&t(ht,{path:n,json:{state:a.state}})]}),i&&d.error&&t(L,{of:d,children:()=>null}),i&&d.data&&t(te,{workflow:e.workflow_id,name:e.
workflow_name,input:d.data.input,close:()=>r(!1)})]})}function rn({execution:e}){let[n,s]=T(!1),a=_(e.workflow_name),o=R(n?`/v2/executions?workflow_name=${a}&li\
mit=12&sort_keys=created_at&sort_dirs=desc&fields=id,state,created_at,workflow_name`:void 0),i=(o.data?.executions??[]).filter(u=>u.id!==e.id),r=i.find(u=>u.state===
"SUCCESS");return t("select",{"aria-label":"Compare with",value:"",onFocus:()=>s(!0),onPointerDown:()=>s(!0),onChange:u=>xt(`/compare?a=${_(u.currentTarget.value)}\
&b=${_(e.id)}`),children:[t("option",{value:"",children:"Compare with\u2026"}),r&&t("option",{value:r.id,children:"the last success"}),i.map(u=>t("option",{value:u.
id,children:[u.state," ",u.created_at]})),n&&o.data&&!i.length&&t("option",{disabled:!0,children:"no other run of this workflow"})]})}function ln({base:e,id:n}){
let[s,a]=T(!1);return t("button",{disabled:s,onClick:async()=>{a(!0);try{let i=await fetch(`${Ft}${e}/snapshot`,{headers:Tt.get()?{"X-Auth-Token":Tt.get()}:{}});
if(!i.ok)throw new Error((await i.json()).faultstring);let r=document.createElement("a");r.href=URL.createObjectURL(await i.blob()),r.download=`execution-${n}.n\
djson`,r.click(),setTimeout(()=>URL.revokeObjectURL(r.href),1e4)}catch(i){alert(String(i))}a(!1)},children:s?"Saving\u2026":"Save as file"})}export{ta as a,tn as b,Ot as c,X as d,At as e};
