/** What the engine tells while it works; the CLI turns it into a spinner or plain lines on stderr. */
export type EngineEvent =
  /** One sentence that must reach the user: a guess, a loss, a figure that is too large. */
  | { readonly kind: "warning"; readonly message: string }
  /** One sentence that is good to know: the device, the models, the size of what comes. */
  | { readonly kind: "notice"; readonly message: string }
  /** For those who look for the cause of something: what the store had, how chunks were ranked. */
  | { readonly kind: "debug"; readonly message: string }
  | {
      readonly kind: "progress";
      readonly stage: "read" | "condense" | "compose" | "attribute" | "note";
      /** Tokens of this stage that were evaluated or found in the store. */
      readonly tokens: number;
      readonly totalTokens: number;
      /** Whether the stage may end before all are evaluated; absent: it does not. */
      readonly mayEndEarly?: true;
      /** Undefined until enough was evaluated to measure it. */
      readonly tokensPerSecond: number | undefined;
      readonly secondsLeft: number | undefined;
    }
  /** The chunk that answers best so far, while others are still looked at; offsets are UTF-16, in its document's text. */
  | {
      readonly kind: "passage";
      readonly path: string;
      /** Counted from 1 in file order; null where the format has no pages. */
      readonly page: number | null;
      readonly start: number;
      readonly end: number;
      /** In nats, higher is better; comparable within one question. */
      readonly score: number;
    }
  /** A piece of a written answer, in order; the pieces joined are the answer as decoded. */
  | { readonly kind: "text"; readonly text: string };

export type EngineListener = (event: EngineEvent) => void;
