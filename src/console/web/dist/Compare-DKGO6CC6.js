import{b as j}from"./chunk-KX4LBE24.js";import"./chunk-QKNUNJF7.js";import"./chunk-4OT32SHJ.js";import"./chunk-OFGGPVDB.js";import{f as I,
g as T}from"./chunk-UTQCZ4BP.js";import{b as F}from"./chunk-MYAUZBJ7.js";import"./chunk-IGGRFVNE.js";import"./chunk-ZLIKXXNG.js";import"./chunk-OB3QYSTV.js";
import{$ as h,G as u,Q as v,S as f,_ as t,a as b,aa as V,d as M,da as g,ga as E,h as $,ka as B,n as D,o as A,q as S}from"./chunk-MKULGKPA.js";var k=o=>o&&o.finished_us!==null?o.finished_us-(o.started_us??o.created_us):void 0,y=o=>Array.isArray(o)?o.map(y):o&&typeof o=="object"?Object.fromEntries(Object.
entries(o).sort(([s],[n])=>s.localeCompare(n)).map(([s,n])=>[s,y(n)])):o,R=o=>JSON.stringify(o,null,2)??"";function X(){let{query:o}=D(),[s,n]=[o.get("a")??"",o.
get("b")??""];return!s||!n?t(E,{children:[t("h1",{children:"Compare two runs"}),t("p",{children:["Choose two in the ",t("a",{href:A("/executions"),children:"lis\
t of executions"}),", or \u201CCompare with\u2026\u201D on the page of one."]})]}):t(q,{a:s,b:n})}function q({a:o,b:s}){let[n,l]=[o,s].map(e=>B(`/v2/executions/${u(
e)}`)),[d,m]=[o,s].map(e=>B(`/v2/executions/${u(e)}/timeline`)),[C,L]=M(!0),c=$(()=>{let e=r=>new Map((r?j(r):[]).map(p=>[p.name,p])),[i,a]=[e(d.data),e(m.data)];
return[...new Set([...i.keys(),...a.keys()])].map(r=>{let[p,O]=[i.get(r),a.get(r)],[_,x]=[k(p),k(O)];return{name:r,rowA:p,rowB:O,delta:_!==void 0&&x!==void 0?x-
_:void 0}}).sort((r,p)=>Math.abs(p.delta??1/0)-Math.abs(r.delta??1/0))},[d.data,m.data]),w=C?c.filter(e=>e.rowA?.state!==e.rowB?.state||Math.abs(e.delta??0)>1e3):
c,P=c.filter(e=>e.rowA&&e.rowB).length;return t(b,{children:[t("div",{class:"title",children:[t("h1",{children:"Two runs"}),t("button",{"aria-keyshortcuts":"s",
onClick:()=>S({a:s,b:o}),children:"Swap"})]}),t("div",{class:"columns",children:[n,l].map((e,i)=>t("section",{class:"panel",children:[t("h2",{children:"AB"[i]}),
t(g,{of:e,children:a=>t("p",{children:[t(h,{state:a.state})," ",t("a",{href:A(`/executions/${u(a.id)}`),children:a.workflow_name})," ",t(V,{time:v(a.created_at)}),
t("br",{}),t("code",{children:a.id})]})})]}))}),n.data&&l.data&&[["input","Input"],["params","Parameters"],["output","Output"]].map(([e,i])=>{let[a,r]=I(y(T(n.data[e])),
y(T(l.data[e]))).map(R);return a===r?t("p",{class:"muted",children:["The same ",i.toLowerCase(),"."]}):t(F,{title:i,names:["A","B"],left:a,right:r})}),d.error&&
!n.error&&t(g,{of:d,children:()=>null}),m.error&&!l.error&&t(g,{of:m,children:()=>null}),d.data&&m.data&&t(b,{children:[!P&&t("p",{class:"info state-paused",children:"\
They have no task in common."}),t("p",{children:[t("label",{children:[t("input",{type:"checkbox",checked:C,onChange:e=>L(e.currentTarget.checked)})," only what \
differs"]})," ",t("span",{class:"muted",children:[w.length," of ",c.length," tasks"]})]}),w.length>0&&t("div",{class:"scroll",children:t("table",{class:"stack",
children:[t("thead",{children:t("tr",{children:[t("th",{children:"Task"}),t("th",{children:"A"}),t("th",{children:"A took"}),t("th",{children:"B"}),t("th",{children:"\
B took"}),t("th",{children:"Difference"})]})}),t("tbody",{children:w.slice(0,1e3).map(e=>t("tr",{children:[t("td",{children:e.name}),t("td",{"data-l":"A",children:e.
rowA?t(h,{state:e.rowA.state}):t("span",{class:"muted",children:"not run"})}),t("td",{class:"nowrap","data-l":"A took",children:f(k(e.rowA))}),t("td",{"data-l":"\
B",children:e.rowB?t(h,{state:e.rowB.state}):t("span",{class:"muted",children:"not run"})}),t("td",{class:"nowrap","data-l":"B took",children:f(k(e.rowB))}),t("\
td",{"data-l":"Difference",class:`nowrap${e.delta!==void 0&&e.delta>0?" state-error":""}`,children:e.delta===void 0?"\u2013":`${e.delta<0?"\u2212":"+"}${f(Math.
abs(e.delta))}`})]}))})]})})]})]})}export{X as Compare};
