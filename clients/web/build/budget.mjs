// Fails the build when the first page transfers too much, or when a page could not be
// served under the gateway's content security policy.
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { OUT_DIR } from "./out_dir.mjs";

// A school's line at 2 Mbit/s carries it in 0.6 s.
const FIRST_LOAD_GZ_MAX = 150 * 1024;

function transferred(path) {
  return existsSync(`${path}.gz`)
    ? statSync(`${path}.gz`).size
    : gzipSync(readFileSync(path)).length;
}

const html = readFileSync(join(OUT_DIR, "index.html"), "utf8");
const wanted = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1]);
const manifest = JSON.parse(readFileSync(join(OUT_DIR, ".vite/manifest.json"), "utf8"));

// The first page is the sign-in page: what it imports on demand is loaded at once as well.
const first = new Set(wanted);
function follow(key) {
  const chunk = manifest[key];
  if (chunk === undefined || first.has(`*${key}`)) return;
  first.add(`*${key}`);
  first.add(chunk.file);
  for (const css of chunk.css ?? []) first.add(css);
  for (const imported of chunk.imports ?? []) follow(imported);
}
for (const key of Object.keys(manifest)) {
  if (manifest[key].isEntry || key.endsWith("session/sign_in_page.tsx")) follow(key);
}

let total = transferred(join(OUT_DIR, "index.html"));
for (const name of first) {
  if (name.startsWith("*")) continue;
  const size = transferred(join(OUT_DIR, name));
  total += size;
  console.log(`${(size / 1024).toFixed(1).padStart(8)} KB  ${name}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(8)} KB  first load, gzipped`);

// It is of use here alone, and nobody's business.
rmSync(join(OUT_DIR, ".vite"), { recursive: true });

const faults = [];
if (total > FIRST_LOAD_GZ_MAX) faults.push(`the first load is over ${FIRST_LOAD_GZ_MAX} bytes`);
if (/<script(?![^>]*\bsrc=)/.test(html)) faults.push("index.html has an inline script");
if (/<style|\sstyle=|\son[a-z]+=/.test(html))
  faults.push("index.html has inline style or handlers");
if (/(?:src|href)="(?:https?:)?\/\//.test(html)) faults.push("index.html asks a third party");
for (const name of readdirSync(OUT_DIR, { recursive: true })) {
  if (/\.(woff2?|ttf|otf)$/.test(name)) faults.push(`${name} is a web font`);
  if (!name.endsWith(".css")) continue;
  const css = readFileSync(join(OUT_DIR, name), "utf8");
  if (/url\(\s*["']?(?:https?:)?\/\//.test(css)) faults.push(`${name} asks a third party`);
  if (/govuk-crest|crown|GDS Transport/.test(css)) faults.push(`${name} has GOV.UK's branding`);
}
for (const fault of faults) console.error(`refused: ${fault}`);
if (faults.length > 0) process.exit(1);
