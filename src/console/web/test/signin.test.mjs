// Signing in: by password, over a provider's pages; the deep link stays, and nothing of it is in the address.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, bed, SERVER } from "./bed.mjs";

const { OIDC_URL, ISSUER, PASSWORD } = process.env;

const { fresh } = bed();

test("by password: a wrong one is told, a project is chosen and changed, and left again", async () => {
  const { page, faults } = await fresh();
  await page.goto(`${SERVER}/console/executions?state=ERROR`);
  const form = page.getByRole("form", { name: "Sign in" });
  await form.getByLabel("User", { exact: true }).fill("ann");
  await form.getByLabel("Password", { exact: true }).fill("wrong");
  await accessible(page, "sign in");
  await form.getByRole("button", { name: "Sign in" }).click();
  await form.getByRole("alert").waitFor();
  await page.waitForTimeout(1100);
  await form.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  // Nobody has said for which project.
  await form.getByRole("combobox", { name: "Project" }).selectOption({ label: "name of web" });
  await page.getByText("ann · name of web").waitFor();
  assert.equal(page.url(), `${SERVER}/console/executions?state=ERROR`);
  await page.getByText("No execution matches").waitFor();
  assert.equal(await page.evaluate(() => document.cookie), "");
  await accessible(page, "signed in");
  await page.getByLabel("Project", { exact: true }).selectOption({ label: "name of data" });
  await page.getByText("ann · name of data").waitFor();
  await page.reload();
  await page.getByText("ann · name of data").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await form.waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.getItem("mistral.token")), null);
  assert.deepEqual(faults, []);
});

test("over the pages of a provider, and back to where the reader was", async () => {
  const { page, faults } = await fresh({ own: OIDC_URL });
  await page.goto(`${OIDC_URL}/console/executions?state=ERROR`);
  await page.getByRole("button", { name: "Sign in with your provider" }).click();
  await page.getByText("ann · web").waitFor();
  assert.equal(page.url(), `${OIDC_URL}/console/executions?state=ERROR`);
  assert.deepEqual(faults.filter((fault) => !fault.includes(ISSUER)), []);
  // A link that brings a token of somebody else's choice is not followed.
  await page.goto(`${OIDC_URL}/console/executions#token=other&mark=x`);
  await page.getByText("ann · web").waitFor();
  await page.goto(`${OIDC_URL}/console/overview#token=other&mark=x`);
  await page.reload();
  await page.getByText("ann · web").waitFor();
  assert.notEqual(await page.evaluate(() => sessionStorage.getItem("mistral.token")), "other");
});
