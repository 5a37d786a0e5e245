import { parseBytes } from "../../src/document/parse.ts";
import { OpenedEngine } from "../../src/session/engine.ts";
import type { SessionHost } from "../../src/session/host.ts";
import type { OpenedModels } from "../../src/session/opened-models.ts";
import { Session } from "../../src/session/session.ts";
import { type GivenSettings, resolveSettings } from "../../src/session/settings.ts";
import { type FoundSources, parseSources } from "../../src/session/sources.ts";
import { storeOpener } from "../../src/session/store.ts";
import { type FakeModel, type FakeOptions, fakeModel } from "./fake-model.ts";
import { PAPERS } from "./papers.ts";
import { tempFolder } from "./temp-folder.ts";

export type OpenedSession = {
  readonly session: Session;
  readonly model: FakeModel;
  readonly closed: () => boolean;
};

/** Where a session works in a test: a folder of its own. */
export async function fakeHost(given: GivenSettings = {}): Promise<SessionHost> {
  const folder = await tempFolder();
  return {
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
}

function fakeModels(model: FakeModel, close: () => void): OpenedModels {
  return {
    reader: model,
    writer: model,
    sequences: 1,
    documentsAtOnce: 1,
    adapter: undefined,
    [Symbol.asyncDispose]: async () => close(),
  };
}

/** A session about the papers, on a model without weights. */
export async function fakeSession(
  given: GivenSettings = {},
  modelOptions: FakeOptions = {},
): Promise<OpenedSession> {
  const model = fakeModel(modelOptions);
  const host = await fakeHost(given);
  let isClosed = false;
  const models = fakeModels(model, () => {
    isClosed = true;
  });
  const documents = [await parseBytes(Buffer.from(PAPERS), "papers.md")];
  const bytesOf = async () => Buffer.from(PAPERS);
  const session = new Session(
    { documents, skipped: [], bytesOf },
    await OpenedEngine.open(models, host, storeOpener(host)),
    1000,
  );
  return { session, model, closed: () => isClosed };
}

/** A session about files, as `openSession` opens it, on a model without weights; `onClose` is called as its models are freed. */
export async function openFakeSession(
  found: FoundSources,
  host: SessionHost,
  onClose: () => void,
): Promise<Session> {
  const openStore = storeOpener(host);
  const parsed = await parseSources(found, { ...host, openStore });
  const models = fakeModels(fakeModel(), onClose);
  return new Session(parsed, await OpenedEngine.open(models, host, openStore), 0);
}
