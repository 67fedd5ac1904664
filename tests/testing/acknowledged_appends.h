// The appends of some writers that were acknowledged, and whether a log that was
// opened after a crash keeps them.
//
// Each writer numbers its requests from 0 and sends them one after the other, to
// a stream of its own, so that a request, its content and its id follow from
// writer and number alone.

#ifndef TESTS_TESTING_ACKNOWLEDGED_APPENDS_H_
#define TESTS_TESTING_ACKNOWLEDGED_APPENDS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"

namespace wardbook::testing {

// A request of a writer.
struct WriterRequest {
  uint32_t writer = 0;
  uint64_t number = 0;

  friend auto operator<=>(const WriterRequest&, const WriterRequest&) = default;
};

// What a writer was told.
struct Acknowledgement {
  WriterRequest request;
  uint64_t first_position = 0;
  uint64_t first_revision = 0;
  Hash first_leaf;
};

SchoolId SchoolOfWriter(uint32_t writer);
std::string StreamOfWriter(uint32_t writer);
// Of one to three events.
storage::AppendRequest AppendOfWriter(const WriterRequest& request);

// An acknowledgement as a line of text, and back. Nothing when it is not one.
std::string FormatAcknowledgement(const Acknowledgement& acknowledgement);
std::optional<Acknowledgement> ParseAcknowledgement(absl::string_view line);

// Thread-compatible.
class AcknowledgedAppends {
 public:
  void Add(const Acknowledgement& acknowledgement);
  uint64_t count() const { return acknowledged_.size(); }

  // Whether every acknowledged request is in the log, at the place acknowledged,
  // whole, once, and in its writer's order; reads the records that were not
  // checked yet. DATA_LOSS: it is not; the message says which.
  absl::Status CheckKept(const storage::EventLog& log);

  // Sends each writer's last acknowledged request again, and the one after it,
  // which may or may not have been recorded. Both must be answered with the
  // places where they stand, and these must not have moved. What is recorded by
  // it counts as acknowledged. DATA_LOSS as above.
  absl::Status RetryLast(storage::EventLog& log);

  // The number that the writer's next request has.
  uint64_t NextNumber(uint32_t writer) const;

 private:
  struct Recorded {
    uint64_t first_position = 0;
    uint64_t first_revision = 0;
    uint64_t events = 0;
  };

  absl::Status ReadOn(const storage::EventLog& log, const SchoolId& school);
  absl::Status Retry(storage::EventLog& log, const WriterRequest& request);

  std::map<WriterRequest, Acknowledgement> acknowledged_;
  // What was read in the log.
  std::map<WriterRequest, Recorded> recorded_;
  std::map<SchoolId, uint64_t> read_;
};

}  // namespace wardbook::testing

#endif  // TESTS_TESTING_ACKNOWLEDGED_APPENDS_H_
