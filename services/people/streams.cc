#include "services/people/streams.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wardbook::people {

std::string PersonStream(const PersonId& person) {
  return absl::StrCat(kPersonPrefix, person.Hex());
}

std::optional<PersonId> PersonOfStream(absl::string_view stream) {
  if (!absl::ConsumePrefix(&stream, kPersonPrefix)) return std::nullopt;
  return PersonId::FromHex(stream);
}

std::string SchoolStream(const SchoolId& school) { return absl::StrCat("school-", school.Hex()); }

}  // namespace wardbook::people
