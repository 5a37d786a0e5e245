import { InputError } from "../../errors.ts";
import type { Page, Section } from "../document.ts";

/** A page, slide, sheet or message before it has its place in the document. */
export type Part = {
  /** Ends with a line end, or is empty. */
  readonly text: string;
  readonly sections: readonly Section[];
  readonly label?: string;
  /** One sentence each: what was left out of it. */
  readonly warnings?: readonly string[];
};

type Joined = { text: string; pages: Page[]; sections: Section[]; warnings: string[] };

/** Puts parts one after the other, a blank line between, each a page of its own. */
export function joinParts(parts: readonly Part[]): Joined {
  const starts: number[] = [];
  const sections: Section[] = [];
  let text = "";
  for (const part of parts) {
    if (text !== "" && part.text !== "") text += "\n";
    starts.push(text.length);
    for (const section of part.sections) sections.push({ ...section, start: section.start + text.length });
    text += part.text;
  }
  const warnings = parts.flatMap((part) => part.warnings ?? []);
  return { text, pages: layPages(text, starts, (index) => parts[index]?.label), sections, warnings };
}

/**
 * Pages that begin at these offsets, in order; a page that would begin with white space begins after it. The first
 * begins with the text, so that pages tile it.
 */
export function layPages(
  text: string,
  starts: readonly number[],
  label: (index: number) => string | undefined = () => undefined,
): Page[] {
  const places = starts.map((start, i) =>
    i === 0 ? 0 : start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0),
  );
  return places.map((start, index) => {
    const end = places[index + 1] ?? text.length;
    const characters = text.slice(start, end).replace(/\s+/g, "").length;
    return { number: index + 1, label: label(index), start, end, characters };
  });
}

/** Throws InputError for a document whose every page is empty. */
export function assertSomeText({ text, path, kind }: { text: string; path: string; kind: string }): void {
  if (/\S/.test(text)) return;
  throw new InputError(`${path}: is ${kind} without text`, {
    hint: "if it holds pictures of text, save it as PDF and run OCR on that",
  });
}
