import{b as x}from"./chunk-CS5EIXHA.js";import{f as j,g as b}from"./chunk-KFVN4SOM.js";import{b as D}from"./chunk-G5IQCDWS.js";import{c as g}from"./chunk-HVJX4T2S.js";
import{F as $,G as f,P as k,Q as O,_ as e,a as S,aa as T,ca as A,d as u,da as E,fa as J,ga as V,ha as M,ja as h,n as C,o as _,q as v}from"./chunk-5ALTCYJR.js";var I=a=>JSON.stringify(b(a),null,2);function Z(){let{query:a}=C(),n=a.get("name")??void 0,s=a.get("with")??void 0,r=h("/v2/environments?limit=1000&sort_keys=na\
me&sort_dirs=asc"),l=h(n===void 0?void 0:`/v2/environments/${f(n)}`),c=h(s===void 0?void 0:`/v2/environments/${f(s)}`),d=(h(n===void 0?void 0:"/v2/cron_triggers\
?limit=1000").data?.cron_triggers??[]).filter(i=>b(i.workflow_params)?.env===n),[o,p]=u(),[y,w]=u(!1),m=()=>{r.again(),l.again()};return e(S,{children:[e("div",
{class:"title",children:[e("h1",{children:"Environments"}),e(g,{rule:"environments:create",children:e("button",{"aria-keyshortcuts":"c",onClick:()=>p("new"),children:"\
New\u2026"})})]}),e(E,{of:r,children:i=>i.environments.length?e("div",{class:"scroll",children:e("table",{children:[e("thead",{children:e("tr",{children:[e("th",
{children:"Name"}),e("th",{children:"Variables"}),e("th",{children:"Description"}),e("th",{children:"Scope"}),e("th",{children:"Changed"})]})}),e("tbody",{children:i.
environments.map(t=>e("tr",{class:t.name===n?"chosen":void 0,children:[e("td",{children:e("button",{class:"link",onClick:()=>v({name:t.name,with:void 0}),children:t.
name})}),e("td",{children:Object.keys(b(t.variables)??{}).length}),e("td",{class:"wide",children:t.description??""}),e("td",{children:t.scope}),e("td",{class:"n\
owrap",children:e(T,{time:O(t.updated_at??t.created_at)})})]},t.id))})]})}):e(J,{children:[e("p",{children:["An environment holds variables that runs share, as ",
e("code",{children:"env()"})," in expressions. None has been made."]}),e(g,{rule:"environments:create",children:e("button",{class:"primary",onClick:()=>p("new"),
children:"Make one\u2026"})})]})}),n!==void 0&&(r.data||!r.error)&&e(E,{of:l,children:i=>e("section",{class:"panel","aria-label":`Environment ${n}`,children:[e(
"div",{class:"buttons",children:[e(g,{rule:"environments:update",children:e("button",{"aria-keyshortcuts":"e",onClick:()=>p(i),children:"Edit\u2026"})}),e("labe\
l",{children:[e("span",{class:"hidden",children:"Compare with"}),e("select",{value:s??"",onChange:t=>v({with:t.currentTarget.value}),children:[e("option",{value:"",
children:"compare with\u2026"}),r.data?.environments.filter(t=>t.name!==n).map(t=>e("option",{children:t.name}))]})]}),e(g,{rule:"environments:delete",children:e(
"button",{disabled:d.length>0,onClick:()=>w(!0),children:"Delete\u2026"})}),d.length>0&&e("span",{class:"muted",children:["used by ",d.map(t=>e("a",{href:_(`/tr\
iggers?name=${f(t.name)}`),children:[t.name," "]})),": it cannot be deleted here"]})]}),s&&c.data?e(L,{title:`${n} and ${s}`,left:b(i.variables),right:b(c.data.
variables)}):e(x,{title:`Variables of ${n}`,value:i.variables})]})}),o&&e(P,{of:o==="new"?void 0:o,close:()=>p(void 0),done:m}),y&&n&&e(M,{title:`Delete ${n}?`,
label:"Delete",close:()=>w(!1),act:async()=>{await k(`/v2/environments/${f(n)}`,{method:"DELETE"}),v({name:void 0}),r.again()},children:e("p",{children:"Runs th\
at name it cannot begin any more."})})]})}function L({title:a,left:n,right:s}){let[r,l]=j(n,s).map(c=>JSON.stringify(c,null,2));return r===l?e("p",{class:"muted",
children:"They say the same."}):e(D,{title:a,left:r,right:l})}function P({of:a,close:n,done:s}){let[r,l]=u(a?.name??""),[c,N]=u(a?.description??""),d=a?I(a.variables):
"{}",[o,p]=u(d),[y,w]=u(),m="";try{let t=JSON.parse(o);(!t||typeof t!="object"||Array.isArray(t))&&(m='Variables are an object: {"name": value}.')}catch(t){m=t.
message}let i=async t=>{t.preventDefault();try{await k(`/v2/environments${$({})}`,{method:a?"PUT":"POST",json:{name:r,description:c,variables:JSON.parse(o)}}),s(),
n(),v({name:r})}catch(q){w(q)}};return e(V,{title:a?`Edit ${a.name}`:"A new environment",close:n,children:e("form",{onSubmit:i,children:[e("label",{class:"block",
children:["Name",e("input",{required:!0,disabled:!!a,value:r,onInput:t=>l(t.currentTarget.value)})]}),e("label",{class:"block",children:["Description",e("input",
{value:c,onInput:t=>N(t.currentTarget.value)})]}),e("label",{class:"block",children:["Variables, JSON",e("textarea",{class:"code",rows:12,spellcheck:!1,value:o,
onInput:t=>p(t.currentTarget.value)})]}),m?e("p",{class:"state-error",role:"status",children:["\u2716 ",m]}):a&&o!==d&&e(D,{title:"What changes",left:d,right:JSON.
stringify(JSON.parse(o),null,2)}),y&&e(A,{error:y}),e("div",{class:"buttons",children:[e("button",{class:"primary",disabled:!!m,children:"Save"}),e("button",{type:"\
button",onClick:n,children:"Leave it"})]})]})})}export{Z as Environments};
