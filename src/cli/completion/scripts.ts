import type { CompletedCommand, CompletedOption } from "./tree.ts";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** Prints "@NAME" for each named collection, whatever the settings are; it is asked at the key press, since names come and go. */
const LIST = "focus add --format text -o - 2>/dev/null";
const COLLECTIONS = `${LIST} | sed -n 's/^\\(@[^ ]*\\).*/\\1/p'`;
const FISH_COLLECTIONS = `complete -c focus -n 'string match -q -- "@*" (commandline -ct)' -f -a '(${LIST} | string match -r "^@\\S+")'`;

/** The script that teaches a shell to complete focus, made from all of its commands. */
export function completionScript(shell: Shell, tree: readonly CompletedCommand[]): string {
  switch (shell) {
    case "bash":
      return bash(tree);
    case "zsh":
      return zsh(tree);
    case "fish":
      return `${[...tree.flatMap(fishLines), FISH_COLLECTIONS].join("\n")}\n`;
  }
}

function bash(tree: readonly CompletedCommand[]): string {
  return `# Completion of focus for bash: source <(focus completion bash)
_focus() {
  # In COMP_WORDS "@" stands alone, in the arguments it does not.
  local current="$2" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local path="" options="" commands="" formats="" choices="" takes_value=no word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
${posixWalk(tree)}
  done
${posixCases(tree)}
  if [[ -n $choices ]]; then COMPREPLY=($(compgen -W "$choices" -- "$current"))
  elif [[ $current == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ $current == @* ]]; then COMPREPLY=($(compgen -W "$(${COLLECTIONS})" -- "$current"))
  elif [[ -n $commands && $takes_value == no ]]; then COMPREPLY=($(compgen -W "$commands" -- "$current"))
  fi
}
complete -o default -F _focus focus
`;
}

function zsh(tree: readonly CompletedCommand[]): string {
  return `#compdef focus
# Completion of focus for zsh: focus completion zsh > "\${fpath[1]}/_focus", or source <(focus completion zsh)
_focus() {
  local current="\${words[CURRENT]}" previous="\${words[CURRENT-1]}"
  local path_="" options="" commands="" formats="" choices="" takes_value=no word
  for word in "\${(@)words[2,CURRENT-1]}"; do
${posixWalk(tree).replaceAll("$path ", "$path_ ").replaceAll(" path=", " path_=")}
  done
${posixCases(tree).replaceAll('"$path"', '"$path_"')}
  if [[ -n $choices ]]; then compadd -- \${=choices}
  elif [[ $current == -* ]]; then compadd -- \${=options}
  elif [[ $current == @* ]]; then compadd -- $(${COLLECTIONS})
  elif [[ -n $commands && $takes_value == no ]]; then compadd -- \${=commands}
  else _files
  fi
}
if [[ $funcstack[1] == _focus ]]; then _focus "$@"; else compdef _focus focus; fi
`;
}

/** Follows the words that were typed down the tree of commands; a value of an option is none of them, and bash parts it by "=". */
function posixWalk(tree: readonly CompletedCommand[]): string {
  const steps = tree
    .filter(({ path }) => path !== "")
    .map(({ path }) => {
      const at = path.lastIndexOf(" ");
      const parent = path.slice(0, Math.max(0, at));
      return `      "${parent} ${path.slice(at + 1)}") path="${path}" ;;`;
    });
  const valued = uniqueValued(tree).flatMap(({ flags }) => flags);
  return [
    '    if [[ $takes_value == yes ]]; then [[ $word == "=" ]] || takes_value=no; continue; fi',
    `    case "$word" in ${valued.join("|")}) takes_value=yes ;; esac`,
    '    case "$path $word" in',
    ...steps,
    "    esac",
  ].join("\n");
}

/** Sets options, commands and formats by the path, and choices by the option in front. */
function posixCases(tree: readonly CompletedCommand[]): string {
  const paths = tree.map(({ path, options, commands }) => {
    const flags = options.flatMap((option) => option.flags).join(" ");
    const names = commands.map(({ name }) => name).join(" ");
    const formats = options.find((option) => isFormat(option))?.choices.join(" ") ?? "";
    return `    "${path}") options="${flags}" commands="${names}" formats="${formats}" ;;`;
  });
  const values = uniqueValued(tree).map((option) => {
    const choices = isFormat(option) ? "$formats" : option.choices.join(" ");
    return `    ${option.flags.join("|")}) choices="${choices}" ;;`;
  });
  return ['  case "$path" in', ...paths, "  esac", '  case "$previous" in', ...values, "  esac"].join("\n");
}

/** Each command has formats of its own; the choices of other options are the same everywhere. */
function isFormat({ flags }: CompletedOption): boolean {
  return flags.includes("--format");
}

function uniqueValued(tree: readonly CompletedCommand[]): CompletedOption[] {
  const valued = tree.flatMap(({ options }) => options).filter(({ takesValue }) => takesValue);
  return [...new Map(valued.map((option) => [option.flags.join(), option])).values()];
}

function fishLines({ path, options, commands }: CompletedCommand): string[] {
  const words = path === "" ? [] : path.split(" ");
  const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ");
  const names = commands.map(({ name }) => name).join(" ");
  const unseen = names === "" ? [] : [`not __fish_seen_subcommand_from ${names}`];
  const place = [...(seen === "" ? [] : [seen]), ...unseen].join("; and ");
  const head = `complete -c focus -n ${fishQuoted(place)}`;
  return [
    ...commands.map(({ name, description }) => `${head} -f -a ${name} -d ${fishQuoted(description)}`),
    ...options.map((option) => `${head} ${fishOption(option)} -d ${fishQuoted(option.description)}`),
  ];
}

function fishOption({ flags, takesValue, choices }: CompletedOption): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const values = choices.length === 0 ? [] : [`-f -a ${fishQuoted(choices.join(" "))}`];
  return [...names, ...(takesValue ? ["-r"] : []), ...values].join(" ");
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
