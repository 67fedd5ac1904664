import { expect, test } from "vitest";
import { match } from "./router.js";

test("parameters are read from the address", () => {
  expect(match("/cases/:caseRef/notes", "/cases/WB-7K4D-9QX2/notes")).toEqual({
    caseRef: "WB-7K4D-9QX2",
  });
});

test.each([
  ["/cases/:caseRef", "/cases"],
  ["/cases/:caseRef", "/cases/a/b"],
  ["/cases/:caseRef", "/cases/%E0%A4%A"],
  ["/cases", "/reports"],
])("%s is not %s", (pattern, address) => {
  expect(match(pattern, address)).toBeUndefined();
});
