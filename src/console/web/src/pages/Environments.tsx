// Variables that runs share: list, edit, differences.
import { useState } from "preact/hooks";
import { api, ApiError, query, segment } from "../data/client";
import { useLoad } from "../data/load";
import { change, href, usePlace } from "../shell/router";
import { parseDate } from "../parts/format";
import { Data } from "../parts/Json";
import { parsed } from "../parts/value";
import { Confirm, Dialog, Empty, Failure, TimeOf, View } from "../parts/views";
import { Diff } from "../parts/Diff";
import { dotted } from "../parts/value";
import { May } from "../parts/May";

interface Environment {
  id: string;
  name: string;
  description: string | null;
  scope: string;
  variables: string;
  created_at: string;
  updated_at: string | null;
}

const pretty = (text: unknown) => JSON.stringify(parsed(text), null, 2);

export function Environments() {
  const { query: place } = usePlace();
  const name = place.get("name") ?? undefined;
  const other = place.get("with") ?? undefined;
  const list = useLoad<{ environments: Environment[] }>("/v2/environments?limit=1000&sort_keys=name&sort_dirs=asc");
  const one = useLoad<Environment>(name === undefined ? undefined : `/v2/environments/${segment(name)}`);
  const second = useLoad<Environment>(other === undefined ? undefined : `/v2/environments/${segment(other)}`);
  const users = useLoad<{ cron_triggers: { name: string; workflow_params: string }[] }>(name === undefined ? undefined : "/v2/cron_triggers?limit=1000");
  const using = (users.data?.cron_triggers ?? []).filter((trigger) => (parsed(trigger.workflow_params) as { env?: unknown } | null)?.env === name);
  const [edited, edit] = useState<Environment | "new">();
  const [asked, ask] = useState(false);
  const again = () => {
    list.again();
    one.again();
  };
  return (
    <>
      <div class="title"><h1>Environments</h1><May rule="environments:create"><button aria-keyshortcuts="c" onClick={() => edit("new")}>New…</button></May></div>
      <View of={list}>
        {(data) =>
          data.environments.length ? (
            <div class="scroll"><table class="stack">
              <thead><tr><th>Name</th><th>Variables</th><th>Description</th><th>Scope</th><th>Changed</th></tr></thead>
              <tbody>{data.environments.map((env) => (
                <tr key={env.id} class={env.name === name ? "chosen" : undefined}><td><button class="link" onClick={() => change({ name: env.name, with: undefined })}>{env.name}</button></td><td data-l="Variables">{Object.keys((parsed(env.variables) ?? {}) as object).length}</td><td class="wide">{env.description ?? ""}</td><td data-l="Scope">{env.scope}</td>
                  <td class="nowrap" data-l="Changed"><TimeOf time={parseDate(env.updated_at ?? env.created_at)} /></td></tr>
              ))}</tbody>
            </table></div>
          ) : (
            <Empty><p>An environment holds variables that runs share, as <code>env()</code> in expressions. None has been made.</p><May rule="environments:create"><button class="primary" onClick={() => edit("new")}>Make one…</button></May></Empty>
          )
        }
      </View>
      {name !== undefined && (list.data || !list.error) && (
        <View of={one}>
          {(data) => (
            <section class="panel" aria-label={`Environment ${name}`}>
              <div class="buttons">
                <May rule="environments:update"><button aria-keyshortcuts="e" onClick={() => edit(data)}>Edit…</button></May>
                <label><span class="hidden">Compare with</span><select value={other ?? ""} onChange={(event) => change({ with: event.currentTarget.value })}><option value="">Compare with…</option>{list.data?.environments.filter((env) => env.name !== name).map((env) => <option>{env.name}</option>)}</select></label>
                <May rule="environments:delete"><button disabled={using.length > 0} onClick={() => ask(true)}>Delete…</button></May>
                {using.length > 0 && <span class="muted">used by {using.map((trigger) => <a href={href(`/triggers?name=${segment(trigger.name)}`)}>{trigger.name} </a>)}: it cannot be deleted here</span>}
              </div>
              {other && second.data ? <Differences names={[name, other]} left={parsed(data.variables)} right={parsed(second.data.variables)} /> : <Data title={`Variables of ${name}`} value={data.variables} />}
            </section>
          )}
        </View>
      )}
      {edited && <Edit of={edited === "new" ? undefined : edited} close={() => edit(undefined)} done={again} />}
      {asked && name && <Confirm title={`Delete ${name}?`} label="Delete" close={() => ask(false)} act={async () => { await api(`/v2/environments/${segment(name)}`, { method: "DELETE" }); change({ name: undefined }); list.again(); }}><p>Runs that name it cannot begin any more.</p></Confirm>}
    </>
  );
}

/** Without the secrets of both. */
function Differences({ names, left, right }: { names: [string, string]; left: unknown; right: unknown }) {
  const [a, b] = dotted(left, right).map((value) => JSON.stringify(value, null, 2));
  return a === b ? <p class="muted">{names[0]} and {names[1]} say the same.</p> : <Diff title="Variables" names={names} left={a} right={b} />;
}

function Edit({ of, close, done }: { of?: Environment; close: () => void; done: () => void }) {
  const [name, setName] = useState(of?.name ?? "");
  const [description, setDescription] = useState(of?.description ?? "");
  const before = of ? pretty(of.variables) : "{}";
  const [text, setText] = useState(before);
  const [error, setError] = useState<ApiError>();
  let problem = "";
  try {
    const made = JSON.parse(text);
    if (!made || typeof made !== "object" || Array.isArray(made)) problem = "Variables are an object: {\"name\": value}.";
  } catch (failure) {
    problem = (failure as Error).message;
  }
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      await api(`/v2/environments${query({})}`, { method: of ? "PUT" : "POST", json: { name, description, variables: JSON.parse(text) } });
      done();
      close();
      change({ name });
    } catch (failure) {
      setError(failure as ApiError);
    }
  };
  return (
    <Dialog title={of ? `Edit ${of.name}` : "A new environment"} close={close}>
      <form onSubmit={save}>
        <label class="block">Name<input required disabled={!!of} value={name} onInput={(event) => setName(event.currentTarget.value)} /></label>
        <label class="block">Description<input value={description} onInput={(event) => setDescription(event.currentTarget.value)} /></label>
        <label class="block">Variables, JSON<textarea class="code" rows={12} spellcheck={false} value={text} onInput={(event) => setText(event.currentTarget.value)} /></label>
        {problem ? <p class="state-error" role="status">✖ {problem}</p> : of && text !== before && <Diff title="What changes" left={before} right={JSON.stringify(JSON.parse(text), null, 2)} />}
        {error && <Failure error={error} />}
        <div class="buttons"><button class="primary" disabled={!!problem}>Save</button><button type="button" onClick={close}>Leave it</button></div>
      </form>
    </Dialog>
  );
}
