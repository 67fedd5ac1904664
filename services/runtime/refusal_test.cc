#include "services/runtime/refusal.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::runtime {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Not;
using testing::StatusIs;

wardbook::v1::Status DetailsOf(const grpc::Status& status) {
  wardbook::v1::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

TEST(Refuse, EveryReasonTellsItsCodeWordsAndNextStep) {
  for (const kernel::ReasonText& text : kernel::Catalogue()) {
    const absl::Status status = Refuse(text.reason, "a_field");
    EXPECT_TRUE(IsRefusal(status, text.reason)) << std::string(text.code);
    const grpc::Status sent = ToGrpc(status);
    EXPECT_EQ(sent.error_message(), std::string(text.message));
    const wardbook::v1::Status details = DetailsOf(sent);
    EXPECT_EQ(details.code(), static_cast<int>(sent.error_code()));
    ASSERT_EQ(details.details_size(), 1);
    wardbook::v1::Refusal refusal;
    ASSERT_TRUE(details.details(0).UnpackTo(&refusal));
    EXPECT_EQ(refusal.code(), std::string(text.code));
    EXPECT_EQ(refusal.next_step(), std::string(text.next_step));
    EXPECT_EQ(refusal.field(), "a_field");
  }
}

TEST(Refuse, ClausesAreOneEach) {
  const auto refusal = RefusalOf(Refuse(kernel::Reason::kIndecentImageNoStore));
  ASSERT_TRUE(refusal.has_value());
  ASSERT_EQ(refusal->clauses_size(), 2);
  EXPECT_EQ(refusal->clauses(0), "P36");
  EXPECT_EQ(refusal->clauses(1), "P38");
}

TEST(Refuse, AWrongOldPasswordDoesNotSayThatNobodyIsSignedIn) {
  EXPECT_THAT(Refuse(kernel::Reason::kOldPasswordWrong, "old_password"),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Refuse(kernel::Reason::kSignInFailed), StatusIs(absl::StatusCode::kUnauthenticated));
}

TEST(WithConflict, KeepsTheRefusalAndAddsWhatCameBetween) {
  wardbook::v1::Conflict conflict;
  conflict.set_current_revision(7);
  const absl::Status status =
      WithConflict(Refuse(kernel::Reason::kRevisionConflict, "expected_revision"), conflict);
  EXPECT_TRUE(IsRefusal(status, kernel::Reason::kRevisionConflict));
  EXPECT_EQ(RefusalOf(status)->conflict().current_revision(), 7u);
  EXPECT_EQ(WithConflict(absl::AbortedError("no refusal"), conflict),
            absl::AbortedError("no refusal"));
}

TEST(ToGrpc, WhatTheServerKnowsOfAFailureStaysThere) {
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
  for (const absl::StatusCode code :
       {absl::StatusCode::kInternal, absl::StatusCode::kUnknown, absl::StatusCode::kDataLoss,
        absl::StatusCode::kUnavailable}) {
    const grpc::Status sent = ToGrpc(absl::Status(code, "record 17 in /var/lib"));
    EXPECT_EQ(static_cast<int>(sent.error_code()), static_cast<int>(code));
    EXPECT_THAT(sent.error_message(), Not(HasSubstr("17")));
    EXPECT_THAT(sent.error_details(), Not(HasSubstr("17")));
  }
  EXPECT_EQ(ToGrpc(absl::NotFoundError("no such upload")).error_message(), "no such upload");
}

TEST(ToGrpc, OnlyWhoWantedToRecordSomethingIsToldThatItMayNotHaveBeen) {
  const absl::Status failure = absl::UnavailableError("the disk is full");
  EXPECT_THAT(ToGrpc(failure).error_message(), Not(HasSubstr("record")));
  const grpc::Status write = ToGrpc(OfWrite(failure));
  EXPECT_EQ(write.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(write.error_message(), HasSubstr("cannot record anything now"));
  EXPECT_THAT(DetailsOf(write).details(), IsEmpty());
  EXPECT_OK(OfWrite(absl::OkStatus()));
  const absl::Status refusal = Refuse(kernel::Reason::kCaseClosed);
  EXPECT_EQ(OfWrite(refusal), refusal);
}

TEST(ToGrpc, WhoseRequestIsRecordedIsToldSoWhateverFailsAfterwards) {
  for (const absl::StatusCode code :
       {absl::StatusCode::kInternal, absl::StatusCode::kUnknown, absl::StatusCode::kDataLoss,
        absl::StatusCode::kUnavailable, absl::StatusCode::kNotFound}) {
    const grpc::Status sent = ToGrpc(OfRecorded(OfWrite(absl::Status(code, "record 17"))));
    EXPECT_EQ(static_cast<int>(sent.error_code()), static_cast<int>(code));
    EXPECT_THAT(sent.error_message(), HasSubstr("is recorded"));
    EXPECT_THAT(sent.error_message(), HasSubstr("not be recorded twice"));
    EXPECT_THAT(sent.error_message(), Not(HasSubstr("17")));
    EXPECT_THAT(DetailsOf(sent).details(), IsEmpty());
  }
  EXPECT_OK(OfRecorded(absl::OkStatus()));
  const absl::Status refusal = Refuse(kernel::Reason::kCaseClosed);
  EXPECT_EQ(OfRecorded(refusal), refusal);
}

}  // namespace
}  // namespace wardbook::runtime
