import{b as j}from"./chunk-QAKN6GFO.js";import{a as F,c as E}from"./chunk-H4NRHHQM.js";import"./chunk-VWRLXI6K.js";import"./chunk-VH5NYVNR.js";
import"./chunk-KFVN4SOM.js";import{b as z}from"./chunk-3ROURZFA.js";import{a as B}from"./chunk-PFXNNAJJ.js";import{g as O,h as G,i as P}from"./chunk-E7KCJPV5.js";
import"./chunk-OB3QYSTV.js";import{$ as t,G as w,H as u,Q as T,R as D,T as W,W as U,X as q,a as f,aa as $,ba as R,d as y,e as M,ea as k,g as V,ga as S,h as L,
ia as I,ja as A,ka as m,n as _,oa as C,p as g,pa as x,q as N,r as v}from"./chunk-36QZDJPP.js";var J=new Map;function ft(){let{query:e}=_(),[a,r]=y(e.get("q")??""),i=m(`/v2/workflows${w({fields:"id,name,namespace,input,scope,tags,created_at,updated_at",limit:1e3,
sort_keys:"name",sort_dirs:"asc"})}`),[l,o]=y(),p=K(),n=C("workflows:create");return t(f,{children:[t("div",{class:"title",children:[t("h1",{children:"Workflows"}),
n&&t("a",{class:"button","aria-keyshortcuts":"c",href:g("/workflows/new/edit"),children:"Upload\u2026"})]}),t(k,{of:i,children:s=>{let d=s.workflows.some(c=>c.namespace),
h=s.workflows.some(c=>c.tags?.length),b=s.workflows.filter(c=>c.name.includes(a)||(c.tags??[]).some(H=>H.includes(a)));return s.workflows.length?t(f,{children:[
t("div",{class:"filters",children:[t("label",{children:["Name or tag contains ",t("input",{"data-filter":!0,value:a,onInput:c=>{r(c.currentTarget.value),v({q:c.
currentTarget.value},!0)}})]}),s.next&&t("span",{class:"muted",children:"The first 1,000 by name are searched."})]}),t("div",{class:"scroll",children:t("table",
{class:"stack",children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),d&&t("th",{children:"Namespace"}),t("th",{children:"Input"}),h&&t("th",
{children:"Tags"}),t("th",{children:"Last 24 hours"}),t("th",{children:"Usually takes"}),t("th",{children:"Changed"}),t("th",{children:t("span",{class:"hidden",
children:"What to do"})})]})}),t("tbody",{children:b.map(c=>t("tr",{children:[t("td",{children:t("a",{class:"row",href:g(`/workflows/${u(c.id)}`),children:c.name})}),
d&&t("td",{"data-l":"Namespace",children:c.namespace}),t("td",{class:"wide","data-l":"Input",children:t("code",{children:c.input})}),h&&t("td",{"data-l":"Tags",
children:(c.tags??[]).join(", ")}),t("td",{class:"nowrap","data-l":"Last 24 hours",children:t(Q,{of:p.get(c.name)?.day})}),t("td",{class:"nowrap","data-l":"Usua\
lly takes",children:W(p.get(c.name)?.p50)}),t("td",{class:"nowrap","data-l":"Changed",children:t(R,{time:D(c.updated_at??c.created_at)})}),t("td",{children:t(x,
{rule:"executions:create",children:t("button",{class:"small",onClick:()=>o(c),"aria-label":`Run ${c.name}`,children:"Run\u2026"})})})]},c.id))})]})}),!b.length&&
t(S,{children:t("p",{children:["No name or tag contains \u201C",a,"\u201D."]})})]}):t(S,{children:[t("p",{children:"No workflow has been uploaded yet."}),n&&t("\
p",{children:[t("a",{href:g("/workflows/new/edit"),children:"Upload the first one"}),": an example is there to begin with."]})]})}}),l&&t(E,{workflow:l.id,name:l.
name,close:()=>o(void 0)})]})}function K(){let e=Math.floor(Date.now()/36e5-23)*36e8,a=m(`/v2/statistics/activity${w({group_by:"workflow_name",step:3600,from:e})}`,
6e4),r=m(G(),P);return L(()=>{let i=new Map;for(let[l,{p50:o}]of O(r.data?.buckets??[]))i.set(l,{p50:o});for(let{workflow_name:l,succeeded:o,failed:p,cancelled:n}of a.
data?.buckets??[]){let s=i.get(l)??{},{day:d}=s;i.set(l,{...s,day:{succeeded:o+(d?.succeeded??0),failed:p+(d?.failed??0),cancelled:n+(d?.cancelled??0)}})}return i},
[a.data,r.data])}function Q({of:e}){let a=e?[["SUCCESS",e.succeeded],["ERROR",e.failed],["CANCELLED",e.cancelled]].filter(([,r])=>r>0):[];return a.length?t(f,{children:a.
map(([r,i])=>t("span",{class:"fact",title:`${i} ${r}`,children:[t($,{state:r,short:!0})," ",q(i)]}))}):t("span",{class:"muted",children:"\u2013"})}function gt({
id:e}){let a=m(`/v2/workflows/${u(e)}`);return t(k,{of:a,children:r=>t(X,{workflow:r})})}function X({workflow:e}){let{query:a}=_(),r=m(`/v2/workflows/${u(e.id)}\
/graph`),[i,l]=y(),o=C("workflows:update"),p=()=>l(void 0),n=async()=>{await T(`/v2/workflows/${u(e.id)}`,{method:"DELETE"}),N("/workflows")};return t(f,{children:[
t("div",{class:"title",children:[t("h1",{children:e.name}),e.namespace&&t("span",{class:"muted",children:["in ",e.namespace]}),t("code",{children:e.id})]}),t("d\
iv",{class:"buttons",children:[t(x,{rule:"executions:create",children:t("button",{class:"primary","aria-keyshortcuts":"r",onClick:()=>l("run"),children:"Run\u2026"})}),
o&&t("a",{class:"button","aria-keyshortcuts":"e",href:g(`/workflows/${u(e.id)}/edit`),children:"Edit"}),t("a",{class:"button",href:g(`/executions?workflow_name=${u(
e.name)}`),children:"Its runs"}),t(x,{rule:"workflows:delete",children:t("button",{onClick:()=>l("delete"),children:"Delete\u2026"})})]}),t(Y,{of:e}),t(Z,{id:e.
id}),t(k,{of:r,children:s=>t(B,{graph:s,states:J,selected:a.get("task")??void 0,onSelect:d=>v({task:d})})}),t(et,{id:e.id,current:e.definition}),t(tt,{name:e.name}),
t("section",{class:"data",children:[t("h2",{children:["Definition ",t(A,{text:e.definition})]}),t("pre",{class:"source",tabIndex:0,children:e.definition})]}),i===
"run"&&t(E,{workflow:e.id,name:e.name,close:p}),i==="delete"&&t(I,{title:`Delete ${e.name}?`,label:"Delete",act:n,close:p,children:t("p",{children:"Runs that ha\
ve begun go on; new ones cannot begin."})})]})}function Y({of:e}){let a=F(e);return t("p",{class:"facts",children:["Takes ",a.length?a.map((r,i)=>t(f,{children:[
i>0&&", ",t("strong",{children:r.name}),r.isRequired?"":t(f,{children:[" = ",t("code",{children:r.text.slice(0,80)})]})]})):"no input"]})}function Z({id:e}){let a=m(
`/v2/cron_triggers${w({workflow_id:e,limit:20,fields:"name,workflow_id"})}`),r=m(`/v2/event_triggers${w({workflow_id:e,limit:20,fields:"name,workflow_id"})}`),i=[
...a.data?.cron_triggers??[],...r.data?.event_triggers??[]];return i.length?t("p",{class:"facts",children:["Started by ",i.map((l,o)=>t(f,{children:[o>0&&", ",t(
"a",{href:g(`/triggers?name=${u(l.name)}`),children:l.name})]}))]}):null}function tt({name:e}){let a=m(`/v2/executions${w({workflow_name:e,limit:12,sort_keys:"c\
reated_at",sort_dirs:"desc",fields:"id,state,created_at"})}`,15e3),[r,i]=y(new Map),l=V(new Set);M(()=>{let n=new AbortController;for(let{id:s,state:d}of a.data?.
executions??[])l.current.has(s)||T(`/v2/executions/${u(s)}/timeline?limit=200`,{signal:n.signal}).then(h=>{U(d)&&l.current.add(s),i(b=>new Map(b).set(s,j(h)))},
()=>{});return()=>n.abort()},[a.data]);let o=(a.data?.executions??[]).slice().reverse();if(!o.length)return null;let p=[...new Set(o.flatMap(n=>(r.get(n.id)??[]).
map(s=>s.name)))].slice(0,200);return t("section",{class:"panel","aria-label":"Last runs",children:[t("h2",{children:"Last runs"}),t("div",{class:"scroll",children:t(
"table",{class:"grid",children:[t("thead",{children:t("tr",{children:[t("th",{children:"Task"}),o.map(n=>t("th",{children:t("a",{href:g(`/executions/${u(n.id)}`),
title:n.created_at,"aria-label":`Run of ${n.created_at}, ${n.state}`,children:t($,{state:n.state,short:!0})})}))]})}),t("tbody",{children:p.map(n=>t("tr",{children:[
t("td",{children:n}),o.map(s=>{let d=r.get(s.id)?.findLast(h=>h.name===n);return t("td",{title:d?.state,children:d?t($,{state:d.state,short:!0}):t("span",{class:"\
muted",children:"\xB7"})})})]}))})]})})]})}function et({id:e,current:a}){let{query:r}=_(),i=`/v2/workflows/${u(e)}/versions`,l=m(i),o=r.get("v")??void 0,p=m(o?`${i}\
/${u(o)}`:void 0);return t("section",{class:"panel","aria-label":"Versions",children:[t("h2",{children:"Versions"}),t(k,{of:l,children:n=>n.versions.length?t("p",
{class:"chips",children:n.versions.map((s,d)=>t("button",{class:"chip","aria-pressed":o===String(s.version),onClick:()=>v({v:o===String(s.version)?void 0:String(
s.version)}),children:[s.version,d===0&&" (now)"," \xB7 ",t(R,{time:D(s.created_at)}),s.user_id&&` \xB7 ${s.user_id}`]}))}):t("p",{class:"muted",children:"The f\
irst change begins the list."})}),o&&t(k,{of:p,children:n=>n.definition===a?t("p",{class:"muted",children:"This is what it says now."}):t(z,{title:`Version ${o}\
 and now`,left:n.definition??"",right:a})})]})}export{gt as WorkflowPage,ft as Workflows};
