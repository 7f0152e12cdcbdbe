import{b as a,c as b}from"./chunk-Y2XBRZLA.js";import"./chunk-SUBD5QC6.js";import"./chunk-OB3QYSTV.js";import"./chunk-5B3DC5HV.js";import"./chunk-UFIEWOQP.js";export{a as Execution,b as rowsOf};
