// A case of which a record is damaged is one that there never was for whoever does
// not see it; those who do are told of the damage.

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/casework_server_for_test.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/captured_log_for_test.h"
#include "services/runtime/event_sealing.h"
#include "storage/crypto/random.h"
#include "tests/testing/appends.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::casework {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string NewUuid() { return UuidText(crypto::NewRequestId()); }

// One person saw every case.
class SeenBy : public CaseSights {
 public:
  explicit SeenBy(const PersonId& person) : person_(person) {}

  Sight LastSightOf(const runtime::Caller& caller, const kernel::CaseRef&) const override {
    return caller.actor.person == person_ ? Sight::kHandler : Sight::kNone;
  }

 private:
  const PersonId person_;
};

class UnreadableCase : public ::testing::Test {
 protected:
  UnreadableCase() {
    server_.cases().AskWhenUnreadable(seen_);
    ref_ = Reported();
    Damage(ref_);
  }

  std::string Reported() {
    v1::ReportIncidentRequest request;
    request.set_request_id(NewUuid());
    request.set_kind(events::INCIDENT_KIND_CYBER_BULLYING);
    request.set_what_happened("A page mocks a colleague by name.");
    request.mutable_happened_at()->set_date("2025-05-14");
    request.set_wishes_not_given(true);
    request.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
    v1::ReportIncidentResponse response;
    grpc::ClientContext context;
    SignIn(context, teacher_);
    EXPECT_TRUE(v1::IncidentService::NewStub(server_.channel())
                    ->ReportIncident(&context, request, &response)
                    .ok());
    return response.case_ref();
  }

  // Adds a record to the case that its key does not open.
  void Damage(const std::string& case_ref) {
    const std::string stream = kernel::CaseRef::Parse(case_ref)->Stream();
    const auto snapshot = server_.cases().Load(server_.school(), stream);
    ASSERT_OK(snapshot);
    events::CaseEvent event;
    event.mutable_note_added()->set_text("Spoke to both.");
    storage::AppendRequest request;
    request.school = server_.school();
    request.stream = stream;
    request.request_id = crypto::NewRequestId();
    const runtime::Caller caller{server_.school(), crypto::RandomId<SessionId>(), {head_, {}}};
    const vault::VaultKey wrong{*(*snapshot)->key_id, crypto::Secret::Random()};
    request.events.push_back(
        runtime::SealForLog({caller, stream, request.request_id, server_.now()}, wrong, event)
            ->event);
    ASSERT_OK(testing::AppendTo(server_.log(), std::move(request)));
  }

  grpc::Status Get(const PersonId& person, const std::string& case_ref) {
    v1::GetCaseRequest request;
    request.set_case_ref(case_ref);
    v1::GetCaseResponse response;
    grpc::ClientContext context;
    SignIn(context, person);
    return cases_->GetCase(&context, request, &response);
  }

  grpc::Status Note(const PersonId& person, const std::string& case_ref) {
    v1::AddNoteRequest request;
    request.set_request_id(NewUuid());
    request.set_case_ref(case_ref);
    request.set_text("A note.");
    v1::AddNoteResponse response;
    grpc::ClientContext context;
    SignIn(context, person);
    return cases_->AddNote(&context, request, &response);
  }

  // Adds words to the wishes of the reporter.
  grpc::Status Wish(const v1::UpdateWishesRequest& request) {
    v1::UpdateWishesResponse response;
    grpc::ClientContext context;
    SignIn(context, teacher_);
    return v1::IncidentService::NewStub(server_.channel())
        ->UpdateWishes(&context, request, &response);
  }

  // With the answer that is recorded on the case whatever else is wrong.
  grpc::Status OpenSuspected(const PersonId& person, const std::string& case_ref) {
    v1::OpenUploadRequest request;
    request.set_case_ref(case_ref);
    request.set_file_name("picture.png");
    request.set_size(5);
    request.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_YES);
    v1::OpenUploadResponse response;
    grpc::ClientContext context;
    SignIn(context, person);
    return v1::EvidenceService::NewStub(server_.channel())
        ->OpenUpload(&context, request, &response);
  }

  runtime::CapturedLog log_;
  CaseworkServerForTest server_;
  const PersonId teacher_ = server_.Enter("Tess Teacher", {kernel::Role::kStaff});
  const PersonId stranger_ = server_.Enter("Sam Stranger", {kernel::Role::kStaff});
  const PersonId head_ =
      server_.Enter("Hedda Head", {kernel::Role::kStaff, kernel::Role::kHeadteacher});
  const SeenBy seen_{head_};
  const std::unique_ptr<v1::CaseService::Stub> cases_ = v1::CaseService::NewStub(server_.channel());
  std::string ref_;
};

TEST_F(UnreadableCase, IsNoneToAStrangerToTheByteAndTheFaultIsLoggedWithoutItsReference) {
  const std::string never = kernel::CaseRef::FromBits(12345).text();
  const auto expect_alike = [](const grpc::Status& damaged, const grpc::Status& none) {
    EXPECT_THAT(damaged.error_code(), Eq(grpc::StatusCode::NOT_FOUND));
    EXPECT_THAT(damaged.error_code(), Eq(none.error_code()));
    EXPECT_THAT(damaged.error_message(), Eq(none.error_message()));
    EXPECT_THAT(damaged.error_details(), Eq(none.error_details()));
  };
  expect_alike(Get(stranger_, ref_), Get(stranger_, never));
  expect_alike(Note(stranger_, ref_), Note(stranger_, never));
  expect_alike(OpenSuspected(stranger_, ref_), OpenSuspected(stranger_, never));
  EXPECT_THAT(log_.lines(), Contains(HasSubstr("DATA_LOSS")));
  EXPECT_THAT(log_.lines(), Each(Not(HasSubstr(ref_))));
}

TEST_F(UnreadableCase, IsToldToThoseWhoSawIt) {
  EXPECT_THAT(Get(head_, ref_).error_code(), Eq(grpc::StatusCode::DATA_LOSS));
  EXPECT_THAT(Note(head_, ref_).error_code(), Eq(grpc::StatusCode::DATA_LOSS));
  EXPECT_THAT(log_.lines(), AllOf(Not(IsEmpty()), Each(Not(HasSubstr(ref_)))));
}

TEST_F(UnreadableCase, WhoseWordsAreRecordedIsToldSoThoughTheRestCannotBeRead) {
  v1::UpdateWishesRequest request;
  request.set_request_id(NewUuid());
  request.set_case_ref(Reported());
  request.set_wishes("The page should go.");
  ASSERT_TRUE(Wish(request).ok());
  Damage(request.case_ref());
  const grpc::Status again = Wish(request);
  EXPECT_THAT(again.error_code(), Eq(grpc::StatusCode::DATA_LOSS));
  EXPECT_THAT(again.error_message(), HasSubstr("is recorded"));
}

}  // namespace
}  // namespace wardbook::casework
