import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { certificatePin } from "./support/certificate_pin";
import { homeOfSchools, picturesFolder } from "./support/surroundings";

// Both schools have keys of their own, and no other certificate is accepted.
const pins = ["demo", "new"].map((school) =>
  certificatePin(readFileSync(join(homeOfSchools(), school, "keys/tls.crt"))),
);

// Less, while somebody works on a test.
const waitMs = Number(process.env.WARDBOOK_WEB_WAIT_MS ?? 30_000);

export default defineConfig({
  testDir: ".",
  // What measures is run by itself: beside other tests it would measure them.
  testMatch: process.env.WARDBOOK_WEB_MEASURES ? "**/*.measure.ts" : "**/*.test.ts",
  outputDir: join(picturesFolder(), "failed"),
  reporter: [["list"]],
  // Each has a browser and two servers, which wait for one another most of the time.
  workers: Math.max(2, availableParallelism()),
  // Long enough for a machine that does much else; a test that waits, waits for something.
  timeout: 180_000,
  expect: { timeout: waitMs },
  forbidOnly: true,
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/London",
    actionTimeout: waitMs,
    navigationTimeout: 30_000,
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        `--ignore-certificate-errors-spki-list=${pins.join(",")}`,
      ],
    },
  },
});
