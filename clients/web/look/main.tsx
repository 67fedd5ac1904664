// The client before invented answers, to look at its pages. It is built by `npm run look`
// alone, and nothing of it is in what schools get.
import { createRouterTransport } from "@connectrpc/connect";
import { INTERCEPTORS, speakOver } from "../src/api/client.js";
import { invented } from "./invented_answers.js";

speakOver(createRouterTransport(invented, { transport: { interceptors: INTERCEPTORS } }));
await import("../src/main.js");
