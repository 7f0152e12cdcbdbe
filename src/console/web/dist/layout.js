import{a as o}from"./chunk-OB3QYSTV.js";onmessage=t=>{let{count:r,from:a,to:e}=t.data;postMessage(o(r,a,e))};
