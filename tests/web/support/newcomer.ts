import type { Person } from "./person";

export interface Newcomer {
  name: string;
  category: string;
  job?: string;
  role?: string;
}

// Enters somebody in the register of people; their page is shown afterwards.
export async function enterPerson(administrator: Person, newcomer: Newcomer): Promise<void> {
  const { name, category, job, role } = newcomer;
  await administrator.follow("People");
  await administrator.follow("Enter a person");
  await administrator.type("Full name", name);
  await administrator.select("Connection with the school", category);
  if (job !== undefined) await administrator.type("Job or office (optional)", job);
  if (role !== undefined) await administrator.choose(role);
  await administrator.press("Enter this person");
  await administrator.isTold("The person is entered.");
}

// Gives the code that is handed over on paper to the person whose page is shown.
export async function giveCode(administrator: Person, userName: string): Promise<string> {
  await administrator.follow("Open an account, or give a new code");
  await administrator.type("User name", userName);
  await administrator.press("Give a code");
  await administrator.onPage("The code");
  const said = await administrator.page.getByRole("main").innerText();
  const code = said.split("\n").find((line) => /^[A-Z0-9-]{8,}$/i.test(line.trim()));
  if (code === undefined) throw new Error("the page shows no code");
  return code.trim();
}

// From the page on which everybody else signs in.
export async function setPassword(
  newcomer: Person,
  account: { userName: string; code: string; password: string },
): Promise<void> {
  await newcomer.follow("I have a code and no password yet");
  await newcomer.type("School", "oakfield");
  await newcomer.type("User name", account.userName);
  await newcomer.type("Code", account.code);
  await newcomer.type("New password", account.password);
  await newcomer.press("Set this password");
  await newcomer.isTold("Your password is set, and you are signed in.");
}
