/** What leads from a format to the next. A step that was released is never changed. */
export interface FormatStep {
  /** What the next format has that this one lacks, as words of a list. */
  readonly adds: string;
  /** The first release that opens the next format. */
  readonly needsRelease: string;
  readonly statements: ReadonlyArray<string>;
}

/** A step with the formats that it leads from and to. */
export interface NumberedStep extends FormatStep {
  readonly from: number;
  readonly to: number;
}

/** Why a store of this format is not opened. */
export interface FormatRefusal {
  /** Null where no release has such a format. */
  readonly code: 'migration-needed' | 'newer-version' | null;
  /** What to do, too: goes on after the store's name. */
  readonly why: string;
}

/** Which formats will do: the present one, or all that can be migrated. */
export type TakenFormats = 'present' | 'kept';

/** The formats of a kind of store that have a way up: the first, and one for each step. */
export interface KeptFormats {
  /** The last: what is made new, and opened. */
  readonly present: number;
  /** The first release that opens the present format. */
  readonly needsRelease: string;
  /** The statements that lead from the first format to this one. */
  readonly statementsTo: (format: number) => ReadonlyArray<string>;
  readonly stepsFrom: (format: number) => ReadonlyArray<NumberedStep>;
  /** Null where the format is taken. `needsRelease` is what the store says of itself, and anybody may have written. */
  readonly refusal: (format: number, needsRelease: unknown, taken: TakenFormats) => FormatRefusal | null;
}

const RELEASE = /^(0|[1-9]\d{0,4})[.](0|[1-9]\d{0,4})[.](0|[1-9]\d{0,4})$/;

const releaseOf = (said: unknown): string =>
  typeof said === 'string' && RELEASE.test(said) ? `Keyturn ${said} or newer` : 'a newer release of Keyturn';

/**
 * The formats that are kept of a kind of store.
 *
 * @example
 * const FORMATS = keptFormats(6, [
 *   { adds: 'notes', needsRelease: '1.4.0', statements: ['CREATE TABLE notes (note TEXT)'] },
 * ]);
 * FORMATS.present; // 7
 */
export const keptFormats = (first: number, steps: ReadonlyArray<FormatStep>): KeptFormats => {
  const numbered = steps.map((step, n): NumberedStep => ({ ...step, from: first + n, to: first + n + 1 }));
  const present = first + steps.length;
  const refusal: KeptFormats['refusal'] = (format, needsRelease, taken) => {
    if (format === present) return null;
    if (format > present) {
      const why = `has format ${format}, and this release knows ${present}: get ${releaseOf(needsRelease)}`;
      return { code: 'newer-version', why };
    }
    if (!numbered.some(({ from }) => from === format))
      return { code: null, why: `has format ${format}, which no release made: restore a backup` };
    const why =
      `has format ${format}, and this release uses ${present}: stop every process that uses it, back it up, ` +
      'then run keyturn migrate';
    return taken === 'kept' ? null : { code: 'migration-needed', why };
  };
  return {
    present,
    needsRelease: steps.at(-1)?.needsRelease ?? '',
    statementsTo: (format) =>
      numbered.filter(({ to }) => to <= format).flatMap(({ statements }) => statements),
    stepsFrom: (format) => numbered.filter(({ from }) => from >= format),
    refusal,
  };
};
