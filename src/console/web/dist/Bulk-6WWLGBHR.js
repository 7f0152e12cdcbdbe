import{a,b,c,d}from"./chunk-MFEKJLTG.js";import"./chunk-SA5DILO3.js";import"./chunk-O26X54IO.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
