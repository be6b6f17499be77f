import { SqliteConnection } from '@keyturn/sqlite';

/** To be loaded before the product: its databases no longer flush what they commit, whatever it asks for. */
const pragma: unknown = Reflect.get(SqliteConnection.prototype, 'pragma');
if (typeof pragma !== 'function') throw new Error('a connection has no pragma');

Object.defineProperty(SqliteConnection.prototype, 'pragma', {
  value: function (this: unknown, text: string): unknown {
    return Reflect.apply(pragma, this, [text.replace(/^synchronous = .*$/, 'synchronous = OFF')]);
  },
});
