#include "services/casework/domain/web_address.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "services/casework/domain/fields.h"

namespace wardbook::casework {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

// What stands between words, with the marks that people put around an address.
constexpr absl::string_view kSpace = " \t\r\n";
constexpr absl::string_view kBetweenLinks = " \t\r\n()[]<>{}\"',;";

bool IsDigitsAndDots(absl::string_view host) {
  return std::all_of(host.begin(), host.end(), [](char c) {
    return c == '.' || absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

bool IsLetters(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); });
}

bool IsLink(absl::string_view word) {
  if (absl::StrContains(word, "://") || absl::StrContains(absl::AsciiStrToLower(word), ".onion") ||
      absl::StartsWithIgnoreCase(word, "www.")) {
    return true;
  }
  const size_t slash = word.find('/');
  if (slash == word.npos || slash + 1 == word.size()) return false;
  const absl::string_view host = word.substr(0, slash);
  if (std::count(host.begin(), host.end(), '.') == 3 && IsDigitsAndDots(host)) return true;
  const size_t dot = host.rfind('.');
  if (dot == host.npos || dot == 0) return false;
  const absl::string_view last = host.substr(dot + 1);
  return last.size() >= 2 && IsLetters(last);
}

bool HasLink(absl::string_view text) {
  const std::vector<absl::string_view> words = absl::StrSplit(text, absl::ByAnyChar(kBetweenLinks));
  return std::any_of(words.begin(), words.end(), IsLink);
}

// Visits every text of the message, also of the messages in it, and keeps what the
// visit makes of it.
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
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        if (field->is_repeated()) {
          reflection.SetRepeatedString(&message, field, i,
                                       rewrite(reflection.GetRepeatedString(message, field, i)));
        } else {
          reflection.SetString(&message, field, rewrite(reflection.GetString(message, field)));
        }
      }
    }
  }
}

bool ConcernsSuspectedImage(const CaseState& state, const CaseEvent& event) {
  return state.indecent_image_suspected ||
         (event.has_incident_reported() && event.incident_reported().indecent_image_answer() !=
                                               wardbook::events::v1::INDECENT_IMAGE_ANSWER_NO);
}

bool IsNeverRefused(const CaseEvent& event) {
  return event.has_incident_reported() || event.has_case_referred() ||
         event.has_referral_submitted();
}

}  // namespace

bool LooksLikeAddress(absl::string_view word) {
  if (absl::StrContains(word, "://") || absl::StartsWithIgnoreCase(word, "www.")) return true;
  for (size_t dot = word.find('.'); dot != word.npos; dot = word.find('.', dot + 1)) {
    if (dot == 0 || !absl::ascii_isalnum(static_cast<unsigned char>(word[dot - 1]))) continue;
    size_t end = dot + 1;
    while (end < word.size() && absl::ascii_isalpha(static_cast<unsigned char>(word[end]))) ++end;
    if (end - dot > 2) return true;
    if (absl::StrContains(word.substr(dot), '/')) return true;
  }
  return false;
}

std::string WithoutAddresses(absl::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const size_t start = std::min(text.find_first_not_of(kSpace), text.size());
    const size_t end = std::min(text.find_first_of(kSpace, start), text.size());
    const absl::string_view word = text.substr(start, end - start);
    kept.append(text.data(), start);
    const absl::string_view written = LooksLikeAddress(word) ? kAddressLeftOut : word;
    kept.append(written.data(), written.size());
    text.remove_prefix(end);
  }
  return kept;
}

void LeaveOutAddresses(Message& message) {
  RewriteTexts(message, [](const std::string& text) { return WithoutAddresses(text); });
}

bool HasLink(const Message& message) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int values = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < values; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        if (HasLink(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                         : reflection.GetMessage(message, field))) {
          return true;
        }
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        if (HasLink(absl::string_view(field->is_repeated()
                                          ? reflection.GetRepeatedString(message, field, i)
                                          : reflection.GetString(message, field)))) {
          return true;
        }
      }
    }
  }
  return false;
}

CaseDecision WithoutLinks(const CaseState& state, CaseDecision decision) {
  auto* const events = std::get_if<std::vector<CaseEvent>>(&decision);
  if (events == nullptr) return decision;
  for (CaseEvent& event : *events) {
    if (!ConcernsSuspectedImage(state, event)) continue;
    if (IsNeverRefused(event)) {
      LeaveOutAddresses(event);
    } else if (HasLink(event)) {
      return Rejected{Reason::kIndecentImageNoLink, ""};
    }
  }
  return decision;
}

}  // namespace wardbook::casework
