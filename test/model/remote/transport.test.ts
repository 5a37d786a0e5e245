import { createServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { askEvents, askJson } from "../../../src/model/remote/http.ts";

const timeouts = { firstByteMs: 5000, idleMs: 5000 };
const { signal } = new AbortController();
let server: Server | HttpServer;

afterEach(() => {
  if ("closeAllConnections" in server) server.closeAllConnections();
  server.close();
});

async function request(body: unknown = { prompt: "text" }) {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/generate`, body, key: undefined, signal, timeouts };
}

describe("requests", () => {
  it("one after another go through one connection", async () => {
    let connections = 0;
    server = createServer((_, response) => response.end("{}"));
    server.on("connection", () => {
      connections += 1;
    });
    const asked = await request();
    for (let i = 0; i < 20; i += 1) expect(await askJson(asked)).toEqual({});
    expect(connections).toBe(1);
  });

  it("wait as long as they may, however long a connection is kept without any", async () => {
    server = createServer(async (_, response) => {
      await sleep(4500);
      response.end('{"late": true}');
    });
    expect(await askJson(await request())).toEqual({ late: true });
  }, 15_000);

  it("whose headers come at once wait for the first word as long as for an answer, and not as between two words", async () => {
    server = createServer(async (_, response) => {
      response.writeHead(200).flushHeaders();
      await sleep(400);
      response.write('data: {"n": 1}\n\n');
      await sleep(400);
      response.end("data: [DONE]\n\n");
    });
    const asked = { ...(await request()), timeouts: { ...timeouts, idleMs: 100 } };
    const events = askEvents(asked);
    expect(await events.next()).toMatchObject({ value: { n: 1 } });
    await expect(events.next()).rejects.toThrow("stops in the middle for 0.1 s");
  });

  it("that are left in mid-stream are closed, and nothing is thrown afterwards", async () => {
    let isClosed = false;
    server = createServer((_, response) => {
      response.on("close", () => {
        isClosed = true;
      });
      response.write('data: {"n": 1}\n\n');
    });
    for await (const event of askEvents(await request())) {
      expect(event).toEqual({ n: 1 });
      break;
    }
    await expect.poll(() => isClosed).toBe(true);
  });

  it.each([
    ["data: [DONE]", true],
    ["data:[DONE]\r\n\r\n", true],
    ["data: [DON", false],
    ['data: {"n": 2}', false],
    ["", false],
  ])("that stream are whole when %j ends them: %s", async (end, isWhole) => {
    server = createServer((_, response) => response.end(`: here\n\ndata: {"n": 1}\n\n${end}`));
    const asked = await request();
    const events: unknown[] = [];
    const read = async (): Promise<void> => {
      for await (const event of askEvents(asked)) events.push(event);
    };
    if (isWhole) await read();
    else await expect(read()).rejects.toThrow("ends in the middle");
    expect(events).toEqual([{ n: 1 }]);
  });

  it("to what speaks no HTTP fail, and the error keeps nothing of what came back", async () => {
    server = createTcpServer((socket) => socket.end("Tarrant is no status line\r\n\r\n"));
    const error = await askJson(await request()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "ServerFailure", message: expect.stringContaining("is no HTTP") });
    expect(error).toHaveProperty("cause", undefined);
  });
});
