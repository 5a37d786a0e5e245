import { ModelError } from "../../errors.ts";
import { sha256 } from "../../fs/sha256.ts";
import { type GgufHeader, readHeader } from "../gguf/gguf-header.ts";
import { requireLora, requireTensors } from "./lora.ts";

/** Trained weights that turn the last tokens of a dynamic prompt into candidate tokens: a LoRA of one base model. */
export type Adapter = {
  readonly name: string;
  readonly path: string;
  /** Of the file, in hex. */
  readonly sha256: string;
  /** Candidate tokens of each chunk: the paper has one. */
  readonly perChunk: number;
  /** What its deltas are multiplied by; 0 = untrained candidates. */
  readonly scale: number;
};

/** A model's file, by the name that the user knows. */
export type BaseModel = { readonly name: string; readonly path: string };

/** Written by training/export.py. */
const PER_CHUNK_KEY = "focus.candidates";
const BASE_SHA256_KEY = "focus.base.sha256";
const BASE_NAME_KEY = "focus.base.name";
/** More than any adapter has. */
const MOST_PER_CHUNK = 256;

/**
 * Reads an adapter's header and refuses what would not work before llama.cpp sees the file: one that is damaged, no
 * LoRA, not trained for candidate tokens, or trained on another model than `base`. Throws ModelError that names both.
 */
export async function readAdapter(
  { path, name }: Pick<Adapter, "path" | "name">,
  base: BaseModel,
): Promise<Adapter> {
  const header = readAdapterHeader(path);
  requireLora(header);
  const perChunk = requirePerChunk(header);
  await requireBase(header, { adapter: name, base });
  requireTensors(header, base);
  return { name, path, sha256: await sha256(path), perChunk, scale: 1 };
}

function readAdapterHeader(path: string): GgufHeader {
  try {
    return readHeader(path);
  } catch (cause) {
    if (!(cause instanceof ModelError)) throw cause;
    throw new ModelError(`the adapter cannot be used: ${cause.message}`, {
      hint: "install focus again, or name another adapter by its path: --adapter PATH",
      cause,
    });
  }
}

function requirePerChunk({ path, values }: GgufHeader): number {
  const value = values.get(PER_CHUNK_KEY);
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= MOST_PER_CHUNK)
    return value;
  throw new ModelError(
    `${path} was not trained for candidate tokens: ${PER_CHUNK_KEY} is ${JSON.stringify(value) ?? "missing"}`,
    { hint: "name an adapter of focus's own training (training/README.md), or leave --adapter out" },
  );
}

type Wanted = { readonly adapter: string; readonly base: BaseModel };

async function requireBase({ path, values }: GgufHeader, { adapter, base }: Wanted): Promise<void> {
  const wanted = values.get(BASE_SHA256_KEY);
  if (typeof wanted !== "string") {
    throw new ModelError(
      `${path} does not say which model it was trained on: ${BASE_SHA256_KEY} is missing`,
      {
        hint: "export it again: training/README.md",
      },
    );
  }
  if ((await sha256(base.path)) === wanted.toLowerCase()) return;
  const trained = values.get(BASE_NAME_KEY);
  const named = typeof trained === "string" ? trained : `a model with SHA-256 ${wanted.slice(0, 12)}…`;
  throw new ModelError(
    `the adapter ${adapter} was trained on ${named}, but ${base.name} is to read and write`,
    {
      hint: "candidate tokens need the adapter's own model: name it with -m and leave --reader out, or use --condenser score",
    },
  );
}
