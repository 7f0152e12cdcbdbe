import{_ as t,a as r,l as s}from"./chunk-5ALTCYJR.js";var o=s(void 0),l=(e,n)=>!e||!e.read_only&&(!e.is_authenticated||e.may.includes(n)),u=e=>l(o.use(),e);function a({rule:e,children:n}){let i=o.use();return l(i,e)?
t(r,{children:n}):i?.read_only?null:t("fieldset",{class:"may",disabled:!0,title:`The rule ${e} of this service's policy does not let you.`,children:n})}export{o as a,u as b,a as c};
