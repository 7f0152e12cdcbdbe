import{b as x}from"./chunk-Q2Y7BVYO.js";import{f as j,g as b}from"./chunk-UTQCZ4BP.js";import{b as D}from"./chunk-BVKP34EB.js";import"./chunk-CDLSKBXZ.js";
import{$ as e,G as O,H as f,Q as k,R as T,a as S,ba as V,d as p,da as $,ea as E,ha as A,ia as J,ja as M,la as h,n as N,p as _,qa as g,r as v}from"./chunk-5UX6W7MZ.js";var I=r=>JSON.stringify(b(r),null,2);function Z(){let{query:r}=N(),n=r.get("name")??void 0,o=r.get("with")??void 0,a=h("/v2/environments?limit=1000&sort_keys=na\
me&sort_dirs=asc"),l=h(n===void 0?void 0:`/v2/environments/${f(n)}`),m=h(o===void 0?void 0:`/v2/environments/${f(o)}`),d=(h(n===void 0?void 0:"/v2/cron_triggers\
?limit=1000").data?.cron_triggers??[]).filter(i=>b(i.workflow_params)?.env===n),[s,u]=p(),[y,w]=p(!1),c=()=>{a.again(),l.again()};return e(S,{children:[e("div",
{class:"title",children:[e("h1",{children:"Environments"}),e(g,{rule:"environments:create",children:e("button",{"aria-keyshortcuts":"c",onClick:()=>u("new"),children:"\
New\u2026"})})]}),e(E,{of:a,children:i=>i.environments.length?e("div",{class:"scroll",children:e("table",{class:"stack",children:[e("thead",{children:e("tr",{children:[
e("th",{children:"Name"}),e("th",{children:"Variables"}),e("th",{children:"Description"}),e("th",{children:"Scope"}),e("th",{children:"Changed"})]})}),e("tbody",
{children:i.environments.map(t=>e("tr",{class:t.name===n?"chosen":void 0,children:[e("td",{children:e("button",{class:"link",onClick:()=>v({name:t.name,with:void 0}),
children:t.name})}),e("td",{"data-l":"Variables",children:Object.keys(b(t.variables)??{}).length}),e("td",{class:"wide",children:t.description??""}),e("td",{"da\
ta-l":"Scope",children:t.scope}),e("td",{class:"nowrap","data-l":"Changed",children:e(V,{time:T(t.updated_at??t.created_at)})})]},t.id))})]})}):e(A,{children:[e(
"p",{children:["An environment holds variables that runs share, as ",e("code",{children:"env()"})," in expressions. None has been made."]}),e(g,{rule:"environme\
nts:create",children:e("button",{class:"primary",onClick:()=>u("new"),children:"Make one\u2026"})})]})}),n!==void 0&&(a.data||!a.error)&&e(E,{of:l,children:i=>e(
"section",{class:"panel","aria-label":`Environment ${n}`,children:[e("div",{class:"buttons",children:[e(g,{rule:"environments:update",children:e("button",{"aria\
-keyshortcuts":"e",onClick:()=>u(i),children:"Edit\u2026"})}),e("label",{children:[e("span",{class:"hidden",children:"Compare with"}),e("select",{value:o??"",onChange:t=>v(
{with:t.currentTarget.value}),children:[e("option",{value:"",children:"Compare with\u2026"}),a.data?.environments.filter(t=>t.name!==n).map(t=>e("option",{children:t.
name}))]})]}),e(g,{rule:"environments:delete",children:e("button",{disabled:d.length>0,onClick:()=>w(!0),children:"Delete\u2026"})}),d.length>0&&e("span",{class:"\
muted",children:["used by ",d.map(t=>e("a",{href:_(`/triggers?name=${f(t.name)}`),children:[t.name," "]})),": it cannot be deleted here"]})]}),o&&m.data?e(L,{names:[
n,o],left:b(i.variables),right:b(m.data.variables)}):e(x,{title:`Variables of ${n}`,value:i.variables})]})}),s&&e(P,{of:s==="new"?void 0:s,close:()=>u(void 0),done:c}),
y&&n&&e(M,{title:`Delete ${n}?`,label:"Delete",close:()=>w(!1),act:async()=>{await k(`/v2/environments/${f(n)}`,{method:"DELETE"}),v({name:void 0}),a.again()},children:e(
"p",{children:"Runs that name it cannot begin any more."})})]})}function L({names:r,left:n,right:o}){let[a,l]=j(n,o).map(m=>JSON.stringify(m,null,2));return a===
l?e("p",{class:"muted",children:[r[0]," and ",r[1]," say the same."]}):e(D,{title:"Variables",names:r,left:a,right:l})}function P({of:r,close:n,done:o}){let[a,l]=p(
r?.name??""),[m,C]=p(r?.description??""),d=r?I(r.variables):"{}",[s,u]=p(d),[y,w]=p(),c="";try{let t=JSON.parse(s);(!t||typeof t!="object"||Array.isArray(t))&&(c=
'Variables are an object: {"name": value}.')}catch(t){c=t.message}let i=async t=>{t.preventDefault();try{await k(`/v2/environments${O({})}`,{method:r?"PUT":"POS\
T",json:{name:a,description:m,variables:JSON.parse(s)}}),o(),n(),v({name:a})}catch(q){w(q)}};return e(J,{title:r?`Edit ${r.name}`:"A new environment",close:n,children:e(
"form",{onSubmit:i,children:[e("label",{class:"block",children:["Name",e("input",{required:!0,disabled:!!r,value:a,onInput:t=>l(t.currentTarget.value)})]}),e("l\
abel",{class:"block",children:["Description",e("input",{value:m,onInput:t=>C(t.currentTarget.value)})]}),e("label",{class:"block",children:["Variables, JSON",e(
"textarea",{class:"code",rows:12,spellcheck:!1,value:s,onInput:t=>u(t.currentTarget.value)})]}),c?e("p",{class:"state-error",role:"status",children:["\u2716 ",c]}):
r&&s!==d&&e(D,{title:"What changes",left:d,right:JSON.stringify(JSON.parse(s),null,2)}),y&&e($,{error:y}),e("div",{class:"buttons",children:[e("button",{class:"\
primary",disabled:!!c,children:"Save"}),e("button",{type:"button",onClick:n,children:"Leave it"})]})]})})}export{Z as Environments};
