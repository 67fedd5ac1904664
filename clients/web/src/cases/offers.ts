import type { CaseFile, RemainingStep } from "@api/v1/case_pb.js";
import { GROUPS, type Group, methodPath } from "./actions/action.js";
import { ACTIONS } from "./actions/actions.js";
import { CASE_PAGES } from "./actions/case_pages.js";

// Something that the caller may do to a case, now or later.
export interface Offer {
  title: string;
  group: Group;
  to: string;
  // Why not now.
  refused?: RemainingStep;
}

// Of one reason, all that waits for it.
export interface NotYet {
  because: RemainingStep;
  titles: string[];
}

export interface OfferGroup {
  group: Group;
  now: Offer[];
  notYet: NotYet[];
}

interface Place {
  title: string;
  group: Group;
  at: string;
}

const PLACES: ReadonlyMap<string, Place> = new Map([
  ...ACTIONS.map(({ method, title, group, id }): [string, Place] => [
    methodPath(method),
    { title, group, at: `/do/${id}` },
  ]),
  ...CASE_PAGES.map(({ method, ...place }): [string, Place] => [methodPath(method), place]),
]);

// What the server offers, in its order. What a newer server offers that these pages do not
// know is left out.
export function offersOf(file: CaseFile): Offer[] {
  const caseRef = file.summary?.caseRef ?? "";
  const offers: Offer[] = [];
  for (const { method, refused } of file.actions) {
    const place = PLACES.get(method);
    if (place === undefined) continue;
    const { title, group, at } = place;
    const to = `/cases/${caseRef}${at}`;
    offers.push({ title, group, to, ...(refused === undefined ? {} : { refused }) });
  }
  return offers;
}

function notYetOf(offers: readonly Offer[]): NotYet[] {
  const byReason = new Map<string, NotYet>();
  for (const { title, refused } of offers) {
    if (refused === undefined) continue;
    const reason = `${refused.code} ${refused.message}`;
    const together = byReason.get(reason) ?? { because: refused, titles: [] };
    together.titles.push(title);
    byReason.set(reason, together);
  }
  return [...byReason.values()];
}

// In groups, those that are urgent first.
export function offerGroups(offers: readonly Offer[], urgent: Group | undefined): OfferGroup[] {
  const order = [...GROUPS].sort((a, b) => Number(b === urgent) - Number(a === urgent));
  return order
    .map((group) => {
      const ofGroup = offers.filter((offer) => offer.group === group);
      const now = ofGroup.filter((offer) => offer.refused === undefined);
      return { group, now, notYet: notYetOf(ofGroup) };
    })
    .filter(({ now, notYet }) => now.length > 0 || notYet.length > 0);
}

// The offer of a method, such as `CaseService.method.addNote`; nothing where it is not theirs.
export function offerOf(file: CaseFile, method: Parameters<typeof methodPath>[0]) {
  const path = methodPath(method);
  return file.actions.find((offered) => offered.method === path);
}

export function mayDoNow(file: CaseFile, method: Parameters<typeof methodPath>[0]): boolean {
  const offered = offerOf(file, method);
  return offered !== undefined && offered.refused === undefined;
}
