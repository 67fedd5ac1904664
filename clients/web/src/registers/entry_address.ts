import type { Register, RegisterEntry } from "@api/v1/register_pb.js";
import { addressPart } from "../page/address_part.js";

export function addressOfEntryId(register: Register, entryId: string): string {
  return `/registers/${register}/${addressPart(entryId)}`;
}

export function addressOfEntry(entry: RegisterEntry): string {
  return addressOfEntryId(entry.inRegister, entry.entryId);
}
