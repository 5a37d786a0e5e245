import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { localContext } from "../../src/prompt/local.ts";
import { fill, loadPrompts } from "../../src/prompt/template.ts";

describe("loadPrompts", () => {
  it("reads focus's own prompts", async () => {
    const prompts = await loadPrompts(undefined);
    expect(prompts.answer).toContain("{{question}}");
    expect(prompts.prefix.endsWith("\n")).toBe(true);
  });

  it("prefers a file of the user's folder", async () => {
    const folder = await mkdtemp(join(tmpdir(), "focus-prompts-"));
    await writeFile(join(folder, "system.txt"), "Speak French.\n");
    expect((await loadPrompts(folder)).system).toBe("Speak French.");
  });

  it("refuses a prompt without its placeholder, by name", async () => {
    const folder = await mkdtemp(join(tmpdir(), "focus-prompts-"));
    await writeFile(join(folder, "answer.txt"), "Answer {{question}}");
    await expect(loadPrompts(folder)).rejects.toThrow("prompt answer.txt lacks {{passages}}");
  });

  it("refuses a placeholder that nothing fills", async () => {
    const folder = await mkdtemp(join(tmpdir(), "focus-prompts-"));
    await writeFile(join(folder, "system.txt"), "{{name}}");
    await expect(loadPrompts(folder)).rejects.toThrow("has {{name}}");
  });
});

describe("fill", () => {
  it("leaves text alone that looks like a placeholder but comes from a value", () => {
    expect(fill("{{a}} {{b}}", { a: "{{b}}", b: "2" })).toBe("{{b}} 2");
  });
});

describe("localContext", () => {
  const tokenizer = {
    tokenize: (text: string) =>
      Uint32Array.from((text.match(/ ?\S+|\n/gu) ?? []).map((piece) => piece.length)),
    detokenize: (tokens: ArrayLike<number>) => "x".repeat(Array.from(tokens).reduce((sum, n) => sum + n, 0)),
  };

  it("gives the space before the scored text to its first token", () => {
    const { tokens, from, ends } = localContext(tokenizer, "Question: ", "why not");
    expect([...tokens]).toEqual([9, 4, 4]);
    expect(from).toBe(1);
    expect([...ends]).toEqual([3, 7]);
  });
});
