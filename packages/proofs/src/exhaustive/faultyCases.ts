import {
  defaultPolicy,
  makeDecider,
  type Decider,
  type EnvelopedEvent,
  type KeyringEvent,
  type LeftOpen,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';

const sound = makeDecider(defaultPolicy);

/** Folds as if such events had never been. */
export const without = (forgotten: (event: KeyringEvent) => boolean): Decider => ({
  ...sound,
  replay: (keyring, events) =>
    sound.replay(
      keyring,
      [...events].filter(({ event }) => !forgotten(event)),
    ),
});

/** Decides as it should, and says something else. */
const saying = (said: (event: EnvelopedEvent) => EnvelopedEvent): Decider => ({
  ...sound,
  decide: (keyring, command) =>
    pipe(
      sound.decide(keyring, command),
      E.map((decision) => ({ ...decision, events: decision.events.map(said) })),
    ),
});

const ALL: ReadonlyArray<LeftOpen> = (
  ['stop-stranger', 'successor', 'revoke', 'kill-check', 'hard-delete', 'review'] as const
).map((step) => ({ step, reason: 'nobody said so' }));

/** Names no step that a case is closed without. */
const silent = saying(({ event, envelope }) =>
  event.type === 'LeakCaseClosed'
    ? { event: { ...event, data: { ...event.data, leftOpen: [] } }, envelope }
    : { event, envelope },
);

/** Deciders that break a promise about leak cases each, with what a search has to say of them. */
export const FAULTY_CASES: ReadonlyArray<{
  readonly name: string;
  readonly seen: RegExp;
  readonly decider: Decider;
}> = [
  {
    name: "a decider that takes a person's word for the vendor's",
    seen: /invariant 16: k0 is told contained, and is revoked-unconfirmed/,
    decider: saying(({ event, envelope }) =>
      event.type === 'LeakCaseClosed' && event.data.outcome === 'revoked-unconfirmed'
        ? { event: { ...event, data: { ...event.data, outcome: 'contained' } }, envelope }
        : { event, envelope },
    ),
  },
  {
    name: 'a decider that counts every refusal by the vendor',
    seen: /invariant 16: a check of k0 counts/,
    decider: saying(({ event, envelope }) =>
      event.type === 'KeyKillChecked' && event.data.says === 'dead'
        ? { event: { ...event, data: { ...event.data, counts: true } }, envelope }
        : { event, envelope },
    ),
  },
  {
    name: 'a decider that closes a case with steps open',
    seen: /invariant 18/,
    decider: {
      ...silent,
      decide: (keyring, command) =>
        silent.decide(
          keyring,
          command.body.type === 'CloseLeakCase'
            ? { ...command, body: { ...command.body, leftOpen: ALL } }
            : command,
        ),
    },
  },
  {
    name: 'a decider that leaves a case closed when the key lives',
    seen: /invariant 19/,
    decider: without(({ type, data }) => type === 'KeyKillChecked' && data.says === 'alive'),
  },
  {
    name: 'a decider that forgets under which case a key was deleted',
    seen: /invariant 17: KeySecretDestroyed is of SEC-7/,
    decider: saying(({ event, envelope }) => {
      if (event.type !== 'KeySecretDestroyed') return { event, envelope };
      const nameless = { ...envelope };
      Reflect.deleteProperty(nameless, 'caseId');
      return { event, envelope: nameless };
    }),
  },
  {
    name: 'a decider that forgets that a key was reported',
    seen: /invariant (8|19)/,
    decider: without(({ type }) => type === 'KeyReportedLeaked'),
  },
];
