import"./chunk-CDLSKBXZ.js";import{$ as s,Q as _,T as m,X as b,Y as S,a as p,d as g,ea as N,ja as x,la as w,n as f,qa as T,r as y}from"./chunk-5UX6W7MZ.js";var v="ABCDEFGHIJKLMNOPQRSTUVWXYZ";function I(){let e=w("/v2/cluster",2e3,!0);return s(p,{children:[s("div",{class:"title",children:s("h1",{children:"Cluster"})}),
s(A,{}),s(N,{of:e,children:l=>s(C,{data:l})})]})}function C({data:e}){let{query:l}=f(),n=e.nodes.filter(t=>t.is_alive),u=new Set(n.map(t=>t.version)),o=new Map(
e.nodes.map((t,r)=>[t.id,v[r%v.length]])),a=e.shards[Number(l.get("shard")??NaN)],d=new Set(n.filter(t=>t.roles.includes("executor")).map(t=>t.name)),i=e.shards.
filter(t=>!n.some(r=>r.id===t.owner)).length,k=t=>{let r=getComputedStyle(t.currentTarget).gridTemplateColumns.split(" ").length,c={ArrowLeft:-1,ArrowRight:1,ArrowUp:-r,
ArrowDown:r}[t.key];if(!c)return;let h=[...t.currentTarget.querySelectorAll("button")];h[(h.indexOf(document.activeElement)+c+256)%256]?.focus(),t.preventDefault()};
return s(p,{children:[u.size>1&&s("p",{class:"info state-paused",children:["The processes run different versions: ",[...u].join(", "),"."]}),i>0&&s("p",{class:"\
info state-error",children:[i," shards have no owner that is alive: their executions stand still."]}),s("h2",{children:"Processes"}),s("div",{class:"scroll",children:s(
"table",{class:"stack",children:[s("thead",{children:s("tr",{children:[s("th",{}),s("th",{children:"Host"}),s("th",{children:"Roles"}),s("th",{children:"Shards"}),
s("th",{children:"Actions taken"}),s("th",{children:"Slots busy"}),s("th",{children:"Lease"}),s("th",{children:"Version"}),s("th",{children:"Up"})]})}),s("tbody",
{children:e.nodes.map(t=>s("tr",{children:[s("td",{children:o.get(t.id)}),s("td",{children:[s("span",{class:t.is_alive?"state-success":"state-error",children:t.
is_alive?"\u25CF":"\u2716"})," ",t.name," ",s("code",{children:[t.id.slice(0,13),"\u2026"]})]}),s("td",{"data-l":"Roles",children:t.roles.join(", ")}),s("td",{"\
data-l":"Shards",children:t.shards}),s("td",{"data-l":"Actions taken",children:b(t.actions)}),s("td",{class:"nowrap","data-l":"Slots busy",children:t.slots===null?
"\u2013":s(p,{children:[t.slots_busy??0," of ",t.slots," ",s("meter",{"aria-label":"Busy slots",max:t.slots,high:t.slots*.9,value:t.slots_busy??0})]})}),s("td",
{class:"nowrap","data-l":"Lease",children:t.is_alive?m(t.lease_until_us-e.now_us):"over"}),s("td",{"data-l":"Version",children:t.version||"\u2013"}),s("td",{class:"\
nowrap","data-l":"Up",children:m(e.now_us-t.started_us)})]}))})]})}),s("h2",{children:"Shards"}),s("div",{class:"shards",role:"group","aria-label":"Shards; arro\
w keys move",onKeyDown:k,children:e.shards.map(t=>{let r=e.nodes.find(h=>h.id===t.owner),c=`Shard ${t.shard}: ${r?`${r.name}${r.is_alive?"":", lost"}`:"no owner"}${t.
inbox?`, ${t.inbox} messages wait`:""}`;return s("button",{tabIndex:t.shard===(a?.shard??0)?0:-1,class:`cell${t.inbox?" busy":""}${r?.is_alive?` owner-${v.indexOf(
o.get(r.id))%6}`:" lost"}`,title:c,"aria-label":c,"aria-pressed":a?.shard===t.shard,onClick:()=>y({shard:String(t.shard)},!0),children:r?.is_alive?o.get(r.id):"\
\u2716"})})}),a&&s("p",{children:["Shard ",a.shard,": owner ",s("code",{children:a.owner??"none"}),", epoch ",a.epoch,", ",a.inbox," messages wait."]}),s("div",
{class:"columns uneven",children:[s("div",{class:"piled",children:[s("section",{class:"panel",children:[s("h2",{children:"Waiting actions"}),e.queues.length?s("\
ul",{class:"plain",children:e.queues.map(t=>s("li",{children:[s("strong",{children:t.target||"(any executor)"})," ",b(t.waiting),t.capped?"+":"",t.oldest_us!==null&&
s("span",{class:"muted",children:[" oldest ",m(e.now_us-t.oldest_us)]}),t.target&&!d.has(t.target)&&!t.target.startsWith("action:")&&s("span",{class:"state-erro\
r",children:" \u2716 no executor serves it"})]}))}):s("p",{class:"state-success",children:"\u25CF None."})]}),s("section",{class:"panel",children:[s("h2",{children:"\
Timers"}),s("p",{class:e.timers.late_us>5e6?"state-error":void 0,children:e.timers.due>0?s(p,{children:[b(e.timers.due)," due, the first ",m(e.timers.late_us),"\
 late"]}):"None is due."})]})]}),s("section",{class:"panel",children:[s("h2",{children:"Database"}),s("ul",{class:"plain sizes",children:Object.entries(e.database.
sizes).map(([t,r])=>s("li",{children:[s("span",{children:t})," ",s("span",{children:S(r)})]}))})]})]})]})}function A(){let e=w("/maintenance",5e3),[l,n]=g(!1),[
u,o]=g(""),a=e.data?.status,d=async i=>{await _("/maintenance",{method:"PUT",json:{status:i},asAdmin:!0}),e.again()};return a?s("p",{class:"buttons",children:[s(
"span",{children:["Service: ",s("strong",{class:a==="RUNNING"?"state-success":"state-paused",children:[a==="RUNNING"?"\u25CF":"\u2016"," ",a]})]}),s(T,{rule:"ma\
intenance:update",children:a==="RUNNING"?s("button",{onClick:()=>n(!0),children:"Pause the service\u2026"}):s("button",{class:"primary",onClick:()=>d("RUNNING"),
children:"Resume the service"})}),l&&s(x,{title:"Pause the whole service?",label:"Pause",close:()=>{n(!1),o("")},act:async()=>{if(u!=="pause")throw new Error("T\
ype the word pause.");await d("PAUSED")},children:[s("p",{children:"All executions are paused, and nothing can be changed until it is resumed."}),s("label",{class:"\
block",children:["Type ",s("kbd",{children:"pause"}),s("input",{value:u,onInput:i=>o(i.currentTarget.value)})]})]})]}):null}export{I as Cluster};
