import{a as Ce,b as Ee}from"./chunk-JTHTAK3B.js";import{a as be,b as ye}from"./chunk-Q5DSYD4N.js";import{a as R,c as ve}from"./chunk-55JZBHOK.js";
import{A as ae,B as K,C as ie,D as le,E as w,F as ce,G as ue,H as V,I as de,J as pe,K as I,L,N as x,O as X,P as Z,Q as me,S as fe,T as ge,U as M,W as he,X as e,
Y as O,Z as J,a as y,aa as ke,b as Q,c as ee,ca as P,d as f,da as U,e as v,f as j,fa as we,j as N,ja as D,m as F,n as A,o as T,p as _,q as S,r as te,s as z,t as q,
u as ne,v as B,w as oe,x as se,y as G,z as re}from"./chunk-2L4TPQFS.js";var Re={execution:t=>`/executions/${w(t.id)}`,workflow:t=>`/workflows/${w(t.id)}`,action:t=>`/actions?name=${w(t.name)}`,environment:t=>`/environments?name=${w(
t.name)}`,cron_trigger:t=>`/triggers?name=${w(t.name)}`,event_trigger:()=>"/triggers",code_source:t=>`/code?name=${w(t.name)}`};async function Te(t){if(t.type===
"task"){let o=await x(`/v2/tasks/${w(t.id)}?fields=workflow_execution_id,name`);return`/executions/${w(o.workflow_execution_id)}?view=tasks&task=${w(o.name)}&ru\
n=${w(t.id)}`}if(t.type==="action_execution"){let o=await x(`/v2/action_executions/${w(t.id)}`);return o.task_execution_id?Te({...t,type:"task",id:o.task_execution_id}):
void 0}return Re[t.type]?.(t)}function _e({pages:t,close:o}){let[r,s]=f(""),[a,d]=f([]),[i,g]=f(!1),[h,m]=f(0);v(()=>{if(m(0),r.trim().length<2)return d([]);let c=new AbortController,
n=setTimeout(()=>{x(`/v2/search?q=${w(r.trim())}`,{signal:c.signal}).then(u=>{d(u.results),g(u.partial)},()=>{})},150);return()=>{clearTimeout(n),c.abort()}},[r]);
let b=[...t.map(([c,n,u])=>({words:n,note:`g ${u}`,to:`/${c}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"}].filter(c=>c.words.toLowerCase().includes(r.trim().toLowerCase())),k=[...a.filter(c=>c.type!=="workbook"),...b],p=async c=>{if(!c)return;
let n="to"in c?c.to:await Te(c);n&&(o(),_(n))},l=c=>{if(c.key==="ArrowDown")m(Math.min(k.length-1,h+1));else if(c.key==="ArrowUp")m(Math.max(0,h-1));else if(c.key===
"Enter")p(k[h]);else return;c.preventDefault()};return e(U,{title:"Find",close:o,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-\
controls":"found","aria-activedescendant":k.length?`found-${h}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, descriptio\
n, or page",value:r,onInput:c=>s(c.currentTarget.value),onKeyDown:l}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:k.slice(
0,40).map((c,n)=>e("li",{id:`found-${n}`,role:"option","aria-selected":n===h,onClick:()=>p(c),onPointerMove:()=>m(n),children:"to"in c?e(y,{children:[c.words," ",
e("span",{class:"muted",children:c.note})]}):e(y,{children:[c.state&&e(O,{state:c.state,short:!0})," ",c.name," ",e("span",{class:"muted",children:[c.type.replace(
"_"," ")," \xB7 ",c.matched]})," ",e("code",{children:c.id.slice(0,36)})]})}))}),!k.length&&e("p",{class:"muted",children:"Nothing found."}),i&&a.length>0&&e("p",
{class:"muted",children:"There may be more: the search was cut short."})]})}var Ae={password:"User and password",application_credential:"Application credential",token:"Token"};function Se({hasFailed:t}){let[o,r]=f([]),[s,a]=f("token"),[
d,i]=f(""),[g,h]=f(),m=pe.use();v(()=>{x("/console/session").then(({ways:n})=>{r(n),n.includes("password")&&a("password")},()=>r([]))},[]);let b=n=>{if(!n.project&&
n.projects.length)return h(n);L.set(!1),I(n.token,n.projects)},k=async(n,u,E)=>{i("");try{b(await x("/console/session",{method:n,json:u,headers:E?{"X-Auth-Token":E}:
{}}))}catch($){i($.message)}},p=n=>{n.preventDefault();let u=Object.fromEntries(new FormData(n.currentTarget));if(s!=="token")return void k("POST",{method:s,...u});
L.set(!1),I(u.token.trim())},l=n=>{let u=crypto.randomUUID?.()??String(Math.random());te.set("mark",u),location.assign(`${T("/login/oidc")}?${new URLSearchParams(
{next:F(),mark:u,...n?{realm:n}:{}})}`)},c=o.filter(n=>!n.startsWith("oidc"));return e("form",{class:"banner",onSubmit:p,"aria-label":"Sign in",children:[e("spa\
n",{children:d||m?e("span",{role:"alert",children:["\u2716 ",d||m]}):t?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are."}),
g&&e("label",{children:["Project ",e("select",{value:"",onChange:n=>k("PUT",{project:n.currentTarget.value},g.token),children:[e("option",{value:"",children:"ch\
oose\u2026"}),g.projects.map(n=>e("option",{value:n.id,children:n.name}))]})]}),o.includes("oidc")&&!o.includes("oidc_realm")&&e("button",{type:"button",class:"\
primary",onClick:()=>l(),children:"Sign in with your provider"}),o.includes("oidc_realm")&&e("label",{children:["Realm ",e("input",{name:"realm",autocomplete:"o\
rganization"})," ",e("button",{type:"button",class:"primary",onClick:n=>l(n.currentTarget.previousElementSibling.value.trim()),children:"Sign in with Keycloak"})]}),
c.length>0&&e("label",{children:["With ",e("select",{value:s,onChange:n=>a(n.currentTarget.value),children:[...c,"token"].map(n=>e("option",{value:n,children:Ae[n]}))})]}),
s==="password"&&e(y,{children:[e("label",{children:["User ",e("input",{name:"user",autocomplete:"username",required:!0})]}),e("label",{children:["Password ",e("\
input",{name:"password",type:"password",autocomplete:"current-password",required:!0})]}),e("label",{children:["Domain ",e("input",{name:"domain",placeholder:"De\
fault"})]}),e("label",{children:["Project ",e("input",{name:"project",placeholder:"your own"})]})]}),s==="application_credential"&&e(y,{children:[e("label",{children:[
"Id ",e("input",{name:"id",autocomplete:"username",required:!0})]}),e("label",{children:["Secret ",e("input",{name:"secret",type:"password",autocomplete:"off",required:!0})]})]}),
s==="token"&&e("label",{children:["Token ",e("input",{name:"token",type:"password",autocomplete:"off",required:!0})]}),e("button",{class:o.includes("oidc")?"":"\
primary",children:"Sign in"}),t&&e("button",{type:"button",onClick:()=>{I(void 0),L.set(!1)},children:"Sign out"}),s==="token"&&e("span",{class:"muted",children:"\
It stays in this tab and is sent to this server only."})]})}var De=3e4,je=3e3;function xe(){let{query:t}=A(),{path:o,filters:r,marker:s,isSlow:a}=ue(t),[d,i]=f(0),g=!s&&!a,h=ye(g?"executions":void 0,p=>{if(p.event==="gap"&&
(!p.data.watch||p.data.watch==="executions"))return m.again();if(p.event!=="executions")return;let l=new Map(p.data.rows.map(n=>[n[0],n])),c=new Set(m.data?.executions.
map(n=>n.id));i(n=>n+[...l.keys()].filter(u=>!c.has(u)).length),m.patch(n=>({...n,executions:n.executions.map(u=>{let E=l.get(u.id);return E?{...u,state:E[2],updated_at:E[4]===
null?u.updated_at:new Date(E[4]/1e3).toISOString()}:u})}))}),m=D(o,g?h?De:je:0);v(()=>i(0),[m.at,o]);let b=j(!1);v(()=>{if(!d||b.current||document.getSelection()?.
toString())return;let p=setTimeout(m.again,500);return()=>clearTimeout(p)},[d]);let k=Object.keys(r).length>0;return e(y,{children:[e("div",{class:"title",children:[
e("h1",{children:"Executions"}),e(we,{text:N+o,label:"Copy as REST address"})]}),e(Fe,{filters:r}),d>0&&e("p",{role:"status",children:e("button",{onClick:m.again,
children:[M(d)," new or changed elsewhere \u2013 show"]})}),e("div",{onPointerEnter:()=>b.current=!0,onPointerLeave:()=>b.current=!1,children:e(ke,{of:m,children:p=>e(
y,{children:[a&&e(Ne,{list:p}),p.executions.length?e(Me,{executions:p.executions,next:p.next,isFirst:!s,filters:r,again:m.again}):e(Oe,{hasFilters:k,isSlow:a,next:p.
next})]})})})]})}function Oe({hasFilters:t,isSlow:o,next:r}){return o&&r?e(P,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>S(
{marker:$e(r)}),children:"Go on with older ones"})]}):t?e(P,{children:[e("p",{children:"No execution matches these filters."}),e("button",{onClick:()=>_("/execu\
tions"),children:"Show all"})]}):e(P,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[e("a",{href:T("/workflows"),children:"Go to the workfl\
ows"}),", upload one, and run it."]})]})}var $e=t=>new URL(t,location.origin).searchParams.get("marker")??void 0;function Ne({list:t}){let o=`${t.executions.length}\
 found`;return t.scanned_to_us?e("p",{class:"muted",children:["Searched ",M(t.scanned??0)," executions, back to ",e(J,{time:t.scanned_to_us/1e3}),": ",o,". This\
 filter has no index, so it goes on step by step."]}):e("p",{class:"muted",children:["Searched to the end: ",o,"."]})}function Fe({filters:t}){let[o,r]=f(t.workflow_name??
""),[s,a]=f("state_info"),[d,i]=f("");v(()=>r(t.workflow_name??""),[t.workflow_name]);let g=Object.entries(t).filter(([l])=>!["state","workflow_name","created_a\
t"].includes(l)),h=l=>`gte:${new Date(Date.now()-l*36e5).toISOString().slice(0,16).replace("T"," ")}`,m=D(`/v2/statistics/executions${le({workflow_name:t.workflow_name,
created_at:t.created_at})}`,1e4),b=l=>{let c=m.data?.counts.find(n=>n.state===l);return c?.count===null||c===void 0?"":` ${M(c.count)}${c.capped?"+":""}`},k=R.use()?.
indexed_inputs??[],p=l=>{l.preventDefault(),d.trim()&&S({[s]:s==="input"||s==="state_info"?`has:${d.trim()}`:d.trim(),marker:void 0}),i("")};return e("div",{class:"\
filters",role:"search",children:[e("div",{class:"chips",role:"group","aria-label":"State",children:["",...fe].map(l=>e("button",{class:"chip","aria-pressed":(t.
state??"")===l,onClick:()=>S({state:l,marker:void 0}),children:l?e(y,{children:[e(O,{state:l}),e("span",{class:"muted",children:b(l)})]}):"All"}))}),e("form",{onSubmit:l=>{
l.preventDefault(),S({workflow_name:o.trim(),marker:void 0})},children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:o,placeholder:"exact \
name",onInput:l=>r(l.currentTarget.value)})]}),e("label",{children:["Created"," ",e("select",{value:t.created_at??"",onChange:l=>S({created_at:l.currentTarget.value,
marker:void 0}),children:[e("option",{value:"",children:"any time"}),e("option",{value:h(1),children:"last hour"}),e("option",{value:h(24),children:"last 24 hou\
rs"}),e("option",{value:h(168),children:"last 7 days"}),t.created_at&&e("option",{value:t.created_at,children:t.created_at.replace(/^gte:/,"since ")})]})]}),e("\
button",{children:"Filter"})]}),e("form",{onSubmit:p,children:[e("label",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:s,onChange:l=>a(
l.currentTarget.value),children:[e("option",{value:"state_info",children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{
value:"description",children:"description is"}),e("option",{value:"tags",children:"has tag"}),k.map(l=>e("option",{value:`input.${l}`,children:["input ",l," is"]}))]})]}),
e("label",{children:[e("span",{class:"hidden",children:"Value"}),e("input",{value:d,onInput:l=>i(l.currentTarget.value)})]}),e("button",{children:"Add"})]}),g.map(
([l,c])=>e("button",{class:"chip",onClick:()=>S({[l]:void 0,marker:void 0}),"aria-label":`Remove the filter ${l}`,children:[l,"=",c," \u2715"]})),e(Ke,{})]})}function Ke(){
let{query:t}=A(),[o,r]=f(()=>JSON.parse(z.get("saved")??"[]")),s=t.toString(),a=i=>{z.set("saved",JSON.stringify(i)),r(i)};if(!s&&!o.length)return null;let d=o.
find(([,i])=>i===s);return e("label",{children:[e("span",{class:"hidden",children:"Saved filters"}),e("select",{value:"",onChange:i=>{let g=i.currentTarget.value;
i.currentTarget.value="",g==="+"?a([...o,[prompt("Name of this filter")||s,s]]):g==="-"?a(o.filter(([,h])=>h!==s)):_(`/executions?${g}`)},children:[e("option",{
value:"",children:"saved filters"}),o.map(([i,g])=>e("option",{value:g,children:i})),s&&!d&&e("option",{value:"+",children:"save this one\u2026"}),d&&e("option",
{value:"-",children:["forget \u201C",d[0],"\u201D"]})]})]})}function Me({executions:t,next:o,isFirst:r,filters:s,again:a}){let d=j(null),[i,g]=f(new Set),[h,m]=f(),
b=o&&$e(o),k=n=>{let u=new Set(i);u.delete(n)||u.add(n),g(u)},p=()=>document.activeElement?.closest("tr")?.dataset.id;v(()=>{let n=u=>{if(u.ctrlKey||u.metaKey||
u.altKey||u.target.closest("input:not([type=checkbox]), textarea, select, dialog"))return;let E=u.key==="j"?1:u.key==="k"?-1:0,$=p();if(E){let H=[...d.current?.
querySelectorAll("a.row")??[]],Ie=H.findIndex(Le=>Le.closest("tr")?.dataset.id===$);H[Math.max(0,Math.min(H.length-1,Ie+E))]?.focus()}else if(u.key==="x"&&$)k($);else if(u.
key==="]"&&b)S({marker:b});else if(u.key==="["&&!r)history.back();else if(u.key==="="&&i.size===2)l();else return;u.preventDefault()};return addEventListener("k\
eydown",n),()=>removeEventListener("keydown",n)});let l=()=>{let[n,u]=[...i];_(`/compare?a=${w(n)}&b=${w(u)}`)},c=Object.keys(s).length>0&&!ce.some(n=>n in s);return e(
y,{children:[e("div",{class:"scroll",children:e("table",{children:[e("thead",{children:e("tr",{children:[e("th",{children:e("span",{class:"hidden",children:"Cho\
sen"})}),e("th",{children:"State"}),e("th",{children:"Workflow"}),e("th",{children:"Created"}),e("th",{children:"Took"}),e("th",{children:"Why or what"}),e("th",
{children:"Id"})]})}),e("tbody",{ref:d,children:t.map(n=>{let[u,E]=[X(n.created_at),X(n.updated_at)],$=ge(n.state)?E:Date.now();return e("tr",{"data-id":n.id,class:i.
has(n.id)?"chosen":void 0,children:[e("td",{children:e("input",{type:"checkbox","aria-label":`Choose ${n.id}`,checked:i.has(n.id),onChange:()=>k(n.id)})}),e("td",
{children:e(O,{state:n.state})}),e("td",{children:e("a",{class:"row",href:T(`/executions/${w(n.id)}`),children:n.workflow_name})}),e("td",{class:"nowrap",children:e(
J,{time:u})}),e("td",{class:"nowrap",children:u!==void 0&&$!==void 0?$-u<1e3?"< 1 s":me(($-u)*1e3):"\u2013"}),e("td",{class:"wide",children:e("span",{class:"cla\
mp",title:n.state_info??void 0,children:he(n.state_info??n.description)})}),e("td",{children:e("code",{children:n.id})})]},n.id)})})]})}),e("div",{class:"pager",
children:[(i.size>0||c)&&e(ve,{rule:"bulk_operations:create",children:e("label",{class:"left",children:[i.size?`${i.size} chosen: `:"All that match: ",e("select",
{value:"",onChange:n=>{m({action:n.currentTarget.value,all:!i.size}),n.currentTarget.value=""},children:[e("option",{value:"",children:"do\u2026"}),Ce.map(([n,u])=>e(
"option",{value:n,children:u}))]})]})}),i.size===2&&e("button",{onClick:l,children:"Compare the two"}),!r&&e("button",{onClick:()=>history.back(),children:"Newe\
r"}),!r&&e("button",{onClick:()=>S({marker:void 0}),children:"Newest"}),b&&e("button",{onClick:()=>S({marker:b}),children:"Older"})]}),h&&e(Ee,{action:h.action,
filter:h.all?s:void 0,ids:h.all?void 0:[...i],close:()=>m(void 0),done:()=>{g(new Set),a()}})]})}var W=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],Ue=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["t","local time or UTC"],["y","copy t\
he link to this view"],["f + \u2212","graph: fit, zoom"],["arrows, n N","graph: along the edges, failed tasks"],["Ctrl S, F8, Ctrl .","editor: save, next proble\
m, mend it"],["?","these keys"]],We=1e3;function He(t,o){let r=j(0);v(()=>{let s=a=>{if((a.ctrlKey||a.metaKey)&&a.key==="k")return o(),a.preventDefault();if(!B.
get()||a.ctrlKey||a.metaKey||a.altKey||a.target.closest("input, textarea, select, dialog"))return;let d=Date.now()-r.current<We;r.current=a.key==="g"?Date.now():
0;let i=d&&W.find(([,,g])=>g===a.key);if(i)_(`/${i[0]}`);else if(a.key==="/")document.querySelector("[data-filter]")?.focus();else if(a.key==="?")t();else if(a.
key==="t")G(q.get()==="UTC"?"local":"UTC");else if(a.key==="y")navigator.clipboard?.writeText(location.href);else return;a.preventDefault()};return addEventListener(
"keydown",s),()=>removeEventListener("keydown",s)},[])}function C(t){let o,r;return function(a){let[,d]=f(0);return v(()=>{o||t().then(i=>o=i,i=>r=i).then(()=>d(
i=>i+1))},[]),o?e(o,{...a}):r?e(P,{children:[e("h1",{children:"The console was updated"}),e("p",{children:"This page's code is not there any more."}),e("button",
{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[e("i",{}),
e("i",{}),e("i",{})]})}}var ze=C(()=>import("./Execution-KX7GWHNL.js").then(t=>t.Execution)),qe=C(()=>import("./Workflows-4TD6XCYE.js").then(t=>t.Workflows)),
Be=C(()=>import("./Workflows-4TD6XCYE.js").then(t=>t.WorkflowPage)),Ge=C(()=>import("./Editor-RRNNPIHT.js").then(t=>t.EditWorkflow)),Ve=C(()=>import("./Actions-NJN7LILM.js").
then(t=>t.Actions)),Xe=C(()=>import("./Actions-NJN7LILM.js").then(t=>t.Code)),Ze=C(()=>import("./Triggers-CCPCFVUS.js").then(t=>t.Triggers)),Je=C(()=>import("./Environments-PV2322WM.js").
then(t=>t.Environments)),Ye=C(()=>import("./Overview-TB2RMVOT.js").then(t=>t.Overview)),Qe=C(()=>import("./Cluster-H6CWV36R.js").then(t=>t.Cluster)),et=C(
()=>import("./Compare-FAO73XQ5.js").then(t=>t.Compare)),tt=C(()=>import("./Bulk-YSF6HMH6.js").then(t=>t.BulkList)),nt=C(()=>import("./Bulk-YSF6HMH6.js").
then(t=>t.BulkPage));function ot(){let{path:t}=A(),[o,r,s]=t;return o==="executions"&&r===void 0?e(xe,{}):o===void 0||o==="overview"&&r===void 0?e(Ye,{}):o==="e\
xecutions"&&s===void 0?e(ze,{id:r},r):o==="workflows"&&r===void 0?e(qe,{}):o==="workflows"&&s===void 0?e(Be,{id:r},r):o==="workflows"&&s==="edit"?e(Ge,{id:r},r):
o==="actions"&&r===void 0?e(Ve,{}):o==="code"&&r===void 0?e(Xe,{}):o==="triggers"&&r===void 0?e(Ze,{}):o==="environments"&&r===void 0?e(Je,{}):o==="cluster"&&r===
void 0?e(Qe,{}):o==="compare"&&r===void 0?e(et,{}):o==="bulk"&&r===void 0?e(tt,{}):o==="bulk"&&s===void 0?e(nt,{id:r},r):o==="file"?e(st,{}):e(P,{children:[e("h\
1",{children:"There is no such page"}),e("p",{children:e("a",{href:T("/executions"),children:"Go to the executions"})})]})}function st(){let[t,o]=f(""),r=async s=>{
if(s)try{let a=ie(s.name,await s.text());K.set(a),_(`/executions/${encodeURIComponent(a.execution)}`)}catch(a){o(`${s.name} cannot be read: ${a}`)}};return e(P,
{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an execution has made. It is read here and sent nowh\
ere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjson",onChange:s=>r(s.currentTarget.files?.[0])})]})}),
t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var Y=class extends Q{state={};componentDidCatch(o){this.setState({error:o})}render(){let{
error:o}=this.state;return o?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This page has failed."})," ",o.message]}),e(
"button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function rt(){let t=K.use(),o=L.use(),r=V.use(),s=D(t?void 0:"/maint\
enance",15e3),a=s.data?.status,d=D(t?void 0:"/v2/identity",6e4),i=R.use();return v(()=>R.set(d.error?.status===401?void 0:d.data),[d.data,d.error]),e(y,{children:[
i?.read_only&&e("p",{class:"banner quiet",children:"Read-only: this console shows everything and changes nothing."}),t&&e("p",{class:"banner",role:"status",children:[
"Snapshot of ",t.execution,", taken ",Z(t.taken),t.truncated?"; the file does not hold all of it":"",". ",e("button",{class:"small",onClick:()=>{K.set(void 0),_(
"/executions")},children:"Close the file"})]}),a&&a!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 The service is ",a,": nothing can be chan\
ged until it is ",e("a",{href:T("/cluster"),children:"resumed"}),"."]}),o&&!t&&e(Se,{hasFailed:!!r}),!o&&!r&&!t&&s.data&&e("p",{class:"banner quiet",children:"N\
o authentication: whoever reaches this service may do everything."})]})}function at(){let t=R.use(),[o,r]=[de.use(),V.use()];if(!t?.is_authenticated||!r)return null;
let s=async d=>{let i=await x("/console/session",{method:"PUT",json:{project:d},headers:{"X-Auth-Token":r}});I(i.token,i.projects)},a=async()=>{I(void 0),await x(
"/console/session",{method:"DELETE",headers:{"X-Auth-Token":r}}).catch(()=>{})};return e(y,{children:[e("span",{class:"muted",title:`user ${t.user_id}, project ${t.
project_id}`,children:[t.user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}),o.length>1&&e("select",{"aria-label":"Project",value:t.project_id??"",onChange:d=>s(
d.currentTarget.value).catch(()=>L.set(!0)),children:o.map(d=>e("option",{value:d.id,children:d.name}))}),e("button",{onClick:a,children:"Sign out"})]})}function it(){
let t=R.use()?.regions??[];if(!t.length)return null;let o=t.find(s=>s.url===N)?.name,r=s=>s&&location.assign(`${s}/console${F()}`);return e("select",{"aria-labe\
l":"Region",value:o??"",onChange:s=>r(t.find(a=>a.name===s.currentTarget.value)?.url??""),children:[o===void 0&&e("option",{value:"",children:"this region"}),t.
map(s=>e("option",{children:s.name}))]})}var lt=300;function ct(){let t=q.use(),[o,r]=f([]);v(()=>{let a=setTimeout(()=>r(oe()),lt);return()=>clearTimeout(a)},[]);
let s=t!=="local"&&t!=="UTC"&&!o.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:a=>G(a.currentTarget.value),children:[e("\
option",{value:"local",children:"local time"}),e("option",{children:"UTC"}),s&&e("option",{children:t}),o.map(a=>e("option",{children:a}))]})}var ut={live:["sta\
te-success","\u25CF live"],lost:["state-paused","\u25D0 asking"],idle:["state-success","\u25CF connected"]};function dt(){let t=A(),o=ae(),[r,s]=f(!1),[a,d]=f(!1),
[i,g,h]=[ne.use(),be.use(),B.use()];He(()=>s(!0),()=>d(!0));let m=t.path[0]??"overview";v(()=>{document.title=`${t.path[1]??W.find(([p])=>p===m)?.[1]??"Mistral"}\
 \u2013 Mistral`});let[b,k]=o===void 0?ut[g]:["state-error",`\u2716 no answer since ${Z(o)}`];return e(y,{children:[e("a",{class:"skip",href:"#main",onClick:p=>{
p.preventDefault(),document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("strong",{class:"brand",children:"Mistral"}),e(
"nav",{"aria-label":"Pages",children:W.map(([p,l])=>e("a",{href:T(`/${p}`),"aria-current":m===p?"page":void 0,children:l}))}),e("span",{class:"settings",children:[
e("button",{onClick:()=>d(!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:b,children:k}),e(it,{}),e(ct,{}),e("select",
{"aria-label":"Theme",value:i,onChange:p=>re(p.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"light"}),e("o\
ption",{children:"dark"})]}),e("button",{onClick:()=>s(!0),"aria-label":"Keys",children:"?"}),e(at,{})]})]}),e(rt,{}),e("main",{id:"main",tabIndex:-1,children:e(
Y,{children:e(ot,{})},t.path.join("/"))}),a&&e(_e,{pages:W,close:()=>d(!1)}),r&&e(U,{title:"Keys",close:()=>s(!1),children:[e("dl",{class:"keys",children:Ue.map(
([p,l])=>e("div",{children:[e("dt",{children:e("kbd",{children:p})}),e("dd",{children:l})]}))}),e("p",{children:e("label",{children:[e("input",{type:"checkbox",
checked:h,onChange:p=>se(p.currentTarget.checked)})," single keys do something"]})}),e("p",{children:[e("a",{href:T("/file"),onClick:()=>s(!1),children:"Open a \
saved run"})," \xB7 ",e("a",{href:T("/bulk"),onClick:()=>s(!1),children:"Bulk operations"})]}),e("div",{class:"buttons",children:e("button",{onClick:()=>s(!1),children:"\
Close"})})]})]})}var Pe=document.getElementById("app");Pe.textContent="";ee(e(dt,{}),Pe);
