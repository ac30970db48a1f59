// Serves a finished build the way a careful host would: from a sub-folder, with
// a content security policy that forbids everything the app does not need, and
// with nothing but the files that are there.
//
//   node e2e/server.mjs [--dir dist] [--base /restore-desk/] [--port 0] [--bare]
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** The policy that stands in the page, and what only a header can say. */
export async function policyOf(dir) {
  const page = await readFile(join(dir, "index.html"), "utf8");
  const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  if (!policy) throw new Error(`${dir}/index.html has no content security policy`);
  return `${policy}; frame-ancestors 'none'`;
}

/** What each file is sent as, by the end of its name. */
export const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** The file that a request asks for, or null when there is none. */
async function fileFor(dir, base, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return null;
  }
  if (!path.startsWith(base)) return null;
  const rest = path.slice(base.length) || "index.html";
  const file = normalize(join(dir, rest));
  if (!file.startsWith(dir + sep)) return null;
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? { file, size: found.size } : null;
}

/**
 * Starts the server on a free port; resolves to its URL and a `close`. `bare`: as a host that sends no headers of ours, such
 * as GitHub Pages.
 */
export async function serve({ dir = "dist", base = "/restore-desk/", port = 0, bare = false } = {}) {
  const root = resolve(dir);
  const policy = await policyOf(root);
  const server = createServer(async (request, response) => {
    const headers = bare
      ? {}
      : {
          "content-security-policy": policy,
          "x-content-type-options": "nosniff",
          "x-frame-options": "DENY",
          "referrer-policy": "no-referrer",
          "cache-control": "no-cache",
        };
    const found = await fileFor(root, base, request.url);
    if (!found) {
      response.writeHead(404, { ...headers, "content-type": "text/plain" }).end("not found\n");
      return;
    }
    response.writeHead(200, {
      ...headers,
      "content-type": TYPES[extname(found.file)] ?? "application/octet-stream",
      "content-length": found.size,
    });
    if (request.method === "HEAD") response.end();
    else createReadStream(found.file).pipe(response);
  });
  await new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", done);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

if (argv[1] && resolve(argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      dir: { type: "string", default: "dist" },
      base: { type: "string", default: "/restore-desk/" },
      port: { type: "string", default: "0" },
      bare: { type: "boolean", default: false },
    },
  });
  const { url } = await serve({ ...values, port: Number(values.port) });
  console.log(url);
}
