import type { DescFile, DescService } from "@bufbuild/protobuf";

// Every service of the API, by what is generated of it: one that is added later is here too.
const modules = import.meta.glob<Record<string, unknown>>(
  "/node_modules/.wardbook/wardbook/v1/*_service_pb.js",
  { eager: true },
);

const isFile = (value: unknown): value is DescFile =>
  typeof value === "object" && value !== null && (value as DescFile).kind === "file";

export const SERVICES: readonly DescService[] = Object.values(modules).flatMap((module) =>
  Object.values(module)
    .filter(isFile)
    .flatMap((file) => file.services),
);
