import{b as I}from"./chunk-Q5DSYD4N.js";import{D as h,E as k,O as $,P as y,Q as N,U as p,W as P,X as e,Y as A,Z as S,a as R,aa as w,ca as U,ja as f,n as C,
o as g,p as D,q as M}from"./chunk-2L4TPQFS.js";var E=[["1h",3600,60],["6h",6*3600,60],["24h",86400,3600],["7d",7*86400,3600]],V=r=>Math.floor(Date.now()/1e3/r)*r;function Z(){let r=V(600)-86400,o=`gte:${new Date(
r*1e3).toISOString().slice(0,16).replace("T"," ")}`,a=f("/v2/statistics/executions?state=RUNNING,PAUSED",1e4),n=f(`/v2/statistics/executions${h({state:"ERROR",created_at:o})}`,
1e4);I("executions",()=>{});let c=(s,t)=>s?.counts.find(d=>d.state===t),l=[["Running","running","/executions?state=RUNNING",c(a.data,"RUNNING")],["Paused","paus\
ed","/executions?state=PAUSED",c(a.data,"PAUSED")],["Failed in 24 hours","error",`/executions${h({state:"ERROR",created_at:o})}`,c(n.data,"ERROR")]];return e(R,
{children:[e("div",{class:"title",children:e("h1",{children:"Overview"})}),a.error&&!a.data?e(w,{of:a,children:()=>null}):e("div",{class:"cards",children:l.map(
([s,t,d,u])=>e("a",{class:"card",href:g(d),children:[e("span",{class:`big state-${u?.count?t:"idle"}`,children:u?`${p(u.count??0)}${u.capped?"+":""}`:"\u2026"}),
" ",s]}))}),e("div",{class:"halves",children:[e(G,{}),e(q,{since:o}),e(F,{}),e(L,{}),e(H,{})]})]})}function G(){let{query:r}=C(),o=E.find(([t])=>t===r.get("rang\
e"))??E[0],[,a,n]=o,c=V(60)+60,l=`/v2/statistics/activity${h({from:(c-a)*1e6,to:c*1e6,step:n})}`,s=f(l,3e4);return e("section",{class:"panel","aria-label":"Exec\
utions over time",children:[e("div",{class:"title",children:[e("h2",{children:n===60?"Per minute":"Per hour"}),e("div",{class:"chips",role:"group","aria-label":"\
Range",children:E.map(([t])=>e("button",{class:"small","aria-pressed":t===o[0],onClick:()=>M({range:t},!0),children:t}))})]}),e(w,{of:s,children:t=>e(T,{buckets:t.
buckets,from:c-a,until:c,step:n})})]})}function T({buckets:r,from:o,until:a,step:n}){let c=Math.ceil((a-o)/n),l=Math.ceil(c/90),s=Array.from({length:Math.ceil(c/
l)},()=>({ok:0,failed:0,cancelled:0,started:0,tasks:0}));for(let i of r){let m=s[Math.floor((i.at_us/1e6-o)/n/l)];m&&(m.ok+=i.succeeded,m.failed+=i.failed,m.cancelled+=
i.cancelled,m.started+=i.started,m.tasks+=i.tasks)}let t=Math.max(1,...s.map(i=>i.ok+i.failed+i.cancelled)),d=i=>s.reduce((m,b)=>m+b[i],0),u=`${p(d("started"))}\
 started, ${p(d("ok"))} succeeded, ${p(d("failed"))} failed, ${p(d("cancelled"))} cancelled, ${p(d("tasks"))} tasks ended`,_=900/s.length,x=i=>i/t*110;return e(
R,{children:[e("svg",{class:"chart",viewBox:"0 0 900 120",preserveAspectRatio:"none",role:"img","aria-label":u,children:[s.map((i,m)=>{let b=[x(i.ok),x(i.cancelled),
x(i.failed)],O=118;return b.map((v,B)=>(O-=v,v>0&&e("rect",{class:["fill-success","fill-cancelled","fill-error"][B],x:m*_+.5,width:Math.max(1,_-1),y:O,height:v})))}),
e("line",{x1:"0",x2:"900",y1:"119",y2:"119",class:"axis"})]}),e("p",{class:"ends muted",children:[e("span",{children:y(o*1e3)}),e("span",{children:["up to ",p(t),
" ",l>1||n>60?"a bar":"a minute"]}),e("span",{children:y(a*1e3)})]}),e("p",{children:[e("span",{class:"state-success",children:"\u25A0 succeeded"})," ",e("span",
{class:"state-cancelled",children:"\u25A0 cancelled"})," ",e("span",{class:"state-error",children:"\u25A0 failed"})]}),e("p",{class:"muted",children:[u,". Count\
ed once a minute."]})]})}function q({since:r}){let o=`/v2/executions${h({state:"ERROR",created_at:r,limit:100,sort_keys:"created_at",sort_dirs:"desc",fields:"id\
,workflow_name,state_info,created_at"})}`,a=f(o,15e3);return e("section",{class:"panel","aria-label":"Failing now",children:[e("h2",{children:"Failing"}),e(w,{of:a,
children:n=>{let c=new Map;for(let s of n.executions){let t=P(s.state_info).replace(/[0-9a-f-]{8,}|\d+/g,"#").slice(0,160),d=`${s.workflow_name}
${t}`;c.set(d,[...c.get(d)??[],s])}let l=[...c].sort((s,t)=>t[1].length-s[1].length).slice(0,8);return l.length?e("ul",{class:"plain",children:l.map(([s,t])=>e(
"li",{children:[e("span",{class:"state-error",children:["\u2716 ",t.length]})," ",e("a",{href:g(`/executions${h({state:"ERROR",workflow_name:t[0].workflow_name})}`),
children:t[0].workflow_name})," ",e("span",{class:"clamp",children:s.split(`
`)[1]})," ",e("a",{class:"small",href:g(`/executions/${k(t[0].id)}`),children:"newest"})]}))}):e("p",{class:"state-success",children:"\u25CF Nothing has failed in 24\
 hours."})}})]})}function F(){let r=`/v2/executions${h({state:"in:RUNNING,PAUSED",limit:8,sort_keys:"created_at",sort_dirs:"asc",fields:"id,workflow_name,state,\
created_at"})}`,o=f(r,1e4);return e("section",{class:"panel","aria-label":"Open longest",children:[e("h2",{children:"Open longest"}),e(w,{of:o,children:a=>a.executions.
length?e("ul",{class:"plain",children:a.executions.map(n=>e("li",{children:[e(A,{state:n.state})," ",e("a",{href:g(`/executions/${k(n.id)}`),children:n.workflow_name}),
" ",e("span",{class:"muted",children:N((Date.now()-($(n.created_at)??Date.now()))*1e3)})]}))}):e("p",{class:"muted",children:"Nothing is open."})})]})}function L(){
let r=f("/v2/cron_triggers?limit=8&sort_keys=next_execution_time&sort_dirs=asc",15e3),o=f("/v2/workflows?limit=1&fields=id");return e("section",{class:"panel","\
aria-label":"Next to fire",children:[e("h2",{children:"Next to fire"}),e(w,{of:r,children:a=>a.cron_triggers.length?e("ul",{class:"plain",children:a.cron_triggers.
map(n=>e("li",{children:[e(S,{time:$(n.next_execution_time)})," ",e("a",{href:g(`/triggers?name=${k(n.name)}`),children:n.name})," ",e("span",{class:"muted",children:n.
workflow_name})]}))}):e("p",{class:"muted",children:"No trigger is set."})}),o.data?.workflows.length===0&&e(U,{children:e("p",{children:["Three steps to a firs\
t run: ",e("button",{class:"link",onClick:()=>D("/workflows/new/edit"),children:"upload the example"}),", press Run, and look at it."]})})]})}function H(){let r=f(
"/v2/cluster",1e4,!0);if(!r.data)return null;let{nodes:o,shards:a,queues:n,now_us:c}=r.data,l=o.filter(u=>u.is_alive).length,s=a.filter(u=>u.owner===null).length,
t=n.reduce((u,_)=>u+_.waiting,0),d=Math.min(...n.map(u=>u.oldest_us??1/0));return e("section",{class:"panel","aria-label":"Cluster",children:[e("h2",{children:"\
Cluster"}),e("ul",{class:"plain",children:[e("li",{children:[e("span",{class:l===o.length?"state-success":"state-paused",children:["\u25CF ",p(l)]})," ",l===1?"\
process":"processes",l<o.length&&`, ${o.length-l} gone`]}),e("li",{children:[e("span",{class:s?"state-error":"state-success",children:[s?"\u2716":"\u25CF"," ",p(
a.length-s)]})," shards with an owner",s>0&&`, ${s} without`]}),e("li",{children:[p(t)," actions wait for an executor",t>0&&`, the oldest for ${N(c-d)}`]})]}),e(
"p",{children:e("a",{href:g("/cluster"),children:"Look at it"})})]})}export{Z as Overview};
