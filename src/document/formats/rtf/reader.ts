import { InputError } from "../../../errors.ts";
import type { Findings } from "../docx/body-options.ts";
import type { Sink } from "../docx/sink.ts";
import { GET_AGAIN } from "../get-again.ts";
import { showSymbols } from "../symbol-fonts.ts";
import { destinationOf } from "./destinations.ts";
import { FontTable } from "./fonts.ts";
import { FormField } from "./form-field.ts";
import { RtfLayout } from "./layout.ts";
import { initialState, isText, type State, takesWords } from "./state.ts";
import { symbolOfField } from "./symbol-field.ts";
import type { Token } from "./tokens.ts";
import { WORDS } from "./words.ts";

export type ReaderOptions = {
  readonly sink: Sink;
  readonly findings: Findings;
  readonly onPageBreak: () => void;
  /** For errors. */
  readonly path: string;
};

/** Word nests some 30 deep. */
const DEEPEST = 2000;

/** Takes a file's tokens in order and hands its text on (RTF specification 1.9.1, "Contents of an RTF File"). */
export class RtfReader {
  readonly #options: ReaderOptions;
  readonly #layout: RtfLayout;
  readonly #fonts = new FontTable();
  readonly #stack: State[] = [];
  #state = initialState();
  /** Text that is not decoded yet. */
  #bytes: number[] = [];
  /** Characters that stand in for a \u that was read. */
  #toSkip = 0;
  #title = "";
  /** Of the field that is open, until its result follows. */
  #instruction = "";
  #form: FormField | undefined;
  /** Whether a group was closed that is not open. */
  #isUnbalanced = false;
  #style = 0;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#layout = new RtfLayout(options.sink, options.onPageBreak);
  }

  /** Throws InputError for groups nested deeper than any document's. */
  take(token: Token): void {
    // The second half of a double-byte character may look like plain text.
    const goesOn =
      token.kind === "text" && this.#bytes.length > 0 && this.#fonts.isDoubleByte(this.#state.font);
    if (token.kind !== "byte" && !goesOn) this.#flush();
    switch (token.kind) {
      case "open":
        this.#open();
        break;
      case "close":
        this.#close();
        break;
      case "word":
        this.#word(token.name, token.value);
        break;
      case "byte":
        this.#byte(token.byte);
        break;
      case "text":
        this.#text(token.text);
    }
  }

  /** Returns one sentence about groups that are not closed, or closed too often: something is missing. */
  end(): string[] {
    this.#flush();
    this.#layout.end();
    if (this.#stack.length > 0)
      return [`ends early, inside a group: the rest of its text is lost; ${GET_AGAIN}`];
    return this.#isUnbalanced
      ? [`is damaged: its groups do not fit, so that text may be lost; ${GET_AGAIN}`]
      : [];
  }

  title(): string | undefined {
    return this.#title.replace(/\s+/g, " ").trim() || undefined;
  }

  #open(): void {
    if (this.#stack.length >= DEEPEST) {
      throw new InputError(`${this.#options.path}: nests groups deeper than ${DEEPEST}, the limit`, {
        hint: "the file is damaged or made to harm; open it in its program and save it anew",
      });
    }
    this.#stack.push(this.#state);
    this.#state = { ...this.#state, isStarred: false, isField: false };
  }

  #close(): void {
    const inner = this.#state;
    const outer = this.#stack.pop();
    this.#isUnbalanced ||= outer === undefined;
    this.#state = outer ?? inner;
    this.#toSkip = 0;
    if (inner.isField) this.#endField();
    const wasNote = inner.destination === "note" || inner.destination === "comment";
    if (wasNote && this.#state.destination !== inner.destination) this.#layout.endNote();
  }

  #word(name: string, value: number | undefined): void {
    const state = this.#state;
    const destination = destinationOf(name, state.isStarred);
    if (name === "pict" && isText(state)) this.#options.findings.pictures += 1;
    state.isStarred = name === "*";
    if (name === "u" && value !== undefined) {
      const character = String.fromCharCode(value & 0xffff);
      this.#write(showSymbols(character, this.#symbolFont() ?? ""));
      this.#toSkip = state.unicodeSkip;
    } else if (destination !== undefined) this.#enter(destination);
    else if (this.#takesTable(name, value ?? 0)) return;
    else if (name === "ansicpg") this.#fonts.codePage = value ?? 1252;
    else if (name === "deleted") this.#delete(value !== 0);
    else if (takesWords(state)) WORDS[name]?.({ state, layout: this.#layout, value });
  }

  #enter(destination: State["destination"]): void {
    // What is inside something that is left out is left out.
    if (this.#state.destination === "none") return;
    const isForm = destination === "form" || destination === "entry";
    if (this.#state.destination === "instruction" && destination !== "none" && !isForm) return;
    if (destination === "form") this.#form = new FormField();
    else if (destination === "entry") this.#form?.beginEntry();
    if (destination === "note" || destination === "comment") this.#layout.beginNote(destination);
    this.#state.destination = destination;
  }

  /** Whether the word belongs to fonts, styles or a form's field. */
  #takesTable(name: string, value: number): boolean {
    const { destination } = this.#state;
    if (destination === "form") this.#form?.read(name, value);
    else if (destination === "fonts") this.#fonts.read(name, value);
    else if (destination === "styles") this.#readStyle(name, value);
    return destination === "form" || destination === "fonts" || destination === "styles";
  }

  #readStyle(name: string, value: number): void {
    if (name === "s") this.#style = value;
    else if (name === "outlinelevel") this.#layout.outlineStyle(this.#style, value);
  }

  /** Of the document's text; names and instructions have letters, in whatever font. */
  #symbolFont(): string | undefined {
    return isText(this.#state) ? this.#fonts.symbolFont(this.#state.font) : undefined;
  }

  /** A field that shows a sign, or the answer to a question of a form, may have no other result. */
  #endField(): void {
    const shown = symbolOfField(this.#instruction) || (this.#form?.answer() ?? "");
    this.#instruction = "";
    this.#form = undefined;
    this.#write(shown);
  }

  #delete(isOn: boolean): void {
    if (isOn && !this.#state.isDeleted) this.#options.findings.deletions += 1;
    this.#state.isDeleted = isOn;
  }

  #text(text: string): void {
    const rest = text.slice(this.#toSkip);
    this.#toSkip = Math.max(0, this.#toSkip - text.length);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII, which every code page has
    const isPlain = this.#symbolFont() === undefined && /^[\x00-\x7f]*$/.test(rest);
    if (this.#bytes.length === 0 && isPlain) this.#write(rest);
    else {
      for (const character of rest) this.#bytes.push(character.charCodeAt(0));
      this.#flush();
    }
  }

  #byte(byte: number): void {
    if (this.#toSkip > 0) this.#toSkip -= 1;
    else this.#bytes.push(byte);
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    const text = this.#fonts.decode(this.#bytes, this.#state.font);
    this.#bytes = [];
    this.#write(text);
  }

  #write(text: string): void {
    const { destination, isHidden, isDeleted, mark } = this.#state;
    if (isDeleted || text === "") return;
    if (destination === "instruction") this.#instruction += text;
    else if (destination === "entry") this.#form?.entry(text);
    else if (destination === "fonts") this.#fonts.name(text);
    else if (destination === "title") this.#title += text;
    else if (destination === "styles") this.#layout.nameStyle(this.#style, text);
    else if (isText(this.#state)) {
      this.#instruction = "";
      if (text.trim() !== "") this.#form = undefined;
      this.#layout.text(isHidden && text.trim() !== "" ? `[hidden text: ${text}]` : text, mark);
    }
  }
}
