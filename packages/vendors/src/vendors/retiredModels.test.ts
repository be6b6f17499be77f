import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeProber } from '../prober';
import { startVendorSandbox, type VendorSandbox } from '../sandbox';
import { targetOf } from '../testSupport/targetOf';
import type { VendorTable } from '../vendorTable';
import { SANDBOX_VENDORS } from './sandboxes';
import { VENDOR_TABLES } from './tables';

let sandbox: VendorSandbox;
beforeEach(async () => {
  sandbox = await startVendorSandbox();
});
afterEach(() => sandbox.close());

const telling = (models: Readonly<Record<string, string>> = {}) => {
  const told: string[] = [];
  const prober = makeProber({
    endpointOverrides: sandbox.urls,
    models,
    sleep: () => Promise.resolve(),
    onModelUnavailable: (vendor, model) => told.push(`${vendor} ${model}`),
  });
  const probe = (vendor: string) => {
    const table = VENDOR_TABLES.find((known) => known.vendor === vendor);
    if (table === undefined) throw new Error('no table');
    return prober.probe(targetOf(table), Buffer.from(sandbox.issueKey(vendor), 'latin1'))();
  };
  return { told, probe };
};

const isNamedWithKey = ({ models }: VendorTable): boolean => models.length === 0;
const OF_THE_TABLE = VENDOR_TABLES.filter((table) => !isNamedWithKey(table));

describe.each(OF_THE_TABLE.map(({ vendor, models }) => [vendor, models] as const))(
  'V-11: the day on which %s retires a model',
  (vendor, [first = '', second = '']) => {
    test('of the two: the other is asked for, and the operator is told once', async () => {
      sandbox.retireModel(vendor, first);
      const { probe, told } = telling();
      for (let key = 0; key < 3; key += 1) {
        expect((await probe(vendor)).verdict).toEqual({ kind: 'accepted', condition: 'completed' });
      }
      expect(sandbox.calls.map(({ model }) => model)).toEqual([first, second, first, second, first, second]);
      expect(told).toEqual([`${vendor} ${first}`]);
    });

    test('and the other too: nothing is said of any key', async () => {
      for (const model of [first, second]) sandbox.retireModel(vendor, model);
      const { probe, told } = telling();
      for (let key = 0; key < 3; key += 1) {
        expect((await probe(vendor)).verdict).toEqual({ kind: 'inconclusive', reason: 'model-unavailable' });
      }
      expect(told).toEqual([`${vendor} ${first}`, `${vendor} ${second}`]);
    });
  },
);

test.each(VENDOR_TABLES.filter(isNamedWithKey).map(({ vendor }) => vendor))(
  'a model that the key of %s came with is gone: no other is asked for, and no operator is told',
  async (vendor) => {
    sandbox.retireModel(vendor, 'deployed');
    const { probe, told } = telling();
    const means = SANDBOX_VENDORS.find((known) => known.vendor === vendor)?.noSuchModel.means;
    const { verdict } = await probe(vendor);
    expect('reason' in verdict ? verdict.reason : null).toBe(means);
    expect(sandbox.calls.map(({ model }) => model)).toEqual(['deployed']);
    expect(told).toEqual([]);
  },
);

test('a model that an operator names is asked for first, and the table’s own where it is gone', async () => {
  sandbox.retireModel('openai', 'gpt-of-ours');
  const { probe, told } = telling({ openai: 'gpt-of-ours' });
  expect((await probe('openai')).verdict).toEqual({ kind: 'accepted', condition: 'completed' });
  expect(sandbox.calls.map(({ model }) => model)).toEqual(['gpt-of-ours', 'gpt-5.6-luna']);
  expect(told).toEqual(['openai gpt-of-ours']);
});
