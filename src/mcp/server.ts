import {
  type CallToolResult,
  type InputRequiredResult,
  McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { FocusError } from "../errors.ts";
import type { SessionHost } from "../session/host.ts";
import { OpenSessions } from "../session/open-sessions.ts";
import { documentCalled, findNamed } from "./attached.ts";
import { clientRoots, isRequest } from "./client-roots.ts";
import { type Job, Jobs, type Outcome } from "./jobs.ts";
import { listing } from "./listing.ts";
import { Reach } from "./reach.ts";
import { running, toolError, toolResult } from "./result.ts";
import type { Root } from "./roots.ts";
import { type TextRange, textOutcome } from "./text-range.ts";
import { Texts } from "./texts.ts";
import { TOOLS, type ToolName } from "./tools.ts";
import { waitFor } from "./waiting.ts";
import { asking, finding, onSession, reading, type SessionWork, summarizing } from "./work.ts";

export type ServerOptions = {
  readonly host: SessionHost;
  /** Those of the command line; undefined: the client's. */
  readonly roots: readonly Root[] | undefined;
  readonly version: string;
  /** Hears of bugs. */
  readonly onBug: (error: unknown) => void;
};

type Call = { readonly tool: ToolName; readonly server: McpServer; readonly context: ServerContext };
type Wanted = { readonly paths: readonly string[]; readonly wait_seconds: number };

/** Answers one client: sessions and jobs are kept until it is closed. */
export class FocusServer {
  readonly #options: ServerOptions;
  readonly #sessions: OpenSessions;
  readonly #texts: Texts;
  readonly #jobs: Jobs;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#sessions = new OpenSessions(options.host);
    this.#texts = new Texts(this.#sessions, options.host);
    this.#jobs = new Jobs(options.host.onEvent);
  }

  /** The protocol's side, for one connection. */
  connectable(): McpServer {
    const info = { name: "focus", version: this.#options.version };
    const server = new McpServer(info, { capabilities: { tools: {} } });
    const call = (tool: ToolName, context: ServerContext): Call => ({ tool, server, context });
    server.registerTool("ask", TOOLS.ask, (wanted, context) => {
      const { question, thorough } = wanted;
      return this.#work(call("ask", context), wanted, asking(question, { thorough }));
    });
    server.registerTool("find", TOOLS.find, (wanted, context) =>
      this.#work(call("find", context), wanted, finding(wanted.question)),
    );
    server.registerTool("summarize", TOOLS.summarize, (wanted, context) => {
      const { focus, length } = wanted;
      return this.#work(call("summarize", context), wanted, summarizing({ focus, summaryLength: length }));
    });
    server.registerTool("text", TOOLS.text, ({ path, ...range }, context) =>
      this.#inRoots(call("text", context), (reach) => this.#text(path, reach, { range, context })),
    );
    server.registerTool("documents", TOOLS.documents, ({ paths }, context) =>
      this.#inRoots(call("documents", context), async (reach) =>
        listing(await reach.find(paths ?? reach.roots.map(({ path }) => path)), reach.roots),
      ),
    );
    server.registerTool("read", TOOLS.read, ({ paths }, context) =>
      this.#inRoots(call("read", context), async (reach) =>
        running(await this.#start("read", paths, { reach, work: reading() })),
      ),
    );
    server.registerTool("result", TOOLS.result, ({ id, cancel, wait_seconds: seconds }, context) =>
      this.#replied("result", () => {
        const job = this.#jobs.get(id);
        if (cancel) job.cancel();
        return waitFor(job, { seconds, context, cancels: false });
      }),
    );
    return server;
  }

  async close(): Promise<void> {
    this.#jobs.cancelAll();
    await this.#sessions.close();
  }

  /** Starts a job and waits for it as long as the client wants. */
  #work(
    call: Call,
    { paths, wait_seconds: seconds }: Wanted,
    work: SessionWork,
  ): Promise<CallToolResult | InputRequiredResult> {
    return this.#inRoots(call, async (reach) => {
      const job = await this.#start(call.tool, paths, { reach, work });
      return waitFor(job, { seconds, context: call.context, cancels: true });
    });
  }

  async #start(
    tool: ToolName,
    paths: readonly string[],
    { reach, work }: { readonly reach: Reach; readonly work: SessionWork },
  ): Promise<Job> {
    const found = await reach.find(paths);
    return this.#jobs.start(tool, onSession(this.#sessions, found, work));
  }

  async #text(
    path: string,
    reach: Reach,
    { range, context }: { readonly range: TextRange; readonly context: ServerContext },
  ): Promise<Outcome> {
    const named = await findNamed(path, reach);
    const documents = await this.#texts.get(named.file, context.mcpReq.signal);
    const [document, ...attached] = documentCalled(named, documents);
    return textOutcome(document, range, attached);
  }

  /** Does work inside the roots, or asks the client for them first. */
  async #inRoots(
    { tool, server, context }: Call,
    work: (reach: Reach) => Promise<Outcome>,
  ): Promise<CallToolResult | InputRequiredResult> {
    try {
      const { host } = this.#options;
      const roots = this.#options.roots ?? (await clientRoots(server, context));
      return isRequest(roots)
        ? roots
        : await this.#replied(tool, () => work(new Reach(roots, host.settings)));
    } catch (error) {
      return toolError(error, tool);
    }
  }

  /** Errors are results too, so that the model can act upon them. */
  async #replied(tool: ToolName, work: () => Promise<Outcome>): Promise<CallToolResult> {
    try {
      return toolResult(await work());
    } catch (error) {
      if (!(error instanceof FocusError)) this.#options.onBug(error);
      return toolError(error, tool);
    }
  }
}
