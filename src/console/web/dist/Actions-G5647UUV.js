import{a as B}from"./chunk-NAVISLN5.js";import{b as L,c as z}from"./chunk-IFE3DXQC.js";import{B as q,C as D,D as V,E as J,H as P,O as t,P as M,S as j,
T as f,V as b,Y as T,Z as K,_ as R,a as w,aa as h,d as m,j as _,k,m as p}from"./chunk-IHXPOKKO.js";function ot(){let{query:s}=_(),a=s.get("q")??"",o=s.get("name"),u=h(`/v2/actions${V({limit:1e3,sort_keys:"name",sort_dirs:"asc"})}`),c=u.data?.actions.find(n=>n.
name===o);return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:"Actions"}),t("a",{class:"button",href:k("/code"),children:"Code sources"})]}),
t("div",{class:"filters",children:t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:a,onInput:n=>p({q:n.currentTarget.value},!0)})]})}),c&&
t(W,{action:c},c.name),o&&u.data&&!c&&t(b,{children:t("p",{children:["There is no action ",o,"."]})}),t(f,{of:u,children:n=>{let i=n.actions.filter(r=>r.name.includes(
a));return i.length?t("div",{class:"scroll",children:[t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),t("th",{children:"Mad\
e by"}),t("th",{children:"Parameters"}),t("th",{children:"Description"})]})}),t("tbody",{children:i.map(r=>t("tr",{class:r.name===o?"chosen":void 0,children:[t(
"td",{children:t("button",{class:"link",onClick:()=>{p({name:r.name}),scrollTo(0,0)},children:r.name})}),t("td",{children:r.definition?"users":"the service"}),t(
"td",{class:"wide",children:t("code",{children:r.input})}),t("td",{class:"wide",children:t("span",{class:"clamp",children:(r.description??"").split(":param")[0]})})]},
r.id))})]}),n.next&&t("p",{class:"muted",children:"Only the first 1,000 are shown."})]}):t(b,{children:t("p",{children:a?`No action's name contains \u201C${a}\u201D.`:
"There are no actions."})})}})]})}function Q(s){return s.split(/,\s*(?=[A-Za-z_]\w*(?:=|,|$))/).filter(Boolean).map(a=>{let o=a.indexOf("=");return o<0?{name:a.
trim()}:{name:a.slice(0,o).trim(),otherwise:a.slice(o+1)}})}var U=20;function W({action:s}){let a=Q(s.input??""),[o,u]=m({}),[c,n]=m(""),[i,r]=m(""),[x,A]=m(),[
y,S]=m(),N=`mistral.tries.${s.name}`,[O,F]=m(()=>JSON.parse(sessionStorage.getItem(N)??"[]")),g=Object.fromEntries(Object.entries(o).filter(([,e])=>e!=="").map(
([e,l])=>[e,B(l)])),G=L("action_executions:create"),C=async e=>{if(e.preventDefault(),!G)return;A(void 0);let l=new AbortController;S(l);let H=performance.now(),
v={};c&&(v.target=c),i&&(v.timeout=Number(i));try{let d=await D("/v2/action_executions",{method:"POST",json:{name:s.name,input:g,params:v},signal:l.signal}),$=R(
d.output),I=[{at:Date.now(),took:performance.now()-H,input:g,state:d.state,result:$?.result??$},...O].slice(0,U);F(I),sessionStorage.setItem(N,JSON.stringify(I))}catch(d){
d instanceof q&&A(d)}S(void 0)},E=Object.entries(g).map(([e,l])=>`    ${e}: ${JSON.stringify(l)}
`),Z=`my_task:
  action: ${s.name}
${E.length?`  input:
${E.join("")}`:""}`;return t("section",{class:"panel","aria-label":`Action ${s.name}`,children:[t("div",{class:"title",children:[t("h2",{children:s.name}),t(T,{
text:Z,label:"Copy as task"}),t("button",{class:"small",onClick:()=>p({name:void 0}),children:"Close"})]}),s.description&&t("details",{children:[t("summary",{children:"\
Description"}),t("pre",{children:s.description})]}),s.definition&&t("details",{children:[t("summary",{children:"Definition"}),t("pre",{class:"source",tabIndex:0,
children:s.definition})]}),t("form",{onSubmit:C,onKeyDown:e=>{e.key==="Enter"&&(e.metaKey||e.ctrlKey)&&C(e)},children:[t("div",{class:"columns",children:[a.map(
e=>t("label",{class:"block",children:[e.name," ",e.otherwise===void 0&&t("span",{class:"muted",children:"required"}),t("textarea",{rows:1,required:e.otherwise===
void 0,placeholder:e.otherwise??"text or JSON",value:o[e.name]??"",onInput:l=>u({...o,[e.name]:l.currentTarget.value})})]},e.name)),t("label",{class:"block",children:[
"Executor ",t("span",{class:"muted",children:"any, if empty"}),t("input",{value:c,onInput:e=>n(e.currentTarget.value)})]}),t("label",{class:"block",children:["T\
ime limit, seconds",t("input",{inputMode:"numeric",value:i,onInput:e=>r(e.currentTarget.value)})]})]}),t("p",{class:"muted",children:"The action really runs. No\
thing is stored."}),t("div",{class:"buttons",children:[t(z,{rule:"action_executions:create",children:t("button",{class:"primary",disabled:!!y,children:y?"Runnin\
g\u2026":"Try it (Ctrl Enter)"})}),y&&t("button",{type:"button",onClick:()=>y.abort(),children:"Give up"})]})]}),x&&t(j,{error:x}),O.map((e,l)=>t("details",{open:l===
0,class:"call",children:[t("summary",{children:[t(M,{state:e.state})," after ",P(e.took*1e3)," ",t("code",{children:JSON.stringify(e.input).slice(0,80)})]}),t(K,
{value:e.result})]}))]})}function rt(){let{query:s}=_(),a=s.get("name"),o=h("/v2/code_sources?limit=1000"),u=h(a?`/v2/code_sources/${J(a)}`:void 0),c=h("/v2/dyn\
amic_actions?limit=1000");return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:"Code sources"}),t("a",{class:"button",href:k("/actions"),children:"\
Actions"})]}),t(f,{of:o,children:n=>n.code_sources.length?t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"\
Name"}),t("th",{children:"Namespace"}),t("th",{children:"Version"})]})}),t("tbody",{children:n.code_sources.map(i=>t("tr",{class:i.name===a?"chosen":void 0,children:[
t("td",{children:t("button",{class:"link",onClick:()=>p({name:i.name}),children:i.name})}),t("td",{children:i.namespace}),t("td",{children:i.version})]}))})]})}):
t(b,{children:t("p",{children:["A code source holds Python for dynamic actions. None has been uploaded: see ",t("code",{children:"POST /v2/code_sources"}),"."]})})}),
a&&t(f,{of:u,children:n=>t("section",{class:"data",children:[t("h2",{children:[n.name," ",t(T,{text:n.content})]}),t("pre",{class:"source",tabIndex:0,children:n.
content})]})}),t("h2",{children:"Dynamic actions"}),t(f,{of:c,children:n=>n.dynamic_actions.length?t("ul",{children:n.dynamic_actions.map(i=>t("li",{children:[i.
name," ",t("span",{class:"muted",children:["class ",i.class_name," of ",i.code_source_name]})]}))}):t("p",{class:"muted",children:"None."})})]})}export{ot as Actions,rt as Code};
