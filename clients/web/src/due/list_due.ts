import type { DueCount, DueItem } from "@api/v1/due_pb.js";
import { DueService } from "@api/v1/due_service_pb.js";
import { client } from "../api/client.js";

export interface DueList {
  items: DueItem[];
  count: DueCount | undefined;
}

export async function listDue(): Promise<DueList> {
  const items: DueItem[] = [];
  let count: DueCount | undefined;
  let pageToken = "";
  do {
    const page = await client(DueService).listDue({ pageSize: 200, pageToken });
    items.push(...page.items);
    // The banners stand on the first page only.
    count ??= page.count;
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return { items, count };
}
