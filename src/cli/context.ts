import type { Environment, Folders } from "../config/folders.ts";
import type { Origins } from "../config/origin.ts";
import type { Config } from "../config/schema.ts";
import type { Shard } from "./batch/shard.ts";
import type { Io } from "./io.ts";
import type { Progress } from "./progress.ts";

/** What every command gets: resolved settings, streams, and a signal that asks it to stop. */
export type CommandContext = {
  readonly config: Config;
  /** Where each value of `config` came from. */
  readonly origin: Origins;
  readonly folders: Folders;
  readonly io: Io;
  readonly progress: Progress;
  /** Aborted by Ctrl-C, SIGTERM or --timeout; its reason is a StoppedError, to be thrown on as it is. */
  readonly signal: AbortSignal;
  /** Leaves Ctrl-C to another program on the terminal while the work lasts. */
  readonly leaveInterrupts: <T>(work: () => Promise<T>) => Promise<T>;
  readonly env: Environment;
  /** Absolute. */
  readonly cwd: string;
};

/** What `focus ask` was asked: `runAsk(context, request)` in commands/ask.ts. */
export type AskRequest = {
  /** At least one; "-" is standard input. */
  readonly paths: readonly string[];
  /** Trimmed, never empty. */
  readonly question: string;
};

/** What `focus read` was asked: `runRead(context, request)` in commands/read.ts. */
export type ReadRequest = {
  /** At least one; "-" is standard input. */
  readonly paths: readonly string[];
  /** Only tell what a read would be. */
  readonly dryRun: boolean;
  /** Of the files found; undefined: all of them. */
  readonly shard: Shard | undefined;
  /** Reads again what changes, until it is stopped. */
  readonly watch: boolean;
};

/** What `focus summarize` was asked: `runSummarize(context, request)` in commands/summarize.ts. */
export type SummarizeRequest = {
  /** At least one; "-" is standard input. */
  readonly paths: readonly string[];
  /** What to look for; trimmed, never empty. */
  readonly focus: string | undefined;
  /** One summary over all documents. */
  readonly combined: boolean;
  /** Only tell what it would be. */
  readonly dryRun: boolean;
  /** Does finished files again. */
  readonly force: boolean;
  /** Of the files found; undefined: all of them. */
  readonly shard: Shard | undefined;
};
