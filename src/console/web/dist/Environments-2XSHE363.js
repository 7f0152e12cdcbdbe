import{b as D}from"./chunk-WUA7HQVW.js";import{c as f}from"./chunk-MFQ5DZGI.js";import{E as O,F as b,O as E,P as T,Y as e,_ as A,a as S,aa as V,ba as k,
d,da as J,ea as M,fa as j,ia as w,ja as x,ka as v,o as _,p as $,r as p}from"./chunk-BH2VNA6L.js";var C=a=>JSON.stringify(w(a),null,2);function H(){let{query:a}=_(),n=a.get("name")??void 0,o=a.get("with")??void 0,s=v("/v2/environments?limit=1000&sort_keys=na\
me&sort_dirs=asc"),h=v(n===void 0?void 0:`/v2/environments/${b(n)}`),u=v(o===void 0?void 0:`/v2/environments/${b(o)}`),l=(v(n===void 0?void 0:"/v2/cron_triggers\
?limit=1000").data?.cron_triggers??[]).filter(r=>w(r.workflow_params)?.env===n),[i,c]=d(),[g,y]=d(!1);return e(S,{children:[e("div",{class:"title",children:[e("\
h1",{children:"Environments"}),e(f,{rule:"environments:create",children:e("button",{onClick:()=>c("new"),children:"New\u2026"})})]}),e(k,{of:s,children:r=>r.environments.
length?e("div",{class:"scroll",children:e("table",{children:[e("thead",{children:e("tr",{children:[e("th",{children:"Name"}),e("th",{children:"Variables"}),e("t\
h",{children:"Description"}),e("th",{children:"Scope"}),e("th",{children:"Changed"})]})}),e("tbody",{children:r.environments.map(t=>e("tr",{class:t.name===n?"ch\
osen":void 0,children:[e("td",{children:e("button",{class:"link",onClick:()=>p({name:t.name,with:void 0}),children:t.name})}),e("td",{children:Object.keys(w(t.variables)??
{}).length}),e("td",{class:"wide",children:t.description??""}),e("td",{children:t.scope}),e("td",{class:"nowrap",children:e(A,{time:T(t.updated_at??t.created_at)})})]},
t.id))})]})}):e(J,{children:[e("p",{children:["An environment holds variables that runs share, as ",e("code",{children:"env()"})," in expressions. None has been\
 made."]}),e(f,{rule:"environments:create",children:e("button",{class:"primary",onClick:()=>c("new"),children:"Make one\u2026"})})]})}),n!==void 0&&e(k,{of:h,children:r=>e(
"section",{class:"panel","aria-label":`Environment ${n}`,children:[e("div",{class:"buttons",children:[e(f,{rule:"environments:update",children:e("button",{onClick:()=>c(
r),children:"Edit\u2026"})}),e("label",{children:[e("span",{class:"hidden",children:"Compare with"}),e("select",{value:o??"",onChange:t=>p({with:t.currentTarget.
value}),children:[e("option",{value:"",children:"compare with\u2026"}),s.data?.environments.filter(t=>t.name!==n).map(t=>e("option",{children:t.name}))]})]}),e(
f,{rule:"environments:delete",children:e("button",{disabled:l.length>0,onClick:()=>y(!0),children:"Delete\u2026"})}),l.length>0&&e("span",{class:"muted",children:[
"used by ",l.map(t=>e("a",{href:$(`/triggers?name=${b(t.name)}`),children:[t.name," "]})),": it cannot be deleted here"]})]}),o&&u.data?e(D,{title:`${n} and ${o}`,
left:C(r.variables),right:C(u.data.variables)}):e(x,{title:`Variables of ${n}`,value:r.variables})]})}),i&&e(I,{of:i==="new"?void 0:i,close:()=>c(void 0),done:()=>{
s.again(),h.again()}}),g&&n&&e(j,{title:`Delete ${n}?`,label:"Delete",close:()=>y(!1),act:async()=>{await E(`/v2/environments/${b(n)}`,{method:"DELETE"}),p({name:void 0}),
s.again()},children:e("p",{children:"Runs that name it cannot begin any more."})})]})}function I({of:a,close:n,done:o}){let[s,h]=d(a?.name??""),[u,N]=d(a?.description??
""),l=a?C(a.variables):"{}",[i,c]=d(l),[g,y]=d(),m="";try{let t=JSON.parse(i);(!t||typeof t!="object"||Array.isArray(t))&&(m='Variables are an object: {"name": \
value}.')}catch(t){m=t.message}let r=async t=>{t.preventDefault();try{await E(`/v2/environments${O({})}`,{method:a?"PUT":"POST",json:{name:s,description:u,variables:JSON.
parse(i)}}),o(),n(),p({name:s})}catch(q){y(q)}};return e(M,{title:a?`Edit ${a.name}`:"A new environment",close:n,children:e("form",{onSubmit:r,children:[e("labe\
l",{class:"block",children:["Name",e("input",{required:!0,disabled:!!a,value:s,onInput:t=>h(t.currentTarget.value)})]}),e("label",{class:"block",children:["Desc\
ription",e("input",{value:u,onInput:t=>N(t.currentTarget.value)})]}),e("label",{class:"block",children:["Variables, JSON",e("textarea",{class:"code",rows:12,spellcheck:!1,
value:i,onInput:t=>c(t.currentTarget.value)})]}),m?e("p",{class:"state-error",role:"status",children:["\u2716 ",m]}):a&&i!==l&&e(D,{title:"What changes",left:l,
right:JSON.stringify(JSON.parse(i),null,2)}),g&&e(V,{error:g}),e("div",{class:"buttons",children:[e("button",{class:"primary",disabled:!!m,children:"Save"}),e("\
button",{type:"button",onClick:n,children:"Leave it"})]})]})})}export{H as Environments};
