import{a,b,c,d,e}from"./chunk-AMSNRGN3.js";import"./chunk-2ZY2KEZY.js";import"./chunk-QHIBYRDS.js";import"./chunk-KJXLZSWH.js";import"./chunk-KFVN4SOM.js";
import"./chunk-RKJSMCFH.js";import"./chunk-T37ZCE5Y.js";import"./chunk-OB3QYSTV.js";import"./chunk-XCHGTDDA.js";export{a as Execution,c as LEFT,d as isLeft,e as itemsOf,b as rowsOf};
