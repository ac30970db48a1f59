// Serves folders from memory with brotli, as a host does that compresses once, and writes down what was asked for. The app keeps
// its policy (e2e/server.mjs).
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { policyOf, TYPES } from "../../e2e/server.mjs";

const squeezed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

async function load(dir, base, files, headers) {
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const raw = await readFile(path);
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    // Level 11 of 4 MB takes seconds: only what is asked for is compressed, once.
    const etag = `"${createHash("sha256").update(raw).digest("hex").slice(0, 20)}"`;
    files.set(base + relative(dir, path).split(sep).join("/"), { raw, type, headers: { ...headers, etag }, brotli: null });
  }
}

/**
 * `folders`: what lies below which path; those named in `strict` are served under the policy in their index.html. Answers the
 * address, `asked()`, which hands out what was asked for since the last time, `warm`, which compresses ahead, and `close`.
 */
export async function host(folders, strict = []) {
  const files = new Map();
  for (const [base, dir] of Object.entries(folders)) {
    const plain = { "x-content-type-options": "nosniff", "cache-control": "no-cache" };
    const headers = strict.includes(base) ? { ...plain, "content-security-policy": await policyOf(dir), "referrer-policy": "no-referrer" } : plain;
    await load(dir, base, files, headers);
  }
  let log = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const found = files.get(path);
    if (!found) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
      return;
    }
    found.brotli ??= squeezed(found.raw);
    // What the browser has already is not sent again.
    if (request.headers["if-none-match"] === found.headers.etag) {
      log.push({ path, bytes: 0, raw: 0 });
      response.writeHead(304, found.headers).end();
      return;
    }
    log.push({ path, bytes: found.brotli.length, raw: found.raw.length });
    response.writeHead(200, {
      ...found.headers,
      "content-type": found.type,
      "content-encoding": "br",
      "content-length": found.brotli.length,
    });
    response.end(request.method === "HEAD" ? undefined : found.brotli);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    asked: () => log.splice(0),
    warm: (base) => [...files].filter(([path]) => path.startsWith(base)).forEach(([, file]) => (file.brotli ??= squeezed(file.raw))),
    close: () => new Promise((done) => (server.close(done), server.closeAllConnections())),
  };
}
