#include "tests/e2e/any_call.h"

#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/slice.h"
#include "gtest/gtest.h"
#include "reflection.pb.h"
#include "storage/base/assert.h"

namespace wardbook::e2e {
namespace {

constexpr char kOurPackage[] = "wardbook.";
constexpr char kListServices[] = "grpc.reflection.v1alpha.ServerReflection.ServerReflectionInfo";

// Waits for the one operation that is under way.
bool Next(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  return queue.Next(&tag, &ok) && ok;
}

// "a.b.Service.Method" as "/a.b.Service/Method".
std::string PathOf(absl::string_view method) {
  const size_t dot = method.rfind('.');
  return absl::StrCat("/", method.substr(0, dot), "/", method.substr(dot + 1));
}

std::string BytesOf(grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  WARDBOOK_ASSERT(buffer.DumpToSingleSlice(&slice).ok());
  return {reinterpret_cast<const char*>(slice.begin()), slice.size()};
}

std::multimap<std::string, std::string> Copy(
    const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  std::multimap<std::string, std::string> copy;
  for (const auto& [key, value] : metadata) {
    copy.emplace(std::string(key.data(), key.size()), std::string(value.data(), value.size()));
  }
  return copy;
}

}  // namespace

std::string WireAnswer::Text() const {
  std::string text = absl::StrCat(status.error_code(), " ", status.error_message(), "\ndetails ",
                                  absl::CEscape(status.error_details()));
  for (const auto& [key, value] : initial_metadata) {
    absl::StrAppend(&text, "\ninitial ", key, ": ", absl::CEscape(value));
  }
  for (const auto& [key, value] : trailing_metadata) {
    absl::StrAppend(&text, "\ntrailing ", key, ": ", absl::CEscape(value));
  }
  for (const std::string& message : messages) {
    absl::StrAppend(&text, "\nmessage ", absl::CEscape(message));
  }
  return text;
}

WireAnswer CallAny(const Person& caller, absl::string_view method, absl::string_view request) {
  grpc::GenericStub stub(caller.server->channel());
  grpc::CompletionQueue queue;
  const std::unique_ptr<grpc::ClientContext> context = caller.NewContext();
  const auto call = stub.PrepareCall(context.get(), PathOf(method), &queue);
  WireAnswer answer;
  call->StartCall(nullptr);
  Next(queue);
  const grpc::Slice slice(request.data(), request.size());
  call->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), nullptr);
  Next(queue);
  for (;;) {
    grpc::ByteBuffer message;
    call->Read(&message, nullptr);
    if (!Next(queue)) break;
    answer.messages.push_back(BytesOf(message));
  }
  call->Finish(&answer.status, nullptr);
  Next(queue);
  answer.initial_metadata = Copy(context->GetServerInitialMetadata());
  answer.trailing_metadata = Copy(context->GetServerTrailingMetadata());
  return answer;
}

std::vector<const google::protobuf::MethodDescriptor*> ServedMethods(const Person& caller) {
  grpc::reflection::v1alpha::ServerReflectionRequest request;
  request.set_list_services("*");
  const WireAnswer answer = CallAny(caller, kListServices, request.SerializeAsString());
  EXPECT_EQ(answer.messages.size(), 1U) << answer.Text();
  std::vector<const google::protobuf::MethodDescriptor*> methods;
  for (const std::string& message : answer.messages) {
    grpc::reflection::v1alpha::ServerReflectionResponse response;
    EXPECT_TRUE(response.ParseFromString(message));
    for (const auto& service : response.list_services_response().service()) {
      if (!absl::StartsWith(service.name(), kOurPackage)) continue;
      const google::protobuf::ServiceDescriptor* const known =
          google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service.name());
      EXPECT_NE(known, nullptr) << service.name();
      for (int i = 0; known != nullptr && i < known->method_count(); ++i) {
        methods.push_back(known->method(i));
      }
    }
  }
  return methods;
}

}  // namespace wardbook::e2e
