import { render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { newFile } from "../evidence/chosen_file.js";
import { newReport } from "./report_draft.js";
import { SendingPage } from "./sending_page.js";

test("how much is sent is seen at every step and said at each quarter", () => {
  const file = newFile(new File([new Uint8Array(1000)], "page.png", { type: "image/png" }));
  const draft = { ...newReport(), files: [file] };
  const page = (bytes: number) => (
    <SendingPage
      draft={draft}
      committed={new Map([[file.key, bytes]])}
      isSending
      failedKeys={[]}
      onRetry={() => {}}
      onLeaveOut={() => {}}
      onOriginalKept={() => {}}
    />
  );
  const { rerender } = render(page(0));
  const said = screen.getByRole("status");
  const heard = [250, 260, 300, 490, 510, 990, 1000].map((bytes) => {
    rerender(page(bytes));
    expect(document.querySelector("progress")?.value).toBe(bytes);
    return said.textContent;
  });
  expect([...new Set(heard)]).toEqual([
    "25 % of the files sent",
    "50 % of the files sent",
    "75 % of the files sent",
    "100 % of the files sent",
  ]);
});
