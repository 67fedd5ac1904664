import { expect, test } from "vitest";
import { match } from "../page/router.js";
import { ROUTES } from "../routes.js";
import { placeOf, placesOf } from "./place_of_draft.js";

const PAGES = import.meta.glob<string>("../*/*.tsx", {
  query: "?raw",
  import: "default",
  eager: true,
});

// As the pages name them; what is filled in is a case, the first time, or some id.
function namesInPages(): string[] {
  const names: string[] = [];
  for (const text of Object.values(PAGES)) {
    for (const [, name = ""] of text.matchAll(/\bdraft=(?:"|\{`)([^"`]+)/g)) {
      names.push(name.replace(/\$\{caseRef\}/g, "WB-7K4D-9QX2").replace(/\$\{[^}]+\}/g, "some-id"));
    }
  }
  return names;
}

test("every draft has a place that its person finds it at", () => {
  const names = namesInPages();
  expect(names.length).toBeGreaterThan(15);
  for (const name of [...names, "report", "add-files WB-7K4D-9QX2", "bundle WB-7K4D-9QX2"]) {
    const place = placeOf(name);
    expect(place, name).toBeDefined();
    const route = ROUTES.find(({ pattern }) => match(pattern, place?.to ?? "") !== undefined);
    expect(route, name).toBeDefined();
  }
});

test("a form in a case says which, and each page is named once", () => {
  expect(
    placesOf(["note WB-7K4D-9QX2", "policy-draft", "policy-review", "of another version"]),
  ).toEqual([
    { to: "/cases/WB-7K4D-9QX2/do/note", text: "Add a note, case WB-7K4D-9QX2" },
    { to: "/policy", text: "Policy" },
    { to: "/", text: "Home" },
  ]);
});
