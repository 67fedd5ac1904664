import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ACTIONS } from "../../../clients/web/src/cases/actions/actions";
import { PERSON_ACTIONS } from "../../../clients/web/src/people/person_actions";
import { FORM_SECTIONS } from "../../../clients/web/src/referral/form_sections";
import {
  ENTRY_ACTIONS,
  REGISTER_FORMS,
} from "../../../clients/web/src/registers/forms_and_actions";
import { fillIn } from "../support/filled";
import { daysAgo, type Person } from "../support/person";
import { PNG } from "../support/pictures";
import type { School, User } from "../support/school";
import { Settled } from "../support/settled";
import { homeOfSchools } from "../support/surroundings";
import { expect, test } from "../support/test";
import { kindOf, linksOn, WAYS } from "../support/way";

// Short enough for the shortest field. FORM and FIELD say what it was typed into.
const HOSTILE = `"><svg onload=alert("FORM FIELD")><img src=x>`;

// A list is read again after what was sent.
const SHOWN_WITHIN_MS = 10_000;

// Who comes to which forms: the Headteacher to most, the others to what is left.
const WHO: readonly User[] = ["helen", "amara", "lena", "ruth", "petra"];

// What ends something is done when all else was.
const ENDS =
  /\/(leave|close|close-referral|withdraw|withdraw-referral|refuse|conflict|suspect-image)$/;

// What is typed here is not on the page that follows: that is a list or a file, the case is not
// theirs any more, or what was chosen is recorded already and nothing is added to it.
const ELSEWHERE = new Set([
  "/report/self",
  "/policy/review",
  "/people/ID/leave",
  "/cases/CASE/export",
  "/cases/CASE/do/conflict",
  "/cases/CASE/do/hand-over",
  "/registers/6/ID/give",
]);

// The first child of the list has no parent's consent: what was typed stays in its field.
const REFUSED = new Set(["/registers/record/capture"]);

// What is not a form that can be sent: the pages of a report are another test's.
const LEFT_OUT =
  /^\/(report|report\/(?!self).*|account\/sign-out|.*\/add-files|help.*|policy\/clauses\/.*)$/;

// Every form of the client that has an address of its own.
const FORMS: readonly string[] = [
  ...ACTIONS.map(({ id }) => `/cases/CASE/do/${id}`),
  ...FORM_SECTIONS.map(({ id }) => `/cases/CASE/referral/${id}`),
  ...REGISTER_FORMS.map(({ id }) => `/registers/record/${id}`),
  ...ENTRY_ACTIONS.map(({ register, id }) => `/registers/${register}/ID/${id}`),
  ...PERSON_ACTIONS.map(({ id }) => `/people/ID/${id}`),
  ...["/report/self", "/people/add", "/people/ID/account", "/people/absences/record"],
  ...["/policy/draft", "/policy/versions/ID/revise", "/policy/remind", "/policy/review"],
  "/cases/CASE/export",
];

class Visitor {
  readonly taken = new Set<string>();
  readonly refused = new Map<string, string>();
  readonly notShown: string[] = [];
  readonly #plain: Record<string, string>;
  readonly #staff: ReadonlySet<string>;

  constructor(plain: Record<string, string>, staff: ReadonlySet<string>) {
    this.#plain = plain;
    this.#staff = staff;
  }

  // Follows every link and sends every form that nobody's was taken of.
  async visit(person: Person): Promise<void> {
    const settled = new Settled(person.page);
    const seen = new Set<string>();
    const kinds = new Set<string>();
    const tried = new Map<string, number>();
    const ahead = ["/", "/report/self"];
    const ends: string[] = [];
    const queue = (addresses: string[]) => {
      for (const address of addresses) {
        if (seen.has(address) || LEFT_OUT.test(address)) continue;
        seen.add(address);
        (ENDS.test(address) ? ends : ahead).push(address);
      }
    };
    for (let at = ahead.shift(); at !== undefined; at = ahead.shift() ?? ends.shift()) {
      const kind = kindOf(at).replace(/(\/do\/[^/]+)\/ID$/, "$1");
      const [, area, personId, action] = at.split("/");
      const isOfStaff =
        area === "people" && action !== undefined && this.#staff.has(personId ?? "");
      if (this.taken.has(kind) || (tried.get(kind) ?? 0) > 4 || isOfStaff) continue;
      const isForm = FORMS.includes(kind);
      if (!isForm && !WAYS.test(kind) && kinds.has(kind)) continue;
      kinds.add(kind);
      await person.turnTo(at);
      await settled.wait();
      await this.#holdsNothing(person, at);
      queue(await linksOn(person));
      const form = kind.split("/").at(-1) ?? "";
      const text = HOSTILE.replace("FORM", form);
      const send = person.page.locator("main form button[type=submit]");
      if ((await send.count()) !== 1) {
        if (isForm)
          this.refused.set(kind, `nothing to send: ${await person.page.innerText("main")}`);
        continue;
      }
      const { written, refused } = await fillIn(person.page, settled, { text, plain: this.#plain });
      await this.#holdsNothing(person, at);
      if (refused !== "") {
        this.refused.set(kind, refused.replaceAll("\n", " "));
        tried.set(kind, (tried.get(kind) ?? 0) + 1);
        continue;
      }
      this.taken.add(kind);
      for (const field of ELSEWHERE.has(kind) ? [] : written) {
        if (!(await this.#shows(person, text.replace("FIELD", field)))) {
          this.notShown.push(`${kind} ${field}`);
        }
      }
      queue(await linksOn(person));
      // What is there to be done next.
      const ofCase = /^\/cases\/[^/]+/.exec(at);
      if (ofCase !== null) ahead.push(`${ofCase[0]}/actions`);
    }
  }

  // Whether the page shows the text, or does when it has read what was sent.
  async #shows(person: Person, text: string): Promise<boolean> {
    return person.page
      .waitForFunction((typed) => document.body.innerText.includes(typed), text, {
        timeout: SHOWN_WITHIN_MS,
      })
      .then(
        () => true,
        () => false,
      );
  }

  // Nothing of what anybody typed has become a part of the page.
  async #holdsNothing(person: Person, address: string): Promise<void> {
    const made = await person.page
      .locator("img[src=x], svg, main script, [onload], [onerror]")
      .count();
    expect(made, `what the page ${address} made of what was typed`).toBe(0);
  }
}

function dateOf(days: number): string {
  const { year, month, day } = daysAgo(days);
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

// What a form is about and no link leads to: files in evidence, a name that is open, and
// a second permission that waits, as one is granted before another can be refused.
async function prepare(school: School): Promise<string> {
  const reported = await school.as(
    "amara",
    ...["incident", "report", "--kind", "code-of-conduct", "--what", "A post.", "--date"],
    ...[dateOf(1), "--wishes-not-given"],
    ...["--indecent-image", "no", "--subject", "Ms Newcomer", "--about-headteacher", "no"],
  );
  const caseRef = String(reported.caseRef);
  const folder = mkdtempSync(join(homeOfSchools(), "files-"));
  for (const name of ["<img src=x onerror=alert(1)>.png", "<svg onload=alert(1)>.png"]) {
    const path = join(folder, name);
    writeFileSync(path, PNG);
    const said = ["--indecent-image", "no", "--kind", "original"];
    await school.as("amara", "evidence", "file", caseRef, path, ...said);
  }
  const asked = ["--platform", "A forum", "--equipment", "School laptop", "--reason", "Plans."];
  await school.as(
    "amara",
    ...["permission", "request", "--kind", "work-social-media", "--purpose", "professional"],
    ...[...asked, "--until", dateOf(-200)],
  );
  const newcomer = ["--name", "Ms Newcomer", "--category", "employee", "--role"];
  await school.as("petra", "person", "add", ...newcomer, "senior-leadership");
  return caseRef;
}

test("what is typed into any form is text wherever it is shown", async ({
  ownDemoSchool,
  arrive,
}) => {
  // Some hundred and twenty forms, one after the other.
  test.setTimeout(600_000);
  const school = ownDemoSchool;
  await prepare(school);
  const people = (await school.as("petra", "person", "list")).people as {
    personId: string;
    roles?: string[];
  }[];
  const staff = people.filter(({ roles }) => (roles ?? []).length > 0);
  const visitor = new Visitor(
    { number: "1", asset_tag: "IPAD-099", clause: "P16", user_name: "newcomer" },
    new Set(staff.map(({ personId }) => personId)),
  );
  const left = () => FORMS.filter((form) => !visitor.taken.has(form) && !REFUSED.has(form));
  for (let taken = -1; left().length > 0 && visitor.taken.size > taken; ) {
    // What one of them did may be what another's form waits for.
    taken = visitor.taken.size;
    for (const user of WHO) {
      const person = await arrive(user, school);
      await person.goTo("/");
      await person.signIn(user);
      await visitor.visit(person);
    }
  }
  expect(
    left().map((form) => `${form}: ${visitor.refused.get(form) ?? "no link leads to it"}`),
  ).toEqual([]);
  expect([...REFUSED].filter((form) => !visitor.refused.has(form))).toEqual([]);
  expect(visitor.notShown).toEqual([]);
});
