// Signs a reader in where the service asks who is there: by what its identity service takes. The deep link stays, and what is shown stays
// under it; views load again by themselves once there is a token.
import { useEffect, useState } from "preact/hooks";
import { below, href } from "./router";
import { tab } from "./store";
import { api, ApiError, asksWho, failedSignIn, signIn } from "../data/client";

/** Answer of `/console/session`. */
interface SignedIn {
  token: string;
  project: { id: string; name: string } | null;
  projects: { id: string; name: string }[];
}

const NAMES: Record<string, string> = { password: "User and password", application_credential: "Application credential", token: "Token" };

export function SignIn({ hasFailed }: { hasFailed: boolean }) {
  const [ways, setWays] = useState<string[]>([]);
  const [way, choose] = useState("token");
  const [error, setError] = useState("");
  const [chosen, offer] = useState<SignedIn>();
  const failed = failedSignIn.use();
  useEffect(() => {
    api<{ ways: string[] }>("/console/session").then(
      ({ ways }) => {
        setWays(ways);
        if (ways.includes("password")) choose("password");
      },
      () => setWays([]),
    );
  }, []);
  const done = (made: SignedIn) => {
    if (!made.project && made.projects.length) return offer(made);
    asksWho.set(false);
    signIn(made.token, made.projects);
  };
  const ask = async (method: string, json: unknown, token?: string) => {
    setError("");
    try {
      done(await api<SignedIn>("/console/session", { method, json, headers: token ? { "X-Auth-Token": token } : {} }));
    } catch (failure) {
      setError((failure as ApiError).message);
    }
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement)) as Record<string, string>;
    if (way !== "token") return void ask("POST", { method: way, ...given });
    asksWho.set(false);
    signIn(given.token.trim());
  };
  const overThere = (realm?: string) => {
    const mark = crypto.randomUUID?.() ?? String(Math.random());
    tab.set("mark", mark);
    location.assign(`${href("/login/oidc")}?${new URLSearchParams({ next: below(), mark, ...(realm ? { realm } : {}) })}`);
  };
  const fields = ways.filter((one) => !one.startsWith("oidc"));
  return (
    <form class="banner" onSubmit={submit} aria-label="Sign in">
      <span>{error || failed ? <span role="alert">✖ {error || failed}</span> : hasFailed ? "✖ This token is not accepted, or is no longer." : "This service asks who you are."}</span>
      {chosen && (
        <label>Project <select value="" onChange={(event) => ask("PUT", { project: event.currentTarget.value }, chosen.token)}>
          <option value="">choose…</option>{chosen.projects.map((one) => <option value={one.id}>{one.name}</option>)}</select></label>
      )}
      {ways.includes("oidc") && !ways.includes("oidc_realm") && <button type="button" class="primary" onClick={() => overThere()}>Sign in with your provider</button>}
      {ways.includes("oidc_realm") && <label>Realm <input name="realm" autocomplete="organization" /> <button type="button" class="primary" onClick={(event) => overThere((event.currentTarget.previousElementSibling as HTMLInputElement).value.trim())}>Sign in with Keycloak</button></label>}
      {fields.length > 0 && <label>With <select value={way} onChange={(event) => choose(event.currentTarget.value)}>{[...fields, "token"].map((name) => <option value={name}>{NAMES[name]}</option>)}</select></label>}
      {way === "password" && (
        <>
          <label>User <input name="user" autocomplete="username" required /></label>
          <label>Password <input name="password" type="password" autocomplete="current-password" required /></label>
          <label>Domain <input name="domain" placeholder="Default" /></label>
          <label>Project <input name="project" placeholder="your own" /></label>
        </>
      )}
      {way === "application_credential" && (
        <>
          <label>Id <input name="id" autocomplete="username" required /></label>
          <label>Secret <input name="secret" type="password" autocomplete="off" required /></label>
        </>
      )}
      {way === "token" && <label>Token <input name="token" type="password" autocomplete="off" required /></label>}
      <button class={ways.includes("oidc") ? "" : "primary"}>Sign in</button>
      {hasFailed && <button type="button" onClick={() => { signIn(undefined); asksWho.set(false); }}>Sign out</button>}
      {way === "token" && <span class="muted">It stays in this tab and is sent to this server only.</span>}
    </form>
  );
}
