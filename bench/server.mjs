// How reading through a model server scales with the requests in flight, where each answer takes a fixed time, and what it
// takes here: memory over many documents. The server is a bare one that answers SGLang's /generate with made-up values, so
// that nothing but focus is measured.
//
//   npm run build && node bench/server.mjs [latency=100] [chunks=640] [documents=10000]
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { openRemote } from "../dist/model/remote/open-remote.js";
import { given } from "./ask/arguments.mjs";

const { latency = 100, chunks = 640, documents = 10000 } = given(process.argv.slice(2));
