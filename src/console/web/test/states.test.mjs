// Every page on a server that holds nothing, while its data have not come, and when the server fails: none is blank, all say what is the
// matter and pass axe's rules. With data they do in the other files.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { accessible, bed, SERVER } from "./bed.mjs";

const PAGES = ["overview", "executions", "workflows", "workflows/new/edit", "actions", "code", "triggers", "environments", "cluster", "compare", "bulk", "file"];
/** Pages about one thing, which is not there. */
const OF_ONE = ["executions/0198a6f2-0000-7000-8000-000000000001", "workflows/none", "bulk/0198a6f2-0000-7000-8000-000000000001", "compare?a=x&b=y"];
/** Pages that need nothing of the server. */
const ALONE = ["file", "compare"];

const { fresh } = bed();
let page;
let faults;
before(async () => ({ page, faults } = await fresh()));

const open = (path) => page.goto(`${SERVER}/console/${path}`);

test("nothing is there yet", async () => {
  for (const path of [...PAGES, ...OF_ONE]) {
    await open(path);
    await page.locator("main h1, main .empty, main .failure").first().waitFor();
    await page.locator(".skeleton").first().waitFor({ state: "detached" });
    for (let tries = 50; (await page.locator("main").innerText()).length <= 10; tries -= 1) {
      assert.ok(tries > 0, `${path} is blank`);
      await page.waitForTimeout(100);
    }
    await accessible(page, `${path}, empty`);
  }
});

test("the server fails", async () => {
  await page.route("**/v2/**", (route) => route.fulfill({ status: 503, json: { faultstring: "The database does not answer." } }));
  for (const path of [...PAGES, ...OF_ONE]) {
    await open(path);
    if (ALONE.includes(path) || path === "workflows/new/edit") await page.locator("main h1, main .empty").first().waitFor();
    else await page.getByText("The database does not answer.").first().waitFor();
    await accessible(page, `${path}, failing`);
  }
  await page.unroute("**/v2/**");
});

test("the editor says that nobody has looked at the text", async () => {
  await page.route("**/v2/workflows/validate?*", (route) => route.fulfill({ status: 503, json: { faultstring: "The database does not answer." } }));
  await open("workflows/new/edit");
  await page.getByText("Not looked at: The database does not answer.").waitFor();
  await accessible(page, "editor, not looked at");
  await page.unroute("**/v2/workflows/validate?*");
  await page.getByText("The document is valid").waitFor();
});

test("the data take their time", async () => {
  await page.route("**/v2/**", () => undefined);
  for (const path of PAGES.filter((path) => !ALONE.includes(path))) {
    await open(path);
    await page.locator(".skeleton, main .card, main .text-area").first().waitFor();
    await accessible(page, `${path}, loading`);
  }
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("nothing came from elsewhere, nothing was refused or thrown", () => assert.deepEqual(faults, []));
