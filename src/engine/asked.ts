import type { Chunk } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import type { ChatForm } from "../model/chat.ts";
import type { Prompts } from "../prompt/template.ts";

/** A question and what it is asked about. */
export type Asked = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  readonly question: string;
  readonly prompts: Prompts;
  readonly chat: ChatForm;
};
