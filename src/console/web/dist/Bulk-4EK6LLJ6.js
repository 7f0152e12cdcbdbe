import{a,b,c,d}from"./chunk-DBFL7TTA.js";import"./chunk-T7IKMLTD.js";import"./chunk-UOD4HHLN.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
