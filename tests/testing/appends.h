// Making appends, and waiting for what they come to.

#ifndef TESTS_TESTING_APPENDS_H_
#define TESTS_TESTING_APPENDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"
#include "storage/event_log.h"

namespace wardbook::testing {

// An id made of a number, for tests that name what they make.
template <class Id>
Id IdOf(uint64_t number) {
  Id id;
  for (size_t i = 0; i < 8; ++i) id.data()[i] = static_cast<uint8_t>(number >> (56 - 8 * i));
  id.data()[Id::kSize - 1] = 1;  // Never zero.
  return id;
}

// The key under which all events of tests are sealed.
crypto::Secret TestKey();

struct AppendSpec {
  SchoolId school = IdOf<SchoolId>(1);
  std::string stream = "case-1";
  storage::ExpectedRevision expected = storage::ExpectedRevision::Any();
  RequestId request_id;
  // That the records name; the events are sealed under TestKey, whatever it is.
  KeyId key_id = IdOf<KeyId>(1);
  // What the events say; the fingerprint is made of it.
  std::vector<std::string> texts = {"text"};
};

// A serialised event message with one text field.
std::string EventOf(absl::string_view text);

storage::AppendRequest MakeAppend(const AppendSpec& spec);

// Appends and waits for the answer.
absl::StatusOr<storage::Appended> AppendTo(storage::EventLog& log, storage::AppendRequest request);

}  // namespace wardbook::testing

#endif  // TESTS_TESTING_APPENDS_H_
