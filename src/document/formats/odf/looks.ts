import type { Sink } from "../docx/sink.ts";
import type { Look } from "./text-styles.ts";

/** Hands the text of one paragraph on, in the elements of HTML that say how it looks. */
export function createLooks(sink: Sink, paragraph: Look) {
  const looks: Look[] = [paragraph];
  let element: string | undefined;
  const wantedElement = (): string | undefined => {
    const { struck, hidden, position } = looks.at(-1) ?? {};
    if (struck === true) return "del";
    if (hidden === true) return "span";
    return position === "line" ? undefined : position;
  };
  const change = (wanted: string | undefined): void => {
    if (wanted === element) return;
    if (element !== undefined) sink.close(element);
    if (wanted !== undefined) sink.open(wanted, wanted === "span" ? { hidden: "" } : {});
    element = wanted;
  };
  return {
    openSpan: (look: Look): void => void looks.push({ ...looks.at(-1), ...look }),
    closeSpan: (): void => {
      if (looks.length > 1) looks.pop();
      change(element === wantedElement() ? element : undefined);
    },
    /** Whether the text is part of what the document says. */
    isSeen: (): boolean => !/^(?:del|span)$/.test(wantedElement() ?? ""),
    text: (text: string): void => {
      change(wantedElement());
      sink.text(text);
    },
    end: (): void => change(undefined),
  };
}

export type Looks = ReturnType<typeof createLooks>;
