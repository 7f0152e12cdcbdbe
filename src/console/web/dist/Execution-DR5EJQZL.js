import{a,b,c}from"./chunk-TIYI4TOS.js";import"./chunk-PTTCPZVV.js";import"./chunk-WW26DQHJ.js";import"./chunk-OB3QYSTV.js";import"./chunk-CCQ5342Y.js";
import"./chunk-MFQ5DZGI.js";import"./chunk-BH2VNA6L.js";export{a as Execution,c as itemsOf,b as rowsOf};
