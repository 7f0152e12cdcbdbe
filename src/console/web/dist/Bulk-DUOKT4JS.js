import{na as a,oa as b,pa as c,qa as d}from"./chunk-FDOGFYBB.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
