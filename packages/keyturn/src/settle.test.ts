import { describe, expect, test } from '@jest/globals';
import { invalidInput } from '@keyturn/domain';
import { StoreFault } from '@keyturn/event-store';
import { ProjectionFault } from '@keyturn/projections';
import { VaultFault } from '@keyturn/vault';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import { SetupFault } from './deployment/setupFault';
import { isKeyturnError } from './errors';
import { FAULTS } from './faults';
import { guarded, keyturnError, settled } from './settle';

describe('what a part gives as its left side', () => {
  test('is thrown as a refusal', async () => {
    const refusal = invalidInput('runId', 'an id');
    const error = await settled(TE.left(refusal)).catch((thrown: unknown) => thrown);
    expect(isKeyturnError(error)).toBe(true);
    expect(error).toMatchObject({ kind: 'refusal', ...refusal, next: refusal.facts.next, retryable: false });
  });

  test.each([
    [new StoreFault('unavailable', 'it is away'), 'event-store', true],
    [new VaultFault('tampered', 'the row does not open'), 'vault', false],
    [new SetupFault('not-accessible', 'Run as its owner.'), 'set-up', false],
  ])('is thrown as a fault with what to do: %s', async (fault, part, retryable) => {
    const error = await settled(TE.left(fault)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      kind: 'fault',
      code: fault.code,
      facts: { part },
      next: FAULTS[fault.code].next,
      retryable,
      cause: fault,
    });
  });

  test('of a read model whose event store failed is what failed', () => {
    const cause = new StoreFault('access-denied', 'The user may not read.');
    const fault = new ProjectionFault('store', 'The event store failed.', { cause });
    expect(keyturnError(fault)).toMatchObject({ code: 'access-denied', facts: { part: 'event-store' } });
  });
});

describe('what nobody foresaw', () => {
  test('is told by its kind alone: its message could hold anything', async () => {
    const secret = randomUUID();
    const error = await guarded(() => Promise.reject(new TypeError(secret))).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ kind: 'fault', code: 'unexpected', next: ['report'] });
    expect(JSON.stringify(error)).not.toContain(secret);
    expect((error as Error).message).not.toContain(secret);
    expect((error as Error).cause).toBeInstanceOf(TypeError);
  });

  test('is told once: an error of ours is passed on as it is', () => {
    const error = keyturnError(new Error('once'));
    expect(keyturnError(error)).toBe(error);
  });
});

describe('the table of faults', () => {
  test('offers to try again exactly where that may help', () => {
    for (const { next, retryable } of Object.values(FAULTS)) expect(next.includes('retry')).toBe(retryable);
  });
});
