// Addresses of the REST API.

/** A query string of the parts that are filled. */
export function query(parts: Record<string, string | number | undefined>): string {
  const filled = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value !== undefined && value !== "") filled.set(name, String(value));
  }
  const text = filled.toString();
  return text ? `?${text}` : "";
}

export const segment = encodeURIComponent;

const FIELDS = "id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id";
const PAGE = 50;
/** Parts of the page's address that are no filters. */
const OWN = ["marker", "fields", "limit", "sort_keys", "sort_dirs", "scan_limit"];
/** Filters that no index knows: these go back in time step by step. */
export const SLOW = ["state_info", "input", "output", "params", "updated_at"];
const SCAN = 20_000;

/** What the list of executions asks, by the query of its page. */
export function executionsPath(place: URLSearchParams) {
  const filters: Record<string, string> = {};
  for (const [name, value] of place) if (!OWN.includes(name)) filters[name] = value;
  const marker = place.get("marker") ?? undefined;
  const isSlow = SLOW.some((name) => name in filters);
  const path = `/v2/executions${query({ ...filters, fields: FIELDS, limit: PAGE, sort_keys: "created_at", sort_dirs: "desc", marker, scan_limit: isSlow ? SCAN : undefined })}`;
  return { path, filters, marker, isSlow };
}
