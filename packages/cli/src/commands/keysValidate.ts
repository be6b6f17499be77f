import {
  isKeyturnError,
  type ActContext,
  type Keyturn,
  type KeyturnRefusal,
  type KeyValidation,
} from 'keyturn';
import { command } from '../command';
import { EXIT_DONE, EXIT_REFUSED } from '../exitStatus';
import { keyOperands, toggle, underCaseFlag, workspaceFlag } from '../input/flags';
import { resolveKey } from '../keyArgument';
import type { Report } from '../output/report';
import { UsageError } from '../problems';
import type { Session } from '../session';
import { brokenDefaultHints, brokenDefaultJson } from './brokenDefaults';
import { keyJson, keyLine } from './keyWords';
import { validationHints, validationJson } from './validationWords';

const ON_FILE: ReadonlyArray<string> = ['pending', 'active', 'failed'];

/** What came of one key of several: a refusal of one holds up no other. */
type Outcome =
  | { readonly keyId: string; readonly validated: KeyValidation }
  | { readonly keyId: string; readonly refusal: KeyturnRefusal };

const outcomeOf = async (keyturn: Keyturn, context: ActContext, keyId: string): Promise<Outcome> => {
  try {
    return { keyId, validated: await keyturn.keys.validate(context, { keyId }) };
  } catch (error) {
    if (!isKeyturnError(error) || error.kind !== 'refusal') throw error;
    return { keyId, refusal: error };
  }
};

const linesOf = ({ key, validation }: KeyValidation): ReadonlyArray<string> => [
  key.display,
  keyLine(key),
  validation.sentence,
];

const reporting =
  (session: Session, keyturn: Keyturn, workspace: string) =>
  ({ key, validation }: KeyValidation): ReadonlyArray<string> =>
    validationHints(workspace, key, keyturn.vendors.get(key.vendor), validation, session.settings.contacts);

const oneReport = (
  validated: KeyValidation,
  workspace: string,
  hintsOf: (validated: KeyValidation) => ReadonlyArray<string>,
): Report => {
  const { brokenDefaults, keyringRevision, key, testCalls, validation } = validated;
  return {
    json: {
      key: keyJson(key),
      validation: validationJson(validation),
      testCalls,
      brokenDefaults: brokenDefaults.map(brokenDefaultJson),
      keyringRevision,
    },
    lines: linesOf(validated),
    hints: [...hintsOf(validated), ...brokenDefaultHints(workspace, brokenDefaults)],
  };
};

const allReport = (
  outcomes: ReadonlyArray<Outcome>,
  workspace: string,
  hintsOf: (validated: KeyValidation) => ReadonlyArray<string>,
): Report => {
  const validated = outcomes.flatMap((one) => ('validated' in one ? [one.validated] : []));
  const brokenDefaults = validated.at(-1)?.brokenDefaults ?? [];
  return {
    json: {
      keys: outcomes.map((one) =>
        'validated' in one
          ? {
              key: keyJson(one.validated.key),
              validation: validationJson(one.validated.validation),
              testCalls: one.validated.testCalls,
            }
          : { keyId: one.keyId, refused: { code: one.refusal.code, message: one.refusal.message } },
      ),
      brokenDefaults: brokenDefaults.map(brokenDefaultJson),
    },
    lines: outcomes.flatMap((one) =>
      'validated' in one ? linesOf(one.validated) : [`Key ${one.keyId}: ${one.refusal.message}`],
    ),
    hints: [...new Set([...validated.flatMap(hintsOf), ...brokenDefaultHints(workspace, brokenDefaults)])],
    exitStatus: validated.length === outcomes.length ? EXIT_DONE : EXIT_REFUSED,
  };
};

export const keysValidate = command({
  details: [
    'An active key is asked about twice before one "no" disables it. Of several keys each is asked about, whatever',
    'comes of the others; exit status 1 when one could not be.',
  ],
  operands: { keys: keyOperands },
  flags: { workspace: workspaceFlag, all: toggle('--all', 'every key on file'), case: underCaseFlag },
  examples: [
    'keyturn keys validate 6f0c3a1e --workspace acme',
    'keyturn keys validate 6f0c3a1e 9b2d41c7 --workspace acme',
    'keyturn keys validate --all --workspace acme',
  ],
  run: async (session, { workspace, keys: named, all, case: caseId }) => {
    if (all === named.length > 0) {
      throw new UsageError(
        'keys validate takes one KEY, several, or --all. See keyturn keys validate --help.',
      );
    }
    const keyturn = await session.keyturn();
    const context = session.context(workspace, caseId);
    const hintsOf = reporting(session, keyturn, workspace);
    const calling = <A>(work: () => Promise<A>): Promise<A> =>
      session.showing('Test-calling the vendor', work);
    const [only, ...others] = named;
    if (only !== undefined && others.length === 0) {
      const keyId = await resolveKey(keyturn, context, only);
      return oneReport(await calling(() => keyturn.keys.validate(context, { keyId })), workspace, hintsOf);
    }
    const keyIds: string[] = [];
    for (const name of named) keyIds.push(await resolveKey(keyturn, context, name));
    if (all) {
      const listed = await keyturn.keys.list(context);
      keyIds.push(...listed.filter(({ status }) => ON_FILE.includes(status)).map(({ keyId }) => keyId));
      // Of a workspace that no event names this is refused.
      if (listed.length === 0) await keyturn.workspaces.get(context);
    }
    const outcomes: Outcome[] = [];
    for (const keyId of new Set(keyIds))
      outcomes.push(await calling(() => outcomeOf(keyturn, context, keyId)));
    return allReport(outcomes, workspace, hintsOf);
  },
});
