#include "services/kernel/shared_name.h"

#include "gtest/gtest.h"

namespace wardbook::kernel {
namespace {

TEST(IsSharedName, OfPlacesGroupsAndThingsWithOrWithoutNumbers) {
  for (const char* name : {"office", "School Office", "main.office", "reception", "staff_room",
                           "class3", "class-3", "Year 6 Team", "supply", "supply2", "ict.suite",
                           "Everyone", "the staff", "all-users", "account", "year"}) {
    EXPECT_TRUE(IsSharedName(name)) << name;
  }
}

TEST(IsSharedName, NotOfPeopleAndTheOfficesThatOnePersonHolds) {
  for (const char* name : {"ada", "June Office", "a.staff", "head", "admin", "administrator",
                           "chair", "deputy", "teacher", "Val Guest", "Zo\xC3\xAB", "", "3"}) {
    EXPECT_FALSE(IsSharedName(name)) << name;
  }
}

}  // namespace
}  // namespace wardbook::kernel
