import{qa as a,ra as b,sa as c,ta as d}from"./chunk-36QZDJPP.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
