import{B as p,C as v,I as i,K as t,L as h,M as w,O as E,P as k,R as T,S as N,Y as y,a as l,d as c,e as x,j as u,k as O,z as f}from"./chunk-FEE47KMS.js";var I=[["pause","pause"],["resume","resume"],["cancel","cancel"],["rerun_failed","run failed tasks again"],["skip_failed","skip failed tasks"],["delete","delete\
 (ended ones)"]],m=o=>I.find(([r])=>r===o)?.[1]??o,$=100;function W({action:o,filter:r,ids:s,close:d,done:g}){let[e,a]=c(),[b,_]=c(),[P,C]=c(""),[S,L]=c("");x(()=>{
f("/v2/bulk_operations",{method:"POST",json:s?{action:o,ids:s}:{action:o,filter:r}}).then(a,_)},[]);let R=async()=>{try{let n=await f("/v2/bulk_operations",{method:"\
POST",json:{preview:e.preview,reason:P||null}});d(),g(),O(`/bulk/${p(n.id)}`)}catch(n){_(n)}},D=e&&(e.count<=$||S===String(e.count));return t(N,{title:`${m(o)}:\
 which executions?`,close:d,children:[b&&t(E,{error:b}),!e&&!b&&t("p",{class:"muted",role:"status",children:"Looking which match\u2026"}),e&&t(l,{children:[t("p",
{children:[t("strong",{children:i(e.count)})," in a fitting state",e.capped?"; more match than can be taken at once":"",". It is done to exactly these, whatever\
 begins or ends meanwhile."]}),t("p",{children:Object.entries(e.by_state).map(([n,B])=>t("span",{class:"fact",children:[t(h,{state:n})," ",i(B)]}))}),e.sample.length>
0&&t("ul",{children:e.sample.map(n=>t("li",{children:[t(h,{state:n.state})," ",n.workflow_name," ",t("code",{children:n.id})]}))}),r&&t("p",{class:"muted",children:[
"Filter: ",t("code",{children:new URLSearchParams(r).toString()})]}),t("label",{class:"block",children:["Why ",t("span",{class:"muted",children:["shown with the\
 operation",o==="cancel"?" and in each execution":""]}),t("input",{value:P,onInput:n=>C(n.currentTarget.value)})]}),e.count>$&&t("label",{class:"block",children:[
"Type the number to go on",t("input",{inputMode:"numeric",value:S,onInput:n=>L(n.currentTarget.value)})]})]}),t("div",{class:"buttons",children:[t("button",{class:"\
primary",disabled:!e?.count||!D,onClick:R,children:[m(o),e?` ${i(e.count)}`:""]}),t("button",{onClick:d,children:"Leave it"})]})]})}function A({of:o}){return t(
"progress",{max:o.total||1,value:o.done,"aria-label":`${o.done} of ${o.total}`})}function Y(){let o=y("/v2/bulk_operations",3e3);return t(l,{children:[t("div",{
class:"title",children:t("h1",{children:"Bulk operations"})}),t(k,{of:o,children:r=>r.bulk_operations.length?t("div",{class:"scroll",children:t("table",{children:[
t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"What"}),t("th",{children:"Progress"}),t("th",{children:"When"}),t("th",{children:"\
Why"}),t("th",{children:"Filter"})]})}),t("tbody",{children:r.bulk_operations.map(s=>t("tr",{children:[t("td",{children:t(h,{state:s.state})}),t("td",{children:t(
"a",{class:"row",href:u(`/bulk/${p(s.id)}`),children:m(s.action)})}),t("td",{children:[t(A,{of:s})," ",i(s.done)," of ",i(s.total),s.failed>0&&t("span",{class:"\
state-error",children:[" \u2716 ",s.failed]})]}),t("td",{class:"nowrap",children:t(w,{time:v(s.created_at)})}),t("td",{class:"wide",children:s.reason??""}),t("t\
d",{class:"wide",children:t("code",{children:JSON.stringify(s.filter)})})]}))})]})}):t(T,{children:[t("p",{children:"Nothing has been done to many executions at\
 once."}),t("p",{children:["Filter the ",t("a",{href:u("/executions"),children:"executions"}),", or choose some, and say what to do."]})]})})]})}function q({id:o}){
let r=`/v2/bulk_operations/${p(o)}`,s=y(r,1e3),[d,g]=c(!1);return t(k,{of:s,children:e=>t(l,{children:[t("div",{class:"title",children:[t("h1",{children:m(e.action)}),
" ",t(h,{state:e.state})," ",t("code",{children:e.id})]}),t("p",{class:"facts",children:["begun ",t(w,{time:v(e.created_at)}),e.user_id&&t(l,{children:[" by ",e.
user_id]}),e.reason&&t(l,{children:[" \xB7 ",e.reason]})," \xB7 ",t("code",{children:JSON.stringify(e.filter)})]}),t("p",{children:[t(A,{of:e})," ",i(e.done)," \
of ",i(e.total),", ",i(e.failed)," of them not done"]}),t("div",{class:"buttons",children:[e.state==="RUNNING"&&t("button",{onClick:async()=>{await f(r,{method:"\
PUT",json:{state:"CANCELLED"}}),s.again()},children:"Stop"}),e.failures.length>0&&t("button",{onClick:()=>g(!0),children:"Repeat for the failures\u2026"}),t("a",
{class:"button",href:u("/bulk"),children:"All bulk operations"})]}),e.failures.length>0&&t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t(
"tr",{children:[t("th",{children:"Execution"}),t("th",{children:"Why not"})]})}),t("tbody",{children:e.failures.map(a=>t("tr",{children:[t("td",{children:t("a",
{href:u(`/executions/${p(a.id)}`),children:t("code",{children:a.id})})}),t("td",{class:"wide",children:a.message})]}))})]})}),d&&t(W,{action:e.action,ids:e.failures.
map(a=>a.id),close:()=>g(!1),done:s.again})]})})}export{I as a,W as b,Y as c,q as d};
