import fc from "fast-check";
import { expect, it } from "vitest";
import { withoutLoop } from "../../../src/engine/answer/loop.ts";

it("keeps one occurrence of a sentence that is repeated to the end, wherever the lines break", () => {
  const text =
    "The lamp was lit in 1871. They are written in the script. They are\nwritten in the script. They are written\nin the script.";
  expect(withoutLoop(text)).toBe("The lamp was lit in 1871. They are written in the script.");
});

it("stops a single word", () => {
  expect(withoutLoop(`yes ${"no ".repeat(12)}`)).toBe("yes no");
});

it("stops a sentence in a script without spaces", () => {
  expect(withoutLoop(`租约于五月结束。${"租金每月支付。".repeat(3)}`)).toBe("租约于五月结束。租金每月支付。");
  expect(withoutLoop("租约于五月结束。租金每月支付。")).toBeUndefined();
});

it("leaves text alone that repeats a little, or only inside", () => {
  expect(withoutLoop("far far away, far far away, far far away")).toBeUndefined();
  expect(withoutLoop("a b c d e a b c d e a b c d e, and then it ends otherwise")).toBeUndefined();
});

it("leaves words alone that all differ", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^\w+$/u), { minLength: 1, maxLength: 80 }), (words) => {
      expect(withoutLoop(words.join(" "))).toBeUndefined();
    }),
  );
});
