import type { KeyringEvent } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { existsSync, readFileSync } from 'node:fs';
import type { Order } from './order';

/** Something that a command said it had done: one of these events, with these ids. */
export interface Fact {
  readonly workspaceId: string;
  /** The command, for a person. */
  readonly command: string;
  readonly types: ReadonlyArray<KeyringEvent['type']>;
  readonly ids: Readonly<Partial<Record<'keyId' | 'runId', string>>>;
  /** The event stands at this revision or before it; null for what the command appended after its own events. */
  readonly revision: number | null;
  /** The SHA-256 digest of the secret that the command of `--exec` was given; null without one. */
  readonly digest: string | null;
}

const Document = t.intersection([
  t.type({ keyringRevision: t.number }),
  t.partial({
    key: t.type({ keyId: t.string }),
    run: t.type({ runId: t.string, keyId: t.string }),
    runId: t.string,
    /** Of what is said of a leak. */
    keyId: t.string,
    state: t.string,
    changed: t.boolean,
    finished: t.boolean,
    projectId: t.union([t.string, t.null]),
    validation: t.union([t.type({ outcome: t.string }), t.null]),
    destructions: t.array(t.type({ keyId: t.string, state: t.string })),
    /** Of a closing; a list has others, without these members. */
    keys: t.array(t.partial({ key: t.type({ keyId: t.string }), state: t.string })),
    outcome: t.union([t.string, t.null]),
  }),
]);
type Document = t.TypeOf<typeof Document>;

const VERDICTS = ['KeyValidated', 'KeyValidationFailed', 'KeyValidationInconclusive'] as const;

/** What a word of a leak case records of its key, where it says that it did. */
const LEAK_ACTS: Readonly<Record<string, KeyringEvent['type']>> = {
  'leak report': 'KeyReportedLeaked',
  'leak withdraw': 'KeyLeakReportWithdrawn',
  'leak suspend': 'KeySuspended',
  'leak reinstate': 'KeyReinstated',
  'leak revoke': 'KeyRevocationRecorded',
  'leak reviewed': 'LeakReviewed',
};

type Claim = Pick<Fact, 'types' | 'ids'> & { readonly after?: boolean };

const claimsOf = (words: ReadonlyArray<string>, said: Document): ReadonlyArray<Claim> => {
  const claims: Claim[] = [];
  const claim = (types: Fact['types'], ids: Fact['ids']): void => void claims.push({ types, ids });
  const keyId = said.key?.keyId ?? said.run?.keyId ?? said.keyId ?? '';
  const runId = said.run?.runId ?? said.runId ?? '';
  const act = words.slice(0, 2).join(' ');
  const ofCase = LEAK_ACTS[act];
  if (ofCase !== undefined && said.changed === true) claim([ofCase], { keyId });
  switch (act) {
    case 'keys add':
      claim(['KeyAdded'], { keyId });
      if (said.validation !== null) claim(VERDICTS, { keyId });
      break;
    case 'keys validate':
      claim(VERDICTS, { keyId });
      break;
    case 'keys set-default':
      if (said.changed === true) claim(['DefaultChanged'], { keyId });
      break;
    case 'keys clear-default':
      if (said.changed === true) claim(['DefaultChanged'], {});
      break;
    case 'keys delete':
      claim([said.state === 'retired' ? 'KeyRetired' : 'KeyHardDeleted'], { keyId });
      break;
    case 'keys hard-delete':
      claim(['KeyHardDeleted'], { keyId });
      break;
    case 'leak check':
      claim(['KeyKillChecked'], { keyId });
      break;
    case 'leak close':
      if (said.changed === true) claim(['LeakCaseClosed'], {});
      break;
    case 'workspaces close':
      claim(['WorkspaceClosed'], {});
      break;
    case 'runs start':
      claim(['RunKeyPinned'], { runId, keyId });
      break;
    case 'runs resume':
      claim(['RunKeyResumed'], { runId, keyId });
      break;
    case 'runs finish':
      if (said.finished === true) claim(['RunKeyReleased'], { runId });
      break;
  }
  if (words.includes('--exec')) claim(['RunKeyReleased'], { runId });
  const gone = (said.keys ?? []).flatMap(({ key, state = '' }) =>
    key === undefined ? [] : [{ keyId: key.keyId, state }],
  );
  for (const { keyId: destroyed, state } of [...(said.destructions ?? []), ...gone]) {
    claim(['KeyHardDeleted'], { keyId: destroyed });
    if (state === 'confirmed') {
      claims.push({ types: ['KeySecretDestroyed'], ids: { keyId: destroyed }, after: true });
    }
  }
  return claims;
};

/** As `sha256sum` wrote it: read at once, since nobody has flushed it. */
const digestIn = (file: string): string =>
  existsSync(file) ? (readFileSync(file, 'utf8').split(' ')[0] ?? '') : '';

const parsed = (text: string): unknown => {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return null;
  }
};

/**
 * What a command told with its document; null when the document was not printed to its end, or is not one of a command
 * that was done. A document printed to its end counts though its process was killed before it could end by itself.
 */
export const factsIn = (
  { workspaceId, words, digestFile }: Order,
  stdout: string,
): ReadonlyArray<Fact> | null => {
  const json = parsed(stdout);
  if (typeof json !== 'object' || json === null) return null;
  if ('refused' in json || 'fault' in json || 'usage' in json) return null;
  const document = Document.decode(json);
  if (E.isLeft(document)) return [];
  return claimsOf(words, document.right).map(({ types, ids, after = false }) => ({
    types,
    ids,
    workspaceId,
    command: words.slice(0, 2).join(' '),
    revision: after ? null : document.right.keyringRevision,
    digest: digestFile !== undefined && ids.keyId !== undefined ? digestIn(digestFile) : null,
  }));
};

const agrees = ({ types, ids }: Fact, { type, data }: KeyringEvent): boolean =>
  types.includes(type) &&
  Object.entries(ids).every(([name, id]) =>
    Object.entries(data).some((one) => one[0] === name && one[1] === id),
  );

/** The sentences that the log does not bear out. */
export const lostFacts = (
  facts: ReadonlyArray<Fact>,
  histories: ReadonlyMap<string, ReadonlyArray<KeyringEvent>>,
): ReadonlyArray<string> =>
  facts.flatMap((fact) => {
    const events = histories.get(fact.workspaceId) ?? [];
    const there = events
      .slice(0, fact.revision === null ? events.length : fact.revision + 1)
      .some((event) => agrees(fact, event));
    const wanted = `${fact.types.join(' or ')} of ${Object.values(fact.ids).join(', ')}`;
    return there
      ? []
      : [`\`${fact.command}\` was told done, and the log of ${fact.workspaceId} has no ${wanted}`];
  });
