import{a as O}from"./chunk-2M3ATUAS.js";import{a as P,c as B}from"./chunk-PXSZO72D.js";import"./chunk-4IP4GKEB.js";import"./chunk-OB3QYSTV.js";
import{b as I}from"./chunk-VBJWDW7H.js";import{A as S,B as m,C as W,K as e,L as R,M as A,O as H,P as k,R as L,T as M,U as j,Y as v,a as y,d as b,e as D,f as F,
i as $,j as w,k as V,l as T,z as _}from"./chunk-FEE47KMS.js";var Z=`version: '2.0'

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
`,z=new Map;function we(){let{query:s}=$(),[c,a]=b(s.get("q")??""),o=v(`/v2/workflows${S({fields:"id,name,namespace,input,scope,tags,created_at,updated_at",limit:1e3,
sort_keys:"name",sort_dirs:"asc"})}`),[r,l]=b();return e(y,{children:[e("div",{class:"title",children:[e("h1",{children:"Workflows"}),e("a",{class:"button",href:w(
"/workflows/new/edit"),children:"Upload\u2026"})]}),e(k,{of:o,children:d=>{let i=d.workflows.filter(n=>n.name.includes(c)||(n.tags??[]).some(p=>p.includes(c)));
return d.workflows.length?e(y,{children:[e("div",{class:"filters",children:[e("label",{children:["Name or tag contains ",e("input",{"data-filter":!0,value:c,onInput:n=>{
a(n.currentTarget.value),T({q:n.currentTarget.value},!0)}})]}),d.next&&e("span",{class:"muted",children:"The first 1,000 by name are searched."})]}),e("div",{class:"\
scroll",children:e("table",{children:[e("thead",{children:e("tr",{children:[e("th",{children:"Name"}),e("th",{children:"Namespace"}),e("th",{children:"Input"}),
e("th",{children:"Tags"}),e("th",{children:"Changed"}),e("th",{children:e("span",{class:"hidden",children:"What to do"})})]})}),e("tbody",{children:i.map(n=>e("\
tr",{children:[e("td",{children:e("a",{class:"row",href:w(`/workflows/${m(n.id)}`),children:n.name})}),e("td",{children:n.namespace}),e("td",{class:"wide",children:e(
"code",{children:n.input})}),e("td",{children:(n.tags??[]).join(", ")}),e("td",{class:"nowrap",children:e(A,{time:W(n.updated_at??n.created_at)})}),e("td",{children:e(
"button",{onClick:()=>l(n),"aria-label":`Run ${n.name}`,children:"Run\u2026"})})]},n.id))})]})}),!i.length&&e(L,{children:e("p",{children:["No name or tag conta\
ins \u201C",c,"\u201D."]})})]}):e(L,{children:[e("p",{children:"No workflow has been uploaded yet."}),e("p",{children:[e("a",{href:w("/workflows/new/edit"),children:"\
Upload the first one"}),": an example is there to begin with."]})]})}}),r&&e(I,{workflow:r.id,name:r.name,close:()=>l(void 0)})]})}function ve({id:s}){let c=v(`\
/v2/workflows/${m(s)}`);return e(k,{of:c,children:a=>e(ee,{workflow:a})})}function ee({workflow:s}){let{query:c}=$(),a=v(`/v2/workflows/${m(s.id)}/graph`),[o,r]=b(),
l=()=>r(void 0),d=async()=>{await _(`/v2/workflows/${m(s.id)}`,{method:"DELETE"}),V("/workflows")};return e(y,{children:[e("div",{class:"title",children:[e("h1",
{children:s.name}),s.namespace&&e("span",{class:"muted",children:["in ",s.namespace]}),e("code",{children:s.id})]}),e("div",{class:"buttons",children:[e("button",
{class:"primary",onClick:()=>r("run"),children:"Run\u2026"}),e("a",{class:"button",href:w(`/workflows/${m(s.id)}/edit`),children:"Edit"}),e("a",{class:"button",
href:w(`/executions?workflow_name=${m(s.name)}`),children:"Its runs"}),e("button",{onClick:()=>r("delete"),children:"Delete\u2026"})]}),e(k,{of:a,children:i=>e(
P,{graph:i,states:z,selected:c.get("task")??void 0,onSelect:n=>T({task:n})})}),e(re,{id:s.id,current:s.definition}),e(te,{name:s.name}),e("section",{class:"data",
children:[e("h2",{children:["Definition ",e(j,{text:s.definition})]}),e("pre",{class:"source",tabIndex:0,children:s.definition})]}),o==="run"&&e(I,{workflow:s.id,
name:s.name,close:l}),o==="delete"&&e(M,{title:`Delete ${s.name}?`,label:"Delete",act:d,close:l,children:e("p",{children:"Runs that have begun go on; new ones c\
annot begin."})})]})}function ke({id:s}){let c=s==="new",a=v(c?void 0:`/v2/workflows/${m(s)}`);return c?e(X,{text:Z}):e(k,{of:a,children:o=>e(X,{text:o.definition,
namespace:o.namespace,workflow:o})})}function te({name:s}){let c=v(`/v2/executions${S({workflow_name:s,limit:12,sort_keys:"created_at",sort_dirs:"desc",fields:"\
id,state,created_at"})}`,15e3),[a,o]=b(new Map),r=c.data?.executions.map(i=>i.id).join(" ");D(()=>{let i=new AbortController;for(let n of(r??"").split(" ").filter(
Boolean))_(`/v2/executions/${m(n)}/timeline?limit=200`,{signal:i.signal}).then(p=>o(f=>new Map(f).set(n,B(p))),()=>{});return()=>i.abort()},[r]);let l=(c.data?.
executions??[]).slice().reverse();if(!l.length)return null;let d=[...new Set(l.flatMap(i=>(a.get(i.id)??[]).map(n=>n.name)))].slice(0,200);return e("section",{class:"\
panel","aria-label":"Last runs",children:[e("h2",{children:"Last runs"}),e("div",{class:"scroll",children:e("table",{class:"grid",children:[e("thead",{children:e(
"tr",{children:[e("th",{children:"Task"}),l.map(i=>e("th",{children:e("a",{href:w(`/executions/${m(i.id)}`),title:i.created_at,"aria-label":`Run of ${i.created_at}\
, ${i.state}`,children:e(R,{state:i.state,short:!0})})}))]})}),e("tbody",{children:d.map(i=>e("tr",{children:[e("td",{children:i}),l.map(n=>{let p=a.get(n.id)?.
findLast(f=>f.name===i);return e("td",{title:p?.state,children:p?e(R,{state:p.state,short:!0}):e("span",{class:"muted",children:"\xB7"})})})]}))})]})})]})}var se=400,
ne=1500,ae=2e5;function ie(s){let[c,a]=b({diagnostics:[]});return D(()=>{let o=new AbortController,l=setTimeout(async()=>{try{let d=await _("/v2/workflows/valid\
ate?diagnostics=true",{method:"POST",text:s,signal:o.signal});a(n=>({...n,valid:d.valid,message:d.error,diagnostics:d.diagnostics??[]}));let i=await _("/v2/grap\
hs",{method:"POST",text:s,signal:o.signal});a(n=>({...n,graph:i}))}catch{}},s.length>ae?ne:se);return()=>{clearTimeout(l),o.abort()}},[s]),c}function G(s,c,a){let o=0;
for(let r=1;r<c;r++){let l=s.indexOf(`
`,o);if(l<0)return s.length;o=l+1}return o+a-1}function X({text:s,namespace:c,workflow:a}){let o=`mistral.draft.${a?.id??"new"}`,[r,l]=b(()=>sessionStorage.getItem(
o)??s),[d,i]=b(),[n,p]=b(!1),f=F(null),u=ie(r),[J,Q]=b(),x=t=>{l(t),t===s?sessionStorage.removeItem(o):sessionStorage.setItem(o,t)},N=async()=>{let t=a?.checksum?
{"If-Match":`"${a.checksum}"`}:void 0,g=await _(`/v2/workflows${S({namespace:c})}`,{method:a?"PUT":"POST",text:r,headers:t});sessionStorage.removeItem(o),V(`/wo\
rkflows/${m(g.workflows[0].id)}`)},U=()=>N().catch(t=>i(t)),E=(t,g=1)=>{let h=G(r,t,g);f.current?.focus(),f.current?.setSelectionRange(h,h);let C=parseFloat(getComputedStyle(
f.current).lineHeight)||18;f.current.scrollTop=Math.max(0,(t-5)*C)},q=t=>{let[g,h]=[G(r,t.line,t.column),G(r,t.end_line??t.line,t.end_column??t.column)];x(r.slice(
0,g)+t.replacement+r.slice(h))},Y=t=>{if((t.metaKey||t.ctrlKey)&&t.key==="s")a?p(!0):U();else if(t.key==="F8"&&u.diagnostics.length){let g=r.slice(0,f.current.selectionStart).
split(`
`).length,h=u.diagnostics.find(C=>C.line>g)??u.diagnostics[0];E(h.line,h.column)}else if((t.metaKey||t.ctrlKey)&&t.key==="."){let g=u.diagnostics.find(h=>h.replacement!==
void 0);g&&q(g)}else return;t.preventDefault()},K=u.diagnostics.filter(t=>t.severity!=="error").length;return e(y,{children:[e("div",{class:"title",children:[e(
"h1",{children:a?`Edit ${a.name}`:"Upload workflows"}),e("span",{role:"status",class:u.valid?"state-success":"state-error",children:u.valid===void 0?"":u.valid?
`\u25CF The document is valid${K?`, ${K} warnings`:""}.`:`\u2716 ${(u.message??"not valid").split(`
`)[0]}`})]}),e("div",{class:"editing",children:[e("label",{class:"block",children:["Document",e("textarea",{ref:f,class:"editor",spellcheck:!1,value:r,onKeyDown:Y,
onInput:t=>x(t.currentTarget.value)})]}),e("div",{children:[u.graph&&e(P,{graph:u.graph,states:z,selected:J,onSelect:t=>{Q(t);let g=u.graph.nodes.find(h=>h.name===
t);g?.line&&E(g.line)}}),u.diagnostics.length>0&&e("section",{class:"panel","aria-label":"Problems",children:[e("h2",{children:"Problems"}),e("ul",{class:"plain",
children:u.diagnostics.slice(0,100).map(t=>e("li",{children:[e("span",{class:t.severity==="error"?"state-error":"state-paused",children:t.severity==="error"?"\u2716":
"\u26A0"})," ",e("button",{class:"link",onClick:()=>E(t.line,t.column),children:[t.line,":",t.column]})," ",t.message," ",e("span",{class:"muted",children:[t.code,
t.help?` \xB7 ${t.help}`:""]}),t.replacement!==void 0&&e(y,{children:[" ",e("button",{class:"small",onClick:()=>q(t),children:"Mend"})]})]}))})]})]})]}),e("div",
{class:"buttons",children:[e("button",{class:"primary",onClick:()=>a?p(!0):U(),children:a?"Save\u2026 (Ctrl S)":"Upload (Ctrl S)"}),e("a",{class:"button",href:w(
a?`/workflows/${m(a.id)}`:"/workflows"),children:"Leave it"}),r!==s&&e("button",{onClick:()=>x(s),children:"Drop the changes"}),e("span",{class:"muted",children:"\
F8 next problem \xB7 Ctrl . mend"})]}),d&&e(H,{error:d}),n&&a&&e(M,{title:`Save ${a.name}?`,label:"Save as a new version",act:N,close:()=>p(!1),children:[e(O,{title:"\
What changes",left:a.definition,right:r}),e("p",{class:"muted",children:"Runs that have begun go on with what they began with."})]})]})}function re({id:s,current:c}){
let{query:a}=$(),o=`/v2/workflows/${m(s)}/versions`,r=v(o),l=a.get("v")??void 0,d=v(l?`${o}/${m(l)}`:void 0);return e("section",{class:"panel","aria-label":"Ver\
sions",children:[e("h2",{children:"Versions"}),e(k,{of:r,children:i=>i.versions.length?e("p",{class:"chips",children:i.versions.map((n,p)=>e("button",{class:"ch\
ip","aria-pressed":l===String(n.version),onClick:()=>T({v:l===String(n.version)?void 0:String(n.version)}),children:[n.version,p===0&&" (now)"," \xB7 ",e(A,{time:W(
n.created_at)}),n.user_id&&` \xB7 ${n.user_id}`]}))}):e("p",{class:"muted",children:"The first change begins the list."})}),l&&e(k,{of:d,children:i=>i.definition===
c?e("p",{class:"muted",children:"This is what it says now."}):e(O,{title:`Version ${l} and now`,left:i.definition??"",right:c})})]})}export{ke as EditWorkflow,ve as WorkflowPage,we as Workflows};
