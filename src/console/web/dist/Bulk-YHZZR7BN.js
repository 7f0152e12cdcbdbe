import{a,b,c,d}from"./chunk-XP7S6INQ.js";import"./chunk-IFE3DXQC.js";import"./chunk-IHXPOKKO.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
