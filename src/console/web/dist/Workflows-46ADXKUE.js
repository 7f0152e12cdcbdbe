import{b as B}from"./chunk-AMSNRGN3.js";import{a as P,c as C}from"./chunk-2ZY2KEZY.js";import"./chunk-QHIBYRDS.js";import"./chunk-KJXLZSWH.js";
import"./chunk-KFVN4SOM.js";import{b as j}from"./chunk-H3P43KIG.js";import{a as G}from"./chunk-RKJSMCFH.js";import{g as I,h as A,i as O}from"./chunk-T37ZCE5Y.js";
import"./chunk-OB3QYSTV.js";import{$ as t,G as w,H as p,Q as x,R as T,T as N,X as W,a as f,aa as v,ba as D,d as y,e as M,ea as k,ga as R,h as V,ia as U,ja as q,
ka as m,n as b,na as S,oa as $,p as g,q as L,r as _}from"./chunk-XCHGTDDA.js";var F=new Map;function ut(){let{query:e}=b(),[a,r]=y(e.get("q")??""),i=m(`/v2/workflows${w({fields:"id,name,namespace,input,scope,tags,created_at,updated_at",limit:1e3,
sort_keys:"name",sort_dirs:"asc"})}`),[l,o]=y(),u=H(),s=S("workflows:create");return t(f,{children:[t("div",{class:"title",children:[t("h1",{children:"Workflows"}),
s&&t("a",{class:"button","aria-keyshortcuts":"c",href:g("/workflows/new/edit"),children:"Upload\u2026"})]}),t(k,{of:i,children:n=>{let d=n.workflows.some(c=>c.namespace),
h=n.workflows.some(c=>c.tags?.length),E=n.workflows.filter(c=>c.name.includes(a)||(c.tags??[]).some(z=>z.includes(a)));return n.workflows.length?t(f,{children:[
t("div",{class:"filters",children:[t("label",{children:["Name or tag contains ",t("input",{"data-filter":!0,value:a,onInput:c=>{r(c.currentTarget.value),_({q:c.
currentTarget.value},!0)}})]}),n.next&&t("span",{class:"muted",children:"The first 1,000 by name are searched."})]}),t("div",{class:"scroll",children:t("table",
{class:"stack",children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),d&&t("th",{children:"Namespace"}),t("th",{children:"Input"}),h&&t("th",
{children:"Tags"}),t("th",{children:"Last 24 hours"}),t("th",{children:"Usually takes"}),t("th",{children:"Changed"}),t("th",{children:t("span",{class:"hidden",
children:"What to do"})})]})}),t("tbody",{children:E.map(c=>t("tr",{children:[t("td",{children:t("a",{class:"row",href:g(`/workflows/${p(c.id)}`),children:c.name})}),
d&&t("td",{"data-l":"Namespace",children:c.namespace}),t("td",{class:"wide","data-l":"Input",children:t("code",{children:c.input})}),h&&t("td",{"data-l":"Tags",
children:(c.tags??[]).join(", ")}),t("td",{class:"nowrap","data-l":"Last 24 hours",children:t(J,{of:u.get(c.name)?.day})}),t("td",{class:"nowrap","data-l":"Usua\
lly takes",children:N(u.get(c.name)?.p50)}),t("td",{class:"nowrap","data-l":"Changed",children:t(D,{time:T(c.updated_at??c.created_at)})}),t("td",{children:t($,
{rule:"executions:create",children:t("button",{class:"small",onClick:()=>o(c),"aria-label":`Run ${c.name}`,children:"Run\u2026"})})})]},c.id))})]})}),!E.length&&
t(R,{children:t("p",{children:["No name or tag contains \u201C",a,"\u201D."]})})]}):t(R,{children:[t("p",{children:"No workflow has been uploaded yet."}),s&&t("\
p",{children:[t("a",{href:g("/workflows/new/edit"),children:"Upload the first one"}),": an example is there to begin with."]})]})}}),l&&t(C,{workflow:l.id,name:l.
name,close:()=>o(void 0)})]})}function H(){let e=Math.floor(Date.now()/36e5-23)*36e8,a=m(`/v2/statistics/activity${w({group_by:"workflow_name",step:3600,from:e})}`,
6e4),r=m(A(),O);return V(()=>{let i=new Map;for(let[l,{p50:o}]of I(r.data?.buckets??[]))i.set(l,{p50:o});for(let{workflow_name:l,succeeded:o,failed:u,cancelled:s}of a.
data?.buckets??[]){let n=i.get(l)??{},{day:d}=n;i.set(l,{...n,day:{succeeded:o+(d?.succeeded??0),failed:u+(d?.failed??0),cancelled:s+(d?.cancelled??0)}})}return i},
[a.data,r.data])}function J({of:e}){let a=e?[["SUCCESS",e.succeeded],["ERROR",e.failed],["CANCELLED",e.cancelled]].filter(([,r])=>r>0):[];return a.length?t(f,{children:a.
map(([r,i])=>t("span",{class:"fact",title:`${i} ${r}`,children:[t(v,{state:r,short:!0})," ",W(i)]}))}):t("span",{class:"muted",children:"\u2013"})}function mt({
id:e}){let a=m(`/v2/workflows/${p(e)}`);return t(k,{of:a,children:r=>t(K,{workflow:r})})}function K({workflow:e}){let{query:a}=b(),r=m(`/v2/workflows/${p(e.id)}\
/graph`),[i,l]=y(),o=S("workflows:update"),u=()=>l(void 0),s=async()=>{await x(`/v2/workflows/${p(e.id)}`,{method:"DELETE"}),L("/workflows")};return t(f,{children:[
t("div",{class:"title",children:[t("h1",{children:e.name}),e.namespace&&t("span",{class:"muted",children:["in ",e.namespace]}),t("code",{children:e.id})]}),t("d\
iv",{class:"buttons",children:[t($,{rule:"executions:create",children:t("button",{class:"primary","aria-keyshortcuts":"r",onClick:()=>l("run"),children:"Run\u2026"})}),
o&&t("a",{class:"button","aria-keyshortcuts":"e",href:g(`/workflows/${p(e.id)}/edit`),children:"Edit"}),t("a",{class:"button",href:g(`/executions?workflow_name=${p(
e.name)}`),children:"Its runs"}),t($,{rule:"workflows:delete",children:t("button",{onClick:()=>l("delete"),children:"Delete\u2026"})})]}),t(Q,{of:e}),t(X,{id:e.
id}),t(k,{of:r,children:n=>t(G,{graph:n,states:F,selected:a.get("task")??void 0,onSelect:d=>_({task:d})})}),t(Z,{id:e.id,current:e.definition}),t(Y,{name:e.name}),
t("section",{class:"data",children:[t("h2",{children:["Definition ",t(q,{text:e.definition})]}),t("pre",{class:"source",tabIndex:0,children:e.definition})]}),i===
"run"&&t(C,{workflow:e.id,name:e.name,close:u}),i==="delete"&&t(U,{title:`Delete ${e.name}?`,label:"Delete",act:s,close:u,children:t("p",{children:"Runs that ha\
ve begun go on; new ones cannot begin."})})]})}function Q({of:e}){let a=P(e);return t("p",{class:"facts",children:["Takes ",a.length?a.map((r,i)=>t(f,{children:[
i>0&&", ",t("strong",{children:r.name}),r.isRequired?"":t(f,{children:[" = ",t("code",{children:r.text.slice(0,80)})]})]})):"no input"]})}function X({id:e}){let a=m(
`/v2/cron_triggers${w({workflow_id:e,limit:20,fields:"name,workflow_id"})}`),r=m(`/v2/event_triggers${w({workflow_id:e,limit:20,fields:"name,workflow_id"})}`),i=[
...a.data?.cron_triggers??[],...r.data?.event_triggers??[]];return i.length?t("p",{class:"facts",children:["Started by ",i.map((l,o)=>t(f,{children:[o>0&&", ",t(
"a",{href:g(`/triggers?name=${p(l.name)}`),children:l.name})]}))]}):null}function Y({name:e}){let a=m(`/v2/executions${w({workflow_name:e,limit:12,sort_keys:"cr\
eated_at",sort_dirs:"desc",fields:"id,state,created_at"})}`,15e3),[r,i]=y(new Map),l=a.data?.executions.map(s=>s.id).join(" ");M(()=>{let s=new AbortController;
for(let n of(l??"").split(" ").filter(Boolean))x(`/v2/executions/${p(n)}/timeline?limit=200`,{signal:s.signal}).then(d=>i(h=>new Map(h).set(n,B(d))),()=>{});return()=>s.
abort()},[l]);let o=(a.data?.executions??[]).slice().reverse();if(!o.length)return null;let u=[...new Set(o.flatMap(s=>(r.get(s.id)??[]).map(n=>n.name)))].slice(
0,200);return t("section",{class:"panel","aria-label":"Last runs",children:[t("h2",{children:"Last runs"}),t("div",{class:"scroll",children:t("table",{class:"gr\
id",children:[t("thead",{children:t("tr",{children:[t("th",{children:"Task"}),o.map(s=>t("th",{children:t("a",{href:g(`/executions/${p(s.id)}`),title:s.created_at,
"aria-label":`Run of ${s.created_at}, ${s.state}`,children:t(v,{state:s.state,short:!0})})}))]})}),t("tbody",{children:u.map(s=>t("tr",{children:[t("td",{children:s}),
o.map(n=>{let d=r.get(n.id)?.findLast(h=>h.name===s);return t("td",{title:d?.state,children:d?t(v,{state:d.state,short:!0}):t("span",{class:"muted",children:"\xB7"})})})]}))})]})})]})}
function Z({id:e,current:a}){let{query:r}=b(),i=`/v2/workflows/${p(e)}/versions`,l=m(i),o=r.get("v")??void 0,u=m(o?`${i}/${p(o)}`:void 0);return t("section",{class:"\
panel","aria-label":"Versions",children:[t("h2",{children:"Versions"}),t(k,{of:l,children:s=>s.versions.length?t("p",{class:"chips",children:s.versions.map((n,d)=>t(
"button",{class:"chip","aria-pressed":o===String(n.version),onClick:()=>_({v:o===String(n.version)?void 0:String(n.version)}),children:[n.version,d===0&&" (now)",
" \xB7 ",t(D,{time:T(n.created_at)}),n.user_id&&` \xB7 ${n.user_id}`]}))}):t("p",{class:"muted",children:"The first change begins the list."})}),o&&t(k,{of:u,children:s=>s.
definition===a?t("p",{class:"muted",children:"This is what it says now."}):t(j,{title:`Version ${o} and now`,left:s.definition??"",right:a})})]})}export{mt as WorkflowPage,ut as Workflows};
