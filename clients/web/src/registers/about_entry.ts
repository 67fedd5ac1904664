import { PermissionKindSchema } from "@api/events/v1/register_values_pb.js";
import type { RegisterEntry } from "@api/v1/register_pb.js";
import { capitalised, phrase } from "../words/event_words.js";
import { hexOf } from "../words/hex.js";
import { linkedParents } from "./choices.js";

// Whom an entry is about, and what.
export interface AboutEntry {
  who: string;
  what: string;
}

function nameIn(entry: RegisterEntry, personId: string): string {
  return entry.people.find((person) => person.personId === personId)?.name ?? "";
}

const joined = (...parts: string[]) => parts.filter((part) => part !== "").join(", ");

export function aboutEntry(entry: RegisterEntry): AboutEntry {
  const first = entry.steps[0];
  const name = (id: Uint8Array) => nameIn(entry, hexOf(id));
  const opener = nameIn(entry, first?.actorId ?? "");
  const body = first?.event?.body;
  switch (body?.case) {
    case "permissionRequested": {
      const { kind, childId, platform, asset } = body.value;
      const what = joined(capitalised(phrase(PermissionKindSchema, kind)), platform, asset);
      return { who: childId.length > 0 ? name(childId) : opener, what };
    }
    case "justificationSubmitted":
      return { who: opener, what: `Departure from clause ${body.value.clause}` };
    case "socialContactDeclared":
      return { who: opener, what: joined(body.value.family, name(body.value.childId)) };
    case "phoneTakenIn":
      return { who: name(body.value.childId), what: body.value.deviceDescription };
    case "visitPhoneUseLogged":
      return { who: opener, what: body.value.visit };
    case "schoolDeviceRegistered":
      return { who: "", what: joined(body.value.assetTag, body.value.description) };
    case "imageCaptured":
      return { who: joined(...body.value.childIds.map(name)), what: body.value.description };
    case "parentLinked":
    case "photoConsentGiven":
    case "photoConsentRefused": {
      const parents = linkedParents(entry).map((parent) => parent.text);
      return { who: nameIn(entry, entry.entryId), what: parents.join(", ") };
    }
    default:
      return { who: entry.people.map((person) => person.name).join(", "), what: "" };
  }
}
