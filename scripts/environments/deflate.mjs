// Preloaded (NODE_OPTIONS) where the matrix forces an implementation of deflate, in the program as it is committed.
// $DEFLATE is `pako`: the program's check of Node's zlib is given other bytes, so that it must not use it. `node`: nothing is
// changed. Either way $DEFLATE_REPORT says at the end which one made the layers.
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import zlib from 'node:zlib';

if (isMainThread) {
  let isUsed = false;
  const { deflateRawSync, DeflateRaw } = zlib;
  const { _transform: transform } = DeflateRaw.prototype;
  DeflateRaw.prototype._transform = function (...args) {
    isUsed = true;
    return transform.apply(this, args);
  };
  if (process.env.DEFLATE === 'pako')
    zlib.deflateRawSync = (input, options) => deflateRawSync(input, { ...options, level: 1 });
  syncBuiltinESMExports();
  process.on('exit', () => writeFileSync(process.env.DEFLATE_REPORT, isUsed ? 'node' : 'pako'));
}
