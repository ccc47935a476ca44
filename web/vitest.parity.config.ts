import base from './vite.config.js';

/** The engine in Node.js, on the frames of a video: started by `tools/web_parity.py`. */
export default { ...base, test: { include: ['tests/parity/*.test.ts'], testTimeout: 3_600_000 } };
