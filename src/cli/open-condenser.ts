import type { CandidateOptions } from "../engine/options.ts";
import { UsageError } from "../errors.ts";
import type { Adapter } from "../model/adapters/adapter.ts";
import { resolveAdapter } from "../model/adapters/adapters.ts";
import { DEFAULT_MODEL } from "../model/catalogue.ts";
import type { ResolvedModel } from "../model/files.ts";
import type { CommandContext } from "./context.ts";

const WITHOUT = "use --condenser likelihood, which works with every model";

/** Whether the settings ask for candidate tokens. Throws UsageError for settings that contradict each other. */
export function wantsCandidates({ config, origin, progress }: CommandContext): boolean {
  const { condenser, adapter, answerStyle, refresh } = config;
  if (condenser === "answer" || condenser === "likelihood") {
    if (config.budgetTokens === 0) {
      throw new UsageError(`--budget 0 leaves nothing to answer from with --condenser ${condenser}`, {
        hint: "use --condenser candidates, or leave --budget out",
      });
    }
    const unused = [
      ...(adapter !== undefined && adapter !== "none" && origin.adapter.kind === "flag" ? ["--adapter"] : []),
      ...(refresh !== "none" && origin.refresh.kind === "flag" ? ["--refresh"] : []),
    ];
    for (const flag of unused) progress.warn(`${flag} does nothing without --condenser candidates or both`);
    return false;
  }
  if (adapter === "none") {
    throw new UsageError(`--condenser ${condenser} needs an adapter, and the setting adapter is none`, {
      hint: `leave --adapter out, or ${WITHOUT}`,
    });
  }
  if (answerStyle === "quote" || answerStyle === "short") {
    throw new UsageError(
      `--answer ${answerStyle} needs the text of chunks, and --condenser ${condenser} answers from candidate tokens`,
      {
        hint: `use --answer write, or ${WITHOUT}`,
      },
    );
  }
  return true;
}

/**
 * The reader's name with candidates: the writer's, for one model does both. Throws UsageError when somebody chose another.
 */
export function candidateReader({ config, origin, progress }: CommandContext): string {
  const writer = config.model ?? DEFAULT_MODEL;
  if (config.reader === "same" || config.reader === writer) return writer;
  if (origin.reader.kind === "default") {
    progress.notice(`${writer} reads as well: candidate tokens need one model that reads and writes`);
    return writer;
  }
  throw new UsageError(
    `--condenser ${config.condenser} needs one model that reads and writes, but ${config.reader} is to read and ${writer} to write`,
    { hint: `leave --reader out, or ${WITHOUT}` },
  );
}

/** The adapter, checked against the model's file before anything is loaded. Throws ModelError or UsageError. */
export async function openAdapter({ config }: CommandContext, model: ResolvedModel): Promise<Adapter> {
  return resolveAdapter(config.adapter, model);
}

/** How the engine is to use it. */
export function candidateOptions({ config }: CommandContext, adapter: Adapter): CandidateOptions {
  const { condenser, refresh, budgetTokens } = config;
  const refreshTokens = typeof refresh === "number" ? refresh : { none: undefined, every: 1 }[refresh];
  const alone = condenser === "candidates" || budgetTokens === 0;
  return { adapter, condenser: alone ? "candidates" : "both", refreshTokens };
}
