import{b as Y}from"./chunk-ERXFRVMR.js";import{a as ee,b as te}from"./chunk-L2X5PRSI.js";import{a as Q,c as Z}from"./chunk-HVJX4T2S.js";import{
$ as P,F as H,G as $,H as W,I as V,Q as I,S as v,U as q,V as G,W as O,Y as K,Z as B,_ as e,a as C,aa as F,d as _,da as J,e as T,fa as L,g as A,h as j,ia as X,j as z,
ja as D,n as M,o as U,p as E,q as w,s as R}from"./chunk-5ALTCYJR.js";function le(n){let s=[...n].sort((i,u)=>i[0]-u[0]),c=s.reduce((i,[,u])=>i+u,0)/2,a=0;return(s.find(([,i])=>(a+=i)>=c)??s[0])[0]}function ne(n){let s=new Map;for(let a of n){
if(a.p50_us===null||a.p95_us===null)continue;let i=s.get(a.workflow_name);i?i.push(a):s.set(a.workflow_name,[a])}let c=(a,i)=>le(a.map(u=>[u[i],u.succeeded+u.failed+
u.cancelled]));return new Map([...s].map(([a,i])=>[a,{p50:c(i,"p50_us"),p95:c(i,"p95_us")}]))}var ue=30,oe=()=>`/v2/statistics/activity?group_by=workflow_name&s\
tep=86400&from=${(Math.floor(Date.now()/864e5)-ue)*864e8}`,ae=3e5;var ce=3e4,de=3e3;function Ne(){let{query:n}=M(),{path:s,filters:c,marker:a,isSlow:i}=V(n),[u,l]=_(0),h=!a&&!i,b=Y(h?"executions":void 0,d=>{if(d.event==="gap"&&
(!d.data.watch||d.data.watch==="executions"))return f.again();if(d.event!=="executions")return;let y=new Map(d.data.rows.map(g=>[g[0],g])),S=new Set(f.data?.executions.
map(g=>g.id));l(g=>g+[...y.keys()].filter(t=>!S.has(t)).length),f.patch(g=>({...g,executions:g.executions.map(t=>{let p=y.get(t.id);return p?{...t,state:p[2],updated_at:p[4]===
null?t.updated_at:new Date(p[4]/1e3).toISOString()}:t})}))}),f=D(s,h?b?ce:de:0);T(()=>l(0),[f.at,s]);let m=A(!1);return T(()=>{if(!u||m.current||document.getSelection()?.
toString())return;let d=setTimeout(f.again,500);return()=>clearTimeout(d)},[u]),e(C,{children:[e("div",{class:"title",children:[e("h1",{children:"Executions"}),
e(X,{text:z+s,label:"Copy as REST address"})]}),e(me,{filters:c}),u>0&&e("p",{role:"status",children:e("button",{onClick:f.again,children:[O(u)," new or changed\
 elsewhere \u2013 show"]})}),e("div",{onPointerEnter:()=>m.current=!0,onPointerLeave:()=>m.current=!1,children:e(J,{of:f,children:d=>e(C,{children:[i&&e(fe,{list:d}),
d.executions.length?e(be,{executions:d.executions,next:d.next,isFirst:!a,filters:c,again:f.again}):e(pe,{filters:c,isSlow:i,next:d.next})]})})})]})}function pe({
filters:n,isSlow:s,next:c}){let a=Object.keys(n).length>0;return s&&c?e(L,{children:[e("p",{children:"Nothing among these."}),e("button",{class:"primary",onClick:()=>w(
{marker:se(c)}),children:"Go on with older ones"})]}):a?e(L,{children:[e("p",{children:["No execution matches ",Object.keys(n).length>1?"all of these filters":"\
this filter","."]}),e("p",{class:"buttons middle",children:[Object.keys(n).length>1&&Object.keys(n).map(i=>e("button",{onClick:()=>w({[i]:void 0,marker:void 0}),
children:["Without ",i]})),e("button",{onClick:()=>E("/executions"),children:"Show all"})]})]}):e(L,{children:[e("p",{children:"Nothing has run yet."}),e("p",{children:[
e("a",{href:U("/workflows"),children:"Go to the workflows"}),", upload one, and run it."]})]})}var se=n=>new URL(n,location.origin).searchParams.get("marker")??
void 0;function fe({list:n}){let s=`${n.executions.length} found`;return n.scanned_to_us?e("p",{class:"muted",children:["Searched ",O(n.scanned??0)," executions\
, back to ",e(F,{time:n.scanned_to_us/1e3}),": ",s,". This filter has no index, so it goes on step by step."]}):e("p",{class:"muted",children:["Searched to the \
end: ",s,"."]})}function me({filters:n}){let[s,c]=_(n.workflow_name??""),[a,i]=_("state_info"),[u,l]=_("");T(()=>c(n.workflow_name??""),[n.workflow_name]);let h=Object.
entries(n).filter(([t])=>!["state","workflow_name","created_at"].includes(t)),b=t=>new Date(Date.now()-t*36e5).toISOString().slice(0,16).replace("T"," "),f=t=>`\
gte:${b(t)}`,m=/^gte:([^,]{16})[^,]*,lt:(.{16})/.exec(n.created_at??""),d=D(`/v2/statistics/executions${H({workflow_name:n.workflow_name,created_at:n.created_at})}`,
1e4),y=t=>{let p=d.data?.counts.find(o=>o.state===t);return p?.count===null||p===void 0?"":` ${O(p.count)}${p.capped?"+":""}`},S=Q.use()?.indexed_inputs??[],g=t=>{
t.preventDefault(),u.trim()&&w({[a]:a==="input"||a==="state_info"?`has:${u.trim()}`:u.trim(),marker:void 0}),l("")};return e("div",{class:"filters",role:"search",
children:[e("div",{class:"chips",role:"group","aria-label":"State",children:["",...q].map(t=>e("button",{class:"chip","aria-pressed":(n.state??"")===t,onClick:()=>w(
{state:t,marker:void 0}),children:t?e(C,{children:[e(P,{state:t}),e("span",{class:"muted",children:y(t)})]}):"All"}))}),e("form",{onSubmit:t=>{t.preventDefault(),
w({workflow_name:s.trim(),marker:void 0})},children:[e("label",{children:["Workflow ",e("input",{"data-filter":!0,value:s,placeholder:"exact name",onInput:t=>c(
t.currentTarget.value)})]}),e("label",{children:["Created"," ",e("select",{value:n.created_at??"",onChange:t=>w({created_at:t.currentTarget.value,marker:void 0}),
children:[e("option",{value:"",children:"any time"}),e("option",{value:f(1),children:"last hour"}),e("option",{value:f(24),children:"last 24 hours"}),e("option",
{value:f(168),children:"last 7 days"}),n.created_at&&e("option",{value:n.created_at,children:m?"from \u2026 to \u2026":n.created_at.replace(/^gte:/,"since ")}),
!m&&e("option",{value:`gte:${b(24)},lt:${b(0)}`,children:"from \u2026 to \u2026"})]})]}),m&&[["from",1],["to",2]].map(([t,p])=>e("label",{children:[t," ",e("inp\
ut",{type:"datetime-local",value:m[p].replace(" ","T"),title:"UTC","aria-label":`Created ${t}, UTC`,onChange:o=>{let r=o.currentTarget.value.replace("T"," ");r&&
w({created_at:p===1?`gte:${r},lt:${m[2]}`:`gte:${m[1]},lt:${r}`,marker:void 0})}})]})),e("button",{children:"Filter"})]}),e("form",{onSubmit:g,children:[e("labe\
l",{children:[e("span",{class:"hidden",children:"Filter by"}),e("select",{value:a,onChange:t=>i(t.currentTarget.value),children:[e("option",{value:"state_info",
children:"message contains"}),e("option",{value:"input",children:"input contains"}),e("option",{value:"description",children:"description is"}),e("option",{value:"\
tags",children:"has tag"}),S.map(t=>e("option",{value:`input.${t}`,children:["input ",t," is"]}))]})]}),e("label",{children:[e("span",{class:"hidden",children:"\
Value"}),e("input",{value:u,onInput:t=>l(t.currentTarget.value)})]}),e("button",{children:"Add"})]}),h.map(([t,p])=>e("button",{class:"chip",onClick:()=>w({[t]:void 0,
marker:void 0}),"aria-label":`Remove the filter ${t}`,children:[t,"=",p," \u2715"]})),e(he,{})]})}function he(){let{query:n}=M(),[s,c]=_(()=>JSON.parse(R.get("s\
aved")??"[]")),a=n.toString(),i=l=>{R.set("saved",JSON.stringify(l)),c(l)};if(!a&&!s.length)return null;let u=s.find(([,l])=>l===a);return e("label",{children:[
e("span",{class:"hidden",children:"Saved filters"}),e("select",{value:"",onChange:l=>{let h=l.currentTarget.value;l.currentTarget.value="",h==="+"?i([...s,[prompt(
"Name of this filter")||a,a]]):h==="-"?i(s.filter(([,b])=>b!==a)):E(`/executions?${h}`)},children:[e("option",{value:"",children:"saved filters"}),s.map(([l,h])=>e(
"option",{value:h,children:l})),a&&!u&&e("option",{value:"+",children:"save this one\u2026"}),u&&e("option",{value:"-",children:["forget \u201C",u[0],"\u201D"]})]})]})}
function ge({of:n,took:s}){return n?e("span",{class:"muted",title:`Half of the runs of the last month took up to ${v(n.p50)}, 95 % up to ${v(n.p95)}, within a f\
actor of two.`,children:[n.p50===n.p95?`about ${v(n.p50)}`:`${v(n.p50)} \u2013 ${v(n.p95)}`,s>n.p95&&s>1e6&&e("strong",{class:"state-paused",children:" \u25C2 slower"})]}):
e("span",{class:"muted none",children:"\u2013"})}function be({executions:n,next:s,isFirst:c,filters:a,again:i}){let u=A(null),[l,h]=_(new Set),[b,f]=_(),m=s&&se(
s),d=D(oe(),ae),y=j(()=>ne(d.data?.buckets??[]),[d.data]),S=o=>{let r=new Set(l);r.delete(o)||r.add(o),h(r)},g=()=>document.activeElement?.closest("tr")?.dataset.
id;T(()=>{let o=r=>{if(r.ctrlKey||r.metaKey||r.altKey||r.target.closest("input:not([type=checkbox]), textarea, select, dialog"))return;let x=r.key==="j"?1:r.key===
"k"?-1:0,k=g();if(x){let N=[...u.current?.querySelectorAll("a.row")??[]],re=N.findIndex(ie=>ie.closest("tr")?.dataset.id===k);N[Math.max(0,Math.min(N.length-1,re+
x))]?.focus()}else if(r.key==="x"&&k)S(k);else if(r.key==="]"&&m)w({marker:m});else if(r.key==="["&&!c)history.back();else if(r.key==="="&&l.size===2)t();else return;
r.preventDefault()};return addEventListener("keydown",o),()=>removeEventListener("keydown",o)});let t=()=>{let[o,r]=[...l];E(`/compare?a=${$(o)}&b=${$(r)}`)},p=Object.
keys(a).length>0&&!W.some(o=>o in a);return e(C,{children:[e("div",{class:"scroll",children:e("table",{class:"runs",children:[e("thead",{children:e("tr",{children:[
e("th",{children:e("span",{class:"hidden",children:"Chosen"})}),e("th",{children:"State"}),e("th",{children:"Workflow"}),e("th",{children:"Created"}),e("th",{children:"\
Took"}),e("th",{children:"Usual"}),e("th",{children:"Why or what"}),e("th",{children:"Id"})]})}),e("tbody",{ref:u,children:n.map(o=>{let[r,x]=[I(o.created_at),I(
o.updated_at)],k=G(o.state)?x:Date.now();return e("tr",{"data-id":o.id,class:l.has(o.id)?"chosen":void 0,children:[e("td",{children:e("input",{type:"checkbox","\
aria-label":`Choose ${o.id}`,checked:l.has(o.id),onChange:()=>S(o.id)})}),e("td",{children:e(P,{state:o.state})}),e("td",{children:e("a",{class:"row",href:U(`/e\
xecutions/${$(o.id)}`),children:o.workflow_name})}),e("td",{class:"nowrap",children:e(F,{time:r})}),e("td",{class:"nowrap",children:r!==void 0&&k!==void 0?k-r<1e3?
"< 1 s":v((k-r)*1e3):"\u2013"}),e("td",{class:"nowrap",children:e(ge,{of:y.get(o.workflow_name),took:r!==void 0&&k!==void 0?(k-r)*1e3:0})}),e("td",{class:"wide",
children:(o.state_info??o.description)&&e("span",{class:"clamp",title:o.state_info??void 0,children:o.state_info?B(o.state_info):K(o.description).words})}),e("t\
d",{children:e("code",{children:o.id})})]},o.id)})})]})}),e("div",{class:"pager",children:[(l.size>0||p)&&e(Z,{rule:"bulk_operations:create",children:e("label",
{class:"left",children:[l.size?`${l.size} chosen: `:"All that match: ",e("select",{value:"",onChange:o=>{f({action:o.currentTarget.value,all:!l.size}),o.currentTarget.
value=""},children:[e("option",{value:"",children:"do\u2026"}),ee.map(([o,r])=>e("option",{value:o,children:r}))]})]})}),l.size===2&&e("button",{onClick:t,children:"\
Compare the two"}),!c&&e("button",{onClick:()=>history.back(),children:"Newer"}),!c&&e("button",{onClick:()=>w({marker:void 0}),children:"Newest"}),m&&e("button",
{onClick:()=>w({marker:m}),children:"Older"})]}),b&&e(te,{action:b.action,filter:b.all?a:void 0,ids:b.all?void 0:[...l],close:()=>f(void 0),done:()=>{h(new Set),
i()}})]})}export{ne as a,oe as b,ae as c,Ne as d,ge as e};
