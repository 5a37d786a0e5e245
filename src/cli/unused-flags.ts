import type { CommandContext } from "./context.ts";

/** Warns of flags that are for candidate tokens, where no candidate tokens are asked for. */
export function warnUnusedFlags({ config, origin, progress }: CommandContext): void {
  const { adapter, refresh } = config;
  const unused = [
    ...(adapter !== undefined && adapter !== "none" && origin.adapter.kind === "flag" ? ["--adapter"] : []),
    ...(refresh !== "none" && origin.refresh.kind === "flag" ? ["--refresh"] : []),
  ];
  for (const flag of unused) progress.warn(`${flag} does nothing without --condenser candidates or both`);
}
