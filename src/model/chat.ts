import type { ChatHistoryItem, ChatWrapper, LlamaModel } from "node-llama-cpp";

/** A rendered conversation that waits for the model's turn. */
export type ChatPrompt = {
  readonly tokens: Uint32Array;
  /** Texts after which the model's turn is over, besides its end-of-generation tokens. */
  readonly stopTexts: readonly string[];
};

export type ChatForm = (system: string, user: string) => ChatPrompt;

/** Models without a template of their own get this: nothing but the text and a label for the answer. */
const PLAIN_ANSWER_LABEL = "\n\nAnswer:";
/** ChatML's mark that opens a turn; some models of that form name it as their BOS too. */
const TURN_MARK = "<|im_start|>";

/**
 * The model's own chat form, from the template in its GGUF. What the caller passes is tokenised as plain text: no
 * document can close a turn or open one, whatever it contains.
 */
export async function chatForm(model: LlamaModel): Promise<ChatForm> {
  const { resolveChatWrapper } = await import("node-llama-cpp");
  const { chat_template: template } = model.fileInfo.metadata.tokenizer;
  if (template === undefined) return plainForm(model);
  // An empty thought in front of the answer confuses models that were never taught to think, such as Qwen2.5.
  const thoughts = template.includes("<think>") ? "discourage" : "auto";
  let wrapper: ChatWrapper | undefined;
  return (system, user) => {
    // It takes a second or more: the template is compared with all that are known. Most questions have nothing written.
    wrapper ??= resolveChatWrapper(model, { customWrapperSettings: { qwen: { thoughts } } });
    return render(model, wrapper, [
      { type: "system", text: system },
      { type: "user", text: user },
      { type: "model", response: [] },
    ]);
  };
}

function plainForm(model: LlamaModel): ChatForm {
  return (system, user) => {
    const text = model.tokenize(`${system}\n\n${user}${PLAIN_ANSWER_LABEL}`, false);
    return { tokens: Uint32Array.from([...beginning(model), ...text]), stopTexts: ["\nQuestion:"] };
  };
}

function render(model: LlamaModel, wrapper: ChatWrapper, chatHistory: ChatHistoryItem[]): ChatPrompt {
  const { contextText, stopGenerationTriggers } = wrapper.generateContextState({ chatHistory });
  const tokens = contextText.tokenize(model.tokenizer);
  const stopTexts = stopGenerationTriggers
    .map((trigger) => model.detokenize(trigger.tokenize(model.tokenizer), true))
    .filter((text) => text.length > 0);
  return { tokens: Uint32Array.from(withoutSurplusBos(model, tokens)), stopTexts };
}

/**
 * node-llama-cpp's wrappers start with BOS even where the tokenizer wants none; for SmolLM2, whose BOS is
 * `<|im_start|>`, that opens the first turn twice.
 */
function withoutSurplusBos(model: LlamaModel, tokens: readonly number[]): readonly number[] {
  const { bos, bosString, shouldPrependBosToken } = model.tokens;
  if (bos === null || tokens[0] !== bos) return tokens;
  const opensTheTurn = bosString === TURN_MARK;
  const surplus = tokens[1] === bos || !(shouldPrependBosToken || opensTheTurn);
  return surplus ? tokens.slice(1) : tokens;
}

/** The tokens that every prompt of this model starts with: BOS where its tokenizer wants one. */
export function beginning(model: LlamaModel): readonly number[] {
  const { bos, shouldPrependBosToken } = model.tokens;
  return bos !== null && shouldPrependBosToken ? [bos] : [];
}
