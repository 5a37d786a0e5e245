import { type Sink, writeIn } from "../docx/sink.ts";
import type { Mark } from "./state.ts";

/** Text with its mark; "\n" alone is a line break. */
type Piece = { readonly text: string; readonly mark: Mark };

const BODY_TEXT = 9;

/** Collects pieces of text into paragraphs, cells and notes, and hands them on as elements of HTML. */
export class RtfLayout {
  readonly #sink: Sink;
  readonly #onPageBreak: () => void;
  /** Outline levels and names of styles, by number. */
  readonly #outlines = new Map<number, number>();
  readonly #names = new Map<number, string>();
  /** What was being collected where an open note interrupted it. */
  readonly #interrupted: Piece[][] = [];
  /** Notes that wait for the end of their paragraph or table. */
  #waiting: Piece[][] = [];
  #pieces: Piece[] = [];
  #cells: Piece[][] = [];
  #outline = BODY_TEXT;
  #isInTable = false;
  #hasOpenTable = false;
  #footnotes = 0;

  constructor(sink: Sink, onPageBreak: () => void) {
    this.#sink = sink;
    this.#onPageBreak = onPageBreak;
  }

  text(text: string, mark: Mark): void {
    this.#pieces.push({ text, mark });
  }

  endParagraph(): void {
    if (this.#interrupted.length > 0 || this.#isInTable) {
      this.text(" ", undefined);
      return;
    }
    // A row may lack its end.
    this.endRow();
    this.#closeTable();
    this.#block(this.#outline < BODY_TEXT ? `h${Math.min(6, this.#outline + 1)}` : "p", this.#pieces);
    this.#pieces = [];
    this.#writeNotes();
  }

  breakPage(): void {
    this.endParagraph();
    this.#onPageBreak();
  }

  resetParagraph(): void {
    this.#outline = BODY_TEXT;
    this.#isInTable = false;
  }

  enterTable(): void {
    this.#isInTable = true;
  }

  outline(level: number): void {
    this.#outline = level >= 0 ? level : BODY_TEXT;
  }

  useStyle(style: number): void {
    const heading = /^\s*heading (\d)/i.exec(this.#names.get(style) ?? "")?.[1];
    const named = heading === undefined ? BODY_TEXT : Number(heading) - 1;
    this.outline(this.#outlines.get(style) ?? named);
  }

  nameStyle(style: number, text: string): void {
    this.#names.set(style, (this.#names.get(style) ?? "") + text);
  }

  outlineStyle(style: number, level: number): void {
    this.#outlines.set(style, level);
  }

  endCell(): void {
    this.#cells.push(this.#pieces);
    this.#pieces = [];
  }

  endRow(): void {
    if (this.#cells.length === 0) return;
    if (!this.#hasOpenTable) this.#sink.open("table", {});
    this.#hasOpenTable = true;
    this.#sink.open("tr", {});
    for (const cell of this.#cells) {
      this.#sink.open("td", {});
      this.#write(cell);
      this.#sink.close("td");
    }
    this.#sink.close("tr");
    this.#cells = [];
  }

  beginNote(kind: "note" | "comment"): void {
    if (kind === "note") this.#footnotes += 1;
    const head = kind === "note" ? `[footnote ${this.#footnotes}]` : "[comment]";
    if (kind === "note") this.text(head, undefined);
    this.#interrupted.push(this.#pieces);
    this.#pieces = [{ text: `${head} `, mark: undefined }];
  }

  endNote(): void {
    const outer = this.#interrupted.pop();
    if (outer === undefined) return;
    this.#waiting.push(this.#pieces);
    this.#pieces = outer;
  }

  end(): void {
    while (this.#interrupted.length > 0) this.endNote();
    this.#isInTable = false;
    this.endParagraph();
  }

  #closeTable(): void {
    if (!this.#hasOpenTable) return;
    this.#sink.close("table");
    this.#hasOpenTable = false;
    this.#writeNotes();
  }

  #writeNotes(): void {
    for (const note of this.#waiting) this.#block("p", note);
    this.#waiting = [];
  }

  #block(element: string, pieces: readonly Piece[]): void {
    if (pieces.every(({ text }) => text.trim() === "")) return;
    this.#sink.open(element, {});
    this.#write(pieces);
    this.#sink.close(element);
  }

  #write(pieces: readonly Piece[]): void {
    for (const { text, mark } of pieces) {
      if (text === "\n") this.#sink.open("br", {});
      else writeIn(this.#sink, mark, text);
    }
  }
}
