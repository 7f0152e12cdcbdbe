import{b as B}from"./chunk-KX4LBE24.js";import{a as P,c as C}from"./chunk-QKNUNJF7.js";import"./chunk-4OT32SHJ.js";import"./chunk-OFGGPVDB.js";
import"./chunk-UTQCZ4BP.js";import{b as j}from"./chunk-MYAUZBJ7.js";import{a as G}from"./chunk-IGGRFVNE.js";import{f as I,g as A,h as O}from"./chunk-ZLIKXXNG.js";
import"./chunk-OB3QYSTV.js";import{$ as v,F as w,G as p,P as x,Q as T,S as W,W as N,_ as t,a as f,aa as D,d as y,da as k,e as M,ga as R,h as V,ia as U,ja as q,
ka as m,n as b,na as S,o as h,oa as $,p as L,q as _}from"./chunk-MKULGKPA.js";var F=new Map;function ut(){let{query:e}=b(),[a,r]=y(e.get("q")??""),o=m(`/v2/workflows${w({fields:"id,name,namespace,input,scope,tags,created_at,updated_at",limit:1e3,
sort_keys:"name",sort_dirs:"asc"})}`),[l,i]=y(),u=H(),s=S("workflows:create");return t(f,{children:[t("div",{class:"title",children:[t("h1",{children:"Workflows"}),
s&&t("a",{class:"button","aria-keyshortcuts":"c",href:h("/workflows/new/edit"),children:"Upload\u2026"})]}),t(k,{of:o,children:n=>{let d=n.workflows.some(c=>c.namespace),
g=n.workflows.some(c=>c.tags?.length),E=n.workflows.filter(c=>c.name.includes(a)||(c.tags??[]).some(z=>z.includes(a)));return n.workflows.length?t(f,{children:[
t("div",{class:"filters",children:[t("label",{children:["Name or tag contains ",t("input",{"data-filter":!0,value:a,onInput:c=>{r(c.currentTarget.value),_({q:c.
currentTarget.value},!0)}})]}),n.next&&t("span",{class:"muted",children:"The first 1,000 by name are searched."})]}),t("div",{class:"scroll",children:t("table",
{class:"stack",children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),d&&t("th",{children:"Namespace"}),t("th",{children:"Input"}),g&&t("th",
{children:"Tags"}),t("th",{children:"Last 24 hours"}),t("th",{children:"Usually takes"}),t("th",{children:"Changed"}),t("th",{children:t("span",{class:"hidden",
children:"What to do"})})]})}),t("tbody",{children:E.map(c=>t("tr",{children:[t("td",{children:t("a",{class:"row",href:h(`/workflows/${p(c.id)}`),children:c.name})}),
d&&t("td",{"data-l":"Namespace",children:c.namespace}),t("td",{class:"wide","data-l":"Input",children:t("code",{children:c.input})}),g&&t("td",{"data-l":"Tags",
children:(c.tags??[]).join(", ")}),t("td",{class:"nowrap","data-l":"Last 24 hours",children:t(J,{of:u.get(c.name)?.day})}),t("td",{class:"nowrap","data-l":"Usua\
lly takes",children:W(u.get(c.name)?.p50)}),t("td",{class:"nowrap","data-l":"Changed",children:t(D,{time:T(c.updated_at??c.created_at)})}),t("td",{children:t($,
{rule:"executions:create",children:t("button",{class:"small",onClick:()=>i(c),"aria-label":`Run ${c.name}`,children:"Run\u2026"})})})]},c.id))})]})}),!E.length&&
t(R,{children:t("p",{children:["No name or tag contains \u201C",a,"\u201D."]})})]}):t(R,{children:[t("p",{children:"No workflow has been uploaded yet."}),s&&t("\
p",{children:[t("a",{href:h("/workflows/new/edit"),children:"Upload the first one"}),": an example is there to begin with."]})]})}}),l&&t(C,{workflow:l.id,name:l.
name,close:()=>i(void 0)})]})}function H(){let e=Math.floor(Date.now()/36e5-23)*36e8,a=m(`/v2/statistics/activity${w({group_by:"workflow_name",step:3600,from:e})}`,
6e4),r=m(A(),O);return V(()=>{let o=new Map;for(let[l,{p50:i}]of I(r.data?.buckets??[]))o.set(l,{p50:i});for(let{workflow_name:l,succeeded:i,failed:u,cancelled:s}of a.
data?.buckets??[]){let n=o.get(l)??{},{day:d}=n;o.set(l,{...n,day:{succeeded:i+(d?.succeeded??0),failed:u+(d?.failed??0),cancelled:s+(d?.cancelled??0)}})}return o},
[a.data,r.data])}function J({of:e}){let a=e?[["SUCCESS",e.succeeded],["ERROR",e.failed],["CANCELLED",e.cancelled]].filter(([,r])=>r>0):[];return a.length?t(f,{children:a.
map(([r,o])=>t("span",{class:"fact",title:`${o} ${r}`,children:[t(v,{state:r,short:!0})," ",N(o)]}))}):t("span",{class:"muted",children:"\u2013"})}function mt({
id:e}){let a=m(`/v2/workflows/${p(e)}`);return t(f,{children:[a.error&&!a.data&&t("div",{class:"title",children:[t("h1",{children:"Workflow"}),t("code",{children:e})]}),
t(k,{of:a,children:r=>t(K,{workflow:r})})]})}function K({workflow:e}){let{query:a}=b(),r=m(`/v2/workflows/${p(e.id)}/graph`),[o,l]=y(),i=S("workflows:update"),u=()=>l(
void 0),s=async()=>{await x(`/v2/workflows/${p(e.id)}`,{method:"DELETE"}),L("/workflows")};return t(f,{children:[t("div",{class:"title",children:[t("h1",{children:e.
name}),e.namespace&&t("span",{class:"muted",children:["in ",e.namespace]}),t("code",{children:e.id})]}),t("div",{class:"buttons",children:[t($,{rule:"executions\
:create",children:t("button",{class:"primary","aria-keyshortcuts":"r",onClick:()=>l("run"),children:"Run\u2026"})}),i&&t("a",{class:"button","aria-keyshortcuts":"\
e",href:h(`/workflows/${p(e.id)}/edit`),children:"Edit"}),t("a",{class:"button",href:h(`/executions?workflow_name=${p(e.name)}`),children:"Its runs"}),t($,{rule:"\
workflows:delete",children:t("button",{onClick:()=>l("delete"),children:"Delete\u2026"})})]}),t(Q,{of:e}),t(X,{id:e.id}),t(k,{of:r,children:n=>t(G,{graph:n,states:F,
selected:a.get("task")??void 0,onSelect:d=>_({task:d})})}),t(Z,{id:e.id,current:e.definition}),t(Y,{name:e.name}),t("section",{class:"data",children:[t("h2",{children:[
"Definition ",t(q,{text:e.definition})]}),t("pre",{class:"source",tabIndex:0,children:e.definition})]}),o==="run"&&t(C,{workflow:e.id,name:e.name,close:u}),o===
"delete"&&t(U,{title:`Delete ${e.name}?`,label:"Delete",act:s,close:u,children:t("p",{children:"Runs that have begun go on; new ones cannot begin."})})]})}function Q({
of:e}){let a=P(e);return t("p",{class:"facts",children:["Takes ",a.length?a.map((r,o)=>t(f,{children:[o>0&&", ",t("strong",{children:r.name}),r.isRequired?"":t(
f,{children:[" = ",t("code",{children:r.text.slice(0,80)})]})]})):"no input"]})}function X({id:e}){let a=m(`/v2/cron_triggers${w({workflow_id:e,limit:20,fields:"\
name,workflow_id"})}`),r=m(`/v2/event_triggers${w({workflow_id:e,limit:20,fields:"name,workflow_id"})}`),o=[...a.data?.cron_triggers??[],...r.data?.event_triggers??
[]];return o.length?t("p",{class:"facts",children:["Started by ",o.map((l,i)=>t(f,{children:[i>0&&", ",t("a",{href:h(`/triggers?name=${p(l.name)}`),children:l.name})]}))]}):
null}function Y({name:e}){let a=m(`/v2/executions${w({workflow_name:e,limit:12,sort_keys:"created_at",sort_dirs:"desc",fields:"id,state,created_at"})}`,15e3),[r,
o]=y(new Map),l=a.data?.executions.map(s=>s.id).join(" ");M(()=>{let s=new AbortController;for(let n of(l??"").split(" ").filter(Boolean))x(`/v2/executions/${p(
n)}/timeline?limit=200`,{signal:s.signal}).then(d=>o(g=>new Map(g).set(n,B(d))),()=>{});return()=>s.abort()},[l]);let i=(a.data?.executions??[]).slice().reverse();
if(!i.length)return null;let u=[...new Set(i.flatMap(s=>(r.get(s.id)??[]).map(n=>n.name)))].slice(0,200);return t("section",{class:"panel","aria-label":"Last ru\
ns",children:[t("h2",{children:"Last runs"}),t("div",{class:"scroll",children:t("table",{class:"grid",children:[t("thead",{children:t("tr",{children:[t("th",{children:"\
Task"}),i.map(s=>t("th",{children:t("a",{href:h(`/executions/${p(s.id)}`),title:s.created_at,"aria-label":`Run of ${s.created_at}, ${s.state}`,children:t(v,{state:s.
state,short:!0})})}))]})}),t("tbody",{children:u.map(s=>t("tr",{children:[t("td",{children:s}),i.map(n=>{let d=r.get(n.id)?.findLast(g=>g.name===s);return t("td",
{title:d?.state,children:d?t(v,{state:d.state,short:!0}):t("span",{class:"muted",children:"\xB7"})})})]}))})]})})]})}function Z({id:e,current:a}){let{query:r}=b(),
o=`/v2/workflows/${p(e)}/versions`,l=m(o),i=r.get("v")??void 0,u=m(i?`${o}/${p(i)}`:void 0);return t("section",{class:"panel","aria-label":"Versions",children:[
t("h2",{children:"Versions"}),t(k,{of:l,children:s=>s.versions.length?t("p",{class:"chips",children:s.versions.map((n,d)=>t("button",{class:"chip","aria-pressed":i===
String(n.version),onClick:()=>_({v:i===String(n.version)?void 0:String(n.version)}),children:[n.version,d===0&&" (now)"," \xB7 ",t(D,{time:T(n.created_at)}),n.user_id&&
` \xB7 ${n.user_id}`]}))}):t("p",{class:"muted",children:"The first change begins the list."})}),i&&t(k,{of:u,children:s=>s.definition===a?t("p",{class:"muted",
children:"This is what it says now."}):t(j,{title:`Version ${i} and now`,names:[i,"now"],left:s.definition??"",right:a})})]})}export{mt as WorkflowPage,ut as Workflows};
