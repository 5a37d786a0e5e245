import { UsageError } from "../../errors.ts";
import type { LocalAdapter } from "../../model/adapters/adapter.ts";
import type { ReadOptions } from "../options.ts";
import type { WordVectors } from "../ranking/word-vectors.ts";
import { Condenser } from "./condenser.ts";
import { YesOrNo } from "./yes-or-no.ts";

/** Tells of chunks and of parts of them how likely they answer a question: margins in nats, above 0 for likelier than not. */
export type Judge = Pick<
  Condenser,
  "margins" | "marginsOfParts" | "chunks" | "evaluatedTokens" | "busyMs" | typeof Symbol.asyncDispose
> & {
  /** Whether parts are read anew instead of behind their rows in the chunk: a judge at a server. */
  readonly readsPartsAnew: boolean;
};

export type JudgeInput = {
  readonly question: string;
  /** Tokens of all chunks that will be asked for, for the progress. */
  readonly totalTokens: number;
  /** The command, as errors name it. */
  readonly command: string;
};

/** What a reader judges with: its condenser; a reader at a server takes none, and is asked. */
export type JudgeOptions = ReadOptions & {
  /** Undefined where there is none for the reader. */
  readonly condenserAdapter: LocalAdapter | undefined;
  /** Of its tokens; without them chunks are retrieved by words alone. */
  readonly vectors?: WordVectors | undefined;
};

/** Throws UsageError for a reader on this machine that has no condenser. */
export async function openJudge({ command, ...input }: JudgeInput, options: JudgeOptions): Promise<Judge> {
  const { reader, condenserAdapter: adapter } = options;
  if (adapter !== undefined) return Condenser.open({ ...input, adapter }, options);
  if (!reader.capabilities.has("adapters")) return YesOrNo.open(input, options);
  throw new UsageError(`${command} needs a condenser, and focus has none for ${reader.name}`, {
    hint: "leave --reader and --condenser out",
  });
}
