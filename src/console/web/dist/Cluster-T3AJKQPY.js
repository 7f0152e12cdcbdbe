import"./chunk-E7KCJPV5.js";import{$ as t,Q as _,T as m,X as b,Y as S,a as p,d as g,ea as N,ia as x,ka as w,n as f,pa as T,r as y}from"./chunk-36QZDJPP.js";var v="ABCDEFGHIJKLMNOPQRSTUVWXYZ";function I(){let e=w("/v2/cluster",2e3,!0);return t(p,{children:[t("div",{class:"title",children:t("h1",{children:"Cluster"})}),
t(A,{}),t(N,{of:e,children:l=>t(C,{data:l})})]})}function C({data:e}){let{query:l}=f(),n=e.nodes.filter(s=>s.is_alive),u=new Set(n.map(s=>s.version)),o=new Map(
e.nodes.map((s,r)=>[s.id,v[r%v.length]])),a=e.shards[Number(l.get("shard")??NaN)],d=new Set(n.filter(s=>s.roles.includes("executor")).map(s=>s.name)),i=e.shards.
filter(s=>!n.some(r=>r.id===s.owner)).length,k=s=>{let r=getComputedStyle(s.currentTarget).gridTemplateColumns.split(" ").length,c={ArrowLeft:-1,ArrowRight:1,ArrowUp:-r,
ArrowDown:r}[s.key];if(!c)return;let h=[...s.currentTarget.querySelectorAll("button")];h[(h.indexOf(document.activeElement)+c+256)%256]?.focus(),s.preventDefault()};
return t(p,{children:[u.size>1&&t("p",{class:"info state-paused",children:["The processes run different versions: ",[...u].join(", "),"."]}),i>0&&t("p",{class:"\
info state-error",children:[i," shards have no owner that is alive: their executions stand still."]}),t("h2",{children:"Processes"}),t("div",{class:"scroll",children:t(
"table",{class:"stack",children:[t("thead",{children:t("tr",{children:[t("th",{}),t("th",{children:"Host"}),t("th",{children:"Roles"}),t("th",{children:"Shards"}),
t("th",{children:"Actions taken"}),t("th",{children:"Slots busy"}),t("th",{children:"Lease"}),t("th",{children:"Version"}),t("th",{children:"Up"})]})}),t("tbody",
{children:e.nodes.map(s=>t("tr",{children:[t("td",{children:o.get(s.id)}),t("td",{children:[t("span",{class:s.is_alive?"state-success":"state-error",children:s.
is_alive?"\u25CF":"\u2716"})," ",s.name," ",t("code",{children:[s.id.slice(0,13),"\u2026"]})]}),t("td",{"data-l":"Roles",children:s.roles.join(", ")}),t("td",{"\
data-l":"Shards",children:s.shards}),t("td",{"data-l":"Actions taken",children:b(s.actions)}),t("td",{class:"nowrap","data-l":"Slots busy",children:s.slots===null?
"\u2013":t(p,{children:[s.slots_busy??0," of ",s.slots," ",t("meter",{"aria-label":"Busy slots",max:s.slots,high:s.slots*.9,value:s.slots_busy??0})]})}),t("td",
{class:"nowrap","data-l":"Lease",children:s.is_alive?m(s.lease_until_us-e.now_us):"over"}),t("td",{"data-l":"Version",children:s.version||"\u2013"}),t("td",{class:"\
nowrap","data-l":"Up",children:m(e.now_us-s.started_us)})]}))})]})}),t("h2",{children:"Shards"}),t("div",{class:"shards",role:"group","aria-label":"Shards; arro\
w keys move",onKeyDown:k,children:e.shards.map(s=>{let r=e.nodes.find(h=>h.id===s.owner),c=`Shard ${s.shard}: ${r?`${r.name}${r.is_alive?"":", lost"}`:"no owner"}${s.
inbox?`, ${s.inbox} messages wait`:""}`;return t("button",{tabIndex:s.shard===(a?.shard??0)?0:-1,class:`cell${s.inbox?" busy":""}${r?.is_alive?` owner-${v.indexOf(
o.get(r.id))%6}`:" lost"}`,title:c,"aria-label":c,"aria-pressed":a?.shard===s.shard,onClick:()=>y({shard:String(s.shard)},!0),children:r?.is_alive?o.get(r.id):"\
\u2716"})})}),a&&t("p",{children:["Shard ",a.shard,": owner ",t("code",{children:a.owner??"none"}),", epoch ",a.epoch,", ",a.inbox," messages wait."]}),t("div",
{class:"columns",children:[t("section",{class:"panel",children:[t("h2",{children:"Waiting actions"}),e.queues.length?t("ul",{class:"plain",children:e.queues.map(
s=>t("li",{children:[t("strong",{children:s.target||"(any executor)"})," ",b(s.waiting),s.capped?"+":"",s.oldest_us!==null&&t("span",{class:"muted",children:[" \
oldest ",m(e.now_us-s.oldest_us)]}),s.target&&!d.has(s.target)&&!s.target.startsWith("action:")&&t("span",{class:"state-error",children:" \u2716 no executor serves i\
t"})]}))}):t("p",{class:"state-success",children:"\u25CF None."})]}),t("section",{class:"panel",children:[t("h2",{children:"Timers"}),t("p",{class:e.timers.late_us>
5e6?"state-error":void 0,children:[b(e.timers.due)," due",e.timers.due>0&&t(p,{children:[", the first ",m(e.timers.late_us)," late"]})]})]}),t("section",{class:"\
panel",children:[t("h2",{children:"Database"}),t("table",{children:t("tbody",{children:Object.entries(e.database.sizes).map(([s,r])=>t("tr",{children:[t("td",{children:s}),
t("td",{children:S(r)})]}))})})]})]})]})}function A(){let e=w("/maintenance",5e3),[l,n]=g(!1),[u,o]=g(""),a=e.data?.status,d=async i=>{await _("/maintenance",{method:"\
PUT",json:{status:i},asAdmin:!0}),e.again()};return a?t("p",{class:"buttons",children:[t("span",{children:["Service: ",t("strong",{class:a==="RUNNING"?"state-su\
ccess":"state-paused",children:[a==="RUNNING"?"\u25CF":"\u2016"," ",a]})]}),t(T,{rule:"maintenance:update",children:a==="RUNNING"?t("button",{onClick:()=>n(!0),
children:"Pause the service\u2026"}):t("button",{class:"primary",onClick:()=>d("RUNNING"),children:"Resume the service"})}),l&&t(x,{title:"Pause the whole servi\
ce?",label:"Pause",close:()=>{n(!1),o("")},act:async()=>{if(u!=="pause")throw new Error("Type the word pause.");await d("PAUSED")},children:[t("p",{children:"Al\
l executions are paused, and nothing can be changed until it is resumed."}),t("label",{class:"block",children:["Type ",t("kbd",{children:"pause"}),t("input",{value:u,
onInput:i=>o(i.currentTarget.value)})]})]})]}):null}export{I as Cluster};
