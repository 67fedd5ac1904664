import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { expect, test } from "vitest";
import type { Failure } from "../api/refusal.js";
import { FailurePanel } from "./failure_panel.js";
import { Page } from "./page.js";

const FAILURE: Failure = {
  kind: "broken",
  code: "",
  clauses: [],
  message: "It did not work.",
  nextStep: "Try again.",
  field: "",
};

function Loading() {
  const [hasFailed, setFailed] = useState(true);
  return (
    <Page heading="The people">
      {hasFailed && <FailurePanel failure={FAILURE} retry={() => setFailed(false)} />}
    </Page>
  );
}

test("what a role does not allow offers no second try", () => {
  const failure: Failure = { ...FAILURE, kind: "refused", code: "R-ROLE" };
  render(<FailurePanel failure={failure} retry={() => {}} />);
  expect(screen.queryByRole("button")).toBeNull();
});

test("after trying again has worked, the heading of the page has the focus", async () => {
  render(<Loading />);
  const again = screen.getByRole("button", { name: "Try again" });
  again.focus();
  fireEvent.click(again);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("heading")));
});
