import { readdir, readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { folders } from "../../src/config/folders.ts";
import { SESSION_KEYS } from "../../src/session/settings.ts";

const ROOT = new URL("../../", import.meta.url);

function read(path: string): Promise<string> {
  return readFile(new URL(path, ROOT), "utf8");
}

it("docs/json.md has one section for each thing, and every command that prints JSON", async () => {
  const text = await read("docs/json.md");
  const headings = text.split("\n").filter((line) => /^#+ /u.test(line));
  expect(headings.filter((heading, i) => headings.indexOf(heading) !== i)).toEqual([]);
  const files = (await readdir(new URL("src/format/", ROOT))).filter((name) => name.endsWith(".ts"));
  const sources = await Promise.all(files.map((name) => read(`src/format/${name}`)));
  const commands = sources.flatMap((source) => [...source.matchAll(/command: "([a-z ]+)"/gu)]);
  expect(commands.length).toBeGreaterThan(10);
  for (const [, command] of commands) expect(text).toContain(`\`"${command}"\``);
});

it("docs/api.md names every option of a session, and every folder", async () => {
  const text = await read("docs/api.md");
  const names = [...SESSION_KEYS, "cwd", "folders", "signal", "onEvent"];
  for (const name of [...names, ...Object.keys(folders({ FOCUS_HOME: "/" }))])
    expect(text).toContain(`\`${name}\``);
});
