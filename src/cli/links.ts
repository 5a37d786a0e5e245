import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { ATTACHED_MARK } from "../document/attachments.ts";
import type { Links } from "../format/links.ts";
import type { CommandContext } from "./context.ts";
import { followsHyperlinks } from "./hyperlinks.ts";

type Target = Parameters<Links["to"]>[0];

type Surroundings = Pick<CommandContext, "cwd" | "env"> & {
  readonly config: Pick<CommandContext["config"], "links">;
  readonly io: Pick<CommandContext["io"], "toTerminal" | "color">;
};

/** How places of a result become links; `file` is where the result goes, absolute, undefined for standard output. */
export function linksOf(
  { config, cwd, env, io }: Surroundings,
  format: string,
  file: string | undefined,
): Links | undefined {
  const { links } = config;
  if (links === "off") return undefined;
  if (format === "text") {
    // Without colours no other escape codes either.
    const isFollowed = file === undefined && io.toTerminal && io.color && followsHyperlinks(env);
    return isFollowed ? { kind: "terminal", to: (place) => fileUrl(place, cwd) } : undefined;
  }
  const folder = file === undefined ? cwd : dirname(file);
  if (format === "markdown" && links === "obsidian")
    return { kind: "obsidian", to: (place) => below(place, cwd, folder) };
  return { kind: "markdown", to: (place) => relativeUrl(place, cwd, folder) };
}

/** The file on the disk: of an attachment ("mail.eml » plan.pdf") the one that it came in, whose pages are others. */
function fileOf({ path, page }: Target): Target {
  const [file = path] = path.split(ATTACHED_MARK);
  return { path: file, page: file === path ? page : null };
}

/** Viewers go to a page of a PDF alone. */
function fragment({ path, page }: Target): string {
  return page !== null && /\.pdf$/iu.test(path) ? `#page=${page}` : "";
}

/** Undefined for standard input. */
export function fileUrl(place: Target, cwd: string): string | undefined {
  const file = fileOf(place);
  if (file.path === "-") return undefined;
  return `${pathToFileURL(resolve(cwd, file.path)).href}${fragment(file)}`;
}

/** "../reports/a.pdf#page=47" for people and programs that take the path as it is. */
function below(place: Target, cwd: string, folder: string): string | undefined {
  const file = fileOf(place);
  if (file.path === "-") return undefined;
  return `${relative(folder, resolve(cwd, file.path)).split(sep).join("/")}${fragment(file)}`;
}

/** The same as a URL: nothing in a name ends the link, or makes another scheme of it. */
function relativeUrl(place: Target, cwd: string, folder: string): string | undefined {
  const file = fileOf(place);
  if (file.path === "-") return undefined;
  const path = relative(folder, resolve(cwd, file.path));
  // On another drive there is no way from one to the other.
  if (isAbsolute(path)) return fileUrl(place, cwd);
  const steps = path
    .split(sep)
    .map((step) => encodeURIComponent(step).replaceAll(/[()'*!]/gu, percentEncoded));
  return `${steps.join("/")}${fragment(file)}`;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
