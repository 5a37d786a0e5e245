import { describe, expect, it } from "vitest";
import {
  candidateKey,
  chunkKey,
  chunkOfKey,
  type KeySettings,
  settingsKey,
} from "../../../src/kv/store/key.ts";
import { isChunkKey } from "../../../src/kv/store/store-layout.ts";

const SETTINGS: KeySettings = {
  modelFingerprint: "a",
  engineRelease: "v0.5.0",
  sequences: 1,
  sliceTokens: 256,
  processor: "cpu",
  prefixTokens: Uint32Array.of(1, 2),
};

const CHANGES: { readonly [Field in keyof KeySettings]: KeySettings[Field] } = {
  modelFingerprint: "b",
  engineRelease: "v0.6.0",
  sequences: 2,
  sliceTokens: 512,
  processor: "cuda",
  prefixTokens: Uint32Array.of(2, 1),
};

describe("settingsKey", () => {
  it.each(Object.entries(CHANGES))("changes with %s", (field, value) => {
    expect(settingsKey({ ...SETTINGS, [field]: value })).not.toBe(settingsKey(SETTINGS));
  });

  it("is 16 hex digits and does not depend on the order of the fields", () => {
    const reversed = Object.fromEntries(Object.entries(SETTINGS).reverse()) as KeySettings;
    expect(settingsKey(SETTINGS)).toMatch(/^[0-9a-f]{16}$/u);
    expect(settingsKey(reversed)).toBe(settingsKey(SETTINGS));
  });

  it("stays the same from release to release, or every stored chunk is lost", () => {
    expect(settingsKey(SETTINGS)).toMatchInlineSnapshot(`"31a4d8701f4ebed7"`);
  });
});

describe("chunkKey", () => {
  const settings = settingsKey(SETTINGS);
  const tokens = Uint32Array.of(1, 2, 3);
  const key = chunkKey(settings, tokens);

  it("lies in the folder of its settings", () => {
    expect(key).toMatch(new RegExp(`^${settings}/[0-9a-f]{64}$`, "u"));
  });

  it("changes with settings, tokens, their order, their number and the start position", () => {
    const others = [
      chunkKey("0123456789abcdef", tokens),
      chunkKey(settings, Uint32Array.of(1, 2, 4)),
      chunkKey(settings, Uint32Array.of(3, 2, 1)),
      chunkKey(settings, Uint32Array.of(1, 2)),
      chunkKey(settings, Uint32Array.of(1, 2, 3, 0)),
      chunkKey(settings, tokens, 5),
    ];
    expect(new Set([key, ...others]).size).toBe(others.length + 1);
  });

  it("is that of the tokens seen, not of the buffer behind a view", () => {
    expect(chunkKey(settings, Uint32Array.of(9, 1, 2, 3, 9).subarray(1, 4))).toBe(key);
  });
});

describe("candidateKey", () => {
  const chunk = chunkKey(settingsKey(SETTINGS), Uint32Array.of(1, 2, 3));
  const question = { adapter: "ab", scale: 1, promptTokens: Uint32Array.of(4, 5) };
  const key = candidateKey(chunk, question);

  it("is a key of the store that names its chunk", () => {
    expect(key).toMatch(/^[0-9a-f]{16}\/[0-9a-f]{64}-[0-9a-f]{16}$/u);
    expect([chunkOfKey(key), chunkOfKey(chunk)]).toEqual([chunk, chunk]);
    expect(isChunkKey(key)).toBe(true);
  });

  it("changes with the chunk, the adapter, its scale and the question", () => {
    const other = chunkKey(settingsKey(SETTINGS), Uint32Array.of(1, 2));
    const others = [
      candidateKey(other, question),
      candidateKey(chunk, { ...question, adapter: "cd" }),
      candidateKey(chunk, { ...question, scale: 0 }),
      candidateKey(chunk, { ...question, promptTokens: Uint32Array.of(5, 4) }),
      chunk,
    ];
    expect(new Set([key, ...others]).size).toBe(others.length + 1);
  });
});
