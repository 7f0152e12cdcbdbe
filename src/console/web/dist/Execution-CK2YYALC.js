import{a,b,c}from"./chunk-CVDLLCAH.js";import"./chunk-KJC5KS6T.js";import"./chunk-CS5EIXHA.js";import"./chunk-DO7TCUJZ.js";import"./chunk-EVLDVXTG.js";
import"./chunk-ERXFRVMR.js";import"./chunk-KFVN4SOM.js";import"./chunk-L2X5PRSI.js";import"./chunk-PDCBQOJG.js";import"./chunk-OB3QYSTV.js";
import"./chunk-HVJX4T2S.js";import"./chunk-5ALTCYJR.js";export{a as Execution,c as itemsOf,b as rowsOf};
