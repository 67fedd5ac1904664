import { render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { useLoaded } from "./use_loaded.js";

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
