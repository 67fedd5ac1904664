const queues = new Map<string, Promise<unknown>>();

// Does one thing of a name after the other: in all tabs, or in this one where the browser has no
// locks.
export function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks: LockManager | null | undefined = navigator.locks;
  if (locks) return locks.request(name, work) as Promise<T>;
  const before = queues.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  queues.set(name, mine);
  return mine;
}
