// What has happened before somebody tries something: a school, and the things
// that were made in it, by the names under which requests speak of them.
//
//   scene.Do(&School::teacher, "CaseService.AddNote", R"(case_ref: "$case" text: "a note")");

#ifndef TESTS_E2E_CLAUSES_CLAUSE_SCENE_H_
#define TESTS_E2E_CLAUSES_CLAUSE_SCENE_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "tests/e2e/any_call.h"
#include "tests/e2e/school.h"

namespace wardbook::e2e {

// Placeholders are "$" and a name:
//   $teacher, $head ...     a person's id in hexadecimal digits; $teacher.bytes as bytes
//   $child, $parent         somebody of the register who has no account
//   $case, $entry ...       the last one that was made: a response's case_ref, entry_id ...
//                           (".bytes" as well where it is hexadecimal)
//   $now, $in_an_hour ...   a google.protobuf.Timestamp's fields
//   $today, $in_a_year ...  a date
// Thread-compatible.
class Scene {
 public:
  explicit Scene(const School& school);

  const School& school() const { return school_; }

  // Calls a method, such as "CaseService.AddNote", with a request in text format.
  WireAnswer Try(Person School::*as, absl::string_view method, absl::string_view request) const;
  // The same; fails the test unless it is answered with OK, and takes over the
  // names of what was made.
  void Do(Person School::*as, absl::string_view method, absl::string_view request);

  // Gives something the name `as` as well, such as an entry that another one
  // refers to.
  void Keep(absl::string_view name, absl::string_view as);
  void Set(absl::string_view name, absl::string_view value);

  // The text with its placeholders filled in; fails the test when it has others.
  std::string Filled(absl::string_view text) const;

 private:
  const School& school_;
  // With the "$".
  std::map<std::string, std::string> names_;
};

using Situation = void (*)(Scene&);

// Every byte as an escape of text format, so that none is taken for a placeholder.
std::string Escaped(absl::string_view bytes);

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_CLAUSES_CLAUSE_SCENE_H_
