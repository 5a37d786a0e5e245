import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { exitCodeLines } from "./help.ts";
import { addAllOptions } from "./options.ts";

const SETTINGS = [
  "Every setting is an option of every command, a variable (FOCUS_CHUNK=256) and a key of focus.toml (focus",
  "config set chunk 256). The option goes first, then the variable, ./focus.toml, your own focus.toml, the",
  "default. A command warns of an option that does nothing in it.",
].join(" ");

const VARIABLES = [
  "Besides these, FOCUS_HOME is a folder for everything that focus keeps, and FOCUS_CACHE_DIR one for the KV store",
  "alone. Colours, and links on a terminal, follow NO_COLOR, FORCE_COLOR (0 = none) and TERM=dumb, links also",
  "FORCE_HYPERLINK (0 = none). Where CI is set, progress is plain lines. focus chat shows excerpts through PAGER, or less. Models are",
  "pulled from HF_ENDPOINT, if set, and with HF_TOKEN.",
].join(" ");

const PRIVACY = [
  "No document, question or answer leaves this machine, unless you name a model server: --engine sends it the",
  "text. The network is used to pull models (by setup, by model pull, and by the first question where its",
  "model is not here yet) and text recognition (by ocr pull, which has your own npm fetch it); --offline forbids",
  "both, and every server that is not on this machine. What stays on the disk, in the clear, are the models",
  "and, of what was read, the KV rows, the whole parsed text of documents of 64 KiB and more, and all text that",
  "was recognised in pictures (focus doctor says where the store lies, focus cache ls what it holds). Whoever has",
  "the model can turn rows back into text. --no-cache keeps none of what was read; focus cache rm deletes a document's",
  "rows and parsed text, focus cache rm --all everything, recognised text as well. With a password no text is",
  "kept, but rows are. Questions typed in focus chat are kept as its history, unless --no-cache is given.",
  "focus serve answers programs of this machine, and others only where --host and a token let them.",
].join(" ");

const PROMPTS = [
  'What models are told can be changed. A file in the folder "prompts" beside your own focus.toml (focus',
  "config path) stands for the one of that name in the package: answer.txt is what a writer gets with",
  "passages and question, hints.txt how it is told what the condenser found, system.txt what comes before it,",
  "follow-up.txt makes whole questions of those that go on in a chat. note.txt and, with --focus, note-focus.txt",
  "make notes of chunks, digest.txt writes of the best passages at once (--depth once), merge.txt makes one text of",
  "notes (--merge), translate.txt translates points, and topic.txt is what a summary looks for without --focus.",
  "extract.txt lists items, support.txt weighs passages, condense.txt chunks by likelihood (--condenser likelihood), and judge.txt does",
  "for find and extract at a server. prefix.txt stands before every chunk: with another one all is read anew. The",
  "placeholders in double braces must stay. Condensers are trained with a form of their own, which no file changes.",
].join(" ");

/** Registers the topics of `focus help TOPIC`: texts, not commands. */
export function addTopics(program: CommandUnknownOpts): void {
  const settings = topic(program, "settings", `${SETTINGS}\n\n${VARIABLES}`);
  addAllOptions(settings);
  topic(program, "exit-codes", `What a command ends with:\n\n${exitCodeLines().join("\n")}`);
  topic(program, "privacy", PRIVACY);
  topic(program, "prompts", PROMPTS);
}

function topic(program: CommandUnknownOpts, name: string, text: string): CommandUnknownOpts {
  const command = program.command(name, { hidden: true }).description(text);
  command.configureHelp({ commandUsage: () => `focus help ${name}` });
  command.helpOption("-h, --help", "show this text");
  return command.action(() => command.outputHelp());
}
