import { setImmediate } from "node:timers/promises";

import { Parser } from "htmlparser2";

import { InputError } from "../../errors.ts";
import type { Document } from "../document.ts";
import { describeCutOff } from "./html/cut-off.ts";
import { createWalker, type Walker } from "./html/walker.ts";
import { decodeReadable } from "./text.ts";

/** Where the HTML standard looks for a declared encoding; some generators need a little more room than its 1,024. */
const DECLARATION_BYTES = 4096;
/** Characters parsed between two looks at the event loop: a few milliseconds. */
const SLICE = 65_536;
/** Browsers stop at 512; what is never closed nests on, and each level makes the next slower. */
const DEEPEST = 100_000;

export type HtmlOptions = { readonly signal?: AbortSignal | undefined };

/**
 * A page's text: nothing is dropped but scripts, styles, templates and what is struck out, for "readability" filters
 * were seen to lose a tenth of long documents. What is not shown is marked, at the end. Headings become sections.
 * @throws InputError when there is no text.
 */
export async function parseHtml(
  bytes: Uint8Array,
  path: string,
  { signal }: HtmlOptions = {},
): Promise<Document> {
  const decoded = await decodeReadable(bytes, path, declaredEncoding(bytes));
  const walker = await walkHtml(decoded.text, { name: path, signal });
  const { text, sections, warnings } = walker.finish();
  if (text === "") {
    throw new InputError(`${path}: is an HTML page without text`, {
      hint: "a page that is built by scripts has to be saved from a browser",
    });
  }
  return {
    path,
    format: "html",
    title: walker.title(),
    text,
    pages: [],
    sections,
    warnings: [...decoded.warnings, ...describeCutOff(decoded.text), ...warnings],
  };
}

export type WalkOptions = HtmlOptions & {
  /** For errors. */
  readonly name: string;
  /** Handed the page's elements and text; a new one if left out. */
  readonly walker?: Walker;
};

/** Parses a page that is decoded already. Throws InputError for nesting deeper than any page's. */
export async function walkHtml(
  page: string,
  { name, signal, walker = createWalker() }: WalkOptions,
): Promise<Walker> {
  const html = page.replace(/\r\n?/g, "\n");
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (element, attributes) => {
        depth += 1;
        if (depth > DEEPEST) throw tooDeep(name);
        walker.open(element, attributes);
      },
      onclosetag: (element) => {
        depth -= 1;
        walker.close(element);
      },
      ontext: (text) => walker.text(text),
    },
    { decodeEntities: true, recognizeSelfClosing: isXhtml(html) },
  );
  for (let start = 0; start < html.length; start += SLICE) {
    await setImmediate();
    signal?.throwIfAborted();
    parser.write(html.slice(start, start + SLICE));
  }
  parser.end();
  return walker;
}

function tooDeep(name: string): InputError {
  return new InputError(`${name}: nests elements deeper than ${DEEPEST}, the limit`, {
    hint: "the file is damaged or made to harm; save the page from a browser again",
  });
}

/** Whether a page says that it is XML, where `<title/>` and `<script/>` are closed. */
function isXhtml(html: string): boolean {
  return /^\s*<\?xml\s/.test(html) || /<html\s[^>]*?xmlns=/i.test(html.slice(0, DECLARATION_BYTES));
}

/** What `<meta charset>`, `<meta http-equiv>` or the XML declaration says. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString("latin1");
  const said =
    /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1] ??
    /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w:.-]+)/i.exec(head)?.[1];
  // A declaration that could be read as ASCII is not in UTF-16, whatever it says; the standard reads UTF-8 then.
  return said === undefined || /^utf-?16/i.test(said) ? undefined : said;
}
