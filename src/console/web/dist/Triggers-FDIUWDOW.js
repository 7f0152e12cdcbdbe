import{b as N}from"./chunk-KJC5KS6T.js";import{g as W}from"./chunk-KFVN4SOM.js";import{c as _}from"./chunk-HVJX4T2S.js";import{$ as J,F as V,G as h,
P as k,Q as B,_ as e,a as D,aa as I,ca as P,d as o,da as M,e as R,fa as A,ga as L,ha as S,ja as T,n as j,o as $,p as F,q as U}from"./chunk-5ALTCYJR.js";function ce(){let{query:t}=j(),a=T("/v2/cron_triggers?limit=1000",1e4),l=T("/v2/event_triggers?limit=1000"),[n,w]=o(),[c,p]=o(),[b,u]=o(),[d,g]=o(!1),f=t.get("n\
ame"),v=T("/v2/workflows?limit=1000&fields=id,name&sort_keys=name&sort_dirs=asc"),y=i=>v.data?.workflows.find(r=>r.id===i)?.name??i,x=async i=>{let r=await k("/\
v2/executions",{method:"POST",json:{workflow_id:i.workflow_id,input:N(i.workflow_input),params:W(i.workflow_params)??{},description:`by hand, as cron trigger ${i.
name}`}});F(`/executions/${h(r.id)}`)};return e(D,{children:[e("div",{class:"title",children:[e("h1",{children:"Triggers"}),e(_,{rule:"cron_triggers:create",children:e(
"button",{"aria-keyshortcuts":"c",onClick:()=>p("new"),children:"New\u2026"})})]}),e("h2",{children:"By the clock"}),e(M,{of:a,children:i=>i.cron_triggers.length?
e("div",{class:"scroll",children:e("table",{class:"stack",children:[e("thead",{children:e("tr",{children:[e("th",{children:"Name"}),e("th",{children:"Pattern (U\
TC)"}),e("th",{children:"Workflow"}),e("th",{children:"Next"}),e("th",{children:"Left"}),e("th",{children:"Last runs"}),e("th",{children:e("span",{class:"hidden",
children:"What to do"})})]})}),e("tbody",{children:i.cron_triggers.map(r=>e("tr",{class:f===r.name||f===r.id?"chosen":void 0,children:[e("td",{children:r.name}),
e("td",{children:e(Q,{pattern:r.pattern})}),e("td",{"data-l":"Workflow",children:e("a",{href:$(`/workflows/${h(r.workflow_id)}`),children:r.workflow_name})}),e(
"td",{class:"nowrap","data-l":"Next",children:e(I,{time:B(r.next_execution_time)})}),e("td",{"data-l":"Left",children:r.remaining_executions??"\u221E"}),e("td",
{class:"nowrap","data-l":"Last runs",children:e(X,{trigger:r})}),e("td",{class:"nowrap",children:[e(_,{rule:"executions:create",children:e("button",{class:"smal\
l",onClick:()=>x(r),"aria-label":`Run ${r.name} now`,children:"Run now"})})," ",e(_,{rule:"cron_triggers:delete",children:[e(_,{rule:"cron_triggers:create",children:e(
"button",{class:"small",onClick:()=>p(r),"aria-label":`Edit ${r.name}`,children:"Edit\u2026"})})," ",e("button",{class:"small",onClick:()=>w(r),"aria-label":`De\
lete ${r.name}`,children:"Delete\u2026"})]})]})]},r.id))})]})}):e(A,{children:[e("p",{children:"A cron trigger starts a workflow again and again. None has been \
made."}),e(_,{rule:"cron_triggers:create",children:e("button",{class:"primary",onClick:()=>p("new"),children:"Make one\u2026"})})]})}),e("div",{class:"title bel\
ow",children:[e("h2",{children:"By events"}),e(_,{rule:"event_triggers:create",children:e("button",{onClick:()=>g(!0),children:"New for events\u2026"})})]}),e(M,
{of:l,children:i=>i.event_triggers.length?e("div",{class:"scroll",children:e("table",{class:"stack",children:[e("thead",{children:e("tr",{children:[e("th",{children:"\
Name"}),e("th",{children:"Event"}),e("th",{children:"Exchange"}),e("th",{children:"Topic"}),e("th",{children:"Workflow"}),e("th",{children:e("span",{class:"hidd\
en",children:"What to do"})})]})}),e("tbody",{children:i.event_triggers.map(r=>e("tr",{class:f===r.name?"chosen":void 0,children:[e("td",{children:r.name}),e("t\
d",{"data-l":"Event",children:r.event}),e("td",{"data-l":"Exchange",children:r.exchange}),e("td",{"data-l":"Topic",children:r.topic}),e("td",{"data-l":"Workflow",
children:e("a",{href:$(`/workflows/${h(r.workflow_id)}`),children:y(r.workflow_id)})}),e("td",{class:"nowrap",children:e(_,{rule:"event_triggers:delete",children:e(
"button",{class:"small",onClick:()=>u(r),"aria-label":`Delete ${r.name}`,children:"Delete\u2026"})})})]},r.id))})]})}):e(A,{children:e("p",{children:"An event t\
rigger starts a workflow when a notification arrives. None has been made."})})}),d&&e(K,{workflows:v.data?.workflows??[],close:()=>g(!1),done:l.again}),b&&e(S,{
title:`Delete ${b.name}?`,label:"Delete",close:()=>u(void 0),act:async()=>{await k(`/v2/event_triggers/${h(b.id)}`,{method:"DELETE"}),l.again()},children:e("p",
{children:"Its events start nothing any more; runs that have begun go on."})}),c&&e(Y,{of:c==="new"?void 0:c,close:()=>p(void 0),done:a.again}),n&&e(S,{title:`D\
elete ${n.name}?`,label:"Delete",close:()=>w(void 0),act:async()=>{await k(`/v2/cron_triggers/${h(n.name)}`,{method:"DELETE"}),a.again(),U({name:void 0},!0)},children:e(
"p",{children:["It will not start ",n.workflow_name," any more; runs that have begun go on."]})})]})}function K({workflows:t,close:a,done:l}){let[n,w]=o({name:"",
workflow:"",exchange:"",topic:"notifications",event:"",input:"{}"}),[c,p]=o(),b=async d=>{d.preventDefault(),p(void 0);let{name:g,workflow:f,exchange:v,topic:y,
event:x,input:i}=n,r=t.find(E=>E.name===f)?.id??f;try{await k("/v2/event_triggers",{method:"POST",json:{name:g,workflow_id:r,exchange:v,topic:y,event:x,workflow_input:N(
i)}}),l(),a()}catch(E){p(E)}},u=(d,g,f="",v)=>e("label",{class:"block",children:[g," ",e("span",{class:"muted",children:f}),e("input",{required:!0,list:v,value:n[d],
onInput:y=>w({...n,[d]:y.currentTarget.value})})]});return e(L,{title:"A new trigger by events",close:a,children:e("form",{onSubmit:b,children:[u("name","Name"),
u("workflow","Workflow","","event-workflows"),e("datalist",{id:"event-workflows",children:t.map(d=>e("option",{value:d.name}))}),u("exchange","Exchange","nova, \
cinder, \u2026"),u("topic","Topic"),u("event","Event","compute.instance.create.end; * for any part"),e("label",{class:"block",children:["Input, JSON",e("textare\
a",{rows:3,class:"code",value:n.input,onInput:d=>w({...n,input:d.currentTarget.value})})]}),e("p",{class:"muted",children:["Notifications reach this service if \
a process with the role ",e("code",{children:"event-engine"})," listens to the message bus."]}),c&&e(P,{error:c}),e("div",{class:"buttons",children:[e("button",
{class:"primary",children:"Make it"}),e("button",{type:"button",onClick:a,children:"Leave it"})]})]})})}function H(t,a){let[l,n]=o({});return R(()=>{if(!t&&!a)return n(
{});let w=setTimeout(()=>{k("/v2/cron_previews",{method:"POST",json:{pattern:t||null,first_execution_time:a||null,count:5}}).then(c=>n({preview:c}),c=>n({error:c}))},
300);return()=>clearTimeout(w)},[t,a]),l}function Q({pattern:t}){let{preview:a}=H(t);return e(D,{children:[e("code",{children:t??"once"}),a&&e("div",{class:"mut\
ed",children:a.text})]})}function X({trigger:t}){let a=`{"description": "Workflow execution created by cron trigger '(${t.id})'.", "triggered_by": {"type": "cro\
n_trigger", "id": "${t.id}"}}`,l=T(`/v2/executions${V({description:a,limit:10,sort_keys:"created_at",sort_dirs:"desc",fields:"id,state"})}`);return l.data?.executions.
length?e(D,{children:l.data.executions.map(n=>e("a",{class:"dot",href:$(`/executions/${h(n.id)}`),title:n.state,"aria-label":n.state,children:e(J,{state:n.state,
short:!0})}))}):e("span",{class:"muted",children:"\u2013"})}function Y({of:t,close:a,done:l}){let n=T("/v2/workflows?limit=1000&fields=id,name&sort_keys=name&so\
rt_dirs=asc"),[w,c]=o(t?.name??""),[p,b]=o(t?.workflow_name??""),[u,d]=o(t?.pattern??"0 3 * * *"),[g,f]=o(""),[v,y]=o(t?.remaining_executions===null||!t?"":String(
t.remaining_executions)),[x,i]=o(t?.workflow_input??"{}"),[r,E]=o(),m=H(u,g),z=async s=>{s.preventDefault(),E(void 0);let O={name:w,workflow_name:p,workflow_input:N(
x),workflow_params:W(t?.workflow_params)??{},pattern:u||null,first_execution_time:g||null,remaining_executions:v?Number(v):null},q=C=>k("/v2/cron_triggers",{method:"\
POST",json:C});try{t&&await k(`/v2/cron_triggers/${h(t.name)}`,{method:"DELETE"});try{await q(O)}catch(C){throw t&&await q({name:t.name,workflow_id:t.workflow_id,
workflow_input:N(t.workflow_input),workflow_params:O.workflow_params,pattern:t.pattern,first_execution_time:t.pattern?null:t.next_execution_time?.slice(0,16)??null,
remaining_executions:t.remaining_executions}),C}l(),a()}catch(C){E(C)}},G=m.preview&&m.preview.times_us.length>1&&m.preview.times_us[1]-m.preview.times_us[0]<6e7;
return e(L,{title:t?`Edit ${t.name}`:"A new trigger by the clock",close:a,children:e("form",{onSubmit:z,children:[e("label",{class:"block",children:["Name",e("i\
nput",{required:!0,value:w,onInput:s=>c(s.currentTarget.value)})]}),e("label",{class:"block",children:["Workflow",e("input",{required:!0,list:"workflows",value:p,
onInput:s=>b(s.currentTarget.value)})]}),e("datalist",{id:"workflows",children:n.data?.workflows.map(s=>e("option",{value:s.name}))}),e("label",{class:"block",children:[
"Pattern ",e("span",{class:"muted",children:"minute hour day month weekday, UTC"}),e("input",{value:u,onInput:s=>d(s.currentTarget.value)})]}),e("label",{class:"\
block",children:["First time ",e("span",{class:"muted",children:"2026-12-31 23:59, UTC; alone: once"}),e("input",{value:g,onInput:s=>f(s.currentTarget.value)})]}),
e("div",{role:"status",children:[m.error&&e("p",{class:"state-error",children:["\u2716 ",m.error.message]}),m.preview&&e(D,{children:[e("p",{children:e("strong",
{children:m.preview.text})}),m.preview.times_us.length?e("ul",{class:"plain",children:m.preview.times_us.map(s=>e("li",{children:e(I,{time:s/1e3})}))}):e("p",{class:"\
state-error",children:"\u2716 It never fires."}),G&&e("p",{class:"state-paused",children:"It fires more than once a minute."})]})]}),e("label",{class:"block",children:[
"How often ",e("span",{class:"muted",children:"without end, if empty"}),e("input",{inputMode:"numeric",value:v,onInput:s=>y(s.currentTarget.value)})]}),e("label",
{class:"block",children:["Input, JSON",e("textarea",{rows:3,class:"code",value:x,onInput:s=>i(s.currentTarget.value)})]}),t&&e("p",{class:"muted",children:"The \
API cannot change a trigger: this one is deleted and made anew."}),r&&e(P,{error:r}),e("div",{class:"buttons",children:[e("button",{class:"primary",disabled:!!m.
error,children:t?"Delete and make anew":"Make it"}),e("button",{type:"button",onClick:a,children:"Leave it"})]})]})})}export{ce as Triggers};
