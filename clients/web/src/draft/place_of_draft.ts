import { ACTIONS } from "../cases/actions/actions.js";

export interface Place {
  to: string;
  text: string;
}

const REF = "(WB-\\w{4}-\\w{4})";

// By the name of the draft; what is about no case leads to the pages that its form is on.
const PLACES: readonly [RegExp, (...parts: string[]) => Place][] = [
  [/^report$/, () => ({ to: "/report", text: "Report an incident" })],
  [/^self-report$/, () => ({ to: "/report/self", text: "Report something you did yourself" })],
  [
    new RegExp(`^add-files ${REF}$`),
    (ref) => ({ to: `/cases/${ref}/add-files`, text: `Add files, case ${ref}` }),
  ],
  [
    new RegExp(`^bundle ${REF}$`),
    (ref) => ({ to: `/cases/${ref}/export`, text: `Export case ${ref}` }),
  ],
  [
    new RegExp(`^referral (\\S+) ${REF}`),
    (section, ref) => ({
      to: `/cases/${ref}/referral/${section}`,
      text: `Referral, case ${ref}`,
    }),
  ],
  [
    new RegExp(`^(\\S+) ${REF}(?: (\\S+))?$`),
    (id, ref, about) => ({
      to: `/cases/${ref}/do/${id}${about === undefined ? "" : `/${about}`}`,
      text: `${ACTIONS.find((one) => one.id === id)?.title ?? "A form"}, case ${ref}`,
    }),
  ],
  [
    /^(who-acted|head-absence|end-absence)\b/,
    () => ({ to: "/people/absences", text: "The Headteacher's absences" }),
  ],
  [
    /^(add-person|issue-account|person|who-held-roles)\b/,
    () => ({ to: "/people", text: "People" }),
  ],
  [
    /^(policy|acknowledge|prevention-reminder|profile-review)\b/,
    () => ({ to: "/policy", text: "Policy" }),
  ],
  [/^(register|entry|check-permission)\b/, () => ({ to: "/registers", text: "Registers" })],
  [/^(case-counts|check-case)\b/, () => ({ to: "/audit", text: "Audit" })],
];

export function placeOf(draft: string): Place | undefined {
  for (const [pattern, place] of PLACES) {
    const found = pattern.exec(draft);
    if (found !== null) return place(...found.slice(1));
  }
  return undefined;
}

// Each page once, however many of its forms were filled in.
export function placesOf(drafts: readonly string[]): Place[] {
  const places = new Map<string, Place>();
  for (const draft of drafts) {
    const place = placeOf(draft) ?? { to: "/", text: "Home" };
    places.set(place.to, place);
  }
  return [...places.values()];
}
