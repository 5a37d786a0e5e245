import { Argument, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { completionScript, SHELLS } from "./completion/scripts.ts";
import { completionTree } from "./completion/tree.ts";
import { afterHelp, CODES } from "./help.ts";
import { addCommonOptions } from "./options.ts";
import type { Runner } from "./runner.ts";
import { allBut } from "./taken.ts";

/** Registers completion; the script is made from the program itself. */
export function addCompletion(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("completion")
    .description("print the script that makes a shell complete commands and options")
    .addArgument(new Argument("<shell>", "whose script").choices(SHELLS))
    .action((shell, _options, self) =>
      run(self, async (context) => {
        const { requireText } = await import("./formatters.ts");
        requireText(context);
        await context.io.writeResult(completionScript(shell, completionTree(program)));
        return 0;
      }),
    );
  addCommonOptions(command, { takes: allBut("Output:", "format", "links", "strict") });
  const examples = [
    "focus completion bash > ~/.local/share/bash-completion/completions/focus",
    "focus completion zsh > ~/.zsh/completions/_focus    # a folder of your fpath",
    "focus completion fish > ~/.config/fish/completions/focus.fish",
  ];
  command.addHelpText("after", afterHelp(examples, CODES.completion));
}
