import type { NextStep, Refusal } from '@keyturn/domain';

/** What a refusal's next steps are called on the command line. Those that its sentence says well enough have none. */
const WORDS: { readonly [S in NextStep]?: string } = {
  'validate-key': 'keyturn keys validate KEY',
  'set-default': 'keyturn keys set-default KEY',
  'clear-project-default': 'keyturn keys clear-default --project PROJECT',
  'name-successor': '--successor KEY',
  'allow-leaving-empty': '--leave-empty',
  'finish-runs': 'keyturn runs finish RUN',
  'resume-run': 'keyturn runs resume RUN',
  'start-run': 'keyturn runs start RUN',
  'shorten-lease': '--lease SECONDS',
  'allow-cleaning': '--clean',
  'confirm-vendor': '--vendor-is-certain',
};

const isOpen = ({ facts }: Refusal, step: NextStep): boolean =>
  !(step === 'allow-cleaning' && 'cleanable' in facts && !facts.cleanable);

/** "On this command line: …", or null where there is nothing to add to the refusal's sentence. */
export const nextStepsLine = (refusal: Refusal): string | null => {
  const steps = refusal.facts.next
    .filter((step) => isOpen(refusal, step))
    .flatMap((step) => WORDS[step] ?? []);
  return steps.length === 0 ? null : `On this command line: ${steps.join(', or ')}`;
};
