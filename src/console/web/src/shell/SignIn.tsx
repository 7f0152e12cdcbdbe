// Asks for a token where the service asks who is there. The deep link stays; views load by themselves once the token is given.
import { useState } from "preact/hooks";
import { asksWho, signIn } from "../data/client";

export function SignIn({ hasFailed }: { hasFailed: boolean }) {
  const [text, setText] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    asksWho.set(false);
    signIn(text.trim());
  };
  return (
    <form class="banner" onSubmit={submit} aria-label="Sign in">
      {hasFailed ? "✖ This token is not accepted, or is no longer." : "This service asks who you are."}
      <label> Token <input type="password" autocomplete="off" value={text} onInput={(event) => setText(event.currentTarget.value)} /></label>
      <button class="primary" disabled={!text.trim()}>Sign in</button>
      {hasFailed && <button type="button" onClick={() => { signIn(undefined); asksWho.set(false); }}>Sign out</button>}
      <span class="muted">It stays in this tab and is sent to this server only. Keystone: <code>openstack token issue -f value -c id</code>.</span>
    </form>
  );
}
