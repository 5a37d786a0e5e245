import { join } from "node:path";
import { expect, it } from "vitest";
import { servedModel } from "../../src/server/served.ts";
import { OpenSessions } from "../../src/session/open-sessions.ts";
import { fakeHost } from "../helpers/fake-session.ts";
import { PAPERS } from "../helpers/papers.ts";
import { slowOpenings } from "../helpers/slow-openings.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

it("stops opening a model's documents when the client goes away", async () => {
  const folder = await tempFolder({ "papers.md": PAPERS });
  const { begun, open } = slowOpenings();
  const host = await fakeHost();
  const named = { name: "papers.md", paths: [join(folder, "papers.md")] };
  const { use } = servedModel(named, new OpenSessions(host, open), host);
  const client = new AbortController();
  const left = expect(use(client.signal, async () => "an answer")).rejects.toThrow("the client went away");
  await expect.poll(() => begun.length, { interval: 1 }).toBe(1);
  client.abort(new Error("the client went away"));
  await left;
  expect(begun[0]?.signal.aborted).toBe(true);
});
