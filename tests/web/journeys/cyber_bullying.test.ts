import { begin, isNoSuchCase, openCase, tryTo } from "../support/case";
import { report, SITE_MOCKS_ME } from "../support/report";
import { expect, test } from "../support/test";

test("a teacher who is bullied online reports it, and it is dealt with to its end", async ({
  enter,
}) => {
  const amara = await enter("amara");
  const caseRef = await report(amara, SITE_MOCKS_ME);
  await amara.sees("Your report went to the line manager.");
  await amara.sees("1 file is in evidence.");

  // Before the referral it does not exist for the council.
  const lena = await enter("lena");
  await isNoSuchCase(lena, caseRef);

  const tomasz = await enter("tomasz");
  await tomasz.follow("Cases");
  await tomasz.onPage("Cases");
  await tomasz.follow(caseRef);
  await tomasz.onPage("History");
  await begin(tomasz, "Tell the reporter that you have seen it");
  await tomasz.type(
    "What the reporter is told",
    "Thank you. I have read it and take it seriously.",
  );
  await tomasz.press("Tell the reporter");
  await tomasz.isTold("The reporter is told.");
  await begin(tomasz, "Hand the case on");
  await tomasz.type("Why", "Threats against a member of staff.");
  await tomasz.press("Hand it on");
  await tomasz.isTold(/The case is now with the Headteacher/);

  const helen = await enter("helen");
  await openCase(helen, caseRef);
  await begin(helen, "Record that you asked for advice");
  await helen.type(/^Who was asked/, "Lancashire Safeguarding");
  await helen.type("How", "by telephone");
  await helen.type("What you asked", "May we speak to the parents before the police do?");
  await helen.press("Record that advice was sought");
  await helen.isTold("It is recorded that you asked for advice.");

  // What the policy forbids is refused with its clause, and what was typed stays.
  await tryTo(helen, caseRef, "close", "Close the case");
  await helen.type("What was concluded", "Settled.");
  await helen.choose("Yes");
  await helen.press("Close this case");
  await helen.isRefused(/advice/, "P41");
  await expect(helen.page.getByLabel("What was concluded")).toHaveValue("Settled.");

  await openCase(helen, caseRef);
  await begin(helen, "Record the advice that came back");
  await helen.type("Who gave it", "Duty officer");
  await helen.type("Their role and organisation", "Lancashire Safeguarding");
  await helen.type("What they advised", "Refer it. Do not speak to the parents yet.");
  await helen.choose("Only as advised");
  await helen.type(/^Their reference/, "LS-2291");
  await helen.press("Record this advice");
  await helen.isTold("The advice is recorded.");

  // Whether to tell the police is for the teacher to decide.
  await amara.follow("My reports");
  await amara.onPage("My reports");
  await amara.sees("Thank you. I have read it and take it seriously.");
  await openCase(amara, caseRef);
  await amara.seesNot("Duty officer");
  await amara.seesNot("LS-2291");
  await begin(amara, "Record what the target decided about the police");
  await amara.choose("Not decided yet");
  await amara.type(/^What they said/, "I want to think about it.");
  await amara.press("Record the decision");
  await amara.isTold("The decision is recorded.");

  await openCase(helen, caseRef);
  await begin(helen, "Refer to Lancashire Safeguarding");
  await helen.choose("Referral");
  await helen.choose("An adult who works with children");
  await helen.type(/^Why/, "Threats; advice LS-2291.");
  await helen.press("Refer this case");
  await helen.isTold("The case is referred in Wardbook.");
  await helen.follow("What to do");
  await helen.follow("Copy it into the council’s form");
  await helen.onPage("For the council’s form");
  await helen.sees(/SHA-256/);
  await helen.follow("I have submitted it");
  await helen.onPage("Record that the council’s form was submitted");
  await helen.type(/^The reference that the form gave/, "FORM-771");
  await helen.press("I have submitted it");
  await helen.isTold("It is recorded that the form was submitted.");

  await openCase(lena, caseRef);
  await begin(lena, "Acknowledge the referral");
  await lena.type("The council’s reference", "LS-2291-R");
  await lena.type(/^What the school is told/, "We take it from here.");
  await lena.press("Acknowledge the referral");
  await lena.isTold("The referral is acknowledged.");
  await begin(lena, "Record the outcome of the referral");
  await lena.choose("Substantiated");
  await lena.type("The reasons", "The messages and their author are established.");
  await lena.press("Record the outcome");
  await lena.isTold("The outcome is recorded.");

  await openCase(helen, caseRef);
  await begin(helen, "Close the case");
  await helen.type("What was concluded", "The author was dealt with by the club.");
  await helen.choose("Yes");
  await helen.press("Close this case");
  await helen.isTold("The case is closed.");

  // The officer audits: the history, the file to the byte, who looked, and the log.
  await openCase(lena, caseRef);
  await lena.sees("The author was dealt with by the club.");
  await lena.follow("Files");
  await lena.onPage("Files");
  await lena.press(/^Show this picture/);
  await lena.sees("Unchanged since it was filed: its SHA-256 is the recorded one.");
  await expect(lena.page.getByRole("img", { name: /screen print/i })).toBeVisible();
  await lena.follow("Who looked");
  await lena.onPage("Who looked");
  await lena.sees("Helen Ashgrove");
  await lena.follow("Audit");
  await lena.onPage("Audit");
  await lena.sees(/^(This browser now watches the log|Nothing has been changed)/);
  await lena.follow("Home");
  await lena.follow("Audit");
  await lena.sees(/^Nothing has been changed, removed or reordered since/);

  // The reporter learns how it has fared, and nothing of what others wrote.
  await amara.follow("My reports");
  await amara.onPage("My reports");
  const card = amara.page.locator("section").filter({ hasText: caseRef });
  await expect(card).toContainText("Closed");
  await amara.seesNot("The author was dealt with by the club.");
  await openCase(amara, caseRef);
  await amara.seesNot("The messages and their author are established.");
});
