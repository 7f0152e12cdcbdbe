// Time in which nothing happens is folded, so that attempts that are days apart leave room for what lies between.

export interface Gap {
  from: number;
  to: number;
}

/** Gaps that are folded: longer than this, in microseconds, and than this part of all. */
const LONG = 30e6;
const PART = 0.2;
/** What is left of a folded gap, as a part of what is not folded. */
const LEFT = 0.06;

/** Where no task was made, began or ended for long; `events` are asked for only where that can be. */
export function foldable(events: () => number[], total: number): Gap[] {
  if (total <= LONG) return [];
  const sorted = Float64Array.from([0, ...events().filter((at) => at >= 0 && at <= total), total]).sort();
  const gaps: Gap[] = [];
  for (let i = 1; i < sorted.length; i++) {
    const [from, to] = [sorted[i - 1], sorted[i]];
    if (to - from > LONG && to - from > total * PART) gaps.push({ from, to });
  }
  return gaps;
}

/** Where a moment is drawn, and how much room all of it takes: with gaps folded. */
export function axis(total: number, gaps: Gap[]): { place: (at: number) => number; width: number } {
  const folded = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const left = Math.max(1, (total - folded) * LEFT);
  const place = (at: number) => {
    let shift = 0;
    for (const gap of gaps) {
      if (at <= gap.from) break;
      const length = gap.to - gap.from;
      const inside = Math.min(at, gap.to) - gap.from;
      shift += inside * (1 - Math.min(1, left / length));
    }
    return at - shift;
  };
  return { place, width: Math.max(1, place(total)) };
}

/** The moment that is drawn at a place of such an axis. */
export function momentAt(wanted: number, total: number, { place }: { place: (at: number) => number }): number {
  let [low, high] = [0, total];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (place(middle) < wanted) low = middle;
    else high = middle;
  }
  return Math.round(place(low) >= wanted ? low : high);
}

/** Moments to mark on an axis of so many microseconds: 1, 2 or 5 of a unit of ten, some five of them on each screen. */
export function ticks(total: number, zoom: number): number[] {
  const about = total / (5 * zoom);
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, about)));
  const step = unit * ([1, 2, 5].find((factor) => unit * factor >= about) ?? 10);
  // The last one would not have room for its words.
  return Array.from({ length: Math.min(400, Math.floor((total * 0.96) / step) + 1) }, (_, i) => i * step);
}

/** The moment that lies so much of not folded time behind the beginning. */
export function unfolded(time: number, gaps: Gap[]): number {
  let at = time;
  for (const gap of gaps) if (at > gap.from) at += gap.to - gap.from;
  return at;
}
