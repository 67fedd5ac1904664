import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { begin, openCase } from "../support/case";
import { PNG } from "../support/pictures";
import { answerReport, sendReport } from "../support/report";
import { homeOfSchools } from "../support/surroundings";
import { expect, test } from "../support/test";

const PAYLOADS = [
  `<img src=x onerror="document.title='ran'">`,
  `<svg onload="document.title='ran'">`,
  `"><script>document.title='ran'</script>`,
];
const ALL = PAYLOADS.join(" ");

test("what is typed and how a file is called is text wherever it is shown", async ({ enter }) => {
  const amara = await enter("amara");
  await amara.goTo("/report");
  await answerReport(amara, {
    kind: "Cyber-bullying",
    what: ALL,
    platform: PAYLOADS[0] as string,
    account: PAYLOADS[1] as string,
    people: [{ name: ALL, involved: "Is bullied or harmed", connection: "Not known" }],
    headteacher: "No",
    wishes: ALL,
    told: "The Headteacher and the safeguarding lead",
  });
  await amara.turnTo("/report/files");
  await amara.onPage("Do you have screenshots or files?");
  await amara.page.getByLabel("Add a screenshot or file").setInputFiles({
    name: `${PAYLOADS[0]}.png`,
    mimeType: "image/png",
    buffer: PNG,
  });
  await amara.press("Same date, time and place as in the report");
  await amara.type(/^At what time was it seen/, "20:40");
  await amara.type(/^What does it show/, ALL);
  await amara.press("Continue");
  await amara.onPage("Check your answers");
  await amara.sees(PAYLOADS[2] as string);
  const caseRef = await sendReport(amara);

  const helen = await enter("helen");
  await openCase(helen, caseRef);
  await begin(helen, "Tell the reporter that you have seen it");
  await helen.type("What the reporter is told", ALL);
  await helen.press("Tell the reporter");
  await helen.isTold("The reporter is told.");
  await begin(helen, "Add a note");
  await helen.type("The note", ALL);
  await helen.press("Add this note");
  await helen.isTold("The note is added.");

  for (const page of ["", "/files", "/actions", "/registers", "/access", "/referral-form"]) {
    await helen.goTo(`/cases/${caseRef}${page}`);
    await helen.onPage(/.+/);
    await expect(helen.page.locator("img[src=x], main svg, main script")).toHaveCount(0);
  }
  await openCase(helen, caseRef);
  for (const payload of PAYLOADS) await helen.sees(payload);
  await helen.page.emulateMedia({ media: "print" });
  for (const payload of PAYLOADS) await helen.sees(payload);
  await helen.page.emulateMedia({ media: "screen" });
  await helen.goTo("/cases");
  await helen.onPage("Cases");
  await helen.sees(PAYLOADS[0] as string);
  await amara.goTo("/reports");
  await amara.onPage("My reports");
  await amara.sees(PAYLOADS[0] as string);
  for (const person of [amara, helen]) {
    expect(await person.page.title()).not.toContain("ran");
  }
});

test("what is typed to find something, and to sign in, is text", async ({ arrive, enter }) => {
  const somebody = await arrive("somebody");
  const isText = async (person: typeof somebody) => {
    await expect(person.page.locator("img[src=x], svg, main script")).toHaveCount(0);
    expect(await person.page.title()).not.toContain("ran");
  };
  await somebody.goTo("/");
  for (const label of ["School", "User name", "Password"]) await somebody.type(label, ALL);
  await somebody.press("Sign in");
  await expect(somebody.page.getByRole("alert")).toContainText("There is a problem");
  await isText(somebody);
  await somebody.follow("I have a code and no password yet");
  for (const label of ["School", "User name", "Code", "New password"]) {
    await somebody.type(label, ALL);
  }
  await somebody.press("Set this password");
  await expect(somebody.page.getByRole("alert")).toContainText("There is a problem");
  await isText(somebody);

  const helen = await enter("helen");
  for (const address of ["/people", "/registers/1"]) {
    await helen.goTo(address);
    await helen.type(/^Find /, ALL);
    await helen.sees(/^0 (people|entries)$/);
    await isText(helen);
  }
  await helen.goTo("/cases");
  await helen.page.getByText("Show only some").click();
  await helen.type("Reference, name or platform", ALL);
  await helen.sees(/^\d+ cases? of \d+/);
  await helen.page.getByText("Save this filter").first().click();
  await helen.type("Under which name?", PAYLOADS[0] as string);
  await helen.press("Save this filter");
  await expect(
    helen.page.getByRole("button", { name: PAYLOADS[0] as string, exact: true }),
  ).toBeVisible();
  await isText(helen);
  await helen.goTo("/cases");
  await helen.press(PAYLOADS[0] as string);
  await isText(helen);
  await helen.press("Show all again");
});

interface Made {
  typesMade: string[];
}

test("a file in evidence runs nothing, whatever it says that it is", async ({ enter, school }) => {
  const folder = mkdtempSync(join(homeOfSchools(), "files-"));
  const page = "<html><body><script>document.title='ran'</script></body></html>";
  const files = {
    "page.html": page,
    "drawing.svg": `<svg xmlns="http://www.w3.org/2000/svg" onload="document.title='ran'"/>`,
    "both.png": Buffer.concat([PNG, Buffer.from(page)]),
  };
  const reported = await school.as(
    "amara",
    ...["incident", "report", "--kind", "cyber-bullying", "--what", "Files.", "--date"],
    ...["2026-05-14", "--wishes-not-given", "--indecent-image", "no"],
  );
  const caseRef = String(reported.caseRef);
  let filed = 0;
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    writeFileSync(path, content);
    // What is no picture, message or document is not taken at all.
    await school
      .as(
        "amara",
        ...["evidence", "file", caseRef, path, "--indecent-image", "no"],
        ...["--kind", "original"],
      )
      .then(
        () => {
          filed += 1;
        },
        () => {},
      );
  }
  expect(filed).toBeGreaterThan(0);

  const helen = await enter("helen");
  await helen.context.addInitScript(() => {
    const typesMade: string[] = [];
    Object.assign(globalThis, { typesMade });
    const create = URL.createObjectURL;
    URL.createObjectURL = (made) => {
      if (made instanceof Blob) typesMade.push(made.type);
      return create.call(URL, made);
    };
  });
  await helen.goTo(`/cases/${caseRef}/files`);
  await helen.onPage("Files");
  const shows = helen.page.getByRole("button", { name: /^(Show this picture|Open this file)/ });
  while ((await shows.count()) > 0) {
    const left = await shows.count();
    await shows.first().click();
    await expect(shows).toHaveCount(left - 1);
  }
  const opened = helen.page.getByText("Unchanged since it was filed");
  await expect(opened).toHaveCount(filed);
  await expect(helen.page.locator("iframe, object, embed, main svg")).toHaveCount(0);
  // An address of this origin is made of each; the type is never one that runs.
  const types = await helen.page.evaluate(() => (globalThis as unknown as Made).typesMade);
  expect(types).toHaveLength(filed);
  for (const type of types) expect(type).not.toMatch(/html|svg|xml|script/);
  expect(await helen.page.title()).not.toContain("ran");
});
