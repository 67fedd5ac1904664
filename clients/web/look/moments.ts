import { timestampFromMs } from "@bufbuild/protobuf/wkt";

const DAY_MS = 24 * 3_600_000;

export const at = (text: string) => timestampFromMs(Date.parse(text));
export const ago = (days: number) => timestampFromMs(Date.now() - days * DAY_MS);
