import { begin, openCase } from "../support/case";
import { daysAgo, type Person } from "../support/person";
import { report } from "../support/report";
import { expect, test } from "../support/test";

// As far as anybody would go on pressing Tab.
const TABS_MAX = 80;

// Goes on to something by the Tab key alone, and sees at every stop where the focus is.
async function tabTo(person: Person, role: string, name: string): Promise<void> {
  const wanted = person.page.getByRole(role as "button", { name, exact: true }).first();
  for (let tab = 0; tab < TABS_MAX; tab += 1) {
    await person.page.keyboard.press("Tab");
    const shown = await person.page.evaluate(() => {
      const focused = document.activeElement;
      if (!(focused instanceof HTMLElement) || focused === document.body) return undefined;
      // The mark of a radio or a box is drawn beside it, on its label.
      const marked = focused.matches("input[type=radio], input[type=checkbox]")
        ? getComputedStyle(focused.nextElementSibling ?? focused, "::before")
        : getComputedStyle(focused);
      return (
        (marked.outlineStyle !== "none" && marked.outlineWidth !== "0px") ||
        marked.boxShadow !== "none"
      );
    });
    expect(shown ?? true, "the focus can be seen").toBe(true);
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the Tab key does not lead to ${role} “${name}”`);
}

async function tabAndType(person: Person, label: string, text: string): Promise<void> {
  await tabTo(person, "textbox", label);
  await person.page.keyboard.type(text);
}

async function tabAndPress(person: Person, name: string): Promise<void> {
  await tabTo(person, "button", name);
  await person.page.keyboard.press("Enter");
}

test("a report is begun and answered by the keyboard alone", async ({ arrive, school }) => {
  const amara = await arrive("amara");
  await amara.goTo("/");
  await amara.onPage("Sign in");
  await tabAndType(amara, "School", "oakfield");
  await tabAndType(amara, "User name", "amara");
  await tabAndType(amara, "Password", school.password("amara"));
  await amara.page.keyboard.press("Enter");
  await amara.onPage("Home");
  await tabTo(amara, "link", "Report an incident");
  await amara.page.keyboard.press("Enter");

  await amara.onPage("What do you want to report?");
  await expect(amara.page.getByRole("heading", { level: 1 })).toBeFocused();
  await tabTo(amara, "radio", "Cyber-bullying");
  await amara.page.keyboard.press("Space");
  await tabAndPress(amara, "Continue");
  await amara.onPage("Could this be an indecent image of a child?");
  // What is wrong takes the focus, and its link leads to the field.
  await tabAndPress(amara, "Continue");
  await expect(amara.page.getByRole("alert")).toBeVisible();
  await tabTo(amara, "link", "Answer whether it could be an indecent image of a child");
  await amara.page.keyboard.press("Enter");
  await expect(amara.page.getByRole("radio", { name: "No", exact: true })).toBeFocused();
  await amara.page.keyboard.press("Space");
  await tabAndPress(amara, "Continue");
  await amara.onPage("What happened?");
  await tabAndType(amara, "What happened, in your own words", "A page mocks my lessons.");
  await tabAndPress(amara, "Continue");
  await amara.onPage("When and where did it happen?");
  const { day, month, year } = daysAgo(1);
  await tabAndType(amara, "Day", day);
  await tabAndType(amara, "Month", month);
  await tabAndType(amara, "Year", year);
  await tabAndPress(amara, "Continue");
  await amara.onPage("Who is involved?");
  await tabAndPress(amara, "Continue");
  await amara.onPage("What would you like to happen?");
  await tabTo(amara, "checkbox", "I do not want to say");
  await amara.page.keyboard.press("Space");
  await tabTo(amara, "radio", "The Headteacher and the safeguarding lead");
  await amara.page.keyboard.press("Space");
  await tabAndPress(amara, "Continue");
  await amara.onPage("Do you have screenshots or files?");
  await tabAndPress(amara, "Continue without files");
  await amara.onPage("Check your answers");
  await tabAndPress(amara, "Send this report");
  await amara.onPage("Your report is recorded");
});

test("the first Tab leads past the menu, and an action is done without a mouse", async ({
  enter,
}) => {
  const amara = await enter("amara");
  const caseRef = await report(amara, {
    kind: "Safeguarding concern",
    what: "A worry.",
    wishes: "That somebody looks into it.",
  });
  const helen = await enter("helen");
  await openCase(helen, caseRef);
  await begin(helen, "Add a note");
  await helen.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await helen.goTo(`/cases/${caseRef}/do/note`);
  await helen.onPage("Add a note");
  await helen.page.keyboard.press("Tab");
  await expect(helen.page.getByRole("link", { name: "Skip to main content" })).toBeFocused();
  await helen.page.keyboard.press("Enter");
  await expect(helen.page.getByRole("heading", { level: 1 })).toBeFocused();
  await tabAndType(helen, "The note", "Read.");
  await tabAndPress(helen, "Add this note");
  await helen.isTold("The note is added.");
});

test("nothing moves for who wants nothing to move", async ({ enter }) => {
  const amara = await enter("amara", { reducedMotion: "reduce" });
  const moving = await amara.page.evaluate(
    () =>
      [...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        const lasts = (seconds: string) =>
          seconds.split(",").some((one) => Number.parseFloat(one) > 0.01);
        return (
          (style.animationName !== "none" && lasts(style.animationDuration)) ||
          lasts(style.transitionDuration)
        );
      }).length,
  );
  expect(moving).toBe(0);
});
