import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { commandPaths } from "../../docs/generate-cli.ts";
import { KEY_NAMES, KEYS } from "../../src/config/keys.ts";
import { EXIT } from "../../src/errors.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

/** Prints the URL of every module that is imported, on standard error. */
const SPY = `data:text/javascript,${encodeURIComponent(`
import { register } from "node:module";
register("data:text/javascript," + encodeURIComponent(\`
  import { writeSync } from "node:fs";
  export async function resolve(specifier, context, next) {
    const found = await next(specifier, context);
    writeSync(2, found.url + "\\\\n");
    return found;
  }\`));
`)}`;

const TOPICS = ["settings", "exit-codes", "privacy", "prompts"];

describe("help", () => {
  it("has topics: every setting, every exit code, privacy, prompts", async () => {
    const cwd = await tempFolder();
    const [settings, codes, ...others] = await Promise.all(
      TOPICS.map((topic) => focus(["help", topic], { cwd })),
    );
    for (const key of KEY_NAMES) expect(settings?.stdout).toContain(KEYS[key].flags);
    for (const code of Object.values(EXIT)) {
      expect(codes?.stdout).toMatch(new RegExp(`^ *${code} {2}\\S`, "mu"));
    }
    for (const { code, stdout } of others) expect([code, stdout.length > 200]).toEqual([0, true]);
  });

  it("says under privacy what uses the network, and every kind of text that stays on the disk", async () => {
    const { stdout } = await focus(["help", "privacy"], { cwd: await tempFolder() });
    const text = stdout.replaceAll(/\s+/gu, " ");
    for (const told of [
      "model pull",
      "ocr pull",
      "KV rows",
      "parsed text",
      "recognised in pictures",
      "history",
    ])
      expect(text).toContain(told);
  });

  it("says under prompts what each file is for, and under settings which other variables are obeyed", async () => {
    const cwd = await tempFolder();
    const prompts = (await focus(["help", "prompts"], { cwd })).stdout;
    for (const file of await readdir(new URL("../../prompts", import.meta.url))) {
      expect(prompts).toMatch(new RegExp(`(?<![\\w-])${file.replace(".", "\\.")}`, "u"));
    }
    const settings = (await focus(["help", "settings"], { cwd })).stdout;
    for (const name of [
      "NO_COLOR",
      "FORCE_COLOR",
      "FORCE_HYPERLINK",
      "CI",
      "PAGER",
      "FOCUS_HOME",
      "HF_TOKEN",
    ])
      expect(settings).toMatch(new RegExp(`\\b${name}\\b`, "u"));
  });

  it("exists for every command, on standard output, with exit codes at its end", async () => {
    const cwd = await tempFolder();
    for (const path of commandPaths().filter(([name = ""]) => !TOPICS.includes(name))) {
      const { code, stdout, stderr } = await focus([...path, "-h"], { cwd });
      expect([code, stderr], path.join(" ")).toEqual([0, ""]);
      expect(stdout).toMatch(new RegExp(`^Usage: ${["focus", ...path].join(" ")}(?:\\|list|\\|ls)? `, "u"));
      expect(stdout).toMatch(
        /Examples:\n {2}focus [\s\S]*Exit codes: 0, 1, 2, .*143 \(focus help exit-codes\)\nAll settings: focus help settings\n$/u,
      );
    }
  });

  it("is there in less than 200 ms, the median of five", async () => {
    const cwd = await tempFolder();
    const times: number[] = [];
    for (let i = 0; i < 5; i++) times.push((await focus(["--help"], { cwd })).elapsedMs);
    expect(times.sort((a, b) => a - b)[2]).toBeLessThan(200);
  });

  it("loads commander and nothing else that is large", async () => {
    const cwd = await tempFolder();
    const { stderr } = await focus(["ask", "--help"], { cwd, nodeArguments: ["--import", SPY] });
    const urls = stderr.split("\n").filter((url) => url !== "");
    const packages = new Set(urls.map((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(url)?.[1]));
    packages.delete(undefined);
    expect(urls.some((url) => url.endsWith("/dist/cli/main.js"))).toBe(true);
    expect([...packages].sort()).toEqual(["@commander-js/extra-typings"]);
    expect(urls.filter((url) => /\/dist\/(?:engine|model|document|kv|prompt|format)\//u.test(url))).toEqual(
      [],
    );
  });

  it("appears on standard error with exit code 2 when no command is given", async () => {
    const cwd = await tempFolder();
    for (const path of [[], ["model"], ["cache"]]) {
      const { code, stdout, stderr } = await focus(path, { cwd });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^Usage: focus/u);
    }
  });

  it("tells the versions of focus and its engine and the default model, and loads neither", async () => {
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    const cwd = await tempFolder();
    const { code, stdout } = await focus(["--version"], { cwd });
    expect(code).toBe(0);
    expect(stdout.split("\n")).toEqual([
      `focus ${version}`,
      expect.stringMatching(/^node-llama-cpp \d+\.\d+\.\d+, llama\.cpp \S+$/u),
      expect.stringMatching(/^smollm2-135m reads, /u),
      "",
    ]);
    const { stderr, elapsedMs } = await focus(["--version"], { cwd, nodeArguments: ["--import", SPY] });
    expect(stderr).toContain("/dist/cli/version.js");
    expect(stderr).not.toMatch(/\/node_modules\/(?!@commander-js|commander)/u);
    expect(elapsedMs).toBeLessThan(1000);
  });
});
