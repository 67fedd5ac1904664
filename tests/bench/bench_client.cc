// Drives a bench server: durable appends through a real method beside a null
// method with messages of the same size, at growing numbers in flight; and what
// somebody waits for who asks for a case that is hidden from them, beside one that
// there never was.

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "null.grpc.pb.h"
#include "services/kernel/case_ref.h"
#include "storage/base/ids.h"
#include "storage/crypto/random.h"
#include "tests/bench/cpu_time.h"
#include "tests/bench/fail.h"
#include "tests/bench/latencies.h"
#include "tests/bench/load.h"
#include "tests/bench/row.h"
#include "tests/bench/sync_probe.h"
#include "tests/bench/uploads.h"
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/case_service.grpc.pb.h"
#include "wardbook/v1/incident_service.grpc.pb.h"

namespace wardbook::bench {
namespace {

constexpr int kInFlightMax = 256;
constexpr size_t kNoteBytes = 1024;
// As long as the note's other fields and the metadata of a signed-in call.
constexpr size_t kNullBytes = kNoteBytes + 56;
// Before and after what waits for them.
constexpr int kSyncs = 200;
// Of each kind.
constexpr int kQuestions = 2000;
// Large enough that the disk cannot keep it in a cache of its own.
constexpr uint64_t kUploadBytes = uint64_t{512} << 20;
constexpr uint64_t kUploadBytesQuick = uint64_t{128} << 20;
constexpr double kLongRowSeconds = 2;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string FirstLine(const std::string& path) {
  const std::string text = ReadFile(path);
  return text.substr(0, text.find('\n'));
}

void Check(const grpc::Status& status, const char* what) {
  if (!status.ok()) Fail(absl::StrCat(what, ": ", status.error_message()));
}

template <class Request, class Response>
struct CallState {
  grpc::ClientContext context;
  Request request;
  Response response;
};

class Client {
 public:
  Client(const std::string& server, const std::shared_ptr<grpc::ChannelCredentials>& credentials,
         int channels) {
    for (int i = 0; i < channels; ++i) {
      grpc::ChannelArguments arguments;
      // Otherwise all channels to one address share one connection.
      arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
      auto channel = grpc::CreateCustomChannel(server, credentials, arguments);
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

  const std::shared_ptr<grpc::Channel>& channel() const { return first_; }
  const std::string& authorization() const { return token_; }
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

// In turns, each first as often, so that whatever else the machine does meets both alike.
void AskForHiddenCases(const Client& reporter, Client& stranger, Rows& rows) {
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
  for (auto& [what, latencies] :
       {std::pair<const char*, Latencies*>{"told of no such case: somebody else's", &hidden},
        {"told of no such case: never was", &unknown}}) {
    rows.Add({.name = what,
              .figure = absl::ToDoubleMicroseconds(latencies->At(0.5)),
              .unit = "us, p50",
              .goal = std::nullopt,
              .beside = latencies->Text()});
  }
}

struct Costed {
  Measured measured;
  // What a call cost the server, on all processors.
  double cpu_us = 0;
};

struct Pair {
  Costed note;
  Costed null;
};

class Driver {
 public:
  Driver(Client& client, int server_process, absl::Duration duration)
      : client_(client), server_process_(server_process), duration_(duration) {}

  Costed Notes(int in_flight) {
    return Drive(in_flight, [this](int worker, std::function<void(grpc::Status)> done) {
      client_.AddNote(worker, std::move(done));
    });
  }

  Pair Both(int in_flight) {
    Pair pair;
    pair.note = Notes(in_flight);
    pair.null = Drive(in_flight, [this](int worker, std::function<void(grpc::Status)> done) {
      client_.Null(worker, std::move(done));
    });
    return pair;
  }

 private:
  Costed Drive(int in_flight, const StartCall& start_call) {
    const absl::Duration before = CpuTimeOf(server_process_);
    Costed costed;
    costed.measured = bench::Drive(in_flight, duration_, start_call);
    costed.cpu_us = absl::ToDoubleMicroseconds(CpuTimeOf(server_process_) - before) /
                    static_cast<double>(costed.measured.latencies.count());
    return costed;
  }

  Client& client_;
  const int server_process_;
  const absl::Duration duration_;
};

std::string Text(Costed& costed) {
  return absl::StrFormat("%.0f/s, %.0f us of CPU, %s", costed.measured.per_second, costed.cpu_us,
                         costed.measured.latencies.Text());
}

// One event at a time, so that what is above the floor is the wait for the disk.
void MeasureOneClient(Driver& driver, const std::string& transport, const std::string& folder,
                      Rows& rows) {
  Latencies syncs = SyncLatencies(folder, kSyncs);
  Pair pair = driver.Both(1);
  syncs.Add(SyncLatencies(folder, kSyncs));
  rows.Add({.name = absl::StrCat("AddNote, ", transport, ", one client: above null"),
            .figure = absl::FDivDuration(
                pair.note.measured.latencies.At(0.5) - pair.null.measured.latencies.At(0.5),
                syncs.At(0.5)),
            .unit = "fdatasyncs, p50",
            .goal = AtMost(1.3),
            .beside = absl::StrCat(Text(pair.note), "; null ", Text(pair.null),
                                   "; fdatasync of 4 KiB ", syncs.Text())});
}

void MeasureInFlight(Driver& driver, const std::string& transport, int in_flight,
                     std::optional<Goal> goal, Rows& rows) {
  Pair pair = driver.Both(in_flight);
  rows.Add({.name = absl::StrCat("AddNote, ", transport, ", ", in_flight, " in flight"),
            .figure = pair.note.measured.per_second / pair.null.measured.per_second,
            .unit = "of null calls/s",
            .goal = goal,
            .beside = absl::StrCat(Text(pair.note), "; null ", Text(pair.null))});
  rows.Add({.name = absl::StrCat("AddNote, ", transport, ", ", in_flight, " in flight"),
            .figure = pair.note.measured.per_second,
            .unit = "notes/s",
            .goal = std::nullopt,
            .beside = absl::StrFormat("%.0f us of the server's CPU a note, %.0f us a null call",
                                      pair.note.cpu_us, pair.null.cpu_us)});
}

int Main(int argc, char** argv) {
  CLI::App app("Measures durable appends beside a null method.");
  std::string server, plain_server, ca, school, user, password_file, stranger_user;
  std::string stranger_password_file, folder, rows_file;
  double seconds = 5;
  int channels = 4;
  int server_process = 0;
  int only_notes = 0;
  int only_uploads = 0;
  app.add_option("--server", server)->required();
  app.add_option("--plain-server", plain_server, "the same server without TLS")->required();
  app.add_option("--server-process", server_process, "its id")->required();
  app.add_option("--ca", ca)->required();
  app.add_option("--school", school)->required();
  app.add_option("--user", user)->required();
  app.add_option("--password-file", password_file)->required();
  app.add_option("--stranger", stranger_user, "somebody who sees no case of the user")->required();
  app.add_option("--stranger-password-file", stranger_password_file)->required();
  app.add_option("--folder", folder, "on the disk where the server keeps its data")->required();
  app.add_option("--rows", rows_file, "where rows are appended")->required();
  app.add_option("--seconds", seconds, "how long each row runs");
  app.add_option("--only-notes", only_notes, "for a profiler: so many in flight, and no row");
  app.add_option("--only-uploads", only_uploads, "for a profiler: so many, and no other row");
  app.add_option("--channels", channels, "how many connections share the load");
  CLI11_PARSE(app, argc, argv);

  Rows rows(rows_file);
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = ReadFile(ca);
  const auto credentials = grpc::SslCredentials(tls);
  const absl::Duration duration = absl::Seconds(seconds);

  Client over_tls(server, credentials, channels);
  over_tls.SignIn(school, user, FirstLine(password_file));
  over_tls.OpenCases(kInFlightMax);
  Client plain(plain_server, grpc::InsecureChannelCredentials(), channels);
  plain.SignIn(school, user, FirstLine(password_file));
  plain.OpenCases(kInFlightMax);

  Driver tls_driver(over_tls, server_process, duration);
  if (only_notes > 0) {
    Costed notes = tls_driver.Notes(only_notes);
    std::puts(Text(notes).c_str());
    return 0;
  }
  const UploadLoad upload{.channel = over_tls.channel(),
                          .authorization = over_tls.authorization(),
                          .case_ref = over_tls.Case(0),
                          .folder = folder,
                          .server_process = server_process,
                          .bytes = seconds < kLongRowSeconds ? kUploadBytesQuick : kUploadBytes};
  for (int i = 0; i < only_uploads; ++i) MeasureUpload(upload, rows);
  if (only_uploads > 0) return 0;
  Driver plain_driver(plain, server_process, duration);
  MeasureOneClient(tls_driver, "TLS", folder, rows);
  for (auto& [transport, driver] :
       {std::pair<const char*, Driver*>{"TLS", &tls_driver}, {"no TLS", &plain_driver}}) {
    MeasureInFlight(*driver, transport, 16, std::nullopt, rows);
    MeasureInFlight(*driver, transport, 64, AtLeast(0.8), rows);
    MeasureInFlight(*driver, transport, kInFlightMax, AtLeast(0.8), rows);
  }
  MeasureUpload(upload, rows);
  Client stranger(server, credentials, /*channels=*/1);
  stranger.SignIn(school, stranger_user, FirstLine(stranger_password_file));
  AskForHiddenCases(over_tls, stranger, rows);
  return 0;
}

}  // namespace
}  // namespace wardbook::bench

int main(int argc, char** argv) { return wardbook::bench::Main(argc, argv); }
