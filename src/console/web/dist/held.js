import{c as g,d as m,g as l,h as b}from"./chunk-KFVN4SOM.js";import{c as f}from"./chunk-7UF6IXTW.js";var y=2e3,h=65536,M=4,O=40,p,d=new Map,i=globalThis,u=n=>n.reduce((e,s)=>e[s],p);function k(n,e){return typeof n=="string"?{way:e,kind:"text",length:n.length,head:n.
slice(0,y)}:Array.isArray(n)?{way:e,kind:"list",length:n.length,columns:b(n)}:{way:e,kind:"mapping",length:Object.keys(n).length}}function a(n,e,s){return typeof n==
"string"&&n.length>h?(s.push({way:e,kind:"text",length:0}),null):n===null||typeof n!="object"||e.length>M?n:Array.isArray(n)?n.map((r,t)=>a(r,[...e,t],s)):Object.
fromEntries(Object.entries(n).map(([r,t])=>[r,a(t,[...e,r],s)]))}function W(n){p=JSON.parse(f(n));let e=[],s=a(p,[],e),r=e.map(({way:t})=>{let o=u(t.slice(0,-1)),
c=t[t.length-1];return o[c]=l(o[c]),k(o[c],t)});return{value:s,kept:r}}function A(n,e){let s=Array.isArray(u(e));return n.map(([r,t])=>(typeof t=="string"?t.length>
y:t!==null&&typeof t=="object")?["kept",r,k(t,[...e,s?Number(r):r])]:["value",r,t])}function S(n){if("open"in n)return W(n.open);if("stop"in n){d.get(n.stop)?.(),
d.delete(n.stop);return}let e=u(n.way);if("word"in n){d.set(n.id,g(e,n.word,O,(r,t)=>i.postMessage({id:n.id,hits:r,isDone:t})));return}let s=m(e,n.question);return n.
question.what==="members"?{members:A(s,n.way)}:{value:s}}i.onmessage=({data:n})=>{try{let e=S(n);e&&i.postMessage({...e,id:n.id})}catch(e){i.postMessage({id:n.id,
failed:String(e)})}};
