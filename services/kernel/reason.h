// Why the domain refuses: one catalogue with a stable code, the clause of the
// policy, words for the person at the screen and the next step that is allowed.

#ifndef SERVICES_KERNEL_REASON_H_
#define SERVICES_KERNEL_REASON_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

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
  kChunkOutOfPlace,
  kBeyondLog,
  // Who may do what.
  kNotSignedIn,
  kRoleRequired,
  kNoSuchCase,
  kNoSuchPerson,
  kNoSuchEvidence,
  kNoSuchUpload,
  kSubject,
  kSignInFailed,
  kOldPasswordWrong,
  kPasswordTooWeak,
  kAccountCodeInvalid,
  kUserNameTaken,
  kOwnLineManager,
  kTooManyAttempts,
  kLastAdministrator,
  kOwnSight,
  kAuditorApart,
  kSeenPositionUnknown,
  kServerBusy,
  // The state of the case.
  kCaseClosed,
  kCaseNotClosed,
  kNotReferred,
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
  kBundleTooLarge,
  kNoInvestigation,
  kIndecentImageNotSuspected,
  kIndecentImageNoLink,
  kAboutHeadteacherNotAsked,
  kEscalatedAlready,
  kUploadsOpen,
  // What is done with people outside the case.
  kTargetDecides,
  kChildsViewsMissing,
  kPersonalChannel,
  kNoProviderReport,
  kNoDisagreement,
  kDisagreementResolved,
  kDisagreementLastStage,
  kConveyedByMissing,
  kReferralEnded,
  kReferralUnsettled,
  kOthersReferral,
  // Investigation and decisions.
  kWishesNotAsked,
  kThresholdFirst,
  kThresholdDecisionMissing,
  kHarmLimbMissing,
  kReferralMissing,
  kInvestigatorInvolved,
  kInvestigationStarted,
  kInvestigationNotStarted,
  kInvestigationBarred,
  kFindingMissing,
  kNoBreachFound,
  kDisciplinaryDecisionMissing,
  kReferenceOnly,
  kHeadOrChairInforms,
  kGoverningBodyMinimum,
  kGoverningBodyNames,
  kGoverningBodyNotInformed,
  kDataBreachNotAssessed,
  // The policy itself.
  kNoSuchPolicyVersion,
  kPolicySignatory,
  kPolicySameSignatory,
  kPolicySignatureMissing,
  kPolicyApproved,
  kPolicyTextChanged,
  kPolicyApprovalOrder,
  kReviewDateMissing,
  kReviewDateTooLate,
  kNoPolicyInForce,
  kPolicyNotInForce,
  kAcknowledgeOwn,
  kNoSuchReminder,
  kNoSuchClause,
  // The registers.
  kNoSuchRegisterEntry,
  kRegisterEntryStands,
  kRegisterEntryNotAsked,
  kRegisterEntryNotInForce,
  kHeadteacherDecides,
  kLeadershipDecides,
  kOwnDecision,
  kOwnDecisionOfLeadership,
  kOwnDecisionOfHead,
  kPermissionLate,
  kPermissionUnbounded,
  kPermissionNotProfessional,
  kPermissionNotWritten,
  kPermissionRoom,
  kPermissionNotDiscussed,
  kCustodyConsentFirst,
  kVisitEmergencyOnly,
  kNotParentOfChild,
  kParentCategory,
  kOwnLink,
  kDeviceRegistrar,
  kPhotoConsentMissing,
  kDeviceNotRegistered,
  kSharingConsentMissing,
  kRecipientNotParent,
  kImageStorage,
  kPhoneExamined,
  kBeforeHomeTime,
  kParentsNotAware,
  kJustificationTime,
  kJustificationNotReviewed,
  kJustificationReviewed,
  kAdviceDecisionMissing,
  // People over time, and who receives what.
  kAbsenceNotYours,
  kNoSuchAbsence,
  kAbsenceOverlaps,
  kDeputyNotLeadership,
  kPersonLeft,
  kLastChair,
  kReviewBeforeJoining,
  kHeadteacherReceives,
  kRecipientSeeksAdvice,
  kHandOverNotYours,
  kNoRecipient,
  kNotAHandler,
  kConflictNotYours,
  kNotReferredToDiscipline,
  kNotATarget,
  kEvidenceSuperseded,
  kFilerAttests,
  kSharedAccount,
  kPasswordByProxy,
  // The registers.
  kRegisterEntryFull,
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
  kOutOfRange,  // It lies beyond what is there, which may grow.
  kExhausted,   // Too often; it could succeed later.
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

// All entries, in the order of the enumeration.
absl::Span<const ReasonText> Catalogue();

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_REASON_H_
