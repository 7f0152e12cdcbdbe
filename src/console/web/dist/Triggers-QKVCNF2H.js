import{a as E}from"./chunk-VBJWDW7H.js";import{A,B as g,C as S,K as t,L,M as _,O,P as y,R as x,S as W,T as q,Y as f,a as v,d as l,e as $,i as I,j as h,k as D,
l as N,z as p}from"./chunk-FEE47KMS.js";function nt(){let{query:r}=I(),i=f("/v2/cron_triggers?limit=1000",1e4),u=f("/v2/event_triggers?limit=1000"),[a,d]=l(),[c,m]=l(),b=r.get("name"),w=async s=>{let e=await p(
"/v2/executions",{method:"POST",json:{workflow_id:s.workflow_id,input:E(s.workflow_input),description:`by hand, as cron trigger ${s.name}`}});D(`/executions/${g(
e.id)}`)};return t(v,{children:[t("div",{class:"title",children:[t("h1",{children:"Triggers"}),t("button",{onClick:()=>m("new"),children:"New\u2026"})]}),t("h2",
{children:"By the clock"}),t(y,{of:i,children:s=>s.cron_triggers.length?t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[
t("th",{children:"Name"}),t("th",{children:"Pattern (UTC)"}),t("th",{children:"Workflow"}),t("th",{children:"Next"}),t("th",{children:"Left"}),t("th",{children:"\
Last runs"}),t("th",{children:t("span",{class:"hidden",children:"What to do"})})]})}),t("tbody",{children:s.cron_triggers.map(e=>t("tr",{class:e.name===b?"chose\
n":void 0,children:[t("td",{children:e.name}),t("td",{children:t(J,{pattern:e.pattern})}),t("td",{children:t("a",{href:h(`/workflows/${g(e.workflow_id)}`),children:e.
workflow_name})}),t("td",{class:"nowrap",children:t(_,{time:S(e.next_execution_time)})}),t("td",{children:e.remaining_executions??"\u221E"}),t("td",{class:"nowr\
ap",children:t(z,{trigger:e})}),t("td",{class:"nowrap",children:[t("button",{class:"small",onClick:()=>w(e),"aria-label":`Run ${e.name} now`,children:"Run now"}),
" ",t("button",{class:"small",onClick:()=>m(e),"aria-label":`Edit ${e.name}`,children:"Edit\u2026"})," ",t("button",{class:"small",onClick:()=>d(e),"aria-label":`\
Delete ${e.name}`,children:"Delete\u2026"})]})]},e.id))})]})}):t(x,{children:[t("p",{children:"A cron trigger starts a workflow again and again. None has been m\
ade."}),t("button",{class:"primary",onClick:()=>m("new"),children:"Make one\u2026"})]})}),t("h2",{children:"By events"}),t(y,{of:u,children:s=>s.event_triggers.
length?t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),t("th",{children:"Event"}),t("th",{
children:"Exchange"}),t("th",{children:"Topic"}),t("th",{children:"Workflow"})]})}),t("tbody",{children:s.event_triggers.map(e=>t("tr",{children:[t("td",{children:e.
name}),t("td",{children:e.event}),t("td",{children:e.exchange}),t("td",{children:e.topic}),t("td",{children:t("a",{href:h(`/workflows/${g(e.workflow_id)}`),children:e.
workflow_id})})]},e.id))})]})}):t(x,{children:t("p",{children:["An event trigger starts a workflow when a notification arrives. None has been made: see ",t("cod\
e",{children:"POST /v2/event_triggers"}),"."]})})}),c&&t(G,{of:c==="new"?void 0:c,close:()=>m(void 0),done:i.again}),a&&t(q,{title:`Delete ${a.name}?`,label:"De\
lete",close:()=>d(void 0),act:async()=>{await p(`/v2/cron_triggers/${g(a.name)}`,{method:"DELETE"}),i.again(),N({name:void 0},!0)},children:t("p",{children:["It\
 will not start ",a.workflow_name," any more; runs that have begun go on."]})})]})}function F(r,i){let[u,a]=l({});return $(()=>{if(!r&&!i)return a({});let d=setTimeout(
()=>{p("/v2/cron_previews",{method:"POST",json:{pattern:r||null,first_execution_time:i||null,count:5}}).then(c=>a({preview:c}),c=>a({error:c}))},300);return()=>clearTimeout(
d)},[r,i]),u}function J({pattern:r}){let{preview:i}=F(r);return t(v,{children:[t("code",{children:r??"once"}),i&&t("div",{class:"muted",children:i.text})]})}function z({
trigger:r}){let i=`{"description": "Workflow execution created by cron trigger '(${r.id})'.", "triggered_by": {"type": "cron_trigger", "id": "${r.id}"}}`,u=f(`/\
v2/executions${A({description:i,limit:10,sort_keys:"created_at",sort_dirs:"desc",fields:"id,state"})}`);return u.data?.executions.length?t(v,{children:u.data.executions.
map(a=>t("a",{class:"dot",href:h(`/executions/${g(a.id)}`),title:a.state,"aria-label":a.state,children:t(L,{state:a.state,short:!0})}))}):t("span",{class:"muted",
children:"\u2013"})}function G({of:r,close:i,done:u}){let a=f("/v2/workflows?limit=1000&fields=id,name&sort_keys=name&sort_dirs=asc"),[d,c]=l(r?.name??""),[m,b]=l(
r?.workflow_name??""),[w,s]=l(r?.pattern??"0 3 * * *"),[e,M]=l(""),[k,R]=l(r?.remaining_executions===null||!r?"":String(r.remaining_executions)),[T,U]=l(r?.workflow_input??
"{}"),[C,P]=l(),o=F(w,e),V=async n=>{n.preventDefault(),P(void 0);let B={name:d,workflow_name:m,workflow_input:E(T),pattern:w||null,first_execution_time:e||null,
remaining_executions:k?Number(k):null};try{r&&await p(`/v2/cron_triggers/${g(r.name)}`,{method:"DELETE"}),await p("/v2/cron_triggers",{method:"POST",json:B}),u(),
i()}catch(H){P(H)}},j=o.preview&&o.preview.times_us.length>1&&o.preview.times_us[1]-o.preview.times_us[0]<6e7;return t(W,{title:r?`Edit ${r.name}`:"A new trigge\
r by the clock",close:i,children:t("form",{onSubmit:V,children:[t("label",{class:"block",children:["Name",t("input",{required:!0,value:d,onInput:n=>c(n.currentTarget.
value)})]}),t("label",{class:"block",children:["Workflow",t("input",{required:!0,list:"workflows",value:m,onInput:n=>b(n.currentTarget.value)})]}),t("datalist",
{id:"workflows",children:a.data?.workflows.map(n=>t("option",{value:n.name}))}),t("label",{class:"block",children:["Pattern ",t("span",{class:"muted",children:"\
minute hour day month weekday, UTC"}),t("input",{value:w,onInput:n=>s(n.currentTarget.value)})]}),t("label",{class:"block",children:["First time ",t("span",{class:"\
muted",children:"2026-12-31 23:59, UTC; alone: once"}),t("input",{value:e,onInput:n=>M(n.currentTarget.value)})]}),t("div",{role:"status",children:[o.error&&t("\
p",{class:"state-error",children:["\u2716 ",o.error.message]}),o.preview&&t(v,{children:[t("p",{children:t("strong",{children:o.preview.text})}),o.preview.times_us.
length?t("ul",{class:"plain",children:o.preview.times_us.map(n=>t("li",{children:t(_,{time:n/1e3})}))}):t("p",{class:"state-error",children:"\u2716 It never fires."}),
j&&t("p",{class:"state-paused",children:"It fires more than once a minute."})]})]}),t("label",{class:"block",children:["How often ",t("span",{class:"muted",children:"\
without end, if empty"}),t("input",{inputMode:"numeric",value:k,onInput:n=>R(n.currentTarget.value)})]}),t("label",{class:"block",children:["Input, JSON",t("tex\
tarea",{rows:3,class:"code",value:T,onInput:n=>U(n.currentTarget.value)})]}),r&&t("p",{class:"muted",children:"The API cannot change a trigger: this one is dele\
ted and made anew."}),C&&t(O,{error:C}),t("div",{class:"buttons",children:[t("button",{class:"primary",disabled:!!o.error,children:r?"Delete and make anew":"Mak\
e it"}),t("button",{type:"button",onClick:i,children:"Leave it"})]})]})})}export{nt as Triggers};
