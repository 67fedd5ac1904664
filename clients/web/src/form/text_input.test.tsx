import { act, fireEvent, render, screen } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TextInput } from "./text_input.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function Box({ max }: { max: number }) {
  const [value, setValue] = useState("");
  return <TextInput name="text" label="The note" value={value} onValue={setValue} max={max} />;
}

const type = (text: string) =>
  act(() => {
    fireEvent.input(screen.getByLabelText("The note"), { target: { value: text } });
  });
const pause = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

test("what still fits is seen at once and said after a pause", () => {
  render(<Box max={10} />);
  const said = screen.getByRole("status");
  type("12345678");
  expect(document.body.textContent).toContain("You have 2 characters remaining");
  pause(900);
  type("123456789");
  pause(900);
  expect(said.textContent).toBe("");
  pause(200);
  expect(said.textContent).toBe("You have 1 character remaining");
  type("12345678901");
  pause(1_000);
  expect(said.textContent).toBe("You have 1 character too many");
});
