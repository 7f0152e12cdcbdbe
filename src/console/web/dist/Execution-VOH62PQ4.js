import{a,b,c}from"./chunk-KX4LBE24.js";import"./chunk-QKNUNJF7.js";import"./chunk-4OT32SHJ.js";import"./chunk-OFGGPVDB.js";import"./chunk-UTQCZ4BP.js";
import"./chunk-IGGRFVNE.js";import"./chunk-ZLIKXXNG.js";import"./chunk-OB3QYSTV.js";import"./chunk-MKULGKPA.js";export{a as Execution,c as itemsOf,b as rowsOf};
