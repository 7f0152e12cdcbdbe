import{$ as c}from"./chunk-36QZDJPP.js";function f(l,g){let[i,r]=[l.split(`
`),g.split(`
`)],[e,t,s]=[0,i.length,r.length];for(;e<t&&e<s&&i[e]===r[e];)e++;for(;t>e&&s>e&&i[t-1]===r[s-1];)t--,s--;let n=h=>h.map(p=>[" ",p]);return[...n(i.slice(0,e)),...u(
i.slice(e,t),r.slice(e,s)),...n(i.slice(t))]}var a=4e6;function u(l,g){if(l.length*g.length>a)return[...l.map(n=>["-",n]),...g.map(n=>["+",n])];let i=g.length+1,
r=new Uint32Array((l.length+1)*i);for(let n=l.length-1;n>=0;n--)for(let h=g.length-1;h>=0;h--)r[n*i+h]=l[n]===g[h]?r[(n+1)*i+h+1]+1:Math.max(r[(n+1)*i+h],r[n*i+
h+1]);let e=[],[t,s]=[0,0];for(;t<l.length||s<g.length;)t<l.length&&s<g.length&&l[t]===g[s]?(e.push([" ",l[t]]),t++,s++):s>=g.length||t<l.length&&r[(t+1)*i+s]>=
r[t*i+s+1]?e.push(["-",l[t++]]):e.push(["+",g[s++]]);return e}var o=3;function d({title:l,left:g,right:i}){let r=f(g,i),e=r.map((t,s)=>r.slice(Math.max(0,s-o),s+
o+1).some(([n])=>n!==" "));return c("section",{class:"data",children:[c("h3",{children:l}),c("pre",{class:"diff",tabIndex:0,children:r.map(([t,s],n)=>e[n]?c("sp\
an",{class:t==="-"?"state-error":t==="+"?"state-success":void 0,children:`${t} ${s}
`}):n>0&&e[n-1]?c("span",{class:"muted",children:`\u22EF
`}):null)})]})}export{f as a,d as b};
