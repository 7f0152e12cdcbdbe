import{a,b,c}from"./chunk-IRLYT42B.js";import"./chunk-Q5DSYD4N.js";import"./chunk-LNNLECVR.js";import"./chunk-OB3QYSTV.js";import"./chunk-4SPCVW77.js";
import"./chunk-55JZBHOK.js";import"./chunk-2L4TPQFS.js";export{a as Execution,c as itemsOf,b as rowsOf};
