import { describe, expect, it } from "vitest";
import { Server, serverFor } from "../../../src/model/remote/servers.ts";

const ROUTES = Array.from({ length: 300 }, (_, i) => `chunk ${i}`);
const urls = ["http://a", "http://b", "http://c"];
const open = (names: readonly string[]): Server[] => names.map((url) => new Server(url, 1));
const chosen = (servers: readonly Server[]): string[] => ROUTES.map((route) => serverFor(servers, route).url);

describe("the server of a chunk", () => {
  it("is the same each time and in whatever order they are named, and each has its share", () => {
    const first = chosen(open(urls));
    expect(chosen(open(urls.toReversed()))).toEqual(first);
    for (const url of urls) expect(first.filter((one) => one === url).length).toBeGreaterThan(60);
  });

  it("stays where it was for those whose server is here when another is away", () => {
    const servers = open(urls);
    const before = chosen(servers);
    servers[0]?.isNowAway();
    const after = chosen(servers);
    expect(after).not.toContain("http://a");
    for (const [i, url] of before.entries()) if (url !== "http://a") expect(after[i]).toBe(url);
    expect(servers[0]?.isNowHere()).toBe(true);
    expect(chosen(servers)).toEqual(before);
  });

  it("is still one when all are away", () => {
    const servers = open(urls);
    for (const server of servers) server.isNowAway();
    expect(urls).toContain(serverFor(servers, "chunk").url);
  });
});

describe("a server's address", () => {
  it.each([
    ["http://a/", "/generate", "http://a/generate"],
    ["http://a/v1", "/v1/models", "http://a/v1/models"],
    ["http://a/v1/", "/v1/models", "http://a/v1/models"],
    ["http://a/proxy", "/v1/models", "http://a/proxy/v1/models"],
  ])("%s and %s are %s", (url, path, address) => {
    expect(new Server(url, 1).address(path)).toBe(address);
  });
});
