// How a command becomes a call: one template for each kind of method, so that a
// command is its arguments and the words of its answer.

#ifndef CLIENTS_CLI_COMMAND_H_
#define CLIENTS_CLI_COMMAND_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/arguments.h"
#include "clients/cli/paging.h"
#include "clients/cli/person_lookup.h"
#include "clients/cli/program.h"
#include "clients/cli/words.h"
#include "storage/base/status_macros.h"
#include "wardbook/v1/receipt.pb.h"

namespace wardbook::cli {

// What a command makes of the answer to its request.
template <class Request, class Response>
using Show =
    std::type_identity_t<std::function<void(const Request&, const Response&, Screen& screen)>>;

// A command whose arguments fill a request. A cheap handle.
template <class Request>
class Command : public Arguments {
 public:
  Command(CLI::App& app, const Console& console)
      : Arguments(app, console), state_(std::make_shared<State>()) {}

  Request& request() const { return state_->request; }

  const Command& Case() const {
    Line("CASE", request().mutable_case_ref(), "The case, such as WB-7K4D-9QX2", Need::kRequired);
    Before([](Request& request) {
      request.set_case_ref(CaseRefOf(request.case_ref()));
      return absl::OkStatus();
    });
    return *this;
  }
  // A person, whom the user may name as the list of people does; `set` learns who it
  // is before the request is sent.
  const Command& Person(const std::string& option, const std::string& description, Need need,
                        std::function<void(const PersonId&)> set) const {
    const auto text = std::make_shared<std::string>();
    Line(option, text.get(), absl::StrCat(description, kPersonForms), need);
    state_->preparations.push_back(
        [text, set = std::move(set)](Request&, const Connection& connection) {
          return text->empty() ? absl::OkStatus() : SetPerson(connection, *text, set);
        });
    return *this;
  }
  // The same for one or more people.
  const Command& People(const std::string& option, const std::string& description,
                        std::function<void(const PersonId&)> add) const {
    const auto texts = std::make_shared<std::vector<std::string>>();
    app()
        .add_option(option, *texts, absl::StrCat(description, kPersonForms, "; may be given again"))
        ->allow_extra_args(false)
        ->required();
    state_->preparations.push_back(
        [texts, add = std::move(add)](Request&, const Connection& connection) -> absl::Status {
          for (const std::string& text : *texts) {
            WARDBOOK_RETURN_IF_ERROR(SetPerson(connection, text, add));
          }
          return absl::OkStatus();
        });
    return *this;
  }
  const Command& Person() const {
    return Person(
        "PERSON", "The person", Need::kRequired,
        [&request = request()](const PersonId& person) { request.set_person_id(person.Hex()); });
  }

  // Runs before the request is sent, for what several arguments say together.
  void Before(std::function<absl::Status(Request&)> prepare) const {
    state_->preparations.push_back(
        [prepare = std::move(prepare)](Request& request, const Connection&) {
          return prepare(request);
        });
  }

  // The request to send, with what all requests of its kind carry.
  absl::StatusOr<Request> Finished(const Program& program, const Connection& connection) const {
    for (const auto& prepare : state_->preparations) {
      WARDBOOK_RETURN_IF_ERROR(prepare(state_->request, connection));
    }
    WARDBOOK_RETURN_IF_ERROR(CheckTexts(state_->request));
    Request request = state_->request;
    DropEmptyMessages(&request);
    if constexpr (requires { request.set_request_id(std::string()); }) {
      request.set_request_id(program.request_id());
    }
    if constexpr (requires { request.set_expected_revision(1); }) {
      if (program.expected_revision().has_value()) {
        request.set_expected_revision(*program.expected_revision());
      }
    }
    return request;
  }

 private:
  static constexpr char kPersonForms[] = ": their name as in the list, or their id";

  static absl::Status SetPerson(const Connection& connection, const std::string& text,
                                const std::function<void(const PersonId&)>& set) {
    WARDBOOK_ASSIGN_OR_RETURN(const PersonId person, FindPerson(connection, text));
    set(person);
    return absl::OkStatus();
  }

  struct State {
    Request request;
    std::vector<std::function<absl::Status(Request&, const Connection&)>> preparations;
  };
  std::shared_ptr<State> state_;
};

// What is numbered by the revision in an answer.
enum class Recorded { kEntryOfACase, kSomethingElse };

// "Entry 5 of the case, recorded 14 May 2026, 2:30 pm as record 40 of the log."
void ShowReceipt(Recorded recorded, uint64_t revision, const v1::Receipt& receipt, Screen& screen);

// Keeps the receipt on this computer and remembers how far the log has come. What
// fails here is told and is no failure of the command: the server has recorded it.
void KeepReceipt(Program& program, const v1::Receipt& receipt);

// Shows `response` as the user wants it, and remembers what it says of the log.
template <class Request, class Response>
absl::Status Answer(Program& program, const Request& request, const Response& response,
                    const Show<Request, Response>& show) {
  if (program.format() == Format::kJson) {
    program.screen().Json(response);
  } else {
    show(request, response, program.screen());
  }
  if constexpr (requires { response.receipt(); }) {
    if (program.format() == Format::kWords) {
      constexpr bool kIsOfACase =
          requires { request.case_ref(); } || requires { response.case_ref(); };
      ShowReceipt(kIsOfACase ? Recorded::kEntryOfACase : Recorded::kSomethingElse,
                  response.revision(), response.receipt(), program.screen());
    }
    KeepReceipt(program, response.receipt());
  }
  return absl::OkStatus();
}

// A command that calls a unary method once.
template <class Stub, class Request, class Response>
Command<Request> AddCall(Program& program, CLI::App& app, Method<Stub, Request, Response> method,
                         Repeat repeat, Show<Request, Response> show) {
  Command<Request> command(app, program.console());
  program.Sends(Request::descriptor()->name(), app);
  program.WhenChosen(app, [=, &program]() -> absl::Status {
    // Nobody is asked for more before it is known who they are.
    WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
    WARDBOOK_ASSIGN_OR_RETURN(const Request request, command.Finished(program, *connection));
    WARDBOOK_ASSIGN_OR_RETURN(const Response response, connection->Call(method, request, repeat));
    return Answer<Request, Response>(program, request, response, show);
  });
  return command;
}

// A command that records something; its request id makes it safe to repeat.
template <class Stub, class Request, class Response>
Command<Request> AddMutation(Program& program, CLI::App& noun, const std::string& verb,
                             const std::string& description, Method<Stub, Request, Response> method,
                             Show<Request, Response> show) {
  return AddCall(program, *noun.add_subcommand(verb, description), method, Repeat::kSafe,
                 std::move(show));
}

// The same where the answer is one sentence, after the case if there is one.
template <class Stub, class Request, class Response>
Command<Request> AddMutation(Program& program, CLI::App& noun, const std::string& verb,
                             const std::string& description, Method<Stub, Request, Response> method,
                             const char* sentence) {
  return AddMutation(program, noun, verb, description, method,
                     [sentence](const Request& request, const Response& response, Screen& screen) {
                       // The receipt says then that nothing changed.
                       if (response.receipt().leaf_hashes().empty()) return;
                       if constexpr (requires { request.case_ref(); }) {
                         screen.Line("Case ", request.case_ref(), ": ", sentence);
                       } else {
                         screen.Line(sentence);
                       }
                     });
}

// A command that lists everything.
template <class Stub, class Request, class Response>
Command<Request> AddList(Program& program, CLI::App& noun, const std::string& verb,
                         const std::string& description, Method<Stub, Request, Response> method,
                         Show<Request, Response> show) {
  CLI::App& app = *noun.add_subcommand(verb, description);
  Command<Request> command(app, program.console());
  program.WhenChosen(app, [=, &program]() -> absl::Status {
    // Nobody is asked for more before it is known who they are.
    WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
    WARDBOOK_ASSIGN_OR_RETURN(const Request request, command.Finished(program, *connection));
    WARDBOOK_ASSIGN_OR_RETURN(const Response all, AllPages(*connection, method, request));
    return Answer<Request, Response>(program, request, all, show);
  });
  return command;
}

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_COMMAND_H_
