import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Folder of src → folders of src it may import; its own folder and errors.ts always may be. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  cli: ["config", "document", "engine", "model", "kv", "prompt", "format"],
  // Formatters see results only as types: checked by the rule "format-sees-types" below.
  format: ["engine", "document"],
  engine: ["document", "prompt", "model", "kv"],
  model: ["kv"],
  kv: [],
  prompt: [],
  document: [],
  config: [],
};

/** Package or node: module → the only folders of src that may import it. */
const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  "node-llama-cpp": ["model"],
  "@embedpdf/pdfium": ["document"],
  htmlparser2: ["document"],
  jschardet: ["document"],
  "postal-mime": ["document"],
  "fast-glob": ["document"],
  ignore: ["document"],
  "franc-min": ["document"],
  commander: ["cli"],
  "@commander-js/extra-typings": ["cli"],
  ora: ["cli"],
  chalk: ["cli", "format"],
  "wrap-ansi": ["format"],
  zod: ["config"],
  "smol-toml": ["config"],
  "env-paths": ["config"],
};

const FS_ONLY_IN = ["kv", "prompt", "document", "config", "cli", "model"];

function rules(): IForbiddenRuleType[] {
  const layers = Object.entries(LAYERS).map(([folder, allowed]): IForbiddenRuleType => {
    const may = [folder, ...allowed].join("|");
    return {
      name: `layer-${folder}`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: { path: "^src/", pathNot: `^src/(errors\\.ts$|(${may})/)` },
    };
  });
  const packages = Object.entries(ONLY_IN).map(([name, folders]): IForbiddenRuleType => {
    return {
      name: `only-in-${folders.join("-or-")}: ${name}`,
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${folders.join("|")})/` },
      to: { path: `node_modules/${name}/` },
    };
  });
  return [
    ...layers,
    ...packages,
    { name: "no-circular", severity: "error", from: { path: "^src/" }, to: { circular: true } },
    {
      name: "fs-at-the-edges",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${FS_ONLY_IN.join("|")})/` },
      to: { path: "^(node:)?fs" },
    },
    {
      name: "format-sees-types",
      severity: "error",
      from: { path: "^src/format/" },
      to: { path: "^src/(engine|document)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-dev-dependency",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ];
}

async function cruiseSources(forbidden: IForbiddenRuleType[]): Promise<ICruiseResult> {
  const { output } = await cruise(
    ["src"],
    {
      baseDir: ROOT,
      validate: true,
      ruleSet: { forbidden },
      tsPreCompilationDeps: true,
      doNotFollow: { path: "node_modules" },
    },
    undefined,
    { tsConfig: extractTsConfig(join(ROOT, "tsconfig.json")) },
  );
  if (typeof output === "string") throw new Error("dependency-cruiser returned text instead of a result");
  return output;
}

function sourceFiles(): string[] {
  return readdirSync(join(ROOT, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

describe("the layers of src", () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    result = await cruiseSources(rules());
  });

  it("are all seen by the check, so that green does not mean empty", () => {
    const seen = result.modules.map((module) => module.source).filter((source) => source.startsWith("src/"));
    expect(new Set(seen)).toEqual(new Set(sourceFiles()));
  });

  it("import only downwards, without cycles, and packages only where they belong", () => {
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual(
      [],
    );
  });

  it("would be reported if broken", async () => {
    const planted = await cruiseSources([
      { name: "planted", severity: "error", from: { path: "^src/engine/" }, to: { path: "^src/document/" } },
    ]);
    expect(planted.summary.violations.length).toBeGreaterThan(0);
  });
});

describe("source files", () => {
  it("stay readable: at most 250 lines each, and none is called utils", () => {
    for (const path of sourceFiles()) {
      expect(readFileSync(join(ROOT, path), "utf8").split("\n").length, path).toBeLessThanOrEqual(250);
      expect(path).not.toMatch(/(?:^|\/)(?:utils|helpers|common)(?:\.|\/)/u);
    }
  });
});
