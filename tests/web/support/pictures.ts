// A picture of one pixel: enough for whoever looks at the first bytes.
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGA" +
    "hKmMIQAAAABJRU5ErkJggg==",
  "base64",
);
