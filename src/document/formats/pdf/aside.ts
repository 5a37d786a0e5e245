import { sentences } from "../../sentences.ts";
import { describeStruck, describeUnseen, unseenLines } from "../set-aside.ts";
import type { RawPage } from "./page-text.ts";

/** Marked lines that stand below a page's text: what its readers noted, and what is drawn but not seen. */
export function asideLines({ aside }: RawPage): string[] {
  const comments = aside.comments.flatMap(({ author, text }) => {
    const mark = author === undefined ? "comment" : `comment by ${author}`;
    // A mark on each sentence, so that a quote of any of them says so.
    return sentences(text, { start: 0, end: text.length }).map(
      ({ start, end }) => `[${mark}: ${text.slice(start, end)}]`,
    );
  });
  return [...comments, ...aside.unseen.flatMap(unseenLines)];
}

/** One sentence for each kind of what was set aside. */
export function describeAside(pages: readonly RawPage[]): string[] {
  const comments = pages.flatMap(({ aside }) => aside.comments).length;
  const what = comments === 1 ? "1 comment is" : `${comments} comments are`;
  const said = comments === 0 ? [] : [`${what} in the text, marked [comment: …]`];
  return [
    ...said,
    ...describeStruck(pages.flatMap(({ aside }) => aside.struck)),
    ...describeUnseen(pages.flatMap(({ aside }) => aside.unseen)),
  ];
}
