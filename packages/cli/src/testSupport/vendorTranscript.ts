import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { BEHAVIOURS, TRANSCRIPTS } from './replay';

/** Where the transcripts of vendors lie, below those of people. */
export const VENDORS = 'vendors';

/** What a key's place is named with, of vendors whose keys need it. */
const PLACES: Readonly<Record<string, string>> = {
  'aws-bedrock': ' --region us-east-1',
  'azure-openai': ' --endpoint https://contoso.openai.azure.com --model chat',
  'openai-compatible': ' --endpoint https://models.example.com/v1 --model chat',
};

const TITLES: { readonly [B in (typeof BEHAVIOURS)[number]]: string } = {
  valid: 'Accepted',
  throttled: 'Throttled: the key is known, since limits are counted for such a key alone',
  unfunded: 'Without credit',
  restricted: 'Not permitted',
  rejected: 'Rejected',
  leaked: 'Reported as leaked',
  overloaded: 'Overloaded: says nothing of the key',
  'server-error': 'An error of its own: says nothing of the key',
  garbage: 'Somebody else answers: says nothing of the key',
};

/** Whether the vendor has an answer of that kind on record. */
const has = (sandbox: VendorSandbox, vendor: string, behaviour: (typeof BEHAVIOURS)[number]): boolean => {
  try {
    sandbox.issueKey(vendor, behaviour);
    return true;
  } catch {
    return false;
  }
};

const console = (...commands: ReadonlyArray<string>): string =>
  ['```console', ...commands.map((command) => `$ ${command}`), '```'].join('\n');

const outcomes = ['KeyValidated', 'KeyValidationFailed', 'KeyValidationInconclusive'];

/** A transcript of every answer of one vendor, without what the commands print. */
const transcriptOf = (sandbox: VendorSandbox, vendor: string): string => {
  const there = BEHAVIOURS.filter((behaviour) => has(sandbox, vendor, behaviour));
  const keys = there.map((behaviour, n) => `${behaviour} ${vendor} ${behaviour} Key${n + 1}`);
  const add = (behaviour: string): string =>
    `keyturn keys add --workspace acme --vendor ${vendor}${PLACES[vendor] ?? ''} < ${behaviour}.key`;
  const actions = outcomes.map((action) => `--action ${action}`).join(' ');
  const parts = [
    `# What a test call comes to: ${vendor}`,
    `<!-- keys:\n${keys.join(';\n')}\n-->`,
    'The vendor sandbox gives the answers that are on record for this vendor.',
    console('keyturn init'),
    ...there.flatMap((behaviour) => [`## ${TITLES[behaviour]}`, console(add(behaviour))]),
    '## What is on file, and what the audit log has',
    console('keyturn keys list --workspace acme', `keyturn audit list --workspace acme ${actions}`),
  ];
  return `${parts.join('\n\n')}\n`;
};

/** Begins the transcript of every vendor anew. */
export const beginVendorTranscripts = async (): Promise<void> => {
  const sandbox = await startVendorSandbox();
  mkdirSync(join(TRANSCRIPTS, VENDORS), { recursive: true });
  for (const vendor of Object.keys(sandbox.urls)) {
    writeFileSync(join(TRANSCRIPTS, VENDORS, `${vendor}.md`), transcriptOf(sandbox, vendor));
  }
  await sandbox.close();
};
