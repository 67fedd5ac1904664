// An event with something in every field.

#ifndef TESTS_GOLDEN_SAMPLE_EVENT_H_
#define TESTS_GOLDEN_SAMPLE_EVENT_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/container/btree_set.h"

namespace wardbook::golden {

// Sets every field of `message` and of the messages in it to a value that
// follows from the field's name and number, repeated fields twice.
void FillEveryField(google::protobuf::Message* message);

// Adds the full names of the fields that are set in `message` and in the
// messages in it.
void AddFieldsSet(const google::protobuf::Message& message, absl::btree_set<std::string>* names);

}  // namespace wardbook::golden

#endif  // TESTS_GOLDEN_SAMPLE_EVENT_H_
