// Asks a server for its health, as the probe of an operator does
// (grpc.health.v1.Health/Check).

#ifndef SERVICES_SERVER_HEALTH_PROBE_FOR_TEST_H_
#define SERVICES_SERVER_HEALTH_PROBE_FOR_TEST_H_

#include <memory>
#include <string>

#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "gtest/gtest.h"

namespace wardbook::server {

enum class ServingStatus { kUnknown = 0, kServing = 1, kNotServing = 2 };

inline ServingStatus ProbeHealth(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  // No service's name asks for the server as a whole.
  const grpc::Slice nothing;
  const grpc::ByteBuffer request(&nothing, 1);
  grpc::ByteBuffer response;
  grpc::Status status;
  // On this thread, because what hands a call on inside gRPC the thread sanitizer does
  // not see.
  grpc::CompletionQueue queue;
  const auto call =
      stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check", request, &queue);
  call->StartCall();
  call->Finish(&response, &status, &status);
  void* tag = nullptr;
  bool completed = false;
  EXPECT_TRUE(queue.Next(&tag, &completed) && completed);
  EXPECT_TRUE(status.ok()) << status.error_message();
  grpc::Slice bytes;
  // Its one field: number 1, a varint.
  if (!response.DumpToSingleSlice(&bytes).ok() || bytes.size() != 2 || bytes.begin()[0] != 0x08) {
    return ServingStatus::kUnknown;
  }
  return static_cast<ServingStatus>(bytes.begin()[1]);
}

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_HEALTH_PROBE_FOR_TEST_H_
