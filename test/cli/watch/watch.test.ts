import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { versionsOf, watch } from "../../../src/cli/watch/watch.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

it("hears of files that are written, renamed and deleted, even of the last one, until it is stopped", async () => {
  const cwd = await tempFolder({ "in/a.txt": "One.", "in/b.txt": "Two." });
  const stop = new AbortController();
  const now = await versionsOf(["in/a.txt", "in/b.txt", "in/none.txt"], cwd);
  expect([...now.keys()]).toEqual(["in/a.txt", "in/b.txt"]);
  const changes = watch(["in"], now, { cwd, signal: stop.signal });
  const next = async () => (await changes.next()).value;
  await writeFile(join(cwd, "in/c.txt"), "Three.");
  await rename(join(cwd, "in/a.txt"), join(cwd, "in/d.txt"));
  expect(await next()).toEqual({ changed: ["in/c.txt", "in/d.txt"], gone: ["in/a.txt"] });
  await rm(join(cwd, "in"), { recursive: true });
  expect(await next()).toEqual({ changed: [], gone: ["in/b.txt", "in/c.txt", "in/d.txt"] });
  const reason = new Error("enough");
  setTimeout(() => stop.abort(reason), 10);
  await expect(next()).rejects.toMatchObject({ name: "AbortError", cause: reason });
});
