import fs = require('node:fs');
import type ty = require('node:os');
const data = fs.readFileSync('x');
export = { data, size: () => data.length };
