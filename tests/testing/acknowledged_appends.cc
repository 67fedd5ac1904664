#include "tests/testing/acknowledged_appends.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "storage/base/big_endian.h"
#include "storage/base/status_macros.h"
#include "storage/merkle/rfc6962.h"
#include "storage/record/record.h"
#include "tests/testing/appends.h"

namespace wardbook::testing {
namespace {

constexpr uint32_t kSchools = 3;
constexpr size_t kRecordsAtOnce = 1000;

RequestId RequestIdOf(const WriterRequest& request) {
  std::string bytes;
  AppendBigEndian64(&bytes, request.writer);
  AppendBigEndian64(&bytes, request.number);
  return *RequestId::FromBytes(bytes);
}

WriterRequest RequestOf(const RequestId& id) {
  return {static_cast<uint32_t>(ReadBigEndian64(id.view())), ReadBigEndian64(id.view().substr(8))};
}

std::string Name(const WriterRequest& request) {
  return absl::StrCat("request ", request.number, " of writer ", request.writer);
}

uint64_t EventsOf(const WriterRequest& request) {
  return 1 + (request.writer + request.number) % 3;
}

absl::Status Broken(const WriterRequest& request, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(Name(request), " ", what));
}

}  // namespace

SchoolId SchoolOfWriter(uint32_t writer) { return IdOf<SchoolId>(1 + writer % kSchools); }

std::string StreamOfWriter(uint32_t writer) { return absl::StrCat("case-", writer); }

storage::AppendRequest AppendOfWriter(const WriterRequest& request) {
  AppendSpec spec;
  spec.school = SchoolOfWriter(request.writer);
  spec.stream = StreamOfWriter(request.writer);
  spec.request_id = RequestIdOf(request);
  spec.texts.clear();
  for (uint64_t i = 0; i < EventsOf(request); ++i) {
    // Of different lengths, across blocks and pages.
    spec.texts.push_back(
        absl::StrCat(Name(request), std::string((request.number * 37 + i * 501) % 2000, '.')));
  }
  return MakeAppend(spec);
}

std::string FormatAcknowledgement(const Acknowledgement& acknowledgement) {
  return absl::StrCat(acknowledgement.request.writer, " ", acknowledgement.request.number, " ",
                      acknowledgement.first_position, " ", acknowledgement.first_revision, " ",
                      acknowledgement.first_leaf.Hex());
}

std::optional<Acknowledgement> ParseAcknowledgement(absl::string_view line) {
  const std::vector<absl::string_view> fields = absl::StrSplit(line, ' ');
  Acknowledgement acknowledgement;
  if (fields.size() != 5 || !absl::SimpleAtoi(fields[0], &acknowledgement.request.writer) ||
      !absl::SimpleAtoi(fields[1], &acknowledgement.request.number) ||
      !absl::SimpleAtoi(fields[2], &acknowledgement.first_position) ||
      !absl::SimpleAtoi(fields[3], &acknowledgement.first_revision)) {
    return std::nullopt;
  }
  const std::optional<Hash> leaf = Hash::FromHex(fields[4]);
  if (!leaf.has_value()) return std::nullopt;
  acknowledgement.first_leaf = *leaf;
  return acknowledgement;
}

void AcknowledgedAppends::Add(const Acknowledgement& acknowledgement) {
  acknowledged_[acknowledgement.request] = acknowledgement;
}

uint64_t AcknowledgedAppends::NextNumber(uint32_t writer) const {
  const auto after = acknowledged_.lower_bound({writer + 1, 0});
  if (after == acknowledged_.begin() || std::prev(after)->first.writer != writer) return 0;
  return std::prev(after)->first.number + 1;
}

absl::Status AcknowledgedAppends::CheckKept(const storage::EventLog& log) {
  for (uint32_t school = 0; school < kSchools; ++school) {
    WARDBOOK_RETURN_IF_ERROR(ReadOn(log, SchoolOfWriter(school)));
  }
  for (const auto& [request, acknowledgement] : acknowledged_) {
    const auto recorded = recorded_.find(request);
    if (recorded == recorded_.end()) return Broken(request, "was acknowledged and is lost");
    if (recorded->second.first_position != acknowledgement.first_position ||
        recorded->second.first_revision != acknowledgement.first_revision) {
      return Broken(request, "is not where it was acknowledged");
    }
  }
  for (const auto& [request, recorded] : recorded_) {
    if (recorded.events != EventsOf(request)) return Broken(request, "is not whole");
    if (request.number > 0 && !recorded_.contains({request.writer, request.number - 1})) {
      return Broken(request, "was recorded without the one before it");
    }
  }
  return absl::OkStatus();
}

absl::Status AcknowledgedAppends::ReadOn(const storage::EventLog& log, const SchoolId& school) {
  uint64_t& next = read_[school];
  while (true) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<storage::StoredRecord> records,
                              log.ReadLog(school, next, kRecordsAtOnce));
    if (records.empty()) return absl::OkStatus();
    for (const storage::StoredRecord& stored : records) {
      WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView record, record::ParseRecord(stored.bytes));
      const WriterRequest request = RequestOf(record.header.request_id);
      const auto [found, is_first] =
          recorded_.try_emplace(request, Recorded{record.position, record.revision, 0});
      Recorded& recorded = found->second;
      if (record.position != next || record.position != stored.position ||
          record.header.stream != StreamOfWriter(request.writer) ||
          record.position != recorded.first_position + recorded.events ||
          record.revision != recorded.first_revision + recorded.events) {
        return Broken(request, absl::StrCat("stands wrongly, or twice, at position ", next));
      }
      const auto acknowledged = acknowledged_.find(request);
      if (is_first && acknowledged != acknowledged_.end() &&
          acknowledged->second.first_leaf != merkle::LeafHash(stored.bytes)) {
        return Broken(request, "is not what was acknowledged");
      }
      ++recorded.events;
      ++next;
    }
  }
}

absl::Status AcknowledgedAppends::RetryLast(storage::EventLog& log) {
  std::map<uint32_t, uint64_t> last;
  for (const auto& [request, acknowledgement] : acknowledged_)
    last[request.writer] = request.number;
  for (const auto& [writer, number] : last) {
    WARDBOOK_RETURN_IF_ERROR(Retry(log, {writer, number}));
    WARDBOOK_RETURN_IF_ERROR(Retry(log, {writer, number + 1}));
  }
  return CheckKept(log);
}

absl::Status AcknowledgedAppends::Retry(storage::EventLog& log, const WriterRequest& request) {
  const auto recorded = recorded_.find(request);
  WARDBOOK_ASSIGN_OR_RETURN(const storage::Appended appended,
                            AppendTo(log, AppendOfWriter(request)));
  if (appended.replayed != (recorded != recorded_.end())) {
    return Broken(request, "was recorded and is not known, or the other way round");
  }
  if (appended.replayed && (appended.first_position != recorded->second.first_position ||
                            appended.first_revision != recorded->second.first_revision ||
                            appended.leaf_hashes.size() != recorded->second.events)) {
    return Broken(request, "is answered otherwise than it was recorded");
  }
  Add({request, appended.first_position, appended.first_revision, appended.leaf_hashes.front()});
  return absl::OkStatus();
}

}  // namespace wardbook::testing
