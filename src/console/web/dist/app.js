import{a as fe,b as ge}from"./chunk-Z4MTMCJS.js";import{b as de,c as pe}from"./chunk-TAHGD7R7.js";import{a as K,c as me}from"./chunk-OEMBNDAQ.js";
import{B as S,C as B,D as w,E as G,F as V,G as re,I as ie,J as le,K as F,M as e,N as O,O as X,R as ce,T as $,U as M,W as ue,_ as D,a as y,b as J,c as Y,d as m,e as v,
f as j,i as A,j as P,k as E,l as C,m as H,n as Q,o as R,p as ee,q as z,r as te,s as ne,t as N,u as oe,v as q,w as se,x as ae,y as I,z as L}from"./chunk-2MAZAYVJ.js";var Ee={execution:t=>`/executions/${w(t.id)}`,workflow:t=>`/workflows/${w(t.id)}`,action:t=>`/actions?name=${w(t.name)}`,environment:t=>`/environments?name=${w(
t.name)}`,cron_trigger:t=>`/triggers?name=${w(t.name)}`,event_trigger:()=>"/triggers",code_source:t=>`/code?name=${w(t.name)}`};async function he(t){if(t.type===
"task"){let o=await S(`/v2/tasks/${w(t.id)}?fields=workflow_execution_id,name`);return`/executions/${w(o.workflow_execution_id)}?view=tasks&task=${w(o.name)}&ru\
n=${w(t.id)}`}if(t.type==="action_execution"){let o=await S(`/v2/action_executions/${w(t.id)}`);return o.task_execution_id?he({...t,type:"task",id:o.task_execution_id}):
void 0}return Ee[t.type]?.(t)}function ke({pages:t,close:o}){let[a,r]=m(""),[i,u]=m([]),[l,f]=m(!1),[h,p]=m(0);v(()=>{if(p(0),a.trim().length<2)return u([]);let d=new AbortController,
n=setTimeout(()=>{S(`/v2/search?q=${w(a.trim())}`,{signal:d.signal}).then(c=>{u(c.results),f(c.partial)},()=>{})},150);return()=>{clearTimeout(n),d.abort()}},[a]);
let b=[...t.map(([d,n,c])=>({words:n,note:`g ${c}`,to:`/${d}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"}].filter(d=>d.words.toLowerCase().includes(a.trim().toLowerCase())),k=[...i.filter(d=>d.type!=="workbook"),...b],s=async d=>{if(!d)return;
let n="to"in d?d.to:await he(d);n&&(o(),E(n))},g=d=>{if(d.key==="ArrowDown")p(Math.min(k.length-1,h+1));else if(d.key==="ArrowUp")p(Math.max(0,h-1));else if(d.key===
"Enter")s(k[h]);else return;d.preventDefault()};return e(M,{title:"Find",close:o,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-\
controls":"found","aria-activedescendant":k.length?`found-${h}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, descriptio\
n, or page",value:a,onInput:d=>r(d.currentTarget.value),onKeyDown:g}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:k.slice(
0,40).map((d,n)=>e("li",{id:`found-${n}`,role:"option","aria-selected":n===h,onClick:()=>s(d),onPointerMove:()=>p(n),children:"to"in d?e(y,{children:[d.words," ",
e("span",{class:"muted",children:d.note})]}):e(y,{children:[d.state&&e(O,{state:d.state,short:!0})," ",d.name," ",e("span",{class:"muted",children:[d.type.replace(
"_"," ")," \xB7 ",d.matched]})," ",e("code",{children:d.id.slice(0,36)})]})}))}),!k.length&&e("p",{class:"muted",children:"Nothing found."}),l&&i.length>0&&e("p",
{class:"muted",children:"There may be more: the search was cut short."})]})}var Ce={password:"User and password",application_credential:"Application credential",token:"Token"};function we({hasFailed:t}){let[o,a]=m([]),[r,i]=m("token"),[
u,l]=m(""),[f,h]=m(),p=ae.use();v(()=>{S("/console/session").then(({ways:n})=>{a(n),n.includes("password")&&i("password")},()=>a([]))},[]);let b=n=>{if(!n.project&&
n.projects.length)return h(n);L.set(!1),I(n.token,n.projects)},k=async(n,c,_)=>{l("");try{b(await S("/console/session",{method:n,json:c,headers:_?{"X-Auth-Token":_}:
{}}))}catch(x){l(x.message)}},s=n=>{n.preventDefault();let c=Object.fromEntries(new FormData(n.currentTarget));if(r!=="token")return void k("POST",{method:r,...c});
L.set(!1),I(c.token.trim())},g=n=>{let c=crypto.randomUUID?.()??String(Math.random());sessionStorage.setItem("mistral.mark",c);let _=location.pathname.slice(8)+
location.search;location.assign(`/console/login/oidc?${new URLSearchParams({next:_,mark:c,...n?{realm:n}:{}})}`)},d=o.filter(n=>!n.startsWith("oidc"));return e(
"form",{class:"banner",onSubmit:s,"aria-label":"Sign in",children:[e("span",{children:u||p?e("span",{role:"alert",children:["\u2716 ",u||p]}):t?"\u2716 This token is\
 not accepted, or is no longer.":"This service asks who you are."}),f&&e("label",{children:["Project ",e("select",{value:"",onChange:n=>k("PUT",{project:n.currentTarget.
value},f.token),children:[e("option",{value:"",children:"choose\u2026"}),f.projects.map(n=>e("option",{value:n.id,children:n.name}))]})]}),o.includes("oidc")&&!o.
includes("oidc_realm")&&e("button",{type:"button",class:"primary",onClick:()=>g(),children:"Sign in with your provider"}),o.includes("oidc_realm")&&e("label",{children:[
"Realm ",e("input",{name:"realm",autocomplete:"organization"})," ",e("button",{type:"button",class:"primary",onClick:n=>g(n.currentTarget.previousElementSibling.
value.trim()),children:"Sign in with Keycloak"})]}),d.length>0&&e("label",{children:["With ",e("select",{value:r,onChange:n=>i(n.currentTarget.value),children:[
...d,"token"].map(n=>e("option",{value:n,children:Ce[n]}))})]}),r==="password"&&e(y,{children:[e("label",{children:["User ",e("input",{name:"user",autocomplete:"\
username",required:!0})]}),e("label",{children:["Password ",e("input",{name:"password",type:"password",autocomplete:"current-password",required:!0})]}),e("label",
{children:["Domain ",e("input",{name:"domain",placeholder:"Default"})]}),e("label",{children:["Project ",e("input",{name:"project",placeholder:"your own"})]})]}),
r==="application_credential"&&e(y,{children:[e("label",{children:["Id ",e("input",{name:"id",autocomplete:"username",required:!0})]}),e("label",{children:["Secr\
et ",e("input",{name:"secret",type:"password",autocomplete:"off",required:!0})]})]}),r==="token"&&e("label",{children:["Token ",e("input",{name:"token",type:"pa\
ssword",autocomplete:"off",required:!0})]}),e("button",{class:o.includes("oidc")?"":"primary",children:"Sign in"}),t&&e("button",{type:"button",onClick:()=>{I(void 0),
L.set(!1)},children:"Sign out"}),r==="token"&&e("span",{class:"muted",children:"It stays in this tab and is sent to this server only."})]})}var Se="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",xe=50,Pe=["marker","fields","limit","sort_keys","sort_dirs",
"scan_limit"],be=["state_info","input","output","params","updated_at"],$e=2e4,Ie=3e4,Le=3e3;function ye(){let{query:t}=A(),o={};for(let[s,g]of t)Pe.includes(s)||
(o[s]=g);let a=t.get("marker")??void 0,r=be.some(s=>s in o),i=`/v2/executions${B({...o,fields:Se,limit:xe,sort_keys:"created_at",sort_dirs:"desc",marker:a,scan_limit:r?
$e:void 0})}`,[u,l]=m(0),f=!a&&!r,h=pe(f?"executions":void 0,s=>{if(s.event==="gap"&&(!s.data.watch||s.data.watch==="executions"))return p.again();if(s.event!==
"executions")return;let g=new Map(s.data.rows.map(n=>[n[0],n])),d=new Set(p.data?.executions.map(n=>n.id));l(n=>n+[...g.keys()].filter(c=>!d.has(c)).length),p.patch(
n=>({...n,executions:n.executions.map(c=>{let _=g.get(c.id);return _?{...c,state:_[2],updated_at:_[4]===null?c.updated_at:new Date(_[4]/1e3).toISOString()}:c})}))}),
p=D(i,f?h?Ie:Le:0);v(()=>l(0),[p.at,i]);let b=j(!1);v(()=>{if(!u||b.current||document.getSelection()?.toString())return;let s=setTimeout(p.again,500);return()=>clearTimeout(
s)},[u]);let k=Object.keys(o).length>0;return e(y,{children:[e("div",{class:"title",children:[e("h1",{children:"Executions"}),e(ue,{text:`${location.origin}${i}`,
label:"Copy as REST address"})]}),e(je,{filters:o}),u>0&&e("p",{role:"status",children:e("button",{onClick:p.again,children:[F(u)," new or changed elsewhere \u2013 s\
how"]})}),e("div",{onPointerEnter:()=>b.current=!0,onPointerLeave:()=>b.current=!1,children:e(ce,{of:p,children:s=>e(y,{children:[r&&e(De,{list:s}),s.executions.
length?e(Re,{executions:s.executions,next:s.next,isFirst:!a,filters:o,again:p.again}):e(Ae,{hasFilters:k,isSlow:r,next:s.next})]})})})]})}function Ae({hasFilters:t,
isSlow:o,next:a}){return o&&a?e($,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>C({marker:ve(a)}),children:"Go on \
with older ones"})]}):t?e($,{children:[e("p",{children:"No execution matches these filters."}),e("button",{onClick:()=>E("/executions"),children:"Show all"})]}):
e($,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[e("a",{href:P("/workflows"),children:"Go to the workflows"}),", upload one, and run it."]})]})}
var ve=t=>new URL(t,location.origin).searchParams.get("marker")??void 0;function De({list:t}){let o=`${t.executions.length} found`;return t.scanned_to_us?e("p",
{class:"muted",children:["Searched ",F(t.scanned??0)," executions, back to ",e(X,{time:t.scanned_to_us/1e3}),": ",o,". This filter has no index, so it goes on s\
tep by step."]}):e("p",{class:"muted",children:["Searched to the end: ",o,"."]})}function je({filters:t}){let[o,a]=m(t.workflow_name??""),[r,i]=m("state_info"),
[u,l]=m("");v(()=>a(t.workflow_name??""),[t.workflow_name]);let f=Object.entries(t).filter(([s])=>!["state","workflow_name","created_at"].includes(s)),h=s=>`gte\
:${new Date(Date.now()-s*36e5).toISOString().slice(0,16).replace("T"," ")}`,p=D(`/v2/statistics/executions${B({workflow_name:t.workflow_name,created_at:t.created_at})}`,
1e4),b=s=>{let g=p.data?.counts.find(d=>d.state===s);return g?.count===null||g===void 0?"":` ${F(g.count)}${g.capped?"+":""}`},k=s=>{s.preventDefault(),u.trim()&&
C({[r]:r==="input"||r==="state_info"?`has:${u.trim()}`:u.trim(),marker:void 0}),l("")};return e("div",{class:"filters",role:"search",children:[e("div",{class:"c\
hips",role:"group","aria-label":"State",children:["",...ie].map(s=>e("button",{class:"chip","aria-pressed":(t.state??"")===s,onClick:()=>C({state:s,marker:void 0}),
children:s?e(y,{children:[e(O,{state:s}),e("span",{class:"muted",children:b(s)})]}):"All"}))}),e("form",{onSubmit:s=>{s.preventDefault(),C({workflow_name:o.trim(),
marker:void 0})},children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:o,placeholder:"exact name",onInput:s=>a(s.currentTarget.value)})]}),
e("label",{children:["Created"," ",e("select",{value:t.created_at??"",onChange:s=>C({created_at:s.currentTarget.value,marker:void 0}),children:[e("option",{value:"",
children:"any time"}),e("option",{value:h(1),children:"last hour"}),e("option",{value:h(24),children:"last 24 hours"}),e("option",{value:h(168),children:"last 7\
 days"}),t.created_at&&e("option",{value:t.created_at,children:t.created_at.replace(/^gte:/,"since ")})]})]}),e("button",{children:"Filter"})]}),e("form",{onSubmit:k,
children:[e("label",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:r,onChange:s=>i(s.currentTarget.value),children:[e("option",{value:"\
state_info",children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{value:"description",children:"description is"}),e("o\
ption",{value:"tags",children:"has tag"})]})]}),e("label",{children:[e("span",{class:"hidden",children:"Value"}),e("input",{value:u,onInput:s=>l(s.currentTarget.
value)})]}),e("button",{children:"Add"})]}),f.map(([s,g])=>e("button",{class:"chip",onClick:()=>C({[s]:void 0,marker:void 0}),"aria-label":`Remove the filter ${s}`,
children:[s,"=",g," \u2715"]})),e(Oe,{})]})}function Oe(){let{query:t}=A(),[o,a]=m(()=>JSON.parse(localStorage.getItem("mistral.saved")??"[]")),r=t.toString(),i=l=>{
localStorage.setItem("mistral.saved",JSON.stringify(l)),a(l)};if(!r&&!o.length)return null;let u=o.find(([,l])=>l===r);return e("label",{children:[e("span",{class:"\
hidden",children:"Saved filters"}),e("select",{value:"",onChange:l=>{let f=l.currentTarget.value;l.currentTarget.value="",f==="+"?i([...o,[prompt("Name of this \
filter")||r,r]]):f==="-"?i(o.filter(([,h])=>h!==r)):E(`/executions?${f}`)},children:[e("option",{value:"",children:"saved filters"}),o.map(([l,f])=>e("option",{
value:f,children:l})),r&&!u&&e("option",{value:"+",children:"save this one\u2026"}),u&&e("option",{value:"-",children:["forget \u201C",u[0],"\u201D"]})]})]})}function Re({
executions:t,next:o,isFirst:a,filters:r,again:i}){let u=j(null),[l,f]=m(new Set),[h,p]=m(),b=o&&ve(o),k=n=>{let c=new Set(l);c.delete(n)||c.add(n),f(c)},s=()=>document.
activeElement?.closest("tr")?.dataset.id;v(()=>{let n=c=>{if(c.ctrlKey||c.metaKey||c.altKey||c.target.closest("input:not([type=checkbox]), textarea, select, dia\
log"))return;let _=c.key==="j"?1:c.key==="k"?-1:0,x=s();if(_){let W=[...u.current?.querySelectorAll("a.row")??[]],_e=W.findIndex(Te=>Te.closest("tr")?.dataset.id===
x);W[Math.max(0,Math.min(W.length-1,_e+_))]?.focus()}else if(c.key==="x"&&x)k(x);else if(c.key==="]"&&b)C({marker:b});else if(c.key==="["&&!a)history.back();else if(c.
key==="="&&l.size===2)g();else return;c.preventDefault()};return addEventListener("keydown",n),()=>removeEventListener("keydown",n)});let g=()=>{let[n,c]=[...l];
E(`/compare?a=${w(n)}&b=${w(c)}`)},d=Object.keys(r).length>0&&!be.some(n=>n in r);return e(y,{children:[e("div",{class:"scroll",children:e("table",{children:[e(
"thead",{children:e("tr",{children:[e("th",{children:e("span",{class:"hidden",children:"Chosen"})}),e("th",{children:"State"}),e("th",{children:"Workflow"}),e("\
th",{children:"Created"}),e("th",{children:"Took"}),e("th",{children:"Why or what"}),e("th",{children:"Id"})]})}),e("tbody",{ref:u,children:t.map(n=>{let[c,_]=[
G(n.created_at),G(n.updated_at)],x=le(n.state)?_:Date.now();return e("tr",{"data-id":n.id,class:l.has(n.id)?"chosen":void 0,children:[e("td",{children:e("input",
{type:"checkbox","aria-label":`Choose ${n.id}`,checked:l.has(n.id),onChange:()=>k(n.id)})}),e("td",{children:e(O,{state:n.state})}),e("td",{children:e("a",{class:"\
row",href:P(`/executions/${w(n.id)}`),children:n.workflow_name})}),e("td",{class:"nowrap",children:e(X,{time:c})}),e("td",{class:"nowrap",children:c!==void 0&&x!==
void 0?x-c<1e3?"< 1 s":re((x-c)*1e3):"\u2013"}),e("td",{class:"wide",children:e("span",{class:"clamp",children:(n.state_info??n.description??"").split(`
`).slice(0,4).join(" ")})}),e("td",{children:e("code",{children:n.id})})]},n.id)})})]})}),e("div",{class:"pager",children:[(l.size>0||d)&&e(me,{rule:"bulk_opera\
tions:create",children:e("label",{class:"left",children:[l.size?`${l.size} chosen: `:"All that match: ",e("select",{value:"",onChange:n=>{p({action:n.currentTarget.
value,all:!l.size}),n.currentTarget.value=""},children:[e("option",{value:"",children:"do\u2026"}),fe.map(([n,c])=>e("option",{value:n,children:c}))]})]})}),l.size===
2&&e("button",{onClick:g,children:"Compare the two"}),!a&&e("button",{onClick:()=>history.back(),children:"Newer"}),!a&&e("button",{onClick:()=>C({marker:void 0}),
children:"Newest"}),b&&e("button",{onClick:()=>C({marker:b}),children:"Older"})]}),h&&e(ge,{action:h.action,filter:h.all?r:void 0,ids:h.all?void 0:[...l],close:()=>p(
void 0),done:()=>{f(new Set),i()}})]})}var U=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],Ne=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["t","local time or UTC"],["y","copy t\
he link to this view"],["f + \u2212","graph: fit, zoom"],["arrows, n N","graph: along the edges, failed tasks"],["Ctrl S, F8, Ctrl .","editor: save, next proble\
m, mend it"],["?","these keys"]],Fe=1e3;function Me(t,o){let a=j(0);v(()=>{let r=i=>{if((i.ctrlKey||i.metaKey)&&i.key==="k")return o(),i.preventDefault();if(!R.
get()||i.ctrlKey||i.metaKey||i.altKey||i.target.closest("input, textarea, select, dialog"))return;let u=Date.now()-a.current<Fe;a.current=i.key==="g"?Date.now():
0;let l=u&&U.find(([,,f])=>f===i.key);if(l)E(`/${l[0]}`);else if(i.key==="/")document.querySelector("[data-filter]")?.focus();else if(i.key==="?")t();else if(i.
key==="t")z(H.get()==="UTC"?"local":"UTC");else if(i.key==="y")navigator.clipboard?.writeText(location.href);else return;i.preventDefault()};return addEventListener(
"keydown",r),()=>removeEventListener("keydown",r)},[])}function T(t){let o,a;return function(i){let[,u]=m(0);return v(()=>{o||t().then(l=>o=l,l=>a=l).then(()=>u(
l=>l+1))},[]),o?e(o,{...i}):a?e($,{children:[e("h1",{children:"The console was updated"}),e("p",{children:"This page's code is not there any more."}),e("button",
{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[e("i",{}),
e("i",{}),e("i",{})]})}}var Ke=T(()=>import("./Execution-I56JQJQQ.js").then(t=>t.Execution)),Ue=T(()=>import("./Workflows-334LNCLL.js").then(t=>t.Workflows)),
We=T(()=>import("./Workflows-334LNCLL.js").then(t=>t.WorkflowPage)),He=T(()=>import("./Workflows-334LNCLL.js").then(t=>t.EditWorkflow)),ze=T(()=>import("./Actions-GF7CZP3M.js").
then(t=>t.Actions)),qe=T(()=>import("./Actions-GF7CZP3M.js").then(t=>t.Code)),Be=T(()=>import("./Triggers-2UZ7Y7OE.js").then(t=>t.Triggers)),Ge=T(()=>import("./Environments-3X5CVEK2.js").
then(t=>t.Environments)),Ve=T(()=>import("./Overview-LCT6I7ZZ.js").then(t=>t.Overview)),Xe=T(()=>import("./Cluster-WE7SBMQV.js").then(t=>t.Cluster)),Ze=T(
()=>import("./Compare-PFOYZZCM.js").then(t=>t.Compare)),Je=T(()=>import("./Bulk-WQ4HIMIG.js").then(t=>t.BulkList)),Ye=T(()=>import("./Bulk-WQ4HIMIG.js").
then(t=>t.BulkPage));function Qe(){let{path:t}=A(),[o,a,r]=t;return o==="executions"&&a===void 0?e(ye,{}):o===void 0||o==="overview"&&a===void 0?e(Ve,{}):o==="e\
xecutions"&&r===void 0?e(Ke,{id:a},a):o==="workflows"&&a===void 0?e(Ue,{}):o==="workflows"&&r===void 0?e(We,{id:a},a):o==="workflows"&&r==="edit"?e(He,{id:a},a):
o==="actions"&&a===void 0?e(ze,{}):o==="code"&&a===void 0?e(qe,{}):o==="triggers"&&a===void 0?e(Be,{}):o==="environments"&&a===void 0?e(Ge,{}):o==="cluster"&&a===
void 0?e(Xe,{}):o==="compare"&&a===void 0?e(Ze,{}):o==="bulk"&&a===void 0?e(Je,{}):o==="bulk"&&r===void 0?e(Ye,{id:a},a):o==="file"?e(et,{}):e($,{children:[e("h\
1",{children:"There is no such page"}),e("p",{children:e("a",{href:P("/executions"),children:"Go to the executions"})})]})}function et(){let[t,o]=m(""),a=async r=>{
if(r)try{let i=oe(r.name,await r.text());N.set(i),E(`/executions/${encodeURIComponent(i.execution)}`)}catch(i){o(`${r.name} cannot be read: ${i}`)}};return e($,
{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an execution has made. It is read here and sent nowh\
ere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjson",onChange:r=>a(r.currentTarget.files?.[0])})]})}),
t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var Z=class extends J{state={};componentDidCatch(o){this.setState({error:o})}render(){let{
error:o}=this.state;return o?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This page has failed."})," ",o.message]}),e(
"button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function tt(){let t=N.use(),o=L.use(),a=q.use(),r=D(t?void 0:"/maint\
enance",15e3),i=r.data?.status,u=D(t?void 0:"/v2/identity",6e4),l=K.use();return v(()=>K.set(u.error?.status===401?void 0:u.data),[u.data,u.error]),e(y,{children:[
l?.read_only&&e("p",{class:"banner quiet",children:"Read-only: this console shows everything and changes nothing."}),t&&e("p",{class:"banner",role:"status",children:[
"Snapshot of ",t.execution,", taken ",V(t.taken),t.truncated?"; the file does not hold all of it":"",". ",e("button",{class:"small",onClick:()=>{N.set(void 0),E(
"/executions")},children:"Close the file"})]}),i&&i!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 The service is ",i,": nothing can be chan\
ged until it is ",e("a",{href:P("/cluster"),children:"resumed"}),"."]}),o&&!t&&e(we,{hasFailed:!!a}),!o&&!a&&!t&&r.data&&e("p",{class:"banner quiet",children:"N\
o authentication: whoever reaches this service may do everything."})]})}function nt(){let t=K.use(),[o,a]=[se.use(),q.use()];if(!t?.is_authenticated||!a)return null;
let r=async u=>{let l=await S("/console/session",{method:"PUT",json:{project:u},headers:{"X-Auth-Token":a}});I(l.token,l.projects)},i=async()=>{I(void 0),await S(
"/console/session",{method:"DELETE",headers:{"X-Auth-Token":a}}).catch(()=>{})};return e(y,{children:[e("span",{class:"muted",title:`user ${t.user_id}, project ${t.
project_id}`,children:[t.user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}),o.length>1&&e("select",{"aria-label":"Project",value:t.project_id??"",onChange:u=>r(
u.currentTarget.value).catch(()=>L.set(!0)),children:o.map(u=>e("option",{value:u.id,children:u.name}))}),e("button",{onClick:i,children:"Sign out"})]})}var ot=300;
function st(){let t=H.use(),[o,a]=m([]);v(()=>{let i=setTimeout(()=>a(ee()),ot);return()=>clearTimeout(i)},[]);let r=t!=="local"&&t!=="UTC"&&!o.includes(t);return e(
"select",{class:"zone","aria-label":"Time zone",value:t,onChange:i=>z(i.currentTarget.value),children:[e("option",{value:"local",children:"local time"}),e("opti\
on",{children:"UTC"}),r&&e("option",{children:t}),o.map(i=>e("option",{children:i}))]})}var at={live:["state-success","\u25CF live"],lost:["state-paused","\u25D0 ask\
ing"],idle:["state-success","\u25CF connected"]};function rt(){let t=A(),o=ne(),[a,r]=m(!1),[i,u]=m(!1),[l,f,h]=[Q.use(),de.use(),R.use()];Me(()=>r(!0),()=>u(!0));
let p=t.path[0]??"overview";v(()=>{document.title=`${t.path[1]??U.find(([s])=>s===p)?.[1]??"Mistral"} \u2013 Mistral`});let[b,k]=o===void 0?at[f]:["state-error",
`\u2716 no answer since ${V(o)}`];return e(y,{children:[e("a",{class:"skip",href:"#main",onClick:s=>{s.preventDefault(),document.getElementById("main")?.focus()},
children:"To the content"}),e("header",{children:[e("strong",{class:"brand",children:"Mistral"}),e("nav",{"aria-label":"Pages",children:U.map(([s,g])=>e("a",{href:P(
`/${s}`),"aria-current":p===s?"page":void 0,children:g}))}),e("span",{class:"settings",children:[e("button",{onClick:()=>u(!0),children:["Find\u2026 ",e("kbd",{
children:"Ctrl K"})]}),e("span",{role:"status",class:b,children:k}),e(st,{}),e("select",{"aria-label":"Theme",value:l,onChange:s=>te(s.currentTarget.value),children:[
e("option",{value:"system",children:"system"}),e("option",{children:"light"}),e("option",{children:"dark"})]}),e("button",{onClick:()=>r(!0),"aria-label":"Keys",
children:"?"}),e(nt,{})]})]}),e(tt,{}),e("main",{id:"main",tabIndex:-1,children:e(Z,{children:e(Qe,{})},t.path.join("/"))}),i&&e(ke,{pages:U,close:()=>u(!1)}),a&&
e(M,{title:"Keys",close:()=>r(!1),children:[e("dl",{class:"keys",children:Ne.map(([s,g])=>e("div",{children:[e("dt",{children:e("kbd",{children:s})}),e("dd",{children:g})]}))}),
e("p",{children:e("label",{children:[e("input",{type:"checkbox",checked:h,onChange:s=>{localStorage.setItem("mistral.keys",s.currentTarget.checked?"on":"off"),R.
set(s.currentTarget.checked)}})," single keys do something"]})}),e("p",{children:[e("a",{href:P("/file"),onClick:()=>r(!1),children:"Open a saved run"})," \xB7 ",
e("a",{href:P("/bulk"),onClick:()=>r(!1),children:"Bulk operations"})]}),e("div",{class:"buttons",children:e("button",{onClick:()=>r(!1),children:"Close"})})]})]})}
Y(e(rt,{}),document.getElementById("app"));
