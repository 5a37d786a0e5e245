import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { afterHelp, CODES } from "./help.ts";
import { addCommonOptions } from "./options.ts";
import { packageVersion } from "./package-version.ts";
import type { Runner } from "./runner.ts";
import { allBut } from "./taken.ts";

/** Registers mcp, serve and skill. */
export function addAgentCommands(program: CommandUnknownOpts, run: Runner): void {
  addMcp(program, run);
  addServe(program, run);
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
          return runMcp(context, { roots, version: packageVersion() });
        },
        "work",
      ),
    );
  addCommonOptions(command, {
    takes: ["Models:", "Reading:", "quiet", "verbose"],
    looksAt: [...allBut("Answering:", "failIfAbsent"), "Summarising:", "strict"],
  });
  const examples = ["focus mcp ~/Documents", "claude mcp add focus -- focus mcp ~/Documents"];
  command.addHelpText("after", afterHelp(examples, CODES.mcp));
}

function addServe(program: CommandUnknownOpts, run: Runner): void {
  const more = (value: string, before: readonly string[] = []): string[] => [...before, value];
  const command = program
    .command("serve")
    .description("serve documents to chat programs, as models of OpenAI's API (/v1/chat/completions)")
    .argument("[paths...]", "files, folders, globs or @NAMEs: each is a model by its name; none: all @NAMEs")
    .option("--port <n>", "where it listens; 0 takes a port that is free", "8484")
    .option("--host <address>", "whose requests it hears; any but this machine's need a token", "127.0.0.1")
    .option("--token-file <file>", "the bearer token that requests must have: the file's first line")
    .option("--allow-origin <origin>", "let a web page ask, such as http://localhost:3000; repeatable", more)
    .option("--allow-host <name>", "another name that requests may be addressed to; repeatable", more)
    .action((positionals, options, self) =>
      run(
        self,
        async (context) => {
          const { runServe } = await import("./commands/serve.ts");
          return runServe(context, { ...options, paths: positionals });
        },
        "service",
      ),
    );
  addCommonOptions(command, {
    takes: [...allBut("Answering:", "failIfAbsent"), "Reading:", "Models:", "quiet", "verbose"],
  });
  const examples = [
    "focus serve report.pdf contracts/",
    `curl -s http://127.0.0.1:8484/v1/chat/completions -H 'content-type: application/json' \\
      -d '{"model": "report.pdf", "messages": [{"role": "user", "content": "Who approved it?"}]}'`,
    "focus serve report.pdf --host 0.0.0.0 --token-file token",
  ];
  command.addHelpText("after", afterHelp(examples, CODES.serve));
}

function addSkill(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("skill")
    .description("print a SKILL.md that tells agents when and how to use focus")
    .action((_options, self) =>
      run(self, async (context) => (await import("./commands/skill.ts")).runSkill(context)),
    );
  addCommonOptions(command, { takes: allBut("Output:", "format", "links", "strict") });
  const examples = [
    "focus skill",
    "focus skill -o ~/.claude/skills/focus/SKILL.md    # the folder must be there",
  ];
  command.addHelpText("after", afterHelp(examples, CODES.completion));
}
