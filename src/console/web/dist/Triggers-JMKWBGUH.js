import{b as N}from"./chunk-XIVG2FON.js";import{g as L}from"./chunk-UTQCZ4BP.js";import"./chunk-CDLSKBXZ.js";import{$ as t,G as V,H as k,Q as b,
R as B,a as D,aa as J,ba as I,d as s,da as M,e as q,ea as P,ha as A,ia as S,ja as W,la as T,n as j,p as $,q as F,qa as h,r as U}from"./chunk-5UX6W7MZ.js";function ct(){let{query:e}=j(),a=T("/v2/cron_triggers?limit=1000",1e4),l=T("/v2/event_triggers?limit=1000"),[n,w]=s(),[c,g]=s(),[_,u]=s(),[d,m]=s(!1),f=e.get("n\
ame"),v=T("/v2/workflows?limit=1000&fields=id,name&sort_keys=name&sort_dirs=asc"),y=i=>v.data?.workflows.find(r=>r.id===i)?.name??i,x=async i=>{let r=await b("/\
v2/executions",{method:"POST",json:{workflow_id:i.workflow_id,input:N(i.workflow_input),params:L(i.workflow_params)??{},description:`by hand, as cron trigger ${i.
name}`}});F(`/executions/${k(r.id)}`)};return t(D,{children:[t("div",{class:"title",children:t("h1",{children:"Triggers"})}),t("div",{class:"title below",children:[
t("h2",{children:"By the clock"}),t(h,{rule:"cron_triggers:create",children:t("button",{"aria-keyshortcuts":"c",onClick:()=>g("new"),children:"New\u2026"})})]}),
t(P,{of:a,children:i=>i.cron_triggers.length?t("div",{class:"scroll",children:t("table",{class:"stack",children:[t("thead",{children:t("tr",{children:[t("th",{children:"\
Name"}),t("th",{children:"Pattern (UTC)"}),t("th",{children:"Workflow"}),t("th",{children:"Next"}),t("th",{children:"Runs left"}),t("th",{children:"Last runs"}),
t("th",{children:t("span",{class:"hidden",children:"What to do"})})]})}),t("tbody",{children:i.cron_triggers.map(r=>t("tr",{class:f===r.name||f===r.id?"chosen":
void 0,children:[t("td",{children:r.name}),t("td",{children:t(Q,{pattern:r.pattern})}),t("td",{"data-l":"Workflow",children:t("a",{href:$(`/workflows/${k(r.workflow_id)}`),
children:r.workflow_name})}),t("td",{class:"nowrap","data-l":"Next",children:t(I,{time:B(r.next_execution_time)})}),t("td",{"data-l":"Runs left",children:r.remaining_executions??
"\u221E"}),t("td",{class:"nowrap","data-l":"Last runs",children:t(X,{trigger:r})}),t("td",{class:"nowrap",children:[t(h,{rule:"executions:create",children:t("bu\
tton",{class:"small",onClick:()=>x(r),"aria-label":`Run ${r.name} now`,children:"Run now"})})," ",t(h,{rule:"cron_triggers:delete",children:[t(h,{rule:"cron_tri\
ggers:create",children:t("button",{class:"small",onClick:()=>g(r),"aria-label":`Edit ${r.name}`,children:"Edit\u2026"})})," ",t("button",{class:"small",onClick:()=>w(
r),"aria-label":`Delete ${r.name}`,children:"Delete\u2026"})]})]})]},r.id))})]})}):t(A,{children:[t("p",{children:"A cron trigger starts a workflow again and ag\
ain. None has been made."}),t(h,{rule:"cron_triggers:create",children:t("button",{class:"primary",onClick:()=>g("new"),children:"Make one\u2026"})})]})}),t("div",
{class:"title below",children:[t("h2",{children:"By events"}),t(h,{rule:"event_triggers:create",children:t("button",{onClick:()=>m(!0),children:"New for events\u2026"})})]}),
t(P,{of:l,children:i=>i.event_triggers.length?t("div",{class:"scroll",children:t("table",{class:"stack",children:[t("thead",{children:t("tr",{children:[t("th",{
children:"Name"}),t("th",{children:"Event"}),t("th",{children:"Exchange"}),t("th",{children:"Topic"}),t("th",{children:"Workflow"}),t("th",{children:t("span",{class:"\
hidden",children:"What to do"})})]})}),t("tbody",{children:i.event_triggers.map(r=>t("tr",{class:f===r.name?"chosen":void 0,children:[t("td",{children:r.name}),
t("td",{"data-l":"Event",children:r.event}),t("td",{"data-l":"Exchange",children:r.exchange}),t("td",{"data-l":"Topic",children:r.topic}),t("td",{"data-l":"Work\
flow",children:t("a",{href:$(`/workflows/${k(r.workflow_id)}`),children:y(r.workflow_id)})}),t("td",{class:"nowrap",children:t(h,{rule:"event_triggers:delete",children:t(
"button",{class:"small",onClick:()=>u(r),"aria-label":`Delete ${r.name}`,children:"Delete\u2026"})})})]},r.id))})]})}):t(A,{children:[t("p",{children:"An event \
trigger starts a workflow when a notification arrives. None has been made."}),t(h,{rule:"event_triggers:create",children:t("button",{class:"primary",onClick:()=>m(
!0),children:"Make one for events\u2026"})})]})}),d&&t(K,{workflows:v.data?.workflows??[],close:()=>m(!1),done:l.again}),_&&t(W,{title:`Delete ${_.name}?`,label:"\
Delete",close:()=>u(void 0),act:async()=>{await b(`/v2/event_triggers/${k(_.id)}`,{method:"DELETE"}),l.again()},children:t("p",{children:"Its events start nothi\
ng any more; runs that have begun go on."})}),c&&t(Y,{of:c==="new"?void 0:c,close:()=>g(void 0),done:a.again}),n&&t(W,{title:`Delete ${n.name}?`,label:"Delete",
close:()=>w(void 0),act:async()=>{await b(`/v2/cron_triggers/${k(n.name)}`,{method:"DELETE"}),a.again(),U({name:void 0},!0)},children:t("p",{children:["It will \
not start ",n.workflow_name," any more; runs that have begun go on."]})})]})}function K({workflows:e,close:a,done:l}){let[n,w]=s({name:"",workflow:"",exchange:"",
topic:"notifications",event:"",input:"{}"}),[c,g]=s(),_=async d=>{d.preventDefault(),g(void 0);let{name:m,workflow:f,exchange:v,topic:y,event:x,input:i}=n,r=e.find(
E=>E.name===f)?.id??f;try{await b("/v2/event_triggers",{method:"POST",json:{name:m,workflow_id:r,exchange:v,topic:y,event:x,workflow_input:N(i)}}),l(),a()}catch(E){
g(E)}},u=(d,m,f="",v)=>t("label",{class:"block",children:[m," ",t("span",{class:"muted",children:f}),t("input",{required:!0,list:v,value:n[d],onInput:y=>w({...n,
[d]:y.currentTarget.value})})]});return t(S,{title:"A new trigger by events",close:a,children:t("form",{onSubmit:_,children:[u("name","Name"),u("workflow","Work\
flow","","event-workflows"),t("datalist",{id:"event-workflows",children:e.map(d=>t("option",{value:d.name}))}),u("exchange","Exchange","nova, cinder, \u2026"),u(
"topic","Topic"),u("event","Event","compute.instance.create.end; * for any part"),t("label",{class:"block",children:["Input, JSON",t("textarea",{rows:3,class:"c\
ode",value:n.input,onInput:d=>w({...n,input:d.currentTarget.value})})]}),t("p",{class:"muted",children:["Notifications reach this service if a process with the \
role ",t("code",{children:"event-engine"})," listens to the message bus."]}),c&&t(M,{error:c}),t("div",{class:"buttons",children:[t("button",{class:"primary",children:"\
Make it"}),t("button",{type:"button",onClick:a,children:"Leave it"})]})]})})}function H(e,a){let[l,n]=s({});return q(()=>{if(!e&&!a)return n({});let w=setTimeout(
()=>{b("/v2/cron_previews",{method:"POST",json:{pattern:e||null,first_execution_time:a||null,count:5}}).then(c=>n({preview:c}),c=>n({error:c}))},300);return()=>clearTimeout(
w)},[e,a]),l}function Q({pattern:e}){let{preview:a}=H(e);return t(D,{children:[t("code",{children:e??"once"}),a&&t("div",{class:"muted",children:a.text})]})}function X({
trigger:e}){let a=`{"description": "Workflow execution created by cron trigger '(${e.id})'.", "triggered_by": {"type": "cron_trigger", "id": "${e.id}"}}`,l=T(`/\
v2/executions${V({description:a,limit:10,sort_keys:"created_at",sort_dirs:"desc",fields:"id,state"})}`);return l.data?.executions.length?t(D,{children:l.data.executions.
map(n=>t("a",{class:"dot",href:$(`/executions/${k(n.id)}`),title:n.state,"aria-label":n.state,children:t(J,{state:n.state,short:!0})}))}):t("span",{class:"muted",
children:"\u2013"})}function Y({of:e,close:a,done:l}){let n=T("/v2/workflows?limit=1000&fields=id,name&sort_keys=name&sort_dirs=asc"),[w,c]=s(e?.name??""),[g,_]=s(
e?.workflow_name??""),[u,d]=s(e?.pattern??"0 3 * * *"),[m,f]=s(""),[v,y]=s(e?.remaining_executions===null||!e?"":String(e.remaining_executions)),[x,i]=s(e?.workflow_input??
"{}"),[r,E]=s(),p=H(u,m),z=async o=>{o.preventDefault(),E(void 0);let O={name:w,workflow_name:g,workflow_input:N(x),workflow_params:L(e?.workflow_params)??{},pattern:u||
null,first_execution_time:m||null,remaining_executions:v?Number(v):null},R=C=>b("/v2/cron_triggers",{method:"POST",json:C});try{e&&await b(`/v2/cron_triggers/${k(
e.name)}`,{method:"DELETE"});try{await R(O)}catch(C){throw e&&await R({name:e.name,workflow_id:e.workflow_id,workflow_input:N(e.workflow_input),workflow_params:O.
workflow_params,pattern:e.pattern,first_execution_time:e.pattern?null:e.next_execution_time?.slice(0,16)??null,remaining_executions:e.remaining_executions}),C}l(),
a()}catch(C){E(C)}},G=p.preview&&p.preview.times_us.length>1&&p.preview.times_us[1]-p.preview.times_us[0]<6e7;return t(S,{title:e?`Edit ${e.name}`:"A new trigge\
r by the clock",close:a,children:t("form",{onSubmit:z,children:[t("label",{class:"block",children:["Name",t("input",{required:!0,value:w,onInput:o=>c(o.currentTarget.
value)})]}),t("label",{class:"block",children:["Workflow",t("input",{required:!0,list:"workflows",value:g,onInput:o=>_(o.currentTarget.value)})]}),t("datalist",
{id:"workflows",children:n.data?.workflows.map(o=>t("option",{value:o.name}))}),t("label",{class:"block",children:["Pattern ",t("span",{class:"muted",children:"\
minute hour day month weekday, UTC"}),t("input",{value:u,onInput:o=>d(o.currentTarget.value)})]}),t("label",{class:"block",children:["First time ",t("span",{class:"\
muted",children:"like 2026-12-31 23:59, UTC; without a pattern it is the only one"}),t("input",{value:m,onInput:o=>f(o.currentTarget.value)})]}),t("div",{role:"\
status",children:[p.error&&t("p",{class:"state-error",children:["\u2716 ",p.error.message]}),p.preview&&t(D,{children:[t("p",{children:t("strong",{children:p.preview.
text})}),p.preview.times_us.length?t("ul",{class:"plain chips",children:p.preview.times_us.map(o=>t("li",{children:t(I,{time:o/1e3})}))}):t("p",{class:"state-er\
ror",children:"\u2716 It never fires."}),G&&t("p",{class:"state-paused",children:"It fires more than once a minute."})]})]}),t("label",{class:"block",children:[
"How often ",t("span",{class:"muted",children:"empty: without end"}),t("input",{inputMode:"numeric",value:v,onInput:o=>y(o.currentTarget.value)})]}),t("label",{
class:"block",children:["Input, JSON",t("textarea",{rows:3,class:"code",value:x,onInput:o=>i(o.currentTarget.value)})]}),e&&t("p",{class:"muted",children:"The A\
PI cannot change a trigger: this one is deleted and made anew."}),r&&t(M,{error:r}),t("div",{class:"buttons",children:[t("button",{class:"primary",disabled:!!p.
error,children:e?"Delete and make anew":"Make it"}),t("button",{type:"button",onClick:a,children:"Leave it"})]})]})})}export{ct as Triggers};
