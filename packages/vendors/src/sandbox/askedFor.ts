import type { IncomingHttpHeaders } from 'node:http';
import { field } from './jsonField';
import type { RecordedAnswer } from './recordedAnswer';
import type { SandboxVendor } from './sandboxVendor';

/** What a call asks for. */
export interface AskedFor {
  readonly model: string | null;
  readonly maxTokens: number | null;
}

/** What a call asks for, by the vendor's ways; `pathModel` is the model where the path names it. */
export const askedFor = (vendor: SandboxVendor, pathModel: string | null, body: unknown): AskedFor => {
  const model = pathModel ?? field(body, 'model');
  const maxTokens = vendor.maxTokensAt.split('.').reduce(field, body);
  return {
    model: typeof model === 'string' ? model : null,
    maxTokens: typeof maxTokens === 'number' ? maxTokens : null,
  };
};

/** The answer to what the vendor would take from no key, or null for a proper test call. */
export const refusalOf = (
  vendor: SandboxVendor,
  { model, maxTokens }: AskedFor,
  isRetired: (model: string) => boolean,
  headers: IncomingHttpHeaders,
  body: unknown,
): RecordedAnswer | null => {
  const refused = vendor.refusal(headers, body);
  if (refused !== null) return vendor.badRequest(refused);
  if (model === null) return vendor.badRequest('model: field required');
  // The vendor takes more; a test call asks for the least.
  if (maxTokens !== vendor.leastTokens) {
    return vendor.badRequest(`${vendor.maxTokensAt}: a test call asks for ${vendor.leastTokens}`);
  }
  return vendor.hasModel(model) && !isRetired(model) ? null : vendor.noSuchModel;
};
