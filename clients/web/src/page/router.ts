import { signal } from "@preact/signals";

// The address that is shown. It never holds personal data: references and ids alone.
export const path = signal(globalThis.location?.pathname ?? "/");

// How the page was come by: a page that was gone to takes the focus.
export const visits = signal(0);

// How often a page took the place of another at the same address, as when a session ends.
export const takeovers = signal(0);

export function go(to: string, how: "push" | "replace" = "push"): void {
  if (how === "replace") history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  path.value = to;
  visits.value += 1;
  scrollTo(0, 0);
}

// Follows links within the client without loading it anew.
export function followLinks(target: EventTarget): void {
  target.addEventListener("click", (event) => {
    if (!(event instanceof MouseEvent) || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || link.target !== "" || link.hasAttribute("download")) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || url.hash !== "" || url.protocol === "blob:") return;
    event.preventDefault();
    go(url.pathname);
  });
  addEventListener("popstate", () => {
    path.value = location.pathname;
    visits.value += 1;
  });
}

export type Parameters = Readonly<Record<string, string>>;

// "/cases/:caseRef/notes" against an address; nothing where it is not this one.
export function match(pattern: string, address: string): Parameters | undefined {
  const wanted = pattern.split("/");
  const given = address.replace(/\/$/, "").split("/");
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const actual = decoded(given[index] ?? "");
    if (actual === undefined) return undefined;
    if (part.startsWith(":")) parameters[part.slice(1)] = actual;
    else if (part !== actual) return undefined;
  }
  return parameters;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
