import{F as d,O as x,Y as n,aa as D,ba as R,d as a,ea as O,ia as f,ka as E,q as y}from"./chunk-BH2VNA6L.js";function J(r){let s=f(r.interface);return(Array.isArray(s?.input)?s.input:[]).flatMap(i=>typeof i=="string"?[{name:i,text:"",isRequired:!0}]:Object.entries(i).map(
([o,l])=>({name:o,text:JSON.stringify(l),isRequired:!1})))}function S(r){try{return JSON.parse(r)}catch{return r}}function L({workflow:r,name:s,input:u,close:i}){
let o=E(`/v2/workflows/${d(r)}`);return n(O,{title:`Run ${s}`,close:i,children:[n(R,{of:o,children:l=>n(N,{definition:l,input:u,close:i})}),!o.data&&n("div",{class:"\
buttons",children:n("button",{onClick:i,children:"Close"})})]})}function N({definition:r,input:s,close:u}){let i=f(s)??{},[o,l]=a(()=>J(r).map(t=>t.name in i?{...t,
text:JSON.stringify(i[t.name])}:t)),[g,q]=a(""),[p,F]=a(""),[b,v]=a(),[h,w]=a(!1),k=async t=>{t.preventDefault(),w(!0),v(void 0);let m=o.filter(e=>e.text!=="").
map(e=>[e.name,S(e.text)]),c={workflow_id:r.id,input:Object.fromEntries(m),description:g};p&&(c.params={env:S(p)});try{let e=await x("/v2/executions",{method:"P\
OST",json:c});u(),y(`/executions/${d(e.id)}`)}catch(e){v(e),w(!1)}};return n("form",{onSubmit:k,onKeyDown:t=>{t.key==="Enter"&&(t.metaKey||t.ctrlKey)&&k(t)},children:[
!o.length&&n("p",{class:"muted",children:"This workflow takes no input."}),o.map((t,m)=>n("label",{class:"block",children:[t.name," ",t.isRequired&&n("span",{class:"\
muted",children:"required"}),n("textarea",{rows:1,required:t.isRequired,value:t.text,placeholder:"text or JSON",onInput:c=>l(o.map((e,A)=>A===m?{...e,text:c.currentTarget.
value}:e))})]},t.name)),n("label",{class:"block",children:["Environment ",n("span",{class:"muted",children:"name or JSON"}),n("input",{value:p,onInput:t=>F(t.currentTarget.
value)})]}),n("label",{class:"block",children:["Description",n("input",{value:g,onInput:t=>q(t.currentTarget.value)})]}),b&&n(D,{error:b}),n("div",{class:"butto\
ns",children:[n("button",{class:"primary",disabled:h,children:"Run"}),n("button",{type:"button",onClick:u,children:"Leave it"})]})]})}export{S as a,L as b};
