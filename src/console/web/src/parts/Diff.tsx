// What differs between two texts, line by line.

/** Lines of both texts in order: ` ` in both, `-` on the left only, `+` on the right only. */
export function diff(left: string, right: string): [string, string][] {
  const [a, b] = [left.split("\n"), right.split("\n")];
  let [begin, endA, endB] = [0, a.length, b.length];
  while (begin < endA && begin < endB && a[begin] === b[begin]) begin++;
  while (endA > begin && endB > begin && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const same = (lines: string[]) => lines.map((line): [string, string] => [" ", line]);
  return [...same(a.slice(0, begin)), ...middle(a.slice(begin, endA), b.slice(begin, endB)), ...same(a.slice(endA))];
}

/** Beyond so many pairs of lines the middle is shown as replaced. */
const PAIRS = 4_000_000;

function middle(a: string[], b: string[]): [string, string][] {
  if (a.length * b.length > PAIRS) return [...a.map((line): [string, string] => ["-", line]), ...b.map((line): [string, string] => ["+", line])];
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let k = b.length - 1; k >= 0; k--) {
      longest[i * width + k] = a[i] === b[k] ? longest[(i + 1) * width + k + 1] + 1 : Math.max(longest[(i + 1) * width + k], longest[i * width + k + 1]);
    }
  }
  const out: [string, string][] = [];
  let [i, k] = [0, 0];
  while (i < a.length || k < b.length) {
    if (i < a.length && k < b.length && a[i] === b[k]) {
      out.push([" ", a[i]]);
      i++;
      k++;
    } else if (k >= b.length || (i < a.length && longest[(i + 1) * width + k] >= longest[i * width + k + 1])) out.push(["-", a[i++]]);
    else out.push(["+", b[k++]]);
  }
  return out;
}

/** Unchanged lines shown around a change. */
const AROUND = 3;

/** `names`: of the two, where the title does not tell. */
export function Diff({ title, names, left, right }: { title: string; names?: [string, string]; left: string; right: string }) {
  const lines = diff(left, right);
  const isNear = lines.map((_, i) => lines.slice(Math.max(0, i - AROUND), i + AROUND + 1).some(([sign]) => sign !== " "));
  return (
    <section class="data">
      <h3>{title}{names && <span class="muted only"> <span class="state-error">− {names[0]}</span> <span class="state-success">+ {names[1]}</span></span>}</h3>
      <pre class="diff" tabIndex={0}>
        {lines.map(([sign, line], i) =>
          isNear[i] ? <span class={sign === "-" ? "state-error" : sign === "+" ? "state-success" : undefined}>{`${sign} ${line}\n`}</span> : i > 0 && isNear[i - 1] ? <span class="muted">{"⋯\n"}</span> : null,
        )}
      </pre>
    </section>
  );
}
