import{b as j}from"./chunk-AMSNRGN3.js";import"./chunk-2ZY2KEZY.js";import"./chunk-QHIBYRDS.js";import"./chunk-KJXLZSWH.js";import{f as I,
g as T}from"./chunk-KFVN4SOM.js";import{b as F}from"./chunk-H3P43KIG.js";import"./chunk-RKJSMCFH.js";import"./chunk-T37ZCE5Y.js";import"./chunk-OB3QYSTV.js";
import{$ as t,H as c,R as D,T as u,a as b,aa as f,ba as V,d as M,ea as h,ga as E,h as $,ka as B,n as S,p as A,r as v}from"./chunk-XCHGTDDA.js";var g=o=>o&&o.finished_us!==null?o.finished_us-(o.started_us??o.created_us):void 0,y=o=>Array.isArray(o)?o.map(y):o&&typeof o=="object"?Object.fromEntries(Object.
entries(o).sort(([a],[s])=>a.localeCompare(s)).map(([a,s])=>[a,y(s)])):o,R=o=>JSON.stringify(o,null,2)??"";function X(){let{query:o}=S(),[a,s]=[o.get("a")??"",o.
get("b")??""];return!a||!s?t(E,{children:[t("h1",{children:"Compare two runs"}),t("p",{children:["Choose two in the ",t("a",{href:A("/executions"),children:"lis\
t of executions"}),", or \u201CCompare with\u2026\u201D on the page of one."]})]}):t(q,{a,b:s})}function q({a:o,b:a}){let[s,k]=[o,a].map(e=>B(`/v2/executions/${c(
e)}`)),[m,d]=[o,a].map(e=>B(`/v2/executions/${c(e)}/timeline`)),[C,L]=M(!0),l=$(()=>{let e=r=>new Map((r?j(r):[]).map(p=>[p.name,p])),[i,n]=[e(m.data),e(d.data)];
return[...new Set([...i.keys(),...n.keys()])].map(r=>{let[p,O]=[i.get(r),n.get(r)],[_,x]=[g(p),g(O)];return{name:r,rowA:p,rowB:O,delta:_!==void 0&&x!==void 0?x-
_:void 0}}).sort((r,p)=>Math.abs(p.delta??1/0)-Math.abs(r.delta??1/0))},[m.data,d.data]),w=C?l.filter(e=>e.rowA?.state!==e.rowB?.state||Math.abs(e.delta??0)>1e3):
l,P=l.filter(e=>e.rowA&&e.rowB).length;return t(b,{children:[t("div",{class:"title",children:[t("h1",{children:"Two runs"}),t("button",{"aria-keyshortcuts":"s",
onClick:()=>v({a,b:o}),children:"Swap"})]}),t("div",{class:"columns",children:[s,k].map((e,i)=>t("section",{class:"panel",children:[t("h2",{children:"AB"[i]}),t(
h,{of:e,children:n=>t("p",{children:[t(f,{state:n.state})," ",t("a",{href:A(`/executions/${c(n.id)}`),children:n.workflow_name})," ",t(V,{time:D(n.created_at)}),
t("br",{}),t("code",{children:n.id})]})})]}))}),s.data&&k.data&&[["input","Input"],["params","Parameters"],["output","Output"]].map(([e,i])=>{let[n,r]=I(y(T(s.data[e])),
y(T(k.data[e]))).map(R);return n===r?t("p",{class:"muted",children:["The same ",i.toLowerCase(),"."]}):t(F,{title:i,left:n,right:r})}),m.error&&t(h,{of:m,children:()=>null}),
d.error&&t(h,{of:d,children:()=>null}),m.data&&d.data&&t(b,{children:[!P&&t("p",{class:"info state-paused",children:"They have no task in common."}),t("p",{children:[
t("label",{children:[t("input",{type:"checkbox",checked:C,onChange:e=>L(e.currentTarget.checked)})," only what differs"]})," ",t("span",{class:"muted",children:[
w.length," of ",l.length," tasks"]})]}),w.length>0&&t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"\
Task"}),t("th",{children:"A"}),t("th",{children:"A took"}),t("th",{children:"B"}),t("th",{children:"B took"}),t("th",{children:"Difference"})]})}),t("tbody",{children:w.
slice(0,1e3).map(e=>t("tr",{children:[t("td",{children:e.name}),t("td",{children:e.rowA?t(f,{state:e.rowA.state}):t("span",{class:"muted",children:"not run"})}),
t("td",{class:"nowrap",children:u(g(e.rowA))}),t("td",{children:e.rowB?t(f,{state:e.rowB.state}):t("span",{class:"muted",children:"not run"})}),t("td",{class:"n\
owrap",children:u(g(e.rowB))}),t("td",{class:`nowrap${e.delta!==void 0&&e.delta>0?" state-error":""}`,children:e.delta===void 0?"\u2013":`${e.delta<0?"\u2212":"\
+"}${u(Math.abs(e.delta))}`})]}))})]})})]})]})}export{X as Compare};
