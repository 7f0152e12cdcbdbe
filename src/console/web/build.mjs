// Builds the bundle into dist/: `npm run build`. Two builds of the same sources give the same bytes.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = `${here}dist`;
rmSync(out, { recursive: true, force: true });
mkdirSync(out);

await build({
  absWorkingDir: here,
  entryPoints: { app: "src/main.tsx", layout: "src/graph/layout.worker.ts", theme: "src/shell/theme.ts" },
  outdir: out,
  bundle: true,
  format: "esm",
  minify: true,
  // Short lines, so that git stores what has changed only.
  lineLimit: 160,
  target: ["chrome115", "firefox115", "safari16"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
});
copyFileSync(`${here}src/style.css`, `${out}/style.css`);
const licence = readFileSync(`${here}node_modules/preact/LICENSE`, "utf8");
writeFileSync(`${out}/LICENSES.txt`, `preact (https://preactjs.com)\n\n${licence}`);

const TYPES = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", txt: "text/plain; charset=utf-8" };
const files = readdirSync(out).sort();
const entry = (name) => `    ("${name}", "${TYPES[name.split(".").pop()]}", include_bytes!("${name}")),\n`;
copyFileSync(`${here}src/index.html`, `${out}/index.html`);
writeFileSync(
  `${out}/files.rs`,
  `//! Made by build.mjs: what the console consists of.\n\npub static PAGE: &[u8] = include_bytes!("index.html");\n\n` +
    `/// Name, media type, content.\n#[rustfmt::skip]\npub static FILES: &[(&str, &str, &[u8])] = &[\n${files.map(entry).join("")}];\n`,
);

const LIMIT = 60 << 10;
let sum = 0;
for (const name of [...files, "index.html"]) {
  const bytes = gzipSync(readFileSync(`${out}/${name}`), { level: 9 }).length;
  sum += bytes;
  console.log(`${String(bytes).padStart(7)} bytes gzip  ${name}`);
}
console.log(`${String(sum).padStart(7)} bytes gzip  in all, of ${LIMIT}`);
if (sum > LIMIT) process.exit(1);
