import { EXIT } from "../../errors.ts";
import { resolveModel } from "../../model/files.ts";
import { loadTokenizer } from "../../model/gguf-tokenizer.ts";
import { type OpenedRemote, openRemote } from "../../model/remote/open-remote.ts";
import { startBackend } from "../../session/local-model.ts";
import { remoteOptions } from "../../session/remote-options.ts";
import { tokenizerName } from "../../session/server-models.ts";
import type { CommandContext } from "../context.ts";
import { sessionHost } from "../session.ts";
import type { Examination, Finding } from "./check.ts";

/** What needs rows of the cache. */
const LACKING = "no condenser, short answers or candidate tokens there";

/** The model server, where the settings name one. */
export function engineExaminations(context: CommandContext): readonly Examination[] {
  if (context.config.engine === undefined) return [];
  return [{ name: "engine", exitCode: EXIT.model, examine: () => engine(context) }];
}

/** Asks the server what it is and can do, as a question would; nothing is pulled. Throws ModelError or UsageError. */
async function engine(context: CommandContext): Promise<Finding> {
  const host = sessionHost(context);
  const { signal, folders } = context;
  let close = async (): Promise<void> => undefined;
  try {
    const remote = await openRemote(remoteOptions(host), async () => {
      const name = tokenizerName(host);
      const { path } = await resolveModel(name, { dir: folders.models, offline: true, signal });
      const backend = await startBackend(host);
      const tokenizer = await loadTokenizer(backend, { path, signal });
      close = async () => {
        await tokenizer[Symbol.asyncDispose]();
        await backend[Symbol.asyncDispose]();
      };
      return tokenizer;
    });
    return { detail: described(remote) };
  } finally {
    await close();
  }
}

/** "sglang 0.5.23 at http://gpu1:30000: qwen3-4b with 32768 tokens writes, and reads by likelihood; …". */
function described({ model, identity, compared }: OpenedRemote): string {
  const reads = model.capabilities.has("score")
    ? "and reads by the question's likelihood"
    : "and does not read";
  const head = `${identity.release} at ${model.path}: ${model.name} with ${model.metadata.trainedContextTokens} tokens writes, ${reads}`;
  return [head, ...(identity.kind === "openai" ? [] : [tokenizerPart(compared)]), LACKING].join("; ");
}

function tokenizerPart({ tokenizer, chat }: OpenedRemote["compared"]): string {
  const same = [tokenizer ? "tokenizer" : "", chat ? "chat form" : ""].filter((what) => what !== "");
  const unseen = [tokenizer ? "" : "tokenizer", chat ? "" : "chat form"].filter((what) => what !== "");
  const checked = same.length === 0 ? "" : `${same.join(" and ")} as in the GGUF here`;
  return [checked, unseen.length === 0 ? "" : `${unseen.join(" and ")} not shown`]
    .filter((part) => part !== "")
    .join(", ");
}
