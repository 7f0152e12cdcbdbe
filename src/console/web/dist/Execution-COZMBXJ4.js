import{b as a,c as b}from"./chunk-PXSZO72D.js";import"./chunk-4IP4GKEB.js";import"./chunk-OB3QYSTV.js";import"./chunk-VBJWDW7H.js";import"./chunk-FEE47KMS.js";export{a as Execution,b as rowsOf};
