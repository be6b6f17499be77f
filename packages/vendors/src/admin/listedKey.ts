import { holds, valuesAt } from '../jsonPath';
import { readInstant } from '../usage/instants';
import type { KeyForm } from './adminApi';
import { isAdminId, vendorKeyIdOf } from './adminIds';
import type { VendorKey } from './vendorAdmin';

const LONGEST_TEXT = 200;

/** What is seen as nothing, or turns a line around: a vendor's text is shown to a person who decides by it. */
const NOT_SHOWN = /[\p{C}\p{Zl}\p{Zp}]/gu;

const textAt = (item: unknown, path: string | null): string | null => {
  const [value] = path === null ? [] : valuesAt(item, path);
  if (typeof value !== 'string') return null;
  const shown = Array.from(value.replace(NOT_SHOWN, '')).slice(0, LONGEST_TEXT).join('').trim();
  return shown === '' ? null : shown;
};

const timeAt = (item: unknown, path: string | null, form: KeyForm['times']): number | null => {
  const [value] = path === null ? [] : valuesAt(item, path);
  if (form === 'rfc-3339') return typeof value === 'string' ? readInstant(value) : null;
  return typeof value === 'number' && Number.isSafeInteger(value * 1_000) ? value * 1_000 : null;
};

const firstText = (item: unknown, paths: ReadonlyArray<string>): string | null => {
  for (const path of paths) {
    const text = textAt(item, path);
    if (text !== null) return text;
  }
  return null;
};

const statusOf = (item: unknown, { active, inactive }: KeyForm): VendorKey['status'] => {
  if (inactive.some((condition) => holds(item, condition))) return 'inactive';
  return active.some((condition) => holds(item, condition)) ? 'active' : 'unknown';
};

/** A key of the vendor's list; null where an item has no id, and so is none. */
export const listedKey = (
  form: KeyForm,
  item: unknown,
  place: string | null,
): Omit<VendorKey, 'fits'> | null => {
  const [id] = valuesAt(item, form.id);
  if (typeof id !== 'string' || !isAdminId(id)) return null;
  return {
    vendorKeyId: vendorKeyIdOf(place, id),
    hint: textAt(item, form.hint),
    name: textAt(item, form.name),
    createdAt: timeAt(item, form.createdAt, form.times),
    lastUsedAt: timeAt(item, form.lastUsedAt, form.times),
    owner: firstText(item, form.owner),
    status: statusOf(item, form),
  };
};
