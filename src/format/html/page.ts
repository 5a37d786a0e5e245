import { createHash } from "node:crypto";
import { printable } from "../printable.ts";
import { STYLE } from "./style.ts";

/** What a page may load: its own style and the pictures in it, nothing from elsewhere; no script at all. */
const POLICY = [
  "default-src 'none'",
  "img-src data:",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** A whole HTML file; `title` is plain text, `body` is HTML. */
export function htmlPage(title: string, body: readonly string[]): string {
  return `${[
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    "<main>",
    ...body,
    "</main>",
    "</body>",
    "</html>",
  ].join("\n")}\n`;
}

/** Text of documents and models, shown as it is: nothing in it becomes markup or an attribute's end. */
export function escaped(text: string): string {
  return printable(text).replaceAll(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text with its line ends. */
export function paragraphs(text: string): string {
  return text
    .trim()
    .split(/\n\s*\n/u)
    .map((paragraph) => `<p dir="auto">${escaped(paragraph)}</p>`)
    .join("\n");
}
