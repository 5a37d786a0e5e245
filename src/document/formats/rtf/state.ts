import type { Destination } from "./destinations.ts";

/** The element that raised, lowered or struck-out text is in. */
export type Mark = "sup" | "sub" | "del" | undefined;

/** What a group changes until it ends. */
export type State = {
  destination: Destination;
  /** Whether `\*` came right before. */
  isStarred: boolean;
  /** How many characters stand in for one of `\u`. */
  unicodeSkip: number;
  font: number;
  mark: Mark;
  isHidden: boolean;
  isDeleted: boolean;
};

export function initialState(): State {
  return {
    destination: "body",
    isStarred: false,
    unicodeSkip: 1,
    font: 0,
    mark: undefined,
    isHidden: false,
    isDeleted: false,
  };
}

/** Whether the text of the group is text of the document. */
export function isText({ destination }: State): boolean {
  return destination === "body" || destination === "note" || destination === "comment";
}
