import{a as pe,b as fe}from"./chunk-S6DPJ7PJ.js";import{b as ce,c as ue}from"./chunk-D5DVDBC2.js";import{a as V,c as de}from"./chunk-XIATNDBY.js";
import{A as B,B as k,C as j,D as q,E as se,G as ae,H as re,I as F,K as e,L as A,M as G,P as ie,R as S,S as K,U as le,Y as L,a as _,b as J,c as Y,d as f,e as y,f as I,
i as P,j as T,k as C,l as x,m as z,n as X,o as D,p as Q,q as H,r as ee,s as te,t as N,u as ne,v as oe,w as U,x as O,z as R}from"./chunk-RFULRQ6X.js";var _e={execution:t=>`/executions/${k(t.id)}`,workflow:t=>`/workflows/${k(t.id)}`,action:t=>`/actions?name=${k(t.name)}`,environment:t=>`/environments?name=${k(
t.name)}`,cron_trigger:t=>`/triggers?name=${k(t.name)}`,event_trigger:()=>"/triggers",code_source:t=>`/code?name=${k(t.name)}`};async function me(t){if(t.type===
"task"){let n=await R(`/v2/tasks/${k(t.id)}?fields=workflow_execution_id,name`);return`/executions/${k(n.workflow_execution_id)}?view=tasks&task=${k(n.name)}&ru\
n=${k(t.id)}`}if(t.type==="action_execution"){let n=await R(`/v2/action_executions/${k(t.id)}`);return n.task_execution_id?me({...t,type:"task",id:n.task_execution_id}):
void 0}return _e[t.type]?.(t)}function he({pages:t,close:n}){let[s,r]=f(""),[a,d]=f([]),[l,g]=f(!1),[m,p]=f(0);y(()=>{if(p(0),s.trim().length<2)return d([]);let c=new AbortController,
i=setTimeout(()=>{R(`/v2/search?q=${k(s.trim())}`,{signal:c.signal}).then(u=>{d(u.results),g(u.partial)},()=>{})},150);return()=>{clearTimeout(i),c.abort()}},[s]);
let w=[...t.map(([c,i,u])=>({words:i,note:`g ${u}`,to:`/${c}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"}].filter(c=>c.words.toLowerCase().includes(s.trim().toLowerCase())),b=[...a.filter(c=>c.type!=="workbook"),...w],o=async c=>{if(!c)return;
let i="to"in c?c.to:await me(c);i&&(n(),C(i))},h=c=>{if(c.key==="ArrowDown")p(Math.min(b.length-1,m+1));else if(c.key==="ArrowUp")p(Math.max(0,m-1));else if(c.key===
"Enter")o(b[m]);else return;c.preventDefault()};return e(K,{title:"Find",close:n,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-\
controls":"found","aria-activedescendant":b.length?`found-${m}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, descriptio\
n, or page",value:s,onInput:c=>r(c.currentTarget.value),onKeyDown:h}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:b.slice(
0,40).map((c,i)=>e("li",{id:`found-${i}`,role:"option","aria-selected":i===m,onClick:()=>o(c),onPointerMove:()=>p(i),children:"to"in c?e(_,{children:[c.words," ",
e("span",{class:"muted",children:c.note})]}):e(_,{children:[c.state&&e(A,{state:c.state,short:!0})," ",c.name," ",e("span",{class:"muted",children:[c.type.replace(
"_"," ")," \xB7 ",c.matched]})," ",e("code",{children:c.id.slice(0,36)})]})}))}),!b.length&&e("p",{class:"muted",children:"Nothing found."}),l&&a.length>0&&e("p",
{class:"muted",children:"There may be more: the search was cut short."})]})}function ge({hasFailed:t}){let[n,s]=f("");return e("form",{class:"banner",onSubmit:a=>{a.preventDefault(),O.set(!1),U(n.trim())},"aria-label":"Sign in",children:[
t?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are.",e("label",{children:[" Token ",e("input",{type:"password",autocomplete:"\
off",value:n,onInput:a=>s(a.currentTarget.value)})]}),e("button",{class:"primary",disabled:!n.trim(),children:"Sign in"}),t&&e("button",{type:"button",onClick:()=>{
U(void 0),O.set(!1)},children:"Sign out"}),e("span",{class:"muted",children:["It stays in this tab and is sent to this server only. Keystone: ",e("code",{children:"\
openstack token issue -f value -c id"}),"."]})]})}var Ce="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",xe=50,Ee=["marker","fields","limit","sort_keys","sort_dirs",
"scan_limit"],ke=["state_info","input","output","params","updated_at"],Te=2e4,Se=3e4,$e=3e3;function we(){let{query:t}=P(),n={};for(let[o,h]of t)Ee.includes(o)||
(n[o]=h);let s=t.get("marker")??void 0,r=ke.some(o=>o in n),a=`/v2/executions${B({...n,fields:Ce,limit:xe,sort_keys:"created_at",sort_dirs:"desc",marker:s,scan_limit:r?
Te:void 0})}`,[d,l]=f(0),g=!s&&!r,m=ue(g?"executions":void 0,o=>{if(o.event==="gap"&&(!o.data.watch||o.data.watch==="executions"))return p.again();if(o.event!==
"executions")return;let h=new Map(o.data.rows.map(i=>[i[0],i])),c=new Set(p.data?.executions.map(i=>i.id));l(i=>i+[...h.keys()].filter(u=>!c.has(u)).length),p.patch(
i=>({...i,executions:i.executions.map(u=>{let E=h.get(u.id);return E?{...u,state:E[2],updated_at:E[4]===null?u.updated_at:new Date(E[4]/1e3).toISOString()}:u})}))}),
p=L(a,g?m?Se:$e:0);y(()=>l(0),[p.at,a]);let w=I(!1);y(()=>{if(!d||w.current||document.getSelection()?.toString())return;let o=setTimeout(p.again,500);return()=>clearTimeout(
o)},[d]);let b=Object.keys(n).length>0;return e(_,{children:[e("div",{class:"title",children:[e("h1",{children:"Executions"}),e(le,{text:`${location.origin}${a}`,
label:"Copy as REST address"})]}),e(Ie,{filters:n}),d>0&&e("p",{role:"status",children:e("button",{onClick:p.again,children:[F(d)," new or changed elsewhere \u2013 s\
how"]})}),e("div",{onPointerEnter:()=>w.current=!0,onPointerLeave:()=>w.current=!1,children:e(ie,{of:p,children:o=>e(_,{children:[r&&e(Le,{list:o}),o.executions.
length?e(Ae,{executions:o.executions,next:o.next,isFirst:!s,filters:n,again:p.again}):e(Pe,{hasFilters:b,isSlow:r,next:o.next})]})})})]})}function Pe({hasFilters:t,
isSlow:n,next:s}){return n&&s?e(S,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>x({marker:be(s)}),children:"Go on \
with older ones"})]}):t?e(S,{children:[e("p",{children:"No execution matches these filters."}),e("button",{onClick:()=>C("/executions"),children:"Show all"})]}):
e(S,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[e("a",{href:T("/workflows"),children:"Go to the workflows"}),", upload one, and run it."]})]})}
var be=t=>new URL(t,location.origin).searchParams.get("marker")??void 0;function Le({list:t}){let n=`${t.executions.length} found`;return t.scanned_to_us?e("p",
{class:"muted",children:["Searched ",F(t.scanned??0)," executions, back to ",e(G,{time:t.scanned_to_us/1e3}),": ",n,". This filter has no index, so it goes on s\
tep by step."]}):e("p",{class:"muted",children:["Searched to the end: ",n,"."]})}function Ie({filters:t}){let[n,s]=f(t.workflow_name??""),[r,a]=f("state_info"),
[d,l]=f("");y(()=>s(t.workflow_name??""),[t.workflow_name]);let g=Object.entries(t).filter(([o])=>!["state","workflow_name","created_at"].includes(o)),m=o=>`gte\
:${new Date(Date.now()-o*36e5).toISOString().slice(0,16).replace("T"," ")}`,p=L(`/v2/statistics/executions${B({workflow_name:t.workflow_name,created_at:t.created_at})}`,
1e4),w=o=>{let h=p.data?.counts.find(c=>c.state===o);return h?.count===null||h===void 0?"":` ${F(h.count)}${h.capped?"+":""}`},b=o=>{o.preventDefault(),d.trim()&&
x({[r]:r==="input"||r==="state_info"?`has:${d.trim()}`:d.trim(),marker:void 0}),l("")};return e("div",{class:"filters",role:"search",children:[e("div",{class:"c\
hips",role:"group","aria-label":"State",children:["",...ae].map(o=>e("button",{class:"chip","aria-pressed":(t.state??"")===o,onClick:()=>x({state:o,marker:void 0}),
children:o?e(_,{children:[e(A,{state:o}),e("span",{class:"muted",children:w(o)})]}):"All"}))}),e("form",{onSubmit:o=>{o.preventDefault(),x({workflow_name:n.trim(),
marker:void 0})},children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:n,placeholder:"exact name",onInput:o=>s(o.currentTarget.value)})]}),
e("label",{children:["Created"," ",e("select",{value:t.created_at??"",onChange:o=>x({created_at:o.currentTarget.value,marker:void 0}),children:[e("option",{value:"",
children:"any time"}),e("option",{value:m(1),children:"last hour"}),e("option",{value:m(24),children:"last 24 hours"}),e("option",{value:m(168),children:"last 7\
 days"}),t.created_at&&e("option",{value:t.created_at,children:t.created_at.replace(/^gte:/,"since ")})]})]}),e("button",{children:"Filter"})]}),e("form",{onSubmit:b,
children:[e("label",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:r,onChange:o=>a(o.currentTarget.value),children:[e("option",{value:"\
state_info",children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{value:"description",children:"description is"}),e("o\
ption",{value:"tags",children:"has tag"})]})]}),e("label",{children:[e("span",{class:"hidden",children:"Value"}),e("input",{value:d,onInput:o=>l(o.currentTarget.
value)})]}),e("button",{children:"Add"})]}),g.map(([o,h])=>e("button",{class:"chip",onClick:()=>x({[o]:void 0,marker:void 0}),"aria-label":`Remove the filter ${o}`,
children:[o,"=",h," \u2715"]})),e(Oe,{})]})}function Oe(){let{query:t}=P(),[n,s]=f(()=>JSON.parse(localStorage.getItem("mistral.saved")??"[]")),r=t.toString(),a=l=>{
localStorage.setItem("mistral.saved",JSON.stringify(l)),s(l)};if(!r&&!n.length)return null;let d=n.find(([,l])=>l===r);return e("label",{children:[e("span",{class:"\
hidden",children:"Saved filters"}),e("select",{value:"",onChange:l=>{let g=l.currentTarget.value;l.currentTarget.value="",g==="+"?a([...n,[prompt("Name of this \
filter")||r,r]]):g==="-"?a(n.filter(([,m])=>m!==r)):C(`/executions?${g}`)},children:[e("option",{value:"",children:"saved filters"}),n.map(([l,g])=>e("option",{
value:g,children:l})),r&&!d&&e("option",{value:"+",children:"save this one\u2026"}),d&&e("option",{value:"-",children:["forget \u201C",d[0],"\u201D"]})]})]})}function Ae({
executions:t,next:n,isFirst:s,filters:r,again:a}){let d=I(null),[l,g]=f(new Set),[m,p]=f(),w=n&&be(n),b=i=>{let u=new Set(l);u.delete(i)||u.add(i),g(u)},o=()=>document.
activeElement?.closest("tr")?.dataset.id;y(()=>{let i=u=>{if(u.ctrlKey||u.metaKey||u.altKey||u.target.closest("input:not([type=checkbox]), textarea, select, dia\
log"))return;let E=u.key==="j"?1:u.key==="k"?-1:0,$=o();if(E){let W=[...d.current?.querySelectorAll("a.row")??[]],ye=W.findIndex(ve=>ve.closest("tr")?.dataset.id===
$);W[Math.max(0,Math.min(W.length-1,ye+E))]?.focus()}else if(u.key==="x"&&$)b($);else if(u.key==="]"&&w)x({marker:w});else if(u.key==="["&&!s)history.back();else if(u.
key==="="&&l.size===2)h();else return;u.preventDefault()};return addEventListener("keydown",i),()=>removeEventListener("keydown",i)});let h=()=>{let[i,u]=[...l];
C(`/compare?a=${k(i)}&b=${k(u)}`)},c=Object.keys(r).length>0&&!ke.some(i=>i in r);return e(_,{children:[e("div",{class:"scroll",children:e("table",{children:[e(
"thead",{children:e("tr",{children:[e("th",{children:e("span",{class:"hidden",children:"Chosen"})}),e("th",{children:"State"}),e("th",{children:"Workflow"}),e("\
th",{children:"Created"}),e("th",{children:"Took"}),e("th",{children:"Why or what"}),e("th",{children:"Id"})]})}),e("tbody",{ref:d,children:t.map(i=>{let[u,E]=[
j(i.created_at),j(i.updated_at)],$=re(i.state)?E:Date.now();return e("tr",{"data-id":i.id,class:l.has(i.id)?"chosen":void 0,children:[e("td",{children:e("input",
{type:"checkbox","aria-label":`Choose ${i.id}`,checked:l.has(i.id),onChange:()=>b(i.id)})}),e("td",{children:e(A,{state:i.state})}),e("td",{children:e("a",{class:"\
row",href:T(`/executions/${k(i.id)}`),children:i.workflow_name})}),e("td",{class:"nowrap",children:e(G,{time:u})}),e("td",{class:"nowrap",children:u!==void 0&&$!==
void 0?$-u<1e3?"< 1 s":se(($-u)*1e3):"\u2013"}),e("td",{class:"wide",children:e("span",{class:"clamp",children:(i.state_info??i.description??"").split(`
`).slice(0,4).join(" ")})}),e("td",{children:e("code",{children:i.id})})]},i.id)})})]})}),e("div",{class:"pager",children:[(l.size>0||c)&&e(de,{rule:"bulk_opera\
tions:create",children:e("label",{class:"left",children:[l.size?`${l.size} chosen: `:"All that match: ",e("select",{value:"",onChange:i=>{p({action:i.currentTarget.
value,all:!l.size}),i.currentTarget.value=""},children:[e("option",{value:"",children:"do\u2026"}),pe.map(([i,u])=>e("option",{value:i,children:u}))]})]})}),l.size===
2&&e("button",{onClick:h,children:"Compare the two"}),!s&&e("button",{onClick:()=>history.back(),children:"Newer"}),!s&&e("button",{onClick:()=>x({marker:void 0}),
children:"Newest"}),w&&e("button",{onClick:()=>x({marker:w}),children:"Older"})]}),m&&e(fe,{action:m.action,filter:m.all?r:void 0,ids:m.all?void 0:[...l],close:()=>p(
void 0),done:()=>{g(new Set),a()}})]})}var M=[["overview","Overview","o"],["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environ\
ments","Environments","v"],["cluster","Cluster","c"]],De=[["Ctrl K","find anything, go anywhere"],["g o, g e, g w, g a, g t, g v, g c","go to a page"],["/","fil\
ter"],["j k x","next and previous row, choose it; Enter opens"],["[ ] =","newer and older page; compare two chosen ones"],["t","local time or UTC"],["y","copy t\
he link to this view"],["f + \u2212","graph: fit, zoom"],["arrows, n N","graph: along the edges, failed tasks"],["Ctrl S, F8, Ctrl .","editor: save, next proble\
m, mend it"],["?","these keys"]],Ne=1e3;function Re(t,n){let s=I(0);y(()=>{let r=a=>{if((a.ctrlKey||a.metaKey)&&a.key==="k")return n(),a.preventDefault();if(!D.
get()||a.ctrlKey||a.metaKey||a.altKey||a.target.closest("input, textarea, select, dialog"))return;let d=Date.now()-s.current<Ne;s.current=a.key==="g"?Date.now():
0;let l=d&&M.find(([,,g])=>g===a.key);if(l)C(`/${l[0]}`);else if(a.key==="/")document.querySelector("[data-filter]")?.focus();else if(a.key==="?")t();else if(a.
key==="t")H(z.get()==="UTC"?"local":"UTC");else if(a.key==="y")navigator.clipboard?.writeText(location.href);else return;a.preventDefault()};return addEventListener(
"keydown",r),()=>removeEventListener("keydown",r)},[])}function v(t){let n,s;return function(a){let[,d]=f(0);return y(()=>{n||t().then(l=>n=l,l=>s=l).then(()=>d(
l=>l+1))},[]),n?e(n,{...a}):s?e(S,{children:[e("h1",{children:"The console was updated"}),e("p",{children:"This page's code is not there any more."}),e("button",
{class:"primary",onClick:()=>location.reload(),children:"Load it again"})]}):e("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[e("i",{}),
e("i",{}),e("i",{})]})}}var Fe=v(()=>import("./Execution-AAIHL3YK.js").then(t=>t.Execution)),Ke=v(()=>import("./Workflows-P6BYMPZF.js").then(t=>t.Workflows)),
Me=v(()=>import("./Workflows-P6BYMPZF.js").then(t=>t.WorkflowPage)),We=v(()=>import("./Workflows-P6BYMPZF.js").then(t=>t.EditWorkflow)),ze=v(()=>import("./Actions-NNRLOUOM.js").
then(t=>t.Actions)),He=v(()=>import("./Actions-NNRLOUOM.js").then(t=>t.Code)),Ue=v(()=>import("./Triggers-5YUQC3UJ.js").then(t=>t.Triggers)),Be=v(()=>import("./Environments-HJDOKI2Y.js").
then(t=>t.Environments)),je=v(()=>import("./Overview-5KQI6JUY.js").then(t=>t.Overview)),qe=v(()=>import("./Cluster-QSA665V2.js").then(t=>t.Cluster)),Ge=v(
()=>import("./Compare-G5ZD562I.js").then(t=>t.Compare)),Ve=v(()=>import("./Bulk-3VKWDX6A.js").then(t=>t.BulkList)),Ze=v(()=>import("./Bulk-3VKWDX6A.js").
then(t=>t.BulkPage));function Je(){let{path:t}=P(),[n,s,r]=t;return n==="executions"&&s===void 0?e(we,{}):n===void 0||n==="overview"&&s===void 0?e(je,{}):n==="e\
xecutions"&&r===void 0?e(Fe,{id:s},s):n==="workflows"&&s===void 0?e(Ke,{}):n==="workflows"&&r===void 0?e(Me,{id:s},s):n==="workflows"&&r==="edit"?e(We,{id:s},s):
n==="actions"&&s===void 0?e(ze,{}):n==="code"&&s===void 0?e(He,{}):n==="triggers"&&s===void 0?e(Ue,{}):n==="environments"&&s===void 0?e(Be,{}):n==="cluster"&&s===
void 0?e(qe,{}):n==="compare"&&s===void 0?e(Ge,{}):n==="bulk"&&s===void 0?e(Ve,{}):n==="bulk"&&r===void 0?e(Ze,{id:s},s):n==="file"?e(Ye,{}):e(S,{children:[e("h\
1",{children:"There is no such page"}),e("p",{children:e("a",{href:T("/executions"),children:"Go to the executions"})})]})}function Ye(){let[t,n]=f(""),s=async r=>{
if(r)try{let a=ne(r.name,await r.text());N.set(a),C(`/executions/${encodeURIComponent(a.execution)}`)}catch(a){n(`${r.name} cannot be read: ${a}`)}};return e(S,
{children:[e("h1",{children:"Open a saved run"}),e("p",{children:"A file that \u201CSave as file\u201D on the page of an execution has made. It is read here and sent nowh\
ere."}),e("p",{children:e("label",{children:["File ",e("input",{type:"file",accept:".ndjson,application/x-ndjson",onChange:r=>s(r.currentTarget.files?.[0])})]})}),
t&&e("p",{class:"state-error",role:"alert",children:["\u2716 ",t]})]})}var Z=class extends J{state={};componentDidCatch(n){this.setState({error:n})}render(){let{
error:n}=this.state;return n?e("div",{class:"failure",role:"alert",children:[e("p",{children:[e("strong",{children:"This page has failed."})," ",n.message]}),e(
"button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function Xe(){let t=N.use(),n=O.use(),s=oe.use(),r=L(t?void 0:"/main\
tenance",15e3),a=r.data?.status,d=L(t?void 0:"/v2/identity",6e4).data;return y(()=>V.set(d),[d]),e(_,{children:[d?.read_only&&e("p",{class:"banner quiet",children:"\
Read-only: this console shows everything and changes nothing."}),t&&e("p",{class:"banner",role:"status",children:["Snapshot of ",t.execution,", taken ",q(t.taken),
t.truncated?"; the file does not hold all of it":"",". ",e("button",{class:"small",onClick:()=>{N.set(void 0),C("/executions")},children:"Close the file"})]}),a&&
a!=="RUNNING"&&e("p",{class:"banner",role:"status",children:["\u2016 The service is ",a,": nothing can be changed until it is ",e("a",{href:T("/cluster"),children:"\
resumed"}),"."]}),n&&!t&&e(ge,{hasFailed:!!s}),!n&&!s&&!t&&r.data&&e("p",{class:"banner quiet",children:"No authentication: whoever reaches this service may do \
everything."})]})}function Qe(){let t=V.use();return t?.is_authenticated?e("span",{class:"muted",title:`user ${t.user_id}, project ${t.project_id}`,children:[t.
user_name??t.user_id," \xB7 ",t.project_name??t.project_id]}):null}var et=300;function tt(){let t=z.use(),[n,s]=f([]);y(()=>{let a=setTimeout(()=>s(Q()),et);return()=>clearTimeout(
a)},[]);let r=t!=="local"&&t!=="UTC"&&!n.includes(t);return e("select",{class:"zone","aria-label":"Time zone",value:t,onChange:a=>H(a.currentTarget.value),children:[
e("option",{value:"local",children:"local time"}),e("option",{children:"UTC"}),r&&e("option",{children:t}),n.map(a=>e("option",{children:a}))]})}var nt={live:["\
state-success","\u25CF live"],lost:["state-paused","\u25D0 asking"],idle:["state-success","\u25CF connected"]};function ot(){let t=P(),n=te(),[s,r]=f(!1),[a,d]=f(
!1),[l,g,m]=[X.use(),ce.use(),D.use()];Re(()=>r(!0),()=>d(!0));let p=t.path[0]??"overview";y(()=>{document.title=`${t.path[1]??M.find(([o])=>o===p)?.[1]??"Mistr\
al"} \u2013 Mistral`});let[w,b]=n===void 0?nt[g]:["state-error",`\u2716 no answer since ${q(n)}`];return e(_,{children:[e("a",{class:"skip",href:"#main",onClick:o=>{
o.preventDefault(),document.getElementById("main")?.focus()},children:"To the content"}),e("header",{children:[e("strong",{class:"brand",children:"Mistral"}),e(
"nav",{"aria-label":"Pages",children:M.map(([o,h])=>e("a",{href:T(`/${o}`),"aria-current":p===o?"page":void 0,children:h}))}),e("span",{class:"settings",children:[
e("button",{onClick:()=>d(!0),children:["Find\u2026 ",e("kbd",{children:"Ctrl K"})]}),e("span",{role:"status",class:w,children:b}),e(tt,{}),e("select",{"aria-la\
bel":"Theme",value:l,onChange:o=>ee(o.currentTarget.value),children:[e("option",{value:"system",children:"system"}),e("option",{children:"light"}),e("option",{children:"\
dark"})]}),e("button",{onClick:()=>r(!0),"aria-label":"Keys",children:"?"}),e(Qe,{})]})]}),e(Xe,{}),e("main",{id:"main",tabIndex:-1,children:e(Z,{children:e(Je,
{})},t.path.join("/"))}),a&&e(he,{pages:M,close:()=>d(!1)}),s&&e(K,{title:"Keys",close:()=>r(!1),children:[e("dl",{class:"keys",children:De.map(([o,h])=>e("div",
{children:[e("dt",{children:e("kbd",{children:o})}),e("dd",{children:h})]}))}),e("p",{children:e("label",{children:[e("input",{type:"checkbox",checked:m,onChange:o=>{
localStorage.setItem("mistral.keys",o.currentTarget.checked?"on":"off"),D.set(o.currentTarget.checked)}})," single keys do something"]})}),e("p",{children:[e("a",
{href:T("/file"),onClick:()=>r(!1),children:"Open a saved run"})," \xB7 ",e("a",{href:T("/bulk"),onClick:()=>r(!1),children:"Bulk operations"})]}),e("div",{class:"\
buttons",children:e("button",{onClick:()=>r(!1),children:"Close"})})]})]})}Y(e(ot,{}),document.getElementById("app"));
