import type { FaultStep, KeyturnRefusal, NextStep } from 'keyturn';

/** What a refusal's next steps are called on the command line. Those that its sentence says well enough have none. */
const WORDS: { readonly [S in NextStep]?: string } = {
  'validate-key': 'keyturn keys validate KEY',
  'set-default': 'keyturn keys set-default KEY',
  'clear-project-default': 'keyturn keys clear-default --project PROJECT',
  'name-successor': '--successor KEY',
  'allow-leaving-empty': '--leave-empty',
  'finish-runs': 'keyturn runs finish RUN',
  'expire-runs': 'keyturn sweep --expire',
  'list-workspaces': 'keyturn workspaces list',
  'resume-run': 'keyturn runs resume RUN',
  'start-run': 'keyturn runs start RUN',
  'shorten-lease': '--lease SECONDS',
  'allow-cleaning': '--clean',
  'confirm-vendor': '--vendor-is-certain',
  'confirm-key': '--key-is-certain',
};

/** The same for what can be done about a fault. */
const FAULT_WORDS: { readonly [S in FaultStep]?: string } = {
  initialise: 'keyturn init',
  join: 'keyturn init --join',
  'name-directory': '--data (KEYTURN_DATA)',
  'name-event-store': '--store (KEYTURN_STORE)',
  'name-vault': '--vault (KEYTURN_VAULT)',
  'name-master-key': '--master-key-file (KEYTURN_MASTER_KEY_FILE)',
  'give-passphrase': '--passphrase-file (KEYTURN_PASSPHRASE_FILE)',
  'accept-loss': 'keyturn log accept --workspace WORKSPACE',
  'disown-events': 'keyturn log disown --workspace WORKSPACE',
  'rebuild-read-models': 'keyturn projections rebuild NAME',
};

const line = (words: ReadonlyArray<string>): string | null =>
  words.length === 0 ? null : `On this command line: ${words.join(', or ')}`;

const isOpen = ({ facts }: KeyturnRefusal, step: NextStep): boolean =>
  !(step === 'allow-cleaning' && 'cleanable' in facts && !facts.cleanable);

/** "On this command line: …", or null where there is nothing to add to the refusal's sentence. */
export const nextStepsLine = (refusal: KeyturnRefusal): string | null =>
  line(refusal.next.filter((step) => isOpen(refusal, step)).flatMap((step) => WORDS[step] ?? []));

/** The same for a fault. */
export const faultStepsLine = (next: ReadonlyArray<FaultStep>): string | null =>
  line(next.flatMap((step) => FAULT_WORDS[step] ?? []));
