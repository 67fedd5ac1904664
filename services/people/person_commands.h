// The one way in which a request becomes a command on a person: decide, record,
// answer when the register shows it.

#ifndef SERVICES_PEOPLE_PERSON_COMMANDS_H_
#define SERVICES_PEOPLE_PERSON_COMMANDS_H_

#include <functional>
#include <optional>
#include <utility>

#include "services/people/register.h"
#include "services/people/streams.h"
#include "services/runtime/refusal.h"
#include "services/runtime/rpc.h"
#include "services/runtime/transactor.h"
#include "storage/base/status_macros.h"

namespace wardbook::people {

using PersonTransactor = runtime::Transactor<PersonAggregate>;
using PersonOutcome = runtime::Outcome<wardbook::events::v1::PersonEvent>;

// Safe for concurrent use.
class PersonCommands {
 public:
  // All outlive it.
  PersonCommands(runtime::Rpc& rpc, PersonTransactor& transactor, Register& people)
      : rpc_(rpc), transactor_(transactor), people_(people) {}

  // Runs a command on a person of the caller's school. `decide` is called with the
  // state; `fill`, if there is one, when the register shows what it came to.
  template <class Request, class Response>
  void Run(const runtime::Call& call, const PersonId& person, const Request& request,
           Response* response, PersonTransactor::Decide decide, runtime::Finish finish,
           std::function<void(const PersonOutcome&)> fill = nullptr) {
    finish = runtime::FinishFor(request, std::move(finish));
    absl::StatusOr<runtime::CommandFrame> frame = rpc_.Frame(call, request, PersonStream(person));
    if (!frame.ok()) return finish(frame.status());
    transactor_.Run(*std::move(frame), std::move(decide),
                    [this, school = call.caller.school, response, fill = std::move(fill),
                     finish = std::move(finish)](absl::StatusOr<PersonOutcome> outcome) mutable {
                      if (!outcome.ok()) return finish(outcome.status());
                      Answer(school, *std::move(outcome), response, std::move(fill),
                             std::move(finish));
                    });
  }

  // Has the register show the person at that revision, which the transactor has recorded.
  // Fails when the register would show less: whoever is told that a role has ended must
  // be able to count on it, and asks again otherwise.
  absl::Status Show(const SchoolId& school, const PersonId& person, uint64_t revision) {
    if (const auto recorded = transactor_.Remembered(school, PersonStream(person))) {
      people_.TakeIn(school, person, *recorded);
    }
    if (people_.RevisionOf(school, person) >= revision) return absl::OkStatus();
    return people_.Refresh(school, person);
  }

 private:
  template <class Response>
  void Answer(const SchoolId& school, PersonOutcome outcome, Response* response,
              std::function<void(const PersonOutcome&)> fill, runtime::Finish finish) {
    // A request that came before has a person of its own.
    const std::optional<PersonId> recorded = PersonOfStream(outcome.stream);
    if (!recorded) return finish(absl::DataLossError("a person's stream has no id"));
    if constexpr (requires { response->set_person_id(""); }) {
      response->set_person_id(recorded->Hex());
    }
    response->set_revision(outcome.revision);
    *response->mutable_receipt() = std::move(outcome.receipt);
    rpc_.workers().Schedule([this, school, person = *recorded, outcome = std::move(outcome),
                             fill = std::move(fill), finish = std::move(finish)]() mutable {
      if (absl::Status shown = Show(school, person, outcome.revision); !shown.ok()) {
        return finish(runtime::OfRecorded(std::move(shown)));
      }
      if (fill != nullptr) fill(outcome);
      finish(absl::OkStatus());
    });
  }

  runtime::Rpc& rpc_;
  PersonTransactor& transactor_;
  Register& people_;
};

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_PERSON_COMMANDS_H_
