// Where the built client goes: the build tree of whoever builds, never the source tree.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("..", import.meta.url));

export const OUT_DIR = resolve(web, process.env.WARDBOOK_WEB_OUT ?? "../../build/web");
