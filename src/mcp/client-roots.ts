import { fileURLToPath } from "node:url";
import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { UsageError } from "../errors.ts";
import { openRoots, type Root } from "./roots.ts";

/**
 * The folders that the client allows, or the request for them, which it answers by calling again. Throws UsageError for
 * a client that has none.
 */
export async function clientRoots(
  server: McpServer,
  { mcpReq }: ServerContext,
): Promise<readonly Root[] | InputRequiredResult> {
  const response = inputResponse(mcpReq.inputResponses, "roots");
  if (response.kind === "roots") {
    const paths = response.roots.flatMap(({ uri }) => pathOf(uri));
    if (paths.length === 0) throw withoutRoots();
    return openRoots(paths, "/");
  }
  // Clients of protocol 2026-07-28 say what they can with each request, those before it once.
  const envelope = mcpReq.envelope as
    | { readonly [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities }
    | undefined;
  const capabilities = envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? server.server.getClientCapabilities();
  if (capabilities?.roots === undefined) throw withoutRoots();
  return inputRequired({ inputRequests: { roots: inputRequired.listRoots() } });
}

export function isRequest(roots: readonly Root[] | InputRequiredResult): roots is InputRequiredResult {
  return !Array.isArray(roots);
}

/** Roots that are no files are not ours to read. */
function pathOf(uri: string): string[] {
  try {
    return [fileURLToPath(uri)];
  } catch {
    return [];
  }
}

function withoutRoots(): UsageError {
  return new UsageError("no folder may be read: neither the command line nor the client names one", {
    hint: "start the server with folders: focus mcp ~/Documents",
  });
}
