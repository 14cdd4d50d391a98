/**
 * Makes tests that import `lib/…` and `constructs/…` run what `npm run build` made of them: the same code that users run, and
 * coverage without the helpers that an on-the-fly compiler adds to each file.
 */
const { join, sep } = require('node:path');
const Module = require('node:module');

const ROOT = join(__dirname, '..', '..');
const BUILT = ['lib', 'constructs'].map((room) => join(ROOT, room) + sep);

const resolve = Module._resolveFilename;
Module._resolveFilename = function (...request) {
  const found = resolve.apply(this, request);
  if (!BUILT.some((room) => found.startsWith(room)) || !found.endsWith('.ts')) return found;
  return join(ROOT, 'dist', found.slice(ROOT.length, -'.ts'.length)) + '.js';
};
