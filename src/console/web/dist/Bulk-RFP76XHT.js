import{a,b,c,d}from"./chunk-L2X5PRSI.js";import"./chunk-HVJX4T2S.js";import"./chunk-5ALTCYJR.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
