import{b as x}from"./chunk-VWRLXI6K.js";import{f as j,g as b}from"./chunk-KFVN4SOM.js";import{b as D}from"./chunk-3ROURZFA.js";import"./chunk-E7KCJPV5.js";
import{$ as e,G as $,H as f,Q as k,R as O,a as S,ba as T,d as p,da as A,ea as E,ga as J,ha as V,ia as M,ka as h,n as C,p as _,pa as g,r as v}from"./chunk-36QZDJPP.js";var I=r=>JSON.stringify(b(r),null,2);function Z(){let{query:r}=C(),n=r.get("name")??void 0,o=r.get("with")??void 0,i=h("/v2/environments?limit=1000&sort_keys=na\
me&sort_dirs=asc"),l=h(n===void 0?void 0:`/v2/environments/${f(n)}`),m=h(o===void 0?void 0:`/v2/environments/${f(o)}`),c=(h(n===void 0?void 0:"/v2/cron_triggers\
?limit=1000").data?.cron_triggers??[]).filter(a=>b(a.workflow_params)?.env===n),[s,u]=p(),[y,w]=p(!1),d=()=>{i.again(),l.again()};return e(S,{children:[e("div",
{class:"title",children:[e("h1",{children:"Environments"}),e(g,{rule:"environments:create",children:e("button",{"aria-keyshortcuts":"c",onClick:()=>u("new"),children:"\
New\u2026"})})]}),e(E,{of:i,children:a=>a.environments.length?e("div",{class:"scroll",children:e("table",{children:[e("thead",{children:e("tr",{children:[e("th",
{children:"Name"}),e("th",{children:"Variables"}),e("th",{children:"Description"}),e("th",{children:"Scope"}),e("th",{children:"Changed"})]})}),e("tbody",{children:a.
environments.map(t=>e("tr",{class:t.name===n?"chosen":void 0,children:[e("td",{children:e("button",{class:"link",onClick:()=>v({name:t.name,with:void 0}),children:t.
name})}),e("td",{children:Object.keys(b(t.variables)??{}).length}),e("td",{class:"wide",children:t.description??""}),e("td",{children:t.scope}),e("td",{class:"n\
owrap",children:e(T,{time:O(t.updated_at??t.created_at)})})]},t.id))})]})}):e(J,{children:[e("p",{children:["An environment holds variables that runs share, as ",
e("code",{children:"env()"})," in expressions. None has been made."]}),e(g,{rule:"environments:create",children:e("button",{class:"primary",onClick:()=>u("new"),
children:"Make one\u2026"})})]})}),n!==void 0&&(i.data||!i.error)&&e(E,{of:l,children:a=>e("section",{class:"panel","aria-label":`Environment ${n}`,children:[e(
"div",{class:"buttons",children:[e(g,{rule:"environments:update",children:e("button",{"aria-keyshortcuts":"e",onClick:()=>u(a),children:"Edit\u2026"})}),e("labe\
l",{children:[e("span",{class:"hidden",children:"Compare with"}),e("select",{value:o??"",onChange:t=>v({with:t.currentTarget.value}),children:[e("option",{value:"",
children:"compare with\u2026"}),i.data?.environments.filter(t=>t.name!==n).map(t=>e("option",{children:t.name}))]})]}),e(g,{rule:"environments:delete",children:e(
"button",{disabled:c.length>0,onClick:()=>w(!0),children:"Delete\u2026"})}),c.length>0&&e("span",{class:"muted",children:["used by ",c.map(t=>e("a",{href:_(`/tr\
iggers?name=${f(t.name)}`),children:[t.name," "]})),": it cannot be deleted here"]})]}),o&&m.data?e(L,{title:`${n} and ${o}`,left:b(a.variables),right:b(m.data.
variables)}):e(x,{title:`Variables of ${n}`,value:a.variables})]})}),s&&e(P,{of:s==="new"?void 0:s,close:()=>u(void 0),done:d}),y&&n&&e(M,{title:`Delete ${n}?`,
label:"Delete",close:()=>w(!1),act:async()=>{await k(`/v2/environments/${f(n)}`,{method:"DELETE"}),v({name:void 0}),i.again()},children:e("p",{children:"Runs th\
at name it cannot begin any more."})})]})}function L({title:r,left:n,right:o}){let[i,l]=j(n,o).map(m=>JSON.stringify(m,null,2));return i===l?e("p",{class:"muted",
children:"They say the same."}):e(D,{title:r,left:i,right:l})}function P({of:r,close:n,done:o}){let[i,l]=p(r?.name??""),[m,N]=p(r?.description??""),c=r?I(r.variables):
"{}",[s,u]=p(c),[y,w]=p(),d="";try{let t=JSON.parse(s);(!t||typeof t!="object"||Array.isArray(t))&&(d='Variables are an object: {"name": value}.')}catch(t){d=t.
message}let a=async t=>{t.preventDefault();try{await k(`/v2/environments${$({})}`,{method:r?"PUT":"POST",json:{name:i,description:m,variables:JSON.parse(s)}}),o(),
n(),v({name:i})}catch(q){w(q)}};return e(V,{title:r?`Edit ${r.name}`:"A new environment",close:n,children:e("form",{onSubmit:a,children:[e("label",{class:"block",
children:["Name",e("input",{required:!0,disabled:!!r,value:i,onInput:t=>l(t.currentTarget.value)})]}),e("label",{class:"block",children:["Description",e("input",
{value:m,onInput:t=>N(t.currentTarget.value)})]}),e("label",{class:"block",children:["Variables, JSON",e("textarea",{class:"code",rows:12,spellcheck:!1,value:s,
onInput:t=>u(t.currentTarget.value)})]}),d?e("p",{class:"state-error",role:"status",children:["\u2716 ",d]}):r&&s!==c&&e(D,{title:"What changes",left:c,right:JSON.
stringify(JSON.parse(s),null,2)}),y&&e(A,{error:y}),e("div",{class:"buttons",children:[e("button",{class:"primary",disabled:!!d,children:"Save"}),e("button",{type:"\
button",onClick:n,children:"Leave it"})]})]})})}export{Z as Environments};
