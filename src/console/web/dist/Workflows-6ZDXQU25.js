import{b as j}from"./chunk-PBBOLDH3.js";import{a as F,c as E}from"./chunk-XIVG2FON.js";import"./chunk-Q2Y7BVYO.js";import"./chunk-IPG27FBY.js";
import"./chunk-UTQCZ4BP.js";import{b as z}from"./chunk-BVKP34EB.js";import{a as B}from"./chunk-C6IB2MYH.js";import{g as O,h as G,i as P}from"./chunk-CDLSKBXZ.js";
import"./chunk-OB3QYSTV.js";import{$ as t,G as w,H as u,Q as T,R as D,T as N,W as U,X as q,a as f,aa as $,ba as R,d as y,e as M,ea as k,g as V,h as L,ha as S,
ja as I,ka as A,la as m,n as _,p as h,pa as C,q as W,qa as x,r as v}from"./chunk-5UX6W7MZ.js";var J=new Map;function ft(){let{query:e}=_(),[s,r]=y(e.get("q")??""),o=m(`/v2/workflows${w({fields:"id,name,namespace,input,scope,tags,created_at,updated_at",limit:1e3,
sort_keys:"name",sort_dirs:"asc"})}`),[l,i]=y(),p=K(),n=C("workflows:create");return t(f,{children:[t("div",{class:"title",children:[t("h1",{children:"Workflows"}),
n&&t("a",{class:"button","aria-keyshortcuts":"c",href:h("/workflows/new/edit"),children:"Upload\u2026"})]}),t(k,{of:o,children:a=>{let d=a.workflows.some(c=>c.namespace),
g=a.workflows.some(c=>c.tags?.length),b=a.workflows.filter(c=>c.name.includes(s)||(c.tags??[]).some(H=>H.includes(s)));return a.workflows.length?t(f,{children:[
t("div",{class:"filters",children:[t("label",{children:["Name or tag contains ",t("input",{"data-filter":!0,value:s,onInput:c=>{r(c.currentTarget.value),v({q:c.
currentTarget.value},!0)}})]}),a.next&&t("span",{class:"muted",children:"The first 1,000 by name are searched."})]}),t("div",{class:"scroll",children:t("table",
{class:"stack",children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),d&&t("th",{children:"Namespace"}),t("th",{children:"Input"}),g&&t("th",
{children:"Tags"}),t("th",{children:"Last 24 hours"}),t("th",{children:"Usually takes"}),t("th",{children:"Changed"}),t("th",{children:t("span",{class:"hidden",
children:"What to do"})})]})}),t("tbody",{children:b.map(c=>t("tr",{children:[t("td",{children:t("a",{class:"row",href:h(`/workflows/${u(c.id)}`),children:c.name})}),
d&&t("td",{"data-l":"Namespace",children:c.namespace}),t("td",{class:"wide","data-l":"Input",children:t("code",{children:c.input})}),g&&t("td",{"data-l":"Tags",
children:(c.tags??[]).join(", ")}),t("td",{class:"nowrap","data-l":"Last 24 hours",children:t(Q,{of:p.get(c.name)?.day})}),t("td",{class:"nowrap","data-l":"Usua\
lly takes",children:N(p.get(c.name)?.p50)}),t("td",{class:"nowrap","data-l":"Changed",children:t(R,{time:D(c.updated_at??c.created_at)})}),t("td",{children:t(x,
{rule:"executions:create",children:t("button",{class:"small",onClick:()=>i(c),"aria-label":`Run ${c.name}`,children:"Run\u2026"})})})]},c.id))})]})}),!b.length&&
t(S,{children:t("p",{children:["No name or tag contains \u201C",s,"\u201D."]})})]}):t(S,{children:[t("p",{children:"No workflow has been uploaded yet."}),n&&t("\
p",{children:[t("a",{href:h("/workflows/new/edit"),children:"Upload the first one"}),": an example is there to begin with."]})]})}}),l&&t(E,{workflow:l.id,name:l.
name,close:()=>i(void 0)})]})}function K(){let e=Math.floor(Date.now()/36e5-23)*36e8,s=m(`/v2/statistics/activity${w({group_by:"workflow_name",step:3600,from:e})}`,
6e4),r=m(G(),P);return L(()=>{let o=new Map;for(let[l,{p50:i}]of O(r.data?.buckets??[]))o.set(l,{p50:i});for(let{workflow_name:l,succeeded:i,failed:p,cancelled:n}of s.
data?.buckets??[]){let a=o.get(l)??{},{day:d}=a;o.set(l,{...a,day:{succeeded:i+(d?.succeeded??0),failed:p+(d?.failed??0),cancelled:n+(d?.cancelled??0)}})}return o},
[s.data,r.data])}function Q({of:e}){let s=e?[["SUCCESS",e.succeeded],["ERROR",e.failed],["CANCELLED",e.cancelled]].filter(([,r])=>r>0):[];return s.length?t(f,{children:s.
map(([r,o])=>t("span",{class:"fact",title:`${o} ${r}`,children:[t($,{state:r,short:!0})," ",q(o)]}))}):t("span",{class:"muted",children:"\u2013"})}function ht({
id:e}){let s=m(`/v2/workflows/${u(e)}`);return t(f,{children:[s.error&&!s.data&&t("div",{class:"title",children:[t("h1",{children:"Workflow"}),t("code",{children:e})]}),
t(k,{of:s,children:r=>t(X,{workflow:r})})]})}function X({workflow:e}){let{query:s}=_(),r=m(`/v2/workflows/${u(e.id)}/graph`),[o,l]=y(),i=C("workflows:update"),p=()=>l(
void 0),n=async()=>{await T(`/v2/workflows/${u(e.id)}`,{method:"DELETE"}),W("/workflows")};return t(f,{children:[t("div",{class:"title",children:[t("h1",{children:e.
name}),e.namespace&&t("span",{class:"muted",children:["in ",e.namespace]}),t("code",{children:e.id})]}),t("div",{class:"buttons",children:[t(x,{rule:"executions\
:create",children:t("button",{class:"primary","aria-keyshortcuts":"r",onClick:()=>l("run"),children:"Run\u2026"})}),i&&t("a",{class:"button","aria-keyshortcuts":"\
e",href:h(`/workflows/${u(e.id)}/edit`),children:"Edit"}),t("a",{class:"button",href:h(`/executions?workflow_name=${u(e.name)}`),children:"Its runs"}),t(x,{rule:"\
workflows:delete",children:t("button",{onClick:()=>l("delete"),children:"Delete\u2026"})})]}),t(Y,{of:e}),t(Z,{id:e.id}),t(k,{of:r,children:a=>t(B,{graph:a,states:J,
selected:s.get("task")??void 0,onSelect:d=>v({task:d})})}),t(et,{id:e.id,current:e.definition}),t(tt,{name:e.name}),t("section",{class:"data",children:[t("h2",{
children:["Definition ",t(A,{text:e.definition})]}),t("pre",{class:"source",tabIndex:0,children:e.definition})]}),o==="run"&&t(E,{workflow:e.id,name:e.name,close:p}),
o==="delete"&&t(I,{title:`Delete ${e.name}?`,label:"Delete",act:n,close:p,children:t("p",{children:"Runs that have begun go on; new ones cannot begin."})})]})}function Y({
of:e}){let s=F(e);return t("p",{class:"facts",children:["Takes ",s.length?s.map((r,o)=>t(f,{children:[o>0&&", ",t("strong",{children:r.name}),r.isRequired?"":t(
f,{children:[" = ",t("code",{children:r.text.slice(0,80)})]})]})):"no input"]})}function Z({id:e}){let s=m(`/v2/cron_triggers${w({workflow_id:e,limit:20,fields:"\
name,workflow_id"})}`),r=m(`/v2/event_triggers${w({workflow_id:e,limit:20,fields:"name,workflow_id"})}`),o=[...s.data?.cron_triggers??[],...r.data?.event_triggers??
[]];return o.length?t("p",{class:"facts",children:["Started by ",o.map((l,i)=>t(f,{children:[i>0&&", ",t("a",{href:h(`/triggers?name=${u(l.name)}`),children:l.name})]}))]}):
null}function tt({name:e}){let s=m(`/v2/executions${w({workflow_name:e,limit:12,sort_keys:"created_at",sort_dirs:"desc",fields:"id,state,created_at"})}`,15e3),[
r,o]=y(new Map),l=V(new Set);M(()=>{let n=new AbortController;for(let{id:a,state:d}of s.data?.executions??[])l.current.has(a)||T(`/v2/executions/${u(a)}/timelin\
e?limit=200`,{signal:n.signal}).then(g=>{U(d)&&l.current.add(a),o(b=>new Map(b).set(a,j(g)))},()=>{});return()=>n.abort()},[s.data]);let i=(s.data?.executions??
[]).slice().reverse();if(!i.length)return null;let p=[...new Set(i.flatMap(n=>(r.get(n.id)??[]).map(a=>a.name)))].slice(0,200);return t("section",{class:"panel",
"aria-label":"Last runs",children:[t("h2",{children:"Last runs"}),t("div",{class:"scroll",children:t("table",{class:"grid",children:[t("thead",{children:t("tr",
{children:[t("th",{children:"Task"}),i.map(n=>t("th",{children:t("a",{href:h(`/executions/${u(n.id)}`),title:n.created_at,"aria-label":`Run of ${n.created_at}, ${n.
state}`,children:t($,{state:n.state,short:!0})})}))]})}),t("tbody",{children:p.map(n=>t("tr",{children:[t("td",{children:n}),i.map(a=>{let d=r.get(a.id)?.findLast(
g=>g.name===n);return t("td",{title:d?.state,children:d?t($,{state:d.state,short:!0}):t("span",{class:"muted",children:"\xB7"})})})]}))})]})})]})}function et({id:e,
current:s}){let{query:r}=_(),o=`/v2/workflows/${u(e)}/versions`,l=m(o),i=r.get("v")??void 0,p=m(i?`${o}/${u(i)}`:void 0);return t("section",{class:"panel","aria\
-label":"Versions",children:[t("h2",{children:"Versions"}),t(k,{of:l,children:n=>n.versions.length?t("p",{class:"chips",children:n.versions.map((a,d)=>t("button",
{class:"chip","aria-pressed":i===String(a.version),onClick:()=>v({v:i===String(a.version)?void 0:String(a.version)}),children:[a.version,d===0&&" (now)"," \xB7 ",
t(R,{time:D(a.created_at)}),a.user_id&&` \xB7 ${a.user_id}`]}))}):t("p",{class:"muted",children:"The first change begins the list."})}),i&&t(k,{of:p,children:n=>n.
definition===s?t("p",{class:"muted",children:"This is what it says now."}):t(z,{title:`Version ${i} and now`,names:[i,"now"],left:n.definition??"",right:s})})]})}export{ht as WorkflowPage,ft as Workflows};
