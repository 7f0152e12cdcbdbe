import{e as g,f,h as m,v as o}from"./chunk-2MAZAYVJ.js";var M=document.querySelector('script[type="module"]').src,v=e=>M.replace("app.js",e);var y=m("idle"),d=new Set,t;function w(){if(t)return t;try{let e=v("live.js");if(typeof SharedWorker=="function")t=new SharedWorker(e,{type:"module",name:"mistr\
al"}).port;else{let n=new MessageChannel;new Worker(e,{type:"module"}).postMessage(void 0,[n.port2]),t=n.port1}}catch{return}return t.onmessage=({data:e})=>{if(e.
state)y.set(e.state);else for(let n of d)n(e)},t.postMessage({token:o.get()??""}),addEventListener("pagehide",()=>t?.postMessage({bye:!0})),addEventListener("pa\
geshow",e=>e.persisted&&location.reload()),t}o.listen(()=>t?.postMessage({token:o.get()??""}));var h=6e4;function L(e,n){let l=f(n);return l.current=n,g(()=>{let r=e?
w():void 0;if(!e||!r)return;let s=!1,i=0,u=()=>{s||r.postMessage({watch:e}),s=!0},a=()=>{s&&r.postMessage({drop:e}),s=!1},c=()=>{clearTimeout(i),document.hidden?
i=window.setTimeout(a,h):u()},p=b=>{s&&l.current(b)};return d.add(p),document.addEventListener("visibilitychange",c),u(),()=>{d.delete(p),document.removeEventListener(
"visibilitychange",c),clearTimeout(i),a()}},[e]),y.use()==="live"}export{v as a,y as b,L as c};
