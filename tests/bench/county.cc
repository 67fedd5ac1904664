#include "tests/bench/county.h"

#include <atomic>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "services/access/sessions.h"
#include "services/people/bootstrap.h"
#include "services/people/register.h"
#include "services/people/streams.h"
#include "services/runtime/receipts.h"
#include "services/runtime/transactor.h"
#include "services/runtime/worker_pool.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"
#include "tests/testing/appends.h"

namespace wardbook::bench {
namespace {

// What a safeguarding team has on its desk.
constexpr size_t kOpenCases = 12;
// Enough for the log to write in large batches, and few enough for memory.
constexpr int kAppendsInFlight = 4096;
constexpr size_t kNoteBytes = 1024;
constexpr int kYears = 25;
// Fixed, so that two runs write the same histories.
constexpr uint64_t kSeed = 20250514;
// Together they ask for as many syncs as one does; more would only wait.
constexpr int kRegisteringWorkers = 8;

const absl::Time kBegin = absl::FromCivil(absl::CivilDay(2000, 9, 1), absl::UTCTimeZone());

people::RegisterPerson RegisterHead(absl::Time now) {
  people::RegisterPerson command;
  command.by = {{PersonId(), {kernel::Role::kAdministrator}}, now};
  command.name = "Helen Ashgrove";
  command.category = wardbook::events::v1::PERSON_CATEGORY_EMPLOYEE;
  command.roles = {wardbook::events::v1::ROLE_STAFF, wardbook::events::v1::ROLE_HEADTEACHER};
  return command;
}

}  // namespace

// How many appends are under way, and how the first failed one ended. Safe for
// concurrent use.
class County::Window {
 public:
  // Waits until there is room for one more.
  absl::Status Enter() {
    absl::MutexLock lock(&mutex_);
    const auto has_room = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return in_flight_ < kAppendsInFlight;
    };
    mutex_.Await(absl::Condition(&has_room));
    if (failure_.ok()) ++in_flight_;
    return failure_;
  }
  void Leave(const absl::Status& status) {
    absl::MutexLock lock(&mutex_);
    --in_flight_;
    failure_.Update(status);
  }
  absl::Status Drain() {
    absl::MutexLock lock(&mutex_);
    const auto is_empty = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return in_flight_ == 0; };
    mutex_.Await(absl::Condition(&is_empty));
    return failure_;
  }

 private:
  absl::Mutex mutex_;
  int in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
};

County::County(uint64_t events_planned)
    : events_planned_(events_planned),
      histories_(MakeCaseHistories()),
      note_(MakeNote(kNoteBytes)),
      random_(kSeed) {}

absl::Status County::Register(server::Stores& stores, size_t schools) {
  const runtime::ReceiptWriter receipts(
      *checkpoint::NoteSigner::Create("bench.invalid", crypto::Secret::Random()));
  runtime::WorkerPool workers(kRegisteringWorkers);
  runtime::Transactor<people::SchoolAggregate> transactor(*stores.log, *stores.vault, receipts,
                                                          workers);
  runtime::Transactor<people::PersonAggregate> people(*stores.log, *stores.vault, receipts,
                                                      workers);
  Window window;
  for (size_t i = 0; i < schools; ++i) {
    WARDBOOK_ASSIGN_OR_RETURN(
        const SchoolId id,
        people::RegisterSchool(transactor, stores.schools,
                               {absl::StrCat("School ", i), absl::StrCat("school-", i)}, kBegin));
    School& school = schools_.emplace_back();
    school.id = id;
    school.head = crypto::RandomId<PersonId>();
    school.random.seed(kSeed + i);
    runtime::CommandFrame frame;
    frame.caller.school = id;
    frame.stream = people::PersonStream(school.head);
    frame.request_id = crypto::NewRequestId();
    frame.now = kBegin;
    WARDBOOK_RETURN_IF_ERROR(window.Enter());
    people.Run(
        std::move(frame),
        [](const people::PersonState& state) {
          return people::Decide(state, RegisterHead(kBegin));
        },
        [&window](const auto& outcome) { window.Leave(outcome.status()); });
  }
  WARDBOOK_RETURN_IF_ERROR(window.Drain());
  events_ += 2 * schools;
  return absl::OkStatus();
}

absl::Status County::Find(const server::Stores& stores) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> ids, stores.log->ListSchools());
  absl::flat_hash_set<KeyId> found;
  for (const SchoolId& id : ids) {
    School& school = schools_.emplace_back();
    school.id = id;
    school.head = crypto::RandomId<PersonId>();
    WARDBOOK_ASSIGN_OR_RETURN(const storage::TreeHead head, stores.log->Head(id));
    WARDBOOK_RETURN_IF_ERROR(stores.log->VisitLog(
        id, 0, head.size, [&](uint64_t, absl::string_view bytes) -> absl::Status {
          WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view, record::ParseRecord(bytes));
          const auto ref = kernel::CaseRef::OfStream(view.header.stream);
          if (ref.has_value() && found.insert(view.header.key_id).second) {
            school.all.push_back({*ref, view.header.key_id});
          }
          return absl::OkStatus();
        }));
    events_ += head.size;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<SignedInHead>> County::SignIn(server::Stores& stores,
                                                         size_t count) const {
  const absl::Time now = absl::Now();
  WARDBOOK_ASSIGN_OR_RETURN(const auto directory,
                            people::Register::Open(*stores.log, *stores.vault));
  WARDBOOK_ASSIGN_OR_RETURN(const auto sessions,
                            access::Sessions::Open(stores.sessions, *directory, now));
  std::vector<SignedInHead> heads;
  for (size_t i = 0; i < std::min(count, schools_.size()); ++i) {
    WARDBOOK_ASSIGN_OR_RETURN(const access::OpenedSession session,
                              sessions->Begin(schools_[i].id, schools_[i].head, now));
    heads.push_back({i, session.token});
  }
  return heads;
}

absl::Time County::TimeOf(uint64_t event) const {
  return kBegin + kYears * absl::Hours(24) * 365.25 *
                      (static_cast<double>(event) / static_cast<double>(events_planned_));
}

absl::StatusOr<County::OpenCaseState> County::NewCase(vault::Vault& vault, School& school) const {
  WARDBOOK_ASSIGN_OR_RETURN(const vault::VaultKey key, vault.NewKey());
  const KnownCase known{kernel::CaseRef::FromBits(school.random()), key.id};
  school.all.push_back(known);
  return OpenCaseState{known, key, school.random() % histories_.size(), 0};
}

absl::StatusOr<record::SealedEvent> County::Seal(const School& school, const std::string& stream,
                                                 const RequestId& request,
                                                 const vault::VaultKey& key,
                                                 const HistoryEvent& event, absl::Time now) const {
  PersonId actor = school.head;
  if (event.actor == HistoryEvent::Actor::kTeacher) actor = testing::IdOf<PersonId>(1);
  if (event.actor == HistoryEvent::Actor::kOfficer) actor = testing::IdOf<PersonId>(2);
  return record::SealEvent({.school = school.id,
                            .stream = stream,
                            .event_id = crypto::NewEventId(now),
                            .event_type = event.type,
                            .recorded_time = now,
                            .actor = actor,
                            .session = testing::IdOf<SessionId>(1),
                            .request_id = request,
                            .key_id = key.id},
                           event.bytes, key.key);
}

absl::StatusOr<storage::AppendRequest> County::NextRequest(vault::Vault& vault, School& school,
                                                           absl::Time now) const {
  while (school.open.size() < kOpenCases) {
    WARDBOOK_ASSIGN_OR_RETURN(OpenCaseState opened, NewCase(vault, school));
    school.open.push_back(std::move(opened));
  }
  OpenCaseState& one = school.open[school.random() % school.open.size()];
  if (one.next_step == histories_[one.history].size()) {
    WARDBOOK_ASSIGN_OR_RETURN(one, NewCase(vault, school));
  }
  storage::AppendRequest request;
  request.school = school.id;
  request.stream = one.known.ref.Stream();
  request.request_id = crypto::NewRequestId();
  for (const HistoryEvent& event : histories_[one.history][one.next_step]) {
    WARDBOOK_ASSIGN_OR_RETURN(
        record::SealedEvent sealed,
        Seal(school, request.stream, request.request_id, one.key, event, now));
    request.events.push_back(std::move(sealed));
  }
  ++one.next_step;
  return request;
}

absl::Status County::Grow(server::Stores& stores, uint64_t events, int threads) {
  std::atomic<uint64_t> appended = events_;
  Window window;
  std::vector<std::thread> growing;
  absl::Mutex mutex;
  absl::Status failure;
  for (int t = 0; t < threads; ++t) {
    growing.emplace_back([&, t] {
      const auto grow = [&]() -> absl::Status {
        // Each school is one thread's, so that its events are appended in order.
        for (auto i = static_cast<size_t>(t); appended < events;
             i += static_cast<size_t>(threads)) {
          if (i >= schools_.size()) i = static_cast<size_t>(t);
          WARDBOOK_ASSIGN_OR_RETURN(storage::AppendRequest request,
                                    NextRequest(*stores.vault, schools_[i], TimeOf(appended)));
          appended += request.events.size();
          WARDBOOK_RETURN_IF_ERROR(window.Enter());
          stores.log->Append(std::move(request),
                             [&window](const auto& result) { window.Leave(result.status()); });
        }
        return absl::OkStatus();
      };
      const absl::Status grown = grow();
      absl::MutexLock lock(&mutex);
      failure.Update(grown);
    });
  }
  for (std::thread& thread : growing) thread.join();
  failure.Update(window.Drain());
  events_ = appended;
  return failure;
}

absl::StatusOr<std::vector<storage::AppendRequest>> County::MakeNotes(const vault::Vault& vault,
                                                                      size_t count) {
  std::vector<storage::AppendRequest> notes;
  for (size_t i = 0; i < count; ++i) {
    const School& school = schools_[random_() % schools_.size()];
    if (school.all.empty()) continue;
    const KnownCase& known = school.all[random_() % school.all.size()];
    vault::VaultKey key{known.key, {}};
    WARDBOOK_ASSIGN_OR_RETURN(key.key, vault.Find(known.key));
    storage::AppendRequest request;
    request.school = school.id;
    request.stream = known.ref.Stream();
    request.request_id = crypto::NewRequestId();
    WARDBOOK_ASSIGN_OR_RETURN(
        record::SealedEvent sealed,
        Seal(school, request.stream, request.request_id, key, note_, TimeOf(events_planned_)));
    request.events.push_back(std::move(sealed));
    notes.push_back(std::move(request));
  }
  return notes;
}

uint64_t County::cases() const {
  uint64_t cases = 0;
  for (const School& school : schools_) cases += school.all.size();
  return cases;
}

std::vector<SchoolId> County::schools() const {
  std::vector<SchoolId> ids;
  for (const School& school : schools_) ids.push_back(school.id);
  return ids;
}

std::string County::OpenCase(size_t school, size_t number) const {
  const std::vector<OpenCaseState>& open = schools_[school].open;
  // Some are only about to be reported.
  size_t index = number % open.size();
  while (open[index].next_step == 0) index = (index + 1) % open.size();
  return open[index].known.ref.text();
}

}  // namespace wardbook::bench
