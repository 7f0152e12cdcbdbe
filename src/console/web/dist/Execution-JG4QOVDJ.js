import{a,b,c}from"./chunk-XI2GBHNF.js";import"./chunk-ABN4ZUN6.js";import"./chunk-XJYGVHSB.js";import"./chunk-LHDPUPB2.js";import"./chunk-KFVN4SOM.js";
import"./chunk-K52UCTHT.js";import"./chunk-6QFM6PES.js";import"./chunk-OB3QYSTV.js";import"./chunk-ZTMUTIUO.js";import"./chunk-7UF6IXTW.js";export{a as Execution,c as itemsOf,b as rowsOf};
