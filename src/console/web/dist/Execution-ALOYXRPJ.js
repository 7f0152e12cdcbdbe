import{b as a,c as b}from"./chunk-QLMATGRE.js";import"./chunk-5XR7B225.js";import"./chunk-OB3QYSTV.js";import"./chunk-4AFFOA4R.js";import"./chunk-T7IKMLTD.js";
import"./chunk-UOD4HHLN.js";export{a as Execution,b as rowsOf};
