import type { ProbeTarget } from '../probe';
import type { VendorTable } from '../vendorTable';

/** A target of a vendor that its table allows. */
export const targetOf = ({ vendor, url, models }: VendorTable): ProbeTarget => ({
  vendor,
  endpoint: /^\{(endpoint|baseUrl)\}/.test(url) ? 'https://contoso.example.com' : null,
  region: url.includes('{region}') ? 'us-east-1' : null,
  model: models.length === 0 ? 'deployed' : null,
});
