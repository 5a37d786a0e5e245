import type { Chunk } from "../../document/chunk.ts";
import { type Document, textOf } from "../../document/document.ts";
import { sentencesOf } from "../../document/sentences.ts";
import { cite } from "../attribution/citation.ts";
import type { ExtractedItem, Extraction, ItemPlace, ItemSchema } from "./extraction.ts";
import type { ParsedItems, Values } from "./parse-items.ts";
import { bestSentence, hasAny, sameness, type Text, textFor, unsupportedIn } from "./support.ts";

export type MergeInput = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  /** (nChunks) what was written of each. */
  readonly written: readonly ParsedItems[];
  readonly schema: ItemSchema;
};

type Found = Pick<ExtractedItem, "values" | "unsupported"> & { readonly places: ItemPlace[] };

export type Merged = Pick<Extraction, "items" | "invented">;

/** Items with their places, each once; of those with the same values the one with more support stays. */
export function mergeItems({ documents, chunks, written, schema }: MergeInput): Merged {
  const byValues = new Map<string, Found>();
  let invented = 0;
  for (const [index, { items }] of written.entries()) {
    const text = textFor(textOf(documents, chunks[index]));
    for (const values of items) {
      if (!hasAny(values, text)) {
        invented += 1;
        continue;
      }
      const found = {
        values,
        unsupported: lackingIn(values, text, schema),
        places: placesOf(values, { documents, chunks, index }),
      };
      const known = byValues.get(sameness(values));
      byValues.set(sameness(values), known === undefined ? found : merged(known, found));
    }
  }
  return { items: [...byValues.values()].map((found, i) => ({ id: i + 1, ...found })), invented };
}

function lackingIn(values: Values, text: Text, { fields }: ItemSchema): string[] {
  const absent = fields.filter(({ name, isRequired }) => isRequired && (values[name] ?? null) === null);
  return [...unsupportedIn(values, text), ...absent.map(({ name }) => name)];
}

type In = Pick<MergeInput, "documents" | "chunks"> & { readonly index: number };

function placesOf(values: Values, { documents, chunks, index }: In): ItemPlace[] {
  const chunk = chunks[index];
  const document = documents[chunk?.document ?? -1];
  if (chunk === undefined || document === undefined) return [];
  const sentences = sentencesOf(document, chunk);
  const quote = bestSentence(values, sentences, document.text) ?? sentences[0] ?? chunk;
  const places = cite([{ chunk: index, quote, support: 0 }], { documents, chunks });
  return places.map(({ id: _, support: __, ...place }) => place);
}

function merged(known: Found, found: Found): Found {
  const isBetter = found.unsupported.length < known.unsupported.length;
  const others = found.places.filter(
    ({ path, start }) => !known.places.some((place) => place.path === path && place.start === start),
  );
  return { ...(isBetter ? found : known), places: [...known.places, ...others] };
}
