import{ra as a,sa as b,ta as c,ua as d}from"./chunk-5UX6W7MZ.js";export{a as ACTIONS,b as BulkDialog,c as BulkList,d as BulkPage};
