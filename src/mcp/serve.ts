import type { Readable, Writable } from "node:stream";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { FocusServer, type ServerOptions } from "./server.ts";

export type ServeOptions = ServerOptions & {
  readonly stdin: Readable;
  /** Carries nothing but the protocol. */
  readonly stdout: Writable;
  readonly signal: AbortSignal;
};

/** Serves one client until it closes its end, or the signal is aborted; what was on its way then is stopped. */
export async function serve({ stdin, stdout, signal, ...options }: ServeOptions): Promise<void> {
  const focus = new FocusServer(options);
  const transport = new StdioServerTransport(stdin, stdout);
  const ended = new Promise<void>((done) => {
    stdin.once("end", done);
    stdin.once("close", done);
    signal.addEventListener("abort", () => done(), { once: true });
  });
  const handle = serveStdio(() => focus.connectable(), { transport, onerror: options.onBug });
  try {
    await ended;
  } finally {
    await handle.close();
    await focus.close();
  }
}
