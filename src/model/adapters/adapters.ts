import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ModelError, UsageError } from "../../errors.ts";
import { DEFAULT_MODEL } from "../catalogue.ts";
import { isThere } from "../lookup.ts";
import { nearMiss } from "../near-miss.ts";
import { type Adapter, type AdapterFile, type BaseModel, readAdapter } from "./adapter.ts";

/** An adapter that comes with focus: `<name>.gguf` in its folder adapters. */
export type ShippedAdapter = {
  readonly name: string;
  /** The model of the catalogue that it was trained on. */
  readonly base: string;
  /** Of the adapter's file. */
  readonly sha256: string;
};

export const ADAPTERS: readonly ShippedAdapter[] = [
  {
    name: "smollm2-135m.candidates",
    base: DEFAULT_MODEL,
    sha256: "a38225d007593f8ba6eb4c8ff880cf2b32971cb3f692705884ca2f498dea0a9c",
  },
];

const FOLDER = new URL("../../../adapters/", import.meta.url);

/**
 * A name, a path, or undefined for the adapter that comes with focus for this model → an adapter that fits it. Throws
 * UsageError when there is none for the model, ModelError for one that is missing, damaged or of another model.
 */
export async function resolveAdapter(wanted: string | undefined, base: BaseModel): Promise<Adapter> {
  if (wanted === undefined) return readShipped(shippedFor(base), base);
  const shipped = ADAPTERS.find(({ name }) => name === wanted.toLowerCase());
  if (shipped !== undefined) return readShipped(shipped, base);
  const path = resolve(wanted);
  if (await isThere(path)) return readAdapter({ path, name: nameOf(path) }, base);
  const names = ADAPTERS.map(({ name }) => name);
  const near = nearMiss(wanted, names);
  throw new ModelError(`there is no adapter ${JSON.stringify(wanted)}: neither a name nor a file`, {
    hint: `${near === undefined ? "" : `did you mean ${near}? `}adapters that come with focus: ${names.join(", ")}`,
  });
}

function shippedFor(base: BaseModel): ShippedAdapter {
  const shipped = ADAPTERS.find((adapter) => adapter.base === base.name);
  if (shipped !== undefined) return shipped;
  throw new UsageError(`candidate tokens need an adapter, and focus has none for ${base.name}`, {
    hint: `use -m ${ADAPTERS.map((adapter) => adapter.base).join(" or -m ")}, name your own with --adapter, or use --condenser likelihood`,
  });
}

async function readShipped(shipped: ShippedAdapter, base: BaseModel): Promise<Adapter> {
  return checkShipped(shipped, (file) => readAdapter(file, base));
}

/** Throws ModelError for a file that is missing, damaged, or another one than what came with focus. */
export async function checkShipped<Kind extends { readonly sha256: string }>(
  { name, sha256: wanted }: ShippedAdapter,
  read: (file: AdapterFile) => Promise<Kind>,
): Promise<Kind> {
  const path = fileURLToPath(new URL(`${name}.gguf`, FOLDER));
  const adapter = await read({ path, name });
  if (adapter.sha256 === wanted) return adapter;
  throw new ModelError(`${path} is not the adapter that came with focus: its SHA-256 is ${adapter.sha256}`, {
    hint: "install focus again",
  });
}

function nameOf(path: string): string {
  return basename(path).replace(/\.gguf$/iu, "");
}
