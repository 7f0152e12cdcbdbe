import{a as Te,b as Se}from"./chunk-5LRDMGJ5.js";import{a as _e,b as Ce}from"./chunk-PTTCPZVV.js";import{a as O,c as Ee}from"./chunk-MFQ5DZGI.js";
import{A as ce,B as ue,C as H,D as de,E as pe,F as y,G as me,H as fe,I as J,J as ge,K as he,L as D,M as I,O as $,P as Y,Q,R as L,T as we,U as ke,V as W,X as be,
Y as e,Z as M,_ as ee,a as _,b as ne,ba as ye,c as oe,d as g,da as A,e as C,ea as z,g as j,ga as ve,h as se,k as F,ka as R,n as K,o as U,p as T,q as S,r as x,s as ae,
t as G,u as V,v as re,w as X,x as ie,y as le,z as Z}from"./chunk-BH2VNA6L.js";var Me={execution:t=>`/executions/${y(t.id)}`,workflow:t=>`/workflows/${y(t.id)}`,action:t=>`/actions?name=${y(t.name)}`,environment:t=>`/environments?name=${y(
t.name)}`,cron_trigger:t=>`/triggers?name=${y(t.name)}`,event_trigger:()=>"/triggers",code_source:t=>`/code?name=${y(t.name)}`};async function xe(t){if(t.type===
"task"){let n=await $(`/v2/tasks/${y(t.id)}?fields=workflow_execution_id,name`);return`/executions/${y(n.workflow_execution_id)}?view=tasks&task=${y(n.name)}&ru\
n=${y(t.id)}`}if(t.type==="action_execution"){let n=await $(`/v2/action_executions/${y(t.id)}`);return n.task_execution_id?xe({...t,type:"task",id:n.task_execution_id}):
void 0}return Me[t.type]?.(t)}function $e({pages:t,close:n}){let[s,o]=g(""),[a,i]=g([]),[l,h]=g(!1),[w,f]=g(0);C(()=>{if(f(0),s.trim().length<2)return i([]);let u=new AbortController,
r=setTimeout(()=>{$(`/v2/search?q=${y(s.trim())}`,{signal:u.signal}).then(k=>{i(k.results),h(k.partial)},()=>{})},150);return()=>{clearTimeout(r),u.abort()}},[s]);
let v=[...t.map(([u,r,k])=>({words:r,note:`g ${k}`,to:`/${u}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"}].filter(u=>u.words.toLowerCase().includes(s.trim().toLowerCase())),b=[...a.filter(u=>u.type!=="workbook"),...v],p=async u=>{if(!u)return;
let r="to"in u?u.to:await xe(u);r&&(n(),S(r))},c=u=>{if(u.key==="ArrowDown")f(Math.min(b.length-1,w+1));else if(u.key==="ArrowUp")f(Math.max(0,w-1));else if(u.key===
"Enter")p(b[w]);else return;u.preventDefault()};return e(z,{title:"Find",close:n,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-\
controls":"found","aria-activedescendant":b.length?`found-${w}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, descriptio\
n, or page",value:s,onInput:u=>o(u.currentTarget.value),onKeyDown:c}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:b.slice(
0,40).map((u,r)=>e("li",{id:`found-${r}`,role:"option","aria-selected":r===w,onClick:()=>p(u),onPointerMove:()=>f(r),children:"to"in u?e(_,{children:[u.words," ",
e("span",{class:"muted",children:u.note})]}):e(_,{children:[u.state&&e(M,{state:u.state,short:!0})," ",u.name," ",e("span",{class:"muted",children:[u.type.replace(
"_"," ")," \xB7 ",u.matched]})," ",e("code",{children:u.id.slice(0,36)})]})}))}),!b.length&&e("p",{class:"muted",children:"Nothing found."}),l&&a.length>0&&e("p",
{class:"muted",children:"There may be more: the search was cut short."})]})}var Ne={password:"User and password",application_credential:"Application credential",token:"Token"};function Pe({hasFailed:t}){let[n,s]=g([]),[o,a]=g("token"),[
i,l]=g(""),[h,w]=g(),f=he.use();C(()=>{$("/console/session").then(({ways:r})=>{s(r),r.includes("password")&&a("password")},()=>s([]))},[]);let v=r=>{if(!r.project&&
r.projects.length)return w(r);I.set(!1),D(r.token,r.projects)},b=async(r,k,d)=>{l("");try{v(await $("/console/session",{method:r,json:k,headers:d?{"X-Auth-Token":d}:
{}}))}catch(m){l(m.message)}},p=r=>{r.preventDefault();let k=Object.fromEntries(new FormData(r.currentTarget));if(o!=="token")return void b("POST",{method:o,...k});
I.set(!1),D(k.token.trim())},c=r=>{let k=crypto.randomUUID?.()??String(Math.random());ae.set("mark",k),location.assign(`${T("/login/oidc")}?${new URLSearchParams(
{next:K(),mark:k,...r?{realm:r}:{}})}`)},u=n.filter(r=>!r.startsWith("oidc"));return e("form",{class:"banner",onSubmit:p,"aria-label":"Sign in",children:[e("spa\
n",{children:i||f?e("span",{role:"alert",children:["\u2716 ",i||f]}):t?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are."}),
h&&e("label",{children:["Project ",e("select",{value:"",onChange:r=>b("PUT",{project:r.currentTarget.value},h.token),children:[e("option",{value:"",children:"ch\
oose\u2026"}),h.projects.map(r=>e("option",{value:r.id,children:r.name}))]})]}),n.includes("oidc")&&!n.includes("oidc_realm")&&e("button",{type:"button",class:"\
primary",onClick:()=>c(),children:"Sign in with your provider"}),n.includes("oidc_realm")&&e("label",{children:["Realm ",e("input",{name:"realm",autocomplete:"o\
rganization"})," ",e("button",{type:"button",class:"primary",onClick:r=>c(r.currentTarget.previousElementSibling.value.trim()),children:"Sign in with Keycloak"})]}),
u.length>0&&e("label",{children:["With ",e("select",{value:o,onChange:r=>a(r.currentTarget.value),children:[...u,"token"].map(r=>e("option",{value:r,children:Ne[r]}))})]}),
o==="password"&&e(_,{children:[e("label",{children:["User ",e("input",{name:"user",autocomplete:"username",required:!0})]}),e("label",{children:["Password ",e("\
input",{name:"password",type:"password",autocomplete:"current-password",required:!0})]}),e("label",{children:["Domain ",e("input",{name:"domain",placeholder:"De\
fault"})]}),e("label",{children:["Project ",e("input",{name:"project",placeholder:"your own"})]})]}),o==="application_credential"&&e(_,{children:[e("label",{children:[
"Id ",e("input",{name:"id",autocomplete:"username",required:!0})]}),e("label",{children:["Secret ",e("input",{name:"secret",type:"password",autocomplete:"off",required:!0})]})]}),
o==="token"&&e("label",{children:["Token ",e("input",{name:"token",type:"password",autocomplete:"off",required:!0})]}),e("button",{class:n.includes("oidc")?"":"\
primary",children:"Sign in"}),t&&e("button",{type:"button",onClick:()=>{D(void 0),I.set(!1)},children:"Sign out"}),o==="token"&&e("span",{class:"muted",children:"\
It stays in this tab and is sent to this server only."})]})}function Fe(t){let n=[...t].sort((a,i)=>a[0]-i[0]),s=n.reduce((a,[,i])=>a+i,0)/2,o=0;return(n.find(([,a])=>(o+=a)>=s)??n[0])[0]}function Ae(t){let n=new Map;for(let o of t){
if(o.p50_us===null||o.p95_us===null)continue;let a=n.get(o.workflow_name);a?a.push(o):n.set(o.workflow_name,[o])}let s=(o,a)=>Fe(o.map(i=>[i[a],i.succeeded+i.failed+
i.cancelled]));return new Map([...n].map(([o,a])=>[o,{p50:s(a,"p50_us"),p95:s(a,"p95_us")}]))}var Ke=30,De=()=>`/v2/statistics/activity?group_by=workflow_name&s\
tep=86400&from=${(Math.floor(Date.now()/864e5)-Ke)*864e8}`,Ie=3e5;var He=3e4,We=3e3;function Le(){let{query:t}=U(),{path:n,filters:s,marker:o,isSlow:a}=fe(t),[i,l]=g(0),h=!o&&!a,w=Ce(h?"executions":void 0,p=>{if(p.event==="gap"&&
(!p.data.watch||p.data.watch==="executions"))return f.again();if(p.event!=="executions")return;let c=new Map(p.data.rows.map(r=>[r[0],r])),u=new Set(f.data?.executions.
map(r=>r.id));l(r=>r+[...c.keys()].filter(k=>!u.has(k)).length),f.patch(r=>({...r,executions:r.executions.map(k=>{let d=c.get(k.id);return d?{...k,state:d[2],updated_at:d[4]===
null?k.updated_at:new Date(d[4]/1e3).toISOString()}:k})}))}),f=R(n,h?w?He:We:0);C(()=>l(0),[f.at,n]);let v=j(!1);C(()=>{if(!i||v.current||document.getSelection()?.
toString())return;let p=setTimeout(f.again,500);return()=>clearTimeout(p)},[i]);let b=Object.keys(s).length>0;return e(_,{children:[e("div",{class:"title",children:[
e("h1",{children:"Executions"}),e(ve,{text:F+n,label:"Copy as REST address"})]}),e(Be,{filters:s}),i>0&&e("p",{role:"status",children:e("button",{onClick:f.again,
children:[W(i)," new or changed elsewhere \u2013 show"]})}),e("div",{onPointerEnter:()=>v.current=!0,onPointerLeave:()=>v.current=!1,children:e(ye,{of:f,children:p=>e(
_,{children:[a&&e(qe,{list:p}),p.executions.length?e(Xe,{executions:p.executions,next:p.next,isFirst:!o,filters:s,again:f.again}):e(ze,{hasFilters:b,isSlow:a,next:p.
next})]})})})]})}function ze({hasFilters:t,isSlow:n,next:s}){return n&&s?e(A,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>x(
{marker:Re(s)}),children:"Go on with older ones"})]}):t?e(A,{children:[e("p",{children:"No execution matches these filters."}),e("button",{onClick:()=>S("/execu\
tions"),children:"Show all"})]}):e(A,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[e("a",{href:T("/workflows"),children:"Go to the workfl\
ows"}),", upload one, and run it."]})]})}var Re=t=>new URL(t,location.origin).searchParams.get("marker")??void 0;function qe({list:t}){let n=`${t.executions.length}\
 found`;return t.scanned_to_us?e("p",{class:"muted",children:["Searched ",W(t.scanned??0)," executions, back to ",e(ee,{time:t.scanned_to_us/1e3}),": ",n,". Thi\
s filter has no index, so it goes on step by step."]}):e("p",{class:"muted",children:["Searched to the end: ",n,"."]})}function Be({filters:t}){let[n,s]=g(t.workflow_name??
""),[o,a]=g("state_info"),[i,l]=g("");C(()=>s(t.workflow_name??""),[t.workflow_name]);let h=Object.entries(t).filter(([c])=>!["state","workflow_name","created_a\
t"].includes(c)),w=c=>`gte:${new Date(Date.now()-c*36e5).toISOString().slice(0,16).replace("T"," ")}`,f=R(`/v2/statistics/executions${pe({workflow_name:t.workflow_name,
created_at:t.created_at})}`,1e4),v=c=>{let u=f.data?.counts.find(r=>r.state===c);return u?.count===null||u===void 0?"":` ${W(u.count)}${u.capped?"+":""}`},b=O.use()?.
indexed_inputs??[],p=c=>{c.preventDefault(),i.trim()&&x({[o]:o==="input"||o==="state_info"?`has:${i.trim()}`:i.trim(),marker:void 0}),l("")};return e("div",{class:"\
filters",role:"search",children:[e("div",{class:"chips",role:"group","aria-label":"State",children:["",...we].map(c=>e("button",{class:"chip","aria-pressed":(t.
state??"")===c,onClick:()=>x({state:c,marker:void 0}),children:c?e(_,{children:[e(M,{state:c}),e("span",{class:"muted",children:v(c)})]}):"All"}))}),e("form",{onSubmit:c=>{
c.preventDefault(),x({workflow_name:n.trim(),marker:void 0})},children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:n,placeholder:"exact \
name",onInput:c=>s(c.currentTarget.value)})]}),e("label",{children:["Created"," ",e("select",{value:t.created_at??"",onChange:c=>x({created_at:c.currentTarget.value,
marker:void 0}),children:[e("option",{value:"",children:"any time"}),e("option",{value:w(1),children:"last hour"}),e("option",{value:w(24),children:"last 24 hou\
rs"}),e("option",{value:w(168),children:"last 7 days"}),t.created_at&&e("option",{value:t.created_at,children:t.created_at.replace(/^gte:/,"since ")})]})]}),e("\
button",{children:"Filter"})]}),e("form",{onSubmit:p,children:[e("label",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:o,onChange:c=>a(
c.currentTarget.value),children:[e("option",{value:"state_info",children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{
value:"description",children:"description is"}),e("option",{value:"tags",children:"has tag"}),b.map(c=>e("option",{value:`input.${c}`,children:["input ",c," is"]}))]})]}),
e("label",{children:[e("span",{class:"hidden",children:"Value"}),e("input",{value:i,onInput:c=>l(c.currentTarget.value)})]}),e("button",{children:"Add"})]}),h.map(
([c,u])=>e("button",{class:"chip",onClick:()=>x({[c]:void 0,marker:void 0}),"aria-label":`Remove the filter ${c}`,children:[c,"=",u," \u2715"]})),e(Ge,{})]})}function Ge(){
let{query:t}=U(),[n,s]=g(()=>JSON.parse(G.get("saved")??"[]")),o=t.toString(),a=l=>{G.set("saved",JSON.stringify(l)),s(l)};if(!o&&!n.length)return null;let i=n.
find(([,l])=>l===o);return e("label",{children:[e("span",{class:"hidden",children:"Saved filters"}),e("select",{value:"",onChange:l=>{let h=l.currentTarget.value;
l.currentTarget.value="",h==="+"?a([...n,[prompt("Name of this filter")||o,o]]):h==="-"?a(n.filter(([,w])=>w!==o)):S(`/executions?${h}`)},children:[e("option",{
value:"",children:"saved filters"}),n.map(([l,h])=>e("option",{value:h,children:l})),o&&!i&&e("option",{value:"+",children:"save this one\u2026"}),i&&e("option",
{value:"-",children:["forget \u201C",i[0],"\u201D"]})]})]})}function Ve({of:t,took:n}){return t?e("span",{class:"muted",title:`Half of the runs of the last mont\
h took up to ${L(t.p50)}, 95 % up to ${L(t.p95)}, within a factor of two.`,children:[t.p50===t.p95?`about ${L(t.p50)}`:`${L(t.p50)} \u2013 ${L(t.p95)}`,n>t.p95&&
n>1e6&&e("strong",{class:"state-paused",children:" \u25C2 slower"})]}):e("span",{class:"muted none",children:"\u2013"})}function Xe({executions:t,next:n,isFirst:s,
filters:o,again:a}){let i=j(null),[l,h]=g(new Set),[w,f]=g(),v=n&&Re(n),b=R(De(),Ie),p=se(()=>Ae(b.data?.buckets??[]),[b.data]),c=d=>{let m=new Set(l);m.delete(
d)||m.add(d),h(m)},u=()=>document.activeElement?.closest("tr")?.dataset.id;C(()=>{let d=m=>{if(m.ctrlKey||m.metaKey||m.altKey||m.target.closest("input:not([type\
=checkbox]), textarea, select, dialog"))return;let N=m.key==="j"?1:m.key==="k"?-1:0,P=u();if(N){let B=[...i.current?.querySelectorAll("a.row")??[]],Ue=B.findIndex(
je=>je.closest("tr")?.dataset.id===P);B[Math.max(0,Math.min(B.length-1,Ue+N))]?.focus()}else if(m.key==="x"&&P)c(P);else if(m.key==="]"&&v)x({marker:v});else if(m.
key==="["&&!s)history.back();else if(m.key==="="&&l.size===2)r();else return;m.preventDefault()};return addEventListener("keydown",d),()=>removeEventListener("k\
eydown",d)});let r=()=>{let[d,m]=[...l];S(`/compare?a=${y(d)}&b=${y(m)}`)},k=Object.keys(o).length>0&&!me.some(d=>d in o);return e(_,{children:[e("div",{class:"\
scroll",children:e("table",{class:"runs",children:[e("thead",{children:e("tr",{children:[e("th",{children:e("span",{class:"hidden",children:"Chosen"})}),e("th",
{children:"State"}),e("th",{children:"Workflow"}),e("th",{children:"Created"}),e("th",{children:"Took"}),e("th",{children:"Usual"}),e("th",{children:"Why or wha\
t"}),e("th",{children:"Id"})]})}),e("tbody",{ref:i,children:t.map(d=>{let[m,N]=[Y(d.created_at),Y(d.updated_at)],P=ke(d.state)?N:Date.now();return e("tr",{"data\
-id":d.id,class:l.has(d.id)?"chosen":void 0,children:[e("td",{children:e("input",{type:"checkbox","aria-label":`Choose ${d.id}`,checked:l.has(d.id),onChange:()=>c(
d.id)})}),e("td",{children:e(M,{state:d.state})}),e("td",{children:e("a",{class:"row",href:T(`/executions/${y(d.id)}`),children:d.workflow_name})}),e("td",{class:"\
nowrap",children:e(ee,{time:m})}),e("td",{class:"nowrap",children:m!==void 0&&P!==void 0?P-m<1e3?"< 1 s":L((P-m)*1e3):"\u2013"}),e("td",{class:"nowrap",children:e(
Ve,{of:p.get(d.workflow_name),took:m!==void 0&&P!==void 0?(P-m)*1e3:0})}),e("td",{class:"wide",children:(d.state_info??d.description)&&e("span",{class:"clamp",title:d.
state_info??void 0,children:be(d.state_info??d.description)})}),e("td",{children:e("code",{children:d.id})})]},d.id)})})]})}),e("div",{class:"pager",children:[(l.
size>0||k)&&e(Ee,{rule:"bulk_operations:create",children:e("label",{class:"left",children:[l.size?`${l.size} chosen: `:"All that match: ",e("select",{value:"",onChange:d=>{
f({action:d.currentTarget.value,all:!l.size}),d.currentTarget.value=""},children:[e("option",{value:"",children:"do\u2026"}),Te.map(([d,m])=>e("option",{value:d,
children:m}))]})]})}),l.size===2&&e("button",{onClick:r,children:"Compare the two"}),!s&&e("button",{onClick:()=>history.back(),children:"Newer"}),!s&&e("button",
{onClick:()=>x({marker:void 0}),children:"Newest"}),v&&e("button",{onClick:()=>x({marker:v}),children:"Older"})]}),w&&e(Se,{action:w.action,filter:w.all?o:void 0,
ids:w.all?void 0:[...l],close:()=>f(void 0),done:()=>{h(new Set),a()}})]})}var q=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],Ze=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["t","local time or UTC"],["y","copy t\
he link to this view"],["f + \u2212","graph: fit, zoom"],["arrows, n N","graph: along the edges, failed tasks"],["Ctrl S, F8, Ctrl .","editor: save, next proble\
m, mend it"],["?","these keys"]],Je=1e3;function Ye(t,n){let s=j(0);C(()=>{let o=a=>{if((a.ctrlKey||a.metaKey)&&a.key==="k")return n(),a.preventDefault();if(!X.
get()||a.ctrlKey||a.metaKey||a.altKey||a.target.closest("input, textarea, select, dialog"))return;let i=Date.now()-s.current<Je;s.current=a.key==="g"?Date.now():
0;let l=i&&q.find(([,,h])=>h===a.key);if(l)S(`/${l[0]}`);else if(a.key==="/")document.querySelector("[data-filter]")?.focus();else if(a.key==="?")t();else if(a.
key==="t")Z(V.get()==="UTC"?"local":"UTC");else if(a.key==="y")navigator.clipboard?.writeText(location.href);else return;a.preventDefault()};return addEventListener(
"keydown",o),()=>removeEventListener("keydown",o)},[])}function E(t){let n,s;return function(a){let[,i]=g(0);return C(()=>{n||t().then(l=>n=l,l=>s=l).then(()=>i(
l=>l+1))},[]),n?e(n,{...a}):s?e(A,{children:[e("h1",{children:"The console was updated"}),e("p",{children:"This page's code is not there any more."}),e("button",
{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[e("i",{}),
e("i",{}),e("i",{})]})}}var Qe=E(()=>import("./Execution-DR5EJQZL.js").then(t=>t.Execution)),et=E(()=>import("./Workflows-TXQVO5NZ.js").then(t=>t.Workflows)),
tt=E(()=>import("./Workflows-TXQVO5NZ.js").then(t=>t.WorkflowPage)),nt=E(()=>import("./Editor-ZBBRPELR.js").then(t=>t.EditWorkflow)),ot=E(()=>import("./Actions-4XHMIE2G.js").
then(t=>t.Actions)),st=E(()=>import("./Actions-4XHMIE2G.js").then(t=>t.Code)),at=E(()=>import("./Triggers-WNBRLLIQ.js").then(t=>t.Triggers)),rt=E(()=>import("./Environments-2XSHE363.js").
then(t=>t.Environments)),it=E(()=>import("./Overview-IVJM5VVA.js").then(t=>t.Overview)),lt=E(()=>import("./Cluster-BYSUMVW6.js").then(t=>t.Cluster)),ct=E(
()=>import("./Compare-YDBMO2AA.js").then(t=>t.Compare)),ut=E(()=>import("./Bulk-GSQD5NS4.js").then(t=>t.BulkList)),dt=E(()=>import("./Bulk-GSQD5NS4.js").
then(t=>t.BulkPage));function pt(){let{path:t}=U(),[n,s,o]=t;return n==="executions"&&s===void 0?e(Le,{}):n===void 0||n==="overview"&&s===void 0?e(it,{}):n==="e\
xecutions"&&o===void 0?e(Qe,{id:s},s):n==="workflows"&&s===void 0?e(et,{}):n==="workflows"&&o===void 0?e(tt,{id:s},s):n==="workflows"&&o==="edit"?e(nt,{id:s},s):
n==="actions"&&s===void 0?e(ot,{}):n==="code"&&s===void 0?e(st,{}):n==="triggers"&&s===void 0?e(at,{}):n==="environments"&&s===void 0?e(rt,{}):n==="cluster"&&s===
void 0?e(lt,{}):n==="compare"&&s===void 0?e(ct,{}):n==="bulk"&&s===void 0?e(ut,{}):n==="bulk"&&o===void 0?e(dt,{id:s},s):n==="file"?e(mt,{}):e(A,{children:[e("h\
1",{children:"There is no such page"}),e("p",{children:e("a",{href:T("/executions"),children:"Go to the executions"})})]})}function mt(){let[t,n]=g(""),s=async o=>{
if(o)try{let a=de(o.name,await o.text());H.set(a),S(`/executions/${encodeURIComponent(a.execution)}`)}catch(a){n(`${o.name} cannot be read: ${a}`)}};return e(A,
{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an execution has made. It is read here and sent nowh\
ere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjson",onChange:o=>s(o.currentTarget.files?.[0])})]})}),
t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var te=class extends ne{state={};componentDidCatch(n){this.setState({error:n})}render(){let{
error:n}=this.state;return n?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This page has failed."})," ",n.message]}),e(
"button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function ft(){let t=H.use(),n=I.use(),s=J.use(),o=R(t?void 0:"/maint\
enance",15e3),a=o.data?.status,i=R(t?void 0:"/v2/identity",6e4),l=O.use();return C(()=>O.set(i.error?.status===401?void 0:i.data),[i.data,i.error]),e(_,{children:[
l?.read_only&&e("p",{class:"banner quiet",children:"Read-only: this console shows everything and changes nothing."}),t&&e("p",{class:"banner",role:"status",children:[
"Snapshot of ",t.execution,", taken ",Q(t.taken),t.truncated?"; the file does not hold all of it":"",". ",e("button",{class:"small",onClick:()=>{H.set(void 0),S(
"/executions")},children:"Close the file"})]}),a&&a!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 The service is ",a,": nothing can be chan\
ged until it is ",e("a",{href:T("/cluster"),children:"resumed"}),"."]}),n&&!t&&e(Pe,{hasFailed:!!s}),!n&&!s&&!t&&o.data&&e("p",{class:"banner quiet",children:"N\
o authentication: whoever reaches this service may do everything."})]})}function gt(){let t=O.use(),[n,s]=[ge.use(),J.use()];if(!t?.is_authenticated||!s)return null;
let o=async i=>{let l=await $("/console/session",{method:"PUT",json:{project:i},headers:{"X-Auth-Token":s}});D(l.token,l.projects)},a=async()=>{D(void 0),await $(
"/console/session",{method:"DELETE",headers:{"X-Auth-Token":s}}).catch(()=>{})};return e(_,{children:[e("span",{class:"muted",title:`user ${t.user_id}, project ${t.
project_id}`,children:[t.user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}),n.length>1&&e("select",{"aria-label":"Project",value:t.project_id??"",onChange:i=>o(
i.currentTarget.value).catch(()=>I.set(!0)),children:n.map(i=>e("option",{value:i.id,children:i.name}))}),e("button",{onClick:a,children:"Sign out"})]})}function ht(){
let t=O.use()?.regions??[];if(!t.length)return null;let n=t.find(o=>o.url===F)?.name,s=o=>o&&location.assign(`${o}/console${K()}`);return e("select",{"aria-labe\
l":"Region",value:n??"",onChange:o=>s(t.find(a=>a.name===o.currentTarget.value)?.url??""),children:[n===void 0&&e("option",{value:"",children:"this region"}),t.
map(o=>e("option",{children:o.name}))]})}var wt=300;function kt(){let t=V.use(),[n,s]=g([]);C(()=>{let a=setTimeout(()=>s(ie()),wt);return()=>clearTimeout(a)},[]);
let o=t!=="local"&&t!=="UTC"&&!n.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:a=>Z(a.currentTarget.value),children:[e("\
option",{value:"local",children:"local time"}),e("option",{children:"UTC"}),o&&e("option",{children:t}),n.map(a=>e("option",{children:a}))]})}var bt={live:["sta\
te-success","\u25CF live"],lost:["state-paused","\u25D0 asking"],idle:["state-success","\u25CF connected"]};function yt(){let t=U(),n=ue(),[s,o]=g(!1),[a,i]=g(!1),
[l,h,w]=[re.use(),_e.use(),X.use()];Ye(()=>o(!0),()=>i(!0));let f=t.path[0]??"overview";C(()=>{document.title=`${t.path[1]??q.find(([p])=>p===f)?.[1]??"Mistral"}\
 \u2013 Mistral`});let[v,b]=n===void 0?bt[h]:["state-error",`\u2716 no answer since ${Q(n)}`];return e(_,{children:[e("a",{class:"skip",href:"#main",onClick:p=>{
p.preventDefault(),document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("strong",{class:"brand",children:"Mistral"}),e(
"nav",{"aria-label":"Pages",children:q.map(([p,c])=>e("a",{href:T(`/${p}`),"aria-current":f===p?"page":void 0,children:c}))}),e("span",{class:"settings",children:[
e("button",{onClick:()=>i(!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:v,children:b}),e(ht,{}),e(kt,{}),e("select",
{"aria-label":"Theme",value:l,onChange:p=>ce(p.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"light"}),e("o\
ption",{children:"dark"})]}),e("button",{onClick:()=>o(!0),"aria-label":"Keys",children:"?"}),e(gt,{})]})]}),e(ft,{}),e("main",{id:"main",tabIndex:-1,children:e(
te,{children:e(pt,{})},t.path.join("/"))}),a&&e($e,{pages:q,close:()=>i(!1)}),s&&e(z,{title:"Keys",close:()=>o(!1),children:[e("dl",{class:"keys",children:Ze.map(
([p,c])=>e("div",{children:[e("dt",{children:e("kbd",{children:p})}),e("dd",{children:c})]}))}),e("p",{children:e("label",{children:[e("input",{type:"checkbox",
checked:w,onChange:p=>le(p.currentTarget.checked)})," single keys do something"]})}),e("p",{children:[e("a",{href:T("/file"),onClick:()=>o(!1),children:"Open a \
saved run"})," \xB7 ",e("a",{href:T("/bulk"),onClick:()=>o(!1),children:"Bulk operations"})]}),e("div",{class:"buttons",children:e("button",{onClick:()=>o(!1),children:"\
Close"})})]})]})}var Oe=document.getElementById("app");Oe.textContent="";oe(e(yt,{}),Oe);
