export interface LinkItem {
  to: string;
  text: string;
  // Whether it is of use to who is signed in.
  shown: boolean;
}

export function LinkList({ links }: { links: readonly LinkItem[] }) {
  return (
    <ul class="govuk-list wb-no-print">
      {links
        .filter((link) => link.shown)
        .map((link) => (
          <li key={link.to}>
            <a class="govuk-link" href={link.to}>
              {link.text}
            </a>
          </li>
        ))}
    </ul>
  );
}
