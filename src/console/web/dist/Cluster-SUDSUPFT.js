import{c as T}from"./chunk-HVJX4T2S.js";import{P as _,S as p,W as b,X as S,_ as s,a as d,d as g,da as N,ha as x,ja as w,n as f,q as y}from"./chunk-5ALTCYJR.js";var v="ABCDEFGHIJKLMNOPQRSTUVWXYZ";function I(){let e=w("/v2/cluster",2e3,!0);return s(d,{children:[s("div",{class:"title",children:s("h1",{children:"Cluster"})}),
s(A,{}),s(N,{of:e,children:i=>s(C,{data:i})})]})}function C({data:e}){let{query:i}=f(),r=e.nodes.filter(t=>t.is_alive),u=new Set(r.map(t=>t.version)),o=new Map(
e.nodes.map((t,a)=>[t.id,v[a%v.length]])),n=e.shards[Number(i.get("shard")??NaN)],h=new Set(r.filter(t=>t.roles.includes("executor")).map(t=>t.name)),l=e.shards.
filter(t=>!r.some(a=>a.id===t.owner)).length,k=t=>{let a=getComputedStyle(t.currentTarget).gridTemplateColumns.split(" ").length,c={ArrowLeft:-1,ArrowRight:1,ArrowUp:-a,
ArrowDown:a}[t.key];if(!c)return;let m=[...t.currentTarget.querySelectorAll("button")];m[(m.indexOf(document.activeElement)+c+256)%256]?.focus(),t.preventDefault()};
return s(d,{children:[u.size>1&&s("p",{class:"info state-paused",children:["The processes run different versions: ",[...u].join(", "),"."]}),l>0&&s("p",{class:"\
info state-error",children:[l," shards have no owner that is alive: their executions stand still."]}),s("h2",{children:"Processes"}),s("div",{class:"scroll",children:s(
"table",{class:"stack",children:[s("thead",{children:s("tr",{children:[s("th",{}),s("th",{children:"Host"}),s("th",{children:"Roles"}),s("th",{children:"Shards"}),
s("th",{children:"Actions taken"}),s("th",{children:"Slots busy"}),s("th",{children:"Lease"}),s("th",{children:"Version"}),s("th",{children:"Up"})]})}),s("tbody",
{children:e.nodes.map(t=>s("tr",{children:[s("td",{children:o.get(t.id)}),s("td",{children:[s("span",{class:t.is_alive?"state-success":"state-error",children:t.
is_alive?"\u25CF":"\u2716"})," ",t.name," ",s("code",{children:[t.id.slice(0,13),"\u2026"]})]}),s("td",{"data-l":"Roles",children:t.roles.join(", ")}),s("td",{"\
data-l":"Shards",children:t.shards}),s("td",{"data-l":"Actions taken",children:b(t.actions)}),s("td",{class:"nowrap","data-l":"Slots busy",children:t.slots===null?
"\u2013":s(d,{children:[t.slots_busy??0," of ",t.slots," ",s("meter",{"aria-label":"Busy slots",max:t.slots,high:t.slots*.9,value:t.slots_busy??0})]})}),s("td",
{class:"nowrap","data-l":"Lease",children:t.is_alive?p(t.lease_until_us-e.now_us):"over"}),s("td",{"data-l":"Version",children:t.version||"\u2013"}),s("td",{class:"\
nowrap","data-l":"Up",children:p(e.now_us-t.started_us)})]}))})]})}),s("h2",{children:"Shards"}),s("div",{class:"shards",role:"group","aria-label":"Shards; arro\
w keys move",onKeyDown:k,children:e.shards.map(t=>{let a=e.nodes.find(m=>m.id===t.owner),c=`Shard ${t.shard}: ${a?`${a.name}${a.is_alive?"":", lost"}`:"no owner"}${t.
inbox?`, ${t.inbox} messages wait`:""}`;return s("button",{tabIndex:t.shard===(n?.shard??0)?0:-1,class:`cell${t.inbox?" busy":""}${a?.is_alive?` owner-${v.indexOf(
o.get(a.id))%6}`:" lost"}`,title:c,"aria-label":c,"aria-pressed":n?.shard===t.shard,onClick:()=>y({shard:String(t.shard)},!0),children:a?.is_alive?o.get(a.id):"\
\u2716"})})}),n&&s("p",{children:["Shard ",n.shard,": owner ",s("code",{children:n.owner??"none"}),", epoch ",n.epoch,", ",n.inbox," messages wait."]}),s("div",
{class:"columns",children:[s("section",{class:"panel",children:[s("h2",{children:"Waiting actions"}),e.queues.length?s("ul",{class:"plain",children:e.queues.map(
t=>s("li",{children:[s("strong",{children:t.target||"(any executor)"})," ",b(t.waiting),t.capped?"+":"",t.oldest_us!==null&&s("span",{class:"muted",children:[" \
oldest ",p(e.now_us-t.oldest_us)]}),t.target&&!h.has(t.target)&&!t.target.startsWith("action:")&&s("span",{class:"state-error",children:" \u2716 no executor serves i\
t"})]}))}):s("p",{class:"state-success",children:"\u25CF None."})]}),s("section",{class:"panel",children:[s("h2",{children:"Timers"}),s("p",{class:e.timers.late_us>
5e6?"state-error":void 0,children:[b(e.timers.due)," due",e.timers.due>0&&s(d,{children:[", the first ",p(e.timers.late_us)," late"]})]})]}),s("section",{class:"\
panel",children:[s("h2",{children:"Database"}),s("table",{children:s("tbody",{children:Object.entries(e.database.sizes).map(([t,a])=>s("tr",{children:[s("td",{children:t}),
s("td",{children:S(a)})]}))})})]})]})]})}function A(){let e=w("/maintenance",5e3),[i,r]=g(!1),[u,o]=g(""),n=e.data?.status,h=async l=>{await _("/maintenance",{method:"\
PUT",json:{status:l},asAdmin:!0}),e.again()};return n?s("p",{class:"buttons",children:[s("span",{children:["Service: ",s("strong",{class:n==="RUNNING"?"state-su\
ccess":"state-paused",children:[n==="RUNNING"?"\u25CF":"\u2016"," ",n]})]}),s(T,{rule:"maintenance:update",children:n==="RUNNING"?s("button",{onClick:()=>r(!0),
children:"Pause the service\u2026"}):s("button",{class:"primary",onClick:()=>h("RUNNING"),children:"Resume the service"})}),i&&s(x,{title:"Pause the whole servi\
ce?",label:"Pause",close:()=>{r(!1),o("")},act:async()=>{if(u!=="pause")throw new Error("Type the word pause.");await h("PAUSED")},children:[s("p",{children:"Al\
l executions are paused, and nothing can be changed until it is resumed."}),s("label",{class:"block",children:["Type ",s("kbd",{children:"pause"}),s("input",{value:u,
onInput:l=>o(l.currentTarget.value)})]})]})]}):null}export{I as Cluster};
