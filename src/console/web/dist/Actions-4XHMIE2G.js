import{a as F}from"./chunk-CCQ5342Y.js";import{b as z,c as B}from"./chunk-MFQ5DZGI.js";import{E as V,F as I,N as J,O as P,R as M,Y as t,Z as j,a as w,
aa as K,ba as f,d as m,da as b,ga as x,ha as R,ia as L,ka as h,o as _,p as k,r as p,s as T}from"./chunk-BH2VNA6L.js";function ct(){let{query:s}=_(),a=s.get("q")??"",i=s.get("name"),u=h(`/v2/actions${V({limit:1e3,sort_keys:"name",sort_dirs:"asc"})}`),c=u.data?.actions.find(n=>n.
name===i);return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:"Actions"}),t("a",{class:"button",href:k("/code"),children:"Code sources"})]}),
t("div",{class:"filters",children:t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:a,onInput:n=>p({q:n.currentTarget.value},!0)})]})}),c&&
t(X,{action:c},c.name),i&&u.data&&!c&&t(b,{children:t("p",{children:["There is no action ",i,"."]})}),t(f,{of:u,children:n=>{let r=n.actions.filter(o=>o.name.includes(
a));return r.length?t("div",{class:"scroll",children:[t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),t("th",{children:"Mad\
e by"}),t("th",{children:"Parameters"}),t("th",{children:"Description"})]})}),t("tbody",{children:r.map(o=>t("tr",{class:o.name===i?"chosen":void 0,children:[t(
"td",{children:t("button",{class:"link",onClick:()=>{p({name:o.name}),scrollTo(0,0)},children:o.name})}),t("td",{children:o.definition?"users":"the service"}),t(
"td",{class:"wide",children:t("code",{children:o.input})}),t("td",{class:"wide",children:t("span",{class:"clamp",children:(o.description??"").split(":param")[0]})})]},
o.id))})]}),n.next&&t("p",{class:"muted",children:"Only the first 1,000 are shown."})]}):t(b,{children:t("p",{children:a?`No action's name contains \u201C${a}\u201D.`:
"There are no actions."})})}})]})}function U(s){return s.split(/,\s*(?=[A-Za-z_]\w*(?:=|,|$))/).filter(Boolean).map(a=>{let i=a.indexOf("=");return i<0?{name:a.
trim()}:{name:a.slice(0,i).trim(),otherwise:a.slice(i+1)}})}var W=20;function X({action:s}){let a=U(s.input??""),[i,u]=m({}),[c,n]=m(""),[r,o]=m(""),[A,N]=m(),[
y,O]=m(),C=`tries.${s.name}`,[E,G]=m(()=>JSON.parse(T.get(C)??"[]")),g=Object.fromEntries(Object.entries(i).filter(([,e])=>e!=="").map(([e,l])=>[e,F(l)])),Z=z("\
action_executions:create"),S=async e=>{if(e.preventDefault(),!Z)return;N(void 0);let l=new AbortController;O(l);let Q=performance.now(),v={};c&&(v.target=c),r&&
(v.timeout=Number(r));try{let d=await P("/v2/action_executions",{method:"POST",json:{name:s.name,input:g,params:v},signal:l.signal}),q=L(d.output),D=[{at:Date.now(),
took:performance.now()-Q,input:g,state:d.state,result:q?.result??q},...E].slice(0,W);G(D),T.set(C,JSON.stringify(D))}catch(d){d instanceof J&&N(d)}O(void 0)},$=Object.
entries(g).map(([e,l])=>`    ${e}: ${JSON.stringify(l)}
`),H=`my_task:
  action: ${s.name}
${$.length?`  input:
${$.join("")}`:""}`;return t("section",{class:"panel","aria-label":`Action ${s.name}`,children:[t("div",{class:"title",children:[t("h2",{children:s.name}),t(x,{
text:H,label:"Copy as task"}),t("button",{class:"small",onClick:()=>p({name:void 0}),children:"Close"})]}),s.description&&t("details",{children:[t("summary",{children:"\
Description"}),t("pre",{children:s.description})]}),s.definition&&t("details",{children:[t("summary",{children:"Definition"}),t("pre",{class:"source",tabIndex:0,
children:s.definition})]}),t("form",{onSubmit:S,onKeyDown:e=>{e.key==="Enter"&&(e.metaKey||e.ctrlKey)&&S(e)},children:[t("div",{class:"columns",children:[a.map(
e=>t("label",{class:"block",children:[e.name," ",e.otherwise===void 0&&t("span",{class:"muted",children:"required"}),t("textarea",{rows:1,required:e.otherwise===
void 0,placeholder:e.otherwise??"text or JSON",value:i[e.name]??"",onInput:l=>u({...i,[e.name]:l.currentTarget.value})})]},e.name)),t("label",{class:"block",children:[
"Executor ",t("span",{class:"muted",children:"any, if empty"}),t("input",{value:c,onInput:e=>n(e.currentTarget.value)})]}),t("label",{class:"block",children:["T\
ime limit, seconds",t("input",{inputMode:"numeric",value:r,onInput:e=>o(e.currentTarget.value)})]})]}),t("p",{class:"muted",children:"The action really runs. No\
thing is stored."}),t("div",{class:"buttons",children:[t(B,{rule:"action_executions:create",children:t("button",{class:"primary",disabled:!!y,children:y?"Runnin\
g\u2026":"Try it (Ctrl Enter)"})}),y&&t("button",{type:"button",onClick:()=>y.abort(),children:"Give up"})]})]}),A&&t(K,{error:A}),E.map((e,l)=>t("details",{open:l===
0,class:"call",children:[t("summary",{children:[t(j,{state:e.state})," after ",M(e.took*1e3)," ",t("code",{children:JSON.stringify(e.input).slice(0,80)})]}),t(R,
{value:e.result})]}))]})}function lt(){let{query:s}=_(),a=s.get("name"),i=h("/v2/code_sources?limit=1000"),u=h(a?`/v2/code_sources/${I(a)}`:void 0),c=h("/v2/dyn\
amic_actions?limit=1000");return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:"Code sources"}),t("a",{class:"button",href:k("/actions"),children:"\
Actions"})]}),t(f,{of:i,children:n=>n.code_sources.length?t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"\
Name"}),t("th",{children:"Namespace"}),t("th",{children:"Version"})]})}),t("tbody",{children:n.code_sources.map(r=>t("tr",{class:r.name===a?"chosen":void 0,children:[
t("td",{children:t("button",{class:"link",onClick:()=>p({name:r.name}),children:r.name})}),t("td",{children:r.namespace}),t("td",{children:r.version})]}))})]})}):
t(b,{children:t("p",{children:["A code source holds Python for dynamic actions. None has been uploaded: see ",t("code",{children:"POST /v2/code_sources"}),"."]})})}),
a&&t(f,{of:u,children:n=>t("section",{class:"data",children:[t("h2",{children:[n.name," ",t(x,{text:n.content})]}),t("pre",{class:"source",tabIndex:0,children:n.
content})]})}),t("h2",{children:"Dynamic actions"}),t(f,{of:c,children:n=>n.dynamic_actions.length?t("ul",{children:n.dynamic_actions.map(r=>t("li",{children:[r.
name," ",t("span",{class:"muted",children:["class ",r.class_name," of ",r.code_source_name]})]}))}):t("p",{class:"muted",children:"None."})})]})}export{ct as Actions,lt as Code};
