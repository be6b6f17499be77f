import type { Outcome } from './asking';
import { same, takesToOpen, type Seen } from './door';
import type { Due, ModelKey, ModelWorkspace } from './model';

/** One case, over: what the rule says, and all that was seen. */
export interface Evidence {
  readonly workspace: ModelWorkspace;
  /** What the rule allows: one thing, or two where a hard delete went on at the same time. */
  readonly dues: ReadonlyArray<Due>;
  /** A key that was hard-deleted meanwhile: its shred reads its row, and opens nothing. */
  readonly destroyed: string | null;
  /** Whether what was broken has to stop the release, may stop it, or is no reason to. */
  readonly release: 'must' | 'may' | 'must-not';
  readonly outcome: Outcome;
  readonly seen: Seen;
  /** What reached the vendors, as text. */
  readonly requests: ReadonlyArray<string>;
  /** How often an operator credential was reached for. */
  readonly credentialReads: number;
  /** Every secret of the deployment that is no other's business: customers' and operator's, with whose it is. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Of a machine under load, not of the case. */
const PASSING = ['release-too-late', 'contention', 'unavailable'];

const keysOf = (dues: ReadonlyArray<Due>): ReadonlyArray<ModelKey> =>
  dues.flatMap((due) => (due.kind === 'key' ? [due.key] : []));

const said = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'released':
      return 'it was released';
    case 'refused':
      return `it was refused (${outcome.code})`;
    case 'fault':
      return `there was a ${outcome.of} fault (${outcome.code})`;
    case 'untyped':
      return `there was ${outcome.what}`;
  }
};

const outcomeProblems = ({ dues, release, outcome, secrets }: Evidence): ReadonlyArray<string> => {
  const own = keysOf(dues);
  switch (outcome.kind) {
    case 'untyped':
      return [`neither the run's key nor a refusal or typed fault: ${outcome.what}`];
    case 'released': {
      const key = own.find(({ keyId }) => keyId === outcome.keyId);
      if (outcome.text !== null && outcome.text !== key?.pasted) {
        return [`the run got ${secrets.get(outcome.text) ?? 'a secret that nobody pasted'}`];
      }
      if (key === undefined) return ['a key was released that is not the one due'];
      return release === 'must-not' ? ['a key was released that could not be, as things were broken'] : [];
    }
    case 'refused': {
      const named = dues.some((due) => due.kind === 'refusal' && due.codes.includes(outcome.code));
      if (named || (own.length > 0 && release !== 'must')) return [];
      const due =
        own.length > 0 ? 'its key' : dues.flatMap((one) => (one.kind === 'refusal' ? one.codes : []));
      return [`due was ${String(due)}, and ${said(outcome)}`];
    }
    case 'fault':
      return release === 'must' && !PASSING.includes(outcome.code)
        ? [`nothing was broken, and ${said(outcome)}`]
        : [];
  }
};

const doorProblems = ({ workspace, dues, destroyed, outcome, seen }: Evidence): ReadonlyArray<string> => {
  const { workspaceId } = workspace;
  const own = [
    // The witness of the workspace is under it, whatever was asked for.
    { what: 'workspace key' as const, workspaceId, keyId: null },
    ...keysOf(dues).flatMap(({ keyId }) => takesToOpen({ workspaceId, keyId })),
  ];
  const shredded =
    destroyed === null
      ? []
      : takesToOpen({ workspaceId, keyId: destroyed }).filter(({ keyId }) => keyId !== null);
  const strangersTo = (mine: Seen['read'], all: Seen['read']): Seen['read'] =>
    all.filter((sealed) => !mine.some((one) => same(one, sealed)));
  const whose = (sealed: Seen['read'][number]): string =>
    `the ${sealed.what} of another ${sealed.workspaceId === workspaceId ? 'key' : 'workspace'}`;
  const released = outcome.kind === 'released' ? outcome.keyId : null;
  const ownOpened = seen.opened.some(({ what, keyId }) => what === 'secret' && keyId === released);
  return [
    ...strangersTo([...own, ...shredded], seen.read).map((sealed) => `the vault read ${whose(sealed)}`),
    ...strangersTo(own, seen.opened).map((sealed) => `the vault opened ${whose(sealed)}`),
    ...seen.strange.map((what) => `the vault's files gave out ${what}`),
    ...(released !== null && !ownOpened ? ['a key was released, and its row was not opened'] : []),
  ];
};

const vendorProblems = ({
  destroyed,
  dues,
  outcome,
  release,
  requests,
  secrets,
}: Evidence): ReadonlyArray<string> => {
  const own = keysOf(dues).map(({ pasted }) => pasted);
  const strangers = [...secrets].filter(([text]) => !own.includes(text));
  /** Its vendor may have been called just before the hard delete: what that said is not recorded any more. */
  const deletedUnderWay = destroyed !== null && release === 'may';
  return [
    ...requests.flatMap((request) =>
      strangers.flatMap(([text, whose]) => (request.includes(text) ? [`the vendor got ${whose}`] : [])),
    ),
    ...(requests.some((request) => !own.some((text) => request.includes(text)))
      ? ['the vendor was called without the key that was due']
      : []),
    ...(outcome.kind === 'refused' && requests.length > 0 && !deletedUnderWay
      ? [`${said(outcome)}, and the vendor was called`]
      : []),
    ...(outcome.kind === 'released' && requests.length === 0
      ? ['a key was released, and the vendor was not called with it']
      : []),
  ];
};

/** What is wrong with a case; empty when the promise held. */
export const problemsOf = (evidence: Evidence): ReadonlyArray<string> => [
  ...outcomeProblems(evidence),
  ...doorProblems(evidence),
  ...vendorProblems(evidence),
  ...(evidence.credentialReads > 0 ? ['an operator credential was reached for'] : []),
];

/** The sealed things that were read or opened and are not those of the keys that were due. */
export const othersOpened = (evidence: Evidence): number =>
  doorProblems({ ...evidence, outcome: { kind: 'refused', code: '' } }).length;
