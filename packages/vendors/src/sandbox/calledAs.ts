import type { IncomingHttpHeaders } from 'node:http';
import type { VendorTable } from '../vendorTable';
import type { SandboxVendor } from './sandboxVendor';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A text with one gap, as an expression that catches what stands in it. */
const around = (template: string, gap: string): RegExp => {
  const [before = '', after = ''] = template.split(gap);
  return new RegExp(`^${escaped(before)}(\\S+)${escaped(after)}$`);
};

const keyIn = (headers: IncomingHttpHeaders, name: string, form: RegExp): string | null => {
  const value = headers[name];
  return typeof value === 'string' ? (form.exec(value)?.[1] ?? null) : null;
};

const pathIn = (url: string): string => url.replace(/^(https:\/\/[^/]+|\{endpoint\}|\{baseUrl\})/, '');

/** How a call of a vendor's table is recognised: the path, and the header that has the key. */
export const calledAs = ({
  vendor,
  url,
  headers,
  requestId,
  killCheck,
}: VendorTable): Pick<SandboxVendor, 'vendor' | 'isKillCheck' | 'pathOf' | 'keyOf' | 'requestIdHeader'> => {
  const path = pathIn(url);
  const hasPathOfItsOwn = url.startsWith('{baseUrl}');
  const [name = '', value = ''] = Object.entries(headers).find(([, form]) => form.includes('{secret}')) ?? [];
  const carries = around(value, '{secret}');
  const fits = around(path, '{model}');
  return {
    vendor,
    isKillCheck: (method, called) =>
      killCheck !== null && method === killCheck.method && called === pathIn(killCheck.url),
    pathOf: (called) => {
      if (!path.includes('{model}')) {
        return called === path || (hasPathOfItsOwn && called.endsWith(path)) ? { model: null } : null;
      }
      const model = fits.exec(called)?.[1];
      return model === undefined ? null : { model: decodeURIComponent(model) };
    },
    keyOf: (sent) => keyIn(sent, name, carries),
    requestIdHeader: requestId?.header ?? null,
  };
};
