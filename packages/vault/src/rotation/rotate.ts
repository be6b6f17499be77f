import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { renews, wipeKeys, type Deployment, type Rotation } from '../deployment';
import { VaultFault } from '../faults';
import type { LogKeyRenewal, Proof } from '../vault';
import { wipingAfter } from '../wiping';
import { comingRecord } from './comingRecord';
import { expectAllRenewed, expectRenewed, renewAll } from './renew';
import type { RotationProgress, RotationReport } from './report';
import { expectResealed, resealAll } from './reseal';
import type { PresentKeys, RotationKeys } from './rotationKeys';
import type { RotationStorage } from './rotationStorage';
import { FRESH, type Run } from './run';

export interface RotateOptions {
  /** Every workspace gets a new key, too. */
  readonly compromised: boolean;
  /** Drops the coming key of a rotation that was begun, and begins anew. */
  readonly startOver: boolean;
  readonly onProgress: (progress: RotationProgress) => void;
  /** Has the log go over from one log key to the next, in every stream; null: the log keeps its key. */
  readonly renewLog: ((renewal: LogKeyRenewal) => TE.TaskEither<VaultFault, void>) | null;
}

const logIsDue = (): VaultFault =>
  new VaultFault(
    'rotation-incomplete',
    'the new master key is in use, but the event log has to go over to its new key, which was not asked for here: ' +
      'run the rotation again with the event log',
  );

type Resealing = Rotation & { readonly step: 'resealing' };

/** What is to be done behind a step: the next one, or nothing more. */
type Next = { readonly run: Run } | { readonly report: RotationReport };

/**
 * Rotates the master key: looks how far the vault has come, does the next step, looks again. So it takes up a rotation
 * that was cut off anywhere, and several processes that rotate at once do one rotation together.
 */
export const rotate = (
  storage: RotationStorage,
  sources: RotationKeys,
  options: RotateOptions,
): TE.TaskEither<VaultFault, RotationReport> => {
  const { compromised, startOver, onProgress, renewLog } = options;

  /** Begins a rotation in the place of the one that is at re-sealing, if any. */
  const begin = (deployment: Deployment, present: PresentKeys, run: Run): TE.TaskEither<VaultFault, Run> => {
    const { masterKeyId, rotation } = deployment;
    const before = rotation?.step === 'resealing' ? rotation.coming.masterKeyId : null;
    return pipe(
      sources.take(deployment),
      TE.chain((taken) =>
        taken === null
          ? TE.right(false)
          : storage.begin(
              masterKeyId,
              before,
              comingRecord(
                { deployment, present: present.keys, renewing: compromised, renewsLog: renewLog !== null },
                taken,
              ),
            ),
      ),
      // Where another process was faster, its rotation will do, unless it may not have renewed the workspace keys.
      TE.map((begun) => ({
        ...run,
        own: begun || !compromised,
        resumed: run.resumed || !begun,
        startedOver: run.startedOver || begun,
        report: { ...run.report, renewed: compromised },
      })),
    );
  };

  /** The rotation that is under way renews from now on, with the coming key that it has. */
  const renewToo = (
    deployment: Deployment,
    { coming }: Resealing,
    run: Run,
  ): TE.TaskEither<VaultFault, Run> =>
    withPresent(deployment, (present) =>
      pipe(
        sources.comingKey(deployment, coming),
        TE.chain((key) =>
          storage.begin(
            deployment.masterKeyId,
            coming.masterKeyId,
            comingRecord(
              { deployment, present: present.keys, renewing: compromised, renewsLog: renewLog !== null },
              key,
            ),
          ),
        ),
        TE.map(() => run),
      ),
    );

  /** Runs this with the keys under the present master key, and wipes them. */
  const withPresent = <A>(
    deployment: Deployment,
    use: (present: PresentKeys) => TE.TaskEither<VaultFault, A>,
  ): TE.TaskEither<VaultFault, A> =>
    pipe(
      sources.present(deployment),
      TE.chain((present) => wipingAfter(() => wipeKeys(present.keys), use(present))),
    );

  /**
   * Another process may have taken the vault over to another master key: then its rows, or the key's file, are not what
   * this deployment says. Look again.
   */
  const unlessGoneOn = (deployment: Deployment, run: Run) =>
    TE.orElse((fault: VaultFault) =>
      pipe(
        storage.deployment,
        TE.chain(({ masterKeyId }): TE.TaskEither<VaultFault, Next> =>
          masterKeyId.equals(deployment.masterKeyId) ? TE.left(fault) : TE.right({ run }),
        ),
      ),
    );

  const reseal = (deployment: Deployment, rotation: Resealing, run: Run): TE.TaskEither<VaultFault, Run> => {
    const { coming } = rotation;
    let [done, resealedNow] = [0, 0];
    return pipe(
      TE.Do,
      TE.bind('total', () => storage.countWorkspaceKeys),
      TE.chain(({ total }) =>
        withPresent(deployment, (present) =>
          pipe(
            sources.coming(deployment, coming),
            TE.chain((comingKeys) =>
              wipingAfter(
                () => wipeKeys(comingKeys),
                pipe(
                  resealAll(storage, { present: present.keys, coming: comingKeys }, (seen, resealed) => {
                    done += seen;
                    resealedNow += resealed;
                    onProgress({ step: 'resealing', done: Math.min(done, total), total });
                  }),
                  TE.chain(() =>
                    storage.finish(
                      coming.masterKeyId,
                      expectResealed({ present: present.keys, coming: comingKeys }),
                    ),
                  ),
                ),
              ),
            ),
            TE.map(() => present.marks),
          ),
        ),
      ),
      TE.map((marks) => ({
        ...run,
        marks: { masterKeyId: deployment.masterKeyId, marks },
        report: {
          ...run.report,
          replacedMasterKeyId: deployment.masterKeyId.toString('hex'),
          workspaceKeysResealed: run.report.workspaceKeysResealed + resealedNow,
        },
      })),
    );
  };

  /** The log goes over to its new key; then the former one goes, and what it had sealed is vouched for by witnesses. */
  const renewTheLog = ({ logKeys: { number, sealedFormer } }: Deployment): TE.TaskEither<VaultFault, void> =>
    sealedFormer === null
      ? TE.right(undefined)
      : pipe(
          renewLog === null ? TE.left(logIsDue()) : renewLog({ from: number - 1, to: number }),
          TE.chain(() => storage.retireLogKey(number - 1)),
        );

  const renew = (deployment: Deployment, run: Run): TE.TaskEither<VaultFault, Run> => {
    let { workspaceKeysRenewed, dataKeysResealed, dataKeysUnopened } = run.report;
    let done = 0;
    return pipe(
      TE.Do,
      TE.bind('total', () => storage.countWorkspaceKeys),
      TE.chain(({ total }) =>
        withPresent(deployment, (present) =>
          pipe(
            renewAll(storage, present.keys, (dataKeys) => {
              done += 1;
              workspaceKeysRenewed += dataKeys === null ? 0 : 1;
              dataKeysResealed += dataKeys?.resealed ?? 0;
              dataKeysUnopened += dataKeys?.unopened ?? 0;
              onProgress({ step: 'renewing', done: Math.min(done, total), total });
            }),
            TE.chain(() => renewTheLog(deployment)),
            TE.chain(() => storage.finishRenewal(expectRenewed(present.keys))),
          ),
        ),
      ),
      TE.map(() => ({
        ...run,
        report: { ...run.report, workspaceKeysRenewed, dataKeysResealed, dataKeysUnopened },
      })),
    );
  };

  /** A renewal at its end has renewed every key: that is seen, not taken from how far it says it is. What to prove. */
  const expectEnd = (deployment: Deployment): TE.TaskEither<VaultFault, Proof> =>
    withPresent(deployment, ({ keys }) =>
      renews(deployment) ? pipe(expectAllRenewed(storage, keys), TE.as(keys.proof)) : TE.right(keys.proof),
    );

  const erase = (deployment: Deployment, replacedId: Buffer, run: Run): TE.TaskEither<VaultFault, Run> =>
    pipe(
      TE.Do,
      TE.bind('proof', () => expectEnd(deployment)),
      TE.bind('marks', () =>
        run.marks?.masterKeyId.equals(replacedId) === true
          ? TE.right(run.marks.marks)
          : sources.marksOfReplaced(replacedId),
      ),
      TE.chain(({ marks, proof }) => {
        onProgress({ step: 'erasing', done: 0, total: 1 });
        return storage.erase(marks, proof);
      }),
      TE.chainFirst(() => storage.end(replacedId)),
      TE.map((checks) => ({
        ...run,
        report: { ...run.report, replacedMasterKeyId: replacedId.toString('hex'), checks },
      })),
    );

  /** The next step of the rotation that is under way. */
  const goOn = (deployment: Deployment, rotation: Rotation, run: Run): TE.TaskEither<VaultFault, Run> => {
    switch (rotation.step) {
      case 'resealing': {
        if (startOver && !run.startedOver) {
          return withPresent(deployment, (present) => begin(deployment, present, run));
        }
        return compromised && !renews(deployment)
          ? renewToo(deployment, rotation, run)
          : reseal(deployment, rotation, run);
      }
      case 'renewing':
        return renew(deployment, run);
      case 'erasing':
        return erase(deployment, rotation.replacedId, run);
    }
  };

  /** What is under way does for what was asked for, unless that is to renew what it does not renew. */
  const takenUp = (deployment: Deployment, run: Run): Run => ({
    ...run,
    own: !compromised || renews(deployment),
    resumed: run.resumed || !run.own,
    report: { ...run.report, renewed: renews(deployment) },
  });

  /** No rotation is under way: done, or nothing begun yet. */
  const settle = (deployment: Deployment, run: Run): TE.TaskEither<VaultFault, Next> =>
    pipe(
      sources.settle,
      TE.chain((dropped) => {
        const replaced = dropped.at(-1)?.toString('hex') ?? null;
        const report: RotationReport = {
          ...run.report,
          replacedMasterKeyId: run.report.replacedMasterKeyId ?? replaced,
          masterKeyId: deployment.masterKeyId.toString('hex'),
          resumed: run.resumed || !run.own,
        };
        return run.own || (replaced !== null && !compromised)
          ? TE.right<VaultFault, Next>({ report })
          : withPresent<Next>(deployment, (present) =>
              // The vault went over to the source that was named already: an earlier call had come to its end.
              present.isFromNew && !compromised
                ? TE.right({ report })
                : pipe(
                    begin(deployment, present, run),
                    TE.map((begun) => ({ run: begun })),
                  ),
            );
      }),
    );

  const next = (deployment: Deployment, run: Run): TE.TaskEither<VaultFault, Next> =>
    deployment.rotation === null
      ? settle(deployment, run)
      : pipe(
          goOn(deployment, deployment.rotation, takenUp(deployment, run)),
          TE.map((gone) => ({ run: gone })),
        );

  const turn = (run: Run): TE.TaskEither<VaultFault, RotationReport> =>
    pipe(
      storage.deployment,
      TE.chain((deployment) => pipe(next(deployment, run), unlessGoneOn(deployment, run))),
      TE.chain((done) => ('report' in done ? TE.right(done.report) : turn(done.run))),
    );

  return turn(FRESH);
};
