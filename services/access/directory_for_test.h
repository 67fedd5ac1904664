// A directory of people that a test fills in.

#ifndef SERVICES_ACCESS_DIRECTORY_FOR_TEST_H_
#define SERVICES_ACCESS_DIRECTORY_FOR_TEST_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/runtime/caller.h"
#include "storage/base/ids.h"

namespace wardbook::access {

// Thread-compatible while it is filled, then safe for concurrent use.
class DirectoryForTest : public runtime::Directory {
 public:
  void Add(const SchoolId& school, const PersonId& person, std::string name,
           std::set<kernel::Role> roles) {
    people_[{school, person}] = {person, std::move(name), std::move(roles), std::nullopt};
  }

  // Of somebody who was added.
  void SetAccountIssue(const SchoolId& school, const PersonId& person,
                       const runtime::AccountIssue& issue) {
    people_.at({school, person}).account_issue = issue;
  }

  std::optional<runtime::PersonEntry> Find(const SchoolId& school, const PersonId& person,
                                           absl::Time /*now*/) const override {
    const auto found = people_.find({school, person});
    if (found == people_.end()) return std::nullopt;
    return found->second;
  }

  std::vector<runtime::PersonEntry> PeopleOf(const SchoolId& school,
                                             absl::Time /*now*/) const override {
    std::vector<runtime::PersonEntry> people;
    for (const auto& [key, person] : people_) {
      if (key.first == school) people.push_back(person);
    }
    return people;
  }

 private:
  std::map<std::pair<SchoolId, PersonId>, runtime::PersonEntry> people_;
};

}  // namespace wardbook::access

#endif  // SERVICES_ACCESS_DIRECTORY_FOR_TEST_H_
