import { cleanup, configure } from "@testing-library/preact";
import { afterEach, beforeEach } from "vitest";
import { MemoryDraftStore } from "../draft/draft_store.js";
import { keepDraftsIn } from "../draft/drafts.js";
import { notice } from "../page/notice.js";
import { leave } from "../session/leaving.js";
import { sessionState } from "../session/session.js";

// A page is compiled when it is first asked for, on a machine that does other things as well.
configure({ asyncUtilTimeout: 40_000 });

beforeEach(() => {
  keepDraftsIn(new MemoryDraftStore());
  history.replaceState(null, "", "/");
});

afterEach(() => {
  cleanup();
  notice.value = undefined;
  sessionState.value = { kind: "unknown" };
  leave("gone");
});
