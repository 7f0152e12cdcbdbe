import{$ as e,B as Q,G as Z,H as v,I as ee,J as te,K as I,M as ne,N as R,O,Q as $,R as W,T as C,V as oe,W as se,X as P,Z as re,_ as ae,a as S,aa as D,ba as F,d as k,
e as x,ea as ie,f as z,g as T,ga as N,h as V,ha as le,i as G,j as B,ja as ce,ka as U,l as J,m as X,ma as ue,n as j,oa as de,p as L,pa as pe,q as M,qa as me,r as _,
s as Y,t as A}from"./chunk-I55BAWUM.js";var xe=10;function q(){try{let n=JSON.parse(A.get("visited")??"[]");return Array.isArray(n)?n:[]}catch{return[]}}function je(n,s){A.set("visited",JSON.stringify(
[{to:n,name:s},...q().filter(u=>u.to!==n)].slice(0,xe)))}var Ee={execution:n=>`/executions/${v(n.id)}`,workflow:n=>`/workflows/${v(n.id)}`,action:n=>`/actions?name=${v(n.name)}`,environment:n=>`/environments?name=${v(
n.name)}`,cron_trigger:n=>`/triggers?name=${v(n.name)}`,event_trigger:()=>"/triggers",code_source:n=>`/code?name=${v(n.name)}`};async function fe(n){if(n.type===
"task"){let s=await $(`/v2/tasks/${v(n.id)}?fields=workflow_execution_id,name`);return`/executions/${v(s.workflow_execution_id)}?view=tasks&task=${v(s.name)}&ru\
n=${v(n.id)}`}if(n.type==="action_execution"){let s=await $(`/v2/action_executions/${v(n.id)}`);return s.task_execution_id?fe({...n,type:"task",id:s.task_execution_id}):
void 0}return Ee[n.type]?.(n)}function Ge({pages:n,close:s}){let[u,r]=k(""),[i,l]=k([]),[c,d]=k(!1),[m,p]=k(0);x(()=>{if(p(0),u.trim().length<2)return l([]);let a=new AbortController,
t=setTimeout(()=>{$(`/v2/search?q=${v(u.trim())}`,{signal:a.signal}).then(o=>{l(o.results),d(o.partial)},()=>{})},150);return()=>{clearTimeout(t),a.abort()}},[u]);
let g=[...n.map(([a,t,o])=>({words:t,note:`g ${o}`,to:`/${a}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"},...q().map(({to:a,name:t})=>({words:t,note:`seen last \xB7 ${decodeURIComponent(a.split("/")[2]).slice(0,36)}`,to:a}))].filter(a=>a.words.
toLowerCase().includes(u.trim().toLowerCase())),b=[...i.filter(a=>a.type!=="workbook"),...g],y=async a=>{if(!a)return;let t="to"in a?a.to:await fe(a);t&&(s(),M(
t))},f=a=>{if(a.key==="ArrowDown")p(Math.min(b.length-1,m+1));else if(a.key==="ArrowUp")p(Math.max(0,m-1));else if(a.key==="Enter")y(b[m]);else return;a.preventDefault()};
return e(le,{title:"Find",close:s,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-controls":"found","aria-activedescendant":b.length?
`found-${m}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, description, or page",value:u,onInput:a=>r(a.currentTarget.value),
onKeyDown:f}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:b.slice(0,40).map((a,t)=>e("li",{id:`found-${t}`,role:"option",
"aria-selected":t===m,onClick:()=>y(a),onPointerMove:()=>p(t),children:"to"in a?e(S,{children:[a.words," ",e("span",{class:"muted",children:a.note})]}):e(S,{children:[
a.state&&e(D,{state:a.state,short:!0})," ",a.name," ",e("span",{class:"muted",children:[a.type.replace("_"," ")," \xB7 ",a.matched]})," ",e("code",{children:a.id.
slice(0,36)})]})}))}),!b.length&&e("p",{class:"muted",children:"Nothing found."}),c&&i.length>0&&e("p",{class:"muted",children:"There may be more: the search wa\
s cut short."})]})}var Te={password:"User and password",application_credential:"Application credential",token:"Token"};function tt({hasFailed:n}){let[s,u]=k([]),[r,i]=k("token"),[
l,c]=k(""),[d,m]=k(),p=ne.use();x(()=>{$("/console/session").then(({ways:t})=>{u(t),t.includes("password")&&i("password")},()=>u([]))},[]);let g=t=>{if(!t.project&&
t.projects.length)return m(t);O.set(!1),R(t.token,t.projects)},b=async(t,o,w)=>{c("");try{g(await $("/console/session",{method:t,json:o,headers:w?{"X-Auth-Token":w}:
{}}))}catch(h){c(h.message)}},y=t=>{t.preventDefault();let o=Object.fromEntries(new FormData(t.currentTarget));if(r!=="token")return void b("POST",{method:r,...o});
O.set(!1),R(o.token.trim())},f=t=>{let o=crypto.randomUUID?.()??String(Math.random());Y.set("mark",o),location.assign(`${L("/login/oidc")}?${new URLSearchParams(
{next:X(),mark:o,...t?{realm:t}:{}})}`)},a=s.filter(t=>!t.startsWith("oidc"));return e("form",{class:"banner",onSubmit:y,"aria-label":"Sign in",children:[e("spa\
n",{children:l||p?e("span",{role:"alert",children:["\u2716 ",l||p]}):n?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are."}),
d&&e("label",{children:["Project ",e("select",{value:"",onChange:t=>b("PUT",{project:t.currentTarget.value},d.token),children:[e("option",{value:"",children:"ch\
oose\u2026"}),d.projects.map(t=>e("option",{value:t.id,children:t.name}))]})]}),s.includes("oidc")&&!s.includes("oidc_realm")&&e("button",{type:"button",class:"\
primary",onClick:()=>f(),children:"Sign in with your provider"}),s.includes("oidc_realm")&&e("label",{children:["Realm ",e("input",{name:"realm",autocomplete:"o\
rganization"})," ",e("button",{type:"button",class:"primary",onClick:t=>f(t.currentTarget.previousElementSibling.value.trim()),children:"Sign in with Keycloak"})]}),
a.length>0&&e("label",{children:["With ",e("select",{value:r,onChange:t=>i(t.currentTarget.value),children:[...a,"token"].map(t=>e("option",{value:t,children:Te[t]}))})]}),
r==="password"&&e(S,{children:[e("label",{children:["User ",e("input",{name:"user",autocomplete:"username",required:!0})]}),e("label",{children:["Password ",e("\
input",{name:"password",type:"password",autocomplete:"current-password",required:!0})]}),e("label",{children:["Domain ",e("input",{name:"domain",placeholder:"De\
fault"})]}),e("label",{children:["Project ",e("input",{name:"project",placeholder:"your own"})]})]}),r==="application_credential"&&e(S,{children:[e("label",{children:[
"Id ",e("input",{name:"id",autocomplete:"username",required:!0})]}),e("label",{children:["Secret ",e("input",{name:"secret",type:"password",autocomplete:"off",required:!0})]})]}),
r==="token"&&e("label",{children:["Token ",e("input",{name:"token",type:"password",autocomplete:"off",required:!0})]}),e("button",{class:s.includes("oidc")?"":"\
primary",children:"Sign in"}),n&&e("button",{type:"button",onClick:()=>{R(void 0),O.set(!1)},children:"Sign out"}),r==="token"&&e("span",{class:"muted",children:"\
It stays in this tab and is sent to this server only."})]})}var ge=J("idle"),K=new Set,E;function $e(){if(E)return E;try{let n=G("live.js");if(typeof SharedWorker=="function")E=new SharedWorker(n,{type:"module",name:"mis\
tral"}).port;else{let s=new MessageChannel;new Worker(n,{type:"module"}).postMessage(void 0,[s.port2]),E=s.port1}}catch{return}return E.onmessage=({data:n})=>{if(n.
state)ge.set(n.state);else for(let s of K)s(n)},E.postMessage({token:I.get()??""}),addEventListener("pagehide",()=>E?.postMessage({bye:!0})),addEventListener("p\
ageshow",n=>n.persisted&&location.reload()),E}I.listen(()=>E?.postMessage({token:I.get()??""}));var Ce=6e4;function he(n,s){let u=T(s);u.current=s;let r=Q.use();
return x(()=>{let i=n&&!r?$e():void 0;if(!n||!i)return;let l=!1,c=0,d=()=>{l||i.postMessage({watch:n}),l=!0},m=()=>{l&&i.postMessage({drop:n}),l=!1},p=()=>{clearTimeout(
c),document.hidden?c=window.setTimeout(m,Ce):d()},g=b=>{l&&u.current(b)};return K.add(g),document.addEventListener("visibilitychange",p),d(),()=>{K.delete(g),document.
removeEventListener("visibilitychange",p),clearTimeout(c),m()}},[n,r]),ge.use()==="live"}function be({stands:n,take:s,isMoment:u,...r}){let i=T(null);z(()=>{i.current.value=n},[n]);let l=()=>{let{value:d}=i.current;d!==n&&s(d)},c={...r,ref:i,onBlur:l,
onKeyDown:d=>d.key==="Enter"&&l()};return u?e("input",{type:"datetime-local",...c}):e("input",{...c})}function Me(n){let s=[...n].sort((i,l)=>i[0]-l[0]),u=s.reduce((i,[,l])=>i+l,0)/2,r=0;return(s.find(([,i])=>(r+=i)>=u)??s[0])[0]}function we(n){let s=new Map;for(let r of n){
if(r.p50_us===null||r.p95_us===null)continue;let i=s.get(r.workflow_name);i?i.push(r):s.set(r.workflow_name,[r])}let u=(r,i)=>Me(r.map(l=>[l[i],l.succeeded+l.failed+
l.cancelled]));return new Map([...s].map(([r,i])=>[r,{p50:u(i,"p50_us"),p95:u(i,"p95_us")}]))}var Ae=30,ke=()=>`/v2/statistics/activity?group_by=workflow_name&s\
tep=86400&from=${(Math.floor(Date.now()/864e5)-Ae)*864e8}`,ve=3e5;var Le=3e4,De=3e3;function Ct(){let{query:n}=j(),{path:s,filters:u,marker:r,isSlow:i}=te(n),[l,c]=k(0),d=!r&&!i,m=he(d?"executions":void 0,f=>{if(f.event==="gap"&&
(!f.data.watch||f.data.watch==="executions"))return p.again();if(f.event!=="executions")return;let a=new Map(f.data.rows.map(o=>[o[0],o])),t=new Set(p.data?.executions.
map(o=>o.id));c(o=>o+[...a.keys()].filter(w=>!t.has(w)).length),p.patch(o=>({...o,executions:o.executions.map(w=>{let h=a.get(w.id);return h?{...w,state:h[2],updated_at:h[4]===
null?w.updated_at:new Date(h[4]/1e3).toISOString()}:w})}))}),p=U(s,d?m?Le:De:0);x(()=>c(0),[p.at,s]);let[g,b]=k(),y=T(!1);return x(()=>{if(!l||y.current||document.
getSelection()?.toString())return;let f=setTimeout(p.again,500);return()=>clearTimeout(f)},[l]),e(S,{children:[e("div",{class:"title",children:[e("h1",{children:"\
Executions"}),e(ce,{text:B+s,label:"Copy as REST address"})]}),e(Oe,{filters:u}),l>0&&e("p",{role:"status",children:e("button",{onClick:p.again,children:[P(l),"\
 new or changed elsewhere \u2013 show"]})}),e("div",{onPointerEnter:()=>y.current=!0,onPointerLeave:()=>y.current=!1,children:e(ie,{of:p,children:f=>e(S,{children:[
i&&e(Re,{list:f}),f.executions.length?e(Ue,{executions:f.executions,next:f.next,isFirst:!r,filters:u,ask:b}):e(Ie,{filters:u,isSlow:i,next:f.next})]})})}),g&&e(
me,{action:g.action,filter:g.filter,ids:g.ids,close:()=>b(void 0),done:p.again})]})}function Ie({filters:n,isSlow:s,next:u}){let r=Object.keys(n).length>0;return s&&
u?e(N,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>_({marker:ye(u)}),children:"Go on with older ones"})]}):r?e(N,
{children:[e("p",{children:["No execution matches ",Object.keys(n).length>1?"all of these filters":"this filter","."]}),e("p",{class:"buttons middle",children:[
Object.keys(n).length>1&&Object.keys(n).map(i=>e("button",{onClick:()=>_({[i]:void 0,marker:void 0}),children:["Without ",i]})),e("button",{onClick:()=>M("/exec\
utions"),children:"Show all"})]})]}):e(N,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[e("a",{href:L("/workflows"),children:"Go to the wo\
rkflows"}),", upload one, and run it."]})]})}var ye=n=>new URL(n,location.origin).searchParams.get("marker")??void 0;function Re({list:n}){let s=`${n.executions.
length} found`;return n.scanned_to_us?e("p",{class:"muted",children:["Searched ",P(n.scanned??0)," executions, back to ",e(F,{time:n.scanned_to_us/1e3}),": ",s,
". This filter has no index, so it goes on step by step."]}):e("p",{class:"muted",children:["Searched to the end: ",s,"."]})}function Oe({filters:n}){let[s,u]=k(
n.workflow_name??""),[r,i]=k("state_info"),[l,c]=k("");x(()=>u(n.workflow_name??""),[n.workflow_name]);let d=Object.entries(n).filter(([t])=>!["state","workflow\
_name","created_at"].includes(t)),m=t=>new Date(Date.now()-t*36e5).toISOString().slice(0,16).replace("T"," "),p=t=>`gte:${m(t)}`,g=/^gte:([^,]{16})[^,]*,lt:(.{16})/.
exec(n.created_at??""),b=U(`/v2/statistics/executions${Z({workflow_name:n.workflow_name,created_at:n.created_at})}`,1e4),y=t=>{let o=b.data?.counts.find(w=>w.state===
t);return o?.count===null||o===void 0?"":` ${P(o.count)}${o.capped?"+":""}`},f=ue.use()?.indexed_inputs??[],a=t=>{t.preventDefault(),l.trim()&&_({[r]:r==="input"||
r==="state_info"?`has:${l.trim()}`:l.trim(),marker:void 0}),c("")};return e("div",{class:"filters",role:"search",children:[e("div",{class:"chips",role:"group","\
aria-label":"State",children:["",...oe].map(t=>e("button",{class:"chip","aria-pressed":(n.state??"")===t,onClick:()=>_({state:t,marker:void 0}),children:t?e(S,{
children:[e(D,{state:t}),e("span",{class:"muted",children:y(t)})]}):"All"}))}),e("form",{onSubmit:t=>{t.preventDefault(),_({workflow_name:s.trim(),marker:void 0})},
children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:s,placeholder:"exact name",onInput:t=>u(t.currentTarget.value)})]}),e("label",{children:[
"Created"," ",e("select",{value:n.created_at??"",onChange:t=>_({created_at:t.currentTarget.value,marker:void 0}),children:[e("option",{value:"",children:"any ti\
me"}),e("option",{value:p(1),children:"last hour"}),e("option",{value:p(24),children:"last 24 hours"}),e("option",{value:p(168),children:"last 7 days"}),n.created_at&&
e("option",{value:n.created_at,children:g?"from \u2026 to \u2026":n.created_at.replace(/^gte:/,"since ")}),!g&&e("option",{value:`gte:${m(24)},lt:${m(0)}`,children:"\
from \u2026 to \u2026"})]})]}),g&&[["from",1],["to",2]].map(([t,o])=>e("label",{children:[t," ",e(be,{isMoment:!0,stands:g[o].replace(" ","T"),title:"UTC","aria\
-label":`Created ${t}, UTC`,take:w=>{let h=w.replace("T"," ");h&&_({created_at:o===1?`gte:${h},lt:${g[2]}`:`gte:${g[1]},lt:${h}`,marker:void 0})}})]})),e("butto\
n",{children:"Filter"})]}),e("form",{onSubmit:a,children:[e("label",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:r,onChange:t=>i(
t.currentTarget.value),children:[e("option",{value:"state_info",children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{
value:"description",children:"description is"}),e("option",{value:"tags",children:"has tag"}),f.map(t=>e("option",{value:`input.${t}`,children:["input ",t," is"]}))]})]}),
e("label",{children:[e("span",{class:"hidden",children:"Value"}),e("input",{value:l,onInput:t=>c(t.currentTarget.value)})]}),e("button",{children:"Add"})]}),d.map(
([t,o])=>e("button",{class:"chip",onClick:()=>_({[t]:void 0,marker:void 0}),"aria-label":`Remove the filter ${t}`,children:[t,"=",o," \u2715"]})),e(Pe,{})]})}function Pe(){
let{query:n}=j(),[s,u]=k(()=>JSON.parse(A.get("saved")??"[]")),r=n.toString(),i=c=>{A.set("saved",JSON.stringify(c)),u(c)};if(!r&&!s.length)return null;let l=s.
find(([,c])=>c===r);return e("label",{children:[e("span",{class:"hidden",children:"Saved filters"}),e("select",{value:"",onChange:c=>{let d=c.currentTarget.value;
c.currentTarget.value="",d==="+"?i([...s,[prompt("Name of this filter")||r,r]]):d==="-"?i(s.filter(([,m])=>m!==r)):M(`/executions?${d}`)},children:[e("option",{
value:"",children:"saved filters"}),s.map(([c,d])=>e("option",{value:d,children:c})),r&&!l&&e("option",{value:"+",children:"save this one\u2026"}),l&&e("option",
{value:"-",children:["forget \u201C",l[0],"\u201D"]})]})]})}function Ne({of:n,took:s}){return n?e("span",{class:"muted",title:`Half of the runs of the last mont\
h took up to ${C(n.p50)}, 95 % up to ${C(n.p95)}, within a factor of two.`,children:[n.p50===n.p95?`about ${C(n.p50)}`:`${C(n.p50)} \u2013 ${C(n.p95)}`,s>n.p95&&
s>1e6&&e("strong",{class:"state-paused",children:" \u25C2 slower"})]}):e("span",{class:"muted none",children:"\u2013"})}function Ue({executions:n,next:s,isFirst:u,
filters:r,ask:i}){let l=T(null),[c,d]=k(new Set),m=s&&ye(s),p=U(ke(),ve),g=V(()=>we(p.data?.buckets??[]),[p.data]),b=t=>{let o=new Set(c);o.delete(t)||o.add(t),
d(o)},y=()=>document.activeElement?.closest("tr")?.dataset.id;x(()=>{let t=o=>{if(o.ctrlKey||o.metaKey||o.altKey||o.target.closest("input:not([type=checkbox]), \
textarea, select, dialog"))return;let w=o.key==="j"?1:o.key==="k"?-1:0,h=y();if(w){let H=[...l.current?.querySelectorAll("a.row")??[]],_e=H.findIndex(Se=>Se.closest(
"tr")?.dataset.id===h);H[Math.max(0,Math.min(H.length-1,_e+w))]?.focus()}else if(o.key==="x"&&h)b(h);else if(o.key==="]"&&m)_({marker:m});else if(o.key==="["&&!u)
history.back();else if(o.key==="="&&c.size===2)f();else return;o.preventDefault()};return addEventListener("keydown",t),()=>removeEventListener("keydown",t)});let f=()=>{
let[t,o]=[...c];M(`/compare?a=${v(t)}&b=${v(o)}`)},a=Object.keys(r).length>0&&!ee.some(t=>t in r);return e(S,{children:[e("div",{class:"scroll",children:e("tabl\
e",{class:"runs",children:[e("thead",{children:e("tr",{children:[e("th",{children:e("span",{class:"hidden",children:"Chosen"})}),e("th",{children:"State"}),e("t\
h",{children:"Workflow"}),e("th",{children:"Created"}),e("th",{children:"Took"}),e("th",{children:"Usual"}),e("th",{children:"Why or what"}),e("th",{children:"I\
d"})]})}),e("tbody",{ref:l,children:n.map(t=>{let[o,w]=[W(t.created_at),W(t.updated_at)],h=se(t.state)?w:Date.now();return e("tr",{"data-id":t.id,class:c.has(t.
id)?"chosen":void 0,children:[e("td",{children:e("input",{type:"checkbox","aria-label":`Choose ${t.id}`,checked:c.has(t.id),onChange:()=>b(t.id)})}),e("td",{children:e(
D,{state:t.state})}),e("td",{children:e("a",{class:"row",href:L(`/executions/${v(t.id)}`),children:t.workflow_name})}),e("td",{class:"nowrap",children:e(F,{time:o})}),
e("td",{class:"nowrap",children:o!==void 0&&h!==void 0?h-o<1e3?"< 1 s":C((h-o)*1e3):"\u2013"}),e("td",{class:"nowrap",children:e(Ne,{of:g.get(t.workflow_name),took:o!==
void 0&&h!==void 0?(h-o)*1e3:0})}),e("td",{class:"wide",children:(t.state_info??t.description)&&e("span",{class:"clamp",title:t.state_info??void 0,children:t.state_info?
ae(t.state_info):re(t.description).words})}),e("td",{children:e("code",{title:t.id,children:t.id})})]},t.id)})})]})}),e("div",{class:"pager",children:[(c.size>0||
a)&&e(de,{rule:"bulk_operations:create",children:e("label",{class:"left",children:[c.size?`${c.size} chosen: `:"All that match: ",e("select",{value:"",onChange:t=>{
i({action:t.currentTarget.value,...c.size?{ids:[...c]}:{filter:r}}),t.currentTarget.value=""},children:[e("option",{value:"",children:"do\u2026"}),pe.map(([t,o])=>e(
"option",{value:t,children:o}))]})]})}),c.size===2&&e("button",{onClick:f,children:"Compare the two"}),!u&&e("button",{onClick:()=>history.back(),children:"Newe\
r"}),!u&&e("button",{onClick:()=>_({marker:void 0}),children:"Newest"}),m&&e("button",{onClick:()=>_({marker:m}),children:"Older"})]})]})}export{je as a,Ge as b,tt as c,ge as d,he as e,be as f,we as g,ke as h,ve as i,Ct as j,Ne as k};
