import type { RemainingStep } from "@api/v1/case_pb.js";
import type { Told } from "./action.js";

// What was done, and what the policy asks for next.
export function toldWithNext(
  text: string,
  { remainingSteps }: { remainingSteps: RemainingStep[] },
): Told {
  const first = remainingSteps[0];
  if (first === undefined) return { text, next: "Nothing stands in the way of closing the case." };
  return { text, next: `Next: ${first.nextStep}` };
}
