import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { ApiError } from "./api-error.ts";

/** Who may ask. */
export type Access = {
  /** Whether the server listens to this machine alone. */
  readonly isLoopback: boolean;
  /** The bearer token that every request must have; undefined where none is asked for. */
  readonly token: string | undefined;
  /** Names, besides those of this machine, that requests may be addressed to; lower case. */
  readonly hosts: readonly string[];
  /** Origins of web pages that may ask, such as "http://localhost:3000"; others may not. */
  readonly origins: readonly string[];
};

/**
 * Throws ApiError for a request that may not be answered: one addressed to a name that another machine gave to this one
 * (DNS rebinding), one of a web page that was not allowed to, or one without the token. A preflight brings none.
 */
export function requireAccess(
  { method, headers }: Pick<IncomingMessage, "method" | "headers">,
  access: Access,
): void {
  requireHost(headers.host, access);
  requireOrigin(headers.origin, access);
  if (method !== "OPTIONS") requireToken(headers.authorization, access);
}

/** Programs that are no web page send none. */
function requireOrigin(origin: string | undefined, { origins }: Pick<Access, "origins">): void {
  if (origin === undefined || origins.includes(origin)) return;
  throw new ApiError(
    403,
    `web pages of ${origin} may not ask; focus serve --allow-origin ${origin} lets them`,
    {
      code: "origin_not_allowed",
    },
  );
}

/** A page may give any name it owns this machine's address, but neither an address nor "localhost". */
function requireHost(host: string | undefined, access: Pick<Access, "isLoopback" | "hosts">): void {
  const name = hostName(host);
  if (name !== undefined && isOwn(name, access)) return;
  const shown = host === undefined || host === "" ? "no host" : `the host ${host}`;
  throw new ApiError(
    403,
    `the request is addressed to ${shown}, expected an address of this machine; focus serve --allow-host NAME takes another name`,
    { code: "host_not_allowed" },
  );
}

/** The name of a Host header without its port, lower case; undefined where it is none. */
function hostName(host: string | undefined): string | undefined {
  const match = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/iu.exec(host ?? "");
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

function isOwn(name: string, { isLoopback, hosts }: Pick<Access, "isLoopback" | "hosts">): boolean {
  if (hosts.includes(name) || isLoopbackName(name)) return true;
  return !isLoopback && isIP(name) !== 0;
}

/** Whether an address or a name stands for this machine alone. */
export function isLoopbackName(name: string): boolean {
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

function requireToken(authorization: string | undefined, { token }: Pick<Access, "token">): void {
  if (token === undefined) return;
  const given = /^Bearer (.+)$/iu.exec(authorization ?? "")?.[1];
  // Hashes have one length, and take the same time to compare wherever they differ.
  if (given !== undefined && timingSafeEqual(digest(given), digest(token))) return;
  throw new ApiError(401, "the request has no token, or a wrong one; expected Authorization: Bearer TOKEN", {
    code: "invalid_api_key",
    headers: { "www-authenticate": "Bearer" },
  });
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
