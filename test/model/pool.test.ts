import { describe, expect, it } from "vitest";
import { fakeModel } from "../helpers/fake-model.ts";

const openPool = (sequences: number) =>
  fakeModel().openPool({ sequences, contextTokens: 64, sliceTokens: 16 });
const later = () => new Promise((resolve) => setImmediate(resolve));

describe("jobs that run together", () => {
  it("are prepared one after the other and done at once, group by group, with results in order", async () => {
    await using pool = await openPool(2);
    const log: string[] = [];
    const note = async (what: string): Promise<void> => {
      log.push(`${what} begins`);
      await later();
      log.push(`${what} ends`);
    };
    const results = await pool.runTogether(
      ["a", "b", "c"],
      (item) => note(`prepare ${item}`),
      async (item, sequence) => {
        await note(`do ${item}`);
        return { item, sequence };
      },
    );
    expect(results.map(({ item }) => item)).toEqual(["a", "b", "c"]);
    expect(results[0]?.sequence).not.toBe(results[1]?.sequence);
    const group = ["prepare a begins", "prepare a ends", "prepare b begins", "prepare b ends"];
    expect(log.slice(0, 6)).toEqual([...group, "do a begins", "do b begins"]);
    expect(log.slice(8)).toEqual(["prepare c begins", "prepare c ends", "do c begins", "do c ends"]);
  });

  it("throws the first failure when the others of its group have ended, and begins no other group", async () => {
    await using pool = await openPool(2);
    const ended: string[] = [];
    const running = pool.runTogether(
      ["bad", "good", "never"],
      async () => undefined,
      async (item) => {
        if (item === "bad") throw new Error("no logits");
        await later();
        ended.push(item);
      },
    );
    await expect(running).rejects.toThrow("no logits");
    expect(ended).toEqual(["good"]);
  });
});
