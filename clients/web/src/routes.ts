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
    pattern: "/account/password",
    load: async () => (await import("./session/change_password_page.js")).ChangePasswordPage,
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
    pattern: "/cases/:caseRef/do/:action",
    load: async () => (await import("./cases/action_page.js")).ActionPage,
  },
];

// What can be seen without signing in.
export const OPEN_ROUTES: readonly Route[] = [
  {
    pattern: "/first-password",
    load: async () => (await import("./session/first_password_page.js")).FirstPasswordPage,
  },
];
