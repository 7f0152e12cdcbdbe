import{c as x}from"./chunk-MFQ5DZGI.js";import{O as y,R as h,V as m,W as _,Y as s,a as d,ba as N,d as b,fa as S,ka as g,o as v,r as f}from"./chunk-BH2VNA6L.js";var w="ABCDEFGHIJKLMNOPQRSTUVWXYZ";function L(){let t=g("/v2/cluster",2e3,!0);return s(d,{children:[s("div",{class:"title",children:s("h1",{children:"Cluster"})}),
s(A,{}),s(N,{of:t,children:l=>s(C,{data:l})})]})}function C({data:t}){let{query:l}=v(),a=t.nodes.filter(e=>e.is_alive),u=new Set(a.map(e=>e.version)),o=new Map(
t.nodes.map((e,n)=>[e.id,w[n%w.length]])),r=t.shards[Number(l.get("shard")??NaN)],p=new Set(a.filter(e=>e.roles.includes("executor")).map(e=>e.name)),i=t.shards.
filter(e=>!a.some(n=>n.id===e.owner)).length,T=e=>{let n={ArrowLeft:-1,ArrowRight:1,ArrowUp:-32,ArrowDown:32}[e.key];if(!n)return;let c=[...e.currentTarget.querySelectorAll(
"button")];c[(c.indexOf(document.activeElement)+n+256)%256]?.focus(),e.preventDefault()};return s(d,{children:[u.size>1&&s("p",{class:"info state-paused",children:[
"The processes run different versions: ",[...u].join(", "),"."]}),i>0&&s("p",{class:"info state-error",children:[i," shards have no owner that is alive: their e\
xecutions stand still."]}),s("h2",{children:"Processes"}),s("div",{class:"scroll",children:s("table",{children:[s("thead",{children:s("tr",{children:[s("th",{}),
s("th",{children:"Host"}),s("th",{children:"Roles"}),s("th",{children:"Shards"}),s("th",{children:"Actions taken"}),s("th",{children:"Slots busy"}),s("th",{children:"\
Lease"}),s("th",{children:"Version"}),s("th",{children:"Up"})]})}),s("tbody",{children:t.nodes.map(e=>s("tr",{children:[s("td",{children:o.get(e.id)}),s("td",{children:[
s("span",{class:e.is_alive?"state-success":"state-error",children:e.is_alive?"\u25CF":"\u2716"})," ",e.name," ",s("code",{children:[e.id.slice(0,13),"\u2026"]})]}),
s("td",{children:e.roles.join(", ")}),s("td",{children:e.shards}),s("td",{children:m(e.actions)}),s("td",{class:"nowrap",children:e.slots===null?"\u2013":s(d,{children:[
e.slots_busy??0," of ",e.slots," ",s("meter",{"aria-label":"Busy slots",max:e.slots,high:e.slots*.9,value:e.slots_busy??0})]})}),s("td",{class:"nowrap",children:e.
is_alive?h(e.lease_until_us-t.now_us):"over"}),s("td",{children:e.version||"\u2013"}),s("td",{class:"nowrap",children:h(t.now_us-e.started_us)})]}))})]})}),s("h\
2",{children:"Shards"}),s("div",{class:"shards",role:"group","aria-label":"Shards; arrow keys move",onKeyDown:T,children:t.shards.map(e=>{let n=t.nodes.find(k=>k.
id===e.owner),c=`Shard ${e.shard}: ${n?`${n.name}${n.is_alive?"":", lost"}`:"no owner"}${e.inbox?`, ${e.inbox} messages wait`:""}`;return s("button",{tabIndex:e.
shard===(r?.shard??0)?0:-1,class:`cell${e.inbox?" busy":""}${n?.is_alive?` owner-${w.indexOf(o.get(n.id))%6}`:" lost"}`,title:c,"aria-label":c,"aria-pressed":r?.
shard===e.shard,onClick:()=>f({shard:String(e.shard)},!0),children:n?.is_alive?o.get(n.id):"\u2716"})})}),r&&s("p",{children:["Shard ",r.shard,": owner ",s("cod\
e",{children:r.owner??"none"}),", epoch ",r.epoch,", ",r.inbox," messages wait."]}),s("div",{class:"columns",children:[s("section",{class:"panel",children:[s("h\
2",{children:"Waiting actions"}),t.queues.length?s("ul",{class:"plain",children:t.queues.map(e=>s("li",{children:[s("strong",{children:e.target||"(any executor)"}),
" ",m(e.waiting),e.capped?"+":"",e.oldest_us!==null&&s("span",{class:"muted",children:[" oldest ",h(t.now_us-e.oldest_us)]}),e.target&&!p.has(e.target)&&!e.target.
startsWith("action:")&&s("span",{class:"state-error",children:" \u2716 no executor serves it"})]}))}):s("p",{class:"state-success",children:"\u25CF None."})]}),
s("section",{class:"panel",children:[s("h2",{children:"Timers"}),s("p",{class:t.timers.late_us>5e6?"state-error":void 0,children:[m(t.timers.due)," due",t.timers.
due>0&&s(d,{children:[", the first ",h(t.timers.late_us)," late"]})]})]}),s("section",{class:"panel",children:[s("h2",{children:"Database"}),s("table",{children:s(
"tbody",{children:Object.entries(t.database.sizes).map(([e,n])=>s("tr",{children:[s("td",{children:e}),s("td",{children:_(n)})]}))})})]})]})]})}function A(){let t=g(
"/maintenance",5e3),[l,a]=b(!1),[u,o]=b(""),r=t.data?.status,p=async i=>{await y("/maintenance",{method:"PUT",json:{status:i},asAdmin:!0}),t.again()};return r?s(
"p",{class:"buttons",children:[s("span",{children:["Service: ",s("strong",{class:r==="RUNNING"?"state-success":"state-paused",children:[r==="RUNNING"?"\u25CF":"\
\u2016"," ",r]})]}),s(x,{rule:"maintenance:update",children:r==="RUNNING"?s("button",{onClick:()=>a(!0),children:"Pause the service\u2026"}):s("button",{class:"\
primary",onClick:()=>p("RUNNING"),children:"Resume the service"})}),l&&s(S,{title:"Pause the whole service?",label:"Pause",close:()=>{a(!1),o("")},act:async()=>{
if(u!=="pause")throw new Error("Type the word pause.");await p("PAUSED")},children:[s("p",{children:"All executions are paused, and nothing can be changed until\
 it is resumed."}),s("label",{class:"block",children:["Type ",s("kbd",{children:"pause"}),s("input",{value:u,onInput:i=>o(i.currentTarget.value)})]})]})]}):null}export{L as Cluster};
