import { chainAfter, genesisOf, linkOf, withLink } from '@keyturn/event-store';
import type { Vault } from '@keyturn/vault';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { FaultyStore } from '../faulty/stores';
import { thatAsksNobodyTwice, type FaultyVault } from '../faulty/vaults';
import { thatKnowsNothing } from './acts';
import type { Sabotage } from './wave';

/** What the check must find out. */
export interface FaultyParts {
  readonly name: string;
  readonly sabotage: Sabotage;
  readonly seen: RegExp;
}

/** Whatever is sealed, its seal is good. */
const thatFindsEverySealGood: FaultyVault = (vault) => ({ ...vault, verifySeal: () => 'good' });

/** Whatever a snapshot says, it is believed. */
const thatBelievesSnapshots: FaultyVault = (vault) => ({ ...vault, verifySnapshot: () => 'good' });

/** Gives the events of a stream a chain that fits, whatever they are: as if nobody followed it. */
const thatMendsTheChain: FaultyStore = (store) => {
  /** By stream and revision: a stream is read from any place again. */
  const chains = new Map<string, Uint8Array>();
  return {
    ...store,
    readStream: (stream, options) =>
      pipe(
        store.readStream(stream, options),
        TE.map(({ events, end }) => ({
          end,
          events: events.map((event) => {
            const link = linkOf(event.metadata);
            const { revision } = event;
            const before = revision === 0 ? genesisOf(stream).chain : chains.get(`${stream} ${revision - 1}`);
            if (link === null || before === undefined || options.direction === 'backwards') return event;
            const chain = chainAfter(before, { ...event, rest: link.rest });
            chains.set(`${stream} ${revision}`, chain);
            return { ...event, metadata: withLink({ ...link, chain }) };
          }),
        })),
      ),
  };
};

const both =
  (...faulty: ReadonlyArray<FaultyVault>): FaultyVault =>
  (vault: Vault) =>
    faulty.reduce((over, one) => one(over), vault);

export const FAULTY_PARTS: ReadonlyArray<FaultyParts> = [
  {
    name: 'a vault that knows of no head',
    sabotage: { vault: thatKnowsNothing },
    seen: /(the end cut off|the stream emptied|put back).*(went on|was decided|was appended|did not leave)/,
  },
  {
    name: 'a vault that finds every seal good',
    sabotage: { vault: thatFindsEverySealGood },
    seen: /\(sealed-by-(nobody|another)\).*(went on|was decided|was appended|did not leave)/,
  },
  {
    name: 'a store whose chain nobody follows, under a vault that verifies no seal and knows of no head',
    sabotage: { vault: both(thatFindsEverySealGood, thatKnowsNothing), eventStore: thatMendsTheChain },
    seen: /\(as-it-is\).*(went on|was decided|was appended|did not leave)/,
  },
  {
    name: 'a vault that hands over without a look at the event that entitles',
    sabotage: { vault: thatAsksNobodyTwice },
    seen: /an append swallowed: a secret was handed out/,
  },
  {
    name: 'a vault that lets a sweep go by any snapshot',
    sabotage: { vault: thatBelievesSnapshots },
    seen: /a snapshot with every key destroyed.*(rows of the vault were destroyed|repaired|another key|came to)/,
  },
];
