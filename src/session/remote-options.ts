import { UsageError } from "../errors.ts";
import type { RemoteOptions } from "../model/remote/open-remote.ts";
import { isLoopback } from "../model/sources/safe-address.ts";
import type { SessionHost } from "./host.ts";

/** How the settings' servers are asked. Throws UsageError for a key that is not there, and for a network with --offline. */
export function remoteOptions({ settings, signal, onEvent }: SessionHost): RemoteOptions {
  const urls = settings.engine ?? [];
  const away = urls.filter((url) => !isLoopback(new URL(url)));
  if (settings.offline && away.length > 0) {
    throw new UsageError(`--offline, and ${away.join(", ")} is on the network`, {
      hint: "leave out --offline or --engine",
    });
  }
  const open = away.filter((url) => url.startsWith("http:"));
  if (open.length > 0) {
    const message = `the text of documents goes to ${open.join(", ")} unencrypted: https keeps it from the network between`;
    onEvent({ kind: "warning", message });
  }
  return {
    urls,
    kind: settings.engineKind,
    model: settings.engineModel,
    salt: settings.engineSalt,
    key: keyIn(settings.engineKey),
    concurrency: settings.engineConcurrency,
    signal,
    onNotice: (message) => onEvent({ kind: "notice", message }),
  };
}

function keyIn(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const key = process.env[name]?.trim();
  if (key !== undefined && key !== "") return key;
  throw new UsageError(`--engine-key names the variable ${name}, which is not set`, {
    hint: `put the server's key into it: export ${name}=…`,
  });
}
