import { setImmediate } from "node:timers/promises";

import { Parser } from "htmlparser2";

import { InputError } from "../../../errors.ts";
import { decode } from "../../decoding.ts";
import { canonicalNames, type XmlAttributes } from "./namespaces.ts";

/** What an XML file's elements and text are handed to, in order; names carry the usual prefixes ("w:p"). */
export type XmlHandler = {
  readonly open?: (name: string, attributes: XmlAttributes) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
};

export type XmlSource = {
  readonly bytes: Uint8Array;
  /** For errors: "report.docx: word/document.xml". */
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
};

/** Characters parsed between two looks at the event loop. */
const SLICE = 65_536;
/** Word nests some 40 deep; a file of nothing but opening tags would fill the memory. */
const DEEPEST = 2000;

/**
 * Reads XML leniently, as damaged files need it: what is open at the end is closed, and false returned.
 * @throws InputError for nesting deeper than any document's, and the signal's reason.
 */
export async function readXml({ bytes, name, signal }: XmlSource, handler: XmlHandler): Promise<boolean> {
  const names = canonicalNames();
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (raw, attributes) => {
        depth += 1;
        if (depth > DEEPEST) {
          throw new InputError(`${name}: nests elements deeper than ${DEEPEST}, the limit`, {
            hint: "the file is damaged or made to harm; open it in its program and save it anew",
          });
        }
        handler.open?.(names.element(raw, attributes), names.attributes(attributes));
      },
      onclosetag: (raw) => {
        depth -= 1;
        handler.close?.(names.closed(raw));
      },
      ontext: (text) => handler.text?.(text),
    },
    { xmlMode: true, decodeEntities: true },
  );
  const xml = decodeXml(bytes);
  for (let start = 0; start < xml.length; start += SLICE) {
    if (start > 0) await setImmediate();
    signal?.throwIfAborted();
    parser.write(xml.slice(start, start + SLICE));
  }
  const isWhole = depth === 0;
  parser.end();
  return isWhole;
}

/** XML is UTF-8 unless its byte order mark or its declaration says otherwise (XML 1.0, section 4.3.3). */
export function decodeXml(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const head = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  const declared = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ?? "utf-8";
  try {
    return decode(bytes, /^utf-?16/i.test(declared) ? "utf-8" : declared);
  } catch {
    // An encoding that nobody knows: UTF-8 is by far the likeliest.
    return new TextDecoder().decode(bytes);
  }
}
