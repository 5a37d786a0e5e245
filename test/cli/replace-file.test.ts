import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../src/cli/batch/summarize-file.ts";
import { save } from "../../src/cli/chat/save.ts";
import type { CommandContext } from "../../src/cli/context.ts";
import { replaceFile, requireReplaceable } from "../../src/cli/replace-file.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const LONGEST = `${"x".repeat(252)}.md`;

describe("a name", () => {
  it("may be as long as the file system takes it", async () => {
    const cwd = await tempFolder();
    await requireReplaceable(join(cwd, LONGEST), "--output");
    await replaceFile(join(cwd, LONGEST), "text");
    expect(await readFile(join(cwd, LONGEST), "utf8")).toBe("text");
    const chat = `${"y".repeat(252)}.md`;
    await save(chat, "text", { cwd, own: new Set() });
    expect(await readdir(cwd)).toEqual([LONGEST, chat]);
  });

  it("that is too long is refused before the work begins, and is no reason to stop a batch", async () => {
    const cwd = await tempFolder();
    const path = join(cwd, `x${LONGEST}`);
    const message = `FOCUS_OUTPUT ${path} cannot be written: the name is longer than the file system allows`;
    await expect(requireReplaceable(path, "FOCUS_OUTPUT")).rejects.toMatchObject({
      message,
      hint: "give it a shorter name",
    });
    const error = await replaceFile(path, "text").catch((caught: unknown) => caught);
    const context = { signal: new AbortController().signal } as CommandContext;
    expect(failureOf(error, context)).toBe(
      "its summary cannot be written: the name is longer than the file system allows",
    );
    expect(await readdir(cwd)).toEqual([]);
  });
});

it("what cannot be written is told without the name of a temporary file, and with what to do", async () => {
  await expect(requireReplaceable("/proc/answer.txt", "--output")).rejects.toMatchObject({
    message: "--output /proc/answer.txt cannot be written: no such file or folder",
    hint: "name a file in another folder",
  });
});
