import { render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { RouteView } from "./route.js";

test("a page with a fault says so, and is shown when the fault is gone", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  let isFaulty = true;
  const routes = [
    {
      pattern: "/faulty",
      load: async () => () => {
        if (isFaulty) throw new Error("a fault");
        return <h1>Whole again</h1>;
      },
    },
  ];
  render(<RouteView routes={routes} address="/faulty" />);
  expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe(
    "This page has a fault",
  );
  isFaulty = false;
  screen.getByRole("button", { name: "Try again" }).click();
  expect(await screen.findByText("Whole again")).toBeTruthy();
});
