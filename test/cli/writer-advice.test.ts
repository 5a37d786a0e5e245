import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AdviceContext, adviseWriter } from "../../src/cli/writer-advice.ts";
import { DEFAULT_MODEL } from "../../src/model/catalogue.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "focus-advice-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** What is said, of so many answers one behind the other. */
async function advised(
  times: number,
  state: string,
  config: Partial<AdviceContext["config"]> = {},
): Promise<number> {
  const notice = vi.fn();
  const context = {
    config: { answerStyle: "auto", cache: true, model: undefined, ...config },
    folders: { state },
    progress: { notice },
  } as unknown as AdviceContext;
  for (let i = 0; i < times; i += 1) await adviseWriter(context, { name: DEFAULT_MODEL }, 16e9);
  for (const [said] of notice.mock.calls) expect(said).toMatch(/too small to write.*focus setup$/u);
  return notice.mock.calls.length;
}

describe("the advice to install a writer", () => {
  it("is given once a day", async () => {
    const state = join(home, "state");
    expect(await advised(3, state)).toBe(1);
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await utimes(join(state, "writer-advised"), yesterday, yesterday);
    expect(await advised(2, state)).toBe(1);
  });

  it("is given each time where nothing may be kept, or nothing can", async () => {
    expect(await advised(2, join(home, "state"), { cache: false })).toBe(2);
    expect(await advised(2, "/proc/no-such-folder")).toBe(2);
  });

  it("is not given where a model or a style was named", async () => {
    expect(await advised(1, home, { model: "qwen2.5-coder-1.5b" })).toBe(0);
    expect(await advised(1, home, { answerStyle: "short" })).toBe(0);
  });
});
