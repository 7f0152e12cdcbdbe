// Runs while the page is read, before the rest of the code has come: so that no page flashes in the other theme, and so that the list of
// executions, the page that is opened most, has asked its question by then. A plain script of its own.
import { EARLY, type Early } from "./begun";
import { executionsPath } from "./paths";
import { browser, tab } from "./store";

const chosen = browser.get("theme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;

const [base, page] = location.pathname.split("/console/");
if (page === "executions" && !/^#(token|handed)=/.test(location.hash)) {
  const path = executionsPath(new URLSearchParams(location.search)).path;
  const token = tab.get("token") ?? undefined;
  const headers: Record<string, string> = { Accept: "application/json", ...(token === undefined ? {} : { "X-Auth-Token": token }) };
  const answer = fetch(base + path, { headers });
  // Whoever takes it hears of a failure.
  answer.catch(() => undefined);
  (globalThis as { [EARLY]?: Early })[EARLY] = { path, token, answer };
}
