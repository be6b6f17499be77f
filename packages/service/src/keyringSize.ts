import type { Keyring, Recent } from '@keyturn/domain';

/** Bytes that one of each holds in memory, about: measured with ids that are UUIDs. */
const EACH = {
  key: 500,
  pin: 250,
  command: 260,
  endedRun: 90,
  fingerprint: 100,
  projectDefault: 120,
  keyId: 80,
};
const EMPTY = 4_000;

const countOf = ({ generations }: Recent<string, unknown>): number =>
  generations.reduce((sum, { entries }) => sum + entries.size, 0);

/** Bytes that a keyring holds in memory, about. */
export const keyringSize = (keyring: Keyring): number =>
  EMPTY +
  EACH.key * keyring.keys.size +
  EACH.pin * keyring.openPins.size +
  EACH.command * countOf(keyring.handledCommands) +
  EACH.endedRun * countOf(keyring.endedRuns) +
  EACH.fingerprint * keyring.leakedFingerprints.size +
  EACH.projectDefault * keyring.projectDefaults.size +
  EACH.keyId * (keyring.listedKeyIds.size + keyring.abandonedKeyIds.size);
