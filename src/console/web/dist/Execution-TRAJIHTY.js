import{a,b,c,d,e}from"./chunk-QLHQA5ZE.js";import"./chunk-KW37TAT6.js";import"./chunk-32H3N34L.js";import"./chunk-FZPDEZJP.js";import"./chunk-KFVN4SOM.js";
import"./chunk-JHKCNQM4.js";import"./chunk-VBBDCTTK.js";import"./chunk-OB3QYSTV.js";import"./chunk-I55BAWUM.js";import"./chunk-7UF6IXTW.js";export{a as Execution,c as LEFT,d as isLeft,e as itemsOf,b as rowsOf};
