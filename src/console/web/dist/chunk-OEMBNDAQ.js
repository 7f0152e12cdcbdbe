import{M as t,a as r,h as s}from"./chunk-2MAZAYVJ.js";var o=s(void 0),l=(e,n)=>!e||!e.read_only&&(!e.is_authenticated||e.may.includes(n)),d=e=>l(o.use(),e);function u({rule:e,children:n}){let i=o.use();return l(i,e)?
t(r,{children:n}):i?.read_only?null:t("fieldset",{class:"may",disabled:!0,title:`The rule ${e} of this service's policy does not let you.`,children:n})}export{o as a,d as b,u as c};
