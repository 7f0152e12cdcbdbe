import{a as ue,b as de}from"./chunk-HO5YBVEV.js";import{b as le,c as ce}from"./chunk-4IP4GKEB.js";import{A as B,B as k,C as q,D as G,E as oe,G as se,
H as ae,I as F,K as e,L as O,M as j,P as ie,R as S,S as K,U as re,Y as A,a as _,b as Z,c as J,d as f,e as y,f as L,i as P,j as T,k as C,l as x,m as H,n as Y,o as D,
p as X,q as M,r as Q,s as ee,t as N,u as te,v as ne,w as U,x as I,z as R}from"./chunk-FEE47KMS.js";var ve={execution:t=>`/executions/${k(t.id)}`,workflow:t=>`/workflows/${k(t.id)}`,action:t=>`/actions?name=${k(t.name)}`,environment:t=>`/environments?name=${k(
t.name)}`,cron_trigger:t=>`/triggers?name=${k(t.name)}`,event_trigger:()=>"/triggers",code_source:t=>`/code?name=${k(t.name)}`};async function pe(t){if(t.type===
"task"){let n=await R(`/v2/tasks/${k(t.id)}?fields=workflow_execution_id,name`);return`/executions/${k(n.workflow_execution_id)}?view=tasks&task=${k(n.name)}&ru\
n=${k(t.id)}`}if(t.type==="action_execution"){let n=await R(`/v2/action_executions/${k(t.id)}`);return n.task_execution_id?pe({...t,type:"task",id:n.task_execution_id}):
void 0}return ve[t.type]?.(t)}function fe({pages:t,close:n}){let[s,i]=f(""),[a,d]=f([]),[l,h]=f(!1),[m,p]=f(0);y(()=>{if(p(0),s.trim().length<2)return d([]);let c=new AbortController,
r=setTimeout(()=>{R(`/v2/search?q=${k(s.trim())}`,{signal:c.signal}).then(u=>{d(u.results),h(u.partial)},()=>{})},150);return()=>{clearTimeout(r),c.abort()}},[s]);
let w=[...t.map(([c,r,u])=>({words:r,note:`g ${u}`,to:`/${c}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"}].filter(c=>c.words.toLowerCase().includes(s.trim().toLowerCase())),b=[...a.filter(c=>c.type!=="workbook"),...w],o=async c=>{if(!c)return;
let r="to"in c?c.to:await pe(c);r&&(n(),C(r))},g=c=>{if(c.key==="ArrowDown")p(Math.min(b.length-1,m+1));else if(c.key==="ArrowUp")p(Math.max(0,m-1));else if(c.key===
"Enter")o(b[m]);else return;c.preventDefault()};return e(K,{title:"Find",close:n,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-\
controls":"found","aria-activedescendant":b.length?`found-${m}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, descriptio\
n, or page",value:s,onInput:c=>i(c.currentTarget.value),onKeyDown:g}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:b.slice(
0,40).map((c,r)=>e("li",{id:`found-${r}`,role:"option","aria-selected":r===m,onClick:()=>o(c),onPointerMove:()=>p(r),children:"to"in c?e(_,{children:[c.words," ",
e("span",{class:"muted",children:c.note})]}):e(_,{children:[c.state&&e(O,{state:c.state,short:!0})," ",c.name," ",e("span",{class:"muted",children:[c.type.replace(
"_"," ")," \xB7 ",c.matched]})," ",e("code",{children:c.id.slice(0,36)})]})}))}),!b.length&&e("p",{class:"muted",children:"Nothing found."}),l&&a.length>0&&e("p",
{class:"muted",children:"There may be more: the search was cut short."})]})}function me({hasFailed:t}){let[n,s]=f("");return e("form",{class:"banner",onSubmit:a=>{a.preventDefault(),I.set(!1),U(n.trim())},"aria-label":"Sign in",children:[
t?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are.",e("label",{children:[" Token ",e("input",{type:"password",autocomplete:"\
off",value:n,onInput:a=>s(a.currentTarget.value)})]}),e("button",{class:"primary",disabled:!n.trim(),children:"Sign in"}),t&&e("button",{type:"button",onClick:()=>{
U(void 0),I.set(!1)},children:"Sign out"}),e("span",{class:"muted",children:["It stays in this tab and is sent to this server only. Keystone: ",e("code",{children:"\
openstack token issue -f value -c id"}),"."]})]})}var ye="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",_e=50,Ce=["marker","fields","limit","sort_keys","sort_dirs",
"scan_limit"],ge=["state_info","input","output","params","updated_at"],xe=2e4,Ee=3e4,Te=3e3;function he(){let{query:t}=P(),n={};for(let[o,g]of t)Ce.includes(o)||
(n[o]=g);let s=t.get("marker")??void 0,i=ge.some(o=>o in n),a=`/v2/executions${B({...n,fields:ye,limit:_e,sort_keys:"created_at",sort_dirs:"desc",marker:s,scan_limit:i?
xe:void 0})}`,[d,l]=f(0),h=!s&&!i,m=ce(h?"executions":void 0,o=>{if(o.event==="gap"&&(!o.data.watch||o.data.watch==="executions"))return p.again();if(o.event!==
"executions")return;let g=new Map(o.data.rows.map(r=>[r[0],r])),c=new Set(p.data?.executions.map(r=>r.id));l(r=>r+[...g.keys()].filter(u=>!c.has(u)).length),p.patch(
r=>({...r,executions:r.executions.map(u=>{let E=g.get(u.id);return E?{...u,state:E[2],updated_at:E[4]===null?u.updated_at:new Date(E[4]/1e3).toISOString()}:u})}))}),
p=A(a,h?m?Ee:Te:0);y(()=>l(0),[p.at,a]);let w=L(!1);y(()=>{if(!d||w.current||document.getSelection()?.toString())return;let o=setTimeout(p.again,500);return()=>clearTimeout(
o)},[d]);let b=Object.keys(n).length>0;return e(_,{children:[e("div",{class:"title",children:[e("h1",{children:"Executions"}),e(re,{text:`${location.origin}${a}`,
label:"Copy as REST address"})]}),e(Pe,{filters:n}),d>0&&e("p",{role:"status",children:e("button",{onClick:p.again,children:[F(d)," new or changed elsewhere \u2013 s\
how"]})}),e("div",{onPointerEnter:()=>w.current=!0,onPointerLeave:()=>w.current=!1,children:e(ie,{of:p,children:o=>e(_,{children:[i&&e($e,{list:o}),o.executions.
length?e(Ie,{executions:o.executions,next:o.next,isFirst:!s,filters:n,again:p.again}):e(Se,{hasFilters:b,isSlow:i,next:o.next})]})})})]})}function Se({hasFilters:t,
isSlow:n,next:s}){return n&&s?e(S,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>x({marker:ke(s)}),children:"Go on \
with older ones"})]}):t?e(S,{children:[e("p",{children:"No execution matches these filters."}),e("button",{onClick:()=>C("/executions"),children:"Show all"})]}):
e(S,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[e("a",{href:T("/workflows"),children:"Go to the workflows"}),", upload one, and run it."]})]})}
var ke=t=>new URL(t,location.origin).searchParams.get("marker")??void 0;function $e({list:t}){let n=`${t.executions.length} found`;return t.scanned_to_us?e("p",
{class:"muted",children:["Searched ",F(t.scanned??0)," executions, back to ",e(j,{time:t.scanned_to_us/1e3}),": ",n,". This filter has no index, so it goes on s\
tep by step."]}):e("p",{class:"muted",children:["Searched to the end: ",n,"."]})}function Pe({filters:t}){let[n,s]=f(t.workflow_name??""),[i,a]=f("state_info"),
[d,l]=f("");y(()=>s(t.workflow_name??""),[t.workflow_name]);let h=Object.entries(t).filter(([o])=>!["state","workflow_name","created_at"].includes(o)),m=o=>`gte\
:${new Date(Date.now()-o*36e5).toISOString().slice(0,16).replace("T"," ")}`,p=A(`/v2/statistics/executions${B({workflow_name:t.workflow_name,created_at:t.created_at})}`,
1e4),w=o=>{let g=p.data?.counts.find(c=>c.state===o);return g?.count===null||g===void 0?"":` ${F(g.count)}${g.capped?"+":""}`},b=o=>{o.preventDefault(),d.trim()&&
x({[i]:i==="input"||i==="state_info"?`has:${d.trim()}`:d.trim(),marker:void 0}),l("")};return e("div",{class:"filters",role:"search",children:[e("div",{class:"c\
hips",role:"group","aria-label":"State",children:["",...se].map(o=>e("button",{class:"chip","aria-pressed":(t.state??"")===o,onClick:()=>x({state:o,marker:void 0}),
children:o?e(_,{children:[e(O,{state:o}),e("span",{class:"muted",children:w(o)})]}):"All"}))}),e("form",{onSubmit:o=>{o.preventDefault(),x({workflow_name:n.trim(),
marker:void 0})},children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:n,placeholder:"exact name",onInput:o=>s(o.currentTarget.value)})]}),
e("label",{children:["Created"," ",e("select",{value:t.created_at??"",onChange:o=>x({created_at:o.currentTarget.value,marker:void 0}),children:[e("option",{value:"",
children:"any time"}),e("option",{value:m(1),children:"last hour"}),e("option",{value:m(24),children:"last 24 hours"}),e("option",{value:m(168),children:"last 7\
 days"}),t.created_at&&e("option",{value:t.created_at,children:t.created_at.replace(/^gte:/,"since ")})]})]}),e("button",{children:"Filter"})]}),e("form",{onSubmit:b,
children:[e("label",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:i,onChange:o=>a(o.currentTarget.value),children:[e("option",{value:"\
state_info",children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{value:"description",children:"description is"}),e("o\
ption",{value:"tags",children:"has tag"})]})]}),e("label",{children:[e("span",{class:"hidden",children:"Value"}),e("input",{value:d,onInput:o=>l(o.currentTarget.
value)})]}),e("button",{children:"Add"})]}),h.map(([o,g])=>e("button",{class:"chip",onClick:()=>x({[o]:void 0,marker:void 0}),"aria-label":`Remove the filter ${o}`,
children:[o,"=",g," \u2715"]})),e(Le,{})]})}function Le(){let{query:t}=P(),[n,s]=f(()=>JSON.parse(localStorage.getItem("mistral.saved")??"[]")),i=t.toString(),a=l=>{
localStorage.setItem("mistral.saved",JSON.stringify(l)),s(l)};if(!i&&!n.length)return null;let d=n.find(([,l])=>l===i);return e("label",{children:[e("span",{class:"\
hidden",children:"Saved filters"}),e("select",{value:"",onChange:l=>{let h=l.currentTarget.value;l.currentTarget.value="",h==="+"?a([...n,[prompt("Name of this \
filter")||i,i]]):h==="-"?a(n.filter(([,m])=>m!==i)):C(`/executions?${h}`)},children:[e("option",{value:"",children:"saved filters"}),n.map(([l,h])=>e("option",{
value:h,children:l})),i&&!d&&e("option",{value:"+",children:"save this one\u2026"}),d&&e("option",{value:"-",children:["forget \u201C",d[0],"\u201D"]})]})]})}function Ie({
executions:t,next:n,isFirst:s,filters:i,again:a}){let d=L(null),[l,h]=f(new Set),[m,p]=f(),w=n&&ke(n),b=r=>{let u=new Set(l);u.delete(r)||u.add(r),h(u)},o=()=>document.
activeElement?.closest("tr")?.dataset.id;y(()=>{let r=u=>{if(u.ctrlKey||u.metaKey||u.altKey||u.target.closest("input:not([type=checkbox]), textarea, select, dia\
log"))return;let E=u.key==="j"?1:u.key==="k"?-1:0,$=o();if(E){let z=[...d.current?.querySelectorAll("a.row")??[]],we=z.findIndex(be=>be.closest("tr")?.dataset.id===
$);z[Math.max(0,Math.min(z.length-1,we+E))]?.focus()}else if(u.key==="x"&&$)b($);else if(u.key==="]"&&w)x({marker:w});else if(u.key==="["&&!s)history.back();else if(u.
key==="="&&l.size===2)g();else return;u.preventDefault()};return addEventListener("keydown",r),()=>removeEventListener("keydown",r)});let g=()=>{let[r,u]=[...l];
C(`/compare?a=${k(r)}&b=${k(u)}`)},c=Object.keys(i).length>0&&!ge.some(r=>r in i);return e(_,{children:[e("div",{class:"scroll",children:e("table",{children:[e(
"thead",{children:e("tr",{children:[e("th",{children:e("span",{class:"hidden",children:"Chosen"})}),e("th",{children:"State"}),e("th",{children:"Workflow"}),e("\
th",{children:"Created"}),e("th",{children:"Took"}),e("th",{children:"Why or what"}),e("th",{children:"Id"})]})}),e("tbody",{ref:d,children:t.map(r=>{let[u,E]=[
q(r.created_at),q(r.updated_at)],$=ae(r.state)?E:Date.now();return e("tr",{"data-id":r.id,class:l.has(r.id)?"chosen":void 0,children:[e("td",{children:e("input",
{type:"checkbox","aria-label":`Choose ${r.id}`,checked:l.has(r.id),onChange:()=>b(r.id)})}),e("td",{children:e(O,{state:r.state})}),e("td",{children:e("a",{class:"\
row",href:T(`/executions/${k(r.id)}`),children:r.workflow_name})}),e("td",{class:"nowrap",children:e(j,{time:u})}),e("td",{class:"nowrap",children:u!==void 0&&$!==
void 0?$-u<1e3?"< 1 s":oe(($-u)*1e3):"\u2013"}),e("td",{class:"wide",children:e("span",{class:"clamp",children:(r.state_info??r.description??"").split(`
`).slice(0,4).join(" ")})}),e("td",{children:e("code",{children:r.id})})]},r.id)})})]})}),e("div",{class:"pager",children:[(l.size>0||c)&&e("label",{class:"left",
children:[l.size?`${l.size} chosen: `:"All that match: ",e("select",{value:"",onChange:r=>{p({action:r.currentTarget.value,all:!l.size}),r.currentTarget.value=""},
children:[e("option",{value:"",children:"do\u2026"}),ue.map(([r,u])=>e("option",{value:r,children:u}))]})]}),l.size===2&&e("button",{onClick:g,children:"Compare\
 the two"}),!s&&e("button",{onClick:()=>history.back(),children:"Newer"}),!s&&e("button",{onClick:()=>x({marker:void 0}),children:"Newest"}),w&&e("button",{onClick:()=>x(
{marker:w}),children:"Older"})]}),m&&e(de,{action:m.action,filter:m.all?i:void 0,ids:m.all?void 0:[...l],close:()=>p(void 0),done:()=>{h(new Set),a()}})]})}var W=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],Oe=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["t","local time or UTC"],["y","copy t\
he link to this view"],["f + \u2212","graph: fit, zoom"],["arrows, n N","graph: along the edges, failed tasks"],["Ctrl S, F8, Ctrl .","editor: save, next proble\
m, mend it"],["?","these keys"]],Ae=1e3;function De(t,n){let s=L(0);y(()=>{let i=a=>{if((a.ctrlKey||a.metaKey)&&a.key==="k")return n(),a.preventDefault();if(!D.
get()||a.ctrlKey||a.metaKey||a.altKey||a.target.closest("input, textarea, select, dialog"))return;let d=Date.now()-s.current<Ae;s.current=a.key==="g"?Date.now():
0;let l=d&&W.find(([,,h])=>h===a.key);if(l)C(`/${l[0]}`);else if(a.key==="/")document.querySelector("[data-filter]")?.focus();else if(a.key==="?")t();else if(a.
key==="t")M(H.get()==="UTC"?"local":"UTC");else if(a.key==="y")navigator.clipboard?.writeText(location.href);else return;a.preventDefault()};return addEventListener(
"keydown",i),()=>removeEventListener("keydown",i)},[])}function v(t){let n,s;return function(a){let[,d]=f(0);return y(()=>{n||t().then(l=>n=l,l=>s=l).then(()=>d(
l=>l+1))},[]),n?e(n,{...a}):s?e(S,{children:[e("h1",{children:"The console was updated"}),e("p",{children:"This page's code is not there any more."}),e("button",
{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[e("i",{}),
e("i",{}),e("i",{})]})}}var Ne=v(()=>import("./Execution-COZMBXJ4.js").then(t=>t.Execution)),Re=v(()=>import("./Workflows-F2MAFYAY.js").then(t=>t.Workflows)),
Fe=v(()=>import("./Workflows-F2MAFYAY.js").then(t=>t.WorkflowPage)),Ke=v(()=>import("./Workflows-F2MAFYAY.js").then(t=>t.EditWorkflow)),We=v(()=>import("./Actions-DJ4CP66E.js").
then(t=>t.Actions)),ze=v(()=>import("./Actions-DJ4CP66E.js").then(t=>t.Code)),He=v(()=>import("./Triggers-QKVCNF2H.js").then(t=>t.Triggers)),Me=v(()=>import("./Environments-6YSMUZ46.js").
then(t=>t.Environments)),Ue=v(()=>import("./Overview-KS2HZD4G.js").then(t=>t.Overview)),Be=v(()=>import("./Cluster-P4OBPDG3.js").then(t=>t.Cluster)),qe=v(
()=>import("./Compare-NGFWU4GY.js").then(t=>t.Compare)),Ge=v(()=>import("./Bulk-J77W27QS.js").then(t=>t.BulkList)),je=v(()=>import("./Bulk-J77W27QS.js").
then(t=>t.BulkPage));function Ve(){let{path:t}=P(),[n,s,i]=t;return n==="executions"&&s===void 0?e(he,{}):n===void 0||n==="overview"&&s===void 0?e(Ue,{}):n==="e\
xecutions"&&i===void 0?e(Ne,{id:s},s):n==="workflows"&&s===void 0?e(Re,{}):n==="workflows"&&i===void 0?e(Fe,{id:s},s):n==="workflows"&&i==="edit"?e(Ke,{id:s},s):
n==="actions"&&s===void 0?e(We,{}):n==="code"&&s===void 0?e(ze,{}):n==="triggers"&&s===void 0?e(He,{}):n==="environments"&&s===void 0?e(Me,{}):n==="cluster"&&s===
void 0?e(Be,{}):n==="compare"&&s===void 0?e(qe,{}):n==="bulk"&&s===void 0?e(Ge,{}):n==="bulk"&&i===void 0?e(je,{id:s},s):n==="file"?e(Ze,{}):e(S,{children:[e("h\
1",{children:"There is no such page"}),e("p",{children:e("a",{href:T("/executions"),children:"Go to the executions"})})]})}function Ze(){let[t,n]=f(""),s=async i=>{
if(i)try{let a=te(i.name,await i.text());N.set(a),C(`/executions/${encodeURIComponent(a.execution)}`)}catch(a){n(`${i.name} cannot be read: ${a}`)}};return e(S,
{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an execution has made. It is read here and sent nowh\
ere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjson",onChange:i=>s(i.currentTarget.files?.[0])})]})}),
t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var V=class extends Z{state={};componentDidCatch(n){this.setState({error:n})}render(){let{
error:n}=this.state;return n?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This page has failed."})," ",n.message]}),e(
"button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function Je(){let t=N.use(),n=I.use(),s=ne.use(),i=A(t?void 0:"/main\
tenance",15e3),a=i.data?.status;return e(_,{children:[t&&e("p",{class:"banner",role:"status",children:["Snapshot of ",t.execution,", taken ",G(t.taken),t.truncated?
"; the file does not hold all of it":"",". ",e("button",{class:"small",onClick:()=>{N.set(void 0),C("/executions")},children:"Close the file"})]}),a&&a!=="RUNNI\
NG"&&e("p",{class:"banner",role:"status",children:["\u2016 The service is ",a,": nothing can be changed until it is ",e("a",{href:T("/cluster"),children:"resume\
d"}),"."]}),n&&!t&&e(me,{hasFailed:!!s}),!n&&!s&&!t&&i.data&&e("p",{class:"banner quiet",children:"No authentication: whoever reaches this service may do everyt\
hing."})]})}var Ye=300;function Xe(){let t=H.use(),[n,s]=f([]);y(()=>{let a=setTimeout(()=>s(X()),Ye);return()=>clearTimeout(a)},[]);let i=t!=="local"&&t!=="UTC"&&
!n.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:a=>M(a.currentTarget.value),children:[e("option",{value:"local",children:"\
local time"}),e("option",{children:"UTC"}),i&&e("option",{children:t}),n.map(a=>e("option",{children:a}))]})}var Qe={live:["state-success","\u25CF live"],lost:[
"state-paused","\u25D0 asking"],idle:["state-success","\u25CF connected"]};function et(){let t=P(),n=ee(),[s,i]=f(!1),[a,d]=f(!1),[l,h,m]=[Y.use(),le.use(),D.use()];
De(()=>i(!0),()=>d(!0));let p=t.path[0]??"overview";y(()=>{document.title=`${t.path[1]??W.find(([o])=>o===p)?.[1]??"Mistral"} \u2013 Mistral`});let[w,b]=n===void 0?
Qe[h]:["state-error",`\u2716 no answer since ${G(n)}`];return e(_,{children:[e("a",{class:"skip",href:"#main",onClick:o=>{o.preventDefault(),document.getElementById(
"main")?.focus()},children:"To the content"}),e("header",{children:[e("strong",{class:"brand",children:"Mistral"}),e("nav",{"aria-label":"Pages",children:W.map(
([o,g])=>e("a",{href:T(`/${o}`),"aria-current":p===o?"page":void 0,children:g}))}),e("span",{class:"settings",children:[e("button",{onClick:()=>d(!0),children:[
"Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:w,children:b}),e(Xe,{}),e("select",{"aria-label":"Theme",value:l,onChange:o=>Q(o.currentTarget.
value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"light"}),e("option",{children:"dark"})]}),e("button",{onClick:()=>i(!0),"a\
ria-label":"Keys",children:"?"})]})]}),e(Je,{}),e("main",{id:"main",tabIndex:-1,children:e(V,{children:e(Ve,{})},t.path.join("/"))}),a&&e(fe,{pages:W,close:()=>d(
!1)}),s&&e(K,{title:"Keys",close:()=>i(!1),children:[e("dl",{class:"keys",children:Oe.map(([o,g])=>e("div",{children:[e("dt",{children:e("kbd",{children:o})}),e(
"dd",{children:g})]}))}),e("p",{children:e("label",{children:[e("input",{type:"checkbox",checked:m,onChange:o=>{localStorage.setItem("mistral.keys",o.currentTarget.
checked?"on":"off"),D.set(o.currentTarget.checked)}})," single keys do something"]})}),e("p",{children:[e("a",{href:T("/file"),onClick:()=>i(!1),children:"Open \
a saved run"})," \xB7 ",e("a",{href:T("/bulk"),onClick:()=>i(!1),children:"Bulk operations"})]}),e("div",{class:"buttons",children:e("button",{onClick:()=>i(!1),
children:"Close"})})]})]})}J(e(et,{}),document.getElementById("app"));
