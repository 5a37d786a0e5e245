import type { Document } from "../document/document.ts";
import type { EngineEvent } from "../engine/events.ts";
import type { PullProgress } from "../model/sources/transfer.ts";
import type { RecognitionProgress } from "../ocr/recogniser.ts";

/** What a session tells while it opens documents and models, and while it answers. */
export type SessionEvent =
  | EngineEvent
  /** What is going on now, such as "loading smollm2-135m". */
  | { readonly kind: "step"; readonly message: string }
  /** Pictures of text, before the first and as each begins. */
  | ({ readonly kind: "recognise" } & RecognitionProgress)
  /** A model on its way to this machine. */
  | { readonly kind: "pull"; readonly model: string; readonly progress: PullProgress }
  /** All documents are parsed; what was guessed or lost is in their `warnings`. */
  | { readonly kind: "parsed"; readonly documents: readonly Document[] }
  /** For those who want to know more: the device and the release of llama.cpp. */
  | { readonly kind: "detail"; readonly message: string };

export type SessionListener = (event: SessionEvent) => void;
