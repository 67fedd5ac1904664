// Addresses of the web in what people write. A usable link to an indecent image is
// not kept (P36): possessing links counts as possessing the images.

#ifndef SERVICES_CASEWORK_DOMAIN_WEB_ADDRESS_H_
#define SERVICES_CASEWORK_DOMAIN_WEB_ADDRESS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {

// Whether a word looks like an address: "https://a.example/x", "www.a",
// "a.example", "a.example/x" and "10.0.0.1/x"; not "e.g." nor "3.30pm". One word too
// many is no harm where it is only left out.
bool LooksLikeAddress(absl::string_view word);

// `text` with what looks like an address replaced by kAddressLeftOut, and the space
// between the words as it is.
std::string WithoutAddresses(absl::string_view text);

// The same in every text of a message.
void LeaveOutAddresses(google::protobuf::Message& message);

// Whether a text of the message has a link that works when it is copied: with a
// scheme, with "www.", or a host and a path. Narrower than LooksLikeAddress, because
// somebody is asked to write their text again.
bool HasLink(const google::protobuf::Message& message);

// What is decided on a case of a suspected indecent image, without links: a report
// and a referral, which are never refused, leave addresses out; anything else with a
// link is refused for kIndecentImageNoLink. Other cases are decided as they are.
CaseDecision WithoutLinks(const CaseState& state, CaseDecision decision);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_WEB_ADDRESS_H_
