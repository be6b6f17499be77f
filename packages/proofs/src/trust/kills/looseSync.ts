import Database from 'better-sqlite3';

/** To be loaded before the product: its databases no longer flush what they commit, whatever it asks for. */
const pragma: unknown = Reflect.get(Database.prototype, 'pragma');
if (typeof pragma !== 'function') throw new Error('better-sqlite3 has no pragma');

Object.defineProperty(Database.prototype, 'pragma', {
  value: function (this: unknown, source: string, ...more: ReadonlyArray<unknown>): unknown {
    const loose = source.replace(/^synchronous = .*$/, 'synchronous = OFF');
    return Reflect.apply(pragma, this, [loose, ...more]);
  },
});
