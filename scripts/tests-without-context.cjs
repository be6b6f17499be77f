'use strict';
// Loaded ahead of each suite. jest runs every test inside an AsyncLocalStorage, to tell whose an error is where several
// tests run at once. None of ours do. Below Node 24 it makes every promise dearer: the service's tests take a seventh
// longer. An error that nobody caught still fails its suite, and names no test (decision 93).
const { AsyncLocalStorage } = require('node:async_hooks');

const { run } = AsyncLocalStorage.prototype;

const isOfTests = (store) =>
  typeof store === 'object' && store !== null && ('test' in store || 'hook' in store);

function runOutside(store, callback, ...given) {
  return isOfTests(store) ? callback(...given) : run.call(this, store, callback, ...given);
}

// Suites of one worker share it.
if (run.name !== runOutside.name) AsyncLocalStorage.prototype.run = runOutside;
