import{a as I,b as Z,c as X,d as Y,i as J}from"./chunk-QNMHE6CK.js";import{A as f,B as N,D as m,E as G,J as j,K as H,M as A,N as K,P as L,R as $,_ as e,a as k,
b as R,c as O,d,e as u,fa as b,g as U,ga as V,j as W,ja as _,ka as h,m as z,n as E,o as p,p as y,t as P,u as B,v as x,w as F,x as M,y as S,z as q}from"./chunk-OPGLIQJ7.js";var w=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],se=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["l","live on and off: changes are sho\
wn as they come, or not before you want it"],["t","local time or UTC"],["y","copy the link to this view"],["f 0 + \u2212","graph: all of it, its own size, zoom"],
["arrows, n N","graph: along the edges, failed tasks"],["h c e","graph: dim what has succeeded, the critical path, open all of a large one"],["Ctrl S, F8, Ctrl \
.","editor: save, next problem, mend it"],["?","these keys"]],re=()=>Q().map(t=>[t.getAttribute("aria-keyshortcuts"),`this page: ${(t.getAttribute("aria-label")??
t.textContent??"").replace(/…$/,"")}`]),ie=1e3,Q=()=>[...document.querySelectorAll("main [aria-keyshortcuts]")];function ae(t){let n=Q().find(o=>o.getAttribute(
"aria-keyshortcuts")===t);return n?(n.matches("a, button")?n.click():(n.matches("[role=group]")?n.querySelector("button:enabled, select, a"):n)?.focus(),!0):!1}
var le=t=>t.composedPath()[0].closest("input, textarea, select, dialog, [contenteditable]")!==null||t.target.closest("dialog")!==null;function ce(t,n){let o=U(0);
u(()=>{let r=s=>{if((s.ctrlKey||s.metaKey)&&s.key==="k")return n(),s.preventDefault();if(!x.get()||s.defaultPrevented||s.ctrlKey||s.metaKey||s.altKey||le(s))return;
let i=Date.now()-o.current<ie;o.current=s.key==="g"?Date.now():0;let a=i&&w.find(([,,v])=>v===s.key);if(a)y(`/${a[0]}`);else if(s.key==="/")document.querySelector(
"[data-filter]")?.focus();else if(s.key==="?")t();else if(s.key==="l")f.set(!f.get());else if(s.key==="t")S(P.get()==="UTC"?"local":"UTC");else if(s.key==="y")navigator.
clipboard?.writeText(location.href);else if(!ae(s.key))return;s.preventDefault()};return addEventListener("keydown",r),()=>removeEventListener("keydown",r)},[])}
function ue(t){let n=t.slice(0,2).join("/");u(()=>{if(t.length<2||t[1]==="new"||m.get())return;let o=`/${t.slice(0,2).map(encodeURIComponent).join("/")}`,r="",s=setTimeout(
()=>I(o,r=document.querySelector("main h1")?.textContent??t[1]),1500);return()=>{clearTimeout(s),r||I(o,t[1])}},[n])}function l(t){let n,o;return function(s){let[
,i]=d(0);return u(()=>{n||t().then(a=>n=a,a=>o=a).then(()=>i(a=>a+1))},[]),n?e(n,{...s}):o?e(b,{children:[e("h1",{children:"The console was updated"}),e("p",{children:"\
This page's code is not there any more."}),e("button",{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"\
status","aria-label":"Loading",children:[e("i",{}),e("i",{}),e("i",{})]})}}var de=l(()=>import("./Execution-ZYAOKQCN.js").then(t=>t.Execution)),pe=l(()=>import("./Workflows-STKGAVBV.js").
then(t=>t.Workflows)),fe=l(()=>import("./Workflows-STKGAVBV.js").then(t=>t.WorkflowPage)),me=l(()=>import("./Editor-54IXALMY.js").then(t=>t.EditWorkflow)),
he=l(()=>import("./Actions-YQIY5WOA.js").then(t=>t.Actions)),ge=l(()=>import("./Actions-YQIY5WOA.js").then(t=>t.Code)),ke=l(()=>import("./Triggers-ULJDD2DA.js").
then(t=>t.Triggers)),ye=l(()=>import("./Environments-HYIRZ6GO.js").then(t=>t.Environments)),be=l(()=>import("./Overview-ZT7IK7EX.js").then(t=>t.Overview)),we=l(
()=>import("./Cluster-7RXGHD5D.js").then(t=>t.Cluster)),ve=l(()=>import("./Compare-CQAAPVSL.js").then(t=>t.Compare)),Ce=l(()=>import("./Bulk-3P5HDLY2.js").
then(t=>t.BulkList)),Te=l(()=>import("./Bulk-3P5HDLY2.js").then(t=>t.BulkPage));function Ee(){let{path:t}=E(),[n,o,r]=t;return n==="executions"&&o===void 0?
e(J,{}):n===void 0||n==="overview"&&o===void 0?e(be,{}):n==="executions"&&r===void 0?e(de,{id:o},o):n==="workflows"&&o===void 0?e(pe,{}):n==="workflows"&&r===void 0?
e(fe,{id:o},o):n==="workflows"&&r==="edit"?e(me,{id:o},o):n==="actions"&&o===void 0?e(he,{}):n==="code"&&o===void 0?e(ge,{}):n==="triggers"&&o===void 0?e(ke,{}):
n==="environments"&&o===void 0?e(ye,{}):n==="cluster"&&o===void 0?e(we,{}):n==="compare"&&o===void 0?e(ve,{}):n==="bulk"&&o===void 0?e(Ce,{}):n==="bulk"&&r===void 0?
e(Te,{id:o},o):n==="file"?e(Pe,{}):e(b,{children:[e("h1",{children:"There is no such page"}),e("p",{children:e("a",{href:p("/executions"),children:"Go to the ex\
ecutions"})})]})}function Pe(){let[t,n]=d(""),o=async r=>{if(r)try{let s=G(r.name,await r.text());m.set(s),y(`/executions/${encodeURIComponent(s.execution)}`)}catch(s){
n(`${r.name} cannot be read: ${s}`)}};return e(b,{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an \
execution has made. It is read here and sent nowhere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjso\
n",onChange:r=>o(r.currentTarget.files?.[0])})]})}),t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var D=class extends R{state={};componentDidCatch(n){
this.setState({error:n})}render(){let{error:n}=this.state;return n?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This p\
age has failed."})," ",n.message]}),e("button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function xe(){let t=m.use(),n=K.
use(),o=j.use(),r=_(t?void 0:"/maintenance",15e3),s=r.data?.status,i=_(t?void 0:"/v2/identity",6e4),a=h.use();return u(()=>h.set(i.error?.status===401?void 0:i.
data),[i.data,i.error]),e(k,{children:[a?.read_only&&e("p",{class:"banner quiet",children:"Read-only: this console shows everything and changes nothing."}),t&&e(
"p",{class:"banner",role:"status",children:["Snapshot of ",t.execution,", taken ",$(t.taken),t.truncated?"; the file does not hold all of it":"",". ",e("button",
{class:"small",onClick:()=>{m.set(void 0),y("/executions")},children:"Close the file"})]}),s&&s!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 Th\
e service is ",s,": nothing can be changed until it is ",e("a",{href:p("/cluster"),children:"resumed"}),"."]}),n&&!t&&e(X,{hasFailed:!!o}),!n&&!o&&!t&&r.data&&e(
"p",{class:"banner quiet",children:"No authentication: whoever reaches this service may do everything."})]})}function Se(){let t=h.use(),[n,o]=[H.use(),j.use()];
if(!t?.is_authenticated||!o)return null;let r=async i=>{let a=await L("/console/session",{method:"PUT",json:{project:i},headers:{"X-Auth-Token":o}});A(a.token,a.
projects)},s=async()=>{A(void 0),await L("/console/session",{method:"DELETE",headers:{"X-Auth-Token":o}}).catch(()=>{})};return e(k,{children:[e("span",{class:"\
muted",title:`user ${t.user_id}, project ${t.project_id}`,children:[t.user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}),n.length>1&&e("select",{"ari\
a-label":"Project",value:t.project_id??"",onChange:i=>r(i.currentTarget.value).catch(()=>K.set(!0)),children:n.map(i=>e("option",{value:i.id,children:i.name}))}),
e("button",{onClick:s,children:"Sign out"})]})}function je(){let t=h.use()?.regions??[];if(!t.length)return null;let n=t.find(r=>r.url===W)?.name,o=r=>r&&location.
assign(`${r}/console${z()}`);return e("select",{"aria-label":"Region",value:n??"",onChange:r=>o(t.find(s=>s.name===r.currentTarget.value)?.url??""),children:[n===
void 0&&e("option",{value:"",children:"this region"}),t.map(r=>e("option",{children:r.name}))]})}var Ae=300;function Ke(){let t=P.use(),[n,o]=d([]);u(()=>{let s=setTimeout(
()=>o(F()),Ae);return()=>clearTimeout(s)},[]);let r=t!=="local"&&t!=="UTC"&&!n.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:s=>S(
s.currentTarget.value),children:[e("option",{value:"local",children:"local time"}),e("option",{children:"UTC"}),r&&e("option",{children:t}),n.map(s=>e("option",
{children:s}))]})}var Le={live:["state-success","\u25CF live"],lost:["state-paused","\u25D0 asking"],idle:["state-success","\u25CF connected"]},$e=["state-pause\
d","\u2016 paused"];function Ie(){let t=E(),n=N(),[o,r]=d(!1),[s,i]=d(!1),[a,v,te,g]=[B.use(),Y.use(),x.use(),f.use()];ce(()=>r(!0),()=>i(!0));let C=t.path[0]??
"overview";ue(t.path),u(()=>{document.title=`${t.path[1]??w.find(([c])=>c===C)?.[1]??"Mistral"} \u2013 Mistral`}),u(()=>document.querySelector("nav [aria-curren\
t]")?.scrollIntoView({inline:"center",block:"nearest"}),[C]);let[ne,oe]=n!==void 0?["state-error",`\u2716 no answer since ${$(n)}`]:g?$e:Le[v];return e(k,{children:[
e("a",{class:"skip",href:"#main",onClick:c=>{c.preventDefault(),document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("s\
trong",{class:"brand",children:"Mistral"}),e("nav",{"aria-label":"Pages",children:w.map(([c,T])=>e("a",{href:p(`/${c}`),"aria-current":C===c?"page":void 0,children:T}))}),
e("span",{class:"settings",children:[e("button",{onClick:()=>i(!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:ne,children:e(
"button",{class:"dot-button","aria-pressed":!g,title:g?"Go on showing changes (l)":"Show no changes for now (l)",onClick:()=>f.set(!g),children:oe})}),e(je,{}),
e(Ke,{}),e("select",{"aria-label":"Theme",value:a,onChange:c=>q(c.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"\
light"}),e("option",{children:"dark"})]}),e("button",{onClick:()=>r(!0),"aria-label":"Keys",children:"?"}),e(Se,{})]})]}),e(xe,{}),e("main",{id:"main",tabIndex:-1,
children:e(D,{children:e(Ee,{})},t.path.join("/"))}),s&&e(Z,{pages:w,close:()=>i(!1)}),o&&e(V,{title:"Keys",close:()=>r(!1),children:[e("dl",{class:"keys",children:[
...re(),...se].map(([c,T])=>e("div",{children:[e("dt",{children:e("kbd",{children:c})}),e("dd",{children:T})]}))}),e("p",{children:e("label",{children:[e("input",
{type:"checkbox",checked:te,onChange:c=>M(c.currentTarget.checked)})," single keys do something"]})}),e("p",{children:[e("a",{href:p("/file"),onClick:()=>r(!1),
children:"Open a saved run"})," \xB7 ",e("a",{href:p("/bulk"),onClick:()=>r(!1),children:"Bulk operations"})]}),e("div",{class:"buttons",children:e("button",{onClick:()=>r(
!1),children:"Close"})})]})]})}var ee=document.getElementById("app");ee.textContent="";O(e(Ie,{}),ee);
