import type { CandidateOptions } from "../engine/options.ts";
import { UsageError } from "../errors.ts";
import type { Adapter } from "../model/adapters/adapter.ts";
import { DEFAULT_MODEL } from "../model/catalogue.ts";
import type { SessionListener } from "./events.ts";
import type { SessionSettings } from "./settings.ts";

const WITHOUT = "use --condenser likelihood, which works with every model";

/** Whether the settings ask for candidate tokens. Throws UsageError for settings that contradict each other. */
export function wantsCandidates(settings: SessionSettings): boolean {
  const { condenser, adapter, answerStyle, budgetTokens } = settings;
  if (condenser === "answer" || condenser === "likelihood") {
    if (budgetTokens !== 0) return false;
    throw new UsageError(`--budget 0 leaves nothing to answer from with --condenser ${condenser}`, {
      hint: "use --condenser candidates, or leave --budget out",
    });
  }
  if (adapter === "none") {
    throw new UsageError(`--condenser ${condenser} needs an adapter, and the setting adapter is none`, {
      hint: `leave --adapter out, or ${WITHOUT}`,
    });
  }
  if (answerStyle === "quote" || answerStyle === "short") {
    throw new UsageError(
      `--answer ${answerStyle} needs the text of chunks, and --condenser ${condenser} answers from candidate tokens`,
      { hint: `use --answer write, or ${WITHOUT}` },
    );
  }
  return true;
}

/** The reader's name with candidates: the writer's, for one model does both. Throws UsageError when another was chosen. */
export function candidateReader(settings: SessionSettings, onEvent: SessionListener): string {
  const { reader, condenser, isReaderChosen, model: writer = DEFAULT_MODEL } = settings;
  if (reader === "same" || reader === writer) return writer;
  if (!isReaderChosen) {
    const message = `${writer} reads as well: candidate tokens need one model that reads and writes`;
    onEvent({ kind: "notice", message });
    return writer;
  }
  throw new UsageError(
    `--condenser ${condenser} needs one model that reads and writes, but ${reader} is to read and ${writer} to write`,
    { hint: `leave --reader out, or ${WITHOUT}` },
  );
}

/** How the engine is to use the adapter. */
export function candidateOptions(settings: SessionSettings, adapter: Adapter): CandidateOptions {
  const { condenser, refresh, budgetTokens } = settings;
  const refreshTokens = typeof refresh === "number" ? refresh : { none: undefined, every: 1 }[refresh];
  const alone = condenser === "candidates" || budgetTokens === 0;
  return { adapter, condenser: alone ? "candidates" : "both", refreshTokens };
}
