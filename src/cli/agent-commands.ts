import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { afterHelp, CODES } from "./help.ts";
import { addCommonOptions } from "./options.ts";
import type { Runner } from "./runner.ts";

/** Registers mcp and skill. */
export function addAgentCommands(program: CommandUnknownOpts, run: Runner): void {
  addMcp(program, run);
  addSkill(program, run);
}

function addMcp(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("mcp")
    .description("serve documents to agents over the Model Context Protocol, on standard input and output")
    .argument("[paths...]", "folders and files that may be read; left out: those that the client names")
    .action((roots, _options, self) =>
      run(
        self,
        async (context) => {
          const { runMcp } = await import("./commands/mcp.ts");
          return runMcp(context, { roots, version: program.version() ?? "" });
        },
        "decided by the work",
      ),
    );
  addCommonOptions(command, ["Models:", "Reading:", "quiet", "verbose"]);
  const examples = ["focus mcp ~/Documents", "claude mcp add focus -- focus mcp ~/Documents"];
  command.addHelpText("after", afterHelp(examples, CODES.mcp));
}

function addSkill(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("skill")
    .description("print a SKILL.md that tells agents when and how to use focus")
    .action((_options, self) =>
      run(self, async (context) => (await import("./commands/skill.ts")).runSkill(context)),
    );
  addCommonOptions(command, ["Output:", "General:"]);
  const examples = ["mkdir -p ~/.claude/skills/focus", "focus skill -o ~/.claude/skills/focus/SKILL.md"];
  command.addHelpText("after", afterHelp(examples, CODES.completion));
}
