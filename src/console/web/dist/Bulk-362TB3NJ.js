import{pa as a,qa as b,ra as c,sa as d}from"./chunk-I55BAWUM.js";import"./chunk-7UF6IXTW.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
