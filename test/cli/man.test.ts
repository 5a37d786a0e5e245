import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { commandPaths } from "../../docs/generate-cli.ts";
import { manPage } from "../../src/cli/man/page.ts";
import { item, roff } from "../../src/cli/man/roff.ts";
import { packageVersion } from "../../src/cli/package-version.ts";
import { createProgram } from "../../src/cli/program.ts";
import { KEYS } from "../../src/config/keys.ts";
import { EXIT } from "../../src/errors.ts";

const ROOT = new URL("../../", import.meta.url);
const MACROS = ["TH", "SH", "SS", "PP", "TP", "B", "EX", "EE", "br"];
const TOPICS = ["settings", "exit-codes", "privacy", "prompts"];

const page = manPage(
  createProgram(async () => {}),
  packageVersion(),
);

describe("focus(1)", () => {
  it("is what was built, and comes with the package", async () => {
    const { man } = JSON.parse(await readFile(new URL("package.json", ROOT), "utf8"));
    expect(await readFile(new URL(man, ROOT), "utf8")).toBe(page);
    const pack = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const { stdout } = await promisify(execFile)("npm", pack, { cwd: fileURLToPath(ROOT) });
    const [{ files }] = JSON.parse(stdout);
    expect(files.map(({ path }: { path: string }) => `./${path}`)).toContain(man);
  });

  it("has every command, every setting and every exit code", () => {
    const all = commandPaths().filter(([name = ""]) => name !== "" && !TOPICS.includes(name));
    const leaves = all.filter(
      (path) => !all.some((other) => path.length < other.length && other[0] === path[0]),
    );
    expect(leaves.length).toBeGreaterThan(20);
    for (const path of leaves) expect(page).toContain(`\n.SS "focus ${roff(path.join(" "))} `);
    for (const { flags } of Object.values(KEYS)) expect(page).toContain(`\n.B "${roff(flags)}"\n`);
    for (const code of Object.values(EXIT)) expect(page).toContain(`\n.B "${code}"\n`);
  });

  it("has no line that roff would take for a request, but macros of man(7)", () => {
    const requests = page.split("\n").filter((line) => /^[.']/u.test(line));
    expect(requests.length).toBeGreaterThan(100);
    for (const line of requests) expect(MACROS).toContain(/^\.(\w+)/u.exec(line)?.[1]);
    expect(page).not.toMatch(/[^\\]--/u);
    expect(roff(".EX\n'br a\\fB-x")).toBe("\\&.EX\n\\&'br a\\efB\\-x");
    expect(item('--say "x"', "a")).toEqual([".TP", '.B "\\-\\-say \\(dqx\\(dq"', "a"]);
  });
});
