import { expect, test } from "vitest";
import { newFile } from "./chosen_file.js";

test("a name that only this computer can have is filed under one that evidence may have", () => {
  const named = (name: string) => newFile(new File(["x"], name)).fileName;
  expect(named("group chat.png")).toBe("group chat.png");
  expect(named("8:30\\chat\u007f\n.png")).toBe("8:30_chat__.png");
  expect(named("Übersicht – 9b.png")).toBe("Übersicht – 9b.png");
});
