import{a,b,c,d}from"./chunk-5LRDMGJ5.js";import"./chunk-MFQ5DZGI.js";import"./chunk-BH2VNA6L.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
