// A reporter for jest: how many seconds of its workers the suites of each package took, of them in tests (the rest is
// loading, and what stands around tests), and which suites took the most. Several workers run at once.
const PLACE = /packages\/([^/]+)\/src\/(.*)$/;
const MOST_SHOWN = 10;

const shown = (ms) => (ms / 1_000).toFixed(0).padStart(6);

export default class WorkerSeconds {
  suites = [];

  onTestResult(_test, { testFilePath, perfStats, testResults }) {
    const [, name, file] = PLACE.exec(testFilePath);
    const inTests = testResults.reduce((sum, { duration }) => sum + (duration ?? 0), 0);
    this.suites.push({ name, file, took: perfStats.runtime, inTests });
  }

  onRunComplete() {
    const { suites } = this;
    if (suites.length <= MOST_SHOWN) return;
    const packages = new Map();
    for (const { name, took, inTests } of suites) {
      const {
        count,
        took: before,
        inTests: beforeInTests,
      } = packages.get(name) ?? { count: 0, took: 0, inTests: 0 };
      packages.set(name, { count: count + 1, took: before + took, inTests: beforeInTests + inTests });
    }
    const byTime = (one, other) => other.took - one.took;
    const rows = [...packages].map(([name, sums]) => ({ name, ...sums })).sort(byTime);
    const all = rows.reduce((sum, { took }) => sum + took, 0);
    const lines = [
      '',
      `Worker seconds:${shown(all)}, by package (all, in tests, suites)`,
      ...rows.map(
        ({ name, count, took, inTests }) =>
          `${shown(took)}${shown(inTests)}${String(count).padStart(6)}  ${name}`,
      ),
      'The suites that took the most:',
      ...[...suites]
        .sort(byTime)
        .slice(0, MOST_SHOWN)
        .map(({ name, file, took }) => `${shown(took)}  ${name}/${file}`),
    ];
    console.error(lines.join('\n'));
  }
}
