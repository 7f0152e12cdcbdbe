import{a as k}from"./chunk-2M3ATUAS.js";import{A as $,B as b,C as O,K as e,M as T,O as A,P as E,R as V,S as J,T as j,W as w,X as x,Y as v,a as N,d,i as S,
j as _,l as p,z as y}from"./chunk-FEE47KMS.js";var D=a=>JSON.stringify(w(a),null,2);function B(){let{query:a}=S(),n=a.get("name")??void 0,o=a.get("with")??void 0,s=v("/v2/environments?limit=1000&sort_keys=na\
me&sort_dirs=asc"),f=v(n===void 0?void 0:`/v2/environments/${b(n)}`),u=v(o===void 0?void 0:`/v2/environments/${b(o)}`),l=(v(n===void 0?void 0:"/v2/cron_triggers\
?limit=1000").data?.cron_triggers??[]).filter(i=>w(i.workflow_params)?.env===n),[r,c]=d(),[h,g]=d(!1);return e(N,{children:[e("div",{class:"title",children:[e("\
h1",{children:"Environments"}),e("button",{onClick:()=>c("new"),children:"New\u2026"})]}),e(E,{of:s,children:i=>i.environments.length?e("div",{class:"scroll",children:e(
"table",{children:[e("thead",{children:e("tr",{children:[e("th",{children:"Name"}),e("th",{children:"Variables"}),e("th",{children:"Description"}),e("th",{children:"\
Scope"}),e("th",{children:"Changed"})]})}),e("tbody",{children:i.environments.map(t=>e("tr",{class:t.name===n?"chosen":void 0,children:[e("td",{children:e("butt\
on",{class:"link",onClick:()=>p({name:t.name,with:void 0}),children:t.name})}),e("td",{children:Object.keys(w(t.variables)??{}).length}),e("td",{class:"wide",children:t.
description??""}),e("td",{children:t.scope}),e("td",{class:"nowrap",children:e(T,{time:O(t.updated_at??t.created_at)})})]},t.id))})]})}):e(V,{children:[e("p",{children:[
"An environment holds variables that runs share, as ",e("code",{children:"env()"})," in expressions. None has been made."]}),e("button",{class:"primary",onClick:()=>c(
"new"),children:"Make one\u2026"})]})}),n!==void 0&&e(E,{of:f,children:i=>e("section",{class:"panel","aria-label":`Environment ${n}`,children:[e("div",{class:"b\
uttons",children:[e("button",{onClick:()=>c(i),children:"Edit\u2026"}),e("label",{children:[e("span",{class:"hidden",children:"Compare with"}),e("select",{value:o??
"",onChange:t=>p({with:t.currentTarget.value}),children:[e("option",{value:"",children:"compare with\u2026"}),s.data?.environments.filter(t=>t.name!==n).map(t=>e(
"option",{children:t.name}))]})]}),e("button",{disabled:l.length>0,onClick:()=>g(!0),children:"Delete\u2026"}),l.length>0&&e("span",{class:"muted",children:["us\
ed by ",l.map(t=>e("a",{href:_(`/triggers?name=${b(t.name)}`),children:[t.name," "]})),": it cannot be deleted here"]})]}),o&&u.data?e(k,{title:`${n} and ${o}`,
left:D(i.variables),right:D(u.data.variables)}):e(x,{title:`Variables of ${n}`,value:i.variables})]})}),r&&e(I,{of:r==="new"?void 0:r,close:()=>c(void 0),done:()=>{
s.again(),f.again()}}),h&&n&&e(j,{title:`Delete ${n}?`,label:"Delete",close:()=>g(!1),act:async()=>{await y(`/v2/environments/${b(n)}`,{method:"DELETE"}),p({name:void 0}),
s.again()},children:e("p",{children:"Runs that name it cannot begin any more."})})]})}function I({of:a,close:n,done:o}){let[s,f]=d(a?.name??""),[u,C]=d(a?.description??
""),l=a?D(a.variables):"{}",[r,c]=d(l),[h,g]=d(),m="";try{let t=JSON.parse(r);(!t||typeof t!="object"||Array.isArray(t))&&(m='Variables are an object: {"name": \
value}.')}catch(t){m=t.message}let i=async t=>{t.preventDefault();try{await y(`/v2/environments${$({})}`,{method:a?"PUT":"POST",json:{name:s,description:u,variables:JSON.
parse(r)}}),o(),n(),p({name:s})}catch(q){g(q)}};return e(J,{title:a?`Edit ${a.name}`:"A new environment",close:n,children:e("form",{onSubmit:i,children:[e("labe\
l",{class:"block",children:["Name",e("input",{required:!0,disabled:!!a,value:s,onInput:t=>f(t.currentTarget.value)})]}),e("label",{class:"block",children:["Desc\
ription",e("input",{value:u,onInput:t=>C(t.currentTarget.value)})]}),e("label",{class:"block",children:["Variables, JSON",e("textarea",{class:"code",rows:12,spellcheck:!1,
value:r,onInput:t=>c(t.currentTarget.value)})]}),m?e("p",{class:"state-error",role:"status",children:["\u2716 ",m]}):a&&r!==l&&e(k,{title:"What changes",left:l,
right:JSON.stringify(JSON.parse(r),null,2)}),h&&e(A,{error:h}),e("div",{class:"buttons",children:[e("button",{class:"primary",disabled:!!m,children:"Save"}),e("\
button",{type:"button",onClick:n,children:"Leave it"})]})]})})}export{B as Environments};
