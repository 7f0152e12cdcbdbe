import{a,b,c,d}from"./chunk-S6DPJ7PJ.js";import"./chunk-XIATNDBY.js";import"./chunk-RFULRQ6X.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
