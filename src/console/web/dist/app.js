import{d as ae}from"./chunk-PPECMSZK.js";import{a as ie}from"./chunk-C5PZHKVE.js";import"./chunk-MFEKJLTG.js";import{a as $}from"./chunk-SA5DILO3.js";
import{A as te,B as _,C as ne,E as p,H as M,I as oe,J as re,K as E,L as x,N as y,P as F,Y as e,Z as se,a as w,b as z,c as V,d,da as j,e as g,ea as A,g as G,ha as H,
j as X,m as I,n as D,o as C,p as S,r as Z,s as L,t as U,u as J,v as K,w as Y,x as Q,y as O,z as ee}from"./chunk-O26X54IO.js";var fe=10;function N(){try{let t=JSON.parse(L.get("visited")??"[]");return Array.isArray(t)?t:[]}catch{return[]}}function W(t,n){L.set("visited",JSON.stringify(
[{to:t,name:n},...N().filter(o=>o.to!==t)].slice(0,fe)))}var ge={execution:t=>`/executions/${p(t.id)}`,workflow:t=>`/workflows/${p(t.id)}`,action:t=>`/actions?name=${p(t.name)}`,environment:t=>`/environments?name=${p(
t.name)}`,cron_trigger:t=>`/triggers?name=${p(t.name)}`,event_trigger:()=>"/triggers",code_source:t=>`/code?name=${p(t.name)}`};async function le(t){if(t.type===
"task"){let n=await y(`/v2/tasks/${p(t.id)}?fields=workflow_execution_id,name`);return`/executions/${p(n.workflow_execution_id)}?view=tasks&task=${p(n.name)}&ru\
n=${p(t.id)}`}if(t.type==="action_execution"){let n=await y(`/v2/action_executions/${p(t.id)}`);return n.task_execution_id?le({...t,type:"task",id:n.task_execution_id}):
void 0}return ge[t.type]?.(t)}function ce({pages:t,close:n}){let[o,r]=d(""),[s,l]=d([]),[c,b]=d(!1),[v,h]=d(0);g(()=>{if(h(0),o.trim().length<2)return l([]);let a=new AbortController,
i=setTimeout(()=>{y(`/v2/search?q=${p(o.trim())}`,{signal:a.signal}).then(f=>{l(f.results),b(f.partial)},()=>{})},150);return()=>{clearTimeout(i),a.abort()}},[o]);
let P=[...t.map(([a,i,f])=>({words:i,note:`g ${f}`,to:`/${a}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"},...N().map(({to:a,name:i})=>({words:i,note:`seen last \xB7 ${decodeURIComponent(a.split("/")[2]).slice(0,36)}`,to:a}))].filter(a=>a.words.
toLowerCase().includes(o.trim().toLowerCase())),k=[...s.filter(a=>a.type!=="workbook"),...P],u=async a=>{if(!a)return;let i="to"in a?a.to:await le(a);i&&(n(),S(
i))},T=a=>{if(a.key==="ArrowDown")h(Math.min(k.length-1,v+1));else if(a.key==="ArrowUp")h(Math.max(0,v-1));else if(a.key==="Enter")u(k[v]);else return;a.preventDefault()};
return e(A,{title:"Find",close:n,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-controls":"found","aria-activedescendant":k.length?
`found-${v}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, description, or page",value:o,onInput:a=>r(a.currentTarget.value),
onKeyDown:T}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:k.slice(0,40).map((a,i)=>e("li",{id:`found-${i}`,role:"option",
"aria-selected":i===v,onClick:()=>u(a),onPointerMove:()=>h(i),children:"to"in a?e(w,{children:[a.words," ",e("span",{class:"muted",children:a.note})]}):e(w,{children:[
a.state&&e(se,{state:a.state,short:!0})," ",a.name," ",e("span",{class:"muted",children:[a.type.replace("_"," ")," \xB7 ",a.matched]})," ",e("code",{children:a.
id.slice(0,36)})]})}))}),!k.length&&e("p",{class:"muted",children:"Nothing found."}),c&&s.length>0&&e("p",{class:"muted",children:"There may be more: the search\
 was cut short."})]})}var he={password:"User and password",application_credential:"Application credential",token:"Token"};function ue({hasFailed:t}){let[n,o]=d([]),[r,s]=d("token"),[
l,c]=d(""),[b,v]=d(),h=re.use();g(()=>{y("/console/session").then(({ways:i})=>{o(i),i.includes("password")&&s("password")},()=>o([]))},[]);let P=i=>{if(!i.project&&
i.projects.length)return v(i);x.set(!1),E(i.token,i.projects)},k=async(i,f,B)=>{c("");try{P(await y("/console/session",{method:i,json:f,headers:B?{"X-Auth-Token":B}:
{}}))}catch(me){c(me.message)}},u=i=>{i.preventDefault();let f=Object.fromEntries(new FormData(i.currentTarget));if(r!=="token")return void k("POST",{method:r,...f});
x.set(!1),E(f.token.trim())},T=i=>{let f=crypto.randomUUID?.()??String(Math.random());Z.set("mark",f),location.assign(`${C("/login/oidc")}?${new URLSearchParams(
{next:I(),mark:f,...i?{realm:i}:{}})}`)},a=n.filter(i=>!i.startsWith("oidc"));return e("form",{class:"banner",onSubmit:u,"aria-label":"Sign in",children:[e("spa\
n",{children:l||h?e("span",{role:"alert",children:["\u2716 ",l||h]}):t?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are."}),
b&&e("label",{children:["Project ",e("select",{value:"",onChange:i=>k("PUT",{project:i.currentTarget.value},b.token),children:[e("option",{value:"",children:"ch\
oose\u2026"}),b.projects.map(i=>e("option",{value:i.id,children:i.name}))]})]}),n.includes("oidc")&&!n.includes("oidc_realm")&&e("button",{type:"button",class:"\
primary",onClick:()=>T(),children:"Sign in with your provider"}),n.includes("oidc_realm")&&e("label",{children:["Realm ",e("input",{name:"realm",autocomplete:"o\
rganization"})," ",e("button",{type:"button",class:"primary",onClick:i=>T(i.currentTarget.previousElementSibling.value.trim()),children:"Sign in with Keycloak"})]}),
a.length>0&&e("label",{children:["With ",e("select",{value:r,onChange:i=>s(i.currentTarget.value),children:[...a,"token"].map(i=>e("option",{value:i,children:he[i]}))})]}),
r==="password"&&e(w,{children:[e("label",{children:["User ",e("input",{name:"user",autocomplete:"username",required:!0})]}),e("label",{children:["Password ",e("\
input",{name:"password",type:"password",autocomplete:"current-password",required:!0})]}),e("label",{children:["Domain ",e("input",{name:"domain",placeholder:"De\
fault"})]}),e("label",{children:["Project ",e("input",{name:"project",placeholder:"your own"})]})]}),r==="application_credential"&&e(w,{children:[e("label",{children:[
"Id ",e("input",{name:"id",autocomplete:"username",required:!0})]}),e("label",{children:["Secret ",e("input",{name:"secret",type:"password",autocomplete:"off",required:!0})]})]}),
r==="token"&&e("label",{children:["Token ",e("input",{name:"token",type:"password",autocomplete:"off",required:!0})]}),e("button",{class:n.includes("oidc")?"":"\
primary",children:"Sign in"}),t&&e("button",{type:"button",onClick:()=>{E(void 0),x.set(!1)},children:"Sign out"}),r==="token"&&e("span",{class:"muted",children:"\
It stays in this tab and is sent to this server only."})]})}var R=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],ke=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["t","local time or UTC"],["y","copy t\
he link to this view"],["f + \u2212","graph: fit, zoom"],["arrows, n N","graph: along the edges, failed tasks"],["Ctrl S, F8, Ctrl .","editor: save, next proble\
m, mend it"],["?","these keys"]],we=()=>de().map(t=>[t.getAttribute("aria-keyshortcuts"),`this page: ${(t.getAttribute("aria-label")??t.textContent??"").replace(
/…$/,"")}`]),ye=1e3,de=()=>[...document.querySelectorAll("main [aria-keyshortcuts]")];function be(t){let n=de().find(o=>o.getAttribute("aria-keyshortcuts")===
t);return n?(n.matches("a, button")?n.click():n.focus(),!0):!1}function ve(t,n){let o=G(0);g(()=>{let r=s=>{if((s.ctrlKey||s.metaKey)&&s.key==="k")return n(),s.
preventDefault();if(!K.get()||s.defaultPrevented||s.ctrlKey||s.metaKey||s.altKey||s.target.closest("input, textarea, select, dialog"))return;let l=Date.now()-o.
current<ye;o.current=s.key==="g"?Date.now():0;let c=l&&R.find(([,,b])=>b===s.key);if(c)S(`/${c[0]}`);else if(s.key==="/")document.querySelector("[data-filter]")?.
focus();else if(s.key==="?")t();else if(s.key==="t")O(U.get()==="UTC"?"local":"UTC");else if(s.key==="y")navigator.clipboard?.writeText(location.href);else if(!be(
s.key))return;s.preventDefault()};return addEventListener("keydown",r),()=>removeEventListener("keydown",r)},[])}function Te(t){let n=t.slice(0,2).join("/");g(()=>{
if(t.length<2||t[1]==="new"||_.get())return;let o=`/${t.slice(0,2).map(encodeURIComponent).join("/")}`,r="",s=setTimeout(()=>W(o,r=document.querySelector("main \
h1")?.textContent??t[1]),1500);return()=>{clearTimeout(s),r||W(o,t[1])}},[n])}function m(t){let n,o;return function(s){let[,l]=d(0);return g(()=>{n||t().then(c=>n=
c,c=>o=c).then(()=>l(c=>c+1))},[]),n?e(n,{...s}):o?e(j,{children:[e("h1",{children:"The console was updated"}),e("p",{children:"This page's code is not there an\
y more."}),e("button",{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"status","aria-label":"Loading",
children:[e("i",{}),e("i",{}),e("i",{})]})}}var Ce=m(()=>import("./Execution-JPJNS56Z.js").then(t=>t.Execution)),Ee=m(()=>import("./Workflows-6UHUSFR4.js").
then(t=>t.Workflows)),xe=m(()=>import("./Workflows-6UHUSFR4.js").then(t=>t.WorkflowPage)),Se=m(()=>import("./Editor-NAZKKSLH.js").then(t=>t.EditWorkflow)),
Pe=m(()=>import("./Actions-G2YOZO4H.js").then(t=>t.Actions)),_e=m(()=>import("./Actions-G2YOZO4H.js").then(t=>t.Code)),$e=m(()=>import("./Triggers-U3FITEXL.js").
then(t=>t.Triggers)),Ie=m(()=>import("./Environments-DFHKH3QS.js").then(t=>t.Environments)),je=m(()=>import("./Overview-S7D4IGZ3.js").then(t=>t.Overview)),Ae=m(
()=>import("./Cluster-IYJIOAZC.js").then(t=>t.Cluster)),Re=m(()=>import("./Compare-F7MFTTHQ.js").then(t=>t.Compare)),De=m(()=>import("./Bulk-6WWLGBHR.js").
then(t=>t.BulkList)),Le=m(()=>import("./Bulk-6WWLGBHR.js").then(t=>t.BulkPage));function Ue(){let{path:t}=D(),[n,o,r]=t;return n==="executions"&&o===void 0?
e(ae,{}):n===void 0||n==="overview"&&o===void 0?e(je,{}):n==="executions"&&r===void 0?e(Ce,{id:o},o):n==="workflows"&&o===void 0?e(Ee,{}):n==="workflows"&&r===void 0?
e(xe,{id:o},o):n==="workflows"&&r==="edit"?e(Se,{id:o},o):n==="actions"&&o===void 0?e(Pe,{}):n==="code"&&o===void 0?e(_e,{}):n==="triggers"&&o===void 0?e($e,{}):
n==="environments"&&o===void 0?e(Ie,{}):n==="cluster"&&o===void 0?e(Ae,{}):n==="compare"&&o===void 0?e(Re,{}):n==="bulk"&&o===void 0?e(De,{}):n==="bulk"&&r===void 0?
e(Le,{id:o},o):n==="file"?e(Ke,{}):e(j,{children:[e("h1",{children:"There is no such page"}),e("p",{children:e("a",{href:C("/executions"),children:"Go to the ex\
ecutions"})})]})}function Ke(){let[t,n]=d(""),o=async r=>{if(r)try{let s=ne(r.name,await r.text());_.set(s),S(`/executions/${encodeURIComponent(s.execution)}`)}catch(s){
n(`${r.name} cannot be read: ${s}`)}};return e(j,{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an \
execution has made. It is read here and sent nowhere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjso\
n",onChange:r=>o(r.currentTarget.files?.[0])})]})}),t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var q=class extends z{state={};componentDidCatch(n){
this.setState({error:n})}render(){let{error:n}=this.state;return n?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This p\
age has failed."})," ",n.message]}),e("button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function Oe(){let t=_.use(),n=x.
use(),o=M.use(),r=H(t?void 0:"/maintenance",15e3),s=r.data?.status,l=H(t?void 0:"/v2/identity",6e4),c=$.use();return g(()=>$.set(l.error?.status===401?void 0:l.
data),[l.data,l.error]),e(w,{children:[c?.read_only&&e("p",{class:"banner quiet",children:"Read-only: this console shows everything and changes nothing."}),t&&e(
"p",{class:"banner",role:"status",children:["Snapshot of ",t.execution,", taken ",F(t.taken),t.truncated?"; the file does not hold all of it":"",". ",e("button",
{class:"small",onClick:()=>{_.set(void 0),S("/executions")},children:"Close the file"})]}),s&&s!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 Th\
e service is ",s,": nothing can be changed until it is ",e("a",{href:C("/cluster"),children:"resumed"}),"."]}),n&&!t&&e(ue,{hasFailed:!!o}),!n&&!o&&!t&&r.data&&
e("p",{class:"banner quiet",children:"No authentication: whoever reaches this service may do everything."})]})}function Me(){let t=$.use(),[n,o]=[oe.use(),M.use()];
if(!t?.is_authenticated||!o)return null;let r=async l=>{let c=await y("/console/session",{method:"PUT",json:{project:l},headers:{"X-Auth-Token":o}});E(c.token,c.
projects)},s=async()=>{E(void 0),await y("/console/session",{method:"DELETE",headers:{"X-Auth-Token":o}}).catch(()=>{})};return e(w,{children:[e("span",{class:"\
muted",title:`user ${t.user_id}, project ${t.project_id}`,children:[t.user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}),n.length>1&&e("select",{"ari\
a-label":"Project",value:t.project_id??"",onChange:l=>r(l.currentTarget.value).catch(()=>x.set(!0)),children:n.map(l=>e("option",{value:l.id,children:l.name}))}),
e("button",{onClick:s,children:"Sign out"})]})}function Fe(){let t=$.use()?.regions??[];if(!t.length)return null;let n=t.find(r=>r.url===X)?.name,o=r=>r&&location.
assign(`${r}/console${I()}`);return e("select",{"aria-label":"Region",value:n??"",onChange:r=>o(t.find(s=>s.name===r.currentTarget.value)?.url??""),children:[n===
void 0&&e("option",{value:"",children:"this region"}),t.map(r=>e("option",{children:r.name}))]})}var He=300;function Ne(){let t=U.use(),[n,o]=d([]);g(()=>{let s=setTimeout(
()=>o(Y()),He);return()=>clearTimeout(s)},[]);let r=t!=="local"&&t!=="UTC"&&!n.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:s=>O(
s.currentTarget.value),children:[e("option",{value:"local",children:"local time"}),e("option",{children:"UTC"}),r&&e("option",{children:t}),n.map(s=>e("option",
{children:s}))]})}var We={live:["state-success","\u25CF live"],lost:["state-paused","\u25D0 asking"],idle:["state-success","\u25CF connected"]};function qe(){let t=D(),
n=te(),[o,r]=d(!1),[s,l]=d(!1),[c,b,v]=[J.use(),ie.use(),K.use()];ve(()=>r(!0),()=>l(!0));let h=t.path[0]??"overview";Te(t.path),g(()=>{document.title=`${t.path[1]??
R.find(([u])=>u===h)?.[1]??"Mistral"} \u2013 Mistral`}),g(()=>document.querySelector("nav [aria-current]")?.scrollIntoView({inline:"center",block:"nearest"}),[h]);
let[P,k]=n===void 0?We[b]:["state-error",`\u2716 no answer since ${F(n)}`];return e(w,{children:[e("a",{class:"skip",href:"#main",onClick:u=>{u.preventDefault(),
document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("strong",{class:"brand",children:"Mistral"}),e("nav",{"aria-label":"\
Pages",children:R.map(([u,T])=>e("a",{href:C(`/${u}`),"aria-current":h===u?"page":void 0,children:T}))}),e("span",{class:"settings",children:[e("button",{onClick:()=>l(
!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:P,children:k}),e(Fe,{}),e(Ne,{}),e("select",{"aria-label":"Theme",value:c,
onChange:u=>ee(u.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"light"}),e("option",{children:"dark"})]}),e(
"button",{onClick:()=>r(!0),"aria-label":"Keys",children:"?"}),e(Me,{})]})]}),e(Oe,{}),e("main",{id:"main",tabIndex:-1,children:e(q,{children:e(Ue,{})},t.path.join(
"/"))}),s&&e(ce,{pages:R,close:()=>l(!1)}),o&&e(A,{title:"Keys",close:()=>r(!1),children:[e("dl",{class:"keys",children:[...we(),...ke].map(([u,T])=>e("div",{children:[
e("dt",{children:e("kbd",{children:u})}),e("dd",{children:T})]}))}),e("p",{children:e("label",{children:[e("input",{type:"checkbox",checked:v,onChange:u=>Q(u.currentTarget.
checked)})," single keys do something"]})}),e("p",{children:[e("a",{href:C("/file"),onClick:()=>r(!1),children:"Open a saved run"})," \xB7 ",e("a",{href:C("/bul\
k"),onClick:()=>r(!1),children:"Bulk operations"})]}),e("div",{class:"buttons",children:e("button",{onClick:()=>r(!1),children:"Close"})})]})]})}var pe=document.
getElementById("app");pe.textContent="";V(e(qe,{}),pe);
