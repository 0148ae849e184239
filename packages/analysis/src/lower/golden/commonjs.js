'use strict';
const { createHmac } = require('crypto');
exports.sign = function (key, data) { return createHmac('sha256', key).update(data).digest(); };
module.exports.verify = (a, b) => a.equals(b);
function Counter() { this.n = 0; }
Counter.prototype.next = function () { return this.n++; };
module.exports = Object.assign(exports, { Counter });
