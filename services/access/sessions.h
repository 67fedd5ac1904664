// Sessions: who is signed in. A token is handed out once and never stored; what
// is stored, and kept in memory, is the SHA-256 of the secret in it.

#ifndef SERVICES_ACCESS_SESSIONS_H_
#define SERVICES_ACCESS_SESSIONS_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/runtime/caller.h"
#include "storage/base/ids.h"
#include "storage/vault/secret_table.h"

namespace wardbook::access {

// A working day with what comes after it: nobody signs in twice a day, and a
// token that was lost is worth nothing tomorrow.
inline constexpr absl::Duration kSessionLength = absl::Hours(12);

// A lesson: who comes back from one is still signed in, while a laptop that was
// left in the staff room is not at the end of the day.
inline constexpr absl::Duration kSessionIdleMax = absl::Minutes(60);

// What a clock that is kept right is set back by at the most. More says that it
// stood wrong before, and that what was to end hours after then was to end too
// late: it has ended now.
inline constexpr absl::Duration kClockStepMax = absl::Minutes(1);

// Somebody who has just signed in.
struct OpenedSession {
  // base64url of the session's id and 256 random bits.
  std::string token;
  runtime::Caller caller;
  absl::Time expire_time;
};

// Safe for concurrent use. What writes waits for the disk, so call it on a
// thread that may wait; Authenticate and Find do not.
//
// When a session was last used is in memory only. A restart therefore gives
// every session that is younger than kSessionLength another kSessionIdleMax.
class Sessions : public runtime::Authenticator {
 public:
  // Reads the sessions that have not ended. `table` is the table "sessions";
  // table and directory outlive the sessions. DATA_LOSS: a row is no session.
  static absl::StatusOr<std::unique_ptr<Sessions>> Open(vault::SecretTable& table,
                                                        const runtime::Directory& directory,
                                                        absl::Time now);

  absl::StatusOr<runtime::Caller> Authenticate(absl::string_view token, absl::Time now) override;
  absl::StatusOr<runtime::Caller> Check(absl::string_view token, absl::Time now) override;

  // Signs a person in. A refusal for kSignInFailed: they hold no role now.
  absl::StatusOr<OpenedSession> Begin(const SchoolId& school, const PersonId& person,
                                      absl::Time now);

  // When a session ends at the latest; nothing when it has ended.
  std::optional<absl::Time> ExpireTime(const SessionId& session) const;

  // Deletes the sessions that have ended, now and then. What cannot
  // be deleted is tried again with the next, and by the start that finds it expired.
  void SweepNowAndThen(absl::Time now);

  // OK also for a session that has ended already.
  absl::Status End(const SessionId& session);
  // Ends all sessions of a person, but for `kept` if there is one.
  absl::Status EndAll(const SchoolId& school, const PersonId& person,
                      const std::optional<SessionId>& kept);

 private:
  struct Session {
    SchoolId school;
    PersonId person;
    Hash secret_hash;
    absl::Time expire_time;
    absl::Time used_time;
  };

  Sessions(vault::SecretTable& table, const runtime::Directory& directory)
      : table_(table), directory_(directory) {}

  static bool HasExpired(absl::Time expire_time, absl::Time now) {
    return now >= expire_time || expire_time - now > kSessionLength + kClockStepMax;
  }
  static bool HasEnded(const Session& session, absl::Time now) {
    return HasExpired(session.expire_time, now) || now - session.used_time >= kSessionIdleMax;
  }

  enum class Use { kCounts, kDoesNotCount };
  absl::StatusOr<runtime::Caller> FindCaller(absl::string_view token, absl::Time now, Use use);

  absl::Status Load(absl::Time now);
  // Forgets and deletes every session for which `ends` holds, and those that could not be
  // deleted before; it waits for the disk once.
  absl::Status EndWhere(const std::function<bool(const SessionId&, const Session&)>& ends);
  absl::Status DeleteRows(const std::vector<SessionId>& ended);

  vault::SecretTable& table_;
  const runtime::Directory& directory_;

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<SessionId, Session> sessions_ ABSL_GUARDED_BY(mutex_);
  // Of sessions that have ended, whose rows could not be deleted: whoever asks again must
  // not be told that they are gone.
  absl::flat_hash_set<SessionId> undeleted_ ABSL_GUARDED_BY(mutex_);
  // When sessions that had ended were deleted last.
  absl::Time swept_time_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace wardbook::access

#endif  // SERVICES_ACCESS_SESSIONS_H_
