#include "storage/event_log.h"

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"

namespace wardbook::storage {
namespace {

// What EncodeRecord adds to a sealed event at most: position and revision, each
// a tag and a varint.
constexpr size_t kPlaceBytesMax = 22;

absl::Status CheckEvent(const AppendRequest& request, size_t index) {
  const record::SealedEvent& event = request.events[index];
  if (event.tail.empty() || event.tail.size() + kPlaceBytesMax > kRecordBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("event ", index, " has ", event.tail.size(), " bytes"));
  }
  // A record of another school, stream or request could be stored but never be
  // explained afterwards, so the sealed header has to say the same.
  const std::string bytes = record::EncodeRecord(0, 1, event);
  const absl::StatusOr<record::RecordView> parsed = record::ParseRecord(bytes);
  if (!parsed.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("event ", index, " is no sealed event: ", parsed.status().message()));
  }
  const record::Header& header = parsed->header;
  if (event.stream != request.stream || header.stream != request.stream ||
      header.school != request.school || header.request_id != request.request_id) {
    return absl::InvalidArgumentError(
        absl::StrCat("event ", index, " is of another school, stream or request"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckAppendRequest(const AppendRequest& request) {
  if (request.events.empty() || request.events.size() > kEventsPerAppendMax) {
    return absl::InvalidArgumentError(absl::StrCat("an append has 1 to ", kEventsPerAppendMax,
                                                   " events, not ", request.events.size()));
  }
  size_t bytes = 0;
  for (const record::SealedEvent& event : request.events) bytes += event.tail.size();
  if (bytes > kAppendBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("an append has at most ", kAppendBytesMax, " bytes, not ", bytes));
  }
  for (size_t i = 0; i < request.events.size(); ++i) {
    WARDBOOK_RETURN_IF_ERROR(CheckEvent(request, i));
  }
  return absl::OkStatus();
}

}  // namespace wardbook::storage
