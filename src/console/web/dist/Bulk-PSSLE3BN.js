import{a,b,c,d}from"./chunk-YJPV7KJ4.js";import"./chunk-UFIEWOQP.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
