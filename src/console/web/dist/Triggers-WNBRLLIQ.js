import{a as T}from"./chunk-CCQ5342Y.js";import{c as w}from"./chunk-MFQ5DZGI.js";import{E as M,F as g,O as p,P as S,Y as e,Z as L,_ as y,a as v,aa as O,
ba as x,d as l,da as E,e as I,ea as W,fa as q,ka as h,o as D,p as _,q as N,r as A}from"./chunk-BH2VNA6L.js";function ae(){let{query:r}=D(),i=h("/v2/cron_triggers?limit=1000",1e4),u=h("/v2/event_triggers?limit=1000"),[a,d]=l(),[c,m]=l(),b=r.get("name"),f=async s=>{let t=await p(
"/v2/executions",{method:"POST",json:{workflow_id:s.workflow_id,input:T(s.workflow_input),description:`by hand, as cron trigger ${s.name}`}});N(`/executions/${g(
t.id)}`)};return e(v,{children:[e("div",{class:"title",children:[e("h1",{children:"Triggers"}),e(w,{rule:"cron_triggers:create",children:e("button",{onClick:()=>m(
"new"),children:"New\u2026"})})]}),e("h2",{children:"By the clock"}),e(x,{of:i,children:s=>s.cron_triggers.length?e("div",{class:"scroll",children:e("table",{children:[
e("thead",{children:e("tr",{children:[e("th",{children:"Name"}),e("th",{children:"Pattern (UTC)"}),e("th",{children:"Workflow"}),e("th",{children:"Next"}),e("th",
{children:"Left"}),e("th",{children:"Last runs"}),e("th",{children:e("span",{class:"hidden",children:"What to do"})})]})}),e("tbody",{children:s.cron_triggers.map(
t=>e("tr",{class:t.name===b?"chosen":void 0,children:[e("td",{children:t.name}),e("td",{children:e(z,{pattern:t.pattern})}),e("td",{children:e("a",{href:_(`/wor\
kflows/${g(t.workflow_id)}`),children:t.workflow_name})}),e("td",{class:"nowrap",children:e(y,{time:S(t.next_execution_time)})}),e("td",{children:t.remaining_executions??
"\u221E"}),e("td",{class:"nowrap",children:e(G,{trigger:t})}),e("td",{class:"nowrap",children:[e(w,{rule:"executions:create",children:e("button",{class:"small",
onClick:()=>f(t),"aria-label":`Run ${t.name} now`,children:"Run now"})})," ",e(w,{rule:"cron_triggers:delete",children:[e(w,{rule:"cron_triggers:create",children:e(
"button",{class:"small",onClick:()=>m(t),"aria-label":`Edit ${t.name}`,children:"Edit\u2026"})})," ",e("button",{class:"small",onClick:()=>d(t),"aria-label":`De\
lete ${t.name}`,children:"Delete\u2026"})]})]})]},t.id))})]})}):e(E,{children:[e("p",{children:"A cron trigger starts a workflow again and again. None has been \
made."}),e(w,{rule:"cron_triggers:create",children:e("button",{class:"primary",onClick:()=>m("new"),children:"Make one\u2026"})})]})}),e("h2",{children:"By even\
ts"}),e(x,{of:u,children:s=>s.event_triggers.length?e("div",{class:"scroll",children:e("table",{children:[e("thead",{children:e("tr",{children:[e("th",{children:"\
Name"}),e("th",{children:"Event"}),e("th",{children:"Exchange"}),e("th",{children:"Topic"}),e("th",{children:"Workflow"})]})}),e("tbody",{children:s.event_triggers.
map(t=>e("tr",{children:[e("td",{children:t.name}),e("td",{children:t.event}),e("td",{children:t.exchange}),e("td",{children:t.topic}),e("td",{children:e("a",{href:_(
`/workflows/${g(t.workflow_id)}`),children:t.workflow_id})})]},t.id))})]})}):e(E,{children:e("p",{children:["An event trigger starts a workflow when a notificat\
ion arrives. None has been made: see ",e("code",{children:"POST /v2/event_triggers"}),"."]})})}),c&&e(K,{of:c==="new"?void 0:c,close:()=>m(void 0),done:i.again}),
a&&e(q,{title:`Delete ${a.name}?`,label:"Delete",close:()=>d(void 0),act:async()=>{await p(`/v2/cron_triggers/${g(a.name)}`,{method:"DELETE"}),i.again(),A({name:void 0},
!0)},children:e("p",{children:["It will not start ",a.workflow_name," any more; runs that have begun go on."]})})]})}function F(r,i){let[u,a]=l({});return I(()=>{
if(!r&&!i)return a({});let d=setTimeout(()=>{p("/v2/cron_previews",{method:"POST",json:{pattern:r||null,first_execution_time:i||null,count:5}}).then(c=>a({preview:c}),
c=>a({error:c}))},300);return()=>clearTimeout(d)},[r,i]),u}function z({pattern:r}){let{preview:i}=F(r);return e(v,{children:[e("code",{children:r??"once"}),i&&e(
"div",{class:"muted",children:i.text})]})}function G({trigger:r}){let i=`{"description": "Workflow execution created by cron trigger '(${r.id})'.", "triggered_b\
y": {"type": "cron_trigger", "id": "${r.id}"}}`,u=h(`/v2/executions${M({description:i,limit:10,sort_keys:"created_at",sort_dirs:"desc",fields:"id,state"})}`);return u.
data?.executions.length?e(v,{children:u.data.executions.map(a=>e("a",{class:"dot",href:_(`/executions/${g(a.id)}`),title:a.state,"aria-label":a.state,children:e(
L,{state:a.state,short:!0})}))}):e("span",{class:"muted",children:"\u2013"})}function K({of:r,close:i,done:u}){let a=h("/v2/workflows?limit=1000&fields=id,name&\
sort_keys=name&sort_dirs=asc"),[d,c]=l(r?.name??""),[m,b]=l(r?.workflow_name??""),[f,s]=l(r?.pattern??"0 3 * * *"),[t,R]=l(""),[k,U]=l(r?.remaining_executions===
null||!r?"":String(r.remaining_executions)),[C,V]=l(r?.workflow_input??"{}"),[P,$]=l(),o=F(f,t),j=async n=>{n.preventDefault(),$(void 0);let H={name:d,workflow_name:m,
workflow_input:T(C),pattern:f||null,first_execution_time:t||null,remaining_executions:k?Number(k):null};try{r&&await p(`/v2/cron_triggers/${g(r.name)}`,{method:"\
DELETE"}),await p("/v2/cron_triggers",{method:"POST",json:H}),u(),i()}catch(J){$(J)}},B=o.preview&&o.preview.times_us.length>1&&o.preview.times_us[1]-o.preview.
times_us[0]<6e7;return e(W,{title:r?`Edit ${r.name}`:"A new trigger by the clock",close:i,children:e("form",{onSubmit:j,children:[e("label",{class:"block",children:[
"Name",e("input",{required:!0,value:d,onInput:n=>c(n.currentTarget.value)})]}),e("label",{class:"block",children:["Workflow",e("input",{required:!0,list:"workfl\
ows",value:m,onInput:n=>b(n.currentTarget.value)})]}),e("datalist",{id:"workflows",children:a.data?.workflows.map(n=>e("option",{value:n.name}))}),e("label",{class:"\
block",children:["Pattern ",e("span",{class:"muted",children:"minute hour day month weekday, UTC"}),e("input",{value:f,onInput:n=>s(n.currentTarget.value)})]}),
e("label",{class:"block",children:["First time ",e("span",{class:"muted",children:"2026-12-31 23:59, UTC; alone: once"}),e("input",{value:t,onInput:n=>R(n.currentTarget.
value)})]}),e("div",{role:"status",children:[o.error&&e("p",{class:"state-error",children:["\u2716 ",o.error.message]}),o.preview&&e(v,{children:[e("p",{children:e(
"strong",{children:o.preview.text})}),o.preview.times_us.length?e("ul",{class:"plain",children:o.preview.times_us.map(n=>e("li",{children:e(y,{time:n/1e3})}))}):
e("p",{class:"state-error",children:"\u2716 It never fires."}),B&&e("p",{class:"state-paused",children:"It fires more than once a minute."})]})]}),e("label",{class:"\
block",children:["How often ",e("span",{class:"muted",children:"without end, if empty"}),e("input",{inputMode:"numeric",value:k,onInput:n=>U(n.currentTarget.value)})]}),
e("label",{class:"block",children:["Input, JSON",e("textarea",{rows:3,class:"code",value:C,onInput:n=>V(n.currentTarget.value)})]}),r&&e("p",{class:"muted",children:"\
The API cannot change a trigger: this one is deleted and made anew."}),P&&e(O,{error:P}),e("div",{class:"buttons",children:[e("button",{class:"primary",disabled:!!o.
error,children:r?"Delete and make anew":"Make it"}),e("button",{type:"button",onClick:i,children:"Leave it"})]})]})})}export{ae as Triggers};
