#include "services/audit/case_export.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "services/audit/ids_in_event.h"
#include "services/audit/signed_head.h"
#include "services/kernel/text.h"
#include "services/runtime/event_codec.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "storage/bundle/bundle_writer.h"
#include "storage/bundle/bundled_record.h"
#include "storage/bundle/examine_case.h"
#include "storage/record/record.h"
#include "wardbook/events/v1/access_event.pb.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::audit {
namespace {

using ::wardbook::events::v1::CaseEvent;

// As the API says.
constexpr size_t kPurposeCharactersMax = 2000;

// Records have up to 1 MiB each; so many are held beside those of the bundle.
constexpr uint64_t kRecordsAtOnce = 16;

// One export. Thread-compatible.
class CaseExport {
 public:
  CaseExport(const AuditParts& parts, const runtime::Call& call,
             const grpc::CallbackServerContext& context, runtime::VisibleCase visible)
      : parts_(parts),
        call_(call),
        context_(context),
        school_(call.caller.school),
        visible_(std::move(visible)) {}

  // Returns when it is durable that the case is exported.
  absl::Status Record(const std::string& purpose) {
    wardbook::events::v1::AccessEvent event;
    wardbook::events::v1::BundleExported& exported = *event.mutable_bundle_exported();
    exported.set_case_ref(visible_.ref.text());
    exported.set_revision(visible_.revision);
    exported.set_purpose(purpose);
    absl::Status result;
    absl::Notification recorded;
    parts_.case_access.RecordReveal(call_, visible_.ref, std::move(event),
                                    [&](absl::Status status) {
                                      result = std::move(status);
                                      recorded.Notify();
                                    });
    recorded.WaitForNotification();
    return result;
  }

  absl::Status Write(bundle::BundleSink sink) {
    WARDBOOK_ASSIGN_OR_RETURN(bundle::BundleContent content, Content());
    absl::StatusOr<std::unique_ptr<bundle::BundleWriter>> writer =
        bundle::BundleWriter::Create(parts_.receipts.signer(), std::move(content), std::move(sink));
    if (absl::IsInvalidArgument(writer.status())) {
      // The content is the log's, not the caller's.
      return absl::DataLossError(writer.status().message());
    }
    WARDBOOK_RETURN_IF_ERROR(writer.status());
    WARDBOOK_RETURN_IF_ERROR(AddEvidence(**writer));
    return (*writer)->Finish();
  }

 private:
  absl::StatusOr<bundle::BundleContent> Content() {
    bundle::BundleContent content;
    content.case_ref = visible_.ref.text();
    content.exported_time = call_.now;
    content.time_zone = parts_.time_zone;
    if (parts_.school_name) content.school_name = parts_.school_name(school_);
    WARDBOOK_ASSIGN_OR_RETURN(SignedHead head, SignHead(parts_, school_));
    content.checkpoint = std::move(head.checkpoint);
    const std::string stream = visible_.ref.Stream();
    size_t bytes = 0;
    for (uint64_t next = 1; next <= visible_.revision;) {
      const uint64_t limit = std::min(kRecordsAtOnce, visible_.revision + 1 - next);
      WARDBOOK_ASSIGN_OR_RETURN(const std::vector<storage::StoredRecord> records,
                                parts_.log.ReadStream(school_, stream, next, limit));
      if (records.empty()) {
        return absl::DataLossError(absl::StrCat("revision ", next, " of a case is missing"));
      }
      next += records.size();
      for (const storage::StoredRecord& stored : records) {
        WARDBOOK_ASSIGN_OR_RETURN(*content.records.add_records(),
                                  Disclose(stored, head.head.size, &content));
        bytes += content.records.records().rbegin()->ByteSizeLong();
        if (bytes > bundle::kRecordsSizeMax) {
          return runtime::Refuse(kernel::Reason::kBundleTooLarge);
        }
      }
    }
    return content;
  }

  // Names the people that the record speaks of in `content`.
  absl::StatusOr<wardbook::log::v1::BundledRecord> Disclose(const storage::StoredRecord& stored,
                                                            uint64_t tree_size,
                                                            bundle::BundleContent* content) {
    WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view, record::ParseRecord(stored.bytes));
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<Hash> inclusion,
                              parts_.log.InclusionProof(school_, stored.position, tree_size));
    AddName(view.header.actor, content);
    const absl::StatusOr<crypto::Secret> key = parts_.vault.Find(view.header.key_id);
    if (absl::IsNotFound(key.status())) {
      return bundle::WithholdRecord(stored.bytes, tree_size, inclusion);
    }
    WARDBOOK_RETURN_IF_ERROR(key.status());
    WARDBOOK_RETURN_IF_ERROR(AddPeople(view, *key, content));
    return bundle::DiscloseRecord(stored.bytes, *key, tree_size, inclusion, bundle::DiscloseAll);
  }

  absl::Status AddPeople(const record::RecordView& view, const crypto::Secret& key,
                         bundle::BundleContent* content) const {
    WARDBOOK_ASSIGN_OR_RETURN(const record::OpenedEvent opened, record::UnsealRecord(view, key));
    CaseEvent event;
    WARDBOOK_RETURN_IF_ERROR(runtime::DecodeEvent(view.header.event_type, opened.event, &event));
    ForEachId(event, [&](const PersonId& id) { AddName(id, content); });
    return absl::OkStatus();
  }

  void AddName(const std::optional<PersonId>& person, bundle::BundleContent* content) const {
    if (!person.has_value() || content->names.contains(*person)) return;
    const std::optional<runtime::PersonEntry> entry =
        parts_.directory.Find(school_, *person, call_.now);
    if (entry.has_value()) content->names[*person] = entry->name;
  }

  absl::Status AddEvidence(bundle::BundleWriter& writer) const {
    absl::flat_hash_set<EvidenceId> added;
    for (const bundle::FiledEvidence& file : writer.filed_evidence()) {
      if (!added.insert(file.id).second) continue;
      WARDBOOK_RETURN_IF_ERROR(AskAgain());
      // A file whose key was destroyed is left out; the page says so.
      const absl::Status found = parts_.evidence.GetUpload(school_, file.id).status();
      if (absl::IsNotFound(found)) continue;
      WARDBOOK_RETURN_IF_ERROR(found);
      WARDBOOK_RETURN_IF_ERROR(
          writer.AddEvidence(file.id, [&](uint64_t offset) { return ReadChunk(file.id, offset); }));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> ReadChunk(const EvidenceId& id, uint64_t offset) const {
    WARDBOOK_RETURN_IF_ERROR(AskAgain());
    return parts_.evidence.ReadChunk(school_, id, offset);
  }

  // Sessions end, roles change and files are locked away while an export goes on. To
  // take it is a use of the session, because it may take longer than one may be idle.
  absl::Status AskAgain() const {
    WARDBOOK_ASSIGN_OR_RETURN(const runtime::Call call, parts_.rpc.Authenticate(context_));
    return parts_.case_access.FindForExport(call, visible_.ref.text()).status();
  }

  const AuditParts& parts_;
  const runtime::Call& call_;
  const grpc::CallbackServerContext& context_;
  const SchoolId school_;
  const runtime::VisibleCase visible_;
};

}  // namespace

absl::Status ExportCase(const AuditParts& parts, const runtime::Call& call,
                        const grpc::CallbackServerContext& context,
                        const wardbook::v1::ExportBundleRequest& request, bundle::BundleSink sink) {
  WARDBOOK_ASSIGN_OR_RETURN(runtime::VisibleCase visible,
                            parts.case_access.FindForExport(call, request.case_ref()));
  if (const kernel::Refusal refusal =
          kernel::RequireText(request.purpose(), "purpose", kPurposeCharactersMax)) {
    return runtime::Refuse(*refusal);
  }
  CaseExport run(parts, call, context, std::move(visible));
  WARDBOOK_RETURN_IF_ERROR(run.Record(request.purpose()));
  return run.Write(std::move(sink));
}

}  // namespace wardbook::audit
