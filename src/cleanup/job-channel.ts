import * as v from 'valibot';

import { newId } from './new-id';

const problemSchema = v.object({
  ...{ title: v.string(), hint: v.string(), message: v.nullable(v.string()) },
  ...{ status: v.nullable(v.number()), code: v.nullable(v.string()), requestId: v.nullable(v.string()) },
});

const liveSchema = v.object({
  ...{ running: v.boolean(), here: v.boolean(), waitsForOther: v.boolean() },
  ...{ pace: v.number(), perSecond: v.nullable(v.number()) },
  wait: v.nullable(v.object({ until: v.number(), problem: problemSchema })),
  verifying: v.nullable(v.object({ looked: v.number(), of: v.number() })),
});

const toldSchema = v.variant('type', [
  /** A tab has just opened. */
  v.object({ type: v.literal('hello') }),
  /** Something changed about a job; what, is in the ledger. */
  v.object({ type: v.literal('job'), id: v.string(), live: v.nullable(liveSchema) }),
  /** What jobs did to assets, for the lists on screen. */
  v.object({
    type: v.literal('assets'),
    connectionId: v.string(),
    gone: v.array(v.string()),
    edited: v.boolean(),
  }),
]);
/** What a tab tells all others. */
export type Told = v.InferOutput<typeof toldSchema>;

const STEPS = ['startNow', 'pause', 'resume', 'cancel'] as const;
/** What one tab may ask of the one that looks after a job. */
export type Step = (typeof STEPS)[number];

const ANSWERS = ['done', 'yours'] as const;
/** `yours`: the tab that had the job has let go of it, for whoever asked. */
export type Answer = (typeof ANSWERS)[number];

const messageSchema = v.variant('type', [
  toldSchema,
  v.object({ type: v.literal('ask'), id: v.string(), step: v.picklist(STEPS), question: v.string() }),
  v.object({ type: v.literal('answer'), question: v.string(), answer: v.picklist(ANSWERS) }),
]);
type Message = v.InferOutput<typeof messageSchema>;

export interface JobChannel {
  tell(message: Told): void;
  /** Asks the tab that looks after a job. @returns null when no tab answers */
  ask(id: string, step: Step): Promise<Answer | null>;
  close(): void;
}

const ANSWER_MS = 1_500;

/** Between the tabs of a browser. A tab with another version of Winnow may send anything: that is not heard. */
export function openJobChannel(
  onTold: (message: Told) => void,
  /** @returns null when this tab does not look after that job */
  onAsked: (id: string, step: Step) => Answer | null,
): JobChannel {
  const channel = new BroadcastChannel('winnow-jobs');
  const waiting = new Map<string, (answer: Answer) => void>();
  let closed = false;

  function send(message: Message) {
    if (!closed) channel.postMessage(message);
  }

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const { success, output: message } = v.safeParse(messageSchema, data);
    if (!success) return;
    if (message.type === 'answer') waiting.get(message.question)?.(message.answer);
    else if (message.type === 'ask') {
      const answer = onAsked(message.id, message.step);
      if (answer !== null) send({ type: 'answer', question: message.question, answer });
    } else onTold(message);
  };

  return {
    tell: send,
    async ask(id, step) {
      const question = newId();
      const answer = await new Promise<Answer | null>((resolve) => {
        const timer = setTimeout(() => resolve(null), ANSWER_MS);
        waiting.set(question, (said) => {
          clearTimeout(timer);
          resolve(said);
        });
        send({ type: 'ask', id, step, question });
      });
      waiting.delete(question);
      return answer;
    },
    close() {
      closed = true;
      channel.close();
    },
  };
}
