import { describe, expect, it } from "vitest";
import { printable, printableLine } from "../../src/format/printable.ts";

describe("printable", () => {
  it.each([
    ["colours", "\u001b[1;31mred\u001b[0m \u009b31mred", "red red"],
    ["cursor moves and clearing", "\u001b[2J\u001b[10;20Htext\u001b[?25l", "text"],
    [
      "titles and links",
      "\u001b]0;title\u0007a \u001b]8;;http://x.org\u001b\\link\u001b]8;;\u001b\\",
      "a link",
    ],
    ["device strings", "\u001bPq#0;2;0;0;0\u001b\\text \u0090x\u009ctext", "text text"],
    ["resets and character sets", "\u001bc\u001b(0text\u001b=", "text"],
    ["bells, backspaces, carriage returns", "a\u0007b\u0008c\rd\u0000\u007f\u0085", "abcd"],
    ["marks that reorder text", "a\u202eb\u2066c\u2069", "abc"],
  ])("takes away %s", (_name, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it("never takes away text: neither before a bell nor after a string without an end", () => {
    expect(printable("\u001b[2Jpage\u0007 3")).toBe("page 3");
    expect(printable("a\u001b]0;no end\nb")).toBe("a0;no end\nb");
    expect(printable("a\u001b")).toBe("a");
  });

  it("says on one line what stands on several, without those that are drawn", () => {
    expect(printableLine("Security\n--------\n- A fix  of\n\tlists.")).toBe("Security - A fix of lists.");
    expect(printableLine("a -- b --- c\n-1\n--\n2")).toBe("a -- b --- c -1 -- 2");
  });

  it("keeps lines, tabs and every script", () => {
    const text = "a\tb\n\u00e9 \u05d0 \u4e2d \ud83e\udd8a \u200d\n";
    expect(printable(text)).toBe(text);
    expect(printable("a\r\nb")).toBe("a\nb");
  });
});

describe("printableLine", () => {
  it("puts everything on one line", () => {
    expect(printableLine(" a\r\n  b\tc\u001b[0m ")).toBe("a b c");
  });
});
