import { ModelError } from "../../errors.ts";
import { shownUrl } from "../../fs/shown-url.ts";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** Whether an address is this machine's own, by its name. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.includes(hostname);
}

/**
 * Nothing protects a GGUF on its way over plain http, and llama.cpp is not made for hostile ones. Returns the address; throws
 * ModelError for one that nothing is pulled from.
 */
export function requireSafe(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) {
    throw new ModelError(`${shownUrl(address)} is not an address`, {
      hint: "expected https://host/file.gguf",
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw new ModelError(`${shownUrl(address)} is not pulled: a name and a password stand in its address`, {
      hint: "download the file yourself and name it: --model PATH",
    });
  }
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url))) return address;
  throw new ModelError(`${shownUrl(address)} is not pulled: plain http can be changed on its way`, {
    hint: "use https, or download the file yourself and name it: --model PATH",
  });
}
