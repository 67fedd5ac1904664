import { Page } from "../page/page.js";

export function AccessibilityPage() {
  return (
    <Page heading="Accessibility statement">
      <p class="govuk-body">
        Everybody who works in a school has to be able to use Wardbook, also on a bad day. It is
        built to the Web Content Accessibility Guidelines 2.2, level AA.
      </p>
      <h2 class="govuk-heading-m">What you can do</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          Use every page by keyboard alone. “Skip to main content” is the first stop of each page.
        </li>
        <li>Zoom to 400 % without scrolling sideways.</li>
        <li>
          Use a screen reader. A new page takes the focus at its heading, and errors are read first.
        </li>
        <li>Paste your password or have it filled in. There is no puzzle.</li>
        <li>Add a file without dragging it.</li>
        <li>
          Take your time: you are warned five minutes before a session ends, and nothing is lost.
        </li>
      </ul>
      <h2 class="govuk-heading-m">What does not work well</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          Screenshots and files in evidence are as they were filed. Ask whoever filed one to write
          what it shows.
        </li>
        <li>
          The text of the policy is shown as it was pasted in: its headings and lists are not marked
          as such for a screen reader.
        </li>
        <li>
          The SHA-256 of a file or a key is a long row of letters and digits. Where you have to
          compare one, you can paste it and are told whether it is the same.
        </li>
      </ul>
      <h2 class="govuk-heading-m">How it was tested</h2>
      <p class="govuk-body">
        Each page is opened at 1280 and 320 pixels in Chromium and tested with axe, an automatic
        tool, for levels A and AA. It was not tested with every screen reader, nor by people who
        depend on one. So we can say that it is built to the guidelines, and not yet that it meets
        all of them.
      </p>
      <h2 class="govuk-heading-m">If something stands in your way</h2>
      <p class="govuk-body">
        Tell the administrator of your school, who can also take a report down for you. If you are
        not content with the answer, the Equality Advisory and Support Service can help.
      </p>
    </Page>
  );
}
