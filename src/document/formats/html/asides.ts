import { describeStruck, describeUnseen, unseenLines } from "../set-aside.ts";
import { lineEndsAround } from "./elements.ts";
import { collapse } from "./text-writer.ts";

/** The attributes that tell whether an element's text is seen. */
export type SeenAttributes = { readonly hidden?: string; readonly style?: string };

/** Text that is not part of what the page says: struck out, or not shown. */
export type Asides = {
  /** Whether the element, and so all in it, is set aside. */
  readonly open: (name: string, attributes: SeenAttributes) => boolean;
  /** Whether the element that ends was set aside. */
  readonly close: (name: string) => boolean;
  /** Whether the text was set aside. */
  readonly text: (text: string) => boolean;
  /** The lines that stand at the end of the page, and one sentence for each kind of what was set aside. */
  readonly finish: () => { readonly lines: readonly string[]; readonly warnings: readonly string[] };
};

const STRUCK = new Set(["del", "s", "strike"]);
const UNSEEN_STYLE = [
  /(?:^|;)\s*display\s*:\s*none/i,
  /(?:^|;)\s*visibility\s*:\s*(?:hidden|collapse)/i,
  /(?:^|;)\s*(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!|;|$)/i,
];
const STRUCK_STYLE = /(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through/i;
export function createAsides(): Asides {
  const struck: string[] = [];
  const unseen: string[] = [];
  let open: { readonly into: string[]; readonly parts: string[]; depth: number } | undefined;
  const end = (aside: NonNullable<typeof open>): void => {
    const text = collapse(aside.parts.join("")).trim();
    if (text !== "") aside.into.push(text);
    open = undefined;
  };
  return {
    open: (name, attributes) => {
      if (open === undefined && isUnseen(name, attributes)) open = { into: unseen, parts: [], depth: 0 };
      else if (open === undefined && isStruck(name, attributes)) open = { into: struck, parts: [], depth: 0 };
      if (open === undefined) return false;
      open.depth += 1;
      if (lineEndsAround(name) > 0) open.parts.push(" ");
      return true;
    },
    close: (name) => {
      if (open === undefined) return false;
      if (lineEndsAround(name) > 0) open.parts.push(" ");
      open.depth -= 1;
      if (open.depth === 0) end(open);
      return true;
    },
    text: (text) => {
      open?.parts.push(text);
      return open !== undefined;
    },
    finish: () => {
      if (open !== undefined) end(open);
      return {
        lines: unseen.flatMap(unseenLines),
        warnings: [...describeStruck(struck), ...describeUnseen(unseen)],
      };
    },
  };
}

function isUnseen(name: string, { hidden, style = "" }: SeenAttributes): boolean {
  // Scripts show a page that hides as a whole until they have run.
  if (name === "html" || name === "body") return false;
  return (hidden !== undefined && hidden !== "until-found") || UNSEEN_STYLE.some((one) => one.test(style));
}

function isStruck(name: string, { style = "" }: SeenAttributes): boolean {
  return STRUCK.has(name) || STRUCK_STYLE.test(style);
}
