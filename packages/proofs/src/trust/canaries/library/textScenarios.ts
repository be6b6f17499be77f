import { Secret } from '@keyturn/vault';
import { isRight } from 'fp-ts/Either';
import { bytesOf } from '@keyturn/testbed';
import type { LibraryScenario } from './scenario';

/** A part of the key, written as somebody could who puts it in a label. */
const written = (content: string, start: number): ReadonlyArray<string> => {
  const part = content.slice(start, start + 24);
  const bytes = bytesOf(part, 'latin1');
  return [
    part,
    content.slice(start, start + 12),
    part.toLowerCase(),
    part.toUpperCase(),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(part),
    `x ${part} y`,
    content.slice(0, 64),
  ];
};

/**
 * The rule: no text of an AddKey tells of the pasted key, as it is, in another case, in base64, hexadecimal or URL
 * encoding. It is measured in bits: 12 characters always tell too much, 8 that are all digits do not. Of other texts
 * only those are refused that are shaped as a vendor's key: any other is an id.
 */
const keyInItsOwnTexts: LibraryScenario = {
  name: 'a key in its own label, endpoint, ids',
  play: async ({ ctx, keyturn: { keys }, round, seen }) => {
    for (let n = 0; n < 3; n += 1) {
      const canary = round.keyOf(
        'openai',
        'valid',
        round.random.chance(0.5) ? 'OpenAI project key' : undefined,
      );
      const { content } = canary;
      const request = { vendor: 'openai', pasted: content, vendorIsCertain: true };
      await seen('a key in its own label', () => keys.add(ctx, { ...request, label: content.slice(-24) }));
      for (const text of written(content, round.random.whole(Math.max(1, content.length - 24)))) {
        const calls = [
          () => keys.add(ctx, { ...request, label: text }),
          () => keys.add(ctx, { ...request, endpoint: `https://${text}.example.org` }),
          () => keys.add(ctx, { ...request, endpoint: text }),
          () => keys.add(ctx, { ...request, region: text }),
          () => keys.add(ctx, { ...request, model: text }),
          () => keys.add(ctx, { ...request, vendor: text }),
          () => keys.add({ ...ctx, workspaceId: text }, request),
          () => keys.add(ctx, request, { idempotencyKey: text }),
          () => keys.add({ ...ctx, correlationId: text }, request),
          () => keys.add({ ...ctx, causationId: text }, request),
          () => keys.add({ ...ctx, actor: { kind: 'user', id: text } }, request),
          () => keys.add({ ...ctx, actor: { kind: 'user', id: 'ada', originRef: text } }, request),
        ];
        const call = round.random.pick(calls);
        await seen('a key in its own texts', call);
      }
    }
  },
};

const notSecrets: LibraryScenario = {
  name: 'texts that are no secrets, and secrets that were never in a vault',
  play: async ({ round, seen }) => {
    for (let n = 0; n < 6; n += 1) {
      const { content } = round.canary();
      for (const text of [
        content.slice(0, 15),
        `${content} `,
        `${content}\n`,
        `${content}é`,
        content.repeat(600),
      ]) {
        round.inspect('a text that is no secret', Secret.from(text));
      }
      const made = Secret.from(content);
      if (!isRight(made)) continue;
      round.inspect('a secret', made.right);
      round.inspect('a secret of bytes', Secret.from(bytesOf(content, 'latin1')));
      await seen('an error in its use', () =>
        Promise.resolve(
          made.right.use(() => {
            throw new Error('mine');
          }),
        ),
      );
      made.right.wipe();
      round.inspect('a secret that was wiped', made.right);
    }
  },
};

export const textScenarios: ReadonlyArray<LibraryScenario> = [keyInItsOwnTexts, notSecrets];
