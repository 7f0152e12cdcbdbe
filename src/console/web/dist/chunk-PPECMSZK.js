import{b as Y}from"./chunk-C5PZHKVE.js";import{a as ee,b as te}from"./chunk-MFEKJLTG.js";import{a as Q,c as Z}from"./chunk-SA5DILO3.js";import{
D as H,E as $,F as W,G as V,O as I,Q as v,S as q,T as G,U as O,W as K,X as B,Y as e,Z as P,_ as F,a as x,ba as J,d as _,da as L,e as E,g as A,ga as X,h as j,ha as D,
j as z,n as M,o as R,p as T,q as b,s as U}from"./chunk-O26X54IO.js";function le(t){let a=[...t].sort((r,u)=>r[0]-u[0]),c=a.reduce((r,[,u])=>r+u,0)/2,s=0;return(a.find(([,r])=>(s+=r)>=c)??a[0])[0]}function ne(t){let a=new Map;for(let s of t){
if(s.p50_us===null||s.p95_us===null)continue;let r=a.get(s.workflow_name);r?r.push(s):a.set(s.workflow_name,[s])}let c=(s,r)=>le(s.map(u=>[u[r],u.succeeded+u.failed+
u.cancelled]));return new Map([...a].map(([s,r])=>[s,{p50:c(r,"p50_us"),p95:c(r,"p95_us")}]))}var ue=30,oe=()=>`/v2/statistics/activity?group_by=workflow_name&s\
tep=86400&from=${(Math.floor(Date.now()/864e5)-ue)*864e8}`,se=3e5;var ce=3e4,de=3e3;function Ne(){let{query:t}=M(),{path:a,filters:c,marker:s,isSlow:r}=V(t),[u,i]=_(0),f=!s&&!r,h=Y(f?"executions":void 0,d=>{if(d.event==="gap"&&
(!d.data.watch||d.data.watch==="executions"))return m.again();if(d.event!=="executions")return;let y=new Map(d.data.rows.map(p=>[p[0],p])),n=new Set(m.data?.executions.
map(p=>p.id));i(p=>p+[...y.keys()].filter(g=>!n.has(g)).length),m.patch(p=>({...p,executions:p.executions.map(g=>{let S=y.get(g.id);return S?{...g,state:S[2],updated_at:S[4]===
null?g.updated_at:new Date(S[4]/1e3).toISOString()}:g})}))}),m=D(a,f?h?ce:de:0);E(()=>i(0),[m.at,a]);let w=A(!1);return E(()=>{if(!u||w.current||document.getSelection()?.
toString())return;let d=setTimeout(m.again,500);return()=>clearTimeout(d)},[u]),e(x,{children:[e("div",{class:"title",children:[e("h1",{children:"Executions"}),
e(X,{text:z+a,label:"Copy as REST address"})]}),e(me,{filters:c}),u>0&&e("p",{role:"status",children:e("button",{onClick:m.again,children:[O(u)," new or changed\
 elsewhere \u2013 show"]})}),e("div",{onPointerEnter:()=>w.current=!0,onPointerLeave:()=>w.current=!1,children:e(J,{of:m,children:d=>e(x,{children:[r&&e(fe,{list:d}),
d.executions.length?e(be,{executions:d.executions,next:d.next,isFirst:!s,filters:c,again:m.again}):e(pe,{filters:c,isSlow:r,next:d.next})]})})})]})}function pe({
filters:t,isSlow:a,next:c}){let s=Object.keys(t).length>0;return a&&c?e(L,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>b(
{marker:ae(c)}),children:"Go on with older ones"})]}):s?e(L,{children:[e("p",{children:["No execution matches ",Object.keys(t).length>1?"all of these filters":"\
this filter","."]}),e("p",{class:"buttons middle",children:[Object.keys(t).length>1&&Object.keys(t).map(r=>e("button",{onClick:()=>b({[r]:void 0,marker:void 0}),
children:["Without ",r]})),e("button",{onClick:()=>T("/executions"),children:"Show all"})]})]}):e(L,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[
e("a",{href:R("/workflows"),children:"Go to the workflows"}),", upload one, and run it."]})]})}var ae=t=>new URL(t,location.origin).searchParams.get("marker")??
void 0;function fe({list:t}){let a=`${t.executions.length} found`;return t.scanned_to_us?e("p",{class:"muted",children:["Searched ",O(t.scanned??0)," executions\
, back to ",e(F,{time:t.scanned_to_us/1e3}),": ",a,". This filter has no index, so it goes on step by step."]}):e("p",{class:"muted",children:["Searched to the \
end: ",a,"."]})}function me({filters:t}){let[a,c]=_(t.workflow_name??""),[s,r]=_("state_info"),[u,i]=_("");E(()=>c(t.workflow_name??""),[t.workflow_name]);let f=Object.
entries(t).filter(([n])=>!["state","workflow_name","created_at"].includes(n)),h=n=>`gte:${new Date(Date.now()-n*36e5).toISOString().slice(0,16).replace("T"," ")}`,
m=D(`/v2/statistics/executions${H({workflow_name:t.workflow_name,created_at:t.created_at})}`,1e4),w=n=>{let p=m.data?.counts.find(g=>g.state===n);return p?.count===
null||p===void 0?"":` ${O(p.count)}${p.capped?"+":""}`},d=Q.use()?.indexed_inputs??[],y=n=>{n.preventDefault(),u.trim()&&b({[s]:s==="input"||s==="state_info"?`h\
as:${u.trim()}`:u.trim(),marker:void 0}),i("")};return e("div",{class:"filters",role:"search",children:[e("div",{class:"chips",role:"group","aria-label":"State",
children:["",...q].map(n=>e("button",{class:"chip","aria-pressed":(t.state??"")===n,onClick:()=>b({state:n,marker:void 0}),children:n?e(x,{children:[e(P,{state:n}),
e("span",{class:"muted",children:w(n)})]}):"All"}))}),e("form",{onSubmit:n=>{n.preventDefault(),b({workflow_name:a.trim(),marker:void 0})},children:[e("label",{
children:["Workflow ",e("input",{"data-filter":!0,value:a,placeholder:"exact name",onInput:n=>c(n.currentTarget.value)})]}),e("label",{children:["Created"," ",e(
"select",{value:t.created_at??"",onChange:n=>b({created_at:n.currentTarget.value,marker:void 0}),children:[e("option",{value:"",children:"any time"}),e("option",
{value:h(1),children:"last hour"}),e("option",{value:h(24),children:"last 24 hours"}),e("option",{value:h(168),children:"last 7 days"}),t.created_at&&e("option",
{value:t.created_at,children:t.created_at.replace(/^gte:/,"since ")})]})]}),e("button",{children:"Filter"})]}),e("form",{onSubmit:y,children:[e("label",{children:[
e("span",{class:"hidden",children:"Filter by"}),e("select",{value:s,onChange:n=>r(n.currentTarget.value),children:[e("option",{value:"state_info",children:"mess\
age contains"}),e("option",{value:"input",children:"input contains"}),e("option",{value:"description",children:"description is"}),e("option",{value:"tags",children:"\
has tag"}),d.map(n=>e("option",{value:`input.${n}`,children:["input ",n," is"]}))]})]}),e("label",{children:[e("span",{class:"hidden",children:"Value"}),e("inpu\
t",{value:u,onInput:n=>i(n.currentTarget.value)})]}),e("button",{children:"Add"})]}),f.map(([n,p])=>e("button",{class:"chip",onClick:()=>b({[n]:void 0,marker:void 0}),
"aria-label":`Remove the filter ${n}`,children:[n,"=",p," \u2715"]})),e(he,{})]})}function he(){let{query:t}=M(),[a,c]=_(()=>JSON.parse(U.get("saved")??"[]")),s=t.
toString(),r=i=>{U.set("saved",JSON.stringify(i)),c(i)};if(!s&&!a.length)return null;let u=a.find(([,i])=>i===s);return e("label",{children:[e("span",{class:"hi\
dden",children:"Saved filters"}),e("select",{value:"",onChange:i=>{let f=i.currentTarget.value;i.currentTarget.value="",f==="+"?r([...a,[prompt("Name of this fi\
lter")||s,s]]):f==="-"?r(a.filter(([,h])=>h!==s)):T(`/executions?${f}`)},children:[e("option",{value:"",children:"saved filters"}),a.map(([i,f])=>e("option",{value:f,
children:i})),s&&!u&&e("option",{value:"+",children:"save this one\u2026"}),u&&e("option",{value:"-",children:["forget \u201C",u[0],"\u201D"]})]})]})}function ge({
of:t,took:a}){return t?e("span",{class:"muted",title:`Half of the runs of the last month took up to ${v(t.p50)}, 95 % up to ${v(t.p95)}, within a factor of two.`,
children:[t.p50===t.p95?`about ${v(t.p50)}`:`${v(t.p50)} \u2013 ${v(t.p95)}`,a>t.p95&&a>1e6&&e("strong",{class:"state-paused",children:" \u25C2 slower"})]}):e("\
span",{class:"muted none",children:"\u2013"})}function be({executions:t,next:a,isFirst:c,filters:s,again:r}){let u=A(null),[i,f]=_(new Set),[h,m]=_(),w=a&&ae(a),
d=D(oe(),se),y=j(()=>ne(d.data?.buckets??[]),[d.data]),n=o=>{let l=new Set(i);l.delete(o)||l.add(o),f(l)},p=()=>document.activeElement?.closest("tr")?.dataset.id;
E(()=>{let o=l=>{if(l.ctrlKey||l.metaKey||l.altKey||l.target.closest("input:not([type=checkbox]), textarea, select, dialog"))return;let C=l.key==="j"?1:l.key===
"k"?-1:0,k=p();if(C){let N=[...u.current?.querySelectorAll("a.row")??[]],re=N.findIndex(ie=>ie.closest("tr")?.dataset.id===k);N[Math.max(0,Math.min(N.length-1,re+
C))]?.focus()}else if(l.key==="x"&&k)n(k);else if(l.key==="]"&&w)b({marker:w});else if(l.key==="["&&!c)history.back();else if(l.key==="="&&i.size===2)g();else return;
l.preventDefault()};return addEventListener("keydown",o),()=>removeEventListener("keydown",o)});let g=()=>{let[o,l]=[...i];T(`/compare?a=${$(o)}&b=${$(l)}`)},S=Object.
keys(s).length>0&&!W.some(o=>o in s);return e(x,{children:[e("div",{class:"scroll",children:e("table",{class:"runs",children:[e("thead",{children:e("tr",{children:[
e("th",{children:e("span",{class:"hidden",children:"Chosen"})}),e("th",{children:"State"}),e("th",{children:"Workflow"}),e("th",{children:"Created"}),e("th",{children:"\
Took"}),e("th",{children:"Usual"}),e("th",{children:"Why or what"}),e("th",{children:"Id"})]})}),e("tbody",{ref:u,children:t.map(o=>{let[l,C]=[I(o.created_at),I(
o.updated_at)],k=G(o.state)?C:Date.now();return e("tr",{"data-id":o.id,class:i.has(o.id)?"chosen":void 0,children:[e("td",{children:e("input",{type:"checkbox","\
aria-label":`Choose ${o.id}`,checked:i.has(o.id),onChange:()=>n(o.id)})}),e("td",{children:e(P,{state:o.state})}),e("td",{children:e("a",{class:"row",href:R(`/e\
xecutions/${$(o.id)}`),children:o.workflow_name})}),e("td",{class:"nowrap",children:e(F,{time:l})}),e("td",{class:"nowrap",children:l!==void 0&&k!==void 0?k-l<1e3?
"< 1 s":v((k-l)*1e3):"\u2013"}),e("td",{class:"nowrap",children:e(ge,{of:y.get(o.workflow_name),took:l!==void 0&&k!==void 0?(k-l)*1e3:0})}),e("td",{class:"wide",
children:(o.state_info??o.description)&&e("span",{class:"clamp",title:o.state_info??void 0,children:o.state_info?B(o.state_info):K(o.description).words})}),e("t\
d",{children:e("code",{children:o.id})})]},o.id)})})]})}),e("div",{class:"pager",children:[(i.size>0||S)&&e(Z,{rule:"bulk_operations:create",children:e("label",
{class:"left",children:[i.size?`${i.size} chosen: `:"All that match: ",e("select",{value:"",onChange:o=>{m({action:o.currentTarget.value,all:!i.size}),o.currentTarget.
value=""},children:[e("option",{value:"",children:"do\u2026"}),ee.map(([o,l])=>e("option",{value:o,children:l}))]})]})}),i.size===2&&e("button",{onClick:g,children:"\
Compare the two"}),!c&&e("button",{onClick:()=>history.back(),children:"Newer"}),!c&&e("button",{onClick:()=>b({marker:void 0}),children:"Newest"}),w&&e("button",
{onClick:()=>b({marker:w}),children:"Older"})]}),h&&e(te,{action:h.action,filter:h.all?s:void 0,ids:h.all?void 0:[...i],close:()=>m(void 0),done:()=>{f(new Set),
r()}})]})}export{ne as a,oe as b,se as c,Ne as d,ge as e};
