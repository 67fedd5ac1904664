// What the register tells of the people of a school.

#ifndef SERVICES_PEOPLE_PEOPLE_LISTS_H_
#define SERVICES_PEOPLE_PEOPLE_LISTS_H_

#include "absl/status/status.h"
#include "services/people/register.h"
#include "services/runtime/rpc.h"
#include "wardbook/v1/people_service.pb.h"

namespace wardbook::people {

// Whether they belong to the school and choose from its list of people. Officers
// of the authority and auditors have no business with it.
absl::Status RequireOfSchool(const runtime::Call& call);

// A page of the people. Refusals for kRoleRequired and kFieldInvalid.
absl::Status ReadPeople(const Register& people, const runtime::Call& call,
                        const wardbook::v1::ListPeopleRequest& request,
                        wardbook::v1::ListPeopleResponse* response);

// Who held which role when. Refusals for kRoleRequired, kFieldInvalid and
// kNoSuchPerson.
absl::Status ReadRoles(const Register& people, const runtime::Call& call,
                       const wardbook::v1::ListRolesRequest& request,
                       wardbook::v1::ListRolesResponse* response);

// The profile reviews that the caller may see: everybody's for those who see to
// it that they are done, their own for all others.
void ReadProfileReviews(const Register& people, const runtime::Call& call,
                        const wardbook::v1::ListProfileReviewsRequest& request,
                        wardbook::v1::ListProfileReviewsResponse* response);

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_PEOPLE_LISTS_H_
