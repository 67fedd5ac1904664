export function percentOf(done: number, total: number): number {
  return total === 0 ? 100 : Math.floor((100 * done) / total);
}

// In quarters: so often is it said aloud how far a transfer has come, and no oftener.
export function quarterOf(done: number, total: number): number {
  return Math.floor(percentOf(done, total) / 25) * 25;
}
