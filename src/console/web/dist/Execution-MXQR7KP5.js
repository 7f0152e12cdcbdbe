import{a,b,c}from"./chunk-K2G4Q6D3.js";import"./chunk-H7UJIEWY.js";import"./chunk-EMWMI7HU.js";import"./chunk-X564672I.js";import"./chunk-5KLUGCN5.js";
import"./chunk-OB3QYSTV.js";import"./chunk-K3I32H5Y.js";import"./chunk-ASWVZLME.js";export{a as Execution,c as itemsOf,b as rowsOf};
