import { readFileSync } from "node:fs";
import { createServer as createPlain } from "node:http";
import { createServer as createTls } from "node:https";
import type { AddressInfo } from "node:net";
import type { Person } from "../support/person";
import type { School } from "../support/school";
import { expect, test } from "../support/test";

const ADD_NOTE = "/wardbook.v1.CaseService/AddNote";
const SIGN_OUT = "/wardbook.v1.AccessService/SignOut";

// A page of somebody else: on the same host and another port, which is the same site to a
// browser, and on another host.
async function otherSites(school: School, use: (sites: string[]) => Promise<void>): Promise<void> {
  const page = (
    _: unknown,
    response: { end(text: string): void; setHeader(n: string, v: string): void },
  ) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>elsewhere</title><h1>Elsewhere</h1>");
  };
  const near = createTls(
    { cert: readFileSync(school.certificateFile), key: readFileSync(school.keyFile) },
    page,
  );
  const far = createPlain(page);
  await Promise.all(
    [near, far].map((server) => new Promise<void>((up) => server.listen(0, "127.0.0.1", up))),
  );
  const portOf = (server: typeof near | typeof far) => (server.address() as AddressInfo).port;
  try {
    await use([`https://localhost:${portOf(near)}`, `http://127.0.0.1:${portOf(far)}`]);
  } finally {
    near.close();
    far.close();
  }
}

async function cookieOf(person: Person) {
  const cookies = await person.context.cookies(person.school.origin);
  return cookies.find((cookie) => cookie.name === "__Host-wardbook");
}

test("the cookie is for the server alone", async ({ enter }) => {
  const amara = await enter("amara");
  expect(await amara.page.evaluate(() => document.cookie)).toBe("");
  expect(await cookieOf(amara)).toMatchObject({
    httpOnly: true,
    secure: true,
    sameSite: "Strict",
    path: "/",
  });
  const kept = await amara.page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  );
  expect(kept).not.toContain((await cookieOf(amara))?.value);
});

test("another site can send what it likes, and nothing changes", async ({ enter, school }) => {
  const inbox = await school.as("helen", "case", "list");
  const caseRef = String((inbox.cases as { caseRef: string }[])[0]?.caseRef);
  const before = await school.as("helen", "case", "show", caseRef);
  const helen = await enter("helen");
  // The pages elsewhere are there to be complained about.
  for (const about of [/^asked /, /CORS policy/, /Failed to load resource/, /frame-ancestors/]) {
    helen.watched.expectComplaint(about);
  }
  await otherSites(school, async (sites) => {
    for (const site of sites) {
      const page = await helen.context.newPage();
      await page.goto(site);
      const answers = await page.evaluate(
        async ({ origin, paths, reference }) => {
          const read: string[] = [];
          const types = [
            "application/grpc-web+proto",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "text/plain",
          ];
          // AddNoteRequest: the reference and a text, framed as gRPC-Web has it.
          const text = new TextEncoder().encode(reference);
          const note = new TextEncoder().encode("from elsewhere");
          const body = [18, text.length, ...text, 34, note.length, ...note];
          const message = new Uint8Array([0, 0, 0, 0, body.length, ...body]);
          for (const path of paths) {
            for (const type of types) {
              for (const mode of ["cors", "no-cors"] as const) {
                try {
                  const answer = await fetch(origin + path, {
                    method: "POST",
                    mode,
                    credentials: "include",
                    headers: { "content-type": type },
                    body: message,
                  });
                  if (answer.type !== "opaque") read.push(`${path} ${type} ${answer.status}`);
                } catch {
                  // The browser or the server has stopped it.
                }
              }
            }
          }
          return read;
        },
        { origin: school.origin, paths: [ADD_NOTE, SIGN_OUT], reference: caseRef },
      );
      expect(answers, "what a page elsewhere could read").toEqual([]);

      // A form needs no permission of anybody to be sent.
      for (const enctype of [
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data",
      ]) {
        const sender = await helen.context.newPage();
        await sender.goto(site);
        const [answer] = await Promise.all([
          sender.waitForResponse((response) => response.url().startsWith(school.origin)),
          sender.evaluate(
            (asked) => {
              const form = document.createElement("form");
              Object.assign(form, { method: "post", ...asked });
              document.body.append(form);
              form.submit();
            },
            { action: school.origin + SIGN_OUT, enctype },
          ),
        ]);
        expect(answer.status()).toBeGreaterThanOrEqual(400);
        await sender.close();
      }

      await page.goto(site);
      await page.evaluate((src) => {
        const frame = document.createElement("iframe");
        frame.src = src;
        document.body.append(frame);
        return new Promise((loaded) => frame.addEventListener("load", loaded));
      }, school.origin);
      const framed = page.frames().find((frame) => frame.url().startsWith(school.origin));
      expect(framed).toBeUndefined();
      await page.close();
    }
  });
  // She is still signed in, and the case is as it was.
  await helen.goTo("/cases");
  await helen.onPage("Cases");
  const after = await school.as("helen", "case", "show", caseRef);
  const revisionOf = (shown: Record<string, unknown>) =>
    (shown.caseFile as { summary: { revision: number } }).summary.revision;
  expect(revisionOf(after)).toBe(revisionOf(before));
});
