import{$ as e,B as Z,G as ee,H as v,I as te,J as ne,K as R,M as oe,N as O,O as P,Q as C,R as F,T as M,V as se,W as re,X as N,Z as ae,_ as ie,a as S,aa as I,ba as q,
d as k,e as x,ea as le,f as V,g as $,ga as U,h as G,ha as ce,i as B,j as J,ja as ue,ka as H,l as X,m as Y,n as W,na as de,p as D,pa as pe,q as A,qa as me,r as _,
ra as fe,s as Q,t as L}from"./chunk-36QZDJPP.js";var xe=10;function K(){try{let n=JSON.parse(L.get("visited")??"[]");return Array.isArray(n)?n:[]}catch{return[]}}function je(n,s){L.set("visited",JSON.stringify(
[{to:n,name:s},...K().filter(u=>u.to!==n)].slice(0,xe)))}var Ee={execution:n=>`/executions/${v(n.id)}`,workflow:n=>`/workflows/${v(n.id)}`,action:n=>`/actions?name=${v(n.name)}`,environment:n=>`/environments?name=${v(
n.name)}`,cron_trigger:n=>`/triggers?name=${v(n.name)}`,event_trigger:()=>"/triggers",code_source:n=>`/code?name=${v(n.name)}`};async function ge(n){if(n.type===
"task"){let s=await C(`/v2/tasks/${v(n.id)}?fields=workflow_execution_id,name`);return`/executions/${v(s.workflow_execution_id)}?view=tasks&task=${v(s.name)}&ru\
n=${v(n.id)}`}if(n.type==="action_execution"){let s=await C(`/v2/action_executions/${v(n.id)}`);return s.task_execution_id?ge({...n,type:"task",id:s.task_execution_id}):
void 0}return Ee[n.type]?.(n)}function Ge({pages:n,close:s}){let[u,r]=k(""),[i,l]=k([]),[c,p]=k(!1),[m,d]=k(0);x(()=>{if(d(0),u.trim().length<2)return l([]);let a=new AbortController,
t=setTimeout(()=>{C(`/v2/search?q=${v(u.trim())}`,{signal:a.signal}).then(o=>{let[h,g]=[i,o.results].map(E=>E.filter(j=>j.type!=="workbook").length);d(E=>E>=h&&
E>0?E+g-h:0),l(o.results),p(o.partial)},()=>{})},150);return()=>{clearTimeout(t),a.abort()}},[u]);let b=[...n.map(([a,t,o])=>({words:t,note:`g ${o}`,to:`/${a}`})),
{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"F\
ailed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/executions?state=RUNNING"},...K().map(({to:a,name:t})=>({words:t,
note:`seen last \xB7 ${decodeURIComponent(a.split("/")[2]).slice(0,36)}`,to:a}))].filter(a=>a.words.toLowerCase().includes(u.trim().toLowerCase())),w=[...i.filter(
a=>a.type!=="workbook"),...b],y=async a=>{if(!a)return;let t="to"in a?a.to:await ge(a);t&&(s(),A(t))},f=a=>{if(a.key==="ArrowDown")d(Math.min(w.length-1,m+1));else if(a.
key==="ArrowUp")d(Math.max(0,m-1));else if(a.key==="Enter")y(w[m]);else return;a.preventDefault()};return e(ce,{title:"Find",close:s,children:[e("input",{class:"\
find",role:"combobox","aria-expanded":"true","aria-controls":"found","aria-activedescendant":w.length?`found-${m}`:void 0,"aria-label":"Id, name, tag, descripti\
on, or page",placeholder:"id, name, tag, description, or page",value:u,onInput:a=>r(a.currentTarget.value),onKeyDown:f}),e("ul",{class:"plain found",id:"found",
role:"listbox","aria-label":"Found",children:w.slice(0,40).map((a,t)=>e("li",{id:`found-${t}`,role:"option","aria-selected":t===m,onClick:()=>y(a),onPointerMove:()=>d(
t),children:"to"in a?e(S,{children:[a.words," ",e("span",{class:"muted",children:a.note})]}):e(S,{children:[a.state&&e(I,{state:a.state,short:!0})," ",a.name," ",
e("span",{class:"muted",children:[a.type.replace("_"," ")," \xB7 ",a.matched]})," ",e("code",{children:a.id.slice(0,36)})]})}))}),!w.length&&e("p",{class:"muted",
children:"Nothing found."}),c&&i.length>0&&e("p",{class:"muted",children:"There may be more: the search was cut short."})]})}var Te={password:"User and password",application_credential:"Application credential",token:"Token"};function tt({hasFailed:n}){let[s,u]=k([]),[r,i]=k("token"),[
l,c]=k(""),[p,m]=k(),d=oe.use();x(()=>{C("/console/session").then(({ways:t})=>{u(t),t.includes("password")&&i("password")},()=>u([]))},[]);let b=t=>{if(!t.project&&
t.projects.length)return m(t);P.set(!1),O(t.token,t.projects)},w=async(t,o,h)=>{c("");try{b(await C("/console/session",{method:t,json:o,headers:h?{"X-Auth-Token":h}:
{}}))}catch(g){c(g.message)}},y=t=>{t.preventDefault();let o=Object.fromEntries(new FormData(t.currentTarget));if(r!=="token")return void w("POST",{method:r,...o});
P.set(!1),O(o.token.trim())},f=t=>{let o=crypto.randomUUID?.()??String(Math.random());Q.set("mark",o),location.assign(`${D("/login/oidc")}?${new URLSearchParams(
{next:Y(),mark:o,...t?{realm:t}:{}})}`)},a=s.filter(t=>!t.startsWith("oidc"));return e("form",{class:"banner",onSubmit:y,"aria-label":"Sign in",children:[e("spa\
n",{children:l||d?e("span",{role:"alert",children:["\u2716 ",l||d]}):n?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are."}),
p&&e("label",{children:["Project ",e("select",{value:"",onChange:t=>w("PUT",{project:t.currentTarget.value},p.token),children:[e("option",{value:"",children:"ch\
oose\u2026"}),p.projects.map(t=>e("option",{value:t.id,children:t.name}))]})]}),s.includes("oidc")&&!s.includes("oidc_realm")&&e("button",{type:"button",class:"\
primary",onClick:()=>f(),children:"Sign in with your provider"}),s.includes("oidc_realm")&&e("label",{children:["Realm ",e("input",{name:"realm",autocomplete:"o\
rganization"})," ",e("button",{type:"button",class:"primary",onClick:t=>f(t.currentTarget.previousElementSibling.value.trim()),children:"Sign in with Keycloak"})]}),
a.length>0&&e("label",{children:["With ",e("select",{value:r,onChange:t=>i(t.currentTarget.value),children:[...a,"token"].map(t=>e("option",{value:t,children:Te[t]}))})]}),
r==="password"&&e(S,{children:[e("label",{children:["User ",e("input",{name:"user",autocomplete:"username",required:!0})]}),e("label",{children:["Password ",e("\
input",{name:"password",type:"password",autocomplete:"current-password",required:!0})]}),e("label",{children:["Domain ",e("input",{name:"domain",placeholder:"De\
fault"})]}),e("label",{children:["Project ",e("input",{name:"project",placeholder:"your own"})]})]}),r==="application_credential"&&e(S,{children:[e("label",{children:[
"Id ",e("input",{name:"id",autocomplete:"username",required:!0})]}),e("label",{children:["Secret ",e("input",{name:"secret",type:"password",autocomplete:"off",required:!0})]})]}),
r==="token"&&e("label",{children:["Token ",e("input",{name:"token",type:"password",autocomplete:"off",required:!0})]}),e("button",{class:s.includes("oidc")?"":"\
primary",children:"Sign in"}),n&&e("button",{type:"button",onClick:()=>{O(void 0),P.set(!1)},children:"Sign out"}),r==="token"&&e("span",{class:"muted",children:"\
It stays in this tab and is sent to this server only."})]})}var he=X("idle"),z=new Set,T;function $e(){if(T)return T;try{let n=B("live.js");if(typeof SharedWorker=="function")T=new SharedWorker(n,{type:"module",name:"mis\
tral"}).port;else{let s=new MessageChannel;new Worker(n,{type:"module"}).postMessage(void 0,[s.port2]),T=s.port1}}catch{return}return T.onmessage=({data:n})=>{if(n.
state)he.set(n.state);else for(let s of z)s(n)},T.postMessage({token:R.get()??""}),addEventListener("pagehide",()=>T?.postMessage({bye:!0})),addEventListener("p\
ageshow",n=>n.persisted&&location.reload()),T}R.listen(()=>T?.postMessage({token:R.get()??""}));var Ce=6e4;function be(n,s){let u=$(s);u.current=s;let r=Z.use();
return x(()=>{let i=n&&!r?$e():void 0;if(!n||!i)return;let l=!1,c=0,p=()=>{l||i.postMessage({watch:n}),l=!0},m=()=>{l&&i.postMessage({drop:n}),l=!1},d=()=>{clearTimeout(
c),document.hidden?c=window.setTimeout(m,Ce):p()},b=w=>{l&&u.current(w)};return z.add(b),document.addEventListener("visibilitychange",d),p(),()=>{z.delete(b),document.
removeEventListener("visibilitychange",d),clearTimeout(c),m()}},[n,r]),he.use()==="live"}function we({stands:n,take:s,isMoment:u,...r}){let i=$(null);V(()=>{i.current.value=n},[n]);let l=()=>{let{value:p}=i.current;p!==n&&(s(p),i.current.value=n)},c={
...r,ref:i,onBlur:l,onKeyDown:p=>p.key==="Enter"&&l()};return u?e("input",{type:"datetime-local",...c}):e("input",{...c})}function Me(n){let s=[...n].sort((i,l)=>i[0]-l[0]),u=s.reduce((i,[,l])=>i+l,0)/2,r=0;return(s.find(([,i])=>(r+=i)>=u)??s[0])[0]}function ke(n){let s=new Map;for(let r of n){
if(r.p50_us===null||r.p95_us===null)continue;let i=s.get(r.workflow_name);i?i.push(r):s.set(r.workflow_name,[r])}let u=(r,i)=>Me(r.map(l=>[l[i],l.succeeded+l.failed+
l.cancelled]));return new Map([...s].map(([r,i])=>[r,{p50:u(i,"p50_us"),p95:u(i,"p95_us")}]))}var Ae=30,ve=()=>`/v2/statistics/activity?group_by=workflow_name&s\
tep=86400&from=${(Math.floor(Date.now()/864e5)-Ae)*864e8}`,ye=3e5;var Le=3e4,De=3e3;function Ct(){let{query:n}=W(),{path:s,filters:u,marker:r,isSlow:i}=ne(n),[l,c]=k(0),p=!r&&!i,m=be(p?"executions":void 0,f=>{if(f.event==="gap"&&
(!f.data.watch||f.data.watch==="executions"))return d.again();if(f.event!=="executions")return;let a=new Map(f.data.rows.map(o=>[o[0],o])),t=new Set(d.data?.executions.
map(o=>o.id));c(o=>o+[...a.keys()].filter(h=>!t.has(h)).length),d.patch(o=>({...o,executions:o.executions.map(h=>{let g=a.get(h.id);return g?{...h,state:g[2],updated_at:g[4]===
null?h.updated_at:new Date(g[4]/1e3).toISOString()}:h})}))}),d=H(s,p?m?Le:De:0);x(()=>c(0),[d.at,s]);let[b,w]=k(),y=$(!1);return x(()=>{if(!l||y.current||document.
getSelection()?.toString())return;let f=setTimeout(d.again,500);return()=>clearTimeout(f)},[l]),e(S,{children:[e("div",{class:"title",children:[e("h1",{children:"\
Executions"}),e(ue,{text:J+s,label:"Copy as REST address"})]}),e(Oe,{filters:u}),l>0&&e("p",{role:"status",children:e("button",{onClick:d.again,children:[N(l),"\
 new or changed elsewhere \u2013 show"]})}),e("div",{onPointerEnter:()=>y.current=!0,onPointerLeave:()=>y.current=!1,children:e(le,{of:d,children:f=>e(S,{children:[
i&&e(Re,{list:f}),f.executions.length?e(Ue,{executions:f.executions,next:f.next,isFirst:!r,filters:u,ask:w}):e(Ie,{filters:u,isSlow:i,next:f.next})]})})}),b&&e(
fe,{action:b.action,filter:b.filter,ids:b.ids,close:()=>w(void 0),done:d.again})]})}function Ie({filters:n,isSlow:s,next:u}){let r=Object.keys(n).length>0;return s&&
u?e(U,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>_({marker:_e(u)}),children:"Go on with older ones"})]}):r?e(U,
{children:[e("p",{children:["No execution matches ",Object.keys(n).length>1?"all of these filters":"this filter","."]}),e("p",{class:"buttons middle",children:[
Object.keys(n).length>1&&Object.keys(n).map(i=>e("button",{onClick:()=>_({[i]:void 0,marker:void 0}),children:["Without ",i]})),e("button",{onClick:()=>A("/exec\
utions"),children:"Show all"})]})]}):e(U,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[e("a",{href:D("/workflows"),children:"Go to the wo\
rkflows"}),", upload one, and run it."]})]})}var _e=n=>new URL(n,location.origin).searchParams.get("marker")??void 0;function Re({list:n}){let s=`${n.executions.
length} found`;return n.scanned_to_us?e("p",{class:"muted",children:["Searched ",N(n.scanned??0)," executions, back to ",e(q,{time:n.scanned_to_us/1e3}),": ",s,
". This filter has no index, so it goes on step by step."]}):e("p",{class:"muted",children:["Searched to the end: ",s,"."]})}function Oe({filters:n}){let[s,u]=k(
n.workflow_name??""),[r,i]=k("state_info"),[l,c]=k("");x(()=>u(n.workflow_name??""),[n.workflow_name]);let p=Object.entries(n).filter(([t])=>!["state","workflow\
_name","created_at"].includes(t)),m=t=>new Date(Date.now()-t*36e5).toISOString().slice(0,16).replace("T"," "),d=t=>`gte:${m(t)}`,b=/^gte:([^,]{16})[^,]*,lt:(.{16})/.
exec(n.created_at??""),w=H(`/v2/statistics/executions${ee({workflow_name:n.workflow_name,created_at:n.created_at})}`,1e4),y=t=>{let o=w.data?.counts.find(h=>h.state===
t);return o?.count===null||o===void 0?"":` ${N(o.count)}${o.capped?"+":""}`},f=de.use()?.indexed_inputs??[],a=t=>{t.preventDefault(),l.trim()&&_({[r]:r==="input"||
r==="state_info"?`has:${l.trim()}`:l.trim(),marker:void 0}),c("")};return e("div",{class:"filters",role:"search",children:[e("div",{class:"chips",role:"group","\
aria-label":"State",children:["",...se].map(t=>e("button",{class:"chip","aria-pressed":(n.state??"")===t,onClick:()=>_({state:t,marker:void 0}),children:t?e(S,{
children:[e(I,{state:t}),e("span",{class:"muted",children:y(t)})]}):"All"}))}),e("form",{onSubmit:t=>{t.preventDefault(),_({workflow_name:s.trim(),marker:void 0})},
children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:s,placeholder:"exact name",onInput:t=>u(t.currentTarget.value)})]}),e("label",{children:[
"Created"," ",e("select",{value:n.created_at??"",onChange:t=>_({created_at:t.currentTarget.value,marker:void 0}),children:[e("option",{value:"",children:"any ti\
me"}),e("option",{value:d(1),children:"last hour"}),e("option",{value:d(24),children:"last 24 hours"}),e("option",{value:d(168),children:"last 7 days"}),n.created_at&&
e("option",{value:n.created_at,children:b?"from \u2026 to \u2026":n.created_at.replace(/^gte:/,"since ")}),!b&&e("option",{value:`gte:${m(24)},lt:${m(0)}`,children:"\
from \u2026 to \u2026"})]})]}),b&&[["from",1],["to",2]].map(([t,o])=>e("label",{children:[t," ",e(we,{isMoment:!0,stands:b[o].replace(" ","T"),title:"UTC","aria\
-label":`Created ${t}, UTC`,take:h=>{let g=h.replace("T"," ");g&&_({created_at:o===1?`gte:${g},lt:${b[2]}`:`gte:${b[1]},lt:${g}`,marker:void 0})}})]})),e("butto\
n",{children:"Filter"})]}),e("form",{onSubmit:a,children:[e("label",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:r,onChange:t=>i(
t.currentTarget.value),children:[e("option",{value:"state_info",children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{
value:"description",children:"description is"}),e("option",{value:"tags",children:"has tag"}),f.map(t=>e("option",{value:`input.${t}`,children:["input ",t," is"]}))]})]}),
e("label",{children:[e("span",{class:"hidden",children:"Value"}),e("input",{value:l,onInput:t=>c(t.currentTarget.value)})]}),e("button",{children:"Add"})]}),p.map(
([t,o])=>e("button",{class:"chip",onClick:()=>_({[t]:void 0,marker:void 0}),"aria-label":`Remove the filter ${t}`,children:[t,"=",o," \u2715"]})),e(Pe,{})]})}function Pe(){
let{query:n}=W(),[s,u]=k(()=>JSON.parse(L.get("saved")??"[]")),r=n.toString(),i=c=>{L.set("saved",JSON.stringify(c)),u(c)};if(!r&&!s.length)return null;let l=s.
find(([,c])=>c===r);return e("label",{children:[e("span",{class:"hidden",children:"Saved filters"}),e("select",{value:"",onChange:c=>{let p=c.currentTarget.value;
c.currentTarget.value="",p==="+"?i([...s,[prompt("Name of this filter")||r,r]]):p==="-"?i(s.filter(([,m])=>m!==r)):A(`/executions?${p}`)},children:[e("option",{
value:"",children:"saved filters"}),s.map(([c,p])=>e("option",{value:p,children:c})),r&&!l&&e("option",{value:"+",children:"save this one\u2026"}),l&&e("option",
{value:"-",children:["forget \u201C",l[0],"\u201D"]})]})]})}function Ne({of:n,took:s}){return n?e("span",{class:"muted",title:`Half of the runs of the last mont\
h took up to ${M(n.p50)}, 95 % up to ${M(n.p95)}, within a factor of two.`,children:[n.p50===n.p95?`about ${M(n.p50)}`:`${M(n.p50)} \u2013 ${M(n.p95)}`,s>n.p95&&
s>1e6&&e("strong",{class:"state-paused",children:" \u25C2 slower"})]}):e("span",{class:"muted none",children:"\u2013"})}function Ue({executions:n,next:s,isFirst:u,
filters:r,ask:i}){let l=$(null),[c,p]=k(new Set),m=s&&_e(s),d=H(ve(),ye),b=G(()=>ke(d.data?.buckets??[]),[d.data]),w=t=>{let o=new Set(c);o.delete(t)||o.add(t),
p(o)},y=()=>document.activeElement?.closest("tr")?.dataset.id;x(()=>{let t=o=>{if(o.ctrlKey||o.metaKey||o.altKey||o.target.closest("input:not([type=checkbox]), \
textarea, select, dialog"))return;let h=o.key==="j"?1:o.key==="k"?-1:0,g=y();if(h){let E=[...l.current?.querySelectorAll("a.row")??[]],j=E.findIndex(Se=>Se.closest(
"tr")?.dataset.id===g);E[Math.max(0,Math.min(E.length-1,j+h))]?.focus()}else if(o.key==="x"&&g)w(g);else if(o.key==="]"&&m)_({marker:m});else if(o.key==="["&&!u)
history.back();else if(o.key==="="&&c.size===2)f();else return;o.preventDefault()};return addEventListener("keydown",t),()=>removeEventListener("keydown",t)});let f=()=>{
let[t,o]=[...c];A(`/compare?a=${v(t)}&b=${v(o)}`)},a=Object.keys(r).length>0&&!te.some(t=>t in r);return e(S,{children:[e("div",{class:"scroll",children:e("tabl\
e",{class:"runs",children:[e("thead",{children:e("tr",{children:[e("th",{children:e("span",{class:"hidden",children:"Chosen"})}),e("th",{children:"State"}),e("t\
h",{children:"Workflow"}),e("th",{children:"Created"}),e("th",{children:"Took"}),e("th",{children:"Usual"}),e("th",{children:"Why or what"}),e("th",{children:"I\
d"})]})}),e("tbody",{ref:l,children:n.map(t=>{let[o,h]=[F(t.created_at),F(t.updated_at)],g=re(t.state)?h:Date.now();return e("tr",{"data-id":t.id,class:c.has(t.
id)?"chosen":void 0,children:[e("td",{children:e("input",{type:"checkbox","aria-label":`Choose ${t.id}`,checked:c.has(t.id),onChange:()=>w(t.id)})}),e("td",{children:e(
I,{state:t.state})}),e("td",{children:e("a",{class:"row",href:D(`/executions/${v(t.id)}`),children:t.workflow_name})}),e("td",{class:"nowrap",children:e(q,{time:o})}),
e("td",{class:"nowrap",children:o!==void 0&&g!==void 0?g-o<1e3?"< 1 s":M((g-o)*1e3):"\u2013"}),e("td",{class:"nowrap",children:e(Ne,{of:b.get(t.workflow_name),took:o!==
void 0&&g!==void 0?(g-o)*1e3:0})}),e("td",{class:"wide",children:(t.state_info??t.description)&&e("span",{class:"clamp",title:t.state_info??void 0,children:t.state_info?
ie(t.state_info):ae(t.description).words})}),e("td",{children:e("code",{title:t.id,children:t.id})})]},t.id)})})]})}),e("div",{class:"pager",children:[(c.size>0||
a)&&e(pe,{rule:"bulk_operations:create",children:e("label",{class:"left",children:[c.size?`${c.size} chosen: `:"All that match: ",e("select",{value:"",onChange:t=>{
i({action:t.currentTarget.value,...c.size?{ids:[...c]}:{filter:r}}),t.currentTarget.value=""},children:[e("option",{value:"",children:"do\u2026"}),me.map(([t,o])=>e(
"option",{value:t,children:o}))]})]})}),c.size===2&&e("button",{onClick:f,children:"Compare the two"}),!u&&e("button",{onClick:()=>history.back(),children:"Newe\
r"}),!u&&e("button",{onClick:()=>_({marker:void 0}),children:"Newest"}),m&&e("button",{onClick:()=>_({marker:m}),children:"Older"})]})]})}export{je as a,Ge as b,tt as c,he as d,be as e,we as f,ke as g,ve as h,ye as i,Ct as j,Ne as k};
