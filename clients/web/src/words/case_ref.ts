// A reference however it was typed, as the server reads it: no reference has the letters
// I, L and O. What is none stays as it is.
export function caseRefOf(text: string): string {
  let digits = text.replace(/[\s-]/g, "").toUpperCase();
  if (digits.length === 10 && digits.startsWith("WB")) digits = digits.slice(2);
  if (!/^[0-9A-Z]{8}$/.test(digits)) return text.trim();
  digits = digits.replace(/[IL]/g, "1").replaceAll("O", "0");
  return `WB-${digits.slice(0, 4)}-${digits.slice(4)}`;
}
