import type { VendorTable } from '../vendorTable';
import { anthropic } from './anthropic';
import { openai } from './openai';

/** The vendors whose keys can be test-called. */
export const VENDOR_TABLES: ReadonlyArray<VendorTable> = [anthropic, openai];
