#include "services/audit/full_check.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/crypto/secret.h"
#include "storage/record/record.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::audit {
namespace {

using ::wardbook::events::v1::EvidenceFiled;

absl::StatusOr<evidence::FiledFile> FileOf(absl::string_view event) {
  EvidenceFiled filed;
  if (filed.ParseFromArray(event.data(), static_cast<int>(event.size()))) {
    const std::optional<EvidenceId> id = EvidenceId::FromBytes(filed.evidence_id());
    const std::optional<KeyId> key_id = KeyId::FromBytes(filed.key_id());
    const std::optional<Hash> sealed_sha256 = Hash::FromBytes(filed.sealed_sha256());
    if (id.has_value() && key_id.has_value() && sealed_sha256.has_value()) {
      return evidence::FiledFile{*id, filed.size(), *key_id, *sealed_sha256};
    }
  }
  return absl::DataLossError("does not say which file in evidence it is of");
}

fsck::OutsideCheck EvidenceCheck(const evidence::EvidenceStore& evidence, const SchoolId& school,
                                 const record::RecordView& record,
                                 const record::OpenedEvent& event) {
  if (record.header.event_type != EvidenceFiled::descriptor()->full_name()) return nullptr;
  return
      [&evidence, school, file = FileOf(event.event)](const evidence::GoOn& go_on) -> absl::Status {
        if (!file.ok()) return file.status();
        absl::Status checked = evidence.CheckFile(school, *file, go_on);
        if (!absl::IsDataLoss(checked)) return checked;
        return absl::DataLossError(absl::StrCat("its evidence, ", checked.message()));
      };
}

// How many records have lost their key, and the first of them.
std::string KeysLine(uint64_t count, absl::string_view what, uint64_t first,
                     absl::string_view why) {
  return absl::StrCat("the key of ", count, count == 1 ? " record" : " records", " is ", what,
                      ", first that of record ", first, why, ": restore the vault");
}

}  // namespace

absl::StatusOr<fsck::CheckReport> FullCheck(const CheckedStores& stores, const SchoolId& school,
                                            fsck::CheckOptions options) {
  options.find_key = [&stores](const SchoolId&,
                               const KeyId& id) -> absl::StatusOr<std::optional<crypto::Secret>> {
    absl::StatusOr<crypto::Secret> key = stores.vault.Find(id);
    if (key.ok()) return *std::move(key);
    if (absl::IsNotFound(key.status())) return std::nullopt;
    return key.status();
  };
  options.check_event = [&stores, &school](const record::RecordView& record,
                                           const record::OpenedEvent& event) {
    return EvidenceCheck(stores.evidence, school, record, event);
  };
  return fsck::Check(stores.log, stores.rows, school, options);
}

std::vector<std::string> FaultLines(const fsck::CheckReport& report, size_t lines_max) {
  std::vector<std::string> lines;
  if (report.keys_missing > 0) {
    lines.push_back(KeysLine(report.keys_missing, "missing", *report.first_key_missing, ""));
  }
  if (report.keys_damaged > 0) {
    lines.push_back(KeysLine(report.keys_damaged, "damaged", *report.first_key_damaged,
                             absl::StrCat(" (", report.first_key_damage, ")")));
  }
  uint64_t told = 0;
  for (const fsck::Fault& fault : report.faults) {
    // The last place is for the number of those that find none.
    if (lines.size() + 1 >= lines_max && told + 1 < report.fault_count) break;
    lines.push_back(absl::StrCat("record ", fault.position, ": ", fault.what));
    ++told;
  }
  if (told < report.fault_count) {
    lines.push_back(absl::StrCat("and ", report.fault_count - told, " more"));
  }
  return lines;
}

}  // namespace wardbook::audit
