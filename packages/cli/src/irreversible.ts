import type { ActContext, Foreseen, Keyturn, KnownKey } from 'keyturn';
import { toggle } from './input/flags';
import type { Io } from './io';
import { effectsOf, foreseenLines, foreseenReport } from './output/foreseen';
import type { Report, StreamedReport } from './output/report';
import { NotConfirmed, UsageError } from './problems';
import type { Session } from './session';

export const yesFlag = toggle('--yes', 'do not ask whether to do what can not be undone');
export const dryRunFlag = toggle('--dry-run', 'only tell what would happen');

/** How a command that can't be undone was given. */
export interface Given {
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** What a command does that can't be undone. */
interface Irreversible {
  readonly workspace: string;
  /** The words that do it without asking, such as `keyturn keys delete KEY --workspace W --yes`. */
  readonly words: string;
  readonly foresee: (keyturn: Keyturn, context: ActContext) => Promise<Foreseen>;
  readonly run: (keyturn: Keyturn, context: ActContext) => Promise<Report>;
}

/**
 * Shows what will happen, and asks; where that has changed when the answer comes, once more. Nobody is asked where
 * nothing will.
 *
 * @throws NotConfirmed
 */
const confirmed = async (
  { io }: Session,
  confirm: NonNullable<Io['confirm']>,
  foresee: () => Promise<{ readonly foreseen: Foreseen; readonly keys: ReadonlyArray<KnownKey> }>,
): Promise<void> => {
  let heading = "This can't be undone:";
  let { foreseen, keys } = await foresee();
  while (foreseen.events.length > 0) {
    const lines = foreseenLines(foreseen, keys).map((line) => `  ${line}\n`);
    await io.stderr.write(`${heading}\n${lines.join('')}`);
    if (!(await confirm('Type yes to go on: '))) throw new NotConfirmed();
    const shown = effectsOf(foreseen);
    ({ foreseen, keys } = await foresee());
    if (effectsOf(foreseen) === shown) return;
    heading = "Meanwhile this changed, and nothing was done. This can't be undone:";
  }
};

/**
 * Does what can't be undone: on a terminal once a person has seen what will happen and said yes, elsewhere on `--yes`.
 *
 * @throws UsageError where there is nobody to ask
 * @throws NotConfirmed
 */
export const doIrreversibly = async (
  session: Session,
  { yes, dryRun }: Given,
  { workspace, words, foresee, run }: Irreversible,
): Promise<Report | StreamedReport> => {
  const { confirm } = session.io;
  if (!yes && !dryRun && confirm === null) {
    throw new UsageError(
      "This can't be undone, and there is no terminal to confirm it on. " +
        `See what it would do with --dry-run, then say so: ${words}`,
    );
  }
  const keyturn = dryRun ? await session.keyturnForDryRuns() : await session.keyturn();
  const context = session.context(workspace);
  if (yes && !dryRun) return run(keyturn, context);
  const look = async () => ({
    foreseen: await foresee(keyturn, context),
    keys: await keyturn.keys.find(context, { idPrefix: '' }),
  });
  if (dryRun) {
    const { foreseen, keys } = await look();
    return foreseenReport(foreseen, keys);
  }
  if (confirm !== null) await confirmed(session, confirm, look);
  return run(keyturn, context);
};
