import{b as G}from"./chunk-C5PZHKVE.js";import{D as h,E as k,N as P,O as R,P as $,Q as E,U as f,X as T,Y as e,Z as U,_ as L,a as y,ba as x,d as S,da as B,
e as C,ha as m,n as D,o as w,p as I,q as M}from"./chunk-O26X54IO.js";var A=50,K=2,Q=6e4,N=8;function V(){let s=`/v2/executions${h({state:"in:RUNNING,PAUSED",limit:A,sort_keys:"created_at",sort_dirs:"asc",fields:"id,workflow_name,\
state,created_at"})}`,t=m(s,Q),[a,c]=S();return C(()=>{let l=t.data?.executions;if(!l)return;let r=new AbortController,o=[],n=0,d=async()=>{for(let u=n++;u<l.length;u=
n++){let p=l[u],{reasons:_}=await P(`/v2/executions/${k(p.id)}/why`,{signal:r.signal}).catch(()=>({reasons:[]}));if(o[u]=_.filter(i=>i.kind==="action_waiting_fo\
r_completion"&&i.action_execution_id).map(i=>({execution:p,task:i.task_name,action:i.action_execution_id})),r.signal.aborted)return}};return Promise.all(Array.from(
{length:K},d)).then(()=>{if(r.signal.aborted)return;let u=new Map;for(let p of o.flat())u.has(p.action)||u.set(p.action,p);c([...u.values()])}),()=>r.abort()},[
t.data]),{waits:a,more:(t.data?.executions.length??0)>=A&&!!t.data?.next}}var q=({waits:s,more:t})=>s?`${t?"\u2265 ":""}${f(s.length)}`:"\u2026";function F({of:s}){
return s.waits?.length?e("section",{class:"panel",id:"waiting",tabIndex:-1,"aria-label":"Waiting for people",children:[e("h2",{children:"Waiting for people"}),e(
"ul",{class:"plain",children:s.waits.slice(0,N).map(t=>e("li",{children:[e("a",{href:w(`/executions/${k(t.execution.id)}`),children:t.execution.workflow_name}),
" ",t.task&&e("span",{class:"muted",children:["at ",t.task]})]}))}),s.waits.length>N&&e("p",{class:"muted",children:["and ",f(s.waits.length-N)," more"]}),s.more&&
e("p",{class:"muted",children:["Of the ",A," oldest open runs."]})]}):null}var W=[["1h",3600,60],["6h",6*3600,60],["24h",86400,3600],["7d",7*86400,3600]],H=s=>Math.floor(Date.now()/1e3/s)*s;function we(){let s=H(600)-86400,t=`gte:${new Date(
s*1e3).toISOString().slice(0,16).replace("T"," ")}`,a=m("/v2/statistics/executions?state=RUNNING,PAUSED",1e4),c=m(`/v2/statistics/executions${h({state:"ERROR",created_at:t})}`,
1e4),l=V();G("executions",()=>{});let r=(n,d)=>n?.counts.find(u=>u.state===d),o=[["Running","running","/executions?state=RUNNING",r(a.data,"RUNNING")],["Paused",
"paused","/executions?state=PAUSED",r(a.data,"PAUSED")],["Failed in 24 hours","error",`/executions${h({state:"ERROR",created_at:t})}`,r(c.data,"ERROR")]];return e(
y,{children:[e("div",{class:"title",children:e("h1",{children:"Overview"})}),a.error&&!a.data?e(x,{of:a,children:()=>null}):e("div",{class:"cards",children:[o.map(
([n,d,u,p],_)=>e("a",{class:"card","aria-keyshortcuts":String(_+1),href:w(u),children:[e("span",{class:`big state-${p?.count?d:"idle"}`,children:p?`${f(p.count??
0)}${p.capped?"+":""}`:"\u2026"})," ",n,d==="error"&&e(X,{until:s+86400})]})),e("button",{class:"card","aria-keyshortcuts":"4",onClick:()=>document.getElementById(
"waiting")?.focus(),children:[e("span",{class:`big state-${l.waits?.length?"delayed":"idle"}`,children:q(l)})," Waiting for people"]})]}),e(Y,{}),e("div",{class:"\
halves",children:[e(Z,{}),e(z,{since:t}),e(F,{of:l}),e(ee,{}),e(te,{}),e(se,{})]})]})}function X({until:s}){let t=s-604800,c=m(`/v2/statistics/activity${h({from:(t-
86400)*1e6,to:t*1e6,step:3600})}`).data?.buckets.reduce((l,r)=>l+r.failed,0);return c?e("span",{class:"muted",children:[" \xB7 ",f(c)," a week ago"]}):null}function Y(){
return m("/v2/workflows?limit=1&fields=id").data?.workflows.length!==0?null:e(B,{children:e("p",{children:["Three steps to a first run: ",e("button",{class:"lin\
k",onClick:()=>I("/workflows/new/edit"),children:"upload the example"}),", press Run, and look at it."]})})}function Z(){let{query:s}=D(),t=W.find(([n])=>n===s.
get("range"))??W[0],[,a,c]=t,l=H(60)+60,r=`/v2/statistics/activity${h({from:(l-a)*1e6,to:l*1e6,step:c})}`,o=m(r,3e4);return e("section",{class:"panel","aria-lab\
el":"Executions over time",children:[e("div",{class:"title",children:[e("h2",{children:c===60?"Per minute":"Per hour"}),e("div",{class:"chips",role:"group","ari\
a-label":"Range",children:W.map(([n])=>e("button",{class:"small","aria-pressed":n===t[0],onClick:()=>M({range:n},!0),children:n}))})]}),e(x,{of:o,children:n=>e(
j,{buckets:n.buckets,from:l-a,until:l,step:c})})]})}function j({buckets:s,from:t,until:a,step:c}){let l=Math.ceil((a-t)/c),r=Math.ceil(l/90),o=Array.from({length:Math.
ceil(l/r)},()=>({ok:0,failed:0,cancelled:0,started:0,tasks:0}));for(let i of s){let g=o[Math.floor((i.at_us/1e6-t)/c/r)];g&&(g.ok+=i.succeeded,g.failed+=i.failed,
g.cancelled+=i.cancelled,g.started+=i.started,g.tasks+=i.tasks)}let n=Math.max(1,...o.map(i=>i.ok+i.failed+i.cancelled)),d=i=>o.reduce((g,b)=>g+b[i],0),u=`${f(d(
"started"))} started, ${f(d("ok"))} succeeded, ${f(d("failed"))} failed, ${f(d("cancelled"))} cancelled, ${f(d("tasks"))} tasks ended`,p=900/o.length,_=i=>i/n*110;
return e(y,{children:[e("svg",{class:"chart",viewBox:"0 0 900 120",preserveAspectRatio:"none",role:"img","aria-label":u,children:[o.map((i,g)=>{let b=[_(i.ok),_(
i.cancelled),_(i.failed)],O=118;return b.map((v,J)=>(O-=v,v>0&&e("rect",{class:["fill-success","fill-cancelled","fill-error"][J],x:g*p+.5,width:Math.max(1,p-1),
y:O,height:v})))}),e("line",{x1:"0",x2:"900",y1:"119",y2:"119",class:"axis"})]}),e("p",{class:"ends muted",children:[t,a].map(i=>e("span",{title:$(i*1e3),children:$(
i*1e3).slice(5,16)}))}),e("p",{children:[e("span",{class:"state-success",children:"\u25A0 succeeded"})," ",e("span",{class:"state-cancelled",children:"\u25A0 cancell\
ed"})," ",e("span",{class:"state-error",children:"\u25A0 failed"})," ",e("span",{class:"muted",children:["\xB7 up to ",f(n)," ",r>1||c>60?"a bar":"a minute"]})]}),
e("p",{class:"muted",children:[u,". Counted once a minute."]})]})}function z({since:s}){let t=`/v2/executions${h({state:"ERROR",created_at:s,limit:100,sort_keys:"\
created_at",sort_dirs:"desc",fields:"id,workflow_name,state_info,created_at"})}`,a=m(t,15e3);return e("section",{class:"panel","aria-label":"Failing now",children:[
e("h2",{children:"Failing"}),e(x,{of:a,children:c=>{let l=new Map;for(let o of c.executions){let n=T(o.state_info).replace(/[0-9a-f-]{8,}|\d+/g,"#").slice(0,160),
d=`${o.workflow_name}
${n}`;l.set(d,[...l.get(d)??[],o])}let r=[...l].sort((o,n)=>n[1].length-o[1].length).slice(0,8);return r.length?e("ul",{class:"plain",children:r.map(([o,n])=>e(
"li",{children:[e("span",{class:"state-error",children:["\u2716 ",n.length]})," ",e("a",{href:w(`/executions${h({state:"ERROR",workflow_name:n[0].workflow_name})}`),
children:n[0].workflow_name})," ",e("span",{class:"clamp",children:o.split(`
`)[1]})," ",e("a",{class:"small",href:w(`/executions/${k(n[0].id)}`),children:"newest"})]}))}):e("p",{class:"state-success",children:"\u25CF Nothing has failed in 24\
 hours."})}})]})}function ee(){let s=`/v2/executions${h({state:"in:RUNNING,PAUSED",limit:8,sort_keys:"created_at",sort_dirs:"asc",fields:"id,workflow_name,state\
,created_at"})}`,t=m(s,1e4);return e("section",{class:"panel","aria-label":"Open longest",children:[e("h2",{children:"Open longest"}),e(x,{of:t,children:a=>a.executions.
length?e("ul",{class:"plain",children:a.executions.map(c=>e("li",{children:[e(U,{state:c.state})," ",e("a",{href:w(`/executions/${k(c.id)}`),children:c.workflow_name}),
" ",e("span",{class:"muted",children:E((Date.now()-(R(c.created_at)??Date.now()))*1e3)})]}))}):e("p",{class:"muted",children:"Nothing is open."})})]})}function te(){
let s=m("/v2/cron_triggers?limit=8&sort_keys=next_execution_time&sort_dirs=asc",15e3);return e("section",{class:"panel","aria-label":"Next to fire",children:[e(
"h2",{children:"Next to fire"}),e(x,{of:s,children:t=>t.cron_triggers.length?e("ul",{class:"plain",children:t.cron_triggers.map(a=>e("li",{children:[e(L,{time:R(
a.next_execution_time)})," ",e("a",{href:w(`/triggers?name=${k(a.name)}`),children:a.name})," ",e("span",{class:"muted",children:a.workflow_name})]}))}):e("p",{
class:"muted",children:"No trigger is set."})})]})}function se(){let s=m("/v2/cluster",1e4,!0);if(!s.data)return null;let{nodes:t,shards:a,queues:c,now_us:l}=s.
data,r=t.filter(u=>u.is_alive).length,o=a.filter(u=>u.owner===null).length,n=c.reduce((u,p)=>u+p.waiting,0),d=Math.min(...c.map(u=>u.oldest_us??1/0));return e("\
section",{class:"panel","aria-label":"Cluster",children:[e("h2",{children:"Cluster"}),e("ul",{class:"plain",children:[e("li",{children:[e("span",{class:r===t.length?
"state-success":"state-paused",children:["\u25CF ",f(r)]})," ",r===1?"process":"processes",r<t.length&&`, ${t.length-r} gone`]}),e("li",{children:[e("span",{class:o?
"state-error":"state-success",children:[o?"\u2716":"\u25CF"," ",f(a.length-o)]})," shards with an owner",o>0&&`, ${o} without`]}),e("li",{children:[f(n)," actio\
ns wait for an executor",n>0&&`, the oldest for ${E(l-d)}`]})]}),e("p",{children:e("a",{href:w("/cluster"),children:"Look at it"})})]})}export{we as Overview};
