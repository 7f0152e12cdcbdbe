var y=location.pathname.slice(0,location.pathname.lastIndexOf("/console/a/")),r=new Set,b="",c,d="idle",g=0,m,u=0;function a(n,e){for(let t of r)(e===void 0||t.
watches.has(e))&&t.port.postMessage(n)}function w(n){d=n,a({state:d})}function S(n){clearTimeout(m),m=setTimeout(C,n)}function C(){let n=new Set;for(let o of r)
for(let h of o.watches.keys())n.add(h);let e=[...n].sort().join(","),t=[...r].find(o=>o.token)?.token;if(e===b&&c&&d!=="lost")return;if(c?.abort(),b=e,!e)return w(
"idle");let s=new AbortController;c=s,M(e,s,t)}async function M(n,e,t){let s,o=()=>{clearTimeout(s),s=setTimeout(()=>e.abort(),4e4)};try{let h=u?`&since=${u}`:"",
p={Accept:"text/event-stream"};t&&(p["X-Auth-Token"]=t);let l=await fetch(`${y}/v2/events?watch=${encodeURIComponent(n)}${h}`,{headers:p,signal:e.signal});if(!l.
ok||!l.body)throw new Error(String(l.status));g=0,w("live"),a({event:"gap",data:{watch:""}});let k=l.body.pipeThrough(new TextDecoderStream).getReader(),i="";for(o();;){
let{value:E,done:x}=await k.read();if(x)break;o(),i+=E;for(let f=i.indexOf(`

`);f>=0;f=i.indexOf(`

`))L(i.slice(0,f)),i=i.slice(f+2)}}catch{}clearTimeout(s),c===e&&(c=void 0,g+=1,w("lost"),S(Math.min(15e3,500*2**g)))}function L(n){let e="",t="";for(let o of n.
split(`
`))o.startsWith("event: ")?e=o.slice(7):o.startsWith("data: ")?t+=o.slice(6):o.startsWith("id: ")&&(u=Number(o.slice(4))||u);if(!e)return;let s=JSON.parse(t);e===
"tasks"?a({event:e,data:s},`execution:${s.execution}`):e==="execution"?a({event:e,data:s},`execution:${s.row[0]}`):e==="executions"?a({event:e,data:s},"executio\
ns"):a({event:e,data:s})}function O(n){let e={port:n,watches:new Map};r.add(e),n.onmessage=({data:t})=>{if(t.token!==void 0&&(e.token=t.token||void 0),t.watch&&
e.watches.set(t.watch,(e.watches.get(t.watch)??0)+1),t.drop){let s=(e.watches.get(t.drop)??1)-1;s>0?e.watches.set(t.drop,s):e.watches.delete(t.drop)}t.bye&&r.delete(
e),S(200)},n.postMessage({state:d})}var T=globalThis,v=n=>O(n.ports[0]);"SharedWorkerGlobalScope"in globalThis?T.onconnect=v:T.onmessage=v;
