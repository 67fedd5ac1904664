// The name of the script that Wardbook begins with has a hash of what is in it, so each version
// of the client has another. A page may not be parsed here: the browser is told to trust no text.
const SCRIPT = /<script type="module"[^>]* src="(\/assets\/[^"]+)"/;

function ownScript(): string | null | undefined {
  return document.querySelector('script[type="module"][src]')?.getAttribute("src");
}

export type Reached = "not at all" | "same" | "newer";

// Which client the server has. After an upgrade it has no more pages for an older one, which
// loads each when somebody goes to it.
export async function reachClient(): Promise<Reached> {
  try {
    const answer = await fetch("/", { cache: "no-store" });
    // A page of a school's filter has another script, or none.
    const found = answer.ok ? SCRIPT.exec(await answer.text())?.[1] : undefined;
    if (found === undefined) return "not at all";
    return found === ownScript() ? "same" : "newer";
  } catch {
    return "not at all";
  }
}
