import{a,b,c}from"./chunk-YEHODEPW.js";import"./chunk-KGWIXWWD.js";import"./chunk-EUP4AGUL.js";import"./chunk-ZQQ6GK2Z.js";import"./chunk-KFVN4SOM.js";
import"./chunk-CLJWLVLY.js";import"./chunk-5SVMV34I.js";import"./chunk-OB3QYSTV.js";import"./chunk-FDOGFYBB.js";export{a as Execution,c as itemsOf,b as rowsOf};
