import{pa as a,qa as b,ra as c,sa as d}from"./chunk-XCHGTDDA.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
