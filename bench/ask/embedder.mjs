// Cosines of question and chunks by an embedding model (GGUF), through node-llama-cpp.
import { textOf } from "../../dist/document/document.js";

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const unit = (vector) => {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
};

export async function openEmbedder(backend, path) {
  const model = await backend.llama.loadModel({ modelPath: path });
  const context = await model.createEmbeddingContext({
    contextSize: model.trainContextSize,
    threads: backend.threads,
  });
  const most = model.trainContextSize - 4; // its two marks, and one position that stays free
  const embed = async (text) => {
    const tokens = model.tokenize(text).slice(0, most);
    return unit([...(await context.getEmbeddingFor(tokens)).vector]);
  };
  const known = new WeakMap();
  return {
    /** (nChunks); what is longer than the model's context is cut off. */
    async cosines(chunks, documents, question) {
      if (!known.has(chunks)) {
        const vectors = [];
        for (const chunk of chunks) vectors.push(await embed(textOf(documents, chunk)));
        known.set(chunks, vectors);
      }
      const asked = await embed(question);
      return known.get(chunks).map((vector) => dot(vector, asked));
    },
  };
}
