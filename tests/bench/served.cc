#include "tests/bench/served.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "storage/base/ids.h"
#include "storage/crypto/random.h"
#include "wardbook/v1/case_service.grpc.pb.h"

namespace wardbook::bench {
namespace {

constexpr absl::Duration kStartMax = absl::Minutes(5);
constexpr absl::Duration kQuestionInterval = absl::Milliseconds(2);
constexpr int kChannels = 4;
constexpr size_t kNoteBytes = 1024;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

pid_t Spawn(const ServerPlaces& places, const std::string& port_file) {
  const std::string output = places.work_directory + "/server.log";
  const pid_t process = fork();
  if (process != 0) return process;
  // Only calls that are safe between fork and exec from here on.
  const int log = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execl(places.program.c_str(), "wardbookd", "run", "--data", places.data_directory.c_str(),
        "--keys", places.keys_directory.c_str(), "--listen", "127.0.0.1:0", "--port-file",
        port_file.c_str(), nullptr);
  _exit(127);
}

std::vector<std::shared_ptr<grpc::Channel>> Connect(const std::string& address,
                                                    const std::string& ca) {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = ReadFile(ca);
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < kChannels; ++i) {
    grpc::ChannelArguments arguments;
    // Otherwise all channels to one address share one connection.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    channels.push_back(grpc::CreateCustomChannel(address, grpc::SslCredentials(tls), arguments));
  }
  return channels;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Served>> Served::Start(const ServerPlaces& places) {
  const std::string port_file = places.work_directory + "/port";
  unlink(port_file.c_str());
  const absl::Time start = absl::Now();
  const pid_t process = Spawn(places, port_file);
  if (process < 0) return absl::UnavailableError("cannot start the server");
  auto served = std::unique_ptr<Served>(new Served(places, process));
  while (absl::Now() < start + kStartMax) {
    const std::string port = ReadFile(port_file);
    if (!port.empty() && port.back() == '\n') {
      served->ready_after_ = absl::Now() - start;
      served->address_ = absl::StrCat("127.0.0.1:", port.substr(0, port.size() - 1));
      return served;
    }
    if (waitpid(process, nullptr, WNOHANG) == process) {
      served->process_ = 0;
      return absl::UnavailableError(
          absl::StrCat("the server has ended: ", ReadFile(places.work_directory + "/server.log")));
    }
    absl::SleepFor(kQuestionInterval);
  }
  return absl::UnavailableError("the server is not ready");
}

Served::~Served() { End(SIGKILL); }

void Served::Stop() { End(SIGTERM); }
void Served::Kill() { End(SIGKILL); }

void Served::End(int signal) {
  if (process_ == 0) return;
  kill(process_, signal);
  waitpid(process_, nullptr, 0);
  process_ = 0;
}

absl::StatusOr<Load> Served::AddNotes(const County& county, const std::vector<SignedInHead>& heads,
                                      int in_flight, absl::Duration duration) const {
  const auto channels = Connect(address_, places_.keys_directory + "/tls.crt");
  absl::Mutex mutex;
  Load load;
  std::string failure;
  std::vector<std::thread> writers;
  const absl::Time start = absl::Now();
  const absl::Time end = start + duration;
  for (int writer = 0; writer < in_flight; ++writer) {
    writers.emplace_back([&, writer] {
      const auto number = static_cast<size_t>(writer);
      const auto stub = v1::CaseService::NewStub(channels[number % channels.size()]);
      Latencies latencies;
      uint64_t failed = 0;
      for (size_t turn = 0; absl::Now() < end; ++turn) {
        const SignedInHead& head =
            heads[(number + turn * static_cast<size_t>(in_flight)) % heads.size()];
        grpc::ClientContext context;
        context.AddMetadata("authorization", "Bearer " + head.token);
        v1::AddNoteRequest request;
        request.set_request_id(UuidText(crypto::NewRequestId()));
        request.set_case_ref(county.OpenCase(head.school, number + turn));
        request.set_text(std::string(kNoteBytes, 'n'));
        v1::AddNoteResponse response;
        const absl::Time began = absl::Now();
        const grpc::Status status = stub->AddNote(&context, request, &response);
        latencies.Add(absl::Now() - began);
        if (status.ok()) continue;
        ++failed;
        absl::MutexLock lock(&mutex);
        failure = status.error_message();
      }
      absl::MutexLock lock(&mutex);
      load.latencies.Add(latencies);
      load.failed += failed;
    });
  }
  for (std::thread& writer : writers) writer.join();
  if (load.failed > 0) {
    return absl::InternalError(absl::StrCat(load.failed, " notes failed, such as: ", failure));
  }
  load.per_second =
      static_cast<double>(load.latencies.count()) / absl::ToDoubleSeconds(absl::Now() - start);
  return load;
}

absl::StatusOr<Load> Served::ReadInboxes(const std::vector<SignedInHead>& heads) const {
  const auto channels = Connect(address_, places_.keys_directory + "/tls.crt");
  const auto stub = v1::CaseService::NewStub(channels.front());
  Load load;
  const absl::Time start = absl::Now();
  for (const SignedInHead& head : heads) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + head.token);
    v1::ListInboxResponse response;
    const absl::Time began = absl::Now();
    const grpc::Status status = stub->ListInbox(&context, v1::ListInboxRequest(), &response);
    if (!status.ok()) return absl::InternalError(status.error_message());
    if (response.cases().empty()) return absl::InternalError("an inbox is empty");
    load.latencies.Add(absl::Now() - began);
  }
  load.per_second =
      static_cast<double>(load.latencies.count()) / absl::ToDoubleSeconds(absl::Now() - start);
  return load;
}

}  // namespace wardbook::bench
