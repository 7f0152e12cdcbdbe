import{a,b,c,d,e}from"./chunk-KZSKVXFL.js";import"./chunk-KW37TAT6.js";import"./chunk-32H3N34L.js";import"./chunk-FZPDEZJP.js";import"./chunk-KFVN4SOM.js";
import"./chunk-JHKCNQM4.js";import"./chunk-D3OT5A55.js";import"./chunk-OB3QYSTV.js";import"./chunk-I55BAWUM.js";import"./chunk-7UF6IXTW.js";export{a as Execution,c as LEFT,d as isLeft,e as itemsOf,b as rowsOf};
