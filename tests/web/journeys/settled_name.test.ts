import { isNoSuchCase, openCase } from "../support/case";
import { enterPerson, giveCode, setPassword } from "../support/newcomer";
import { report } from "../support/report";
import { expect, test } from "../support/test";

const NAME = "Odette Fairweather-Quist";

test("a name that may mean a newcomer keeps the case from them until it is settled", async ({
  ownDemoSchool,
  arrive,
}) => {
  const enter = async (user: "amara" | "helen" | "petra") => {
    const person = await arrive(user, ownDemoSchool);
    await person.goTo("/");
    await person.signIn(user);
    return person;
  };
  const caseRef = await report(await enter("amara"), {
    kind: "Breach of the code of conduct",
    what: "A parent told me that she writes about the school in a public group.",
    people: [{ name: NAME, involved: "The report is about them", connection: "Not known" }],
    headteacher: "No",
    wishes: "That somebody asks her to stop.",
  });
  const helen = await enter("helen");
  await openCase(helen, caseRef);
  await helen.seesNot("It is open whom a name in the report means");

  // Somebody of that name joins the school, in an office that handles cases.
  const petra = await enter("petra");
  const role = "Senior leadership";
  await enterPerson(petra, { name: NAME, category: "Employee", role });
  const code = await giveCode(petra, "odette");
  const odette = await arrive("odette", ownDemoSchool);
  await odette.goTo("/");
  await setPassword(odette, { userName: "odette", code, password: "thimble harvest kettle" });
  await odette.follow("Cases");
  await odette.onPage("Cases");
  await odette.sees(/^\d+ cases/);
  await odette.seesNot(caseRef);
  await isNoSuchCase(odette, caseRef);

  await openCase(helen, caseRef);
  await expect(helen.heading("It is open whom a name in the report means")).toBeVisible();
  await helen.follow("settle whom the name means");
  await helen.onPage("Settle whom a name means");
  await helen.choose(NAME);
  await helen.type("How do you know whom it means?", "A parent of that name came to see me.");
  await helen.press("Somebody else is meant");
  await helen.isTold("The name is settled. It no longer keeps the case from anybody.");
  await helen.seesNot("It is open whom a name in the report means");

  await odette.goTo("/cases");
  await odette.onPage("Cases");
  await odette.follow(caseRef);
  await odette.onPage("History");
  await odette.sees("A parent of that name came to see me.");
});
