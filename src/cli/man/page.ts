import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { KEY_NAMES, KEYS } from "../../config/keys.ts";
import { exitCodeLines } from "../help.ts";
import { example, item, macro, roff } from "./roff.ts";

/** The manual page of a program, focus(1), in roff with the macros of man(7). */
export function manPage(program: CommandUnknownOpts, version: string): string {
  const [summary = ""] = program.description().split("\n");
  const name = program.name();
  const lines = [
    macro("TH", name.toUpperCase(), "1", "", `${name} ${version}`, "User Commands"),
    ...section("NAME", [roff(`${name} - ${lowered(summary)}`)]),
    ...section("SYNOPSIS", [macro("B", name), roff(program.usage())]),
    ...section("DESCRIPTION", [roff(program.description())]),
    ...section("COMMANDS", shown(program).flatMap(command)),
    ...section("SETTINGS", settings(program)),
    ...section("EXIT STATUS", exitCodeLines().flatMap(exitCode)),
    ...section("EXAMPLES", example(examplesOf(program))),
  ];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return [macro("SH", title), ...lines];
}

/** "answers questions …", as the line of NAME has it. */
function lowered(summary: string): string {
  return `${summary.charAt(0).toLowerCase()}${summary.slice(1).replace(/\.$/u, "")}`;
}

/** Commands that do something, by their paths: "ask", "model list". */
function shown(program: CommandUnknownOpts): CommandUnknownOpts[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .filter((one) => program.commands.includes(one))
    .flatMap((one) => (one.commands.length === 0 ? [one] : one.commands));
}

function command(one: CommandUnknownOpts): string[] {
  const given = one.registeredArguments.map((argument) => `${argument.name()}: ${argument.description}`);
  const own = one.options.filter((option) => !isSetting(option));
  const examples = one.parent?.parent === null ? examplesOf(one) : [];
  return [
    macro("SS", `${nameOf(one)} ${one.usage()}`),
    roff(`${one.description()}.`),
    ...given.flatMap((line) => [".br", roff(line)]),
    ...own.flatMap((option) => item(option.flags, option.description)),
    ...(examples.length === 0 ? [] : [".PP", ...example(examples)]),
  ];
}

function nameOf(one: CommandUnknownOpts): string {
  return one.parent === null ? one.name() : `${nameOf(one.parent)} ${one.name()}`;
}

/** Options that every command takes. */
function settings(program: CommandUnknownOpts): string[] {
  const all = program.options.filter(isSetting);
  const told =
    "Every command knows these, and warns of one that does nothing in it; focus help settings tells where else they can be set.";
  return [roff(told), ...all.flatMap(({ flags, description }) => item(flags, description))];
}

const SETTINGS = new Set<string>(KEY_NAMES.map((key) => KEYS[key].flags));

function isSetting({ flags, long }: Option): boolean {
  return SETTINGS.has(flags) || long === "--json" || long === "--config";
}

function exitCode(line: string): string[] {
  const [, code = "", text = ""] = /^\s*(\d+)\s+(.*)$/u.exec(line) ?? [];
  return item(code, text);
}

/** The examples in a command's help. */
function examplesOf(one: CommandUnknownOpts): string[] {
  const parts: string[] = [];
  one.configureOutput({ writeOut: (text) => void parts.push(text) });
  one.outputHelp();
  const [, listed = ""] = parts.join("").split("Examples:\n");
  const [examples = ""] = listed.split("\n\n");
  return examples.split("\n").map((line) => line.replace(/^ {2}/u, ""));
}
