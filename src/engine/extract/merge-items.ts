import type { Chunk } from "../../document/chunk.ts";
import { type Document, textOf } from "../../document/document.ts";
import { sentencesOf } from "../../document/sentences.ts";
import { cite } from "../attribution/citation.ts";
import type { ExtractedItem, ItemPlace, ItemSchema } from "./extraction.ts";
import type { ParsedItems, Values } from "./parse-items.ts";
import { bestSentence, sameness, textFor, unsupportedIn } from "./support.ts";

export type MergeInput = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  /** (nChunks) what was written of each. */
  readonly written: readonly ParsedItems[];
  readonly schema: ItemSchema;
};

type Found = Pick<ExtractedItem, "values" | "unsupported"> & { readonly places: ItemPlace[] };

/** Items with their places, each once; of those with the same values the one with more support stays. */
export function mergeItems({ documents, chunks, written, schema }: MergeInput): ExtractedItem[] {
  const byValues = new Map<string, Found>();
  for (const [index, { items }] of written.entries()) {
    for (const values of items) {
      const found = foundIn(values, { documents, chunks, index, schema });
      const known = byValues.get(sameness(values));
      if (known === undefined) byValues.set(sameness(values), found);
      else byValues.set(sameness(values), merged(known, found));
    }
  }
  return [...byValues.values()].map((found, i) => ({ id: i + 1, ...found }));
}

type In = Omit<MergeInput, "written"> & { readonly index: number };

function foundIn(values: Values, { documents, chunks, index, schema }: In): Found {
  const chunk = chunks[index];
  const document = documents[chunk?.document ?? -1];
  if (chunk === undefined || document === undefined) throw new Error(`there is no chunk ${index}`);
  const text = textFor(textOf(documents, chunk));
  const absent = schema.fields.filter(
    ({ name, isRequired }) => isRequired && (values[name] ?? null) === null,
  );
  const unsupported = [...unsupportedIn(values, text), ...absent.map(({ name }) => name)];
  const sentences = sentencesOf(document, chunk);
  const quote = bestSentence(values, sentences, document.text) ?? sentences[0] ?? chunk;
  const places = cite([{ chunk: index, quote, support: 0 }], { documents, chunks });
  return { values, unsupported, places: places.map(({ id: _, support: __, ...place }) => place) };
}

function merged(known: Found, found: Found): Found {
  const isBetter = found.unsupported.length < known.unsupported.length;
  const others = found.places.filter(
    ({ path, start }) => !known.places.some((place) => place.path === path && place.start === start),
  );
  return { ...(isBetter ? found : known), places: [...known.places, ...others] };
}
