// Writes box.json: the construction of the README, written down a second time with node:crypto and tweetnacl alone, so
// that the vectors check the package and not themselves. Run: node packages/vault/vectors/generate.mjs
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import nacl from 'tweetnacl';

const lp = (x) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(x.length);
  return Buffer.concat([length, x]);
};
const hmac = (key, ...parts) => createHmac('sha512', key).update(Buffer.concat(parts)).digest();
const context = (text) => Buffer.from(`${text}\0`);
const counting = (length, from) => Buffer.from(Array.from({ length }, (_, i) => (from + i) % 256));
const utf8 = (text) => Buffer.from(text, 'utf8');
const hex = (bytes) => Buffer.from(bytes).toString('hex');

const keyId = (key) => hmac(key, context('keyturn/kid/1')).subarray(0, 8);

const box = (key, nonce, purpose, aad, message) => {
  const hdr = Buffer.concat([Buffer.from([1, 1]), keyId(key), nonce]);
  const okm = hmac(key, context('keyturn/box/1'), lp(hdr), lp(utf8(purpose)), ...aad.map((x) => lp(utf8(x))));
  return Buffer.concat([hdr, okm.subarray(32), nacl.secretbox(message, nonce, okm.subarray(0, 32))]);
};

const boxes = [
  { name: 'empty message, no associated data', purpose: 'test', aad: [], message: Buffer.alloc(0) },
  { name: 'one byte', purpose: 'test', aad: ['a'], message: Buffer.from([0]) },
  { name: 'two parts of associated data', purpose: 'test', aad: ['ab', 'c'], message: utf8('a message') },
  { name: 'the same bytes, parted elsewhere', purpose: 'test', aad: ['a', 'bc'], message: utf8('a message') },
  { name: 'an empty part', purpose: 'test', aad: ['', 'abc'], message: utf8('a message') },
  { name: 'another purpose', purpose: 'data-key', aad: ['ab', 'c'], message: utf8('a message') },
  { name: 'not ASCII', purpose: 'test', aad: ['Schlüssel', '鍵'], message: counting(256, 0) },
].map(({ name, purpose, aad, message }, index) => {
  const [key, nonce] = [counting(32, index * 32), counting(24, 200 + index)];
  return {
    name,
    key: hex(key),
    nonce: hex(nonce),
    purpose,
    aad,
    message: hex(message),
    box: hex(box(key, nonce, purpose, aad, message)),
  };
});

const fingerprints = [
  { workspace: 'acme', secret: 'not-a-real-key-0001' },
  { workspace: 'globex', secret: 'not-a-real-key-0001' },
].map(({ workspace, secret }) => {
  const pepper = counting(32, 7);
  const digest = hmac(pepper, context('keyturn/fp/1'), lp(utf8(workspace)), lp(utf8(secret))).subarray(0, 32);
  const fingerprint = Buffer.concat([Buffer.from([1]), keyId(pepper), digest]).toString('base64url');
  return { pepper: hex(pepper), workspace, secret, fingerprint };
});

const derivedKeys = ['master-check', 'pepper', 'workspace-key'].map((purpose) => {
  const key = counting(32, 90);
  return {
    key: hex(key),
    keyId: hex(keyId(key)),
    purpose,
    derived: hex(hmac(key, context('keyturn/key/1'), lp(utf8(purpose))).subarray(0, 32)),
  };
});

writeFileSync(
  new URL('box.json', import.meta.url),
  `${JSON.stringify({ boxes, fingerprints, derivedKeys }, null, 2)}\n`,
);
