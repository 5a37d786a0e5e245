import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { expect, it } from "vitest";
import { cliReference } from "../../docs/generate-cli.ts";
import { folders } from "../../src/config/folders.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

const FILE = new URL("../../docs/cli.md", import.meta.url);

it("docs/cli.md is what the commands' --help says", async () => {
  const cwd = await tempFolder();
  const reference = await cliReference(async (path) => (await focus([...path, "--help"], { cwd })).stdout);
  const { UPDATE_DOCS } = process.env;
  if (UPDATE_DOCS !== undefined) await writeFile(FILE, reference);
  expect(await readFile(FILE, "utf8")).toBe(reference);
});

it("docs/cli.md names every folder that focus has", async () => {
  const text = await readFile(FILE, "utf8");
  for (const folder of Object.values(folders({ FOCUS_HOME: "/home" }))) {
    if (folder !== "/home") expect(text).toContain(`$FOCUS_HOME/${basename(folder)}`);
  }
  expect(text).toContain("$FOCUS_HOME/prompts");
});
