import{$ as I,A as Z,F as ee,G as k,H as te,I as ne,J as R,L as oe,M as N,N as U,P as C,Q as q,S as E,U as se,V as ae,W as P,Y as re,Z as ie,_ as e,a as _,aa as z,
d as b,da as le,e as S,g as A,ga as j,h as G,ha as ce,i as J,j as B,ja as ue,ka as H,l as X,m as Y,ma as de,n as F,o as D,oa as pe,p as M,pa as me,q as y,qa as fe,
r as Q,s as L}from"./chunk-MKULGKPA.js";var Te=10;function K(){try{let t=JSON.parse(L.get("visited")??"[]");return Array.isArray(t)?t:[]}catch{return[]}}function We(t,a){L.set("visited",JSON.stringify(
[{to:t,name:a},...K().filter(d=>d.to!==t)].slice(0,Te)))}var ge={execution:t=>`/executions/${k(t.id)}`,workflow:t=>`/workflows/${k(t.id)}`,action:t=>`/actions?name=${k(t.name)}`,environment:t=>`/environments?name=${k(
t.name)}`,cron_trigger:t=>`/triggers?name=${k(t.name)}`,event_trigger:()=>"/triggers",code_source:t=>`/code?name=${k(t.name)}`};async function he(t){if(t.type===
"task"){let a=await C(`/v2/tasks/${k(t.id)}?fields=workflow_execution_id,name`);return`/executions/${k(a.workflow_execution_id)}?view=tasks&task=${k(a.name)}&ru\
n=${k(t.id)}`}if(t.type==="action_execution"){let a=await C(`/v2/action_executions/${k(t.id)}`);return a.task_execution_id?he({...t,type:"task",id:a.task_execution_id}):
void 0}return ge[t.type]?.(t)}function Je({pages:t,close:a}){let[d,r]=b(""),[l,c]=b([]),[u,f]=b(!1),[g,p]=b(0);S(()=>{if(p(0),d.trim().length<2)return c([]);let o=new AbortController,
s=setTimeout(()=>{C(`/v2/search?q=${k(d.trim())}`,{signal:o.signal}).then(i=>{c(i.results),f(i.partial)},()=>{})},150);return()=>{clearTimeout(s),o.abort()}},[d]);
let h=[...t.map(([o,s,i])=>({words:s,note:`g ${i}`,to:`/${o}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"},...K().map(({to:o,name:s})=>({words:s,note:`seen last \xB7 ${decodeURIComponent(o.split("/")[2]).slice(0,36)}`,to:o}))].filter(o=>o.words.
toLowerCase().includes(d.trim().toLowerCase())),m=l.filter(o=>o.type!=="workbook"),x=new Set(m.flatMap(o=>[ge[o.type]?.(o),o.type==="workflow"?`/workflows/${k(o.
name)}`:void 0])),v=[...m,...h.filter(o=>!x.has(o.to))],w=async o=>{if(!o)return;let s="to"in o?o.to:await he(o);s&&(a(),M(s))},n=o=>{if(o.key==="ArrowDown")p(Math.
min(v.length-1,g+1));else if(o.key==="ArrowUp")p(Math.max(0,g-1));else if(o.key==="Enter")w(v[g]);else return;o.preventDefault()};return e(ce,{title:"Find",close:a,
children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-controls":"found","aria-activedescendant":v.length?`found-${g}`:void 0,"aria-labe\
l":"Id, name, tag, description, or page",placeholder:"id, name, tag, description, or page",value:d,onInput:o=>r(o.currentTarget.value),onKeyDown:n}),e("ul",{class:"\
plain found",id:"found",role:"listbox","aria-label":"Found",children:v.slice(0,40).map((o,s)=>e("li",{id:`found-${s}`,role:"option","aria-selected":s===g,onClick:()=>w(
o),onPointerMove:()=>p(s),children:"to"in o?e(_,{children:[o.words," ",e("span",{class:"muted",children:o.note})]}):e(_,{children:[o.state&&e(I,{state:o.state,short:!0}),
" ",o.name," ",e("span",{class:"muted",children:[o.type.replace("_"," ")," \xB7 ",o.matched]})," ",e("code",{children:o.id.slice(0,36)})]})}))}),!v.length&&e("p",
{class:"muted",children:"Nothing found."}),u&&l.length>0&&e("p",{class:"muted",children:"There may be more: the search was cut short."})]})}var Ee={password:"User and password",application_credential:"Application credential",token:"Token"};function nt({hasFailed:t}){let[a,d]=b([]),[r,l]=b("token"),[
c,u]=b(""),[f,g]=b(),p=oe.use();S(()=>{C("/console/session").then(({ways:n})=>{d(n),n.includes("password")&&l("password")},()=>d([]))},[]);let h=n=>{if(!n.project&&
n.projects.length)return g(n);U.set(!1),N(n.token,n.projects)},m=async(n,o,s)=>{u("");try{h(await C("/console/session",{method:n,json:o,headers:s?{"X-Auth-Token":s}:
{}}))}catch(i){u(i.message)}},x=n=>{n.preventDefault();let o=Object.fromEntries(new FormData(n.currentTarget));if(r!=="token")return void m("POST",{method:r,...o});
U.set(!1),N(o.token.trim())},v=n=>{let o=crypto.randomUUID?.()??String(Math.random());Q.set("mark",o),location.assign(`${D("/login/oidc")}?${new URLSearchParams(
{next:Y(),mark:o,...n?{realm:n}:{}})}`)},w=a.filter(n=>!n.startsWith("oidc"));return e("form",{class:"banner",onSubmit:x,"aria-label":"Sign in",children:[e("spa\
n",{children:c||p?e("span",{role:"alert",children:["\u2716 ",c||p]}):t?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are."}),
f&&e("label",{children:["Project ",e("select",{value:"",onChange:n=>m("PUT",{project:n.currentTarget.value},f.token),children:[e("option",{value:"",children:"ch\
oose\u2026"}),f.projects.map(n=>e("option",{value:n.id,children:n.name}))]})]}),a.includes("oidc")&&!a.includes("oidc_realm")&&e("button",{type:"button",class:"\
primary",onClick:()=>v(),children:"Sign in with your provider"}),a.includes("oidc_realm")&&e("label",{children:["Realm ",e("input",{name:"realm",autocomplete:"o\
rganization"})," ",e("button",{type:"button",class:"primary",onClick:n=>v(n.currentTarget.previousElementSibling.value.trim()),children:"Sign in with Keycloak"})]}),
w.length>0&&e("label",{children:["With ",e("select",{value:r,onChange:n=>l(n.currentTarget.value),children:[...w,"token"].map(n=>e("option",{value:n,children:Ee[n]}))})]}),
r==="password"&&e(_,{children:[e("label",{children:["User ",e("input",{name:"user",autocomplete:"username",required:!0})]}),e("label",{children:["Password ",e("\
input",{name:"password",type:"password",autocomplete:"current-password",required:!0})]}),e("label",{children:["Domain ",e("input",{name:"domain",placeholder:"De\
fault"})]}),e("label",{children:["Project ",e("input",{name:"project",placeholder:"your own"})]})]}),r==="application_credential"&&e(_,{children:[e("label",{children:[
"Id ",e("input",{name:"id",autocomplete:"username",required:!0})]}),e("label",{children:["Secret ",e("input",{name:"secret",type:"password",autocomplete:"off",required:!0})]})]}),
r==="token"&&e("label",{children:["Token ",e("input",{name:"token",type:"password",autocomplete:"off",required:!0})]}),e("button",{class:a.includes("oidc")?"":"\
primary",children:"Sign in"}),t&&e("button",{type:"button",onClick:()=>{N(void 0),U.set(!1)},children:"Sign out"}),r==="token"&&e("span",{class:"muted",children:"\
It stays in this tab and is sent to this server only."})]})}var we=X("idle"),V=new Set,$;function $e(){if($)return $;try{let t=J("live.js");if(typeof SharedWorker=="function")$=new SharedWorker(t,{type:"module",name:"mis\
tral"}).port;else{let a=new MessageChannel;new Worker(t,{type:"module"}).postMessage(void 0,[a.port2]),$=a.port1}}catch{return}return $.onmessage=({data:t})=>{if(t.
state)we.set(t.state);else for(let a of V)a(t)},$.postMessage({token:R.get()??""}),addEventListener("pagehide",()=>$?.postMessage({bye:!0})),addEventListener("p\
ageshow",t=>t.persisted&&location.reload()),$}R.listen(()=>$?.postMessage({token:R.get()??""}));var Ce=6e4;function be(t,a){let d=A(a);d.current=a;let r=Z.use();
return S(()=>{let l=t&&!r?$e():void 0;if(!t||!l)return;let c=!1,u=0,f=()=>{c||l.postMessage({watch:t}),c=!0},g=()=>{c&&l.postMessage({drop:t}),c=!1},p=()=>{clearTimeout(
u),document.hidden?u=window.setTimeout(g,Ce):f()},h=m=>{c&&d.current(m)};return V.add(h),document.addEventListener("visibilitychange",p),f(),()=>{V.delete(h),document.
removeEventListener("visibilitychange",p),clearTimeout(u),g()}},[t,r]),we.use()==="live"}function Me(t){let a=[...t].sort((l,c)=>l[0]-c[0]),d=a.reduce((l,[,c])=>l+c,0)/2,r=0;return(a.find(([,l])=>(r+=l)>=d)??a[0])[0]}function ke(t){let a=new Map;for(let r of t){
if(r.p50_us===null||r.p95_us===null)continue;let l=a.get(r.workflow_name);l?l.push(r):a.set(r.workflow_name,[r])}let d=(r,l)=>Me(r.map(c=>[c[l],c.succeeded+c.failed+
c.cancelled]));return new Map([...a].map(([r,l])=>[r,{p50:d(l,"p50_us"),p95:d(l,"p95_us")}]))}var Le=30,ve=()=>`/v2/statistics/activity?group_by=workflow_name&s\
tep=86400&from=${(Math.floor(Date.now()/864e5)-Le)*864e8}`,ye=3e5;var Ae=3e4,De=3e3;function Tt(){let{query:t}=F(),{path:a,filters:d,marker:r,isSlow:l}=ne(t),[c,u]=b(0),f=!r&&!l,g=be(f?"executions":void 0,m=>{if(m.event==="gap"&&
(!m.data.watch||m.data.watch==="executions"))return p.again();if(m.event!=="executions")return;let x=new Map(m.data.rows.map(w=>[w[0],w])),v=new Set(p.data?.executions.
map(w=>w.id));u(w=>w+[...x.keys()].filter(n=>!v.has(n)).length),p.patch(w=>({...w,executions:w.executions.map(n=>{let o=x.get(n.id);return o?{...n,state:o[2],updated_at:o[4]===
null?n.updated_at:new Date(o[4]/1e3).toISOString()}:n})}))}),p=H(a,f?g?Ae:De:0);S(()=>u(0),[p.at,a]);let h=A(!1);return S(()=>{if(!c||h.current||document.getSelection()?.
toString())return;let m=setTimeout(p.again,500);return()=>clearTimeout(m)},[c]),e(_,{children:[e("div",{class:"title",children:[e("h1",{children:"Executions"}),
e(ue,{text:B+a,label:"Copy as REST address"})]}),e(Ne,{filters:d}),c>0&&e("p",{role:"status",children:e("button",{onClick:p.again,children:[P(c)," new or change\
d elsewhere \u2013 show"]})}),e("div",{onPointerEnter:()=>h.current=!0,onPointerLeave:()=>h.current=!1,children:e(le,{of:p,children:m=>e(_,{children:[l&&e(Re,{list:m}),
m.executions.length?e(je,{executions:m.executions,next:m.next,isFirst:!r,filters:d,again:p.again}):e(Oe,{filters:d,isSlow:l,next:m.next})]})})})]})}var Ie={state:"\
the state",workflow_name:"the workflow",created_at:"the time",state_info:"the message",input:"the input",description:"the description",tags:"the tag"};function Oe({
filters:t,isSlow:a,next:d}){let r=Object.keys(t).length>0;return a&&d?e(j,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>y(
{marker:_e(d)}),children:"Go on with older ones"})]}):r?e(j,{children:[e("p",{children:["No execution matches ",Object.keys(t).length>1?"all of these filters":"\
this filter","."]}),e("p",{class:"buttons middle",children:[Object.keys(t).length>1&&Object.keys(t).map(l=>e("button",{onClick:()=>y({[l]:void 0,marker:void 0}),
children:["Without ",Ie[l]??l]})),e("button",{onClick:()=>M("/executions"),children:"Show all"})]})]}):e(j,{children:[e("p",{children:"Nothing has run yet."}),e(
"p",{children:[e("a",{href:D("/workflows"),children:"Go to the workflows"}),", upload one, and run it."]})]})}var _e=t=>new URL(t,location.origin).searchParams.
get("marker")??void 0;function Re({list:t}){let a=`${t.executions.length} found`;return t.scanned_to_us?e("p",{class:"muted",children:["Searched ",P(t.scanned??
0)," executions, back to ",e(z,{time:t.scanned_to_us/1e3}),": ",a,". This filter has no index, so it goes on step by step."]}):e("p",{class:"muted",children:["S\
earched to the end: ",a,"."]})}function Ne({filters:t}){let[a,d]=b(t.workflow_name??""),[r,l]=b("state_info"),[c,u]=b("");S(()=>d(t.workflow_name??""),[t.workflow_name]);
let f=Object.entries(t).filter(([n])=>!["state","workflow_name","created_at"].includes(n)),g=n=>new Date(Date.now()-n*36e5).toISOString().slice(0,16).replace("T",
" "),p=n=>`gte:${g(n)}`,h=/^gte:([^,]{16})[^,]*,lt:(.{16})/.exec(t.created_at??""),m=H(`/v2/statistics/executions${ee({workflow_name:t.workflow_name,created_at:t.
created_at})}`,1e4),x=n=>{let o=m.data?.counts.find(s=>s.state===n);return o?.count===null||o===void 0?"":` ${P(o.count)}${o.capped?"+":""}`},v=de.use()?.indexed_inputs??
[],w=n=>{n.preventDefault(),c.trim()&&y({[r]:r==="input"||r==="state_info"?`has:${c.trim()}`:c.trim(),marker:void 0}),u("")};return e("div",{class:"filters",role:"\
search",children:[e("div",{class:"chips",role:"group","aria-label":"State",children:["",...se].map(n=>e("button",{class:"chip","aria-pressed":(t.state??"")===n,
onClick:()=>y({state:n,marker:void 0}),children:n?e(_,{children:[e(I,{state:n}),e("span",{class:"muted",children:x(n)})]}):"All"}))}),e("form",{onSubmit:n=>{n.preventDefault(),
y({workflow_name:a.trim(),marker:void 0})},children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:a,placeholder:"exact name",onInput:n=>d(
n.currentTarget.value)})]}),e("label",{children:["Created"," ",e("select",{value:t.created_at??"",onChange:n=>y({created_at:n.currentTarget.value,marker:void 0}),
children:[e("option",{value:"",children:"any time"}),e("option",{value:p(1),children:"last hour"}),e("option",{value:p(24),children:"last 24 hours"}),e("option",
{value:p(168),children:"last 7 days"}),t.created_at&&e("option",{value:t.created_at,children:h?"from \u2026 to \u2026":t.created_at.replace(/^gte:/,"since ")}),
!h&&e("option",{value:`gte:${g(24)},lt:${g(0)}`,children:"from \u2026 to \u2026"})]})]}),h&&[["from",1],["to",2]].map(([n,o])=>e("label",{children:[n," ",e("inp\
ut",{type:"datetime-local",value:h[o].replace(" ","T"),title:"UTC","aria-label":`Created ${n}, UTC`,onChange:s=>{let i=s.currentTarget.value.replace("T"," ");i&&
y({created_at:o===1?`gte:${i},lt:${h[2]}`:`gte:${h[1]},lt:${i}`,marker:void 0})}})]})),e("button",{children:"Filter"})]}),e("form",{onSubmit:w,children:[e("labe\
l",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:r,onChange:n=>l(n.currentTarget.value),children:[e("option",{value:"state_info",
children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{value:"description",children:"description is"}),e("option",{value:"\
tags",children:"has tag"}),v.map(n=>e("option",{value:`input.${n}`,children:["input ",n," is"]}))]})]}),e("label",{children:[e("span",{class:"hidden",children:"\
Value"}),e("input",{value:c,placeholder:r==="input"||r==="state_info"?"a part of it":"exactly",onInput:n=>u(n.currentTarget.value)})]}),e("button",{children:"Ad\
d"})]}),f.map(([n,o])=>e("button",{class:"chip",onClick:()=>y({[n]:void 0,marker:void 0}),"aria-label":`Remove the filter ${n}`,children:[n,"=",o," \u2715"]})),
e(Ue,{})]})}function Ue(){let{query:t}=F(),[a,d]=b(()=>JSON.parse(L.get("saved")??"[]")),r=t.toString(),l=u=>{L.set("saved",JSON.stringify(u)),d(u)};if(!r&&!a.length)
return null;let c=a.find(([,u])=>u===r);return e("label",{children:[e("span",{class:"hidden",children:"Saved filters"}),e("select",{value:"",onChange:u=>{let f=u.
currentTarget.value;u.currentTarget.value="",f==="+"?l([...a,[prompt("Name of this filter")||r,r]]):f==="-"?l(a.filter(([,g])=>g!==r)):M(`/executions?${f}`)},children:[
e("option",{value:"",children:"saved filters"}),a.map(([u,f])=>e("option",{value:f,children:u})),r&&!c&&e("option",{value:"+",children:"save this one\u2026"}),c&&
e("option",{value:"-",children:["forget \u201C",c[0],"\u201D"]})]})]})}function Pe({of:t,took:a}){return t?e("span",{class:"muted nowrap",title:`Half of the run\
s of the last month took up to ${E(t.p50)}, 95 % up to ${E(t.p95)}, within a factor of two.`,children:[E(t.p50)===E(t.p95)?`about ${E(t.p50)}`:`${E(t.p50)} \u2013 ${E(
t.p95)}`,a>t.p95&&a>1e6&&e("strong",{class:"state-paused",children:" \u25C2 slower"})]}):e("span",{class:"muted none",children:"\u2013"})}function je({executions:t,
next:a,isFirst:d,filters:r,again:l}){let c=A(null),[u,f]=b(new Set),[g,p]=b(),h=a&&_e(a),m=H(ve(),ye),x=G(()=>ke(m.data?.buckets??[]),[m.data]),v=s=>{let i=new Set(
u);i.delete(s)||i.add(s),f(i)},w=()=>document.activeElement?.closest("tr")?.dataset.id;S(()=>{let s=i=>{if(i.ctrlKey||i.metaKey||i.altKey||i.target.closest("inp\
ut:not([type=checkbox]), textarea, select, dialog"))return;let O=i.key==="j"?1:i.key==="k"?-1:0,T=w();if(O){let W=[...c.current?.querySelectorAll("a.row")??[]],
Se=W.findIndex(xe=>xe.closest("tr")?.dataset.id===T);W[Math.max(0,Math.min(W.length-1,Se+O))]?.focus()}else if(i.key==="x"&&T)v(T);else if(i.key==="]"&&h)y({marker:h});else if(i.
key==="["&&!d)history.back();else if(i.key==="="&&u.size===2)n();else return;i.preventDefault()};return addEventListener("keydown",s),()=>removeEventListener("k\
eydown",s)});let n=()=>{let[s,i]=[...u];M(`/compare?a=${k(s)}&b=${k(i)}`)},o=Object.keys(r).length>0&&!te.some(s=>s in r);return e(_,{children:[e("div",{class:"\
scroll",children:e("table",{class:"runs",children:[e("thead",{children:e("tr",{children:[e("th",{children:e("input",{type:"checkbox","aria-label":"All on this p\
age",checked:t.every(s=>u.has(s.id)),onChange:s=>f(new Set(s.currentTarget.checked?t.map(i=>i.id):[]))})}),e("th",{children:"State"}),e("th",{children:"Workflow"}),
e("th",{children:"Created"}),e("th",{children:"Took"}),e("th",{children:"Usual"}),e("th",{children:"Why or what"}),e("th",{children:"Id"})]})}),e("tbody",{ref:c,
children:t.map(s=>{let[i,O]=[q(s.created_at),q(s.updated_at)],T=ae(s.state)?O:Date.now();return e("tr",{"data-id":s.id,class:u.has(s.id)?"chosen":void 0,children:[
e("td",{children:e("input",{type:"checkbox","aria-label":`Choose ${s.id}`,checked:u.has(s.id),onChange:()=>v(s.id)})}),e("td",{children:e(I,{state:s.state})}),e(
"td",{children:e("a",{class:"row",href:D(`/executions/${k(s.id)}`),children:s.workflow_name})}),e("td",{class:"nowrap",children:e(z,{time:i})}),e("td",{class:"n\
owrap",children:i!==void 0&&T!==void 0?T-i<1e3?"< 1 s":E((T-i)*1e3):"\u2013"}),e("td",{class:"nowrap",children:e(Pe,{of:x.get(s.workflow_name),took:i!==void 0&&
T!==void 0?(T-i)*1e3:0})}),e("td",{class:"wide",children:(s.state_info??s.description)&&e("span",{class:"clamp",title:s.state_info??void 0,children:s.state_info?
ie(s.state_info):re(s.description).words})}),e("td",{children:e("code",{title:s.id,children:s.id})})]},s.id)})})]})}),e("div",{class:"pager",children:[(u.size>0||
o)&&e(pe,{rule:"bulk_operations:create",children:e("label",{class:"left",children:[u.size?`${u.size} chosen: `:"All that match: ",e("select",{value:"",onChange:s=>{
p({action:s.currentTarget.value,all:!u.size}),s.currentTarget.value=""},children:[e("option",{value:"",children:"do\u2026"}),me.map(([s,i])=>e("option",{value:s,
children:i}))]})]})}),u.size===2&&e("button",{onClick:n,children:"Compare the two"}),!d&&e("button",{onClick:()=>history.back(),children:"Newer"}),!d&&e("button",
{onClick:()=>y({marker:void 0}),children:"Newest"}),h&&e("button",{onClick:()=>y({marker:h}),children:"Older"})]}),g&&e(fe,{action:g.action,filter:g.all?r:void 0,
ids:g.all?void 0:[...u],close:()=>p(void 0),done:()=>{f(new Set),l()}})]})}export{We as a,Je as b,nt as c,we as d,be as e,ke as f,ve as g,ye as h,Tt as i,Pe as j};
