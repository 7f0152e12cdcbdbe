import{a,b,c}from"./chunk-V6T7TXQR.js";import"./chunk-JHDPZJQR.js";import"./chunk-R72PKJHG.js";import"./chunk-43HXCU4W.js";import"./chunk-KFVN4SOM.js";
import"./chunk-S62U77I3.js";import"./chunk-QMLD34S7.js";import"./chunk-OB3QYSTV.js";import"./chunk-BNYHLLP5.js";export{a as Execution,c as itemsOf,b as rowsOf};
