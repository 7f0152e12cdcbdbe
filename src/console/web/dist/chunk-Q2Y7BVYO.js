import{a as $,b as L,c as j,d as S,e as R,g as A,h as E}from"./chunk-UTQCZ4BP.js";import{$ as t,D as l,X as k,a as w,d as p,e as T,h as b,ka as C}from"./chunk-5UX6W7MZ.js";var D=100,O=2e3;function x(n,e){let[i,s]=p(),a=JSON.stringify(e);T(()=>{if(!(n instanceof l)||!e)return;let c=!1;return n.ask(e).then(d=>c||s(d),()=>{}),()=>{c=
!0}},[n,a]);let o=b(()=>n instanceof l||!e?void 0:S(n,e),[n,a]);return n instanceof l?i:o}function M({value:n,kind:e}){let[i,s]=p(!1),a=n instanceof l?n.kept.length:
n.length,o=x(n,i?{what:"whole"}:void 0),c=n instanceof l?n.kept.head:n.slice(0,O);return t(w,{children:[t("span",{class:`json-${e}`,children:a<=O?n:o??`${c}\u2026`}),
a>O&&!i&&t("button",{class:"small",onClick:()=>s(!0),children:["all ",k(a)," characters"]})]})}function H(n){if(n instanceof l)return n.kept.kind==="text"?void 0:
{isList:n.kept.kind==="list",length:n.kept.length};if(!(n===null||typeof n!="object"))return{isList:Array.isArray(n),length:Array.isArray(n)?n.length:Object.keys(
n).length}}function I({value:n,name:e,depth:i=0}){let[s,a]=p(i<2),[o,c]=p(D),[d,h]=p(!(e&&$.test(e))),f=b(()=>H(n),[n]),g=x(n,f?.length&&s&&d?{what:"members",until:o}:
void 0),u=e!==void 0&&t("span",{class:"json-key",children:[e,": "]});if(!d)return t("div",{children:[u,t("button",{class:"small",onClick:()=>h(!0),children:"\u2022\u2022\u2022\
\u2022 show"})]});if(!f){let r=n instanceof l||typeof n=="string";return n===""?t("div",{children:[u,t("span",{class:"muted",children:"empty text"})]}):t("div",
{children:[u,t(M,{value:r?n:JSON.stringify(n),kind:n===null?"null":r?"string":typeof n})]})}let{isList:y,length:m}=f;return m?t("div",{children:[t("button",{class:"\
json-fold","aria-expanded":s,onClick:()=>a(!s),children:[s?"\u25BE":"\u25B8"," ",u,t("span",{class:"muted",children:y?`[${m}]`:`{${m}}`})]}),s&&g&&t("div",{class:"\
json-members",children:[g.map(([r,W])=>t(I,{name:r,value:W,depth:i+1},r)),m>o&&t("button",{class:"small",onClick:()=>c(o+1e3),children:[k(m-o)," more"]})]})]}):
t("div",{children:[u,t("span",{class:"muted",children:y?"[]":"{}"})]})}var G=100,J=12;function P({value:n,word:e}){let[{hits:i,isDone:s},a]=p({hits:[],isDone:!1});
return T(()=>{let o,c=(h,f)=>a({hits:h,isDone:f}),d=setTimeout(()=>o=n instanceof l?n.search(e,c):j(n,e,J,c),G);return()=>{clearTimeout(d),o?.()}},[n,e]),t(w,{children:[
t("p",{class:"muted",role:"status",children:s?i.length>=L?`the first ${L}`:`${k(i.length)} found`:"looking\u2026"}),t("ul",{class:"plain",children:i.map(o=>t("l\
i",{children:[t("code",{children:o.path})," ",t(C,{text:o.path,label:"Copy path"})," ",o.text===void 0?"\u2022\u2022\u2022\u2022":t("span",{class:"muted",children:o.
text})]}))})]})}var U=2e5;function _({value:n}){let e=x(n,{what:"print",most:U});return e?t(w,{children:[t("pre",{class:"source",tabIndex:0,children:e.text}),!e.
isWhole&&t("p",{class:"muted",children:["The first ",k(U)," characters: \u201CSave\u201D gives all of it."]}),e.hides&&t("p",{class:"muted",children:"What looks\
 like a secret is dotted; the tree shows it, and \u201CCopy\u201D and \u201CSave\u201D hold it."})]}):null}function z({value:n,columns:e}){let[i,s]=p(D),a=H(n).
length,o=x(n,{what:"cells",columns:e,until:i})??[];return t(w,{children:[t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[
t("th",{children:"#"}),e.map(c=>t("th",{children:c}))]})}),t("tbody",{children:o.map((c,d)=>t("tr",{children:[t("td",{class:"muted",children:d}),c.map(h=>t("td",
{class:"cellwide",children:h}))]}))})]})}),a>i&&t("p",{children:t("button",{class:"small",onClick:()=>s(i+1e3),children:[k(a-i)," more"]})})]})}var N=120;function X({
title:n,value:e,part:i}){let s=b(()=>e instanceof l?e:A(e),[e]),a=b(()=>s instanceof l?s.kept.columns??[]:E(s),[s]),[o,c]=p("tree"),[d,h]=p(""),f=b(()=>!(s instanceof
l)&&R(s,N+1).text.length<=N,[s]),g=s instanceof l?s.kept.kind==="text":typeof s=="string",u=async()=>s instanceof l?s.ask({what:"whole"}):S(s,{what:"whole"}),y=async()=>{
let r=document.createElement("a");r.href=URL.createObjectURL(new Blob([await u()],{type:g?"text/plain":"application/json"})),r.download=`${n.toLowerCase().replace(
/\W+/g,"-")}.${g?"txt":"json"}`,r.click(),setTimeout(()=>URL.revokeObjectURL(r.href),1e4)},m=["tree","text",...a.length?["table"]:[]];return t("section",{class:"\
data","aria-label":n,"data-part":i,tabIndex:i?-1:void 0,children:[t("h3",{children:[n," ",s!==null&&t(C,{text:u})]}),!f&&t("div",{class:"chips",role:"group","ar\
ia-label":`How ${n} is shown`,children:[m.map(r=>t("button",{class:"small","aria-pressed":o===r,onClick:()=>c(r),children:r[0].toUpperCase()+r.slice(1)})),t("bu\
tton",{class:"small",onClick:y,children:"Save"}),t("input",{class:"small","aria-label":`Find in ${n}`,placeholder:"find",value:d,onInput:r=>h(r.currentTarget.value)})]}),
d.trim()?t(P,{value:s,word:d.trim()}):o==="text"?t(_,{value:s}):o==="table"&&a.length?t(z,{value:s,columns:a}):t(I,{value:s})]})}export{I as a,X as b};
