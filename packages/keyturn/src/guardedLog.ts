import { looksLikeVendorKey } from '@keyturn/domain';
import type { LogFacts, ServiceLog } from '@keyturn/service';

/** Where nobody wants to know. */
const SILENT: ServiceLog = { info: () => undefined, warn: () => undefined };

const WITHHELD = '(looks like a key)';

/** An id as logs and traces have it: a key that was pasted into one is told to nobody. */
export const toldId = (id: string): string => (looksLikeVendorKey(id) ? WITHHELD : id);

const withheld = (facts: object): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, toldId(value)]] : [],
    ),
  );

/**
 * The embedding service's log. Ids are its callers' own: what looks like a key in one is withheld, by the rule that
 * events are held to. A log that throws stops nothing, since what it was told of has been done.
 */
export const guardedLog = (log: ServiceLog | undefined): ServiceLog => {
  if (log === undefined) return SILENT;
  const at =
    (level: keyof ServiceLog) =>
    (facts: LogFacts, message: string): void => {
      const { actor } = facts;
      try {
        log[level]({ ...facts, ...withheld(facts), actor: { ...actor, ...withheld(actor) } }, message);
      } catch {
        // Nowhere is left to tell of it.
      }
    };
  return { info: at('info'), warn: at('warn') };
};
