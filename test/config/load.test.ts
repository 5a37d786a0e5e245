import { join } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/cli/program.ts";
import { folders } from "../../src/config/folders.ts";
import type { KeyText } from "../../src/config/key-text.ts";
import { fileKey, KEY_NAMES, KEYS, variable } from "../../src/config/keys.ts";
import { type ConfigSources, explain, loadConfig } from "../../src/config/load.ts";
import { FLAGS_ALONE } from "../../src/config/misspelt.ts";
import { configSchema, expectation } from "../../src/config/schema.ts";
import { ADAPTER_NAMES } from "../../src/config/trust.ts";
import { UsageError } from "../../src/errors.ts";
import { ADAPTERS } from "../../src/model/adapters/adapters.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

type Setup = {
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly project?: string;
  readonly user?: string;
  readonly named?: string;
};

/** Settings from what a user has typed, exported and written. */
async function load({ flags = {}, env = {}, project, user, named }: Setup = {}) {
  const home = await tempFolder(user === undefined ? {} : { "focus.toml": user });
  const cwd = await tempFolder({
    ...(project === undefined ? {} : { "focus.toml": project }),
    ...(named === undefined ? {} : { "named.toml": named }),
  });
  const typed = Object.entries(flags).map(([key, value]) => [key, { value, flag: `--${key}` }] as const);
  return loadConfig({
    flags: new Map(typed) as unknown as ConfigSources["flags"],
    env: { FOCUS_HOME: home, ...env },
    cwd,
    configPath: named === undefined ? undefined : "named.toml",
  });
}

describe("defaults", () => {
  it("are those that the keys tell", async () => {
    const { config, origin } = await load();
    for (const key of KEY_NAMES) {
      const told: KeyText = KEYS[key];
      expect(config[key], key).toBe(told.default);
      expect(origin[key]).toEqual({ kind: "default" });
    }
    expect(config).toMatchObject({
      chunkTokens: 512,
      condenseChunks: 32,
      reader: "smollm2-135m",
      cache: true,
    });
  });

  it("are frozen", async () => {
    const { config, origin } = await load();
    expect(Object.isFrozen(config) && Object.isFrozen(origin)).toBe(true);
  });

  it("cover the same keys in the schema as in the texts", () => {
    expect(Object.keys(configSchema.shape)).toEqual(KEY_NAMES);
  });

  it("lie within the ranges that are told, and the ranges are those that are enforced", () => {
    for (const key of KEY_NAMES) {
      const { range }: KeyText = KEYS[key];
      if (range === undefined || key === "timeoutMs") continue;
      const accepts = (value: number): boolean => configSchema.shape[key].safeParse(value).success;
      expect([range[0], range[1], range[0] - 1, range[1] + 1].map(accepts), key).toEqual([
        true,
        true,
        false,
        false,
      ]);
    }
  });
});

describe("precedence", () => {
  const layers = {
    flags: { chunkTokens: "1000" },
    env: { FOCUS_CHUNK: "900" },
    project: "chunk = 800",
    user: "chunk = 700",
  };

  it("is flag, variable, project file, user file", async () => {
    const { flags: _1, ...noFlags } = layers;
    const { env: _2, ...noVariables } = noFlags;
    const { project: _3, ...userOnly } = noVariables;
    const found = await Promise.all([layers, noFlags, noVariables, userOnly].map(load));
    expect(found.map(({ config }) => config.chunkTokens)).toEqual([1000, 900, 800, 700]);
    expect(found.map(({ origin }) => origin.chunkTokens.kind)).toEqual([
      "flag",
      "environment",
      "project",
      "user",
    ]);
  });

  it("puts the file of --config in the project file's place", async () => {
    const { config, origin } = await load({ ...layers, flags: {}, env: {}, named: "chunk = 850" });
    expect(config.chunkTokens).toBe(850);
    expect(origin.chunkTokens).toEqual({ kind: "named", path: "named.toml" });
  });

  it("finds the file of FOCUS_CONFIG as that of --config", async () => {
    await expect(load({ env: { FOCUS_CONFIG: "none.toml" } })).rejects.toThrow("none.toml: no such file");
  });

  it("lets a flag switch off what a variable switches on", async () => {
    const { config } = await load({
      flags: { cache: false },
      env: { FOCUS_CACHE: "yes", FOCUS_OFFLINE: "on" },
    });
    expect(config).toMatchObject({ cache: false, offline: true });
  });

  it("takes an empty variable for none", async () => {
    expect((await load({ env: { FOCUS_CHUNK: " " } })).config.chunkTokens).toBe(512);
  });
});

describe("values", () => {
  it("takes pages as text or a number, and a list as one text or several", async () => {
    const { config } = await load({
      flags: { include: ["*.md", "*.txt"] },
      env: { FOCUS_PAGES: "3-10, 15" },
    });
    expect(config).toMatchObject({ pages: "3-10, 15", include: ["*.md", "*.txt"], exclude: undefined });
    const file = await load({ project: 'pages = 7\nexclude = "drafts/"' });
    expect(file.config).toMatchObject({ pages: "7", exclude: ["drafts/"] });
    expect(explain(file).find(({ key }) => key === "exclude")?.value).toBe("drafts/");
  });

  it.each(["10-3", "0", "iv"])("refuses pages %j, and says what was expected", async (pages) => {
    await expect(load({ flags: { pages } })).rejects.toThrow(
      `is "${pages}", expected a list of pages such as 3-10,15 or 40- (to the end), the first being 1`,
    );
  });

  it("come with units, in files as numbers", async () => {
    const { config } = await load({
      flags: { cacheBudgetBytes: "2GB" },
      env: { FOCUS_MAX_ANSWER: "64" },
      user: 'timeout = 90\nbudget = 8192\nfail-if-absent = true\ngpu = "off"',
    });
    expect(config).toMatchObject({
      cacheBudgetBytes: 2e9,
      answerTokens: 64,
      timeoutMs: 90_000,
      budgetTokens: 8192,
      failIfAbsent: true,
      gpu: "off",
    });
  });

  it("of candidates are counts, words, and a budget of nothing", async () => {
    const { config } = await load({
      env: { FOCUS_REFRESH: "16", FOCUS_BUDGET: "0", FOCUS_CONDENSER: "both" },
    });
    expect(config).toMatchObject({ refresh: 16, budgetTokens: 0, condenser: "both" });
    expect((await load({ user: 'refresh = "every"' })).config.refresh).toBe("every");
  });

  it.each([
    [
      { env: { FOCUS_REFRESH: "0" } },
      'FOCUS_REFRESH is "0", expected one of none, every or a number of tokens',
    ],
    [{ env: { FOCUS_BUDGET: "255" } }, "expected a whole number from 256 to 131072, or 0 (tokens)"],
    [{ env: { FOCUS_CONDENSER: "note" } }, "expected one of answer, likelihood, candidates, both"],
    [
      { flags: { chunkTokens: "12" } },
      '--chunkTokens is "12", expected a whole number from 64 to 4096 (tokens)',
    ],
    [{ flags: { chunkTokens: "512.5" } }, 'is "512.5", expected a whole number'],
    [{ env: { FOCUS_GPU: "yes" } }, 'FOCUS_GPU is "yes", expected one of auto, off, metal, cuda, vulkan'],
    [{ env: { FOCUS_OFFLINE: "maybe" } }, 'FOCUS_OFFLINE is "maybe", expected true or false'],
    [{ env: { FOCUS_TIMEOUT: "0" } }, 'FOCUS_TIMEOUT is "0", expected a duration such as'],
    [{ env: { FOCUS_TIMEOUT: "700h" } }, "expected a duration such as"],
    [{ env: { FOCUS_CACHE_BUDGET: "much" } }, "expected a size such as 500MB"],
    [{ project: "threads = 0" }, "focus.toml: threads is 0, expected a whole number from 1 to 256"],
    [{ user: "threads = true" }, "threads is true, expected a whole number from 1 to 256"],
    [{ user: 'model = ""' }, 'model is "", expected a text that is not empty'],
    [{ user: "password = 5" }, "password is (hidden), expected a text"],
  ])("that cannot be used are refused by name: %j", async (setup, message) => {
    const failure = load(setup);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toBeInstanceOf(UsageError);
  });

  it("are refused in a file even where a flag wins", async () => {
    await expect(load({ flags: { chunkTokens: "512" }, user: "chunk = 1" })).rejects.toThrow(
      "chunk is 1, expected",
    );
  });
});

describe("files", () => {
  it("with unknown keys are refused, with the key that was meant", async () => {
    await expect(load({ user: "chunck = 512" })).rejects.toMatchObject({
      message: expect.stringContaining('focus.toml: unknown key "chunck"'),
      hint: "did you mean chunk?",
    });
    await expect(load({ project: "[zebra]\na = 1" })).rejects.toMatchObject({
      hint: expect.stringContaining("known keys: model, reader, "),
    });
  });

  it("that are no TOML are refused with the line", async () => {
    await expect(load({ project: "chunk = 512\ngpu = off\n" })).rejects.toThrow("focus.toml: line 2: ");
  });
});

describe("a project file that nobody vouched for", () => {
  it.each([
    'model = "./evil.gguf"',
    'model = "evil.gguf"',
    'model = "hf:evil/model"',
    'reader = "https://example.org/x"',
    'adapter = "./evil.gguf"',
    'adapter = "evil"',
    'adapter = "None"',
    'output = "../x"',
    'cache-budget = "1MB"',
    "offline = false",
    'engine = "http://elsewhere"',
    '[engine]\nurl = "http://elsewhere"',
    '[engine]\nkey = "AWS_SECRET_ACCESS_KEY"',
  ])("may not set %s", async (project) => {
    await expect(load({ project })).rejects.toMatchObject({
      message: expect.stringContaining("but may not"),
      hint: expect.stringContaining("--config focus.toml"),
    });
  });

  it.each([
    ['engine-key = "sk-live-123"', "engine-key"],
    ['engine = "http://me:sk-live-123@elsewhere"', "engine"],
    ['engine = "http://elsewhere/?key=sk-live-123"', "engine"],
    ['model = "https://me:sk-live-123@elsewhere/x.gguf"', "model"],
  ])("is refused without the secret that it sets: %s", async (project, key) => {
    const failure = load({ project });
    await expect(failure).rejects.toThrow(`sets ${key} = (hidden), but may not`);
    await expect(failure).rejects.not.toThrow("sk-live-123");
  });

  it("may choose a known model, and stay offline", async () => {
    const { config } = await load({
      project: 'model = "qwen2.5-coder-1.5b"\nreader = "same"\noffline = true',
    });
    expect(config).toMatchObject({ model: "qwen2.5-coder-1.5b", reader: "same", offline: true });
  });

  it("may choose an adapter that comes with focus, or none", async () => {
    expect(ADAPTER_NAMES).toEqual(ADAPTERS.map(({ name }) => name));
    for (const adapter of [...ADAPTER_NAMES, "none"]) {
      expect((await load({ project: `adapter = "${adapter}"` })).config.adapter).toBe(adapter);
    }
  });

  it("may do all that when it is named, and so may the user's own", async () => {
    expect((await load({ named: 'model = "./mine.gguf"' })).config.model).toBe("./mine.gguf");
    expect((await load({ user: 'model = "./mine.gguf"' })).config.model).toBe("./mine.gguf");
  });
});

describe("variables", () => {
  it("that are nearly right are told, others are left alone", async () => {
    const { warnings } = await load({
      env: { FOCUS_CHUNKS: "512", FOCUS_GROUP: "x", FOCUS_CACHE_DIR: "kv" },
    });
    expect(warnings).toEqual([
      "the variable FOCUS_CHUNKS is not known and is ignored; did you mean FOCUS_CHUNK?",
    ]);
  });

  it("of contraries are told, with the variable that is meant", async () => {
    const { warnings } = await load({
      env: { FOCUS_NO_CACHE: "1", FOCUS_NO_COLOUR: "1", FOCUS_NO_MODEL: "1", FOCUS_NO_RADIO: "1" },
    });
    expect(warnings).toEqual([
      "the variable FOCUS_NO_CACHE is not known and is ignored; did you mean FOCUS_CACHE=0?",
      "the variable FOCUS_NO_COLOUR is not known and is ignored; did you mean FOCUS_COLOR=0?",
      "the variable FOCUS_NO_MODEL is not known and is ignored; did you mean FOCUS_MODEL?",
    ]);
  });

  it("of options that are no settings are told, quiet is one", async () => {
    const { config, warnings } = await load({
      env: { FOCUS_DRY_RUN: "1", FOCUS_ALL: "1", FOCUS_QUIET: "1" },
    });
    expect(config.quiet).toBe(true);
    expect(warnings).toEqual([
      "the variable FOCUS_DRY_RUN is not known and is ignored; --dry-run is no setting: it has to be typed",
      "the variable FOCUS_ALL is not known and is ignored; --all is no setting: it has to be typed",
    ]);
  });

  it("are known of every option that is no setting", () => {
    const program = createProgram(async () => {});
    const commands = [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)];
    const names = new Set(commands.flatMap(({ options }) => options.map(({ long }) => long?.slice(2))));
    const settings = [...KEY_NAMES.map((key) => new Option(KEYS[key].flags).long?.slice(2)), "config"];
    for (const name of [...settings, "version"]) names.delete(name);
    expect([...names].sort()).toEqual([...FLAGS_ALONE].sort());
  });

  it("and keys have names that follow from the flags", () => {
    expect(fileKey("answerTokens")).toBe("max-answer");
    expect([variable("answerTokens"), variable("cache"), variable("color")]).toEqual([
      "FOCUS_MAX_ANSWER",
      "FOCUS_CACHE",
      "FOCUS_COLOR",
    ]);
    for (const names of [KEY_NAMES.map(fileKey), KEY_NAMES.map(variable)]) {
      expect(new Set(names).size).toBe(KEY_NAMES.length);
    }
    for (const key of KEY_NAMES) expect(expectation(key)).toMatch(/^(?:a|one|true)/u);
  });
});

it.each(["0.001s", "576h"])("%s is a duration, as the error about others says", async (text) => {
  expect((await load({ flags: { timeoutMs: text } })).config.timeoutMs).toBeGreaterThan(0);
  expect(expectation("timeoutMs")).toContain(text);
});

describe("opposites", () => {
  it.each([
    { flags: { quiet: true }, env: { FOCUS_VERBOSE: "1" }, is: { quiet: true, verbose: false } },
    { flags: { verbose: true }, user: "quiet = true", is: { quiet: false, verbose: true } },
    { flags: { condenseChunks: "64" }, env: { FOCUS_THOROUGH: "1" }, is: { thorough: false } },
    { env: { FOCUS_CONDENSE: "9" }, project: "thorough = true", is: { thorough: false, condenseChunks: 9 } },
    { flags: { thorough: true }, env: { FOCUS_CONDENSE: "9" }, is: { thorough: true, condenseChunks: 32 } },
    { env: { FOCUS_QUIET: "0" }, project: "verbose = true", is: { quiet: false, verbose: true } },
    { env: { FOCUS_QUIET: "1", FOCUS_VERBOSE: "1" }, is: { quiet: true, verbose: true } },
  ])("are what the nearer of them says: $flags $env", async ({ is, ...setup }) => {
    expect((await load(setup)).config).toMatchObject(is);
  });

  it("that are overruled have no origin", async () => {
    const { origin } = await load({ flags: { quiet: true }, env: { FOCUS_VERBOSE: "1" } });
    expect(origin).toMatchObject({ quiet: { kind: "flag" }, verbose: { kind: "default" } });
  });
});

describe("explain", () => {
  it("shows an address without what may be a key", async () => {
    const rows = explain(await load({ env: { FOCUS_MODEL: "https://example.com/x.gguf?token=abc" } }));
    expect(rows).toContainEqual({ key: "model", value: "https://example.com/x.gguf", origin: "FOCUS_MODEL" });
  });

  it("names every key's value and origin, but no password", async () => {
    const rows = explain(await load({ env: { FOCUS_PASSWORD: "secret" }, project: "chunk = 256" }));
    expect(rows).toHaveLength(KEY_NAMES.length);
    expect(rows).toContainEqual({ key: "chunk", value: 256, origin: "focus.toml: chunk" });
    expect(rows).toContainEqual({ key: "password", value: "(set)", origin: "FOCUS_PASSWORD" });
    expect(rows).toContainEqual({ key: "timeout", value: null, origin: "default" });
  });
});

describe("folders", () => {
  it("all move with FOCUS_HOME, the store alone with FOCUS_CACHE_DIR", async () => {
    const home = await tempFolder();
    expect(folders({ FOCUS_HOME: home })).toEqual({
      config: home,
      models: join(home, "models"),
      kv: join(home, "kv"),
      state: join(home, "state"),
      ocr: join(home, "ocr"),
      recognised: join(home, "recognised"),
    });
    const moved = folders({ FOCUS_CACHE_DIR: home });
    expect(moved.kv).toBe(home);
    expect(moved.models).toMatch(/focus.models$/iu);
  });
});

describe("a table [engine]", () => {
  it("has the settings of the server by their short names, and goes with flags and variables", async () => {
    const named =
      'chunk = 256\n\n[engine]\nurl = ["http://a:1", "https://b/v1"]\nkind = "vllm"\nconcurrency = 4\nsalt = "x"\n';
    const loaded = await load({ named, env: { FOCUS_ENGINE_CONCURRENCY: "8" } });
    expect(loaded.config).toMatchObject({
      chunkTokens: 256,
      engine: ["http://a:1", "https://b/v1"],
      engineKind: "vllm",
      engineConcurrency: 8,
      engineSalt: "x",
    });
    expect(explain(loaded)).toContainEqual({
      key: "engine-salt",
      value: "(set)",
      origin: "named.toml: engine-salt",
    });
  });

  it.each([
    [
      "a setting that also stands before it",
      'engine-kind = "vllm"\n[engine]\nkind = "sglang"',
      "engine-kind stands both in",
    ],
    ["a setting that there is not", '[engine]\nurls = "http://a"', 'unknown key "engine-urls"'],
    [
      "a key in the address",
      '[engine]\nurl = "http://user:secret@a"',
      "is (hidden), expected an address such as",
    ],
    ["another protocol", '[engine]\nurl = "ftp://a"', "expected an address such as"],
    ["a key in the place of its variable", '[engine]\nkey = "sk-1234"', "(hidden)"],
  ])("is refused with %s", async (_, named, message) => {
    await expect(load({ named })).rejects.toThrow(message);
  });
});
