// The tour of README.md, walked on an empty server. What is set in italics there is what a reader clicks or reads here, and the other way round.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { bed, paste, rest, SERVER, textOf } from "./bed.mjs";

const readme = readFileSync(new URL("../../../../README.md", import.meta.url), "utf8");
const section = readme.split(/^## /m).find((part) => part.startsWith("Three minutes in a browser"));
const words = new Set([...section.replaceAll("**", "").matchAll(/\*([^*]+)\*/g)].map(([, word]) => word));

const { fresh } = bed();
let page;
let faults;
before(async () => ({ page, faults } = await fresh()));

const met = new Set();
/** A word of the tour. */
const said = (word) => {
  assert.ok(words.has(word), `the tour does not say *${word}*`);
  met.add(word);
  return word;
};
const button = (word, name = word) => {
  said(word);
  return page.getByRole("button", { name, exact: typeof name === "string" }).first();
};
const link = (word) => page.getByRole("link", { name: said(word), exact: true }).first();
const ends = (state) => page.locator(`h1 + .state-${state}`).waitFor();
const run = async () => {
  await button("Run…").click();
  await page.getByRole("dialog").getByRole("button", { name: said("Run"), exact: true }).click();
  await page.waitForURL(/executions\/[0-9a-f-]{36}/);
};
const editor = () => page.getByLabel("Document");

test("run", async () => {
  await page.goto(`${SERVER}/console/`);
  await link("Workflows").click();
  await link("Upload…").click();
  await page.locator("canvas[data-painted='2']").waitFor();
  await button("Upload", /^Upload/).click();
  await page.waitForURL(/workflows\/[0-9a-f-]{36}$/);
  await run();
  await page.evaluate(() => (window.isSamePage = true));
  await page.locator("canvas[data-painted='2']").waitFor();
  // It may have ended by now: that a change is seen as it happens is a matter of live.test.mjs.
  await ends("success");
  assert.equal(await page.evaluate(() => window.isSamePage), true, "nothing was loaded anew");
  const slider = page.getByLabel(said("Moment"), { exact: true });
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL(/[?&]at=\d/);
});

let failed;

test("break it", async () => {
  await link("definition").click();
  await link("Edit").click();
  const text = await textOf(page);
  const broken = text.replace(/std\.echo output=.*/, "std.fail").replace("[pause_a_moment]", "[pause_a_momen]");
  assert.ok(section.includes("`std.fail` for `std.echo output=…`") && section.includes("`pause_a_momen` in `on-success`"));
  await paste(page, broken);
  const problems = page.getByRole("region", { name: "Problems" });
  await problems.getByText("pause_a_momen").first().waitFor();
  assert.match(await problems.getByRole("button").first().textContent(), /^\d+:\d+$/);
  await editor().press("Control+.");
  await page.locator("[role=status].state-success", { hasText: "is valid" }).waitFor();
  assert.ok((await textOf(page)).includes("[pause_a_moment]"));
  await editor().press("Control+s");
  await page.getByText(said("What changes")).waitFor();
  await button("Save as a new version").click();
  await page.waitForURL(/workflows\/[0-9a-f-]{36}$/);
  await run();
  await ends("error");
  failed = page.url();
});

test("see why", async () => {
  await page.getByText(said("Why it failed")).waitFor();
  await page.getByRole("button", { name: "Look at say" }).waitFor();
  await page.getByRole("tab", { name: said("Errors") }).click();
  await page.getByText("greet · say").waitFor();
  const others = page.getByLabel(said("Compare with…").replace("…", ""));
  await others.focus();
  await others.selectOption({ label: "the last success" });
  await page.getByText("Two runs").waitFor();
  await page.locator("tr", { hasText: "pause_a_moment" }).first().waitFor();
  await page.goto(failed);
  await link("definition").click();
  const versions = page.getByRole("region", { name: said("Versions") });
  await versions.getByRole("button", { name: /^1 · / }).click();
  await versions.locator(".state-success", { hasText: "std.fail" }).waitFor();
});

test("run it again", async () => {
  await link("Edit").click();
  const text = await textOf(page);
  await paste(page, text.replace("std.fail", "std.echo output=<% 'Hello ' + $.name %>"));
  await button("Save…", /^Save…/).click();
  await button("Save as a new version").click();
  await page.waitForURL(/workflows\/[0-9a-f-]{36}$/);
  await page.goto(failed);
  await button("Run again…").click();
  await page.getByRole("dialog").getByRole("button", { name: "Run", exact: true }).click();
  await page.waitForURL((url) => url.href !== failed && /executions\/[0-9a-f-]{36}$/.test(url.pathname));
  await ends("success");
  await link("Executions").click();
  await button("ERROR", /ERROR/).click();
  await page.waitForURL(/state=ERROR/);
  await page.getByLabel(said("All that match")).selectOption({ label: said("run failed tasks again") });
  await page.getByRole("dialog").getByText("in a fitting state").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "run failed tasks again 1" }).click();
  await page.waitForURL(/console\/bulk\//);
  await ends("success");
  // It failed again, since a run keeps the definition that it began with.
  const { executions } = await rest("GET", "/v2/executions?fields=state");
  assert.equal(executions.length, 3);
});

test("everything that the tour names was there", () => {
  assert.deepEqual([...words].filter((word) => !met.has(word)), []);
  assert.deepEqual(faults, []);
});
