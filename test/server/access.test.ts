import { describe, expect, it } from "vitest";
import { requireAccess } from "../../src/server/access.ts";
import { chatServer, LOOPBACK, send } from "../helpers/chat-server.ts";

const TOKEN = "0123456789abcdef";
const OPEN = { isLoopback: false, token: TOKEN, hosts: ["lamp", "lamp.example.org"], origins: [] };

/** Whether a request is let in. */
function isIn(headers: Readonly<Record<string, string>>, access: typeof OPEN | typeof LOOPBACK): boolean {
  try {
    requireAccess({ method: "GET", headers: { ...headers } }, access);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ name: "ApiError" });
    return false;
  }
}

describe("who may ask", () => {
  it.each([
    ["localhost:8484", true],
    ["LOCALHOST", true],
    ["127.0.0.1:1", true],
    ["127.1.2.3", true],
    ["[::1]:8484", true],
    ["evil.example.org:8484", false],
    ["localhost.evil.example.org", false],
    ["127.0.0.1.evil.example.org", false],
    ["evil@127.0.0.1", false],
    ["192.168.1.7", false],
    ["localhost:8484/x", false],
    ["", false],
  ])("is told by the Host %s where only this machine is heard", (host, isAllowed) => {
    expect(isIn({ host }, LOOPBACK)).toBe(isAllowed);
  });

  it.each([
    ["192.168.1.7:8484", true],
    ["[fe80::1]", true],
    ["lamp.example.org", true],
    ["evil.example.org", false],
  ])("is told by the Host %s where other machines are heard", (host, isAllowed) => {
    expect(isIn({ host, authorization: `Bearer ${TOKEN}` }, OPEN)).toBe(isAllowed);
  });

  it.each([
    [`Bearer ${TOKEN}`, true],
    [`bearer ${TOKEN}`, true],
    ["Bearer 0123456789abcdeg", false],
    [`Basic ${TOKEN}`, false],
    [TOKEN, false],
    ["", false],
  ])("is told by the token: %s", (authorization, isAllowed) => {
    expect(isIn({ host: "lamp", authorization }, OPEN)).toBe(isAllowed);
  });
});

describe("the chat server", () => {
  it("refuses a Host that another machine gave to this one, whatever is asked", async () => {
    await using there = await chatServer();
    for (const [method, path] of [
      ["GET", "/models"],
      ["POST", "/chat/completions"],
      ["OPTIONS", "/models"],
    ] as const) {
      const { status, text } = await send(`${there.server.url}${path}`, {
        method,
        headers: { host: "rebound.example.org" },
      });
      expect(status).toBe(403);
      expect(JSON.parse(text)).toMatchObject({ error: { code: "host_not_allowed", param: null } });
    }
  });

  it("refuses a foreign page, and lets one ask that was allowed to", async () => {
    const origin = "http://localhost:3000";
    await using there = await chatServer({ access: { ...LOOPBACK, origins: [origin] } });
    const url = `${there.server.url}/models`;
    for (const foreign of ["https://evil.example.org", "null", "http://localhost:3001"]) {
      const { status, headers, text } = await send(url, { headers: { origin: foreign } });
      expect([status, headers["access-control-allow-origin"]]).toEqual([403, undefined]);
      expect(JSON.parse(text)).toMatchObject({ error: { code: "origin_not_allowed" } });
    }
    const asked = await send(url, { headers: { origin } });
    expect([asked.status, asked.headers["access-control-allow-origin"]]).toEqual([200, origin]);
    const preflight = await send(url, { method: "OPTIONS", headers: { origin } });
    expect([preflight.status, preflight.text]).toEqual([204, ""]);
    expect(preflight.headers["access-control-allow-headers"]).toContain("authorization");
  });

  it("answers nobody without the token, where there is one", async () => {
    await using there = await chatServer({ access: { ...LOOPBACK, token: TOKEN } });
    await expect(there.client.models.list()).rejects.toMatchObject({ status: 401, code: "invalid_api_key" });
    const known = there.client.withOptions({ apiKey: TOKEN });
    expect((await known.models.list()).data).toHaveLength(1);
  });

  it.each([
    { path: "/embeddings", status: 404, code: "unknown_url" },
    { path: "/chat/completions", status: 404, code: "unknown_url" },
    { path: "/models/%E0%A4%A", status: 400, code: "invalid_request" },
    { type: "text/plain", body: "{}", status: 415, code: "unsupported_media_type" },
    { type: "application/json", body: "{", status: 400, code: "invalid_json" },
    { type: "application/json", body: "[]", status: 400, code: "invalid_request" },
  ])("says what is wrong with $path $type $body", async ({ path, type, body, status, code }) => {
    await using there = await chatServer();
    const posted = { method: "POST", headers: { "content-type": type }, body: body ?? "" };
    const url = `${there.server.url}${path ?? "/chat/completions"}`;
    const reply = await send(url, type === undefined ? {} : posted);
    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.text)).toMatchObject({ error: { code, type: "invalid_request_error" } });
    expect(there.bugs).toEqual([]);
  });
});
