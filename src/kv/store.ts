import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
export type KvStore = { has(key:string,bytes:number):Promise<boolean>; verify(key:string):Promise<string|undefined>; canKeep(bytes:number):Promise<boolean>; temporaryPath():string; commit(key:string,tmp:string,bytes:number):Promise<boolean> };
export async function openStore({dir}:{dir:string}):Promise<KvStore>{ await mkdir(dir,{recursive:true});let n=0; const file=(k:string)=>join(dir,k+".kv");
 return { async has(key,bytes){const s=await stat(file(key)).catch(()=>undefined);if(s&&s.size!==bytes)console.error("size",s.size,bytes);return s?.size===bytes;}, async verify(key){return file(key);}, async canKeep(){return true;}, temporaryPath(){return join(dir,`t${process.pid}-${n++}.tmp`);}, async commit(key,tmp){await mkdir(dirname(file(key)),{recursive:true});await rename(tmp,file(key));return true;} };
}
