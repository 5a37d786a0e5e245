import type { Answer, Citation } from "../../engine/results.ts";
import { UsageError } from "../../errors.ts";
import { conversationMarkdown, type Exchange } from "../../format/conversation.ts";
import { excerpt } from "../../format/excerpt.ts";
import type { Formatter } from "../../format/format.ts";
import { ANSWER_FORMATS, PLACES_FORMATS } from "../../format/formats.ts";
import { placesCount } from "../../format/places.ts";
import { sourcesText } from "../../format/sources.ts";
import type { Session } from "../../session/session.ts";
import type { CommandContext } from "../context.ts";
import { answerFormatter } from "../formatters.ts";
import { tellReceipt } from "../receipt.ts";
import { streamedOutput } from "../result-output.ts";
import type { ChatInput } from "./input.ts";
import { chatHelp, readLine, type Wish } from "./line.ts";
import { page } from "./pager.ts";
import { save } from "./save.ts";

export type ChatOptions = {
  readonly context: CommandContext;
  readonly session: Session;
  readonly input: ChatInput;
};

/** A conversation about the documents of one session. */
export class Chat {
  readonly #context: CommandContext;
  readonly #session: Session;
  readonly #input: ChatInput;
  readonly #format: Formatter<Answer>;
  readonly #exchanges: Exchange[] = [];
  readonly #saved = new Set<string>();
  #hasWritten = false;

  constructor({ context, session, input }: ChatOptions) {
    this.#context = context;
    this.#session = session;
    this.#input = input;
    this.#format = answerFormatter(context, ANSWER_FORMATS);
  }

  /** The answer to the last question that was answered. */
  get last(): Answer | undefined {
    return this.#exchanges.at(-1)?.answer;
  }

  /** Does what a line asks for; false when it asks to leave. Throws FocusError, after which the chat may go on. */
  async take(line: string): Promise<boolean> {
    const wish: Wish = readLine(line);
    switch (wish.kind) {
      case "quit":
        return false;
      case "help":
        this.#context.io.stderr.write(chatHelp());
        break;
      case "sources":
        await this.#write(sourcesText(this.#answered().citations, this.#context.io));
        break;
      case "open":
        await this.#open(wish.id);
        break;
      case "find":
        await this.#input.stoppable((signal) => this.#find(wish.text, signal));
        break;
      case "save":
        await this.#save(wish.text);
        break;
      case "question":
        await this.#input.stoppable((signal) => this.#ask(wish.text, signal));
        break;
    }
    return true;
  }

  async #ask(typed: string, signal: AbortSignal): Promise<void> {
    const { io, progress, config } = this.#context;
    const question = await this.#whole(typed, signal);
    const isStreamed =
      io.toTerminal && config.format === "text" && (await this.#session.answerStyle()) === "write";
    const streamed = isStreamed ? streamedOutput(this.#context, this.#format) : undefined;
    const onEvent = streamed?.onEvent ?? progress.listen;
    const answer = await this.#session.ask(question, { signal, onEvent }).finally(streamed?.stop);
    progress.stop();
    this.#exchanges.push({ typed, answer });
    await (streamed === undefined ? this.#write(this.#format(answer, io)) : streamed.write(answer, io));
    tellReceipt(answer.coverage, this.#context);
  }

  /** The question as it is asked, which is told where it is not what was typed. */
  async #whole(typed: string, signal: AbortSignal): Promise<string> {
    const before = this.last;
    if (before === undefined) return typed;
    const question = await this.#session.wholeQuestion(typed, before, { signal });
    if (question !== typed) this.#context.progress.notice(`asked as: ${question}`);
    return question;
  }

  async #find(question: string, signal: AbortSignal): Promise<void> {
    const { io, progress } = this.#context;
    const places = await this.#session.find(question, { signal });
    progress.stop();
    await this.#write(answerFormatter(this.#context, PLACES_FORMATS)(places, io));
    progress.notice(placesCount(places));
  }

  async #open(id: number): Promise<void> {
    const { io, env, leaveInterrupts } = this.#context;
    const citation = this.#citation(id);
    const document = this.#session.documents.find(({ path }) => path === citation.path);
    if (document === undefined) throw new Error(`no document ${citation.path}`);
    const text = excerpt(document, citation, io);
    const isPaged =
      this.#input.isTerminal &&
      io.toTerminal &&
      (await leaveInterrupts(() => this.#input.aside(() => page(text, env))));
    if (!isPaged) await this.#write(text);
  }

  async #save(name: string): Promise<void> {
    this.#answered();
    const { cwd, progress } = this.#context;
    const paths = this.#session.documents.map(({ path }) => path);
    const text = conversationMarkdown(paths, this.#exchanges);
    progress.notice(`saved to ${await save(name, text, { cwd, own: this.#saved })}`);
  }

  #answered(): Answer {
    if (this.last !== undefined) return this.last;
    throw new UsageError("nothing was answered yet", { hint: "ask a question first" });
  }

  #citation(id: number): Citation {
    const { citations } = this.#answered();
    const found = citations.find((citation) => citation.id === id);
    if (found !== undefined) return found;
    const ids = citations.length === 0 ? "none" : citations.map((citation) => citation.id).join(", ");
    throw new UsageError(`the last answer has no passage ${id}; it has ${ids}`);
  }

  /** Results stand apart by a blank line, where they are text for people. */
  async #write(text: string): Promise<void> {
    const { io, config } = this.#context;
    const isProse = config.format === "text" || config.format === "markdown";
    await io.writeOut(this.#hasWritten && isProse ? `\n${text}` : text);
    this.#hasWritten = true;
  }
}
