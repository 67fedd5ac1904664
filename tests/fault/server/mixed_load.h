// Everybody at a school at once: people who report and decide, write notes, file
// and download evidence, look at lists and watch them, and export bundles, each on
// a connection of their own.

#ifndef TESTS_FAULT_SERVER_MIXED_LOAD_H_
#define TESTS_FAULT_SERVER_MIXED_LOAD_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "grpcpp/client_context.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/school.h"
#include "tests/fault/server/noted_calls.h"

namespace wardbook::e2e {

// What was done of that which is no mutation.
struct Readings {
  std::atomic<int> downloads = 0;
  std::atomic<int> bundles = 0;
  std::atomic<int> lists = 0;
  std::atomic<int> changes = 0;
};

// Thread-compatible.
class MixedLoad {
 public:
  // Connects all clients and begins. The school's server runs; the school outlives the
  // load. Each client pauses so long between two calls.
  MixedLoad(const School& school, uint64_t seed,
            std::chrono::milliseconds pause = std::chrono::milliseconds::zero())
      : MixedLoad(school, seed, pause, ReportCase(school)) {}
  // Only after End.
  ~MixedLoad();

  // From now on a call may fail, because the server is about to go.
  void ExpectTheServerToGo() { server_goes_ = true; }
  // Waits for the clients, who end with the call that they are at, and gives what
  // they have noted.
  NotedCalls End();

  const Readings& readings() const { return readings_; }

 private:
  MixedLoad(const School& school, uint64_t seed, std::chrono::milliseconds pause,
            const wardbook::v1::ReportIncidentResponse& reported);

  // What one client does: from one call to the next while GoesOn of its answer.
  void HandleCases(const Person& teacher, const Person& head, NotedCalls& noted);
  void WriteNotes(const Person& writer, NotedCalls& noted);
  void FileEvidence(const Person& teacher, NotedCalls& noted, std::mt19937_64 random);
  void Download(const Person& head);
  void ExportBundles(const Person& head);
  void LookAtLists(const Person& head, NotedCalls& noted);
  void Watch(const Person& head);

  // Whether the client makes another call; pauses before it.
  bool GoesOn(const grpc::Status& status) const;

  const School& school_;
  const std::chrono::milliseconds pause_;
  // All write to it, read it and export it.
  const std::string case_ref_;
  const uint64_t position_;
  // In it from the beginning.
  const std::string content_;
  std::string evidence_id_;
  const std::unique_ptr<grpc::ClientContext> watching_;
  std::atomic<bool> server_goes_ = false;
  std::atomic<bool> ends_ = false;
  Readings readings_;
  std::vector<std::unique_ptr<NotedCalls>> noted_;
  std::vector<std::thread> clients_;
};

}  // namespace wardbook::e2e

#endif  // TESTS_FAULT_SERVER_MIXED_LOAD_H_
