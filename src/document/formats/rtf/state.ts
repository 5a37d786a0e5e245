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
  /** Whether the group itself is a field. */
  isField: boolean;
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
    isField: false,
  };
}

/** Whether the text of the group is text of the document. */
export function isText({ destination }: State): boolean {
  return destination === "body" || destination === "note" || destination === "comment";
}

/** Whether control words of looks mean something in the group. */
export function takesWords({ destination }: State): boolean {
  return destination !== "none" && destination !== "instruction" && destination !== "entry";
}
