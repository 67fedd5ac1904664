import type { ComponentChildren } from "preact";
import { seesConcerns } from "../people/people.js";
import { currentSession } from "../session/session.js";

function Section({ heading, children }: { heading: string; children: ComponentChildren }) {
  return (
    <section>
      <h2 class="govuk-heading-m">{heading}</h2>
      {children}
    </section>
  );
}

function To({ to, children }: { to: string; children: ComponentChildren }) {
  return (
    <a class="govuk-link" href={to}>
      {children}
    </a>
  );
}

export function ForStaff() {
  return (
    <>
      <Section heading="When something happened">
        <ul class="govuk-list govuk-list--bullet">
          <li>
            <To to="/report">Report it</To>. You need not prove anything, and you need not know what
            it is called.
          </li>
          <li>Keep the messages and posts. Do not delete anything, and do not answer.</li>
          <li>
            Make a screenshot on a school computer, with the time, the date and the place of the
            site.
          </li>
          <li>
            If it could be an indecent image of a child, do not look again. Call the police: 101 or
            999.
          </li>
          <li>
            If you might have been misunderstood yourself, <To to="/report/self">say so early</To>.
            It takes two minutes.
          </li>
        </ul>
      </Section>
      <Section heading="After you reported">
        <p class="govuk-body">
          <To to="/reports">My reports</To> shows how far each has come and what you were told. You
          decide about the police if you are the one who is bullied, and may change your mind at any
          time.
        </p>
      </Section>
      <Section heading="Before you do something">
        <ul class="govuk-list govuk-list--bullet">
          <li>
            Social media for the school, its name or logo, or a phone kept on:{" "}
            <To to="/registers/record/permission">ask for a permission</To> first (P26–P28).
          </li>
          <li>
            If you know a child or a family outside school,{" "}
            <To to="/registers/record/social-contact">make it known</To> (P34). Nobody has to permit
            it.
          </li>
          <li>
            If you had to go against the policy,{" "}
            <To to="/registers/record/justification">tell the Headteacher</To> (P24).
          </li>
          <li>
            Photograph children with a device of the school only, and{" "}
            <To to="/registers/record/capture">record it</To> (P31, P32).
          </li>
        </ul>
      </Section>
    </>
  );
}

export function ForLeadership() {
  return (
    <Section heading="For those who handle cases: the leadership, the safeguarding lead, line managers">
      <p class="govuk-body">
        The first page shows what waits for you, the overdue first, and what is for the police
        before all else. In a case, this is the order:
      </p>
      <ol class="govuk-list govuk-list--number">
        <li>Tell the reporter that you have seen it.</li>
        <li>
          If it is about a member of staff and other unsuitable material, ask Lancashire
          Safeguarding for advice before anything is looked into.
        </li>
        <li>Decide what it is, and whether the harm threshold is met.</li>
        <li>Refer at any time. A referral is never refused.</li>
        <li>Investigate, record what was found, decide what follows.</li>
        <li>Close the case, and say whether the reporter’s wishes were followed.</li>
      </ol>
      <p class="govuk-body">
        Each case lists what the policy still asks for. If something is forbidden now, you are told
        which clause says so and what can be done instead. Nothing is ever changed or removed: a
        mistake is put right by a further entry.
      </p>
      <p class="govuk-body">
        When the Headteacher is away, <To to="/people/absences">somebody of the leadership acts</To>{" "}
        (P39).
        {seesConcerns(currentSession.value) && (
          <>
            {" "}
            <To to="/people/concerns">Low-level concerns</To> about one person are shown together.
          </>
        )}
      </p>
    </Section>
  );
}

export function ForChair() {
  return (
    <Section heading="For the Chair of Governors">
      <ul class="govuk-list govuk-list--bullet">
        <li>What is reported about the Headteacher comes to you, and is kept from them.</li>
        <li>You decide what the Headteacher asks to be permitted.</li>
        <li>
          You and the Headteacher each sign <To to="/policy/versions">a version of the policy</To>,
          after reading it, and record <To to="/policy/review">its review</To> every year (P02).
        </li>
        <li>
          <To to="/audit/counts">Numbers for the Governing Body</To> name nobody (P22).
        </li>
        <li>
          Keep the key of the log in the governors’ minutes, and compare it now and then under{" "}
          <To to="/audit">Audit</To>.
        </li>
      </ul>
    </Section>
  );
}

export function ForOfficers() {
  return (
    <Section heading="For officers of Lancashire Safeguarding">
      <p class="govuk-body">
        You see the cases that were referred to you, and nothing else. Acknowledge a referral first;
        then ask for more, advise, or record the outcome.
      </p>
      <p class="govuk-body">
        Under <To to="/audit">Audit</To> this browser checks for itself that nothing in the school’s
        log was changed or removed since it first looked. Use the same browser each time. You can{" "}
        <To to="/audit/case">check a single case</To> and save it as one file from its own page,
        which can be verified without a server.
      </p>
    </Section>
  );
}

export function ForAuditors() {
  return (
    <Section heading="For auditors">
      <p class="govuk-body">
        You see no case. Under <To to="/audit">Audit</To> you can see that the log is whole, have
        every byte of it checked, and read <To to="/audit/refusals">what was refused</To>. Compare
        the key with the one on paper.
      </p>
    </Section>
  );
}

export function ForAdministrators() {
  return (
    <Section heading="For administrators">
      <ul class="govuk-list govuk-list--bullet">
        <li>
          <To to="/people/add">Enter whoever comes</To>, give them their roles, and open an account.
          Hand the code to them in person.
        </li>
        <li>One person has one account (P15). There are none for an office or a class.</li>
        <li>
          When somebody leaves, record it on their page: their roles and their sign-in end. What
          they reported stays. Who comes back is given a role from then on.
        </li>
        <li>Correct a name on the person’s page. The name from before is kept.</li>
        <li>You see no case, and cannot give yourself a role that does. It takes another.</li>
        <li>
          Whoever runs the server finds how it is started, updated and backed up in the handbook
          that comes with it. Under <To to="/audit">Audit</To> you can have the whole log checked,
          such as after a restore.
        </li>
      </ul>
    </Section>
  );
}
