import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { createProgram } from "../src/cli/program.ts";
import type { KeyText } from "../src/config/key-text.ts";
import { fileKey, KEY_NAMES, KEYS, variable } from "../src/config/keys.ts";

/** Arguments of every command that has a help text: [], ["ask"], …, ["cache", "gc"]. */
export function commandPaths(): readonly string[][] {
  return walk(
    createProgram(async () => {}),
    [],
  );
}

function walk(command: CommandUnknownOpts, path: readonly string[]): string[][] {
  const below = command.commands.flatMap((child) => walk(child, [...path, child.name()]));
  return [[...path], ...below];
}

const HEAD = `# The command line

<!-- Made from the help texts by docs/generate-cli.ts. Do not edit: change the texts in src/cli and src/config/keys.ts,
     then run \`npm run build && UPDATE_DOCS=1 npx vitest run --project cli test/cli/docs.test.ts\`. -->

Results go to standard output and nothing else does; progress, warnings and receipts go to standard error.
`;

const SETTINGS = `## Settings

Every setting in this table is also a variable and a key of \`focus.toml\`. The first of these that has a value wins:

1. the flag;
2. the variable; an empty one counts as not set, and switches take \`1\`, \`true\`, \`yes\`, \`on\` or their contraries;
3. \`focus.toml\` in the working folder, or the file that \`--config\` (or \`FOCUS_CONFIG\`) names in its place. Unless it is
   named, such a file may not name a model by path or URI or an adapter of its own, name a password file, send documents to a model server, choose the output file, resize the KV store
   or switch the network on;
4. \`focus.toml\` in the settings folder: \`$FOCUS_HOME\`, or the platform's own;
5. the default.

Of \`--quiet\` and \`--verbose\`, and of \`--thorough\` and \`--condense\`, the one that comes first in this order puts the other back to
its default.

A format that a \`focus.toml\` names is meant for answers: what has no such form, such as \`focus doctor\` as \`html\`, is printed
as text. ask, chat, find, extract and summarize refuse a format that they do not have, and so does every command where a
flag or a variable names it. In the same way an \`output\` of a \`focus.toml\` is for results of documents alone: lists, settings
and \`focus chat\` go to standard output. A relative \`password-file\` of a \`focus.toml\` begins at the folder of that file.

A key that focus does not know or a value that it cannot use is an error, whichever of these it comes from.
\`focus doctor\` shows every value and where it came from.

| key in focus.toml | variable | values | default |
|---|---|---|---|
`;

const VARIABLES = `
## Other variables

| variable | what it does |
|---|---|
| \`FOCUS_CONFIG\` | the file of \`--config\` |
| \`FOCUS_HOME\`, \`FOCUS_CACHE_DIR\` | see [folders](#folders) |
| \`NO_COLOR\` | not empty: no colours, nor links on terminals |
| \`FORCE_COLOR\` | colours in a pipe, too, but never in a file of \`-o\`; \`0\` or \`false\`: none |
| \`TERM\` | \`dumb\`: neither colours nor links |
| \`FORCE_HYPERLINK\` | links on a terminal that is not known to have them, where it gets colours; \`0\` or \`false\`: none |
| \`CI\` | not empty: progress is plain lines |
| \`PAGER\` | a shell's command that shows excerpts in \`focus chat\`, \`less -FRX\` otherwise |
| \`HF_TOKEN\`, \`HF_ENDPOINT\` | for models that want a login, and a mirror of the hub |

\`NO_COLOR\` goes before \`FORCE_COLOR\`; \`TERM\` comes last.
`;

const FOLDERS = `
## Folders

| what | with \`FOCUS_HOME\` | otherwise, on Linux |
|---|---|---|
| settings | \`$FOCUS_HOME/focus.toml\` | \`~/.config/focus/focus.toml\` |
| named collections | \`$FOCUS_HOME/collections\` | \`~/.config/focus/collections\` |
| prompts of your own | \`$FOCUS_HOME/prompts\` | \`~/.config/focus/prompts\` |
| models | \`$FOCUS_HOME/models\` | \`~/.local/share/focus/models\` |
| text recognition | \`$FOCUS_HOME/ocr\` | \`~/.local/share/focus/ocr\` |
| KV store, with parsed texts | \`$FOCUS_HOME/kv\` | \`~/.cache/focus/kv\` |
| recognised texts | \`$FOCUS_HOME/recognised\` | \`~/.cache/focus/recognised\` |
| history of chat | \`$FOCUS_HOME/state/chat-history\` | \`~/.local/state/focus/chat-history\` |
| when a writer was last advised (empty) | \`$FOCUS_HOME/state/writer-advised\` | \`~/.local/state/focus/writer-advised\` |

macOS and Windows have their own places for these. \`FOCUS_CACHE_DIR\` moves the KV store alone.
`;

/** docs/cli.md: every command's help, as `help` returns it for the command's arguments, and the table of settings. */
export async function cliReference(help: (path: readonly string[]) => Promise<string>): Promise<string> {
  const sections: string[] = [];
  for (const path of commandPaths()) {
    const name = ["focus", ...path].join(" ");
    sections.push(`## ${name}\n\n\`\`\`\n${(await help(path)).trimEnd()}\n\`\`\`\n`);
  }
  const rows = KEY_NAMES.map((key) => {
    const told: KeyText = KEYS[key];
    return `| \`${fileKey(key)}\` | \`${variable(key)}\` | ${values(told)} | ${shownDefault(told)} |\n`;
  });
  return `${HEAD}\n${sections.join("\n")}\n${SETTINGS}${rows.join("")}${VARIABLES}${FOLDERS}`;
}

function values({ choices, range, unit, flags, default: value }: KeyText): string {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(", ");
  if (flags.includes("<duration>")) return "`90s`, `5m`, `1h30m`, seconds";
  if (flags.includes("<size>")) return "`500MB`, `20GB`, bytes";
  if (range !== undefined) return `${range[0]} to ${range[1]}${unit === undefined ? "" : ` ${unit}`}`;
  return typeof value === "boolean" ? "`true`, `false`" : "text";
}

function shownDefault({ default: value, unset }: KeyText): string {
  return value === undefined ? (unset ?? "none") : `\`${value}\``;
}
