// Why the domain refuses: one catalogue with a stable code, the clause of the
// policy, words for the person at the screen and the next step that is allowed.

#ifndef SERVICES_KERNEL_REASON_H_
#define SERVICES_KERNEL_REASON_H_

#include "absl/strings/string_view.h"

namespace wardbook::kernel {

enum class Reason {
  // The request itself.
  kFieldMissing,
  kFieldTooLong,
  kFieldInvalid,
  kFutureTime,
  kRequestIdReused,
  kRequestIdMissing,
  kRevisionConflict,
  // Who may do what.
  kNotSignedIn,
  kRoleRequired,
  kNoSuchCase,
  kNoSuchPerson,
  kNoSuchEvidence,
  kNoSuchUpload,
  kSubject,
  kSignInFailed,
  kPasswordTooWeak,
  kAccountCodeInvalid,
  kUserNameTaken,
  kOwnLineManager,
  kTooManyAttempts,
  // The state of the case.
  kCaseClosed,
  kCaseNotClosed,
  kNotReferred,
  kReferralNotAcknowledged,
  kAdviceNotSought,
  kNoSuchEntry,
  kEvidenceFiledAlready,
  // The policy's gates.
  kSightingIncomplete,
  kIndecentImageNoStore,
  kIndecentImageNotAsked,
  kPolicePending,
  kAdviceFirst,
  kWishesNeedReasons,
  kOutcomePending,
  kFileTypeNotTaken,
  kFileEmpty,
  kFileTooLarge,
  kUploadIncomplete,
};

// What the caller can do about it, from which the status code follows.
enum class ReasonKind {
  kBadRequest,  // The request can never succeed as it is.
  kState,       // It could succeed when the case has moved on.
  kNotFound,
  kForbidden,
  kUnauthenticated,
  kConflict,
  kAlreadyExists,
  kExhausted,     // Too often; it could succeed later.
};

struct ReasonText {
  Reason reason;
  ReasonKind kind;
  // Stable, such as "R-ADVICE-FIRST".
  absl::string_view code;
  // Such as "P41" or "P36 P38"; empty where the policy does not speak of it.
  absl::string_view clauses;
  absl::string_view message;
  absl::string_view next_step;
};

// The entry of the catalogue. Every reason has one.
const ReasonText& Describe(Reason reason);

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_REASON_H_
