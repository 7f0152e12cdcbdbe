import{a as ce}from"./chunk-XT7FW7QK.js";import{a as ae}from"./chunk-LNNLECVR.js";import"./chunk-OB3QYSTV.js";import{b as oe,c as ie}from"./chunk-55JZBHOK.js";
import{$ as ne,D as N,E as C,N as L,X as o,a as D,aa as se,d as y,e as U,ea as re,f as G,ja as O,o as ee,p as te,r as K}from"./chunk-2L4TPQFS.js";var ye=["type","description","tags","input","vars","output","output-on-error","task-defaults","tasks"],le=["retry","timeout","wait-before","wait-after","pause-b\
efore","fail-on","concurrency"],z=["on-success","on-error","on-complete","on-skip"],ve=["action","workflow","input","publish","publish-on-error","publish-on-ski\
p",...z,"join","requires","with-items",...le,"keep-result","safe-rerun","target","description","tags"],Se=["count","delay","break-on","continue-on"],$e=[...z,...le,
"requires","safe-rerun"],Oe=["fail","succeed","pause","noop"],Te=40,ue=4e3;function H(r,s){let e=r.slice(Math.max(0,s-ue),s);for(let[i,t]of[["<%","%>"],["{{","}\
}"]]){let c=e.lastIndexOf(i);if(c<0||e.lastIndexOf(t)>c)continue;let a=r.indexOf(t,s);return{from:s-e.length+c,to:a<0?s:a+t.length}}}var P=r=>({indent:r.search(
/\S/),key:/^\s*(?:- )?["']?([\w. -]+?)["']?\s*:/.exec(r)?.[1]});function q(r,s){let e=r.slice(0,s).split(`
`),i=e[e.length-1],t=i.trim()?i.search(/\S/):i.length,c=[];for(let a=e.length-2;a>=0&&t>0;a--){let l=P(e[a]);l.indent<0||e[a].trimStart().startsWith("#")||l.indent>=
t||(t=l.indent,l.key&&c.unshift(l.key))}return c}function fe(r){let s=new Set,e=-1,i=-1;for(let t of r.split(`
`)){let{indent:c,key:a}=P(t);c<0||(e>=0&&c<=e&&(e=i=-1),a==="tasks"?e=c:e>=0&&a&&(i<0||c===i)&&(i=c,s.add(a)))}return[...s]}function Ee(r){let s=new Set,e=r.split(
`
`),i=-1;e.forEach((t,c)=>{let{indent:a,key:l}=P(t);if(!(a<0)&&(i>=0&&a<=i&&(i=-1),l==="tasks"&&(i=a),!(i>=0&&l==="input")&&!(!l||!/^(input|vars|publish|publish-on-error|publish-on-skip)$/.
test(l)))){for(let[,u]of t.slice(t.indexOf(":")+1).matchAll(/(?:^|[[{,])\s*-?\s*["']?([A-Za-z_]\w*)["']?\s*(?=[:,\]}]|$)/g))s.add(u);for(let u=c+1;u<e.length;u++){
let f=P(e[u]);if(f.indent<0)continue;if(f.indent<=a&&!e[u].trimStart().startsWith("- ")||f.indent<a)break;let k=/^\s*(?:- )?["']?([A-Za-z_]\w*)["']?\s*(?::|$)/.
exec(e[u])?.[1];k&&s.add(k)}}});for(let[,t]of r.matchAll(/publish(?:-on-\w+)?:\s*\{\s*["']?([A-Za-z_]\w*)/g))s.add(t);return[...s]}function T(r,s,e,i){if(!s&&!i)
return;let t=s.toLowerCase(),c=e.filter(u=>u.text.toLowerCase().startsWith(t)&&u.text!==s),a=e.filter(u=>!c.includes(u)&&t.length>1&&u.text.toLowerCase().includes(
t)&&u.text!==s),l=[...c,...a].slice(0,Te);return l.length?{from:r,items:l}:void 0}var W=(r,s)=>r.map(e=>({text:e,note:s}));function _e(r,s,e,i){let t=r.slice(Math.
max(0,s-ue),s),c=/(?:\$|\b_)\.(\w*)$/.exec(t);if(c){let f=e.sample??{},k=p=>p in f?(JSON.stringify(f[p])??"").slice(0,60):void 0,x=new Set([...Object.keys(f),...Ee(
r)]);return T(s-c[1].length,c[1],[...x].map(p=>({text:p,note:k(p)})),!0)}let a=/\btask\(\s*['"]?([\w-]*)$/.exec(t);if(a)return T(s-a[1].length,a[1],W(fe(r),"tas\
k"),!0);let l=/([A-Za-z_]\w*)$/.exec(t)?.[1]??"",u=e.functions.map(f=>({text:f.name,insert:`${f.name}(`,note:f.signature}));return T(s-l.length,l,u,i)}function de(r,s,e,i){
if(H(r,s))return _e(r,s,e,i);let t=r.slice(r.lastIndexOf(`
`,s-1)+1,s),c=/(?:^|[{,\s])action:\s*([\w.-]*)$/.exec(t);if(c)return T(s-c[1].length,c[1],e.actions.map(h=>({text:h.name,note:h.input})),!0);let a=/(?:^|[{,\s])action:\s*([\w.-]+)\s(?:.*\s)?(\w*)$/.
exec(t);if(a){let v=(e.actions.find(b=>b.name===a[1])?.input??"").split(",").map(b=>b.trim().split("=")).filter(([b])=>b);return T(s-a[2].length,a[2],v.map(([b,
_])=>({text:b,insert:`${b}=`,note:_?`else ${_}`:"needed"})),i)}let l=/(?:^|[{,\s])workflow:\s*([\w.-]*)$/.exec(t);if(l)return T(s-l[1].length,l[1],W(e.workflows),
!0);let u=q(r,s),f=u[u.length-1],k=h=>h!==void 0&&(z.includes(h)||h==="requires"||h==="next"),x=/(?:^|[{,\s])(on-\w+|requires|next):\s*\[?(?:[^\]]*[,\s[])?([\w-]*)$/.
exec(t),p=/^\s*- ([\w-]*)$/.exec(t),I=x?x[2]:p&&k(f)?p[1]:void 0;if(I!==void 0&&(!x||k(x[1])))return T(s-I.length,I,[...W(fe(r),"task"),...W(Oe,"command")],!0);
let E=/^(\s*)([\w-]*)$/.exec(t);if(!E)return;let m=u.lastIndexOf("tasks"),S=m<0?u.length:u.length-m,A=m<0?f==="task-defaults"?$e:u.length===1?ye:u.length===0?["\
version"]:[]:f==="retry"?Se:S===2?ve:[];return T(s-E[2].length,E[2],A.map(h=>({text:h,insert:`${h}: `})),i)}var Ae=`version: '2.0'

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
`,Ce=new Map;function Ye({id:r}){let s=r==="new",e=O(s?void 0:`/v2/workflows/${C(r)}`);return s?o(pe,{text:Ae}):o(se,{of:e,children:i=>o(pe,{text:i.definition,namespace:i.
namespace,workflow:i})})}var Ie=400,Ke=1500,Le=2e5;function Me(r,s){let[e,i]=y({diagnostics:[]});return U(()=>{if(s)return;let t=new AbortController,a=setTimeout(
async()=>{try{let l=await L("/v2/workflows/validate?diagnostics=true",{method:"POST",text:r,signal:t.signal});i(f=>({...f,valid:l.valid,message:l.error,diagnostics:l.
diagnostics??[]}));let u=await L("/v2/graphs",{method:"POST",text:r,signal:t.signal});i(f=>({...f,graph:u}))}catch{}},r.length>Le?Ke:Ie);return()=>{clearTimeout(
a),t.abort()}},[r,s]),e}function V(r,s,e){let i=0;for(let t=1;t<s;t++){let c=r.indexOf(`
`,i);if(c<0)return r.length;i=c+1}return i+e-1}function De(r){let s=O("/v2/actions?limit=1000&fields=name,input"),e=O("/v2/workflows?limit=1000&fields=name"),i=O(
"/v2/expressions/functions");return{actions:s.data?.actions??[],workflows:e.data?.workflows.map(t=>t.name)??[],functions:i.data?.functions??[],sample:r}}function We(r,s){
let[e,i]=y(""),t=O(e?`/v2/executions/${C(e)}/tasks?limit=1000&fields=id,name`:void 0),c=q(r,s),a=c.lastIndexOf("tasks"),l=r.slice(r.lastIndexOf(`
`,s-1)+1).split(`
`)[0],u=a>=0?c[a+1]??/^\s*([\w.-]+):/.exec(l)?.[1]:void 0,f=t.data?.tasks.find(x=>x.name===u),k=O(f&&`/v2/tasks/${C(f.id)}/context`);return{sampled:{run:e,context:k.
data?.context,task:f?.name},choose:i,taskId:f?.id}}function Pe({offer:r,at:s,place:e,take:i}){let t=G(null);return U(()=>t.current?.children[s]?.scrollIntoView(
{block:"nearest"}),[s]),o("ul",{ref:t,id:"offers",class:"offers",role:"listbox","aria-label":"What fits here",style:{left:`${e.left}px`,top:`${e.top}px`},children:r.
items.map((c,a)=>o("li",{id:`offer-${a}`,role:"option","aria-selected":a===s,onPointerDown:l=>{l.preventDefault(),i(c)},children:[o("strong",{children:c.text}),
" ",o("span",{class:"muted",children:c.note})]}))})}function Re(r,s){let e=getComputedStyle(r),i=document.createElement("canvas").getContext("2d");i.font=`${e.fontSize}\
 ${e.fontFamily}`;let t=r.value.slice(0,s).split(`
`),c=parseFloat(e.lineHeight)||parseFloat(e.fontSize)*1.4,a=i.measureText(t[t.length-1]).width+parseFloat(e.paddingLeft)-r.scrollLeft;return{left:Math.max(0,Math.
min(a,r.clientWidth-220)),top:t.length*c+parseFloat(e.paddingTop)-r.scrollTop+r.offsetTop+4}}function pe({text:r,namespace:s,workflow:e}){let i=`draft.${e?.id??
"new"}`,[t,c]=y(()=>K.get(i)??r),[a,l]=y(),[u,f]=y(!1),k=e?"workflows:update":"workflows:create",x=oe(k),p=G(null),[I,E]=y(0),[m,S]=y(),[A,h]=y(0),[v,b]=y(),{sampled:_,
choose:me,taskId:Z}=We(t,I),ge=De(_.context),w=Me(t,m!==void 0),[he,we]=y(),M=n=>{c(n),n===r?K.drop(i):K.set(i,n)},j=n=>{let d=p.current.selectionStart;E(d),S(de(
p.current.value,d,ge,n)),h(0)},J=n=>{let[d,g]=[p.current.selectionStart,n.insert??n.text],$=t.slice(0,m.from)+g+t.slice(d),F=m.from+g.length;p.current.value=$,p.
current.setSelectionRange(F,F),M($),S(void 0),E(F)},ke=async()=>{let n=H(t,p.current.selectionStart);if(!n)return;let d=t.slice(n.from,n.to),g=Z?{expression:d,task_execution_id:Z}:
{expression:d,context:{}};try{b({text:d,of:_.task,answer:await L("/v2/expressions",{method:"POST",json:g})})}catch($){b({text:d,of:_.task,answer:{error:$.message,
took_us:0}})}},be=n=>{if(!m)return!1;let d={ArrowDown:1,ArrowUp:-1}[n.key];if(d)h((A+d+m.items.length)%m.items.length);else if(n.key==="Enter"||n.key==="Tab")J(
m.items[A]);else if(n.key==="Escape")S(void 0);else return!1;return n.preventDefault(),!0},B=async()=>{let n=e?.checksum?{"If-Match":`"${e.checksum}"`}:void 0,d=await L(
`/v2/workflows${N({namespace:s})}`,{method:e?"PUT":"POST",text:t,headers:n});K.drop(i),te(`/workflows/${C(d.workflows[0].id)}`)},X=()=>B().catch(n=>l(n)),R=(n,d=1)=>{
let g=V(t,n,d);p.current?.focus(),p.current?.setSelectionRange(g,g);let $=parseFloat(getComputedStyle(p.current).lineHeight)||18;p.current.scrollTop=Math.max(0,
(n-5)*$)},Y=n=>{let[d,g]=[V(t,n.line,n.column),V(t,n.end_line??n.line,n.end_column??n.column)];M(t.slice(0,d)+n.replacement+t.slice(g))},xe=n=>{if(!be(n)){if((n.
metaKey||n.ctrlKey)&&n.key===" ")j(!0);else if((n.metaKey||n.ctrlKey)&&n.key==="e")ke();else if((n.metaKey||n.ctrlKey)&&n.key==="s")e&&x?f(!0):x&&X();else if(n.
key==="F8"&&w.diagnostics.length){let d=t.slice(0,p.current.selectionStart).split(`
`).length,g=w.diagnostics.find($=>$.line>d)??w.diagnostics[0];R(g.line,g.column)}else if((n.metaKey||n.ctrlKey)&&n.key==="."){let d=w.diagnostics.find(g=>g.replacement!==
void 0);d&&Y(d)}else return;n.preventDefault()}},Q=w.diagnostics.filter(n=>n.severity!=="error").length;return o(D,{children:[o("div",{class:"title",children:[o(
"h1",{children:e?`Edit ${e.name}`:"Upload workflows"}),o("span",{role:"status",class:w.valid?"state-success":"state-error",children:w.valid===void 0?"":w.valid?
`\u25CF The document is valid${Q?`, ${Q} warnings`:""}.`:`\u2716 ${(w.message??"not valid").split(`
`)[0]}`})]}),o("div",{class:"editing",children:[o("div",{class:"writing",children:[o("label",{class:"block",children:["Document",o("textarea",{ref:p,class:"edit\
or",spellcheck:!1,value:t,"aria-autocomplete":"list","aria-controls":m?"offers":void 0,"aria-activedescendant":m?`offer-${A}`:void 0,onKeyDown:xe,onInput:n=>{M(
n.currentTarget.value),j(!1)},onClick:n=>{S(void 0),E(n.currentTarget.selectionStart)},onScroll:()=>S(void 0),onBlur:()=>S(void 0)})]}),m&&p.current&&o(Pe,{offer:m,
at:A,place:Re(p.current,m.from),take:J}),e&&o(Fe,{name:e.name,sampled:_,choose:me}),v&&o("p",{class:"info",role:"status",children:[o("code",{children:v.text}),"\
 ",v.of?o("span",{class:"muted",children:["as ",v.of," saw it"]}):o("span",{class:"muted",children:"with nothing around it"}),": ",v.answer.error===void 0?o("st\
rong",{class:"state-success",children:JSON.stringify(v.answer.result)}):o("span",{class:"state-error",children:["\u2716 ",v.answer.error]})," ",o("button",{class:"\
small",onClick:()=>b(void 0),children:"Close"})]})]}),o("div",{children:[w.graph&&o(ae,{graph:w.graph,states:Ce,selected:he,onSelect:n=>{we(n);let d=w.graph.nodes.
find(g=>g.name===n);d?.line&&R(d.line)}}),w.diagnostics.length>0&&o("section",{class:"panel","aria-label":"Problems",children:[o("h2",{children:"Problems"}),o("\
ul",{class:"plain",children:w.diagnostics.slice(0,100).map(n=>o("li",{children:[o("span",{class:n.severity==="error"?"state-error":"state-paused",children:n.severity===
"error"?"\u2716":"\u26A0"})," ",o("button",{class:"link",onClick:()=>R(n.line,n.column),children:[n.line,":",n.column]})," ",n.message," ",o("span",{class:"mute\
d",children:[n.code,n.help?` \xB7 ${n.help}`:""]}),n.replacement!==void 0&&o(D,{children:[" ",o("button",{class:"small",onClick:()=>Y(n),children:"Mend"})]})]}))})]})]})]}),
o("div",{class:"buttons",children:[o(ie,{rule:k,children:o("button",{class:"primary",onClick:()=>e?f(!0):X(),children:e?"Save\u2026 (Ctrl S)":"Upload (Ctrl S)"})}),
o("a",{class:"button",href:ee(e?`/workflows/${C(e.id)}`:"/workflows"),children:"Leave it"}),t!==r&&o("button",{onClick:()=>M(r),children:"Drop the changes"}),o(
"span",{class:"muted",children:"Ctrl Space what fits \xB7 Ctrl E try the expression \xB7 F8 next problem \xB7 Ctrl . mend \xB7 Esc Tab leaves the text"})]}),a&&
o(ne,{error:a}),u&&e&&o(re,{title:`Save ${e.name}?`,label:"Save as a new version",act:B,close:()=>f(!1),children:[o(ce,{title:"What changes",left:e.definition,right:t}),
o("p",{class:"muted",children:"Runs that have begun go on with what they began with."})]})]})}function Fe({name:r,sampled:s,choose:e}){let i=O(`/v2/executions${N(
{workflow_name:r,limit:10,sort_keys:"created_at",sort_dirs:"desc",fields:"id,state,created_at"})}`);return i.data?.executions.length?o("p",{class:"facts",children:[
o("label",{children:["Sample ",o("select",{value:s.run,onChange:t=>e(t.currentTarget.value),children:[o("option",{value:"",children:"no run"}),i.data.executions.
map(t=>o("option",{value:t.id,children:[t.state," ",t.created_at]}))]})]})," ",s.run&&(s.task?o(D,{children:["what ",o("strong",{children:s.task})," saw is offe\
red, and expressions are tried on it"]}):"put the caret into a task that has run")]}):null}export{Ye as EditWorkflow};
