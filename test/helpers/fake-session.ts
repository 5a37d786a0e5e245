import { parseBytes } from "../../src/document/parse.ts";
import { OpenedEngine } from "../../src/session/engine.ts";
import type { SessionHost } from "../../src/session/host.ts";
import { Session } from "../../src/session/session.ts";
import { type GivenSettings, resolveSettings } from "../../src/session/settings.ts";
import { storeOpener } from "../../src/session/store.ts";
import { type FakeModel, fakeModel } from "./fake-model.ts";
import { PAPERS } from "./papers.ts";
import { tempFolder } from "./temp-folder.ts";

export type OpenedSession = {
  readonly session: Session;
  readonly model: FakeModel;
  readonly closed: () => boolean;
};

/** A session about the papers, on a model without weights. */
export async function fakeSession(
  given: GivenSettings = {},
  model: FakeModel = fakeModel(),
): Promise<OpenedSession> {
  const folder = await tempFolder();
  let isClosed = false;
  const host: SessionHost = {
    settings: resolveSettings({ condenser: "likelihood", chunkTokens: 64, ...given }),
    reported: undefined,
    folders: {
      models: folder,
      kv: `${folder}/kv`,
      config: folder,
      state: folder,
      ocr: `${folder}/ocr`,
      recognised: `${folder}/recognised`,
    },
    cwd: folder,
    readStandardInput: async () => new Uint8Array(),
    signal: new AbortController().signal,
    onEvent: () => undefined,
  };
  const models = {
    reader: model,
    writer: model,
    sequences: 1,
    documentsAtOnce: 1,
    adapter: undefined,
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
    },
  };
  const documents = [await parseBytes(Buffer.from(PAPERS), "papers.md")];
  const bytesOf = async () => Buffer.from(PAPERS);
  const session = new Session(
    { documents, skipped: [], bytesOf },
    await OpenedEngine.open(models, host, storeOpener(host)),
    1000,
  );
  return { session, model, closed: () => isClosed };
}
