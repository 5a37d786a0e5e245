import { stat } from "node:fs/promises";
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
export type ModelMetadata = { architecture:string; nLayers:number; nKvHeads:number; headDim:number; trainedContextTokens:number; fileBytes:number; kvBytesPerToken:number };
export async function readMetadata(path:string):Promise<ModelMetadata>{
 const {readGgufFileInfo}=await import("node-llama-cpp"); const i=await readGgufFileInfo(path); const m=i.architectureMetadata as any; const a=m.attention; const hd=a.key_length??m.embedding_length/a.head_count; const kvh=a.head_count_kv as number;
 return {architecture:i.metadata.general.architecture,nLayers:m.block_count,nKvHeads:kvh,headDim:hd,trainedContextTokens:m.context_length,fileBytes:(await stat(path)).size,kvBytesPerToken:m.block_count*2*kvh*hd*2};
}
export async function fingerprint(path:string){const s=await stat(path);const f=await open(path);const b=Buffer.alloc(1<<20);await f.read(b,0,b.length,0);await f.close();return createHash("sha256").update(String(s.size)).update(b).digest("hex");}
