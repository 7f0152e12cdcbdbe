import{a,b,c,d}from"./chunk-Z4MTMCJS.js";import"./chunk-OEMBNDAQ.js";import"./chunk-2MAZAYVJ.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
