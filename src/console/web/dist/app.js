import{a as I,b as V,c as Z,d as X,j as Y}from"./chunk-LEF6P6CA.js";import{A as m,B as q,D as h,E as N,J as S,K as G,M as j,N as A,P as K,R as L,_ as e,a as f,
b as D,c as O,d,e as u,fa as w,g as R,ga as H,j as U,ja as $,la as g,m as W,n as T,o as p,p as k,t as E,u as z,v as P,w as B,x as F,y as x,z as M}from"./chunk-ZTMUTIUO.js";
import"./chunk-7UF6IXTW.js";var b=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],re=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["l","live on and off: changes are sho\
wn as they come, or not before you want it"],["t","local time or UTC"],["y","copy the link to this view"],["f 0 + \u2212","graph: all of it, its own size, zoom"],
["arrows, n N","graph: along the edges, failed tasks"],["h c e","graph: dim what has succeeded, the critical path, open all of a large one"],["Ctrl S, F8, Ctrl \
.","editor: save, next problem, mend it"],["?","these keys"]],ie=()=>Q().map(t=>{let n=(t.getAttribute("aria-label")??t.textContent??"").replace(/…$/,"");return[
t.getAttribute("aria-keyshortcuts"),n.charAt(0).toLowerCase()+n.slice(1)]});function J({of:t,title:n}){return t.length?e("section",{"aria-label":n,children:[e("\
h3",{children:n}),e("dl",{class:"keys",children:t.map(([o,r])=>e("div",{children:[e("dt",{children:o.split(", ").map(s=>e(f,{children:[e("kbd",{children:s})," "]}))}),
e("dd",{children:r})]}))})]}):null}var ae=1e3,Q=()=>[...document.querySelectorAll("main [aria-keyshortcuts]")];function le(t){let n=Q().find(o=>o.getAttribute("\
aria-keyshortcuts")===t);return n?(n.matches("a, button")?n.click():(n.matches("[role=group]")?n.querySelector("button:enabled, select, a"):n)?.focus(),!0):!1}var ce=t=>t.
composedPath()[0].closest("input, textarea, select, dialog, [contenteditable]")!==null||t.target.closest("dialog")!==null;function ue(t,n){let o=R(0);u(()=>{let r=s=>{
if((s.ctrlKey||s.metaKey)&&s.key==="k")return n(),s.preventDefault();if(!P.get()||s.defaultPrevented||s.ctrlKey||s.metaKey||s.altKey||ce(s))return;let i=Date.now()-
o.current<ae;o.current=s.key==="g"?Date.now():0;let a=i&&b.find(([,,v])=>v===s.key);if(a)k(`/${a[0]}`);else if(s.key==="/")document.querySelector("[data-filter]")?.
focus();else if(s.key==="?")t();else if(s.key==="l")m.set(!m.get());else if(s.key==="t")x(E.get()==="UTC"?"local":"UTC");else if(s.key==="y")navigator.clipboard?.
writeText(location.href);else if(!le(s.key))return;s.preventDefault()};return addEventListener("keydown",r),()=>removeEventListener("keydown",r)},[])}function de(t){
let n=t.slice(0,2).join("/");u(()=>{if(t.length<2||t[1]==="new"||h.get())return;let o=`/${t.slice(0,2).map(encodeURIComponent).join("/")}`,r="",s=setTimeout(()=>I(
o,r=document.querySelector("main h1")?.textContent??t[1]),1500);return()=>{clearTimeout(s),r||I(o,t[1])}},[n])}function l(t){let n,o;return function(s){let[,i]=d(
0);return u(()=>{n||t().then(a=>n=a,a=>o=a).then(()=>i(a=>a+1))},[]),n?e(n,{...s}):o?e(w,{children:[e("h1",{children:"The console was updated"}),e("p",{children:"\
This page's code is not there any more."}),e("button",{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"\
status","aria-label":"Loading",children:[e("i",{}),e("i",{}),e("i",{})]})}}var pe=l(()=>import("./Execution-YYBYJN2T.js").then(t=>t.Execution)),fe=l(()=>import("./Workflows-D7BHP7Q4.js").
then(t=>t.Workflows)),me=l(()=>import("./Workflows-D7BHP7Q4.js").then(t=>t.WorkflowPage)),he=l(()=>import("./Editor-YOTLRGQI.js").then(t=>t.EditWorkflow)),
ge=l(()=>import("./Actions-65JHSA7G.js").then(t=>t.Actions)),ye=l(()=>import("./Actions-65JHSA7G.js").then(t=>t.Code)),ke=l(()=>import("./Triggers-LFIDUWAC.js").
then(t=>t.Triggers)),we=l(()=>import("./Environments-YXENM2DL.js").then(t=>t.Environments)),be=l(()=>import("./Overview-GM65A5RR.js").then(t=>t.Overview)),ve=l(
()=>import("./Cluster-CJKADQ74.js").then(t=>t.Cluster)),Ce=l(()=>import("./Compare-JVG4TUHN.js").then(t=>t.Compare)),Te=l(()=>import("./Bulk-ZNUYISLV.js").
then(t=>t.BulkList)),Ee=l(()=>import("./Bulk-ZNUYISLV.js").then(t=>t.BulkPage));function Pe(){let{path:t}=T(),[n,o,r]=t;return n==="executions"&&o===void 0?
e(Y,{}):n===void 0||n==="overview"&&o===void 0?e(be,{}):n==="executions"&&r===void 0?e(pe,{id:o},o):n==="workflows"&&o===void 0?e(fe,{}):n==="workflows"&&r===void 0?
e(me,{id:o},o):n==="workflows"&&r==="edit"?e(he,{id:o},o):n==="actions"&&o===void 0?e(ge,{}):n==="code"&&o===void 0?e(ye,{}):n==="triggers"&&o===void 0?e(ke,{}):
n==="environments"&&o===void 0?e(we,{}):n==="cluster"&&o===void 0?e(ve,{}):n==="compare"&&o===void 0?e(Ce,{}):n==="bulk"&&o===void 0?e(Te,{}):n==="bulk"&&r===void 0?
e(Ee,{id:o},o):n==="file"?e(xe,{}):e(w,{children:[e("h1",{children:"There is no such page"}),e("p",{children:e("a",{href:p("/executions"),children:"Go to the ex\
ecutions"})})]})}function xe(){let[t,n]=d(""),o=async r=>{if(r)try{let s=N(r.name,await r.text());h.set(s),k(`/executions/${encodeURIComponent(s.execution)}`)}catch(s){
n(`${r.name} cannot be read: ${s}`)}};return e(w,{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an \
execution has made. It is read here and sent nowhere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjso\
n",onChange:r=>o(r.currentTarget.files?.[0])})]})}),t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var _=class extends D{state={};componentDidCatch(n){
this.setState({error:n})}render(){let{error:n}=this.state;return n?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This p\
age has failed."})," ",n.message]}),e("button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function Se(){let t=h.use(),n=A.
use(),o=S.use(),r=$(t?void 0:"/maintenance",15e3),s=r.data?.status,i=$(t?void 0:"/v2/identity",6e4),a=g.use();return u(()=>g.set(i.error?.status===401?void 0:i.
data),[i.data,i.error]),e(f,{children:[a?.read_only&&e("p",{class:"banner quiet",children:"Read-only: this console shows everything and changes nothing."}),t&&e(
"p",{class:"banner",role:"status",children:["Snapshot of ",t.execution,", taken ",L(t.taken),t.truncated?"; the file does not hold all of it":"",". ",e("button",
{class:"small",onClick:()=>{h.set(void 0),k("/executions")},children:"Close the file"})]}),s&&s!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 Th\
e service is ",s,": nothing can be changed until it is ",e("a",{href:p("/cluster"),children:"resumed"}),"."]}),n&&!t&&e(Z,{hasFailed:!!o}),!n&&!o&&!t&&r.data&&e(
"p",{class:"banner quiet",children:"No authentication: whoever reaches this service may do everything."})]})}function je(){let t=g.use(),[n,o]=[G.use(),S.use()];
if(!t?.is_authenticated||!o)return null;let r=async i=>{let a=await K("/console/session",{method:"PUT",json:{project:i},headers:{"X-Auth-Token":o}});j(a.token,a.
projects)},s=async()=>{j(void 0),await K("/console/session",{method:"DELETE",headers:{"X-Auth-Token":o}}).catch(()=>{})};return e(f,{children:[e("span",{class:"\
muted",title:`user ${t.user_id}, project ${t.project_id}`,children:[t.user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}),n.length>1&&e("select",{"ari\
a-label":"Project",value:t.project_id??"",onChange:i=>r(i.currentTarget.value).catch(()=>A.set(!0)),children:n.map(i=>e("option",{value:i.id,children:i.name}))}),
e("button",{onClick:s,children:"Sign out"})]})}function Ae(){let t=g.use()?.regions??[];if(!t.length)return null;let n=t.find(r=>r.url===U)?.name,o=r=>r&&location.
assign(`${r}/console${W()}`);return e("select",{"aria-label":"Region",value:n??"",onChange:r=>o(t.find(s=>s.name===r.currentTarget.value)?.url??""),children:[n===
void 0&&e("option",{value:"",children:"this region"}),t.map(r=>e("option",{children:r.name}))]})}var Ke=300;function Le(){let t=E.use(),[n,o]=d([]);u(()=>{let s=setTimeout(
()=>o(B()),Ke);return()=>clearTimeout(s)},[]);let r=t!=="local"&&t!=="UTC"&&!n.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:s=>x(
s.currentTarget.value),children:[e("option",{value:"local",children:"local time"}),e("option",{children:"UTC"}),r&&e("option",{children:t}),n.map(s=>e("option",
{children:s}))]})}var Ie={live:["state-success","\u25CF live"],lost:["state-paused","\u25D0 asking"],idle:["state-success","\u25CF online"]},$e=["state-paused",
"\u2016 paused"];function _e(){let t=T(),n=q(),[o,r]=d(!1),[s,i]=d(!1),[a,v,te,y]=[z.use(),X.use(),P.use(),m.use()];ue(()=>r(!0),()=>i(!0));let C=t.path[0]??"ov\
erview";de(t.path),u(()=>{document.title=`${t.path[1]??b.find(([c])=>c===C)?.[1]??"Mistral"} \u2013 Mistral`}),u(()=>document.querySelector("nav [aria-current]")?.
scrollIntoView({inline:"center",block:"nearest"}),[C]);let[ne,oe]=n!==void 0?["state-error",`\u2716 no answer since ${L(n)}`]:y?$e:Ie[v];return e(f,{children:[e(
"a",{class:"skip",href:"#main",onClick:c=>{c.preventDefault(),document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("str\
ong",{class:"brand",children:"Mistral"}),e("nav",{"aria-label":"Pages",children:b.map(([c,se])=>e("a",{href:p(`/${c}`),"aria-current":C===c?"page":void 0,children:se}))}),
e("span",{class:"settings",children:[e("button",{onClick:()=>i(!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:ne,children:e(
"button",{class:"dot-button","aria-pressed":!y,title:y?"Go on showing changes (l)":"Show no changes for now (l)",onClick:()=>m.set(!y),children:oe})}),e(Ae,{}),
e(Le,{}),e("select",{"aria-label":"Theme",value:a,onChange:c=>M(c.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"\
light"}),e("option",{children:"dark"})]}),e("button",{onClick:()=>r(!0),"aria-label":"Keys",children:"?"}),e(je,{})]})]}),e(Se,{}),e("main",{id:"main",tabIndex:-1,
children:e(_,{children:e(Pe,{})},t.path.join("/"))}),s&&e(V,{pages:b,close:()=>i(!1)}),o&&e(H,{title:"Keys",close:()=>r(!1),children:[e("p",{children:e("label",
{children:[e("input",{type:"checkbox",checked:te,onChange:c=>F(c.currentTarget.checked)})," single keys do something"]})}),e(J,{title:"On this page",of:ie()}),e(
J,{title:"Everywhere",of:re}),e("p",{children:[e("a",{href:p("/file"),onClick:()=>r(!1),children:"Open a saved run"})," \xB7 ",e("a",{href:p("/bulk"),onClick:()=>r(
!1),children:"Bulk operations"})]}),e("div",{class:"buttons",children:e("button",{onClick:()=>r(!1),children:"Close"})})]})]})}var ee=document.getElementById("a\
pp");ee.textContent="";O(e(_e,{}),ee);
