/** A text that grows at its end, piece by piece, in time linear in its length. */
export type TextParts = {
  /** UTF-16 units so far. */
  readonly length: () => number;
  readonly push: (text: string) => void;
  /** The text from an offset on. */
  readonly since: (start: number) => string;
  /** Takes back what `pattern` matches in the last {@link LONGEST_TAIL} units; undefined when it matches nothing. */
  readonly takeTail: (pattern: RegExp) => string | undefined;
  readonly join: () => string;
};

const LONGEST_TAIL = 16;

export function createTextParts(): TextParts {
  const parts: string[] = [];
  let length = 0;
  return {
    length: () => length,
    push: (text) => {
      parts.push(text);
      length += text.length;
    },
    since: (start) => lastUnits(parts, length - start),
    takeTail: (pattern) => {
      const taken = pattern.exec(lastUnits(parts, LONGEST_TAIL))?.[0];
      if (taken === undefined) return undefined;
      for (let left = taken.length; left > 0; ) {
        const part = parts.pop() ?? "";
        if (part.length > left) parts.push(part.slice(0, part.length - left));
        left -= part.length;
      }
      length -= taken.length;
      return taken;
    },
    join: () => parts.join(""),
  };
}

function lastUnits(parts: readonly string[], units: number): string {
  if (units <= 0) return "";
  let tail = "";
  for (let i = parts.length - 1; i >= 0 && tail.length < units; i--) tail = (parts[i] ?? "") + tail;
  return tail.slice(-units);
}
