// Where the files of this build are, and so, where the service is: a proxy may have put a path before its own.
const APP = document.querySelector<HTMLScriptElement>('script[type="module"]')!.src;

export const script = (name: string) => APP.replace("app.js", name);

/** The service's origin with what stands before its paths; and the latter alone, empty for nothing. */
export const SERVICE = APP.slice(0, APP.lastIndexOf("/console/a/"));
export const BASE = SERVICE.slice(location.origin.length);
