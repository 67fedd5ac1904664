import { BreachClause, PersonCategory, Role } from "@api/events/v1/values_pb.js";
import { AbsenceService } from "@api/v1/absence_service_pb.js";
import { ConcernService } from "@api/v1/concern_service_pb.js";
import { PeopleService } from "@api/v1/people_service_pb.js";
import type { ConnectRouter } from "@connectrpc/connect";
import { ago, at } from "./moments.js";

const rows = [
  ["Priya Nair", PersonCategory.EMPLOYEE, "Teacher, year 4", [Role.STAFF]],
  ["Sam Holt", PersonCategory.EMPLOYEE, "Headteacher", [Role.STAFF, Role.HEADTEACHER]],
  ["Maria Jackson", PersonCategory.GOVERNOR, "Chair of Governors", [Role.CHAIR_OF_GOVERNORS]],
  ["Ada Quill", PersonCategory.EMPLOYEE, "Deputy headteacher", [Role.SENIOR_LEADERSHIP]],
  ["Tom Reed", PersonCategory.PUPIL, "", []],
  ["Wren Abernathy-Cole", PersonCategory.PUPIL, "", []],
  ["Fern Abernathy-Cole", PersonCategory.PARENT, "", []],
] as const;

export const idOf = (index: number) => String(index).padStart(32, "0");

export const people = rows.map(([name, category, jobTitle, roles], index) => ({
  personId: idOf(index),
  name,
  category,
  jobTitle,
  roles: [...roles],
  revision: 3n,
  formerNames: index === 0 ? ["Priya Raman"] : [],
  lineManagerId: index === 0 ? idOf(3) : "",
  ...(index === 3 ? { leftTime: ago(-40) } : {}),
}));

export function inventedPeople({ service }: ConnectRouter) {
  service(PeopleService, {
    listPeople: () => ({ people }),
    listRoles: () => ({
      roles: [
        {
          personId: idOf(0),
          name: "Priya Nair",
          role: Role.STAFF,
          fromTime: at("2021-09-01T07:00:00Z"),
        },
        {
          personId: idOf(0),
          name: "Priya Nair",
          role: Role.LINE_MANAGER,
          fromTime: at("2022-09-01T07:00:00Z"),
          untilTime: at("2024-08-31T23:00:00Z"),
        },
      ],
    }),
    issueAccount: () => ({ code: "K7QD-4MXP-9TRA", expireTime: ago(-7) }),
    listProfileReviews: () => ({
      reviews: [
        {
          personId: idOf(0),
          name: "Priya Nair",
          askedTime: ago(20),
          dueTime: ago(6),
          overdue: true,
        },
        { personId: idOf(3), name: "Ada Quill", askedTime: ago(5), dueTime: ago(-9) },
        {
          personId: idOf(1),
          name: "Sam Holt",
          askedTime: ago(90),
          dueTime: ago(76),
          reviewedTime: ago(80),
        },
      ],
    }),
  });
  const absence = {
    absenceId: "c1".repeat(16),
    headteacherId: idOf(1),
    headteacherName: "Sam Holt",
    fromTime: ago(2),
    untilTime: ago(-5),
    deputyId: idOf(3),
    deputyName: "Ada Quill",
    reason: "A course",
    recordedTime: ago(9),
    recordedByName: "Sam Holt",
    revision: 4n,
  };
  service(AbsenceService, {
    listHeadAbsences: () => ({ absences: [absence] }),
    getHeadCover: () => ({ absence, headteacherNames: ["Sam Holt"] }),
  });
  service(ConcernService, {
    listConcerns: () => ({
      people: [
        {
          personId: idOf(0),
          name: "Priya Nair",
          patterns: ["three concerns within a year, two of them about the same clause"],
          concerns: [
            {
              caseRef: "WB-7K4D-9QX2",
              reportedTime: ago(30),
              breachedClauses: [BreachClause.P19_PERSONAL_CHANNEL],
            },
            { caseRef: "WB-0000-0002", reportedTime: ago(200), breachedClauses: [] },
          ],
        },
        {
          name: "An unknown account",
          concerns: [{ caseRef: "WB-0000-0003", reportedTime: ago(60), breachedClauses: [] }],
        },
      ],
    }),
  });
}
