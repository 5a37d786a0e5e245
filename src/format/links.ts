import type { Citation } from "../engine/results.ts";
import { literal } from "./markdown-table.ts";
import { place } from "./place.ts";
import { printableLine } from "./printable.ts";

type Cited = Omit<Citation, "support">;

/** How places become links. */
export type Links = {
  /** Of a terminal (OSC 8), of Markdown, or of an Obsidian vault. */
  readonly kind: "terminal" | "markdown" | "obsidian";
  /** Where a place is, as a URL or a path; undefined for what is no file. */
  readonly to: (citation: Pick<Citation, "path" | "page">) => string | undefined;
};

/** OSC 8 and its end (ECMA-48 string terminator). */
const OPEN = "\u001b]8;;";
const CLOSE = "\u001b\\";

/** A place on a terminal. */
export function linkedPlace(citation: Cited, links: Links | undefined): string {
  const text = place(citation);
  const target = links?.kind === "terminal" ? links.to(citation) : undefined;
  return target === undefined ? text : `${OPEN}${target}${CLOSE}${text}${OPEN}${CLOSE}`;
}

/** A place in Markdown; nothing in it becomes markup but the link. */
export function markdownPlace(citation: Cited, links: Links | undefined): string {
  const text = literal(place(citation));
  const target = links === undefined || links.kind === "terminal" ? undefined : links.to(citation);
  if (target === undefined || links === undefined) return text;
  if (links.kind === "markdown") return `[${text}](${target})`;
  // Obsidian takes neither brackets nor bars in a link; its own name stands for the rest.
  return /[[\]|]/u.test(target)
    ? text
    : `[[${printableLine(target)}|${place(citation).replaceAll(/[[\]|]/gu, " ")}]]`;
}
