/**
 * A guest agent, made to look like a monitor; loaded only by those who speak to one.
 *
 * Accepts: a link to an agent, over a channel that knows no connections and may hold the remains
 * of earlier ones. Guarantees: a link to something that greets, negotiates and echoes ids, and
 * that never gives an answer to another command. Leaves to the next phase: the conversation.
 */

import { repair } from '../framing/repair.js';
import {
  createDecoder,
  createFramer,
  type Message,
  parseJson,
  type SessionOptions,
  stringifyJson,
} from '../session/index.js';
import type { Link } from '../transport/index.js';

/** How long a command that answers only to fail is given to fail, in milliseconds. */
const SILENCE = 200;

/** The byte that no message contains; the agent puts it before its answer. */
const SENTINEL = 0xff;

/**
 * The agent gives no greeting and answers one command after the other. Agents before 3.0 refuse
 * an `id`, so answers are matched by their order; whenever that is in doubt, both sides are
 * synchronized before the next command, and what the agent says until then is left out.
 */
export function agentLink(
  link: Link,
  { silent = [], traced, messageLimit }: Omit<SessionOptions, 'window'>,
): Link {
  const encoder = new TextEncoder();
  const decode = createDecoder();
  let deliver: (text: string) => void = () => {};
  /** The command that is answered next. */
  let current: Message | undefined;
  /** Which synchronization is waited for; none when both sides are in step. */
  let sync: number | undefined;
  let dirty = true;
  /** Bytes are of no use until the next sentinel. */
  let skipping = false;

  const sent = (message: Message) => {
    traced?.(true, message);
    link.send(`${stringifyJson(message)}\n`);
  };

  const synchronize = () => {
    sync = 1 + Math.floor(Math.random() * 0x7ffffffe);
    skipping = true;
    dirty = false;
    link.send(Uint8Array.of(SENTINEL));
    sent({ execute: 'guest-sync-delimited', arguments: { id: sync } });
  };

  /** Sends the command, now that both sides are in step. */
  const proceed = () => {
    if (!current) return;
    const { id, ...command } = current;
    // The negotiation has been the synchronization.
    if (command.execute === 'qmp_capabilities') return answer({ return: {} });
    sent(command);
    if (!silent.includes(String(command.execute))) return;
    const waiting = current;
    setTimeout(() => {
      // Whatever the agent says yet of this command is not the next one's answer.
      dirty ||= current === waiting;
      if (current === waiting) answer({ return: {} });
    }, SILENCE);
  };

  /** Answers the command; without a message, so that it fails: `nan` is no number. */
  const answer = (message?: Message) => {
    if (!current) return;
    const { id } = current;
    current = undefined;
    deliver(message ? stringifyJson({ ...message, id }) : `{"return":nan,"id":${id}}`);
  };

  /** The command concerned fails; the next finds the agent in step. */
  const fail = () => {
    framer.reset();
    skipping = true;
    if (sync !== undefined) return;
    dirty = true;
    if (current) answer();
  };

  const framer = createFramer(
    {
      message: (value) => {
        const message = value as Message;
        traced?.(false, message);
        if (sync === undefined) answer(message);
        else if (message.return !== sync) skipping = true;
        else {
          sync = undefined;
          proceed();
        }
      },
      damaged: (text) => {
        // A number that is none leaves both sides in step; anything else throws.
        repair(text);
        answer();
      },
    },
    messageLimit,
  );

  return {
    start(data, end) {
      deliver = (text) => data(encoder.encode(text));
      link.start((chunk) => {
        if (sync !== undefined) {
          // Everything before the last sentinel is of earlier times.
          const at = chunk.lastIndexOf(SENTINEL);
          if (at >= 0) {
            skipping = false;
            framer.reset();
            chunk = chunk.subarray(at + 1);
          }
        }
        if (skipping) return;
        try {
          framer.push(decode(chunk));
        } catch {
          fail();
        }
      }, end);
      deliver('{"QMP":null}');
    },
    send(text) {
      current = parseJson(String(text)) as Message;
      if (dirty) synchronize();
      else proceed();
    },
    /** It may be answered late or, after a reboot of the guest, never. */
    forget(key) {
      if (current?.id !== key) return;
      dirty = true;
      answer({ return: {} });
    },
    close: (abrupt) => link.close(abrupt),
  };
}
