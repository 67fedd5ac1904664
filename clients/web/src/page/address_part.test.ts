import { expect, test } from "vitest";
import { addressPart, textOfPart } from "./address_part.js";

test.each(["IPAD-014", "IPAD.014", "..", "A/B", "Año 4", "~2e", "50% ~", "a1".repeat(16)])(
  "%j survives an address that looks like no file",
  (text) => {
    const part = addressPart(text);
    expect(part).toMatch(/^[A-Za-z0-9~-]+$/);
    const url = new URL(`/registers/7/${part}`, "https://wardbook.invalid");
    expect(url.pathname).toBe(`/registers/7/${part}`);
    expect(textOfPart(decodeURIComponent(part))).toBe(text);
  },
);

test("an id is its own address", () => {
  expect(addressPart("IPAD-014")).toBe("IPAD-014");
  expect(textOfPart("IPAD-014")).toBe("IPAD-014");
});
