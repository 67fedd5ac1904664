import { begin, isNoSuchCase, openCase } from "../support/case";
import { daysAgo } from "../support/person";
import type { School } from "../support/school";
import { expect, test } from "../support/test";

async function reported(school: School): Promise<string> {
  const { year, month, day } = daysAgo(1);
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const answer = await school.as(
    "amara",
    ...["incident", "report", "--kind", "safeguarding-concern", "--date", date],
    ...["--what", "A pupil was followed home.", "--subject", "not known"],
    ...["--about-headteacher", "no", "--indecent-image", "no", "--wishes-not-given"],
  );
  return String(answer.caseRef);
}

test("what somebody else records is told, and what was typed stays", async ({ school, enter }) => {
  const caseRef = await reported(school);
  const helen = await enter("helen");
  const idris = await enter("idris");
  await openCase(helen, caseRef);
  await begin(helen, "Add a note");
  await helen.type(/^The note|^What/, "Helen has spoken to the class teacher.");

  await openCase(idris, caseRef);
  await begin(idris, "Add a note");
  await idris.type(/^The note|^What/, "Idris has called the parents.");
  await idris.press("Add this note");
  await idris.isTold(/note is (added|recorded)/);

  await helen.press("Add this note");
  await expect(helen.heading("Recorded while you were writing")).toBeVisible();
  await helen.sees("Idris Fenwick-Amadi");
  await expect(helen.page.getByRole("textbox")).toHaveValue(
    "Helen has spoken to the class teacher.",
  );
  await helen.press("Record mine after these");
  await helen.isTold(/note is (added|recorded)/);
  await helen.sees("Idris has called the parents.");
  await helen.sees("Helen has spoken to the class teacher.");

  // Idris has the history open, and is told without asking.
  await idris.onPage("History");
  await idris.sees("Something was recorded in this case just now.");
  await idris.press("Show it");
  await idris.sees("Helen has spoken to the class teacher.");
});

test("a list that is open takes up what comes in, and only what is its reader's to see", async ({
  school,
  enter,
}) => {
  const helen = await enter("helen");
  const ruth = await enter("ruth");
  for (const person of [helen, ruth]) {
    await person.follow("Cases");
    await person.onPage("Cases");
  }
  const people = (await school.as("helen", "person", "list")).people as {
    name: string;
    personId: string;
  }[];
  const head = people.find(({ name }) => name === "Helen Ashgrove");
  const { year, month, day } = daysAgo(1);
  const answer = await school.as(
    "amara",
    ...["incident", "report", "--kind", "code-of-conduct"],
    ...["--date", `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`],
    ...["--what", "Somebody shouted at a pupil.", "--clause", "p06-contact-with-children"],
    ...["--subject", `Helen Ashgrove=${head?.personId}`],
    ...["--indecent-image", "no", "--wishes-not-given"],
  );
  const aboutHelen = String(answer.caseRef);
  const other = await reported(school);
  await ruth.sees(aboutHelen);
  await helen.sees(other);
  await helen.seesNot(aboutHelen);
  await isNoSuchCase(helen, aboutHelen);
});
