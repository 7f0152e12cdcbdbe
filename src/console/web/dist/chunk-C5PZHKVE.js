import{H as o,e as f,g as p,i as m,l as v}from"./chunk-O26X54IO.js";var b=v("idle"),d=new Set,t;function y(){if(t)return t;try{let e=m("live.js");if(typeof SharedWorker=="function")t=new SharedWorker(e,{type:"module",name:"mistr\
al"}).port;else{let n=new MessageChannel;new Worker(e,{type:"module"}).postMessage(void 0,[n.port2]),t=n.port1}}catch{return}return t.onmessage=({data:e})=>{if(e.
state)b.set(e.state);else for(let n of d)n(e)},t.postMessage({token:o.get()??""}),addEventListener("pagehide",()=>t?.postMessage({bye:!0})),addEventListener("pa\
geshow",e=>e.persisted&&location.reload()),t}o.listen(()=>t?.postMessage({token:o.get()??""}));var M=6e4;function x(e,n){let l=p(n);return l.current=n,f(()=>{let r=e?
y():void 0;if(!e||!r)return;let s=!1,i=0,a=()=>{s||r.postMessage({watch:e}),s=!0},u=()=>{s&&r.postMessage({drop:e}),s=!1},c=()=>{clearTimeout(i),document.hidden?
i=window.setTimeout(u,M):a()},g=w=>{s&&l.current(w)};return d.add(g),document.addEventListener("visibilitychange",c),a(),()=>{d.delete(g),document.removeEventListener(
"visibilitychange",c),clearTimeout(i),u()}},[e]),b.use()==="live"}export{b as a,x as b};
