import{a as J,b as K}from"./chunk-IPG27FBY.js";import{e as H}from"./chunk-CDLSKBXZ.js";import{$ as t,G as w,H as k,Q as B,R as y,S as D,T as $,X as m,
_ as G,a as M,aa as V,ba as q,d as T,e as C,ea as v,g as P,ha as F,la as g,n as U,p as h,q as A,r as L}from"./chunk-5UX6W7MZ.js";var S=50,tt=2,et=6e4,O=8;function Q(){let n=`/v2/executions${w({state:"in:RUNNING,PAUSED",limit:S,sort_keys:"created_at",sort_dirs:"asc",fields:"id,workflow_nam\
e,state,created_at"})}`,e=g(n,et),[o,c]=T();return C(()=>{let l=e.data?.executions;if(!l)return;let r=new AbortController,s=[],a=0,p=async()=>{for(let u=a++;u<l.
length;u=a++){let d=l[u],{reasons:x}=await B(`/v2/executions/${k(d.id)}/why`,{signal:r.signal}).catch(()=>({reasons:[]}));if(s[u]=x.filter(_=>_.kind==="action_w\
aiting_for_completion"&&_.action_execution_id).map(_=>({execution:d,task:_.task_name,action:_.action_execution_id})),r.signal.aborted)return}};return Promise.all(
Array.from({length:tt},p)).then(()=>{if(r.signal.aborted)return;let u=new Map;for(let d of s.flat())u.has(d.action)||u.set(d.action,d);c([...u.values()])}),()=>r.
abort()},[e.data]),{waits:o,more:(e.data?.executions.length??0)>=S&&!!e.data?.next}}var X=({waits:n,more:e})=>n?`${e?"\u2265 ":""}${m(n.length)}`:"\u2026";function Y({
of:n}){return n.waits?.length?t("section",{class:"panel",id:"waiting",tabIndex:-1,"aria-label":"Waiting for people",children:[t("h2",{children:"Waiting for peop\
le"}),t("ul",{class:"plain",children:n.waits.slice(0,O).map(e=>t("li",{children:[t("a",{href:h(`/executions/${k(e.execution.id)}`),children:e.execution.workflow_name}),
" ",t("span",{class:"muted",children:[e.task&&`at ${e.task} \xB7 `,t("span",{title:"since the run has begun",children:$((Date.now()-(y(e.execution.created_at)??
Date.now()))*1e3)})]})]}))}),n.waits.length>O&&t("p",{class:"muted",children:["and ",m(n.waits.length-O)," more"]}),n.more&&t("p",{class:"muted",children:["Of t\
he ",S," oldest open runs."]})]}):null}var W=[["1h",3600,60],["6h",6*3600,60],["24h",86400,3600],["7d",7*86400,3600]],Z=n=>Math.floor(Date.now()/1e3/n)*n;function Et(){let n=Z(600)-86400,e=`gte:${new Date(
n*1e3).toISOString().slice(0,16).replace("T"," ")}`,o=g("/v2/statistics/executions?state=RUNNING,PAUSED",1e4),c=g(`/v2/statistics/executions${w({state:"ERROR",created_at:e})}`,
1e4),l=Q();H("executions",()=>{});let r=(a,p)=>a?.counts.find(u=>u.state===p),s=[["Running","running","/executions?state=RUNNING",r(o.data,"RUNNING")],["Paused",
"paused","/executions?state=PAUSED",r(o.data,"PAUSED")],["Failed in 24 hours","error",`/executions${w({state:"ERROR",created_at:e})}`,r(c.data,"ERROR")]];return t(
M,{children:[t("div",{class:"title",children:t("h1",{children:"Overview"})}),o.error&&!o.data?t(v,{of:o,children:()=>null}):t("div",{class:"cards",children:[s.map(
([a,p,u,d],x)=>t("a",{class:"card","aria-keyshortcuts":String(x+1),href:h(u),children:[t("span",{class:`big state-${d?.count?p:"idle"}`,children:d?`${m(d.count??
0)}${d.capped?"+":""}`:"\u2026"})," ",a,p==="error"&&t(st,{until:n+86400})]})),t("button",{class:"card","aria-keyshortcuts":"4",onClick:()=>document.getElementById(
"waiting")?.focus(),children:[t("span",{class:`big state-${l.waits?.length?"delayed":"idle"}`,children:X(l)})," Waiting for people"]})]}),t(nt,{}),t("div",{class:"\
board",children:[t(at,{}),t(ot,{since:e}),t(Y,{of:l}),t(rt,{}),t(ct,{}),t(lt,{})]})]})}function st({until:n}){let e=n-604800,c=g(`/v2/statistics/activity${w({from:(e-
86400)*1e6,to:e*1e6,step:3600})}`).data?.buckets.reduce((l,r)=>l+r.failed,0);return c?t("span",{class:"muted",children:[" \xB7 ",m(c)," a week ago"]}):null}function nt(){
return g("/v2/workflows?limit=1&fields=id").data?.workflows.length!==0?null:t(F,{children:t("p",{children:["Three steps to a first run: ",t("button",{class:"lin\
k",onClick:()=>A("/workflows/new/edit"),children:"upload the example"}),", press Run, and look at it."]})})}function at(){let{query:n}=U(),e=W.find(([a])=>a===n.
get("range"))??W[0],[,o,c]=e,l=Z(60)+60,r=`/v2/statistics/activity${w({from:(l-o)*1e6,to:l*1e6,step:c})}`,s=g(r,3e4);return t("section",{class:"panel broad","ar\
ia-label":"Executions over time",children:[t("div",{class:"title",children:[t("h2",{children:c===60?"Per minute":"Per hour"}),t("div",{class:"chips",role:"group",
"aria-label":"Range",children:W.map(([a])=>t("button",{class:"small","aria-pressed":a===e[0],onClick:()=>L({range:a},!0),children:a}))})]}),t(v,{of:s,children:a=>t(
it,{buckets:a.buckets,from:l-o,until:l,step:c})})]})}function it({buckets:n,from:e,until:o,step:c}){let l=Math.ceil((o-e)/c),r=Math.ceil(l/90),s=Array.from({length:Math.
ceil(l/r)},()=>({ok:0,failed:0,cancelled:0,started:0,tasks:0}));for(let i of n){let f=s[Math.floor((i.at_us/1e6-e)/c/r)];f&&(f.ok+=i.succeeded,f.failed+=i.failed,
f.cancelled+=i.cancelled,f.started+=i.started,f.tasks+=i.tasks)}let a=Math.max(1,...s.map(i=>i.ok+i.failed+i.cancelled)),p=i=>s.reduce((f,b)=>f+b[i],0),u=`${m(p(
"started"))} started, ${m(p("ok"))} succeeded, ${m(p("failed"))} failed, ${m(p("cancelled"))} cancelled, ${m(p("tasks"))} tasks ended`,d=900/s.length,x=i=>i/a*110,
_=(i,f)=>{let b=E=>new Date((e+Math.min(s.length,E)*c*r)*1e3).toISOString().slice(0,16).replace("T"," ");return`/executions${w({created_at:`gte:${b(i)},lt:${b(f)}`})}`},
I=P(null),{now:R,listeners:j}=J(i=>K(I.current,i),i=>A(_(Math.floor(i.from*s.length),Math.ceil(i.to*s.length))));return t(M,{children:[t("div",{class:"pulls",ref:I,
...j,children:t("svg",{class:"chart",viewBox:"0 0 900 120",preserveAspectRatio:"none",role:"img","aria-label":u,children:[R&&t("rect",{class:"stretch",x:Math.floor(
R.from*s.length)*d,width:(Math.ceil(R.to*s.length)-Math.floor(R.from*s.length))*d,y:"0",height:"120"}),s.map((i,f)=>{let b=[x(i.ok),x(i.cancelled),x(i.failed)],
E=118;return b.map((N,z)=>(E-=N,N>0&&t("rect",{class:["fill-success","fill-cancelled","fill-error"][z],x:f*d+.5,width:Math.max(1,d-1),y:E,height:N})))}),t("line",
{x1:"0",x2:"900",y1:"119",y2:"119",class:"axis"})]})}),t("p",{class:"ends muted",children:[e,o].map(i=>t("span",{title:D(i*1e3),children:D(i*1e3).slice(5,16)}))}),
t("p",{children:[t("span",{class:"state-success",children:"\u25A0 succeeded"})," ",t("span",{class:"state-cancelled",children:"\u25A0 cancelled"})," ",t("span",
{class:"state-error",children:"\u25A0 failed"})," ",a>1&&t("span",{class:"muted",children:["\xB7 up to ",m(a)," ",r>1||c>60?"a bar":"a minute"]})]}),t("p",{class:"\
muted",children:[p("started")+p("ok")+p("failed")+p("cancelled")+p("tasks")?u:"Nothing was counted in this time",". Counted once a minute. Drag over a part for ",
t("a",{href:h(_(0,s.length)),children:"the list"})," of what was made then."]})]})}function ot({since:n}){let e=`/v2/executions${w({state:"ERROR",created_at:n,limit:100,
sort_keys:"created_at",sort_dirs:"desc",fields:"id,workflow_name,state_info,created_at"})}`,o=g(e,15e3);return t("section",{class:"panel","aria-label":"Failing \
now",children:[t("h2",{children:"Failing"}),t(v,{of:o,children:c=>{let l=new Map;for(let s of c.executions){let a=G(s.state_info).replace(/[0-9a-f-]{8,}|\d+/g,"\
#").slice(0,160),p=`${s.workflow_name}
${a}`;l.set(p,[...l.get(p)??[],s])}let r=[...l].sort((s,a)=>a[1].length-s[1].length).slice(0,8);return r.length?t("ul",{class:"plain",children:r.map(([s,a])=>t(
"li",{children:[t("span",{class:"state-error",children:["\u2716 ",a.length]})," ",t("a",{href:h(`/executions${w({state:"ERROR",workflow_name:a[0].workflow_name})}`),
children:a[0].workflow_name})," ",t("span",{class:"clamp",children:s.split(`
`)[1]})," ",t("a",{class:"small",href:h(`/executions/${k(a[0].id)}`),children:"newest"})]}))}):t("p",{class:"state-success",children:"\u25CF Nothing has failed in 24\
 hours."})}})]})}function rt(){let n=`/v2/executions${w({state:"in:RUNNING,PAUSED",limit:8,sort_keys:"created_at",sort_dirs:"asc",fields:"id,workflow_name,state\
,created_at"})}`,e=g(n,1e4);return t("section",{class:"panel","aria-label":"Open longest",children:[t("h2",{children:"Open longest"}),t(v,{of:e,children:o=>o.executions.
length?t("ul",{class:"plain",children:o.executions.map(c=>t("li",{children:[t(V,{state:c.state})," ",t("a",{href:h(`/executions/${k(c.id)}`),children:c.workflow_name}),
" ",t("span",{class:"muted",children:$((Date.now()-(y(c.created_at)??Date.now()))*1e3)})]}))}):t("p",{class:"muted",children:"Nothing is running or paused."})})]})}
function ct(){let n=g("/v2/cron_triggers?limit=8&sort_keys=next_execution_time&sort_dirs=asc",15e3);return t("section",{class:"panel","aria-label":"Next to fire",
children:[t("h2",{children:"Next to fire"}),t(v,{of:n,children:e=>e.cron_triggers.length?t("ul",{class:"plain",children:e.cron_triggers.map(o=>t("li",{children:[
t(q,{time:y(o.next_execution_time)})," ",t("a",{href:h(`/triggers?name=${k(o.name)}`),children:o.name})," ",t("span",{class:"muted",children:o.workflow_name})]}))}):
t("p",{class:"muted",children:["No trigger is set: ",t("a",{href:h("/triggers"),children:"make one"}),"."]})})]})}function lt(){let n=g("/v2/cluster",1e4,!0);if(!n.
data)return null;let{nodes:e,shards:o,queues:c,now_us:l}=n.data,r=e.filter(u=>u.is_alive).length,s=o.filter(u=>u.owner===null).length,a=c.reduce((u,d)=>u+d.waiting,
0),p=Math.min(...c.map(u=>u.oldest_us??1/0));return t("section",{class:"panel","aria-label":"Cluster",children:[t("h2",{children:"Cluster"}),t("ul",{class:"plai\
n",children:[t("li",{children:[t("span",{class:r===e.length?"state-success":"state-paused",children:["\u25CF ",m(r)]})," ",r===1?"process":"processes",r<e.length&&
`, ${e.length-r} gone`]}),t("li",{children:[t("span",{class:s?"state-error":"state-success",children:[s?"\u2716":"\u25CF"," ",m(o.length-s)]})," shards with an \
owner",s>0&&`, ${s} without`]}),t("li",{children:[m(a)," actions wait for an executor",a>0&&`, the oldest for ${$(l-p)}`]})]}),t("p",{children:t("a",{href:h("/c\
luster"),children:"All about the cluster"})})]})}export{Et as Overview};
