#include "services/registers/register_service.h"

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "services/kernel/timestamp.h"
#include "services/registers/register_view.h"
#include "services/runtime/receipts.h"
#include "services/runtime/worker_pool.h"
#include "storage/base/moment.h"
#include "storage/crypto/random.h"
#include "storage/crypto/secret.h"
#include "storage/vault/vault.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/memory_register.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::registers {
namespace {

using kernel::Reason;
using kernel::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

namespace v1 = wardbook::v1;

constexpr std::chrono::seconds kPatience(30);

// A call refused for `reason`.
MATCHER_P(RefusedFor, reason, "") {
  v1::Status details;
  v1::Refusal refusal;
  *result_listener << arg.error_message();
  return details.ParseFromString(arg.error_details()) && details.details_size() == 1 &&
         details.details(0).UnpackTo(&refusal) &&
         refusal.code() == std::string(kernel::Describe(reason).code);
}

template <class Request>
Request WithId(Request request) {
  request.set_request_id(UuidText(crypto::NewRequestId()));
  return request;
}

class RegisterServiceTest : public ::testing::Test {
 protected:
  RegisterServiceTest() {
    std::vector<const runtime::View*> views;
    for (const RegisterView& view : views_) views.push_back(&view);
    projector_ = *runtime::Projector::Start(log_, *vault_, store_, views);
    listing_.emplace(*projector_);
    service_.emplace(RegisterParts{rpc_, entries_, *listing_, people_, *rules_});
    grpc::ServerBuilder builder;
    builder.RegisterService(&*service_);
    server_ = builder.BuildAndStart();
    stub_ = v1::RegisterService::NewStub(server_->InProcessChannel(grpc::ChannelArguments()));
    teacher_ = Enter("Tess Example", {Role::kStaff});
    head_ = Enter("Hana Example", {Role::kStaff, Role::kHeadteacher});
    officer_ = Enter("Olga Example", {Role::kSafeguardingOfficer});
    child_ = Enter("Cora Example", {}, events::PERSON_CATEGORY_PUPIL);
    parent_ = Enter("Pat Example", {}, events::PERSON_CATEGORY_PARENT);
  }
  ~RegisterServiceTest() override { server_->Shutdown(); }

  PersonId Enter(const std::string& name, std::set<Role> roles,
                 events::PersonCategory category = events::PERSON_CATEGORY_EMPLOYEE) {
    const auto id = crypto::RandomId<PersonId>();
    people_.Enter({id, name, std::move(roles), std::nullopt, category});
    return id;
  }

  // Calls as `person`, who has seen what was recorded last.
  template <class Request, class Response>
  grpc::Status Call(grpc::Status (v1::RegisterService::Stub::*method)(grpc::ClientContext*,
                                                                      const Request&, Response*),
                    const PersonId& person, const Request& request, Response* response) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + testing::MemoryRegister::TokenOf(person));
    if (seen_.has_value()) {
      context.AddMetadata("wardbook-seen-position", std::to_string(*seen_));
    }
    const grpc::Status status = ((*stub_).*method)(&context, request, response);
    if constexpr (requires { response->receipt(); }) {
      if (status.ok() && !response->receipt().leaf_hashes().empty()) {
        seen_ = response->receipt().position();
      }
    }
    return status;
  }

  v1::RequestPermissionRequest PhoneOn() {
    v1::RequestPermissionRequest request;
    events::PermissionRequested& permission = *request.mutable_permission();
    permission.set_kind(events::PERMISSION_KIND_PHONE_KEPT_ON);
    permission.set_reason("A call from the hospital is due.");
    *permission.mutable_until_time() = kernel::TimestampOf(now_ + absl::Hours(48));
    permission.add_rooms(events::PHONE_ROOM_STAFF_ROOM);
    return WithId(request);
  }

  std::string RequestPhoneOn(const PersonId& person) {
    v1::RequestPermissionResponse response;
    EXPECT_TRUE(
        Call(&v1::RegisterService::Stub::RequestPermission, person, PhoneOn(), &response).ok());
    return response.entry_id();
  }

  grpc::Status Grant(const PersonId& person, const std::string& entry_id) {
    v1::GrantPermissionRequest request;
    request.set_entry_id(entry_id);
    *request.mutable_grant()->mutable_discussed_time() = kernel::TimestampOf(now_);
    v1::GrantPermissionResponse response;
    return Call(&v1::RegisterService::Stub::GrantPermission, person, WithId(request), &response);
  }

  std::vector<v1::RegisterEntry> List(const PersonId& person, v1::Register reg, v1::EntryList list,
                                      int page_size = 0) {
    v1::ListEntriesRequest request;
    request.set_in_register(reg);
    request.set_list(list);
    request.set_page_size(page_size);
    std::vector<v1::RegisterEntry> entries;
    do {
      v1::ListEntriesResponse response;
      const grpc::Status status =
          Call(&v1::RegisterService::Stub::ListEntries, person, request, &response);
      EXPECT_TRUE(status.ok()) << status.error_message();
      entries.insert(entries.end(), response.entries().begin(), response.entries().end());
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return entries;
  }

  grpc::Status TakeIn(const std::string& permission_id, std::string* entry_id) {
    v1::TakeInPhoneRequest request;
    events::PhoneTakenIn& phone = *request.mutable_phone();
    phone.set_child_id(child_.Bytes());
    phone.set_device_description("Black");
    phone.set_ground(permission_id.empty() ? events::CUSTODY_GROUND_BROUGHT_IN
                                           : events::CUSTODY_GROUND_KEPT_WITH_CONSENT);
    if (!permission_id.empty()) {
      phone.set_permission_id(PersonId::FromHex(permission_id)->Bytes());
    }
    v1::TakeInPhoneResponse response;
    const grpc::Status status =
        Call(&v1::RegisterService::Stub::TakeInPhone, teacher_, WithId(request), &response);
    *entry_id = response.entry_id();
    return status;
  }

  const SchoolId school_ = crypto::RandomId<SchoolId>();
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  testing::MemoryRegister people_{school_};
  testing::MemoryEventLog log_;
  const std::unique_ptr<const rulepack::RulePacks> rules_ = *rulepack::RulePacks::Shipped();
  std::unique_ptr<vault::Vault> vault_ =
      vault::Vault::Open(std::make_unique<testing::MemoryKeyValue>(), crypto::Secret::Random())
          .value();
  runtime::ReceiptWriter receipts_{
      checkpoint::NoteSigner::Create("wardbook.example", crypto::Secret::Random()).value()};
  runtime::WorkerPool workers_{2};
  runtime::Rpc rpc_{people_, [this] { return now_; }, vault_->fingerprint_key(), workers_};
  RegisterTransactor entries_{log_, *vault_, receipts_, workers_};
  runtime::ViewStore store_{std::make_unique<testing::MemoryKeyValue>(), *vault_};
  const std::vector<RegisterView> views_ = ViewsOfAllRegisters();
  std::unique_ptr<runtime::Projector> projector_;
  std::optional<RegisterListing> listing_;
  std::optional<RegisterService> service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::RegisterService::Stub> stub_;
  std::optional<uint64_t> seen_;
  PersonId teacher_;
  PersonId head_;
  PersonId officer_;
  PersonId child_;
  PersonId parent_;
};

TEST_F(RegisterServiceTest, APermissionIsAskedForDecidedAndInForceAtThatMinute) {
  const std::string id = RequestPhoneOn(teacher_);
  ASSERT_THAT(List(head_, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_TO_DECIDE), SizeIs(1));
  EXPECT_THAT(List(teacher_, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_TO_DECIDE), IsEmpty());
  ASSERT_TRUE(Grant(head_, id).ok());
  EXPECT_THAT(List(head_, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_TO_DECIDE), IsEmpty());

  v1::CheckPermissionRequest request;
  request.set_kind(events::PERMISSION_KIND_PHONE_KEPT_ON);
  request.set_person_id(teacher_.Hex());
  v1::CheckPermissionResponse response;
  ASSERT_TRUE(Call(&v1::RegisterService::Stub::CheckPermission, teacher_, request, &response).ok());
  EXPECT_TRUE(response.in_force());
  EXPECT_EQ(response.entry_id(), id);
  *request.mutable_time() = kernel::TimestampOf(now_ + absl::Hours(48));
  ASSERT_TRUE(Call(&v1::RegisterService::Stub::CheckPermission, head_, request, &response).ok());
  EXPECT_FALSE(response.in_force());
  // A day is asked about as a whole: the permission ends in the middle of it.
  *request.mutable_time() = kernel::TimestampOf(now_ + absl::Hours(36));
  *request.mutable_until_time() = kernel::TimestampOf(now_ + absl::Hours(60));
  ASSERT_TRUE(Call(&v1::RegisterService::Stub::CheckPermission, head_, request, &response).ok());
  EXPECT_TRUE(response.in_force());
  *request.mutable_time() = kernel::TimestampOf(now_ + absl::Hours(48));
  ASSERT_TRUE(Call(&v1::RegisterService::Stub::CheckPermission, head_, request, &response).ok());
  EXPECT_FALSE(response.in_force());
  *request.mutable_until_time() = request.time();
  EXPECT_THAT(Call(&v1::RegisterService::Stub::CheckPermission, head_, request, &response),
              RefusedFor(Reason::kFieldInvalid));
  EXPECT_THAT(Call(&v1::RegisterService::Stub::CheckPermission, officer_, request, &response),
              RefusedFor(Reason::kRoleRequired));
  ASSERT_OK_AND_ASSIGN(const auto found,
                       listing_->InForce(school_, events::PERMISSION_KIND_PHONE_KEPT_ON, teacher_,
                                         now_ + absl::Hours(1)));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->entry_id, id);
  ASSERT_OK_AND_ASSIGN(const auto other,
                       listing_->InForce(school_, events::PERMISSION_KIND_NAME_AND_LOGO, teacher_,
                                         now_ + absl::Hours(1)));
  EXPECT_FALSE(other.has_value());
}

TEST_F(RegisterServiceTest, WhatRanOutIsExpiredAndNoLongerListedAsInForce) {
  const std::string id = RequestPhoneOn(teacher_);
  ASSERT_TRUE(Grant(head_, id).ok());
  auto listed = List(head_, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_IN_FORCE);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed[0].stage(), v1::ENTRY_STAGE_IN_FORCE);
  now_ += absl::Hours(49);
  EXPECT_THAT(List(head_, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_IN_FORCE), IsEmpty());
  listed = List(teacher_, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_MINE);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed[0].stage(), v1::ENTRY_STAGE_EXPIRED);
}

TEST_F(RegisterServiceTest, TheSameRequestIsTheSameEntry) {
  const v1::RequestPermissionRequest request = PhoneOn();
  v1::RequestPermissionResponse first;
  v1::RequestPermissionResponse second;
  ASSERT_TRUE(Call(&v1::RegisterService::Stub::RequestPermission, teacher_, request, &first).ok());
  ASSERT_TRUE(Call(&v1::RegisterService::Stub::RequestPermission, teacher_, request, &second).ok());
  EXPECT_EQ(first.entry_id(), second.entry_id());
  EXPECT_THAT(List(teacher_, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_MINE), SizeIs(1));
}

TEST_F(RegisterServiceTest, AnEntryThatMayNotBeSeenIsAnsweredLikeNone) {
  const std::string id = RequestPhoneOn(teacher_);
  const PersonId colleague = Enter("Cleo Example", {Role::kStaff});
  v1::GetEntryRequest request;
  request.set_in_register(v1::REGISTER_PERMISSIONS);
  v1::GetEntryResponse response;
  std::vector<std::string> answers;
  for (const std::string& asked : {id, std::string(32, '0'), std::string("none")}) {
    request.set_entry_id(asked);
    const grpc::Status status =
        Call(&v1::RegisterService::Stub::GetEntry, colleague, request, &response);
    EXPECT_THAT(status, RefusedFor(Reason::kNoSuchRegisterEntry));
    answers.push_back(status.error_details());
  }
  EXPECT_THAT(answers, ElementsAre(answers[0], answers[0], answers[0]));
  EXPECT_THAT(List(colleague, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_ALL), IsEmpty());
  EXPECT_THAT(List(officer_, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_ALL), IsEmpty());
}

TEST_F(RegisterServiceTest, TheLeadershipListsWhatItDecidesAlsoWhenItIsDecided) {
  const std::string id = RequestPhoneOn(teacher_);
  const PersonId deputy = Enter("Cleo Example", {Role::kStaff, Role::kSeniorLeadership});
  v1::RequestPermissionRequest logo;
  logo.mutable_permission()->set_kind(events::PERMISSION_KIND_NAME_AND_LOGO);
  logo.mutable_permission()->set_reason("For the printers.");
  logo.mutable_permission()->set_where_used("Programme of the fair");
  logo.mutable_permission()->set_asset("Logo");
  logo.mutable_permission()->set_audience("Families");
  *logo.mutable_permission()->mutable_until_time() = kernel::TimestampOf(now_ + absl::Hours(48));
  v1::RequestPermissionResponse requested;
  ASSERT_TRUE(
      Call(&v1::RegisterService::Stub::RequestPermission, teacher_, WithId(logo), &requested).ok());
  ASSERT_TRUE(Grant(deputy, id).ok());

  const auto listed = List(deputy, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_ALL);

  ASSERT_THAT(listed, SizeIs(1)) << "name and logo are the Headteacher's to decide";
  EXPECT_EQ(listed[0].entry_id(), id);
  EXPECT_EQ(listed[0].stage(), v1::ENTRY_STAGE_IN_FORCE);
}

TEST_F(RegisterServiceTest, PagesContinueWhereTheLastOneEnded) {
  std::set<std::string> ids;
  for (int i = 0; i < 7; ++i) ids.insert(RequestPhoneOn(teacher_));
  for (const v1::EntryList list : {v1::ENTRY_LIST_ALL, v1::ENTRY_LIST_TO_DECIDE}) {
    std::set<std::string> listed;
    const auto entries = List(head_, v1::REGISTER_PERMISSIONS, list, 3);
    for (const v1::RegisterEntry& entry : entries) listed.insert(entry.entry_id());
    EXPECT_THAT(entries, SizeIs(7));
    EXPECT_EQ(listed, ids);
  }
  v1::ListEntriesRequest request;
  request.set_in_register(v1::REGISTER_PERMISSIONS);
  request.set_list(v1::ENTRY_LIST_MINE);
  request.set_page_token("bm9uZQ");
  v1::ListEntriesResponse response;
  EXPECT_THAT(Call(&v1::RegisterService::Stub::ListEntries, teacher_, request, &response),
              RefusedFor(Reason::kFieldInvalid));
}

TEST_F(RegisterServiceTest, PhonesAreListedUntilTheyAreGivenBackAndCountedForTheHead) {
  std::string first;
  std::string second;
  ASSERT_TRUE(TakeIn("", &first).ok());
  ASSERT_TRUE(TakeIn("", &second).ok());
  EXPECT_THAT(List(teacher_, v1::REGISTER_PHONES, v1::ENTRY_LIST_IN_FORCE), SizeIs(2));
  v1::ReturnPhoneRequest request;
  request.set_entry_id(first);
  request.mutable_handover()->set_returned_to("The mother");
  v1::ReturnPhoneResponse response;
  now_ += absl::Hours(24);
  EXPECT_THAT(Call(&v1::RegisterService::Stub::ReturnPhone, teacher_, WithId(request), &response),
              RefusedFor(Reason::kParentsNotAware));
  request.mutable_handover()->set_parents_not_aware_because("Nobody answers.");
  ASSERT_TRUE(
      Call(&v1::RegisterService::Stub::ReturnPhone, teacher_, WithId(request), &response).ok());
  const auto held = List(teacher_, v1::REGISTER_PHONES, v1::ENTRY_LIST_IN_FORCE);
  ASSERT_THAT(held, SizeIs(1));
  EXPECT_EQ(held[0].entry_id(), second);
  EXPECT_EQ(held[0].times_brought(), 0);
  const auto for_head = List(head_, v1::REGISTER_PHONES, v1::ENTRY_LIST_ALL);
  ASSERT_THAT(for_head, SizeIs(2));
  EXPECT_EQ(for_head[0].times_brought(), 2);
}

TEST_F(RegisterServiceTest, WhyAPhoneWasLookedIntoIsForThoseWhoMayLookIntoOneAndForTheAuthor) {
  std::string id;
  ASSERT_TRUE(TakeIn("", &id).ok());
  const PersonId lead = Enter("Lena Example", {Role::kStaff, Role::kSafeguardingLead});
  v1::RecordPhoneExaminedRequest examined;
  examined.set_entry_id(id);
  examined.mutable_examination()->set_reasons("Messages from a colleague were reported.");
  v1::RecordPhoneExaminedResponse recorded;
  ASSERT_TRUE(
      Call(&v1::RegisterService::Stub::RecordPhoneExamined, lead, WithId(examined), &recorded)
          .ok());
  // As read in the list and by itself; the step is there for everybody.
  const auto ground_for = [&](const PersonId& person) {
    v1::GetEntryRequest request;
    request.set_in_register(v1::REGISTER_PHONES);
    request.set_entry_id(id);
    v1::GetEntryResponse response;
    EXPECT_TRUE(Call(&v1::RegisterService::Stub::GetEntry, person, request, &response).ok());
    EXPECT_THAT(response.entry().steps(), SizeIs(2));
    EXPECT_TRUE(response.entry().steps(1).event().has_phone_examined());
    const auto listed = List(person, v1::REGISTER_PHONES, v1::ENTRY_LIST_ALL);
    EXPECT_THAT(listed, SizeIs(1));
    const std::string read = response.entry().steps(1).event().phone_examined().reasons();
    EXPECT_EQ(listed[0].steps(1).event().phone_examined().reasons(), read);
    return read;
  };
  EXPECT_EQ(ground_for(lead), examined.examination().reasons());
  EXPECT_EQ(ground_for(head_), examined.examination().reasons());
  EXPECT_EQ(ground_for(teacher_), "");
  EXPECT_EQ(ground_for(Enter("Cleo Example", {Role::kStaff, Role::kSeniorLeadership})), "");
  people_.Enter({lead, "Lena Example", {Role::kStaff}, std::nullopt});
  EXPECT_EQ(ground_for(lead), examined.examination().reasons());
}

TEST_F(RegisterServiceTest, APhoneIsKeptOnlyUnderAConsentOfTheRegister) {
  std::string id;
  EXPECT_THAT(TakeIn(std::string(32, 'a'), &id), RefusedFor(Reason::kCustodyConsentFirst));
  v1::RequestPermissionRequest request;
  events::PermissionRequested& permission = *request.mutable_permission();
  permission.set_kind(events::PERMISSION_KIND_CHILD_PHONE_KEPT);
  permission.set_reason("The child walks home alone.");
  *permission.mutable_until_time() = kernel::TimestampOf(now_ + absl::Hours(48));
  permission.set_child_id(child_.Bytes());
  permission.set_parent_id(parent_.Bytes());
  v1::RequestPermissionResponse requested;
  ASSERT_TRUE(
      Call(&v1::RegisterService::Stub::RequestPermission, teacher_, WithId(request), &requested)
          .ok());
  EXPECT_THAT(TakeIn(requested.entry_id(), &id), RefusedFor(Reason::kCustodyConsentFirst));
  ASSERT_TRUE(Grant(head_, requested.entry_id()).ok());
  EXPECT_TRUE(TakeIn(requested.entry_id(), &id).ok());
}

TEST_F(RegisterServiceTest, ACaptureReadsTheDeviceAndTheConsentsAndIsSharedWithAParent) {
  v1::RegisterSchoolDeviceRequest device;
  device.mutable_device()->set_asset_tag("IPAD-014");
  device.mutable_device()->set_description("Tablet");
  v1::RegisterSchoolDeviceResponse registered;
  v1::RecordCaptureRequest capture;
  capture.mutable_capture()->set_asset_tag("IPAD-014");
  capture.mutable_capture()->add_child_ids(child_.Bytes());
  capture.mutable_capture()->set_scope(events::PHOTO_SCOPE_LEARNING);
  capture.mutable_capture()->set_description("Planting beans");
  v1::RecordCaptureResponse captured;
  const auto record = [&] {
    return Call(&v1::RegisterService::Stub::RecordCapture, teacher_, WithId(capture), &captured);
  };
  EXPECT_THAT(record(), RefusedFor(Reason::kDeviceNotRegistered));
  EXPECT_THAT(
      Call(&v1::RegisterService::Stub::RegisterSchoolDevice, teacher_, WithId(device), &registered),
      RefusedFor(Reason::kDeviceRegistrar));
  ASSERT_TRUE(
      Call(&v1::RegisterService::Stub::RegisterSchoolDevice, head_, WithId(device), &registered)
          .ok());
  EXPECT_EQ(registered.entry_id(), "IPAD-014");
  EXPECT_THAT(record(), RefusedFor(Reason::kPhotoConsentMissing));

  v1::LinkParentRequest link;
  link.set_entry_id(child_.Hex());
  link.mutable_parent()->set_parent_id(parent_.Bytes());
  link.mutable_parent()->set_relationship("mother");
  v1::LinkParentResponse linked;
  ASSERT_TRUE(Call(&v1::RegisterService::Stub::LinkParent, teacher_, WithId(link), &linked).ok());
  EXPECT_THAT(List(teacher_, v1::REGISTER_PHOTO_CONSENTS, v1::ENTRY_LIST_TO_DECIDE), SizeIs(1))
      << "outstanding";
  v1::GivePhotoConsentRequest give;
  give.set_entry_id(child_.Hex());
  give.mutable_consent()->set_parent_id(parent_.Bytes());
  give.mutable_consent()->add_scopes(events::PHOTO_SCOPE_LEARNING);
  give.mutable_consent()->set_how("The form of September");
  v1::GivePhotoConsentResponse given;
  ASSERT_TRUE(
      Call(&v1::RegisterService::Stub::GivePhotoConsent, teacher_, WithId(give), &given).ok());
  EXPECT_THAT(List(teacher_, v1::REGISTER_PHOTO_CONSENTS, v1::ENTRY_LIST_TO_DECIDE), IsEmpty());
  ASSERT_TRUE(record().ok());

  v1::ShareCaptureRequest share;
  share.set_entry_id(captured.entry_id());
  share.mutable_sharing()->set_recipient_id(head_.Bytes());
  share.mutable_sharing()->set_how("E-mail");
  v1::ShareCaptureResponse shared;
  EXPECT_THAT(Call(&v1::RegisterService::Stub::ShareCapture, teacher_, WithId(share), &shared),
              RefusedFor(Reason::kRecipientNotParent));
  share.mutable_sharing()->set_recipient_id(parent_.Bytes());
  EXPECT_TRUE(
      Call(&v1::RegisterService::Stub::ShareCapture, teacher_, WithId(share), &shared).ok());

  v1::CheckPermissionRequest request;
  request.set_kind(events::PERMISSION_KIND_PHOTO);
  request.set_person_id(child_.Hex());
  v1::CheckPermissionResponse response;
  ASSERT_TRUE(Call(&v1::RegisterService::Stub::CheckPermission, teacher_, request, &response).ok());
  EXPECT_TRUE(response.in_force());
  EXPECT_FALSE(response.has_until_time());
}

TEST_F(RegisterServiceTest, WhoWasLinkedByMistakeIsUnlinkedAndAnswersNoMore) {
  v1::LinkParentRequest link;
  link.set_entry_id(child_.Hex());
  link.mutable_parent()->set_parent_id(parent_.Bytes());
  link.mutable_parent()->set_relationship("mother");
  v1::LinkParentResponse linked;
  ASSERT_TRUE(Call(&v1::RegisterService::Stub::LinkParent, teacher_, WithId(link), &linked).ok());
  v1::UnlinkParentRequest unlink;
  unlink.set_entry_id(child_.Hex());
  unlink.mutable_unlinking()->set_parent_id(parent_.Bytes());
  unlink.mutable_unlinking()->set_reasons("Entered for the wrong child.");
  v1::UnlinkParentResponse unlinked;
  ASSERT_TRUE(
      Call(&v1::RegisterService::Stub::UnlinkParent, teacher_, WithId(unlink), &unlinked).ok());
  v1::GivePhotoConsentRequest give;
  give.set_entry_id(child_.Hex());
  give.mutable_consent()->set_parent_id(parent_.Bytes());
  give.mutable_consent()->add_scopes(events::PHOTO_SCOPE_LEARNING);
  give.mutable_consent()->set_how("The form of September");
  v1::GivePhotoConsentResponse given;
  EXPECT_THAT(Call(&v1::RegisterService::Stub::GivePhotoConsent, teacher_, WithId(give), &given),
              RefusedFor(Reason::kNotParentOfChild));
}

TEST_F(RegisterServiceTest, PeopleWhoAreNotInTheRegisterAreFoundOut) {
  v1::LinkParentRequest link;
  link.set_entry_id(child_.Hex());
  link.mutable_parent()->set_parent_id(crypto::RandomId<PersonId>().Bytes());
  link.mutable_parent()->set_relationship("mother");
  v1::LinkParentResponse linked;
  EXPECT_THAT(Call(&v1::RegisterService::Stub::LinkParent, teacher_, WithId(link), &linked),
              RefusedFor(Reason::kNoSuchPerson));
  link.mutable_parent()->set_parent_id(child_.Bytes());
  EXPECT_THAT(Call(&v1::RegisterService::Stub::LinkParent, teacher_, WithId(link), &linked),
              RefusedFor(Reason::kParentCategory));
  link.mutable_parent()->set_parent_id(head_.Bytes());
  EXPECT_THAT(Call(&v1::RegisterService::Stub::LinkParent, teacher_, WithId(link), &linked),
              RefusedFor(Reason::kParentCategory));
  link.mutable_parent()->set_parent_id(parent_.Bytes());
  EXPECT_THAT(Call(&v1::RegisterService::Stub::LinkParent, officer_, WithId(link), &linked),
              RefusedFor(Reason::kRoleRequired));
}

TEST_F(RegisterServiceTest, LongEntriesAreOnSeveralPagesThatFitIntoAMessage) {
  constexpr int kEntries = 4;
  constexpr int kUpdates = 60;
  v1::DeclareSocialContactRequest declare;
  declare.mutable_contact()->set_child_id(child_.Bytes());
  declare.mutable_contact()->set_family("The family next door");
  declare.mutable_contact()->set_nature(events::SOCIAL_CONTACT_NATURE_COMMUNITY);
  declare.mutable_contact()->set_since("2019");
  v1::UpdateSocialContactRequest update;
  for (int entry = 0; entry < kEntries; ++entry) {
    v1::DeclareSocialContactResponse declared;
    ASSERT_TRUE(
        Call(&v1::RegisterService::Stub::DeclareSocialContact, teacher_, WithId(declare), &declared)
            .ok());
    update.set_entry_id(declared.entry_id());
    for (int i = 0; i < kUpdates; ++i) {
      update.mutable_update()->set_change(std::to_string(i) + std::string(19'900, 'x'));
      v1::UpdateSocialContactResponse updated;
      ASSERT_TRUE(
          Call(&v1::RegisterService::Stub::UpdateSocialContact, teacher_, WithId(update), &updated)
              .ok());
    }
  }
  const auto listed = List(teacher_, v1::REGISTER_SOCIAL_CONTACTS, v1::ENTRY_LIST_MINE);
  ASSERT_THAT(listed, SizeIs(kEntries));
  for (const v1::RegisterEntry& entry : listed) EXPECT_EQ(entry.steps_size(), kUpdates + 1);
}

TEST_F(RegisterServiceTest, WhatPeopleMadeAndWhatIsAboutThemIsFoundByPerson) {
  const std::string phone = RequestPhoneOn(teacher_);
  ASSERT_TRUE(Grant(head_, phone).ok());
  RequestPhoneOn(head_);
  v1::DeclareSocialContactRequest declare;
  declare.mutable_contact()->set_child_id(child_.Bytes());
  declare.mutable_contact()->set_family("The family next door");
  declare.mutable_contact()->set_nature(events::SOCIAL_CONTACT_NATURE_COMMUNITY);
  declare.mutable_contact()->set_since("2019");
  v1::DeclareSocialContactResponse declared;
  ASSERT_TRUE(
      Call(&v1::RegisterService::Stub::DeclareSocialContact, teacher_, WithId(declare), &declared)
          .ok());
  v1::LinkParentRequest link;
  link.set_entry_id(child_.Hex());
  link.mutable_parent()->set_parent_id(parent_.Bytes());
  link.mutable_parent()->set_relationship("mother");
  v1::LinkParentResponse linked;
  ASSERT_TRUE(Call(&v1::RegisterService::Stub::LinkParent, teacher_, WithId(link), &linked).ok());

  const std::vector<PersonId> people = {child_, parent_, teacher_};
  const kernel::Period minute = {now_ + absl::Hours(1), now_ + absl::Hours(1) + absl::Minutes(1)};
  ASSERT_OK_AND_ASSIGN(auto found, listing_->OfPeople(school_, people, minute, seen_));
  ASSERT_THAT(found, SizeIs(3));
  ASSERT_THAT(found[0].entries, SizeIs(1));
  EXPECT_EQ(found[0].entries[0].entry_id, declared.entry_id());
  // To know a parent is no answer of theirs.
  EXPECT_FALSE(found[0].has_photo_answer);
  EXPECT_THAT(found[1].entries, IsEmpty());
  // The permission once, although the teacher made it and it is about them.
  EXPECT_EQ(found[2].person, teacher_);
  ASSERT_THAT(found[2].entries, SizeIs(2));
  for (const runtime::EntryAtTheTime& entry : found[2].entries) {
    EXPECT_EQ(entry.standing, runtime::EntryAtTheTime::Standing::kInForce) << entry.entry_id;
  }

  v1::GivePhotoConsentRequest give;
  give.set_entry_id(child_.Hex());
  give.mutable_consent()->set_parent_id(parent_.Bytes());
  give.mutable_consent()->add_scopes(events::PHOTO_SCOPE_LEARNING);
  give.mutable_consent()->set_how("The form of September");
  v1::GivePhotoConsentResponse given;
  ASSERT_TRUE(
      Call(&v1::RegisterService::Stub::GivePhotoConsent, teacher_, WithId(give), &given).ok());
  const kernel::Period before = {now_ - absl::Hours(1), now_};
  ASSERT_OK_AND_ASSIGN(found, listing_->OfPeople(school_, people, before, seen_));
  EXPECT_TRUE(found[0].has_photo_answer);
  ASSERT_THAT(found[0].entries, SizeIs(2));
  for (const runtime::EntriesOfPerson& person : found) {
    for (const runtime::EntryAtTheTime& entry : person.entries) {
      EXPECT_EQ(entry.standing, runtime::EntryAtTheTime::Standing::kNotInForce) << entry.entry_id;
    }
  }
}

TEST_F(RegisterServiceTest, RebuildingComesToTheSameRowsAndTheyCannotBeRead) {
  const std::string id = RequestPhoneOn(teacher_);
  ASSERT_TRUE(Grant(head_, id).ok());
  ASSERT_THAT(List(teacher_, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_MINE), SizeIs(1));
  ASSERT_OK_AND_ASSIGN(const runtime::ViewHash before,
                       projector_->StateHash(school_, "permissions"));
  ASSERT_OK(projector_->Rebuild(school_, "permissions"));
  ASSERT_OK(projector_->WaitForRebuild(school_, "permissions", MomentIn(kPatience)));
  ASSERT_OK_AND_ASSIGN(const runtime::ViewHash after,
                       projector_->StateHash(school_, "permissions"));
  EXPECT_EQ(before.hash, after.hash);
  ASSERT_OK_AND_ASSIGN(const auto records, log_.ReadLog(school_, 0, 100));
  for (const auto& record : records) EXPECT_THAT(record.bytes, Not(HasSubstr("hospital")));
}

TEST_F(RegisterServiceTest, AnEntryWhoseKeyIsDestroyedLeavesTheLists) {
  const std::string id = RequestPhoneOn(teacher_);
  const std::string other = RequestPhoneOn(teacher_);
  ASSERT_OK_AND_ASSIGN(const auto snapshot, entries_.Load(school_, "permission-" + id));
  ASSERT_TRUE(snapshot->key_id.has_value());
  ASSERT_OK(vault_->Destroy(*snapshot->key_id));
  const auto listed = List(teacher_, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_MINE);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed[0].entry_id(), other);
  ASSERT_OK(projector_->Rebuild(school_, "permissions"));
  ASSERT_OK(projector_->WaitForRebuild(school_, "permissions", MomentIn(kPatience)));
  EXPECT_THAT(List(teacher_, v1::REGISTER_PERMISSIONS, v1::ENTRY_LIST_MINE), SizeIs(1));
}

}  // namespace
}  // namespace wardbook::registers
