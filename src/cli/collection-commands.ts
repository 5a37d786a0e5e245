import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { afterHelp, CODES } from "./help.ts";
import { addCommonOptions } from "./options.ts";
import type { Runner } from "./runner.ts";
import { PRINTING } from "./taken.ts";

/** Registers add. */
export function addCollectionCommands(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("add")
    .description("give documents a name, to be used as @NAME in place of paths; alone: list the names")
    .argument("[name]", "such as reports, which is @reports from then on")
    .argument("[paths...]", "files, folders or globs; they come to those that the name has already")
    .option("--remove", "take the paths, or without any the whole name, away again; documents stay")
    .action((name, paths, ...[{ remove = false }, self]) =>
      run(self, async (context) => {
        const { runAdd } = await import("./commands/add.ts");
        return runAdd(context, { name, paths, remove });
      }),
    );
  addCommonOptions(command, { takes: PRINTING, looksAt: ["include", "exclude", "hidden", "ignore"] });
  const examples = [
    "focus add contracts ~/contracts 'archive/*.pdf'",
    'focus ask @contracts "Which contract ends first?"',
    "focus add",
    "focus add --remove contracts",
  ];
  command.addHelpText("after", afterHelp(examples, CODES.add));
}
