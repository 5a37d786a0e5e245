import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { fetchFromHttps } from "../../src/model/sources/https.ts";
import type { PullProgress } from "../../src/model/sources/transfer.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { f32Tensor, makeGguf, modelValues } from "./make-gguf.ts";
import { modelServer } from "./model-server.ts";

/** About 400 KB that are not all the same. */
const BODY = makeGguf({
  values: modelValues("llama"),
  tensors: [
    f32Tensor(
      "a",
      Array.from({ length: 100_000 }, (_, i) => Math.sin(i)),
    ),
  ],
});
const SHA256 = createHash("sha256").update(BODY).digest("hex");

type Changes = { readonly sha256?: string; readonly signal?: AbortSignal; readonly workDir?: string };

async function download(url: string, changes: Changes = {}) {
  const { sha256, signal = new AbortController().signal, workDir = await tempFolder() } = changes;
  const steps: PullProgress[] = [];
  const transfer = { workDir, signal, onProgress: (step: PullProgress) => steps.push(step) };
  const source = { kind: "https", url, ...(sha256 === undefined ? {} : { sha256 }) } as const;
  const fetched = await fetchFromHttps(source, transfer);
  const [path = ""] = fetched.paths;
  return { ...fetched, bytes: await readFile(path), steps, workDir };
}

describe("fetchFromHttps", () => {
  it("downloads a file whole, and says how far it is and what its hash is", async () => {
    const { url, seen } = await modelServer({ body: BODY });
    const { bytes, sha256, steps, workDir } = await download(url, { sha256: SHA256 });
    expect(bytes.equals(BODY)).toBe(true);
    expect(sha256).toBe(SHA256);
    expect(seen).toEqual([{ range: undefined, status: 200 }]);
    expect(steps.at(0)).toMatchObject({ phase: "download", totalBytes: BODY.length });
    expect(steps.at(-1)).toEqual({ phase: "verify", doneBytes: BODY.length, totalBytes: BODY.length });
    expect(await readdir(workDir)).toEqual(["download.gguf"]);
  });

  it("downloads from a server that does not say how much there is", async () => {
    const { url } = await modelServer({ body: BODY, contentLength: false });
    const { bytes, steps } = await download(url);
    expect(bytes.equals(BODY)).toBe(true);
    expect(steps[0]).not.toHaveProperty("totalBytes");
  });

  it("goes on where the connection dropped, as often as it drops", async () => {
    const { url, seen } = await modelServer({ body: BODY, cutAfter: [100_000, 100_000, 100_000] });
    expect((await download(url)).bytes.equals(BODY)).toBe(true);
    expect(seen.map(({ status }) => status)).toEqual([200, 206, 206, 206]);
    expect(seen[1]?.range).toMatch(/^bytes=[1-9]\d*-$/u);
  });

  it("starts again where the server knows no ranges", async () => {
    const { url, seen } = await modelServer({ body: BODY, ranges: false, cutAfter: [100_000] });
    expect((await download(url)).bytes.equals(BODY)).toBe(true);
    // On a busy machine a reset can reach the next request on the same connection, too, which is then made again.
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.every(({ status }) => status === 200)).toBe(true);
  });

  it("starts again where nothing tells which version a part belongs to", async () => {
    const { url, seen } = await modelServer({ body: BODY, etag: null, cutAfter: [100_000] });
    expect((await download(url)).bytes.equals(BODY)).toBe(true);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.every(({ range }) => range === undefined)).toBe(true);
  });

  it("goes on in a later process, and starts again when the file has changed meanwhile", async () => {
    const server = await modelServer({ body: BODY, delayMs: 5 });
    const workDir = await tempFolder();
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("stopped by the user")), 60);
    await expect(download(server.url, { workDir, signal: stop.signal })).rejects.toThrow(
      "stopped by the user",
    );
    expect((await readdir(workDir)).sort()).toEqual(["download.json", "download.part"]);

    const again = new AbortController();
    setTimeout(() => again.abort(new Error("stopped again")), 40);
    await expect(download(server.url, { workDir, signal: again.signal })).rejects.toThrow("stopped again");
    expect(server.seen.at(-1)?.status).toBe(206);

    const other = Buffer.from(BODY);
    other.writeFloatLE(42, BODY.length - 64);
    server.behave({ body: other, etag: '"v2"', delayMs: 0 });
    expect((await download(server.url, { workDir })).bytes.equals(other)).toBe(true);
    expect(server.seen.at(-1)?.status).toBe(200);
  });

  it("tries again when the server is overloaded, and gives up with the reason after four times", async () => {
    const busy = await modelServer({ body: BODY, status: [503, 429] });
    expect((await download(busy.url)).bytes.equals(BODY)).toBe(true);
    const broken = await modelServer({ body: BODY, status: [500, 500, 500, 500] });
    await expect(download(broken.url)).rejects.toMatchObject({
      name: "ModelError",
      message: `${broken.url}: the server answered 500 Internal Server Error (tried 4 times)`,
      hint: expect.stringContaining("what has come so far is kept"),
    });
    expect(broken.seen.length).toBe(4);
  });

  it("starts over when the server says that there is no such part", async () => {
    const server = await modelServer({ body: BODY, cutAfter: [200_000], status: [undefined, 416] });
    expect((await download(server.url)).bytes.equals(BODY)).toBe(true);
    expect(server.seen.map(({ status }) => status)).toEqual([200, 416, 200]);
  });

  it("refuses a wrong hash and does not keep what came", async () => {
    const { url } = await modelServer({ body: BODY });
    const workDir = await tempFolder();
    await expect(download(url, { workDir, sha256: "0".repeat(64) })).rejects.toMatchObject({
      name: "ModelError",
      message: `${url} has SHA-256 ${SHA256}, expected ${"0".repeat(64)}: it was not kept`,
    });
    expect(await readdir(workDir)).toEqual([]);
  });

  it("refuses 404 at once", async () => {
    const { url, seen } = await modelServer({ body: BODY, status: [404] });
    await expect(download(url)).rejects.toMatchObject({
      name: "ModelError",
      message: `${url}: the server answered 404 Not Found`,
      hint: "check the address",
    });
    expect(seen.length).toBe(1);
  });

  it("refuses a web page before a byte of it is kept", async () => {
    const { url } = await modelServer({ body: Buffer.from("<!DOCTYPE html><html>a model</html>") });
    await expect(download(url)).rejects.toMatchObject({
      name: "ModelError",
      message: `${url} is not a GGUF file: it starts with "<!DO"`,
    });
  });

  it("follows redirects, with what is here of the file already", async () => {
    const { url, seen } = await modelServer({
      body: BODY,
      redirectTo: ["/elsewhere.gguf", undefined, "/elsewhere.gguf"],
      cutAfter: [undefined, 100_000],
    });
    expect((await download(url)).bytes.equals(BODY)).toBe(true);
    expect(seen.map(({ status }) => status)).toEqual([302, 200, 302, 206]);
  });

  it.each([
    ["http://192.0.2.1/x.gguf?key=abc", /^http:\/\/192\.0\.2\.1\/x\.gguf is not pulled: plain http/u],
    [
      "https://user:abc@192.0.2.1/x.gguf",
      /^https:\/\/192\.0\.2\.1\/x\.gguf is not pulled: a name and a password/u,
    ],
    ["ftp://192.0.2.1/x.gguf", /is not pulled/u],
    ["http://[", /: the server answered with a redirect to what is not an address$/u],
  ])("refuses a redirect to %s", async (location, message) => {
    const { url, seen } = await modelServer({ body: BODY, redirectTo: [location] });
    await expect(download(url)).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringMatching(message),
    });
    expect(seen.length).toBe(1);
  });

  it("refuses redirects without end", async () => {
    const { url, seen } = await modelServer({ body: BODY, redirectTo: Array(20).fill("/model.gguf") });
    await expect(download(url)).rejects.toThrow("the server answered with more than 10 redirects");
    expect(seen.length).toBe(11);
  });

  it("says no key of an address, whatever goes wrong", async () => {
    const { url } = await modelServer({ body: BODY, status: [404] });
    await expect(download(`${url}?token=abc`)).rejects.toThrow(`${url}: the server answered 404 Not Found`);
    const page = await modelServer({ body: Buffer.from("<!DOCTYPE html>") });
    await expect(download(`${page.url}?token=abc`)).rejects.toThrow(`${page.url} is not a GGUF file`);
    // fetch refuses such an address with a message that holds all of it.
    await expect(download("https://user:abc@model.invalid/x.gguf")).rejects.toMatchObject({
      message: "https://model.invalid/x.gguf could not be downloaded: its address cannot be asked",
    });
  });

  it("refuses a host that is not there, or does not listen, and says which", async () => {
    await expect(download("https://model.invalid/x.gguf")).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringMatching(/^https:\/\/model\.invalid\/x\.gguf could not be downloaded: /u),
    });
    const { url, close } = await modelServer({ body: BODY });
    close();
    await expect(download(url)).rejects.toMatchObject({
      message: `${url} could not be downloaded: the connection was refused`,
    });
  });
});
