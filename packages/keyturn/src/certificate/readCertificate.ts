import {
  decodeEvent,
  keyringStream,
  refuse,
  unknownKey,
  WorkspaceId,
  type KeyId,
  type KeyringEvent,
  type KeyringEventType,
} from '@keyturn/domain';
import { linkOf, type EventStore } from '@keyturn/event-store';
import type { ReadModels } from '@keyturn/projections';
import { isLeft } from 'fp-ts/Either';
import { askedFor } from '../askedFor';
import { TEXT } from '../members';
import type { Asked } from '../asking';
import type { ActContext, QueryOptions } from '../context';
import { faultError, refusalError } from '../errors';
import { keyturnError, settled } from '../settle';
import { certificateText, type CertifiedEvent, type DestructionCertificate } from './destructionCertificate';

export interface CertificateInput {
  readonly keyId: string;
}

export type Certify = (
  ctx: ActContext,
  input: CertificateInput,
  options?: QueryOptions,
) => Promise<DestructionCertificate>;

interface CertificateParts {
  readonly asked: Asked;
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly deploymentId: string;
}

type Of<T extends KeyringEventType> = Extract<KeyringEvent, { readonly type: T }>;

/** An event about one key. */
type OfKey = Extract<KeyringEvent, { readonly data: { readonly keyId: KeyId } }>;

interface ReadEvent<E extends OfKey> {
  readonly event: E;
  readonly certified: CertifiedEvent;
}

const ofType =
  <E extends OfKey>(type: E['type'], keyId: string) =>
  (event: KeyringEvent): event is E =>
    event.type === type && 'keyId' in event.data && event.data.keyId === keyId;

const another = (workspaceId: string, revision: number): Error =>
  faultError(
    'corrupt',
    'event-store',
    `Event ${revision} of ${workspaceId} is another one than the read models have. Run keyturn verify.`,
  );

export const makeCertify = ({ asked, eventStore, deploymentId }: CertificateParts): Certify => {
  /** The event itself, as it is in the log: the read models only say where, and may say what is not so. */
  const eventAt = async <E extends OfKey>(
    workspace: string,
    keyId: string,
    revision: number,
    type: E['type'],
  ): Promise<ReadEvent<E>> => {
    if (!WorkspaceId.is(workspace)) throw another(workspace, revision);
    const page = await settled(
      eventStore.readStream(keyringStream(workspace), { direction: 'forwards', from: revision, limit: 1 }),
    );
    const [stored] = page.events;
    if (stored?.revision !== revision) throw another(workspace, revision);
    const decoded = decodeEvent(stored);
    if (isLeft(decoded)) throw keyturnError(decoded.left);
    const { event, envelope } = decoded.right;
    const link = linkOf(stored.metadata);
    const isMeant = ofType<E>(type, keyId);
    if (link === null || !isMeant(event)) throw another(workspace, revision);
    const certified = {
      revision,
      chain: Buffer.from(link.chain).toString('base64url'),
      at: envelope.time,
      by: `${envelope.actor.kind}:${envelope.actor.id}`,
    };
    return { event, certified };
  };

  return async (ctx, input, options = {}) => {
    const { workspaceId, actor } = ctx;
    const { keyId } = askedFor(input, { keyId: TEXT }, ['keyId']);
    return asked({ workspaceId, actor }, 'ReadAudit', { keyId }, options, async (models: ReadModels) => {
      const newest = async <E extends OfKey>(type: E['type']): Promise<ReadEvent<E> | null> => {
        const { entries } = await settled(
          models.auditPage({ workspaceId, keyId, action: type }, { order: 'newest-first', limit: 1 }),
        );
        const [entry] = entries;
        return entry === undefined ? null : eventAt<E>(workspaceId, keyId, entry.revision, type);
      };
      const added = await newest<Of<'KeyAdded'>>('KeyAdded');
      if (added === null) throw refusalError(unknownKey(keyId));
      const { vendor, last4, label: first, keyId: ofKey } = added.event.data;
      const renamed = await newest<Of<'KeyRelabelled'>>('KeyRelabelled');
      const label = renamed === null ? first : renamed.event.data.label;
      const deleted = await newest<Of<'KeyHardDeleted'>>('KeyHardDeleted');
      const destroyed = await newest<Of<'KeySecretDestroyed'>>('KeySecretDestroyed');
      if (deleted === null) {
        const key = { keyId: ofKey, vendor, last4, label, status: 'active', failureReason: null } as const;
        throw refusalError(refuse('key-not-hard-deleted', { key }));
      }
      if (destroyed === null) {
        throw faultError(
          'shred-incomplete',
          'vault',
          `The secret of …${last4} (${keyId}) can't be opened any more, and is not proven gone yet. ` +
            'Run keyturn sweep, then ask again.',
        );
      }
      if (destroyed.certified.revision < deleted.certified.revision)
        throw another(workspaceId, destroyed.certified.revision);
      const certificate = {
        deploymentId,
        workspaceId,
        keyId: ofKey,
        last4,
        vendor,
        label,
        added: added.certified,
        hardDeleted: {
          ...deleted.certified,
          cause: deleted.event.data.cause,
          caseId: deleted.event.data.caseId,
          interruptedRuns: deleted.event.data.interruptedRuns.length,
        },
        destroyed: { ...destroyed.certified, receipt: destroyed.event.data.receipt },
      };
      return { ...certificate, text: certificateText(certificate) };
    });
  };
};
