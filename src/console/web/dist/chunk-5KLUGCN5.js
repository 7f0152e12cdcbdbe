var t=document.querySelector('script[type="module"]').src,c=e=>t.replace("app.js",e);export{c as a};
