import{a as ye,b as ve}from"./chunk-ORXPCGNA.js";import{a as xe}from"./chunk-OUFK3CXQ.js";import"./chunk-OB3QYSTV.js";import{b as we,c as ke}from"./chunk-SA5DILO3.js";
import{D as V,E as L,N as K,O as de,Y as i,_ as me,a as I,aa as pe,ba as ge,d as v,e as j,ea as he,f as le,fa as be,g as R,h as N,ha as E,o as fe,p as ue,r as D}from"./chunk-O26X54IO.js";var ze=["type","description","tags","input","vars","output","output-on-error","task-defaults","tasks"],Se=["retry","timeout","wait-before","wait-after","pause-b\
efore","fail-on","concurrency"],Z=["on-success","on-error","on-complete","on-skip"],Be=["action","workflow","input","publish","publish-on-error","publish-on-ski\
p",...Z,"join","requires","with-items",...Se,"keep-result","safe-rerun","target","description","tags"],Je=["count","delay","break-on","continue-on"],je=[...Z,...Se,
"requires","safe-rerun"],Ve=["fail","succeed","pause","noop"],Ze=40,$e=4e3;function Y(e,s){let n=e.slice(Math.max(0,s-$e),s);for(let[o,t]of[["<%","%>"],["{{","}\
}"]]){let r=n.lastIndexOf(o);if(r<0||n.lastIndexOf(t)>r)continue;let l=e.indexOf(t,s);return{from:s-n.length+r,to:l<0?s:l+t.length}}}var U=e=>({indent:e.search(
/\S/),key:/^\s*(?:- )?["']?([\w. -]+?)["']?\s*:/.exec(e)?.[1]});function X(e,s){let n=e.slice(0,s).split(`
`),o=n[n.length-1],t=o.trim()?o.search(/\S/):o.length,r=[];for(let l=n.length-2;l>=0&&t>0;l--){let c=U(n[l]);c.indent<0||n[l].trimStart().startsWith("#")||c.indent>=
t||(t=c.indent,c.key&&r.unshift(c.key))}return r}function Te(e){let s=new Set,n=-1,o=-1;for(let t of e.split(`
`)){let{indent:r,key:l}=U(t);r<0||(n>=0&&r<=n&&(n=o=-1),l==="tasks"?n=r:n>=0&&l&&(o<0||r===o)&&(o=r,s.add(l)))}return[...s]}function Ye(e){let s=new Set,n=e.split(
`
`),o=-1;n.forEach((t,r)=>{let{indent:l,key:c}=U(t);if(!(l<0)&&(o>=0&&l<=o&&(o=-1),c==="tasks"&&(o=l),!(o>=0&&c==="input")&&!(!c||!/^(input|vars|publish|publish-on-error|publish-on-skip)$/.
test(c)))){for(let[,f]of t.slice(t.indexOf(":")+1).matchAll(/(?:^|[[{,])\s*-?\s*["']?([A-Za-z_]\w*)["']?\s*(?=[:,\]}]|$)/g))s.add(f);for(let f=r+1;f<n.length;f++){
let u=U(n[f]);if(u.indent<0)continue;if(u.indent<=l&&!n[f].trimStart().startsWith("- ")||u.indent<l)break;let m=/^\s*(?:- )?["']?([A-Za-z_]\w*)["']?\s*(?::|$)/.
exec(n[f])?.[1];m&&s.add(m)}}});for(let[,t]of e.matchAll(/publish(?:-on-\w+)?:\s*\{\s*["']?([A-Za-z_]\w*)/g))s.add(t);return[...s]}function M(e,s,n,o){if(!s&&!o)
return;let t=s.toLowerCase(),r=n.filter(f=>f.text.toLowerCase().startsWith(t)&&f.text!==s),l=n.filter(f=>!r.includes(f)&&t.length>1&&f.text.toLowerCase().includes(
t)&&f.text!==s),c=[...r,...l].slice(0,Ze);return c.length?{from:e,items:c}:void 0}var G=(e,s)=>e.map(n=>({text:n,note:s}));function Xe(e,s,n,o){let t=e.slice(Math.
max(0,s-$e),s),r=/(?:\$|\b_)\.(\w*)$/.exec(t);if(r){let u=n.sample??{},m=p=>p in u?(JSON.stringify(u[p])??"").slice(0,60):void 0,g=new Set([...Object.keys(u),...Ye(
e)]);return M(s-r[1].length,r[1],[...g].map(p=>({text:p,note:m(p)})),!0)}let l=/\btask\(\s*['"]?([\w-]*)$/.exec(t);if(l)return M(s-l[1].length,l[1],G(Te(e),"tas\
k"),!0);let c=/([A-Za-z_]\w*)$/.exec(t)?.[1]??"",f=n.functions.map(u=>({text:u.name,insert:`${u.name}(`,note:u.signature}));return M(s-c.length,c,f,o)}function Oe(e,s,n,o){
if(Y(e,s))return Xe(e,s,n,o);let t=e.slice(e.lastIndexOf(`
`,s-1)+1,s),r=/(?:^|[{,\s])action:\s*([\w.-]*)$/.exec(t);if(r)return M(s-r[1].length,r[1],n.actions.map(h=>({text:h.name,note:h.input})),!0);let l=/(?:^|[{,\s])action:\s*([\w.-]+)\s(?:.*\s)?(\w*)$/.
exec(t);if(l){let q=(n.actions.find(T=>T.name===l[1])?.input??"").split(",").map(T=>T.trim().split("=")).filter(([T])=>T);return M(s-l[2].length,l[2],q.map(([T,
S])=>({text:T,insert:`${T}=`,note:S?`else ${S}`:"needed"})),o)}let c=/(?:^|[{,\s])workflow:\s*([\w.-]*)$/.exec(t);if(c)return M(s-c[1].length,c[1],G(n.workflows),
!0);let f=X(e,s),u=f[f.length-1],m=h=>h!==void 0&&(Z.includes(h)||h==="requires"||h==="next"),g=/(?:^|[{,\s])(on-\w+|requires|next):\s*\[?(?:[^\]]*[,\s[])?([\w-]*)$/.
exec(t),p=/^\s*- ([\w-]*)$/.exec(t),d=g?g[2]:p&&m(u)?p[1]:void 0;if(d!==void 0&&(!g||m(g[1])))return M(s-d.length,d,[...G(Te(e),"task"),...G(Ve,"command")],!0);
let w=/^(\s*)([\w-]*)$/.exec(t);if(!w)return;let k=f.lastIndexOf("tasks"),x=k<0?f.length:f.length-k,O=k<0?u==="task-defaults"?je:f.length===1?ze:f.length===0?["\
version"]:[]:u==="retry"?Je:x===2?Be:[];return M(s-w[2].length,w[2],O.map(h=>({text:h,insert:`${h}: `})),o)}var Ee=/<%.*?(?:%>|$)|\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)/y,Qe=/"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?/y,et=/[\w.$/-]+(?=\s*:(?:\s|$))/y,tt=/(?:true|false|null|~|-?\d+(?:\.\d+)?)(?=$|[\s,\]}])/y,
nt=/#.*/y,st=/[\w.$/-]+|\s+|./y,ot=/[\s[{,:=(]/;function P(e,s,n){return e.lastIndex=n,e.exec(s)?.[0]}function Ce(e,s,n){let o=0;for(let t=0;t<e.length;t++){if(e[t]!==
"<"&&e[t]!=="{")continue;let r=P(Ee,e,t);r&&(t>o&&n.push([s,e.slice(o,t)]),n.push(["expression",r]),o=t+r.length,t=o-1)}o<e.length&&n.push([s,e.slice(o)])}function Me(e,s){
let n=[];if(s)return Ce(e,"string",n),n;for(let o=0;o<e.length;){let t=o===0?" ":e[o-1],r=P(Ee,e,o),l=ot.test(t),c=l&&!r?P(Qe,e,o):void 0,f=/\s/.test(t)?P(nt,e,
o):void 0,u=l?P(et,e,o):void 0,m=l?P(tt,e,o):void 0,g=r??c??f??u??m??P(st,e,o);if(c)/^\s*:(?:\s|$)/.test(e.slice(o+c.length))?n.push(["key",c]):Ce(c,"string",n);else if(r||
f||u||m)n.push([r?"expression":f?"comment":u?"key":"literal",g]);else{let p=n[n.length-1];p?.[0]===""?p[1]+=g:n.push(["",g])}o+=g.length}return n}var rt=300,it=/(?:^|[\s:-])[|>][+-]?\d?[+-]?\s*(?:#.*)?$/;
function Ae(e,s,n){let o=[],t;for(let r=Math.max(0,s-rt);r<Math.min(n,e.length);r++){let l=e[r].search(/\S/);t!==void 0&&l>=0&&l<=t&&(t=void 0);let c=t!==void 0;
!c&&l>=0&&it.test(e[r])&&(t=l),r>=s&&o.push(c)}return o}var Le=30;function Pe({area:e,value:s,onScroll:n,...o}){let t=R(null),[r,l]=v({from:0,until:80}),c=N(()=>s.split(`
`),[s]),f=()=>{let m=e.current,g=getComputedStyle(m),p=parseFloat(g.lineHeight)||18,[d,w]=[Math.floor(m.scrollTop/p),Math.ceil((m.scrollTop+m.clientHeight)/p)],
k=r.from;(d<r.from||w>r.until)&&(k=Math.max(0,d-Le),l({from:k,until:w+Le})),t.current.style.transform=`translate(${-m.scrollLeft}px, ${r.from*p-m.scrollTop}px)`};
le(()=>{f();let m=new ResizeObserver(f);return m.observe(e.current),()=>m.disconnect()},[r,s]);let u=N(()=>Ae(c,r.from,r.until),[c,r]);return i("span",{class:"c\
oloured",children:[i("pre",{ref:t,class:"picture","aria-hidden":"true",children:c.slice(r.from,r.until).map((m,g)=>i(I,{children:[Me(m,u[g]).map(([p,d])=>p?i("s\
pan",{class:`of-${p}`,children:d}):d),`
`]}))}),i("textarea",{ref:e,class:"editor",spellcheck:!1,value:s,onScroll:()=>{f(),n()},...o})]})}function _e(e,s){let n=[],o=0;for(let[t]of ye(e,s))t!=="+"&&n.push(t===" "?o:-1),t!=="-"&&(o+=1);return n}var Q=(e,s)=>e.length===s.length&&e.every((n,o)=>n===s[o]);
function Ie(e,s,n){let[o,t,r]=[e,s,n].map(d=>d.split(`
`)),[l,c]=[_e(e,s),_e(e,n)],f=[],[u,m,g]=[0,0,0],p=(d,w,k)=>{let x={base:o.slice(u,d),mine:t.slice(m,w),theirs:r.slice(g,k)};if(!x.base.length&&!x.mine.length&&
!x.theirs.length)return;let O=Q(x.mine,x.theirs)?"both":Q(x.mine,x.base)?"theirs":Q(x.theirs,x.base)?"mine":"conflict";f.push({kind:O,...x})};for(let d=0;d<o.length;d++){
if(l[d]<0||c[d]<0)continue;p(d,l[d],c[d]);let w=[o[d]],k=f[f.length-1];k?.kind==="same"?k.base.push(o[d]):f.push({kind:"same",base:w,mine:w,theirs:w}),[u,m,g]=[
d+1,l[d]+1,c[d]+1]}return p(o.length,t.length,r.length),f}function De(e,s){let n=0;return e.flatMap(t=>{if(t.kind==="same")return t.base;if(t.kind==="theirs")return t.
theirs;if(t.kind!=="conflict")return t.mine;let r=s[n++];return r==="both"?[...t.theirs,...t.mine]:r==="theirs"?t.theirs:t.mine}).join(`
`)}var at=[["theirs","theirs"],["mine","mine"],["both","both, theirs first"]];function Ke({name:e,base:s,mine:n,theirs:o,at:t,take:r,close:l}){let c=N(()=>Ie(s,n,o),
[s,n,o]),f=c.filter(d=>d.kind==="conflict"),[u,m]=v(()=>f.map(()=>{})),g=d=>c.filter(w=>w.kind===d).length,p=u.filter(d=>d===void 0).length;return i(he,{title:`\
Somebody else has saved ${e}`,close:l,children:[i("p",{children:["It was changed ",i(me,{time:de(t)}),", after you had begun. Nothing of it has been overwritten\
. Changed by them only: ",g("theirs"),", by you only: ",g("mine"),": both are in the merged text. ",f.length?`Changed by both: ${f.length}, for you to choose.`:
"No place was changed by both."]}),f.map((d,w)=>i("fieldset",{class:"conflict",children:[i("legend",{children:["Place ",w+1," of ",f.length]}),i("div",{class:"t\
hree",children:[["Before",d.base],["Theirs",d.theirs],["Mine",d.mine]].map(([k,x])=>i("section",{children:[i("h3",{children:k}),i("pre",{tabIndex:0,"aria-label":`${k}\
, place ${w+1}`,children:x.length?x.join(`
`):i("span",{class:"muted",children:"nothing"})})]}))}),i("p",{children:at.map(([k,x])=>i("label",{children:[i("input",{type:"radio",name:`place-${w}`,checked:u[w]===
k,onChange:()=>m(u.map((O,h)=>h===w?k:O))})," ",x," "]}))})]})),i("div",{class:"buttons",children:[i("button",{class:"primary",disabled:p>0,onClick:()=>r(De(c,u)),
children:p?`Choose at ${p} ${p===1?"place":"places"}`:"Take the merged text"}),i("button",{onClick:()=>r(o),children:"Take theirs"}),i("button",{onClick:()=>r(n),
children:"Go on with mine"}),i("button",{onClick:l,children:"Leave it"})]}),i("p",{class:"muted",children:"Nothing is saved yet: the text comes into the editor,\
 and saving shows what it changes of theirs."})]})}var ct=`version: '2.0'

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
`,lt=new Map;function Jt({id:e}){let s=e==="new",n=E(s?void 0:`/v2/workflows/${L(e)}`);return s?i(Re,{text:ct}):i(ge,{of:n,children:o=>i(Re,{text:o.definition,namespace:o.
namespace,workflow:o})})}var ft=400,ut=1500,dt=2e5;function mt(e,s){let[n,o]=v({diagnostics:[]});return j(()=>{if(s)return;let t=new AbortController,l=setTimeout(
async()=>{try{let c=await K("/v2/workflows/validate?diagnostics=true",{method:"POST",text:e,signal:t.signal});o(u=>({...u,valid:c.valid,message:c.error,diagnostics:c.
diagnostics??[]}));let f=await K("/v2/graphs",{method:"POST",text:e,signal:t.signal});o(u=>({...u,graph:f}))}catch{}},e.length>dt?ut:ft);return()=>{clearTimeout(
l),t.abort()}},[e,s]),n}function ee(e,s,n){let o=0;for(let t=1;t<s;t++){let r=e.indexOf(`
`,o);if(r<0)return e.length;o=r+1}return o+n-1}function pt(e){let s=E("/v2/actions?limit=1000&fields=name,input"),n=E("/v2/workflows?limit=1000&fields=name"),o=E(
"/v2/expressions/functions");return{actions:s.data?.actions??[],workflows:n.data?.workflows.map(t=>t.name)??[],functions:o.data?.functions??[],sample:e}}function gt(e,s){
let[n,o]=v(""),t=E(n?`/v2/executions/${L(n)}/tasks?limit=1000&fields=id,name`:void 0),r=X(e,s),l=r.lastIndexOf("tasks"),c=e.slice(e.lastIndexOf(`
`,s-1)+1).split(`
`)[0],f=l>=0?r[l+1]??/^\s*([\w.-]+):/.exec(c)?.[1]:void 0,u=t.data?.tasks.find(g=>g.name===f),m=E(u&&`/v2/tasks/${L(u.id)}/context`);return{sampled:{run:n,context:m.
data?.context,task:u?.name},choose:o,taskId:u?.id}}function ht({offer:e,at:s,place:n,take:o}){let t=R(null);return j(()=>t.current?.children[s]?.scrollIntoView(
{block:"nearest"}),[s]),i("ul",{ref:t,id:"offers",class:"offers",role:"listbox","aria-label":"What fits here",style:{left:`${n.left}px`,top:`${n.top}px`},children:e.
items.map((r,l)=>i("li",{id:`offer-${l}`,role:"option","aria-selected":l===s,onPointerDown:c=>{c.preventDefault(),o(r)},children:[i("strong",{children:r.text}),
" ",i("span",{class:"muted",children:r.note})]}))})}function bt(e,s){let n=getComputedStyle(e),o=document.createElement("canvas").getContext("2d");o.font=`${n.fontSize}\
 ${n.fontFamily}`;let t=e.value.slice(0,s).split(`
`),r=parseFloat(n.lineHeight)||parseFloat(n.fontSize)*1.4,l=o.measureText(t[t.length-1]).width+parseFloat(n.paddingLeft)-e.scrollLeft;return{left:Math.max(0,Math.
min(l,e.clientWidth-220)),top:t.length*r+parseFloat(n.paddingTop)-e.scrollTop+e.parentElement.offsetTop+4}}function wt(e){try{return JSON.parse(D.get(e)??"null")??
void 0}catch{return}}function Re({text:e,namespace:s,workflow:n}){let o=`draft.${n?.id??"new"}`,[t]=v(()=>wt(o)),[r,l]=v(t?.text??e),[c,f]=v(()=>t&&n?{...n,definition:t.
base,checksum:t.checksum??void 0}:n),[u,m]=v(),g=c?.definition??e,[p,d]=v(),[w,k]=v(!1),x=c?"workflows:update":"workflows:create",O=we(x),h=R(null),[q,T]=v(0),[
S,_]=v(),[W,te]=v(0),[A,z]=v(),{sampled:F,choose:Ne,taskId:ne}=gt(r,q),We=pt(F.context),$=mt(r,S!==void 0),[Fe,He]=v(),H=a=>{l(a),a===g?D.drop(o):D.set(o,JSON.stringify(
{text:a,base:g,checksum:c?.checksum}))},se=a=>{let b=h.current.selectionStart;T(b),_(Oe(h.current.value,b,We,a)),te(0)},oe=a=>{let[b,y]=[h.current.selectionStart,
a.insert??a.text],C=r.slice(0,S.from)+y+r.slice(b),J=S.from+y.length;h.current.value=C,h.current.setSelectionRange(J,J),H(C),_(void 0),T(J)},Ge=async()=>{let a=Y(
r,h.current.selectionStart);if(!a)return;let b=r.slice(a.from,a.to),y=ne?{expression:b,task_execution_id:ne}:{expression:b,context:{}};try{z({text:b,of:F.task,answer:await K(
"/v2/expressions",{method:"POST",json:y})})}catch(C){z({text:b,of:F.task,answer:{error:C.message,took_us:0}})}},Ue=a=>{if(!S)return!1;let b={ArrowDown:1,ArrowUp:-1}[a.
key];if(b)te((W+b+S.items.length)%S.items.length);else if(a.key==="Enter"||a.key==="Tab")oe(S.items[W]);else if(a.key==="Escape")_(void 0);else return!1;return a.
preventDefault(),!0},re=async()=>{let a=c?.checksum?{"If-Match":`"${c.checksum}"`}:void 0,b;try{b=await K(`/v2/workflows${V({namespace:s})}`,{method:c?"PUT":"PO\
ST",text:r,headers:a})}catch(y){if(!c||y.status!==412)throw y;return m(await K(`/v2/workflows/${L(c.id)}`))}D.drop(o),ue(`/workflows/${L(b.workflows[0].id)}`)},
ie=()=>re().catch(a=>d(a)),B=(a,b=1)=>{let y=ee(r,a,b);h.current?.focus(),h.current?.setSelectionRange(y,y);let C=parseFloat(getComputedStyle(h.current).lineHeight)||
18;h.current.scrollTop=Math.max(0,(a-5)*C)},ae=a=>{let[b,y]=[ee(r,a.line,a.column),ee(r,a.end_line??a.line,a.end_column??a.column)];H(r.slice(0,b)+a.replacement+
r.slice(y))},qe=a=>{if(!Ue(a)){if((a.metaKey||a.ctrlKey)&&a.key===" ")se(!0);else if((a.metaKey||a.ctrlKey)&&a.key==="e")Ge();else if((a.metaKey||a.ctrlKey)&&a.
key==="s")c&&O?k(!0):O&&ie();else if(a.key==="F8"&&$.diagnostics.length){let b=r.slice(0,h.current.selectionStart).split(`
`).length,y=$.diagnostics.find(C=>C.line>b)??$.diagnostics[0];B(y.line,y.column)}else if((a.metaKey||a.ctrlKey)&&a.key==="."){let b=$.diagnostics.find(y=>y.replacement!==
void 0);b&&ae(b)}else return;a.preventDefault()}},ce=$.diagnostics.filter(a=>a.severity!=="error").length;return i(I,{children:[i("div",{class:"title",children:[
i("h1",{children:c?`Edit ${c.name}`:"Upload workflows"}),i("span",{role:"status",class:$.valid?"state-success":"state-error",children:$.valid===void 0?"":$.valid?
`\u25CF The document is valid${ce?`, ${ce} warnings`:""}.`:`\u2716 ${($.message??"not valid").split(`
`)[0]}`})]}),i("div",{class:"editing",children:[i("div",{class:"writing",children:[i("label",{class:"block",children:["Document",i(Pe,{area:h,value:r,"aria-auto\
complete":"list","aria-controls":S?"offers":void 0,"aria-activedescendant":S?`offer-${W}`:void 0,onKeyDown:qe,onInput:a=>{H(a.currentTarget.value),se(!1)},onClick:a=>{
_(void 0),T(a.currentTarget.selectionStart)},onScroll:()=>_(void 0),onBlur:()=>_(void 0)})]}),S&&h.current&&i(ht,{offer:S,at:W,place:bt(h.current,S.from),take:oe}),
c&&i(kt,{name:c.name,sampled:F,choose:Ne}),A&&i("p",{class:"info",role:"status",children:[i("code",{children:A.text})," ",A.of?i("span",{class:"muted",children:[
"as ",A.of," saw it"]}):i("span",{class:"muted",children:"with nothing around it"}),": ",A.answer.error===void 0?i("strong",{class:"state-success",children:JSON.
stringify(A.answer.result)}):i("span",{class:"state-error",children:["\u2716 ",A.answer.error]})," ",i("button",{class:"small",onClick:()=>z(void 0),children:"C\
lose"})]})]}),i("div",{children:[$.graph&&i(xe,{graph:$.graph,states:lt,selected:Fe,onSelect:a=>{He(a);let b=$.graph.nodes.find(y=>y.name===a);b?.line&&B(b.line)}}),
$.diagnostics.length>0&&i("section",{class:"panel","aria-label":"Problems",children:[i("h2",{children:"Problems"}),i("ul",{class:"plain",children:$.diagnostics.
slice(0,100).map(a=>i("li",{children:[i("span",{class:a.severity==="error"?"state-error":"state-paused",children:a.severity==="error"?"\u2716":"\u26A0"})," ",i(
"button",{class:"link",onClick:()=>B(a.line,a.column),children:[a.line,":",a.column]})," ",a.message," ",i("span",{class:"muted",children:[a.code,a.help?` \xB7 ${a.
help}`:""]}),a.replacement!==void 0&&i(I,{children:[" ",i("button",{class:"small",onClick:()=>ae(a),children:"Mend"})]})]}))})]})]})]}),i("div",{class:"buttons",
children:[i(ke,{rule:x,children:i("button",{class:"primary",onClick:()=>c?k(!0):ie(),children:c?"Save\u2026 (Ctrl S)":"Upload (Ctrl S)"})}),i("a",{class:"button",
href:fe(c?`/workflows/${L(c.id)}`:"/workflows"),children:"Leave it"}),r!==g&&i("button",{onClick:()=>H(g),children:"Drop the changes"}),i("span",{class:"muted",
children:"Ctrl Space what fits \xB7 Ctrl E try the expression \xB7 F8 next problem \xB7 Ctrl . mend \xB7 Esc Tab leaves the text"})]}),p&&i(pe,{error:p}),u&&c&&
i(Ke,{name:c.name,base:c.definition,mine:r,theirs:u.definition,at:u.updated_at??u.created_at,close:()=>m(void 0),take:a=>{f(u),m(void 0),l(a),D.set(o,JSON.stringify(
{text:a,base:u.definition,checksum:u.checksum}))}}),w&&c&&i(be,{title:`Save ${c.name}?`,label:"Save as a new version",act:re,close:()=>k(!1),children:[i(ve,{title:"\
What changes",left:c.definition,right:r}),i("p",{class:"muted",children:"Runs that have begun go on with what they began with."})]})]})}function kt({name:e,sampled:s,
choose:n}){let o=E(`/v2/executions${V({workflow_name:e,limit:10,sort_keys:"created_at",sort_dirs:"desc",fields:"id,state,created_at"})}`);return o.data?.executions.
length?i("p",{class:"facts",children:[i("label",{children:["Sample ",i("select",{value:s.run,onChange:t=>n(t.currentTarget.value),children:[i("option",{value:"",
children:"no run"}),o.data.executions.map(t=>i("option",{value:t.id,children:[t.state," ",t.created_at]}))]})]})," ",s.run&&(s.task?i(I,{children:["what ",i("st\
rong",{children:s.task})," saw is offered, and expressions are tried on it"]}):"put the caret into a task that has run")]}):null}export{Jt as EditWorkflow};
