import { act, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { expect, test } from "vitest";
import { sha256Of } from "../evidence/sha256.js";
import { DIGEST_SIZE_MAX, DigestInput } from "./digest_input.js";

// Of the three bytes "abc", as FIPS 180 has it.
const OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

let typed: string[];

function Box() {
  const [value, setValue] = useState("");
  const keep = (next: string) => {
    typed.push(next);
    setValue(next);
  };
  return <DigestInput name="digest" label="The form" value={value} onValue={keep} />;
}

// A file whose bytes come when the test lets them.
function slowFile(name: string): { file: File; come: (bytes: string) => void } {
  let come: (bytes: string) => void = () => {};
  const file = new File(["x"], name);
  const bytes = new Promise<ArrayBuffer>((resolve) => {
    come = (text) => resolve(new TextEncoder().encode(text).buffer as ArrayBuffer);
  });
  file.slice = () => Object.assign(new Blob(), { arrayBuffer: () => bytes });
  return { file, come };
}

function choose(...files: File[]) {
  fireEvent.change(screen.getByLabelText("The form"), { target: { files } });
}

test("of two files the one that was chosen last counts, whichever is read first", async () => {
  typed = [];
  render(<Box />);
  const [first, last] = [slowFile("first.pdf"), slowFile("last.pdf")];
  choose(first.file);
  choose(last.file);
  last.come("abc");
  await screen.findByText(new RegExp(OF_ABC));
  first.come("other");
  // It is read a second time, after which the first is over as well.
  await act(async () => void (await sha256Of(first.file)));
  expect(typed).toEqual(["", "", OF_ABC]);
});

test("while another file is read the hash of the one before is not there to be sent", async () => {
  typed = [];
  render(<Box />);
  choose(new File(["abc"], "form.pdf"));
  await screen.findByText(new RegExp(OF_ABC));
  choose(slowFile("slow.pdf").file);
  expect(typed.at(-1)).toBe("");
  await waitFor(() => expect(screen.queryByText(new RegExp(OF_ABC))).toBeNull());
  expect(screen.getByText("The file is being read.")).toBeTruthy();
});

test("a file that is too large is not read, and says so", async () => {
  typed = [];
  render(<Box />);
  const { file } = slowFile("film.mp4");
  Object.defineProperty(file, "size", { value: DIGEST_SIZE_MAX + 1 });
  choose(file);
  expect(await screen.findByText(/film.mp4 is larger than/)).toBeTruthy();
  expect(typed).toEqual([""]);
});
