/** What is said about a key: in help texts, in docs/cli.md and in error messages. */
export type KeyText = {
  /** As commander reads them; the long name without "--" and "no-" is also the key in focus.toml and, in capitals, the variable. */
  readonly flags: string;
  readonly group: OptionGroup;
  /** One line, lower case, without a full stop. */
  readonly purpose: string;
  readonly unit?: string;
  /** Least and most, both allowed. */
  readonly range?: readonly [number, number];
  readonly choices?: readonly string[];
  /** Its value is never shown. */
  readonly isSecret?: true;
  /** Given several times, it is a list. */
  readonly isList?: true;
  readonly default?: string | number | boolean;
  /** In place of a default: what happens when nothing is said. */
  readonly unset?: string;
};

export type OptionGroup = "Models:" | "Reading:" | "Answering:" | "Summarising:" | "Output:" | "General:";
