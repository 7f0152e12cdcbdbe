import{U as m,Y as t,a as k,d as g,e as C,ga as A,h as b}from"./chunk-O26X54IO.js";var y=/pass(word|wd|phrase)?$|secret|token|api_?key|private_?key|credential/i,E=n=>/^[A-Za-z_]\w*$/.test(n)?`.${n}`:`.get(${JSON.stringify(n)})`,v=(n,a)=>({of:n,
names:Array.isArray(n)?void 0:Object.keys(n),at:0,isSecret:a});function*T(n,a){let e=a.toLowerCase(),l=r=>(r===null||typeof r!="object")&&String(r).toLowerCase().
includes(e);l(n)&&(yield{path:"$",value:n,isSecret:!1});let i=n!==null&&typeof n=="object"?[v(n,!1)]:[],s=()=>`$${i.map(({names:r,at:o})=>r?E(r[o-1]):`[${o-1}]`).
join("")}`;for(let r=1;i.length;r++){r%500===0&&(yield void 0);let o=i[i.length-1],{of:f,names:d,at:h}=o;if(h>=(d??f).length){i.pop();continue}o.at+=1;let u=d?.[h],
c=u===void 0?f[h]:f[u],p=o.isSecret||u!==void 0&&y.test(u);(u?.toLowerCase().includes(e)||!p&&l(c))&&(yield{path:s(),value:c,isSecret:p}),c!==null&&typeof c=="o\
bject"&&i.push(v(c,p))}}function w(n,a){let e=[],l=a,i=!1,s=o=>{e.push(o),l-=o.length},r=(o,f)=>{if(l<=0)return;if(o===null||typeof o!="object")return s((JSON.stringify(
o)??"null").slice(0,l));let d=Array.isArray(o)?void 0:Object.keys(o),{length:h}=d??o;if(!h)return s(d?"{}":"[]");s(d?`{
`:`[
`);for(let u=0;u<h&&l>0;u++){let c=d?.[u];s(`${f}  ${c===void 0?"":`${JSON.stringify(c)}: `}`);let p=c!==void 0&&y.test(c);i||=p,p?s('"\u2022\u2022\u2022\u2022"'):
r(c===void 0?o[u]:o[c],`${f}  `),s(u<h-1?`,
`:`
`)}s(f+(d?"}":"]"))};return r(n,""),{text:e.join("").slice(0,a),isWhole:l>=0,hides:i}}function R(n,a){let e=[n,a].map(i=>i!==null&&typeof i=="object"?i:void 0),
l=i=>{let[s,r]=[e[i],e[1-i]];return s?Array.isArray(s)?s.map((o,f)=>R(o,Array.isArray(r)?r[f]:void 0)[0]):Object.fromEntries(Object.entries(s).map(([o,f])=>{let d=r&&
!Array.isArray(r)&&JSON.stringify(r[o])===JSON.stringify(f);return[o,y.test(o)?d?"\u2022\u2022\u2022\u2022":"\u2022\u2022\u2022\u2022 (another)":R(f,r&&!Array.isArray(
r)?r[o]:void 0)[0]]})):[n,a][i]};return[l(0),l(1)]}function N(n){if(!Array.isArray(n)||n.length<2)return[];let a=n.slice(0,100);return a.every(e=>e!==null&&typeof e==
"object"&&!Array.isArray(e))?[...new Set(a.flatMap(e=>Object.keys(e)))].slice(0,30):[]}var x=100,S=2e3;function L({value:n,name:a,depth:e=0}){let[l,i]=g(e<2),[s,r]=g(x),[o,f]=g(!(a&&y.test(a))),d=a!==void 0&&t("span",{class:"json-key",children:[a,
": "]});if(!o)return t("div",{children:[d,t("button",{class:"small",onClick:()=>f(!0),children:"\u2022\u2022\u2022\u2022 show"})]});if(n===null||typeof n!="obje\
ct"){let p=typeof n=="string"?n:JSON.stringify(n);if(p==="")return t("div",{children:[d,t("span",{class:"muted",children:"empty text"})]});let $=p.length>S&&!l;
return t("div",{children:[d,t("span",{class:`json-${n===null?"null":typeof n}`,children:p.length>S&&($||e<2)&&s===x?`${p.slice(0,S)}\u2026`:p}),p.length>S&&s===
x&&t("button",{class:"small",onClick:()=>{r(1/0),i(!0)},children:["all ",m(p.length)," characters"]})]})}let h=Array.isArray(n)?void 0:Object.keys(n),{length:u}=h??
n;if(!u)return t("div",{children:[d,t("span",{class:"muted",children:h?"{}":"[]"})]});let c=h?.slice(0,s)??Array.from({length:Math.min(u,s)},(p,$)=>String($));return t(
"div",{children:[t("button",{class:"json-fold","aria-expanded":l,onClick:()=>i(!l),children:[l?"\u25BE":"\u25B8"," ",d,t("span",{class:"muted",children:h?`{${u}\
}`:`[${u}]`})]}),l&&t("div",{class:"json-members",children:[c.map(p=>t(L,{name:p,value:n[p],depth:e+1},p)),u>s&&t("button",{class:"small",onClick:()=>r(s+1e3),children:[
m(u-s)," more"]})]})]})}function J(n){if(typeof n!="string")return n??null;try{return JSON.parse(n)}catch{return n}}var O=100,D=12;function W({value:n,word:a}){
let[{found:e,isDone:l},i]=g({found:[],isDone:!1});return C(()=>{let s=T(n,a),r=[],o=0,f=()=>{let d=performance.now()+D;for(;;){let{value:h,done:u}=s.next();if(u||
r.length>=O)return i({found:r,isDone:!0});if(h)r.push(h);else if(performance.now()>d)break}i({found:[...r],isDone:!1}),o=window.setTimeout(f)};return o=window.setTimeout(
f,150),()=>clearTimeout(o)},[n,a]),t(k,{children:[t("p",{class:"muted",role:"status",children:l?e.length>=O?`the first ${O}`:`${m(e.length)} found`:"looking\u2026"}),
t("ul",{class:"plain",children:e.map(s=>t("li",{children:[t("code",{children:s.path})," ",t(A,{text:s.path,label:"Copy path"})," ",s.isSecret?"\u2022\u2022\u2022\u2022":
t("span",{class:"muted",children:w(s.value,200).text.replace(/\s+/g," ")})]}))})]})}var j=2e5;function _({value:n}){let{text:a,isWhole:e,hides:l}=b(()=>typeof n==
"string"?{text:n.slice(0,j),isWhole:n.length<=j,hides:!1}:w(n,j),[n]);return t(k,{children:[t("pre",{class:"source",tabIndex:0,children:a}),!e&&t("p",{class:"mu\
ted",children:["The first ",m(j)," characters: \u201CSave\u201D gives all of it."]}),l&&t("p",{class:"muted",children:"What looks like a secret is dotted; the t\
ree shows it, and \u201CCopy\u201D and \u201CSave\u201D hold it."})]})}function U({value:n,columns:a}){let[e,l]=g(x),i=s=>s===void 0?"":typeof s=="string"?s.slice(
0,200):w(s,200).text.replace(/\s+/g," ");return t(k,{children:[t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",
{children:"#"}),a.map(s=>t("th",{children:s}))]})}),t("tbody",{children:n.slice(0,e).map((s,r)=>t("tr",{children:[t("td",{class:"muted",children:r}),a.map(o=>t(
"td",{class:"cellwide",children:y.test(o)?"\u2022\u2022\u2022\u2022":i(s?.[o])}))]}))})]})}),n.length>e&&t("p",{children:t("button",{class:"small",onClick:()=>l(
e+1e3),children:[m(n.length-e)," more"]})})]})}var F=120;function H({title:n,value:a}){let e=b(()=>J(a),[a]),l=b(()=>N(e),[e]),[i,s]=g("tree"),[r,o]=g(""),f=b(()=>w(
e,F+1).text.length<=F,[e]),d=()=>typeof e=="string"?e:JSON.stringify(e,null,2),h=()=>{let c=document.createElement("a");c.href=URL.createObjectURL(new Blob([d()],
{type:typeof e=="string"?"text/plain":"application/json"})),c.download=`${n.toLowerCase().replace(/\W+/g,"-")}.${typeof e=="string"?"txt":"json"}`,c.click(),setTimeout(
()=>URL.revokeObjectURL(c.href),1e4)},u=["tree","text",...l.length?["table"]:[]];return t("section",{class:"data","aria-label":n,children:[t("h3",{children:[n,"\
 ",e!==null&&t(A,{text:d})]}),!f&&t("div",{class:"chips",role:"group","aria-label":`How ${n} is shown`,children:[u.map(c=>t("button",{class:"small","aria-presse\
d":i===c,onClick:()=>s(c),children:c[0].toUpperCase()+c.slice(1)})),t("button",{class:"small",onClick:h,children:"Save"}),t("input",{class:"small","aria-label":`\
Find in ${n}`,placeholder:"find",value:r,onInput:c=>o(c.currentTarget.value)})]}),r.trim()?t(W,{value:e,word:r.trim()}):i==="text"?t(_,{value:e}):i==="table"&&l.
length?t(U,{value:e,columns:l}):t(L,{value:e})]})}export{R as a,L as b,J as c,H as d};
