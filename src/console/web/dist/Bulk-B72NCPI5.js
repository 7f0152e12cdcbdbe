import{a,b,c,d}from"./chunk-XOZV5L65.js";import"./chunk-PMQNFGQB.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
