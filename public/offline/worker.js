// Keeps the page and its program in the browser, so that they open without a network and without a wait. What is kept goes
// together: one page, and the files that this page names, held to the hashes that stand in it. The page is answered from here at
// once; whether the server has a newer one is asked afterwards, and told to the tabs, which are never loaded again by this.
//
// Nothing of what people entered passes through here: docs/STORAGE.md.

/** Says which of the kept versions is the one to answer with; its other copies are older. */
const DESK = "restore-desk";
const CURRENT = "./current";
const PAGE = "./";

const root = new URL("./", self.location).href;
const versions = async () => (await caches.keys()).filter((name) => name.startsWith(`${DESK} `));
const currentName = async () => (await (await caches.open(DESK)).match(CURRENT))?.text();

/** What the page needs: every file beside it that it names, with its hash where there is one. */
function named(page) {
  const files = new Map();
  for (const [tag] of page.matchAll(/<(?:link|script|a)\b[^>]*>/g)) {
    const of = (name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
    const address = of("href") ?? of("src");
    if (!address || /^(?:#|[a-z]+:)/.test(address)) continue;
    files.set(new URL(address, root).href, of("integrity"));
  }
  return files;
}

/** Whether it is the page at all, and not that of a network that wants a password first. */
const isPage = (page) => /<div id="boot"/.test(page) && /_bg\.wasm"/.test(page);

async function hash(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

let taking;

/** Takes what the server has now, whole or not at all. Answers whether it is another version than the one that is current. */
const take = () => (taking ??= taken().finally(() => (taking = undefined)));

async function taken() {
  const answer = await fetch(PAGE, { cache: "no-cache" });
  if (!answer.ok) return false;
  const page = await answer.clone().text();
  // The policy that a server sends is kept with the page, and so another one is another version.
  const name = `${DESK} ${await hash(`${answer.headers.get("content-security-policy") ?? ""}\n${page}`)}`;
  const before = await currentName();
  if (!isPage(page) || name === before) return false;
  const cache = await caches.open(name);
  try {
    for (const [address, integrity] of named(page)) {
      if (await cache.match(address)) continue;
      // The hash is in the page: the browser keeps nothing that was changed on the way.
      const file = await fetch(address, integrity ? { integrity } : { cache: "no-cache" });
      if (!file.ok) throw new TypeError(`${address}: status ${file.status}`);
      await cache.put(address, file);
    }
    const headers = new Headers(answer.headers);
    // They are of what came over the wire.
    for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    await cache.put(PAGE, new Response(page, { headers }));
    await (await caches.open(DESK)).put(CURRENT, new Response(name));
  } catch (error) {
    if (before) await caches.delete(name);
    throw error;
  }
  // Tabs that are open still ask for files of the version before.
  for (const old of await versions()) if (old !== name && old !== before) await caches.delete(old);
  return before !== undefined;
}

async function tellTabs() {
  for (const tab of await self.clients.matchAll({ type: "window" })) tab.postMessage("restore-desk: newer");
}

const look = () => take().then((newer) => newer && tellTabs()).catch(() => {});

async function kept(request) {
  const name = await currentName();
  const own = name && (await (await caches.open(name)).match(request, { ignoreVary: true }));
  return own ?? caches.match(request, { ignoreVary: true });
}

async function page(event) {
  const answer = await kept(PAGE);
  if (!answer) return fetch(event.request);
  event.waitUntil(look());
  return answer;
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(take());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  // What is asked for anew, since what was there is broken, is not answered from here.
  if (request.method !== "GET" || request.cache === "reload" || !request.url.startsWith(root)) return;
  const address = new URL(request.url);
  if (request.mode === "navigate") {
    // Other pages of the folder, such as 404.html, are the server's.
    const { pathname } = new URL(root);
    if ([pathname, `${pathname}index.html`].includes(address.pathname)) event.respondWith(page(event));
    return;
  }
  event.respondWith(kept(request).then((answer) => answer ?? fetch(request)));
});
