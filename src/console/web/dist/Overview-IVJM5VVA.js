import{b as B}from"./chunk-PTTCPZVV.js";import{E as w,F as _,O as P,P as R,Q as $,R as E,V as m,X as T,Y as e,Z as U,_ as L,a as y,ba as x,d as S,da as G,
e as C,ka as f,o as D,p as h,q as I,r as M}from"./chunk-BH2VNA6L.js";var A=50,K=2,Q=6e4,N=8;function V(){let s=`/v2/executions${w({state:"in:RUNNING,PAUSED",limit:A,sort_keys:"created_at",sort_dirs:"asc",fields:"id,workflow_name,\
state,created_at"})}`,t=f(s,Q),[i,l]=S();return C(()=>{let u=t.data?.executions;if(!u)return;let r=new AbortController,o=[],n=0,d=async()=>{for(let c=n++;c<u.length;c=
n++){let p=u[c],{reasons:k}=await P(`/v2/executions/${_(p.id)}/why`,{signal:r.signal}).catch(()=>({reasons:[]}));if(o[c]=k.filter(a=>a.kind==="action_waiting_fo\
r_completion"&&a.action_execution_id).map(a=>({execution:p,task:a.task_name,action:a.action_execution_id})),r.signal.aborted)return}};return Promise.all(Array.from(
{length:K},d)).then(()=>{if(r.signal.aborted)return;let c=new Map;for(let p of o.flat())c.has(p.action)||c.set(p.action,p);l([...c.values()])}),()=>r.abort()},[
t.data]),{waits:i,more:(t.data?.executions.length??0)>=A&&!!t.data?.next}}var q=({waits:s,more:t})=>s?`${t?"\u2265 ":""}${m(s.length)}`:"\u2026";function F({of:s}){
return s.waits?.length?e("section",{class:"panel",id:"waiting",tabIndex:-1,"aria-label":"Waiting for people",children:[e("h2",{children:"Waiting for people"}),e(
"ul",{class:"plain",children:s.waits.slice(0,N).map(t=>e("li",{children:[e("a",{href:h(`/executions/${_(t.execution.id)}`),children:t.execution.workflow_name}),
" ",t.task&&e("span",{class:"muted",children:["at ",t.task]})]}))}),s.waits.length>N&&e("p",{class:"muted",children:["and ",m(s.waits.length-N)," more"]}),s.more&&
e("p",{class:"muted",children:["Of the ",A," oldest open runs."]})]}):null}var W=[["1h",3600,60],["6h",6*3600,60],["24h",86400,3600],["7d",7*86400,3600]],H=s=>Math.floor(Date.now()/1e3/s)*s;function he(){let s=H(600)-86400,t=`gte:${new Date(
s*1e3).toISOString().slice(0,16).replace("T"," ")}`,i=f("/v2/statistics/executions?state=RUNNING,PAUSED",1e4),l=f(`/v2/statistics/executions${w({state:"ERROR",created_at:t})}`,
1e4),u=V();B("executions",()=>{});let r=(n,d)=>n?.counts.find(c=>c.state===d),o=[["Running","running","/executions?state=RUNNING",r(i.data,"RUNNING")],["Paused",
"paused","/executions?state=PAUSED",r(i.data,"PAUSED")],["Failed in 24 hours","error",`/executions${w({state:"ERROR",created_at:t})}`,r(l.data,"ERROR")]];return e(
y,{children:[e("div",{class:"title",children:e("h1",{children:"Overview"})}),i.error&&!i.data?e(x,{of:i,children:()=>null}):e("div",{class:"cards",children:[o.map(
([n,d,c,p])=>e("a",{class:"card",href:h(c),children:[e("span",{class:`big state-${p?.count?d:"idle"}`,children:p?`${m(p.count??0)}${p.capped?"+":""}`:"\u2026"}),
" ",n]})),e("button",{class:"card",onClick:()=>document.getElementById("waiting")?.focus(),children:[e("span",{class:`big state-${u.waits?.length?"delayed":"idl\
e"}`,children:q(u)})," Waiting for people"]})]}),e(X,{}),e("div",{class:"halves",children:[e(Y,{}),e(j,{since:t}),e(F,{of:u}),e(z,{}),e(ee,{}),e(te,{})]})]})}function X(){
return f("/v2/workflows?limit=1&fields=id").data?.workflows.length!==0?null:e(G,{children:e("p",{children:["Three steps to a first run: ",e("button",{class:"lin\
k",onClick:()=>I("/workflows/new/edit"),children:"upload the example"}),", press Run, and look at it."]})})}function Y(){let{query:s}=D(),t=W.find(([n])=>n===s.
get("range"))??W[0],[,i,l]=t,u=H(60)+60,r=`/v2/statistics/activity${w({from:(u-i)*1e6,to:u*1e6,step:l})}`,o=f(r,3e4);return e("section",{class:"panel","aria-lab\
el":"Executions over time",children:[e("div",{class:"title",children:[e("h2",{children:l===60?"Per minute":"Per hour"}),e("div",{class:"chips",role:"group","ari\
a-label":"Range",children:W.map(([n])=>e("button",{class:"small","aria-pressed":n===t[0],onClick:()=>M({range:n},!0),children:n}))})]}),e(x,{of:o,children:n=>e(
Z,{buckets:n.buckets,from:u-i,until:u,step:l})})]})}function Z({buckets:s,from:t,until:i,step:l}){let u=Math.ceil((i-t)/l),r=Math.ceil(u/90),o=Array.from({length:Math.
ceil(u/r)},()=>({ok:0,failed:0,cancelled:0,started:0,tasks:0}));for(let a of s){let g=o[Math.floor((a.at_us/1e6-t)/l/r)];g&&(g.ok+=a.succeeded,g.failed+=a.failed,
g.cancelled+=a.cancelled,g.started+=a.started,g.tasks+=a.tasks)}let n=Math.max(1,...o.map(a=>a.ok+a.failed+a.cancelled)),d=a=>o.reduce((g,b)=>g+b[a],0),c=`${m(d(
"started"))} started, ${m(d("ok"))} succeeded, ${m(d("failed"))} failed, ${m(d("cancelled"))} cancelled, ${m(d("tasks"))} tasks ended`,p=900/o.length,k=a=>a/n*110;
return e(y,{children:[e("svg",{class:"chart",viewBox:"0 0 900 120",preserveAspectRatio:"none",role:"img","aria-label":c,children:[o.map((a,g)=>{let b=[k(a.ok),k(
a.cancelled),k(a.failed)],O=118;return b.map((v,J)=>(O-=v,v>0&&e("rect",{class:["fill-success","fill-cancelled","fill-error"][J],x:g*p+.5,width:Math.max(1,p-1),
y:O,height:v})))}),e("line",{x1:"0",x2:"900",y1:"119",y2:"119",class:"axis"})]}),e("p",{class:"ends muted",children:[t,i].map(a=>e("span",{title:$(a*1e3),children:$(
a*1e3).slice(5,16)}))}),e("p",{children:[e("span",{class:"state-success",children:"\u25A0 succeeded"})," ",e("span",{class:"state-cancelled",children:"\u25A0 cancell\
ed"})," ",e("span",{class:"state-error",children:"\u25A0 failed"})," ",e("span",{class:"muted",children:["\xB7 up to ",m(n)," ",r>1||l>60?"a bar":"a minute"]})]}),
e("p",{class:"muted",children:[c,". Counted once a minute."]})]})}function j({since:s}){let t=`/v2/executions${w({state:"ERROR",created_at:s,limit:100,sort_keys:"\
created_at",sort_dirs:"desc",fields:"id,workflow_name,state_info,created_at"})}`,i=f(t,15e3);return e("section",{class:"panel","aria-label":"Failing now",children:[
e("h2",{children:"Failing"}),e(x,{of:i,children:l=>{let u=new Map;for(let o of l.executions){let n=T(o.state_info).replace(/[0-9a-f-]{8,}|\d+/g,"#").slice(0,160),
d=`${o.workflow_name}
${n}`;u.set(d,[...u.get(d)??[],o])}let r=[...u].sort((o,n)=>n[1].length-o[1].length).slice(0,8);return r.length?e("ul",{class:"plain",children:r.map(([o,n])=>e(
"li",{children:[e("span",{class:"state-error",children:["\u2716 ",n.length]})," ",e("a",{href:h(`/executions${w({state:"ERROR",workflow_name:n[0].workflow_name})}`),
children:n[0].workflow_name})," ",e("span",{class:"clamp",children:o.split(`
`)[1]})," ",e("a",{class:"small",href:h(`/executions/${_(n[0].id)}`),children:"newest"})]}))}):e("p",{class:"state-success",children:"\u25CF Nothing has failed in 24\
 hours."})}})]})}function z(){let s=`/v2/executions${w({state:"in:RUNNING,PAUSED",limit:8,sort_keys:"created_at",sort_dirs:"asc",fields:"id,workflow_name,state,\
created_at"})}`,t=f(s,1e4);return e("section",{class:"panel","aria-label":"Open longest",children:[e("h2",{children:"Open longest"}),e(x,{of:t,children:i=>i.executions.
length?e("ul",{class:"plain",children:i.executions.map(l=>e("li",{children:[e(U,{state:l.state})," ",e("a",{href:h(`/executions/${_(l.id)}`),children:l.workflow_name}),
" ",e("span",{class:"muted",children:E((Date.now()-(R(l.created_at)??Date.now()))*1e3)})]}))}):e("p",{class:"muted",children:"Nothing is open."})})]})}function ee(){
let s=f("/v2/cron_triggers?limit=8&sort_keys=next_execution_time&sort_dirs=asc",15e3);return e("section",{class:"panel","aria-label":"Next to fire",children:[e(
"h2",{children:"Next to fire"}),e(x,{of:s,children:t=>t.cron_triggers.length?e("ul",{class:"plain",children:t.cron_triggers.map(i=>e("li",{children:[e(L,{time:R(
i.next_execution_time)})," ",e("a",{href:h(`/triggers?name=${_(i.name)}`),children:i.name})," ",e("span",{class:"muted",children:i.workflow_name})]}))}):e("p",{
class:"muted",children:"No trigger is set."})})]})}function te(){let s=f("/v2/cluster",1e4,!0);if(!s.data)return null;let{nodes:t,shards:i,queues:l,now_us:u}=s.
data,r=t.filter(c=>c.is_alive).length,o=i.filter(c=>c.owner===null).length,n=l.reduce((c,p)=>c+p.waiting,0),d=Math.min(...l.map(c=>c.oldest_us??1/0));return e("\
section",{class:"panel","aria-label":"Cluster",children:[e("h2",{children:"Cluster"}),e("ul",{class:"plain",children:[e("li",{children:[e("span",{class:r===t.length?
"state-success":"state-paused",children:["\u25CF ",m(r)]})," ",r===1?"process":"processes",r<t.length&&`, ${t.length-r} gone`]}),e("li",{children:[e("span",{class:o?
"state-error":"state-success",children:[o?"\u2716":"\u25CF"," ",m(i.length-o)]})," shards with an owner",o>0&&`, ${o} without`]}),e("li",{children:[m(n)," actio\
ns wait for an executor",n>0&&`, the oldest for ${E(u-d)}`]})]}),e("p",{children:e("a",{href:h("/cluster"),children:"Look at it"})})]})}export{he as Overview};
