// A worker for `loadtest worker check-worker`.
import { Failure, Started, action, run } from "../dist/index.js";

action("conformance.echo", { input: { value: "any" } }, ({ value }) => value);
action("conformance.fail", () => {
  throw new Failure({ code: 7 });
});
action("conformance.sleep", { input: { seconds: "number" } }, ({ seconds }, { signal }) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()));
  }),
);
action("conformance.start", { isSync: false }, () => new Started());
await run(process.env.MISTRAL_URL);
