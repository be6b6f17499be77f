import type { ProbeTarget } from '../probe';
import type { VendorTable } from '../vendorTable';

/** A target of a vendor that its table allows. */
export const targetOf = ({ vendor, url }: VendorTable): ProbeTarget => ({
  vendor,
  endpoint: url.startsWith('{endpoint}') ? 'https://contoso.example.com' : null,
  region: url.includes('{region}') ? 'us-east-1' : null,
});
