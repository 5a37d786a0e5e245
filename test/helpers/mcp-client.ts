import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { BIN } from "../cli/spawn-focus.ts";

export type McpOptions = {
  readonly cwd: string;
  /** Behind `focus mcp`. */
  readonly args: readonly string[];
  /** What the client offers when it is asked for its roots; undefined: it has none to offer. */
  readonly roots?: readonly string[];
  /** Protocol 2026-07-28, which asks for roots in another way than those before it. */
  readonly isModern?: boolean;
  readonly env?: Readonly<Record<string, string>>;
};

/**
 * The SDK's own client, connected to a focus of its own; `trouble` is what on its standard output was no protocol, `said`
 * gives what its standard error has said so far.
 */
export async function mcpClient({ cwd, args, roots, isModern = false, env = {} }: McpOptions) {
  const { PATH = "" } = process.env;
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [BIN, "mcp", ...args],
    cwd,
    env: { PATH, HOME: cwd, FOCUS_HOME: cwd, ...env },
    stderr: "pipe",
  });
  const client = new Client(
    { name: "test", version: "1" },
    {
      capabilities: roots === undefined ? {} : { roots: {} },
      ...(isModern ? { versionNegotiation: { mode: "auto" as const } } : {}),
    },
  );
  if (roots !== undefined) {
    client.setRequestHandler("roots/list", async () => ({ roots: roots.map((uri) => ({ uri })) }));
  }
  const trouble: Error[] = [];
  const stderr: Buffer[] = [];
  transport.stderr?.on("data", (part: Buffer) => stderr.push(part));
  const said = () => Buffer.concat(stderr).toString();
  client.onerror = (error) => trouble.push(error);
  await client.connect(transport);
  const call = async (name: string, given: Record<string, unknown>) => {
    const result = await client.callTool({ name, arguments: given });
    const [block] = result.content;
    const text = block?.type === "text" ? block.text : "";
    const json = result.structuredContent as Record<string, unknown>;
    return { isError: result.isError === true, text, json };
  };
  return { client, call, trouble, said, [Symbol.asyncDispose]: () => client.close() };
}
