import{$ as e,B as ee,G as te,H as b,I as ne,J as oe,K as O,M as se,N as P,O as N,Q as M,R as q,T as E,V as re,W as ae,X as U,Z as ie,_ as le,a as S,aa as I,ba as K,
d as w,e as x,ea as ce,f as G,g as C,h as B,ha as H,i as J,ia as ue,j as X,ka as de,l as Y,la as j,m as Q,n as F,oa as pe,p as R,q as L,qa as me,r as y,ra as fe,
s as Z,sa as ge,t as D}from"./chunk-5UX6W7MZ.js";var Te=10;function z(){try{let n=JSON.parse(D.get("visited")??"[]");return Array.isArray(n)?n:[]}catch{return[]}}function Fe(n,s){D.set("visited",JSON.stringify(
[{to:n,name:s},...z().filter(c=>c.to!==n)].slice(0,Te)))}var he={execution:n=>`/executions/${b(n.id)}`,workflow:n=>`/workflows/${b(n.id)}`,action:n=>`/actions?name=${b(n.name)}`,environment:n=>`/environments?name=${b(
n.name)}`,cron_trigger:n=>`/triggers?name=${b(n.name)}`,event_trigger:()=>"/triggers",code_source:n=>`/code?name=${b(n.name)}`};async function we(n){if(n.type===
"task"){let s=await M(`/v2/tasks/${b(n.id)}?fields=workflow_execution_id,name`);return`/executions/${b(s.workflow_execution_id)}?view=tasks&task=${b(s.name)}&ru\
n=${b(n.id)}`}if(n.type==="action_execution"){let s=await M(`/v2/action_executions/${b(n.id)}`);return s.task_execution_id?we({...n,type:"task",id:s.task_execution_id}):
void 0}return he[n.type]?.(n)}function Je({pages:n,close:s}){let[c,r]=w(""),[a,i]=w([]),[l,d]=w(!1),[g,p]=w(0);x(()=>{if(p(0),c.trim().length<2)return i([]);let o=new AbortController,
u=setTimeout(()=>{M(`/v2/search?q=${b(c.trim())}`,{signal:o.signal}).then(f=>{let[A,W]=[a,f.results].map($=>$.filter(Ee=>Ee.type!=="workbook").length);p($=>$>=A&&
$>0?$+W-A:0),i(f.results),d(f.partial)},()=>{})},150);return()=>{clearTimeout(u),o.abort()}},[c]);let h=[...n.map(([o,u,f])=>({words:u,note:`g ${f}`,to:`/${o}`})),
{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"F\
ailed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/executions?state=RUNNING"},...z().map(({to:o,name:u})=>({words:u,
note:`seen last \xB7 ${decodeURIComponent(o.split("/")[2]).slice(0,36)}`,to:o}))].filter(o=>o.words.toLowerCase().includes(c.trim().toLowerCase())),k=a.filter(o=>o.
type!=="workbook"),_=new Set(k.flatMap(o=>[he[o.type]?.(o),o.type==="workflow"?`/workflows/${b(o.name)}`:void 0])),m=[...k,...h.filter(o=>!_.has(o.to))],v=async o=>{
if(!o)return;let u="to"in o?o.to:await we(o);u&&(s(),L(u))},t=o=>{if(o.key==="ArrowDown")p(Math.min(m.length-1,g+1));else if(o.key==="ArrowUp")p(Math.max(0,g-1));else if(o.
key==="Enter")v(m[g]);else return;o.preventDefault()};return e(ue,{title:"Find",close:s,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true",
"aria-controls":"found","aria-activedescendant":m.length?`found-${g}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, desc\
ription, or page",value:c,onInput:o=>r(o.currentTarget.value),onKeyDown:t}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:m.
slice(0,40).map((o,u)=>e("li",{id:`found-${u}`,role:"option","aria-selected":u===g,onClick:()=>v(o),onPointerMove:()=>p(u),children:"to"in o?e(S,{children:[o.words,
" ",e("span",{class:"muted",children:o.note})]}):e(S,{children:[o.state&&e(I,{state:o.state,short:!0})," ",o.name," ",e("span",{class:"muted",children:[o.type.replace(
"_"," ")," \xB7 ",o.matched]})," ",e("code",{children:o.id.slice(0,36)})]})}))}),!m.length&&e("p",{class:"muted",children:"Nothing found."}),l&&a.length>0&&e("p",
{class:"muted",children:"There may be more: the search was cut short."})]})}var $e={password:"User and password",application_credential:"Application credential",token:"Token"};function ot({hasFailed:n}){let[s,c]=w([]),[r,a]=w("token"),[
i,l]=w(""),[d,g]=w(),p=se.use();x(()=>{M("/console/session").then(({ways:t})=>{c(t),t.includes("password")&&a("password")},()=>c([]))},[]);let h=t=>{if(!t.project&&
t.projects.length)return g(t);N.set(!1),P(t.token,t.projects)},k=async(t,o,u)=>{l("");try{h(await M("/console/session",{method:t,json:o,headers:u?{"X-Auth-Token":u}:
{}}))}catch(f){l(f.message)}},_=t=>{t.preventDefault();let o=Object.fromEntries(new FormData(t.currentTarget));if(r!=="token")return void k("POST",{method:r,...o});
N.set(!1),P(o.token.trim())},m=t=>{let o=crypto.randomUUID?.()??String(Math.random());Z.set("mark",o),location.assign(`${R("/login/oidc")}?${new URLSearchParams(
{next:Q(),mark:o,...t?{realm:t}:{}})}`)},v=s.filter(t=>!t.startsWith("oidc"));return e("form",{class:"banner",onSubmit:_,"aria-label":"Sign in",children:[e("spa\
n",{children:i||p?e("span",{role:"alert",children:["\u2716 ",i||p]}):n?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are."}),
d&&e("label",{children:["Project ",e("select",{value:"",onChange:t=>k("PUT",{project:t.currentTarget.value},d.token),children:[e("option",{value:"",children:"ch\
oose\u2026"}),d.projects.map(t=>e("option",{value:t.id,children:t.name}))]})]}),s.includes("oidc")&&!s.includes("oidc_realm")&&e("button",{type:"button",class:"\
primary",onClick:()=>m(),children:"Sign in with your provider"}),s.includes("oidc_realm")&&e("label",{children:["Realm ",e("input",{name:"realm",autocomplete:"o\
rganization"})," ",e("button",{type:"button",class:"primary",onClick:t=>m(t.currentTarget.previousElementSibling.value.trim()),children:"Sign in with Keycloak"})]}),
v.length>0&&e("label",{children:["With ",e("select",{value:r,onChange:t=>a(t.currentTarget.value),children:[...v,"token"].map(t=>e("option",{value:t,children:$e[t]}))})]}),
r==="password"&&e(S,{children:[e("label",{children:["User ",e("input",{name:"user",autocomplete:"username",required:!0})]}),e("label",{children:["Password ",e("\
input",{name:"password",type:"password",autocomplete:"current-password",required:!0})]}),e("label",{children:["Domain ",e("input",{name:"domain",placeholder:"De\
fault"})]}),e("label",{children:["Project ",e("input",{name:"project",placeholder:"your own"})]})]}),r==="application_credential"&&e(S,{children:[e("label",{children:[
"Id ",e("input",{name:"id",autocomplete:"username",required:!0})]}),e("label",{children:["Secret ",e("input",{name:"secret",type:"password",autocomplete:"off",required:!0})]})]}),
r==="token"&&e("label",{children:["Token ",e("input",{name:"token",type:"password",autocomplete:"off",required:!0})]}),e("button",{class:s.includes("oidc")?"":"\
primary",children:"Sign in"}),n&&e("button",{type:"button",onClick:()=>{P(void 0),N.set(!1)},children:"Sign out"}),r==="token"&&e("span",{class:"muted",children:"\
It stays in this tab and is sent to this server only."})]})}var be=Y("idle"),V=new Set,T;function Ce(){if(T)return T;try{let n=J("live.js");if(typeof SharedWorker=="function")T=new SharedWorker(n,{type:"module",name:"mis\
tral"}).port;else{let s=new MessageChannel;new Worker(n,{type:"module"}).postMessage(void 0,[s.port2]),T=s.port1}}catch{return}return T.onmessage=({data:n})=>{if(n.
state)be.set(n.state);else for(let s of V)s(n)},T.postMessage({token:O.get()??""}),addEventListener("pagehide",()=>T?.postMessage({bye:!0})),addEventListener("p\
ageshow",n=>n.persisted&&location.reload()),T}O.listen(()=>T?.postMessage({token:O.get()??""}));var Me=6e4;function ke(n,s){let c=C(s);c.current=s;let r=ee.use();
return x(()=>{let a=n&&!r?Ce():void 0;if(!n||!a)return;let i=!1,l=0,d=()=>{i||a.postMessage({watch:n}),i=!0},g=()=>{i&&a.postMessage({drop:n}),i=!1},p=()=>{clearTimeout(
l),document.hidden?l=window.setTimeout(g,Me):d()},h=k=>{i&&c.current(k)};return V.add(h),document.addEventListener("visibilitychange",p),d(),()=>{V.delete(h),document.
removeEventListener("visibilitychange",p),clearTimeout(l),g()}},[n,r]),be.use()==="live"}function ve({stands:n,take:s,isMoment:c,...r}){let a=C(null);G(()=>{a.current.value=n},[n]);let i=()=>{let{value:d}=a.current;d!==n&&(s(d),a.current.value=n)},l={
...r,ref:a,onBlur:i,onKeyDown:d=>d.key==="Enter"&&i()};return c?e("input",{type:"datetime-local",...l}):e("input",{...l})}function Ae(n){let s=[...n].sort((a,i)=>a[0]-i[0]),c=s.reduce((a,[,i])=>a+i,0)/2,r=0;return(s.find(([,a])=>(r+=a)>=c)??s[0])[0]}function ye(n){let s=new Map;for(let r of n){
if(r.p50_us===null||r.p95_us===null)continue;let a=s.get(r.workflow_name);a?a.push(r):s.set(r.workflow_name,[r])}let c=(r,a)=>Ae(r.map(i=>[i[a],i.succeeded+i.failed+
i.cancelled]));return new Map([...s].map(([r,a])=>[r,{p50:c(a,"p50_us"),p95:c(a,"p95_us")}]))}var Le=30,_e=()=>`/v2/statistics/activity?group_by=workflow_name&s\
tep=86400&from=${(Math.floor(Date.now()/864e5)-Le)*864e8}`,Se=3e5;var De=3e4,Re=3e3;function At(){let{query:n}=F(),{path:s,filters:c,marker:r,isSlow:a}=oe(n),[i,l]=w(0),d=!r&&!a,g=ke(d?"executions":void 0,m=>{if(m.event==="gap"&&
(!m.data.watch||m.data.watch==="executions"))return p.again();if(m.event!=="executions")return;let v=new Map(m.data.rows.map(o=>[o[0],o])),t=new Set(p.data?.executions.
map(o=>o.id));l(o=>o+[...v.keys()].filter(u=>!t.has(u)).length),p.patch(o=>({...o,executions:o.executions.map(u=>{let f=v.get(u.id);return f?{...u,state:f[2],updated_at:f[4]===
null?u.updated_at:new Date(f[4]/1e3).toISOString()}:u})}))}),p=j(s,d?g?De:Re:0);x(()=>l(0),[p.at,s]);let[h,k]=w(),_=C(!1);return x(()=>{if(!i||_.current||document.
getSelection()?.toString())return;let m=setTimeout(p.again,500);return()=>clearTimeout(m)},[i]),e(S,{children:[e("div",{class:"title",children:[e("h1",{children:"\
Executions"}),e(de,{text:X+s,label:"Copy as REST address"})]}),e(Ne,{filters:c}),i>0&&e("p",{role:"status",children:e("button",{onClick:p.again,children:[U(i),"\
 new or changed elsewhere \u2013 show"]})}),e("div",{onPointerEnter:()=>_.current=!0,onPointerLeave:()=>_.current=!1,children:e(ce,{of:p,children:m=>e(S,{children:[
a&&e(Pe,{list:m}),m.executions.length?e(je,{executions:m.executions,next:m.next,isFirst:!r,filters:c,ask:k}):e(Oe,{filters:c,isSlow:a,next:m.next})]})})}),h&&e(
ge,{action:h.action,filter:h.filter,ids:h.ids,close:()=>k(void 0),done:p.again})]})}var Ie={state:"the state",workflow_name:"the workflow",created_at:"the time",
state_info:"the message",input:"the input",description:"the description",tags:"the tag"};function Oe({filters:n,isSlow:s,next:c}){let r=Object.keys(n).length>0;
return s&&c?e(H,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>y({marker:xe(c)}),children:"Go on with older ones"})]}):
r?e(H,{children:[e("p",{children:["No execution matches ",Object.keys(n).length>1?"all of these filters":"this filter","."]}),e("p",{class:"buttons middle",children:[
Object.keys(n).length>1&&Object.keys(n).map(a=>e("button",{onClick:()=>y({[a]:void 0,marker:void 0}),children:["Without ",Ie[a]??a]})),e("button",{onClick:()=>L(
"/executions"),children:"Show all"})]})]}):e(H,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[e("a",{href:R("/workflows"),children:"Go to \
the workflows"}),", upload one, and run it."]})]})}var xe=n=>new URL(n,location.origin).searchParams.get("marker")??void 0;function Pe({list:n}){let s=`${n.executions.
length} found`;return n.scanned_to_us?e("p",{class:"muted",children:["Searched ",U(n.scanned??0)," executions, back to ",e(K,{time:n.scanned_to_us/1e3}),": ",s,
". This filter has no index, so it goes on step by step."]}):e("p",{class:"muted",children:["Searched to the end: ",s,"."]})}function Ne({filters:n}){let[s,c]=w(
n.workflow_name??""),[r,a]=w("state_info"),[i,l]=w("");x(()=>c(n.workflow_name??""),[n.workflow_name]);let d=Object.entries(n).filter(([t])=>!["state","workflow\
_name","created_at"].includes(t)),g=t=>new Date(Date.now()-t*36e5).toISOString().slice(0,16).replace("T"," "),p=t=>`gte:${g(t)}`,h=/^gte:([^,]{16})[^,]*,lt:(.{16})/.
exec(n.created_at??""),k=j(`/v2/statistics/executions${te({workflow_name:n.workflow_name,created_at:n.created_at})}`,1e4),_=t=>{let o=k.data?.counts.find(u=>u.state===
t);return o?.count===null||o===void 0?"":` ${U(o.count)}${o.capped?"+":""}`},m=pe.use()?.indexed_inputs??[],v=t=>{t.preventDefault(),i.trim()&&y({[r]:r==="input"||
r==="state_info"?`has:${i.trim()}`:i.trim(),marker:void 0}),l("")};return e("div",{class:"filters",role:"search",children:[e("div",{class:"chips",role:"group","\
aria-label":"State",children:["",...re].map(t=>e("button",{class:"chip","aria-pressed":(n.state??"")===t,onClick:()=>y({state:t,marker:void 0}),children:t?e(S,{
children:[e(I,{state:t}),e("span",{class:"muted",children:_(t)})]}):"All"}))}),e("form",{onSubmit:t=>{t.preventDefault(),y({workflow_name:s.trim(),marker:void 0})},
children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:s,placeholder:"exact name",onInput:t=>c(t.currentTarget.value)})]}),e("label",{children:[
"Created"," ",e("select",{value:n.created_at??"",onChange:t=>y({created_at:t.currentTarget.value,marker:void 0}),children:[e("option",{value:"",children:"any ti\
me"}),e("option",{value:p(1),children:"last hour"}),e("option",{value:p(24),children:"last 24 hours"}),e("option",{value:p(168),children:"last 7 days"}),n.created_at&&
e("option",{value:n.created_at,children:h?"from \u2026 to \u2026":n.created_at.replace(/^gte:/,"since ")}),!h&&e("option",{value:`gte:${g(24)},lt:${g(0)}`,children:"\
from \u2026 to \u2026"})]})]}),h&&[["from",1],["to",2]].map(([t,o])=>e("label",{children:[t," ",e(ve,{isMoment:!0,stands:h[o].replace(" ","T"),title:"UTC","aria\
-label":`Created ${t}, UTC`,take:u=>{let f=u.replace("T"," ");f&&y({created_at:o===1?`gte:${f},lt:${h[2]}`:`gte:${h[1]},lt:${f}`,marker:void 0})}})]})),e("butto\
n",{children:"Filter"})]}),e("form",{onSubmit:v,children:[e("label",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:r,onChange:t=>a(
t.currentTarget.value),children:[e("option",{value:"state_info",children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{
value:"description",children:"description is"}),e("option",{value:"tags",children:"has tag"}),m.map(t=>e("option",{value:`input.${t}`,children:["input ",t," is"]}))]})]}),
e("label",{children:[e("span",{class:"hidden",children:"Value"}),e("input",{value:i,placeholder:r==="input"||r==="state_info"?"a part of it":"exactly",onInput:t=>l(
t.currentTarget.value)})]}),e("button",{children:"Add"})]}),d.map(([t,o])=>e("button",{class:"chip",onClick:()=>y({[t]:void 0,marker:void 0}),"aria-label":`Remo\
ve the filter ${t}`,children:[t,"=",o," \u2715"]})),e(Ue,{})]})}function Ue(){let{query:n}=F(),[s,c]=w(()=>JSON.parse(D.get("saved")??"[]")),r=n.toString(),a=l=>{
D.set("saved",JSON.stringify(l)),c(l)};if(!r&&!s.length)return null;let i=s.find(([,l])=>l===r);return e("label",{children:[e("span",{class:"hidden",children:"S\
aved filters"}),e("select",{value:"",onChange:l=>{let d=l.currentTarget.value;l.currentTarget.value="",d==="+"?a([...s,[prompt("Name of this filter")||r,r]]):d===
"-"?a(s.filter(([,g])=>g!==r)):L(`/executions?${d}`)},children:[e("option",{value:"",children:"saved filters"}),s.map(([l,d])=>e("option",{value:d,children:l})),
r&&!i&&e("option",{value:"+",children:"save this one\u2026"}),i&&e("option",{value:"-",children:["forget \u201C",i[0],"\u201D"]})]})]})}function He({of:n,took:s}){
return n?e("span",{class:"muted nowrap",title:`Half of the runs of the last month took up to ${E(n.p50)}, 95 % up to ${E(n.p95)}, within a factor of two.`,children:[
E(n.p50)===E(n.p95)?`about ${E(n.p50)}`:`${E(n.p50)} \u2013 ${E(n.p95)}`,s>n.p95&&s>1e6&&e("strong",{class:"state-paused",children:" \u25C2 slower"})]}):e("span",
{class:"muted none",children:"\u2013"})}function je({executions:n,next:s,isFirst:c,filters:r,ask:a}){let i=C(null),[l,d]=w(new Set),g=s&&xe(s),p=j(_e(),Se),h=B(
()=>ye(p.data?.buckets??[]),[p.data]),k=t=>{let o=new Set(l);o.delete(t)||o.add(t),d(o)},_=()=>document.activeElement?.closest("tr")?.dataset.id;x(()=>{let t=o=>{
if(o.ctrlKey||o.metaKey||o.altKey||o.target.closest("input:not([type=checkbox]), textarea, select, dialog"))return;let u=o.key==="j"?1:o.key==="k"?-1:0,f=_();if(u){
let A=[...i.current?.querySelectorAll("a.row")??[]],W=A.findIndex($=>$.closest("tr")?.dataset.id===f);A[Math.max(0,Math.min(A.length-1,W+u))]?.focus()}else if(o.
key==="x"&&f)k(f);else if(o.key==="]"&&g)y({marker:g});else if(o.key==="["&&!c)history.back();else if(o.key==="="&&l.size===2)m();else return;o.preventDefault()};
return addEventListener("keydown",t),()=>removeEventListener("keydown",t)});let m=()=>{let[t,o]=[...l];L(`/compare?a=${b(t)}&b=${b(o)}`)},v=Object.keys(r).length>
0&&!ne.some(t=>t in r);return e(S,{children:[e("div",{class:"scroll",children:e("table",{class:"runs",children:[e("thead",{children:e("tr",{children:[e("th",{children:e(
"input",{type:"checkbox","aria-label":"All on this page",checked:n.every(t=>l.has(t.id)),onChange:t=>d(new Set(t.currentTarget.checked?n.map(o=>o.id):[]))})}),e(
"th",{children:"State"}),e("th",{children:"Workflow"}),e("th",{children:"Created"}),e("th",{children:"Took"}),e("th",{children:"Usual"}),e("th",{children:"Why o\
r what"}),e("th",{children:"Id"})]})}),e("tbody",{ref:i,children:n.map(t=>{let[o,u]=[q(t.created_at),q(t.updated_at)],f=ae(t.state)?u:Date.now();return e("tr",{
"data-id":t.id,class:l.has(t.id)?"chosen":void 0,children:[e("td",{children:e("input",{type:"checkbox","aria-label":`Choose ${t.id}`,checked:l.has(t.id),onChange:()=>k(
t.id)})}),e("td",{children:e(I,{state:t.state})}),e("td",{children:e("a",{class:"row",href:R(`/executions/${b(t.id)}`),children:t.workflow_name})}),e("td",{class:"\
nowrap",children:e(K,{time:o})}),e("td",{class:"nowrap",children:o!==void 0&&f!==void 0?f-o<1e3?"< 1 s":E((f-o)*1e3):"\u2013"}),e("td",{class:"nowrap",children:e(
He,{of:h.get(t.workflow_name),took:o!==void 0&&f!==void 0?(f-o)*1e3:0})}),e("td",{class:"wide",children:(t.state_info??t.description)&&e("span",{class:"clamp",title:t.
state_info??void 0,children:t.state_info?le(t.state_info):ie(t.description).words})}),e("td",{children:e("code",{title:t.id,children:t.id})})]},t.id)})})]})}),e(
"div",{class:"pager",children:[(l.size>0||v)&&e(me,{rule:"bulk_operations:create",children:e("label",{class:"left",children:[l.size?`${l.size} chosen: `:"All th\
at match: ",e("select",{value:"",onChange:t=>{a({action:t.currentTarget.value,...l.size?{ids:[...l]}:{filter:r}}),t.currentTarget.value=""},children:[e("option",
{value:"",children:"do\u2026"}),fe.map(([t,o])=>e("option",{value:t,children:o}))]})]})}),l.size===2&&e("button",{onClick:m,children:"Compare the two"}),!c&&e("\
button",{onClick:()=>history.back(),children:"Newer"}),!c&&e("button",{onClick:()=>y({marker:void 0}),children:"Newest"}),g&&e("button",{onClick:()=>y({marker:g}),
children:"Older"})]})]})}export{Fe as a,Je as b,ot as c,be as d,ke as e,ve as f,ye as g,_e as h,Se as i,At as j,He as k};
