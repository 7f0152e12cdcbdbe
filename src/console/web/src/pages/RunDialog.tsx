// Starts a workflow: one field per input, or all of it as JSON.
import { useState } from "preact/hooks";
import { api, ApiError, segment } from "../data/client";
import { useLoad } from "../data/load";
import { go } from "../shell/router";
import { parsed } from "../parts/value";
import { Dialog, Failure, View } from "../parts/views";

interface Definition {
  id: string;
  name: string;
  input: string;
  interface?: unknown;
}

interface Field {
  name: string;
  /** JSON, or text that is taken as such. */
  text: string;
  isRequired: boolean;
}

/** `input` of a definition is the text `a, b=5, c="x"`; its default values are JSON or Python's words. */
export function fieldsOf(definition: Definition): Field[] {
  const made = parsed(definition.interface) as { input?: unknown[] } | null;
  const input = Array.isArray(made?.input) ? made.input : [];
  return input.flatMap((one): Field[] => {
    if (typeof one === "string") return [{ name: one, text: "", isRequired: true }];
    return Object.entries(one as Record<string, unknown>).map(([name, value]) => ({ name, text: JSON.stringify(value), isRequired: false }));
  });
}

/** What somebody has typed: JSON where it reads as such, else the text itself. */
export function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function RunDialog({ workflow, name, input, close }: { workflow: string; name: string; input?: string; close: () => void }) {
  const definition = useLoad<Definition>(`/v2/workflows/${segment(workflow)}`);
  return (
    <Dialog title={`Run ${name}`} close={close}>
      <View of={definition}>{(data) => <Form definition={data} input={input} close={close} />}</View>
      {!definition.data && <div class="buttons"><button onClick={close}>Close</button></div>}
    </Dialog>
  );
}

function Form({ definition, input, close }: { definition: Definition; input?: string; close: () => void }) {
  const known = (parsed(input) ?? {}) as Record<string, unknown>;
  const [fields, setFields] = useState(() =>
    fieldsOf(definition).map((field) => (field.name in known ? { ...field, text: JSON.stringify(known[field.name]) } : field)),
  );
  const [description, setDescription] = useState("");
  const [env, setEnv] = useState("");
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const start = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    const given = fields.filter((field) => field.text !== "").map((field) => [field.name, valueOf(field.text)]);
    const json: Record<string, unknown> = { workflow_id: definition.id, input: Object.fromEntries(given), description };
    if (env) json.params = { env: valueOf(env) };
    try {
      const made = await api<{ id: string }>("/v2/executions", { method: "POST", json });
      close();
      go(`/executions/${segment(made.id)}`);
    } catch (failure) {
      setError(failure as ApiError);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={start} onKeyDown={(event) => { if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void start(event); }}>
      {!fields.length && <p class="muted">This workflow takes no input.</p>}
      {fields.map((field, i) => (
        <label class="block" key={field.name}>
          {field.name} {field.isRequired && <span class="muted">required</span>}
          <textarea rows={1} required={field.isRequired} value={field.text} placeholder="text or JSON"
            onInput={(event) => setFields(fields.map((other, k) => (k === i ? { ...other, text: event.currentTarget.value } : other)))} />
        </label>
      ))}
      <label class="block">Environment <span class="muted">name or JSON</span><input value={env} onInput={(event) => setEnv(event.currentTarget.value)} /></label>
      <label class="block">Description<input value={description} onInput={(event) => setDescription(event.currentTarget.value)} /></label>
      {error && <Failure error={error} />}
      <div class="buttons"><button class="primary" disabled={busy}>Run</button><button type="button" onClick={close}>Leave it</button></div>
    </form>
  );
}
