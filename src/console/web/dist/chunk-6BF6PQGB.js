import{c as Qt}from"./chunk-H4NRHHQM.js";import{a as Tt,b as z}from"./chunk-VWRLXI6K.js";import{a as Yt,b as Zt}from"./chunk-VH5NYVNR.js";import{
a as Jt}from"./chunk-PFXNNAJJ.js";import{e as qt,f as Kt,g as Ht,h as Bt,i as jt,k as zt}from"./chunk-E7KCJPV5.js";import{$ as t,B as Ut,E as et,G as Ft,
H as w,K as xt,Q as q,R as K,T as x,U as dt,W as V,X as mt,Z as Gt,a as _,aa as I,ba as J,ca as Wt,d as y,da as Vt,e as ot,ea as E,fa as H,g as W,ga as B,h as L,
ia as nt,ja as ft,k as Dt,ka as R,la as j,ma as it,n as F,p as M,pa as Y,q as yt,r as T}from"./chunk-36QZDJPP.js";function Xt(e,n=()=>performance.now(),a=(s,i)=>setTimeout(s,i)){let s=!1,i=!1,o=async()=>{s=!0,i=!1;let r=n();await e(),a(()=>{s=!1,i&&o()},Math.max(250,(n()-r)*
5))};return()=>{s?i=!0:o()}}function te(e,n){if(n<=3e7)return[];let a=Float64Array.from([0,...e().filter(i=>i>=0&&i<=n),n]).sort(),s=[];for(let i=1;i<a.length;i++){let[o,r]=[a[i-1],a[i]];r-
o>3e7&&r-o>n*.2&&s.push({from:o,to:r})}return s}function ee(e,n){let a=n.reduce((o,r)=>o+r.to-r.from,0),s=Math.max(1,(e-a)*.06),i=o=>{let r=0;for(let u of n){if(o<=
u.from)break;let c=u.to-u.from,d=Math.min(o,u.to)-u.from;r+=d*(1-Math.min(1,s/c))}return o-r};return{place:i,width:Math.max(1,i(e))}}function ne(e,n,{place:a}){
let[s,i]=[0,n];for(;i-s>1;){let o=(s+i)/2;a(o)<e?s=o:i=o}return Math.round(a(s)>=e?s:i)}function se(e,n){let a=e/(5*n),s=10**Math.floor(Math.log10(Math.max(1,a))),
i=s*([1,2,5].find(o=>s*o>=a)??10);return Array.from({length:Math.min(400,Math.floor(e*.96/i)+1)},(o,r)=>r*i)}function Rt(e,n){let a=e;for(let s of n)a>s.from&&(a+=
s.to-s.from);return a}var St=26,ve=22;function ae({timeline:e,rows:n,outcome:a,task:s,run:i,path:o}){let{query:r}=F(),u=["took","failed"].find(l=>l===r.get("order"))??"begun",c=r.has(
"hide"),[d,f]=y(1),[m,v]=y(!0),[b,h]=y(0),{created_us:k,updated_us:p,state:N}=e.execution,P=(V(N)&&p!==null?p:e.now_us)-k,D=l=>l.finished_us??P,C=L(()=>Math.max(
1,...Te(n.map(D))),[n,P]),S=s===void 0?void 0:n.find(l=>l.id===i&&l.name===s)??n.filter(l=>l.name===s).pop(),X=S?`&without=${w(S.id)}`:"",g=R(o&&`${o}?critical_\
path=true&columns=id${X}`,e.execution.state==="RUNNING"?5e3:0).data,O=L(()=>g?.critical_path?new Set(g.critical_path.tasks):o?new Set:Et(n),[n,g,o]),G=L(()=>new Map(
g?.critical_path?g.rows.map((l,$)=>[l[0],g.critical_path.slack_us[$]]):[]),[g]),Q=L(()=>te(()=>n.flatMap(l=>[l.created_us,l.started_us??l.created_us,D(l)]),C),[
n,C]),{place:tt,width:st}=L(()=>ee(C,m?Q:[]),[C,m,Q]),kt=L(()=>n.filter(l=>Z(l,a)).length,[n,a]),U=ye(r.get("from"),r.get("until")),bt=W(null),{now:wt,listeners:_e}=Yt(
l=>bt.current?Zt(bt.current,l):0,({from:l,to:$})=>{let[A,ut]=[l,$].map(ct=>ne(ct*st,C,{place:tt}));T({from:String(A),until:String(Math.max(ut,A+1))})}),_t=L(()=>{
let l=n.filter($=>(!c||$.state!=="SUCCESS")&&(!U||$.created_us<U.until&&D($)>=U.from));return u==="took"&&l.sort(($,A)=>D(A)-$t(A)-(D($)-$t($))),u==="failed"&&l.
sort(($,A)=>+(A.state==="ERROR")-+($.state==="ERROR")||$.created_us-A.created_us),l},[n,u,c,U?.from,U?.until]);if(!n.length)return t(B,{children:t("p",{children:"\
No task has been made yet."})});let vt=Math.max(0,Math.floor(b/St)-4),at=(l,$)=>`${(tt($)-tt(l))/st*100}%`,Pt=(l,$)=>({left:`calc(var(--name) + (100% - var(--na\
me) - 8px) * ${l})`,width:`calc((100% - var(--name) - 8px) * ${Math.max(0,$-l)})`}),lt=S&&g?.critical_path?.without_us;return t("div",{class:"timeline",children:[
t("div",{class:"filters",children:[t("label",{children:["Order ",t("select",{value:u,onChange:l=>T({order:l.currentTarget.value==="begun"?void 0:l.currentTarget.
value}),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"faile\
d first"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:c,onChange:l=>T({hide:l.currentTarget.checked?"SUCCESS":void 0})})," hide SUCCESS"]}),t(
"span",{class:"nowrap",children:[t("button",{onClick:()=>f(Math.min(64,d*2)),"aria-label":"Stretch the time",children:"+"})," ",t("button",{onClick:()=>f(Math.max(
1,d/2)),"aria-label":"Squeeze the time",children:"\u2212"})]}),Q.length>0&&t("label",{children:[t("input",{type:"checkbox",checked:m,onChange:l=>v(l.currentTarget.
checked)})," fold idle time"]}),t(xe,{range:U}),t("span",{class:"muted",children:[x(C)," in all",O.size>0&&` \xB7 outlined: the critical path, ${O.size.toLocaleString(
"en")} ${O.size===1?"task":"tasks"}`,kt>0&&` \xB7 notched: ${kt.toLocaleString("en")} ${kt===1?"task":"tasks"} that had not ended when the run did`]})]}),U&&t("\
p",{class:"facts",role:"status",children:["Between ",U.from>0?x(U.from):"the beginning"," and ",x(Math.min(U.until,C)),": ",_t.length.toLocaleString("en")," of ",
n.length.toLocaleString("en")," tasks. ",t("button",{class:"small",onClick:()=>T({from:void 0,until:void 0}),children:"Show all"})]}),S&&lt!==void 0&&t("p",{class:"\
facts",role:"status",children:["Had ",S.name," taken no time, the run would have taken ",x(lt),C-lt>0?`: ${x(C-lt)} less`:", as it did",G.get(S.id)?`; it could \
have ended ${x(G.get(S.id))} later without making it longer`:"","."]}),t("div",{class:"window bars-window",tabIndex:0,"aria-label":"Time line",..._e,onScroll:l=>h(
l.currentTarget.scrollTop),children:[t("div",{class:"bar-axis","aria-hidden":"true",style:{width:`${d*100}%`},children:[t("span",{class:"bar-name muted",children:"\
after"}),t("span",{class:"bar-space",ref:bt,children:se(m?Q.reduce((l,$)=>l-($.to-$.from),C):C,d).map(l=>t("span",{class:"bar-tick",style:{left:at(0,Rt(l,m?Q:[]))},
children:l===0?"0":x(Rt(l,m?Q:[]))}))})]}),t("div",{class:"bars",style:{height:`${_t.length*St}px`,width:`${d*100}%`},children:[m&&Q.map(l=>t("span",{class:"bar\
-gap",style:{left:`calc(var(--name) + (100% - var(--name)) * ${tt(l.from)/st})`},title:`nothing happened for ${x(l.to-l.from)}`,children:["\u22EF ",x(l.to-l.from)]})),
wt?t("span",{class:"bar-band",style:Pt(wt.from,wt.to)}):U&&t("span",{class:"bar-band",style:Pt(tt(Math.min(U.from,C))/st,tt(Math.min(U.until,C))/st)}),_t.slice(
vt,vt+ve+8).map((l,$)=>{let[A,ut]=[$t(l),D(l)],ct=Z(l,a),At=`${l.name}, ${l.state}${ct?" when the run ended":""}: waited ${x(A-l.created_us)}, ran ${x(ut-A)}${G.
get(l.id)?`, ${x(G.get(l.id))} to spare`:""}`;return t("button",{class:`bar-row${l.name===s?" chosen":""}`,style:{top:`${(vt+$)*St}px`},title:At,"aria-label":At,
onClick:()=>T({task:l.name,run:l.id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${dt(l.state).colour}`,"aria-hidden":"true",children:dt(
l.state).sign})," ",l.name]}),t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:at(0,l.created_us),width:at(l.created_us,A)}}),t("spa\
n",{class:`bar bar-${dt(l.state).colour}${O.has(l.id)?" critical":""}${ct?" bar-left":""}`,style:{left:at(0,A),width:at(A,ut)}})]})]},l.id)})]})]})]})}function ye(e,n){
let a={from:e?Number(e):0,until:n?Number(n):1/0};return(e||n)&&a.from<a.until?a:void 0}function xe({range:e}){let n=(a,s)=>{let i=e&&Number.isFinite(e[a])?String(
e[a]/1e6):"";return t("label",{children:[s," ",t(Kt,{class:"small seconds",inputMode:"decimal",stands:i,take:o=>{let r=parseFloat(o);T({[a]:r>=0?String(Math.round(
r*1e6)):void 0})}})]})};return t("span",{class:"nowrap",title:"Dragging over the time line does the same.",children:[n("from","from")," ",n("until","to")," s"]})}
var $t=e=>e.started_us??e.created_us;function Te(e){let n=[];for(let a=0;a<e.length;a+=1e4)n.push(Math.max(...e.slice(a,a+1e4)));return n}function Et(e){let n=new Map(
e.map(o=>[o.id,o])),a=o=>o.finished_us??1/0,s;for(let o of e)(!s||a(o)>=a(s))&&(s=o);let i=new Set;for(;s&&!i.has(s.id);)i.add(s.id),s=s.by?n.get(s.by):void 0;return i}var Re={start:"runs",run_again:"runs again",wait:"waits",end:"ends"},Ct=12,rt=(e,n,a)=>`${e.toLocaleString("en")} ${e===1?n:a}`;function Se({of:e}){let n=e.executions.
filter(s=>s.from!==null),a=e.executions.length-n.length;return!e.would.length&&!e.executions.length?t("p",{children:"Nothing changes at once."}):t(_,{children:[
!!n.length&&t("p",{children:[n.slice(0,3).map(s=>t("span",{class:"nowrap",children:[s.workflow_name," ",t(I,{state:s.from})," \u2192 ",t(I,{state:s.to}),"; "]})),
n.length>3&&rt(n.length-3,"other execution changes; ","other executions change; "),!!a&&rt(a,"sub-workflow is started; ","sub-workflows are started; "),e.actions?
rt(e.actions,"action is started","actions are started"):"no action is started",!!e.dropped_actions&&`, ${rt(e.dropped_actions,"running one is given up","running\
 ones are given up")}`,"."]}),t("ul",{class:"plain",children:e.would.slice(0,Ct).map(s=>t("li",{children:[s.task_id?t("a",{href:M(`/executions/${w(s.workflow_execution_id)}\
?view=tasks&task=${w(s.task_name)}`),children:s.task_name}):s.task_name," ",Re[s.change],": ",s.from&&t(_,{children:[t(I,{state:s.from})," \u2192 "]}),t(I,{state:s.
to})]}))}),(e.would.length>Ct||e.truncated)&&t("p",{class:"muted",children:["\u2026 and ",e.truncated?"more":rt(e.would.length-Ct,"other task","other tasks"),"."]})]})}
function pt({path:e,json:n}){let a=R(`${e}/preview`,0,!1,n),{data:s,error:i}=a;return t("section",{class:"ahead","aria-label":"What would follow","aria-live":"p\
olite",children:[!s&&!i&&t("p",{class:"muted",children:"Looking ahead\u2026"}),i&&t("p",{class:"muted",children:["What would follow cannot be told: ",i.message]}),
s&&!s.allowed&&t("p",{class:"state-error",children:["\u2716 It would be refused: ",s.message]}),s?.allowed&&t(_,{children:[t("h3",{children:"What would follow a\
t once"}),t(Se,{of:s})]})]})}var Lt=34,$e=16,Nt=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function oe({rows:e,truncated:n,only:a,outcome:s,again:i}){let{query:o}=F(),[r,u]=y(0),c=o.
get("q")??"",d=["took","name","state"].find(g=>g===o.get("order"))??"begun",f=o.get("state")??"",m=o.get("task")??void 0,v=o.get("run")??void 0,b=L(()=>{let g=e.
filter(O=>(!c||O.name.includes(c))&&(!f||O.state===f));return d==="took"&&g.sort((O,G)=>Nt(G)-Nt(O)||O.created_us-G.created_us),d==="name"&&g.sort((O,G)=>O.name.
localeCompare(G.name)),d==="state"&&g.sort((O,G)=>O.state.localeCompare(G.state)),g},[e,c,f,d]),h=e.filter(g=>g.name===m),k=W(null),p=W(void 0),N=k.current?.contains(
document.activeElement)?p.current:void 0,P=h.find(g=>g.id===v)??h.find(g=>g.id===N)??h[h.length-1];p.current=P?.id;let D=P&&t(Ee,{panel:k,row:P,outcome:s,runs:h,
again:i},P.id);if(a!==void 0)return D??t("p",{class:"muted",children:[a," has not run."]});let C=[...new Set(e.map(g=>g.state))],S=Math.max(0,Math.floor(r/Lt)-4),
X=b.slice(S,S+$e+8);return t(_,{children:[t("div",{class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:c,onInput:g=>T(
{q:g.currentTarget.value},!0)})]}),t("label",{children:["State ",t("select",{value:f,onChange:g=>T({state:g.currentTarget.value}),children:[t("option",{value:"",
children:"all"}),C.map(g=>t("option",{children:g}))]})]}),t("label",{children:["Order ",t("select",{value:d,onChange:g=>T({order:g.currentTarget.value==="begun"?
void 0:g.currentTarget.value}),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"took",children:"longest first"}),t("option",{value:"\
name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[b.length.toLocaleString("en")," of ",e.length.toLocaleString(
"en"),n?"; the run has more, which are left out":""]})]}),b.length===0&&t(B,{children:t("p",{children:e.length?"No task matches.":"No task has been made yet."})}),
b.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:g=>u(g.currentTarget.scrollTop),children:t("table",{"aria-rowcount":b.length,children:[
t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"Began"}),t("th",{children:"Took"}),t("th",{children:"\
Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${S*Lt}px`}}),X.map((g,O)=>t("tr",{class:g.name===m?"chosen":void 0,"aria-rowi\
ndex":S+O+1,children:[t("td",{children:t(I,{state:g.state})}),t("td",{children:t("button",{class:"link",onClick:()=>T({task:g.name,run:g.id}),children:g.name})}),
t("td",{children:x(g.started_us??g.created_us).replace(/^\d/,"+$&")}),t("td",{children:g.finished_us!==null?x(Nt(g)):Z(g,s)?t("span",{class:"muted",title:Ot,children:"\
left open"}):"\u2013"}),t("td",{children:[g.attempts,g.items!==null&&` \xB7 ${It(g)}`,g.child&&t(_,{children:[" \xB7 ",t("a",{href:M(`/executions/${w(g.child)}`),
children:"sub-workflow"})]})]})]},g.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,b.length-S-X.length)*Lt}px`}})]})]})}),D]})}function Ee({panel:e,
row:n,outcome:a,runs:s,again:i}){let[o,r]=y(),u=`/v2/tasks/${w(n.id)}`,c=it(`${u}?fields=id,name,state,state_info,result,published,type,created_at`,n.finished_us===
null&&!Z(n,a)?3e3:0),d=`${n.state} ${n.finished_us} ${n.attempts} ${n.items_done}`;j(c,d,Mt);let[f,m]=y(!1),v=et.use()!==void 0,b=o==="RUNNING"?{state:"RUNNING",
reset:!f}:{state:"SKIPPED"},h=async()=>{await q(u,{method:"PUT",json:b}),i(),c.again()};return t("section",{class:"panel",ref:e,"aria-label":`Task ${n.name}`,children:[
t("div",{class:"title",children:[t("h2",{children:n.name})," ",t(I,{state:n.state}),n.state==="ERROR"&&t(Y,{rule:"tasks:update",children:[t("button",{"aria-keys\
hortcuts":"R",onClick:()=>r("RUNNING"),children:"Run it again\u2026"}),t("button",{"aria-keyshortcuts":"S",onClick:()=>r("SKIPPED"),children:"Skip it\u2026"})]}),
!v&&t("button",{onClick:()=>T({view:"bench",task:n.name,run:n.id}),children:"What it saw"}),t("button",{onClick:()=>T({task:void 0,run:void 0}),children:"Close"})]}),
Z(n,a)&&t("p",{class:"facts",children:Ot}),s.length>1&&t("p",{class:"facts",children:["Runs: ",s.slice(-20).map((k,p)=>t(_,{children:[t("button",{class:"small",
"aria-pressed":k.id===n.id,onClick:()=>T({run:k.id}),children:[p+1+Math.max(0,s.length-20)," ",t(I,{state:k.state})]})," "]}))]}),t(E,{of:c,children:k=>t(_,{children:[
k.state_info&&t(H,{children:k.state_info}),t("div",{class:"columns",children:[t(z,{title:"Result",value:k.result}),t(z,{title:"Published",value:k.published})]}),
k.type==="WORKFLOW"?t(Le,{path:u,news:d}):t(Ce,{path:u,news:d})]})}),o&&t(nt,{title:o==="RUNNING"?`Run ${n.name} again?`:`Skip ${n.name}?`,label:o==="RUNNING"?"\
Run it again":"Skip it",act:h,close:()=>r(void 0),children:[t("p",{children:o==="SKIPPED"?"The run goes on with what follows when it is skipped.":f?"The run goe\
s on from here; items that succeeded keep their results.":"The run goes on from here, with all items of the task."}),o==="RUNNING"&&n.items!==null&&t("p",{children:t(
"label",{children:[t("input",{type:"checkbox",checked:f,onChange:k=>m(k.currentTarget.checked)})," only the items that failed"]})}),t(pt,{path:u,json:b})]})]})}
var ht=50,Mt=1e3;function Ce({path:e,news:n}){let a=it(`${e}/action_executions?limit=${ht}&include_output=true`);return j(a,n,Mt),t(E,{of:a,children:s=>t(_,{children:[
t("h3",{children:"Actions"}),s.action_executions.map(i=>t("details",{class:"call",children:[t("summary",{children:[t(I,{state:i.state})," ",i.name," ",t(J,{time:K(
i.created_at)})," ",t("code",{children:i.id})]}),i.state_info&&t(H,{children:i.state_info}),t("div",{class:"columns",children:[t(z,{title:"Input",value:i.input}),
t(z,{title:"Output",value:i.output})]})]},i.id)),s.next&&t("p",{class:"muted",children:["Only the first ",ht," are shown."]}),!s.action_executions.length&&t("p",
{class:"muted",children:"No action has been called."})]})})}function Le({path:e,news:n}){let a=R(`${e}/workflow_executions?limit=${ht}`);return j(a,n,Mt),t(E,{of:a,
children:s=>t(_,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:s.executions.map(i=>t("li",{children:[t(I,{state:i.state})," ",t("a",{href:M(`/ex\
ecutions/${w(i.id)}`),children:i.workflow_name})," ",t("code",{children:i.id})]},i.id))}),s.next&&t("p",{class:"muted",children:["Only the first ",ht," are show\
n."]})]})})}function ie({rows:e}){let{query:n}=F(),[a,s]=y("<% $ %>"),[i,o]=y(),[r,u]=y(),c=W(void 0),d=e.find(p=>p.id===n.get("run"))??e.find(p=>p.name===n.get("task"))??e.
find(p=>p.id===c.current)??e[e.length-1];c.current=d?.id;let f=e.slice(-500);d&&!f.includes(d)&&f.unshift(d);let m=R(d&&`/v2/tasks/${w(d.id)}/context`),v=R("/v2\
/expressions/functions");if(!d)return t(B,{children:t("p",{children:"No task has been made yet, so there are no data to try expressions on."})});let b=async p=>{
p.preventDefault(),u(void 0);try{o(await q("/v2/expressions",{method:"POST",json:{expression:a,task_execution_id:d.id}}))}catch(N){u(N)}},h=/([A-Za-z_]\w*)\W*$/.
exec(a.replace(/[%}>\s]+$/,""))?.[1].toLowerCase(),k=h?v.data?.functions.filter(p=>p.name.toLowerCase().startsWith(h)).slice(0,8)??[]:[];return t("div",{class:"\
columns",children:[t("section",{class:"panel",children:[t("form",{onSubmit:b,onKeyDown:p=>{p.key==="Enter"&&(p.metaKey||p.ctrlKey)&&b(p)},children:[t("label",{class:"\
block",children:["What the task saw ",t("select",{value:d.id,onChange:p=>{let N=e.find(P=>P.id===p.currentTarget.value);T({run:N?.id,task:N?.name},!0)},children:f.
map(p=>t("option",{value:p.id,children:[p.name," (",p.state,")"]}))})]}),t("label",{class:"block",children:["Expression, YAQL or Jinja2",t("textarea",{class:"co\
de",rows:3,spellcheck:!1,value:a,onInput:p=>s(p.currentTarget.value)})]}),t("div",{class:"buttons",children:t("button",{class:"primary",children:"Evaluate (Ctrl\
 Enter)"})})]}),r&&t(Vt,{error:r}),i?.error!==void 0&&t(H,{look:"error",isNews:!0,children:i.error}),i&&i.error===void 0&&t("div",{role:"status",children:[t("p",
{class:"muted",children:["after ",x(i.took_us),i.steps!==void 0&&`, ${mt(i.steps)} ${i.steps===1?"step":"steps"}`]}),t(Tt,{value:i.result})]}),k.length>0&&t("dl",
{class:"functions",children:k.map(p=>t(_,{children:[t("dt",{children:t("code",{children:p.signature})}),t("dd",{class:"muted",children:p.text})]}))})]}),t("sect\
ion",{class:"data",children:[t("h3",{children:"$"}),t(E,{of:m,children:p=>t(Tt,{value:p.context})})]})]})}var Ne=5e3;function re({base:e,state:n,workflow:a}){let s=R(`${e}/errors`,V(n)?0:Ne);return j(s,n,0),t(E,{of:s,children:i=>i.groups.length?t(_,{children:[i.groups.
map(o=>t("section",{class:"panel",children:[t("p",{children:[t("strong",{class:"state-error",children:["\u2716 ",mt(o.count)]})," ",t(J,{time:o.first_us/1e3}),Math.
floor(o.last_us/1e6)>Math.floor(o.first_us/1e6)&&t(_,{children:[" to ",t(J,{time:o.last_us/1e3})]})," ",t(ft,{text:o.message})]}),t(H,{children:o.message}),t("p",
{children:o.path.map((r,u)=>t(_,{children:[u>0&&" \u25B8 ",t("a",{href:M(`/executions/${w(r.execution_id)}?view=tasks&task=${w(r.task_name)}&run=${r.task_id}`),
children:[r.workflow_name," \xB7 ",r.task_name]})]}))}),t("p",{children:t("a",{href:M(`/executions${Ft({state:"ERROR",workflow_name:a,state_info:`has:${o.message.
split(`
`)[0].slice(0,60)}`})}`),children:"Other runs with this message"})})]})),i.truncated&&t("p",{class:"muted",children:"More failed than is shown."})]}):t(B,{children:t(
"p",{children:n==="ERROR"?"No task failed: the workflow itself did, or a request ended it.":"Nothing has failed that the workflow has not dealt with."})})})}function le(e,n){return e.filter(a=>a.created_us<=n).map(a=>{if(a.finished_us!==null&&a.finished_us<=n)return a;let s=a.started_us!==null&&a.started_us<=n;return{
...a,finished_us:null,state:s?"RUNNING":a.started_us===null?a.state:"WAITING"}})}var Me=[1,10,100,1e3];function ue({rows:e,end:n,isOpen:a}){let{query:s}=F(),i=s.
get("at"),o=i===null?void 0:Number(i),[r,u]=y(0),c=h=>{let k;for(let p of e)for(let N of[p.created_us,p.started_us,p.finished_us])N!==null&&h(N)<(k===void 0?1/0:
h(k))&&(k=N);return k},d=L(()=>Math.max(c(h=>-h)??0,a?n:0,1),[e,a,n]),f=o===void 0||o>=d&&!a?void 0:o,m=h=>T({at:h===void 0?void 0:String(Math.round(h))},!0),v=h=>{
let k=f??d;m(h?c(p=>p<k?k-p:1/0)??0:c(p=>p>k?p-k:1/0))};if(ot(()=>{if(!r)return;let h=f??0,k=setInterval(()=>{if(h+=5e4*r,h>=d)return u(0),m(void 0);m(h)},50);return()=>clearInterval(
k)},[r]),!e.length)return null;let b=matchMedia("(prefers-reduced-motion: reduce)").matches;return t("div",{class:"slider",role:"group","aria-label":"The run at\
 a moment",children:[t("button",{class:"small",onClick:()=>v(!0),"aria-label":"Event before",children:"\u25C0"}),t("input",{type:"range",min:0,max:d,step:1,value:f??
d,"aria-label":"Moment","aria-valuetext":f===void 0?"now":x(f),onInput:h=>{let k=Number(h.currentTarget.value);m(k>=d?void 0:k)},onKeyDown:h=>{(h.key==="ArrowLe\
ft"||h.key==="ArrowRight")&&(v(h.key==="ArrowLeft"),h.preventDefault())}}),t("button",{class:"small",onClick:()=>v(!1),"aria-label":"Event after",children:"\u25B6"}),
!b&&t("label",{children:[t("span",{class:"hidden",children:"Play"}),t("select",{value:String(r),onChange:h=>u(Number(h.currentTarget.value)),children:[t("option",
{value:"0",children:"play\u2026"}),Me.map(h=>t("option",{value:String(h),children:["\xD7 ",h]}))]})]}),t("span",{class:"muted",children:f===void 0?a?"now":"at i\
ts end":t(_,{children:[t("strong",{children:["at ",x(f)]})," of ",x(d)," ",t("button",{class:"small",onClick:()=>m(void 0),children:["back to ",a?"now":"the end"]})]})}),
f!==void 0&&t("span",{class:"muted",children:"A task that ran again is shown as its last run was."})]})}var gt=100;function ce({id:e}){return t(de,{id:e,depth:0})}function de({id:e,depth:n}){let a=R(`/v2/executions/${w(e)}/tasks?fields=id,name,state,type&limit=100\
0`,1e4);return t(E,{of:a,children:s=>{let i=s.tasks.filter(o=>o.type==="WORKFLOW");return i.length?t("ul",{class:"tree",children:[i.slice(0,gt).map(o=>t(Oe,{task:o,
depth:n},o.id)),(i.length>gt||s.next)&&t("li",{class:"muted",children:"More are not shown; see the tasks."})]}):n?t("p",{class:"muted",children:"nothing below"}):
t(B,{children:t("p",{children:"This run has started no other workflows."})})}})}function Oe({task:e,depth:n}){let[a,s]=y(n===0),i=R(a?`/v2/tasks/${w(e.id)}/work\
flow_executions?limit=${gt}`:void 0,1e4);return t("li",{children:[t("button",{class:"json-fold","aria-expanded":a,onClick:()=>s(!a),children:[a?"\u25BE":"\u25B8",
" ",t(I,{state:e.state})," ",e.name]}),a&&t(E,{of:i,children:o=>t("ul",{class:"tree",children:[o.executions.map(r=>t(Ie,{child:r,depth:n},r.id)),o.next&&t("li",
{class:"muted",children:["Only the first ",gt," are shown."]})]})})]})}function Ie({child:e,depth:n}){let[a,s]=y(!1),[i,o]=[K(e.created_at),K(e.updated_at)];return t(
"li",{children:[t("button",{class:"json-fold","aria-expanded":a,"aria-label":`Open ${e.id}`,onClick:()=>s(!a),children:a?"\u25BE":"\u25B8"})," ",t(I,{state:e.state}),
" ",t("a",{href:M(`/executions/${w(e.id)}`),children:e.workflow_name})," ",t("span",{class:"muted",children:i!==void 0&&o!==void 0?o-i<1e3?"< 1 s":x((o-i)*1e3):
""}),a&&t(de,{id:e.id,depth:n+1})]})}var me=10,Pe=2e3;function fe(e){let n=new Map;for(let a of e){let s=`${a.kind} ${a.message} ${a.task_name} ${a.fire_at??""} ${a.kind==="action_waiting_for_compl\
etion"?a.action_execution_id:""}`,i=n.get(s);i?i[1]+=1:n.set(s,[a,1])}return[...n.values()]}function pe({base:e,isAsked:n,isOpen:a,isLive:s,news:i,select:o}){let r=R(
n?`${e}/why`:void 0,a?s?5e3:3e3:0),u=a?"Why it has not finished":"Why it failed";j(r,i,Pe);let[c,d]=y();return t(_,{children:[n&&t(E,{of:r,children:f=>t(Ae,{of:f,
title:u,isOpen:a,select:o,complete:d})}),c&&t(De,{reason:c,close:()=>d(void 0),again:r.again})]})}function Ae({of:e,title:n,isOpen:a,select:s,complete:i}){return t(
"section",{class:`why${a?"":" failed"}`,"aria-label":n,tabIndex:-1,"aria-keyshortcuts":"w",children:[t("h2",{children:n}),!(e.reasons[0]&&e.summary.includes(e.reasons[0].
message))&&t("p",{children:e.summary}),t("ul",{children:fe(e.reasons).slice(0,me).map(([o,r])=>t("li",{children:[r>1&&t("strong",{children:[r," \xD7 "]}),o.message,
o.fire_at&&t(_,{children:[" (",t(Wt,{time:K(o.fire_at)}),")"]})," ",o.task_name&&t("button",{class:"small",onClick:()=>s(o.task_name),children:["Look at ",o.task_name]}),
" ",o.kind==="action_waiting_for_completion"&&o.action_execution_id&&t(Y,{rule:"action_executions:update",children:t("button",{class:"small",onClick:()=>i(o),children:"\
Complete\u2026"})}),o.execution_id&&t("a",{class:"button small",href:M(`/executions/${w(o.execution_id)}`),children:["Open ",o.workflow_name??"it"]}),o.kind==="\
action_queued"&&t("a",{class:"button small",href:M("/cluster"),children:"Look at the executors"})]},`${o.kind} ${o.action_execution_id} ${o.task_name}`))}),(fe(
e.reasons).length>me||e.truncated)&&t("p",{class:"muted",children:"There are more reasons."})]})}function De({reason:e,close:n,again:a}){let[s,i]=y("SUCCESS"),[
o,r]=y("{}"),u=async()=>{let c=JSON.parse(o);if(c===null||typeof c!="object"||Array.isArray(c))throw new Error('The result has to be a JSON object: {"name": \u2026}.');
let d={state:s,output:c};await q(`/v2/action_executions/${w(e.action_execution_id)}`,{method:"PUT",json:d}),a()};return t(nt,{title:`Complete the action of ${e.
task_name}`,label:"Complete",act:u,close:n,children:[t("label",{children:["State ",t("select",{value:s,onChange:c=>i(c.currentTarget.value),children:[t("option",
{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",children:["Result, a JSON object",t("textarea",{rows:5,value:o,onInput:c=>r(
c.currentTarget.value)})]})]})}var Ue="?fields=id,workflow_name,state,state_info,description,created_at,updated_at,tags,workflow_id,workflow_namespace,root_execution_id,task_execution_id",Fe=[
["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["errors","Errors"],["tree","Tree"],["bench","Expressions"]],be=["graph","time","tasks"],
Ge=1e3,We=2e4,Ve=2e3,qe=5e6,he=new WeakMap;function we(e,n,a){let s=c=>e.columns.indexOf(c),i=e.columns.map(c=>n.columns.indexOf(c)),o=[...e.rows],r=s("id"),u=he.
get(e.rows)??new Map(o.map((c,d)=>[c[r],d]));for(let c of n.rows){let d=u.get(c[i[r]]),f=d===void 0?void 0:o[d],m=e.columns.map((v,b)=>{let h=c[i[b]]??null;return h===
null&&(v==="child"||v==="items_done")?f?.[b]??null:v.endsWith("_us")&&typeof h=="number"?h-a:h});d===void 0?u.set(m[r],o.push(m)-1):o[d]=m}return he.set(o,u),{...e,
rows:o}}function Ke(e,n){let a=R(e),s=W(a);s.current=a;let i=L(()=>Xt(async()=>{let{data:c,again:d,patch:f}=s.current;if(!(!e||!c))try{let m=await q(`${e}?since\
=${c.cursor-qe}`);m.truncated?d():f(v=>({...we(v,m,0),execution:m.execution,now_us:m.now_us,cursor:Math.max(v.cursor,m.cursor)}))}catch{}}),[e]),[o,r]=[et.use()!==
void 0,Ut.use()],u=W(r);return ot(()=>{if(u.current&&!r&&i(),u.current=r,!e||o||r)return;let c=setInterval(()=>document.hidden||i(),n);return()=>clearInterval(c)},
[e,n,o,r]),{timeline:a,catchUp:i}}function Bs({id:e}){let n=`/v2/executions/${w(e)}`,{query:a}=F(),s=a.get("view")??"graph",i=et.use()!==void 0,[o,r]=y(!1),u=be.
includes(s),c=qt(i?void 0:`execution:${e}`,p=>{p.event==="gap"?(f.again(),v()):p.event==="execution"?f.again():p.event==="tasks"&&m.patch(N=>we(N,p.data,N.execution.
created_us))}),d=c||o?We:Ve,f=R(n+Ue,d),{timeline:m,catchUp:v}=Ke(u||s==="bench"?`${n}/timeline`:void 0,d),b=R(s==="graph"?`${n}/graph`:void 0),h=f.data?.state,
k=h!==void 0&&V(h);return k!==o&&r(k),t(_,{children:[f.error&&!f.data&&t("div",{class:"title",children:[t("h1",{children:"Execution"}),t("code",{children:e})]}),
t(E,{of:f,children:p=>t(He,{execution:p,base:n,again:()=>{f.again(),v()},isLive:c,timeline:m,graph:b})})]})}function He({execution:e,base:n,again:a,isLive:s,timeline:i,
graph:o}){let{query:r}=F(),u=r.get("view")??"graph",c=r.get("task")??void 0,d=r.get("at"),f=!V(e.state),m=et.use()!==void 0,v=be.includes(u),b=L(()=>i.data?ze(i.
data):[],[i.data]),h=d===null?void 0:Number(d),k=L(()=>h===void 0?b:le(b,h),[b,h]),p=h===void 0?e.state:void 0,N=e.root_execution_id,P=Gt(e.description),D=i.data?.
execution,C=D?.updated_us?D.updated_us-D.created_us:void 0;return t(_,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(I,{state:e.
state}),t("code",{children:e.id})," ",t(ft,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(J,{time:K(e.created_at)}),f?"":t(_,{children:[
" \xB7 ended ",t(J,{time:K(e.updated_at)}),C!==void 0&&` \xB7 took ${x(C)}`]}),t(Be,{workflow:e.workflow_name,took:C}),P.cron?t(_,{children:[" \xB7 by ",t("a",{
href:M(`/triggers?name=${w(P.cron)}`),children:"a cron trigger"})]}):P.words&&t(_,{children:[" \xB7 ",P.words]}),N&&t(_,{children:[" \xB7 part of ",t("a",{"aria\
-keyshortcuts":"p",href:M(`/executions/${w(N)}`),children:"the run that started it"})]})," \xB7 ",t(ge,{name:"input",letter:"i"})," \xB7 ",t(ge,{name:"output",letter:"\
o"})," \xB7 ",t("a",{href:M(`/workflows/${w(e.workflow_id)}`),children:"definition"}),t(je,{workflow:e.workflow_id,hash:o.data?.spec_hash})," \xB7 ",t("a",{href:M(
`/executions?workflow_name=${w(e.workflow_name)}`),children:"other runs"})]}),!m&&t(Xe,{execution:e,base:n,again:a}),t(pe,{isAsked:f||e.state==="ERROR",isOpen:f,
isLive:s,news:f&&b.length<=Ge?i.data?.rows:void 0,base:n,select:S=>T({task:S})}),e.state_info&&(e.state==="ERROR"?t("details",{children:[t("summary",{children:"\
The message in full"}),t(H,{look:"error",children:e.state_info})]}):t(H,{look:"idle",children:e.state_info})),t("div",{class:"tabs",role:"tablist",children:Fe.map(
([S,X],g)=>t("button",{role:"tab","aria-keyshortcuts":String(g+1),"aria-selected":u===S,onClick:()=>T({view:S,part:void 0}),children:X}))}),v&&t(ue,{rows:b,end:i.
data?Math.max(i.data.now_us-i.data.execution.created_us,0):0,isOpen:f}),u==="data"&&t(Qe,{execution:e}),u==="errors"&&t(re,{base:n,state:e.state,workflow:e.workflow_name}),
u==="tree"&&t(ce,{id:e.id}),u==="bench"&&t(ie,{rows:b}),u==="graph"&&t(Je,{graph:o,rows:k,outcome:p,isReady:i.data!==void 0||i.error!==void 0,task:c}),u==="time"&&
t(E,{of:i,children:S=>t(ae,{timeline:S,rows:k,outcome:p,task:c,run:r.get("run")??void 0,path:m?void 0:`${n}/timeline`})}),(u==="tasks"||c&&v)&&t(E,{of:i,children:S=>t(
oe,{rows:k,outcome:p,truncated:S.truncated,only:u==="tasks"?void 0:c,again:a})})]})}var ge=({name:e,letter:n})=>t("button",{class:"link","aria-keyshortcuts":n,onClick:()=>T(
{view:"data",part:e}),children:e});function Be({workflow:e,took:n}){let a=R(Bt(),jt),s=L(()=>Ht(a.data?.buckets??[]).get(e),[a.data,e]);return s?t(_,{children:[
" (usually ",t(zt,{of:s,took:n??0}),")"]}):null}function je({workflow:e,hash:n}){let s=R(n&&`/v2/workflows/${w(e)}/versions`).data?.versions??[],i=s.find(r=>r.spec_hash===
n);if(!i)return null;let o=s[0];return t(_,{children:[", version ",i.version,o.spec_hash!==n&&t("strong",{class:"state-paused",children:[" (now ",o.version,")"]})]})}
var ke=new WeakMap;function ze(e){return e.rows.map(n=>{let a=ke.get(n);return a||ke.set(n,a=Object.fromEntries(e.columns.map((s,i)=>[s,n[i]]))),a})}function Je({
graph:e,rows:n,outcome:a,isReady:s,task:i}){let{query:o}=F(),r=o.has("critical"),u=f=>T({critical:f?"1":void 0}),c=L(()=>{if(!r)return;let f=Et(n);return new Set(
n.filter(m=>f.has(m.id)).map(m=>m.name))},[n,r]),d=L(()=>{let f=new Map;for(let m of n){let v=f.get(m.name),b=Ze(m,a);f.set(m.name,v?{...b,runs:v.runs+1}:b)}return f},
[n,a]);return t(E,{of:e,children:f=>t("div",{onKeyDown:m=>{m.key==="c"&&m.target.tagName==="CANVAS"&&!m.ctrlKey&&!m.metaKey&&!m.altKey&&u(!r)},children:t(Jt,{tools:n.
length>1&&t("label",{children:[t("input",{type:"checkbox",checked:r,onChange:m=>u(m.currentTarget.checked)})," critical path"]}),graph:f,states:d,isReady:s,critical:c,
dims:o.has("hide"),dim:m=>T({hide:m?"SUCCESS":void 0}),selected:i,onSelect:m=>T({task:m})})})})}var Ye=[new WeakMap,new WeakMap];function Ze(e,n){let a=Z(e,n),s=Ye[Number(
a)],i=s.get(e);if(!i){let o=e.finished_us!==null?x(e.finished_us-(e.started_us??e.created_us)):a?`left ${e.state.toLowerCase()}`:e.state.toLowerCase(),r=e.items!==
null?` \xB7 ${It(e)}`:"",u=`${o}${e.attempts>1?` \xB7 attempt ${e.attempts}`:""}${r}`;s.set(e,i={state:e.state,runs:1,note:u,part:e.items&&e.items_done!==null?e.
items_done/e.items:void 0})}return i}var Ot="It was open when the run ended: nothing follows from it any more, whatever its action may still answer.",Z=(e,n)=>e.
finished_us===null&&n!==void 0&&V(n)&&!V(e.state),It=e=>e.items_done===null||e.items_done===e.items?`${e.items} ${e.items===1?"item":"items"}`:`${e.items_done} \
of ${e.items} items`;function Qe({execution:e}){let n=it(`/v2/executions/${w(e.id)}?fields=id,input,output,params`),{state:a}=e,s=F().query.get("part"),i=W(null),
o=n.data!==void 0;return ot(()=>{let r=s&&i.current?.querySelector(`:scope > [data-part="${CSS.escape(s)}"]`);r&&(r.scrollIntoView({block:"nearest"}),r.focus({preventScroll:!0}))},
[s,o]),j(n,a,0),t(E,{of:n,children:r=>t("div",{class:"columns",ref:i,children:[t(z,{title:"Input",value:r.input,part:"input"}),t(z,{title:"Output",value:r.output,
part:"output"}),t(z,{title:"Parameters",value:r.params})]})})}function Xe({execution:e,base:n,again:a}){let[s,i]=y(),[o,r]=y(!1),{state:u}=e,c=R(o?`${n}?fields=\
id,input`:void 0),d=async k=>{k.state?await q(n,{method:"PUT",json:{state:k.state}}):(await q(`${n}${V(u)?"":"?force=true"}`,{method:"DELETE"}),yt("/executions")),
a()},f={title:"Pause this run?",text:"Actions that are running go on to their end; nothing new begins.",label:"Pause",state:"PAUSED"},m={title:"Resume this run?",
text:"It goes on where it was stopped; failed tasks run again.",label:"Resume",state:"RUNNING"},v={title:"Cancel this run?",text:"It ends as CANCELLED, with eve\
rything that it has started.",label:"Cancel the run",state:"CANCELLED"},b={title:"Delete this run?",text:"It and everything below it are gone for good.",label:"\
Delete"},h=[u==="RUNNING"&&f,["PAUSED","ERROR"].includes(u)&&m,!V(u)&&v].filter(Boolean);return t("div",{class:"buttons",role:"group","aria-label":"What to do w\
ith this run","aria-keyshortcuts":".",children:[t(Y,{rule:"executions:update",children:h.map(k=>t("button",{onClick:()=>i(k),children:[k.label,"\u2026"]}))}),t(
Y,{rule:"executions:create",children:t("button",{"aria-keyshortcuts":"r",onClick:()=>r(!0),children:"Run again\u2026"})}),t(tn,{execution:e}),t(en,{base:n,id:e.
id}),t(Y,{rule:"executions:delete",children:t("button",{onClick:()=>i(b),children:"Delete\u2026"})}),s&&t(nt,{title:s.title,label:s.label,act:()=>d(s),close:()=>i(
void 0),children:[t("p",{children:s.text}),s.state&&t(pt,{path:n,json:{state:s.state}})]}),o&&c.error&&t(E,{of:c,children:()=>null}),o&&c.data&&t(Qt,{workflow:e.
workflow_id,name:e.workflow_name,input:c.data.input,close:()=>r(!1)})]})}function tn({execution:e}){let[n,a]=y(!1),s=w(e.workflow_name),i=R(n?`/v2/executions?wo\
rkflow_name=${s}&limit=12&sort_keys=created_at&sort_dirs=desc&fields=id,state,created_at,workflow_name`:void 0),o=(i.data?.executions??[]).filter(u=>u.id!==e.id),
r=o.find(u=>u.state==="SUCCESS");return t("select",{"aria-label":"Compare with",value:"",onFocus:()=>a(!0),onPointerDown:()=>a(!0),onChange:u=>yt(`/compare?a=${w(
u.currentTarget.value)}&b=${w(e.id)}`),children:[t("option",{value:"",children:"Compare with\u2026"}),r&&t("option",{value:r.id,children:"the last success"}),o.
map(u=>t("option",{value:u.id,children:[u.state," ",u.created_at]})),n&&i.data&&!o.length&&t("option",{disabled:!0,children:"no other run of this workflow"})]})}
function en({base:e,id:n}){let[a,s]=y(!1);return t("button",{disabled:a,onClick:async()=>{s(!0);try{let o=await fetch(`${Dt}${e}/snapshot`,{headers:xt.get()?{"X\
-Auth-Token":xt.get()}:{}});if(!o.ok)throw new Error((await o.json()).faultstring);let r=document.createElement("a");r.href=URL.createObjectURL(await o.blob()),
r.download=`execution-${n}.ndjson`,r.click(),setTimeout(()=>URL.revokeObjectURL(r.href),1e4)}catch(o){alert(String(o))}s(!1)},children:a?"Saving\u2026":"Save as\
 file"})}export{Bs as a,ze as b,Ot as c,Z as d,It as e};
