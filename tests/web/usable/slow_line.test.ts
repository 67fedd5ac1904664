import { answerReport, SITE_MOCKS_ME } from "../support/report";
import { expect, test } from "../support/test";

// A telephone at the edge of what it can reach: 400 kbit/s, and 400 ms there and back.
const SLOW_3G = {
  offline: false,
  latency: 400,
  downloadThroughput: 50_000,
  uploadThroughput: 50_000,
};
const PICTURE_BYTES = 300_000;

test("on a slow line a report with a screenshot is filed, and the page says what it does", async ({
  enter,
}) => {
  test.slow();
  const amara = await enter("amara");
  const devtools = await amara.context.newCDPSession(amara.page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", SLOW_3G);

  // The pages of a report were not asked for before. They are held back until it is said that they
  // are on their way, and then come as slowly as the line is.
  let arrive = () => {};
  const held = new Promise<void>((release) => {
    arrive = release;
  });
  await amara.page.route("**/assets/**", async (route) => {
    await held;
    await route.continue();
  });
  await amara.follow("Report an incident");
  await amara.sees("This page is on its way.");
  arrive();
  await amara.onPage("What do you want to report?");
  await amara.seesNot("This page is on its way.");
  await amara.page.unroute("**/assets/**");
  await answerReport(amara, { ...SITE_MOCKS_ME, picture: undefined, stopAtFiles: true });
  const picture = Buffer.alloc(PICTURE_BYTES, 7);
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(picture);
  await amara.page
    .getByLabel("Add a screenshot or file")
    .setInputFiles({ name: "chat.png", mimeType: "image/png", buffer: picture });
  await amara.press("Same date, time and place as in the report");
  await amara.press("Continue");
  await amara.onPage("Check your answers");

  await amara.press("Send this report");
  await expect(amara.page.getByRole("button", { name: "Sending…" })).toBeVisible();
  await amara.onPage("Your files are being sent");
  await amara.sees(/^Your report is recorded under/);
  const progress = amara.page.getByRole("progressbar", { name: "Sent of chat.png" });
  await expect(progress).toBeVisible();
  await amara.sees(/^(Waiting|\d.* of 29\d KB)$/);
  await amara.onPage("Your report is recorded");
  await amara.sees("1 file is in evidence.");
});
