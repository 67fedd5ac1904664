// What somebody reads of the policy: everything in force is for everybody,
// drafts and other people's acknowledgements are for those who oversee it.

#ifndef SERVICES_SCHOOLPOLICY_POLICY_READER_H_
#define SERVICES_SCHOOLPOLICY_POLICY_READER_H_

#include "absl/status/status.h"
#include "services/runtime/rpc.h"
#include "services/schoolpolicy/policy_parts.h"
#include "wardbook/v1/policy_service.pb.h"

namespace wardbook::schoolpolicy {

// Safe for concurrent use. Each read fills the response, or gives a refusal.
class PolicyReader {
 public:
  explicit PolicyReader(const PolicyParts& parts) : parts_(parts) {}

  absl::Status ReadStatus(const runtime::Call& call,
                          const wardbook::v1::GetPolicyStatusRequest& request,
                          wardbook::v1::GetPolicyStatusResponse* response) const;
  absl::Status ReadVersion(const runtime::Call& call,
                           const wardbook::v1::GetPolicyVersionRequest& request,
                           wardbook::v1::GetPolicyVersionResponse* response) const;
  absl::Status ListVersions(const runtime::Call& call,
                            const wardbook::v1::ListPolicyVersionsRequest& request,
                            wardbook::v1::ListPolicyVersionsResponse* response) const;
  absl::Status ListAcknowledgements(
      const runtime::Call& call, const wardbook::v1::ListPolicyAcknowledgementsRequest& request,
      wardbook::v1::ListPolicyAcknowledgementsResponse* response) const;

 private:
  // The version with its signatories' names, without its text.
  wardbook::v1::PolicyVersion ToWire(const runtime::Call& call, const PolicyVersion& version) const;
  // The version that a request names, else the one in force. A refusal: it is
  // not there, or the caller may not see it.
  absl::StatusOr<const PolicyVersion*> Choose(const runtime::Call& call, const PolicyState& state,
                                              const std::string& version_id) const;
  // Null when none is in force now.
  const PolicyVersion* InForce(const runtime::Call& call, const PolicyState& state) const;
  // Everybody of the school whom the policy binds, by a role or by how they are
  // connected with it, and whoever acknowledged the version before they left, by name; the caller
  // alone unless they oversee the policy.
  std::vector<wardbook::v1::PolicyAcknowledgement> AcknowledgementsOf(
      const runtime::Call& call, const PolicyVersion& version) const;
  bool IsPreventionReminderDue(const runtime::Call& call, const PolicyState& state) const;

  const PolicyParts parts_;
};

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_POLICY_READER_H_
