import type { DescService } from "@bufbuild/protobuf";
import { type Client, createClient, type Interceptor, type Transport } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { carrySeenPosition } from "./seen_position.js";
import { noteServerTime } from "./server_time.js";
import { noteUse, watchForSessionEnd } from "./use.js";

// A server that says nothing for so long is not going to.
const UNARY_TIMEOUT_MS = 60_000;

export const INTERCEPTORS: Interceptor[] = [
  watchForSessionEnd,
  noteUse,
  carrySeenPosition,
  noteServerTime,
];

// The same origin: the session cookie goes along by itself, and no script ever sees it.
function browserTransport(): Transport {
  return createGrpcWebTransport({
    baseUrl: globalThis.location.origin,
    useBinaryFormat: true,
    interceptors: INTERCEPTORS,
    defaultTimeoutMs: UNARY_TIMEOUT_MS,
  });
}

let transport: Transport | undefined;
let clients = new WeakMap<DescService, unknown>();

export function speakOver(next: Transport): void {
  transport = next;
  clients = new WeakMap();
}

export function client<S extends DescService>(service: S): Client<S> {
  const known = clients.get(service);
  if (known !== undefined) return known as Client<S>;
  transport ??= browserTransport();
  const made = createClient(service, transport);
  clients.set(service, made);
  return made;
}
