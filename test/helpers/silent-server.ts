import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on this machine that takes requests and answers none; `asked` says how many it has. */
export async function silentServer() {
  let asked = 0;
  const server = createServer(() => {
    asked += 1;
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked: () => asked, [Symbol.dispose]: close };
}
