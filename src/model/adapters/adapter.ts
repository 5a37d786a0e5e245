import { ModelError } from "../../errors.ts";
import { sha256 } from "../../fs/sha256.ts";
import { type GgufHeader, readHeader } from "../gguf/gguf-header.ts";
import { requireLora, requireTensors } from "./lora.ts";

/** Trained weights for the local tokens behind a chunk: a LoRA of one base model. */
export type LocalAdapter = {
  readonly name: string;
  readonly path: string;
  /** Of the file, in hex. */
  readonly sha256: string;
  /** What its deltas are multiplied by; 0 = the model as it is. */
  readonly scale: number;
  /** Of a condenser whose margins mean something else than the embedded reader's. */
  readonly margins?: MarginScale;
};

/**
 * slope * margin + bias (nats) is what a margin of the embedded reader's condenser would be that is as sure, so that all thresholds
 * (engine/condenser/confidence.ts) hold for both.
 */
export type MarginScale = { readonly slope: number; readonly bias: number };

/** A LoRA that turns the last tokens of a dynamic prompt into candidate tokens. */
export type Adapter = LocalAdapter & {
  /** Candidate tokens of each chunk: the paper has one. */
  readonly perChunk: number;
};

/** A model's file, by the name that the user knows. */
export type BaseModel = {
  readonly name: string;
  readonly path: string;
  /** Of the file, in hex, where it is known already. */
  readonly sha256?: string;
};

/** Written by training/export.py. */
const PER_CHUNK_KEY = "focus.candidates";
/** Version of the condenser's form: 1 = `\n\nQuestion: …\nAnswer:` and ` none`. */
const CONDENSER_KEY = "focus.condenser";
const CONDENSER_FORM = 1;
const BASE_SHA256_KEY = "focus.base.sha256";
const BASE_NAME_KEY = "focus.base.name";
/** More than any adapter has. */
const MOST_PER_CHUNK = 256;

const HINT = "install focus again, or name another adapter by its path: --adapter PATH";

export type AdapterFile = Pick<Adapter, "path" | "name">;

/**
 * Reads an adapter's header and refuses what would not work before llama.cpp sees the file: one that is damaged, no
 * LoRA, not trained for candidate tokens, or trained on another model than `base`. Throws ModelError that names both.
 */
export async function readAdapter(file: AdapterFile, base: BaseModel): Promise<Adapter> {
  const header = readAdapterHeader(file.path);
  const perChunk = requirePerChunk(header);
  return { ...(await readLora(header, file, base)), perChunk };
}

/** The same for an adapter that answers from one chunk or says ` none`. */
export async function readCondenser(file: AdapterFile, base: BaseModel): Promise<LocalAdapter> {
  const header = readAdapterHeader(file.path);
  requireForm(header);
  return readLora(header, file, base);
}

async function readLora(
  header: GgufHeader,
  { path, name }: AdapterFile,
  base: BaseModel,
): Promise<LocalAdapter> {
  requireLora(header);
  await requireBase(header, { adapter: name, base });
  requireTensors(header, base);
  return { name, path, sha256: await sha256(path), scale: 1 };
}

/** `hint`: what to do about one that is damaged. */
export function readAdapterHeader(path: string, hint = HINT): GgufHeader {
  try {
    return readHeader(path);
  } catch (cause) {
    if (!(cause instanceof ModelError)) throw cause;
    throw new ModelError(`the adapter cannot be used: ${cause.message}`, {
      hint,
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

function requireForm({ path, values }: GgufHeader): void {
  const form = values.get(CONDENSER_KEY);
  if (form === CONDENSER_FORM) return;
  throw new ModelError(
    `${path} is no condenser of this focus: ${CONDENSER_KEY} is ${JSON.stringify(form) ?? "missing"}, expected ${CONDENSER_FORM}`,
    { hint: "install focus again, or export the adapter anew: training/README.md" },
  );
}

type Wanted = { readonly adapter: string; readonly base: BaseModel };

/** Throws ModelError for a file that was trained on another model than its base. */
export async function requireBase({ path, values }: GgufHeader, { adapter, base }: Wanted): Promise<void> {
  const wanted = values.get(BASE_SHA256_KEY);
  if (typeof wanted !== "string") {
    throw new ModelError(
      `${path} does not say which model it was trained on: ${BASE_SHA256_KEY} is missing`,
      {
        hint: "export it again: training/README.md",
      },
    );
  }
  if ((base.sha256 ?? (await sha256(base.path))) === wanted.toLowerCase()) return;
  const trained = values.get(BASE_NAME_KEY);
  const named = typeof trained === "string" ? trained : `a model with SHA-256 ${wanted.slice(0, 12)}…`;
  throw new ModelError(
    `the adapter ${adapter} was trained on ${named}, but ${base.name} is to read and write`,
    {
      hint: "candidate tokens need the adapter's own model: name it with -m and leave --reader out, or use --condenser likelihood",
    },
  );
}
