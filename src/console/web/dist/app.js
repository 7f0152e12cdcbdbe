import{d as le}from"./chunk-EVLDVXTG.js";import{a as ae}from"./chunk-ERXFRVMR.js";import"./chunk-L2X5PRSI.js";import{a as A}from"./chunk-HVJX4T2S.js";
import{$ as ie,A as _,B as ne,D as $,E as oe,G as p,J as H,K as se,L as re,M as E,N as x,P as b,R as q,_ as e,a as w,b as G,c as V,d,e as h,fa as j,g as X,ga as R,
j as Z,ja as F,m as I,n as L,o as T,p as P,r as J,s as U,t as K,u as Y,v as O,w as Q,x as ee,y as M,z as te}from"./chunk-5ALTCYJR.js";var ge=10;function N(){try{let t=JSON.parse(U.get("visited")??"[]");return Array.isArray(t)?t:[]}catch{return[]}}function W(t,n){U.set("visited",JSON.stringify(
[{to:t,name:n},...N().filter(o=>o.to!==t)].slice(0,ge)))}var he={execution:t=>`/executions/${p(t.id)}`,workflow:t=>`/workflows/${p(t.id)}`,action:t=>`/actions?name=${p(t.name)}`,environment:t=>`/environments?name=${p(
t.name)}`,cron_trigger:t=>`/triggers?name=${p(t.name)}`,event_trigger:()=>"/triggers",code_source:t=>`/code?name=${p(t.name)}`};async function ce(t){if(t.type===
"task"){let n=await b(`/v2/tasks/${p(t.id)}?fields=workflow_execution_id,name`);return`/executions/${p(n.workflow_execution_id)}?view=tasks&task=${p(n.name)}&ru\
n=${p(t.id)}`}if(t.type==="action_execution"){let n=await b(`/v2/action_executions/${p(t.id)}`);return n.task_execution_id?ce({...t,type:"task",id:n.task_execution_id}):
void 0}return he[t.type]?.(t)}function ue({pages:t,close:n}){let[o,s]=d(""),[r,l]=d([]),[c,y]=d(!1),[v,f]=d(0);h(()=>{if(f(0),o.trim().length<2)return l([]);let a=new AbortController,
i=setTimeout(()=>{b(`/v2/search?q=${p(o.trim())}`,{signal:a.signal}).then(g=>{l(g.results),y(g.partial)},()=>{})},150);return()=>{clearTimeout(i),a.abort()}},[o]);
let C=[...t.map(([a,i,g])=>({words:i,note:`g ${g}`,to:`/${a}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"},...N().map(({to:a,name:i})=>({words:i,note:`seen last \xB7 ${decodeURIComponent(a.split("/")[2]).slice(0,36)}`,to:a}))].filter(a=>a.words.
toLowerCase().includes(o.trim().toLowerCase())),k=[...r.filter(a=>a.type!=="workbook"),...C],S=async a=>{if(!a)return;let i="to"in a?a.to:await ce(a);i&&(n(),P(
i))},u=a=>{if(a.key==="ArrowDown")f(Math.min(k.length-1,v+1));else if(a.key==="ArrowUp")f(Math.max(0,v-1));else if(a.key==="Enter")S(k[v]);else return;a.preventDefault()};
return e(R,{title:"Find",close:n,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-controls":"found","aria-activedescendant":k.length?
`found-${v}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, description, or page",value:o,onInput:a=>s(a.currentTarget.value),
onKeyDown:u}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:k.slice(0,40).map((a,i)=>e("li",{id:`found-${i}`,role:"option",
"aria-selected":i===v,onClick:()=>S(a),onPointerMove:()=>f(i),children:"to"in a?e(w,{children:[a.words," ",e("span",{class:"muted",children:a.note})]}):e(w,{children:[
a.state&&e(ie,{state:a.state,short:!0})," ",a.name," ",e("span",{class:"muted",children:[a.type.replace("_"," ")," \xB7 ",a.matched]})," ",e("code",{children:a.
id.slice(0,36)})]})}))}),!k.length&&e("p",{class:"muted",children:"Nothing found."}),c&&r.length>0&&e("p",{class:"muted",children:"There may be more: the search\
 was cut short."})]})}var ke={password:"User and password",application_credential:"Application credential",token:"Token"};function de({hasFailed:t}){let[n,o]=d([]),[s,r]=d("token"),[
l,c]=d(""),[y,v]=d(),f=re.use();h(()=>{b("/console/session").then(({ways:i})=>{o(i),i.includes("password")&&r("password")},()=>o([]))},[]);let C=i=>{if(!i.project&&
i.projects.length)return v(i);x.set(!1),E(i.token,i.projects)},k=async(i,g,B)=>{c("");try{C(await b("/console/session",{method:i,json:g,headers:B?{"X-Auth-Token":B}:
{}}))}catch(fe){c(fe.message)}},S=i=>{i.preventDefault();let g=Object.fromEntries(new FormData(i.currentTarget));if(s!=="token")return void k("POST",{method:s,...g});
x.set(!1),E(g.token.trim())},u=i=>{let g=crypto.randomUUID?.()??String(Math.random());J.set("mark",g),location.assign(`${T("/login/oidc")}?${new URLSearchParams(
{next:I(),mark:g,...i?{realm:i}:{}})}`)},a=n.filter(i=>!i.startsWith("oidc"));return e("form",{class:"banner",onSubmit:S,"aria-label":"Sign in",children:[e("spa\
n",{children:l||f?e("span",{role:"alert",children:["\u2716 ",l||f]}):t?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are."}),
y&&e("label",{children:["Project ",e("select",{value:"",onChange:i=>k("PUT",{project:i.currentTarget.value},y.token),children:[e("option",{value:"",children:"ch\
oose\u2026"}),y.projects.map(i=>e("option",{value:i.id,children:i.name}))]})]}),n.includes("oidc")&&!n.includes("oidc_realm")&&e("button",{type:"button",class:"\
primary",onClick:()=>u(),children:"Sign in with your provider"}),n.includes("oidc_realm")&&e("label",{children:["Realm ",e("input",{name:"realm",autocomplete:"o\
rganization"})," ",e("button",{type:"button",class:"primary",onClick:i=>u(i.currentTarget.previousElementSibling.value.trim()),children:"Sign in with Keycloak"})]}),
a.length>0&&e("label",{children:["With ",e("select",{value:s,onChange:i=>r(i.currentTarget.value),children:[...a,"token"].map(i=>e("option",{value:i,children:ke[i]}))})]}),
s==="password"&&e(w,{children:[e("label",{children:["User ",e("input",{name:"user",autocomplete:"username",required:!0})]}),e("label",{children:["Password ",e("\
input",{name:"password",type:"password",autocomplete:"current-password",required:!0})]}),e("label",{children:["Domain ",e("input",{name:"domain",placeholder:"De\
fault"})]}),e("label",{children:["Project ",e("input",{name:"project",placeholder:"your own"})]})]}),s==="application_credential"&&e(w,{children:[e("label",{children:[
"Id ",e("input",{name:"id",autocomplete:"username",required:!0})]}),e("label",{children:["Secret ",e("input",{name:"secret",type:"password",autocomplete:"off",required:!0})]})]}),
s==="token"&&e("label",{children:["Token ",e("input",{name:"token",type:"password",autocomplete:"off",required:!0})]}),e("button",{class:n.includes("oidc")?"":"\
primary",children:"Sign in"}),t&&e("button",{type:"button",onClick:()=>{E(void 0),x.set(!1)},children:"Sign out"}),s==="token"&&e("span",{class:"muted",children:"\
It stays in this tab and is sent to this server only."})]})}var D=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],we=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["l","live on and off: changes are sho\
wn as they come, or not before you want it"],["t","local time or UTC"],["y","copy the link to this view"],["f 0 + \u2212","graph: all of it, its own size, zoom"],
["arrows, n N","graph: along the edges, failed tasks"],["h c e","graph: dim what has succeeded, the critical path, open all of a large one"],["Ctrl S, F8, Ctrl \
.","editor: save, next problem, mend it"],["?","these keys"]],be=()=>pe().map(t=>[t.getAttribute("aria-keyshortcuts"),`this page: ${(t.getAttribute("aria-label")??
t.textContent??"").replace(/…$/,"")}`]),ye=1e3,pe=()=>[...document.querySelectorAll("main [aria-keyshortcuts]")];function ve(t){let n=pe().find(o=>o.getAttribute(
"aria-keyshortcuts")===t);return n?(n.matches("a, button")?n.click():(n.matches("[role=group]")?n.querySelector("button:enabled, select, a"):n)?.focus(),!0):!1}
var Te=t=>t.composedPath()[0].closest("input, textarea, select, dialog, [contenteditable]")!==null||t.target.closest("dialog")!==null;function Ce(t,n){let o=X(0);
h(()=>{let s=r=>{if((r.ctrlKey||r.metaKey)&&r.key==="k")return n(),r.preventDefault();if(!O.get()||r.defaultPrevented||r.ctrlKey||r.metaKey||r.altKey||Te(r))return;
let l=Date.now()-o.current<ye;o.current=r.key==="g"?Date.now():0;let c=l&&D.find(([,,y])=>y===r.key);if(c)P(`/${c[0]}`);else if(r.key==="/")document.querySelector(
"[data-filter]")?.focus();else if(r.key==="?")t();else if(r.key==="l")_.set(!_.get());else if(r.key==="t")M(K.get()==="UTC"?"local":"UTC");else if(r.key==="y")navigator.
clipboard?.writeText(location.href);else if(!ve(r.key))return;r.preventDefault()};return addEventListener("keydown",s),()=>removeEventListener("keydown",s)},[])}
function Ee(t){let n=t.slice(0,2).join("/");h(()=>{if(t.length<2||t[1]==="new"||$.get())return;let o=`/${t.slice(0,2).map(encodeURIComponent).join("/")}`,s="",r=setTimeout(
()=>W(o,s=document.querySelector("main h1")?.textContent??t[1]),1500);return()=>{clearTimeout(r),s||W(o,t[1])}},[n])}function m(t){let n,o;return function(r){let[
,l]=d(0);return h(()=>{n||t().then(c=>n=c,c=>o=c).then(()=>l(c=>c+1))},[]),n?e(n,{...r}):o?e(j,{children:[e("h1",{children:"The console was updated"}),e("p",{children:"\
This page's code is not there any more."}),e("button",{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"\
status","aria-label":"Loading",children:[e("i",{}),e("i",{}),e("i",{})]})}}var xe=m(()=>import("./Execution-CK2YYALC.js").then(t=>t.Execution)),Se=m(()=>import("./Workflows-7YTBCYWR.js").
then(t=>t.Workflows)),Pe=m(()=>import("./Workflows-7YTBCYWR.js").then(t=>t.WorkflowPage)),_e=m(()=>import("./Editor-IW6DLF6V.js").then(t=>t.EditWorkflow)),
$e=m(()=>import("./Actions-RHZDRMI2.js").then(t=>t.Actions)),Ae=m(()=>import("./Actions-RHZDRMI2.js").then(t=>t.Code)),Ie=m(()=>import("./Triggers-FDIUWDOW.js").
then(t=>t.Triggers)),je=m(()=>import("./Environments-YSF57IEC.js").then(t=>t.Environments)),Re=m(()=>import("./Overview-MRDXAFED.js").then(t=>t.Overview)),De=m(
()=>import("./Cluster-SUDSUPFT.js").then(t=>t.Cluster)),Le=m(()=>import("./Compare-DYTHHNIY.js").then(t=>t.Compare)),Ue=m(()=>import("./Bulk-RFP76XHT.js").
then(t=>t.BulkList)),Ke=m(()=>import("./Bulk-RFP76XHT.js").then(t=>t.BulkPage));function Oe(){let{path:t}=L(),[n,o,s]=t;return n==="executions"&&o===void 0?
e(le,{}):n===void 0||n==="overview"&&o===void 0?e(Re,{}):n==="executions"&&s===void 0?e(xe,{id:o},o):n==="workflows"&&o===void 0?e(Se,{}):n==="workflows"&&s===void 0?
e(Pe,{id:o},o):n==="workflows"&&s==="edit"?e(_e,{id:o},o):n==="actions"&&o===void 0?e($e,{}):n==="code"&&o===void 0?e(Ae,{}):n==="triggers"&&o===void 0?e(Ie,{}):
n==="environments"&&o===void 0?e(je,{}):n==="cluster"&&o===void 0?e(De,{}):n==="compare"&&o===void 0?e(Le,{}):n==="bulk"&&o===void 0?e(Ue,{}):n==="bulk"&&s===void 0?
e(Ke,{id:o},o):n==="file"?e(Me,{}):e(j,{children:[e("h1",{children:"There is no such page"}),e("p",{children:e("a",{href:T("/executions"),children:"Go to the ex\
ecutions"})})]})}function Me(){let[t,n]=d(""),o=async s=>{if(s)try{let r=oe(s.name,await s.text());$.set(r),P(`/executions/${encodeURIComponent(r.execution)}`)}catch(r){
n(`${s.name} cannot be read: ${r}`)}};return e(j,{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an \
execution has made. It is read here and sent nowhere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjso\
n",onChange:s=>o(s.currentTarget.files?.[0])})]})}),t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var z=class extends G{state={};componentDidCatch(n){
this.setState({error:n})}render(){let{error:n}=this.state;return n?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This p\
age has failed."})," ",n.message]}),e("button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function He(){let t=$.use(),n=x.
use(),o=H.use(),s=F(t?void 0:"/maintenance",15e3),r=s.data?.status,l=F(t?void 0:"/v2/identity",6e4),c=A.use();return h(()=>A.set(l.error?.status===401?void 0:l.
data),[l.data,l.error]),e(w,{children:[c?.read_only&&e("p",{class:"banner quiet",children:"Read-only: this console shows everything and changes nothing."}),t&&e(
"p",{class:"banner",role:"status",children:["Snapshot of ",t.execution,", taken ",q(t.taken),t.truncated?"; the file does not hold all of it":"",". ",e("button",
{class:"small",onClick:()=>{$.set(void 0),P("/executions")},children:"Close the file"})]}),r&&r!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 Th\
e service is ",r,": nothing can be changed until it is ",e("a",{href:T("/cluster"),children:"resumed"}),"."]}),n&&!t&&e(de,{hasFailed:!!o}),!n&&!o&&!t&&s.data&&
e("p",{class:"banner quiet",children:"No authentication: whoever reaches this service may do everything."})]})}function qe(){let t=A.use(),[n,o]=[se.use(),H.use()];
if(!t?.is_authenticated||!o)return null;let s=async l=>{let c=await b("/console/session",{method:"PUT",json:{project:l},headers:{"X-Auth-Token":o}});E(c.token,c.
projects)},r=async()=>{E(void 0),await b("/console/session",{method:"DELETE",headers:{"X-Auth-Token":o}}).catch(()=>{})};return e(w,{children:[e("span",{class:"\
muted",title:`user ${t.user_id}, project ${t.project_id}`,children:[t.user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}),n.length>1&&e("select",{"ari\
a-label":"Project",value:t.project_id??"",onChange:l=>s(l.currentTarget.value).catch(()=>x.set(!0)),children:n.map(l=>e("option",{value:l.id,children:l.name}))}),
e("button",{onClick:r,children:"Sign out"})]})}function Fe(){let t=A.use()?.regions??[];if(!t.length)return null;let n=t.find(s=>s.url===Z)?.name,o=s=>s&&location.
assign(`${s}/console${I()}`);return e("select",{"aria-label":"Region",value:n??"",onChange:s=>o(t.find(r=>r.name===s.currentTarget.value)?.url??""),children:[n===
void 0&&e("option",{value:"",children:"this region"}),t.map(s=>e("option",{children:s.name}))]})}var Ne=300;function We(){let t=K.use(),[n,o]=d([]);h(()=>{let r=setTimeout(
()=>o(Q()),Ne);return()=>clearTimeout(r)},[]);let s=t!=="local"&&t!=="UTC"&&!n.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:r=>M(
r.currentTarget.value),children:[e("option",{value:"local",children:"local time"}),e("option",{children:"UTC"}),s&&e("option",{children:t}),n.map(r=>e("option",
{children:r}))]})}var ze={live:["state-success","\u25CF live"],lost:["state-paused","\u25D0 asking"],idle:["state-success","\u25CF connected"]},Be=["state-pause\
d","\u2016 paused"];function Ge(){let t=L(),n=ne(),[o,s]=d(!1),[r,l]=d(!1),[c,y,v,f]=[Y.use(),ae.use(),O.use(),_.use()];Ce(()=>s(!0),()=>l(!0));let C=t.path[0]??
"overview";Ee(t.path),h(()=>{document.title=`${t.path[1]??D.find(([u])=>u===C)?.[1]??"Mistral"} \u2013 Mistral`}),h(()=>document.querySelector("nav [aria-curren\
t]")?.scrollIntoView({inline:"center",block:"nearest"}),[C]);let[k,S]=n!==void 0?["state-error",`\u2716 no answer since ${q(n)}`]:f?Be:ze[y];return e(w,{children:[
e("a",{class:"skip",href:"#main",onClick:u=>{u.preventDefault(),document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("s\
trong",{class:"brand",children:"Mistral"}),e("nav",{"aria-label":"Pages",children:D.map(([u,a])=>e("a",{href:T(`/${u}`),"aria-current":C===u?"page":void 0,children:a}))}),
e("span",{class:"settings",children:[e("button",{onClick:()=>l(!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:k,children:e(
"button",{class:"dot-button","aria-pressed":!f,title:f?"Go on showing changes (l)":"Show no changes for now (l)",onClick:()=>_.set(!f),children:S})}),e(Fe,{}),e(
We,{}),e("select",{"aria-label":"Theme",value:c,onChange:u=>te(u.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"\
light"}),e("option",{children:"dark"})]}),e("button",{onClick:()=>s(!0),"aria-label":"Keys",children:"?"}),e(qe,{})]})]}),e(He,{}),e("main",{id:"main",tabIndex:-1,
children:e(z,{children:e(Oe,{})},t.path.join("/"))}),r&&e(ue,{pages:D,close:()=>l(!1)}),o&&e(R,{title:"Keys",close:()=>s(!1),children:[e("dl",{class:"keys",children:[
...be(),...we].map(([u,a])=>e("div",{children:[e("dt",{children:e("kbd",{children:u})}),e("dd",{children:a})]}))}),e("p",{children:e("label",{children:[e("input",
{type:"checkbox",checked:v,onChange:u=>ee(u.currentTarget.checked)})," single keys do something"]})}),e("p",{children:[e("a",{href:T("/file"),onClick:()=>s(!1),
children:"Open a saved run"})," \xB7 ",e("a",{href:T("/bulk"),onClick:()=>s(!1),children:"Bulk operations"})]}),e("div",{class:"buttons",children:e("button",{onClick:()=>s(
!1),children:"Close"})})]})]})}var me=document.getElementById("app");me.textContent="";V(e(Ge,{}),me);
