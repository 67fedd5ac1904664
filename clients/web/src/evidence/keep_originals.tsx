// What to know before a file is chosen (P16, P43, P44).
export function KeepOriginals() {
  return (
    <>
      <p class="govuk-body">
        Do not delete messages or posts: keep the original as well (P43). A screenshot needs the
        time, the date and the place of the site (P44).
      </p>
      <p class="govuk-body">
        If it is on your own phone, do not send it to yourself here at school. Describe it now and
        make the screenshot on a school computer later.
      </p>
    </>
  );
}
