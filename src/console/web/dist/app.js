import{a as ue,b as de}from"./chunk-YJPV7KJ4.js";import{b as le,c as ce}from"./chunk-SUBD5QC6.js";import{A as U,B as k,C as q,D as G,E as oe,G as se,
H as ae,I as F,K as e,L as O,M as j,P as ie,Q as S,R as K,T as re,X as D,a as y,b as Z,c as J,d as g,e as _,f as L,i as P,j as T,k as x,l as C,m as M,n as Y,o as N,
p as X,q as z,r as Q,s as ee,t as A,u as te,v as ne,w as B,x as I,z as R}from"./chunk-UFIEWOQP.js";var ve={execution:t=>`/executions/${k(t.id)}`,workflow:t=>`/workflows/${k(t.id)}`,action:t=>`/actions?name=${k(t.name)}`,environment:t=>`/environments?name=${k(
t.name)}`,cron_trigger:t=>`/triggers?name=${k(t.name)}`,event_trigger:()=>"/triggers",code_source:t=>`/code?name=${k(t.name)}`};async function pe(t){if(t.type===
"task"){let n=await R(`/v2/tasks/${k(t.id)}?fields=workflow_execution_id,name`);return`/executions/${k(n.workflow_execution_id)}?view=tasks&task=${k(n.name)}&ru\
n=${k(t.id)}`}if(t.type==="action_execution"){let n=await R(`/v2/action_executions/${k(t.id)}`);return n.task_execution_id?pe({...t,type:"task",id:n.task_execution_id}):
void 0}return ve[t.type]?.(t)}function fe({pages:t,close:n}){let[o,i]=g(""),[r,p]=g([]),[l,h]=g(!1),[f,m]=g(0);_(()=>{if(m(0),o.trim().length<2)return p([]);let c=new AbortController,
a=setTimeout(()=>{R(`/v2/search?q=${k(o.trim())}`,{signal:c.signal}).then(u=>{p(u.results),h(u.partial)},()=>{})},150);return()=>{clearTimeout(a),c.abort()}},[o]);
let w=[...t.map(([c,a,u])=>({words:a,note:`g ${u}`,to:`/${c}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"}].filter(c=>c.words.toLowerCase().includes(o.trim().toLowerCase())),b=[...r.filter(c=>c.type!=="workbook"),...w],s=async c=>{if(!c)return;
let a="to"in c?c.to:await pe(c);a&&(n(),x(a))},d=c=>{if(c.key==="ArrowDown")m(Math.min(b.length-1,f+1));else if(c.key==="ArrowUp")m(Math.max(0,f-1));else if(c.key===
"Enter")s(b[f]);else return;c.preventDefault()};return e(K,{title:"Find",close:n,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-\
controls":"found","aria-activedescendant":b.length?`found-${f}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, descriptio\
n, or page",value:o,onInput:c=>i(c.currentTarget.value),onKeyDown:d}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:b.slice(
0,40).map((c,a)=>e("li",{id:`found-${a}`,role:"option","aria-selected":a===f,onClick:()=>s(c),onPointerMove:()=>m(a),children:"to"in c?e(y,{children:[c.words," ",
e("span",{class:"muted",children:c.note})]}):e(y,{children:[c.state&&e(O,{state:c.state,short:!0})," ",c.name," ",e("span",{class:"muted",children:[c.type.replace(
"_"," ")," \xB7 ",c.matched]})," ",e("code",{children:c.id.slice(0,36)})]})}))}),!b.length&&e("p",{class:"muted",children:"Nothing found."}),l&&r.length>0&&e("p",
{class:"muted",children:"There may be more: the search was cut short."})]})}function me({hasFailed:t}){let[n,o]=g("");return e("form",{class:"banner",onSubmit:r=>{r.preventDefault(),I.set(!1),B(n.trim())},"aria-label":"Sign in",children:[
t?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are.",e("label",{children:[" Token ",e("input",{type:"password",autocomplete:"\
off",value:n,onInput:r=>o(r.currentTarget.value)})]}),e("button",{class:"primary",disabled:!n.trim(),children:"Sign in"}),t&&e("button",{type:"button",onClick:()=>{
B(void 0),I.set(!1)},children:"Sign out"}),e("span",{class:"muted",children:["It stays in this tab and is sent to this server only. Keystone: ",e("code",{children:"\
openstack token issue -f value -c id"}),"."]})]})}var ye="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",_e=50,xe=["marker","fields","limit","sort_keys","sort_dirs",
"scan_limit"],ge=["state_info","input","output","params","updated_at"],Ce=2e4,Ee=3e4,Te=3e3;function he(){let{query:t}=P(),n={};for(let[s,d]of t)xe.includes(s)||
(n[s]=d);let o=t.get("marker")??void 0,i=ge.some(s=>s in n),r=`/v2/executions${U({...n,fields:ye,limit:_e,sort_keys:"created_at",sort_dirs:"desc",marker:o,scan_limit:i?
Ce:void 0})}`,[p,l]=g(0),h=!o&&!i,f=ce(h?"executions":void 0,s=>{if(s.event==="gap"&&(!s.data.watch||s.data.watch==="executions"))return m.again();if(s.event!==
"executions")return;let d=new Map(s.data.rows.map(a=>[a[0],a])),c=new Set(m.data?.executions.map(a=>a.id));l(a=>a+[...d.keys()].filter(u=>!c.has(u)).length),m.patch(
a=>({...a,executions:a.executions.map(u=>{let E=d.get(u.id);return E?{...u,state:E[2],updated_at:E[4]===null?u.updated_at:new Date(E[4]/1e3).toISOString()}:u})}))}),
m=D(r,h?f?Ee:Te:0);_(()=>l(0),[m.at,r]);let w=L(!1);_(()=>{if(!p||w.current||document.getSelection()?.toString())return;let s=setTimeout(m.again,500);return()=>clearTimeout(
s)},[p]);let b=Object.keys(n).length>0;return e(y,{children:[e("div",{class:"title",children:[e("h1",{children:"Executions"}),e(re,{text:`${location.origin}${r}`,
label:"Copy as REST address"})]}),e(Pe,{filters:n}),p>0&&e("p",{role:"status",children:e("button",{onClick:m.again,children:[F(p)," new or changed elsewhere \u2013 s\
how"]})}),e("div",{onPointerEnter:()=>w.current=!0,onPointerLeave:()=>w.current=!1,children:e(ie,{of:m,children:s=>e(y,{children:[i&&e($e,{list:s}),s.executions.
length?e(Ie,{executions:s.executions,next:s.next,isFirst:!o,filters:n,again:m.again}):e(Se,{hasFilters:b,isSlow:i,next:s.next})]})})})]})}function Se({hasFilters:t,
isSlow:n,next:o}){return n&&o?e(S,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>C({marker:ke(o)}),children:"Go on \
with older ones"})]}):t?e(S,{children:[e("p",{children:"No execution matches these filters."}),e("button",{onClick:()=>x("/executions"),children:"Show all"})]}):
e(S,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[e("a",{href:T("/workflows"),children:"Go to the workflows"}),", upload one, and run it."]})]})}
var ke=t=>new URL(t,location.origin).searchParams.get("marker")??void 0;function $e({list:t}){let n=`${t.executions.length} found`;return t.scanned_to_us?e("p",
{class:"muted",children:["Searched ",F(t.scanned??0)," executions, back to ",e(j,{time:t.scanned_to_us/1e3}),": ",n,". This filter has no index, so it goes on s\
tep by step."]}):e("p",{class:"muted",children:["Searched to the end: ",n,"."]})}function Pe({filters:t}){let[n,o]=g(t.workflow_name??""),[i,r]=g("state_info"),
[p,l]=g("");_(()=>o(t.workflow_name??""),[t.workflow_name]);let h=Object.entries(t).filter(([s])=>!["state","workflow_name","created_at"].includes(s)),f=s=>`gte\
:${new Date(Date.now()-s*36e5).toISOString().slice(0,16).replace("T"," ")}`,m=D(`/v2/statistics/executions${U({workflow_name:t.workflow_name,created_at:t.created_at})}`,
1e4),w=s=>{let d=m.data?.counts.find(c=>c.state===s);return d?.count===null||d===void 0?"":` ${F(d.count)}${d.capped?"+":""}`},b=s=>{s.preventDefault(),p.trim()&&
C({[i]:i==="input"||i==="state_info"?`has:${p.trim()}`:p.trim(),marker:void 0}),l("")};return e("div",{class:"filters",role:"search",children:[e("div",{class:"c\
hips",role:"group","aria-label":"State",children:["",...se].map(s=>e("button",{class:"chip","aria-pressed":(t.state??"")===s,onClick:()=>C({state:s,marker:void 0}),
children:s?e(y,{children:[e(O,{state:s}),e("span",{class:"muted",children:w(s)})]}):"All"}))}),e("form",{onSubmit:s=>{s.preventDefault(),C({workflow_name:n.trim(),
marker:void 0})},children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:n,placeholder:"exact name",onInput:s=>o(s.currentTarget.value)})]}),
e("label",{children:["Created"," ",e("select",{value:t.created_at??"",onChange:s=>C({created_at:s.currentTarget.value,marker:void 0}),children:[e("option",{value:"",
children:"any time"}),e("option",{value:f(1),children:"last hour"}),e("option",{value:f(24),children:"last 24 hours"}),e("option",{value:f(168),children:"last 7\
 days"}),t.created_at&&e("option",{value:t.created_at,children:t.created_at.replace(/^gte:/,"since ")})]})]}),e("button",{children:"Filter"})]}),e("form",{onSubmit:b,
children:[e("label",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:i,onChange:s=>r(s.currentTarget.value),children:[e("option",{value:"\
state_info",children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{value:"description",children:"description is"}),e("o\
ption",{value:"tags",children:"has tag"})]})]}),e("label",{children:[e("span",{class:"hidden",children:"Value"}),e("input",{value:p,onInput:s=>l(s.currentTarget.
value)})]}),e("button",{children:"Add"})]}),h.map(([s,d])=>e("button",{class:"chip",onClick:()=>C({[s]:void 0,marker:void 0}),"aria-label":`Remove the filter ${s}`,
children:[s,"=",d," \u2715"]})),e(Le,{})]})}function Le(){let{query:t}=P(),[n,o]=g(()=>JSON.parse(localStorage.getItem("mistral.saved")??"[]")),i=t.toString(),r=l=>{
localStorage.setItem("mistral.saved",JSON.stringify(l)),o(l)};if(!i&&!n.length)return null;let p=n.find(([,l])=>l===i);return e("label",{children:[e("span",{class:"\
hidden",children:"Saved filters"}),e("select",{value:"",onChange:l=>{let h=l.currentTarget.value;l.currentTarget.value="",h==="+"?r([...n,[prompt("Name of this \
filter")||i,i]]):h==="-"?r(n.filter(([,f])=>f!==i)):x(`/executions?${h}`)},children:[e("option",{value:"",children:"saved filters"}),n.map(([l,h])=>e("option",{
value:h,children:l})),i&&!p&&e("option",{value:"+",children:"save this one\u2026"}),p&&e("option",{value:"-",children:["forget \u201C",p[0],"\u201D"]})]})]})}function Ie({
executions:t,next:n,isFirst:o,filters:i,again:r}){let p=L(null),[l,h]=g(new Set),[f,m]=g(),w=n&&ke(n),b=a=>{let u=new Set(l);u.delete(a)||u.add(a),h(u)},s=()=>document.
activeElement?.closest("tr")?.dataset.id;_(()=>{let a=u=>{if(u.ctrlKey||u.metaKey||u.altKey||u.target.closest("input:not([type=checkbox]), textarea, select, dia\
log"))return;let E=u.key==="j"?1:u.key==="k"?-1:0,$=s();if(E){let H=[...p.current?.querySelectorAll("a.row")??[]],we=H.findIndex(be=>be.closest("tr")?.dataset.id===
$);H[Math.max(0,Math.min(H.length-1,we+E))]?.focus()}else if(u.key==="x"&&$)b($);else if(u.key==="]"&&w)C({marker:w});else if(u.key==="["&&!o)history.back();else if(u.
key==="="&&l.size===2)d();else return;u.preventDefault()};return addEventListener("keydown",a),()=>removeEventListener("keydown",a)});let d=()=>{let[a,u]=[...l];
x(`/compare?a=${k(a)}&b=${k(u)}`)},c=Object.keys(i).length>0&&!ge.some(a=>a in i);return e(y,{children:[e("div",{class:"scroll",children:e("table",{children:[e(
"thead",{children:e("tr",{children:[e("th",{children:e("span",{class:"hidden",children:"Chosen"})}),e("th",{children:"State"}),e("th",{children:"Workflow"}),e("\
th",{children:"Created"}),e("th",{children:"Took"}),e("th",{children:"Why or what"}),e("th",{children:"Id"})]})}),e("tbody",{ref:p,children:t.map(a=>{let[u,E]=[
q(a.created_at),q(a.updated_at)],$=ae(a.state)?E:Date.now();return e("tr",{"data-id":a.id,class:l.has(a.id)?"chosen":void 0,children:[e("td",{children:e("input",
{type:"checkbox","aria-label":`Choose ${a.id}`,checked:l.has(a.id),onChange:()=>b(a.id)})}),e("td",{children:e(O,{state:a.state})}),e("td",{children:e("a",{class:"\
row",href:T(`/executions/${k(a.id)}`),children:a.workflow_name})}),e("td",{class:"nowrap",children:e(j,{time:u})}),e("td",{class:"nowrap",children:u!==void 0&&$!==
void 0?$-u<1e3?"< 1 s":oe(($-u)*1e3):"\u2013"}),e("td",{class:"wide",children:e("span",{class:"clamp",children:(a.state_info??a.description??"").split(`
`).slice(0,4).join(" ")})}),e("td",{children:e("code",{children:a.id})})]},a.id)})})]})}),e("div",{class:"pager",children:[(l.size>0||c)&&e("label",{class:"left",
children:[l.size?`${l.size} chosen: `:"All that match: ",e("select",{value:"",onChange:a=>{m({action:a.currentTarget.value,all:!l.size}),a.currentTarget.value=""},
children:[e("option",{value:"",children:"do\u2026"}),ue.map(([a,u])=>e("option",{value:a,children:u}))]})]}),l.size===2&&e("button",{onClick:d,children:"Compare\
 the two"}),!o&&e("button",{onClick:()=>history.back(),children:"Newer"}),!o&&e("button",{onClick:()=>C({marker:void 0}),children:"Newest"}),w&&e("button",{onClick:()=>C(
{marker:w}),children:"Older"})]}),f&&e(de,{action:f.action,filter:f.all?i:void 0,ids:f.all?void 0:[...l],close:()=>m(void 0),done:()=>{h(new Set),r()}})]})}var W=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],Oe=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["t","local time or UTC"],["y","copy t\
he link to this view"],["f + \u2212","graph: fit, zoom"],["arrows, n N","graph: along the edges, failed tasks"],["Ctrl S, F8, Ctrl .","editor: save, next proble\
m, mend it"],["?","these keys"]],De=1e3;function Ne(t,n){let o=L(0);_(()=>{let i=r=>{if((r.ctrlKey||r.metaKey)&&r.key==="k")return n(),r.preventDefault();if(!N.
get()||r.ctrlKey||r.metaKey||r.altKey||r.target.closest("input, textarea, select, dialog"))return;let p=Date.now()-o.current<De;o.current=r.key==="g"?Date.now():
0;let l=p&&W.find(([,,h])=>h===r.key);if(l)x(`/${l[0]}`);else if(r.key==="/")document.querySelector("[data-filter]")?.focus();else if(r.key==="?")t();else if(r.
key==="t")z(M.get()==="UTC"?"local":"UTC");else if(r.key==="y")navigator.clipboard?.writeText(location.href);else return;r.preventDefault()};return addEventListener(
"keydown",i),()=>removeEventListener("keydown",i)},[])}function v(t){let n,o;return function(r){let[,p]=g(0);return _(()=>{n||t().then(l=>n=l,l=>o=l).then(()=>p(
l=>l+1))},[]),n?e(n,{...r}):o?e(S,{children:[e("h1",{children:"The console was updated"}),e("p",{children:"This page's code is not there any more."}),e("button",
{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[e("i",{}),
e("i",{}),e("i",{})]})}}var Ae=v(()=>import("./Execution-ULU2YEVK.js").then(t=>t.Execution)),Re=v(()=>import("./Workflows-6XISQGAT.js").then(t=>t.Workflows)),
Fe=v(()=>import("./Workflows-6XISQGAT.js").then(t=>t.WorkflowPage)),Ke=v(()=>import("./Workflows-6XISQGAT.js").then(t=>t.EditWorkflow)),We=v(()=>import("./Actions-FNYYPP6V.js").
then(t=>t.Actions)),He=v(()=>import("./Actions-FNYYPP6V.js").then(t=>t.Code)),Me=v(()=>import("./Triggers-KG2XEBIJ.js").then(t=>t.Triggers)),ze=v(()=>import("./Environments-XT36BYEQ.js").
then(t=>t.Environments)),Be=v(()=>import("./Overview-RYN3MB23.js").then(t=>t.Overview)),Ue=v(()=>import("./Cluster-RLYRQWJV.js").then(t=>t.Cluster)),qe=v(
()=>import("./Compare-R4HCALPM.js").then(t=>t.Compare)),Ge=v(()=>import("./Bulk-PSSLE3BN.js").then(t=>t.BulkList)),je=v(()=>import("./Bulk-PSSLE3BN.js").
then(t=>t.BulkPage));function Ve(){let{path:t}=P(),[n,o,i]=t;return n==="executions"&&o===void 0?e(he,{}):n===void 0||n==="overview"&&o===void 0?e(Be,{}):n==="e\
xecutions"&&i===void 0?e(Ae,{id:o},o):n==="workflows"&&o===void 0?e(Re,{}):n==="workflows"&&i===void 0?e(Fe,{id:o},o):n==="workflows"&&i==="edit"?e(Ke,{id:o},o):
n==="actions"&&o===void 0?e(We,{}):n==="code"&&o===void 0?e(He,{}):n==="triggers"&&o===void 0?e(Me,{}):n==="environments"&&o===void 0?e(ze,{}):n==="cluster"&&o===
void 0?e(Ue,{}):n==="compare"&&o===void 0?e(qe,{}):n==="bulk"&&o===void 0?e(Ge,{}):n==="bulk"&&i===void 0?e(je,{id:o},o):n==="file"?e(Ze,{}):e(S,{children:[e("h\
1",{children:"There is no such page"}),e("p",{children:e("a",{href:T("/executions"),children:"Go to the executions"})})]})}function Ze(){let[t,n]=g(""),o=async i=>{
if(i)try{let r=te(i.name,await i.text());A.set(r),x(`/executions/${encodeURIComponent(r.execution)}`)}catch(r){n(`${i.name} cannot be read: ${r}`)}};return e(S,
{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an execution has made. It is read here and sent nowh\
ere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjson",onChange:i=>o(i.currentTarget.files?.[0])})]})}),
t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var V=class extends Z{state={};componentDidCatch(n){this.setState({error:n})}render(){let{
error:n}=this.state;return n?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This page has failed."})," ",n.message]}),e(
"button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function Je(){let t=A.use(),n=I.use(),o=ne.use(),i=D(t?void 0:"/main\
tenance",15e3),r=i.data?.status;return e(y,{children:[t&&e("p",{class:"banner",role:"status",children:["Snapshot of ",t.execution,", taken ",G(t.taken),t.truncated?
"; the file does not hold all of it":"",". ",e("button",{class:"small",onClick:()=>{A.set(void 0),x("/executions")},children:"Close the file"})]}),r&&r!=="RUNNI\
NG"&&e("p",{class:"banner",role:"status",children:["\u2016 The service is ",r,": nothing can be changed until it is ",e("a",{href:T("/cluster"),children:"resume\
d"}),"."]}),n&&!t&&e(me,{hasFailed:!!o}),!n&&!o&&!t&&i.data&&e("p",{class:"banner quiet",children:"No authentication: whoever reaches this service may do everyt\
hing."})]})}var Ye={live:["state-success","\u25CF live"],lost:["state-paused","\u25D0 asking"],idle:["state-success","\u25CF connected"]};function Xe(){let t=P(),
n=ee(),[o,i]=g(!1),[r,p]=g(!1),[l,h,f,m]=[Y.use(),M.use(),le.use(),N.use()];Ne(()=>i(!0),()=>p(!0));let w=t.path[0]??"overview";_(()=>{document.title=`${t.path[1]??
W.find(([d])=>d===w)?.[1]??"Mistral"} \u2013 Mistral`});let[b,s]=n===void 0?Ye[f]:["state-error",`\u2716 no answer since ${G(n)}`];return e(y,{children:[e("a",{
class:"skip",href:"#main",onClick:d=>{d.preventDefault(),document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("strong",
{class:"brand",children:"Mistral"}),e("nav",{"aria-label":"Pages",children:W.map(([d,c])=>e("a",{href:T(`/${d}`),"aria-current":w===d?"page":void 0,children:c}))}),
e("span",{class:"settings",children:[e("button",{onClick:()=>p(!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:b,children:s}),
e("label",{children:[e("span",{class:"hidden",children:"Time zone"}),e("select",{class:"zone",value:h,onChange:d=>z(d.currentTarget.value),children:[e("option",
{value:"local",children:"local time"}),e("option",{children:"UTC"}),X.map(d=>e("option",{children:d}))]})]}),e("label",{children:[e("span",{class:"hidden",children:"\
Theme"}),e("select",{value:l,onChange:d=>Q(d.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"light"}),e("opt\
ion",{children:"dark"})]})]}),e("button",{onClick:()=>i(!0),"aria-label":"Keys",children:"?"})]})]}),e(Je,{}),e("main",{id:"main",tabIndex:-1,children:e(V,{children:e(
Ve,{})},t.path.join("/"))}),r&&e(fe,{pages:W,close:()=>p(!1)}),o&&e(K,{title:"Keys",close:()=>i(!1),children:[e("dl",{class:"keys",children:Oe.map(([d,c])=>e("d\
iv",{children:[e("dt",{children:e("kbd",{children:d})}),e("dd",{children:c})]}))}),e("p",{children:e("label",{children:[e("input",{type:"checkbox",checked:m,onChange:d=>{
localStorage.setItem("mistral.keys",d.currentTarget.checked?"on":"off"),N.set(d.currentTarget.checked)}})," single keys do something"]})}),e("p",{children:[e("a",
{href:T("/file"),onClick:()=>i(!1),children:"Open a saved run"})," \xB7 ",e("a",{href:T("/bulk"),onClick:()=>i(!1),children:"Bulk operations"})]}),e("div",{class:"\
buttons",children:e("button",{onClick:()=>i(!1),children:"Close"})})]})]})}J(e(Xe,{}),document.getElementById("app"));
