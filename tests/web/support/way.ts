import type { Person } from "./person";

// Where the page that is shown leads to within the client.
export async function linksOn(person: Person): Promise<string[]> {
  return person.page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>("a[href]")]
      .map((link) => new URL(link.href))
      .filter((url) => url.origin === location.origin && url.hash === "")
      .map((url) => url.pathname),
  );
}

// Addresses of one kind are one page: a case, an entry and a person stand for all others.
export function kindOf(address: string): string {
  return address
    .replace(/WB-[0-9A-Z]{4}-[0-9A-Z]{4}/, "CASE")
    .replace(/[0-9a-f]{32}|[0-9a-f-]{36}/g, "ID")
    .replace(/^(\/registers\/\d+)\/[^/]+/, "$1/ID")
    .replace(/clauses\/P\d+/, "clauses/P");
}

// Of these every one leads on to other pages; of all others one stands for its kind.
export const WAYS = /^\/((cases|reports|people|registers\/\d+)(\/(CASE|ID)(\/actions)?)?)?$/;
