// What the gateway allows a browser, and strangers who may be none. Every number has
// its reason here; tests make them smaller.

#ifndef SERVICES_GATEWAY_LIMITS_H_
#define SERVICES_GATEWAY_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace wardbook::gateway {

struct Limits {
  // A local authority's schools at their busiest; some 50 KB each with a stream open, so
  // 500 MB at the very most.
  int connections_max = 10'000;
  // A whole school, or a local authority's proxy, has one address. Half of all, so that
  // one address never keeps the others out.
  int connections_per_address_max = 5'000;
  // Of these, programs that speak gRPC on the same port: each holds two descriptors and a
  // transport of gRPC's, and needs one connection.
  int grpc_connections_max = 2'000;
  // Everybody at a school at a terminal, and a tenth of all.
  int grpc_connections_per_address_max = 200;

  // TCP, the client's hello and the keys of TLS, and as long again for a program's keys and
  // first frame at gRPC's. Four round trips of a poor mobile connection.
  absl::Duration handshake_time = absl::Seconds(10);
  // From the first byte of a request to the end of its head, which a browser sends in
  // one piece.
  absl::Duration head_time = absl::Seconds(10);
  // To the first byte of the first request. A browser that connects before it knows what
  // it wants loses nothing when it has to do so again; a stranger must not have a
  // connection for long that has asked for nothing.
  absl::Duration first_request_time = absl::Seconds(10);
  // To the next request. A browser that is read in opens its connection anew after a page;
  // less than the two minutes after which routers forget it.
  absl::Duration idle_time = absl::Seconds(100);
  // What a body or an answer may take besides its size, each piece of it and all together:
  // a stall of a mobile connection.
  absl::Duration body_time = absl::Seconds(15);
  absl::Duration write_time = absl::Seconds(30);
  // The slowest that a connection may be on average: a sixteenth of what a browser needs
  // to be of use. A chunk of evidence takes five minutes at this rate.
  int64_t bytes_per_second_min = 4096;
  // How long it is listened to a client that was told that it sends too much, so that
  // it reads the answer before the connection ends.
  absl::Duration linger_time = absl::Seconds(5);

  // The head of a request. Browsers send about 1 KiB; a cookie of ours has 100 bytes.
  size_t head_bytes_max = 16 * 1024;
  int fields_max = 64;
  // A message of the services (kMessageBytesMax of the server) with its frame.
  uint64_t body_bytes_max = 1310720 + 5;
  // The same without a cookie: signing in and setting a password.
  uint64_t body_bytes_of_strangers_max = 16 * 1024;
  // Of all bodies that are being received or read, as far as they have come: 100 chunks of
  // evidence at once. Half of it for one address, as of connections, and so below.
  int64_t body_bytes_together_max = 128 << 20;
  int64_t body_bytes_per_address_max = 64 << 20;
  // Bodies up to this size have memory of their own, so that whoever files a report gets in
  // while evidence fills the other: all that people type, and all that strangers may send.
  uint64_t small_body_bytes_max = 16 * 1024;
  // A thousand of the largest at once.
  int64_t small_body_bytes_together_max = 16 << 20;
  int64_t small_body_bytes_per_address_max = 8 << 20;
  // Of all messages that are being written to browsers, which may be slow to take them.
  int64_t answer_bytes_together_max = 256 << 20;
  int64_t answer_bytes_per_address_max = 128 << 20;
  // Up to this size a message counts nothing there, so that no download keeps a small
  // answer back: one record of TLS, for as many as there may be calls 100 MB.
  size_t small_answer_bytes_max = 16 * 1024;

  // Calls of all browsers, one a connection at the most: what the channels to the services
  // hold. Watches and what people do meanwhile; the services refuse what is too much for
  // them before.
  int calls_max = 6'000;
  int calls_per_address_max = 3'000;
  // A call to which a browser gives no deadline: the longest that a session lasts.
  absl::Duration call_time_max = absl::Hours(12);
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_LIMITS_H_
