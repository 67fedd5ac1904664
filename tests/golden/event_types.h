// Which messages the log stores.

#ifndef TESTS_GOLDEN_EVENT_TYPES_H_
#define TESTS_GOLDEN_EVENT_TYPES_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

namespace wardbook::golden {

// Every message that stands in the oneof of CaseEvent, AccessEvent, PersonEvent
// or SchoolEvent, in that order.
std::vector<const google::protobuf::Descriptor*> EventTypes();

// Every enumerator of the package of events as "ENUM.NAME = NUMBER".
std::vector<std::string> EnumeratorLines();

// An empty message of a type above.
std::unique_ptr<google::protobuf::Message> NewEvent(const google::protobuf::Descriptor& type);

}  // namespace wardbook::golden

#endif  // TESTS_GOLDEN_EVENT_TYPES_H_
