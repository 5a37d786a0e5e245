import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { type ConfigKey, KEY_NAMES } from "../config/keys.ts";
import { afterHelp, CODES } from "./help.ts";
import { addCommonOptions } from "./options.ts";
import type { Runner } from "./runner.ts";
import { PRINTING } from "./taken.ts";

/** Registers setup, model, ocr, cache and doctor. */
export function addKeepingCommands(program: CommandUnknownOpts, run: Runner): void {
  addSetup(program, run);
  addModel(program, run);
  addOcr(program, run);
  addCache(program, run);
  addDoctor(program, run);
}

function addSetup(program: CommandUnknownOpts, run: Runner): void {
  const setup = program
    .command("setup")
    .description("fetch a reader, and the best writer for this machine; later questions use them")
    .action((_options, self) =>
      run(self, async (context) => (await import("./commands/setup.ts")).runSetup(context)),
    );
  finish([setup], afterHelp(["focus setup"], CODES.model));
}

function addModel(program: CommandUnknownOpts, run: Runner): void {
  const model = program
    .command("model")
    .description("GGUF models: what is known, what is here, what fits this machine");
  const commands = [
    model
      .command("list")
      .alias("ls")
      .description("list the models that focus knows and those that are here")
      .action((_options, self) =>
        run(self, async (context) => (await import("./commands/model.ts")).runModelList(context)),
      ),
    model
      .command("pull")
      .description("fetch a model and check it")
      .argument(
        "[model]",
        "a name from `focus model list`, or a hf: or https: URI; left out: as `focus setup`",
      )
      .action((name, _options, self) =>
        run(self, async (context) =>
          name === undefined
            ? (await import("./commands/setup.ts")).runSetup(context)
            : (await import("./commands/model.ts")).runModelPull(context, name),
        ),
      ),
    model
      .command("rm")
      .description("delete a model's file")
      .argument("<model>", "a name from `focus model list`")
      .action((name, _options, self) =>
        run(self, async (context) => (await import("./commands/model.ts")).runModelRemove(context, name)),
      ),
    model
      .command("path")
      .description("print where a model lies, or the folder of all of them")
      .argument("[model]", "a name from `focus model list`")
      .action((name, _options, self) =>
        run(self, async (context) => (await import("./commands/model.ts")).runModelPath(context, name)),
      ),
  ];
  const examples = [
    "focus model list",
    "focus model pull qwen2.5-coder-1.5b",
    "focus model rm qwen2.5-coder-1.5b",
  ];
  finish([model, ...commands], afterHelp(examples, CODES.model));
}

function addOcr(program: CommandUnknownOpts, run: Runner): void {
  const ocr = program
    .command("ocr")
    .description("text recognition in scans and pictures: an install of its own");
  const commands = [
    ocr
      .command("list")
      .alias("ls")
      .description("list the languages that are installed")
      .action((_options, self) =>
        run(self, async (context) => (await import("./commands/ocr.ts")).runOcrList(context)),
      ),
    ocr
      .command("pull")
      .description("install text recognition and a language, by npm (about 67 MB)")
      .argument("[language]", "a code of Tesseract such as deu, fra or chi_sim; left out: eng")
      .action((language, _options, self) =>
        run(self, async (context) =>
          (await import("./commands/ocr.ts")).runOcrPull(context, language ?? "eng"),
        ),
      ),
  ];
  finish([ocr, ...commands], afterHelp(["focus ocr pull eng", "focus ocr list"], CODES.model));
}

function addCache(program: CommandUnknownOpts, run: Runner): void {
  const cache = program.command("cache").description("the KV store: what it holds, how large, how old");
  const commands = [
    cache
      .command("ls")
      .alias("list")
      .description("list the documents that the store holds, last used first")
      .action((_options, self) =>
        run(self, async (context) => (await import("./commands/cache.ts")).runCacheList(context)),
      ),
    cache
      .command("rm")
      .description("delete documents, with the chunks that no other document has, or everything")
      .argument(
        "[ids...]",
        "ids, beginnings of ids, paths as `focus cache ls` shows them, folders or @NAMEs: all that is stored of them",
      )
      .option("--all", "delete everything")
      .action((ids, { all = false }, self) =>
        run(self, async (context) =>
          (await import("./commands/cache.ts")).runCacheRemove(context, { ids, all }),
        ),
      ),
    cache
      .command("gc")
      .description(
        "check every chunk; delete damaged and unclaimed ones, and the least recently used beyond --cache-budget",
      )
      .action((_options, self) =>
        run(self, async (context) => (await import("./commands/cache.ts")).runCacheCollect(context)),
      ),
  ];
  const examples = ["focus cache ls", "focus cache rm report.pdf", "focus cache gc --cache-budget 5GB"];
  finish([cache, ...commands], afterHelp(examples, CODES.cache));
}

function addDoctor(program: CommandUnknownOpts, run: Runner): void {
  const doctor = program
    .command("doctor")
    .description("check device, memory, model, store, PDF parser and settings: what is wrong and what to do")
    .action((_options, self) =>
      run(self, async (context) => (await import("./commands/doctor.ts")).runDoctor(context)),
    );
  finish([doctor], afterHelp(["focus doctor", "focus doctor --json"], CODES.doctor));
}

/** By the command's name. */
const LOOKS_AT: Readonly<Record<string, readonly ConfigKey[]>> = {
  ls: ["cacheBudgetBytes"],
  gc: ["cacheBudgetBytes"],
  // Globs of a collection.
  rm: ["include", "exclude", "hidden", "ignore"],
  doctor: KEY_NAMES,
};

function finish(commands: readonly CommandUnknownOpts[], after: string): void {
  for (const command of commands) {
    command.enablePositionalOptions();
    addCommonOptions(command, { takes: PRINTING, looksAt: LOOKS_AT[command.name()] ?? [] });
    command.addHelpText("after", after);
  }
}
