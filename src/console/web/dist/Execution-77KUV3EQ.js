import{a,b,c}from"./chunk-ORNJDLJX.js";import"./chunk-RKRB4EGN.js";import"./chunk-XCWKAXVO.js";import"./chunk-33ZKVWSQ.js";import"./chunk-UTQCZ4BP.js";
import"./chunk-HK3UHEOF.js";import"./chunk-ZMQ2AXRK.js";import"./chunk-OB3QYSTV.js";import"./chunk-UZDXLOVA.js";export{a as Execution,c as itemsOf,b as rowsOf};
