import { begin, isNoSuchCase, openCase, tryTo } from "../support/case";
import { daysAgo } from "../support/person";
import { Received } from "../support/received";
import { report } from "../support/report";
import { expect, test } from "../support/test";

test("a case about the Headteacher goes to the Chair, and does not exist for her", async ({
  enter,
}) => {
  const helen = await enter("helen");
  const received = await Received.over(helen.context);
  await helen.goTo("/cases");
  await helen.onPage("Cases");

  const amara = await enter("amara");
  const caseRef = await report(amara, {
    kind: "Breach of the code of conduct",
    what: "The Headteacher is in a chat with two pupils of Class 6 on her own phone.",
    time: "19:30",
    platform: "WhatsApp",
    people: [{ name: "Helen Ashgrove", involved: "The report is about them" }],
    wishes: "That it is dealt with by somebody outside the school.",
  });
  await amara.sees("Your report went to the Chair of Governors.");

  await helen.follow("Home");
  await helen.follow("Cases");
  await helen.onPage("Cases");
  await helen.seesNot(caseRef);
  await isNoSuchCase(helen, caseRef);
  await helen.goTo(`/cases/${caseRef}/do/note`);
  await helen.sees("There is no such case among those that you may see.");
  await expect(helen.page.getByRole("textbox")).toHaveCount(0);
  await isNoSuchCase(await enter("idris"), caseRef);

  const ruth = await enter("ruth");
  await openCase(ruth, caseRef);
  await begin(ruth, "Tell the reporter that you have seen it");
  await ruth.type("What the reporter is told", "I have your report. The Headteacher is not told.");
  await ruth.press("Tell the reporter");
  await ruth.isTold("The reporter is told.");
  await begin(ruth, "Decide about the harm threshold");
  await ruth.choose("Meets the harm threshold");
  await ruth.choose("May pose a risk of harm");
  await ruth.type("Why", "Private messages to pupils, at night.");
  await ruth.choose("Yes");
  await ruth.press("Record the decision");
  await ruth.isTold("The decision is recorded.");
  await begin(ruth, "Refer to Lancashire Safeguarding");
  await ruth.choose("Referral");
  await ruth.choose("An adult who works with children");
  await ruth.type(/^Why/, "Contact with pupils by private messages.");
  await ruth.press("Refer this case");
  await ruth.isTold("The case is referred in Wardbook.");

  const lena = await enter("lena");
  await openCase(lena, caseRef);
  await begin(lena, "Acknowledge the referral");
  await lena.type("The council’s reference", "LS-2310");
  await lena.press("Acknowledge the referral");
  await lena.isTold("The referral is acknowledged.");
  await begin(lena, "Record the outcome of the referral");
  await lena.choose("Substantiated");
  await lena.type("The reasons", "The messages were seen; no child was harmed.");
  await lena.press("Record the outcome");
  await lena.isTold("The outcome is recorded.");

  await tryTo(ruth, caseRef, "close", "Close the case");
  await ruth.type("What was concluded", "Dealt with.");
  await ruth.choose("Yes");
  await ruth.press("Close this case");
  await ruth.isRefused(/finding/i, /P\d\d/);

  await openCase(ruth, caseRef);
  await begin(ruth, "Begin to investigate");
  await ruth.type("What is investigated", "Who wrote to whom, and when.");
  await ruth.press("Begin to investigate");
  await ruth.isTold("The investigation has begun.");
  await begin(ruth, "Record a step of the investigation");
  await ruth.choose("Interview");
  await ruth.type("What was done and what came of it", "The messages are not denied.");
  await ruth.typeDay("When", daysAgo(0));
  await ruth.press("Record this step");
  await ruth.isTold("The step is recorded.");
  await begin(ruth, "Record what was found");
  await ruth.choose("A breach of the policy");
  await ruth.select(/^Where the harm threshold is met/, "Substantiated");
  await ruth.type("Why", "The messages were written on a personal phone.");
  await ruth.choose("Yes");
  await ruth.press("Record the finding");
  await ruth.isTold("The finding is recorded.");
  await begin(ruth, "Decide about the disciplinary procedure");
  await ruth.choose("Does not go to the disciplinary procedure");
  await ruth.type("Why", "A written warning was agreed with the council.");
  await ruth.choose("Yes");
  await ruth.press("Record the decision");
  await ruth.isTold("The decision is recorded.");
  await begin(ruth, "Record what the Governing Body was told");
  await ruth.type("What it was told, naming nobody", "A breach of the policy is dealt with.");
  await ruth.press("Record this");
  await ruth.isTold("It is recorded what the Governing Body was told.");
  await begin(ruth, "Close the case");
  await ruth.type("What was concluded", "Dealt with by the governors and the council.");
  await ruth.choose("Yes");
  await ruth.press("Close this case");
  await ruth.isTold("The case is closed.");
  await ruth.follow("Who looked");
  await ruth.onPage("Who looked");
  await ruth.sees("Lena Marchbank");

  await isNoSuchCase(helen, caseRef);
  await helen.follow("Home");
  expect(received.size).toBeGreaterThan(1_000);
  expect(received.has("chat with two pupils")).toBe(false);
  expect(received.has("LS-2310")).toBe(false);
});
