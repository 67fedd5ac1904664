#include "tests/e2e/clauses/situations.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/crypto/sha256.h"
#include "tests/e2e/cases.h"

namespace wardbook::e2e {
namespace {

constexpr absl::string_view kPolicyText = "Pupils' phones are kept in the main office.";

void Sign(Scene& scene, Person School::*as, absl::string_view office) {
  scene.Do(as, "PolicyService.SignPolicyVersion",
           absl::StrCat(R"(version_id: "$version" content_sha256: "$sha256" office: )", office));
}

}  // namespace

void VersionDrafted(Scene& scene) {
  // Every draft has words of its own, so that no two are the same version.
  const std::string content = absl::StrCat(kPolicyText, " ", NewRequestId());
  scene.Do(&School::head, "PolicyService.DraftPolicyVersion",
           absl::StrCat("title: \"Social networking\" content: \"", content, "\""));
  scene.Set("sha256", crypto::Sha256(content).Hex());
}

void VersionSignedByHead(Scene& scene) {
  VersionDrafted(scene);
  Sign(scene, &School::head, "POLICY_OFFICE_HEADTEACHER");
}

void VersionSignedByHeadWhoChairs(Scene& scene) {
  VersionSignedByHead(scene);
  scene.Do(&School::administrator, "PeopleService.GrantRole",
           R"(person_id: "$head" role: ROLE_CHAIR_OF_GOVERNORS)");
}

void VersionSigned(Scene& scene) {
  VersionSignedByHead(scene);
  Sign(scene, &School::chair, "POLICY_OFFICE_CHAIR_OF_GOVERNORS");
}

void VersionApproved(Scene& scene) {
  VersionSigned(scene);
  scene.Do(&School::chair, "PolicyService.ApprovePolicyVersion",
           R"(version_id: "$version" approved_on: "$today" review_on: "$in_half_a_year")");
}

void VersionSignedAfterAnother(Scene& scene) {
  VersionApproved(scene);
  VersionSigned(scene);
}

void PolicyOverdue(Scene& scene) {
  VersionSigned(scene);
  scene.Do(&School::chair, "PolicyService.ApprovePolicyVersion",
           R"(version_id: "$version" approved_on: "2022-09-01" review_on: "2023-07-01")");
}

void OverdueCaseReported(Scene& scene) {
  PolicyOverdue(scene);
  BullyingReported(scene);
}

void ReminderIssued(Scene& scene) {
  scene.Do(&School::head, "PolicyService.IssuePreventionReminder",
           R"(message: "Look after yourselves online.")");
}

}  // namespace wardbook::e2e
