import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AbsenceService } from "@api/v1/absence_service_pb.js";
import { AccessService } from "@api/v1/access_service_pb.js";
import { AuditService } from "@api/v1/audit_service_pb.js";
import { ConcernService } from "@api/v1/concern_service_pb.js";
import { DueService } from "@api/v1/due_service_pb.js";
import { PeopleService } from "@api/v1/people_service_pb.js";
import { PolicyService } from "@api/v1/policy_service_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import type { DescService } from "@bufbuild/protobuf";
import { expect, test } from "vitest";

const SERVICES: readonly DescService[] = [
  AbsenceService,
  AccessService,
  AuditService,
  ConcernService,
  DueService,
  PeopleService,
  PolicyService,
  RegisterService,
];

// What no page asks for, and why.
const NOT_FOR_BROWSERS: Readonly<Record<string, string>> = {
  "DueService.CountDue": "every answer of ListDue has the same counts",
  "DueService.WatchDue":
    "a browser opens six connections; the one stream is WatchCases, after which the list is read",
};

// The source of every page, without tests.
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /(?<!\.test)\.tsx?$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}

const SOURCE = sources("src").join("\n");

function isCalled(service: DescService, method: string): boolean {
  return new RegExp(`client\\(\\s*${service.name}\\s*\\)\\s*\\.${method}\\(`).test(SOURCE);
}

test.each(SERVICES.map((service) => [service.name, service] as const))(
  "each call of %s has a page, or a reason to have none",
  (name, service) => {
    const without = service.methods
      .filter((method) => !isCalled(service, method.localName))
      .map((method) => `${name}.${method.name}`);
    const excused = Object.keys(NOT_FOR_BROWSERS).filter((call) => call.startsWith(`${name}.`));
    expect(without.sort()).toEqual(excused.sort());
  },
);
