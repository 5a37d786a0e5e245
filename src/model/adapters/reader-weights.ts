import { stat } from "node:fs/promises";
import { sha256 } from "../../fs/sha256.ts";
import { DEFAULT_MODEL, findModel } from "../catalogue.ts";
import { type BaseModel, type LocalAdapter, type MarginScale, readCondenser } from "./adapter.ts";
import { checkShipped, type ShippedAdapter } from "./adapters.ts";
import { readEmbedding, type TokenEmbedding } from "./token-embedding.ts";

type ShippedCondenser = ShippedAdapter & { readonly margins?: MarginScale };

/** The condensers that come with focus: they answer from one chunk, or say that it does not. */
const CONDENSERS: readonly ShippedCondenser[] = [
  {
    name: "smollm2-135m.condenser",
    base: DEFAULT_MODEL,
    sha256: "06456082ae029498f23e415bf16910264a373eb0fd864493e6c4fbdbe3bc65df",
  },
  {
    name: "qwen2.5-coder-0.5b.condenser",
    base: "qwen2.5-coder-0.5b",
    // Log odds 0.495 margin - 0.797, told in nats of BEST_MARGIN (src/engine/condenser/confidence.ts), with which this has to change:
    // bench/calibrate.mjs, 18 questions of six dev sources, two of them not English, checked on 15 of five others (docs/quality.md).
    margins: { slope: 0.655, bias: -0.663 },
    sha256: "4aebcefc1ee4b89cbb00611449d0581b2d8f59c4d0d9afde2d6dc6308c58f358",
  },
];

/** The static embeddings that come with focus, for finding what is said in other words. */
const EMBEDDINGS: readonly ShippedAdapter[] = [
  {
    name: "smollm2-135m.embedding",
    base: DEFAULT_MODEL,
    sha256: "b24c774bff0f1d734d3225609128669b5a6c5cd10128cb6d2bb4c66c6b16de14",
  },
];

/** What comes with focus for a reader; undefined what it does not have for it. */
export type ReaderWeights = {
  /** Answers from one chunk, or says none. */
  readonly condenser: LocalAdapter | undefined;
  /** Of the reader's tokens: finds what is said in other words. */
  readonly embedding: TokenEmbedding | undefined;
};

/**
 * What comes with focus for a reader, which is told by its file's content and not by its name: the file is hashed once for both. Throws ModelError
 * for weights that are missing or damaged.
 */
export async function readerWeights(base: BaseModel): Promise<ReaderWeights> {
  const known = await identify(base);
  if (known === undefined) return { condenser: undefined, embedding: undefined };
  const condenser = CONDENSERS.find((shipped) => shipped.base === known.name);
  const embedding = EMBEDDINGS.find((shipped) => shipped.base === known.name);
  const hashed = { ...base, sha256: known.sha256 };
  return {
    condenser: condenser && (await readShippedCondenser(condenser, hashed)),
    embedding: embedding && (await checkShipped(embedding, (file) => readEmbedding(file, hashed))),
  };
}

/** The model of the catalogue that a file is, where something comes with focus for it. */
async function identify({ path }: BaseModel): Promise<{ name: string; sha256: string } | undefined> {
  const { size } = await stat(path);
  const names = new Set([...CONDENSERS, ...EMBEDDINGS].map(({ base }) => base));
  const models = [...names].flatMap((name) => findModel(name) ?? []);
  if (!models.some(({ bytes }) => bytes === size)) return undefined;
  const sum = await sha256(path);
  const found = models.find(({ sha256: wanted }) => wanted === sum);
  return found && { name: found.name, sha256: sum };
}

async function readShippedCondenser(shipped: ShippedCondenser, base: BaseModel): Promise<LocalAdapter> {
  const condenser = await checkShipped(shipped, (file) => readCondenser(file, base));
  return shipped.margins === undefined ? condenser : { ...condenser, margins: shipped.margins };
}
