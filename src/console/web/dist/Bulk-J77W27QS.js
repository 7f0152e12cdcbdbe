import{a,b,c,d}from"./chunk-HO5YBVEV.js";import"./chunk-FEE47KMS.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
