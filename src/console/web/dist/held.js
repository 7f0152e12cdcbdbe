import{c as f,d as g,g as m,h as l}from"./chunk-UTQCZ4BP.js";var b=2e3,k=65536,h=4,M=40,a,d=new Map,i=globalThis,u=n=>n.reduce((e,s)=>e[s],a);function y(n,e){return typeof n=="string"?{way:e,kind:"text",length:n.length,head:n.
slice(0,b)}:Array.isArray(n)?{way:e,kind:"list",length:n.length,columns:l(n)}:{way:e,kind:"mapping",length:Object.keys(n).length}}function p(n,e,s){return typeof n==
"string"&&n.length>k?(s.push({way:e,kind:"text",length:0}),null):n===null||typeof n!="object"||e.length>h?n:Array.isArray(n)?n.map((r,t)=>p(r,[...e,t],s)):Object.
fromEntries(Object.entries(n).map(([r,t])=>[r,p(t,[...e,r],s)]))}function A(n){a=JSON.parse(new TextDecoder().decode(n));let e=[],s=p(a,[],e),r=e.map(({way:t})=>{
let o=u(t.slice(0,-1)),c=t[t.length-1];return o[c]=m(o[c]),y(o[c],t)});return{value:s,kept:r}}function W(n,e){let s=Array.isArray(u(e));return n.map(([r,t])=>(typeof t==
"string"?t.length>b:t!==null&&typeof t=="object")?["kept",r,y(t,[...e,s?Number(r):r])]:["value",r,t])}function O(n){if("open"in n)return A(n.open);if("stop"in n){
d.get(n.stop)?.(),d.delete(n.stop);return}let e=u(n.way);if("word"in n){d.set(n.id,f(e,n.word,M,(r,t)=>i.postMessage({id:n.id,hits:r,isDone:t})));return}let s=g(
e,n.question);return n.question.what==="members"?{members:W(s,n.way)}:{value:s}}i.onmessage=({data:n})=>{try{let e=O(n);e&&i.postMessage({...e,id:n.id})}catch(e){
i.postMessage({id:n.id,failed:String(e)})}};
