import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { unlockDrafts } from "../draft/drafts.js";
import { SavedFilters, withFilter } from "./saved_filters.js";

test("a filter of the same name is replaced, and they stand by name", () => {
  const overdue = { name: "Overdue", filter: { waiting: "overdue" } };
  const all = { name: "Closed", filter: { closed: "yes" } };
  const again = { name: "Overdue", filter: { waiting: "due" } };
  expect(withFilter([overdue], all)).toEqual([all, overdue]);
  expect(withFilter([all, overdue], again)).toEqual([all, again]);
});

test("a saved filter is there again for the same person, and is chosen by its name", async () => {
  await unlockDrafts("alice", "three words apart");
  const first = render(<SavedFilters filter={{ words: "reed" }} onChoose={() => {}} />);
  fireEvent.input(screen.getByLabelText("Under which name?"), { target: { value: "Tom" } });
  fireEvent.click(screen.getByRole("button", { name: "Save this filter", hidden: true }));
  await screen.findByRole("button", { name: "Tom" });
  first.unmount();

  const chosen: unknown[] = [];
  await unlockDrafts("alice", "three words apart");
  render(<SavedFilters filter={{}} onChoose={(filter) => chosen.push(filter)} />);
  fireEvent.click(await screen.findByRole("button", { name: "Tom" }));
  expect(chosen).toEqual([{ words: "reed" }]);
});
