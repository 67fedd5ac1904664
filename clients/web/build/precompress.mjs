// Writes FILE.br and FILE.gz beside every file that becomes smaller, so that the gateway
// compresses nothing while it serves.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = new Set([".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest"]);

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

export function precompress() {
  let folder = "";
  return {
    name: "precompress",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    // Not closeBundle, which also runs after an error and would hide it.
    writeBundle() {
      for (const path of filesUnder(folder).filter((file) => TEXT.has(extname(file)))) {
        const bytes = readFileSync(path);
        const packed = {
          gz: gzipSync(bytes, { level: 9 }),
          br: brotliCompressSync(bytes, {
            params: {
              [constants.BROTLI_PARAM_QUALITY]: 11,
              [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
            },
          }),
        };
        for (const [suffix, data] of Object.entries(packed)) {
          if (data.length < bytes.length) writeFileSync(`${path}.${suffix}`, data);
        }
      }
    },
  };
}
