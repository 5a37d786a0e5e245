import { stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type FileStamp, readSealed, writeSealed } from "../../../src/kv/store/sealed-file.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

it("does not hash a file again that it knows, though counting it as used changes its stamp", async () => {
  const path = join(await tempFolder(), "rows");
  await writeSealed(path, "key", Buffer.from("the rows of a chunk"));
  await writeFile(path, "THE", { flag: "r+" });
  await utimes(path, new Date(0), new Date(0));
  expect(await readSealed(path, "key")).toMatchObject({ kind: "damaged" });
  await utimes(path, new Date(0), new Date(0));
  const { ino, size, ctimeMs } = await stat(path);
  let known: FileStamp = { inode: ino, size, changedMs: ctimeMs };
  for (const _ of ["touched", "as it is now"]) {
    const found = await readSealed(path, "key", known);
    expect(found).toMatchObject({ kind: "good" });
    if (found.kind === "good") known = found.stamp;
  }
  expect(known.changedMs).toBeGreaterThan(ctimeMs);
});
