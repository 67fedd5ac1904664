import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { PasswordInput } from "./password_input.js";

test("a password that was shown is hidden when the form is sent", async () => {
  render(
    <form onSubmit={(event) => event.preventDefault()}>
      <PasswordInput
        name="password"
        label="Password"
        autocomplete="current-password"
        value="three words apart"
        onValue={() => {}}
      />
      <button type="submit">Sign in</button>
    </form>,
  );
  const box = screen.getByLabelText("Password") as HTMLInputElement;
  fireEvent.click(screen.getByRole("button", { name: "Show password" }));
  await screen.findByRole("button", { name: "Hide password" });
  expect(box.type).toBe("text");
  fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByRole("button", { name: "Show password" });
  expect(box.type).toBe("password");
});
