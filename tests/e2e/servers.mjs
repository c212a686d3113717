// How does a test start the servers that people run, with a configuration that Blindspot printed, and without any?
// One starter a server, each on loopback in a folder of its own; what is called and expected is left to servers.test.mjs.

import { existsSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Unsupported } from './browsers.mjs';
import { ROOT } from './lab.mjs';
import { dropScratch, findPortBlock, findProgram, makeScratch, startProcess, until, within } from './processes.mjs';

const READY_LIMIT_MS = 20_000;
const ANSWER_LIMIT_MS = 10_000;
const HOST = '127.0.0.1';
const HERE = path.dirname(fileURLToPath(import.meta.url));
const UNPACKED = path.join(ROOT, 'build/servers');  // by scripts/install.sh
const require = createRequire(import.meta.url);

/** The head of a server's answer as `curl -i` prints it: {status, text}. */
export function askHead(port, route, { method = 'GET', headers = {} } = {}) {
  const asking = new Promise((resolve, reject) => {
    const request = http.request({ host: HOST, port, path: route, method, headers, agent: false }, (response) => {
      const lines = [`HTTP/1.1 ${response.statusCode} ${response.statusMessage}`];
      for (let i = 0; i < response.rawHeaders.length; i += 2) lines.push(`${response.rawHeaders[i]}: ${response.rawHeaders[i + 1]}`);
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode, text: `${lines.join('\r\n')}\r\n\r\n` }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end();
  });
  return within(ANSWER_LIMIT_MS, `${method} ${route}`, asking);
}

function program(name, ...others) {
  const found = findProgram(name, [`/usr/sbin/${name}`, ...others]);
  if (!found) throw new Unsupported(`${name} is not on this machine: scripts/install.sh servers brings it where apt has it`);
  return found;
}

function nodePackages(...names) {
  for (const name of names) {
    try {
      require.resolve(name);
    } catch {
      throw new Unsupported(`the package ${name} is not in tests/e2e/node_modules: npm --prefix tests/e2e ci brings it`);
    }
  }
}

// The system's own Python: packages of apt are there, whatever Python stands first on the path.
async function python(...modules) {
  const file = ['/usr/bin/python3'].find((name) => existsSync(name)) ?? program('python3');
  const look = startProcess(file, ['-c', `import ${modules.join(', ')}`], { label: 'python3' });
  const how = await within(READY_LIMIT_MS, 'python3', look.exited);
  if (how.code !== 0) throw new Unsupported(`Python's ${modules.join(', ')} are not all on this machine: ${look.tail()}`);
  return file;
}

// What stands behind nginx, Apache and Caddy: it knows nothing of CORS and answers OPTIONS like any other method.
async function startBackend(port) {
  const server = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const status = { '/thing': 200, '/broken': 500 }[request.url] ?? 404;
      response.writeHead(status, { 'Content-Type': 'application/json', 'X-Total': '7', 'X-Other': '1' });
      response.end(JSON.stringify({ method: request.method, cookie: request.headers.cookie ?? '' }));
    });
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve));
  return {
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

// The ports a text names are put in the place of these.
const withPorts = (text, { port, backend }) => text.replace(/\b8080\b/, port).replace(/\b3000\b/, backend);

const NGINX_BARE = 'server {\n    listen 8080;\n    location / {\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n';

function nginx(text, ports, folder) {
  const file = program('nginx', path.join(UNPACKED, 'usr/sbin/nginx'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n');
  const server = withPorts(text || NGINX_BARE, ports).replace('listen ', `listen ${HOST}:`);
  writeFileSync(path.join(folder, 'nginx.conf'), `daemon off;
master_process off;
pid ${folder}/pid;
error_log stderr;
events {}
http {
  access_log off;
${temporary}
${server}}
`);
  return [file, ['-p', folder, '-e', 'stderr', '-c', path.join(folder, 'nginx.conf')]];
}

function apache(text, { port, backend }, folder) {
  const file = program('apache2');
  const modules = '/usr/lib/apache2/modules';
  if (!existsSync(modules)) throw new Unsupported(`Apache has no modules in ${modules} on this machine`);
  const names = ['mpm_event', 'authz_core', 'headers', 'setenvif', 'rewrite', 'proxy', 'proxy_http'];
  const user = process.getuid() === 0 ? 'User www-data\nGroup www-data\n' : '';
  writeFileSync(path.join(folder, 'apache.conf'), `ServerRoot "${folder}"
${names.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
${user}DefaultRuntimeDir "${folder}"
PidFile "${folder}/pid"
Mutex posixsem
ServerName ${HOST}
ErrorLog "|/bin/cat"
Listen ${HOST}:${port}
<VirtualHost ${HOST}:${port}>
${text}
ProxyPass / http://${HOST}:${backend}/
</VirtualHost>
`);
  return [file, ['-D', 'FOREGROUND', '-f', path.join(folder, 'apache.conf')]];
}

const CADDY_BARE = ':8080 {\n\treverse_proxy 127.0.0.1:3000\n}\n';

function caddy(text, ports, folder) {
  const file = program('caddy', path.join(UNPACKED, 'usr/bin/caddy'));
  writeFileSync(path.join(folder, 'Caddyfile'), `{\n\tadmin off\n\tdefault_bind ${HOST}\n}\n${withPorts(text || CADDY_BARE, ports)}`);
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return [file, ['run', '--adapter', 'caddyfile', '--config', path.join(folder, 'Caddyfile')], env];
}

// NODE_PATH, for the packages are not beside the file.
function nodeFile(folder, text) {
  writeFileSync(path.join(folder, 'app.cjs'), text);
  return [process.execPath, [path.join(folder, 'app.cjs')], { ...process.env, NODE_ENV: 'production', NODE_PATH: path.join(HERE, 'node_modules') }];
}

function express(text, { port }, folder) {
  nodePackages('express', 'cors');
  return nodeFile(folder, `${text || 'const express = require("express");\nconst app = express();\n'}
app.all("/thing", (request, response) => {
  response.set({ "X-Total": "7", "X-Other": "1" }).json({ method: request.method, cookie: request.get("Cookie") ?? "" });
});
app.all("/broken", () => { throw new Error("on purpose"); });
app.listen(${port}, "${HOST}");
`);
}

function fastify(text, { port }, folder) {
  nodePackages('fastify', '@fastify/cors');
  return nodeFile(folder, `${text || 'const app = require("fastify")();\n'}
app.route({
  method: ["GET", "PUT", "DELETE"],
  url: "/thing",
  handler: (request, reply) => reply.headers({ "X-Total": "7", "X-Other": "1" }).send({ method: request.method, cookie: request.headers.cookie ?? "" }),
});
app.get("/broken", () => { throw new Error("on purpose"); });
app.listen({ port: ${port}, host: "${HOST}" });
`);
}

async function flask(text, { port }, folder) {
  const file = await python('flask', 'flask_cors');
  writeFileSync(path.join(folder, 'app.py'), `${text || 'from flask import Flask\n\napp = Flask(__name__)\n'}
from flask import jsonify, request

@app.route("/thing", methods=["GET", "PUT", "DELETE"])
def thing():
    answer = jsonify(method=request.method, cookie=request.headers.get("Cookie", ""))
    answer.headers["X-Total"] = "7"
    answer.headers["X-Other"] = "1"
    return answer

@app.route("/broken")
def broken():
    raise RuntimeError("on purpose")
`);
  const env = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' };
  return [file, ['-m', 'flask', '--app', 'app', 'run', '--host', HOST, '--port', String(port)], env];
}

async function fastapi(text, { port }, folder) {
  const file = await python('fastapi', 'uvicorn');
  writeFileSync(path.join(folder, 'app.py'), `${text || 'from fastapi import FastAPI\n\napp = api = FastAPI()\n'}
from fastapi import Request, Response

@api.api_route("/thing", methods=["GET", "PUT", "DELETE"])
def thing(request: Request, response: Response):
    response.headers["X-Total"] = "7"
    response.headers["X-Other"] = "1"
    return {"method": request.method, "cookie": request.headers.get("cookie", "")}

@api.get("/broken")
def broken():
    raise RuntimeError("on purpose")
`);
  const env = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' };
  return [file, ['-m', 'uvicorn', '--host', HOST, '--port', String(port), 'app:app'], env];
}

/** By the names of `blindspot cors --config`; `behind`: it passes on to a server behind it. */
export const SERVERS = {
  nginx: { make: nginx, behind: true },
  apache: { make: apache, behind: true },
  caddy: { make: caddy, behind: true },
  express: { make: express },
  fastify: { make: fastify },
  flask: { make: flask },
  fastapi: { make: fastapi },
};

/**
 * Starts the server called `name` with this configuration, or without CORS where it is empty: {url, stopBackend(), stop()}.
 * Throws Unsupported where this machine has no such server.
 */
export async function startServer(name, text, port) {
  const { make, behind } = SERVERS[name];
  const folder = makeScratch(name);
  const ports = { port, backend: behind ? await findPortBlock() : 0 };
  let backend = null, server = null;
  const stopBackend = async () => {
    await backend?.stop();
    backend = null;
  };
  const stop = async () => {
    await server?.stop();
    await stopBackend();
    dropScratch(folder);
  };
  try {
    const [file, words, env] = await make(text, ports, folder);
    if (behind) backend = await startBackend(ports.backend);
    server = startProcess(file, words, { cwd: folder, env, label: name });
    await until(`${name} to answer`, async () => server.ended || (await askHead(port, '/thing')).status === 200, { ms: READY_LIMIT_MS });
    if (server.ended) throw new Error(`${name} ended with ${server.ended.signal ?? server.ended.code}: ${server.tail()}`);
    return { url: `http://${HOST}:${port}`, tail: server.tail, stopBackend, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A page without content at two origins, the second of which begins with the letters of the first: {home, neighbour, stop()}. */
export async function startPages() {
  for (let attempt = 0; attempt < 50; ++attempt) {
    const first = 1200 + Math.floor(Math.random() * 500);  // below the ports that browsers block
    const listening = [];
    try {
      for (const port of [first, first * 10 + Math.floor(Math.random() * 10)]) {
        const server = http.createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>page</title>'));
        await new Promise((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve));
        listening.push(server);
      }
    } catch {
      for (const server of listening) server.close();
      continue;
    }
    const [home, neighbour] = listening.map((server) => `http://${HOST}:${server.address().port}`);
    const stop = () => Promise.all(listening.map((server) => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    })));
    return { home, neighbour, stop };
  }
  throw new Error('no two free ports of which one begins with the other');
}
