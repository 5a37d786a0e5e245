import { join } from "node:path";
import { expect, it } from "vitest";
import { listing } from "../../src/mcp/listing.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

it("lists what there is when a file was deleted after it was found", async () => {
  const cwd = await tempFolder({ "a.txt": "Here." });
  const files = [join(cwd, "a.txt"), join(cwd, "gone.txt")];
  const { text, json } = await listing({ files, skipped: [] }, []);
  expect(text).toBe(`${files[0]} (5 B)`);
  expect(json).toMatchObject({ documents: [{ path: files[0], bytes: 5 }], more: 0 });
});
