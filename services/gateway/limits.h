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
  // Programs that speak gRPC on the same port: each holds two descriptors and a
  // transport of gRPC's, and needs one connection.
  int grpc_connections_max = 2'000;

  // TCP, the client's hello and the keys of TLS. Four round trips of a poor mobile
  // connection.
  absl::Duration handshake_time = absl::Seconds(10);
  // From the first byte of a request to the end of its head, which a browser sends in
  // one piece.
  absl::Duration head_time = absl::Seconds(10);
  // A browser that is read in opens its connection anew after a page; less than the two
  // minutes after which routers forget it.
  absl::Duration idle_time = absl::Seconds(100);
  // What a body or an answer may take besides its size: a stall of a mobile connection.
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
  // Of all bodies that are being received or read: 100 chunks of evidence at once.
  int64_t body_bytes_together_max = 128 << 20;
  // Of all messages that are being written to browsers, which may be slow to take them.
  int64_t answer_bytes_together_max = 256 << 20;

  // Calls of all browsers, one a connection at the most. Watches and what people do
  // meanwhile; the services refuse what is too much for them before.
  int calls_max = 4'000;
  // A call to which a browser gives no deadline: the longest that a session lasts.
  absl::Duration call_time_max = absl::Hours(12);
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_LIMITS_H_
