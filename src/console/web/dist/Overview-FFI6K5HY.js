import{b as C}from"./chunk-EMWMI7HU.js";import"./chunk-5KLUGCN5.js";import{$ as m,D as g,E as _,F as R,G as $,H as M,L as p,N as e,O as P,P as S,S as w,
U,a as v,j as O,k as h,l as D,m as A}from"./chunk-ASWVZLME.js";var y=[["1h",3600,60],["6h",6*3600,60],["24h",86400,3600],["7d",7*86400,3600]],V=r=>Math.floor(Date.now()/1e3/r)*r;function X(){let r=V(600)-86400,i=`gte:${new Date(
r*1e3).toISOString().slice(0,16).replace("T"," ")}`,n=m("/v2/statistics/executions?state=RUNNING,PAUSED",1e4),s=m(`/v2/statistics/executions${g({state:"ERROR",created_at:i})}`,
1e4);C("executions",()=>{});let c=(a,t)=>a?.counts.find(l=>l.state===t),u=[["Running","running","/executions?state=RUNNING",c(n.data,"RUNNING")],["Paused","paus\
ed","/executions?state=PAUSED",c(n.data,"PAUSED")],["Failed in 24 hours","error",`/executions${g({state:"ERROR",created_at:i})}`,c(s.data,"ERROR")]];return e(v,
{children:[e("div",{class:"title",children:e("h1",{children:"Overview"})}),n.error&&!n.data?e(w,{of:n,children:()=>null}):e("div",{class:"cards",children:u.map(
([a,t,l,f])=>e("a",{class:"card",href:h(l),children:[e("span",{class:`big state-${f?.count?t:"idle"}`,children:f?`${p(f.count??0)}${f.capped?"+":""}`:"\u2026"}),
" ",a]}))}),e("div",{class:"halves",children:[e(G,{}),e(T,{since:i}),e(F,{}),e(L,{})]})]})}function G(){let{query:r}=O(),i=y.find(([t])=>t===r.get("range"))??y[0],
[,n,s]=i,c=V(60)+60,u=`/v2/statistics/activity${g({from:(c-n)*1e6,to:c*1e6,step:s})}`,a=m(u,3e4);return e("section",{class:"panel","aria-label":"Executions over\
 time",children:[e("div",{class:"title",children:[e("h2",{children:s===60?"Per minute":"Per hour"}),e("div",{class:"chips",role:"group","aria-label":"Range",children:y.
map(([t])=>e("button",{class:"small","aria-pressed":t===i[0],onClick:()=>A({range:t},!0),children:t}))})]}),e(w,{of:a,children:t=>e(I,{buckets:t.buckets,from:c-
n,until:c,step:s})})]})}function I({buckets:r,from:i,until:n,step:s}){let c=Math.ceil((n-i)/s),u=Math.ceil(c/90),a=Array.from({length:Math.ceil(c/u)},()=>({ok:0,
failed:0,cancelled:0,started:0,tasks:0}));for(let o of r){let d=a[Math.floor((o.at_us/1e6-i)/s/u)];d&&(d.ok+=o.succeeded,d.failed+=o.failed,d.cancelled+=o.cancelled,
d.started+=o.started,d.tasks+=o.tasks)}let t=Math.max(1,...a.map(o=>o.ok+o.failed+o.cancelled)),l=o=>a.reduce((d,x)=>d+x[o],0),f=`${p(l("started"))} started, ${p(
l("ok"))} succeeded, ${p(l("failed"))} failed, ${p(l("cancelled"))} cancelled, ${p(l("tasks"))} tasks ended`,N=900/a.length,k=o=>o/t*110;return e(v,{children:[e(
"svg",{class:"chart",viewBox:"0 0 900 120",preserveAspectRatio:"none",role:"img","aria-label":f,children:[a.map((o,d)=>{let x=[k(o.ok),k(o.cancelled),k(o.failed)],
E=118;return x.map((b,B)=>(E-=b,b>0&&e("rect",{class:["fill-success","fill-cancelled","fill-error"][B],x:d*N+.5,width:Math.max(1,N-1),y:E,height:b})))}),e("line",
{x1:"0",x2:"900",y1:"119",y2:"119",class:"axis"})]}),e("p",{class:"ends muted",children:[e("span",{children:$(i*1e3)}),e("span",{children:["up to ",p(t)," ",u>1||
s>60?"a bar":"a minute"]}),e("span",{children:$(n*1e3)})]}),e("p",{children:[e("span",{class:"state-success",children:"\u25A0 succeeded"})," ",e("span",{class:"\
state-cancelled",children:"\u25A0 cancelled"})," ",e("span",{class:"state-error",children:"\u25A0 failed"})]}),e("p",{class:"muted",children:[f,". Counted once \
a minute."]})]})}function T({since:r}){let i=`/v2/executions${g({state:"ERROR",created_at:r,limit:100,sort_keys:"created_at",sort_dirs:"desc",fields:"id,workflo\
w_name,state_info,created_at"})}`,n=m(i,15e3);return e("section",{class:"panel","aria-label":"Failing now",children:[e("h2",{children:"Failing"}),e(w,{of:n,children:s=>{
let c=new Map;for(let a of s.executions){let t=(a.state_info??"").split(`
`)[0].replace(/[0-9a-f-]{8,}|\d+/g,"#").slice(0,160),l=`${a.workflow_name}
${t}`;c.set(l,[...c.get(l)??[],a])}let u=[...c].sort((a,t)=>t[1].length-a[1].length).slice(0,8);return u.length?e("ul",{class:"plain",children:u.map(([a,t])=>e(
"li",{children:[e("span",{class:"state-error",children:["\u2716 ",t.length]})," ",e("a",{href:h(`/executions${g({state:"ERROR",workflow_name:t[0].workflow_name})}`),
children:t[0].workflow_name})," ",e("span",{class:"clamp",children:a.split(`
`)[1]})," ",e("a",{class:"small",href:h(`/executions/${_(t[0].id)}`),children:"newest"})]}))}):e("p",{class:"state-success",children:"\u25CF Nothing has failed in 24\
 hours."})}})]})}function F(){let r=`/v2/executions${g({state:"in:RUNNING,PAUSED",limit:8,sort_keys:"created_at",sort_dirs:"asc",fields:"id,workflow_name,state,\
created_at"})}`,i=m(r,1e4);return e("section",{class:"panel","aria-label":"Open longest",children:[e("h2",{children:"Open longest"}),e(w,{of:i,children:n=>n.executions.
length?e("ul",{class:"plain",children:n.executions.map(s=>e("li",{children:[e(P,{state:s.state})," ",e("a",{href:h(`/executions/${_(s.id)}`),children:s.workflow_name}),
" ",e("span",{class:"muted",children:M((Date.now()-(R(s.created_at)??Date.now()))*1e3)})]}))}):e("p",{class:"muted",children:"Nothing is open."})})]})}function L(){
let r=m("/v2/cron_triggers?limit=8&sort_keys=next_execution_time&sort_dirs=asc",15e3),i=m("/v2/workflows?limit=1&fields=id");return e("section",{class:"panel","\
aria-label":"Next to fire",children:[e("h2",{children:"Next to fire"}),e(w,{of:r,children:n=>n.cron_triggers.length?e("ul",{class:"plain",children:n.cron_triggers.
map(s=>e("li",{children:[e(S,{time:R(s.next_execution_time)})," ",e("a",{href:h(`/triggers?name=${_(s.name)}`),children:s.name})," ",e("span",{class:"muted",children:s.
workflow_name})]}))}):e("p",{class:"muted",children:"No trigger is set."})}),i.data?.workflows.length===0&&e(U,{children:e("p",{children:["Three steps to a firs\
t run: ",e("button",{class:"link",onClick:()=>D("/workflows/new/edit"),children:"upload the example"}),", press Run, and look at it."]})})]})}export{X as Overview};
