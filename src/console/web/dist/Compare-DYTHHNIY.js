import{b as j}from"./chunk-CVDLLCAH.js";import"./chunk-KJC5KS6T.js";import"./chunk-CS5EIXHA.js";import"./chunk-DO7TCUJZ.js";import"./chunk-EVLDVXTG.js";
import"./chunk-ERXFRVMR.js";import{f as I,g as T}from"./chunk-KFVN4SOM.js";import"./chunk-L2X5PRSI.js";import{b as F}from"./chunk-G5IQCDWS.js";
import"./chunk-PDCBQOJG.js";import"./chunk-OB3QYSTV.js";import"./chunk-HVJX4T2S.js";import{$ as m,G as p,Q as D,S as f,_ as t,a as w,aa as V,d as M,
da as h,fa as E,h as S,ja as B,n as $,o as A,q as v}from"./chunk-5ALTCYJR.js";var g=n=>n&&n.finished_us!==null?n.finished_us-(n.started_us??n.created_us):void 0,y=n=>Array.isArray(n)?n.map(y):n&&typeof n=="object"?Object.fromEntries(Object.
entries(n).sort(([o],[r])=>o.localeCompare(r)).map(([o,r])=>[o,y(r)])):n,R=n=>JSON.stringify(n,null,2)??"";function X(){let{query:n}=$(),[o,r]=[n.get("a")??"",n.
get("b")??""];return!o||!r?t(E,{children:[t("h1",{children:"Compare two runs"}),t("p",{children:["Choose two in the ",t("a",{href:A("/executions"),children:"lis\
t of executions"}),", or \u201CCompare with\u2026\u201D on the page of one."]})]}):t(q,{a:o,b:r})}function q({a:n,b:o}){let[r,k]=[n,o].map(e=>B(`/v2/executions/${p(
e)}`)),[l,u]=[n,o].map(e=>B(`/v2/executions/${p(e)}/timeline`)),[C,L]=M(!0),c=S(()=>{let e=a=>new Map((a?j(a):[]).map(d=>[d.name,d])),[i,s]=[e(l.data),e(u.data)];
return[...new Set([...i.keys(),...s.keys()])].map(a=>{let[d,O]=[i.get(a),s.get(a)],[_,x]=[g(d),g(O)];return{name:a,rowA:d,rowB:O,delta:_!==void 0&&x!==void 0?x-
_:void 0}}).sort((a,d)=>Math.abs(d.delta??1/0)-Math.abs(a.delta??1/0))},[l.data,u.data]),b=C?c.filter(e=>e.rowA?.state!==e.rowB?.state||Math.abs(e.delta??0)>1e3):
c,P=c.filter(e=>e.rowA&&e.rowB).length;return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:"Two runs"}),t("button",{"aria-keyshortcuts":"s",
onClick:()=>v({a:o,b:n}),children:"Swap"})]}),t("div",{class:"columns",children:[r,k].map((e,i)=>t("section",{class:"panel",children:[t("h2",{children:"AB"[i]}),
t(h,{of:e,children:s=>t("p",{children:[t(m,{state:s.state})," ",t("a",{href:A(`/executions/${p(s.id)}`),children:s.workflow_name})," ",t(V,{time:D(s.created_at)}),
t("br",{}),t("code",{children:s.id})]})})]}))}),r.data&&k.data&&[["input","Input"],["params","Parameters"],["output","Output"]].map(([e,i])=>{let[s,a]=I(y(T(r.data[e])),
y(T(k.data[e]))).map(R);return s===a?t("p",{class:"muted",children:["The same ",i.toLowerCase(),"."]}):t(F,{title:i,left:s,right:a})}),l.error&&t(h,{of:l,children:()=>null}),
u.error&&t(h,{of:u,children:()=>null}),l.data&&u.data&&t(w,{children:[!P&&t("p",{class:"info state-paused",children:"They have no task in common."}),t("p",{children:[
t("label",{children:[t("input",{type:"checkbox",checked:C,onChange:e=>L(e.currentTarget.checked)})," only what differs"]})," ",t("span",{class:"muted",children:[
b.length," of ",c.length," tasks"]})]}),b.length>0&&t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"\
Task"}),t("th",{children:"A"}),t("th",{children:"A took"}),t("th",{children:"B"}),t("th",{children:"B took"}),t("th",{children:"Difference"})]})}),t("tbody",{children:b.
slice(0,1e3).map(e=>t("tr",{children:[t("td",{children:e.name}),t("td",{children:e.rowA?t(m,{state:e.rowA.state}):t("span",{class:"muted",children:"not run"})}),
t("td",{children:f(g(e.rowA))}),t("td",{children:e.rowB?t(m,{state:e.rowB.state}):t("span",{class:"muted",children:"not run"})}),t("td",{children:f(g(e.rowB))}),
t("td",{class:e.delta!==void 0&&e.delta>0?"state-error":void 0,children:e.delta===void 0?"\u2013":`${e.delta<0?"\u2212":"+"}${f(Math.abs(e.delta))}`})]}))})]})})]})]})}export{X as Compare};
