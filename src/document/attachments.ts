/** A file inside a document, such as one sent with a mail. */
export type Attachment = {
  /** "plan.pdf"; of a mailbox "message 3 » plan.pdf". */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Number of the page that it belongs to; absent where the document has no pages. */
  readonly page?: number;
};

/** More names than these are only counted. */
const MOST_NAMES = 5;

/** One sentence about attachments that were not read; none where there are none. */
export function describeAttachments(unread: readonly Attachment[]): string[] {
  if (unread.length === 0) return [];
  const named = unread.slice(0, MOST_NAMES).map(attachmentText).join(", ");
  const more = unread.length > MOST_NAMES ? ` and ${unread.length - MOST_NAMES} more` : "";
  const what = unread.length === 1 ? "1 attachment was" : `${unread.length} attachments were`;
  return [`${what} not read: ${named}${more}`];
}

/** "plan.pdf (12 kB)". */
export function attachmentText({ name, bytes: { length } }: Attachment): string {
  return `${name} (${length < 1000 ? `${length} bytes` : `${Math.round(length / 1000)} kB`})`;
}
