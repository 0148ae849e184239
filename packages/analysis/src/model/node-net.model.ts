/**
 * Rows of node:net, node:tls, node:http, node:https and node:dgram: sockets, servers, requests and datagrams. What they inherit from streams is in `node-stream.model.ts`.
 * A buffer that is given to `onread` is written for as long as the socket lives.
 * Source: nodejs.org/api; RULES 2.2 for writes and sends, which do not copy.
 */
import type { ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const unknown: ResultModel = { kind: 'unknown' };
const same: ResultModel = { kind: 'same', as: 'this' };
const plain: ResultModel = { kind: 'object', class: 'Object' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const socket: ResultModel = { kind: 'object', class: 'node:net#Socket', holds: [{ rest: 0 }] };

const net = `const net = await load('node:net');`;
const idle = `${net} const s = new net.Socket(); s.on('error', () => {});`;
/** A pair of connected sockets: `near` of the program, `far` of the server. */
const connected = `${net} const server = net.createServer(); await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)); const accepted = new Promise((resolve) => server.once('connection', resolve));`;
const destroyed = '(s.destroy(), 0)';
const closeServer = 'server.close()';

const sockets: readonly ModelRow[] = [
  {
    api: 'node:net#new Socket', signature: 'new net.Socket([options])', result: { ...socket, holds: [0] }, writesLater: [{ property: 'buffer', of: { property: 'onread', of: 0 } }], retains: [0],
    exercise: { setup: net, call: 'new net.Socket()', inputs: {}, observe: '($result.destroy(), 0)' },
  },
  ...['connect', 'createConnection'].map((name): ModelRow => ({
    api: `node:net#${name}`, signature: `${name}(options[, connectListener])`, result: socket, writesLater: [{ property: 'buffer', of: { property: 'onread', of: 0 } }], retains: [{ rest: 0 }],
    exercise: {
      setup: `${connected} const buffer = new Uint8Array(8); const { done, settle } = deferred();`,
      call: `net.${name}({ port: server.address().port, host: '127.0.0.1', onread: { buffer, callback: () => { settle(null, 1); return true; } } })`, inputs: { '0.onread.buffer': 'buffer' },
      observe: `((await accepted).end('text'), await done, $result.destroy(), ${closeServer}, 0)`,
    },
  })),
  {
    api: 'node:net#Socket.prototype.write', signature: 'write(data[, encoding][, callback])', result: scalar, readsLater: [0], retains: [0, 1, 2], retainedBy: 'this', stateful: true,
    exercise: {
      setup: `${connected} const m = Uint8Array.of(9, 3, 7); const s = net.connect(server.address().port, '127.0.0.1'); const { buffer } = await load('node:stream/consumers');`, call: 's.write(m)', inputs: { this: 's', 0: 'm' },
      observe: `(s.end(), (await buffer(await accepted)).toString('hex') + (${closeServer}, ''))`,
    },
    note: 'RULES 2.2: waits until the socket is connected and its buffer has room.',
  },
  {
    api: 'node:net#Socket.prototype.end', signature: 'end([data[, encoding]][, callback])', result: same, readsLater: [0], retains: [0, 1, 2], retainedBy: 'this', stateful: true,
    exercise: {
      setup: `${connected} const m = Uint8Array.of(9, 3, 7); const s = net.connect(server.address().port, '127.0.0.1'); const { buffer } = await load('node:stream/consumers');`, call: 's.end(m)', inputs: { this: 's', 0: 'm' },
      observe: `((await buffer(await accepted)).toString('hex') + (${closeServer}, ''))`,
    },
  },
  { api: 'node:net#Socket.prototype.connect', signature: 'connect(options[, connectListener])', result: same, retains: [{ rest: 0 }], stateful: true, exercise: { setup: `${connected} const s = new net.Socket();`, call: `s.connect(server.address().port, '127.0.0.1')`, inputs: { this: 's' }, observe: `(await accepted, s.destroy(), ${closeServer}, 0)` } },
  ...['setNoDelay', 'setKeepAlive', 'setTimeout', 'setEncoding', 'ref', 'unref', 'pause', 'resume'].map((name): ModelRow => ({
    api: `node:net#Socket.prototype.${name}`, signature: `${name}([value[, more]])`, result: same, retains: [0, 1], retainedBy: 'this', stateful: true,
    exercise: { setup: idle, call: `s.${name}(${name === 'setTimeout' ? '0' : name === 'setEncoding' ? `'hex'` : ''})`, inputs: { this: 's' }, observe: destroyed },
  })),
  ...['destroy', 'resetAndDestroy'].map((name): ModelRow => ({ api: `node:net#Socket.prototype.${name}`, signature: `${name}([error])`, result: same, retains: [0], stateful: true, exercise: { setup: idle, call: `s.${name}()`, inputs: { this: 's' } } })),
  { api: 'node:net#Socket.prototype.destroySoon', signature: 'destroySoon()', result: scalar, stateful: true, exercise: { setup: idle, call: 's.destroySoon()', inputs: { this: 's' } } },
  { api: 'node:net#Socket.prototype.address', signature: 'address()', result: plain, exercise: { setup: idle, call: 's.address()', inputs: { this: 's' }, observe: destroyed } },
  ...['isIP', 'isIPv4', 'isIPv6'].map((name): ModelRow => ({ api: `node:net#${name}`, signature: `${name}(input)`, result: scalar, exercise: { setup: net, call: `net.${name}('1.2.3.4')`, inputs: {} } })),
];

function serverRows(module: string): readonly ModelRow[] {
  const setup = `const made = await load('${module}'); const server = made.createServer();`;
  const name = `${module}#Server`;
  return [
    { api: `${module}#createServer`, signature: 'createServer([options][, listener])', result: { kind: 'object', class: name, holds: [0, 1] }, retains: [0, 1], exercise: { setup, call: 'made.createServer()', inputs: {} } },
    { api: `${name}.prototype.listen`, signature: 'listen([port[, host[, backlog]]][, callback])', result: same, retains: [{ rest: 0 }], stateful: true, exercise: { setup, call: `server.listen(0, '127.0.0.1')`, inputs: { this: 'server' }, observe: '(server.close(), 0)' } },
    { api: `${name}.prototype.close`, signature: 'close([callback])', result: same, retains: [0], stateful: true, exercise: { setup: `${setup} server.listen(0, '127.0.0.1');`, call: 'server.close()', inputs: { this: 'server' } } },
    { api: `${name}.prototype.address`, signature: 'address()', result: unknown, exercise: { setup, call: 'server.address()', inputs: { this: 'server' } } },
    ...['ref', 'unref'].map((member): ModelRow => ({ api: `${name}.prototype.${member}`, signature: `${member}()`, result: same, stateful: true, exercise: { setup, call: `server.${member}()`, inputs: { this: 'server' } } })),
  ];
}

/** A server that answers with what it was sent, in hexadecimal, and a request to it. */
const exchange = `const http = await load('node:http'); const { buffer } = await load('node:stream/consumers'); const m = Uint8Array.of(9, 3, 7);
const server = http.createServer(async (request, response) => { response.end((await buffer(request)).toString('hex')); }); await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { done, settle } = deferred(); const r = http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST', agent: false }, async (answer) => settle(null, (await buffer(answer)).toString()));`;
const answered = `(r.end(), await done) + (server.close(), '')`;
const quiet = `const http = await load('node:http'); const r = new http.ServerResponse(new http.IncomingMessage(null));`;

const http: readonly ModelRow[] = [
  ...['node:http', 'node:https'].flatMap((module) => ['request', 'get'].map((name): ModelRow => ({
    api: `${module}#${name}`, signature: `${name}(url[, options][, callback])`, result: { kind: 'object', class: 'node:http#ClientRequest', holds: [0, 1, 2] }, retains: [0, 1, 2],
    ...(module === 'node:http' ? { exercise: { setup: `${exchange} r.end(); await done;`, call: `http.${name}({ port: server.address().port, host: '127.0.0.1' })`, inputs: {}, observe: `(await new Promise((resolve) => { $result.on('error', resolve).destroy(new Error('enough')); }), server.close(), 0)` } } : {}),
  }))),
  {
    api: 'node:http#OutgoingMessage.prototype.write', signature: 'write(chunk[, encoding][, callback])', result: scalar, readsLater: [0], retains: [0, 1, 2], retainedBy: 'this', stateful: true,
    exercise: { setup: exchange, call: 'r.write(m)', inputs: { this: 'r', 0: 'm' }, observe: answered }, note: 'RULES 2.2: waits for the socket.',
  },
  {
    api: 'node:http#OutgoingMessage.prototype.end', signature: 'end([data[, encoding]][, callback])', result: same, readsLater: [0], retains: [0, 1, 2], retainedBy: 'this', stateful: true,
    exercise: { setup: exchange, call: 'r.end(m)', inputs: { this: 'r', 0: 'm' }, observe: answered.replace('r.end(), ', '') },
  },
  { api: 'node:http#OutgoingMessage.prototype.setHeader', signature: 'setHeader(name, value)', result: same, retains: [1], retainedBy: 'this', stateful: true, exercise: { setup: quiet, call: `r.setHeader('a', 'b')`, inputs: { this: 'r' } } },
  { api: 'node:http#OutgoingMessage.prototype.appendHeader', signature: 'appendHeader(name, value)', result: same, retains: [1], retainedBy: 'this', stateful: true, exercise: { setup: quiet, call: `r.appendHeader('a', 'b')`, inputs: { this: 'r' } } },
  { api: 'node:http#OutgoingMessage.prototype.getHeader', signature: 'getHeader(name)', result: { kind: 'member', of: 'this' }, exercise: { setup: `${quiet} r.setHeader('a', 'b');`, call: `r.getHeader('a')`, inputs: { this: 'r' } } },
  { api: 'node:http#OutgoingMessage.prototype.hasHeader', signature: 'hasHeader(name)', result: scalar, exercise: { setup: quiet, call: `r.hasHeader('a')`, inputs: { this: 'r' } } },
  { api: 'node:http#OutgoingMessage.prototype.removeHeader', signature: 'removeHeader(name)', result: scalar, stateful: true, exercise: { setup: quiet, call: `r.removeHeader('a')`, inputs: { this: 'r' } } },
  { api: 'node:http#OutgoingMessage.prototype.flushHeaders', signature: 'flushHeaders()', result: scalar, stateful: true, exercise: { setup: quiet, call: `r.flushHeaders()`, inputs: { this: 'r' } } },
  { api: 'node:http#ServerResponse.prototype.writeHead', signature: 'writeHead(statusCode[, statusMessage][, headers])', result: same, retains: [1, 2], retainedBy: 'this', stateful: true, exercise: { setup: quiet, call: `r.writeHead(200)`, inputs: { this: 'r' } } },
];

const dgram = `const dgram = await load('node:dgram'); const s = dgram.createSocket('udp4'); const m = Uint8Array.of(9, 3, 7);`;
const receiver = `${dgram} const t = dgram.createSocket('udp4'); await new Promise((resolve) => t.bind(0, '127.0.0.1', resolve)); const got = new Promise((resolve) => t.once('message', resolve));`;
const received = `(await got).toString('hex') + (s.close(), t.close(), '')`;

const datagrams: readonly ModelRow[] = [
  { api: 'node:dgram#createSocket', signature: 'createSocket(options[, callback])', result: { kind: 'object', class: 'node:dgram#Socket', holds: [0, 1] }, retains: [0, 1], exercise: { setup: dgram, call: `dgram.createSocket('udp4')`, inputs: {}, observe: '(s.close(), $result.close(), 0)' } },
  {
    api: 'node:dgram#Socket.prototype.send', signature: 'send(msg[, ...rest])', result: scalar, readsLater: [0, { elementsOf: 0 }], retains: [{ rest: 0 }], stateful: true,
    exercise: { setup: receiver, call: `s.send(m, t.address().port, '127.0.0.1')`, inputs: { this: 's', 0: 'm' }, observe: received }, note: 'RULES 2.2: sends after the address was looked up. The message may be a list of bytes.',
  },
  { api: 'node:dgram#Socket.prototype.bind', signature: 'bind([port][, address][, callback])', result: same, retains: [{ rest: 0 }], stateful: true, exercise: { setup: dgram, call: `s.bind(0, '127.0.0.1')`, inputs: { this: 's' }, observe: `(await new Promise((resolve) => s.once('listening', resolve)), s.close(), 0)` } },
  { api: 'node:dgram#Socket.prototype.connect', signature: 'connect(port[, address][, callback])', result: scalar, retains: [{ rest: 0 }], stateful: true, exercise: { setup: receiver, call: `s.connect(t.address().port, '127.0.0.1')`, inputs: { this: 's' }, observe: `(await new Promise((resolve) => s.once('connect', resolve)), s.close(), t.close(), 0)` } },
  { api: 'node:dgram#Socket.prototype.close', signature: 'close([callback])', result: same, retains: [0], stateful: true, exercise: { setup: dgram, call: 's.close()', inputs: { this: 's' } } },
  { api: 'node:dgram#Socket.prototype.address', signature: 'address()', result: plain, exercise: { setup: receiver, call: 't.address()', inputs: { this: 't' }, observe: '(s.close(), t.close(), 0)' } },
  ...['ref', 'unref'].map((name): ModelRow => ({ api: `node:dgram#Socket.prototype.${name}`, signature: `${name}()`, result: same, stateful: true, exercise: { setup: dgram, call: `s.${name}()`, inputs: { this: 's' }, observe: '(s.close(), 0)' } })),
];

const secured: readonly ModelRow[] = [
  { api: 'node:tls#connect', signature: 'connect(options[, callback])', result: socket, writesLater: [{ property: 'buffer', of: { property: 'onread', of: 0 } }], retains: [{ rest: 0 }] },
  { api: 'node:tls#TLSSocket.prototype.exportKeyingMaterial', signature: 'exportKeyingMaterial(length, label[, context])', result: { kind: 'bytes', class: 'Buffer', origin: 'fresh', length: { count: 0 } }, reads: [2], secret: true },
  ...['getFinished', 'getPeerFinished', 'getSession', 'getTLSTicket', 'getPeerCertificate', 'getCertificate'].map((name): ModelRow => ({ api: `node:tls#TLSSocket.prototype.${name}`, signature: `${name}([detailed])`, result: unknown })),
  { api: 'node:tls#TLSSocket.prototype.getProtocol', signature: 'getProtocol()', result: text },
];

export const nodeNetFamily: ModelFamily = {
  name: 'node:net',
  classes: [
    { name: 'node:net#Socket', kind: 'object', extends: 'node:stream#Duplex', properties: { bytesRead: scalar, bytesWritten: scalar }, declared: ['node:net', 'node:tls', 'node:http'].map((from) => ({ name: 'Socket', from })) },
    { name: 'node:tls#TLSSocket', kind: 'object', extends: 'node:net#Socket', declared: [{ name: 'TLSSocket', from: 'node:tls' }] },
    ...['node:net', 'node:http', 'node:https', 'node:tls'].map((module) => ({ name: `${module}#Server`, kind: 'object' as const, extends: module === 'node:net' ? 'node:events#EventEmitter' : 'node:net#Server', declared: [{ name: 'Server', from: module }] })),
    { name: 'node:http#OutgoingMessage', kind: 'object', extends: 'node:stream#Writable', declared: [{ name: 'OutgoingMessage', from: 'node:http' }] },
    { name: 'node:http#ServerResponse', kind: 'object', extends: 'node:http#OutgoingMessage', declared: [{ name: 'ServerResponse', from: 'node:http' }] },
    { name: 'node:http#ClientRequest', kind: 'object', extends: 'node:http#OutgoingMessage', declared: [{ name: 'ClientRequest', from: 'node:http' }] },
    { name: 'node:dgram#Socket', kind: 'object', extends: 'node:events#EventEmitter', declared: [{ name: 'Socket', from: 'node:dgram' }] },
  ],
  rows: [...sockets, ...serverRows('node:net'), ...serverRows('node:http'), ...http, ...datagrams, ...secured],
  aliases: { 'node:net#Stream': 'node:net#Socket' },
};
