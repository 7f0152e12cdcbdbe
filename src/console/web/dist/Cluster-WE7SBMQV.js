import{c as x}from"./chunk-OEMBNDAQ.js";import{B as _,G as d,K as m,L as y,M as e,R as N,V as S,_ as g,a as p,d as b,i as v,l as f}from"./chunk-2MAZAYVJ.js";var w="ABCDEFGHIJKLMNOPQRSTUVWXYZ";function L(){let t=g("/v2/cluster",2e3,!0);return e(p,{children:[e("div",{class:"title",children:e("h1",{children:"Cluster"})}),
e(A,{}),e(N,{of:t,children:l=>e(C,{data:l})})]})}function C({data:t}){let{query:l}=v(),a=t.nodes.filter(s=>s.is_alive),c=new Set(a.map(s=>s.version)),o=new Map(
t.nodes.map((s,n)=>[s.id,w[n%w.length]])),r=t.shards[Number(l.get("shard")??NaN)],h=new Set(a.filter(s=>s.roles.includes("executor")).map(s=>s.name)),i=t.shards.
filter(s=>!a.some(n=>n.id===s.owner)).length,T=s=>{let n={ArrowLeft:-1,ArrowRight:1,ArrowUp:-32,ArrowDown:32}[s.key];if(!n)return;let u=[...s.currentTarget.querySelectorAll(
"button")];u[(u.indexOf(document.activeElement)+n+256)%256]?.focus(),s.preventDefault()};return e(p,{children:[c.size>1&&e("p",{class:"info state-paused",children:[
"The processes run different versions: ",[...c].join(", "),"."]}),i>0&&e("p",{class:"info state-error",children:[i," shards have no owner that is alive: their e\
xecutions stand still."]}),e("h2",{children:"Processes"}),e("div",{class:"scroll",children:e("table",{children:[e("thead",{children:e("tr",{children:[e("th",{}),
e("th",{children:"Host"}),e("th",{children:"Roles"}),e("th",{children:"Shards"}),e("th",{children:"Actions taken"}),e("th",{children:"Slots"}),e("th",{children:"\
Lease"}),e("th",{children:"Version"}),e("th",{children:"Up"})]})}),e("tbody",{children:t.nodes.map(s=>e("tr",{children:[e("td",{children:o.get(s.id)}),e("td",{children:[
e("span",{class:s.is_alive?"state-success":"state-error",children:s.is_alive?"\u25CF":"\u2716"})," ",s.name," ",e("code",{children:[s.id.slice(0,13),"\u2026"]})]}),
e("td",{children:s.roles.join(", ")}),e("td",{children:s.shards}),e("td",{children:m(s.actions)}),e("td",{children:s.slots??"\u2013"}),e("td",{class:"nowrap",children:s.
is_alive?d(s.lease_until_us-t.now_us):"over"}),e("td",{children:s.version||"\u2013"}),e("td",{class:"nowrap",children:d(t.now_us-s.started_us)})]}))})]})}),e("h\
2",{children:"Shards"}),e("div",{class:"shards",role:"group","aria-label":"Shards; arrow keys move",onKeyDown:T,children:t.shards.map(s=>{let n=t.nodes.find(k=>k.
id===s.owner),u=`Shard ${s.shard}: ${n?`${n.name}${n.is_alive?"":", lost"}`:"no owner"}${s.inbox?`, ${s.inbox} messages wait`:""}`;return e("button",{tabIndex:s.
shard===(r?.shard??0)?0:-1,class:`cell${s.inbox?" busy":""}${n?.is_alive?` owner-${w.indexOf(o.get(n.id))%6}`:" lost"}`,title:u,"aria-label":u,"aria-pressed":r?.
shard===s.shard,onClick:()=>f({shard:String(s.shard)},!0),children:n?.is_alive?o.get(n.id):"\u2716"})})}),r&&e("p",{children:["Shard ",r.shard,": owner ",e("cod\
e",{children:r.owner??"none"}),", epoch ",r.epoch,", ",r.inbox," messages wait."]}),e("div",{class:"columns",children:[e("section",{class:"panel",children:[e("h\
2",{children:"Waiting actions"}),t.queues.length?e("ul",{class:"plain",children:t.queues.map(s=>e("li",{children:[e("strong",{children:s.target||"(any executor)"}),
" ",m(s.waiting),s.capped?"+":"",s.oldest_us!==null&&e("span",{class:"muted",children:[" oldest ",d(t.now_us-s.oldest_us)]}),s.target&&!h.has(s.target)&&!s.target.
startsWith("action:")&&e("span",{class:"state-error",children:" \u2716 no executor serves it"})]}))}):e("p",{class:"state-success",children:"\u25CF None."})]}),
e("section",{class:"panel",children:[e("h2",{children:"Timers"}),e("p",{class:t.timers.late_us>5e6?"state-error":void 0,children:[m(t.timers.due)," due",t.timers.
due>0&&e(p,{children:[", the first ",d(t.timers.late_us)," late"]})]})]}),e("section",{class:"panel",children:[e("h2",{children:"Database"}),e("table",{children:e(
"tbody",{children:Object.entries(t.database.sizes).map(([s,n])=>e("tr",{children:[e("td",{children:s}),e("td",{children:y(n)})]}))})})]})]})]})}function A(){let t=g(
"/maintenance",5e3),[l,a]=b(!1),[c,o]=b(""),r=t.data?.status,h=async i=>{await _("/maintenance",{method:"PUT",json:{status:i},asAdmin:!0}),t.again()};return r?e(
"p",{class:"buttons",children:[e("span",{children:["Service: ",e("strong",{class:r==="RUNNING"?"state-success":"state-paused",children:[r==="RUNNING"?"\u25CF":"\
\u2016"," ",r]})]}),e(x,{rule:"maintenance:update",children:r==="RUNNING"?e("button",{onClick:()=>a(!0),children:"Pause the service\u2026"}):e("button",{class:"\
primary",onClick:()=>h("RUNNING"),children:"Resume the service"})}),l&&e(S,{title:"Pause the whole service?",label:"Pause",close:()=>{a(!1),o("")},act:async()=>{
if(c!=="pause")throw new Error("Type the word pause.");await h("PAUSED")},children:[e("p",{children:"All executions are paused, and nothing can be changed until\
 it is resumed."}),e("label",{class:"block",children:["Type ",e("kbd",{children:"pause"}),e("input",{value:c,onInput:i=>o(i.currentTarget.value)})]})]})]}):null}export{L as Cluster};
