import { lookedAt } from "../support/looked_at";
import { USERS, type User } from "../support/school";
import { Settled } from "../support/settled";
import { expect, test } from "../support/test";
import { kindOf, linksOn } from "../support/way";

// Some sixty pages a person, each drawn and looked through twice.
test.describe.configure({ mode: "parallel", timeout: 600_000 });

// What is alike is looked at as a whole by one person, and by the others once.
const ALIKE: readonly { pages: RegExp; lookedAtBy: User }[] = [
  { pages: /^(\/cases\/CASE\/do)\/.*/, lookedAtBy: "helen" },
  { pages: /^(\/registers\/record)\/.*/, lookedAtBy: "mira" },
  { pages: /^(\/registers)\/(?!record|check)[^/]+$/, lookedAtBy: "helen" },
  { pages: /^(\/registers)\/[^/]+\/ID$/, lookedAtBy: "helen" },
  { pages: /^(\/registers)\/[^/]+\/ID\/.*/, lookedAtBy: "helen" },
  { pages: /^(\/people\/ID)\/.*/, lookedAtBy: "petra" },
];

function shapeOf(address: string, user: User): string {
  const shape = kindOf(address);
  const alike = ALIKE.find(({ pages, lookedAtBy }) => lookedAtBy !== user && pages.test(shape));
  return alike === undefined ? shape : shape.replace(alike.pages, "$1 of any kind");
}

for (const user of USERS) {
  test(`every page that ${user} can come to is accessible and fits on a small screen`, async ({
    enter,
  }) => {
    const person = await enter(user);
    const settled = new Settled(person.page);
    const seen = new Set<string>();
    const faults: string[] = [];
    const ahead = ["/"];
    for (let address = ahead.shift(); address !== undefined; address = ahead.shift()) {
      const shape = shapeOf(address, user);
      if (seen.has(shape)) continue;
      seen.add(shape);
      await person.turnTo(address);
      await settled.wait();
      faults.push(...(await lookedAt(person.page, user, shape)));
      const heading = await person.page.locator("h1").first().innerText();
      if (/no such page|cannot be|has a fault/.test(heading)) faults.push(`${shape}: ${heading}`);
      ahead.push(...(await linksOn(person)));
    }
    console.log(`${user}: ${seen.size} pages`);
    expect(faults).toEqual([]);
  });
}
