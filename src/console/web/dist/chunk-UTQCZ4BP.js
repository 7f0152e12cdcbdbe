var k=/pass(word|wd|phrase)?$|secret|token|api_?key|private_?key|credential/i;var S=n=>/^[A-Za-z_]\w*$/.test(n)?`.${n}`:`.get(${JSON.stringify(n)})`,b=(n,t)=>({of:n,names:Array.isArray(n)?void 0:Object.keys(n),at:0,isSecret:t});function x(n){
let t=new RegExp(n.replace(/[.*+?^${}()|[\]\\]/g,"\\$&"),"iu");return e=>t.test(e)}function*j(n,t){let e=x(t),r=o=>(o===null||typeof o!="object")&&e(typeof o=="\
string"?o:String(o)),c=new Map,s=o=>{let i=c.get(o);return i===void 0&&(i=e(o),c.size<1e4&&c.set(o,i)),i};r(n)&&(yield{path:"$",value:n,isSecret:!1});let u=n!==
null&&typeof n=="object"?[b(n,!1)]:[],f=()=>`$${u.map(({names:o,at:i})=>o?S(o[i-1]):`[${i-1}]`).join("")}`;for(let o=1;u.length;o++){o%500===0&&(yield void 0);let i=u[u.
length-1],{of:l,names:d,at:a}=i;if(a>=(d??l).length){u.pop();continue}i.at+=1;let p=d?.[a],g=p===void 0?l[a]:l[p],w=i.isSecret||p!==void 0&&k.test(p);(p!==void 0&&
s(p)||!w&&r(g))&&(yield{path:f(),value:g,isSecret:w}),g!==null&&typeof g=="object"&&u.push(b(g,w))}}var O=100;function A(n,t,e,r){let c=j(n,t),s=[],u,f=()=>{let o=performance.
now()+e;for(;;){let{value:i,done:l}=c.next();if(l||s.length>=O)return r(s,!0);if(i)s.push({path:i.path,text:i.isSecret?void 0:m(i.value)});else if(performance.now()>
o)break}r([...s],!1),u=setTimeout(f)};return u=setTimeout(f),()=>clearTimeout(u)}var m=n=>h(n,200).text.replace(/\s+/g," ");function $(n,t){switch(t.what){case"\
members":{let{until:e}=t;if(Array.isArray(n))return n.slice(0,e).map((c,s)=>[String(s),c]);let r=n;return Object.keys(r).slice(0,e).map(c=>[c,r[c]])}case"print":
return typeof n=="string"?{text:n.slice(0,t.most),isWhole:n.length<=t.most,hides:!1}:h(n,t.most);case"cells":{let e=r=>r===void 0?"":typeof r=="string"?r.slice(
0,200):m(r);return n.slice(0,t.until).map(r=>t.columns.map(c=>k.test(c)?"\u2022\u2022\u2022\u2022":e(r?.[c])))}case"whole":return typeof n=="string"?n:JSON.stringify(
n,null,2)}}function h(n,t){let e=[],r=t,c=!1,s=f=>{e.push(f),r-=f.length},u=(f,o)=>{if(r<=0)return;if(f===null||typeof f!="object")return s((JSON.stringify(f)??
"null").slice(0,r));let i=Array.isArray(f)?void 0:Object.keys(f),{length:l}=i??f;if(!l)return s(i?"{}":"[]");s(i?`{
`:`[
`);for(let d=0;d<l&&r>0;d++){let a=i?.[d];s(`${o}  ${a===void 0?"":`${JSON.stringify(a)}: `}`);let p=a!==void 0&&k.test(a);c||=p,p?s('"\u2022\u2022\u2022\u2022"'):
u(a===void 0?f[d]:f[a],`${o}  `),s(d<l-1?`,
`:`
`)}s(o+(i?"}":"]"))};return u(n,""),{text:e.join("").slice(0,t),isWhole:r>=0,hides:c}}var N=(n,t)=>[y(n,t,"\u2022\u2022\u2022\u2022"),y(t,n,"\u2022\u2022\u2022\u2022 (another)")];
function y(n,t,e){if(n===null||typeof n!="object")return n;let r=Array.isArray(t)?t:void 0;if(Array.isArray(n))return n.map((s,u)=>y(s,r?.[u],e));let c=!r&&t!==
null&&typeof t=="object"?t:void 0;return Object.fromEntries(Object.entries(n).map(([s,u])=>{let f=c&&JSON.stringify(c[s])===JSON.stringify(u);return[s,k.test(s)?
f?"\u2022\u2022\u2022\u2022":e:y(u,c?.[s],e)]}))}function R(n){if(typeof n!="string")return n??null;try{return JSON.parse(n)}catch{return n}}function J(n){if(!Array.
isArray(n)||n.length<2)return[];let t=n.slice(0,100);return t.every(e=>e!==null&&typeof e=="object"&&!Array.isArray(e))?[...new Set(t.flatMap(e=>Object.keys(e)))].
slice(0,30):[]}export{k as a,O as b,A as c,$ as d,h as e,N as f,R as g,J as h};
