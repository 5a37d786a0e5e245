import type { Answer } from "../engine/results.ts";
import { InertStream } from "../format/inert-stream.ts";
import { answerMarkdown, askedAs, markdownRest } from "../format/markdown.ts";
import type { Session } from "../session/session.ts";
import type { ChatRequest } from "./chat-request.ts";
import {
  annotations,
  type CompletionHead,
  chunk,
  completion,
  completionHead,
  type Finish,
  finishOf,
  told,
  type UrlOf,
  usageChunk,
} from "./completion.ts";
import type { EventStream } from "./event-stream.ts";
import { WholeQuestions } from "./whole-questions.ts";

export type Asked = {
  readonly request: ChatRequest;
  readonly session: Session;
  readonly signal: AbortSignal;
};

/** Answers the last question of a conversation. */
export class Replies {
  readonly #questions = new WholeQuestions();
  readonly #urlOf: UrlOf;

  constructor(urlOf: UrlOf) {
    this.#urlOf = urlOf;
  }

  /** The reply as one. */
  async whole({ request, session, signal }: Asked): Promise<ReturnType<typeof completion>> {
    const question = await this.#questions.of(request, session, { signal });
    const { answerTokens } = request;
    const answer = await session.ask(question, { signal, answerTokens });
    const content = `${asked(question, request)}${answerMarkdown(answer)}`.trimEnd();
    const finish = finishOf(answer, answerTokens);
    return completion(completionHead(request.model), { answer, content, urlOf: this.#urlOf, finish });
  }

  /** The reply piece by piece: a written answer as it is decoded, any other when it is there. */
  async streamed({ request, session, signal }: Asked, stream: EventStream): Promise<void> {
    const head = completionHead(request.model);
    const message = new StreamedMessage(head, stream);
    const question = await this.#questions.of(request, session, { signal });
    message.push(asked(question, request));
    const { answerTokens, includeUsage } = request;
    const text = new InertStream();
    const isWritten = (await session.answerStyle({ signal })) === "write";
    let isBegun = false;
    const answer = await session.ask(question, {
      signal,
      answerTokens,
      onEvent: (event) => {
        if (event.kind !== "text" || !isWritten) return;
        isBegun = true;
        message.push(text.push(event.text));
      },
    });
    message.push(isBegun ? `${text.end()}${rest(answer)}` : answerMarkdown(answer).trimEnd());
    message.annotate(answer, this.#urlOf);
    message.end(answer, finishOf(answer, answerTokens));
    if (includeUsage) stream.send(usageChunk(head, answer));
    stream.end();
  }
}

function asked(question: string, { question: typed }: ChatRequest): string {
  return question === typed ? "" : askedAs(question);
}

/** What follows the streamed text; where sentences of it are to be marked, all of it again. */
function rest(answer: Answer): string {
  const markdown =
    answer.unsupported.length > 0 ? `\n\n---\n\n${answerMarkdown(answer)}` : markdownRest(answer);
  return markdown.trimEnd();
}

/** A message that is sent in pieces. */
class StreamedMessage {
  readonly #head: CompletionHead;
  readonly #stream: EventStream;
  #content = "";
  #isBegun = false;

  constructor(head: CompletionHead, stream: EventStream) {
    this.#head = head;
    this.#stream = stream;
  }

  push(text: string): void {
    if (text === "") return;
    const role = this.#isBegun ? {} : { role: "assistant" };
    this.#isBegun = true;
    this.#content += text;
    this.#stream.send(chunk(this.#head, { ...role, content: text }));
  }

  annotate({ citations }: Answer, urlOf: UrlOf): void {
    this.#stream.send(chunk(this.#head, { annotations: annotations(this.#content, citations, urlOf) }));
  }

  end(answer: Answer, finish: Finish): void {
    this.#stream.send({ ...chunk(this.#head, {}, finish), focus: told(answer) });
  }
}
