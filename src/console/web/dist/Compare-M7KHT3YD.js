import{b as R}from"./chunk-QAKN6GFO.js";import"./chunk-H4NRHHQM.js";import"./chunk-VWRLXI6K.js";import"./chunk-VH5NYVNR.js";import{f as N,
g as O}from"./chunk-KFVN4SOM.js";import{b as j}from"./chunk-3ROURZFA.js";import"./chunk-PFXNNAJJ.js";import"./chunk-E7KCJPV5.js";import"./chunk-OB3QYSTV.js";
import{$ as t,H as T,R as D,T as f,W as E,a as b,aa as h,ba as F,d as A,e as x,ea as g,ga as I,h as L,ka as C,la as V,n as S,p as B,r as v}from"./chunk-36QZDJPP.js";var y=n=>n&&n.finished_us!==null?n.finished_us-(n.started_us??n.created_us):void 0,k=n=>Array.isArray(n)?n.map(k):n&&typeof n=="object"?Object.fromEntries(Object.
entries(n).sort(([o],[s])=>o.localeCompare(s)).map(([o,s])=>[o,k(s)])):n,J=n=>JSON.stringify(n,null,2)??"";function nt(){let{query:n}=S(),[o,s]=[n.get("a")??"",
n.get("b")??""];return!o||!s?t(I,{children:[t("h1",{children:"Compare two runs"}),t("p",{children:["Choose two in the ",t("a",{href:B("/executions"),children:"l\
ist of executions"}),", or \u201CCompare with\u2026\u201D on the page of one."]})]}):t(H,{a:o,b:s})}var z=5e3;function P(n){let[o,s]=A(0),i=`/v2/executions/${T(
n)}`,l=C(i,o),p=C(`${i}/timeline`,o),c=l.data?.state;return x(()=>s(c===void 0||E(c)?0:z),[c]),V(p,o,0),[l,p]}function H({a:n,b:o}){let[[s,i],[l,p]]=[P(n),P(o)],
[c,q]=A(!0),u=L(()=>{let e=a=>new Map((a?R(a):[]).map(m=>[m.name,m])),[d,r]=[e(i.data),e(p.data)];return[...new Set([...d.keys(),...r.keys()])].map(a=>{let[m,_]=[
d.get(a),r.get(a)],[M,$]=[y(m),y(_)];return{name:a,rowA:m,rowB:_,delta:M!==void 0&&$!==void 0?$-M:void 0}}).sort((a,m)=>Math.abs(m.delta??1/0)-Math.abs(a.delta??
1/0))},[i.data,p.data]),w=c?u.filter(e=>e.rowA?.state!==e.rowB?.state||Math.abs(e.delta??0)>1e3):u,G=u.filter(e=>e.rowA&&e.rowB).length;return t(b,{children:[t(
"div",{class:"title",children:[t("h1",{children:"Two runs"}),t("button",{"aria-keyshortcuts":"s",onClick:()=>v({a:o,b:n}),children:"Swap"})]}),t("div",{class:"c\
olumns",children:[s,l].map((e,d)=>t("section",{class:"panel",children:[t("h2",{children:"AB"[d]}),t(g,{of:e,children:r=>t("p",{children:[t(h,{state:r.state})," ",
t("a",{href:B(`/executions/${T(r.id)}`),children:r.workflow_name})," ",t(F,{time:D(r.created_at)}),t("br",{}),t("code",{children:r.id})]})})]}))}),s.data&&l.data&&
[["input","Input"],["params","Parameters"],["output","Output"]].map(([e,d])=>{let[r,a]=N(k(O(s.data[e])),k(O(l.data[e]))).map(J);return r===a?t("p",{class:"mute\
d",children:["The same ",d.toLowerCase(),"."]}):t(j,{title:d,left:r,right:a})}),i.error&&t(g,{of:i,children:()=>null}),p.error&&t(g,{of:p,children:()=>null}),i.
data&&p.data&&t(b,{children:[!G&&t("p",{class:"info state-paused",children:"They have no task in common."}),t("p",{children:[t("label",{children:[t("input",{type:"\
checkbox",checked:c,onChange:e=>q(e.currentTarget.checked)})," only what differs"]})," ",t("span",{class:"muted",children:[w.length," of ",u.length," tasks"]})]}),
w.length>0&&t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Task"}),t("th",{children:"A"}),t("th",
{children:"A took"}),t("th",{children:"B"}),t("th",{children:"B took"}),t("th",{children:"Difference"})]})}),t("tbody",{children:w.slice(0,1e3).map(e=>t("tr",{children:[
t("td",{children:e.name}),t("td",{children:e.rowA?t(h,{state:e.rowA.state}):t("span",{class:"muted",children:"not run"})}),t("td",{class:"nowrap",children:f(y(e.
rowA))}),t("td",{children:e.rowB?t(h,{state:e.rowB.state}):t("span",{class:"muted",children:"not run"})}),t("td",{class:"nowrap",children:f(y(e.rowB))}),t("td",
{class:`nowrap${e.delta!==void 0&&e.delta>0?" state-error":""}`,children:e.delta===void 0?"\u2013":`${e.delta<0?"\u2212":"+"}${f(Math.abs(e.delta))}`})]}))})]})})]})]})}export{nt as Compare};
