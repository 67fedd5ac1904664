import { render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { saveDraft, unlockDrafts } from "../draft/drafts.js";
import { RouteView } from "./route.js";

afterEach(() => {
  document.head.replaceChildren();
});

// A tab that began with one script, before a server that has another, or that is not there.
function tabOf(own: string, atServer: string | undefined): void {
  const script = document.createElement("script");
  script.setAttribute("type", "module");
  script.setAttribute("src", `/assets/index-${own}.js`);
  document.head.append(script);
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => {
    if (atServer === undefined) throw new TypeError("Failed to fetch");
    return new Response(atServer);
  });
}

const pageOf = (hash: string) =>
  `<head><script type="module" crossorigin src="/assets/index-${hash}.js"></script></head>`;

// A page that cannot be loaded until it is said.
function latePage() {
  let isThere = false;
  const routes = [
    {
      pattern: "/late",
      load: async () => {
        if (!isThere) throw new TypeError("Failed to fetch dynamically imported module");
        return () => <h1>Arrived</h1>;
      },
    },
  ];
  render(<RouteView routes={routes} address="/late" />);
  return () => {
    isThere = true;
  };
}

test("a tab that is older than the server is offered to be loaded anew", async () => {
  tabOf("old", pageOf("new"));
  const reload = vi.spyOn(location, "reload").mockImplementation(() => {});
  latePage();
  await screen.findByRole("heading", { name: "Wardbook has been renewed", level: 1 });
  expect(screen.getByRole("alert").textContent).toContain("What you typed is kept.");
  screen.getByRole("button", { name: "Load the page anew" }).click();
  await waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
});

test("who would lose what they typed by that is told first", async () => {
  tabOf("old", pageOf("new"));
  await unlockDrafts("alice", "three words apart");
  saveDraft("report", { what: "typed" });
  latePage();
  await screen.findByRole("heading", { name: "Wardbook has been renewed", level: 1 });
  expect(screen.getByRole("alert").textContent).toContain("is lost then");
});

test.each([
  ["no line", undefined],
  ["a page of a filter", "<html><script src='/blocked.js'></script>Blocked</html>"],
])("with %s the page is tried again", async (_, atServer) => {
  tabOf("old", atServer);
  const arrive = latePage();
  await screen.findByRole("heading", { name: "Wardbook cannot be reached", level: 1 });
  arrive();
  screen.getByRole("button", { name: "Try again" }).click();
  await screen.findByText("Arrived");
});

test("a page that did not arrive from the same server is loaded anew", async () => {
  tabOf("same", pageOf("same"));
  latePage();
  await screen.findByRole("heading", { name: "This page could not be loaded", level: 1 });
  screen.getByRole("button", { name: "Load the page anew" });
});

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
