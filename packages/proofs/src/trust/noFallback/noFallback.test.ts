import { describe, expect, test } from '@jest/globals';
import { isRefusal, type Failure, type Keyturn } from '@keyturn/service';
import { Secret, type KeyBinding, type Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { onPostgres } from '@keyturn/testbed/postgres';
import { noFallback, noFallbackCheck, noFallbackOnPostgres } from './noFallback';
import type { Sabotage } from './site';

const budget = { until: 0, seed: 1, progress: () => undefined };

test('each run gets its own pinned key, or a refusal or fault', async () => {
  const { figures, violations } = await noFallback.run(budget);
  expect(violations).toEqual([]);
  expect(figures).toMatchObject({ 'other rows opened': 0, 'operator credentials read': 0 });
  expect(Object.entries(figures).filter(([, count]) => count === 0)).toHaveLength(2);
});

const describeOnPostgres = onPostgres(describe);
describeOnPostgres('with the vault on PostgreSQL', () => {
  test('each run there gets its own pinned key, or a refusal or fault', async () => {
    const { figures, violations } = await noFallbackOnPostgres.run(budget);
    expect(violations).toEqual([]);
    expect(figures).toMatchObject({ 'other rows opened': 0, 'operator credentials read': 0 });
    expect(figures['releases']).toBeGreaterThan(0);
  }, 240_000);
});

/** Notes every row that is sealed, as a vault that meant to look elsewhere could. */
const remembering = (
  vault: Vault,
  sealed: KeyBinding[],
  open: (opening: Vault['open']) => Vault['open'],
): Vault => ({
  ...vault,
  seal: (binding, secret) => {
    sealed.push(binding);
    return vault.seal(binding, secret);
  },
  open: open(vault.open),
});

/** Opens whatever row without asking the log. */
const peek = (open: Vault['open'], binding: KeyBinding) =>
  open({ authorise: TE.right(binding), confirm: TE.right(undefined) }, (secret) =>
    TE.right(secret.use((bytes) => Buffer.from(bytes).toString('latin1'))),
  );

/** Runs what a use case would do otherwise when it refuses or fails. */
const whenItFails = (
  keyturn: Keyturn,
  otherwise: (start: Keyturn['startRunWithSecret'], failure: Failure) => Keyturn['startRunWithSecret'] | null,
): Keyturn => ({
  ...keyturn,
  startRunWithSecret: (context, request, use) => async () => {
    const started = await keyturn.startRunWithSecret(context, request, use)();
    if (E.isRight(started) || !(typeof started.left === 'object' && started.left !== null)) return started;
    const failure = started.left as Failure;
    const instead = otherwise(keyturn.startRunWithSecret, failure);
    return instead === null ? started : instead(context, request, use)();
  },
});

const secretOf = (text: string): Secret => {
  const made = Secret.from(text);
  if (E.isLeft(made)) throw new Error('It is one.');
  return made.right;
};

describe('the check finds', () => {
  const sealed: KeyBinding[] = [];

  const breaches: ReadonlyArray<readonly [string, Sabotage, RegExp]> = [
    [
      'a vault that opens another row when the right one does not open',
      {
        vault: (vault) =>
          remembering(vault, sealed, (open) => (gate, use) => async () => {
            const opened = await open(gate, use)();
            if (E.isRight(opened) || !(opened.left instanceof Error)) return opened;
            const other = sealed[0];
            return other === undefined
              ? opened
              : open({ authorise: TE.right(other), confirm: TE.right(undefined) }, use)();
          }),
      },
      /the vault (read|opened) the (data key|secret|workspace key) of another/,
    ],
    [
      'a vault that looks at another row and hands over the right one',
      {
        vault: (vault) =>
          remembering(vault, sealed, (open) => (gate, use) => async () => {
            const other = sealed.at(-1);
            if (other !== undefined) await peek(open, other)();
            return open(gate, use)();
          }),
      },
      /the vault (read|opened) the (data key|secret|workspace key) of another/,
    ],
    [
      'a service that takes the workspace’s Default when the project’s is refused',
      {
        keyturn: (keyturn) =>
          whenItFails(keyturn, (start, failure) =>
            isRefusal(failure) && failure.code === 'default-not-active'
              ? (context, { runId }, use) => start(context, { runId }, use)
              : null,
          ),
      },
      /the run got the secret of key|a key was released that is not the one due|the vault read|due was/,
    ],
    [
      'a service that takes any key of another vendor',
      {
        keyturn: (keyturn) =>
          whenItFails(keyturn, (start, failure) =>
            isRefusal(failure) && failure.code === 'vendor-has-no-active-key'
              ? (context, { runId }, use) => start(context, { runId }, use)
              : null,
          ),
      },
      /the run got the secret of key|a key was released that is not the one due|the vault read|due was/,
    ],
    [
      'a service that hands over the operator’s credential',
      {
        keyturn: (keyturn, { operator }) =>
          whenItFails(keyturn, (_, failure) =>
            isRefusal(failure)
              ? null
              : (context, { runId }, use) =>
                  async () => {
                    const pin = await keyturn.startRun(context, { runId: `${runId}-x` })();
                    if (E.isLeft(pin)) return pin;
                    return operator.withOperatorCredential('anthropic', (credential) =>
                      credential.use((bytes) =>
                        use(secretOf(Buffer.from(bytes).toString('latin1')), pin.right)(),
                      ),
                    );
                  },
          ),
      },
      /the run got the operator's own credential.*the vendor got the operator's own credential.*an operator credential was reached for/,
    ],
    [
      'a service that only looks at the operator’s credential',
      {
        keyturn: (keyturn, { operator }) => ({
          ...keyturn,
          validateKey: (context, request) => async () => {
            await operator.withOperatorCredential('environment', () => undefined);
            return keyturn.validateKey(context, request)();
          },
        }),
      },
      /an operator credential was reached for/,
    ],
    [
      'a service that throws',
      {
        keyturn: (keyturn) =>
          whenItFails(keyturn, (_, failure) => {
            if (isRefusal(failure)) return null;
            throw new TypeError('a bug');
          }),
      },
      /neither the run's key nor a refusal or typed fault: a thrown TypeError/,
    ],
    [
      'a service that gives a run another key in mid-run',
      {
        keyturn: (keyturn) => ({
          ...keyturn,
          resumeRunWithSecret: (context, request, use) =>
            keyturn.startRunWithSecret(context, { ...request, choice: { kind: 'default' } }, use),
        }),
      },
      /the run got the secret of key|the vault read|due was/,
    ],
  ];

  test.each(breaches)('%s', async (_, sabotage, seen) => {
    sealed.length = 0;
    const { violations } = await noFallbackCheck({ ...sabotage, shrink: false }).run({
      ...budget,
      until: Date.now() + 40_000,
    });
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatch(seen);
    expect(violations[0]).toMatch(/\(seed \d+, path \d+\)$/);
  });
});
