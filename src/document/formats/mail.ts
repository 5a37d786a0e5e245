import type { Document } from "../document.ts";
import { splitMbox } from "./mail/mbox.ts";
import { type Message, readMessage } from "./mail/message.ts";
import { assertSomeText, joinParts } from "./parts.ts";

export type MailOptions = { readonly signal?: AbortSignal | undefined };

/**
 * One message, or a web page that a browser saved as MHTML: headers, decoded body, names of attachments.
 * @throws InputError when it has no text, or nests deeper than any message.
 */
export async function parseMail(
  bytes: Uint8Array,
  path: string,
  { signal }: MailOptions = {},
): Promise<Document> {
  const message = await readMessage(bytes, path, signal);
  assertSomeText({ text: message.text, path, kind: "a message" });
  return {
    path,
    format: "eml",
    title: message.subject,
    text: message.text,
    pages: [],
    sections: message.sections,
    warnings: describeAttachments([message]),
  };
}

/** A mailbox: a message is a page, its subject a section. Throws as {@link parseMail} does. */
export async function parseMbox(
  bytes: Uint8Array,
  path: string,
  { signal }: MailOptions = {},
): Promise<Document> {
  const messages: Message[] = [];
  for (const raw of splitMbox(bytes)) {
    signal?.throwIfAborted();
    messages.push(await readMessage(raw, path, signal));
  }
  const parts = messages.map((message, index) => ({ ...message, label: `message ${index + 1}` }));
  const { text, pages, sections } = joinParts(parts);
  assertSomeText({ text, path, kind: "a mailbox" });
  const warnings = describeAttachments(messages);
  return { path, format: "mbox", title: undefined, text, pages, sections, warnings };
}

/** More names than these are only counted. */
const MOST_NAMES = 5;

function describeAttachments(messages: readonly Message[]): string[] {
  const names = messages.flatMap(({ attachments }) => attachments);
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  const what = names.length === 1 ? "1 attachment was" : `${names.length} attachments were`;
  return [`${what} not read: ${names.slice(0, MOST_NAMES).join(", ")}${more}`];
}
