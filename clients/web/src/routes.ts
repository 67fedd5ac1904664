import type { Route } from "./page/route.js";

const report = async () => (await import("./report/report_page.js")).ReportPage;

// Addresses hold references and ids, never names.
export const ROUTES: readonly Route[] = [
  { pattern: "", load: async () => (await import("./home/home_page.js")).HomePage },
  {
    pattern: "/account",
    load: async () => (await import("./session/account_page.js")).AccountPage,
  },
  {
    pattern: "/account/sign-out",
    load: async () => (await import("./session/sign_out_page.js")).SignOutPage,
  },
  {
    pattern: "/account/password",
    load: async () => (await import("./session/change_password_page.js")).ChangePasswordPage,
  },
  {
    pattern: "/account/former-password",
    load: async () => (await import("./session/former_password_page.js")).FormerPasswordPage,
  },
  { pattern: "/report", load: report },
  {
    pattern: "/report/self",
    load: async () => (await import("./report/self_report_page.js")).SelfReportPage,
  },
  { pattern: "/report/done", load: async () => (await import("./report/done_page.js")).DonePage },
  { pattern: "/report/:step", load: report },
  {
    pattern: "/reports",
    load: async () => (await import("./cases/my_reports_page.js")).MyReportsPage,
  },
  { pattern: "/cases", load: async () => (await import("./cases/inbox_page.js")).InboxPage },
  { pattern: "/cases/:caseRef", load: async () => (await import("./cases/case_page.js")).CasePage },
  {
    pattern: "/cases/:caseRef/files",
    load: async () => (await import("./cases/case_files_page.js")).CaseFilesPage,
  },
  {
    pattern: "/cases/:caseRef/add-files",
    load: async () => (await import("./evidence/add_files_page.js")).AddFilesPage,
  },
  {
    pattern: "/cases/:caseRef/actions",
    load: async () => (await import("./cases/case_actions_page.js")).CaseActionsPage,
  },
  {
    pattern: "/cases/:caseRef/registers",
    load: async () => (await import("./cases/case_registers_page.js")).CaseRegistersPage,
  },
  {
    pattern: "/cases/:caseRef/access",
    load: async () => (await import("./cases/case_access_page.js")).CaseAccessPage,
  },
  {
    pattern: "/cases/:caseRef/referral-form",
    load: async () => (await import("./cases/referral_form_page.js")).ReferralFormPage,
  },
  {
    pattern: "/cases/:caseRef/export",
    load: async () => (await import("./bundle/bundle_page.js")).BundlePage,
  },
  {
    pattern: "/cases/:caseRef/referral",
    load: async () => (await import("./referral/referral_page.js")).ReferralPage,
  },
  {
    pattern: "/cases/:caseRef/referral/:section",
    load: async () => (await import("./referral/section_page.js")).SectionPage,
  },
  {
    pattern: "/cases/:caseRef/referral/:section/check",
    load: async () => (await import("./referral/section_page.js")).CheckSectionPage,
  },
  {
    pattern: "/cases/:caseRef/do/:action",
    load: async () => (await import("./cases/action_page.js")).ActionPage,
  },
  {
    pattern: "/cases/:caseRef/do/:action/:about",
    load: async () => (await import("./cases/action_page.js")).ActionPage,
  },
  {
    pattern: "/registers",
    load: async () => (await import("./registers/registers_page.js")).RegistersPage,
  },
  {
    pattern: "/registers/check",
    load: async () => (await import("./registers/check_permission_page.js")).CheckPermissionPage,
  },
  {
    pattern: "/registers/record/:form",
    load: async () => (await import("./registers/register_form_page.js")).RegisterFormPage,
  },
  {
    pattern: "/registers/:register",
    load: async () => (await import("./registers/register_page.js")).RegisterPage,
  },
  {
    pattern: "/registers/:register/:entry",
    load: async () => (await import("./registers/entry_page.js")).EntryPage,
  },
  {
    pattern: "/registers/:register/:entry/:action",
    load: async () => (await import("./registers/entry_page.js")).EntryActionPage,
  },
  {
    pattern: "/policy",
    load: async () => (await import("./policy/policy_page.js")).PolicyPage,
  },
  {
    pattern: "/policy/text",
    load: async () => (await import("./policy/policy_text_page.js")).PolicyTextPage,
  },
  {
    pattern: "/policy/clauses",
    load: async () => (await import("./policy/clauses_page.js")).ClausesPage,
  },
  {
    pattern: "/policy/clauses/:clause",
    load: async () => (await import("./policy/clause_page.js")).ClausePage,
  },
  {
    pattern: "/policy/versions",
    load: async () => (await import("./policy/versions_page.js")).VersionsPage,
  },
  {
    pattern: "/policy/versions/:version",
    load: async () => (await import("./policy/version_page.js")).VersionPage,
  },
  {
    pattern: "/policy/versions/:version/sign",
    load: async () => (await import("./policy/approval_pages.js")).SignPage,
  },
  {
    pattern: "/policy/versions/:version/approve",
    load: async () => (await import("./policy/approval_pages.js")).ApprovePage,
  },
  {
    pattern: "/policy/versions/:version/revise",
    load: async () => (await import("./policy/draft_pages.js")).RevisePage,
  },
  {
    pattern: "/policy/draft",
    load: async () => (await import("./policy/draft_pages.js")).DraftPage,
  },
  {
    pattern: "/policy/review",
    load: async () => (await import("./policy/review_page.js")).ReviewPage,
  },
  {
    pattern: "/policy/in-force",
    load: async () => (await import("./policy/in_force_page.js")).InForcePage,
  },
  {
    pattern: "/policy/acknowledgements",
    load: async () => (await import("./policy/acknowledgements_page.js")).AcknowledgementsPage,
  },
  {
    pattern: "/policy/remind",
    load: async () => (await import("./policy/remind_page.js")).RemindPage,
  },
  {
    pattern: "/policy/acknowledge",
    load: async () => (await import("./policy/acknowledge_page.js")).AcknowledgePage,
  },
  {
    pattern: "/policy/profile-review",
    load: async () => (await import("./policy/profile_review_page.js")).ProfileReviewPage,
  },
  {
    pattern: "/people",
    load: async () => (await import("./people/people_page.js")).PeoplePage,
  },
  {
    pattern: "/people/add",
    load: async () => (await import("./people/add_person_page.js")).AddPersonPage,
  },
  {
    pattern: "/people/roles",
    load: async () => (await import("./people/roles_page.js")).RolesPage,
  },
  {
    pattern: "/people/profile-reviews",
    load: async () => (await import("./people/profile_reviews_page.js")).ProfileReviewsPage,
  },
  {
    pattern: "/people/concerns",
    load: async () => (await import("./people/concerns_page.js")).ConcernsPage,
  },
  {
    pattern: "/people/absences",
    load: async () => (await import("./people/absences_page.js")).AbsencesPage,
  },
  {
    pattern: "/people/absences/record",
    load: async () => (await import("./people/absences_page.js")).RecordAbsencePage,
  },
  {
    pattern: "/people/absences/who-acted",
    load: async () => (await import("./people/absences_page.js")).WhoActedPage,
  },
  {
    pattern: "/people/absences/:absence/end",
    load: async () => (await import("./people/absences_page.js")).EndAbsencePage,
  },
  {
    pattern: "/people/:person",
    load: async () => (await import("./people/person_page.js")).PersonPage,
  },
  {
    pattern: "/people/:person/account",
    load: async () => (await import("./people/account_code_page.js")).AccountCodePage,
  },
  {
    pattern: "/people/:person/:action",
    load: async () => (await import("./people/person_action_page.js")).PersonActionPage,
  },
  {
    pattern: "/audit",
    load: async () => (await import("./audit/audit_page.js")).AuditPage,
  },
  {
    pattern: "/audit/case",
    load: async () => (await import("./audit/check_case_page.js")).CheckCasePage,
  },
  {
    pattern: "/audit/case/:caseRef",
    load: async () => (await import("./audit/check_case_page.js")).CheckCasePage,
  },
  {
    pattern: "/audit/refusals",
    load: async () => (await import("./audit/refusals_page.js")).RefusalsPage,
  },
  {
    pattern: "/audit/counts",
    load: async () => (await import("./audit/counts_page.js")).CountsPage,
  },
  {
    pattern: "/help",
    load: async () => (await import("./help/help_page.js")).HelpPage,
  },
  {
    pattern: "/help/contacts",
    load: async () => (await import("./help/contacts_page.js")).ContactsPage,
  },
];

// What can be seen without signing in.
export const OPEN_ROUTES: readonly Route[] = [
  {
    pattern: "/first-password",
    load: async () => (await import("./session/first_password_page.js")).FirstPasswordPage,
  },
  {
    pattern: "/accessibility",
    load: async () => (await import("./help/accessibility_page.js")).AccessibilityPage,
  },
];
