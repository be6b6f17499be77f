import { LEAK_SCENARIOS } from './leakScenarios';
import type { Memory } from './memory';
import { INIT, rebuild, SWEEP, type Order } from './order';
import { ordersFor } from './orders';
import type { Scenario } from './scenario';
import type { Place } from './place';
import type { Prepared } from './prepared';

/** Where the first one of a leak case comes. */
const FIRST_LEAK = 1;

type AcmeOrders = ReturnType<typeof ordersFor>;

const onAcme = (
  name: string,
  order: (orders: AcmeOrders, keys: Prepared['keys'], place: Place, memory: Memory) => Order,
): Scenario => ({
  name,
  on: 'prepared',
  order: ({ sandbox }, keys, memory, place) => order(ordersFor('acme', sandbox, memory), keys, place, memory),
});

/** Every command that writes, in every way that writes otherwise. A round takes three: the first three show most. */
const ROTATION: ReadonlyArray<Scenario> = [
  onAcme('keys hard-delete, with runs', (acme, { main, spare }) => acme.hardDelete(main, spare)),
  {
    name: 'keys add, the first of a workspace',
    on: 'prepared',
    order: ({ sandbox }, _, memory) => ordersFor('initech', sandbox, memory).add(),
  },
  { name: 'sweep', on: 'broken', order: () => SWEEP },
  onAcme('workspaces close', (acme) => acme.close()),
  onAcme('runs finish, the last of a retired key', (acme) => acme.finish('run-retired')),
  onAcme('keys add', (acme) => acme.add()),
  onAcme('keys list', (acme) => acme.list()),
  onAcme('keys delete', (acme, { spare }) => acme.delete(spare)),
  onAcme('keys delete, with a run', (acme, { docs, main }) => acme.delete(docs, main)),
  onAcme('keys add, rejected', (acme) => acme.add('openai', 'rejected')),
  onAcme('keys add, on file already', (acme, _, __, memory) => {
    const [first] = memory.secretsOf('acme');
    return acme.paste(first?.vendor ?? '', first?.secret ?? '');
  }),
  onAcme('keys validate', (acme, { main }) => acme.validate(main)),
  onAcme('keys validate, a failed one', (acme, { failed }) => acme.validate(failed)),
  onAcme('keys set-default', (acme, { spare }) => acme.setDefault(spare)),
  onAcme('keys set-default, of a project', (acme, { spare }) => acme.setDefault(spare, 'site')),
  onAcme('keys clear-default', (acme) => acme.clearDefault('docs')),
  onAcme('runs start', (acme) => acme.start('run-new')),
  onAcme('runs start --exec', (acme, _, place) => acme.exec('start', 'run-new', place)),
  onAcme('runs resume', (acme) => acme.resume('run-main')),
  onAcme('runs resume --exec', (acme, _, place) => acme.exec('resume', 'run-docs', place)),
  onAcme('runs finish', (acme) => acme.finish('run-main')),
  { name: 'projections rebuild', on: 'prepared', order: () => rebuild('audit-log') },
  { name: 'init', on: 'nothing', order: () => INIT },
];

/** Those of a leak case are dealt out among the others. */
export const SCENARIOS: ReadonlyArray<Scenario> = ROTATION.flatMap((scenario, n) => {
  const ofALeak = LEAK_SCENARIOS[(n - FIRST_LEAK) / 2];
  return ofALeak === undefined ? [scenario] : [ofALeak, scenario];
});

/** A moment in a command that is no write of its own. */
export interface Moment {
  readonly scenario: Scenario;
  /** The vendor does not answer calls with this secret; the command is killed while it waits. Else it kills itself. */
  readonly held: ((order: Order, memory: Memory) => string) | null;
}

const ofMain = (memory: Memory): string => memory.secretsOf('acme')[0]?.secret ?? '';

export const MOMENTS: ReadonlyArray<Moment> = [
  {
    scenario: onAcme('keys add: during the vendor call', (acme) => acme.add()),
    held: ({ input }) => input ?? '',
  },
  {
    scenario: onAcme('keys validate: during the vendor call', (acme, { main }) => acme.validate(main)),
    held: (_, memory) => ofMain(memory),
  },
  {
    scenario: onAcme('runs start --exec: during the command', (acme) => acme.killedInExec('run-new')),
    held: null,
  },
];
