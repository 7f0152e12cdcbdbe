import{b as q}from"./chunk-TIYI4TOS.js";import"./chunk-PTTCPZVV.js";import{b as L}from"./chunk-WUA7HQVW.js";import{a as D}from"./chunk-WW26DQHJ.js";
import"./chunk-OB3QYSTV.js";import{b as M}from"./chunk-CCQ5342Y.js";import{b as E,c as y}from"./chunk-MFQ5DZGI.js";import{E as v,F as l,O as _,
P as $,Y as t,Z as x,_ as T,a as w,ba as f,d as g,da as V,e as C,fa as S,ga as W,ka as m,o as b,p,q as R,r as k}from"./chunk-BH2VNA6L.js";var N=new Map;function X(){let{query:n}=b(),[o,d]=g(n.get("q")??""),c=m(`/v2/workflows${v({fields:"id,name,namespace,input,scope,tags,created_at,updated_at",limit:1e3,
sort_keys:"name",sort_dirs:"asc"})}`),[r,i]=g(),u=E("workflows:create");return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:"Workflows"}),u&&
t("a",{class:"button",href:p("/workflows/new/edit"),children:"Upload\u2026"})]}),t(f,{of:c,children:e=>{let a=e.workflows.filter(s=>s.name.includes(o)||(s.tags??
[]).some(h=>h.includes(o)));return e.workflows.length?t(w,{children:[t("div",{class:"filters",children:[t("label",{children:["Name or tag contains ",t("input",{
"data-filter":!0,value:o,onInput:s=>{d(s.currentTarget.value),k({q:s.currentTarget.value},!0)}})]}),e.next&&t("span",{class:"muted",children:"The first 1,000 by\
 name are searched."})]}),t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),t("th",{children:"\
Namespace"}),t("th",{children:"Input"}),t("th",{children:"Tags"}),t("th",{children:"Changed"}),t("th",{children:t("span",{class:"hidden",children:"What to do"})})]})}),
t("tbody",{children:a.map(s=>t("tr",{children:[t("td",{children:t("a",{class:"row",href:p(`/workflows/${l(s.id)}`),children:s.name})}),t("td",{children:s.namespace}),
t("td",{class:"wide",children:t("code",{children:s.input})}),t("td",{children:(s.tags??[]).join(", ")}),t("td",{class:"nowrap",children:t(T,{time:$(s.updated_at??
s.created_at)})}),t("td",{children:t(y,{rule:"executions:create",children:t("button",{onClick:()=>i(s),"aria-label":`Run ${s.name}`,children:"Run\u2026"})})})]},
s.id))})]})}),!a.length&&t(V,{children:t("p",{children:["No name or tag contains \u201C",o,"\u201D."]})})]}):t(V,{children:[t("p",{children:"No workflow has bee\
n uploaded yet."}),u&&t("p",{children:[t("a",{href:p("/workflows/new/edit"),children:"Upload the first one"}),": an example is there to begin with."]})]})}}),r&&
t(M,{workflow:r.id,name:r.name,close:()=>i(void 0)})]})}function Y({id:n}){let o=m(`/v2/workflows/${l(n)}`);return t(f,{of:o,children:d=>t(I,{workflow:d})})}function I({
workflow:n}){let{query:o}=b(),d=m(`/v2/workflows/${l(n.id)}/graph`),[c,r]=g(),i=E("workflows:update"),u=()=>r(void 0),e=async()=>{await _(`/v2/workflows/${l(n.id)}`,
{method:"DELETE"}),R("/workflows")};return t(w,{children:[t("div",{class:"title",children:[t("h1",{children:n.name}),n.namespace&&t("span",{class:"muted",children:[
"in ",n.namespace]}),t("code",{children:n.id})]}),t("div",{class:"buttons",children:[t(y,{rule:"executions:create",children:t("button",{class:"primary",onClick:()=>r(
"run"),children:"Run\u2026"})}),i&&t("a",{class:"button",href:p(`/workflows/${l(n.id)}/edit`),children:"Edit"}),t("a",{class:"button",href:p(`/executions?workfl\
ow_name=${l(n.name)}`),children:"Its runs"}),t(y,{rule:"workflows:delete",children:t("button",{onClick:()=>r("delete"),children:"Delete\u2026"})})]}),t(f,{of:d,
children:a=>t(D,{graph:a,states:N,selected:o.get("task")??void 0,onSelect:s=>k({task:s})})}),t(G,{id:n.id,current:n.definition}),t(O,{name:n.name}),t("section",
{class:"data",children:[t("h2",{children:["Definition ",t(W,{text:n.definition})]}),t("pre",{class:"source",tabIndex:0,children:n.definition})]}),c==="run"&&t(M,
{workflow:n.id,name:n.name,close:u}),c==="delete"&&t(S,{title:`Delete ${n.name}?`,label:"Delete",act:e,close:u,children:t("p",{children:"Runs that have begun go\
 on; new ones cannot begin."})})]})}function O({name:n}){let o=m(`/v2/executions${v({workflow_name:n,limit:12,sort_keys:"created_at",sort_dirs:"desc",fields:"id\
,state,created_at"})}`,15e3),[d,c]=g(new Map),r=o.data?.executions.map(e=>e.id).join(" ");C(()=>{let e=new AbortController;for(let a of(r??"").split(" ").filter(
Boolean))_(`/v2/executions/${l(a)}/timeline?limit=200`,{signal:e.signal}).then(s=>c(h=>new Map(h).set(a,q(s))),()=>{});return()=>e.abort()},[r]);let i=(o.data?.
executions??[]).slice().reverse();if(!i.length)return null;let u=[...new Set(i.flatMap(e=>(d.get(e.id)??[]).map(a=>a.name)))].slice(0,200);return t("section",{class:"\
panel","aria-label":"Last runs",children:[t("h2",{children:"Last runs"}),t("div",{class:"scroll",children:t("table",{class:"grid",children:[t("thead",{children:t(
"tr",{children:[t("th",{children:"Task"}),i.map(e=>t("th",{children:t("a",{href:p(`/executions/${l(e.id)}`),title:e.created_at,"aria-label":`Run of ${e.created_at}\
, ${e.state}`,children:t(x,{state:e.state,short:!0})})}))]})}),t("tbody",{children:u.map(e=>t("tr",{children:[t("td",{children:e}),i.map(a=>{let s=d.get(a.id)?.
findLast(h=>h.name===e);return t("td",{title:s?.state,children:s?t(x,{state:s.state,short:!0}):t("span",{class:"muted",children:"\xB7"})})})]}))})]})})]})}function G({
id:n,current:o}){let{query:d}=b(),c=`/v2/workflows/${l(n)}/versions`,r=m(c),i=d.get("v")??void 0,u=m(i?`${c}/${l(i)}`:void 0);return t("section",{class:"panel",
"aria-label":"Versions",children:[t("h2",{children:"Versions"}),t(f,{of:r,children:e=>e.versions.length?t("p",{class:"chips",children:e.versions.map((a,s)=>t("b\
utton",{class:"chip","aria-pressed":i===String(a.version),onClick:()=>k({v:i===String(a.version)?void 0:String(a.version)}),children:[a.version,s===0&&" (now)",
" \xB7 ",t(T,{time:$(a.created_at)}),a.user_id&&` \xB7 ${a.user_id}`]}))}):t("p",{class:"muted",children:"The first change begins the list."})}),i&&t(f,{of:u,children:e=>e.
definition===o?t("p",{class:"muted",children:"This is what it says now."}):t(L,{title:`Version ${i} and now`,left:e.definition??"",right:o})})]})}export{Y as WorkflowPage,X as Workflows};
