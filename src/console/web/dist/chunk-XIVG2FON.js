import{g as d}from"./chunk-UTQCZ4BP.js";import{$ as n,H as f,Q as x,d as a,da as D,ea as R,ia as O,la as E,q as y}from"./chunk-5UX6W7MZ.js";function J(i){let s=d(i.interface);return(Array.isArray(s?.input)?s.input:[]).flatMap(r=>typeof r=="string"?[{name:r,text:"",isRequired:!0}]:Object.entries(r).map(
([o,l])=>({name:o,text:JSON.stringify(l),isRequired:!1})))}function S(i){try{return JSON.parse(i)}catch{return i}}function V({workflow:i,name:s,input:u,close:r}){
let o=E(`/v2/workflows/${f(i)}`);return n(O,{title:`Run ${s}`,close:r,children:[n(R,{of:o,children:l=>n(N,{definition:l,input:u,close:r})}),!o.data&&n("div",{class:"\
buttons",children:n("button",{onClick:r,children:"Close"})})]})}function N({definition:i,input:s,close:u}){let r=d(s)??{},[o,l]=a(()=>J(i).map(t=>t.name in r?{...t,
text:JSON.stringify(r[t.name])}:t)),[g,q]=a(""),[p,F]=a(""),[b,v]=a(),[h,w]=a(!1),k=async t=>{t.preventDefault(),w(!0),v(void 0);let m=o.filter(e=>e.text!=="").
map(e=>[e.name,S(e.text)]),c={workflow_id:i.id,input:Object.fromEntries(m),description:g};p&&(c.params={env:S(p)});try{let e=await x("/v2/executions",{method:"P\
OST",json:c});u(),y(`/executions/${f(e.id)}`)}catch(e){v(e),w(!1)}};return n("form",{onSubmit:k,onKeyDown:t=>{t.key==="Enter"&&(t.metaKey||t.ctrlKey)&&k(t)},children:[
!o.length&&n("p",{class:"muted",children:"This workflow takes no input."}),o.map((t,m)=>n("label",{class:"block",children:[t.name," ",t.isRequired&&n("span",{class:"\
muted",children:"required"}),n("textarea",{rows:1,required:t.isRequired,value:t.text,placeholder:"text or JSON",onInput:c=>l(o.map((e,A)=>A===m?{...e,text:c.currentTarget.
value}:e))})]},t.name)),n("label",{class:"block",children:["Environment ",n("span",{class:"muted",children:"name or JSON"}),n("input",{value:p,onInput:t=>F(t.currentTarget.
value)})]}),n("label",{class:"block",children:["Description",n("input",{value:g,onInput:t=>q(t.currentTarget.value)})]}),b&&n(D,{error:b}),n("div",{class:"butto\
ns",children:[n("button",{class:"primary",disabled:h,children:"Run"}),n("button",{type:"button",onClick:u,children:"Leave it"})]})]})}export{J as a,S as b,V as c};
