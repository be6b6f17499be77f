import {
  displayLine,
  type Catalogue,
  type KeyEntry,
  type KeyId,
  type Keyring,
  type KeyStatus,
  type Vendor,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { ServiceFault } from './failure';

/** A key as a person may see it. */
export interface KeySummary {
  readonly keyId: KeyId;
  readonly vendor: Vendor;
  readonly label: string | null;
  readonly last4: string;
  readonly status: KeyStatus;
  /** It is the workspace Default. */
  readonly isDefault: boolean;
  /** When its owner wants it replaced; null for never. */
  readonly expiresAt: number | null;
  /** Such as `…AbCd · Active (previous)`. */
  readonly display: string;
}

/** What it takes to say something to a person: the words of a language. */
export interface Speaking {
  readonly words: Catalogue;
}

/** The key as the keyring has it. */
export const summaryOf = ({ words }: Speaking, keyring: Keyring, key: KeyEntry): KeySummary => {
  const { keyId, vendor, label, last4, status, expiresAt } = key;
  const isDefault = keyring.workspaceDefault === keyId;
  return {
    keyId,
    vendor,
    label,
    last4,
    status,
    isDefault,
    expiresAt,
    display: displayLine({ ...key, isDefault }, words),
  };
};

/** The summary of a key that a handled command has just named. */
export const keySummary = (
  speaking: Speaking,
  keyring: Keyring,
  keyId: KeyId,
): E.Either<ServiceFault, KeySummary> => {
  const key = keyring.keys.get(keyId);
  return key === undefined
    ? E.left(new ServiceFault('defect', `Key ${keyId} was handled and is not in its keyring. Report it.`))
    : E.right(summaryOf(speaking, keyring, key));
};
