import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commandPaths } from "../../docs/generate-cli.ts";
import { EXIT } from "../../src/errors.ts";
import { answerJson, placesJson } from "../../src/format/json.ts";
import { ANSWER } from "../format/samples.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

const SKILL = readFileSync(new URL("../../skill/SKILL.md", import.meta.url), "utf8");

it("is printed by the command, whole, and written to a file", async () => {
  const cwd = await tempFolder();
  expect(await focus(["skill"], { cwd })).toMatchObject({ code: 0, stdout: SKILL, stderr: "" });
  await focus(["skill", "-o", "SKILL.md"], { cwd });
  expect(readFileSync(join(cwd, "SKILL.md"), "utf8")).toBe(SKILL);
});

it("has the head that agents look for", () => {
  expect(SKILL).toMatch(/^---\nname: focus\ndescription: .{100,1024}\n---\n/u);
});

it("names only commands and options that there are", async () => {
  const cwd = await tempFolder();
  const commands = commandPaths().map((path) => path.join(" "));
  const named = [...SKILL.matchAll(/`focus ([a-z]+)([^`]*)`/gu)];
  expect(named.length).toBeGreaterThan(8);
  for (const [, name = "", rest = ""] of named) {
    expect(commands, name).toContain(name);
    const { stdout } = await focus([name, "--help"], { cwd });
    const { stdout: settings } = await focus(["help", "settings"], { cwd });
    for (const [option] of rest.matchAll(/--[a-z-]+/gu)) expect(stdout + settings, option).toContain(option);
  }
});

it("names only fields that there are in the JSON, and every exit code", () => {
  const places = placesJson({
    ...ANSWER,
    places: ANSWER.citations,
    uncertain: [],
    unsureChunks: 0,
    timings: { loadMs: 0, findMs: 0, totalMs: 0 },
  });
  const known = new Set([
    ...Object.keys(answerJson(ANSWER)),
    ...Object.keys(places),
    ...ANSWER.citations.flatMap((citation) => Object.keys(citation)),
    ...["answered", "uncertain", "absent", "error", "code", "message", "hint"],
  ]);
  const [, fields = ""] = /## What ask gives with --json\n(.*?)\n## /su.exec(SKILL) ?? [];
  for (const [, name = ""] of fields.matchAll(/`([a-zA-Z]+)`/gu)) expect(known, name).toContain(name);
  const codes = [...SKILL.matchAll(/^\| (\d+) \|/gmu)].map(([, code]) => Number(code));
  expect(codes).toEqual(Object.values(EXIT));
});
