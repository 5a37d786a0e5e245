import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { EventStream } from "../../src/server/event-stream.ts";

afterEach(() => {
  vi.useRealTimers();
});

it("keeps a connection open on which nothing comes, and is a stream only from then on", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const server = createServer((_, response) => {
    const stream = new EventStream(response, { "x-of": "the test" });
    const before = stream.isOpen;
    vi.advanceTimersByTime(25_000);
    stream.send({ before, after: stream.isOpen });
    stream.end();
    vi.advanceTimersByTime(25_000);
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const reply = await fetch(`http://127.0.0.1:${port}`);
  expect(reply.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(reply.headers.get("x-of")).toBe("the test");
  expect(await reply.text()).toBe(
    ': working\n\n: working\n\ndata: {"before":false,"after":true}\n\ndata: [DONE]\n\n',
  );
  await new Promise((done) => server.close(done));
});
