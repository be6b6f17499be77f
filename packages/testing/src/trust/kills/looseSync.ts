import Database from 'better-sqlite3';

/** To be loaded before the product: its databases no longer flush what they commit, whatever it asks for. */
const { pragma } = Database.prototype;

Database.prototype.pragma = function (source, options) {
  return pragma.call(this, source.replace(/^synchronous = .*$/, 'synchronous = OFF'), options);
};
