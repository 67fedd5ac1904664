import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { BegunBefore } from "./begun_before.js";

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("a report that was begun is deleted by the second press alone", () => {
  const onDelete = vi.fn();
  render(<BegunBefore onDelete={onDelete} />);
  press("Delete it and begin a new one");
  expect(onDelete).not.toHaveBeenCalled();
  press("Keep it");
  press("Delete it and begin a new one");
  expect(onDelete).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Keep it" }));
  press("Delete it");
  expect(onDelete).toHaveBeenCalledTimes(1);
});
