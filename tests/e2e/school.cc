#include "tests/e2e/school.h"

#include <thread>

#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"
#include "storage/crypto/random.h"
#include "wardbook/events/v1/values.pb.h"
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/people_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

struct Post {
  Person* person;
  const char* user_name;
  events::PersonCategory category;
  std::vector<events::Role> roles;
};

Person Somebody(const RunningServer& server, const School& school, absl::string_view user_name) {
  Person person;
  person.server = &server;
  person.school = school.short_name;
  person.user_name = std::string(user_name);
  person.password = absl::StrCat(school.mark, " and their ", user_name);
  return person;
}

// The code of their account.
std::string Register(const School& school, absl::string_view user_name,
                     events::PersonCategory category, const std::vector<events::Role>& roles) {
  v1::RegisterPersonRequest registered;
  registered.set_request_id(UuidText(crypto::NewRequestId()));
  registered.set_name(school.NameOf(user_name));
  registered.set_category(category);
  registered.set_job_title(school.Typed(user_name));
  for (events::Role role : roles) registered.add_roles(role);
  const auto person =
      school.administrator.Call(&v1::PeopleService::Stub::RegisterPerson, registered);
  WARDBOOK_ASSERT(person.ok());
  v1::IssueAccountRequest account;
  account.set_person_id(person.response.person_id());
  account.set_user_name(std::string(user_name));
  const auto issued = school.administrator.Call(&v1::PeopleService::Stub::IssueAccount, account);
  WARDBOOK_ASSERT(issued.ok());
  return issued.response.code();
}

}  // namespace

std::string School::Typed(absl::string_view text) const { return absl::StrCat(mark, ": ", text); }

std::string School::NameOf(absl::string_view user_name) const {
  return absl::StrCat(user_name, " ", mark);
}

Person Join(const RunningServer& server, const School& school, absl::string_view user_name,
            events::PersonCategory category, const std::vector<events::Role>& roles) {
  Person person = Somebody(server, school, user_name);
  person.Activate(Register(school, user_name, category, roles));
  return person;
}

NewSchool NewSchoolOf(absl::string_view short_name, absl::string_view mark) {
  return {.name = absl::StrCat(mark, " Primary"),
          .short_name = std::string(short_name),
          .administrator_name = absl::StrCat("administrator ", mark),
          .administrator_user = "administrator"};
}

School Populate(const RunningServer& server, absl::string_view short_name, absl::string_view mark) {
  School school;
  school.short_name = std::string(short_name);
  school.mark = std::string(mark);
  school.administrator = Somebody(server, school, "administrator");
  school.administrator.Activate(server.AdministratorCode(school.short_name));
  const auto session =
      school.administrator.Call(&v1::AccessService::Stub::GetSession, v1::GetSessionRequest());
  WARDBOOK_ASSERT(session.ok());
  school.id = session.response.session().school_id();

  using enum events::PersonCategory;
  using enum events::Role;
  const std::vector<Post> posts = {
      {&school.teacher, "teacher", PERSON_CATEGORY_EMPLOYEE, {ROLE_STAFF}},
      {&school.colleague, "colleague", PERSON_CATEGORY_EMPLOYEE, {ROLE_STAFF}},
      {&school.manager, "manager", PERSON_CATEGORY_EMPLOYEE, {ROLE_STAFF, ROLE_LINE_MANAGER}},
      {&school.head, "head", PERSON_CATEGORY_EMPLOYEE, {ROLE_STAFF, ROLE_HEADTEACHER}},
      {&school.deputy, "deputy", PERSON_CATEGORY_EMPLOYEE, {ROLE_STAFF, ROLE_SENIOR_LEADERSHIP}},
      {&school.lead, "lead", PERSON_CATEGORY_EMPLOYEE, {ROLE_STAFF, ROLE_SAFEGUARDING_LEAD}},
      {&school.chair, "chair", PERSON_CATEGORY_GOVERNOR, {ROLE_CHAIR_OF_GOVERNORS}},
      {&school.officer, "officer", PERSON_CATEGORY_OFFICER, {ROLE_SAFEGUARDING_OFFICER}},
      {&school.auditor, "auditor", PERSON_CATEGORY_OFFICER, {ROLE_AUDITOR}},
  };
  // Passwords are hashed slowly on purpose, and so by all at once.
  std::vector<std::thread> activations;
  for (const Post& post : posts) {
    *post.person = Somebody(server, school, post.user_name);
    activations.emplace_back(
        [person = post.person, code = Register(school, post.user_name, post.category, post.roles)] {
          person->Activate(code);
        });
  }
  for (std::thread& activation : activations) activation.join();

  v1::AssignLineManagerRequest managed;
  managed.set_request_id(UuidText(crypto::NewRequestId()));
  managed.set_person_id(school.teacher.id);
  managed.set_line_manager_id(school.manager.id);
  WARDBOOK_ASSERT(
      school.administrator.Call(&v1::PeopleService::Stub::AssignLineManager, managed).ok());
  return school;
}

}  // namespace wardbook::e2e
