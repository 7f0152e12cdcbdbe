import{a,b,c}from"./chunk-LPYI2TGQ.js";import"./chunk-NAVISLN5.js";import"./chunk-UZ2SMCSS.js";import"./chunk-KP73HHBK.js";import"./chunk-5KLUGCN5.js";
import"./chunk-OB3QYSTV.js";import"./chunk-IFE3DXQC.js";import"./chunk-IHXPOKKO.js";export{a as Execution,c as itemsOf,b as rowsOf};
