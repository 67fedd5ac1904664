import { useState } from "preact/hooks";
import { hexOf } from "../words/hex.js";
import { describedBy } from "./described.js";
import { idOf } from "./field.js";
import { ErrorMessage, FormGroup, Hint, type InputProps } from "./form_group.js";

// A file that is not sent anywhere: the browser makes its SHA-256, by which the file can be
// known again.
export function DigestInput(props: InputProps) {
  const { name, label, hint, error, value, onValue } = props;
  const [unread, setUnread] = useState(false);

  async function read(file: File | undefined) {
    setUnread(false);
    if (file === undefined) return;
    try {
      const bytes = await file.arrayBuffer();
      onValue(hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))));
    } catch {
      onValue("");
      setUnread(true);
    }
  }
  const wrong = unread ? "The file could not be read – try again" : error;
  return (
    <FormGroup error={wrong}>
      <label class="govuk-label govuk-label--s" for={idOf(name)}>
        {label}
      </label>
      <Hint name={name} hint={hint} />
      <ErrorMessage name={name} error={wrong} />
      <input
        class="govuk-file-upload"
        id={idOf(name)}
        name={name}
        type="file"
        aria-describedby={describedBy(name, hint, wrong)}
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
      <div role="status">
        {value !== "" && (
          <p class="govuk-body-s wb-typed">The file was read. Its SHA-256 is {value}.</p>
        )}
      </div>
    </FormGroup>
  );
}
