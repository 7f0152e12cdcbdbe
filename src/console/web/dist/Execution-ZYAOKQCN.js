import{a,b,c}from"./chunk-VS23SKSM.js";import"./chunk-UETKDPBI.js";import"./chunk-H5FFJYCG.js";import"./chunk-H5OYZEYH.js";import"./chunk-KFVN4SOM.js";
import"./chunk-7FYVVVNW.js";import"./chunk-QNMHE6CK.js";import"./chunk-OB3QYSTV.js";import"./chunk-OPGLIQJ7.js";export{a as Execution,c as itemsOf,b as rowsOf};
