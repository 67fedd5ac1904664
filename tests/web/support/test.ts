import { test as base } from "@playwright/test";
import { Person } from "./person";
import { School, type User } from "./school";

type Options = Parameters<typeof Person.at>[3];

interface Each {
  // Opens a browser of somebody's own at the school and signs them in.
  enter(user: User, options?: Options): Promise<Person>;
  // The same without signing in.
  arrive(who: string, school?: School, options?: Options): Promise<Person>;
  // A school of the test's own, whose server it may kill.
  ownSchool: School;
  // The same of the demo school, where a test leaves nothing as it was.
  ownDemoSchool: School;
}

interface Shared {
  school: School;
  newSchool: School;
}

// A test has people at browsers of their own, and fails when one of the browsers complains.
export const test = base.extend<Each, Shared>({
  school: [
    // biome-ignore lint/correctness/noEmptyPattern: what a fixture needs is read off its pattern
    async ({}, use, workerInfo) => lend("demo", use, workerInfo),
    { scope: "worker", timeout: 120_000 },
  ],
  newSchool: [
    // biome-ignore lint/correctness/noEmptyPattern: what a fixture needs is read off its pattern
    async ({}, use, workerInfo) => lend("new", use, workerInfo),
    { scope: "worker", timeout: 120_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: what a fixture needs is read off its pattern
  ownSchool: async ({}, use) => lend("new", use),
  // biome-ignore lint/correctness/noEmptyPattern: what a fixture needs is read off its pattern
  ownDemoSchool: async ({}, use) => lend("demo", use),

  arrive: async ({ browser, school: shared }, use, testInfo) => {
    const people: Person[] = [];
    await use(async (who, school = shared, options = {}) => {
      const person = await Person.at(browser, school, who, options);
      people.push(person);
      return person;
    });
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach("server.log", { body: shared.log, contentType: "text/plain" });
      console.error(shared.log.split("\n").slice(-40).join("\n"));
    }
    for (const person of people) {
      person.watched.expectNone();
      await person.leave();
    }
  },

  enter: async ({ arrive, school }, use) => {
    await use(async (user, options) => {
      const person = await arrive(user, school, options);
      await person.goTo("/");
      await person.signIn(user);
      return person;
    });
  },
});

async function lend(kind: "demo" | "new", use: (school: School) => Promise<void>, _?: unknown) {
  const school = await School.open(kind);
  try {
    await use(school);
  } finally {
    await school.close();
  }
}

export { expect } from "@playwright/test";
