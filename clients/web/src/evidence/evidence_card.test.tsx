import { EvidenceFiledSchema } from "@api/events/v1/case_event_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { answerWith } from "../testing/server_double.js";
import { EvidenceCard } from "./evidence_card.js";

test("a picture that is not the recorded one is told at once and not shown", async () => {
  answerWith(({ service }) =>
    service(EvidenceService, {
      async *downloadEvidence() {
        yield { part: { case: "data", value: new Uint8Array([1, 2, 3]) } };
      },
    }),
  );
  const filed = create(EvidenceFiledSchema, {
    fileName: "page.png",
    mediaType: "image/png",
    size: 3n,
    sha256: new Uint8Array(32),
  });
  const item = {
    id: "ab",
    filed,
    revision: 1n,
    filedBy: "",
    filedById: "",
    filedTime: undefined,
    remarks: [],
  };
  render(<EvidenceCard caseRef="WB-7K4D-9QX2" item={item} actions={[]} />);
  fireEvent.click(screen.getByRole("button", { name: /Show this picture/ }));
  expect((await screen.findByRole("alert")).textContent).toContain("not the file");
  expect(await screen.findByRole("link", { name: /Save a copy/ })).toBeTruthy();
  expect(document.querySelector("img")).toBeNull();
});
