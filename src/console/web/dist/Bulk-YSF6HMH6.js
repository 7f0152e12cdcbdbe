import{a,b,c,d}from"./chunk-JTHTAK3B.js";import"./chunk-55JZBHOK.js";import"./chunk-2L4TPQFS.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
