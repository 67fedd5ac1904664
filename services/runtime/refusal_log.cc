#include "services/runtime/refusal_log.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "services/kernel/case_ref.h"
#include "services/kernel/reason.h"
#include "services/runtime/refusal.h"
#include "storage/base/moment.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::runtime {
namespace {

using kernel::Reason;

// What says that two people were at it at the same time, that a client has lost
// its way or that the server has too much to do: nobody decides against anything.
constexpr Reason kNotRecorded[] = {Reason::kRequestIdReused,  Reason::kRequestIdMissing,
                                   Reason::kRevisionConflict, Reason::kChunkOutOfPlace,
                                   Reason::kBeyondLog,        Reason::kNotSignedIn,
                                   Reason::kServerBusy,       Reason::kSeenPositionUnknown};

bool IsRecorded(absl::string_view code) {
  return std::none_of(std::begin(kNotRecorded), std::end(kNotRecorded),
                      [code](Reason reason) { return kernel::Describe(reason).code == code; });
}

crypto::Secret IdKey(const crypto::Secret& root) {
  const Hash key = crypto::HmacSha256(root.view(), "wardbook refusal id");
  return *crypto::Secret::FromBytes(key.view());
}

}  // namespace

RefusalLog::RefusalLog(AccessStreams& streams, WorkerPool& workers, const crypto::Secret& root,
                       CaseStreams case_streams)
    : RefusalLog(streams, workers, root, std::move(case_streams), Pace()) {}

RefusalLog::RefusalLog(AccessStreams& streams, WorkerPool& workers, const crypto::Secret& root,
                       CaseStreams case_streams, Pace pace)
    : streams_(streams),
      workers_(workers),
      id_key_(IdKey(root)),
      case_streams_(std::move(case_streams)),
      pace_(pace),
      delayed_(workers) {}

RequestId RefusalLog::IdOf(const RefusedCall& call, const RefusedRequest& request,
                           absl::string_view code) const {
  const std::optional<RequestId> asked =
      request.request_id.has_value() ? RequestIdFromUuid(*request.request_id) : std::nullopt;
  if (!asked.has_value()) return crypto::NewRequestId();
  const Hash hash = crypto::HmacSha256(
      id_key_.view(), absl::StrCat(asked->view(), call.caller.actor.person.view(), call.method,
                                   "\n", code, "\n", request.case_ref.value_or("")));
  RequestId id;
  std::memcpy(id.data(), hash.data(), RequestId::kSize);
  return id;
}

void RefusalLog::Record(RefusedCall call, const absl::Status& refusal,
                        absl::AnyInvocable<void()> done) {
  const std::optional<wardbook::v1::Refusal> details = RefusalOf(refusal);
  if (!details.has_value() || !IsRecorded(details->code())) return done();
  const Key person = {call.caller.school, call.caller.actor.person};
  const std::optional<Moment> turn = TakeTurn(person);
  auto append = [this, call = std::move(call), refusal, done = std::move(done)]() mutable {
    Append(std::move(call), refusal, std::move(done));
  };
  if (!turn.has_value()) return workers_.Schedule(std::move(append));
  delayed_.ScheduleAt(*turn, [this, person, append = std::move(append)]() mutable {
    {
      absl::MutexLock lock(&mutex_);
      --windows_[person].waiting;
    }
    append();
  });
}

bool RefusalLog::HasTooManyWaiting(const SchoolId& school, const PersonId& person) const {
  absl::MutexLock lock(&mutex_);
  const auto found = windows_.find({school, person});
  return found != windows_.end() && found->second.waiting >= kRefusalsWaitingMax;
}

// Who reads the refusals of the school may be the one from whom a case is kept, so what
// was decided on a case stands beside it, whether or not the caller sees it still.
std::string RefusalLog::StreamOf(const Caller& caller, const RefusedRequest& request) const {
  if (!request.case_ref.has_value()) return kRefusalsStream;
  const std::optional<std::string> stream =
      request.saw_case ? case_streams_.of_any(caller.school, *request.case_ref)
                       : case_streams_.of_seen(caller, *request.case_ref);
  return stream.value_or(kRefusalsStream);
}

void RefusalLog::Append(RefusedCall call, const absl::Status& refusal,
                        absl::AnyInvocable<void()> done) {
  const wardbook::v1::Refusal details = RefusalOf(refusal).value_or(wardbook::v1::Refusal());
  const RefusedRequest request = RefusedRequestOf(refusal);
  AccessRecord record;
  wardbook::events::v1::CommandRefused& refused = *record.event.mutable_command_refused();
  refused.set_command(call.method);
  refused.set_reason(details.code());
  *refused.mutable_clauses() = details.clauses();
  refused.set_field(details.field());
  const Key person = {call.caller.school, call.caller.actor.person};
  record.stream = StreamOf(call.caller, request);
  uint64_t counted = 0;
  if (record.stream == kRefusalsStream) {
    counted = TakeCounted(person);
    refused.set_counted_before(counted);
  } else if (const auto ref = kernel::CaseRef::Parse(request.case_ref.value_or(""))) {
    refused.set_case_ref(ref->text());
  }
  record.request_id = IdOf(call, request, details.code());
  // Besides the id nothing may differ for it to be the same.
  record.fingerprint = crypto::Sha256(record.request_id.view());
  record.now = call.now;
  record.caller = std::move(call.caller);
  streams_.Append(std::move(record),
                  [this, person, counted, done = std::move(done)](
                      const absl::StatusOr<storage::Appended>& appended) mutable {
                    Count(person, counted, appended);
                    // What was refused stays refused, whether or not it can be recorded.
                    done();
                  });
}

std::optional<Moment> RefusalLog::TakeTurn(const Key& person) {
  absl::MutexLock lock(&mutex_);
  const Moment now = std::chrono::steady_clock::now();
  if (!windows_.contains(person)) {
    absl::erase_if(windows_, [now](const auto& entry) {
      return entry.second.counted == 0 && entry.second.waiting == 0 && entry.second.next <= now &&
             now - entry.second.began >= kRefusalWindow;
    });
  }
  Window& window = windows_[person];
  if (window.recorded == 0 || now - window.began >= kRefusalWindow) {
    window.began = now;
    window.recorded = 0;
  }
  if (window.recorded < pace_.at_once) {
    ++window.recorded;
    return std::nullopt;
  }
  ++window.waiting;
  window.next = std::max(window.next, now) + pace_.pause;
  return window.next;
}

uint64_t RefusalLog::TakeCounted(const Key& person) {
  absl::MutexLock lock(&mutex_);
  const auto found = windows_.find(person);
  return found == windows_.end() ? 0 : std::exchange(found->second.counted, 0);
}

void RefusalLog::Count(const Key& person, uint64_t counted,
                       const absl::StatusOr<storage::Appended>& appended) {
  absl::MutexLock lock(&mutex_);
  Counts& counts = counts_[person.first];
  if (!appended.ok()) {
    ++counts.counted;
    windows_[person].counted += counted + 1;
  } else if (!appended->replayed) {
    ++counts.recorded;
  } else if (counted > 0) {
    // The record of the same request says what was counted before it then.
    windows_[person].counted += counted;
  }
}

RefusalLog::Counts RefusalLog::CountsOf(const SchoolId& school) const {
  absl::MutexLock lock(&mutex_);
  const auto found = counts_.find(school);
  return found == counts_.end() ? Counts() : found->second;
}

std::string MethodOfSignature(absl::string_view signature) {
  // Clang writes parentheses there too.
  const std::string named = absl::StrReplaceAll(signature, {{"(anonymous namespace)::", ""}});
  const std::vector<absl::string_view> names =
      absl::StrSplit(absl::string_view(named).substr(0, named.find('(')), "::");
  if (names.size() < 2) return std::string(names.back());
  return absl::StrCat(names[names.size() - 2], ".", names.back());
}

}  // namespace wardbook::runtime
