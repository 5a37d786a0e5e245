import type { Document, Section } from "../document/document.ts";
import type { Span } from "../document/sentences.ts";
import { N_TENTHS } from "./summary.ts";

/** A first-level piece of a document; the parts tile its text. */
export type Part = Span & {
  /** Empty for text before the first section, and in a document without sections. */
  readonly title: string;
};

/** The sections of the first level that has two or more; a document without sections is cut in ten equal parts. */
export function partsOf({ text, sections }: Pick<Document, "text" | "sections">): Part[] {
  const starts = firstLevel(sections);
  if (starts.length < 2) {
    const cut = (i: number): number => Math.floor((text.length * i) / N_TENTHS);
    return Array.from({ length: N_TENTHS }, (_, i) => ({ title: "", start: cut(i), end: cut(i + 1) }));
  }
  const parts = starts.map(({ title, start }, i) => ({
    title,
    start,
    end: starts[i + 1]?.start ?? text.length,
  }));
  const first = starts[0]?.start ?? 0;
  return first > 0 ? [{ title: "", start: 0, end: first }, ...parts] : parts;
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

/** Index of the part that holds an offset; the last one for an offset behind the text. */
export function partAt(parts: readonly Part[], offset: number): number {
  const at = parts.findLastIndex(({ start }) => start <= offset);
  return Math.max(0, at);
}
