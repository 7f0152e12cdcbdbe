// Builds the bundle into dist/: `npm run build`. Two builds of the same sources give the same bytes.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
// Another folder, to see whether `dist` is what the build makes.
const out = process.argv[2] ?? `${here}dist`;
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const shared = {
  absWorkingDir: here,
  outdir: out,
  bundle: true,
  minify: true,
  // Short lines, so that git stores what has changed only.
  lineLimit: 160,
  target: ["chrome115", "firefox115", "safari16"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
};
const pages = {
  ...shared,
  entryPoints: { app: "src/main.tsx", layout: "src/graph/layout.worker.ts", live: "src/data/live.worker.ts", held: "src/data/held.worker.ts" },
  format: "esm",
  // Pages come when they are opened. The names hold a hash of what is in them.
  splitting: true,
  metafile: true,
  chunkNames: "[name]-[hash]",
};
// What the first page needs is one file, not one for each set of pages that share some of it: a browser asks a server for six at a time.
// Modules that the same pages import are put together, so every page that comes later imports all of it.
const { inputs } = (await build({ ...pages, write: false })).metafile;
const needed = new Set();
const need = (path) => {
  if (needed.has(path)) return;
  needed.add(path);
  for (const one of inputs[path].imports) if (one.kind === "import-statement") need(one.path);
};
need("src/main.tsx");
const later = Object.values(inputs).flatMap((one) => one.imports.filter(({ kind }) => kind === "dynamic-import").map(({ path }) => path));
const together = {
  name: "together",
  setup: ({ onLoad }) => onLoad({ filter: /\/src\/pages\/[^/]+\.tsx$/ }, ({ path }) => {
    const own = path.slice(here.length);
    if (!later.includes(own) || needed.has(own)) return undefined;
    const all = [...needed].filter((one) => one !== "src/main.tsx").map((one) => `import ${JSON.stringify(here + one)};\n`);
    return { contents: readFileSync(path, "utf8") + all.join(""), loader: "tsx" };
  }),
};
const made = await build({ ...pages, plugins: [together] });
// A plain script: it runs where it stands in the page.
await build({ ...shared, entryPoints: { early: "src/shell/early.ts" }, format: "iife" });
// What the first page needs: the scripts that it names and what these import at once.
const outputs = Object.keys(made.metafile.outputs);
const baseOf = (path) => path.split("/").pop();
const first = new Set(["index.html", "style.css", "early.js"]);
const imported = new Set();
const add = (path) => {
  if (first.has(baseOf(path))) return;
  first.add(baseOf(path));
  for (const one of made.metafile.outputs[path].imports) {
    if (one.kind !== "import-statement") continue;
    imported.add(baseOf(one.path));
    add(one.path);
  }
};
add(outputs.find((path) => baseOf(path) === "app.js"));

copyFileSync(`${here}src/style.css`, `${out}/style.css`);
// The licences of all packages that are in it.
const packages = new Set(Object.keys(made.metafile.inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
const licences = [...packages].sort().map((name) => `${name}\n\n${readFileSync(`${here}node_modules/${name}/LICENSE`, "utf8").trim()}\n`);
writeFileSync(`${out}/LICENSES.txt`, licences.join("\n\n"));

const TYPES = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", txt: "text/plain; charset=utf-8" };
const files = readdirSync(out).sort();
const entry = (name) => `    ("${name}", "${TYPES[name.split(".").pop()]}", include_bytes!("${name}")),\n`;
// The imported ones are asked for beside the first, not after it.
const preloads = [...imported].sort().map((name) => `<link rel="modulepreload" href="%BASE%/console/a/%BUILD%/${name}">\n`);
writeFileSync(`${out}/index.html`, readFileSync(`${here}src/index.html`, "utf8").replace("</head>", `${preloads.join("")}</head>`));
writeFileSync(
  `${out}/files.rs`,
  `//! Made by build.mjs: what the console consists of.\n\npub(crate) static PAGE: &[u8] = include_bytes!("index.html");\n\n` +
    `/// Name, media type, content.\n#[rustfmt::skip]\npub(crate) static FILES: &[(&str, &str, &[u8])] = &[\n${files.map(entry).join("")}];\n`,
);

// What this was made from, so that a test without Node sees when it is not any more.
const sources = (folder) =>
  readdirSync(`${here}${folder}`, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? sources(`${folder}/${one.name}`) : [`${folder}/${one.name}`]));
const hash = createHash("sha256");
for (const name of ["build.mjs", "package-lock.json", "package.json", "tsconfig.json", ...sources("src")].sort()) {
  hash.update(`${name}\0`).update(readFileSync(here + name)).update("\0");
}
writeFileSync(`${out}/sources.sha256`, `${hash.digest("hex")}\n`);

writeFileSync(`${out}/first.txt`, `${[...first].sort().join("\n")}\n`);

const [LIMIT_FIRST, LIMIT_ALL] = [60 << 10, 350 << 10];
let [sumFirst, sumAll] = [0, 0];
for (const name of [...files, "index.html"]) {
  const bytes = gzipSync(readFileSync(`${out}/${name}`), { level: 9 }).length;
  sumAll += bytes;
  if (first.has(name)) sumFirst += bytes;
  console.log(`${String(bytes).padStart(7)} bytes gzip  ${name}${first.has(name) ? "  (first load)" : ""}`);
}
console.log(`${String(sumFirst).padStart(7)} bytes gzip  first load, of ${LIMIT_FIRST}`);
console.log(`${String(sumAll).padStart(7)} bytes gzip  in all, of ${LIMIT_ALL}`);
if (sumFirst > LIMIT_FIRST || sumAll > LIMIT_ALL) process.exit(1);
