import{a,b,c}from"./chunk-SLG44YB7.js";import"./chunk-DGVMGTWH.js";import"./chunk-SWZUHBHK.js";import"./chunk-RYOGTBHU.js";import"./chunk-UTQCZ4BP.js";
import"./chunk-7ZYULJA3.js";import"./chunk-5N6CUI7P.js";import"./chunk-OB3QYSTV.js";import"./chunk-QFYT5NKL.js";export{a as Execution,c as itemsOf,b as rowsOf};
