import type { Citation, Coverage, ModelInfo, Settings } from "../results.ts";

export type Scalar = string | number | boolean;

/** Of a property: null where the text does not say it. */
export type Value = Scalar | readonly Scalar[] | null;

/** A property of the items that are looked for. */
export type Field = {
  readonly name: string;
  readonly type: "string" | "number" | "integer" | "boolean";
  readonly isList: boolean;
  /** May be of several types; undefined: any value of the type. */
  readonly choices: readonly Scalar[] | undefined;
  readonly description: string | undefined;
  readonly isRequired: boolean;
};

/** What items are looked for: the part of a JSON Schema that is understood. */
export type ItemSchema = {
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly fields: readonly Field[];
};

/** Where an item stands; `quote` is the sentence that has most of its values. */
export type ItemPlace = Omit<Citation, "id" | "support">;

/** Something of which the documents say what the schema asks. */
export type ExtractedItem = {
  /** Counted from 1, in document order. */
  readonly id: number;
  /** Name of a property → its value, in the order of the schema. */
  readonly values: Readonly<Record<string, Value>>;
  /**
   * Properties whose value does not stand in the text that the item was taken from, and required ones without a value. Of
   * booleans nothing can be said.
   */
  readonly unsupported: readonly string[];
  /** In document order; several where the same values stand in several places. */
  readonly places: readonly ItemPlace[];
};

/** What `extract` returns. */
export type Extraction = {
  readonly schema: ItemSchema;
  /** What chunks were judged by. */
  readonly question: string;
  readonly items: readonly ExtractedItem[];
  /** Items that were made up and are left out: no value of theirs stands in the chunk that they were taken from. */
  readonly invented: number;
  /** Chunks that the writer was given, and of these those whose items were cut off. */
  readonly chunks: { readonly written: number; readonly cutOff: number };
  readonly coverage: Coverage;
  readonly tokens: {
    readonly computed: { readonly read: number; readonly condense: number; readonly write: number };
    readonly reused: number;
  };
  readonly timings: {
    readonly loadMs: number;
    readonly condenseMs: number;
    readonly writeMs: number;
    readonly totalMs: number;
  };
  readonly models: { readonly reader: ModelInfo; readonly writer: ModelInfo };
  readonly settings: Settings;
};
