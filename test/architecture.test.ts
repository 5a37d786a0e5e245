import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Folder of src → folders of src it may import, and why; its own folder, fs and errors.ts always may be. */
const LAYERS: Readonly<Record<string, { readonly may: readonly string[]; readonly because: string }>> = {
  cli: {
    may: [
      "mcp",
      "server",
      "session",
      "config",
      "document",
      "texts",
      "engine",
      "model",
      "kv",
      "ocr",
      "prompt",
      "format",
    ],
    because: "the command line wires everything together, and nothing knows of it",
  },
  mcp: {
    may: ["session", "document", "engine", "format"],
    because: "a server answers with what sessions give, and takes resolved settings from the command line",
  },
  server: {
    may: ["session", "document", "engine", "format"],
    because:
      "it answers over HTTP with what sessions give, and takes resolved settings from the command line",
  },
  session: {
    may: ["config", "document", "texts", "engine", "model", "kv", "ocr", "prompt"],
    because:
      "a session opens documents and models by settings, for the command line and for other programs alike",
  },
  format: { may: ["engine", "document"], because: "formatters are pure functions of results, seen as types" },
  engine: {
    may: ["document", "texts", "prompt", "model", "kv"],
    because: "the engine gets resolved options and opened models, never settings or output",
  },
  model: {
    may: ["kv"],
    because: "a GGUF tells the geometry of its rows, and knows nothing of documents or questions",
  },
  texts: {
    may: ["document", "kv"],
    because: "parsers know nothing of a store, and the store nothing of documents: here they meet",
  },
  kv: { may: [], because: "rows are bytes: the store would serve any engine" },
  prompt: { may: [], because: "a template is text" },
  ocr: { may: ["document"], because: "it is a recogniser as documents want one, and knows no settings" },
  document: { may: [], because: "parsing needs no model" },
  config: { may: [], because: "settings are read before anything is opened" },
  fs: { may: [], because: "file-system helpers lie below all rooms" },
};

/** Room of src/engine → rooms of it that it may not import, and why. */
const ROOMS: Readonly<Record<string, { readonly mayNot: readonly string[]; readonly because: string }>> = {
  reader: {
    mayNot: ["ranking", "answer", "attribution", "candidates", "summary"],
    because: "reading chunks does not depend on what is asked",
  },
  ranking: {
    mayNot: ["answer", "attribution", "candidates", "summary"],
    because: "chunks are ranked before anything is answered",
  },
  receipt: {
    mayNot: ["ranking", "answer", "attribution", "candidates", "summary"],
    because: "a receipt is fed with counters",
  },
  attribution: {
    mayNot: ["answer", "candidates", "summary"],
    because: "passages are found for any answer, however it was made",
  },
  answer: { mayNot: ["summary"], because: "an answer needs no summary" },
  candidates: {
    mayNot: ["summary", "attribution"],
    because: "candidate tokens end where the answer is decoded",
  },
  summary: { mayNot: ["candidates"], because: "summaries are made of text" },
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
  zod: ["config", "mcp", "server"],
  "@modelcontextprotocol": ["mcp"],
  "smol-toml": ["config"],
  "env-paths": ["config"],
};

const FS_ONLY_IN = ["kv", "texts", "ocr", "prompt", "document", "config", "cli", "mcp", "model", "fs"];

function rules(): IForbiddenRuleType[] {
  const layers = Object.entries(LAYERS).map(([folder, { may: allowed, because }]): IForbiddenRuleType => {
    const may = [folder, "fs", ...allowed].join("|");
    return {
      name: `layer-${folder}`,
      comment: because,
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
  const rooms = Object.entries(ROOMS).map(([room, { mayNot, because }]): IForbiddenRuleType => {
    return {
      name: `room-${room}`,
      comment: because,
      severity: "error",
      from: { path: `^src/engine/${room}/` },
      to: { path: `^src/engine/(${mayNot.join("|")})/` },
    };
  });
  return [
    ...layers,
    ...rooms,
    ...packages,
    { name: "no-circular", severity: "error", from: { path: "^src/" }, to: { circular: true } },
    {
      name: "fs-at-the-edges",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${FS_ONLY_IN.join("|")})/` },
      to: { path: "^(node:)?fs" },
    },
    {
      name: "engine-sees-models-by-their-interface",
      comment: "the engine runs on any model that has the capabilities, in tests on one without a GGUF",
      severity: "error",
      from: { path: "^src/engine/" },
      to: {
        path: "^src/model/",
        pathNot: "^src/model/capabilities\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "format-sees-types",
      severity: "error",
      from: { path: "^src/format/" },
      // Page numbers are listed alike in warnings of the parser and in receipts.
      to: {
        path: "^src/(engine|document)/",
        pathNot: "^src/document/pages\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
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
  }, 120_000);

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
