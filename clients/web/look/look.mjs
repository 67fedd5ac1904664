// Opens every page at two widths, writes a picture of each, and fails where a page scrolls
// sideways, has an accessibility violation, breaks the content security policy or logs an
// error. `npm run look -- FOLDER PATTERN`: where the pictures go, and which pages alone.

import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";

const built = process.env.WARDBOOK_WEB_OUT;
const pictures = process.argv[2] ?? "../../build/web-pictures";
mkdirSync(pictures, { recursive: true });

// As the gateway sends it.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; " +
  "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

const server = createServer((request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  const file = join(built, path);
  const isFile = path !== "/" && statSync(file, { throwIfNoEntry: false })?.isFile();
  const shown = isFile ? file : join(built, "look/index.html");
  response.writeHead(200, {
    "content-type": TYPES[extname(shown)] ?? "application/octet-stream",
    "content-security-policy": POLICY,
  });
  response.end(readFileSync(shown));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const CASE = "/cases/WB-7K4D-9QX2";

// The form of every action, also of one that comes later.
function caseForms() {
  const folder = "src/cases/actions";
  return readdirSync(folder)
    .filter((file) => file.endsWith("_actions.ts"))
    .flatMap((file) => [...readFileSync(join(folder, file), "utf8").matchAll(/ id: "([^"]+)"/g)])
    .map(([, id]) => `${CASE}/do/${id}${FILE_FORMS.has(id) ? `/${"ab".repeat(16)}` : ""}`);
}
// What is said of one file has the file in its address.
const FILE_FORMS = new Set(["annotate-file", "supersede-file", "attest-original"]);

const PAGES = [
  "/?out",
  "/first-password?out",
  "/",
  "/account",
  "/account/password",
  "/report",
  "/report/image",
  "/report/what",
  "/report/when",
  "/report/people",
  "/report/wishes",
  "/report/files",
  "/report/check",
  "/report/self",
  "/reports",
  "/cases",
  CASE,
  `${CASE}/files`,
  `${CASE}/add-files`,
  `${CASE}/actions`,
  `${CASE}/export`,
  `${CASE}/referral`,
  `${CASE}/referral/subject`,
  `${CASE}/referral/subject/check`,
  ...caseForms(),
  "/cases/WB-0000-0002/actions",
  "/cases/WB-0000-0002",
  "/registers",
  "/registers/check",
  "/registers/1",
  "/registers/6",
  "/registers/7",
  "/registers/8",
  `/registers/1/${"a1".repeat(16)}`,
  `/registers/1/${"a1".repeat(16)}/grant`,
  `/registers/6/${"5".padStart(32, "0")}`,
  `/registers/6/${"5".padStart(32, "0")}/give`,
  "/registers/7/IPAD-014",
  "/registers/record/permission",
  "/registers/record/phone",
  "/registers/record/link-parent",
  "/registers/record/device",
  "/registers/record/capture",
  "/policy",
  "/policy/acknowledge",
  "/policy/acknowledgements",
  "/policy/clauses",
  "/policy/clauses/P41",
  "/policy/draft",
  "/policy/in-force",
  "/policy/profile-review",
  "/policy/remind",
  "/policy/review",
  "/policy/text",
  "/policy/versions",
  `/policy/versions/${"ab".repeat(16)}`,
  `/policy/versions/${"cd".repeat(16)}`,
  `/policy/versions/${"cd".repeat(16)}/approve`,
  `/policy/versions/${"cd".repeat(16)}/revise`,
  `/policy/versions/${"cd".repeat(16)}/sign`,
  "/people",
  "/people/add",
  "/people/absences",
  "/people/absences/record",
  "/people/absences/who-acted",
  `/people/absences/${"c1".repeat(16)}/end`,
  "/people/concerns",
  "/people/profile-reviews",
  "/people/roles",
  `/people/${"0".repeat(32)}`,
  `/people/${"0".repeat(32)}/account`,
  `/people/${"0".repeat(32)}/correct`,
  `/people/${"0".repeat(32)}/end-role`,
  `/people/${"0".repeat(32)}/leave`,
  "/audit",
  "/audit?again",
  "/audit?shorter",
  "/audit/case",
  "/audit/counts",
  "/audit/refusals",
  "/help",
  "/help/contacts",
  "/accessibility",
  "/nowhere",
];

const only = new RegExp(process.argv[3] ?? "");
const looked = PAGES.filter((address) => only.test(address));

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium" });
const faults = [];
for (const width of [1280, 320]) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: false });
  const page = await context.newPage();
  let where = "";
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${where} at ${width}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${where} at ${width}: ${error.message}`));
  for (const address of looked) {
    where = address;
    await page.goto(origin + address, { waitUntil: "domcontentloaded" });
    await page.waitForSelector("h1");
    await page.waitForTimeout(250);
    const name = `${address.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, "") || "home"}-${width}.png`;
    await page.screenshot({ path: join(pictures, name), fullPage: true });
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (over > 0) faults.push(`${address} at ${width}: scrolls sideways by ${over} px`);
    if (width === 1280) {
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
        .analyze();
      for (const { id, nodes } of violations) {
        faults.push(`${address}: axe ${id}: ${nodes[0].html.slice(0, 160)}`);
      }
    }
  }
  await context.close();
}
await browser.close();
server.close();
for (const fault of faults) console.error(fault);
console.log(`${looked.length} pages looked at, ${faults.length} faults; pictures in ${pictures}`);
process.exit(faults.length === 0 ? 0 : 1);
