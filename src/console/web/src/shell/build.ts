// Where the files of this build are.
const APP = document.querySelector<HTMLScriptElement>('script[type="module"]')!.src;

export const script = (name: string) => APP.replace("app.js", name);
