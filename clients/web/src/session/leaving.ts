// "locked" when the session of the person has ended: they may come back to what they typed.
// "gone" when they signed out, or somebody else signs in.
export type Leaving = "locked" | "gone";

type Forget = (how: Leaving) => void;

const forgetting: Forget[] = [];

// For whatever keeps something of a person in the memory of the tab, so that nobody who
// comes after them is shown it.
export function onLeaving(forget: Forget): void {
  forgetting.push(forget);
}

export function leave(how: Leaving): void {
  for (const forget of forgetting) forget(how);
}
