import{a as $,b as X,c as Y,d as J,j as Q}from"./chunk-E7KCJPV5.js";import{$ as e,A as N,B as m,C as G,E as h,F as H,K as j,L as V,N as A,O as K,Q as L,S as I,
a as f,b as R,c as U,d,e as u,g as E,ga as w,ha as Z,j as B,ka as _,m as F,n as T,na as g,o as W,p,q as k,u as P,v as z,w as x,x as M,y as q,z as S}from"./chunk-36QZDJPP.js";var b=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],ae=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["l","live on and off: changes are sho\
wn as they come, or not before you want it"],["t","local time or UTC"],["y","copy the link to this view"],["f 0 + \u2212","graph: all of it, its own size, zoom"],
["arrows, n N","graph: along the edges, failed tasks"],["h c e","graph: dim what has succeeded, the critical path, open all of a large one"],["Ctrl S, F8, Ctrl \
.","editor: save, next problem, mend it"],["?","these keys"]],le=()=>te().map(t=>{let n=(t.getAttribute("aria-label")??t.textContent??"").replace(/…$/,"");return[
t.getAttribute("aria-keyshortcuts"),n.charAt(0).toLowerCase()+n.slice(1)]});function ee({of:t,title:n}){return t.length?e("section",{"aria-label":n,children:[e(
"h3",{children:n}),e("dl",{class:"keys",children:t.map(([o,r])=>e("div",{children:[e("dt",{children:o.split(", ").map(s=>e(f,{children:[e("kbd",{children:s})," "]}))}),
e("dd",{children:r})]}))})]}):null}var ce=1e3,te=()=>[...document.querySelectorAll("main [aria-keyshortcuts]")];function ue(t){let n=te().find(o=>o.getAttribute(
"aria-keyshortcuts")===t);return n?(n.matches("a, button")?n.click():(n.matches("[role=group]")?n.querySelector("button:enabled, select, a"):n)?.focus(),!0):!1}
var de=t=>t.composedPath()[0].closest("input, textarea, select, dialog, [contenteditable]")!==null||t.target.closest("dialog")!==null;function pe(t,n){let o=E(0);
u(()=>{let r=s=>{if((s.ctrlKey||s.metaKey)&&s.key==="k")return n(),s.preventDefault();if(!x.get()||s.defaultPrevented||s.ctrlKey||s.metaKey||s.altKey||de(s))return;
let i=Date.now()-o.current<ce;o.current=s.key==="g"?Date.now():0;let a=i&&b.find(([,,v])=>v===s.key);if(a)k(`/${a[0]}`);else if(s.key==="/")document.querySelector(
"[data-filter]")?.focus();else if(s.key==="?")t();else if(s.key==="l")m.set(!m.get());else if(s.key==="t")S(P.get()==="UTC"?"local":"UTC");else if(s.key==="y")W(),
navigator.clipboard?.writeText(location.href);else if(!ue(s.key))return;s.preventDefault()};return addEventListener("keydown",r),()=>removeEventListener("keydow\
n",r)},[])}function fe(t){let n=t.slice(0,2).join("/");u(()=>{if(t.length<2||t[1]==="new"||h.get())return;let o=`/${t.slice(0,2).map(encodeURIComponent).join("/")}`,
r="",s=setTimeout(()=>$(o,r=document.querySelector("main h1")?.textContent??t[1]),1500);return()=>{clearTimeout(s),r||$(o,t[1])}},[n])}function l(t){let n,o;return function(s){
let[,i]=d(0);return u(()=>{n||t().then(a=>n=a,a=>o=a).then(()=>i(a=>a+1))},[]),n?e(n,{...s}):o?e(w,{children:[e("h1",{children:"The console was updated"}),e("p",
{children:"This page's code is not there any more."}),e("button",{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"sk\
eleton",role:"status","aria-label":"Loading",children:[e("i",{}),e("i",{}),e("i",{})]})}}var me=l(()=>import("./Execution-DOFH5AMU.js").then(t=>t.Execution)),
he=l(()=>import("./Workflows-J7P5RMKQ.js").then(t=>t.Workflows)),ge=l(()=>import("./Workflows-J7P5RMKQ.js").then(t=>t.WorkflowPage)),ye=l(()=>import("./Editor-PGX2M7SG.js").
then(t=>t.EditWorkflow)),ke=l(()=>import("./Actions-HLCOM557.js").then(t=>t.Actions)),we=l(()=>import("./Actions-HLCOM557.js").then(t=>t.Code)),be=l(()=>import("./Triggers-HGXYWRIH.js").
then(t=>t.Triggers)),ve=l(()=>import("./Environments-UPG6EPRB.js").then(t=>t.Environments)),Ce=l(()=>import("./Overview-XIXPKWYG.js").then(t=>t.Overview)),Ee=l(
()=>import("./Cluster-T3AJKQPY.js").then(t=>t.Cluster)),Te=l(()=>import("./Compare-M7KHT3YD.js").then(t=>t.Compare)),Pe=l(()=>import("./Bulk-4QGU6CMJ.js").
then(t=>t.BulkList)),xe=l(()=>import("./Bulk-4QGU6CMJ.js").then(t=>t.BulkPage));function Se(){let{path:t}=T(),[n,o,r]=t;return n==="executions"&&o===void 0?
e(Q,{}):n===void 0||n==="overview"&&o===void 0?e(Ce,{}):n==="executions"&&r===void 0?e(me,{id:o},o):n==="workflows"&&o===void 0?e(he,{}):n==="workflows"&&r===void 0?
e(ge,{id:o},o):n==="workflows"&&r==="edit"?e(ye,{id:o},o):n==="actions"&&o===void 0?e(ke,{}):n==="code"&&o===void 0?e(we,{}):n==="triggers"&&o===void 0?e(be,{}):
n==="environments"&&o===void 0?e(ve,{}):n==="cluster"&&o===void 0?e(Ee,{}):n==="compare"&&o===void 0?e(Te,{}):n==="bulk"&&o===void 0?e(Pe,{}):n==="bulk"&&r===void 0?
e(xe,{id:o},o):n==="file"?e(je,{}):e(w,{children:[e("h1",{children:"There is no such page"}),e("p",{children:e("a",{href:p("/executions"),children:"Go to the ex\
ecutions"})})]})}function je(){let[t,n]=d(""),o=async r=>{if(r)try{let s=H(r.name,await r.text());h.set(s),k(`/executions/${encodeURIComponent(s.execution)}`)}catch(s){
n(`${r.name} cannot be read: ${s}`)}};return e(w,{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an \
execution has made. It is read here and sent nowhere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjso\
n",onChange:r=>o(r.currentTarget.files?.[0])})]})}),t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var D=class extends R{state={};componentDidCatch(n){
this.setState({error:n})}render(){let{error:n}=this.state;return n?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This p\
age has failed."})," ",n.message]}),e("button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function Ae(){let t=h.use(),n=K.
use(),o=j.use(),r=_(t?void 0:"/maintenance",15e3),s=r.data?.status,i=_(t?void 0:"/v2/identity",6e4),a=g.use();return u(()=>g.set(i.error?.status===401?void 0:i.
data),[i.data,i.error]),e(f,{children:[a?.read_only&&e("p",{class:"banner quiet",children:"Read-only: this console shows everything and changes nothing."}),t&&e(
"p",{class:"banner",role:"status",children:["Snapshot of ",t.execution,", taken ",I(t.taken),t.truncated?"; the file does not hold all of it":"",". ",e("button",
{class:"small",onClick:()=>{h.set(void 0),k("/executions")},children:"Close the file"})]}),s&&s!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 Th\
e service is ",s,": nothing can be changed until it is ",e("a",{href:p("/cluster"),children:"resumed"}),"."]}),n&&!t&&e(Y,{hasFailed:!!o}),!n&&!o&&!t&&r.data&&e(
"p",{class:"banner quiet",children:"No authentication: whoever reaches this service may do everything."})]})}function Ke(){let t=g.use(),[n,o]=[V.use(),j.use()];
if(!t?.is_authenticated||!o)return null;let r=async i=>{let a=await L("/console/session",{method:"PUT",json:{project:i},headers:{"X-Auth-Token":o}});A(a.token,a.
projects)},s=async()=>{A(void 0),await L("/console/session",{method:"DELETE",headers:{"X-Auth-Token":o}}).catch(()=>{})};return e(f,{children:[e("span",{class:"\
muted",title:`user ${t.user_id}, project ${t.project_id}`,children:[t.user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}),n.length>1&&e("select",{"ari\
a-label":"Project",value:t.project_id??"",onChange:i=>r(i.currentTarget.value).catch(()=>K.set(!0)),children:n.map(i=>e("option",{value:i.id,children:i.name}))}),
e("button",{onClick:s,children:"Sign out"})]})}function Le(){let t=g.use()?.regions??[];if(!t.length)return null;let n=t.find(r=>r.url===B)?.name,o=r=>r&&location.
assign(`${r}/console${F()}`);return e("select",{"aria-label":"Region",value:n??"",onChange:r=>o(t.find(s=>s.name===r.currentTarget.value)?.url??""),children:[n===
void 0&&e("option",{value:"",children:"this region"}),t.map(r=>e("option",{children:r.name}))]})}var Ie=300;function $e(){let t=P.use(),[n,o]=d([]);u(()=>{let s=setTimeout(
()=>o(M()),Ie);return()=>clearTimeout(s)},[]);let r=t!=="local"&&t!=="UTC"&&!n.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:s=>S(
s.currentTarget.value),children:[e("option",{value:"local",children:"local time"}),e("option",{children:"UTC"}),r&&e("option",{children:t}),n.map(s=>e("option",
{children:s}))]})}var _e={live:["state-success","\u25CF live"],lost:["state-paused","\u25D0 asking"],idle:["state-success","\u25CF online"]},De=["state-paused",
"\u2016 paused"];function Oe(){let t=T(),n=G(),[o,r]=d(!1),[s,i]=d(!1),[a,v,oe,y]=[z.use(),J.use(),x.use(),m.use()];pe(()=>r(!0),()=>i(!0));let C=t.path[0]??"ov\
erview";fe(t.path),u(()=>{document.title=`${t.path[1]??b.find(([c])=>c===C)?.[1]??"Mistral"} \u2013 Mistral`});let O=E(!0);u(()=>{!O.current&&document.activeElement===
document.body&&document.getElementById("main")?.focus({preventScroll:!0}),O.current=!1},[t.path.join("/")]),u(()=>document.querySelector("nav [aria-current]")?.
scrollIntoView({inline:"center",block:"nearest"}),[C]);let[se,re]=n!==void 0?["state-error",`\u2716 no answer since ${I(n)}`]:y?De:_e[v];return e(f,{children:[e(
"a",{class:"skip",href:"#main",onClick:c=>{c.preventDefault(),document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("str\
ong",{class:"brand",children:"Mistral"}),e("nav",{"aria-label":"Pages",children:b.map(([c,ie])=>e("a",{href:p(`/${c}`),"aria-current":C===c?"page":void 0,children:ie}))}),
e("span",{class:"settings",children:[e("button",{onClick:()=>i(!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:se,children:e(
"button",{class:"dot-button","aria-pressed":!y,title:y?"Go on showing changes (l)":"Show no changes for now (l)",onClick:()=>m.set(!y),children:re})}),e(Le,{}),
e($e,{}),e("select",{"aria-label":"Theme",value:a,onChange:c=>N(c.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"\
light"}),e("option",{children:"dark"})]}),e("button",{onClick:()=>r(!0),"aria-label":"Keys",children:"?"}),e(Ke,{})]})]}),e(Ae,{}),e("main",{id:"main",tabIndex:-1,
children:e(D,{children:e(Se,{})},t.path.join("/"))}),s&&e(X,{pages:b,close:()=>i(!1)}),o&&e(Z,{title:"Keys",close:()=>r(!1),children:[e("p",{children:e("label",
{children:[e("input",{type:"checkbox",checked:oe,onChange:c=>q(c.currentTarget.checked)})," single keys do something"]})}),e(ee,{title:"On this page",of:le()}),
e(ee,{title:"Everywhere",of:ae}),e("p",{children:[e("a",{href:p("/file"),onClick:()=>r(!1),children:"Open a saved run"})," \xB7 ",e("a",{href:p("/bulk"),onClick:()=>r(
!1),children:"Bulk operations"})]}),e("div",{class:"buttons",children:e("button",{onClick:()=>r(!1),children:"Close"})})]})]})}var ne=document.getElementById("a\
pp");ne.textContent="";U(e(Oe,{}),ne);
