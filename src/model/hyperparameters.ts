import { ModelError } from "../errors.ts";
import type { GgufHeader } from "./gguf/gguf-header.ts";
import type { GgufValue } from "./gguf/gguf-value.ts";

/** A value for all layers, or a list with one for each. */
type ByLayer = number | readonly number[];

/** More than any model has; layers are counted out in memory. */
const MAX_LAYERS = 4096;

/** The values of a GGUF whose keys start with its architecture's name: "llama.block_count" is `block_count` here. */
export class Hyperparameters {
  readonly #header: GgufHeader;
  readonly #prefix: string;

  constructor(header: GgufHeader, architecture: string) {
    this.#header = header;
    this.#prefix = `${architecture}.`;
  }

  get keys(): ReadonlySet<string> {
    const all = [...this.#header.values.keys()].filter((key) => key.startsWith(this.#prefix));
    return new Set(all.map((key) => key.slice(this.#prefix.length)));
  }

  get(key: string): GgufValue | undefined {
    return this.#header.values.get(this.#prefix + key);
  }

  /** Throws ModelError when it is there and no number. */
  number(key: string, absent: number): number {
    const value = this.get(key) ?? absent;
    if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
    throw this.#wrong(key, "a number", value);
  }

  /** A count that every model has. Throws ModelError when it is missing. */
  count(key: string): number {
    const value = this.get(key);
    if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
    throw this.#wrong(key, "a count", value);
  }

  /** One number for each layer. Throws ModelError when it is there and neither a number nor a list of so many. */
  byLayer(key: string, absent: ByLayer): readonly number[] {
    const nLayers = this.count("block_count");
    if (nLayers > MAX_LAYERS) throw this.#wrong("block_count", `at most ${MAX_LAYERS}`, nLayers);
    const value = this.get(key) ?? absent;
    if (typeof value === "number") return new Array<number>(nLayers).fill(this.number(key, value));
    if (isNumbers(value) && value.length === nLayers) return value;
    throw this.#wrong(key, `a number, or one for each of ${nLayers} layers`, value);
  }

  #wrong(key: string, wanted: string, found: GgufValue | undefined): ModelError {
    const shown = JSON.stringify(found) ?? "nothing";
    const message = `${this.#header.path}: ${this.#prefix}${key} is ${shown.slice(0, 60)}, expected ${wanted}`;
    return new ModelError(message, { hint: "this is no model that llama.cpp decodes: focus model list" });
  }
}

function isNumbers(value: GgufValue): value is readonly number[] {
  return Array.isArray(value);
}
