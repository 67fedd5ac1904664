// What to do before anything else, in the words of the policy (P36-P38).
export function PoliceFirst() {
  return (
    <>
      <div class="govuk-warning-text">
        <span class="govuk-warning-text__icon" aria-hidden="true">
          !
        </span>
        <strong class="govuk-warning-text__text">
          <span class="govuk-visually-hidden">Warning</span>
          Call the police at once: 101, or 999 if a child is in danger now.
        </strong>
      </div>
      <ul class="govuk-list govuk-list--bullet">
        <li>Do not open, copy, print, photograph or send the image. Do not look for others.</li>
        <li>Leave the device as it is. If you can, lock it away without switching it on or off.</li>
        <li>
          Do not ask anybody about it. Tell the Headteacher or the safeguarding lead in person.
        </li>
        <li>Do not describe what the image shows, here or elsewhere.</li>
      </ul>
      <p class="govuk-body">
        The school must not look into it: that could spoil what the police need (P38). Wardbook
        takes no files for this report.
      </p>
      <p class="govuk-body">
        When you have called, go on here. It takes a few minutes, and you can then record when you
        called and the number that the police gave you.
      </p>
    </>
  );
}
