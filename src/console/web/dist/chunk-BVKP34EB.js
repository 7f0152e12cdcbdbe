import{$ as h}from"./chunk-5UX6W7MZ.js";function p(r,i){let[l,c]=[r.split(`
`),i.split(`
`)],[t,s,n]=[0,l.length,c.length];for(;t<s&&t<n&&l[t]===c[t];)t++;for(;s>t&&n>t&&l[s-1]===c[n-1];)s--,n--;let e=g=>g.map(o=>[" ",o]);return[...e(l.slice(0,t)),...u(
l.slice(t,s),c.slice(t,n)),...e(l.slice(s))]}var f=4e6;function u(r,i){if(r.length*i.length>f)return[...r.map(e=>["-",e]),...i.map(e=>["+",e])];let l=i.length+1,
c=new Uint32Array((r.length+1)*l);for(let e=r.length-1;e>=0;e--)for(let g=i.length-1;g>=0;g--)c[e*l+g]=r[e]===i[g]?c[(e+1)*l+g+1]+1:Math.max(c[(e+1)*l+g],c[e*l+
g+1]);let t=[],[s,n]=[0,0];for(;s<r.length||n<i.length;)s<r.length&&n<i.length&&r[s]===i[n]?(t.push([" ",r[s]]),s++,n++):n>=i.length||s<r.length&&c[(s+1)*l+n]>=
c[s*l+n+1]?t.push(["-",r[s++]]):t.push(["+",i[n++]]);return t}var a=3;function d({title:r,names:i,left:l,right:c}){let t=p(l,c),s=t.map((n,e)=>t.slice(Math.max(
0,e-a),e+a+1).some(([g])=>g!==" "));return h("section",{class:"data",children:[h("h3",{children:[r,i&&h("span",{class:"muted only",children:[" ",h("span",{class:"\
state-error",children:["\u2212 ",i[0]]})," ",h("span",{class:"state-success",children:["+ ",i[1]]})]})]}),h("pre",{class:"diff",tabIndex:0,children:t.map(([n,e],g)=>s[g]?
h("span",{class:n==="-"?"state-error":n==="+"?"state-success":void 0,children:`${n} ${e}
`}):g>0&&s[g-1]?h("span",{class:"muted",children:`\u22EF
`}):null)})]})}export{p as a,d as b};
