import type { Document } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { type Table, tableAround } from "../../document/table-rows.ts";
import { shareOf, wordSet, wordWeights } from "../attribution/match.ts";
import type { NearestInput, NearPassage } from "../attribution/nearest-passages.ts";

/** A row with less than this share of what the row with most of the naming words has is about something else. */
const LEAST_OF_BEST = 0.5;
/** A word of more rows names none of them: a unit, the kind of what all are. One of the header names a column. Share of the rows. */
const MOST_ROWS = 0.3;

/** How much of what a question names a row of a table has, from 0 to 1, and the row with most. */
type Naming = { readonly of: (row: string) => number; readonly most: number };

/**
 * Passages without rows of tables that the question does not mean: where it names one, in whatever chunk that is ("How many suffered
 * from asthma?"), the others say the same of something else, and a small model takes one for the other.
 */
export function withoutOtherRows(passages: readonly NearPassage[], input: NearestInput): NearPassage[] {
  const known = new Map<Table, Naming>();
  const namingOf = (table: Table, document: Document): Naming => {
    const naming = known.get(table) ?? namingIn(document.text.slice(table.start, table.end), input);
    known.set(table, naming);
    return naming;
  };
  return passages.filter(({ chunk, quote, text }) => {
    const document = input.documents[input.chunks[chunk]?.document ?? -1];
    const table = document === undefined ? undefined : tableAround(document, quote);
    if (table === undefined || document === undefined) return true;
    const naming = namingOf(table, document);
    return naming.of(text) >= LEAST_OF_BEST * naming.most;
  });
}

function namingIn(text: string, { documents, question, idf }: NearestInput): Naming {
  const language = commonLanguage(documents);
  const rows = text.split("\n").map((row) => wordSet(row, language));
  const asked = wordWeights(question, idf, language);
  const few = [...asked].filter(([word]) => {
    const isOfHeader = rows[0]?.has(word) === true;
    return !isOfHeader && rows.filter((row) => row.has(word)).length <= MOST_ROWS * rows.length;
  });
  const naming = new Map(few);
  return {
    of: (row) => shareOf(naming, wordSet(row, language)),
    most: Math.max(...rows.map((row) => shareOf(naming, row))),
  };
}
