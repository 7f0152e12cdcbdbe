import{$ as I,A as Z,F as ee,G as k,H as te,I as ne,J as N,L as oe,M as R,N as U,P as $,Q as q,S as C,U as se,V as ae,W as P,Y as re,Z as ie,_ as e,a as S,aa as z,
d as w,da as le,e as x,fa as j,g as A,ga as ce,h as G,i as J,ia as ue,j as B,ja as H,l as X,la as de,m as Y,n as F,na as pe,o as D,oa as me,p as M,pa as fe,q as v,
r as Q,s as L}from"./chunk-ZTMUTIUO.js";var xe=10;function K(){try{let t=JSON.parse(L.get("visited")??"[]");return Array.isArray(t)?t:[]}catch{return[]}}function He(t,o){L.set("visited",JSON.stringify(
[{to:t,name:o},...K().filter(u=>u.to!==t)].slice(0,xe)))}var Te={execution:t=>`/executions/${k(t.id)}`,workflow:t=>`/workflows/${k(t.id)}`,action:t=>`/actions?name=${k(t.name)}`,environment:t=>`/environments?name=${k(
t.name)}`,cron_trigger:t=>`/triggers?name=${k(t.name)}`,event_trigger:()=>"/triggers",code_source:t=>`/code?name=${k(t.name)}`};async function ge(t){if(t.type===
"task"){let o=await $(`/v2/tasks/${k(t.id)}?fields=workflow_execution_id,name`);return`/executions/${k(o.workflow_execution_id)}?view=tasks&task=${k(o.name)}&ru\
n=${k(t.id)}`}if(t.type==="action_execution"){let o=await $(`/v2/action_executions/${k(t.id)}`);return o.task_execution_id?ge({...t,type:"task",id:o.task_execution_id}):
void 0}return Te[t.type]?.(t)}function Ge({pages:t,close:o}){let[u,a]=w(""),[i,l]=w([]),[c,h]=w(!1),[g,f]=w(0);x(()=>{if(f(0),u.trim().length<2)return l([]);let s=new AbortController,
n=setTimeout(()=>{$(`/v2/search?q=${k(u.trim())}`,{signal:s.signal}).then(m=>{l(m.results),h(m.partial)},()=>{})},150);return()=>{clearTimeout(n),s.abort()}},[u]);
let b=[...t.map(([s,n,m])=>({words:n,note:`g ${m}`,to:`/${s}`})),{words:"Upload workflows",note:"",to:"/workflows/new/edit"},{words:"Bulk operations",note:"",to:"\
/bulk"},{words:"Open a saved run",note:"",to:"/file"},{words:"Failed executions",note:"",to:"/executions?state=ERROR"},{words:"Running executions",note:"",to:"/\
executions?state=RUNNING"},...K().map(({to:s,name:n})=>({words:n,note:`seen last \xB7 ${decodeURIComponent(s.split("/")[2]).slice(0,36)}`,to:s}))].filter(s=>s.words.
toLowerCase().includes(u.trim().toLowerCase())),p=[...i.filter(s=>s.type!=="workbook"),...b],y=async s=>{if(!s)return;let n="to"in s?s.to:await ge(s);n&&(o(),M(
n))},_=s=>{if(s.key==="ArrowDown")f(Math.min(p.length-1,g+1));else if(s.key==="ArrowUp")f(Math.max(0,g-1));else if(s.key==="Enter")y(p[g]);else return;s.preventDefault()};
return e(ce,{title:"Find",close:o,children:[e("input",{class:"find",role:"combobox","aria-expanded":"true","aria-controls":"found","aria-activedescendant":p.length?
`found-${g}`:void 0,"aria-label":"Id, name, tag, description, or page",placeholder:"id, name, tag, description, or page",value:u,onInput:s=>a(s.currentTarget.value),
onKeyDown:_}),e("ul",{class:"plain found",id:"found",role:"listbox","aria-label":"Found",children:p.slice(0,40).map((s,n)=>e("li",{id:`found-${n}`,role:"option",
"aria-selected":n===g,onClick:()=>y(s),onPointerMove:()=>f(n),children:"to"in s?e(S,{children:[s.words," ",e("span",{class:"muted",children:s.note})]}):e(S,{children:[
s.state&&e(I,{state:s.state,short:!0})," ",s.name," ",e("span",{class:"muted",children:[s.type.replace("_"," ")," \xB7 ",s.matched]})," ",e("code",{children:s.id.
slice(0,36)})]})}))}),!p.length&&e("p",{class:"muted",children:"Nothing found."}),c&&i.length>0&&e("p",{class:"muted",children:"There may be more: the search wa\
s cut short."})]})}var Ee={password:"User and password",application_credential:"Application credential",token:"Token"};function tt({hasFailed:t}){let[o,u]=w([]),[a,i]=w("token"),[
l,c]=w(""),[h,g]=w(),f=oe.use();x(()=>{$("/console/session").then(({ways:n})=>{u(n),n.includes("password")&&i("password")},()=>u([]))},[]);let b=n=>{if(!n.project&&
n.projects.length)return g(n);U.set(!1),R(n.token,n.projects)},p=async(n,m,r)=>{c("");try{b(await $("/console/session",{method:n,json:m,headers:r?{"X-Auth-Token":r}:
{}}))}catch(d){c(d.message)}},y=n=>{n.preventDefault();let m=Object.fromEntries(new FormData(n.currentTarget));if(a!=="token")return void p("POST",{method:a,...m});
U.set(!1),R(m.token.trim())},_=n=>{let m=crypto.randomUUID?.()??String(Math.random());Q.set("mark",m),location.assign(`${D("/login/oidc")}?${new URLSearchParams(
{next:Y(),mark:m,...n?{realm:n}:{}})}`)},s=o.filter(n=>!n.startsWith("oidc"));return e("form",{class:"banner",onSubmit:y,"aria-label":"Sign in",children:[e("spa\
n",{children:l||f?e("span",{role:"alert",children:["\u2716 ",l||f]}):t?"\u2716 This token is not accepted, or is no longer.":"This service asks who you are."}),
h&&e("label",{children:["Project ",e("select",{value:"",onChange:n=>p("PUT",{project:n.currentTarget.value},h.token),children:[e("option",{value:"",children:"ch\
oose\u2026"}),h.projects.map(n=>e("option",{value:n.id,children:n.name}))]})]}),o.includes("oidc")&&!o.includes("oidc_realm")&&e("button",{type:"button",class:"\
primary",onClick:()=>_(),children:"Sign in with your provider"}),o.includes("oidc_realm")&&e("label",{children:["Realm ",e("input",{name:"realm",autocomplete:"o\
rganization"})," ",e("button",{type:"button",class:"primary",onClick:n=>_(n.currentTarget.previousElementSibling.value.trim()),children:"Sign in with Keycloak"})]}),
s.length>0&&e("label",{children:["With ",e("select",{value:a,onChange:n=>i(n.currentTarget.value),children:[...s,"token"].map(n=>e("option",{value:n,children:Ee[n]}))})]}),
a==="password"&&e(S,{children:[e("label",{children:["User ",e("input",{name:"user",autocomplete:"username",required:!0})]}),e("label",{children:["Password ",e("\
input",{name:"password",type:"password",autocomplete:"current-password",required:!0})]}),e("label",{children:["Domain ",e("input",{name:"domain",placeholder:"De\
fault"})]}),e("label",{children:["Project ",e("input",{name:"project",placeholder:"your own"})]})]}),a==="application_credential"&&e(S,{children:[e("label",{children:[
"Id ",e("input",{name:"id",autocomplete:"username",required:!0})]}),e("label",{children:["Secret ",e("input",{name:"secret",type:"password",autocomplete:"off",required:!0})]})]}),
a==="token"&&e("label",{children:["Token ",e("input",{name:"token",type:"password",autocomplete:"off",required:!0})]}),e("button",{class:o.includes("oidc")?"":"\
primary",children:"Sign in"}),t&&e("button",{type:"button",onClick:()=>{R(void 0),U.set(!1)},children:"Sign out"}),a==="token"&&e("span",{class:"muted",children:"\
It stays in this tab and is sent to this server only."})]})}var he=X("idle"),V=new Set,E;function $e(){if(E)return E;try{let t=J("live.js");if(typeof SharedWorker=="function")E=new SharedWorker(t,{type:"module",name:"mis\
tral"}).port;else{let o=new MessageChannel;new Worker(t,{type:"module"}).postMessage(void 0,[o.port2]),E=o.port1}}catch{return}return E.onmessage=({data:t})=>{if(t.
state)he.set(t.state);else for(let o of V)o(t)},E.postMessage({token:N.get()??""}),addEventListener("pagehide",()=>E?.postMessage({bye:!0})),addEventListener("p\
ageshow",t=>t.persisted&&location.reload()),E}N.listen(()=>E?.postMessage({token:N.get()??""}));var Ce=6e4;function be(t,o){let u=A(o);u.current=o;let a=Z.use();
return x(()=>{let i=t&&!a?$e():void 0;if(!t||!i)return;let l=!1,c=0,h=()=>{l||i.postMessage({watch:t}),l=!0},g=()=>{l&&i.postMessage({drop:t}),l=!1},f=()=>{clearTimeout(
c),document.hidden?c=window.setTimeout(g,Ce):h()},b=p=>{l&&u.current(p)};return V.add(b),document.addEventListener("visibilitychange",f),h(),()=>{V.delete(b),document.
removeEventListener("visibilitychange",f),clearTimeout(c),g()}},[t,a]),he.use()==="live"}function Me(t){let o=[...t].sort((i,l)=>i[0]-l[0]),u=o.reduce((i,[,l])=>i+l,0)/2,a=0;return(o.find(([,i])=>(a+=i)>=u)??o[0])[0]}function we(t){let o=new Map;for(let a of t){
if(a.p50_us===null||a.p95_us===null)continue;let i=o.get(a.workflow_name);i?i.push(a):o.set(a.workflow_name,[a])}let u=(a,i)=>Me(a.map(l=>[l[i],l.succeeded+l.failed+
l.cancelled]));return new Map([...o].map(([a,i])=>[a,{p50:u(i,"p50_us"),p95:u(i,"p95_us")}]))}var Le=30,ke=()=>`/v2/statistics/activity?group_by=workflow_name&s\
tep=86400&from=${(Math.floor(Date.now()/864e5)-Le)*864e8}`,ve=3e5;var Ae=3e4,De=3e3;function xt(){let{query:t}=F(),{path:o,filters:u,marker:a,isSlow:i}=ne(t),[l,c]=w(0),h=!a&&!i,g=be(h?"executions":void 0,p=>{if(p.event==="gap"&&
(!p.data.watch||p.data.watch==="executions"))return f.again();if(p.event!=="executions")return;let y=new Map(p.data.rows.map(s=>[s[0],s])),_=new Set(f.data?.executions.
map(s=>s.id));c(s=>s+[...y.keys()].filter(n=>!_.has(n)).length),f.patch(s=>({...s,executions:s.executions.map(n=>{let m=y.get(n.id);return m?{...n,state:m[2],updated_at:m[4]===
null?n.updated_at:new Date(m[4]/1e3).toISOString()}:n})}))}),f=H(o,h?g?Ae:De:0);x(()=>c(0),[f.at,o]);let b=A(!1);return x(()=>{if(!l||b.current||document.getSelection()?.
toString())return;let p=setTimeout(f.again,500);return()=>clearTimeout(p)},[l]),e(S,{children:[e("div",{class:"title",children:[e("h1",{children:"Executions"}),
e(ue,{text:B+o,label:"Copy as REST address"})]}),e(Ne,{filters:u}),l>0&&e("p",{role:"status",children:e("button",{onClick:f.again,children:[P(l)," new or change\
d elsewhere \u2013 show"]})}),e("div",{onPointerEnter:()=>b.current=!0,onPointerLeave:()=>b.current=!1,children:e(le,{of:f,children:p=>e(S,{children:[i&&e(Oe,{list:p}),
p.executions.length?e(Pe,{executions:p.executions,next:p.next,isFirst:!a,filters:u,again:f.again}):e(Ie,{filters:u,isSlow:i,next:p.next})]})})})]})}function Ie({
filters:t,isSlow:o,next:u}){let a=Object.keys(t).length>0;return o&&u?e(j,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>v(
{marker:ye(u)}),children:"Go on with older ones"})]}):a?e(j,{children:[e("p",{children:["No execution matches ",Object.keys(t).length>1?"all of these filters":"\
this filter","."]}),e("p",{class:"buttons middle",children:[Object.keys(t).length>1&&Object.keys(t).map(i=>e("button",{onClick:()=>v({[i]:void 0,marker:void 0}),
children:["Without ",i]})),e("button",{onClick:()=>M("/executions"),children:"Show all"})]})]}):e(j,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[
e("a",{href:D("/workflows"),children:"Go to the workflows"}),", upload one, and run it."]})]})}var ye=t=>new URL(t,location.origin).searchParams.get("marker")??
void 0;function Oe({list:t}){let o=`${t.executions.length} found`;return t.scanned_to_us?e("p",{class:"muted",children:["Searched ",P(t.scanned??0)," executions\
, back to ",e(z,{time:t.scanned_to_us/1e3}),": ",o,". This filter has no index, so it goes on step by step."]}):e("p",{class:"muted",children:["Searched to the \
end: ",o,"."]})}function Ne({filters:t}){let[o,u]=w(t.workflow_name??""),[a,i]=w("state_info"),[l,c]=w("");x(()=>u(t.workflow_name??""),[t.workflow_name]);let h=Object.
entries(t).filter(([n])=>!["state","workflow_name","created_at"].includes(n)),g=n=>new Date(Date.now()-n*36e5).toISOString().slice(0,16).replace("T"," "),f=n=>`\
gte:${g(n)}`,b=/^gte:([^,]{16})[^,]*,lt:(.{16})/.exec(t.created_at??""),p=H(`/v2/statistics/executions${ee({workflow_name:t.workflow_name,created_at:t.created_at})}`,
1e4),y=n=>{let m=p.data?.counts.find(r=>r.state===n);return m?.count===null||m===void 0?"":` ${P(m.count)}${m.capped?"+":""}`},_=de.use()?.indexed_inputs??[],s=n=>{
n.preventDefault(),l.trim()&&v({[a]:a==="input"||a==="state_info"?`has:${l.trim()}`:l.trim(),marker:void 0}),c("")};return e("div",{class:"filters",role:"search",
children:[e("div",{class:"chips",role:"group","aria-label":"State",children:["",...se].map(n=>e("button",{class:"chip","aria-pressed":(t.state??"")===n,onClick:()=>v(
{state:n,marker:void 0}),children:n?e(S,{children:[e(I,{state:n}),e("span",{class:"muted",children:y(n)})]}):"All"}))}),e("form",{onSubmit:n=>{n.preventDefault(),
v({workflow_name:o.trim(),marker:void 0})},children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:o,placeholder:"exact name",onInput:n=>u(
n.currentTarget.value)})]}),e("label",{children:["Created"," ",e("select",{value:t.created_at??"",onChange:n=>v({created_at:n.currentTarget.value,marker:void 0}),
children:[e("option",{value:"",children:"any time"}),e("option",{value:f(1),children:"last hour"}),e("option",{value:f(24),children:"last 24 hours"}),e("option",
{value:f(168),children:"last 7 days"}),t.created_at&&e("option",{value:t.created_at,children:b?"from \u2026 to \u2026":t.created_at.replace(/^gte:/,"since ")}),
!b&&e("option",{value:`gte:${g(24)},lt:${g(0)}`,children:"from \u2026 to \u2026"})]})]}),b&&[["from",1],["to",2]].map(([n,m])=>e("label",{children:[n," ",e("inp\
ut",{type:"datetime-local",value:b[m].replace(" ","T"),title:"UTC","aria-label":`Created ${n}, UTC`,onChange:r=>{let d=r.currentTarget.value.replace("T"," ");d&&
v({created_at:m===1?`gte:${d},lt:${b[2]}`:`gte:${b[1]},lt:${d}`,marker:void 0})}})]})),e("button",{children:"Filter"})]}),e("form",{onSubmit:s,children:[e("labe\
l",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:a,onChange:n=>i(n.currentTarget.value),children:[e("option",{value:"state_info",
children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{value:"description",children:"description is"}),e("option",{value:"\
tags",children:"has tag"}),_.map(n=>e("option",{value:`input.${n}`,children:["input ",n," is"]}))]})]}),e("label",{children:[e("span",{class:"hidden",children:"\
Value"}),e("input",{value:l,onInput:n=>c(n.currentTarget.value)})]}),e("button",{children:"Add"})]}),h.map(([n,m])=>e("button",{class:"chip",onClick:()=>v({[n]:void 0,
marker:void 0}),"aria-label":`Remove the filter ${n}`,children:[n,"=",m," \u2715"]})),e(Re,{})]})}function Re(){let{query:t}=F(),[o,u]=w(()=>JSON.parse(L.get("s\
aved")??"[]")),a=t.toString(),i=c=>{L.set("saved",JSON.stringify(c)),u(c)};if(!a&&!o.length)return null;let l=o.find(([,c])=>c===a);return e("label",{children:[
e("span",{class:"hidden",children:"Saved filters"}),e("select",{value:"",onChange:c=>{let h=c.currentTarget.value;c.currentTarget.value="",h==="+"?i([...o,[prompt(
"Name of this filter")||a,a]]):h==="-"?i(o.filter(([,g])=>g!==a)):M(`/executions?${h}`)},children:[e("option",{value:"",children:"saved filters"}),o.map(([c,h])=>e(
"option",{value:h,children:c})),a&&!l&&e("option",{value:"+",children:"save this one\u2026"}),l&&e("option",{value:"-",children:["forget \u201C",l[0],"\u201D"]})]})]})}
function Ue({of:t,took:o}){return t?e("span",{class:"muted",title:`Half of the runs of the last month took up to ${C(t.p50)}, 95 % up to ${C(t.p95)}, within a f\
actor of two.`,children:[t.p50===t.p95?`about ${C(t.p50)}`:`${C(t.p50)} \u2013 ${C(t.p95)}`,o>t.p95&&o>1e6&&e("strong",{class:"state-paused",children:" \u25C2 slower"})]}):
e("span",{class:"muted none",children:"\u2013"})}function Pe({executions:t,next:o,isFirst:u,filters:a,again:i}){let l=A(null),[c,h]=w(new Set),[g,f]=w(),b=o&&ye(
o),p=H(ke(),ve),y=G(()=>we(p.data?.buckets??[]),[p.data]),_=r=>{let d=new Set(c);d.delete(r)||d.add(r),h(d)},s=()=>document.activeElement?.closest("tr")?.dataset.
id;x(()=>{let r=d=>{if(d.ctrlKey||d.metaKey||d.altKey||d.target.closest("input:not([type=checkbox]), textarea, select, dialog"))return;let O=d.key==="j"?1:d.key===
"k"?-1:0,T=s();if(O){let W=[...l.current?.querySelectorAll("a.row")??[]],_e=W.findIndex(Se=>Se.closest("tr")?.dataset.id===T);W[Math.max(0,Math.min(W.length-1,_e+
O))]?.focus()}else if(d.key==="x"&&T)_(T);else if(d.key==="]"&&b)v({marker:b});else if(d.key==="["&&!u)history.back();else if(d.key==="="&&c.size===2)n();else return;
d.preventDefault()};return addEventListener("keydown",r),()=>removeEventListener("keydown",r)});let n=()=>{let[r,d]=[...c];M(`/compare?a=${k(r)}&b=${k(d)}`)},m=Object.
keys(a).length>0&&!te.some(r=>r in a);return e(S,{children:[e("div",{class:"scroll",children:e("table",{class:"runs",children:[e("thead",{children:e("tr",{children:[
e("th",{children:e("span",{class:"hidden",children:"Chosen"})}),e("th",{children:"State"}),e("th",{children:"Workflow"}),e("th",{children:"Created"}),e("th",{children:"\
Took"}),e("th",{children:"Usual"}),e("th",{children:"Why or what"}),e("th",{children:"Id"})]})}),e("tbody",{ref:l,children:t.map(r=>{let[d,O]=[q(r.created_at),q(
r.updated_at)],T=ae(r.state)?O:Date.now();return e("tr",{"data-id":r.id,class:c.has(r.id)?"chosen":void 0,children:[e("td",{children:e("input",{type:"checkbox",
"aria-label":`Choose ${r.id}`,checked:c.has(r.id),onChange:()=>_(r.id)})}),e("td",{children:e(I,{state:r.state})}),e("td",{children:e("a",{class:"row",href:D(`/\
executions/${k(r.id)}`),children:r.workflow_name})}),e("td",{class:"nowrap",children:e(z,{time:d})}),e("td",{class:"nowrap",children:d!==void 0&&T!==void 0?T-d<
1e3?"< 1 s":C((T-d)*1e3):"\u2013"}),e("td",{class:"nowrap",children:e(Ue,{of:y.get(r.workflow_name),took:d!==void 0&&T!==void 0?(T-d)*1e3:0})}),e("td",{class:"w\
ide",children:(r.state_info??r.description)&&e("span",{class:"clamp",title:r.state_info??void 0,children:r.state_info?ie(r.state_info):re(r.description).words})}),
e("td",{children:e("code",{title:r.id,children:r.id})})]},r.id)})})]})}),e("div",{class:"pager",children:[(c.size>0||m)&&e(pe,{rule:"bulk_operations:create",children:e(
"label",{class:"left",children:[c.size?`${c.size} chosen: `:"All that match: ",e("select",{value:"",onChange:r=>{f({action:r.currentTarget.value,all:!c.size}),r.
currentTarget.value=""},children:[e("option",{value:"",children:"do\u2026"}),me.map(([r,d])=>e("option",{value:r,children:d}))]})]})}),c.size===2&&e("button",{onClick:n,
children:"Compare the two"}),!u&&e("button",{onClick:()=>history.back(),children:"Newer"}),!u&&e("button",{onClick:()=>v({marker:void 0}),children:"Newest"}),b&&
e("button",{onClick:()=>v({marker:b}),children:"Older"})]}),g&&e(fe,{action:g.action,filter:g.all?a:void 0,ids:g.all?void 0:[...c],close:()=>f(void 0),done:()=>{
h(new Set),i()}})]})}export{He as a,Ge as b,tt as c,he as d,be as e,we as f,ke as g,ve as h,xt as i,Ue as j};
