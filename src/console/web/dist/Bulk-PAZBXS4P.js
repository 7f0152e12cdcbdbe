import{oa as a,pa as b,qa as c,ra as d}from"./chunk-QFYT5NKL.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
