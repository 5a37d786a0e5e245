import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ModelError } from "../../errors.ts";
import { shownUrl } from "../../fs/shown-url.ts";
import { unlessMissing } from "../../fs/system-error.ts";
import { requireDiskSpace } from "./disk-space.ts";
import { type Answer, connectionFailure, PassingFailure, request } from "./http-answer.ts";
import { PartialFile } from "./partial-file.ts";
import type { Source } from "./source.ts";
import {
  type Fetched,
  GGUF_MAGIC,
  hashFile,
  readHead,
  refuseUnlessGguf,
  refuseWrongHash,
  type Transfer,
} from "./transfer.ts";

type HttpsSource = Extract<Source, { kind: "https" }>;

/** In a row, without a new byte in between. */
const MAX_FAILURES = 4;
const FIRST_DELAY_MS = 250;

/**
 * Downloads a GGUF by its address with Node's fetch. A dropped connection is taken up where it broke off, in this process
 * or a later one, if the server can and still has the same version; otherwise from the beginning. The size is compared
 * with what the server says; the hash only where one is pinned. Throws ModelError, or the signal's reason.
 */
export async function fetchFromHttps({ url, sha256 }: HttpsSource, transfer: Transfer): Promise<Fetched> {
  const path = join(transfer.workDir, "download.gguf");
  if ((await unlessMissing(stat(path))) === undefined) {
    const partial = new PartialFile(transfer.workDir, url);
    await downloadAll(url, partial, transfer);
    await partial.finish(path);
  }
  try {
    refuseUnlessGguf(await readHead(path, GGUF_MAGIC.length), shownUrl(url));
    const found = await hashFile(path, transfer);
    refuseWrongHash(found, sha256, shownUrl(url));
    return { paths: [path], sha256: found };
  } catch (error) {
    // The next pull must not build on it; on one that was interrupted it may.
    if (error instanceof ModelError) await rm(path, { force: true });
    throw error;
  }
}

async function downloadAll(url: string, partial: PartialFile, transfer: Transfer): Promise<void> {
  let failures = 0;
  for (;;) {
    const before = await partial.have();
    try {
      return await downloadRest(url, partial, transfer);
    } catch (error) {
      if (!(error instanceof PassingFailure)) throw error;
      if (error.startOver) await partial.clear();
      const { bytes } = await partial.have();
      failures = bytes > before.bytes ? 1 : failures + 1;
      if (failures >= MAX_FAILURES) throw givenUp(error);
    }
    const delayMs = FIRST_DELAY_MS * 2 ** (failures - 1);
    await sleep(delayMs, undefined, { signal: transfer.signal }).catch(() =>
      transfer.signal.throwIfAborted(),
    );
  }
}

async function downloadRest(url: string, partial: PartialFile, transfer: Transfer): Promise<void> {
  const have = await partial.have();
  if (have.bytes > 0 && have.bytes === have.totalBytes) return;
  const answer = await request(url, have, transfer.signal);
  const { startBytes, totalBytes } = answer;
  let bytes = startBytes;
  try {
    if (totalBytes !== undefined) await requireDiskSpace(transfer.workDir, totalBytes - startBytes);
    await partial.write(answer, received(url, answer, transfer.signal), (count) => {
      bytes = count;
      transfer.onProgress({
        doneBytes: count,
        phase: "download",
        ...(totalBytes === undefined ? {} : { totalBytes }),
      });
    });
  } catch (error) {
    await answer.body.cancel().catch(() => undefined);
    throw error;
  }
  if (totalBytes === undefined || bytes === totalBytes) return;
  throw new PassingFailure(`${shownUrl(url)}: the connection ended at byte ${bytes} of ${totalBytes}`);
}

/** The body's pieces; what is no GGUF, such as a page about one, is refused before a byte of it is kept. */
async function* received(
  url: string,
  { body, startBytes }: Answer,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let checked = startBytes > 0;
  try {
    for await (const piece of body) {
      if (!checked && piece.length >= GGUF_MAGIC.length) refuseUnlessGguf(piece, shownUrl(url));
      checked = true;
      yield piece;
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw cause instanceof ModelError ? cause : connectionFailure(url, cause);
  }
}

function givenUp(cause: PassingFailure): ModelError {
  return new ModelError(`${cause.message} (tried ${MAX_FAILURES} times)`, {
    hint: "run the same command again later: what has come so far is kept",
    cause,
  });
}
