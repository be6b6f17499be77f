import { fixedPartsOf, SecretSearch } from '@keyturn/testbed';
import type { VendorSandbox } from '@keyturn/vendors/sandbox';
import fc from 'fast-check';
import type { Keyturn, KeyturnOptions } from '../keyturn';

const ACTS = [
  'add',
  'validate',
  'setDefault',
  'use',
  'start',
  'delete',
  'hardDelete',
  'list',
  'history',
] as const;
/** Where a key is pasted that belongs nowhere but in `pasted`. */
const WRONG_PLACES = [
  'nowhere',
  'actor',
  'workspace',
  'run',
  'project',
  'idempotency',
  'key',
  'label',
] as const;
const ANSWERS = ['yes', 'no', 'throws'] as const;
const BEHAVIOURS = ['valid', 'rejected', 'unfunded'] as const;

interface AnyCall {
  readonly act: (typeof ACTS)[number];
  readonly wrongPlace: (typeof WRONG_PLACES)[number];
  readonly hook: (typeof ANSWERS)[number];
  readonly behaviour: (typeof BEHAVIOURS)[number];
}

/** Calls as they may come, with keys pasted into wrong places, and hooks that say no, or throw what they were asked. */
export const anyCalls: fc.Arbitrary<ReadonlyArray<AnyCall>> = fc.array(
  fc.record({
    act: fc.constantFrom(...ACTS),
    wrongPlace: fc.constantFrom(...WRONG_PLACES),
    hook: fc.constantFrom('yes', ...ANSWERS),
    behaviour: fc.constantFrom('valid', ...BEHAVIOURS),
  }),
  { minLength: 1, maxLength: 6 },
);

/** Makes the calls one after the other, whatever they come to. Every key that is pasted anywhere is searched for. */
export const playCalls = async (
  calls: ReadonlyArray<AnyCall>,
  sandbox: VendorSandbox,
  open: (more: Pick<KeyturnOptions, 'authorize'>) => Promise<Keyturn>,
): Promise<SecretSearch> => {
  const search = new SecretSearch();
  let hook: AnyCall['hook'] = 'yes';
  const keyturn = await open({
    authorize: (request) => {
      if (hook === 'throws') throw new Error(JSON.stringify(request));
      return hook === 'yes';
    },
  });
  let keyId = 'none-yet';
  for (const [place, call] of calls.entries()) {
    const pasted = sandbox.issueKey('anthropic', call.behaviour);
    search.add({ name: `the key of call ${place}`, content: pasted, fixed: fixedPartsOf(pasted) });
    const or = (name: AnyCall['wrongPlace'], right: string): string =>
      call.wrongPlace === name ? pasted.slice(0, 60) : right;
    const ctx = {
      workspaceId: or('workspace', 'acme'),
      actor: { kind: 'user', id: or('actor', 'ada') },
    } as const;
    const options = { idempotencyKey: or('idempotency', `call-${place}`) };
    const ofKey = { keyId: or('key', keyId) };
    const ofRun = { runId: or('run', `run-${place}`), projectId: or('project', 'web') };
    const acts: { readonly [A in AnyCall['act']]: () => Promise<unknown> } = {
      add: async () => {
        const input = { vendor: 'anthropic', pasted, label: or('label', `call ${place}`) };
        ({ keyId } = (await keyturn.keys.add(ctx, input, options)).key);
      },
      validate: () => keyturn.keys.validate(ctx, ofKey, options),
      setDefault: () => keyturn.keys.setDefault(ctx, ofKey, options),
      use: () => keyturn.runs.use(ctx, ofRun, ({ secret }) => secret.last4, options),
      start: () => keyturn.runs.start(ctx, ofRun, options),
      delete: () => keyturn.keys.delete(ctx, { ...ofKey, leaveEmpty: true }, options),
      hardDelete: () => keyturn.keys.hardDelete(ctx, { ...ofKey, caseId: or('run', 'case-1') }, options),
      list: () => keyturn.keys.list(ctx),
      history: () => keyturn.history.at(ctx),
    };
    hook = call.hook;
    await acts[call.act]().catch(() => undefined);
  }
  hook = 'yes';
  await keyturn.housekeeping.sweep({ graceMs: 0 });
  await keyturn.close();
  return search;
};
