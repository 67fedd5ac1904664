// What an event and its parts are called in plain words, for every screen and
// page that shows one. What is not known here, such as what a later version
// adds, is named after its identifier.

#ifndef STORAGE_BUNDLE_EVENT_WORDS_H_
#define STORAGE_BUNDLE_EVENT_WORDS_H_

#include <google/protobuf/descriptor.h>

#include <string>

#include "absl/strings/string_view.h"

namespace wardbook::bundle {

// The name of a kind of event: "wardbook.events.v1.NoteAdded" is "Note added".
std::string EventTitle(absl::string_view event_type);

// "What happened" for the field what_happened.
std::string FieldLabel(const google::protobuf::FieldDescriptor& field);

// An enumerator as it stands in the middle of a sentence, such as "screen print"
// or "the line manager".
std::string EnumPhrase(const google::protobuf::EnumDescriptor& type, int number);

// `text` with a capital letter in front.
std::string Capitalised(std::string text);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_EVENT_WORDS_H_
