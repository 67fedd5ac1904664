import { CaseService } from "@api/v1/case_service_pb.js";
import { client } from "../../api/client.js";
import type { Action } from "./action.js";

export const CLOSING_ACTIONS: Action[] = [
  {
    id: "close",
    group: "Closing",
    method: CaseService.method.closeCase,
    title: "Close the case",
    intro: ["Nothing is removed. A closed case can be opened again."],
    fields: [
      { kind: "text", name: "conclusion", label: "What was concluded" },
      {
        kind: "choice",
        name: "wishes_followed",
        label: "Were the reporter’s wishes followed?",
        missing: "Choose whether the reporter’s wishes were followed",
        options: [
          { value: "yes", text: "Yes" },
          { value: "no", text: "No" },
        ],
      },
      {
        kind: "text",
        name: "reasons",
        label: "Why were they not followed?",
        missing: "Enter why the wishes were not followed",
        rows: 3,
        when: (typed) => typed.wishes_followed === "no",
      },
    ],
    submit: "Close this case",
    send: async ({ request, answers }) => {
      await client(CaseService).closeCase({
        ...request,
        conclusion: answers.text("conclusion"),
        wishesFollowed: answers.isYes("wishes_followed"),
        reasons: answers.text("reasons"),
      });
      return { text: "The case is closed." };
    },
  },
  {
    id: "reopen",
    group: "Closing",
    method: CaseService.method.reopenCase,
    title: "Open the case again",
    fields: [
      {
        kind: "text",
        name: "reasons",
        label: "Why",
        missing: "Enter why it is opened again",
        rows: 4,
      },
    ],
    submit: "Open it again",
    send: async ({ request, answers }) => {
      await client(CaseService).reopenCase({ ...request, reasons: answers.text("reasons") });
      return { text: "The case is open again." };
    },
  },
];
