import { displayPath } from "../document/display-path.ts";
import type { Document } from "../document/document.ts";
import { detectLanguage, languageName } from "../document/language.ts";
import { findModel } from "../model/catalogue.ts";
import type { SessionListener } from "./events.ts";

/** The smallest reader of the catalogue that knows more languages than English. */
const MULTILINGUAL_READER = "qwen2.5-coder-0.5b";

/** Tells which documents are not in a language that the reader knows, and what would know it. */
export function noticeLanguage(
  documents: readonly Document[],
  reader: { readonly name: string },
  onEvent: SessionListener,
): void {
  if (findModel(reader.name)?.languages !== "english") return;
  for (const { path, text } of documents) {
    const code = detectLanguage(text);
    if (code === undefined || code === "eng" || code === "sco") continue;
    const message = `${displayPath(path)} is mostly in ${languageName(code)}; the reader knows English: --reader ${MULTILINGUAL_READER} knows more languages`;
    onEvent({ kind: "notice", message });
  }
}
