import{a as ge,b as he}from"./chunk-XP7S6INQ.js";import{a as pe,b as me}from"./chunk-UZ2SMCSS.js";import"./chunk-5KLUGCN5.js";import{a as A,c as fe}from"./chunk-IFE3DXQC.js";
import{A as L,C as S,D as B,E as w,F as G,G as V,H as re,J as ie,K as le,L as M,N as ce,O as e,P as j,Q as X,T as ue,V as P,W as K,Y as de,a as y,aa as D,b as J,
c as Y,d as f,e as v,f as O,j as R,k as $,l as C,m as E,n as H,o as Q,p as N,q as ee,r as z,s as te,t as ne,u as F,v as oe,w as q,x as se,y as ae,z as I}from"./chunk-IHXPOKKO.js";var Se={execution:t=>`/executions/${w(t.id)}`,workflow:t=>`/workflows/${w(t.id)}`,action:t=>`/actions?name=${w(t.name)}`,environment:t=>`/environments?name=${w(
t.name)}`,cron_trigger:t=>`/triggers?name=${w(t.name)}`,event_trigger:()=>"/triggers",code_source:t=>`/code?name=${w(t.name)}`};async function ke(t){if(t.type===
"task"){let o=await S(`/v2/tasks/${w(t.id)}?fields=workflow_execution_id,name`);return`/executions/${w(o.workflow_execution_id)}?view=tasks&task=${w(o.name)}&ru\
n=${w(t.id)}`}if(t.type==="action_execution"){let o=await S(`/v2/action_executions/${w(t.id)}`);return o.task_execution_id?ke({...t,type:"task",id:o.task_execution_id}):
void 0}return Se[t.type]?.(t)}function we({pages:t,close:o}){let[a,s]=f(""),[r,d]=f([]),[i,g]=f(!1),[h,m]=f(0);v(()=>{if(m(0),a.trim().length<2)return d([]);let c=new AbortController,
n=setTimeout(()=>{S(`/v2/search?q=${w(a.trim())}`,{signal:c.signal}).then(u=>{d(u.results),g(u.partial)},()=>{})},150);return()=>{clearTimeout(n),c.abort()}},[a]);
let b=[...t.map(([c,n,u])=>({words:n,note:`g ${u}`,to:`/${c}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"}].filter(c=>c.words.toLowerCase().includes(a.trim().toLowerCase())),k=[...r.filter(c=>c.type!=="workbook"),...b],p=async c=>{if(!c)return;
let n="to"in c?c.to:await ke(c);n&&(o(),C(n))},l=c=>{if(c.key==="ArrowDown")m(Math.min(k.length-1,h+1));else if(c.key==="ArrowUp")m(Math.max(0,h-1));else if(c.key===
"Enter")p(k[h]);else return;c.preventDefault()};return e(K,{title:"Find",close:o,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-\
controls":"found","aria-activedescendant":k.length?`found-${h}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, descriptio\
n, or page",value:a,onInput:c=>s(c.currentTarget.value),onKeyDown:l}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:k.slice(
0,40).map((c,n)=>e("li",{id:`found-${n}`,role:"option","aria-selected":n===h,onClick:()=>p(c),onPointerMove:()=>m(n),children:"to"in c?e(y,{children:[c.words," ",
e("span",{class:"muted",children:c.note})]}):e(y,{children:[c.state&&e(j,{state:c.state,short:!0})," ",c.name," ",e("span",{class:"muted",children:[c.type.replace(
"_"," ")," \xB7 ",c.matched]})," ",e("code",{children:c.id.slice(0,36)})]})}))}),!k.length&&e("p",{class:"muted",children:"Nothing found."}),i&&r.length>0&&e("p",
{class:"muted",children:"There may be more: the search was cut short."})]})}var xe={password:"User and password",application_credential:"Application credential",token:"Token"};function be({hasFailed:t}){let[o,a]=f([]),[s,r]=f("token"),[
d,i]=f(""),[g,h]=f(),m=ae.use();v(()=>{S("/console/session").then(({ways:n})=>{a(n),n.includes("password")&&r("password")},()=>a([]))},[]);let b=n=>{if(!n.project&&
n.projects.length)return h(n);L.set(!1),I(n.token,n.projects)},k=async(n,u,_)=>{i("");try{b(await S("/console/session",{method:n,json:u,headers:_?{"X-Auth-Token":_}:
{}}))}catch(x){i(x.message)}},p=n=>{n.preventDefault();let u=Object.fromEntries(new FormData(n.currentTarget));if(s!=="token")return void k("POST",{method:s,...u});
L.set(!1),I(u.token.trim())},l=n=>{let u=crypto.randomUUID?.()??String(Math.random());sessionStorage.setItem("mistral.mark",u);let _=location.pathname.slice(8)+
location.search;location.assign(`/console/login/oidc?${new URLSearchParams({next:_,mark:u,...n?{realm:n}:{}})}`)},c=o.filter(n=>!n.startsWith("oidc"));return e(
"form",{class:"banner",onSubmit:p,"aria-label":"Sign in",children:[e("span",{children:d||m?e("span",{role:"alert",children:["\u2716 ",d||m]}):t?"\u2716 This token is\
 not accepted, or is no longer.":"This service asks who you are."}),g&&e("label",{children:["Project ",e("select",{value:"",onChange:n=>k("PUT",{project:n.currentTarget.
value},g.token),children:[e("option",{value:"",children:"choose\u2026"}),g.projects.map(n=>e("option",{value:n.id,children:n.name}))]})]}),o.includes("oidc")&&!o.
includes("oidc_realm")&&e("button",{type:"button",class:"primary",onClick:()=>l(),children:"Sign in with your provider"}),o.includes("oidc_realm")&&e("label",{children:[
"Realm ",e("input",{name:"realm",autocomplete:"organization"})," ",e("button",{type:"button",class:"primary",onClick:n=>l(n.currentTarget.previousElementSibling.
value.trim()),children:"Sign in with Keycloak"})]}),c.length>0&&e("label",{children:["With ",e("select",{value:s,onChange:n=>r(n.currentTarget.value),children:[
...c,"token"].map(n=>e("option",{value:n,children:xe[n]}))})]}),s==="password"&&e(y,{children:[e("label",{children:["User ",e("input",{name:"user",autocomplete:"\
username",required:!0})]}),e("label",{children:["Password ",e("input",{name:"password",type:"password",autocomplete:"current-password",required:!0})]}),e("label",
{children:["Domain ",e("input",{name:"domain",placeholder:"Default"})]}),e("label",{children:["Project ",e("input",{name:"project",placeholder:"your own"})]})]}),
s==="application_credential"&&e(y,{children:[e("label",{children:["Id ",e("input",{name:"id",autocomplete:"username",required:!0})]}),e("label",{children:["Secr\
et ",e("input",{name:"secret",type:"password",autocomplete:"off",required:!0})]})]}),s==="token"&&e("label",{children:["Token ",e("input",{name:"token",type:"pa\
ssword",autocomplete:"off",required:!0})]}),e("button",{class:o.includes("oidc")?"":"primary",children:"Sign in"}),t&&e("button",{type:"button",onClick:()=>{I(void 0),
L.set(!1)},children:"Sign out"}),s==="token"&&e("span",{class:"muted",children:"It stays in this tab and is sent to this server only."})]})}var $e="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",Pe=50,Ie=["marker","fields","limit","sort_keys","sort_dirs",
"scan_limit"],ye=["state_info","input","output","params","updated_at"],Le=2e4,Ae=3e4,Re=3e3;function ve(){let{query:t}=R(),o={};for(let[p,l]of t)Ie.includes(p)||
(o[p]=l);let a=t.get("marker")??void 0,s=ye.some(p=>p in o),r=`/v2/executions${B({...o,fields:$e,limit:Pe,sort_keys:"created_at",sort_dirs:"desc",marker:a,scan_limit:s?
Le:void 0})}`,[d,i]=f(0),g=!a&&!s,h=me(g?"executions":void 0,p=>{if(p.event==="gap"&&(!p.data.watch||p.data.watch==="executions"))return m.again();if(p.event!==
"executions")return;let l=new Map(p.data.rows.map(n=>[n[0],n])),c=new Set(m.data?.executions.map(n=>n.id));i(n=>n+[...l.keys()].filter(u=>!c.has(u)).length),m.patch(
n=>({...n,executions:n.executions.map(u=>{let _=l.get(u.id);return _?{...u,state:_[2],updated_at:_[4]===null?u.updated_at:new Date(_[4]/1e3).toISOString()}:u})}))}),
m=D(r,g?h?Ae:Re:0);v(()=>i(0),[m.at,r]);let b=O(!1);v(()=>{if(!d||b.current||document.getSelection()?.toString())return;let p=setTimeout(m.again,500);return()=>clearTimeout(
p)},[d]);let k=Object.keys(o).length>0;return e(y,{children:[e("div",{class:"title",children:[e("h1",{children:"Executions"}),e(de,{text:`${location.origin}${r}`,
label:"Copy as REST address"})]}),e(je,{filters:o}),d>0&&e("p",{role:"status",children:e("button",{onClick:m.again,children:[M(d)," new or changed elsewhere \u2013 s\
how"]})}),e("div",{onPointerEnter:()=>b.current=!0,onPointerLeave:()=>b.current=!1,children:e(ue,{of:m,children:p=>e(y,{children:[s&&e(Oe,{list:p}),p.executions.
length?e(Fe,{executions:p.executions,next:p.next,isFirst:!a,filters:o,again:m.again}):e(De,{hasFilters:k,isSlow:s,next:p.next})]})})})]})}function De({hasFilters:t,
isSlow:o,next:a}){return o&&a?e(P,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>E({marker:_e(a)}),children:"Go on \
with older ones"})]}):t?e(P,{children:[e("p",{children:"No execution matches these filters."}),e("button",{onClick:()=>C("/executions"),children:"Show all"})]}):
e(P,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[e("a",{href:$("/workflows"),children:"Go to the workflows"}),", upload one, and run it."]})]})}
var _e=t=>new URL(t,location.origin).searchParams.get("marker")??void 0;function Oe({list:t}){let o=`${t.executions.length} found`;return t.scanned_to_us?e("p",
{class:"muted",children:["Searched ",M(t.scanned??0)," executions, back to ",e(X,{time:t.scanned_to_us/1e3}),": ",o,". This filter has no index, so it goes on s\
tep by step."]}):e("p",{class:"muted",children:["Searched to the end: ",o,"."]})}function je({filters:t}){let[o,a]=f(t.workflow_name??""),[s,r]=f("state_info"),
[d,i]=f("");v(()=>a(t.workflow_name??""),[t.workflow_name]);let g=Object.entries(t).filter(([l])=>!["state","workflow_name","created_at"].includes(l)),h=l=>`gte\
:${new Date(Date.now()-l*36e5).toISOString().slice(0,16).replace("T"," ")}`,m=D(`/v2/statistics/executions${B({workflow_name:t.workflow_name,created_at:t.created_at})}`,
1e4),b=l=>{let c=m.data?.counts.find(n=>n.state===l);return c?.count===null||c===void 0?"":` ${M(c.count)}${c.capped?"+":""}`},k=A.use()?.indexed_inputs??[],p=l=>{
l.preventDefault(),d.trim()&&E({[s]:s==="input"||s==="state_info"?`has:${d.trim()}`:d.trim(),marker:void 0}),i("")};return e("div",{class:"filters",role:"search",
children:[e("div",{class:"chips",role:"group","aria-label":"State",children:["",...ie].map(l=>e("button",{class:"chip","aria-pressed":(t.state??"")===l,onClick:()=>E(
{state:l,marker:void 0}),children:l?e(y,{children:[e(j,{state:l}),e("span",{class:"muted",children:b(l)})]}):"All"}))}),e("form",{onSubmit:l=>{l.preventDefault(),
E({workflow_name:o.trim(),marker:void 0})},children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:o,placeholder:"exact name",onInput:l=>a(
l.currentTarget.value)})]}),e("label",{children:["Created"," ",e("select",{value:t.created_at??"",onChange:l=>E({created_at:l.currentTarget.value,marker:void 0}),
children:[e("option",{value:"",children:"any time"}),e("option",{value:h(1),children:"last hour"}),e("option",{value:h(24),children:"last 24 hours"}),e("option",
{value:h(168),children:"last 7 days"}),t.created_at&&e("option",{value:t.created_at,children:t.created_at.replace(/^gte:/,"since ")})]})]}),e("button",{children:"\
Filter"})]}),e("form",{onSubmit:p,children:[e("label",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:s,onChange:l=>r(l.currentTarget.
value),children:[e("option",{value:"state_info",children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{value:"descripti\
on",children:"description is"}),e("option",{value:"tags",children:"has tag"}),k.map(l=>e("option",{value:`input.${l}`,children:["input ",l," is"]}))]})]}),e("la\
bel",{children:[e("span",{class:"hidden",children:"Value"}),e("input",{value:d,onInput:l=>i(l.currentTarget.value)})]}),e("button",{children:"Add"})]}),g.map(([
l,c])=>e("button",{class:"chip",onClick:()=>E({[l]:void 0,marker:void 0}),"aria-label":`Remove the filter ${l}`,children:[l,"=",c," \u2715"]})),e(Ne,{})]})}function Ne(){
let{query:t}=R(),[o,a]=f(()=>JSON.parse(localStorage.getItem("mistral.saved")??"[]")),s=t.toString(),r=i=>{localStorage.setItem("mistral.saved",JSON.stringify(i)),
a(i)};if(!s&&!o.length)return null;let d=o.find(([,i])=>i===s);return e("label",{children:[e("span",{class:"hidden",children:"Saved filters"}),e("select",{value:"",
onChange:i=>{let g=i.currentTarget.value;i.currentTarget.value="",g==="+"?r([...o,[prompt("Name of this filter")||s,s]]):g==="-"?r(o.filter(([,h])=>h!==s)):C(`/\
executions?${g}`)},children:[e("option",{value:"",children:"saved filters"}),o.map(([i,g])=>e("option",{value:g,children:i})),s&&!d&&e("option",{value:"+",children:"\
save this one\u2026"}),d&&e("option",{value:"-",children:["forget \u201C",d[0],"\u201D"]})]})]})}function Fe({executions:t,next:o,isFirst:a,filters:s,again:r}){
let d=O(null),[i,g]=f(new Set),[h,m]=f(),b=o&&_e(o),k=n=>{let u=new Set(i);u.delete(n)||u.add(n),g(u)},p=()=>document.activeElement?.closest("tr")?.dataset.id;v(
()=>{let n=u=>{if(u.ctrlKey||u.metaKey||u.altKey||u.target.closest("input:not([type=checkbox]), textarea, select, dialog"))return;let _=u.key==="j"?1:u.key==="k"?
-1:0,x=p();if(_){let W=[...d.current?.querySelectorAll("a.row")??[]],Ce=W.findIndex(Ee=>Ee.closest("tr")?.dataset.id===x);W[Math.max(0,Math.min(W.length-1,Ce+_))]?.
focus()}else if(u.key==="x"&&x)k(x);else if(u.key==="]"&&b)E({marker:b});else if(u.key==="["&&!a)history.back();else if(u.key==="="&&i.size===2)l();else return;
u.preventDefault()};return addEventListener("keydown",n),()=>removeEventListener("keydown",n)});let l=()=>{let[n,u]=[...i];C(`/compare?a=${w(n)}&b=${w(u)}`)},c=Object.
keys(s).length>0&&!ye.some(n=>n in s);return e(y,{children:[e("div",{class:"scroll",children:e("table",{children:[e("thead",{children:e("tr",{children:[e("th",{
children:e("span",{class:"hidden",children:"Chosen"})}),e("th",{children:"State"}),e("th",{children:"Workflow"}),e("th",{children:"Created"}),e("th",{children:"\
Took"}),e("th",{children:"Why or what"}),e("th",{children:"Id"})]})}),e("tbody",{ref:d,children:t.map(n=>{let[u,_]=[G(n.created_at),G(n.updated_at)],x=le(n.state)?
_:Date.now();return e("tr",{"data-id":n.id,class:i.has(n.id)?"chosen":void 0,children:[e("td",{children:e("input",{type:"checkbox","aria-label":`Choose ${n.id}`,
checked:i.has(n.id),onChange:()=>k(n.id)})}),e("td",{children:e(j,{state:n.state})}),e("td",{children:e("a",{class:"row",href:$(`/executions/${w(n.id)}`),children:n.
workflow_name})}),e("td",{class:"nowrap",children:e(X,{time:u})}),e("td",{class:"nowrap",children:u!==void 0&&x!==void 0?x-u<1e3?"< 1 s":re((x-u)*1e3):"\u2013"}),
e("td",{class:"wide",children:e("span",{class:"clamp",title:n.state_info??void 0,children:ce(n.state_info??n.description)})}),e("td",{children:e("code",{children:n.
id})})]},n.id)})})]})}),e("div",{class:"pager",children:[(i.size>0||c)&&e(fe,{rule:"bulk_operations:create",children:e("label",{class:"left",children:[i.size?`${i.
size} chosen: `:"All that match: ",e("select",{value:"",onChange:n=>{m({action:n.currentTarget.value,all:!i.size}),n.currentTarget.value=""},children:[e("option",
{value:"",children:"do\u2026"}),ge.map(([n,u])=>e("option",{value:n,children:u}))]})]})}),i.size===2&&e("button",{onClick:l,children:"Compare the two"}),!a&&e("\
button",{onClick:()=>history.back(),children:"Newer"}),!a&&e("button",{onClick:()=>E({marker:void 0}),children:"Newest"}),b&&e("button",{onClick:()=>E({marker:b}),
children:"Older"})]}),h&&e(he,{action:h.action,filter:h.all?s:void 0,ids:h.all?void 0:[...i],close:()=>m(void 0),done:()=>{g(new Set),r()}})]})}var U=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],Me=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["t","local time or UTC"],["y","copy t\
he link to this view"],["f + \u2212","graph: fit, zoom"],["arrows, n N","graph: along the edges, failed tasks"],["Ctrl S, F8, Ctrl .","editor: save, next proble\
m, mend it"],["?","these keys"]],Ke=1e3;function Ue(t,o){let a=O(0);v(()=>{let s=r=>{if((r.ctrlKey||r.metaKey)&&r.key==="k")return o(),r.preventDefault();if(!N.
get()||r.ctrlKey||r.metaKey||r.altKey||r.target.closest("input, textarea, select, dialog"))return;let d=Date.now()-a.current<Ke;a.current=r.key==="g"?Date.now():
0;let i=d&&U.find(([,,g])=>g===r.key);if(i)C(`/${i[0]}`);else if(r.key==="/")document.querySelector("[data-filter]")?.focus();else if(r.key==="?")t();else if(r.
key==="t")z(H.get()==="UTC"?"local":"UTC");else if(r.key==="y")navigator.clipboard?.writeText(location.href);else return;r.preventDefault()};return addEventListener(
"keydown",s),()=>removeEventListener("keydown",s)},[])}function T(t){let o,a;return function(r){let[,d]=f(0);return v(()=>{o||t().then(i=>o=i,i=>a=i).then(()=>d(
i=>i+1))},[]),o?e(o,{...r}):a?e(P,{children:[e("h1",{children:"The console was updated"}),e("p",{children:"This page's code is not there any more."}),e("button",
{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[e("i",{}),
e("i",{}),e("i",{})]})}}var We=T(()=>import("./Execution-64F4VSUH.js").then(t=>t.Execution)),He=T(()=>import("./Workflows-PIJZVROJ.js").then(t=>t.Workflows)),
ze=T(()=>import("./Workflows-PIJZVROJ.js").then(t=>t.WorkflowPage)),qe=T(()=>import("./Editor-UOBOMTZA.js").then(t=>t.EditWorkflow)),Be=T(()=>import("./Actions-G5647UUV.js").
then(t=>t.Actions)),Ge=T(()=>import("./Actions-G5647UUV.js").then(t=>t.Code)),Ve=T(()=>import("./Triggers-B223LFFK.js").then(t=>t.Triggers)),Xe=T(()=>import("./Environments-DKSG4P4I.js").
then(t=>t.Environments)),Ze=T(()=>import("./Overview-3XUN4B3M.js").then(t=>t.Overview)),Je=T(()=>import("./Cluster-TLC3LE6I.js").then(t=>t.Cluster)),Ye=T(
()=>import("./Compare-GICY2UGT.js").then(t=>t.Compare)),Qe=T(()=>import("./Bulk-YHZZR7BN.js").then(t=>t.BulkList)),et=T(()=>import("./Bulk-YHZZR7BN.js").
then(t=>t.BulkPage));function tt(){let{path:t}=R(),[o,a,s]=t;return o==="executions"&&a===void 0?e(ve,{}):o===void 0||o==="overview"&&a===void 0?e(Ze,{}):o==="e\
xecutions"&&s===void 0?e(We,{id:a},a):o==="workflows"&&a===void 0?e(He,{}):o==="workflows"&&s===void 0?e(ze,{id:a},a):o==="workflows"&&s==="edit"?e(qe,{id:a},a):
o==="actions"&&a===void 0?e(Be,{}):o==="code"&&a===void 0?e(Ge,{}):o==="triggers"&&a===void 0?e(Ve,{}):o==="environments"&&a===void 0?e(Xe,{}):o==="cluster"&&a===
void 0?e(Je,{}):o==="compare"&&a===void 0?e(Ye,{}):o==="bulk"&&a===void 0?e(Qe,{}):o==="bulk"&&s===void 0?e(et,{id:a},a):o==="file"?e(nt,{}):e(P,{children:[e("h\
1",{children:"There is no such page"}),e("p",{children:e("a",{href:$("/executions"),children:"Go to the executions"})})]})}function nt(){let[t,o]=f(""),a=async s=>{
if(s)try{let r=oe(s.name,await s.text());F.set(r),C(`/executions/${encodeURIComponent(r.execution)}`)}catch(r){o(`${s.name} cannot be read: ${r}`)}};return e(P,
{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an execution has made. It is read here and sent nowh\
ere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjson",onChange:s=>a(s.currentTarget.files?.[0])})]})}),
t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var Z=class extends J{state={};componentDidCatch(o){this.setState({error:o})}render(){let{
error:o}=this.state;return o?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This page has failed."})," ",o.message]}),e(
"button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function ot(){let t=F.use(),o=L.use(),a=q.use(),s=D(t?void 0:"/maint\
enance",15e3),r=s.data?.status,d=D(t?void 0:"/v2/identity",6e4),i=A.use();return v(()=>A.set(d.error?.status===401?void 0:d.data),[d.data,d.error]),e(y,{children:[
i?.read_only&&e("p",{class:"banner quiet",children:"Read-only: this console shows everything and changes nothing."}),t&&e("p",{class:"banner",role:"status",children:[
"Snapshot of ",t.execution,", taken ",V(t.taken),t.truncated?"; the file does not hold all of it":"",". ",e("button",{class:"small",onClick:()=>{F.set(void 0),C(
"/executions")},children:"Close the file"})]}),r&&r!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 The service is ",r,": nothing can be chan\
ged until it is ",e("a",{href:$("/cluster"),children:"resumed"}),"."]}),o&&!t&&e(be,{hasFailed:!!a}),!o&&!a&&!t&&s.data&&e("p",{class:"banner quiet",children:"N\
o authentication: whoever reaches this service may do everything."})]})}function st(){let t=A.use(),[o,a]=[se.use(),q.use()];if(!t?.is_authenticated||!a)return null;
let s=async d=>{let i=await S("/console/session",{method:"PUT",json:{project:d},headers:{"X-Auth-Token":a}});I(i.token,i.projects)},r=async()=>{I(void 0),await S(
"/console/session",{method:"DELETE",headers:{"X-Auth-Token":a}}).catch(()=>{})};return e(y,{children:[e("span",{class:"muted",title:`user ${t.user_id}, project ${t.
project_id}`,children:[t.user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}),o.length>1&&e("select",{"aria-label":"Project",value:t.project_id??"",onChange:d=>s(
d.currentTarget.value).catch(()=>L.set(!0)),children:o.map(d=>e("option",{value:d.id,children:d.name}))}),e("button",{onClick:r,children:"Sign out"})]})}function at(){
let t=A.use()?.regions??[];if(!t.length)return null;let o=t.find(s=>s.url===location.origin)?.name,a=s=>s&&location.assign(s+location.pathname+location.search);
return e("select",{"aria-label":"Region",value:o??"",onChange:s=>a(t.find(r=>r.name===s.currentTarget.value)?.url??""),children:[o===void 0&&e("option",{value:"",
children:"this region"}),t.map(s=>e("option",{children:s.name}))]})}var rt=300;function it(){let t=H.use(),[o,a]=f([]);v(()=>{let r=setTimeout(()=>a(ee()),rt);return()=>clearTimeout(
r)},[]);let s=t!=="local"&&t!=="UTC"&&!o.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:r=>z(r.currentTarget.value),children:[
e("option",{value:"local",children:"local time"}),e("option",{children:"UTC"}),s&&e("option",{children:t}),o.map(r=>e("option",{children:r}))]})}var lt={live:["\
state-success","\u25CF live"],lost:["state-paused","\u25D0 asking"],idle:["state-success","\u25CF connected"]};function ct(){let t=R(),o=ne(),[a,s]=f(!1),[r,d]=f(
!1),[i,g,h]=[Q.use(),pe.use(),N.use()];Ue(()=>s(!0),()=>d(!0));let m=t.path[0]??"overview";v(()=>{document.title=`${t.path[1]??U.find(([p])=>p===m)?.[1]??"Mistr\
al"} \u2013 Mistral`});let[b,k]=o===void 0?lt[g]:["state-error",`\u2716 no answer since ${V(o)}`];return e(y,{children:[e("a",{class:"skip",href:"#main",onClick:p=>{
p.preventDefault(),document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("strong",{class:"brand",children:"Mistral"}),e(
"nav",{"aria-label":"Pages",children:U.map(([p,l])=>e("a",{href:$(`/${p}`),"aria-current":m===p?"page":void 0,children:l}))}),e("span",{class:"settings",children:[
e("button",{onClick:()=>d(!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:b,children:k}),e(at,{}),e(it,{}),e("select",
{"aria-label":"Theme",value:i,onChange:p=>te(p.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"light"}),e("o\
ption",{children:"dark"})]}),e("button",{onClick:()=>s(!0),"aria-label":"Keys",children:"?"}),e(st,{})]})]}),e(ot,{}),e("main",{id:"main",tabIndex:-1,children:e(
Z,{children:e(tt,{})},t.path.join("/"))}),r&&e(we,{pages:U,close:()=>d(!1)}),a&&e(K,{title:"Keys",close:()=>s(!1),children:[e("dl",{class:"keys",children:Me.map(
([p,l])=>e("div",{children:[e("dt",{children:e("kbd",{children:p})}),e("dd",{children:l})]}))}),e("p",{children:e("label",{children:[e("input",{type:"checkbox",
checked:h,onChange:p=>{localStorage.setItem("mistral.keys",p.currentTarget.checked?"on":"off"),N.set(p.currentTarget.checked)}})," single keys do something"]})}),
e("p",{children:[e("a",{href:$("/file"),onClick:()=>s(!1),children:"Open a saved run"})," \xB7 ",e("a",{href:$("/bulk"),onClick:()=>s(!1),children:"Bulk operati\
ons"})]}),e("div",{class:"buttons",children:e("button",{onClick:()=>s(!1),children:"Close"})})]})]})}var Te=document.getElementById("app");Te.textContent="";Y(e(
ct,{}),Te);
