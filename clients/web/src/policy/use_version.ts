import { PolicyService } from "@api/v1/policy_service_pb.js";
import { client } from "../api/client.js";
import { useLoaded } from "../page/use_loaded.js";

// A version with its text and the revision of the policy; the one in force without an id.
export function useVersion(versionId: string) {
  return useLoaded(async () => {
    const { version, revision } = await client(PolicyService).getPolicyVersion({ versionId });
    if (version === undefined) throw new Error("a version without content");
    return { version, revision };
  }, [versionId]);
}
