import PostalMime, { type Email, type Attachment as MimePart } from "postal-mime";

import { InputError } from "../../../errors.ts";
import { type Attachment, attachmentText } from "../../attachments.ts";
import { westernControls } from "../../decoding.ts";
import type { Section } from "../../document.ts";
import { walkHtml } from "../html.ts";
import { toUtf8 } from "./charsets.ts";
import { describeCutOff } from "./cut-off.ts";

export type Message = {
  readonly text: string;
  readonly subject: string | undefined;
  readonly sections: readonly Section[];
  readonly attachments: readonly Attachment[];
  /** One sentence each for what shows that it was damaged. */
  readonly warnings: readonly string[];
};

/** Headers that say what a message is, in the order in which mail programs show them. */
const SHOWN = ["From", "To", "Cc", "Date", "Subject"] as const;
/** A text part with a smaller share of the HTML part's words is no copy of it, and says little more than that there is one. */
const MOST_WORDS = 0.5;

/** Throws InputError where the message nests deeper, or has longer headers, than any message. */
export async function readMessage(
  bytes: Uint8Array,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Message> {
  const readable = await toUtf8(bytes);
  const email = await parse(readable.bytes, path);
  const { text: body, sections } = await bodyOf(email, { name: path, signal });
  const attachments = email.attachments.map(readAttachment);
  const head = SHOWN.flatMap((name) => {
    const value = headerOf(email, name);
    return value === "" ? [] : [`${name}: ${value}`];
  });
  if (attachments.length > 0) head.push(`Attachments: ${attachments.map(attachmentText).join(", ")}`);
  const start = head.length === 0 ? "" : `${head.join("\n")}\n\n`;
  const subject = headerOf(email, "Subject") || undefined;
  const title = subject === undefined ? [] : [{ title: subject, level: 1, start: 0 }];
  return {
    text: `${start}${body}`,
    subject,
    sections: [
      ...title,
      ...sections.map((section) => ({
        ...section,
        level: section.level + title.length,
        start: section.start + start.length,
      })),
    ],
    attachments,
    warnings: [...describeCutOff(bytes), ...readable.warnings],
  };
}

async function parse(bytes: Uint8Array, path: string): Promise<Email> {
  try {
    const email = await PostalMime.parse(bytes);
    return {
      ...email,
      text: westernControls(email.text ?? ""),
      html: westernControls(email.html ?? ""),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`${path}: cannot be read as a message (${reason})`, {
      hint: "save the message again from the mail program",
      cause: error,
    });
  }
}

async function bodyOf(
  { text = "", html = "" }: Email,
  options: { readonly name: string; readonly signal: AbortSignal | undefined },
): Promise<{ text: string; sections: readonly Section[] }> {
  // Mailboxes write ">From" for a line that would look like the next message.
  const plain = text
    .replace(/\r\n?/g, "\n")
    .replace(/^>(>*From )/gm, "$1")
    .trim();
  if (html === "") return { text: plain === "" ? "" : `${plain}\n`, sections: [] };
  const page = (await walkHtml(html, options)).finish();
  return isStub(plain, page.text) ? page : { text: `${plain}\n`, sections: [] };
}

function isStub(plain: string, page: string): boolean {
  if (plain.length >= page.length) return false;
  const said = wordsOf(plain);
  const words = [...wordsOf(page)];
  return words.filter((word) => said.has(word)).length < MOST_WORDS * words.length;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}

function headerOf({ headers, from, to, cc, subject }: Email, name: (typeof SHOWN)[number]): string {
  const addresses = {
    From: from === undefined ? [] : [from],
    To: to,
    Cc: cc,
    Date: undefined,
    Subject: undefined,
  }[name];
  const value =
    addresses?.map(addressText).join(", ") ??
    (name === "Subject" ? subject : undefined) ??
    headers.find(({ key }) => key === name.toLowerCase())?.value ??
    "";
  return westernControls(value).replace(/\s+/g, " ").trim();
}

type Sender = NonNullable<Email["from"]>;

function addressText(address: Sender): string {
  if (address.group !== undefined) return `${address.name}: ${address.group.map(addressText).join(", ")}`;
  if (address.name === "") return address.address;
  return address.address === "" ? address.name : `${address.name} <${address.address}>`;
}

function readAttachment({ filename, mimeType, content }: MimePart): Attachment {
  const bytes = typeof content === "string" ? Buffer.from(content) : new Uint8Array(content);
  const name =
    westernControls(filename ?? "")
      .replace(/\s+/g, " ")
      .trim() || mimeType;
  return { name, size: bytes.length, bytes };
}
