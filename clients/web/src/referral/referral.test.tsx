import { ReferralSection } from "@api/events/v1/referral_event_pb.js";
import { Role } from "@api/events/v1/values_pb.js";
import { AccessService } from "@api/v1/access_service_pb.js";
import { CaseFileSchema } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import {
  type PrepareReferralSectionRequest,
  ReferralService,
} from "@api/v1/referral_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { beforeEach, expect, test } from "vitest";
import { App } from "../app.js";
import { openCase } from "../cases/open_case.js";
import { go, path } from "../page/router.js";
import { answerWith, sessionOf } from "../testing/server_double.js";

const REF = "WB-7K4D-9QX2";
let prepared: PrepareReferralSectionRequest[];

beforeEach(() => {
  prepared = [];
  openCase.value = undefined;
  answerWith(({ service }) => {
    service(AccessService, { getSession: () => ({ session: sessionOf([Role.HEADTEACHER]) }) });
    service(CaseService, {
      getCase: () => ({
        caseFile: create(CaseFileSchema, {
          summary: { caseRef: REF, revision: BigInt(prepared.length + 1) },
          timeline: [
            { revision: 1n },
            ...prepared.map(({ section, fields }, index) => ({
              revision: BigInt(index + 2),
              actorName: "Sam Holt",
              event: {
                body: { case: "referralSectionPrepared" as const, value: { section, fields } },
              },
            })),
          ],
          actions: [
            { method: "wardbook.v1.ReferralService/ReferCase" },
            { method: "wardbook.v1.ReferralService/PrepareReferralSection" },
          ],
        }),
      }),
      watchCases: async function* () {
        // Nothing happens meanwhile.
      },
    });
    service(ReferralService, {
      prepareReferralSection: (request) => {
        prepared.push(request);
        return { revision: 2n, missingItems: ['In "The adult": Date of birth.'] };
      },
    });
  });
});

test("a section is filled in, checked with what it still lacks, and changed", async () => {
  go(`/cases/${REF}/referral/subject`);
  render(<App />);
  fireEvent.input(await screen.findByLabelText("Job title"), {
    target: { value: "Teaching assistant" },
  });
  fireEvent.click(screen.getByRole("button", { name: "Save this section" }));
  await screen.findByRole("heading", { name: "Check what was filled in", level: 1 });
  expect(prepared[0]?.section).toBe(ReferralSection.SUBJECT);
  expect(prepared[0]?.fields.map(({ name, text }) => [name, text])).toEqual([
    ["job_title", "Teaching assistant"],
  ]);
  expect(path.value).toBe(`/cases/${REF}/referral/subject/check`);
  expect(screen.getByText("Teaching assistant")).toBeTruthy();
  expect(screen.getByText(/The council needs these as well: .*Date of birth/)).toBeTruthy();

  const change = screen.getByRole("link", { name: "Change Job title" });
  go(change.getAttribute("href") ?? "");
  const field = (await screen.findByLabelText("Job title")) as HTMLTextAreaElement;
  await waitFor(() => expect(field.value).toBe("Teaching assistant"));
});

test("a referral waits for none of its sections, and is said not to be sent", async () => {
  go(`/cases/${REF}/referral`);
  render(<App />);
  const refer = await screen.findByRole("link", { name: "Refer to Lancashire Safeguarding now" });
  expect(refer.getAttribute("href")).toBe(`/cases/${REF}/do/refer`);
  expect(screen.getByText(/Wardbook sends nothing/)).toBeTruthy();
  expect(screen.getByText("There is nothing to record before the case is referred.")).toBeTruthy();
});
