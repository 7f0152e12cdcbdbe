import{c as _}from"./chunk-MFQ5DZGI.js";import{F as p,O as m,P as v,V as i,Y as t,Z as h,_ as k,a as l,aa as T,ba as w,d as c,da as N,e as O,ea as $,ka as y,
p as d,q as E}from"./chunk-BH2VNA6L.js";var W=[["pause","pause"],["resume","resume"],["cancel","cancel"],["rerun_failed","run failed tasks again"],["skip_failed","skip failed tasks"],["delete","delete\
 (ended ones)"]],f=o=>W.find(([r])=>r===o)?.[1]??o,A=100;function F({action:o,filter:r,ids:s,close:u,done:g}){let[e,a]=c(),[b,P]=c(),[S,L]=c(""),[x,R]=c("");O(()=>{
m("/v2/bulk_operations",{method:"POST",json:s?{action:o,ids:s}:{action:o,filter:r}}).then(a,P)},[]);let D=async()=>{try{let n=await m("/v2/bulk_operations",{method:"\
POST",json:{preview:e.preview,reason:S||null}});u(),g(),E(`/bulk/${p(n.id)}`)}catch(n){P(n)}},B=e&&(e.count<=A||x===String(e.count));return t($,{title:`${f(o)}:\
 which executions?`,close:u,children:[b&&t(T,{error:b}),!e&&!b&&t("p",{class:"muted",role:"status",children:"Looking which match\u2026"}),e&&t(l,{children:[t("p",
{children:[t("strong",{children:i(e.count)})," in a fitting state",e.capped?"; more match than can be taken at once":"",". It is done to exactly these, whatever\
 begins or ends meanwhile."]}),t("p",{children:Object.entries(e.by_state).map(([n,I])=>t("span",{class:"fact",children:[t(h,{state:n})," ",i(I)]}))}),e.sample.length>
0&&t("ul",{children:e.sample.map(n=>t("li",{children:[t(h,{state:n.state})," ",n.workflow_name," ",t("code",{children:n.id})]}))}),r&&t("p",{class:"muted",children:[
"Filter: ",t("code",{children:new URLSearchParams(r).toString()})]}),t("label",{class:"block",children:["Why ",t("span",{class:"muted",children:["shown with the\
 operation",o==="cancel"?" and in each execution":""]}),t("input",{value:S,onInput:n=>L(n.currentTarget.value)})]}),e.count>A&&t("label",{class:"block",children:[
"Type the number to go on",t("input",{inputMode:"numeric",value:x,onInput:n=>R(n.currentTarget.value)})]})]}),t("div",{class:"buttons",children:[t("button",{class:"\
primary",disabled:!e?.count||!B,onClick:D,children:[f(o),e?` ${i(e.count)}`:""]}),t("button",{onClick:u,children:"Leave it"})]})]})}function C({of:o}){return t(
"progress",{max:o.total||1,value:o.done,"aria-label":`${o.done} of ${o.total}`})}function z(){let o=y("/v2/bulk_operations",3e3);return t(l,{children:[t("div",{
class:"title",children:t("h1",{children:"Bulk operations"})}),t(w,{of:o,children:r=>r.bulk_operations.length?t("div",{class:"scroll",children:t("table",{children:[
t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"What"}),t("th",{children:"Progress"}),t("th",{children:"When"}),t("th",{children:"\
Why"}),t("th",{children:"Filter"})]})}),t("tbody",{children:r.bulk_operations.map(s=>t("tr",{children:[t("td",{children:t(h,{state:s.state})}),t("td",{children:t(
"a",{class:"row",href:d(`/bulk/${p(s.id)}`),children:f(s.action)})}),t("td",{children:[t(C,{of:s})," ",i(s.done)," of ",i(s.total),s.failed>0&&t("span",{class:"\
state-error",children:[" \u2716 ",s.failed]})]}),t("td",{class:"nowrap",children:t(k,{time:v(s.created_at)})}),t("td",{class:"wide",children:s.reason??""}),t("t\
d",{class:"wide",children:t("code",{children:JSON.stringify(s.filter)})})]}))})]})}):t(N,{children:[t("p",{children:"Nothing has been done to many executions at\
 once."}),t("p",{children:["Filter the ",t("a",{href:d("/executions"),children:"executions"}),", or choose some, and say what to do."]})]})})]})}function H({id:o}){
let r=`/v2/bulk_operations/${p(o)}`,s=y(r,1e3),[u,g]=c(!1);return t(w,{of:s,children:e=>t(l,{children:[t("div",{class:"title",children:[t("h1",{children:f(e.action)}),
" ",t(h,{state:e.state})," ",t("code",{children:e.id})]}),t("p",{class:"facts",children:["begun ",t(k,{time:v(e.created_at)}),e.user_id&&t(l,{children:[" by ",e.
user_id]}),e.reason&&t(l,{children:[" \xB7 ",e.reason]})," \xB7 ",t("code",{children:JSON.stringify(e.filter)})]}),t("p",{children:[t(C,{of:e})," ",i(e.done)," \
of ",i(e.total),", ",i(e.failed)," of them not done"]}),t("div",{class:"buttons",children:[e.state==="RUNNING"&&t(_,{rule:"bulk_operations:update",children:t("b\
utton",{onClick:async()=>{await m(r,{method:"PUT",json:{state:"CANCELLED"}}),s.again()},children:"Stop"})}),e.failures.length>0&&t(_,{rule:"bulk_operations:crea\
te",children:t("button",{onClick:()=>g(!0),children:"Repeat for the failures\u2026"})}),t("a",{class:"button",href:d("/bulk"),children:"All bulk operations"})]}),
e.failures.length>0&&t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Execution"}),t("th",{children:"\
Why not"})]})}),t("tbody",{children:e.failures.map(a=>t("tr",{children:[t("td",{children:t("a",{href:d(`/executions/${p(a.id)}`),children:t("code",{children:a.id})})}),
t("td",{class:"wide",children:a.message})]}))})]})}),u&&t(F,{action:e.action,ids:e.failures.map(a=>a.id),close:()=>g(!1),done:s.again})]})})}export{W as a,F as b,z as c,H as d};
