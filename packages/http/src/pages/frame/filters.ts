import { invalidInput } from '../../problems/problem';
import type { Visit } from './page';

/** A filter of the address; undefined where none is set. */
export const filterOf = ({ query }: Pick<Visit, 'query'>, name: string): string | undefined => {
  const given = query.get(name)?.trim() ?? '';
  return given === '' ? undefined : given;
};

/** What is set of several filters, as a query of the door takes it. */
export const filtersOf = <N extends string>(
  visit: Pick<Visit, 'query'>,
  names: ReadonlyArray<N>,
): { readonly [K in N]?: string } => {
  const set: { [K in N]?: string } = {};
  for (const name of names) {
    const given = filterOf(visit, name);
    if (given !== undefined) set[name] = given;
  }
  return set;
};

const SPELT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/;

/**
 * A time in UTC, as a form or an address has it: `2026-11-29`, `2026-11-29T10:30`, or as long with seconds; undefined
 * for none. @throws ProblemError `invalid-input`
 */
export const instantOf = (name: string, text: string): number | undefined => {
  const given = text.trim();
  if (given === '') return undefined;
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(given) ? `${given}T00:00` : given;
  const at = SPELT.test(whole) ? Date.parse(`${whole}Z`) : Number.NaN;
  if (Number.isNaN(at)) throw invalidInput(name, 'a time in UTC, such as 2026-11-29T10:30');
  return at;
};

/** The same to be shown again: undefined for what is no time, too. */
export const instantAgain = (text: string): number | undefined => {
  try {
    return instantOf('again', text);
  } catch {
    return undefined;
  }
};

/** A time of the address, in UTC. @throws ProblemError `invalid-input` */
export const timeOf = ({ query }: Pick<Visit, 'query'>, name: string): number | undefined =>
  instantOf(name, query.get(name) ?? '');
