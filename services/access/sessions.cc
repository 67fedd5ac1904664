#include "services/access/sessions.h"

#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"
#include "storage/crypto/secret.h"
#include "storage/crypto/sha256.h"
#include "wardbook/access/v1/account.pb.h"

namespace wardbook::access {
namespace {

using wardbook::access::v1::StoredSession;

// Ended sessions do no harm but take up room, so looking for them now and then is
// enough.
constexpr absl::Duration kSweepInterval = absl::Minutes(10);

}  // namespace

absl::StatusOr<std::unique_ptr<Sessions>> Sessions::Open(vault::SecretTable& table,
                                                         const runtime::Directory& directory,
                                                         absl::Time now) {
  auto sessions = std::unique_ptr<Sessions>(new Sessions(table, directory));
  WARDBOOK_RETURN_IF_ERROR(sessions->Load(now));
  return sessions;
}

absl::Status Sessions::Load(absl::Time now) {
  absl::Status status;
  std::vector<SessionId> ended;
  WARDBOOK_RETURN_IF_ERROR(table_.ForEach([&](absl::string_view value) {
    StoredSession row;
    const bool parsed = row.ParseFromArray(value.data(), static_cast<int>(value.size()));
    const auto id = SessionId::FromBytes(row.session_id());
    const auto secret_hash = Hash::FromBytes(row.secret_hash());
    const auto school = SchoolId::FromBytes(row.school_id());
    const auto person = PersonId::FromBytes(row.person_id());
    if (!parsed || !id || !secret_hash || !school || !person) {
      status = absl::DataLossError("a row of the table of sessions is no session");
      return false;
    }
    const absl::Time expire_time = absl::FromUnixSeconds(row.expire_seconds());
    if (HasExpired(expire_time, now)) {
      ended.push_back(*id);
      return true;
    }
    absl::MutexLock lock(&mutex_);
    sessions_[*id] = {*school, *person, *secret_hash, expire_time, now};
    return true;
  }));
  WARDBOOK_RETURN_IF_ERROR(status);
  // A row that stays, as on a full disk, lets nobody in: the next start passes it
  // over too.
  DeleteRows(ended).IgnoreError();
  return absl::OkStatus();
}

absl::StatusOr<runtime::Caller> Sessions::Authenticate(absl::string_view token, absl::Time now) {
  return FindCaller(token, now, Use::kCounts);
}

absl::StatusOr<runtime::Caller> Sessions::Check(absl::string_view token, absl::Time now) {
  return FindCaller(token, now, Use::kDoesNotCount);
}

absl::StatusOr<runtime::Caller> Sessions::FindCaller(absl::string_view token, absl::Time now,
                                                     Use use) {
  const absl::Status refusal = runtime::Refuse(kernel::Reason::kNotSignedIn);
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) ||
      bytes.size() != SessionId::kSize + crypto::Secret::kSize) {
    return refusal;
  }
  const absl::string_view view = bytes;
  const SessionId id = *SessionId::FromBytes(view.substr(0, SessionId::kSize));
  const Hash secret_hash = crypto::Sha256(view.substr(SessionId::kSize));
  runtime::Caller caller;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = sessions_.find(id);
    // Hashes are compared, so that the time it takes tells nothing of the secret.
    if (found == sessions_.end() || found->second.secret_hash != secret_hash ||
        HasEnded(found->second, now)) {
      return refusal;
    }
    Session& session = found->second;
    // Not the later of both: a use while the clock stood ahead would keep it from
    // going idle.
    if (use == Use::kCounts) session.used_time = now;
    caller.school = session.school;
    caller.session = id;
    caller.actor.person = session.person;
  }
  std::optional<runtime::PersonEntry> person =
      directory_.Find(caller.school, caller.actor.person, now);
  if (!person || person->roles.empty()) return refusal;
  caller.actor.roles = std::move(person->roles);
  caller.actor.names = std::move(person->names);
  return caller;
}

absl::StatusOr<OpenedSession> Sessions::Begin(const SchoolId& school, const PersonId& person,
                                              absl::Time now) {
  std::optional<runtime::PersonEntry> entry = directory_.Find(school, person, now);
  if (!entry || entry->roles.empty()) {
    return runtime::Refuse(kernel::Reason::kSignInFailed);
  }
  const auto id = crypto::RandomId<SessionId>();
  const crypto::Secret secret = crypto::Secret::Random();
  const Session session{school, person, crypto::Sha256(secret.view()), now + kSessionLength, now};
  StoredSession row;
  row.set_session_id(id.Bytes());
  row.set_secret_hash(session.secret_hash.Bytes());
  row.set_school_id(school.Bytes());
  row.set_person_id(person.Bytes());
  row.set_expire_seconds(absl::ToUnixSeconds(session.expire_time));
  WARDBOOK_RETURN_IF_ERROR(table_.Put(id.view(), row.SerializeAsString()));

  OpenedSession opened;
  opened.token = absl::WebSafeBase64Escape(absl::StrCat(id.view(), secret.view()));
  opened.caller = {school, id, {person, std::move(entry->roles), std::move(entry->names)}};
  opened.expire_time = session.expire_time;
  absl::MutexLock lock(&mutex_);
  sessions_[id] = session;
  return opened;
}

void Sessions::SweepNowAndThen(absl::Time now) {
  {
    absl::MutexLock lock(&mutex_);
    if (now - swept_time_ < kSweepInterval && now >= swept_time_) return;
    swept_time_ = now;
  }
  EndWhere([now](const SessionId&, const Session& one) {
    return HasEnded(one, now);
  }).IgnoreError();
}

std::optional<absl::Time> Sessions::ExpireTime(const SessionId& session) const {
  absl::MutexLock lock(&mutex_);
  const auto found = sessions_.find(session);
  if (found == sessions_.end()) return std::nullopt;
  return found->second.expire_time;
}

absl::Status Sessions::End(const SessionId& session) {
  return EndWhere([&](const SessionId& id, const Session&) { return id == session; });
}

absl::Status Sessions::EndAll(const SchoolId& school, const PersonId& person,
                              const std::optional<SessionId>& kept) {
  return EndWhere([&](const SessionId& id, const Session& session) {
    return session.school == school && session.person == person && id != kept;
  });
}

absl::Status Sessions::EndWhere(const std::function<bool(const SessionId&, const Session&)>& ends) {
  std::vector<SessionId> ended;
  {
    absl::MutexLock lock(&mutex_);
    absl::erase_if(sessions_, [&](const auto& entry) {
      if (!ends(entry.first, entry.second)) return false;
      ended.push_back(entry.first);
      return true;
    });
    undeleted_.insert(ended.begin(), ended.end());
    ended.assign(undeleted_.begin(), undeleted_.end());
  }
  // They have ended, whatever the disk does; a row that stays behind would bring
  // its session back with the next start, so the caller must hear of it, also where
  // another thread is deleting it.
  WARDBOOK_RETURN_IF_ERROR(DeleteRows(ended));
  absl::MutexLock lock(&mutex_);
  for (const SessionId& id : ended) undeleted_.erase(id);
  return absl::OkStatus();
}

absl::Status Sessions::DeleteRows(const std::vector<SessionId>& ended) {
  std::vector<absl::string_view> names;
  names.reserve(ended.size());
  for (const SessionId& id : ended) names.push_back(id.view());
  return table_.DeleteAll(names);
}

}  // namespace wardbook::access
