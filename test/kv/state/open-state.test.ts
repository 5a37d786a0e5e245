import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cellsAt, openState } from "../../../src/kv/state/open-state.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { TINY_EXPECTATION, tinyState } from "../../helpers/tiny-kv.ts";

async function stored(bytes: Uint8Array): Promise<string> {
  const path = join(await tempFolder(), "state.kv");
  await writeFile(path, bytes);
  return path;
}

describe("openState", () => {
  it("refuses a file that lacks its last byte", async () => {
    const bytes = tinyState();
    await expect(openState(await stored(bytes.subarray(0, -1)), TINY_EXPECTATION)).rejects.toMatchObject({
      name: "KvStoreError",
    });
  });

  it("finds cells by their positions, in the order of these", async () => {
    await using file = await openState(await stored(tinyState({ positions: [2, 0, 1] })), TINY_EXPECTATION);
    expect([...cellsAt(file.state, 1)]).toEqual([2, 0]);
    expect([...cellsAt(file.state, 0, 2)]).toEqual([1, 2]);
  });
});
