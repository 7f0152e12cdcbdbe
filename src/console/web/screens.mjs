// Pictures of every page, for people to look at: `node screens.mjs FOLDER` against the server CONSOLE_URL, which is filled with
// examples first (a fresh one is wanted; one that has them keeps them). Page × {light, dark} × {1440, 1024, 390} × {data, empty, error}.
// `WIDTHS=390` and `PAGES=overview,cluster` make fewer.
// `node screens.mjs --docs FOLDER` makes the few that docs/console.md shows, as WebP of some 20 KB each (`../../../docs/images`).
import { mkdirSync, writeFileSync } from "node:fs";
import { launch, paste, proxy, rest, start, until } from "./test/bed.mjs";

const isForDocs = process.argv.includes("--docs");
const folder = process.argv[process.argv.length - 1];
mkdirSync(folder, { recursive: true });

const WORKFLOWS = `version: '2.0'
deploy_server:
  description: Makes a server, gives it a volume, and tells about it.
  input: [name, size: small, hosts: [h1, h2, h3]]
  output: {address: <% $.address %>}
  tasks:
    check: {action: std.noop, on-success: [network, volume]}
    network: {action: std.echo output='10.0.0.7', publish: {address: <% task().result %>}, on-success: [boot]}
    volume: {action: std.sleep seconds=0.3, on-success: [boot]}
    boot: {join: all, with-items: 'h in <% $.hosts %>', action: std.echo output=<% $.h %>, on-success: [attach], on-error: [cleanup]}
    attach: {action: std.noop, retry: {count: 2, delay: 1}, on-success: [approve]}
    approve: {action: std.async_noop, on-success: [tell], on-error: [cleanup]}
    tell: {action: std.noop}
    cleanup: {action: std.noop}
backup:
  input: [target]
  tasks:
    dump: {action: std.echo output='dumped', on-success: [store]}
    store: {action: std.fail error_data='No valid host was found for the volume'}
nightly_backups:
  tasks:
    all: {with-items: 't in <% [db1, db2, db3] %>', workflow: backup target=<% $.t %>}
greet:
  input: [name: Mistral]
  output: {greeting: <% $.said %>}
  tasks:
    say: {action: std.echo output=<% 'Hello ' + $.name %>, publish: {said: <% task().result %>}, on-success: [pause_a_moment]}
    pause_a_moment: {action: std.sleep seconds=0.2}
`;

/** What an earlier run of this command has made. */
async function known() {
  const newest = async (name, state) => (await rest("GET", `/v2/executions?workflow_name=${name}&state=${state}&limit=1&sort_keys=created_at&sort_dirs=desc&fields=id`)).executions[0]?.id;
  const made = { deploy: await newest("deploy_server", "RUNNING"), failed: await newest("nightly_backups", "ERROR"), done: await newest("deploy_server", "SUCCESS") };
  return Object.values(made).every(Boolean) && made;
}

async function seed() {
  await rest("POST", "/v2/workflows", WORKFLOWS, "text/plain");
  await rest("PUT", "/v2/workflows", WORKFLOWS.replace("Makes a server,", "Makes one server,"), "text/plain");
  await rest("POST", "/v2/environments", { name: "staging", description: "where it is tried", variables: { region: "one", password: "secret", hosts: ["h1", "h2"] } });
  await rest("POST", "/v2/environments", { name: "production", variables: { region: "two", password: "other", hosts: ["h1"] } });
  await rest("POST", "/v2/cron_triggers", { name: "nightly", workflow_name: "greet", workflow_input: { name: "night" }, pattern: "0 3 * * *" });
  const made = { deploy: (await start("deploy_server", { input: { name: "web-1" } })).id };
  for (let i = 0; i < 12; i++) await start("greet", { input: { name: `reader ${i}` }, ...(i === 3 ? { description: "asked for by the night shift, who wanted to know whether greetings still work", tags: ["night"] } : {}) });
  const { workflows } = await rest("GET", "/v2/workflows?name=greet");
  await rest("POST", "/v2/event_triggers", { name: "boots", workflow_id: workflows[0].id, exchange: "nova", topic: "notifications", event: "compute.instance.create.end", workflow_input: {} });
  for (const state of isForDocs ? [] : ["PAUSED", "CANCELLED"]) {
    const { id } = await start("deploy_server", { input: { name: `web-${state.toLowerCase()}` } });
    await rest("PUT", `/v2/executions/${id}`, { state });
  }
  made.failed = (await start("nightly_backups")).id;
  made.done = (await start("deploy_server", { input: { name: "web-0", hosts: ["h9"] } })).id;
  await until(`/v2/executions/${made.failed}`, (one) => one.state === "ERROR");
  for (const id of [made.deploy, made.done]) await until(`/v2/executions/${id}/tasks`, (all) => all.tasks.some((task) => task.name === "approve" && task.state === "RUNNING"));
  const { action_executions: waiting } = await rest("GET", `/v2/action_executions?name=std.async_noop&state=RUNNING`);
  const tasks = (await rest("GET", `/v2/executions/${made.done}/tasks`)).tasks;
  const mine = waiting.find((one) => tasks.some((task) => task.id === one.task_execution_id));
  await rest("PUT", `/v2/action_executions/${mine.id}`, { state: "SUCCESS", output: { answer: "yes" } });
  await until(`/v2/executions/${made.done}`, (one) => one.state === "SUCCESS");
  const { preview } = await rest("POST", "/v2/bulk_operations", { action: "rerun_failed", filter: { state: "ERROR", workflow_name: "backup" } });
  if (!isForDocs) await rest("POST", "/v2/bulk_operations", { preview, reason: "the host is back" });
  await new Promise((done) => setTimeout(done, isForDocs ? 62_000 : 0));
  return made;
}

const button = (name) => (page) => page.getByRole("button", { name }).first().click();

/** Name, address, and what is done there before the picture. */
const pages = (made) => [
  ["overview", "/overview"],
  ["executions", "/executions"],
  ["execution-graph", `/executions/${made.deploy}?task=boot`],
  ["execution-failed", `/executions/${made.failed}?view=errors`],
  ["execution-time", `/executions/${made.done}?view=time`],
  ["execution-tasks", `/executions/${made.done}?view=tasks&task=boot`],
  ["execution-data", `/executions/${made.done}?view=data`],
  ["execution-tree", `/executions/${made.failed}?view=tree`],
  ["execution-bench", `/executions/${made.deploy}?view=bench&task=approve`],
  ["compare", `/compare?a=${made.done}&b=${made.deploy}`],
  ["workflows", "/workflows"],
  ["workflow", "/workflows/deploy_server?v=1"],
  ["editor", "/workflows/new/edit"],
  ["actions", "/actions?name=std.echo"],
  ["triggers", "/triggers"],
  ["environments", "/environments?name=staging"],
  ["cluster", "/cluster?shard=0"],
  ["bulk", "/bulk"],
  ["file", "/file"],
  ["nothing-found", "/executions?state=PAUSED&workflow_name=greet"],
  ["no-such-page", "/somewhere"],
  ["code", "/code"],
  ["find", "/executions", (page) => page.keyboard.press("Control+k").then(() => page.keyboard.type("deploy"))],
  ["keys", `/executions/${made.deploy}`, (page) => page.keyboard.press("?")],
  ["run", "/workflows/deploy_server", button("Run…")],
  ["cancel", `/executions/${made.deploy}`, button("Cancel the run…")],
  ["complete", `/executions/${made.deploy}`, button("Complete…")],
  ["trigger", "/triggers", button("New…")],
  ["environment", "/environments?name=staging&with=production"],
  ["environment-edit", "/environments?name=staging", button("Edit…")],
  ["executions-bulk", "/executions?workflow_name=greet&state=SUCCESS", (page) => page.getByLabel("All that match").selectOption("delete")],
  ["execution-done-graph", `/executions/${made.done}?task=boot`],
  ["execution-at", `/executions/${made.done}?at=100000`],
  ["execution-paused", "/executions?state=PAUSED", (page) => page.locator("a.row").first().click()],
  ["action-tried", "/actions?name=std.echo", async (page) => {
    await page.getByLabel("output").fill("hello");
    await page.getByRole("button", { name: /Try it/ }).click();
  }],
  ["editor-problem", "/workflows/new/edit", (page) => paste(page, "version: '2.0'\nw:\n  tasks:\n    a: {action: std.noop, on-success: [bb]}\n    b: {action: std.nop}\n")],
].filter(([name]) => !process.env.PAGES || process.env.PAGES.split(",").includes(name));

const DOCS = ["overview", "executions", "execution-graph", "execution-failed", "execution-time", "editor", "cluster"];

async function picture(page, url, name, act) {
  await page.goto(url);
  await page.locator("main h1, main .failure, main .empty").first().waitFor({ timeout: 15_000 }).catch(() => undefined);
  if (act) await act(page).catch((error) => console.log(`${name}: ${error}`));
  await page.waitForTimeout(700);
  if (!isForDocs) return page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  const shot = await page.screenshot();
  writeFileSync(`${folder}/console-${name}.webp`, await packed(shot));
}

/** A picture as WebP, made by the browser itself: nothing is to be installed for it. */
async function packed(png) {
  const page = await browser.newPage();
  const text = await page.evaluate(async (data) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = Object.assign(document.createElement("canvas"), { width: bitmap.width, height: bitmap.height });
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    return canvas.toDataURL("image/webp", 0.6).split(",")[1];
  }, png.toString("base64"));
  await page.close();
  return Buffer.from(text, "base64");
}

const between = await proxy();
const browser = await launch();
const widths = isForDocs ? [1280] : (process.env.WIDTHS ?? "1440,1024,390").split(",").map(Number);
const earlier = isForDocs ? undefined : await known();
if (!isForDocs && !earlier) {
  for (const width of widths) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: "light" });
    for (const name of ["overview", "executions", "workflows", "triggers", "environments", "bulk", "actions", "code", "cluster"]) await picture(page, `${between.url}/console/${name}`, `${name}-empty-light-${width}`);
    await page.close();
  }
}
const made = earlier || (await seed());
for (const theme of isForDocs ? ["light"] : ["light", "dark"]) {
  for (const width of widths) {
    const page = await browser.newPage({ viewport: { width, height: isForDocs ? 720 : 900 }, colorScheme: theme });
    page.setDefaultTimeout(5000);
    for (const [name, path, act] of pages(made)) {
      if (isForDocs && !DOCS.includes(name)) continue;
      await picture(page, `${between.url}/console${path}`, isForDocs ? name : `${name}-data-${theme}-${width}`, act);
    }
    await page.close();
  }
}
if (!isForDocs) {
  between.answers = [[/^\/v2\/(?!search)/, 503, "The database does not answer."]];
  for (const [theme, width] of [["dark", 1024], ["light", 390]].filter(([, width]) => widths.includes(width))) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: theme });
    for (const [name, path, act] of pages(made)) if (!act) await picture(page, `${between.url}/console${path}`, `${name}-error-${theme}-${width}`);
    await page.close();
  }
}
await browser.close();
between.close();
