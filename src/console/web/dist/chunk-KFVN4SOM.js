var y=/pass(word|wd|phrase)?$|secret|token|api_?key|private_?key|credential/i;var A=n=>/^[A-Za-z_]\w*$/.test(n)?`.${n}`:`.get(${JSON.stringify(n)})`,k=(n,e)=>({of:n,names:Array.isArray(n)?void 0:Object.keys(n),at:0,isSecret:e});function S(n){
let e=new RegExp(n.replace(/[.*+?^${}()|[\]\\]/g,"\\$&"),"iu");return i=>e.test(i)}function*x(n,e){let i=S(e),r=t=>(t===null||typeof t!="object")&&i(typeof t=="\
string"?t:String(t)),s=new Map,a=t=>{let o=s.get(t);return o===void 0&&(o=i(t),s.size<1e4&&s.set(t,o)),o};r(n)&&(yield{path:"$",value:n,isSecret:!1});let u=n!==
null&&typeof n=="object"?[k(n,!1)]:[],c=()=>`$${u.map(({names:t,at:o})=>t?A(t[o-1]):`[${o-1}]`).join("")}`;for(let t=1;u.length;t++){t%500===0&&(yield void 0);let o=u[u.
length-1],{of:l,names:d,at:f}=o;if(f>=(d??l).length){u.pop();continue}o.at+=1;let p=d?.[f],g=p===void 0?l[f]:l[p],w=o.isSecret||p!==void 0&&y.test(p);(p!==void 0&&
a(p)||!w&&r(g))&&(yield{path:c(),value:g,isSecret:w}),g!==null&&typeof g=="object"&&u.push(k(g,w))}}var O=100;function j(n,e,i,r){let s=x(n,e),a=[],u,c=()=>{let t=performance.
now()+i;for(;;){let{value:o,done:l}=s.next();if(l||a.length>=O)return r(a,!0);if(o)a.push({path:o.path,text:o.isSecret?void 0:b(o.value)});else if(performance.now()>
t)break}r([...a],!1),u=setTimeout(c)};return u=setTimeout(c),()=>clearTimeout(u)}var b=n=>m(n,200).text.replace(/\s+/g," ");function $(n,e){switch(e.what){case"\
members":{let{until:i}=e;if(Array.isArray(n))return n.slice(0,i).map((s,a)=>[String(a),s]);let r=n;return Object.keys(r).slice(0,i).map(s=>[s,r[s]])}case"print":
return typeof n=="string"?{text:n.slice(0,e.most),isWhole:n.length<=e.most,hides:!1}:m(n,e.most);case"cells":{let i=r=>r===void 0?"":typeof r=="string"?r.slice(
0,200):b(r);return n.slice(0,e.until).map(r=>e.columns.map(s=>y.test(s)?"\u2022\u2022\u2022\u2022":i(r?.[s])))}case"whole":return typeof n=="string"?n:JSON.stringify(
n,null,2)}}function m(n,e){let i=[],r=e,s=!1,a=c=>{i.push(c),r-=c.length},u=(c,t)=>{if(r<=0)return;if(c===null||typeof c!="object")return a((JSON.stringify(c)??
"null").slice(0,r));let o=Array.isArray(c)?void 0:Object.keys(c),{length:l}=o??c;if(!l)return a(o?"{}":"[]");a(o?`{
`:`[
`);for(let d=0;d<l&&r>0;d++){let f=o?.[d];a(`${t}  ${f===void 0?"":`${JSON.stringify(f)}: `}`);let p=f!==void 0&&y.test(f);s||=p,p?a('"\u2022\u2022\u2022\u2022"'):
u(f===void 0?c[d]:c[f],`${t}  `),a(d<l-1?`,
`:`
`)}a(t+(o?"}":"]"))};return u(n,""),{text:i.join("").slice(0,e),isWhole:r>=0,hides:s}}function h(n,e){let i=[n,e].map(s=>s!==null&&typeof s=="object"?s:void 0),
r=s=>{let[a,u]=[i[s],i[1-s]];return a?Array.isArray(a)?a.map((c,t)=>h(c,Array.isArray(u)?u[t]:void 0)[0]):Object.fromEntries(Object.entries(a).map(([c,t])=>{let o=u&&
!Array.isArray(u)&&JSON.stringify(u[c])===JSON.stringify(t);return[c,y.test(c)?o?"\u2022\u2022\u2022\u2022":"\u2022\u2022\u2022\u2022 (another)":h(t,u&&!Array.isArray(
u)?u[c]:void 0)[0]]})):[n,e][s]};return[r(0),r(1)]}function N(n){if(typeof n!="string")return n??null;try{return JSON.parse(n)}catch{return n}}function R(n){if(!Array.
isArray(n)||n.length<2)return[];let e=n.slice(0,100);return e.every(i=>i!==null&&typeof i=="object"&&!Array.isArray(i))?[...new Set(e.flatMap(i=>Object.keys(i)))].
slice(0,30):[]}export{y as a,O as b,j as c,$ as d,m as e,h as f,N as g,R as h};
