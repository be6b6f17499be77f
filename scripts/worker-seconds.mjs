// A reporter for jest: how many seconds of its workers the suites of each package took, of them in tests, and which
// suites took the most. The rest is loading, and what stands around tests. Several workers run at once.
const PLACE = /packages\/([^/]+)\/src\/(.*)$/;
const MOST_SHOWN = 10;

const shown = (ms) => (ms / 1_000).toFixed(0).padStart(6);
const sumOf = (member, suites) => suites.reduce((sum, suite) => sum + suite[member], 0);
const byTime = (one, other) => other.took - one.took;

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
    const rows = [...new Set(suites.map(({ name }) => name))].map((name) => {
      const own = suites.filter((suite) => suite.name === name);
      return { name, count: own.length, took: sumOf('took', own), inTests: sumOf('inTests', own) };
    });
    const lines = [
      '',
      `Worker seconds:${shown(sumOf('took', suites))}, by package (all, in tests, suites)`,
      ...rows
        .sort(byTime)
        .map((row) => `${shown(row.took)}${shown(row.inTests)}${String(row.count).padStart(6)}  ${row.name}`),
      'The suites that took the most:',
      ...[...suites]
        .sort(byTime)
        .slice(0, MOST_SHOWN)
        .map(({ name, file, took }) => `${shown(took)}  ${name}/${file}`),
    ];
    console.error(lines.join('\n'));
  }
}
