// The program wardbookd, run as a process of its own on the loopback with TLS, on
// keys and data of its own. For clients that know nothing but its port and its
// certificate.

#ifndef TESTS_E2E_RUNNING_SERVER_H_
#define TESTS_E2E_RUNNING_SERVER_H_

#include <sys/types.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "storage/checkpoint/signed_note.h"
#include "tests/testing/scratch_directory.h"

namespace wardbook::e2e {

// What `wardbookd add-school` is told.
struct NewSchool {
  std::string name;
  std::string short_name;
  std::string administrator_name;
  std::string administrator_user;
};

// What `wardbookd check` came to.
struct CheckedData {
  bool clean = false;
  // All that it printed.
  std::string output;
};

// Runs it on data that no server has open. INTERNAL: it did not end of itself; the message
// has what it printed.
absl::StatusOr<CheckedData> CheckData(const std::string& data_directory,
                                      const std::string& keys_directory);

// Whose clock the server reads.
enum class ServerClock {
  kOfTheMachine,
  kAdvanced,  // By AdvanceClock.
};

// Thread-compatible.
class RunningServer {
 public:
  // Makes keys, sets up the schools, and returns when the server listens.
  // INTERNAL: a program failed; the message has what it printed.
  static absl::StatusOr<std::unique_ptr<RunningServer>> Start(
      const std::vector<NewSchool>& schools, ServerClock clock = ServerClock::kOfTheMachine);
  // Kills the server if it still runs.
  ~RunningServer();

  // To the process that runs now.
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  // A channel that shares its connection with no other, and is connected; null when
  // the server does not take it.
  std::shared_ptr<grpc::Channel> NewConnection() const;
  // The code that add-school printed for the administrator of a school.
  const std::string& AdministratorCode(const std::string& short_name) const {
    return administrator_codes_.at(short_name);
  }
  const checkpoint::NoteVerifier& verifier() const { return *verifier_; }

  // kill -9.
  void Kill();
  // A new process, with a new channel to it, on what the last one left. UNAVAILABLE:
  // it has ended of itself, and told why. INTERNAL: it was ended by a signal, or is not
  // ready in time.
  absl::Status Restart() { return Run(); }
  // Begins to start and is killed so much later, ready or not.
  void KillWhileStarting(absl::Duration after);
  // As an operator stops it. UNAVAILABLE: it did not end with success. INTERNAL: it was
  // ended by a signal.
  absl::Status Stop();

  bool IsRunning() const;
  pid_t process() const { return process_; }
  int port() const { return port_; }
  // A library that the processes from now on load before all others.
  void Preload(std::string library) { preloaded_.push_back(std::move(library)); }
  // The processes from now on are as they are anywhere: also without Abseil's detection
  // of deadlocks, which the others keep.
  void PreloadNothing() { preloaded_.clear(); }
  // What they have in their environment besides this one's.
  void SetEnvironment(std::vector<std::string> variables) { environment_ = std::move(variables); }
  // From now on the server's clock is so much further ahead.
  void AdvanceClock(absl::Duration by);

  // Where the server keeps what it records.
  std::string data_directory() const { return home_.At("data"); }
  std::string keys_directory() const { return home_.At("keys"); }
  // All that the server has printed.
  std::string Log() const;

 private:
  explicit RunningServer(ServerClock clock);

  absl::Status SetUp(const std::vector<NewSchool>& schools);
  void Spawn();
  absl::Status Run();
  // Waits for the end of the process and gives its wait status.
  int Reap();

  const testing::ScratchDirectory home_;
  const ServerClock clock_;
  absl::Duration advanced_;
  std::map<std::string, std::string> administrator_codes_;
  std::unique_ptr<const checkpoint::NoteVerifier> verifier_;
  std::string certificate_;
  std::vector<std::string> preloaded_;
  std::vector<std::string> environment_;
  int port_ = 0;
  std::shared_ptr<grpc::Channel> channel_;
  // Zero when none runs.
  pid_t process_ = 0;
};

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_RUNNING_SERVER_H_
