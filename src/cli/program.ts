import { Command, CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { addAgentCommands } from "./agent-commands.ts";
import { addCollectionCommands } from "./collection-commands.ts";
import { addCompletion } from "./completion-command.ts";
import { addConfigCommands } from "./config-commands.ts";
import { addDocumentCommands } from "./document-commands.ts";
import { afterHelp, CODES } from "./help.ts";
import { addKeepingCommands } from "./keeping-commands.ts";
import { addCommonOptions } from "./options.ts";
import type { Runner } from "./runner.ts";
import { FORMATS } from "./taken.ts";
import { addTopics } from "./topics.ts";

const DESCRIPTION = `Answers questions about documents far longer than a local model's window.
All of the document is searched, on this machine; every answer comes with page and quote.`;

const EXAMPLES = [
  'focus ask report.pdf "Who approved the budget?"',
  'focus ask contracts/ "Which contract ends first?"',
  'pdftotext report.pdf - | focus ask "Who approved the budget?"',
  "focus read report.pdf --dry-run",
  "focus doctor",
];

/** Code of the CommanderError by which parsing ends at --version; what is printed then is read from files. */
export const VERSION_ASKED = "commander.version";

/** All commands with their options. Nothing is loaded for them but commander until one of them runs. */
export function createProgram(run: Runner): CommandUnknownOpts {
  const program = new Command("focus")
    .description(DESCRIPTION)
    .usage("<command> [options]")
    .option("-V, --version", "print the versions of focus and its engine, and the default models")
    .enablePositionalOptions();
  program.on("option:version", () => {
    throw new CommanderError(0, VERSION_ASKED, "");
  });
  addDocumentCommands(program.commandsGroup("Documents:"), run);
  addCollectionCommands(program, run);
  addAgentCommands(program.commandsGroup("Other programs:"), run);
  addKeepingCommands(program.commandsGroup("Housekeeping:"), run);
  addConfigCommands(program, run);
  addCompletion(program, run);
  addTopics(program);
  program.helpCommand(
    "help [command]",
    "show the help of a command, or of: settings, exit-codes, privacy, prompts",
  );
  // Taken before the command as well as after it; shown where they belong.
  addCommonOptions(program, { takes: ["Output:", "General:"], formats: FORMATS.all });
  program.addHelpText("after", afterHelp(EXAMPLES, CODES.all));
  for (const command of [program, ...program.commands]) refuseUnknownHelp(command);
  return program;
}

/** `help foo` would print the help of all commands, and not say that there is no foo; parsed as a command, foo is refused. */
function refuseUnknownHelp(command: CommandUnknownOpts): void {
  command.on("beforeHelp", ({ error }: { readonly error: boolean }) => {
    const [help, name] = command.args;
    if (error && help === "help" && name !== undefined && name !== "help")
      command.parse([name], { from: "user" });
  });
}
