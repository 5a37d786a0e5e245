import type { KeyText } from "./key-text.ts";

/** Settings of a model server that takes this machine's place. In focus.toml they may also stand in a table `[engine]`. */
export const ENGINE_KEYS = {
  engine: {
    flags: "--engine <url>",
    group: "Models:",
    purpose:
      "a model server that computes in this machine's place: SGLang, vLLM, or one for chat that only writes; documents are sent to it; given several times, each chunk has its server",
    unset: "this machine",
    isList: true,
  },
  engineKind: {
    flags: "--engine-kind <kind>",
    group: "Models:",
    purpose: "the protocol that the server speaks; openai is chat completions, for writing alone",
    choices: ["auto", "sglang", "vllm", "openai"],
    default: "auto",
  },
  engineModel: {
    flags: "--engine-model <name>",
    group: "Models:",
    purpose: "the model's name at the server",
    unset: "the only one there",
  },
  engineKey: {
    flags: "--engine-key <variable>",
    group: "Models:",
    purpose: "the environment variable that holds the server's key",
    unset: "no key",
    // Some will give the key itself.
    isSecret: true,
  },
  engineConcurrency: {
    flags: "--engine-concurrency <n>",
    group: "Models:",
    purpose: "requests in flight to each server; fewer while it says that it has too many",
    unit: "requests",
    range: [1, 1024],
    default: 16,
  },
  engineSalt: {
    flags: "--engine-salt <text>",
    group: "Models:",
    purpose: "keeps what the server's prefix cache holds of your documents from its other users",
    unset: "the cache is everybody's",
    isSecret: true,
  },
} as const satisfies Readonly<Record<string, KeyText>>;
