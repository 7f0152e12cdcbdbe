import{b as j}from"./chunk-6JCNLCE4.js";import"./chunk-4ZNZ4YVH.js";import"./chunk-BG2VKMY4.js";import"./chunk-V7KPKOQ4.js";import{f as I,
g as T}from"./chunk-UTQCZ4BP.js";import{b as F}from"./chunk-BNMSMYHY.js";import"./chunk-6IYVFWYK.js";import"./chunk-QDCANJH4.js";import"./chunk-OB3QYSTV.js";
import{$ as h,G as u,Q as D,S as f,_ as t,a as b,aa as V,d as M,da as g,ga as E,h as $,ka as B,n as S,o as A,q as v}from"./chunk-P3WS2R5J.js";var y=o=>o&&o.finished_us!==null?o.finished_us-(o.started_us??o.created_us):void 0,k=o=>Array.isArray(o)?o.map(k):o&&typeof o=="object"?Object.fromEntries(Object.
entries(o).sort(([s],[n])=>s.localeCompare(n)).map(([s,n])=>[s,k(n)])):o,R=o=>JSON.stringify(o,null,2)??"";function X(){let{query:o}=S(),[s,n]=[o.get("a")??"",o.
get("b")??""];return!s||!n?t(E,{children:[t("h1",{children:"Compare two runs"}),t("p",{children:["Choose two in the ",t("a",{href:A("/executions"),children:"lis\
t of executions"}),", or \u201CCompare with\u2026\u201D on the page of one."]})]}):t(q,{a:s,b:n})}function q({a:o,b:s}){let[n,l]=[o,s].map(e=>B(`/v2/executions/${u(
e)}`)),[m,d]=[o,s].map(e=>B(`/v2/executions/${u(e)}/timeline`)),[C,L]=M(!0),c=$(()=>{let e=a=>new Map((a?j(a):[]).map(p=>[p.name,p])),[i,r]=[e(m.data),e(d.data)];
return[...new Set([...i.keys(),...r.keys()])].map(a=>{let[p,O]=[i.get(a),r.get(a)],[_,x]=[y(p),y(O)];return{name:a,rowA:p,rowB:O,delta:_!==void 0&&x!==void 0?x-
_:void 0}}).sort((a,p)=>Math.abs(p.delta??1/0)-Math.abs(a.delta??1/0))},[m.data,d.data]),w=C?c.filter(e=>e.rowA?.state!==e.rowB?.state||Math.abs(e.delta??0)>1e3):
c,P=c.filter(e=>e.rowA&&e.rowB).length;return t(b,{children:[t("div",{class:"title",children:[t("h1",{children:"Two runs"}),t("button",{"aria-keyshortcuts":"s",
onClick:()=>v({a:s,b:o}),children:"Swap"})]}),t("div",{class:"columns",children:[n,l].map((e,i)=>t("section",{class:"panel",children:[t("h2",{children:"AB"[i]}),
t(g,{of:e,children:r=>t("p",{children:[t(h,{state:r.state})," ",t("a",{href:A(`/executions/${u(r.id)}`),children:r.workflow_name})," ",t(V,{time:D(r.created_at)}),
t("br",{}),t("code",{children:r.id})]})})]}))}),n.data&&l.data&&[["input","Input"],["params","Parameters"],["output","Output"]].map(([e,i])=>{let[r,a]=I(k(T(n.data[e])),
k(T(l.data[e]))).map(R);return r===a?t("p",{class:"muted",children:["The same ",i.toLowerCase(),"."]}):t(F,{title:i,names:["A","B"],left:r,right:a})}),m.error&&
!n.error&&t(g,{of:m,children:()=>null}),d.error&&!l.error&&t(g,{of:d,children:()=>null}),m.data&&d.data&&t(b,{children:[!P&&t("p",{class:"info state-paused",children:"\
They have no task in common."}),t("p",{children:[t("label",{children:[t("input",{type:"checkbox",checked:C,onChange:e=>L(e.currentTarget.checked)})," only what \
differs"]})," ",t("span",{class:"muted",children:[w.length," of ",c.length," tasks"]})]}),w.length>0&&t("div",{class:"scroll",children:t("table",{children:[t("t\
head",{children:t("tr",{children:[t("th",{children:"Task"}),t("th",{children:"A"}),t("th",{children:"A took"}),t("th",{children:"B"}),t("th",{children:"B took"}),
t("th",{children:"Difference"})]})}),t("tbody",{children:w.slice(0,1e3).map(e=>t("tr",{children:[t("td",{children:e.name}),t("td",{children:e.rowA?t(h,{state:e.
rowA.state}):t("span",{class:"muted",children:"not run"})}),t("td",{class:"nowrap",children:f(y(e.rowA))}),t("td",{children:e.rowB?t(h,{state:e.rowB.state}):t("\
span",{class:"muted",children:"not run"})}),t("td",{class:"nowrap",children:f(y(e.rowB))}),t("td",{class:`nowrap${e.delta!==void 0&&e.delta>0?" state-error":""}`,
children:e.delta===void 0?"\u2013":`${e.delta<0?"\u2212":"+"}${f(Math.abs(e.delta))}`})]}))})]})})]})]})}export{X as Compare};
