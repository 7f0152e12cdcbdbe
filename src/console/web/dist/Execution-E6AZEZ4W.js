import{a,b,c}from"./chunk-P67HQDS4.js";import"./chunk-XVGCJ5FH.js";import"./chunk-2RUG2A5Y.js";import"./chunk-QCNNLQT3.js";import"./chunk-KFVN4SOM.js";
import"./chunk-M7XVICUG.js";import"./chunk-COOJZMVK.js";import"./chunk-OB3QYSTV.js";import"./chunk-AIVHGEBR.js";export{a as Execution,c as itemsOf,b as rowsOf};
