import{a as R,b as Y,c as J,d as Q,j as ee}from"./chunk-CDLSKBXZ.js";import{$ as e,A as G,B as m,C as H,E as h,F as V,K as j,L as Z,N as A,O as K,Q as L,S as I,
a as f,b as U,c as B,d as p,e as u,g as E,ha as w,ia as X,j as F,la as $,m as W,n as T,o as z,oa as g,p as d,q as k,u as x,v as M,w as P,x as q,y as N,z as S}from"./chunk-5UX6W7MZ.js";var v=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],ce={compare:"executions",bulk:"executions",file:"executions",code:"actions"},le=[["Ctrl K","find anything,\
 go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","filter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and\
 older page; compare two chosen ones"],["l","live on and off: changes are shown as they come, or not before you want it"],["t","local time or UTC"],["y","copy t\
he link to this view"],["f 0 + \u2212","graph: all of it, its own size, zoom"],["arrows, n N","graph: along the edges, failed tasks"],["h c e","graph: dim what \
has succeeded, the critical path, open all of a large one"],["Ctrl S, F8, Ctrl .","editor: save, next problem, mend it"],["?","these keys"]],ue=()=>ne().map(t=>{
let n=(t.getAttribute("aria-label")??t.textContent??"").replace(/…$/,"");return[t.getAttribute("aria-keyshortcuts"),n.charAt(0).toLowerCase()+n.slice(1)]});function te({
of:t,title:n}){return t.length?e("section",{"aria-label":n,children:[e("h3",{children:n}),e("dl",{class:"keys",children:t.map(([o,r])=>e("div",{children:[e("dt",
{children:o.split(", ").map(s=>e(f,{children:[e("kbd",{children:s})," "]}))}),e("dd",{children:r})]}))})]}):null}var de=1e3,ne=()=>[...document.querySelectorAll(
"main [aria-keyshortcuts]")];function pe(t){let n=ne().find(o=>o.getAttribute("aria-keyshortcuts")===t);return n?(n.matches("a, button")?n.click():(n.matches("[\
role=group]")?n.querySelector("button:enabled, select, a"):n)?.focus(),!0):!1}var fe=t=>t.composedPath()[0].closest("input, textarea, select, dialog, [contented\
itable]")!==null||t.target.closest("dialog")!==null;function me(t,n){let o=E(0);u(()=>{let r=s=>{if((s.ctrlKey||s.metaKey)&&s.key==="k")return n(),s.preventDefault();
if(!P.get()||s.defaultPrevented||s.ctrlKey||s.metaKey||s.altKey||fe(s))return;let i=Date.now()-o.current<de;o.current=s.key==="g"?Date.now():0;let a=i&&v.find(([
,,b])=>b===s.key);if(a)k(`/${a[0]}`);else if(s.key==="/")document.querySelector("[data-filter]")?.focus();else if(s.key==="?")t();else if(s.key==="l")m.set(!m.get());else if(s.
key==="t")S(x.get()==="UTC"?"local":"UTC");else if(s.key==="y")z(),navigator.clipboard?.writeText(location.href);else if(!pe(s.key))return;s.preventDefault()};return addEventListener(
"keydown",r),()=>removeEventListener("keydown",r)},[])}function he(t){let n=t.slice(0,2).join("/");u(()=>{if(t.length<2||t[1]==="new"||h.get())return;let o=`/${t.
slice(0,2).map(encodeURIComponent).join("/")}`,r="",s=setTimeout(()=>R(o,r=document.querySelector("main h1")?.textContent??t[1]),1500);return()=>{clearTimeout(s),
r||R(o,t[1])}},[n])}function c(t){let n,o;return function(s){let[,i]=p(0);return u(()=>{n||t().then(a=>n=a,a=>o=a).then(()=>i(a=>a+1))},[]),n?e(n,{...s}):o?e(w,
{children:[e("h1",{children:"The console was updated"}),e("p",{children:"This page's code is not there any more."}),e("button",{class:"primary",onClick:()=>location.
reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[e("i",{}),e("i",{}),e("i",{})]})}}var ge=c(()=>import("./Execution-CYNBPSUG.js").
then(t=>t.Execution)),ye=c(()=>import("./Workflows-6ZDXQU25.js").then(t=>t.Workflows)),ke=c(()=>import("./Workflows-6ZDXQU25.js").then(t=>t.WorkflowPage)),we=c(
()=>import("./Editor-TOND6KYT.js").then(t=>t.EditWorkflow)),ve=c(()=>import("./Actions-UXL3A3DT.js").then(t=>t.Actions)),be=c(()=>import("./Actions-UXL3A3DT.js").
then(t=>t.Code)),Ce=c(()=>import("./Triggers-JMKWBGUH.js").then(t=>t.Triggers)),Ee=c(()=>import("./Environments-DA6W3ONJ.js").then(t=>t.Environments)),Te=c(()=>import("./Overview-ZVXCJC4S.js").
then(t=>t.Overview)),xe=c(()=>import("./Cluster-DGNHSAGT.js").then(t=>t.Cluster)),Pe=c(()=>import("./Compare-64IXLQY7.js").then(t=>t.Compare)),Se=c(()=>import("./Bulk-CLXLL6YR.js").
then(t=>t.BulkList)),je=c(()=>import("./Bulk-CLXLL6YR.js").then(t=>t.BulkPage));function Ae(){let{path:t}=T(),[n,o,r]=t;return n==="executions"&&o===void 0?
e(ee,{}):n===void 0||n==="overview"&&o===void 0?e(Te,{}):n==="executions"&&r===void 0?e(ge,{id:o},o):n==="workflows"&&o===void 0?e(ye,{}):n==="workflows"&&r===void 0?
e(ke,{id:o},o):n==="workflows"&&r==="edit"?e(we,{id:o},o):n==="actions"&&o===void 0?e(ve,{}):n==="code"&&o===void 0?e(be,{}):n==="triggers"&&o===void 0?e(Ce,{}):
n==="environments"&&o===void 0?e(Ee,{}):n==="cluster"&&o===void 0?e(xe,{}):n==="compare"&&o===void 0?e(Pe,{}):n==="bulk"&&o===void 0?e(Se,{}):n==="bulk"&&r===void 0?
e(je,{id:o},o):n==="file"?e(Ke,{}):e(w,{children:[e("h1",{children:"There is no such page"}),e("p",{children:["Go to the ",e("a",{href:d("/overview"),children:"\
overview"})," or to the ",e("a",{href:d("/executions"),children:"executions"}),"."]})]})}function Ke(){let[t,n]=p(""),o=async r=>{if(r)try{let s=V(r.name,await r.
text());h.set(s),k(`/executions/${encodeURIComponent(s.execution)}`)}catch(s){n(`${r.name} cannot be read: ${s}`)}};return e(w,{children:[e("h1",{children:"Open\
 a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an execution has made. It is read here and sent nowhere."}),e("p",{children:e(
"label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjson",onChange:r=>o(r.currentTarget.files?.[0])})]})}),t&&e("p",{class:"state-\
error",role:"alert",children:["\u2716 ",t]})]})}var D=class extends U{state={};componentDidCatch(n){this.setState({error:n})}render(){let{error:n}=this.state;return n?
e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This page has failed."})," ",n.message]}),e("button",{onClick:()=>location.
reload(),children:"Load it again"})]}):this.props.children}};function Le(){let t=h.use(),n=K.use(),o=j.use(),r=$(t?void 0:"/maintenance",15e3),s=r.data?.status,
i=$(t?void 0:"/v2/identity",6e4),a=g.use();return u(()=>g.set(i.error?.status===401?void 0:i.data),[i.data,i.error]),e(f,{children:[a?.read_only&&e("p",{class:"\
banner quiet",children:"Read-only: this console shows everything and changes nothing."}),t&&e("p",{class:"banner",role:"status",children:["Snapshot of ",t.execution,
", taken ",I(t.taken),t.truncated?"; the file does not hold all of it":"",". ",e("button",{class:"small",onClick:()=>{h.set(void 0),k("/executions")},children:"\
Close the file"})]}),s&&s!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 The service is ",s,": nothing can be changed until it is ",e("a",{href:d(
"/cluster"),children:"resumed"}),"."]}),n&&!t&&e(J,{hasFailed:!!o}),!n&&!o&&!t&&r.data&&e("p",{class:"banner quiet",children:"No authentication: whoever reaches\
 this service may do everything."})]})}function Ie(){let t=g.use(),[n,o]=[Z.use(),j.use()];if(!t?.is_authenticated||!o)return null;let r=async i=>{let a=await L(
"/console/session",{method:"PUT",json:{project:i},headers:{"X-Auth-Token":o}});A(a.token,a.projects)},s=async()=>{A(void 0),await L("/console/session",{method:"\
DELETE",headers:{"X-Auth-Token":o}}).catch(()=>{})};return e(f,{children:[e("span",{class:"muted",title:`user ${t.user_id}, project ${t.project_id}`,children:[t.
user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}),n.length>1&&e("select",{"aria-label":"Project",value:t.project_id??"",onChange:i=>r(i.currentTarget.
value).catch(()=>K.set(!0)),children:n.map(i=>e("option",{value:i.id,children:i.name}))}),e("button",{onClick:s,children:"Sign out"})]})}function Re(){let t=g.use()?.
regions??[];if(!t.length)return null;let n=t.find(r=>r.url===F)?.name,o=r=>r&&location.assign(`${r}/console${W()}`);return e("select",{"aria-label":"Region",value:n??
"",onChange:r=>o(t.find(s=>s.name===r.currentTarget.value)?.url??""),children:[n===void 0&&e("option",{value:"",children:"this region"}),t.map(r=>e("option",{children:r.
name}))]})}var $e=300;function De(){let t=x.use(),[n,o]=p([]);u(()=>{let s=setTimeout(()=>o(q()),$e);return()=>clearTimeout(s)},[]);let r=t!=="local"&&t!=="UTC"&&
!n.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:s=>S(s.currentTarget.value),children:[e("option",{value:"local",children:"\
local time"}),e("option",{children:"UTC"}),r&&e("option",{children:t}),n.map(s=>e("option",{children:s}))]})}var _e={live:["state-success","\u25CF live"],lost:[
"state-paused","\u25D0 asking"],idle:["state-success","\u25CF online"]},Oe=["state-paused","\u2016 paused"];function Ue(){let t=T(),n=H(),[o,r]=p(!1),[s,i]=p(!1),
[a,b,se,y]=[M.use(),Q.use(),P.use(),m.use()];me(()=>r(!0),()=>i(!0));let _=t.path[0]??"overview",C=ce[_]??_;he(t.path),u(()=>{document.title=`${t.path[1]??v.find(
([l])=>l===C)?.[1]??"Mistral"} \u2013 Mistral`});let O=E(!0);u(()=>{!O.current&&document.activeElement===document.body&&document.getElementById("main")?.focus({
preventScroll:!0}),O.current=!1},[t.path.join("/")]),u(()=>document.querySelector("nav [aria-current]")?.scrollIntoView({inline:"center",block:"nearest"}),[C]);
let[re,ie]=n!==void 0?["state-error",`\u2716 no answer since ${I(n)}`]:y?Oe:_e[b];return e(f,{children:[e("a",{class:"skip",href:"#main",onClick:l=>{l.preventDefault(),
document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("strong",{class:"brand",children:"Mistral"}),e("nav",{"aria-label":"\
Pages",children:v.map(([l,ae])=>e("a",{href:d(`/${l}`),"aria-current":C===l?"page":void 0,children:ae}))}),e("span",{class:"settings",children:[e("button",{onClick:()=>i(
!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:re,children:e("button",{class:"dot-button","aria-pressed":!y,title:y?"\
Go on showing changes (l)":"Show no changes for now (l)",onClick:()=>m.set(!y),children:ie})}),e(Re,{}),e(De,{}),e("select",{"aria-label":"Theme",value:a,onChange:l=>G(
l.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"light"}),e("option",{children:"dark"})]}),e("button",{onClick:()=>r(
!0),"aria-label":"Keys",children:"?"}),e(Ie,{})]})]}),e(Le,{}),e("main",{id:"main",tabIndex:-1,children:e(D,{children:e(Ae,{})},t.path.join("/"))}),s&&e(Y,{pages:v,
close:()=>i(!1)}),o&&e(X,{title:"Keys",close:()=>r(!1),children:[e("p",{children:e("label",{children:[e("input",{type:"checkbox",checked:se,onChange:l=>N(l.currentTarget.
checked)})," single keys act; with Ctrl they always do"]})}),e(te,{title:"On this page",of:ue()}),e(te,{title:"Everywhere",of:le}),e("p",{children:[e("a",{href:d(
"/file"),onClick:()=>r(!1),children:"Open a saved run"})," \xB7 ",e("a",{href:d("/bulk"),onClick:()=>r(!1),children:"Bulk operations"})]}),e("div",{class:"butto\
ns",children:e("button",{onClick:()=>r(!1),children:"Close"})})]})]})}var oe=document.getElementById("app");oe.textContent="";B(e(Ue,{}),oe);
