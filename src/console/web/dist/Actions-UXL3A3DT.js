import{b as G}from"./chunk-XIVG2FON.js";import{a as F}from"./chunk-Q2Y7BVYO.js";import{g as B}from"./chunk-UTQCZ4BP.js";import"./chunk-CDLSKBXZ.js";
import{$ as t,G as P,H as V,P as I,Q as J,T as M,a as w,aa as j,d as u,da as K,ea as f,ga as R,ha as b,ka as x,la as h,n as k,p as _,pa as L,qa as z,r as p,s as T}from"./chunk-5UX6W7MZ.js";function ut(){let{query:s}=k(),r=s.get("q")??"",i=s.get("name"),m=h(`/v2/actions${P({limit:1e3,sort_keys:"name",sort_dirs:"asc"})}`),c=m.data?.actions.find(n=>n.
name===i);return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:"Actions"}),t("a",{class:"button",href:_("/code"),children:"Code sources"})]}),
t("div",{class:"filters",children:t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:r,onInput:n=>p({q:n.currentTarget.value},!0)})]})}),c&&
t(Y,{action:c},c.name),i&&m.data&&!c&&t(b,{children:t("p",{children:["There is no action ",i,"."]})}),t(f,{of:m,children:n=>{let o=n.actions.filter(a=>a.name.includes(
r));return o.length?t("div",{class:"scroll",children:[t("table",{class:"stack",children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),t("th",
{children:"Made by"}),t("th",{children:"Parameters"}),t("th",{children:"Description"})]})}),t("tbody",{children:o.map(a=>t("tr",{class:a.name===i?"chosen":void 0,
children:[t("td",{children:t("button",{class:"link",onClick:()=>{p({name:a.name}),scrollTo(0,0)},children:a.name})}),t("td",{"data-l":"Made by",children:a.definition?
"users":"the service"}),t("td",{class:"wide","data-l":"Parameters",children:t("code",{children:a.input})}),t("td",{class:"wide",children:t("span",{class:"clamp",
children:t(R,{text:(a.description??"").split(":param")[0]})})})]},a.id))})]}),n.next&&t("p",{class:"muted",children:"Only the first 1,000 are shown."})]}):t(b,{
children:t("p",{children:r?`No action's name contains \u201C${r}\u201D.`:"There are no actions."})})}})]})}function W(s){return s.split(/,\s*(?=[A-Za-z_]\w*(?:=|,|$))/).
filter(Boolean).map(r=>{let i=r.indexOf("=");return i<0?{name:r.trim()}:{name:r.slice(0,i).trim(),otherwise:r.slice(i+1)}})}var X=20;function Y({action:s}){let r=W(
s.input??""),[i,m]=u({}),[c,n]=u(""),[o,a]=u(""),[A,C]=u(),[y,N]=u(),O=`tries.${s.name}`,[E,Z]=u(()=>JSON.parse(T.get(O)??"[]")),g=Object.fromEntries(Object.entries(
i).filter(([,e])=>e!=="").map(([e,l])=>[e,G(l)])),H=L("action_executions:create"),S=async e=>{if(e.preventDefault(),!H)return;C(void 0);let l=new AbortController;
N(l);let U=performance.now(),v={};c&&(v.target=c),o&&(v.timeout=Number(o));try{let d=await J("/v2/action_executions",{method:"POST",json:{name:s.name,input:g,params:v},
signal:l.signal}),q=B(d.output),D=[{at:Date.now(),took:performance.now()-U,input:g,state:d.state,result:q?.result??q},...E].slice(0,X);Z(D),T.set(O,JSON.stringify(
D))}catch(d){d instanceof I&&C(d)}N(void 0)},$=Object.entries(g).map(([e,l])=>`    ${e}: ${JSON.stringify(l)}
`),Q=`my_task:
  action: ${s.name}
${$.length?`  input:
${$.join("")}`:""}`;return t("section",{class:"panel","aria-label":`Action ${s.name}`,children:[t("div",{class:"title",children:[t("h2",{children:s.name}),t(x,{
text:Q,label:"Copy as task"}),t("button",{class:"small",onClick:()=>p({name:void 0}),children:"Close"})]}),s.description&&t("details",{children:[t("summary",{children:"\
Description"}),t("pre",{children:s.description})]}),s.definition&&t("details",{children:[t("summary",{children:"Definition"}),t("pre",{class:"source",tabIndex:0,
children:s.definition})]}),t("form",{onSubmit:S,onKeyDown:e=>{e.key==="Enter"&&(e.metaKey||e.ctrlKey)&&S(e)},children:[t("div",{class:"columns",children:[r.map(
e=>t("label",{class:"block",children:[e.name," ",e.otherwise===void 0&&t("span",{class:"muted",children:"required"}),t("textarea",{rows:1,required:e.otherwise===
void 0,placeholder:e.otherwise??"text or JSON",value:i[e.name]??"",onInput:l=>m({...i,[e.name]:l.currentTarget.value})})]},e.name)),t("label",{class:"block",children:[
"Executor ",t("span",{class:"muted",children:"any, if empty"}),t("input",{value:c,onInput:e=>n(e.currentTarget.value)})]}),t("label",{class:"block",children:["T\
ime limit, seconds",t("input",{inputMode:"numeric",value:o,onInput:e=>a(e.currentTarget.value)})]})]}),t("p",{class:"muted",children:"The action really runs. No\
thing is stored."}),t("div",{class:"buttons",children:[t(z,{rule:"action_executions:create",children:t("button",{class:"primary",disabled:!!y,children:y?"Runnin\
g\u2026":"Try it (Ctrl Enter)"})}),y&&t("button",{type:"button",onClick:()=>y.abort(),children:"Give up"})]})]}),A&&t(K,{error:A}),E.map((e,l)=>t("details",{open:l===
0,class:"call",children:[t("summary",{children:[t(j,{state:e.state})," after ",M(e.took*1e3)," ",t("code",{children:JSON.stringify(e.input).slice(0,80)})]}),t(F,
{value:e.result})]}))]})}function dt(){let{query:s}=k(),r=s.get("name"),i=h("/v2/code_sources?limit=1000",0,!0),m=h(r?`/v2/code_sources/${V(r)}`:void 0,0,!0),c=h(
"/v2/dynamic_actions?limit=1000",0,!0);return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:"Code sources"}),t("a",{class:"button",href:_("/a\
ctions"),children:"Actions"})]}),t(f,{of:i,children:n=>n.code_sources.length?t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[
t("th",{children:"Name"}),t("th",{children:"Namespace"}),t("th",{children:"Version"})]})}),t("tbody",{children:n.code_sources.map(o=>t("tr",{class:o.name===r?"c\
hosen":void 0,children:[t("td",{children:t("button",{class:"link",onClick:()=>p({name:o.name}),children:o.name})}),t("td",{children:o.namespace}),t("td",{children:o.
version})]}))})]})}):t(b,{children:t("p",{children:["A code source holds Python for dynamic actions. None has been uploaded: see ",t("code",{children:"POST /v2/\
code_sources"}),"."]})})}),r&&t(f,{of:m,children:n=>t("section",{class:"data",children:[t("h2",{children:[n.name," ",t(x,{text:n.content})]}),t("pre",{class:"so\
urce",tabIndex:0,children:n.content})]})}),t("h2",{children:"Dynamic actions"}),t(f,{of:c,children:n=>n.dynamic_actions.length?t("ul",{children:n.dynamic_actions.
map(o=>t("li",{children:[o.name," ",t("span",{class:"muted",children:["class ",o.class_name," of ",o.code_source_name]})]}))}):t("p",{class:"muted",children:"No\
ne."})})]})}export{ut as Actions,dt as Code};
