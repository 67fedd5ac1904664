// The commands about registers have in common how an entry is named and shown.

#ifndef CLIENTS_CLI_REGISTER_ENTRY_H_
#define CLIENTS_CLI_REGISTER_ENTRY_H_

#include <google/protobuf/repeated_field.h>

#include <CLI/CLI.hpp>
#include <string>

#include "clients/cli/command.h"
#include "clients/cli/program.h"
#include "clients/cli/screen.h"
#include "wardbook/v1/register.pb.h"
#include "wardbook/v1/register_service.grpc.pb.h"

namespace wardbook::cli {

// What an entry is, where it stands, and all that happened to it.
void ShowRegisterEntry(const v1::RegisterEntry& entry, Screen& screen);

// What happened to an entry and what was written with it; the ids of `people` as
// their names.
std::string RegisterEventTitle(const events::v1::RegisterEvent& event);
void ShowRegisterEventFields(const events::v1::RegisterEvent& event,
                             const google::protobuf::RepeatedPtrField<v1::NamedPerson>& people,
                             Screen& screen);

// Adds "list" and "show" for a register; `of` says which entries are listed when
// the user does not.
void AddRegisterReads(Program& program, CLI::App& noun, v1::Register reg, v1::EntryList of);

// A command that makes a new entry.
template <class Request, class Response>
Command<Request> AddOpening(Program& program, CLI::App& noun, const std::string& verb,
                            const std::string& description,
                            Method<v1::RegisterService::Stub, Request, Response> method,
                            const std::string& sentence) {
  return AddMutation(program, noun, verb, description, method,
                     [sentence](const Request&, const Response& response, Screen& screen) {
                       screen.Line(sentence);
                       screen.Command("Id: ", response.entry_id());
                     });
}

// A command on an entry that exists.
template <class Request, class Response>
Command<Request> AddStep(Program& program, CLI::App& noun, const std::string& verb,
                         const std::string& description,
                         Method<v1::RegisterService::Stub, Request, Response> method,
                         const char* sentence, const std::string& entry = "ENTRY") {
  Command<Request> command = AddMutation(program, noun, verb, description, method, sentence);
  command.Line(entry, command.request().mutable_entry_id(), "The id, as the list has it",
               Need::kRequired);
  return command;
}

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_REGISTER_ENTRY_H_
