import { lstat, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileValue, namedKey, setInFile, withValue } from "../../src/config/edit.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

describe("withValue", () => {
  it("replaces a value where it stands, and leaves the rest of the line", () => {
    const text = '# mine\nchunk = 512 # small\ngpu = "off"\n';
    expect(withValue(text, "chunk", 256)).toBe('# mine\nchunk = 256 # small\ngpu = "off"\n');
    expect(withValue(text, "gpu", 'a "b"')).toBe('# mine\nchunk = 512 # small\ngpu = "a \\"b\\""\n');
  });

  it("adds what is not there at the top, where no table has begun", () => {
    expect(withValue("", "chunk", 256)).toBe("chunk = 256\n");
    expect(withValue("gpu = 'off'\n", "strict", true)).toBe("strict = true\ngpu = 'off'\n");
  });
});

describe("withValue, beside a table", () => {
  it("leaves a key of the table that is called the same", () => {
    const text = 'gpu = "off"\n[engine]\nmodel = "served"\n';
    expect(withValue(text, "model", "own")).toBe(`model = "own"\n${text}`);
    expect(withValue(text, "gpu", "auto")).toBe(text.replace("off", "auto"));
  });
});

describe("withValue, on lines that end as on Windows", () => {
  it("replaces a value before a comment, and adds lines that end alike", () => {
    expect(withValue("chunk = 256 # mine\r\nstrict = true\r\n", "chunk", 512)).toBe(
      "chunk = 512 # mine\r\nstrict = true\r\n",
    );
    expect(withValue("chunk = 256\r\n", "strict", true)).toBe("strict = true\r\nchunk = 256\r\n");
  });
});

describe("fileValue", () => {
  it("has the type that focus.toml has", () => {
    expect(fileValue("chunkTokens", "256")).toBe(256);
    expect(fileValue("strict", "yes")).toBe(true);
    expect(fileValue("timeoutMs", "5m")).toBe("5m");
    expect(fileValue("cacheBudgetBytes", "20GB")).toBe("20GB");
    expect(fileValue("model", "123")).toBe("123");
  });

  it("is refused when the setting cannot be that", () => {
    expect(() => fileValue("chunkTokens", "12")).toThrow('chunk is "12", expected a whole number from 64');
    expect(() => namedKey("chunck")).toThrow('no setting called "chunck"');
  });
});

describe("setInFile", () => {
  it("makes the file and its folder, and refuses what it cannot edit, leaving it alone", async () => {
    const cwd = await tempFolder({ "odd.toml": 'model = """\nchunk = 64\n"""\n' });
    await setInFile(join(cwd, "new/focus.toml"), "chunkTokens", 256);
    expect(await readFile(join(cwd, "new/focus.toml"), "utf8")).toBe("chunk = 256\n");
    await expect(setInFile(join(cwd, "odd.toml"), "chunkTokens", 128)).rejects.toThrow(
      "cannot be set by line",
    );
    expect(await readFile(join(cwd, "odd.toml"), "utf8")).toContain("chunk = 64");
    await writeFile(join(cwd, "table.toml"), '[engine]\nkind = "vllm"\n');
    await expect(setInFile(join(cwd, "table.toml"), "engineKind", "sglang")).rejects.toThrow(
      "engine-kind cannot be set by line",
    );
  });

  it("writes the file that a link names, also one that is not there yet", async () => {
    const cwd = await tempFolder({ "dotfiles/focus.toml": "chunk = 512\n" });
    const path = join(cwd, "focus.toml");
    await symlink("dotfiles/focus.toml", path);
    await setInFile(path, "chunkTokens", 256);
    expect(await readFile(join(cwd, "dotfiles/focus.toml"), "utf8")).toBe("chunk = 256\n");
    await symlink("dotfiles/new.toml", join(cwd, "new.toml"));
    await setInFile(join(cwd, "new.toml"), "chunkTokens", 128);
    expect(await readFile(join(cwd, "dotfiles/new.toml"), "utf8")).toBe("chunk = 128\n");
    for (const link of [path, join(cwd, "new.toml")]) expect((await lstat(link)).isSymbolicLink()).toBe(true);
  });
});
