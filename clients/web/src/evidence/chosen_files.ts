// Files that were pasted, dropped or chosen; the name of a pasted picture says nothing, so it
// gets one that does.
export function filesOf(transfer: DataTransfer | null, at: Date): File[] {
  return [...(transfer?.files ?? [])].map((file) => named(file, at));
}

function named(file: File, at: Date): File {
  if (file.name !== "" && file.name !== "image.png") return file;
  const stamp = at.toISOString().slice(0, 16).replace("T", " ").replace(":", ".");
  const ending = file.type.split("/")[1] ?? "png";
  return new File([file], `Screenshot ${stamp}.${ending}`, { type: file.type });
}

// What the server takes, by its content; this is only what the dialogue offers first.
export const ACCEPTED =
  "image/png,image/jpeg,image/webp,image/heic,application/pdf,text/plain,message/rfc822,.eml," +
  "video/mp4,video/webm,video/quicktime";

// As the server has it.
export const FILE_SIZE_MAX = 2 * 1024 ** 3;

// A larger one is not kept when the tab is closed: sealing it would stop the page.
export const KEPT_SIZE_MAX = 64 * 1024 ** 2;
