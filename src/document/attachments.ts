/** What is known of a file inside a document, such as one sent with a mail. */
export type AttachedFile = {
  /** "plan.pdf"; of a mailbox "message 3 » plan.pdf". */
  readonly name: string;
  /** In bytes; 0 where it is empty or cannot be taken out. */
  readonly size: number;
  /** Number of the page that it belongs to; absent where the document has no pages. */
  readonly page?: number;
};

export type Attachment = AttachedFile & { readonly bytes: Uint8Array };

/** Stands between a file and the name of what is attached to it: "mail.eml » plan.pdf". */
export const ATTACHED_MARK = " » ";

/** Whether what has the path `own` is attached to the file, or to what is attached to it. */
export function isAttachedTo(file: string, own: string): boolean {
  return own.startsWith(`${file}${ATTACHED_MARK}`);
}

/** More names than these are only counted. */
const MOST_NAMES = 5;

/** One sentence about attachments that were not read; none where there are none. */
export function describeAttachments(unread: readonly AttachedFile[] = []): string[] {
  if (unread.length === 0) return [];
  const named = unread.slice(0, MOST_NAMES).map(attachmentText).join(", ");
  const more = unread.length > MOST_NAMES ? ` and ${unread.length - MOST_NAMES} more` : "";
  const what = unread.length === 1 ? "1 attachment was" : `${unread.length} attachments were`;
  return [`${what} not read: ${named}${more}`];
}

/** "plan.pdf (12 kB)". */
export function attachmentText({ name, size }: AttachedFile): string {
  return `${name} (${size < 1000 ? `${size} bytes` : `${Math.round(size / 1000)} kB`})`;
}
