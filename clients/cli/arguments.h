// Options and arguments that write straight into a request.

#ifndef CLIENTS_CLI_ARGUMENTS_H_
#define CLIENTS_CLI_ARGUMENTS_H_

#include <google/protobuf/message.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/cli/terminal.h"
#include "clients/cli/words.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::cli {

enum class Need { kRequired, kOptional };

// The command line of one command. What it writes to outlives the parsing.
// Thread-compatible; a cheap handle.
class Arguments {
 public:
  Arguments(CLI::App& app, const Console& console) : app_(app), console_(console) {}

  CLI::App& app() const { return app_; }

  // An option ("--name") or an argument in its place ("NAME").
  void Line(const std::string& name, std::string* to, const std::string& description,
            Need need) const;
  // The same for the name of a file, and for a date and a time of day as
  // ParseLocalDateTime() reads them.
  void File(const std::string& name, std::string* to, const std::string& description,
            Need need) const;
  void Date(const std::string& name, std::string* to, const std::string& description,
            Need need) const;
  void TimeOfDay(const std::string& name, std::string* to, const std::string& description,
                 Need need) const;
  void Number(const std::string& name, std::function<void(uint64_t)> set,
              const std::string& description, Need need) const;

  // A longer text: "--NAME TEXT", or "--NAME-file FILE". A single hyphen for
  // either reads the standard input.
  void Text(const std::string& name, std::string* to, const std::string& description,
            Need need) const;
  // The same as an argument in its place.
  void TextInPlace(const std::string& name, std::string* to, const std::string& description) const;

  // One of the enumeration's words.
  template <class Enum>
  void Word(const std::string& name, std::function<void(Enum)> set, const std::string& description,
            Need need) const {
    WordOf(
        name, *google::protobuf::GetEnumDescriptor<Enum>(),
        [set](int number) { set(static_cast<Enum>(number)); }, description, need, Times::kOnce);
  }
  // The same but for one that nobody can mean here.
  template <class Enum>
  void WordOtherThan(Enum not_offered, const std::string& name, std::function<void(Enum)> set,
                     const std::string& description, Need need) const {
    WordOf(
        name, *google::protobuf::GetEnumDescriptor<Enum>(),
        [set](int number) { set(static_cast<Enum>(number)); }, description, need, Times::kOnce,
        static_cast<int>(not_offered));
  }
  // The same as often as wanted.
  template <class Enum>
  void Words(const std::string& name, std::function<void(Enum)> add, const std::string& description,
             Need need = Need::kOptional) const {
    WordOf(
        name, *google::protobuf::GetEnumDescriptor<Enum>(),
        [add](int number) { add(static_cast<Enum>(number)); }, description, need, Times::kOften);
  }

  // An instant, as ParseInstant() reads it.
  void Instant(const std::string& name, std::function<void(google::protobuf::Timestamp)> set,
               const std::string& description) const;
  // The beginning of something that cannot begin before now, as ParseBeginning()
  // reads it, and the end of something, as ParseEnd() does.
  void Beginning(const std::string& name, std::function<void(google::protobuf::Timestamp)> set,
                 const std::string& description) const;
  void End(const std::string& name, std::function<void(google::protobuf::Timestamp)> set,
           const std::string& description, Need need) const;

  // Somebody in an incident, as often as wanted: "NAME", "NAME=PERSON_ID" or
  // either with ",CATEGORY".
  void Parties(const std::string& name, std::function<void(events::v1::Party)> add,
               const std::string& description) const;

  // --platform, --address and --account.
  void Place(events::v1::OnlinePlace* place) const;

 private:
  enum class Times { kOnce, kOften };

  void WordOf(const std::string& name, const google::protobuf::EnumDescriptor& type,
              std::function<void(int)> set, const std::string& description, Need need, Times times,
              std::optional<int> not_offered = std::nullopt) const;

  CLI::App& app_;
  const Console& console_;
};

// A party as the command line has it. INVALID_ARGUMENT: what follows the equals
// sign is no person id.
absl::StatusOr<events::v1::Party> ParseParty(absl::string_view text);

// INVALID_ARGUMENT: a text in `message` is not UTF-8, which is all that the server
// can record.
absl::Status CheckTexts(const google::protobuf::Message& message);

// Clears every message in `message` that says nothing: the options for its
// fields were not given.
void DropEmptyMessages(google::protobuf::Message* message);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_ARGUMENTS_H_
