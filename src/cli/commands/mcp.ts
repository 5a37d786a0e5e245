import type { Readable, Writable } from "node:stream";
import { EXIT, type ExitCode } from "../../errors.ts";
import { openRoots } from "../../mcp/roots.ts";
import { serve } from "../../mcp/serve.ts";
import type { CommandContext } from "../context.ts";
import { namedPaths } from "../named-paths.ts";
import { sessionHost } from "../session.ts";

export type McpRequest = {
  /** Folders and files that clients may read; none: those that the client names. */
  readonly roots: readonly string[];
  /** Of focus. */
  readonly version: string;
};

/** `focus mcp`: the tools of a Model Context Protocol server, on standard input and output. */
export async function runMcp(context: CommandContext, { roots, version }: McpRequest): Promise<ExitCode> {
  const { cwd, io, progress, signal } = context;
  await serve({
    host: sessionHost(context),
    roots: roots.length === 0 ? undefined : await openRoots(await namedPaths(context, roots), cwd),
    version,
    onBug: (error) =>
      io.tell(error instanceof Error ? (error.stack ?? error.message) : String(error), "warning"),
    stdin: io.stdin as Readable,
    stdout: io.stdout as Writable,
    signal,
  });
  progress.stop();
  signal.throwIfAborted();
  return EXIT.done;
}
