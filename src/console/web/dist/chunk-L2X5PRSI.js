import{c as _}from"./chunk-HVJX4T2S.js";import{$ as h,G as p,P as g,Q as k,W as i,_ as t,a as l,aa as w,ca as $,d as c,da as v,e as E,fa as R,ga as A,ja as y,
o as u,p as T}from"./chunk-5ALTCYJR.js";var F=[["pause","pause"],["resume","resume"],["cancel","cancel"],["rerun_failed","run failed tasks again"],["skip_failed","skip failed tasks"],["delete","delete\
 (ended ones)"]],m=o=>F.find(([n])=>n===o)?.[1]??o,C=100;function I({action:o,filter:n,ids:s,close:d,done:f}){let[e,a]=c(),[b,x]=c(),[O,N]=c(""),[S,D]=c("");E(()=>{
g("/v2/bulk_operations",{method:"POST",json:s?{action:o,ids:s}:{action:o,filter:n}}).then(a,x)},[]);let W=async()=>{try{let r=await g("/v2/bulk_operations",{method:"\
POST",json:{preview:e.preview,reason:O||null}});d(),f(),T(`/bulk/${p(r.id)}`)}catch(r){x(r)}},j=e&&(e.count<=C||S===String(e.count));return t(A,{title:`${m(o)}:\
 which executions?`,close:d,children:[b&&t($,{error:b}),!e&&!b&&t("p",{class:"muted",role:"status",children:"Looking which match\u2026"}),e&&t(l,{children:[t("p",
{children:[t("strong",{children:i(e.count)})," in a fitting state",e.capped?"; more match than can be taken at once":"",". It is done to exactly these, whatever\
 begins or ends meanwhile."]}),t("p",{children:Object.entries(e.by_state).map(([r,B])=>t("span",{class:"fact",children:[t(h,{state:r})," ",i(B)]}))}),e.sample.length>
0&&t("ul",{children:e.sample.map(r=>t("li",{children:[t(h,{state:r.state})," ",r.workflow_name," ",t("code",{children:r.id})]}))}),n&&t("p",{class:"muted",children:[
"Filter: ",t("code",{children:new URLSearchParams(n).toString()})]}),t("label",{class:"block",children:["Why ",t("span",{class:"muted",children:["shown with the\
 operation",o==="cancel"?" and in each execution":""]}),t("input",{value:O,onInput:r=>N(r.currentTarget.value)})]}),e.count>C&&t("label",{class:"block",children:[
"Type the number to go on",t("input",{inputMode:"numeric",value:S,onInput:r=>D(r.currentTarget.value)})]})]}),t("div",{class:"buttons",children:[t("button",{class:"\
primary",disabled:!e?.count||!j,onClick:W,children:[m(o),e?` ${i(e.count)}`:""]}),t("button",{onClick:d,children:"Leave it"})]})]})}var P=o=>Object.entries(o??{}).
map(([n,s])=>`${n}=${typeof s=="string"?s:JSON.stringify(s)}`).join(" ");function L({of:o}){return t("progress",{max:o.total||1,value:o.done,"aria-label":`${o.done}\
 of ${o.total}`})}function H(){let o=y("/v2/bulk_operations",3e3);return t(l,{children:[t("div",{class:"title",children:t("h1",{children:"Bulk operations"})}),t(
v,{of:o,children:n=>n.bulk_operations.length?t("div",{class:"scroll",children:t("table",{class:"stack",children:[t("thead",{children:t("tr",{children:[t("th",{children:"\
State"}),t("th",{children:"What"}),t("th",{children:"Progress"}),t("th",{children:"When"}),t("th",{children:"Why"}),t("th",{children:"Filter"})]})}),t("tbody",{
children:n.bulk_operations.map(s=>t("tr",{children:[t("td",{children:t(h,{state:s.state})}),t("td",{children:t("a",{class:"row",href:u(`/bulk/${p(s.id)}`),children:m(
s.action)})}),t("td",{children:[t(L,{of:s})," ",i(s.done)," of ",i(s.total),s.failed>0&&t("span",{class:"state-error",children:[" \u2716 ",s.failed]})]}),t("td",
{class:"nowrap",children:t(w,{time:k(s.created_at)})}),t("td",{class:"wide",children:s.reason??""}),t("td",{class:"wide","data-l":"Filter",children:t("code",{children:P(
s.filter)})})]}))})]})}):t(R,{children:[t("p",{children:"Nothing has been done to many executions at once."}),t("p",{children:["Filter the ",t("a",{href:u("/exe\
cutions"),children:"executions"}),", or choose some, and say what to do."]})]})})]})}function K({id:o}){let n=`/v2/bulk_operations/${p(o)}`,s=y(n,1e3),[d,f]=c(!1);
return t(v,{of:s,children:e=>t(l,{children:[t("div",{class:"title",children:[t("h1",{children:m(e.action)})," ",t(h,{state:e.state})," ",t("code",{children:e.id})]}),
t("p",{class:"facts",children:["begun ",t(w,{time:k(e.created_at)}),e.user_id&&t(l,{children:[" by ",e.user_id]}),e.reason&&t(l,{children:[" \xB7 ",e.reason]}),
P(e.filter)&&t(l,{children:[" \xB7 ",t("code",{children:P(e.filter)})]})]}),t("p",{children:[t(L,{of:e})," ",i(e.done)," of ",i(e.total),", ",i(e.failed)," of t\
hem not done"]}),t("div",{class:"buttons",children:[e.state==="RUNNING"&&t(_,{rule:"bulk_operations:update",children:t("button",{onClick:async()=>{await g(n,{method:"\
PUT",json:{state:"CANCELLED"}}),s.again()},children:"Stop"})}),e.failures.length>0&&t(_,{rule:"bulk_operations:create",children:t("button",{onClick:()=>f(!0),children:"\
Repeat for the failures\u2026"})}),t("a",{class:"button",href:u("/bulk"),children:"All bulk operations"})]}),e.failures.length>0&&t("div",{class:"scroll",children:t(
"table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Execution"}),t("th",{children:"Why not"})]})}),t("tbody",{children:e.failures.map(a=>t(
"tr",{children:[t("td",{children:t("a",{href:u(`/executions/${p(a.id)}`),children:t("code",{children:a.id})})}),t("td",{class:"wide",children:a.message})]}))})]})}),
d&&t(I,{action:e.action,ids:e.failures.map(a=>a.id),close:()=>f(!1),done:s.again})]})})}export{F as a,I as b,H as c,K as d};
