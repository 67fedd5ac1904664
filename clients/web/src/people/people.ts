import { Role } from "@api/events/v1/values_pb.js";
import type { Session } from "@api/v1/access_service_pb.js";
import { PeopleService, type Person } from "@api/v1/people_service_pb.js";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import { holdsAny } from "../session/session.js";
import type { Option } from "../words/event_words.js";
import { dateOf, writtenDay } from "../words/written_time.js";

export function listPeople(): Promise<Person[]> {
  return everyPage(
    (pageToken) => client(PeopleService).listPeople({ pageSize: 200, pageToken }),
    (page) => page.people,
  );
}

// Whom the server shows low-level concerns.
export function seesConcerns(session: Session | undefined): boolean {
  return holdsAny(
    session,
    Role.HEADTEACHER,
    Role.SENIOR_LEADERSHIP,
    Role.SAFEGUARDING_LEAD,
    Role.CHAIR_OF_GOVERNORS,
  );
}

// A name, with what tells two people of one name apart.
export function nameInList(person: Person, people: readonly Person[]): string {
  const isAlone = people.filter((other) => other.name === person.name).length === 1;
  if (isAlone) return person.name;
  const more = person.jobTitle === "" ? person.personId.slice(0, 6) : person.jobTitle;
  return `${person.name} (${more})`;
}

export function personOptions(people: readonly Person[]): Option[] {
  return people.map((person) => ({ value: person.personId, text: nameInList(person, people) }));
}

// "Left on 14 May 2026", or that they will; empty for who stays.
export function leavingInWords(person: Person, now = new Date()): string {
  if (person.leftTime === undefined) return "";
  const left = dateOf(person.leftTime);
  return `${left <= now ? "Left" : "Leaves"} on ${writtenDay(left)}`;
}

export function isGone(person: Person, now = new Date()): boolean {
  return person.leftTime !== undefined && dateOf(person.leftTime) <= now;
}

// Those who hold a role, and so can be given something to do.
export function staffOf(people: readonly Person[]): Person[] {
  return people.filter((person) => person.roles.length > 0 && !isGone(person));
}
