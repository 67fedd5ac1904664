export function sizeInWords(bytes: number | bigint): string {
  const size = Number(bytes);
  if (size < 1000) return `${size} ${size === 1 ? "byte" : "bytes"}`;
  if (size < 1e6) return `${(size / 1e3).toFixed(1)} kB`;
  if (size < 1e9) return `${(size / 1e6).toFixed(1)} MB`;
  return `${(size / 1e9).toFixed(1)} GB`;
}
