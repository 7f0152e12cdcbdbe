import{b as a,c as b}from"./chunk-ZIOE2TSW.js";import"./chunk-TAHGD7R7.js";import"./chunk-OB3QYSTV.js";import"./chunk-SDM7645K.js";import"./chunk-OEMBNDAQ.js";
import"./chunk-2MAZAYVJ.js";export{a as Execution,b as rowsOf};
