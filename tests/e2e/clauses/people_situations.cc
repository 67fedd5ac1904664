#include "tests/e2e/clauses/situations.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tests/e2e/cases.h"

namespace wardbook::e2e {
namespace {

// As many as one account may be tried from one address.
constexpr int kSignInAttempts = 10;

}  // namespace

void RegisterSomebody(Scene& scene, absl::string_view name, absl::string_view category) {
  scene.Do(&School::administrator, "PeopleService.RegisterPerson",
           absl::StrCat("name: \"", scene.school().Typed(name), "\" category: ", category));
  scene.Keep("person", name);
}

void SomebodyRegistered(Scene& scene) {
  RegisterSomebody(scene, "somebody", "PERSON_CATEGORY_EMPLOYEE");
  scene.Set("user", absl::StrCat("kit-", NewRequestId().substr(0, 8)));
}

void SomebodyJoined(Scene& scene) {
  SomebodyRegistered(scene);
  scene.Do(&School::administrator, "PeopleService.GrantRole",
           R"(person_id: "$somebody" role: ROLE_STAFF)");
}

void AccountIssued(Scene& scene) {
  SomebodyRegistered(scene);
  scene.Do(&School::administrator, "PeopleService.IssueAccount",
           R"(person_id: "$somebody" user_name: "$user")");
}

void SomebodyLeft(Scene& scene) {
  SomebodyRegistered(scene);
  scene.Do(&School::administrator, "PeopleService.RecordLeaving", R"(person_id: "$somebody")");
}

void SignInGuessed(Scene& scene) {
  for (int attempt = 0; attempt < kSignInAttempts; ++attempt) {
    EXPECT_FALSE(scene
                     .Try(&School::teacher, "AccessService.SignIn", R"(
        school: "conduct" user_name: "nobody" password: "a guess")")
                     .status.ok());
  }
}

}  // namespace wardbook::e2e
