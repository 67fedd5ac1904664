import { type Day, daysAgo, type Person } from "./person";

export interface Answers {
  kind: string;
  image?: "No" | "I am not sure" | "Yes";
  what: string;
  day?: Day;
  time?: string;
  platform?: string;
  account?: string;
  people?: { name: string; involved: string; connection?: string }[];
  // Only asked where somebody is named whom the register does not know.
  headteacher?: "No" | "I am not sure" | "Yes";
  wishes: string;
  told?: string;
  // What is written on the picture that is pasted; no picture without it.
  picture?: string | undefined;
  // Whether the page of the files is left to the test.
  stopAtFiles?: boolean;
}

export const SITE_MOCKS_ME: Answers = {
  kind: "Cyber-bullying",
  what: "Messages in a parents' group mock my lessons and threaten me.",
  time: "20:40",
  platform: "WhatsApp",
  account: "Class 4 parents",
  people: [
    { name: "Amara Okonjo-Reyes", involved: "Is bullied or harmed" },
    {
      name: "somebody who calls himself Coach",
      involved: "The report is about them",
      connection: "Not known",
    },
  ],
  headteacher: "No",
  wishes: "I want it to stop, and the parents not to be told that I reported it.",
  told: "My line manager",
  picture: "everyone laughs at you, wait till Monday",
};

// Answers every page of a report up to the one that shows all answers.
// With words a minute it types as people do.
export async function answerReport(
  person: Person,
  answers: Answers,
  wordsPerMinute?: number,
): Promise<void> {
  person.typeAt(wordsPerMinute);
  await person.onPage("What do you want to report?");
  await person.choose(answers.kind);
  await person.press("Continue");
  await person.onPage("Could this be an indecent image of a child?");
  await person.choose(answers.image ?? "No");
  await person.press("Continue");
  if ((answers.image ?? "No") !== "No") {
    await person.onPage("Call the police now");
    await person.press("I have understood");
  }
  await person.onPage("What happened?");
  await person.type("What happened, in your own words", answers.what);
  await person.press("Continue");
  await person.onPage("When and where did it happen?");
  await person.typeDay("When did it happen?", answers.day ?? daysAgo(2));
  if (answers.time !== undefined) await person.type("Time, if you know it", answers.time);
  if (answers.platform !== undefined) await person.type(/^Where online/, answers.platform);
  if (answers.account !== undefined) await person.type(/^Account or group/, answers.account);
  await person.press("Continue");
  await person.onPage("Who is involved?");
  await namePeople(person, answers.people ?? []);
  await person.press("Continue");
  if (answers.headteacher !== undefined) {
    await person.onPage("Is this about the Headteacher?");
    await person.choose(answers.headteacher);
    await person.press("Continue");
  }
  await person.onPage("What would you like to happen?");
  await person.type("What would you like to happen?", answers.wishes);
  if (answers.told !== undefined) await person.choose(answers.told);
  await person.press("Continue");
  if ((answers.image ?? "No") === "No") {
    await person.onPage("Do you have screenshots or files?");
    if (answers.stopAtFiles) return;
    if (answers.picture === undefined) {
      await person.press("Continue without files");
    } else {
      await person.pastePicture(answers.picture);
      await person.press("Same date, time and place as in the report");
      await person.press("Continue");
    }
  }
  await person.onPage("Check your answers");
}

async function namePeople(person: Person, people: NonNullable<Answers["people"]>): Promise<void> {
  for (const [index, { name, involved, connection }] of people.entries()) {
    if (index > 0) await person.press("Add another person");
    const card = person.part(`Person ${index + 1}`);
    await person.type("Full name", name, card);
    await person.select("How are they involved?", involved, card);
    if (connection === undefined) {
      await card.getByText("This person is in the school’s register.").waitFor();
    } else {
      await person.select("How are they connected with the school?", connection, card);
    }
  }
}

export async function sendReport(person: Person): Promise<string> {
  await person.press("Send this report");
  await person.onPage("Your report is recorded");
  return (await person.page.getByText(/^WB-/).first().innerText()).trim();
}

// Reports and gives the reference of the case.
export async function report(person: Person, answers: Answers): Promise<string> {
  await person.goTo("/report");
  await answerReport(person, answers);
  return sendReport(person);
}
