// What `npm run package` makes: it is complete, its grammar colours expressions, and what it registers is what it announces. With
// MISTRAL_SERVER=<program> the packaged extension also starts that program and shows its diagnostics.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { inflateRawSync } from "node:zlib";

import { editor, load } from "./editor.mjs";

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "mistral-vsix-"));
let files;
let manifest;

/** The files of a zip archive. */
function unzip(bytes) {
  let at = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let [left, place] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16)];
  const found = new Map();
  for (; left > 0; left -= 1) {
    const [method, packed] = [bytes.readUInt16LE(place + 10), bytes.readUInt32LE(place + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(place + offset));
    const local = bytes.readUInt32LE(place + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + packed);
    found.set(bytes.toString("utf8", place + 46, place + 46 + name), method === 0 ? content : inflateRawSync(content));
    place += 46 + name + extra + comment;
  }
  return found;
}

before(() => {
  const out = join(folder, "extension.vsix");
  execFileSync("npm", ["run", "--silent", "package", "--", "--out", out], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  files = unzip(readFileSync(out));
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  manifest = JSON.parse(files.get("extension/package.json"));
});

after(() => rmSync(folder, { recursive: true }));

test("the package has all that it names, and nothing else", () => {
  const named = [manifest.main, ...manifest.contributes.grammars.map((grammar) => grammar.path)];
  const wanted = named.map((path) => join("extension", path));
  assert.deepEqual(
    [...files.keys()].sort(),
    ["[Content_Types].xml", "extension.vsixmanifest", "extension/package.json", "extension/readme.md", ...wanted].sort(),
  );
  // All in one file: nothing is looked for beside it but Node's own modules and the editor's.
  const own = new Set(require("node:module").builtinModules);
  const asked = [...files.get("extension/out/extension.js").toString().matchAll(/\brequire\("([^"]+)"\)/g)];
  assert.deepEqual(asked.map((m) => m[1].replace("node:", "")).filter((n) => !own.has(n) && n !== "vscode"), []);
});

test("types are right", () => {
  execFileSync("npm", ["run", "--silent", "types"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
});

test("the grammar colours expressions and leaves the rest alone", async () => {
  const oniguruma = require("vscode-oniguruma");
  const textmate = require("vscode-textmate");
  await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer);
  const own = manifest.contributes.grammars[0];
  const yaml = {
    scopeName: "source.yaml",
    patterns: [
      { match: "#.*$", name: "comment.line" },
      { begin: "\"", end: "\"", name: "string.quoted.double" },
    ],
  };
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      scope === own.scopeName
        ? textmate.parseRawGrammar(files.get(join("extension", own.path)).toString(), "expressions.json")
        : scope === "source.yaml"
          ? yaml
          : null,
    getInjections: (scope) => (own.injectTo.includes(scope) ? [own.scopeName] : undefined),
  });
  const grammar = await registry.loadGrammar("source.yaml");
  const scopes = (line, text) => {
    const from = line.indexOf(text);
    const token = grammar.tokenizeLine(line).tokens.find((t) => t.startIndex <= from && from < t.endIndex);
    return token.scopes.at(-1);
  };
  const line = "url: <% $.hosts.where($.up and 'x' in $).len() > 12 %> rest";
  for (const [text, scope] of [
    ["<%", "punctuation.definition.template-expression.begin.yaql"],
    ["$", "variable.language"],
    ["hosts", "variable.other.member"],
    ["where", "entity.name.function"],
    ["and", "keyword.operator.word"],
    ["'x'", "string.quoted.single"],
    ["12", "constant.numeric"],
    ["%>", "punctuation.definition.template-expression.end.yaql"],
    ["rest", "source.yaml"],
    ["url", "source.yaml"],
  ]) {
    assert.equal(scopes(line, text), scope, text);
  }
  assert.equal(scopes('a: "{{ _.x | int }}"', "_"), "variable.language");
  assert.equal(scopes("{% if _.a %}", "if"), "keyword.operator.word");
  assert.equal(scopes("# <% $.a %>", "$"), "comment.line");
  // Not closed on its line: for the engine it is text.
  assert.equal(scopes("a: <% $.b", "$"), "source.yaml");
});

test("what is announced is what is there", { timeout: 30_000 }, async () => {
  const server = process.env.MISTRAL_SERVER;
  const path = join(folder, "w.yaml");
  const text = "version: '2.0'\nw:\n  tasks:\n    a:\n      action: std.noop\n      on-succes: b\n    b: {action: std.noop}\n";
  writeFileSync(path, text);
  const settings = { server: server ?? process.execPath, files: "**/*.yaml", url: "" };
  const { vscode, noted } = editor(settings, { [path]: text });
  const extension = load(join(folder, "extension/out/extension.js"), vscode);
  const context = { subscriptions: [] };
  const started = extension.activate(context);
  const announced = manifest.contributes.commands.map((entry) => entry.command);
  assert.deepEqual([...noted.commands.keys()], announced);
  for (const entry of manifest.contributes.menus.commandPalette) {
    assert.ok(announced.includes(entry.command), entry.command);
  }
  if (server === undefined) {
    await started.catch(() => {});
    return;
  }
  await started;
  const until = async (what) => {
    const begun = Date.now();
    for (;;) {
      const found = what();
      if (found) return found;
      assert.ok(Date.now() - begun < 20_000, `nothing came: ${what} ${noted.errors}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const [found] = await until(() => noted.diagnostics.get(path));
  assert.equal(found.range.start.line, 5);
  assert.match(found.message, /on-success/);
  assert.ok(noted.completion.length > 0, "completion is registered");
  await noted.commands.get("mistral.test")();
  assert.deepEqual(noted.terminals[0].shellArgs, ["test", path]);
  assert.equal(noted.terminals[0].shellPath, server);
  // A workflow with a mistake has no picture, and the author is told why.
  await noted.commands.get("mistral.graph")();
  assert.match(await until(() => noted.errors.pop()), /on-succes/);
  writeFileSync(path, text.replace("on-succes:", "on-success:"));
  await noted.commands.get("mistral.graph")();
  assert.match(await until(() => noted.panel?.webview.html), /<svg/);
  noted.diagnostics.clear();
  await noted.commands.get("mistral.restart")();
  await until(() => noted.diagnostics.get(path)?.length === 1);
  assert.deepEqual(noted.errors, []);
  await extension.deactivate();
});
