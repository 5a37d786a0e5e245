import { ATTACHED_MARK, type Attachment, describeAttachments } from "./attachments.ts";
import { displayPath } from "./display-path.ts";
import type { Document } from "./document.ts";
import { documentFailure } from "./document-failure.ts";
import { type ParseOptions, parseWithAttachments } from "./parse.ts";
import { sniff } from "./sniff.ts";

/** A mail in a mail in a mail may have attachments; those of one deeper are not read. PDFs count as mails do. */
const MOST_DEPTH = 3;
/** Of all attachments of one file, at all depths. */
const MOST_ATTACHMENTS = 500;
const MOST_BYTES = 200e6;

type NamedBytes = { readonly bytes: Uint8Array; readonly path: string };

/** Parses a file, and says nothing about what is attached to it. */
export type ParseOne = (one: NamedBytes, options: ParseOptions) => Promise<Document>;

/** How much of one file's attachments may still be read. */
type Left = { attachments: number; bytes: number };

/**
 * A file's document, and behind it those of its attachments that can be read: "mail.eml » plan.pdf". The others are named
 * in a warning of the document that they belong to. Throws InputError where the file itself cannot be read.
 */
export async function parseNested(
  { bytes, path }: NamedBytes,
  options: ParseOptions = {},
  parse: ParseOne = async (one, given) => (await parseWithAttachments(one.bytes, one.path, given)).document,
): Promise<Document[]> {
  const left = { attachments: MOST_ATTACHMENTS, bytes: MOST_BYTES };
  return parseLevel({ bytes, path, depth: 0, parse }, options, left);
}

type Level = NamedBytes & { readonly depth: number; readonly parse: ParseOne };

async function parseLevel(
  { bytes, path, depth, parse }: Level,
  options: ParseOptions,
  left: Left,
): Promise<Document[]> {
  const { document, attachments } = await open({ bytes, path }, options, parse);
  const within = displayPath(path);
  const below: Document[] = [];
  const unread: Attachment[] = [];
  const failures: string[] = [];
  const names = new Map<string, number>();
  for (const attachment of attachments) {
    options.signal?.throwIfAborted();
    if (depth === MOST_DEPTH || !isReadable(attachment) || !take(attachment, left)) {
      unread.push(attachment);
      continue;
    }
    const name = distinct(attachment.name, names);
    const level = {
      bytes: attachment.bytes,
      path: `${within}${ATTACHED_MARK}${name}`,
      depth: depth + 1,
      parse,
    };
    try {
      // Pages were asked for of the file, and its attachments belong to them whole.
      below.push(...(await parseLevel(level, { ...options, pages: undefined }, left)));
    } catch (error) {
      options.signal?.throwIfAborted();
      failures.push(`attachment not read: ${name}: ${documentFailure(error).replace(`${level.path}: `, "")}`);
    }
  }
  const unsaid = [...describeAttachments(unread), ...failures];
  if (unsaid.length === 0) return [document, ...below];
  return [{ ...document, warnings: [...document.warnings, ...unsaid] }, ...below];
}

/** Mails are parsed anew, which costs little; the text of a PDF may be known, and only its attachments are taken out. */
async function open(
  { bytes, path }: NamedBytes,
  options: ParseOptions,
  parse: ParseOne,
): Promise<{ readonly document: Document; readonly attachments: readonly Attachment[] }> {
  const sniffed = sniff(bytes, path);
  if (sniffed.kind === "readable" && (sniffed.format === "eml" || sniffed.format === "mbox"))
    return parseWithAttachments(bytes, path, options);
  const document = await parse({ bytes, path }, options);
  const { attached } = document;
  if (attached === undefined) return { document, attachments: [] };
  const { openAttachments } = await import("./formats/pdf/attachments.ts");
  return { document, attachments: await openAttachments(bytes, path, { ...options, attached }) };
}

function isReadable({ name, bytes }: Attachment): boolean {
  return sniff(bytes, name).kind === "readable";
}

/** Whether there is room for it, which it then takes. */
function take({ bytes }: Attachment, left: Left): boolean {
  if (left.attachments === 0 || bytes.length > left.bytes) return false;
  left.attachments -= 1;
  left.bytes -= bytes.length;
  return true;
}

/** "plan.pdf", and "plan.pdf (2)" for another of that name. */
function distinct(name: string, names: Map<string, number>): string {
  const count = (names.get(name) ?? 0) + 1;
  names.set(name, count);
  return count === 1 ? name : `${name} (${count})`;
}
