import { useEffect, useState } from "preact/hooks";
import { LineInput } from "../form/line_input.js";
import { isKeyGiven } from "./given_key.js";

// Compares the key that somebody was given with the one that signs.
export function KeyComparison({ signedWith }: { signedWith: string }) {
  const [given, setGiven] = useState("");
  const [isSame, setSame] = useState<boolean>();
  useEffect(() => {
    let isCurrent = true;
    setSame(undefined);
    if (given.trim() === "") return;
    void isKeyGiven(given, signedWith).then((same) => isCurrent && setSame(same));
    return () => {
      isCurrent = false;
    };
  }, [given, signedWith]);
  return (
    <>
      <LineInput
        name="given_key"
        label="The key that you were given, or its fingerprint"
        hint="Such as in the governors’ minutes. Paste or type it here to compare it."
        value={given}
        onValue={setGiven}
      />
      <div role="status">
        {isSame === true && (
          <p class="govuk-body">
            <strong>It is the same key.</strong>
          </p>
        )}
        {isSame === false && (
          <p class="govuk-body">
            <strong>It is another key.</strong> Check that you have typed it whole. If it stays
            another, tell the Chair of Governors and whoever runs the server.
          </p>
        )}
      </div>
    </>
  );
}
