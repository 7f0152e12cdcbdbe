import{a,b,c,d}from"./chunk-MXCYIPEN.js";import"./chunk-K3I32H5Y.js";import"./chunk-ASWVZLME.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
