function p(r,o,i){let e=new Int32Array(r+1);for(let t of o)e[t+1]++;for(let t=0;t<r;t++)e[t+1]+=e[t];let a=e.slice(),n=new Int32Array(o.length);for(let t=0;t<o.
length;t++)n[a[o[t]]++]=i[t];return{begin:e,list:n}}function H(r,o,i){let e=Int32Array.from(o.keys()),a=p(r,o,e),n=new Uint8Array(r),t=a.begin.slice(0,r),c=new Uint8Array(
o.length),y=new Int32Array(r);for(let f of i)y[f]++;let u=[...Array(r).keys()].sort((f,s)=>+(y[f]>0)-+(y[s]>0)||f-s),l=[];for(let f of u)if(!n[f])for(l.push(f),
n[f]=1;l.length;){let s=l[l.length-1];if(t[s]===a.begin[s+1]){n[s]=2,l.pop();continue}let g=a.list[t[s]++],m=i[g];n[m]===1?c[g]=1:n[m]===0&&(n[m]=1,l.push(m))}return c}
function E(r,o,i){let e=new Int32Array(r),a=new Int32Array(r),n=[];for(let t=0;t<r;t++)a[t]=o.begin[t+1]-o.begin[t],a[t]||n.push(t);for(let t=0;t<n.length;t++){
let c=n[t];for(let y=i.begin[c];y<i.begin[c+1];y++){let u=i.list[y];e[u]=Math.max(e[u],e[c]+1),--a[u]===0&&n.push(u)}}return e}function G(r,o,i){let e=o.begin[r],
a=o.begin[r+1];if(e===a)return i[r];let n=0;for(let t=e;t<a;t++)n+=i[o.list[t]];return n/(a-e)}function x(r,o,i){let e=[];for(let n=0;n<r.length;n++){let t={sum:o[n]-
n,count:1};for(;e.length;){let c=e[e.length-1];if(c.sum/c.count<=t.sum/t.count)break;t={sum:t.sum+c.sum,count:t.count+c.count},e.pop()}e.push(t)}let a=0;for(let n of e)
for(let t=0;t<n.count;t++,a++)i[r[a]]=n.sum/n.count+a}function w(r,o,i){let e=H(r,o,i),a=[...o.keys()].filter(s=>!e[s]&&o[s]!==i[s]),n=Int32Array.from(a,s=>o[s]),
t=Int32Array.from(a,s=>i[s]),c=p(r,n,t),y=p(r,t,n),u=E(r,y,c),l=[];for(let s=0;s<r;s++)(l[u[s]]??=[]).push(s);let f=new Float64Array(r);for(let s of l)s.forEach(
(g,m)=>f[g]=m);for(let s=0;s<6;s++){let g=s%2===0,m=g?l:[...l].reverse();for(let b of m){let h=new Map(b.map(A=>[A,G(A,g?y:c,f)]));b.sort((A,I)=>h.get(A)-h.get(
I)||f[A]-f[I]||A-I),x(b,b.map(A=>h.get(A)),f)}}return k(l,u,f,e)}function k(r,o,i,e){let[a,n]=[1/0,-1/0];for(let u of i)a=Math.min(a,u),n=Math.max(n,u);let t=Float64Array.
from(o,u=>u*260),c=Float64Array.from(i,u=>(u-a)*64),y=Math.max(1,r.length)*260-70;return{x:t,y:c,back:e,width:y,height:i.length?(n-a)*64+44:44}}onmessage=r=>{let{count:o,from:i,to:e}=r.data;postMessage(w(o,i,e))};
