// Generates the client's code of the API from the protocol files with Debian's protoc.
// It goes to node_modules/.wardbook: nobody edits, lints or commits it there.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("..", import.meta.url));
const protos = process.env.WARDBOOK_PROTO_DIR ?? join(web, "../../proto");
const out = join(web, "node_modules/.wardbook");

function filesIn(folder) {
  return readdirSync(join(protos, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".proto"))
    .map((entry) => join(folder, entry.name));
}

// What a browser speaks of: the API, the events that it shows, and the proofs.
const files = ["wardbook/v1", "wardbook/events/v1", "wardbook/log/v1"].flatMap(filesIn);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
execFileSync(
  "protoc",
  [
    `--proto_path=${protos}`,
    `--plugin=protoc-gen-es=${join(web, "node_modules/.bin/protoc-gen-es")}`,
    `--es_out=${out}`,
    "--es_opt=target=js+dts,import_extension=js",
    ...files,
  ],
  { stdio: "inherit" },
);
writeFileSync(join(out, "package.json"), `${JSON.stringify({ type: "module" })}\n`);
console.log(`${files.length} protocol files generated into ${relative(web, out)}`);
