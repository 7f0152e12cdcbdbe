function p(r,a,i){let e=new Int32Array(r+1);for(let t of a)e[t+1]++;for(let t=0;t<r;t++)e[t+1]+=e[t];let s=e.slice(),n=new Int32Array(a.length);for(let t=0;t<a.
length;t++)n[s[a[t]]++]=i[t];return{begin:e,list:n}}function w(r,a,i){let e=Int32Array.from(a.keys()),s=p(r,a,e),n=new Uint8Array(r),t=s.begin.slice(0,r),c=new Uint8Array(
a.length),l=new Int32Array(r);for(let f of i)l[f]++;let u=[...Array(r).keys()].sort((f,o)=>+(l[f]>0)-+(l[o]>0)||f-o),y=[];for(let f of u)if(!n[f])for(y.push(f),
n[f]=1;y.length;){let o=y[y.length-1];if(t[o]===s.begin[o+1]){n[o]=2,y.pop();continue}let g=s.list[t[o]++],m=i[g];n[m]===1?c[g]=1:n[m]===0&&(n[m]=1,y.push(m))}return c}
function H(r,a,i){let e=new Int32Array(r),s=new Int32Array(r),n=[];for(let t=0;t<r;t++)s[t]=a.begin[t+1]-a.begin[t],s[t]||n.push(t);for(let t=0;t<n.length;t++){
let c=n[t];for(let l=i.begin[c];l<i.begin[c+1];l++){let u=i.list[l];e[u]=Math.max(e[u],e[c]+1),--s[u]===0&&n.push(u)}}return e}function G(r,a,i){let e=a.begin[r],
s=a.begin[r+1];if(e===s)return i[r];let n=0;for(let t=e;t<s;t++)n+=i[a.list[t]];return n/(s-e)}function E(r,a,i){let e=[];for(let n=0;n<r.length;n++){let t={sum:a[n]-
n,count:1};for(;e.length;){let c=e[e.length-1];if(c.sum/c.count<=t.sum/t.count)break;t={sum:t.sum+c.sum,count:t.count+c.count},e.pop()}e.push(t)}let s=0;for(let n of e)
for(let t=0;t<n.count;t++,s++)i[r[s]]=n.sum/n.count+s}function k(r,a,i){let e=w(r,a,i),s=[...a.keys()].filter(o=>!e[o]&&a[o]!==i[o]),n=Int32Array.from(s,o=>a[o]),
t=Int32Array.from(s,o=>i[o]),c=p(r,n,t),l=p(r,t,n),u=H(r,l,c),y=[];for(let o=0;o<r;o++)(y[u[o]]??=[]).push(o);let f=new Float64Array(r);for(let o of y)o.forEach(
(g,m)=>f[g]=m);for(let o=0;o<6;o++){let g=o%2===0,m=g?y:[...y].reverse();for(let b of m){let h=new Map(b.map(A=>[A,G(A,g?l:c,f)]));b.sort((A,I)=>h.get(A)-h.get(
I)||f[A]-f[I]||A-I),E(b,b.map(A=>h.get(A)),f)}}return x(y,u,f,e)}function x(r,a,i,e){let[s,n]=[1/0,-1/0];for(let u of i)s=Math.min(s,u),n=Math.max(n,u);let t=Float64Array.
from(a,u=>u*260),c=Float64Array.from(i,u=>(u-s)*64),l=Math.max(1,r.length)*260-70;return{x:t,y:c,back:e,width:l,height:i.length?(n-s)*64+44:44}}export{k as a};
