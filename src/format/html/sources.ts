import type { Evidence, Mark, PagePicture } from "../../document/evidence/evidence.ts";
import type { Citation } from "../../engine/results.ts";
import type { FormatOptions } from "../format.ts";
import { place } from "../place.ts";
import { escaped } from "./page.ts";

export type Cited = Omit<Citation, "support">;

const NOTHING: Evidence = { pictures: [], excerpts: [], notes: [] };

/** Each source with its quote and what shows that it stands there; a page is drawn once, at the first of its sources. */
export function sourceSections(
  citations: readonly Cited[],
  { evidence = NOTHING, links }: Pick<FormatOptions, "evidence" | "links">,
): string[] {
  const drawn = new Set<PagePicture>();
  const sections = citations.map((citation) => {
    const { id, quote, header } = citation;
    const target = links?.to(citation);
    const name = escaped(place(citation));
    const pictures = evidence.pictures.filter(({ marks }) => marks.some((mark) => mark.id === id));
    const figures = pictures.map((picture) => {
      if (drawn.has(picture)) return above(picture, evidence);
      drawn.add(picture);
      return figure(picture, { id, evidence });
    });
    return [
      `<section id="source-${id}">`,
      `<h3>[${id}] ${target === undefined ? name : `<a href="${escaped(target)}">${name}</a>`}</h3>`,
      `<blockquote dir="auto">${escaped(quote.trim())}</blockquote>`,
      ...(header === undefined ? [] : [`<p class="dim">under “${escaped(header)}”</p>`]),
      ...figures,
      ...notes(id, pictures),
      ...excerpt(id, evidence),
      "</section>",
    ].join("\n");
  });
  return [...sections, ...evidence.notes.map((note) => `<p class="note">${sentence(escaped(note))}</p>`)];
}

/** "[1] [2]": links to sources. */
export function sourceLinks(ids: readonly number[]): string {
  return ids.map((id) => `<a href="#source-${id}">[${id}]</a>`).join(" ");
}

type Figure = { readonly id: number; readonly evidence: Evidence };

function figure(picture: PagePicture, { id, evidence }: Figure): string {
  const { width, height, png, marks, page } = picture;
  const boxes = marks.flatMap((mark) => mark.boxes.map((box) => rectangle(mark, box)));
  const others = marks.filter((mark) => mark.id !== id && mark.boxes.length > 0).map((mark) => mark.id);
  const also = others.length === 0 ? "" : `; also marked: ${sourceLinks(others)}`;
  const data = Buffer.from(png).toString("base64");
  return [
    `<figure id="${anchor(picture, evidence)}">`,
    `<div class="page"><img alt="Page ${page} as it looks" width="${width}" height="${height}" src="data:image/png;base64,${data}">`,
    `<svg viewBox="0 0 ${width} ${height}" aria-hidden="true">${boxes.join("")}</svg></div>`,
    `<figcaption>Page ${page}${also}</figcaption>`,
    "</figure>",
  ].join("\n");
}

function rectangle({ id }: Mark, { x, y, width, height }: Mark["boxes"][number]): string {
  return `<rect class="of-${id}" x="${x}" y="${y}" width="${width}" height="${height}" rx="2"/>`;
}

function above(picture: PagePicture, evidence: Evidence): string {
  return `<p class="dim">Marked on <a href="#${anchor(picture, evidence)}">page ${picture.page}, above</a>.</p>`;
}

function anchor(picture: PagePicture, { pictures }: Evidence): string {
  return `page-${pictures.indexOf(picture) + 1}`;
}

/** What the marks do not show. */
function notes(id: number, pictures: readonly PagePicture[]): string[] {
  return pictures.flatMap(({ page, marks }) => {
    const found = marks.find((mark) => mark.id === id)?.found;
    if (found === "whole" || found === undefined) return [];
    const said =
      found === "part"
        ? `Only a part of the quote was found among the characters of page ${page}: the rest is not marked.`
        : `The quote was not found among the characters of page ${page}: nothing is marked there.`;
    return [`<p class="note">${said}</p>`];
  });
}

function excerpt(id: number, { excerpts }: Evidence): string[] {
  return excerpts
    .filter((one) => one.id === id && (one.before.trim() !== "" || one.after.trim() !== ""))
    .map(
      ({ before, quote, after }) =>
        `<div class="excerpt" dir="auto">${escaped(before.trimStart())}<mark>${escaped(quote)}</mark>${escaped(after.trimEnd())}</div>`,
    );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
