import { Role } from "@api/events/v1/values_pb.js";
import { CaseFileSchema } from "@api/v1/case_pb.js";
import { PersonSchema } from "@api/v1/people_service_pb.js";
import { create, type DescMessage, type DescMethod } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { speakOver } from "../../api/client.js";
import { Answers } from "../../form/answers.js";
import { errorsOf } from "../../form/check.js";
import type { Field, Typed } from "../../form/field.js";
import { SERVICES } from "../../testing/services.js";
import { bytesOfHex } from "../../words/hex.js";
import { REMEDIES } from "../remaining_steps.js";
import { type Action, type FormContext, fieldsOf, methodPath } from "./action.js";
import { ACTIONS } from "./actions.js";
import { CASE_PAGES } from "./case_pages.js";

const EMPTY: FormContext = { file: create(CaseFileSchema), people: [] };

const entry = (revision: bigint, body: object) => ({
  revision,
  actorId: "a1".repeat(16),
  actorName: "Priya Nair",
  event: { body },
});

// A case in which there is something to choose between, wherever a form asks which.
const FULL: FormContext = {
  file: create(CaseFileSchema, {
    openNames: ["Anna Smith"],
    timeline: [
      entry(1n, { case: "caseReferred", value: { referralId: new Uint8Array([1]) } }),
      entry(2n, { case: "caseReferred", value: { referralId: new Uint8Array([2]) } }),
      entry(3n, { case: "disagreementRaised", value: { disputedRevision: 1n } }),
      entry(4n, { case: "disagreementRaised", value: { disputedRevision: 2n } }),
      entry(5n, { case: "providerReported", value: { platform: "A" } }),
      entry(6n, { case: "providerReported", value: { platform: "B" } }),
    ] as never,
  }),
  people: [],
};

function isMutationOfCase({ input }: DescMethod): boolean {
  const names = input.fields.map((field) => field.name);
  return names.includes("case_ref") && names.includes("request_id");
}

const MUTATIONS = SERVICES.flatMap((service) => service.methods).filter(isMutationOfCase);

// What every request has, and the form asks for nowhere.
const ENVELOPE = new Set(["request_id", "case_ref", "expected_revision"]);

function askedIn(fields: readonly Field[], request: DescMessage): string[] {
  const names = fields.map((field) => field.name.replace(/\..*/, ""));
  return request.fields.map((field) => field.name).filter((name) => names.includes(name));
}

test("the API has as many things to do to a case as this test knows of, or more", () => {
  expect(MUTATIONS.length).toBeGreaterThanOrEqual(60);
});

test.each(MUTATIONS.map((method) => [methodPath(method), method] as const))(
  "%s can be done in the browser",
  (path) => {
    const places = [...ACTIONS, ...CASE_PAGES].filter(({ method }) => methodPath(method) === path);
    expect(places.map(({ title }) => title)).toHaveLength(1);
  },
);

test.each(ACTIONS.map((action) => [action.id, action] as const))(
  "%s asks for all that its request can say",
  (_, action) => {
    const wanted = action.method.input.fields
      .map((field) => field.name)
      .filter((name) => !ENVELOPE.has(name));
    expect(askedIn(fieldsOf(action, FULL, {}), action.method.input)).toEqual(wanted);
  },
);

// An answer to every question, with the first or the last of what can be chosen.
function answered(fields: readonly Field[], which: 0 | -1): Typed {
  const typed: Record<string, string> = {};
  for (const field of fields) {
    typed[field.name] = "1";
    if ("options" in field) typed[field.name] = field.options.at(which)?.value ?? "1";
    if (field.kind === "tick") typed[field.name] = which === 0 ? "yes" : "";
    if (field.kind === "when") {
      Object.assign(typed, {
        [`${field.name}.day`]: "14",
        [`${field.name}.month`]: "5",
        [`${field.name}.year`]: "2026",
        [`${field.name}.time`]: "20:40",
      });
    }
  }
  return typed;
}

// The fields of the request that is sent. Nothing comes back.
async function sentBy(action: Action, typed: Typed): Promise<Set<string>> {
  const sent = new Set<string>();
  speakOver({
    unary: async (method, _signal, _timeout, _header, input) => {
      expect(methodPath(method)).toBe(methodPath(action.method));
      const request = reflect(method.input, create(method.input, input));
      for (const field of request.fields) if (request.isSet(field)) sent.add(field.name);
      throw new ConnectError("caught", Code.Aborted);
    },
    stream: async () => {
      throw new Error("an action is no stream");
    },
  });
  const request = { requestId: "r", caseRef: "WB-7K4D-9QX2", expectedRevision: 6n };
  const answers = new Answers(typed);
  await expect(action.send({ request, answers })).rejects.toThrow("caught");
  return sent;
}

test.each(ACTIONS.map((action) => [action.id, action] as const))(
  "%s sends all that was answered",
  async (_, action) => {
    const fields = fieldsOf(action, FULL, {});
    const first = await sentBy(action, answered(fields, 0));
    const last = await sentBy(action, answered(fields, -1));
    const wanted = action.method.input.fields.map((field) => field.name);
    expect(wanted.filter((name) => first.has(name) || last.has(name))).toEqual(wanted);
  },
);

test("each action has an address of its own", () => {
  const ids = ACTIONS.map((action) => action.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("what a case lacks leads to an action that there is", () => {
  const ids = new Set(ACTIONS.map((action) => action.id));
  for (const action of Object.values(REMEDIES)) expect(ids).toContain(action);
});

test.each(ACTIONS.map((action) => [action.id, action] as const))(
  "no two fields of %s have one name, and the address fills in one that there is",
  (_, action) => {
    for (const context of [EMPTY, FULL]) {
      const typed: Typed = {};
      const names = fieldsOf(action, context, typed).map((field) => field.name);
      expect(new Set(names).size).toBe(names.length);
      if (action.about !== undefined) expect(names).toContain(action.about);
    }
  },
);

test.each(ACTIONS.map((action) => [action.id, action] as const))(
  "%s says of each answer that is missing which one it is",
  (_, action) => {
    const fields = fieldsOf(action, FULL, {}).map(({ when, ...field }) => field as Field);
    for (const { message } of errorsOf(fields, {})) {
      // Three words at least: "Enter why" stands in the summary without its field.
      expect(message).toMatch(/^(Enter|Choose|Tick|Answer) \S+ \S+/);
    }
  },
);

const bytes = (hex: string) => bytesOfHex(hex.repeat(16));

test.each([
  ["reported to her", [["incidentReported", "a1"]], ["Beth", "Carl"]],
  [
    "handed over since",
    [
      ["incidentReported", "a1"],
      ["recipientHandedOver", "b2"],
    ],
    ["Anna", "Carl"],
  ],
  [
    "given on by a conflict",
    [
      ["recipientHandedOver", "b2"],
      ["conflictDeclared", "c3"],
    ],
    ["Anna", "Beth"],
  ],
  [
    "as it was after another’s conflict",
    [
      ["recipientHandedOver", "b2"],
      ["conflictDeclared", ""],
    ],
    ["Anna", "Carl"],
  ],
] as const)("material that was %s is not handed to who has it", (_, history, offered) => {
  const handOver = ACTIONS.find(({ id }) => id === "hand-over");
  if (handOver === undefined) throw new Error("no such form");
  const timeline = history.map(([event, who], index) =>
    entry(BigInt(index + 1), { case: event, value: { toId: bytes(who), recipientId: bytes(who) } }),
  );
  const file = create(CaseFileSchema, { timeline: timeline as never });
  const people = [
    ["a1", "Anna"],
    ["b2", "Beth"],
    ["c3", "Carl"],
  ].map(([id = "", name = ""]) =>
    create(PersonSchema, { personId: id.repeat(16), name, roles: [Role.SENIOR_LEADERSHIP] }),
  );
  const [to] = fieldsOf(handOver, { file, people }, {});
  expect(to && "options" in to && to.options.map(({ text }) => text)).toEqual(offered);
});
