var e=localStorage.getItem("mistral.theme");(e==="light"||e==="dark")&&(document.documentElement.dataset.theme=e);
