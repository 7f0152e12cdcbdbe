import{a as I,b as Z,c as X,d as Y,i as J}from"./chunk-ZLIKXXNG.js";import{A as h,B as N,D as m,E as G,J as S,K as H,M as j,N as A,P as K,R as L,_ as e,a as f,
b as _,c as O,d as p,e as u,g as U,ga as w,ha as V,j as W,ka as R,m as z,ma as g,n as T,o as d,p as k,t as E,u as B,v as x,w as F,x as M,y as P,z as q}from"./chunk-MKULGKPA.js";var b=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],ie={compare:"executions",bulk:"executions",file:"executions",code:"actions"},ae=[["Ctrl K","find anything,\
 go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","filter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and\
 older page; compare two chosen ones"],["l","live on and off: changes are shown as they come, or not before you want it"],["t","local time or UTC"],["y","copy t\
he link to this view"],["f 0 + \u2212","graph: all of it, its own size, zoom"],["arrows, n N","graph: along the edges, failed tasks"],["h c e","graph: dim what \
has succeeded, the critical path, open all of a large one"],["Ctrl S, F8, Ctrl .","editor: save, next problem, mend it"],["?","these keys"]],le=()=>ee().map(t=>{
let n=(t.getAttribute("aria-label")??t.textContent??"").replace(/…$/,"");return[t.getAttribute("aria-keyshortcuts"),n.charAt(0).toLowerCase()+n.slice(1)]});function Q({
of:t,title:n}){return t.length?e("section",{"aria-label":n,children:[e("h3",{children:n}),e("dl",{class:"keys",children:t.map(([o,r])=>e("div",{children:[e("dt",
{children:o.split(", ").map(s=>e(f,{children:[e("kbd",{children:s})," "]}))}),e("dd",{children:r})]}))})]}):null}var ce=1e3,ee=()=>[...document.querySelectorAll(
"main [aria-keyshortcuts]")];function ue(t){let n=ee().find(o=>o.getAttribute("aria-keyshortcuts")===t);return n?(n.matches("a, button")?n.click():(n.matches("[\
role=group]")?n.querySelector("button:enabled, select, a"):n)?.focus(),!0):!1}var de=t=>t.composedPath()[0].closest("input, textarea, select, dialog, [contented\
itable]")!==null||t.target.closest("dialog")!==null;function pe(t,n){let o=U(0);u(()=>{let r=s=>{if((s.ctrlKey||s.metaKey)&&s.key==="k")return n(),s.preventDefault();
if(!x.get()||s.defaultPrevented||s.ctrlKey||s.metaKey||s.altKey||de(s))return;let i=Date.now()-o.current<ce;o.current=s.key==="g"?Date.now():0;let a=i&&b.find(([
,,v])=>v===s.key);if(a)k(`/${a[0]}`);else if(s.key==="/")document.querySelector("[data-filter]")?.focus();else if(s.key==="?")t();else if(s.key==="l")h.set(!h.get());else if(s.
key==="t")P(E.get()==="UTC"?"local":"UTC");else if(s.key==="y")navigator.clipboard?.writeText(location.href);else if(!ue(s.key))return;s.preventDefault()};return addEventListener(
"keydown",r),()=>removeEventListener("keydown",r)},[])}function fe(t){let n=t.slice(0,2).join("/");u(()=>{if(t.length<2||t[1]==="new"||m.get())return;let o=`/${t.
slice(0,2).map(encodeURIComponent).join("/")}`,r="",s=setTimeout(()=>I(o,r=document.querySelector("main h1")?.textContent??t[1]),1500);return()=>{clearTimeout(s),
r||I(o,t[1])}},[n])}function l(t){let n,o;return function(s){let[,i]=p(0);return u(()=>{n||t().then(a=>n=a,a=>o=a).then(()=>i(a=>a+1))},[]),n?e(n,{...s}):o?e(w,
{children:[e("h1",{children:"The console was updated"}),e("p",{children:"This page's code is not there any more."}),e("button",{class:"primary",onClick:()=>location.
reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[e("i",{}),e("i",{}),e("i",{})]})}}var he=l(()=>import("./Execution-VOH62PQ4.js").
then(t=>t.Execution)),me=l(()=>import("./Workflows-OZKZ4DVI.js").then(t=>t.Workflows)),ge=l(()=>import("./Workflows-OZKZ4DVI.js").then(t=>t.WorkflowPage)),ye=l(
()=>import("./Editor-Q7AVZNNU.js").then(t=>t.EditWorkflow)),ke=l(()=>import("./Actions-YV4QZNQH.js").then(t=>t.Actions)),we=l(()=>import("./Actions-YV4QZNQH.js").
then(t=>t.Code)),be=l(()=>import("./Triggers-VF2ZLXVI.js").then(t=>t.Triggers)),ve=l(()=>import("./Environments-56QSO5GO.js").then(t=>t.Environments)),Ce=l(()=>import("./Overview-6NN4TMLI.js").
then(t=>t.Overview)),Te=l(()=>import("./Cluster-GSE63FYR.js").then(t=>t.Cluster)),Ee=l(()=>import("./Compare-DKGO6CC6.js").then(t=>t.Compare)),xe=l(()=>import("./Bulk-OCQEBMEA.js").
then(t=>t.BulkList)),Pe=l(()=>import("./Bulk-OCQEBMEA.js").then(t=>t.BulkPage));function Se(){let{path:t}=T(),[n,o,r]=t;return n==="executions"&&o===void 0?
e(J,{}):n===void 0||n==="overview"&&o===void 0?e(Ce,{}):n==="executions"&&r===void 0?e(he,{id:o},o):n==="workflows"&&o===void 0?e(me,{}):n==="workflows"&&r===void 0?
e(ge,{id:o},o):n==="workflows"&&r==="edit"?e(ye,{id:o},o):n==="actions"&&o===void 0?e(ke,{}):n==="code"&&o===void 0?e(we,{}):n==="triggers"&&o===void 0?e(be,{}):
n==="environments"&&o===void 0?e(ve,{}):n==="cluster"&&o===void 0?e(Te,{}):n==="compare"&&o===void 0?e(Ee,{}):n==="bulk"&&o===void 0?e(xe,{}):n==="bulk"&&r===void 0?
e(Pe,{id:o},o):n==="file"?e(je,{}):e(w,{children:[e("h1",{children:"There is no such page"}),e("p",{children:["Go to the ",e("a",{href:d("/overview"),children:"\
overview"})," or to the ",e("a",{href:d("/executions"),children:"executions"}),"."]})]})}function je(){let[t,n]=p(""),o=async r=>{if(r)try{let s=G(r.name,await r.
text());m.set(s),k(`/executions/${encodeURIComponent(s.execution)}`)}catch(s){n(`${r.name} cannot be read: ${s}`)}};return e(w,{children:[e("h1",{children:"Open\
 a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an execution has made. It is read here and sent nowhere."}),e("p",{children:e(
"label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjson",onChange:r=>o(r.currentTarget.files?.[0])})]})}),t&&e("p",{class:"state-\
error",role:"alert",children:["\u2716 ",t]})]})}var $=class extends _{state={};componentDidCatch(n){this.setState({error:n})}render(){let{error:n}=this.state;return n?
e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This page has failed."})," ",n.message]}),e("button",{onClick:()=>location.
reload(),children:"Load it again"})]}):this.props.children}};function Ae(){let t=m.use(),n=A.use(),o=S.use(),r=R(t?void 0:"/maintenance",15e3),s=r.data?.status,
i=R(t?void 0:"/v2/identity",6e4),a=g.use();return u(()=>g.set(i.error?.status===401?void 0:i.data),[i.data,i.error]),e(f,{children:[a?.read_only&&e("p",{class:"\
banner quiet",children:"Read-only: this console shows everything and changes nothing."}),t&&e("p",{class:"banner",role:"status",children:["Snapshot of ",t.execution,
", taken ",L(t.taken),t.truncated?"; the file does not hold all of it":"",". ",e("button",{class:"small",onClick:()=>{m.set(void 0),k("/executions")},children:"\
Close the file"})]}),s&&s!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 The service is ",s,": nothing can be changed until it is ",e("a",{href:d(
"/cluster"),children:"resumed"}),"."]}),n&&!t&&e(X,{hasFailed:!!o}),!n&&!o&&!t&&r.data&&e("p",{class:"banner quiet",children:"No authentication: whoever reaches\
 this service may do everything."})]})}function Ke(){let t=g.use(),[n,o]=[H.use(),S.use()];if(!t?.is_authenticated||!o)return null;let r=async i=>{let a=await K(
"/console/session",{method:"PUT",json:{project:i},headers:{"X-Auth-Token":o}});j(a.token,a.projects)},s=async()=>{j(void 0),await K("/console/session",{method:"\
DELETE",headers:{"X-Auth-Token":o}}).catch(()=>{})};return e(f,{children:[e("span",{class:"muted",title:`user ${t.user_id}, project ${t.project_id}`,children:[t.
user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}),n.length>1&&e("select",{"aria-label":"Project",value:t.project_id??"",onChange:i=>r(i.currentTarget.
value).catch(()=>A.set(!0)),children:n.map(i=>e("option",{value:i.id,children:i.name}))}),e("button",{onClick:s,children:"Sign out"})]})}function Le(){let t=g.use()?.
regions??[];if(!t.length)return null;let n=t.find(r=>r.url===W)?.name,o=r=>r&&location.assign(`${r}/console${z()}`);return e("select",{"aria-label":"Region",value:n??
"",onChange:r=>o(t.find(s=>s.name===r.currentTarget.value)?.url??""),children:[n===void 0&&e("option",{value:"",children:"this region"}),t.map(r=>e("option",{children:r.
name}))]})}var Ie=300;function Re(){let t=E.use(),[n,o]=p([]);u(()=>{let s=setTimeout(()=>o(F()),Ie);return()=>clearTimeout(s)},[]);let r=t!=="local"&&t!=="UTC"&&
!n.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:s=>P(s.currentTarget.value),children:[e("option",{value:"local",children:"\
local time"}),e("option",{children:"UTC"}),r&&e("option",{children:t}),n.map(s=>e("option",{children:s}))]})}var $e={live:["state-success","\u25CF live"],lost:[
"state-paused","\u25D0 asking"],idle:["state-success","\u25CF online"]},De=["state-paused","\u2016 paused"];function _e(){let t=T(),n=N(),[o,r]=p(!1),[s,i]=p(!1),
[a,v,ne,y]=[B.use(),Y.use(),x.use(),h.use()];pe(()=>r(!0),()=>i(!0));let D=t.path[0]??"overview",C=ie[D]??D;fe(t.path),u(()=>{document.title=`${t.path[1]??b.find(
([c])=>c===C)?.[1]??"Mistral"} \u2013 Mistral`}),u(()=>document.querySelector("nav [aria-current]")?.scrollIntoView({inline:"center",block:"nearest"}),[C]);let[
oe,se]=n!==void 0?["state-error",`\u2716 no answer since ${L(n)}`]:y?De:$e[v];return e(f,{children:[e("a",{class:"skip",href:"#main",onClick:c=>{c.preventDefault(),
document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("strong",{class:"brand",children:"Mistral"}),e("nav",{"aria-label":"\
Pages",children:b.map(([c,re])=>e("a",{href:d(`/${c}`),"aria-current":C===c?"page":void 0,children:re}))}),e("span",{class:"settings",children:[e("button",{onClick:()=>i(
!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:oe,children:e("button",{class:"dot-button","aria-pressed":!y,title:y?"\
Go on showing changes (l)":"Show no changes for now (l)",onClick:()=>h.set(!y),children:se})}),e(Le,{}),e(Re,{}),e("select",{"aria-label":"Theme",value:a,onChange:c=>q(
c.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"light"}),e("option",{children:"dark"})]}),e("button",{onClick:()=>r(
!0),"aria-label":"Keys",children:"?"}),e(Ke,{})]})]}),e(Ae,{}),e("main",{id:"main",tabIndex:-1,children:e($,{children:e(Se,{})},t.path.join("/"))}),s&&e(Z,{pages:b,
close:()=>i(!1)}),o&&e(V,{title:"Keys",close:()=>r(!1),children:[e("p",{children:e("label",{children:[e("input",{type:"checkbox",checked:ne,onChange:c=>M(c.currentTarget.
checked)})," single keys act; with Ctrl they always do"]})}),e(Q,{title:"On this page",of:le()}),e(Q,{title:"Everywhere",of:ae}),e("p",{children:[e("a",{href:d(
"/file"),onClick:()=>r(!1),children:"Open a saved run"})," \xB7 ",e("a",{href:d("/bulk"),onClick:()=>r(!1),children:"Bulk operations"})]}),e("div",{class:"butto\
ns",children:e("button",{onClick:()=>r(!1),children:"Close"})})]})]})}var te=document.getElementById("app");te.textContent="";O(e(_e,{}),te);
