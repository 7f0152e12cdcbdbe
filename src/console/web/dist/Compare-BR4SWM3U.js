import{a as F}from"./chunk-CWPC6FRW.js";import{c as E}from"./chunk-47YTR3JJ.js";import"./chunk-AEZBDFRI.js";import"./chunk-OB3QYSTV.js";
import"./chunk-HJB4XBRR.js";import{B as f,C as $,E as p,K as t,L as h,M as O,P as m,Q as V,V as D,X as B,a as b,d as x,g as C,i as M,j as w,l as S}from"./chunk-PMQNFGQB.js";var g=n=>n&&n.finished_us!==null?n.finished_us-(n.started_us??n.created_us):void 0,I=n=>JSON.stringify(D(n),null,2)??"";function U(){let{query:n}=M(),[r,d]=[n.get(
"a")??"",n.get("b")??""];return!r||!d?t(V,{children:[t("h1",{children:"Compare two runs"}),t("p",{children:["Choose two in the ",t("a",{href:w("/executions"),children:"\
list of executions"}),", or \u201CCompare with\u2026\u201D on the page of one."]})]}):t(J,{a:r,b:d})}function J({a:n,b:r}){let[d,k]=[n,r].map(e=>B(`/v2/executio\
ns/${f(e)}`)),[l,u]=[n,r].map(e=>B(`/v2/executions/${f(e)}/timeline`)),[A,R]=x(!0),c=C(()=>{let e=s=>new Map((s?E(s):[]).map(i=>[i.name,i])),[o,a]=[e(l.data),e(
u.data)];return[...new Set([...o.keys(),...a.keys()])].map(s=>{let[i,T]=[o.get(s),a.get(s)],[v,_]=[g(i),g(T)];return{name:s,rowA:i,rowB:T,delta:v!==void 0&&_!==
void 0?_-v:void 0}}).sort((s,i)=>Math.abs(i.delta??1/0)-Math.abs(s.delta??1/0))},[l.data,u.data]),y=A?c.filter(e=>e.rowA?.state!==e.rowB?.state||Math.abs(e.delta??
0)>1e3):c,q=c.filter(e=>e.rowA&&e.rowB).length;return t(b,{children:[t("div",{class:"title",children:[t("h1",{children:"Two runs"}),t("button",{onClick:()=>S({a:r,
b:n}),children:"Swap"})]}),t("div",{class:"columns",children:[d,k].map((e,o)=>t("section",{class:"panel",children:[t("h2",{children:"AB"[o]}),t(m,{of:e,children:a=>t(
"p",{children:[t(h,{state:a.state})," ",t("a",{href:w(`/executions/${f(a.id)}`),children:a.workflow_name})," ",t(O,{time:$(a.created_at)}),t("br",{}),t("code",{
children:a.id})]})})]}))}),d.data&&k.data&&["input","params","output"].map(e=>{let[o,a]=[I(d.data[e]),I(k.data[e])];return o===a?t("p",{class:"muted",children:[
"The same ",e,"."]}):t(F,{title:e,left:o,right:a})}),l.error&&t(m,{of:l,children:()=>null}),u.error&&t(m,{of:u,children:()=>null}),l.data&&u.data&&t(b,{children:[
!q&&t("p",{class:"info state-paused",children:"They have no task in common."}),t("p",{children:[t("label",{children:[t("input",{type:"checkbox",checked:A,onChange:e=>R(
e.currentTarget.checked)})," only what differs"]})," ",t("span",{class:"muted",children:[y.length," of ",c.length," tasks"]})]}),y.length>0&&t("div",{class:"scr\
oll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Task"}),t("th",{children:"A"}),t("th",{children:"took"}),t("th",{children:"\
B"}),t("th",{children:"took"}),t("th",{children:"difference"})]})}),t("tbody",{children:y.slice(0,1e3).map(e=>t("tr",{children:[t("td",{children:e.name}),t("td",
{children:e.rowA?t(h,{state:e.rowA.state}):t("span",{class:"muted",children:"not run"})}),t("td",{children:p(g(e.rowA))}),t("td",{children:e.rowB?t(h,{state:e.rowB.
state}):t("span",{class:"muted",children:"not run"})}),t("td",{children:p(g(e.rowB))}),t("td",{class:e.delta!==void 0&&e.delta>0?"state-error":void 0,children:e.
delta===void 0?"\u2013":`${e.delta<0?"\u2212":"+"}${p(Math.abs(e.delta))}`})]}))})]})})]})]})}export{U as Compare};
