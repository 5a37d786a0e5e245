import type { Walker } from "../html/walker.ts";

/** Where a reader's elements and text go: the walker that lays them out, or a recording. */
export type Sink = Pick<Walker, "open" | "close" | "text">;

/** Text within an element; as it is without one. */
export function writeIn(sink: Sink, element: string | undefined, text: string): void {
  if (element !== undefined) sink.open(element, {});
  sink.text(text);
  if (element !== undefined) sink.close(element);
}

export function writeParagraph(sink: Sink, text: string): void {
  writeIn(sink, "p", text);
}

export type Recording = Sink & { readonly replay: (sink: Sink) => void };

/** Keeps what it is handed for later: text boxes stand inside the paragraph that anchors them, and are read after it. */
export function createRecording(): Recording {
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

const WITHIN_LINES = new Set(["sup", "sub", "del"]);

/** One paragraph of all that was recorded, with something in front of it. */
export function writeAsParagraph(sink: Sink, head: string, recording: Recording): void {
  const space = (): void => sink.text(" ");
  sink.open("p", {});
  sink.text(`${head} `);
  recording.replay({
    open: (name, attributes) => (WITHIN_LINES.has(name) ? sink.open(name, attributes) : space()),
    close: (name) => (WITHIN_LINES.has(name) ? sink.close(name) : space()),
    text: sink.text,
  });
  sink.close("p");
}
