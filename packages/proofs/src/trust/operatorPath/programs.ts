/**
 * What a program puts somewhere: a customer's secret, the same as a run is handed it, the operator's credential, or
 * what either is made from.
 */
export const GIVEN = ['customers', 'handed', 'operators', 'text', 'bytes'] as const;
type Given = (typeof GIVEN)[number];

/** A place in a program, and what is wanted there. */
export interface Place {
  readonly name: string;
  readonly takes: ReadonlyArray<Given>;
  /** The statement, with `given` by its name. */
  readonly put: (given: Given) => string;
}

export const PROLOGUE = `
import type { OperatorCredential, OperatorCredentials } from '@keyturn/operator-credentials';
import type { CallContext, Keyturn as Service, RunPin, UseSecret } from '@keyturn/service';
import type { KeyBinding, Secret, Vault } from '@keyturn/vault';
import type { Prober, ProbeTarget } from '@keyturn/vendors';
import type { ActContext, Keyturn, RunSecret } from 'keyturn';
declare const customers: Secret;
declare const operators: OperatorCredential;
declare const text: string;
declare const bytes: Uint8Array;
declare const vault: Vault;
declare const binding: KeyBinding;
declare const handed: RunSecret;
declare const service: Service;
declare const context: CallContext;
declare const keyturn: Keyturn;
declare const ctx: ActContext;
declare const prober: Prober;
declare const target: ProbeTarget;
declare const credentials: OperatorCredentials;
`;

const CUSTOMERS: ReadonlyArray<Given> = ['customers'];
const OPERATORS: ReadonlyArray<Given> = ['operators'];

export const PLACES: ReadonlyArray<Place> = [
  {
    name: "a variable for a customer's secret",
    takes: CUSTOMERS,
    put: (given) => `export const kept: Secret = ${given};`,
  },
  {
    name: "a parameter for a customer's secret",
    takes: CUSTOMERS,
    put: (given) => `declare const take: (secret: Secret) => void; take(${given});`,
  },
  {
    name: "a list of customers' secrets",
    takes: CUSTOMERS,
    put: (given) => `export const all: ReadonlyArray<Secret> = [${given}];`,
  },
  { name: 'the vault, to seal', takes: CUSTOMERS, put: (given) => `vault.seal(binding, ${given});` },
  {
    name: 'the vault, for a fingerprint',
    takes: CUSTOMERS,
    put: (given) => `vault.fingerprint('a', ${given});`,
  },
  {
    name: 'what a run does with its key',
    takes: CUSTOMERS,
    put: (given) =>
      `declare const work: (secret: typeof ${given}, pin: RunPin) => ReturnType<UseSecret<never, void>>;
       service.startRunWithSecret(context, { runId: 'r' }, work);
       service.resumeRunWithSecret(context, { runId: 'r' }, work);`,
  },
  {
    name: 'what a run does with its key, through the door',
    takes: ['handed'],
    put: (given) =>
      `declare const work: (secret: typeof ${given}) => Promise<void>;
       keyturn.runs.use(ctx, { runId: 'r' }, ({ secret }) => work(secret));`,
  },
  {
    name: 'a pasted key',
    takes: ['text'],
    put: (given) => `service.addKey(context, { vendor: 'openai', pasted: ${given} });`,
  },
  {
    name: 'a pasted key, through the door',
    takes: ['text', 'bytes'],
    put: (given) => `keyturn.keys.add(ctx, { vendor: 'openai', pasted: ${given} });`,
  },
  { name: 'a test call', takes: ['bytes'], put: (given) => `prober.probe(target, ${given});` },
  {
    name: "a variable for the operator's credential",
    takes: OPERATORS,
    put: (given) => `export const kept: OperatorCredential = ${given};`,
  },
  {
    name: "a parameter for the operator's credential",
    takes: OPERATORS,
    put: (given) => `declare const take: (credential: OperatorCredential) => void; take(${given});`,
  },
  {
    name: "a list of the operator's credentials",
    takes: OPERATORS,
    put: (given) => `export const all: ReadonlyArray<OperatorCredential> = [${given}];`,
  },
  {
    name: 'what the critic does with its credential',
    takes: OPERATORS,
    put: (given) =>
      `declare const critic: (credential: typeof ${given}) => Promise<boolean>;
       credentials.withOperatorCredential('openai', critic);`,
  },
];
