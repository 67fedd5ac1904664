#include "services/kernel/reason.h"

#include <cstddef>

#include "storage/base/assert.h"

namespace wardbook::kernel {
namespace {

// In the order of the enumeration, so that a reason finds its entry by index.
constexpr ReasonText kCatalogue[] = {
    {Reason::kFieldMissing, ReasonKind::kBadRequest, "R-FIELD-MISSING", "",
     "Something that must be filled in is empty.", "Fill in the field and send it again."},
    {Reason::kFieldTooLong, ReasonKind::kBadRequest, "R-FIELD-TOO-LONG", "",
     "The text is longer than the field can hold.",
     "Shorten it, or put the rest in a note or a file in evidence."},
    {Reason::kFieldInvalid, ReasonKind::kBadRequest, "R-FIELD-INVALID", "",
     "The value is not one that the field can have.", "Correct the field and send it again."},
    {Reason::kFutureTime, ReasonKind::kBadRequest, "R-FUTURE-TIME", "",
     "The date and time lie in the future.",
     "Enter when it happened or was seen. If you are not sure, mark it as approximate."},
    {Reason::kRequestIdReused, ReasonKind::kAlreadyExists, "R-REQUEST-ID-REUSED", "",
     "A request with this id was recorded before with other content.",
     "Send the new request with an id of its own."},
    {Reason::kRequestIdMissing, ReasonKind::kBadRequest, "R-REQUEST-ID-MISSING", "",
     "The request has no id, or the id is not a UUID.", "Send a UUID as the request id."},
    {Reason::kRevisionConflict, ReasonKind::kConflict, "R-CONFLICT", "",
     "Somebody else changed the case while you were working on it.",
     "Read what came in between, then send your change again."},
    {Reason::kNotSignedIn, ReasonKind::kUnauthenticated, "R-NOT-SIGNED-IN", "",
     "You are not signed in, or your session has ended.", "Sign in and try again."},
    {Reason::kRoleRequired, ReasonKind::kForbidden, "R-ROLE", "", "Your role does not allow this.",
     "Ask the Headteacher or the safeguarding lead, or add a note to your report."},
    {Reason::kNoSuchCase, ReasonKind::kNotFound, "R-NO-SUCH-CASE", "",
     "There is no such case among those that you may see.",
     "Check the reference. If you have a concern, report it as a new incident."},
    {Reason::kNoSuchPerson, ReasonKind::kNotFound, "R-NO-SUCH-PERSON", "",
     "There is no such person in the school's register.", "Choose a person from the list."},
    {Reason::kNoSuchEvidence, ReasonKind::kNotFound, "R-NO-SUCH-EVIDENCE", "",
     "There is no such file in evidence.", "Choose a file from the case."},
    {Reason::kNoSuchUpload, ReasonKind::kNotFound, "R-NO-SUCH-UPLOAD", "",
     "There is no such upload, or it was removed because it was not filed within a day.",
     "Upload the file again."},
    {Reason::kSubject, ReasonKind::kForbidden, "R-SUBJECT", "P20",
     "You cannot act in a case that is about you.",
     "Speak to the person who handles the case, or to your union."},
    {Reason::kSignInFailed, ReasonKind::kUnauthenticated, "R-SIGN-IN-FAILED", "P15",
     "The school, the user name or the password is not right.",
     "Try again, or ask the administrator for a new code."},
    {Reason::kPasswordTooWeak, ReasonKind::kBadRequest, "R-PASSWORD", "P15",
     "The new password must have from 12 to 200 characters.",
     "Choose a longer one; three or four random words are good."},
    {Reason::kAccountCodeInvalid, ReasonKind::kUnauthenticated, "R-ACCOUNT-CODE", "P15",
     "The code is not right, was used already or has expired.",
     "Ask the administrator for a new code."},
    {Reason::kUserNameTaken, ReasonKind::kAlreadyExists, "R-USER-NAME-TAKEN", "P15",
     "Another person has this user name.", "Choose another user name."},
    {Reason::kOwnLineManager, ReasonKind::kBadRequest, "R-OWN-LINE-MANAGER", "P45",
     "Nobody can be their own line manager.", "Choose another person."},
    {Reason::kTooManyAttempts, ReasonKind::kExhausted, "R-TOO-MANY-ATTEMPTS", "P15",
     "There were too many attempts to sign in.", "Wait a quarter of an hour, then try again."},
    {Reason::kCaseClosed, ReasonKind::kState, "R-CASE-CLOSED", "", "The case is closed.",
     "Open the case again first."},
    {Reason::kCaseNotClosed, ReasonKind::kState, "R-CASE-NOT-CLOSED", "", "The case is not closed.",
     "Carry on with the case as it is."},
    {Reason::kNotReferred, ReasonKind::kState, "R-NOT-REFERRED", "",
     "The case has no such referral.", "Refer the case to Lancashire Safeguarding first."},
    {Reason::kReferralNotAcknowledged, ReasonKind::kState, "R-REFERRAL-NOT-ACKNOWLEDGED", "",
     "The referral has not been acknowledged yet.", "Acknowledge the referral first."},
    {Reason::kAdviceNotSought, ReasonKind::kState, "R-ADVICE-NOT-SOUGHT", "P40",
     "No advice has been asked for in this case.", "Record that you asked for advice first."},
    {Reason::kNoSuchEntry, ReasonKind::kBadRequest, "R-NO-SUCH-ENTRY", "",
     "The case has no such entry.", "Choose an entry of the timeline."},
    {Reason::kEvidenceFiledAlready, ReasonKind::kState, "R-EVIDENCE-FILED", "P43",
     "This file is in evidence already and cannot be changed.",
     "File another file, or correct the entry by adding to it."},
    {Reason::kSightingIncomplete, ReasonKind::kBadRequest, "R-SIGHTING", "P44",
     "A screen print needs the time, the date and the place of the site.",
     "Fill them in, or say for each why it is not known."},
    {Reason::kIndecentImageNoStore, ReasonKind::kState, "R-IIOC-NOSTORE", "P36 P38",
     "No file can be added: this could be an indecent image of a child.",
     "Do not open, copy or send it. Call the police now: 999 in an emergency, else 101."},
    {Reason::kIndecentImageNotAsked, ReasonKind::kBadRequest, "R-IIOC-ASK", "P36 P38",
     "Say first whether this could be an indecent image of a child.",
     "Answer yes, not sure or no."},
    {Reason::kPolicePending, ReasonKind::kState, "R-IIOC-POLICE-FIRST", "P37",
     "The police must be informed before anything else is done.",
     "Call the police now: 999 in an emergency, else 101. Record that you did."},
    {Reason::kAdviceFirst, ReasonKind::kState, "R-ADVICE-FIRST", "P41",
     "The policy says you must wait for advice from Lancashire Safeguarding.",
     "Record the advice that you received, then go on."},
    {Reason::kWishesNeedReasons, ReasonKind::kBadRequest, "R-WISHES", "P46",
     "The reporter's wishes were not followed, and no reasons are given.",
     "Say why their wishes could not be followed."},
    {Reason::kOutcomePending, ReasonKind::kState, "R-OUTCOME-PENDING", "",
     "The referral to Lancashire Safeguarding has no outcome yet.",
     "Wait for the outcome, then close the case."},
    {Reason::kFileTypeNotTaken, ReasonKind::kBadRequest, "R-FILE-TYPE", "P43",
     "Files of this type are not taken.",
     "File a PNG, JPEG, WebP or HEIC picture, a PDF, plain text, an e-mail (.eml), or an MP4, "
     "WebM or MOV film."},
    {Reason::kFileEmpty, ReasonKind::kBadRequest, "R-FILE-EMPTY", "P43", "The file is empty.",
     "Choose the file again; it must hold something."},
    {Reason::kFileTooLarge, ReasonKind::kBadRequest, "R-FILE-TOO-LARGE", "",
     "The file is larger than 2 GiB.", "File the part that matters."},
    {Reason::kUploadIncomplete, ReasonKind::kState, "R-UPLOAD-INCOMPLETE", "P43",
     "The file has not arrived whole.", "Resume the upload, then file it."},
};

static_assert(sizeof(kCatalogue) / sizeof(kCatalogue[0]) ==
              static_cast<size_t>(Reason::kUploadIncomplete) + 1);

}  // namespace

const ReasonText& Describe(Reason reason) {
  const ReasonText& text = kCatalogue[static_cast<size_t>(reason)];
  WARDBOOK_ASSERT(text.reason == reason);
  return text;
}

}  // namespace wardbook::kernel
