/**
 * The golden transcript of system A: one fixed conversation, and what the slow oracle says its bytes are.
 *
 * Owns the conversation and its recorded form; `session-transcript.json` is the committed record.
 * The suites check that the oracle still agrees with the record, and then that a variant does.
 */

import type { Schedule } from '../implementation.js';
import {
  fixedStream,
  oracleDirectionalFrame,
  oracleKeyId,
  oracleKeys,
  oracleSessionFrame,
  oracleSessionId,
  oracleSignature,
} from '../slow-oracle.js';

export type Operation = 'encrypt' | 'encryptOutbound' | 'sign' | 'signOutbound' | 'rotate';

/** One step of the conversation. Texts are UTF-8; `rotate` is done by both peers and has no text. */
export interface ConversationStep {
  readonly peer: 'client' | 'server';
  readonly operation: Operation;
  readonly text: string;
  readonly associatedText: string;
}

/** A step with the bytes that leave the peer, in hexadecimal; of `rotate`, the new key id. */
export interface RecordedStep extends ConversationStep {
  readonly result: string;
}

export interface Transcript {
  readonly schedule: Schedule;
  readonly sharedSecret: string;
  readonly salt: string;
  readonly id: string;
  readonly keyId: string;
  /** The keys of epoch 0, in hexadecimal. */
  readonly keys: Readonly<Record<string, string>>;
  readonly steps: readonly RecordedStep[];
}

export const TRANSCRIPT_SECRET = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
export const TRANSCRIPT_SALT = Buffer.from(Array.from({ length: 32 }, (_, index) => 0xff - index));

const CONVERSATION: readonly ConversationStep[] = [
  { peer: 'client', operation: 'encrypt', text: 'first light', associatedText: '' },
  { peer: 'server', operation: 'encrypt', text: '', associatedText: 'an empty plaintext, bound to this' },
  { peer: 'client', operation: 'encryptOutbound', text: 'message zero', associatedText: 'POST /a' },
  { peer: 'client', operation: 'encryptOutbound', text: 'x'.repeat(300), associatedText: '' },
  { peer: 'server', operation: 'encryptOutbound', text: 'answer', associatedText: 'y'.repeat(100) },
  { peer: 'client', operation: 'sign', text: 'signed by either', associatedText: 'second part' },
  { peer: 'server', operation: 'signOutbound', text: 'signed by the server', associatedText: '' },
  { peer: 'client', operation: 'rotate', text: '', associatedText: '' },
  { peer: 'client', operation: 'encrypt', text: 'after rotation', associatedText: '' },
  { peer: 'server', operation: 'encryptOutbound', text: 'counted from zero again', associatedText: 'z' },
  { peer: 'client', operation: 'rotate', text: '', associatedText: '' },
  { peer: 'client', operation: 'encryptOutbound', text: 'second rotation', associatedText: '' },
  { peer: 'client', operation: 'signOutbound', text: 'end', associatedText: 'of transcript' },
];

/** Computes the transcript with the slow oracle alone. */
export function recordTranscript(schedule: Schedule): Transcript {
  const id = oracleSessionId(TRANSCRIPT_SALT);
  const streams = { client: fixedStream('client'), server: fixedStream('server') };
  const sequences = { client: 0, server: 0 };
  const firstKeys = oracleKeys(schedule, 0, TRANSCRIPT_SECRET, TRANSCRIPT_SALT);
  let keys = firstKeys;
  let epoch = 0;
  const steps: RecordedStep[] = [];
  for (const step of CONVERSATION) {
    const text = Buffer.from(step.text);
    const associated = Buffer.from(step.associatedText);
    const direction = step.peer === 'client' ? 'c2s' : 's2c';
    if (step.operation === 'rotate') {
      epoch += 1;
      keys = oracleKeys(schedule, epoch, TRANSCRIPT_SECRET, TRANSCRIPT_SALT);
      sequences.client = 0;
      sequences.server = 0;
      steps.push({ ...step, result: oracleKeyId(keys.signing) });
    } else if (step.operation === 'sign') {
      steps.push({ ...step, result: oracleSignature(keys.signing, [text, associated]).toString('hex') });
    } else if (step.operation === 'signOutbound') {
      const key = direction === 'c2s' ? keys.c2sSigning : keys.s2cSigning;
      steps.push({ ...step, result: oracleSignature(key, [text, associated]).toString('hex') });
    } else {
      const nonce = Buffer.alloc(12);
      streams[step.peer](nonce);
      if (step.operation === 'encrypt') {
        steps.push({ ...step, result: oracleSessionFrame(keys, id, epoch, nonce, text, associated).toString('hex') });
      } else {
        const sequence = sequences[step.peer];
        sequences[step.peer] += 1;
        const frame = oracleDirectionalFrame(keys, direction, id, epoch, sequence, nonce, text, associated);
        steps.push({ ...step, result: frame.toString('hex') });
      }
    }
  }
  return {
    schedule,
    sharedSecret: TRANSCRIPT_SECRET.toString('hex'),
    salt: TRANSCRIPT_SALT.toString('hex'),
    id,
    keyId: oracleKeyId(firstKeys.signing),
    keys: Object.fromEntries(Object.entries(firstKeys).map(([name, key]) => [name, key.toString('hex')])),
    steps,
  };
}
