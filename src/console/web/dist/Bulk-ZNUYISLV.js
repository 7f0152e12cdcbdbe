import{oa as a,pa as b,qa as c,ra as d}from"./chunk-ZTMUTIUO.js";import"./chunk-7UF6IXTW.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
