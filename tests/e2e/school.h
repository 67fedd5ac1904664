// A school on a running server, with its people signed in.

#ifndef TESTS_E2E_SCHOOL_H_
#define TESTS_E2E_SCHOOL_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/e2e/person.h"
#include "tests/e2e/running_server.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::e2e {

struct School {
  std::string short_name;
  // 32 hexadecimal digits.
  std::string id;
  // One of kMarks: stands in everything that is typed in this school, and nowhere
  // else.
  std::string mark;

  Person administrator;
  Person teacher;    // Their line manager is the manager.
  Person colleague;  // Another member of staff.
  Person manager;
  Person head;
  Person deputy;  // Of the senior leadership team.
  Person lead;    // The designated safeguarding lead.
  Person chair;
  Person officer;  // Of Lancashire Safeguarding.
  Person auditor;

  // For what must hold for everybody.
  std::vector<const Person*> Everybody() const {
    return {&administrator, &teacher, &colleague, &manager, &head,
            &deputy,        &lead,    &chair,     &officer, &auditor};
  }

  // The text with the school's mark.
  std::string Typed(absl::string_view text) const;
  // The name in the register of whoever has the user name.
  std::string NameOf(absl::string_view user_name) const;
};

// Enters somebody in the register, who then signs in.
Person Join(const RunningServer& server, const School& school, absl::string_view user_name,
            wardbook::events::v1::PersonCategory category,
            const std::vector<wardbook::events::v1::Role>& roles);

// What to set up a server with.
NewSchool NewSchoolOf(absl::string_view short_name, absl::string_view mark);

// The people of a school that the server was set up with, registered by their
// administrator and signed in. User names are the same in every school. The
// server must agree.
School Populate(const RunningServer& server, absl::string_view short_name, absl::string_view mark);

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_SCHOOL_H_
