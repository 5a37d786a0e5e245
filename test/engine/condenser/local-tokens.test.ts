import { describe, expect, it } from "vitest";
import { localTokens, marginOf } from "../../../src/engine/condenser/local-tokens.ts";

describe("the margin of any answer against none", () => {
  it.each([
    [0.5, 0],
    [0.1, Math.log(9)],
    [0.9, -Math.log(9)],
  ])("of P(none) = %d is the log odds %d", (none, margin) => {
    expect(marginOf(Math.log(none))).toBeCloseTo(margin, 10);
  });

  it("stays finite where floating point ends", () => {
    expect(marginOf(0)).toBeCloseTo(-30, 0);
    expect(marginOf(-Infinity)).toBe(30);
  });
});

describe("the local tokens", () => {
  const tokenize = (text: string): Uint32Array => Uint32Array.from(text, (letter) => letter.charCodeAt(0));

  it("are the question in the form of the training", () => {
    const oneForNone = (text: string): Uint32Array => (text === " none" ? Uint32Array.of(7) : tokenize(text));
    const { tokens, none } = localTokens({ name: "m", tokenize: oneForNone }, "  Who? ");
    expect(String.fromCharCode(...tokens)).toBe("\n\nQuestion: Who?\nAnswer:");
    expect(none).toBe(7);
  });

  it.each([
    ["Who signed this?", true],
    ["By when must it be paid?", true],
    ["how long is it", true],
    ["Is it paid when it is due?", false],
    ["Does he say who signed?", false],
    ["Whether it is paid", false],
  ])("know whether %s asks for more than yes or no", (question, asksForMore) => {
    const whole = (text: string): Uint32Array => Uint32Array.of(text.length);
    expect(localTokens({ name: "m", tokenize: whole }, question).asksForMore).toBe(asksForMore);
  });

  it.each([
    ["On which date was it lit?", true],
    ["what year is it from", true],
    ["By what date must it be paid?", true],
    ["When was it lit?", false],
    ["Which dates tree is the oldest?", false],
    ["What dated piece is it?", false],
  ])("know whether %s asks for a date by that name", (question, asksForDate) => {
    const whole = (text: string): Uint32Array => Uint32Array.of(text.length);
    expect(localTokens({ name: "m", tokenize: whole }, question).asksForDate).toBe(asksForDate);
  });

  it("refuse a tokenizer that cuts none in pieces, by the model's name", () => {
    expect(() => localTokens({ name: "m", tokenize }, "Who?")).toThrow(
      /^m has no token of its own for " none"/u,
    );
  });
});
