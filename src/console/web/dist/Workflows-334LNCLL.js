import{a as U}from"./chunk-BN7EQ3X4.js";import{a as G,c as Q}from"./chunk-ZIOE2TSW.js";import"./chunk-TAHGD7R7.js";import"./chunk-OB3QYSTV.js";
import{b as N}from"./chunk-SDM7645K.js";import{b as C,c as S}from"./chunk-OEMBNDAQ.js";import{B as $,C as E,D as p,E as A,M as e,N as L,O as P,Q as z,
R as k,T as I,V as O,W as J,_ as v,a as _,d as h,e as W,f as X,i as T,j as b,k as R,l as x}from"./chunk-2MAZAYVJ.js";var ne=`version: '2.0'

greet:
  input: [name: Mistral]
  output:
    greeting: <% task(say).result %>
  tasks:
    say:
      action: std.echo output=<% 'Hello ' + $.name %>
      on-success: [pause_a_moment]
    pause_a_moment:
      action: std.sleep seconds=2
`,Z=new Map;function $e(){let{query:s}=T(),[c,n]=h(s.get("q")??""),r=v(`/v2/workflows${E({fields:"id,name,namespace,input,scope,tags,created_at,updated_at",limit:1e3,
sort_keys:"name",sort_dirs:"asc"})}`),[o,d]=h(),u=C("workflows:create");return e(_,{children:[e("div",{class:"title",children:[e("h1",{children:"Workflows"}),u&&
e("a",{class:"button",href:b("/workflows/new/edit"),children:"Upload\u2026"})]}),e(k,{of:r,children:a=>{let l=a.workflows.filter(i=>i.name.includes(c)||(i.tags??
[]).some(w=>w.includes(c)));return a.workflows.length?e(_,{children:[e("div",{class:"filters",children:[e("label",{children:["Name or tag contains ",e("input",{
"data-filter":!0,value:c,onInput:i=>{n(i.currentTarget.value),x({q:i.currentTarget.value},!0)}})]}),a.next&&e("span",{class:"muted",children:"The first 1,000 by\
 name are searched."})]}),e("div",{class:"scroll",children:e("table",{children:[e("thead",{children:e("tr",{children:[e("th",{children:"Name"}),e("th",{children:"\
Namespace"}),e("th",{children:"Input"}),e("th",{children:"Tags"}),e("th",{children:"Changed"}),e("th",{children:e("span",{class:"hidden",children:"What to do"})})]})}),
e("tbody",{children:l.map(i=>e("tr",{children:[e("td",{children:e("a",{class:"row",href:b(`/workflows/${p(i.id)}`),children:i.name})}),e("td",{children:i.namespace}),
e("td",{class:"wide",children:e("code",{children:i.input})}),e("td",{children:(i.tags??[]).join(", ")}),e("td",{class:"nowrap",children:e(P,{time:A(i.updated_at??
i.created_at)})}),e("td",{children:e(S,{rule:"executions:create",children:e("button",{onClick:()=>d(i),"aria-label":`Run ${i.name}`,children:"Run\u2026"})})})]},
i.id))})]})}),!l.length&&e(I,{children:e("p",{children:["No name or tag contains \u201C",c,"\u201D."]})})]}):e(I,{children:[e("p",{children:"No workflow has bee\
n uploaded yet."}),u&&e("p",{children:[e("a",{href:b("/workflows/new/edit"),children:"Upload the first one"}),": an example is there to begin with."]})]})}}),o&&
e(N,{workflow:o.id,name:o.name,close:()=>d(void 0)})]})}function Se({id:s}){let c=v(`/v2/workflows/${p(s)}`);return e(k,{of:c,children:n=>e(ae,{workflow:n})})}function ae({
workflow:s}){let{query:c}=T(),n=v(`/v2/workflows/${p(s.id)}/graph`),[r,o]=h(),d=C("workflows:update"),u=()=>o(void 0),a=async()=>{await $(`/v2/workflows/${p(s.id)}`,
{method:"DELETE"}),R("/workflows")};return e(_,{children:[e("div",{class:"title",children:[e("h1",{children:s.name}),s.namespace&&e("span",{class:"muted",children:[
"in ",s.namespace]}),e("code",{children:s.id})]}),e("div",{class:"buttons",children:[e(S,{rule:"executions:create",children:e("button",{class:"primary",onClick:()=>o(
"run"),children:"Run\u2026"})}),d&&e("a",{class:"button",href:b(`/workflows/${p(s.id)}/edit`),children:"Edit"}),e("a",{class:"button",href:b(`/executions?workfl\
ow_name=${p(s.name)}`),children:"Its runs"}),e(S,{rule:"workflows:delete",children:e("button",{onClick:()=>o("delete"),children:"Delete\u2026"})})]}),e(k,{of:n,
children:l=>e(G,{graph:l,states:Z,selected:c.get("task")??void 0,onSelect:i=>x({task:i})})}),e(de,{id:s.id,current:s.definition}),e(ie,{name:s.name}),e("section",
{class:"data",children:[e("h2",{children:["Definition ",e(J,{text:s.definition})]}),e("pre",{class:"source",tabIndex:0,children:s.definition})]}),r==="run"&&e(N,
{workflow:s.id,name:s.name,close:u}),r==="delete"&&e(O,{title:`Delete ${s.name}?`,label:"Delete",act:a,close:u,children:e("p",{children:"Runs that have begun go\
 on; new ones cannot begin."})})]})}function Te({id:s}){let c=s==="new",n=v(c?void 0:`/v2/workflows/${p(s)}`);return c?e(Y,{text:ne}):e(k,{of:n,children:r=>e(Y,
{text:r.definition,namespace:r.namespace,workflow:r})})}function ie({name:s}){let c=v(`/v2/executions${E({workflow_name:s,limit:12,sort_keys:"created_at",sort_dirs:"\
desc",fields:"id,state,created_at"})}`,15e3),[n,r]=h(new Map),o=c.data?.executions.map(a=>a.id).join(" ");W(()=>{let a=new AbortController;for(let l of(o??"").split(
" ").filter(Boolean))$(`/v2/executions/${p(l)}/timeline?limit=200`,{signal:a.signal}).then(i=>r(w=>new Map(w).set(l,Q(i))),()=>{});return()=>a.abort()},[o]);let d=(c.
data?.executions??[]).slice().reverse();if(!d.length)return null;let u=[...new Set(d.flatMap(a=>(n.get(a.id)??[]).map(l=>l.name)))].slice(0,200);return e("secti\
on",{class:"panel","aria-label":"Last runs",children:[e("h2",{children:"Last runs"}),e("div",{class:"scroll",children:e("table",{class:"grid",children:[e("thead",
{children:e("tr",{children:[e("th",{children:"Task"}),d.map(a=>e("th",{children:e("a",{href:b(`/executions/${p(a.id)}`),title:a.created_at,"aria-label":`Run of ${a.
created_at}, ${a.state}`,children:e(L,{state:a.state,short:!0})})}))]})}),e("tbody",{children:u.map(a=>e("tr",{children:[e("td",{children:a}),d.map(l=>{let i=n.
get(l.id)?.findLast(w=>w.name===a);return e("td",{title:i?.state,children:i?e(L,{state:i.state,short:!0}):e("span",{class:"muted",children:"\xB7"})})})]}))})]})})]})}
var oe=400,re=1500,le=2e5;function ce(s){let[c,n]=h({diagnostics:[]});return W(()=>{let r=new AbortController,d=setTimeout(async()=>{try{let u=await $("/v2/work\
flows/validate?diagnostics=true",{method:"POST",text:s,signal:r.signal});n(l=>({...l,valid:u.valid,message:u.error,diagnostics:u.diagnostics??[]}));let a=await $(
"/v2/graphs",{method:"POST",text:s,signal:r.signal});n(l=>({...l,graph:a}))}catch{}},s.length>le?re:oe);return()=>{clearTimeout(d),r.abort()}},[s]),c}function q(s,c,n){
let r=0;for(let o=1;o<c;o++){let d=s.indexOf(`
`,r);if(d<0)return s.length;r=d+1}return r+n-1}function Y({text:s,namespace:c,workflow:n}){let r=`mistral.draft.${n?.id??"new"}`,[o,d]=h(()=>sessionStorage.getItem(
r)??s),[u,a]=h(),[l,i]=h(!1),w=n?"workflows:update":"workflows:create",K=C(w),y=X(null),m=ce(o),[ee,te]=h(),D=t=>{d(t),t===s?sessionStorage.removeItem(r):sessionStorage.
setItem(r,t)},F=async()=>{let t=n?.checksum?{"If-Match":`"${n.checksum}"`}:void 0,g=await $(`/v2/workflows${E({namespace:c})}`,{method:n?"PUT":"POST",text:o,headers:t});
sessionStorage.removeItem(r),R(`/workflows/${p(g.workflows[0].id)}`)},H=()=>F().catch(t=>a(t)),M=(t,g=1)=>{let f=q(o,t,g);y.current?.focus(),y.current?.setSelectionRange(
f,f);let V=parseFloat(getComputedStyle(y.current).lineHeight)||18;y.current.scrollTop=Math.max(0,(t-5)*V)},j=t=>{let[g,f]=[q(o,t.line,t.column),q(o,t.end_line??
t.line,t.end_column??t.column)];D(o.slice(0,g)+t.replacement+o.slice(f))},se=t=>{if((t.metaKey||t.ctrlKey)&&t.key==="s")n&&K?i(!0):K&&H();else if(t.key==="F8"&&
m.diagnostics.length){let g=o.slice(0,y.current.selectionStart).split(`
`).length,f=m.diagnostics.find(V=>V.line>g)??m.diagnostics[0];M(f.line,f.column)}else if((t.metaKey||t.ctrlKey)&&t.key==="."){let g=m.diagnostics.find(f=>f.replacement!==
void 0);g&&j(g)}else return;t.preventDefault()},B=m.diagnostics.filter(t=>t.severity!=="error").length;return e(_,{children:[e("div",{class:"title",children:[e(
"h1",{children:n?`Edit ${n.name}`:"Upload workflows"}),e("span",{role:"status",class:m.valid?"state-success":"state-error",children:m.valid===void 0?"":m.valid?
`\u25CF The document is valid${B?`, ${B} warnings`:""}.`:`\u2716 ${(m.message??"not valid").split(`
`)[0]}`})]}),e("div",{class:"editing",children:[e("label",{class:"block",children:["Document",e("textarea",{ref:y,class:"editor",spellcheck:!1,value:o,onKeyDown:se,
onInput:t=>D(t.currentTarget.value)})]}),e("div",{children:[m.graph&&e(G,{graph:m.graph,states:Z,selected:ee,onSelect:t=>{te(t);let g=m.graph.nodes.find(f=>f.name===
t);g?.line&&M(g.line)}}),m.diagnostics.length>0&&e("section",{class:"panel","aria-label":"Problems",children:[e("h2",{children:"Problems"}),e("ul",{class:"plain",
children:m.diagnostics.slice(0,100).map(t=>e("li",{children:[e("span",{class:t.severity==="error"?"state-error":"state-paused",children:t.severity==="error"?"\u2716":
"\u26A0"})," ",e("button",{class:"link",onClick:()=>M(t.line,t.column),children:[t.line,":",t.column]})," ",t.message," ",e("span",{class:"muted",children:[t.code,
t.help?` \xB7 ${t.help}`:""]}),t.replacement!==void 0&&e(_,{children:[" ",e("button",{class:"small",onClick:()=>j(t),children:"Mend"})]})]}))})]})]})]}),e("div",
{class:"buttons",children:[e(S,{rule:w,children:e("button",{class:"primary",onClick:()=>n?i(!0):H(),children:n?"Save\u2026 (Ctrl S)":"Upload (Ctrl S)"})}),e("a",
{class:"button",href:b(n?`/workflows/${p(n.id)}`:"/workflows"),children:"Leave it"}),o!==s&&e("button",{onClick:()=>D(s),children:"Drop the changes"}),e("span",
{class:"muted",children:"F8 next problem \xB7 Ctrl . mend"})]}),u&&e(z,{error:u}),l&&n&&e(O,{title:`Save ${n.name}?`,label:"Save as a new version",act:F,close:()=>i(
!1),children:[e(U,{title:"What changes",left:n.definition,right:o}),e("p",{class:"muted",children:"Runs that have begun go on with what they began with."})]})]})}
function de({id:s,current:c}){let{query:n}=T(),r=`/v2/workflows/${p(s)}/versions`,o=v(r),d=n.get("v")??void 0,u=v(d?`${r}/${p(d)}`:void 0);return e("section",{class:"\
panel","aria-label":"Versions",children:[e("h2",{children:"Versions"}),e(k,{of:o,children:a=>a.versions.length?e("p",{class:"chips",children:a.versions.map((l,i)=>e(
"button",{class:"chip","aria-pressed":d===String(l.version),onClick:()=>x({v:d===String(l.version)?void 0:String(l.version)}),children:[l.version,i===0&&" (now)",
" \xB7 ",e(P,{time:A(l.created_at)}),l.user_id&&` \xB7 ${l.user_id}`]}))}):e("p",{class:"muted",children:"The first change begins the list."})}),d&&e(k,{of:u,children:a=>a.
definition===c?e("p",{class:"muted",children:"This is what it says now."}):e(U,{title:`Version ${d} and now`,left:a.definition??"",right:c})})]})}export{Te as EditWorkflow,Se as WorkflowPage,$e as Workflows};
