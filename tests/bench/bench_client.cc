// Drives a bench server: durable appends through a real method beside a null
// method with messages of the same size, at growing numbers in flight; and what
// somebody waits for who asks for a case that is hidden from them, beside one that
// there never was.

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "null.grpc.pb.h"
#include "services/kernel/case_ref.h"
#include "storage/base/ids.h"
#include "storage/crypto/random.h"
#include "tests/bench/latencies.h"
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/case_service.grpc.pb.h"
#include "wardbook/v1/incident_service.grpc.pb.h"

namespace wardbook::bench {
namespace {

constexpr int kInFlight[] = {1, 16, 64, 256};
constexpr int kInFlightMax = 256;
constexpr size_t kNoteBytes = 1024;
// As long as the note's other fields and the metadata of a signed-in call.
constexpr size_t kNullBytes = kNoteBytes + 56;
constexpr int kSyncs = 200;
// Of each kind.
constexpr int kQuestions = 2000;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string FirstLine(const std::string& path) {
  const std::string text = ReadFile(path);
  return text.substr(0, text.find('\n'));
}

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "bench_client: %s\n", what.c_str());
  std::exit(1);
}

void Check(const grpc::Status& status, const char* what) {
  if (!status.ok()) Fail(absl::StrCat(what, ": ", status.error_message()));
}

// The disk's own share of a commit: append a block, sync it.
Latencies SyncLatencies(const std::string& directory) {
  const std::string path = directory + "/fdatasync.probe";
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) Fail("cannot write to the data directory");
  const std::string block(4096, 'x');
  Latencies latencies;
  for (int i = 0; i < kSyncs; ++i) {
    const absl::Time start = absl::Now();
    if (write(file, block.data(), block.size()) < 0 || fdatasync(file) != 0) Fail("cannot sync");
    latencies.Add(absl::Now() - start);
  }
  close(file);
  unlink(path.c_str());
  return latencies;
}

struct Measured {
  double per_second = 0;
  Latencies latencies;
};

// Starts one call; calls back with its status.
using StartCall = std::function<void(int worker, std::function<void(grpc::Status)>)>;

// Keeps `in_flight` calls under way for `duration`.
Measured Drive(int in_flight, absl::Duration duration, const StartCall& start_call) {
  struct Run {
    absl::Mutex mutex;
    Latencies latencies ABSL_GUARDED_BY(mutex);
    std::atomic<int> running{0};
    absl::Notification all_ended;
    absl::Time end;
  } run;
  const absl::Time start = absl::Now();
  run.end = start + duration;
  run.running = in_flight;
  std::function<void(int)> next = [&](int worker) {
    const absl::Time began = absl::Now();
    start_call(worker, [&, worker, began](const grpc::Status& status) {
      Check(status, "a call failed");
      const absl::Time now = absl::Now();
      {
        absl::MutexLock lock(&run.mutex);
        run.latencies.Add(now - began);
      }
      if (now < run.end) {
        next(worker);
      } else if (--run.running == 0) {
        run.all_ended.Notify();
      }
    });
  };
  for (int worker = 0; worker < in_flight; ++worker) next(worker);
  run.all_ended.WaitForNotification();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  absl::MutexLock lock(&run.mutex);
  return {static_cast<double>(run.latencies.count()) / seconds, std::move(run.latencies)};
}

template <class Request, class Response>
struct CallState {
  grpc::ClientContext context;
  Request request;
  Response response;
};

class Client {
 public:
  Client(const std::string& server, const std::string& ca, int channels) {
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = ReadFile(ca);
    for (int i = 0; i < channels; ++i) {
      grpc::ChannelArguments arguments;
      // Otherwise all channels to one address share one connection.
      arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
      auto channel = grpc::CreateCustomChannel(server, grpc::SslCredentials(tls), arguments);
      cases_.push_back(v1::CaseService::NewStub(channel));
      nulls_.push_back(bench::NullService::NewStub(channel));
      if (i == 0) first_ = channel;
    }
  }

  void SignIn(const std::string& school, const std::string& user, const std::string& password) {
    auto stub = v1::AccessService::NewStub(first_);
    grpc::ClientContext context;
    v1::SignInRequest request;
    request.set_school(school);
    request.set_user_name(user);
    request.set_password(password);
    v1::SignInResponse response;
    Check(stub->SignIn(&context, request, &response), "signing in");
    token_ = "Bearer " + response.token();
  }

  void OpenCases(int count) {
    auto stub = v1::IncidentService::NewStub(first_);
    for (int i = 0; i < count; ++i) {
      grpc::ClientContext context;
      context.AddMetadata("authorization", token_);
      v1::ReportIncidentRequest request;
      request.set_request_id(UuidText(crypto::NewRequestId()));
      request.set_kind(events::v1::INCIDENT_KIND_CYBER_BULLYING);
      request.set_what_happened("A message, made up for the bench.");
      request.mutable_happened_at()->set_date("2026-05-14");
      request.mutable_happened_at()->set_time("20:40");
      request.set_wishes_not_given(true);
      request.set_indecent_image_answer(events::v1::INDECENT_IMAGE_ANSWER_NO);
      v1::ReportIncidentResponse response;
      Check(stub->ReportIncident(&context, request, &response), "reporting");
      refs_.push_back(response.case_ref());
    }
  }

  const std::string& Case(int number) const { return refs_[static_cast<size_t>(number)]; }

  // How long it takes to be told that there is no such case.
  absl::Duration AskInVain(const std::string& case_ref) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", token_);
    v1::GetCaseRequest request;
    request.set_case_ref(case_ref);
    v1::GetCaseResponse response;
    const absl::Time began = absl::Now();
    const grpc::Status status = cases_.front()->GetCase(&context, request, &response);
    const absl::Duration duration = absl::Now() - began;
    if (status.error_code() != grpc::StatusCode::NOT_FOUND) Fail("a hidden case was found");
    return duration;
  }

  void AddNote(int worker, std::function<void(grpc::Status)> done) {
    auto call = std::make_shared<CallState<v1::AddNoteRequest, v1::AddNoteResponse>>();
    call->context.AddMetadata("authorization", token_);
    call->request.set_request_id(UuidText(crypto::NewRequestId()));
    call->request.set_case_ref(refs_[static_cast<size_t>(worker)]);
    call->request.set_text(std::string(kNoteBytes, 'n'));
    cases_[static_cast<size_t>(worker) % cases_.size()]->async()->AddNote(
        &call->context, &call->request, &call->response,
        [call, done = std::move(done)](const grpc::Status& status) { done(status); });
  }

  void Null(int worker, std::function<void(grpc::Status)> done) {
    auto call = std::make_shared<CallState<NullRequest, NullResponse>>();
    call->context.AddMetadata("authorization", token_);
    call->request.set_data(std::string(kNullBytes, 'n'));
    nulls_[static_cast<size_t>(worker) % nulls_.size()]->async()->Null(
        &call->context, &call->request, &call->response,
        [call, done = std::move(done)](const grpc::Status& status) { done(status); });
  }

 private:
  std::shared_ptr<grpc::Channel> first_;
  std::vector<std::unique_ptr<v1::CaseService::Stub>> cases_;
  std::vector<std::unique_ptr<bench::NullService::Stub>> nulls_;
  std::string token_;
  std::vector<std::string> refs_;
};

double Micros(absl::Duration duration) { return absl::ToDoubleMicroseconds(duration); }

// In turns, each first as often, so that whatever else the machine does meets both alike.
void AskForHiddenCases(const Client& reporter, Client& stranger) {
  Latencies hidden;
  Latencies unknown;
  for (int i = -kInFlightMax; i < kQuestions; ++i) {
    uint64_t bits = 0;
    crypto::FillRandom(&bits, sizeof(bits));
    const std::string never = kernel::CaseRef::FromBits(bits).text();
    const std::string& hidden_ref = reporter.Case((i + kInFlightMax) % kInFlightMax);
    absl::Duration of_hidden;
    absl::Duration of_unknown;
    if (i % 2 == 0) {
      of_hidden = stranger.AskInVain(hidden_ref);
      of_unknown = stranger.AskInVain(never);
    } else {
      of_unknown = stranger.AskInVain(never);
      of_hidden = stranger.AskInVain(hidden_ref);
    }
    // Who asks for a case first since the server was started waits for the log.
    if (i < 0) continue;
    hidden.Add(of_hidden);
    unknown.Add(of_unknown);
  }
  std::printf("\n%-32s %9s %9s %9s\n", "told that there is no such case", "p50 us", "p90 us",
              "p99 us");
  for (auto& [what, latencies] :
       {std::pair<const char*, Latencies*>{"a case of somebody else", &hidden},
        {"no case", &unknown}}) {
    std::printf("%-32s %9.0f %9.0f %9.0f\n", what, Micros(latencies->At(0.5)),
                Micros(latencies->At(0.9)), Micros(latencies->At(0.99)));
  }
}

int Main(int argc, char** argv) {
  CLI::App app("Measures durable appends beside a null method.");
  std::string server, ca, school, user, password_file, stranger_user, stranger_password_file, data;
  double seconds = 5;
  int channels = 4;
  app.add_option("--server", server)->required();
  app.add_option("--ca", ca)->required();
  app.add_option("--school", school)->required();
  app.add_option("--user", user)->required();
  app.add_option("--password-file", password_file)->required();
  app.add_option("--stranger", stranger_user, "somebody who sees no case of the user")->required();
  app.add_option("--stranger-password-file", stranger_password_file)->required();
  app.add_option("--data", data, "where the server keeps its data")->required();
  app.add_option("--seconds", seconds, "how long each row runs");
  app.add_option("--channels", channels, "how many connections share the load");
  CLI11_PARSE(app, argc, argv);

  Latencies syncs = SyncLatencies(data);
  std::printf("fdatasync of 4 KiB on this disk: p50 %.0f us, p99 %.0f us\n\n",
              Micros(syncs.At(0.5)), Micros(syncs.At(0.99)));
  Client client(server, ca, channels);
  client.SignIn(school, user, FirstLine(password_file));
  client.OpenCases(kInFlightMax);

  std::printf("%9s %14s %9s %9s %14s %9s %9s %7s\n", "in flight", "AddNote/s", "p50 us", "p99 us",
              "null calls/s", "p50 us", "p99 us", "ratio");
  const absl::Duration duration = absl::Seconds(seconds);
  for (int in_flight : kInFlight) {
    Measured note =
        Drive(in_flight, duration, [&](int worker, std::function<void(grpc::Status)> d) {
          client.AddNote(worker, std::move(d));
        });
    Measured null =
        Drive(in_flight, duration, [&](int worker, std::function<void(grpc::Status)> d) {
          client.Null(worker, std::move(d));
        });
    std::printf("%9d %14.0f %9.0f %9.0f %14.0f %9.0f %9.0f %7.2f\n", in_flight, note.per_second,
                Micros(note.latencies.At(0.5)), Micros(note.latencies.At(0.99)), null.per_second,
                Micros(null.latencies.At(0.5)), Micros(null.latencies.At(0.99)),
                note.per_second / null.per_second);
    std::fflush(stdout);
  }
  Client stranger(server, ca, /*channels=*/1);
  stranger.SignIn(school, stranger_user, FirstLine(stranger_password_file));
  AskForHiddenCases(client, stranger);
  return 0;
}

}  // namespace
}  // namespace wardbook::bench

int main(int argc, char** argv) { return wardbook::bench::Main(argc, argv); }
