import { beginReport, stillHasStory } from "../support/begun_report";
import { expect, test } from "../support/test";
import { LOST_LINE } from "../support/watched";

test("a tab that is older than the server is loaded anew, and nothing typed is lost", async ({
  ownSchool,
  arrive,
}) => {
  const amara = await arrive("amara", ownSchool);
  amara.watched.expectComplaint(LOST_LINE);
  await amara.goTo("/");
  await amara.signIn("amara");
  await beginReport(amara);
  const script = await amara.page.locator("script[type=module][src]").getAttribute("src");
  const upgraded = String(script).replace(/-[^-]+\.js$/, "-UPGRADED.js");
  expect(upgraded).not.toBe(script);
  // What the tab would find if the server had been upgraded: no page that it knows of, and a first
  // page that is the server's own but for the name of its script.
  await amara.page.route("**/assets/**", (route) => route.fulfill({ status: 404 }));
  const first = await amara.page.evaluate(async () => (await fetch("/")).text());
  expect(first).toContain(script);
  await amara.page.route(`${ownSchool.origin}/`, (route) =>
    route.fulfill({ body: first.replaceAll(String(script), upgraded) }),
  );
  await amara.turnTo("/help/contacts");
  await amara.onPage("Wardbook has been renewed");
  await amara.page.unrouteAll();
  await amara.press("Load the page anew");
  await amara.onPage("Whom to turn to");
  await stillHasStory(amara);
});

test("a page that did not come without a line comes when it is back", async ({
  ownSchool,
  arrive,
}) => {
  const amara = await arrive("amara", ownSchool);
  amara.watched.expectComplaint(LOST_LINE);
  await amara.goTo("/");
  await amara.signIn("amara");
  await amara.context.setOffline(true);
  await amara.turnTo("/help/contacts");
  await amara.onPage("Wardbook cannot be reached");
  await amara.context.setOffline(false);
  await amara.press("Try again");
  await amara.onPage("Whom to turn to");
});

test("a page that did not come from a server of the same version is no upgrade", async ({
  ownSchool,
  arrive,
}) => {
  const amara = await arrive("amara", ownSchool);
  amara.watched.expectComplaint(LOST_LINE);
  await amara.goTo("/");
  await amara.signIn("amara");
  await amara.page.route("**/assets/**", (route) => route.fulfill({ status: 404 }));
  await amara.turnTo("/help/contacts");
  await amara.onPage("This page could not be loaded");
  await amara.page.unrouteAll();
  await amara.press("Load the page anew");
  await amara.onPage("Whom to turn to");
});
