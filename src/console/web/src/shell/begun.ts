// A question that was put before the code of the page was there.
export const EARLY = "mistralEarly";

export interface Early {
  path: string;
  token?: string;
  answer: Promise<Response>;
}

/** The answer to a question that is under way already, once, if it was put in the same name. */
export function begun(path: string, token: string | undefined): Promise<Response> | undefined {
  const holder = globalThis as { [EARLY]?: Early };
  const early = holder[EARLY];
  if (!early || early.path !== path || early.token !== token) return undefined;
  delete holder[EARLY];
  return early.answer;
}
