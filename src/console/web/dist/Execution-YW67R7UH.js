import{a,b,c,d,e}from"./chunk-57YVRHX7.js";import"./chunk-ABN4ZUN6.js";import"./chunk-XJYGVHSB.js";import"./chunk-LHDPUPB2.js";import"./chunk-KFVN4SOM.js";
import"./chunk-7PR5UZCC.js";import"./chunk-LEF6P6CA.js";import"./chunk-OB3QYSTV.js";import"./chunk-ZTMUTIUO.js";import"./chunk-7UF6IXTW.js";export{a as Execution,c as LEFT,d as isLeft,e as itemsOf,b as rowsOf};
