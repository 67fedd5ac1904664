#include "clients/cli/unreachable.h"

#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/failure.h"

namespace wardbook::cli {
namespace {

// What was not carried out and what was is not known: the request id makes it
// safe to try again.
constexpr char kTryAgain[] = "try again; if you gave a --request-id, give the same one.";

struct Explanation {
  std::string what;
  std::string next_step;
};

// By the words that gRPC 1.51 and OpenSSL use; other words are still shown.
Explanation ExplanationOf(absl::string_view technical, absl::string_view server) {
  if (absl::StrContains(technical, "certificate verify failed") ||
      absl::StrContains(technical, "Peer name") || absl::StrContains(technical, "peer cert")) {
    return {absl::StrCat("What answers at ", server,
                         " cannot show that it is your school's server. Nothing was sent to it."),
            "Do not go on. Ask the technician for the certificate to sign in with (--ca), and "
            "whether the server's name is right."};
  }
  if (absl::StrContains(technical, "DNS resolution failed")) {
    return {absl::StrCat("The name of the server, ", server, ", is not known in this network."),
            absl::StrCat("Check the name and the network, then ", kTryAgain)};
  }
  if (absl::StrContains(technical, "Connection refused")) {
    return {absl::StrCat("No server answers at ", server, "."),
            absl::StrCat("Check the name and the port, or ask the technician whether the server "
                         "is running. Then ",
                         kTryAgain)};
  }
  return {
      absl::StrCat("The server at ", server, " cannot be reached."),
      absl::StrCat("Check the network, or ask the technician whether the server is running. Then ",
                   kTryAgain)};
}

}  // namespace

absl::Status Unreachable(const absl::Status& failure, absl::string_view server) {
  const Explanation explanation = ExplanationOf(failure.message(), server);
  absl::Status status(failure.code(), explanation.what);
  failure.ForEachPayload([&status](absl::string_view name, const absl::Cord& payload) {
    status.SetPayload(name, payload);
  });
  return WithTechnicalDetail(WithNextStep(std::move(status), explanation.next_step),
                             failure.message());
}

absl::Status CheckServerAddress(const std::string& server) {
  const size_t colon = server.rfind(':');
  uint32_t port = 0;
  if (colon == std::string::npos || colon == 0 ||
      !absl::SimpleAtoi(server.substr(colon + 1), &port) || port == 0 || port > UINT16_MAX) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", server, "\" is not HOST:PORT, such as wardbook.example:7443."));
  }
  return absl::OkStatus();
}

}  // namespace wardbook::cli
