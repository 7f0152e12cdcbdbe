import{a,b,c,d,e}from"./chunk-PBBOLDH3.js";import"./chunk-XIVG2FON.js";import"./chunk-Q2Y7BVYO.js";import"./chunk-IPG27FBY.js";import"./chunk-UTQCZ4BP.js";
import"./chunk-C6IB2MYH.js";import"./chunk-CDLSKBXZ.js";import"./chunk-OB3QYSTV.js";import"./chunk-5UX6W7MZ.js";export{a as Execution,c as LEFT,d as isLeft,e as itemsOf,b as rowsOf};
