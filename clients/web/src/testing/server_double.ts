import { Role } from "@api/events/v1/values_pb.js";
import { type Session, SessionSchema } from "@api/v1/access_service_pb.js";
import { RefusalSchema } from "@api/v1/error_pb.js";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { durationFromMs, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type ConnectRouter, createRouterTransport } from "@connectrpc/connect";
import { INTERCEPTORS, speakOver } from "../api/client.js";

// Answers in place of the server, at the transport: all above it is the real client.
export function answerWith(routes: (router: ConnectRouter) => void): void {
  speakOver(createRouterTransport(routes, { transport: { interceptors: INTERCEPTORS } }));
}

export function refusal(code: Code, detail: MessageInitShape<typeof RefusalSchema>): ConnectError {
  return new ConnectError(detail.message ?? "", code, undefined, [
    { desc: RefusalSchema, value: detail },
  ]);
}

export function notSignedIn(): ConnectError {
  return refusal(Code.Unauthenticated, {
    code: "R-NOT-SIGNED-IN",
    message: "You are not signed in, or your session has ended.",
  });
}

export const PERSON_ID = "0123456789abcdef0123456789abcdef";

export function sessionOf(roles: Role[] = [Role.STAFF]): Session {
  return create(SessionSchema, {
    schoolId: "00",
    schoolName: "Oakfield Primary",
    personId: PERSON_ID,
    name: "Priya Nair",
    roles,
    expireTime: timestampFromMs(Date.now() + 12 * 3_600_000),
    idleTime: durationFromMs(3_600_000),
  });
}
