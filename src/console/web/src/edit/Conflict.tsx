// Somebody else has saved a definition while it was written here: what both have changed stands side by side, to be chosen.
import { useMemo, useState } from "preact/hooks";
import { merge, merged, type Choice } from "./merge";
import { Dialog, TimeOf } from "../parts/views";
import { parseDate } from "../parts/format";

interface Props {
  name: string;
  /** What both began with; what is written here; what the other has saved, and when. */
  base: string;
  mine: string;
  theirs: string;
  at: string | null | undefined;
  take: (text: string) => void;
  close: () => void;
}

const CHOICES: [Choice, string][] = [["theirs", "theirs"], ["mine", "mine"], ["both", "both, theirs first"]];

export function Conflict({ name, base, mine, theirs, at, take, close }: Props) {
  const parts = useMemo(() => merge(base, mine, theirs), [base, mine, theirs]);
  const conflicts = parts.filter((part) => part.kind === "conflict");
  const [choices, choose] = useState<(Choice | undefined)[]>(() => conflicts.map(() => undefined));
  const many = (kind: string) => parts.filter((part) => part.kind === kind).length;
  const open = choices.filter((one) => one === undefined).length;
  return (
    <Dialog title={`Somebody else has saved ${name}`} close={close}>
      <p>It was changed <TimeOf time={parseDate(at)} />, after you had begun. Nothing of it has been overwritten. Changed by them only: {many("theirs")}, by you only: {many("mine")}: both are in the merged text. {conflicts.length ? `Changed by both: ${conflicts.length}, for you to choose.` : "No place was changed by both."}</p>
      {conflicts.map((part, i) => (
        <fieldset class="conflict">
          <legend>Place {i + 1} of {conflicts.length}</legend>
          <div class="three">
            {([["Before", part.base], ["Theirs", part.theirs], ["Mine", part.mine]] as const).map(([title, lines]) => (
              <section><h3>{title}</h3><pre tabIndex={0} aria-label={`${title}, place ${i + 1}`}>{lines.length ? lines.join("\n") : <span class="muted">nothing</span>}</pre></section>
            ))}
          </div>
          <p>{CHOICES.map(([choice, words]) => (
            <label><input type="radio" name={`place-${i}`} checked={choices[i] === choice} onChange={() => choose(choices.map((old, k) => (k === i ? choice : old)))} /> {words} </label>
          ))}</p>
        </fieldset>
      ))}
      <div class="buttons">
        <button class="primary" disabled={open > 0} onClick={() => take(merged(parts, choices))}>{open ? `Choose at ${open} ${open === 1 ? "place" : "places"}` : "Take the merged text"}</button>
        <button onClick={() => take(theirs)}>Take theirs</button>
        <button onClick={() => take(mine)}>Go on with mine</button>
        <button onClick={close}>Leave it</button>
      </div>
      <p class="muted">Nothing is saved yet: the text comes into the editor, and saving shows what it changes of theirs.</p>
    </Dialog>
  );
}
