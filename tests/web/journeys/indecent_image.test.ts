import { begin, openCase, tryTo } from "../support/case";
import { daysAgo } from "../support/person";
import { report } from "../support/report";
import { expect, test } from "../support/test";

test("what may be an indecent image goes to the police first, and no file is taken", async ({
  enter,
}) => {
  const amara = await enter("amara");
  const caseRef = await report(amara, {
    kind: "Safeguarding concern",
    image: "I am not sure",
    what: "A picture was open on tablet 14 when I collected it. I turned the screen over.",
    time: "09:10",
    people: [{ name: "not known", involved: "The report is about them", connection: "Not known" }],
    headteacher: "No",
    wishes: "That the child is safe.",
  });
  await amara.sees(/^If nobody has called the police yet, call them now/);
  await amara.goTo(`/cases/${caseRef}/add-files`);
  await expect(amara.page.locator("input[type=file]")).toHaveCount(0);

  const helen = await enter("helen");
  await openCase(helen, caseRef);
  await tryTo(helen, caseRef, "acknowledge", "Tell the reporter that you have seen it");
  await helen.type("What the reporter is told", "Thank you.");
  await helen.press("Tell the reporter");
  await helen.isRefused(/police/, "P37");

  await openCase(helen, caseRef);
  await begin(helen, "Record what was done to preserve a device");
  await helen.type("What was done", "Left switched on, screen down, not touched again");
  await helen.type(/^Where the device is kept/, "The safe in the office");
  await helen.typeDay("When", daysAgo(1));
  await helen.type("Time", "09:15");
  await helen.press("Record this step");
  await helen.isTold("The step is recorded.");
  await begin(helen, "Record that the police were informed");
  await helen.typeDay("When were they called?", daysAgo(1));
  await helen.type("Time", "09:20");
  await helen.choose("999");
  await helen.type(/^Log number/, "LC-0520-0731");
  await helen.press("Record the call");
  await helen.isTold("It is recorded that the police were informed.");

  await begin(helen, "Refer to Lancashire Safeguarding");
  await helen.choose("Referral");
  await helen.choose("An adult who works with children");
  await helen.type(/^Why/, "Suspected indecent image of a child on a school device.");
  await helen.press("Refer this case");
  await helen.isTold("The case is referred in Wardbook.");

  await tryTo(helen, caseRef, "close", "Close the case");
  await helen.type("What was concluded", "Nothing to see.");
  await helen.choose("Yes");
  await helen.press("Close this case");
  await helen.isRefused(/police/, "P38");

  await openCase(helen, caseRef);
  await begin(helen, "Record that the police let the school go on");
  await helen.type("The officer who said so", "Detective Constable, case team");
  await helen.type("Their reference", "LC-0520-0731");
  await helen.type("What the school may do", "The school may go on; the tablet stays with us.");
  await helen.press("Record the release");
  await helen.isTold("The release is recorded.");

  const lena = await enter("lena");
  await openCase(lena, caseRef);
  await begin(lena, "Record the outcome of the referral");
  await lena.choose("Unfounded");
  await lena.type("The reasons", "The police found an advertisement, no image of a child.");
  await lena.press("Record the outcome");
  await lena.isTold("The outcome is recorded.");

  await openCase(helen, caseRef);
  await begin(helen, "Close the case");
  await helen.type("What was concluded", "The tablet was handed to the police.");
  await helen.choose("Yes");
  await helen.press("Close this case");
  await helen.isTold("The case is closed.");
  await helen.goTo(`/cases/${caseRef}/add-files`);
  await expect(helen.page.locator("input[type=file]")).toHaveCount(0);
});
