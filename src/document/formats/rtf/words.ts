import type { RtfLayout } from "./layout.ts";
import type { Mark, State } from "./state.ts";

type Word = (on: {
  readonly state: State;
  readonly layout: RtfLayout;
  readonly value: number | undefined;
}) => void;

/** Control words that stand for a character. */
const CHARACTERS: Readonly<Record<string, string>> = {
  tab: " ",
  nbsp: "\u00a0",
  nbhyphen: "\u2011",
  emdash: "—",
  endash: "–",
  lquote: "‘",
  rquote: "’",
  ldblquote: "“",
  rdblquote: "”",
  bullet: "•",
  emspace: " ",
  enspace: " ",
};

const mark =
  (element: Mark): Word =>
  ({ state, value }) => {
    state.mark = value === 0 ? undefined : element;
  };

/** Control words that change a run's or a paragraph's looks, or end one. */
export const WORDS: Readonly<Record<string, Word>> = {
  ...Object.fromEntries(
    Object.entries(CHARACTERS).map(([name, text]): [string, Word] => [
      name,
      ({ state, layout }) => {
        if (!state.isDeleted) layout.text(text, state.mark);
      },
    ]),
  ),
  super: mark("sup"),
  sub: mark("sub"),
  nosupersub: mark(undefined),
  strike: mark("del"),
  striked: mark("del"),
  v: ({ state, value }) => {
    state.isHidden = value !== 0;
  },
  plain: ({ state }) => Object.assign(state, { mark: undefined, isHidden: false, isDeleted: false }),
  f: ({ state, value = 0 }) => {
    state.font = value;
  },
  field: ({ state }) => {
    state.isField = true;
  },
  uc: ({ state, value = 1 }) => {
    state.unicodeSkip = Math.max(0, value);
  },
  par: ({ layout }) => layout.endParagraph(),
  sect: ({ layout }) => layout.endParagraph(),
  line: ({ layout }) => layout.text("\n", undefined),
  page: ({ layout }) => layout.breakPage(),
  pard: ({ layout }) => layout.resetParagraph(),
  s: ({ layout, value = 0 }) => layout.useStyle(value),
  outlinelevel: ({ layout, value = 9 }) => layout.outline(value),
  intbl: ({ layout }) => layout.enterTable(),
  cell: ({ layout }) => layout.endCell(),
  nestcell: ({ layout }) => layout.endCell(),
  row: ({ layout }) => layout.endRow(),
};
