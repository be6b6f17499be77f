import { isRefusal, type Failure, type Keyturn } from '@keyturn/service';
import { Secret } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { thatAnswersForAnotherVendor } from '../faulty/probers';
import { thatForgets, thatHides } from '../faulty/stores';
import {
  thatAsksNobodyTwice,
  thatDoesNotFreeze,
  thatLooksAround,
  thatOpensAnotherRow,
} from '../faulty/vaults';
import type { Sabotage } from './site';
import { VENDORS } from './steps';

/** What the check must find out: each is made anew, since some remember. */
export interface FaultyParts {
  readonly name: string;
  readonly sabotage: () => Sabotage;
  readonly seen: RegExp;
}

/** What `use` itself fails with is no business of a service. */
const isFailure = (left: unknown): left is Failure =>
  left instanceof Error || (typeof left === 'object' && left !== null && 'facts' in left);

/** Runs what a use case would do otherwise when it refuses or fails. */
const whenItFails = (
  keyturn: Keyturn,
  otherwise: (start: Keyturn['startRunWithSecret'], failure: Failure) => Keyturn['startRunWithSecret'] | null,
): Keyturn => ({
  ...keyturn,
  startRunWithSecret: (context, request, use) => async () => {
    const started = await keyturn.startRunWithSecret(context, request, use)();
    if (E.isRight(started) || !isFailure(started.left)) return started;
    const instead = otherwise(keyturn.startRunWithSecret, started.left);
    return instead === null ? started : instead(context, request, use)();
  },
});

/** Starts the run by the workspace's Default when this is the refusal. */
const fallingBackFrom =
  (code: string): NonNullable<Sabotage['keyturn']> =>
  (keyturn) =>
    whenItFails(keyturn, (start, failure) =>
      isRefusal(failure) && failure.code === code
        ? (context, { runId }, use) => start(context, { runId }, use)
        : null,
    );

const secretOf = (text: string): Secret => {
  const made = Secret.from(text);
  if (E.isLeft(made)) throw new Error('It is one.');
  return made.right;
};

const handsOverTheOperators: NonNullable<Sabotage['keyturn']> = (keyturn, { operator }) =>
  whenItFails(keyturn, (_, failure) =>
    isRefusal(failure)
      ? null
      : (context, { runId }, use) =>
          async () => {
            const pin = await keyturn.startRun(context, { runId: `${runId}-x` })();
            if (E.isLeft(pin)) return pin;
            return operator.withOperatorCredential('anthropic', (credential) =>
              credential.use((bytes) => use(secretOf(Buffer.from(bytes).toString('latin1')), pin.right)()),
            );
          },
  );

const GAVE_OUT = /a key was released that could not be|and the vendor was called/;
const ANOTHER_ROW = /the vault (read|opened) the (data key|secret|workspace key) of another/;
const ANOTHER_KEY =
  /the run got the secret of key|a key was released that is not the one due|the vault read|due was/;

/** Where parts do not agree on what is there, many things may be seen first. */
const ANOTHER_COURSE =
  /due was|a key was due|with nothing broken|nothing was broken|the vault (read|opened)|the run got|a key was released/;

export const FAULTY_PARTS: ReadonlyArray<FaultyParts> = [
  {
    name: 'a vault that does not freeze what is hard-deleted',
    sabotage: () => ({ vault: thatDoesNotFreeze }),
    seen: GAVE_OUT,
  },
  {
    name: 'a vault that does not ask again before it hands over, nor freezes',
    sabotage: () => ({ vault: (vault) => thatAsksNobodyTwice(thatDoesNotFreeze(vault)) }),
    seen: GAVE_OUT,
  },
  {
    name: 'a vault that opens another row when the right one does not open',
    sabotage: () => ({ vault: thatOpensAnotherRow() }),
    seen: ANOTHER_ROW,
  },
  {
    name: 'a vault that looks at another row and hands over the right one',
    sabotage: () => ({ vault: thatLooksAround() }),
    seen: ANOTHER_ROW,
  },
  {
    name: 'a store that forgets a hard delete, which it acknowledged',
    sabotage: () => ({ eventStore: thatForgets('KeyHardDeleted') }),
    seen: ANOTHER_COURSE,
  },
  {
    name: 'a store that does not show that a Default was changed',
    sabotage: () => ({ eventStore: thatHides('DefaultChanged') }),
    seen: ANOTHER_COURSE,
  },
  {
    name: 'a prober that answers for another vendor',
    sabotage: () => ({ prober: thatAnswersForAnotherVendor(VENDORS) }),
    seen: ANOTHER_COURSE,
  },
  {
    name: 'a service that takes the workspace’s Default when the project’s is refused',
    sabotage: () => ({ keyturn: fallingBackFrom('default-not-active') }),
    seen: ANOTHER_KEY,
  },
  {
    name: 'a service that takes any key of another vendor',
    sabotage: () => ({ keyturn: fallingBackFrom('vendor-has-no-active-key') }),
    seen: ANOTHER_KEY,
  },
  {
    name: 'a service that hands over the operator’s credential',
    sabotage: () => ({ keyturn: handsOverTheOperators }),
    seen: new RegExp(
      "the run got the operator's own credential.*the vendor got the operator's own credential.*" +
        'an operator credential was reached for',
    ),
  },
  {
    name: 'a service that only looks at the operator’s credential',
    sabotage: () => ({
      keyturn: (keyturn, { operator }) => ({
        ...keyturn,
        validateKey: (context, request) => async () => {
          await operator.withOperatorCredential('environment', () => undefined);
          return keyturn.validateKey(context, request)();
        },
      }),
    }),
    seen: /an operator credential was reached for/,
  },
  {
    name: 'a service that throws',
    sabotage: () => ({
      keyturn: (keyturn) =>
        whenItFails(keyturn, (_, failure) => {
          if (isRefusal(failure)) return null;
          throw new TypeError('a bug');
        }),
    }),
    seen: /neither the run's key nor a refusal or typed fault: a thrown TypeError/,
  },
  {
    name: 'a service that gives a run another key in mid-run',
    sabotage: () => ({
      keyturn: (keyturn) => ({
        ...keyturn,
        resumeRunWithSecret: (context, request, use) =>
          keyturn.startRunWithSecret(context, { ...request, choice: { kind: 'default' } }, use),
      }),
    }),
    seen: ANOTHER_KEY,
  },
];
