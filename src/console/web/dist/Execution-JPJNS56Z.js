import{a,b,c}from"./chunk-XFWZARN3.js";import"./chunk-PPECMSZK.js";import"./chunk-C5PZHKVE.js";import"./chunk-MFEKJLTG.js";import"./chunk-OUFK3CXQ.js";
import"./chunk-OB3QYSTV.js";import"./chunk-EYJBG3TT.js";import"./chunk-OH263TXN.js";import"./chunk-SA5DILO3.js";import"./chunk-O26X54IO.js";export{a as Execution,c as itemsOf,b as rowsOf};
