import{c as f,d as g,g as m,h as l}from"./chunk-UTQCZ4BP.js";var b=2e3,k=65536,h=4,M=40,d,c=new Map,i=globalThis,u=n=>n.reduce((t,s)=>t[s],d);function y(n,t){return typeof n=="string"?{way:t,kind:"text",length:n.length,head:n.
slice(0,b)}:Array.isArray(n)?{way:t,kind:"list",length:n.length,columns:l(n)}:{way:t,kind:"mapping",length:Object.keys(n).length}}function p(n,t,s){return typeof n==
"string"&&n.length>k?(s.push({way:t,kind:"text",length:0}),null):n===null||typeof n!="object"||t.length>h?n:Array.isArray(n)?n.map((r,e)=>p(r,[...t,e],s)):Object.
fromEntries(Object.entries(n).map(([r,e])=>[r,p(e,[...t,r],s)]))}async function S(n){d=JSON.parse(await n.text());let t=[],s=p(d,[],t),r=t.map(({way:e})=>{let o=u(
e.slice(0,-1)),a=e[e.length-1];return o[a]=m(o[a]),y(o[a],e)});return{value:s,kept:r}}function W(n,t){let s=Array.isArray(u(t));return n.map(([r,e])=>(typeof e==
"string"?e.length>b:e!==null&&typeof e=="object")?["kept",r,y(e,[...t,s?Number(r):r])]:["value",r,e])}function A(n){if("open"in n)return S(n.open);if("stop"in n){
c.get(n.stop)?.(),c.delete(n.stop);return}let t=u(n.way);if("word"in n){c.set(n.id,f(t,n.word,M,(r,e)=>i.postMessage({id:n.id,hits:r,isDone:e})));return}let s=g(
t,n.question);return n.question.what==="members"?{members:W(s,n.way)}:{value:s}}i.onmessage=async({data:n})=>{try{let t=await A(n);t&&i.postMessage({...t,id:n.id})}catch(t){
i.postMessage({id:n.id,failed:String(t)})}};
