import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { askArguments, documentPaths, requireFocus, type Surroundings } from "./arguments.ts";
import { parseShard } from "./batch/shard.ts";
import type { CommandContext } from "./context.ts";
import { afterHelp, CODES } from "./help.ts";
import { namedPath, namedPaths } from "./named-paths.ts";
import { addCommonOptions } from "./options.ts";
import type { Runner, Work } from "./runner.ts";
import { allBut, FORMATS, PRINTING } from "./taken.ts";

/** Registers ask, chat, find, extract, summarize, read and text. */
export function addDocumentCommands(program: CommandUnknownOpts, runAs: Runner): void {
  const run: Runner = (command, work, kind = "answer") => runAs(command, work, kind);
  addAsk(program, run);
  addChat(program, run);
  addFind(program, run);
  addExtract(program, run);
  addSummarize(program, run);
  addRead(program, run);
  addText(program, run);
}

function addAsk(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("ask")
    .description("answer a question about documents, with page and quote")
    .usage('[options] <paths...> "question"')
    .argument(
      "[paths...]",
      "files, folders, globs, @NAMEs or - for standard input; the last one is the question unless --question is given",
    )
    .option("--question <text>", "the question, when paths come last or from a glob")
    .action((positionals, { question }, self) =>
      run(self, async (context) => {
        const asked = askArguments(positionals, question, around(context));
        const request = { ...asked, paths: await namedPaths(context, asked.paths) };
        const { runAsk } = await import("./commands/ask.ts");
        return runAsk(context, request);
      }),
    );
  addCommonOptions(command, {
    takes: ["Answering:", "Reading:", "Models:", "Output:"],
    formats: FORMATS.answers,
  });
  const examples = [
    'focus ask report.pdf "Who approved the budget?"',
    'focus ask --question "Who approved the budget?" reports/*.pdf',
    'focus ask report.pdf "Who approved the budget?" --json | jq .citations',
    'curl -s https://example.org/page.html | focus ask "What does it cost?"',
  ];
  command.addHelpText("after", afterHelp(examples, CODES.ask));
}

function addChat(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("chat")
    .description("ask question after question, with documents and models opened once")
    .argument(
      "[paths...]",
      "files, folders, globs or @NAMEs; questions come from the terminal, or a pipe, a line each",
    )
    .action((positionals, _options, self) =>
      run(
        self,
        async (context) => {
          const around = { exists: () => false, stdinIsTerminal: true };
          const paths = documentPaths(positionals, "usage: focus chat <paths...>", around);
          const { runChat } = await import("./commands/chat.ts");
          return runChat(context, await namedPaths(context, paths));
        },
        "service",
      ),
    );
  addCommonOptions(command, {
    takes: ["Answering:", "Reading:", "Models:", ...allBut("Output:", "output")],
    formats: FORMATS.answers,
  });
  const examples = [
    "focus chat report.pdf",
    "focus chat contracts/ < questions.txt",
    "printf '%s\\n' 'Who approved the budget?' 'and in 2023?' | focus chat report.pdf --format jsonl",
  ];
  command.addHelpText("after", `\n${CHAT_ENDS}\n${afterHelp(examples, CODES.chat)}`);
}

const CHAT_ENDS = [
  "At the prompt: /help lists the commands. Ctrl-C stops an answer; a second one, or one on an empty line, leaves.",
  "Exit codes: 0 when you leave; 130 when a second Ctrl-C does; from a pipe, that of the first line that failed.",
].join("\n");

function addFind(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("find")
    .description("find every passage that answers, and a few that may, with page and quote")
    .usage('[options] <paths...> "question"')
    .argument(
      "[paths...]",
      "files, folders, globs, @NAMEs or - for standard input; the last one is the question unless --question is given",
    )
    .option("--question <text>", "the question, when paths come last or from a glob")
    .option("--count", "only how many there are")
    .action((positionals, { question, count = false }, self) =>
      run(self, async (context) => {
        const asked = askArguments(positionals, question, around(context));
        const request = { ...asked, paths: await namedPaths(context, asked.paths), count };
        const { runFind } = await import("./commands/find.ts");
        return runFind(context, request);
      }),
    );
  addCommonOptions(command, {
    takes: ["failIfAbsent", "Reading:", ...allBut("Models:", "model"), "Output:"],
    looksAt: ["condenseChunks", "thorough", "condenser"],
    formats: FORMATS.all,
  });
  const examples = [
    'focus find contract.pdf "What may end the contract?"',
    'focus find minutes/ "What was decided about the roof?" --format csv -o places.csv',
    'focus find report.pdf "Who was injured?" --count',
  ];
  command.addHelpText("after", afterHelp(examples, CODES.ask));
}

function addExtract(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("extract")
    .description("extract items by a JSON schema, each with page and quote; needs a writer (focus setup)")
    .argument("[paths...]", "files, folders, globs, @NAMEs or - for standard input")
    .option("--schema <file>", "JSON Schema of an item: an object with flat properties")
    .action((positionals, { schema }, self) =>
      run(self, async (context) => {
        const usage = "usage: focus extract <paths...> --schema <file>";
        const paths = documentPaths(positionals, usage, around(context));
        const { runExtract } = await import("./commands/extract.ts");
        return runExtract(context, { paths: await namedPaths(context, paths), schema });
      }),
    );
  addCommonOptions(command, {
    takes: ["failIfAbsent", "condenseChunks", "thorough", "Reading:", "Models:", "Output:"],
    // A style for which no writer would be opened is refused.
    looksAt: ["condenser", "answerStyle"],
    formats: FORMATS.items,
  });
  const examples = [
    "focus extract invoices/ --schema invoice.json --format csv -o invoices.csv",
    "focus extract minutes.pdf --schema decision.json --json | jq '.items[].values'",
  ];
  command.addHelpText("after", afterHelp(examples, CODES.ask));
}

function addSummarize(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("summarize")
    .description("summarise documents, one by one; each point with its page")
    .argument("[paths...]", "files, folders, globs, @NAMEs or - for standard input")
    .option(
      "--focus <text>",
      "what to look for; otherwise what matters most, from everywhere in the document",
    )
    .option("--combined", "one summary over all documents, each point with its document")
    .option("--force", "do again what an earlier run has finished in the folder of -o")
    .option("--dry-run", "tell files, pages, tokens, time and bytes of the reading without doing it")
    .option(
      "--shard <k/n>",
      "only one of n parts of the files, by their content, such as 3/8 on the third of eight machines",
    )
    .action((positionals, { focus, combined = false, force = false, dryRun = false, shard }, self) => {
      const work: Work = async (context) => {
        const usage = "usage: focus summarize <paths...> [-o FILE or FOLDER]";
        const paths = documentPaths(positionals, usage, around(context));
        const { runSummarize } = await import("./commands/summarize.ts");
        const wanted = { focus: requireFocus(focus), combined, force, dryRun, shard: parseShard(shard) };
        return runSummarize(context, { paths: await namedPaths(context, paths), ...wanted });
      };
      return run(self, work, "work");
    });
  const judging = ["answerStyle", "condenseChunks", "thorough", "condenser", "budgetTokens"] as const;
  addCommonOptions(command, {
    takes: ["Summarising:", ...judging, "Reading:", "Models:", "Output:"],
    formats: FORMATS.answers,
  });
  const examples = [
    "focus summarize report.pdf",
    'focus summarize report.pdf --focus "risks and what they cost" --style bullets',
    "focus summarize reports/ --combined --style outline",
    "focus summarize reports/ -o summaries/    # a file for each; what is finished is not done again",
    "focus summarize reports/ -o summaries/ --shard 3/8    # the third of eight machines",
  ];
  command.addHelpText("after", afterHelp(examples, CODES.summarize));
}

function addRead(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("read")
    .description("only read: fill the KV store, so that questions start at once")
    .argument("[paths...]", "files, folders, globs, @NAMEs or - for standard input")
    .option("--dry-run", "tell pages, tokens, time and bytes without reading")
    .option(
      "--shard <k/n>",
      "only one of n parts of the files, by their content, such as 3/8 on the third of eight machines",
    )
    .option("--watch", "go on, and read again whatever changes or is new, until Ctrl-C")
    .action((positionals, { dryRun = false, watch = false, shard }, self) =>
      run(self, async (context) => {
        const paths = documentPaths(positionals, "usage: focus read <paths...>", around(context));
        const { runRead } = await import("./commands/read.ts");
        return runRead(context, {
          paths: await namedPaths(context, paths),
          dryRun,
          watch,
          shard: parseShard(shard),
        });
      }),
    );
  addCommonOptions(command, { takes: ["Reading:", ...allBut("Models:", "model"), ...PRINTING, "strict"] });
  const examples = ["focus read report.pdf", "focus read reports/ --dry-run", "focus read reports/ --watch"];
  command.addHelpText("after", afterHelp(examples, CODES.read));
}

function addText(program: CommandUnknownOpts, run: Runner): void {
  const command = program
    .command("text")
    .description("print the text of a document and its attachments as the model will see it")
    .argument("[path]", "a file, or - for standard input")
    .action((path, _options, self) =>
      run(self, async (context) => {
        const positionals = path === undefined ? [] : [path];
        const [only = "-"] = documentPaths(positionals, "usage: focus text <path>", around(context));
        const { runText } = await import("./commands/text.ts");
        return runText(context, await namedPath(context, only));
      }),
    );
  const keys = ["pages", "password", "passwordFile", "ocr", "cache", "cacheBudgetBytes"] as const;
  addCommonOptions(command, { takes: [...keys, ...PRINTING, "strict"] });
  const examples = [
    "focus text report.pdf",
    "focus text report.pdf --pages 3-10,15",
    "focus text report.pdf --json | jq .pages",
  ];
  command.addHelpText("after", afterHelp(examples, CODES.text));
}

function around({ cwd, io }: CommandContext): Surroundings {
  return { stdinIsTerminal: io.stdinIsTerminal, exists: (path) => existsSync(resolve(cwd, path)) };
}
