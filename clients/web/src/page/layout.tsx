import { Role } from "@api/events/v1/values_pb.js";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { FormerDraftsNotice } from "../draft/former_drafts_notice.js";
import { NotKeptNotice } from "../draft/not_kept_notice.js";
import { HIDE_KEY, hideScreen } from "../session/hidden_screen.js";
import {
  askToSignOut,
  currentSession,
  handlesCases,
  holdsAny,
  isOfSchool,
} from "../session/session.js";
import { focusHeading } from "./focus.js";
import { NoticeBanner } from "./notice.js";
import { path } from "./router.js";
import { WaitingStatus } from "./waiting_status.js";

interface Item {
  to: string;
  text: string;
}

function items(): Item[] {
  const session = currentSession.value;
  if (session === undefined) return [];
  const sees = {
    reports: isOfSchool(session),
    cases: handlesCases(session),
    school: isOfSchool(session),
    audit: holdsAny(session, Role.AUDITOR, Role.ADMINISTRATOR),
  };
  return [
    { to: "/", text: "Home", shown: true },
    { to: "/report", text: "Report", shown: sees.reports },
    { to: "/reports", text: "My reports", shown: sees.reports },
    { to: "/cases", text: "Cases", shown: sees.cases },
    { to: "/registers", text: "Registers", shown: sees.school },
    { to: "/policy", text: "Policy", shown: sees.school },
    { to: "/people", text: "People", shown: sees.school },
    { to: "/audit", text: "Audit", shown: sees.audit || sees.cases },
    { to: "/help", text: "Help", shown: true },
  ].filter(({ shown }) => shown);
}

function isWithin(item: Item, address: string): boolean {
  return item.to === "/"
    ? address === "/"
    : address === item.to || address.startsWith(`${item.to}/`);
}

function Navigation() {
  const [isOpen, setOpen] = useState(false);
  const address = path.value;
  const shown = items();
  if (shown.length === 0) return null;
  return (
    <section class="govuk-service-navigation" aria-label="Service">
      <div class="govuk-width-container">
        <div class="govuk-service-navigation__container">
          <nav aria-label="Menu" class="govuk-service-navigation__wrapper">
            <button
              type="button"
              class="govuk-service-navigation__toggle wb-menu-toggle"
              aria-controls="navigation"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              Menu
            </button>
            <ul
              class={`govuk-service-navigation__list wb-menu${isOpen ? " wb-menu--open" : ""}`}
              id="navigation"
            >
              {shown.map((item) => {
                const isCurrent = isWithin(item, address);
                const active = isCurrent ? " govuk-service-navigation__item--active" : "";
                return (
                  <li key={item.to} class={`govuk-service-navigation__item${active}`}>
                    <a
                      class="govuk-service-navigation__link"
                      href={item.to}
                      aria-current={isCurrent ? "page" : undefined}
                      onClick={() => setOpen(false)}
                    >
                      {isCurrent ? (
                        <strong class="govuk-service-navigation__active-fallback">
                          {item.text}
                        </strong>
                      ) : (
                        item.text
                      )}
                    </a>
                  </li>
                );
              })}
            </ul>
          </nav>
        </div>
      </div>
    </section>
  );
}

function Header() {
  const session = currentSession.value;
  return (
    <header class="govuk-generic-header wb-header">
      <div class="govuk-generic-header__container govuk-width-container wb-header__row">
        <div class="govuk-generic-header__logo">
          <a href="/" class="govuk-generic-header__homepage-link">
            Wardbook
          </a>
          {session && <span class="wb-header__school"> {session.schoolName}</span>}
        </div>
        <div class="wb-header__actions">
          <button
            type="button"
            class="wb-header__button"
            aria-keyshortcuts={HIDE_KEY}
            onClick={hideScreen}
          >
            Hide screen <span aria-hidden="true">({HIDE_KEY})</span>
          </button>
          {session && (
            <>
              <a class="wb-header__button" href="/account">
                Your account
              </a>
              <button type="button" class="wb-header__button" onClick={() => void askToSignOut()}>
                Sign out
              </button>
            </>
          )}
        </div>
      </div>
    </header>
  );
}

function Footer() {
  return (
    <footer class="wb-footer">
      <div class="govuk-width-container">
        <h2 class="govuk-heading-s">If a child is in danger now</h2>
        <p class="govuk-body-s">
          Call 999. For everything else that cannot wait, see{" "}
          <a class="govuk-link" href="/help/contacts">
            whom to turn to
          </a>
          .
        </p>
        <p class="govuk-body-s wb-links">
          <a class="govuk-link" href="/help">
            Help
          </a>
          <a class="govuk-link" href="/accessibility">
            Accessibility statement
          </a>
        </p>
      </div>
    </footer>
  );
}

export function Layout({ children }: { children: ComponentChildren }) {
  return (
    <>
      <a
        href="#main"
        class="govuk-skip-link"
        onClick={(event) => {
          event.preventDefault();
          focusHeading();
          document.querySelector("#main h1")?.scrollIntoView();
        }}
      >
        Skip to main content
      </a>
      <Header />
      <Navigation />
      <div class="govuk-width-container wb-body">
        <NotKeptNotice />
        <FormerDraftsNotice />
        <NoticeBanner />
        {children}
        <WaitingStatus />
      </div>
      <Footer />
    </>
  );
}
