import type { Document, Section } from "../../document/document.ts";
import type { Span } from "../../document/sentences.ts";
import { N_TENTHS, type Place } from "./extent.ts";

/** A first-level piece of what is summarised; the parts tile all text. */
export type Part = Span & {
  /** Index of its document. */
  readonly document: number;
  /** Empty for text before the first section, and in a document without sections. */
  readonly title: string;
};

type Source = Pick<Document, "path" | "title" | "text" | "sections">;

/**
 * Of several documents each is a part. One document's parts are its sections of the first level that has two or more; a
 * document without sections is cut in ten equal parts.
 */
export function partsOf(documents: readonly Source[]): Part[] {
  const [only] = documents;
  if (only !== undefined && documents.length === 1) return sectionsOf(only);
  return documents.map(({ path, title, text }, document) => {
    return { document, title: title ?? path, start: 0, end: text.length };
  });
}

function sectionsOf({ text, sections }: Source): Part[] {
  const document = 0;
  const starts = firstLevel(sections);
  if (starts.length < 2) {
    const cut = (i: number): number => Math.floor((text.length * i) / N_TENTHS);
    return Array.from({ length: N_TENTHS }, (_, i) => {
      return { document, title: "", start: cut(i), end: cut(i + 1) };
    });
  }
  const parts = starts.map(({ title, start }, i) => {
    return { document, title, start, end: starts[i + 1]?.start ?? text.length };
  });
  const first = starts[0]?.start ?? 0;
  return first > 0 ? [{ document, title: "", start: 0, end: first }, ...parts] : parts;
}

function firstLevel(sections: readonly Section[]): Section[] {
  const sorted = sections.toSorted((a, b) => a.start - b.start);
  const levels = [...new Set(sorted.map(({ level }) => level))].sort((a, b) => a - b);
  for (const level of levels) {
    const above = sorted.filter((section) => section.level <= level);
    if (above.length >= 2) return above;
  }
  return [];
}

/** Index of the part that holds a place; its document's last one for an offset behind the text. */
export function partAt(parts: readonly Part[], { document, start }: Place): number {
  return Math.max(
    0,
    parts.findLastIndex((part) => part.document === document && part.start <= start),
  );
}
