import type { Format } from "./format-name.ts";
import { hasStrayNuls } from "./formats/controls.ts";
import { extensionInside } from "./gzip.ts";
import { sniffText } from "./sniff-text.ts";
import { sniffZip } from "./sniff-zip.ts";
import { guessUtf16 } from "./utf16.ts";
import { guessUtf32 } from "./utf32.ts";

/** What the first bytes of a file (and its name) say it is. */
export type Sniffed =
  | { readonly kind: "readable"; readonly format: Format }
  /** A format that is known but has no parser yet; `reason` completes "<path>: …". */
  | { readonly kind: "unsupported"; readonly reason: string; readonly hint?: string }
  | { readonly kind: "binary"; readonly reason: string }
  | { readonly kind: "empty" };

/** How many bytes {@link sniff} wants to see; more does no harm. */
export const SNIFF_BYTES = 8192;

type Known = { readonly name: string; readonly remedy: string; readonly hint?: string };

const saved = "save it in the newer format first";
const convert = (to: string) => ({
  remedy: saved,
  hint: `LibreOffice does it: \`soffice --headless --convert-to ${to} FILE\``,
});
/** Old Microsoft Office, which all share one container, by extension. */
const OLE: Readonly<Record<string, Known>> = {
  ".doc": { name: "DOC", ...convert("docx") },
  ".dot": { name: "DOC", ...convert("docx") },
  ".ppt": { name: "PPT", ...convert("pptx") },
  ".pps": { name: "PPT", ...convert("pptx") },
  ".xls": { name: "XLS", ...convert("xlsx") },
  ".msg": { name: "MSG", remedy: "save the message as .eml in the mail program first" },
};
const XLSB: Known = { name: "XLSB", ...convert("xlsx") };

const unpack = "unpack it first";
const gif = "save it as PNG first, whose text can be recognised";
const bzip2 = { name: "bzip2", remedy: "unpack it first: `bunzip2`" };
/** First bytes as Latin-1 → what they are. */
const MAGIC: readonly (readonly [magic: string, known: Known])[] = [
  ["%!PS", { name: "PostScript", remedy: "convert it first: `ps2pdf in.ps out.pdf`" }],
  ["AT&TFORM", { name: "DjVu", remedy: "convert it first: `ddjvu -format=pdf in.djvu out.pdf`" }],
  ["\x1f\x8b", { name: "gzip", remedy: "unpack it first: `gunzip`" }],
  // Level and first block: "BZh" alone may begin a text, as "GIF8" may.
  ...[..."123456789"].map((level) => [`BZh${level}1AY&SY`, bzip2] as const),
  ["\xfd7zXZ\0", { name: "xz", remedy: "unpack it first: `unxz`" }],
  ["\x28\xb5\x2f\xfd", { name: "zstd", remedy: "unpack it first: `unzstd`" }],
  ["7z\xbc\xaf\x27\x1c", { name: "7-Zip", remedy: unpack }],
  ["Rar!\x1a\x07", { name: "RAR", remedy: unpack }],
];

/** Byte order marks of UTF-8 and UTF-16. */
const BOM = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/;

/** PNG, JPEG, TIFF, WebP and BMP, whose "BM" may begin a text: a size, NULs and the size of its header follow. */
const PICTURE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the size of OS/2's header
  /^(?:\x89PNG\r\n|\xff\xd8\xff|II\*\0|MM\0\*|RIFF[\s\S]{4}WEBP|BM[\s\S]{4}\0{4}[\s\S]{4}[\x0c(48@l|]\0{3})/;

/**
 * Decides what a file is from its first bytes and, only where they leave it open, from its name.
 * Source code and every other kind of text is "text".
 */
export function sniff(bytes: Uint8Array, path: string): Sniffed {
  if (bytes.length === 0) return { kind: "empty" };
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SNIFF_BYTES));
  const latin1 = head.toString("latin1");
  const extension = extensionInside(path);
  const hasBom = BOM.test(latin1);
  // A program that wrote the mark took the PDF's bytes for text, and readers pass over it.
  if (hasBom && latin1.replace(BOM, "").startsWith("%PDF-")) return { kind: "readable", format: "pdf" };
  if (!hasBom && guessUtf16(head) === undefined && guessUtf32(head) === undefined) {
    if (isPdf(bytes, latin1, extension)) return { kind: "readable", format: "pdf" };
    const decided = sniffContainer(bytes, latin1, extension) ?? sniffBinary(latin1);
    if (decided !== undefined) return decided;
  }
  return { kind: "readable", format: textFormat(latin1, extension) };
}

/**
 * Readers accept a PDF whose header comes late, after a mail or printer preamble. A text may well mention the header;
 * it is a PDF only where the header begins a line, and objects and a PDF's end follow.
 */
function isPdf(bytes: Uint8Array, latin1: string, extension: string): boolean {
  const start = latin1.slice(0, 1024);
  if (start.startsWith("%PDF-")) return true;
  // One that lost its header is no text for that: PDFium says what is wrong with it.
  if (extension === ".pdf" && /^\d+ \d+ obj\b/m.test(start)) return true;
  if (!start.includes("%PDF-")) return false;
  if (extension === ".pdf" || sniffBinary(latin1) !== undefined) return true;
  const isComplete = /\d obj\b/.test(latin1) && tailOf(bytes).slice(-1024).includes("%%EOF");
  return isComplete && /(?:^|[\r\n])\s*%PDF-\d\.\d/.test(start);
}

function tailOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(-SNIFF_BYTES)).toString("latin1");
}

function sniffContainer(bytes: Uint8Array, latin1: string, extension: string): Sniffed | undefined {
  if (latin1.startsWith("PK\x03\x04") || latin1.startsWith("PK\x05\x06")) {
    const format = sniffZip({ head: latin1, tail: tailOf(bytes), extension });
    if (format === undefined) return unsupported({ name: "ZIP", remedy: unpack });
    return format === "xlsb" ? unsupported(XLSB) : { kind: "readable", format };
  }
  if (latin1.startsWith("\xd0\xcf\x11\xe0")) return sniffOle(bytes, extension);
  if (latin1.startsWith("{\\rtf")) return { kind: "readable", format: "rtf" };
  if (/^GIF8[79]a/.test(latin1) && sniffBinary(latin1) !== undefined)
    return unsupported({ name: "GIF", remedy: gif });
  if (latin1.startsWith("ustar", 257))
    return unsupported({ name: "tar", remedy: "unpack it first: `tar xf`" });
  if (PICTURE.test(latin1)) return { kind: "readable", format: "image" };
  const magic = MAGIC.find(([text]) => latin1.startsWith(text));
  return magic === undefined ? undefined : unsupported(magic[1]);
}

/** Names in this container are UTF-16. */
function sniffOle(bytes: Uint8Array, extension: string): Sniffed {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (name: string): boolean => buffer.includes(Buffer.from(name, "utf16le"));
  const found = [
    ["__substg1.0_", ".msg"],
    ["WordDocument", ".doc"],
    ["PowerPoint Document", ".ppt"],
    ["Workbook", ".xls"],
  ].find(([name = ""]) => has(name));
  const isNewName = sniffZip({ head: "", tail: "", extension }) !== undefined;
  // An old file may have a new one's name.
  if (found === undefined && (has("EncryptedPackage") || isNewName)) {
    const reason = "is encrypted with a password";
    return {
      kind: "unsupported",
      reason,
      hint: "open it in its program and save a copy without the password",
    };
  }
  return unsupported(OLE[found?.[1] ?? extension] ?? { name: "old Microsoft Office", ...convert("docx") });
}

function unsupported({ name, remedy, hint }: Known): Sniffed {
  const reason = `${name} is not read yet; ${remedy}`;
  return hint === undefined ? { kind: "unsupported", reason } : { kind: "unsupported", reason, hint };
}

function sniffBinary(latin1: string): Sniffed | undefined {
  if (latin1.includes("\0") && !hasStrayNuls(latin1))
    return { kind: "binary", reason: "is binary (it has NUL bytes), not text" };
  // Text has tabs, line ends, form feeds and, in terminal logs, escapes; other controls are rare in any encoding.
  const text = latin1.replaceAll("\0", "");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is counted
  const controls = text.match(/[\x01-\x07\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  if (controls * 20 <= text.length) return undefined;
  return { kind: "binary", reason: "is binary (more than 5 % control characters), not text" };
}

function textFormat(latin1: string, extension: string): Format {
  // Markdown may well begin with HTML, so there the name decides.
  if (/^\.(?:md|markdown|mdown|mkd)$/.test(extension)) return "markdown";
  if (/^\.(?:html?|xhtml)$/.test(extension)) return "html";
  // UTF-16 looks like letters with NULs between.
  const start = latin1.replaceAll("\0", "").replace(BOM, "");
  const isHtml = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*(?:<!doctype\s+html|<html[\s>])/i;
  return sniffText(start, extension) ?? (isHtml.test(start) ? "html" : "text");
}
