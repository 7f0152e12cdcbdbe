import{b as a,c as b}from"./chunk-NELYWPQ5.js";import"./chunk-D5DVDBC2.js";import"./chunk-OB3QYSTV.js";import"./chunk-5CBG6RDL.js";import"./chunk-XIATNDBY.js";
import"./chunk-RFULRQ6X.js";export{a as Execution,b as rowsOf};
