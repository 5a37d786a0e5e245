import type { KeyText } from "./key-text.ts";

/** Settings of what is read: passwords, text recognition, which pages, and which files of folders and globs. */
export const SOURCE_KEYS = {
  password: {
    flags: "--password <text>",
    group: "Reading:",
    purpose: "opens encrypted PDF files; --password-file keeps it out of the shell's history",
    isSecret: true,
  },
  passwordFile: {
    flags: "--password-file <file>",
    group: "Reading:",
    purpose: "takes that password from the first line of a file",
  },
  ocr: {
    flags: "--ocr <languages>",
    group: "Reading:",
    purpose: "languages in which text is recognised in scans and pictures; auto: all of `focus ocr list`",
    choices: ["auto", "off", "<languages>"],
    default: "auto",
  },
  pages: {
    flags: "--pages <list>",
    group: "Reading:",
    purpose:
      "only these pages of each document, such as 3-10,15 or 40-, counted from 1 in the file; a document without pages is refused",
  },
  include: {
    flags: "--include <glob>",
    group: "Reading:",
    purpose:
      "of folders and globs only the files that match, in the manner of .gitignore; may be given several times",
    isList: true,
  },
  exclude: {
    flags: "--exclude <glob>",
    group: "Reading:",
    purpose: "of folders and globs no file or folder that matches; may be given several times",
    isList: true,
  },
  hidden: {
    flags: "--hidden",
    group: "Reading:",
    purpose: "of folders and globs also what begins with a dot, but never .git",
    default: false,
  },
  ignore: {
    flags: "--no-ignore",
    group: "Reading:",
    purpose: "of folders and globs also what .gitignore files name",
    default: true,
  },
} as const satisfies Readonly<Record<string, KeyText>>;
