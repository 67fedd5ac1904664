#include "services/casework/domain/web_address.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wardbook::casework {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

// What stands between words, with the marks that people put around an address.
constexpr absl::string_view kBetweenWords = " \t\r\n()[]<>{}\"',;";

// The endings of most hosts that people meet. None is a word that follows a full
// stop where somebody forgot the space.
constexpr absl::string_view kCommonEndings[] = {"com", "net", "org", "info", "biz",
                                                "io",  "ru",  "xyz", "app",  "onion"};

bool IsDigitsAndDots(absl::string_view host) {
  return std::all_of(host.begin(), host.end(), [](char c) {
    return c == '.' || absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

bool IsLetters(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); });
}

// "left.He/she" is two sentences, and "J.Smith/A.Green" two people.
bool BeginsASentence(absl::string_view host, size_t at) {
  return absl::ascii_isupper(static_cast<unsigned char>(host[at])) &&
         absl::ascii_islower(static_cast<unsigned char>(host[at + 1]));
}

// What the police or the council have to be told, or were told: nobody is kept from
// recording it by an address in it. A submitted form leaves addresses out itself.
bool IsNeverRefusedForLinks(const CaseEvent& event) {
  return event.has_case_referred() || event.has_referral_submitted() ||
         event.has_police_informed() || event.has_police_reported() ||
         event.has_duty_to_report_notified() || event.has_preservation_step_recorded();
}

// Keeps of every text of the message, also of the messages in it, what `rewrite`
// makes of it.
void RewriteTexts(Message& message, absl::FunctionRef<std::string(const std::string&)> rewrite) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int values = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < values; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        RewriteTexts(field->is_repeated() ? *reflection.MutableRepeatedMessage(&message, field, i)
                                          : *reflection.MutableMessage(&message, field),
                     rewrite);
      } else if (field->type() == FieldDescriptor::TYPE_STRING && field->is_repeated()) {
        reflection.SetRepeatedString(&message, field, i,
                                     rewrite(reflection.GetRepeatedString(message, field, i)));
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        reflection.SetString(&message, field, rewrite(reflection.GetString(message, field)));
      }
    }
  }
}

}  // namespace

bool IsWebAddress(absl::string_view word) {
  if (absl::StrContains(word, "://") || absl::StartsWithIgnoreCase(word, "www.")) return true;
  const size_t slash = std::min(word.find('/'), word.size());
  const bool has_path = slash + 1 < word.size();
  const absl::string_view host = absl::StripSuffix(word.substr(0, slash), ".");
  if (has_path && std::count(host.begin(), host.end(), '.') == 3 && IsDigitsAndDots(host)) {
    return true;
  }
  const size_t dot = host.rfind('.');
  if (dot == host.npos || dot == 0 || absl::StrContains(host, '@')) return false;
  const std::string ending = absl::AsciiStrToLower(host.substr(dot + 1));
  if (has_path && ending.size() >= 2 && IsLetters(ending) && !BeginsASentence(host, dot + 1)) {
    return true;
  }
  return std::find(std::begin(kCommonEndings), std::end(kCommonEndings), ending) !=
         std::end(kCommonEndings);
}

std::string WithoutAddresses(absl::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const size_t start = std::min(text.find_first_not_of(kBetweenWords), text.size());
    const size_t end = std::min(text.find_first_of(kBetweenWords, start), text.size());
    const absl::string_view word = text.substr(start, end - start);
    absl::StrAppend(&kept, text.substr(0, start), IsWebAddress(word) ? kAddressLeftOut : word);
    text.remove_prefix(end);
  }
  return kept;
}

std::string AsMayBeKept(const CaseState& state, absl::string_view text) {
  return state.indecent_image_suspected ? WithoutAddresses(text) : std::string(text);
}

void LeaveOutAddresses(Message& message) {
  RewriteTexts(message, [](const std::string& text) { return WithoutAddresses(text); });
}

bool HasAddress(const Message& message) {
  const std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  bool found = false;
  RewriteTexts(*copy, [&found](const std::string& text) {
    std::string without = WithoutAddresses(text);
    found = found || without != text;
    return without;
  });
  return found;
}

CaseDecision WithoutLinks(const CaseState& state, Sight sight, CaseDecision decision) {
  auto* const events = std::get_if<std::vector<CaseEvent>>(&decision);
  const bool is_kept = sight == Sight::kOwnEntries;
  if (events == nullptr || (!state.indecent_image_suspected && !is_kept)) return decision;
  for (CaseEvent& event : *events) {
    if (is_kept || IsNeverRefusedForLinks(event)) {
      LeaveOutAddresses(event);
    } else if (HasAddress(event)) {
      return Rejected{Reason::kIndecentImageNoLink, ""};
    }
  }
  return decision;
}

}  // namespace wardbook::casework
