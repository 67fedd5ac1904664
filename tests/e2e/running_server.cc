#include "tests/e2e/running_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"

namespace wardbook::e2e {
namespace {

// A start takes a fraction of a second; a machine under load takes longer.
constexpr absl::Duration kStartMax = absl::Seconds(30);
constexpr absl::Duration kStartPoll = absl::Milliseconds(5);
// As soon as a client on the same machine may try again.
constexpr int kReconnectMs = 20;
// A bundle and a timeline are larger than gRPC's default.
constexpr int kMessageBytesMax = 64 << 20;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Starts wardbookd with its output appended to a file. It dies with the thread
// that started it, so that a test that crashes leaves nothing behind.
pid_t SpawnProgram(std::vector<std::string> arguments,
                   const std::vector<std::string>& more_environment,
                   const std::string& output_path) {
  arguments.insert(arguments.begin(), WARDBOOKD);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::vector<std::string> environment = more_environment;
  std::vector<char*> envp;
  for (std::string& variable : environment) envp.push_back(variable.data());
  for (char** variable = environ; *variable != nullptr; ++variable) envp.push_back(*variable);
  envp.push_back(nullptr);
  const int output =
      open(output_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  WARDBOOK_ASSERT(output >= 0);
  const pid_t process = fork();
  WARDBOOK_ASSERT(process >= 0);
  if (process == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    execve(argv[0], argv.data(), envp.data());
    _exit(EXIT_FAILURE);
  }
  close(output);
  return process;
}

struct Ended {
  int wait_status = 0;
  std::string output;

  bool HasSucceeded() const { return WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0; }
};

// Runs wardbookd to its end, whatever that is.
Ended RunToAnyEnd(std::vector<std::string> arguments, const std::string& output_path) {
  Ended ended;
  const pid_t process = SpawnProgram(std::move(arguments), {}, output_path);
  waitpid(process, &ended.wait_status, 0);
  ended.output = ReadFile(output_path);
  unlink(output_path.c_str());
  return ended;
}

// Runs wardbookd to its end and gives what it printed.
absl::StatusOr<std::string> RunToEnd(std::vector<std::string> arguments,
                                     const std::string& output_path) {
  Ended ended = RunToAnyEnd(std::move(arguments), output_path);
  if (!ended.HasSucceeded()) return absl::InternalError(ended.output);
  return std::move(ended.output);
}

// The second word of the line that begins with "code".
absl::StatusOr<std::string> CodeIn(absl::string_view output) {
  for (absl::string_view line : absl::StrSplit(output, '\n')) {
    const std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
    if (words.size() == 2 && words[0] == "code") return words[1];
  }
  return absl::InternalError("add-school printed no code");
}

}  // namespace

absl::StatusOr<CheckedData> CheckData(const std::string& data_directory,
                                      const std::string& keys_directory) {
  const testing::ScratchDirectory home;
  Ended ended =
      RunToAnyEnd({"check", "--data", data_directory, "--keys", keys_directory}, home.At("output"));
  if (!WIFEXITED(ended.wait_status)) return absl::InternalError(ended.output);
  return CheckedData{ended.HasSucceeded(), std::move(ended.output)};
}

absl::StatusOr<std::unique_ptr<RunningServer>> RunningServer::Start(
    const std::vector<NewSchool>& schools, ServerClock clock) {
  std::unique_ptr<RunningServer> server(new RunningServer(clock));
  WARDBOOK_RETURN_IF_ERROR(server->SetUp(schools));
  WARDBOOK_RETURN_IF_ERROR(server->Run());
  return server;
}

RunningServer::RunningServer(ServerClock clock) : clock_(clock) {
  Preload(WARDBOOK_KEPT_DEADLOCK_DETECTION);
  if (clock == ServerClock::kAdvanced) Preload(WARDBOOK_ADVANCED_CLOCK);
}

RunningServer::~RunningServer() {
  if (process_ != 0) Kill();
}

std::shared_ptr<grpc::Channel> RunningServer::NewConnection() const {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = certificate_;
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMs);
  std::shared_ptr<grpc::Channel> channel = grpc::CreateCustomChannel(
      absl::StrCat("127.0.0.1:", port_), grpc::SslCredentials(tls), arguments);
  // gRPC 1.51 asks for the errno of connect() after calls that may overwrite it, takes the
  // connection for one that failed, and tries again. No call begins before it is there.
  const bool is_connected = channel->WaitForConnected(absl::ToChronoTime(absl::Now() + kStartMax));
  return is_connected ? channel : nullptr;
}

void RunningServer::Kill() {
  kill(process_, SIGKILL);
  Reap();
}

void RunningServer::KillWhileStarting(absl::Duration after) {
  Spawn();
  absl::SleepFor(after);
  Kill();
}

absl::Status RunningServer::Stop() {
  // A client that is connected and does nothing would be waited for.
  channel_.reset();
  kill(process_, SIGTERM);
  const int status = Reap();
  if (WIFSIGNALED(status)) {
    return absl::InternalError(absl::StrCat("the server was ended by signal ", WTERMSIG(status)));
  }
  if (WEXITSTATUS(status) == 0) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("the server ended with ", WEXITSTATUS(status)));
}

bool RunningServer::IsRunning() const {
  // Without taking from Reap what it waits for.
  siginfo_t end{};
  return waitid(P_PID, static_cast<id_t>(process_), &end, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         end.si_pid == 0;
}

void RunningServer::AdvanceClock(absl::Duration by) {
  WARDBOOK_ASSERT(clock_ == ServerClock::kAdvanced);
  advanced_ += by;
  const int64_t seconds = absl::ToInt64Seconds(advanced_);
  const int file = open(home_.At("clock").c_str(), O_WRONLY | O_CLOEXEC);
  WARDBOOK_ASSERT(pwrite(file, &seconds, sizeof(seconds), 0) == sizeof(seconds));
  close(file);
}

std::string RunningServer::Log() const { return ReadFile(home_.At("server.log")); }

absl::Status RunningServer::SetUp(const std::vector<NewSchool>& schools) {
  const std::string output = home_.At("output");
  WARDBOOK_RETURN_IF_ERROR(
      RunToEnd({"init", "--keys", keys_directory(), "--name", "e2e.wardbook.example"}, output)
          .status());
  for (const NewSchool& school : schools) {
    WARDBOOK_ASSIGN_OR_RETURN(
        const std::string printed,
        RunToEnd({"add-school", "--data", data_directory(), "--keys", keys_directory(), "--name",
                  school.name, "--short-name", school.short_name, "--administrator",
                  school.administrator_name, "--user", school.administrator_user},
                 output));
    WARDBOOK_ASSIGN_OR_RETURN(administrator_codes_[school.short_name], CodeIn(printed));
  }
  const std::string verifier_key = ReadFile(home_.At("keys/verifier.key"));
  WARDBOOK_ASSIGN_OR_RETURN(
      checkpoint::NoteVerifier verifier,
      checkpoint::NoteVerifier::Parse(absl::StripAsciiWhitespace(verifier_key)));
  verifier_ = std::make_unique<const checkpoint::NoteVerifier>(std::move(verifier));
  certificate_ = ReadFile(home_.At("keys/tls.crt"));
  std::ofstream(home_.At("clock"), std::ios::binary) << std::string(sizeof(int64_t), '\0');
  return absl::OkStatus();
}

void RunningServer::Spawn() {
  unlink(home_.At("port").c_str());
  std::vector<std::string> environment = environment_;
  environment.push_back(absl::StrCat("LD_PRELOAD=", absl::StrJoin(preloaded_, ":")));
  if (clock_ == ServerClock::kAdvanced) {
    environment.push_back(absl::StrCat("WARDBOOK_TEST_CLOCK=", home_.At("clock")));
  }
  process_ = SpawnProgram({"run", "--data", data_directory(), "--keys", home_.At("keys"),
                           "--listen", "127.0.0.1:0", "--port-file", home_.At("port")},
                          environment, home_.At("server.log"));
}

absl::Status RunningServer::Run() {
  Spawn();
  const absl::Time deadline = absl::Now() + kStartMax;
  // The port is there when its whole line is.
  for (std::string line; line.empty() || line.back() != '\n' || !absl::SimpleAtoi(line, &port_);
       line = ReadFile(home_.At("port"))) {
    int status = 0;
    if (waitpid(process_, &status, WNOHANG) == process_) {
      process_ = 0;
      const std::string why = absl::StrCat("the server did not start:\n", Log());
      return WIFEXITED(status) ? absl::UnavailableError(why) : absl::InternalError(why);
    }
    if (absl::Now() > deadline) return absl::InternalError("the server is not ready in time");
    absl::SleepFor(kStartPoll);
  }
  channel_ = NewConnection();
  if (channel_ == nullptr) return absl::InternalError("the server takes no connection");
  return absl::OkStatus();
}

int RunningServer::Reap() {
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = 0;
  return status;
}

}  // namespace wardbook::e2e
