import{b as j}from"./chunk-TIYI4TOS.js";import"./chunk-PTTCPZVV.js";import{b as F}from"./chunk-WUA7HQVW.js";import"./chunk-WW26DQHJ.js";
import"./chunk-OB3QYSTV.js";import"./chunk-CCQ5342Y.js";import"./chunk-MFQ5DZGI.js";import{F as p,P as v,R as f,Y as t,Z as h,_ as V,a as k,ba as m,
d as x,da as D,h as M,ia as E,ka as A,o as S,p as w,r as $}from"./chunk-BH2VNA6L.js";var g=n=>n&&n.finished_us!==null?n.finished_us-(n.started_us??n.created_us):void 0,B=n=>Array.isArray(n)?n.map(B):n&&typeof n=="object"?Object.fromEntries(Object.
entries(n).sort(([a],[o])=>a.localeCompare(o)).map(([a,o])=>[a,B(o)])):n,I=n=>JSON.stringify(B(E(n)),null,2)??"";function U(){let{query:n}=S(),[a,o]=[n.get("a")??
"",n.get("b")??""];return!a||!o?t(D,{children:[t("h1",{children:"Compare two runs"}),t("p",{children:["Choose two in the ",t("a",{href:w("/executions"),children:"\
list of executions"}),", or \u201CCompare with\u2026\u201D on the page of one."]})]}):t(J,{a,b:o})}function J({a:n,b:a}){let[o,y]=[n,a].map(e=>A(`/v2/executions\
/${p(e)}`)),[l,c]=[n,a].map(e=>A(`/v2/executions/${p(e)}/timeline`)),[T,R]=x(!0),u=M(()=>{let e=r=>new Map((r?j(r):[]).map(d=>[d.name,d])),[i,s]=[e(l.data),e(c.
data)];return[...new Set([...i.keys(),...s.keys()])].map(r=>{let[d,_]=[i.get(r),s.get(r)],[C,O]=[g(d),g(_)];return{name:r,rowA:d,rowB:_,delta:C!==void 0&&O!==void 0?
O-C:void 0}}).sort((r,d)=>Math.abs(d.delta??1/0)-Math.abs(r.delta??1/0))},[l.data,c.data]),b=T?u.filter(e=>e.rowA?.state!==e.rowB?.state||Math.abs(e.delta??0)>1e3):
u,q=u.filter(e=>e.rowA&&e.rowB).length;return t(k,{children:[t("div",{class:"title",children:[t("h1",{children:"Two runs"}),t("button",{onClick:()=>$({a,b:n}),children:"\
Swap"})]}),t("div",{class:"columns",children:[o,y].map((e,i)=>t("section",{class:"panel",children:[t("h2",{children:"AB"[i]}),t(m,{of:e,children:s=>t("p",{children:[
t(h,{state:s.state})," ",t("a",{href:w(`/executions/${p(s.id)}`),children:s.workflow_name})," ",t(V,{time:v(s.created_at)}),t("br",{}),t("code",{children:s.id})]})})]}))}),
o.data&&y.data&&["input","params","output"].map(e=>{let[i,s]=[I(o.data[e]),I(y.data[e])];return i===s?t("p",{class:"muted",children:["The same ",e,"."]}):t(F,{title:e,
left:i,right:s})}),l.error&&t(m,{of:l,children:()=>null}),c.error&&t(m,{of:c,children:()=>null}),l.data&&c.data&&t(k,{children:[!q&&t("p",{class:"info state-pau\
sed",children:"They have no task in common."}),t("p",{children:[t("label",{children:[t("input",{type:"checkbox",checked:T,onChange:e=>R(e.currentTarget.checked)}),
" only what differs"]})," ",t("span",{class:"muted",children:[b.length," of ",u.length," tasks"]})]}),b.length>0&&t("div",{class:"scroll",children:t("table",{children:[
t("thead",{children:t("tr",{children:[t("th",{children:"Task"}),t("th",{children:"A"}),t("th",{children:"took"}),t("th",{children:"B"}),t("th",{children:"took"}),
t("th",{children:"difference"})]})}),t("tbody",{children:b.slice(0,1e3).map(e=>t("tr",{children:[t("td",{children:e.name}),t("td",{children:e.rowA?t(h,{state:e.
rowA.state}):t("span",{class:"muted",children:"not run"})}),t("td",{children:f(g(e.rowA))}),t("td",{children:e.rowB?t(h,{state:e.rowB.state}):t("span",{class:"m\
uted",children:"not run"})}),t("td",{children:f(g(e.rowB))}),t("td",{class:e.delta!==void 0&&e.delta>0?"state-error":void 0,children:e.delta===void 0?"\u2013":`${e.
delta<0?"\u2212":"+"}${f(Math.abs(e.delta))}`})]}))})]})})]})]})}export{U as Compare};
