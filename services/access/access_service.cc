#include "services/access/access_service.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/gateway_pass.h"
#include "services/runtime/refusal.h"
#include "services/runtime/roles.h"
#include "storage/base/status_macros.h"

namespace wardbook::access {
namespace {

using runtime::Call;
using runtime::Caller;
using runtime::Finish;

// As people type it: blanks around it and case do not matter.
std::string Normalised(absl::string_view typed) {
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(typed));
}

// What attempts at an account are counted under, whether it exists or not.
std::string AttemptKey(absl::string_view school, absl::string_view user_name) {
  return absl::StrCat(Normalised(school), "/", Normalised(user_name));
}

}  // namespace

void AccessService::Try(Attempt attempt, absl::Time now, Finish finish,
                        absl::AnyInvocable<absl::Status() &&> work) {
  if (absl::Status counted = attempts_.Begin(attempt.account, attempt.address, now);
      !counted.ok()) {
    return finish(counted);
  }
  absl::StatusOr<runtime::CallPlace> place = hashes_.Enter();
  if (!place.ok()) {
    attempts_.Withdraw(attempt.account, attempt.address);
    return finish(place.status());
  }
  hashing_.Schedule([this, attempt = std::move(attempt), place = *std::move(place),
                     work = std::move(work), finish = std::move(finish)]() mutable {
    const absl::Status status = std::move(work)();
    if (status.ok()) {
      attempts_.Succeed(attempt.account, attempt.address);
    } else if (!runtime::IsRefusal(status)) {
      // A disk that fails says nothing of the password, and must not lock its person out.
      attempts_.Withdraw(attempt.account, attempt.address);
    }
    place = runtime::CallPlace();
    finish(status);
  });
}

grpc::ServerUnaryReactor* AccessService::SignIn(grpc::CallbackServerContext* context,
                                                const wardbook::v1::SignInRequest* request,
                                                wardbook::v1::SignInResponse* response) {
  return rpc_.UnaryOfAnybody(context, [=, this](const Call& call, Finish finish) {
    Try({AttemptKey(request->school(), request->user_name()), PeerAddress(*context)}, call.now,
        std::move(finish),
        [=, this, now = call.now] { return OpenSession(*context, *request, now, response); });
  });
}

grpc::ServerUnaryReactor* AccessService::ActivateAccount(
    grpc::CallbackServerContext* context, const wardbook::v1::ActivateAccountRequest* request,
    wardbook::v1::ActivateAccountResponse* /*response*/) {
  return rpc_.UnaryOfAnybody(context, [=, this](const Call& call, Finish finish) {
    Try({AttemptKey(request->school(), request->user_name()), PeerAddress(*context)}, call.now,
        std::move(finish), [=, this, now = call.now] { return Activate(*context, *request, now); });
  });
}

grpc::ServerUnaryReactor* AccessService::ChangePassword(
    grpc::CallbackServerContext* context, const wardbook::v1::ChangePasswordRequest* request,
    wardbook::v1::ChangePasswordResponse* /*response*/) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    // Who finds a laptop open must not guess the password there. They come from the
    // session; strangers at the same address are not to be in its way.
    const Caller& caller = call.caller;
    Try({absl::StrCat(caller.school.Hex(), "/", caller.actor.person.Hex()),
         absl::StrCat("session ", caller.session.Hex())},
        call.now, std::move(finish), [=, this, caller = call.caller] {
          return accounts_.ChangePassword(caller, request->old_password(), request->new_password());
        });
  });
}

grpc::ServerUnaryReactor* AccessService::SignOut(grpc::CallbackServerContext* context,
                                                 const wardbook::v1::SignOutRequest* /*request*/,
                                                 wardbook::v1::SignOutResponse* /*response*/) {
  return rpc_.UnaryOnWorker(context, [this, context](const Call& call, Finish finish) {
    // The browser forgets the token, whatever the disk does.
    if (rpc_.BrowserAddress(*context)) context->AddInitialMetadata(runtime::kGatewaySessionKey, "");
    finish(sessions_.End(call.caller.session));
  });
}

grpc::ServerUnaryReactor* AccessService::GetSession(
    grpc::CallbackServerContext* context, const wardbook::v1::GetSessionRequest* /*request*/,
    wardbook::v1::GetSessionResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    const std::optional<absl::Time> expire_time = sessions_.ExpireTime(call.caller.session);
    if (!expire_time) return finish(runtime::Refuse(kernel::Reason::kNotSignedIn));
    *response->mutable_session() = Describe(call.caller, *expire_time, call.now);
    finish(absl::OkStatus());
  });
}

std::string AccessService::PeerAddress(const grpc::CallbackServerContext& context) const {
  if (std::optional<std::string> browser = rpc_.BrowserAddress(context)) return *browser;
  const std::string peer = context.peer();
  const bool has_port = absl::StartsWith(peer, "ipv4:") || absl::StartsWith(peer, "ipv6:");
  return has_port ? peer.substr(0, peer.rfind(':')) : peer;
}

absl::Status AccessService::OpenSession(grpc::CallbackServerContext& context,
                                        const wardbook::v1::SignInRequest& request, absl::Time now,
                                        wardbook::v1::SignInResponse* response) {
  WARDBOOK_ASSIGN_OR_RETURN(const AccountName name,
                            ReadName(request.school(), request.user_name()));
  WARDBOOK_ASSIGN_OR_RETURN(const OpenedSession opened,
                            accounts_.SignIn(name, request.password(), now));
  // A script in a page never sees it: the gateway makes a cookie of it.
  if (rpc_.BrowserAddress(context)) {
    context.AddInitialMetadata(runtime::kGatewaySessionKey, opened.token);
  } else {
    response->set_token(opened.token);
  }
  *response->mutable_session() = Describe(opened.caller, opened.expire_time, now);
  return absl::OkStatus();
}

absl::Status AccessService::Activate(const grpc::CallbackServerContext& context,
                                     const wardbook::v1::ActivateAccountRequest& request,
                                     absl::Time now) {
  WARDBOOK_ASSIGN_OR_RETURN(const AccountName name,
                            ReadName(request.school(), request.user_name()));
  // Whoever has no password yet calls without a session.
  const absl::StatusOr<Call> session = rpc_.Recheck(context);
  return accounts_.Activate(name, request.code(), request.new_password(), now,
                            session.ok() ? std::optional<Caller>(session->caller) : std::nullopt);
}

absl::StatusOr<AccountName> AccessService::ReadName(absl::string_view school,
                                                    absl::string_view user_name) const {
  AccountName name{std::nullopt, Normalised(user_name)};
  WARDBOOK_ASSIGN_OR_RETURN(name.school, schools_.FindByShortName(Normalised(school)));
  return name;
}

wardbook::v1::Session AccessService::Describe(const runtime::Caller& caller, absl::Time expire_time,
                                              absl::Time now) const {
  wardbook::v1::Session session;
  session.set_school_id(caller.school.Hex());
  session.set_school_name(schools_.NameOf(caller.school).value_or(""));
  session.set_person_id(caller.actor.person.Hex());
  if (const auto person = directory_.Find(caller.school, caller.actor.person, now)) {
    session.set_name(person->name);
    if (const std::optional<runtime::AccountIssue>& issue = person->account_issue) {
      *session.mutable_account_issued_time() = kernel::TimestampOf(issue->time);
      const auto by = directory_.Find(caller.school, issue->by, now);
      session.set_account_issued_by(by ? by->name : "");
    }
  }
  for (kernel::Role role : caller.actor.roles) session.add_roles(runtime::RoleToWire(role));
  *session.mutable_expire_time() = kernel::TimestampOf(expire_time);
  session.mutable_idle_time()->set_seconds(absl::ToInt64Seconds(kSessionIdleMax));
  return session;
}

}  // namespace wardbook::access
