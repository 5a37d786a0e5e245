import fc from "fast-check";
import { expect, it } from "vitest";
import { InertStream } from "../../src/format/inert-stream.ts";
import { inert } from "../../src/format/markdown.ts";

it("gives what the whole text would be, wherever it is cut", () => {
  const text = fc
    .array(fc.constantFrom("!", "[", "<", "a", " ", "\n", "/", "?", "\\"))
    .map((parts) => parts.join(""));
  const cuts = fc.array(fc.nat(12));
  fc.assert(
    fc.property(text, cuts, (all, places) => {
      const stream = new InertStream();
      const ends = [...places.toSorted((a, b) => a - b), all.length];
      let out = "";
      let start = 0;
      for (const end of ends) {
        out += stream.push(all.slice(start, end));
        start = Math.max(start, end);
      }
      expect(out + stream.end()).toBe(inert(all.trim()));
    }),
  );
});

it("lets no picture through that comes in two pieces", () => {
  const stream = new InertStream();
  expect([stream.push("See !"), stream.push("[x](http://y)"), stream.end()].join("")).toBe(
    "See \\![x](http://y)",
  );
});

it("leaves no picture and no tag behind backslashes that stand for themselves", () => {
  const text = fc.array(fc.constantFrom("\\", "![", "<b", "</b", "a")).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (all) => {
      expect(inert(all)).not.toMatch(/(?<!\\)(?:\\\\)*(?:!\[|<)/u);
      expect(inert(inert(all))).toBe(inert(all));
    }),
  );
});
