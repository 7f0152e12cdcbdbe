// What the caller may do: nothing where the console is read-only, else what the service's policy says. The server decides anyway.
import type { ComponentChildren } from "preact";
import { signal } from "../shell/signal";

/** Answer of `/v2/identity`. */
export interface Me {
  is_authenticated: boolean;
  user_id: string | null;
  user_name: string | null;
  project_id: string | null;
  project_name: string | null;
  may: string[];
  /** Members of inputs by which executions are found. */
  indexed_inputs?: string[];
  /** Consoles elsewhere. */
  regions?: { name: string; url: string }[];
  read_only: boolean;
}

export const me = signal<Me | undefined>(undefined);

/** Whether a rule lets the caller act, as far as is known; without authentication everybody may. */
const passes = (who: Me | undefined, rule: string) => !who || (!who.read_only && (!who.is_authenticated || who.may.includes(rule)));

/** The same for keys and links. */
export const useMay = (rule: string) => passes(me.use(), rule);

/** Buttons that change something: gone where the console is read-only, disabled, with the rule, where the policy forbids it. */
export function May({ rule, children }: { rule: string; children: ComponentChildren }) {
  const who = me.use();
  if (passes(who, rule)) return <>{children}</>;
  if (who?.read_only) return null;
  return <fieldset class="may" disabled title={`The rule ${rule} of this service's policy does not let you.`}>{children}</fieldset>;
}
