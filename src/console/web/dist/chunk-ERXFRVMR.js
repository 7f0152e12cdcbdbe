import{A as w,J as o,e as p,g as m,i as v,l as b}from"./chunk-5ALTCYJR.js";var y=b("idle"),d=new Set,t;function h(){if(t)return t;try{let e=v("live.js");if(typeof SharedWorker=="function")t=new SharedWorker(e,{type:"module",name:"mistr\
al"}).port;else{let n=new MessageChannel;new Worker(e,{type:"module"}).postMessage(void 0,[n.port2]),t=n.port1}}catch{return}return t.onmessage=({data:e})=>{if(e.
state)y.set(e.state);else for(let n of d)n(e)},t.postMessage({token:o.get()??""}),addEventListener("pagehide",()=>t?.postMessage({bye:!0})),addEventListener("pa\
geshow",e=>e.persisted&&location.reload()),t}o.listen(()=>t?.postMessage({token:o.get()??""}));var k=6e4;function P(e,n){let u=m(n);u.current=n;let a=w.use();return p(
()=>{let r=e&&!a?h():void 0;if(!e||!r)return;let s=!1,i=0,l=()=>{s||r.postMessage({watch:e}),s=!0},c=()=>{s&&r.postMessage({drop:e}),s=!1},f=()=>{clearTimeout(i),
document.hidden?i=window.setTimeout(c,k):l()},g=M=>{s&&u.current(M)};return d.add(g),document.addEventListener("visibilitychange",f),l(),()=>{d.delete(g),document.
removeEventListener("visibilitychange",f),clearTimeout(i),c()}},[e,a]),y.use()==="live"}export{y as a,P as b};
