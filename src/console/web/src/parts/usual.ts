// How long runs of a workflow usually take: of what the service has counted of the last month.

/** A day of `GET /v2/statistics/activity?group_by=workflow_name`. */
export interface Day {
  workflow_name: string;
  succeeded: number;
  failed: number;
  cancelled: number;
  p50_us: number | null;
  p95_us: number | null;
}

export interface Usual {
  /** Microseconds; within a factor of two, as they are counted. */
  p50: number;
  p95: number;
}

/** The value in the middle, each as often as it counts. */
function middle(values: [number, number][]): number {
  const sorted = [...values].sort((a, b) => a[0] - b[0]);
  const half = sorted.reduce((sum, [, weight]) => sum + weight, 0) / 2;
  let seen = 0;
  return (sorted.find(([, weight]) => (seen += weight) >= half) ?? sorted[0])[0];
}

export function usual(days: Day[]): Map<string, Usual> {
  const of = new Map<string, Day[]>();
  for (const day of days) {
    if (day.p50_us === null || day.p95_us === null) continue;
    const known = of.get(day.workflow_name);
    if (known) known.push(day);
    else of.set(day.workflow_name, [day]);
  }
  const weighed = (all: Day[], name: "p50_us" | "p95_us") => middle(all.map((day) => [day[name]!, day.succeeded + day.failed + day.cancelled]));
  return new Map([...of].map(([name, all]) => [name, { p50: weighed(all, "p50_us"), p95: weighed(all, "p95_us") }]));
}

/** The address of the question, the same for a day; and how often it is asked again, milliseconds. */
const MONTH = 30;
export const usualPath = () => `/v2/statistics/activity?group_by=workflow_name&step=86400&from=${(Math.floor(Date.now() / 86_400_000) - MONTH) * 86_400_000_000}`;
export const USUAL_AGAIN = 300_000;
