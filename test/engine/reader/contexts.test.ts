import { describe, expect, it } from "vitest";
import { Contexts } from "../../../src/engine/reader/contexts.ts";
import { ModelError } from "../../../src/errors.ts";
import type { LanguageModel, PoolOptions } from "../../../src/model/language-model.ts";
import { FAKE_CONDENSER } from "../../helpers/fake-engine.ts";
import { fakeModel } from "../../helpers/fake-model.ts";

const SHORT: PoolOptions = { sequences: 1, contextTokens: 200, sliceTokens: 64 };
const { signal } = new AbortController();

describe("contexts", () => {
  it("stay open for the next who wants one that is no longer, empty and counted from 0", async () => {
    const model = fakeModel();
    await using contexts = new Contexts();
    {
      await using pool = await contexts.borrow(model, SHORT);
      await pool.lend((sequence) => sequence.prefill(model.tokenize("a word"), { signal }));
      expect(pool.evaluatedTokens).toBe(2);
    }
    await using again = await contexts.borrow(model, { ...SHORT, contextTokens: 250 });
    expect(model.opened).toHaveLength(1);
    expect(again.evaluatedTokens).toBe(0);
    expect(await again.lend(async ({ length }) => length)).toBe(0);
  });

  it("are opened anew where they are too short, under another adapter, or lent already", async () => {
    const model = fakeModel();
    await using contexts = new Contexts();
    await (await contexts.borrow(model, SHORT))[Symbol.asyncDispose]();
    await (await contexts.borrow(model, { ...SHORT, contextTokens: 300 }))[Symbol.asyncDispose]();
    expect(model.opened.map(({ contextTokens }) => contextTokens)).toEqual([256, 512]);
    // The shorter one is closed: the longer one serves for both.
    expect(model.closed()).toBe(1);
    await using _own = await contexts.borrow(model, SHORT);
    await using _other = await contexts.borrow(model, SHORT);
    await using _tuned = await contexts.borrow(model, { ...SHORT, adapter: FAKE_CONDENSER });
    expect(model.opened).toHaveLength(4);
  });

  it("are never longer than what the model was trained on, unless that is asked for", async () => {
    const model = fakeModel();
    await using contexts = new Contexts();
    await using _most = await contexts.borrow(model, { ...SHORT, contextTokens: 4090 });
    await using _more = await contexts.borrow(model, { ...SHORT, contextTokens: 4097 });
    expect(model.opened.map(({ contextTokens }) => contextTokens)).toEqual([4096, 4097]);
  });

  it("that nobody uses give way where memory is short", async () => {
    const model = fakeModel();
    const small: LanguageModel = {
      ...model,
      openPool: (options) => {
        if (model.opened.length > model.closed()) throw new ModelError("no memory");
        return model.openPool(options);
      },
    };
    await using contexts = new Contexts();
    await (await contexts.borrow(small, SHORT))[Symbol.asyncDispose]();
    await using _tuned = await contexts.borrow(small, { ...SHORT, adapter: FAKE_CONDENSER });
    await expect(contexts.borrow(small, SHORT)).rejects.toThrow("no memory");
  });

  it("are all closed in the end, also those that are lent", async () => {
    const model = fakeModel();
    const contexts = new Contexts();
    const lent = await contexts.borrow(model, SHORT);
    await (await contexts.borrow(model, SHORT))[Symbol.asyncDispose]();
    await contexts[Symbol.asyncDispose]();
    expect(model.closed()).toBe(2);
    await lent[Symbol.asyncDispose]();
    expect(model.closed()).toBe(2);
  });
});
