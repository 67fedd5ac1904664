import { beginReport, stillHasStory } from "../support/begun_report";
import { test } from "../support/test";
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
  // What the tab would find if the server had been upgraded: no page that it knows of.
  await amara.page.route("**/assets/**", (route) => route.fulfill({ status: 404 }));
  await amara.page.route(`${ownSchool.origin}/`, (route) =>
    route.fulfill({ body: '<script type="module" crossorigin src="/assets/index-0.js"></script>' }),
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
