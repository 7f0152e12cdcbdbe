import{b as R}from"./chunk-PBBOLDH3.js";import"./chunk-XIVG2FON.js";import"./chunk-Q2Y7BVYO.js";import"./chunk-IPG27FBY.js";import{f as N,
g as O}from"./chunk-UTQCZ4BP.js";import{b as j}from"./chunk-BVKP34EB.js";import"./chunk-C6IB2MYH.js";import"./chunk-CDLSKBXZ.js";import"./chunk-OB3QYSTV.js";
import{$ as t,H as T,R as v,T as f,W as E,a as b,aa as h,ba as F,d as A,e as x,ea as g,h as D,ha as I,la as C,ma as V,n as L,p as B,r as S}from"./chunk-5UX6W7MZ.js";var k=o=>o&&o.finished_us!==null?o.finished_us-(o.started_us??o.created_us):void 0,y=o=>Array.isArray(o)?o.map(y):o&&typeof o=="object"?Object.fromEntries(Object.
entries(o).sort(([n],[a])=>n.localeCompare(a)).map(([n,a])=>[n,y(a)])):o,J=o=>JSON.stringify(o,null,2)??"";function ot(){let{query:o}=L(),[n,a]=[o.get("a")??"",
o.get("b")??""];return!n||!a?t(I,{children:[t("h1",{children:"Compare two runs"}),t("p",{children:["Choose two in the ",t("a",{href:B("/executions"),children:"l\
ist of executions"}),", or \u201CCompare with\u2026\u201D on the page of one."]})]}):t(H,{a:n,b:a})}var z=5e3;function P(o){let[n,a]=A(0),i=`/v2/executions/${T(
o)}`,p=C(i,n),d=C(`${i}/timeline`,n),c=p.data?.state;return x(()=>a(c===void 0||E(c)?0:z),[c]),V(d,n,0),[p,d]}function H({a:o,b:n}){let[[a,i],[p,d]]=[P(o),P(n)],
[c,q]=A(!0),u=D(()=>{let e=s=>new Map((s?R(s):[]).map(l=>[l.name,l])),[m,r]=[e(i.data),e(d.data)];return[...new Set([...m.keys(),...r.keys()])].map(s=>{let[l,_]=[
m.get(s),r.get(s)],[M,$]=[k(l),k(_)];return{name:s,rowA:l,rowB:_,delta:M!==void 0&&$!==void 0?$-M:void 0}}).sort((s,l)=>Math.abs(l.delta??1/0)-Math.abs(s.delta??
1/0))},[i.data,d.data]),w=c?u.filter(e=>e.rowA?.state!==e.rowB?.state||Math.abs(e.delta??0)>1e3):u,G=u.filter(e=>e.rowA&&e.rowB).length;return t(b,{children:[t(
"div",{class:"title",children:[t("h1",{children:"Two runs"}),t("button",{"aria-keyshortcuts":"s",onClick:()=>S({a:n,b:o}),children:"Swap"})]}),t("div",{class:"c\
olumns",children:[a,p].map((e,m)=>t("section",{class:"panel",children:[t("h2",{children:"AB"[m]}),t(g,{of:e,children:r=>t("p",{children:[t(h,{state:r.state})," ",
t("a",{href:B(`/executions/${T(r.id)}`),children:r.workflow_name})," ",t(F,{time:v(r.created_at)}),t("br",{}),t("code",{children:r.id})]})})]}))}),a.data&&p.data&&
[["input","Input"],["params","Parameters"],["output","Output"]].map(([e,m])=>{let[r,s]=N(y(O(a.data[e])),y(O(p.data[e]))).map(J);return r===s?t("p",{class:"mute\
d",children:["The same ",m.toLowerCase(),"."]}):t(j,{title:m,names:["A","B"],left:r,right:s})}),i.error&&!a.error&&t(g,{of:i,children:()=>null}),d.error&&!p.error&&
t(g,{of:d,children:()=>null}),i.data&&d.data&&t(b,{children:[!G&&t("p",{class:"info state-paused",children:"They have no task in common."}),t("p",{children:[t("\
label",{children:[t("input",{type:"checkbox",checked:c,onChange:e=>q(e.currentTarget.checked)})," only what differs"]})," ",t("span",{class:"muted",children:[w.
length," of ",u.length," tasks"]})]}),w.length>0&&t("div",{class:"scroll",children:t("table",{class:"stack",children:[t("thead",{children:t("tr",{children:[t("t\
h",{children:"Task"}),t("th",{children:"A"}),t("th",{children:"A took"}),t("th",{children:"B"}),t("th",{children:"B took"}),t("th",{children:"Difference"})]})}),
t("tbody",{children:w.slice(0,1e3).map(e=>t("tr",{children:[t("td",{children:e.name}),t("td",{"data-l":"A",children:e.rowA?t(h,{state:e.rowA.state}):t("span",{class:"\
muted",children:"not run"})}),t("td",{class:"nowrap","data-l":"A took",children:f(k(e.rowA))}),t("td",{"data-l":"B",children:e.rowB?t(h,{state:e.rowB.state}):t(
"span",{class:"muted",children:"not run"})}),t("td",{class:"nowrap","data-l":"B took",children:f(k(e.rowB))}),t("td",{"data-l":"Difference",class:`nowrap${e.delta!==
void 0&&e.delta>0?" state-error":""}`,children:e.delta===void 0?"\u2013":`${e.delta<0?"\u2212":"+"}${f(Math.abs(e.delta))}`})]}))})]})})]})]})}export{ot as Compare};
