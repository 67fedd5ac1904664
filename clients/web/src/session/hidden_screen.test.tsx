import { AccessService } from "@api/v1/access_service_pb.js";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { App } from "../app.js";
import { answerWith, notSignedIn } from "../testing/server_double.js";
import { hideScreen, showScreen } from "./hidden_screen.js";

afterEach(showScreen);

test("what was hidden comes back with its title, and the focus where it was", async () => {
  answerWith(({ service }) =>
    service(AccessService, { getSession: () => Promise.reject(notSignedIn()) }),
  );
  render(<App />);
  const box = await screen.findByLabelText("User name");
  await waitFor(() => expect(document.title).toBe("Sign in – Wardbook"));
  box.focus();
  hideScreen();
  const show = await screen.findByRole("button", { name: "Show it again" });
  await waitFor(() => expect(document.activeElement).toBe(show));
  await waitFor(() => expect(document.title).toBe("Wardbook"));
  fireEvent.click(show);
  await waitFor(() => expect(document.title).toBe("Sign in – Wardbook"));
  await waitFor(() => expect(document.activeElement).toBe(box));
});

test("a page that changes while it is hidden does not name itself in the title", async () => {
  answerWith(({ service }) =>
    service(AccessService, { getSession: () => Promise.reject(notSignedIn()) }),
  );
  hideScreen();
  render(<App />);
  await screen.findByText("Sign in", { selector: "h1" });
  await waitFor(() => expect(document.title).toBe("Wardbook"));
});
