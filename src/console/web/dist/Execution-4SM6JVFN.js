import{a,b,c}from"./chunk-6JCNLCE4.js";import"./chunk-4ZNZ4YVH.js";import"./chunk-BG2VKMY4.js";import"./chunk-V7KPKOQ4.js";import"./chunk-UTQCZ4BP.js";
import"./chunk-6IYVFWYK.js";import"./chunk-QDCANJH4.js";import"./chunk-OB3QYSTV.js";import"./chunk-P3WS2R5J.js";export{a as Execution,c as itemsOf,b as rowsOf};
