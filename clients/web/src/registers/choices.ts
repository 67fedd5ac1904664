import { CustodyGround, PermissionKind } from "@api/events/v1/register_values_pb.js";
import { PersonCategory } from "@api/events/v1/values_pb.js";
import type { Person } from "@api/v1/people_service_pb.js";
import { EntryStage, Register, type RegisterEntry } from "@api/v1/register_pb.js";
import { EntryList, RegisterService } from "@api/v1/register_service_pb.js";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import type { Typed } from "../form/field.js";
import { listPeople, personOptions } from "../people/people.js";
import type { Option } from "../words/event_words.js";
import { hexOf } from "../words/hex.js";
import { writtenTime } from "../words/written_time.js";

async function peopleWho(are: (person: Person) => boolean): Promise<Option[]> {
  const people = await listPeople();
  return personOptions(people.filter((person) => are(person)));
}

export const pupils = () => peopleWho((person) => person.category === PersonCategory.PUPIL);
export const parents = () => peopleWho((person) => person.category === PersonCategory.PARENT);
export const everybody = () => peopleWho(() => true);

export function listEntries(inRegister: Register, list: EntryList): Promise<RegisterEntry[]> {
  return everyPage(
    (pageToken) =>
      client(RegisterService).listEntries({ inRegister, list, pageSize: 200, pageToken }),
    (page) => page.entries,
  );
}

// The school's cameras and tablets that are in use.
export async function devicesInUse(): Promise<Option[]> {
  const entries = await listEntries(Register.DEVICES, EntryList.IN_FORCE);
  return entries.map((entry) => {
    const body = entry.steps[0]?.event?.body;
    const what = body?.case === "schoolDeviceRegistered" ? body.value.description : "";
    return { value: entry.entryId, text: [entry.entryId, what].filter((it) => it).join(", ") };
  });
}

// The Headteacher's consents under which a child's phone may be kept (P29).
export async function phoneConsents(): Promise<Option[]> {
  const entries = await listEntries(Register.PERMISSIONS, EntryList.IN_FORCE);
  return entries.flatMap((entry) => {
    const body = entry.steps[0]?.event?.body;
    if (entry.stage !== EntryStage.IN_FORCE || body?.case !== "permissionRequested") return [];
    if (body.value.kind !== PermissionKind.CHILD_PHONE_KEPT) return [];
    const id = hexOf(body.value.childId);
    const name = entry.people.find((person) => person.personId === id)?.name ?? "A child";
    return [{ value: entry.entryId, text: `${name}, until ${writtenTime(body.value.untilTime)}` }];
  });
}

export const isKept = (typed: Typed) => typed.ground === String(CustodyGround.KEPT_WITH_CONSENT);

// Those who are linked to the child of a consent now.
export function linkedParents(entry: RegisterEntry): Option[] {
  const linked = new Set<string>();
  for (const { event } of entry.steps) {
    const body = event?.body;
    if (body?.case === "parentLinked") linked.add(hexOf(body.value.parentId));
    if (body?.case === "parentUnlinked") linked.delete(hexOf(body.value.parentId));
  }
  return entry.people
    .filter((person) => linked.has(person.personId))
    .map((person) => ({ value: person.personId, text: person.name }));
}
