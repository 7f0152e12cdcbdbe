import{a,b,c}from"./chunk-YDE4ZH7B.js";import"./chunk-VCFDS2OT.js";import"./chunk-SSI4UB7Z.js";import"./chunk-43HXCU4W.js";import"./chunk-UTQCZ4BP.js";
import"./chunk-S62U77I3.js";import"./chunk-QMLD34S7.js";import"./chunk-OB3QYSTV.js";import"./chunk-BNYHLLP5.js";export{a as Execution,c as itemsOf,b as rowsOf};
