import type { Walker } from "../html/walker.ts";

/** Where a reader's elements and text go: the walker that lays them out, or a recording. */
export type Sink = Pick<Walker, "open" | "close" | "text">;

/** Keeps what it is handed for later: text boxes stand inside the paragraph that anchors them, and are read after it. */
export function createRecording(): Sink & { readonly replay: (sink: Sink) => void } {
  const steps: ((sink: Sink) => void)[] = [];
  return {
    open: (name, attributes) => steps.push((sink) => sink.open(name, attributes)),
    close: (name) => steps.push((sink) => sink.close(name)),
    text: (text) => steps.push((sink) => sink.text(text)),
    replay: (sink) => {
      for (const step of steps) step(sink);
    },
  };
}
