import { readFileSync } from "node:fs";
import {
  CaseClosedSchema,
  EvidenceFiledSchema,
  IncidentReportedSchema,
} from "@api/events/v1/case_event_pb.js";
import {
  file_wardbook_events_v1_register_event,
  PermissionGrantedSchema,
  PermissionRequestedSchema,
  VisitPhoneUseLoggedSchema,
} from "@api/events/v1/register_event_pb.js";
import {
  Capacity,
  EvidenceKind,
  IncidentKind,
  IndecentImageAnswer,
  PersonCategory,
  Route,
} from "@api/events/v1/values_pb.js";
import { create, createRegistry, type Message } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { bytesOfHex } from "../words/hex.js";
import { eventLines } from "./event_fields.js";
import { NOT_SHOWN } from "./not_shown.js";

const ALICE = "a1".repeat(16);
const NAMES = new Map([[ALICE, "Alice Ward"]]);

test("what is left out is what the terminal leaves out", () => {
  const source = readFileSync("../cli/timeline.cc", "utf8");
  const from = source.indexOf("kNotShown[] = {");
  const body = source.slice(from, source.indexOf("};", from));
  const names = [...body.matchAll(/"([^"]+)"/g)].map((match) => match[1]);
  expect(names.length).toBeGreaterThan(20);
  expect(new Set(names)).toEqual(NOT_SHOWN);
});

test("a report is shown in the words of the terminal", () => {
  const event = create(IncidentReportedSchema, {
    kind: IncidentKind.CYBER_BULLYING,
    whatHappened: "A page was put online.\nIt is still there.",
    happenedAt: { date: "2026-05-14", time: "20:40", utcOffsetMinutes: 60, approximate: true },
    place: { platform: "Facebook", account: "oakfield_truth" },
    parties: [
      {
        capacity: Capacity.TARGET,
        personId: bytesOfHex(ALICE),
        name: "",
        category: PersonCategory.EMPLOYEE,
      },
    ],
    route: Route.LINE_MANAGER,
    toldIds: [bytesOfHex(ALICE), bytesOfHex("b2".repeat(16))],
    indecentImageAnswer: IndecentImageAnswer.NO,
  });
  const lines = eventLines(event, NAMES).map(({ label, text }) => `${label}: ${text}`);
  expect(lines).toEqual([
    "Kind: cyber-bullying",
    "What happened: A page was put online.\nIt is still there.",
    "When it happened: about 14 May 2026, 8:40 pm",
    "Where: \n    Platform: Facebook\n    Account or group: oakfield_truth",
    "Target: Alice Ward, employee (in the school’s register)",
    "Could it be an indecent image of a child: no",
    "Reported to: the line manager",
    "Was told: Alice Ward",
  ]);
});

test("ids and keys are not shown, hashes and sizes are", () => {
  const event = create(EvidenceFiledSchema, {
    evidenceId: bytesOfHex("cd".repeat(16)),
    kind: EvidenceKind.SCREEN_PRINT,
    fileName: "<b>page</b>.png",
    size: 2_500_000n,
    sha256: bytesOfHex("ef".repeat(32)),
    keyId: bytesOfHex("01".repeat(16)),
    sighting: { date: "2026-05-14", timeNotKnownBecause: "Cut off" },
  });
  const text = eventLines(event, new Map())
    .map((line) => `${line.label}: ${line.text}`)
    .join("\n");
  expect(text).toContain("Name of the file: <b>page</b>.png");
  expect(text).toContain("Size: 2.5 MB");
  expect(text).toContain("ef".repeat(32));
  expect(text).toContain("Date: 14 May 2026");
  expect(text).toContain("Time not known because: Cut off");
  expect(text).not.toContain("cdcd");
  expect(text).not.toContain("0101");
});

test("that wishes were not followed is a line, although it is the unset value", () => {
  const lines = eventLines(create(CaseClosedSchema, { conclusion: "Done" }), new Map());
  expect(lines).toContainEqual({ label: "Reporter's wishes followed", text: "no" });
});

test("a term that was given in days reads as days", () => {
  const event = create(PermissionRequestedSchema, {
    fromTime: timestampFromDate(new Date("2026-05-13T23:00:00Z")),
    untilTime: timestampFromDate(new Date("2026-05-15T23:00:00Z")),
  });
  const types = createRegistry(file_wardbook_events_v1_register_event);
  const texts = eventLines(event, new Map(), types).map(({ text }) => text);
  expect(texts).toEqual(["14 May 2026", "the end of 15 May 2026"]);
});

test("midnight that was typed is a time, and the day of a talk without one is a day", () => {
  const midnight = timestampFromDate(new Date("2026-05-13T23:00:00Z"));
  const types = createRegistry(file_wardbook_events_v1_register_event);
  const textsOf = (event: Message) => eventLines(event, new Map(), types).map(({ text }) => text);
  const used = create(VisitPhoneUseLoggedSchema, { usedTime: midnight });
  expect(textsOf(used)).toEqual(["14 May 2026, 12:00 am"]);
  const talked = create(PermissionGrantedSchema, { discussedTime: midnight });
  expect(textsOf(talked)).toEqual(["14 May 2026"]);
});
