// The one way in which a request becomes a command on a case: convert, decide,
// record, answer.
//
//   grpc::ServerUnaryReactor* AddNote(grpc::CallbackServerContext* context,
//                                     const AddNoteRequest* request,
//                                     AddNoteResponse* response) override {
//     return commands_.Take(context, request, response, ReadAddNote);
//   }

#ifndef SERVICES_CASEWORK_CASE_COMMANDS_H_
#define SERVICES_CASEWORK_CASE_COMMANDS_H_

#include <cstdint>
#include <source_location>
#include <type_traits>
#include <utility>

#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/casework/case_aggregate.h"
#include "services/casework/casework_parts.h"
#include "services/casework/consultation.h"
#include "services/casework/domain/commands.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/web_address.h"
#include "services/casework/seen_case.h"
#include "services/runtime/refusal.h"
#include "services/runtime/rpc.h"
#include "services/runtime/transactor.h"

namespace wardbook::casework {

// The policy and the rules of a moment, which decisions and reports pin (P01).
inline wardbook::events::v1::DecidedUnder InForceAt(const CaseworkParts& parts,
                                                    const SchoolId& school, absl::Time time) {
  wardbook::events::v1::DecidedUnder in_force;
  in_force.set_policy_version(parts.policies.VersionAt(school, time));
  in_force.set_rule_pack(parts.rules.At(time).pack_id());
  return in_force;
}

// The caller as a command has them.
inline By ByCaller(const CaseworkParts& parts, const runtime::Call& call) {
  const auto person = parts.directory.Find(call.caller.school, call.caller.actor.person, call.now);
  return By{call.caller.actor, call.now, person.has_value() ? person->name : "",
            InForceAt(parts, call.caller.school, call.now)};
}

// The register, for a request that names somebody of it.
struct SchoolRegister {
  const runtime::Directory& directory;
  const SchoolId& school;
};

// How a request is converted: by a function of the request, By and, where the
// request names people, the register. It fails with a refusal.
template <class Read, class Request>
auto Convert(const Read& read, const Request& request, By by, const SchoolRegister& people) {
  if constexpr (std::is_invocable_v<const Read&, const Request&, By, const SchoolRegister&>) {
    return read(request, std::move(by), people);
  } else {
    return read(request, std::move(by));
  }
}

// How a response gets what it has beside revision and receipt, from what was
// recorded and from the case as it is now: null where the caller may not see it any
// more, as when they send a request again by which they declared a conflict.
template <class Response>
using FillResponse = void (*)(const CaseOutcome&, const CaseCard*, Response&);

// Safe for concurrent use.
class CaseCommands {
 public:
  explicit CaseCommands(const CaseworkParts& parts) : parts_(parts) {}

  // Takes a command on a case that exists.
  template <class Read, class Request, class Response>
  grpc::ServerUnaryReactor* Take(grpc::CallbackServerContext* context, const Request* request,
                                 Response* response, Read read,
                                 FillResponse<Response> fill = nullptr,
                                 std::source_location handler = std::source_location::current()) {
    return parts_.rpc.Unary(
        context,
        [this, request, response, read, fill](const runtime::Call& call, runtime::Finish finish) {
          finish = runtime::FinishFor(*request, std::move(finish));
          absl::StatusOr<runtime::CommandFrame> frame = parts_.rpc.Frame(call, *request, "");
          if (!frame.ok()) return finish(frame.status());
          auto command = Convert(read, *request, ByCaller(parts_, call),
                                 SchoolRegister{parts_.directory, call.caller.school});
          if (!command.ok()) return finish(command.status());
          if constexpr (requires { Consult(parts_, call, *command); }) {
            Consult(parts_, call, *command);
          }
          // Last, where a case that is not there is found out too: the same request
          // is answered alike with any reference that names no case for the caller.
          const absl::StatusOr<kernel::CaseRef> ref = ReadCaseRef(request->case_ref());
          if (!ref.ok()) return finish(ref.status());
          frame->stream = ref->Stream();
          Run(*std::move(frame), *std::move(command),
              Answer(call.caller, response, fill, std::move(finish)));
        },
        handler);
  }

  // Decides and records on a case that exists. A refusal for kRevisionConflict carries
  // what came in between, as far as the caller may see it. Whoever does not see the
  // case is told of no failure.
  template <class Command>
  void Run(runtime::CommandFrame frame, Command command, CaseTransactor::Done done) {
    done = ForWhoSees(frame, std::move(done));
    Begin(std::move(frame), std::move(command), std::move(done));
  }

  // The same for what begins a case under a reference that nobody has yet.
  template <class Command>
  void Begin(runtime::CommandFrame frame, Command command, CaseTransactor::Done done) {
    RunDecision(
        std::move(frame),
        [command = std::move(command)](const CaseCard& card) {
          return DecideWithoutLinks(card.state, command);
        },
        std::move(done));
  }

 private:
  // Fills the response with what a command came to, and ends the call.
  template <class Response>
  CaseTransactor::Done Answer(const runtime::Caller& caller, Response* response,
                              FillResponse<Response> fill, runtime::Finish finish) {
    return [this, caller, response, fill,
            finish = std::move(finish)](absl::StatusOr<CaseOutcome> outcome) mutable {
      if (!outcome.ok()) return finish(outcome.status());
      response->set_revision(outcome->revision);
      if (fill != nullptr) {
        const auto snapshot = parts_.cases.Load(caller.school, outcome->stream);
        if (!snapshot.ok()) return finish(runtime::OfRecorded(snapshot.status()));
        const CaseCard& card = (*snapshot)->state;
        const bool is_seen = SightOf(card.state, caller.actor) != Sight::kNone;
        fill(*outcome, is_seen ? &card : nullptr, *response);
      }
      *response->mutable_receipt() = std::move(outcome->receipt);
      finish(absl::OkStatus());
    };
  }

  // Gives `done` a failure only where the caller sees the case that the frame is of;
  // elsewhere what FindCase says, as if there was no case.
  CaseTransactor::Done ForWhoSees(const runtime::CommandFrame& frame, CaseTransactor::Done done);
  void RunDecision(runtime::CommandFrame frame, CaseTransactor::Decide decide,
                   CaseTransactor::Done done);
  // Ends with the refusal and what came in between, after it is durable that the
  // caller is shown that; with the bare refusal when it cannot be recorded.
  void Explain(absl::Status conflict, const runtime::CommandFrame& frame,
               CaseTransactor::Done done);

  const CaseworkParts parts_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_COMMANDS_H_
