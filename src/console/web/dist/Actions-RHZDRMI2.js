import{b as F}from"./chunk-KJC5KS6T.js";import{a as B}from"./chunk-CS5EIXHA.js";import{g as z}from"./chunk-KFVN4SOM.js";import{b as R,c as L}from"./chunk-HVJX4T2S.js";
import{$ as j,F as P,G as V,O as I,P as J,S as M,_ as t,a as w,ca as K,d as m,da as f,fa as b,ia as x,ja as h,n as k,o as _,q as p,r as T}from"./chunk-5ALTCYJR.js";function ut(){let{query:s}=k(),a=s.get("q")??"",o=s.get("name"),u=h(`/v2/actions${P({limit:1e3,sort_keys:"name",sort_dirs:"asc"})}`),c=u.data?.actions.find(n=>n.
name===o);return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:"Actions"}),t("a",{class:"button",href:_("/code"),children:"Code sources"})]}),
t("div",{class:"filters",children:t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:a,onInput:n=>p({q:n.currentTarget.value},!0)})]})}),c&&
t(X,{action:c},c.name),o&&u.data&&!c&&t(b,{children:t("p",{children:["There is no action ",o,"."]})}),t(f,{of:u,children:n=>{let r=n.actions.filter(i=>i.name.includes(
a));return r.length?t("div",{class:"scroll",children:[t("table",{class:"stack",children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),t("th",
{children:"Made by"}),t("th",{children:"Parameters"}),t("th",{children:"Description"})]})}),t("tbody",{children:r.map(i=>t("tr",{class:i.name===o?"chosen":void 0,
children:[t("td",{children:t("button",{class:"link",onClick:()=>{p({name:i.name}),scrollTo(0,0)},children:i.name})}),t("td",{"data-l":"Made by",children:i.definition?
"users":"the service"}),t("td",{class:"wide","data-l":"Parameters",children:t("code",{children:i.input})}),t("td",{class:"wide",children:t("span",{class:"clamp",
children:(i.description??"").split(":param")[0]})})]},i.id))})]}),n.next&&t("p",{class:"muted",children:"Only the first 1,000 are shown."})]}):t(b,{children:t("\
p",{children:a?`No action's name contains \u201C${a}\u201D.`:"There are no actions."})})}})]})}function U(s){return s.split(/,\s*(?=[A-Za-z_]\w*(?:=|,|$))/).filter(
Boolean).map(a=>{let o=a.indexOf("=");return o<0?{name:a.trim()}:{name:a.slice(0,o).trim(),otherwise:a.slice(o+1)}})}var W=20;function X({action:s}){let a=U(s.input??
""),[o,u]=m({}),[c,n]=m(""),[r,i]=m(""),[A,N]=m(),[y,O]=m(),C=`tries.${s.name}`,[E,G]=m(()=>JSON.parse(T.get(C)??"[]")),g=Object.fromEntries(Object.entries(o).filter(
([,e])=>e!=="").map(([e,l])=>[e,F(l)])),Z=R("action_executions:create"),S=async e=>{if(e.preventDefault(),!Z)return;N(void 0);let l=new AbortController;O(l);let Q=performance.
now(),v={};c&&(v.target=c),r&&(v.timeout=Number(r));try{let d=await J("/v2/action_executions",{method:"POST",json:{name:s.name,input:g,params:v},signal:l.signal}),
q=z(d.output),D=[{at:Date.now(),took:performance.now()-Q,input:g,state:d.state,result:q?.result??q},...E].slice(0,W);G(D),T.set(C,JSON.stringify(D))}catch(d){d instanceof
I&&N(d)}O(void 0)},$=Object.entries(g).map(([e,l])=>`    ${e}: ${JSON.stringify(l)}
`),H=`my_task:
  action: ${s.name}
${$.length?`  input:
${$.join("")}`:""}`;return t("section",{class:"panel","aria-label":`Action ${s.name}`,children:[t("div",{class:"title",children:[t("h2",{children:s.name}),t(x,{
text:H,label:"Copy as task"}),t("button",{class:"small",onClick:()=>p({name:void 0}),children:"Close"})]}),s.description&&t("details",{children:[t("summary",{children:"\
Description"}),t("pre",{children:s.description})]}),s.definition&&t("details",{children:[t("summary",{children:"Definition"}),t("pre",{class:"source",tabIndex:0,
children:s.definition})]}),t("form",{onSubmit:S,onKeyDown:e=>{e.key==="Enter"&&(e.metaKey||e.ctrlKey)&&S(e)},children:[t("div",{class:"columns",children:[a.map(
e=>t("label",{class:"block",children:[e.name," ",e.otherwise===void 0&&t("span",{class:"muted",children:"required"}),t("textarea",{rows:1,required:e.otherwise===
void 0,placeholder:e.otherwise??"text or JSON",value:o[e.name]??"",onInput:l=>u({...o,[e.name]:l.currentTarget.value})})]},e.name)),t("label",{class:"block",children:[
"Executor ",t("span",{class:"muted",children:"any, if empty"}),t("input",{value:c,onInput:e=>n(e.currentTarget.value)})]}),t("label",{class:"block",children:["T\
ime limit, seconds",t("input",{inputMode:"numeric",value:r,onInput:e=>i(e.currentTarget.value)})]})]}),t("p",{class:"muted",children:"The action really runs. No\
thing is stored."}),t("div",{class:"buttons",children:[t(L,{rule:"action_executions:create",children:t("button",{class:"primary",disabled:!!y,children:y?"Runnin\
g\u2026":"Try it (Ctrl Enter)"})}),y&&t("button",{type:"button",onClick:()=>y.abort(),children:"Give up"})]})]}),A&&t(K,{error:A}),E.map((e,l)=>t("details",{open:l===
0,class:"call",children:[t("summary",{children:[t(j,{state:e.state})," after ",M(e.took*1e3)," ",t("code",{children:JSON.stringify(e.input).slice(0,80)})]}),t(B,
{value:e.result})]}))]})}function mt(){let{query:s}=k(),a=s.get("name"),o=h("/v2/code_sources?limit=1000",0,!0),u=h(a?`/v2/code_sources/${V(a)}`:void 0,0,!0),c=h(
"/v2/dynamic_actions?limit=1000",0,!0);return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:"Code sources"}),t("a",{class:"button",href:_("/a\
ctions"),children:"Actions"})]}),t(f,{of:o,children:n=>n.code_sources.length?t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[
t("th",{children:"Name"}),t("th",{children:"Namespace"}),t("th",{children:"Version"})]})}),t("tbody",{children:n.code_sources.map(r=>t("tr",{class:r.name===a?"c\
hosen":void 0,children:[t("td",{children:t("button",{class:"link",onClick:()=>p({name:r.name}),children:r.name})}),t("td",{children:r.namespace}),t("td",{children:r.
version})]}))})]})}):t(b,{children:t("p",{children:["A code source holds Python for dynamic actions. None has been uploaded: see ",t("code",{children:"POST /v2/\
code_sources"}),"."]})})}),a&&t(f,{of:u,children:n=>t("section",{class:"data",children:[t("h2",{children:[n.name," ",t(x,{text:n.content})]}),t("pre",{class:"so\
urce",tabIndex:0,children:n.content})]})}),t("h2",{children:"Dynamic actions"}),t(f,{of:c,children:n=>n.dynamic_actions.length?t("ul",{children:n.dynamic_actions.
map(r=>t("li",{children:[r.name," ",t("span",{class:"muted",children:["class ",r.class_name," of ",r.code_source_name]})]}))}):t("p",{class:"muted",children:"No\
ne."})})]})}export{ut as Actions,mt as Code};
