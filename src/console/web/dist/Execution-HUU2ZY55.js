import{b as a,c as b}from"./chunk-47YTR3JJ.js";import"./chunk-AEZBDFRI.js";import"./chunk-OB3QYSTV.js";import"./chunk-HJB4XBRR.js";import"./chunk-PMQNFGQB.js";export{a as Execution,b as rowsOf};
