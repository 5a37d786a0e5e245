export type Rows = {
  readonly rows: readonly (readonly string[])[];
  /** Rows that go over several lines of the file. */
  readonly broken: number;
  /** Whether a quotation mark was never closed. */
  readonly isOpen: boolean;
  /** Numbers of the rows, from 1 on, with a quotation mark inside a quoted field that is not doubled. */
  readonly strays: readonly number[];
};

/**
 * The rows of delimited text (RFC 4180), leniently: a quote inside an unquoted field is itself, rows may differ in
 * length. Where a quote is never closed, it and what follows are read as if quotes meant nothing.
 */
export function readRows(text: string, delimiter: string): Rows {
  const rows: string[][] = [];
  const strays: number[] = [];
  let broken = 0;
  let isOpen = false;
  let at = 0;
  while (at < text.length) {
    const row = readRow(text, { start: at, delimiter, quotes: !isOpen });
    if (row === undefined) {
      isOpen = true;
      continue;
    }
    rows.push(row.fields);
    if (row.isBroken) broken += 1;
    if (row.hasStray) strays.push(rows.length);
    at = row.end;
  }
  return { rows, broken, isOpen, strays };
}

type Where = { readonly start: number; readonly delimiter: string; readonly quotes: boolean };
type Row = {
  readonly fields: string[];
  readonly end: number;
  readonly isBroken: boolean;
  readonly hasStray: boolean;
};

/** Undefined when a quotation mark is not closed before the end. */
function readRow(text: string, { start, delimiter, quotes }: Where): Row | undefined {
  const fields: string[] = [];
  let [isBroken, hasStray] = [false, false];
  let at = start;
  for (;;) {
    let field = "";
    if (quotes && text[at] === '"') {
      const close = closingQuote(text, at, delimiter);
      if (close === undefined) return undefined;
      const quoted = text.slice(at + 1, close);
      field = quoted.replaceAll('""', '"');
      isBroken ||= /[\n\r]/.test(field);
      hasStray ||= quoted.replaceAll('""', "").includes('"');
      at = close + 1;
    }
    const end = fieldEnd(text, at, delimiter);
    fields.push(field + text.slice(at, end));
    if (text[end] !== delimiter) return { fields, end: afterLineEnd(text, end), isBroken, hasStray };
    at = end + 1;
  }
}

/** A quote closes a field only at its end; one that somebody forgot to double stands inside it. */
function closingQuote(text: string, open: number, delimiter: string): number | undefined {
  let at = text.indexOf('"', open + 1);
  while (at !== -1) {
    const next = text[at + 1];
    if (next === undefined || next === delimiter || next === "\n" || next === "\r") return at;
    at = text.indexOf('"', next === '"' ? at + 2 : at + 1);
  }
  return undefined;
}

function fieldEnd(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}

function afterLineEnd(text: string, at: number): number {
  return text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1;
}
