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
];

// What can be seen without signing in.
export const OPEN_ROUTES: readonly Route[] = [
  {
    pattern: "/first-password",
    load: async () => (await import("./session/first_password_page.js")).FirstPasswordPage,
  },
];
