import { forgetLastMatch } from './forgetLastMatch';
import { sharesBytes } from './sharesBytes';
import type { CalledTable } from './vendorTable';

/** Whether an id has the form of this vendor's own. Of a vendor whose form is not known, none has. */
export const hasOwnForm = ({ requestId }: Pick<CalledTable, 'requestId'>, id: string | null): boolean => {
  if (id === null || requestId === null) return false;
  const fits = new RegExp(requestId.pattern).test(id);
  forgetLastMatch();
  return fits;
};

/** Vendors echo parts of keys wherever they like: an id that could carry one is dropped. */
export const keepableId = (table: CalledTable, id: string | null, secret: Uint8Array): string | null => {
  if (id === null || !hasOwnForm(table, id)) return null;
  const kept = sharesBytes(id, secret) ? null : id;
  forgetLastMatch();
  return kept;
};
