import type { FaultyPart } from '../check';
import { thatForgets } from '../faulty/stores';
import { thatDoesNotShred, thatKeepsACopy, thatProvesNothing } from '../faulty/vaults';
import type { StandParts } from './stand';

/** What the check must find out. */
export const FAULTY_PARTS: ReadonlyArray<Omit<FaultyPart, 'run'> & { readonly parts: StandParts }> = [
  {
    name: 'a vault that does not shred, and says that it did',
    parts: { vault: thatDoesNotShred },
    seen: /there are still sealed bytes of key/,
  },
  {
    name: 'a vault that keeps a copy of what it shreds',
    parts: { vault: (vault, stand) => thatKeepsACopy(stand.vault.keepCopy)(vault) },
    seen: /there are still sealed bytes of key/,
  },
  {
    name: 'a vault whose receipt says nothing of how it was made sure',
    parts: { vault: thatProvesNothing },
    seen: /the receipt of a destruction does not say/,
  },
  {
    name: 'a store that forgets that a secret was destroyed, which it acknowledged',
    parts: { eventStore: thatForgets('KeySecretDestroyed') },
    seen: /a destroyed secret was not confirmed in the log/,
  },
  {
    name: 'a store that forgets a hard delete, which it acknowledged',
    parts: { eventStore: thatForgets('KeyHardDeleted') },
    seen: /a hard delete that was told done is not in the log|a process gave out the secret/,
  },
];
