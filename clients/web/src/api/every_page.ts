// What a list answers with, whatever it is a list of.
interface Page {
  nextPageToken: string;
}

// Reads a list to its end, page by page.
export async function everyPage<P extends Page, Item>(
  read: (pageToken: string) => Promise<P>,
  itemsOf: (page: P) => Item[],
): Promise<Item[]> {
  const items: Item[] = [];
  let pageToken = "";
  do {
    const page = await read(pageToken);
    items.push(...itemsOf(page));
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return items;
}
