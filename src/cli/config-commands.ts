import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { KEY_NAMES } from "../config/keys.ts";
import { afterHelp, CODES } from "./help.ts";
import { addCommonOptions } from "./options.ts";
import type { Runner } from "./runner.ts";
import { PRINTING } from "./taken.ts";

/** Registers config, by which a setting that stands in the way of other commands can be changed. */
export function addConfigCommands(program: CommandUnknownOpts, runAs: Runner): void {
  const run: Runner = (command, work) => runAs(command, work, "settings");
  const config = program.command("config").description("settings: what they are, where each came from");
  const commands = [
    config
      .command("list")
      .alias("ls")
      .description("list every setting with its value and where that came from")
      .action((_options, self) =>
        run(self, async (context) => (await import("./commands/config.ts")).runConfigList(context)),
      ),
    config
      .command("get")
      .description("print the value that a setting has here")
      .argument("<key>", "as `focus config list` names it")
      .action((key, _options, self) =>
        run(self, async (context) => (await import("./commands/config.ts")).runConfigGet(context, key)),
      ),
    config
      .command("set")
      .description("set a value in your own focus.toml, whose other lines stay as they are")
      .argument("<key>", "as `focus config list` names it")
      .argument("<value>")
      .action((key, value, ...[, self]) =>
        run(self, async (context) =>
          (await import("./commands/config.ts")).runConfigSet(context, key, value),
        ),
      ),
    config
      .command("path")
      .description("print where your own focus.toml lies")
      .action((_options, self) =>
        run(self, async (context) => (await import("./commands/config.ts")).runConfigPath(context)),
      ),
  ];
  const examples = [
    "focus config list",
    "focus config set model qwen2.5-coder-1.5b",
    "focus config get chunk",
  ];
  for (const command of [config, ...commands]) {
    command.enablePositionalOptions();
    addCommonOptions(command, { takes: PRINTING, looksAt: KEY_NAMES });
    command.addHelpText("after", afterHelp(examples, CODES.config));
  }
}
