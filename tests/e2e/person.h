// Somebody who calls a running server.

#ifndef TESTS_E2E_PERSON_H_
#define TESTS_E2E_PERSON_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/status.h"
#include "grpcpp/support/sync_stream.h"
#include "storage/checkpoint/checkpoint.h"
#include "tests/e2e/answer.h"
#include "tests/e2e/running_server.h"

namespace wardbook::e2e {

// Signed in once they have a token. Thread-compatible: the calls are const.
struct Person {
  // Outlives the person.
  const RunningServer* server = nullptr;
  // The school's short name.
  std::string school;
  std::string user_name;
  std::string password;
  // 32 hexadecimal digits.
  std::string id;
  std::string token;
  // Their own connection; that of all without one if null.
  std::shared_ptr<grpc::Channel> own_connection;

  std::shared_ptr<grpc::Channel> channel() const {
    return own_connection != nullptr ? own_connection : server->channel();
  }

  // A context with the token, if there is one, and a deadline.
  std::unique_ptr<grpc::ClientContext> NewContext() const;

  template <class Stub, class Request, class Response>
  Answer<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                     Response*),
                        const Request& request) const {
    return CallIn(*NewContext(), method, request);
  }

  // A read that waits until it shows everything up to `position`.
  template <class Stub, class Request, class Response>
  Answer<Response> CallFrom(uint64_t position,
                            grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                         Response*),
                            const Request& request) const {
    const std::unique_ptr<grpc::ClientContext> context = NewContext();
    context->AddMetadata("wardbook-seen-position", absl::StrCat(position));
    return CallIn(*context, method, request);
  }

  // A call that is answered with a stream, to the stream's end.
  template <class Stub, class Request, class Response>
  Answer<std::vector<Response>> Read(std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(
                                         grpc::ClientContext*, const Request&),
                                     const Request& request) const {
    Stub stub(channel());
    const std::unique_ptr<grpc::ClientContext> context = NewContext();
    const auto reader = (stub.*method)(context.get(), request);
    Answer<std::vector<Response>> answer;
    for (Response message; reader->Read(&message);) answer.response.push_back(message);
    answer.status = reader->Finish();
    return answer;
  }

  // Sets the password with a code and signs in. The server must agree.
  void Activate(absl::string_view code);
  // The same person with another session, as on another computer.
  Person SignedInAgain() const;
  // The same person in the same session, on a connection of their own to the
  // process that runs now. The server must take it.
  Person WithOwnConnection() const;

  // The newest checkpoint of the log of their school, under the server's key.
  checkpoint::Checkpoint Head() const;

 private:
  template <class Stub, class Request, class Response>
  Answer<Response> CallIn(grpc::ClientContext& context,
                          grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                       Response*),
                          const Request& request) const {
    Stub stub(channel());
    Answer<Response> answer;
    answer.status = (stub.*method)(&context, request, &answer.response);
    return answer;
  }
};

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_PERSON_H_
