import { cleanup, render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { awaited, useLoaded } from "./use_loaded.js";

test("what an address names wrongly is asked about once", async () => {
  const load = vi.fn(async () => "an answer");
  function Shown() {
    const { value } = useLoaded(load, [Number("permissions")]);
    return <p>{value}</p>;
  }
  render(<Shown />);
  expect(await screen.findByText("an answer")).toBeTruthy();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(load).toHaveBeenCalledTimes(1);
});

test("an answer that never comes is awaited no longer than its page is there", async () => {
  function Shown({ about }: { about: string }) {
    const { value } = useLoaded(() => new Promise<string>(() => {}), [about]);
    return <p>{value}</p>;
  }
  const { rerender } = render(<Shown about="one" />);
  await vi.waitFor(() => expect(awaited.value).toBe(1));
  rerender(<Shown about="another" />);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(awaited.value).toBe(1);
  cleanup();
  expect(awaited.value).toBe(0);
});

test("a page that has failed is awaited no more, also while it is tried again", async () => {
  let isThere = false;
  function Shown() {
    const { value, failure, reload } = useLoaded(async () => {
      if (!isThere) throw new Error("gone");
      return "an answer";
    }, []);
    return (
      <button type="button" onClick={reload}>
        {value ?? failure?.message}
      </button>
    );
  }
  render(<Shown />);
  const button = await screen.findByText("Something went wrong that should not have.");
  expect(awaited.value).toBe(0);
  isThere = true;
  button.click();
  await screen.findByText("an answer");
  expect(awaited.value).toBe(0);
});
