import type { ParsedDocument } from "../document.ts";
import { splitMbox } from "./mail/mbox.ts";
import { type Message, readMessage } from "./mail/message.ts";
import { assertSomeText, joinParts } from "./parts.ts";

export type MailOptions = { readonly signal?: AbortSignal | undefined };

/**
 * One message, or a web page that a browser saved as MHTML: headers with the names of attachments, decoded body.
 * @throws InputError when it has no text, or nests deeper than any message.
 */
export async function parseMail(
  bytes: Uint8Array,
  path: string,
  { signal }: MailOptions = {},
): Promise<ParsedDocument> {
  const message = await readMessage(bytes, path, signal);
  assertSomeText({ text: message.text, path, kind: "a message" });
  return {
    path,
    format: "eml",
    title: message.subject,
    text: message.text,
    pages: [],
    sections: message.sections,
    warnings: message.warnings,
    attachments: message.attachments,
  };
}

/** A mailbox: a message is a page, its subject a section. Throws as {@link parseMail} does. */
export async function parseMbox(
  bytes: Uint8Array,
  path: string,
  { signal }: MailOptions = {},
): Promise<ParsedDocument> {
  const messages: Message[] = [];
  for (const raw of splitMbox(bytes)) {
    signal?.throwIfAborted();
    messages.push(await readMessage(raw, path, signal));
  }
  const parts = messages.map((message, index) => ({ ...message, label: `message ${index + 1}` }));
  const { text, pages, sections } = joinParts(parts);
  assertSomeText({ text, path, kind: "a mailbox" });
  const attachments = messages.flatMap((message, index) =>
    message.attachments.map((one) => ({
      ...one,
      name: `message ${index + 1} » ${one.name}`,
      page: index + 1,
    })),
  );
  const warnings = messages.flatMap((message, index) =>
    message.warnings.map((warning) => `message ${index + 1} ${warning}`),
  );
  return { path, format: "mbox", title: undefined, text, pages, sections, warnings, attachments };
}
