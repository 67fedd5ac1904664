import { EvidenceFiledSchema } from "@api/events/v1/case_event_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { expect, test } from "vitest";
import { answerWith } from "../testing/server_double.js";
import { EvidenceCard } from "./evidence_card.js";
import type { EvidenceItem } from "./evidence_list.js";

function itemOf(sha256: Uint8Array): EvidenceItem {
  const filed = create(EvidenceFiledSchema, {
    fileName: "page.png",
    mediaType: "image/png",
    size: 3n,
    sha256,
  });
  return {
    id: "ab",
    filed,
    revision: 1n,
    filedBy: "",
    filedById: "",
    filedTime: undefined,
    remarks: [],
  };
}

test("a picture that is not the recorded one is told at once and not shown", async () => {
  answerWith(({ service }) =>
    service(EvidenceService, {
      async *downloadEvidence() {
        yield { part: { case: "data", value: new Uint8Array([1, 2, 3]) } };
      },
    }),
  );
  render(<EvidenceCard caseRef="WB-7K4D-9QX2" item={itemOf(new Uint8Array(32))} actions={[]} />);
  fireEvent.click(screen.getByRole("button", { name: /Show this picture/ }));
  expect((await screen.findByRole("alert")).textContent).toContain("not the file");
  expect(await screen.findByRole("link", { name: /Save a copy/ })).toBeTruthy();
  expect(document.querySelector("img")).toBeNull();
});

test("showing and hiding a picture hand the focus to each other", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  answerWith(({ service }) =>
    service(EvidenceService, {
      async *downloadEvidence() {
        yield { part: { case: "data", value: bytes } };
      },
    }),
  );
  render(<EvidenceCard caseRef="WB-7K4D-9QX2" item={itemOf(sha256)} actions={[]} />);
  const show = screen.getByRole("button", { name: /Show this picture/ });
  show.focus();
  fireEvent.click(show);
  const hide = await screen.findByRole("button", { name: "Hide it again" });
  await waitFor(() => expect(document.activeElement).toBe(hide));
  fireEvent.click(hide);
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole("button", { name: /Show this picture/ })),
  );
});
