import { ModelError } from "../../errors.ts";
import { shownUrl } from "../../fs/shown-url.ts";
import { requireSafe } from "./safe-address.ts";

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 10;

/** Fetches a file from where its server sends to. Throws ModelError for a redirect that is not followed, and what fetch throws. */
export async function fetchFile(url: string, init: Omit<RequestInit, "redirect">): Promise<Response> {
  let address = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await fetch(address, { ...init, redirect: "manual" });
    const location = response.headers.get("location");
    if (!REDIRECTS.has(response.status) || location === null) return response;
    await response.body?.cancel();
    address = redirected(address, location);
  }
  throw notFollowed(url, `more than ${MOST_REDIRECTS} redirects`);
}

/** The address that a redirect leads to, relative or whole. Throws ModelError for one that is less safe. */
export function redirected(from: string, location: string): string {
  if (!URL.canParse(location, from)) throw notFollowed(from, "a redirect to what is not an address");
  const to = new URL(location, from);
  if (new URL(from).protocol === "https:" && to.protocol !== "https:") {
    throw notFollowed(from, `a redirect from https to ${shownUrl(to.href)}`);
  }
  return requireSafe(to.href);
}

function notFollowed(url: string, what: string): ModelError {
  return new ModelError(`${shownUrl(url)}: the server answered with ${what}`, {
    hint: "name the file's own address, or download it yourself: --model PATH",
  });
}
