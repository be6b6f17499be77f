import { readFileSync } from 'node:fs';
import { UsageError } from '../problems';

const unusable = (file: string, why: string): UsageError =>
  new UsageError(`KEYTURN_VENDORS names ${file}, which can't be used. ${why}`);

const contentOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw unusable(file, 'Name a file that is there, and that you may read.');
  }
};

const parsed = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own words repeat what is in the file.
    throw unusable(file, 'It is no JSON: it takes a vendor table, or a list of them.');
  }
};

/**
 * An operator's own vendor tables, from a file that has one, or a list of them.
 *
 * @throws UsageError that names the file, and the member of a table that is wrong
 */
export const readVendorsFile = async (file: string): Promise<ReadonlyArray<unknown>> => {
  const content = parsed(file, contentOf(file));
  const vendorTables: ReadonlyArray<unknown> = Array.isArray(content) ? content : [content];
  const { isKeyturnError, vendorProfiles } = await import('keyturn');
  try {
    vendorProfiles({ vendorTables });
  } catch (error) {
    throw isKeyturnError(error) ? unusable(file, error.message) : error;
  }
  return vendorTables;
};
