import{a,b,c,d,e}from"./chunk-QAKN6GFO.js";import"./chunk-H4NRHHQM.js";import"./chunk-VWRLXI6K.js";import"./chunk-VH5NYVNR.js";import"./chunk-KFVN4SOM.js";
import"./chunk-PFXNNAJJ.js";import"./chunk-E7KCJPV5.js";import"./chunk-OB3QYSTV.js";import"./chunk-36QZDJPP.js";export{a as Execution,c as LEFT,d as isLeft,e as itemsOf,b as rowsOf};
