import { useRef, useState } from "preact/hooks";
import { sha256Of } from "../evidence/sha256.js";
import { hexOf } from "../words/hex.js";
import { describedBy } from "./described.js";
import { idOf } from "./field.js";
import { ErrorMessage, FormGroup, Hint, type InputProps } from "./form_group.js";

// What is asked for is a letter or a form. A file that is larger was chosen by mistake, and would
// keep the computer busy for long.
const SIZE_MAX_MB = 250;
export const DIGEST_SIZE_MAX = SIZE_MAX_MB * 1_000_000;

// A file that is not sent anywhere: the browser makes its SHA-256, by which the file can be
// known again.
export function DigestInput(props: InputProps) {
  const { name, label, hint, error, value, onValue } = props;
  const [unread, setUnread] = useState<string>();
  const [isReading, setReading] = useState(false);
  const turn = useRef(0);

  // The file that was chosen last counts, whichever is read first. Until it is read there is none:
  // the hash of the one before is not sent for it.
  async function read(file: File | undefined) {
    const mine = ++turn.current;
    setUnread(undefined);
    onValue("");
    if (file !== undefined && file.size > DIGEST_SIZE_MAX) {
      setUnread(`${file.name} is larger than ${SIZE_MAX_MB} MB, too large to read here`);
    }
    const isRead = file !== undefined && file.size <= DIGEST_SIZE_MAX;
    setReading(isRead);
    if (!isRead) return;
    try {
      const sha256 = hexOf(await sha256Of(file));
      if (mine === turn.current) onValue(sha256);
    } catch {
      if (mine === turn.current) setUnread(`${file.name} could not be read. Choose it again`);
    } finally {
      if (mine === turn.current) setReading(false);
    }
  }
  const wrong = unread ?? (isReading || value !== "" ? undefined : error);
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
        {isReading && <p class="govuk-body-s">The file is being read.</p>}
        {value !== "" && (
          <p class="govuk-body-s wb-typed">The file was read. Its SHA-256 is {value}.</p>
        )}
      </div>
    </FormGroup>
  );
}
