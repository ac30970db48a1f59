// Starts the program, says in plain words when that fails, and stays behind it: when the program stops for good, this file
// hands out what is kept, without the program.
//
// Trunk's inline script would start the program too, but the policy forbids inline scripts. Its preload links stay and are
// read here:
//
//   <link rel="preload" as="fetch" href="…_bg.wasm" integrity="…">
//   <link rel="modulepreload" href="….js" integrity="…">
//
// What index.html and src/ui/panic.rs share with it is in docs/BUILDING.md; the rescue file is in docs/RESCUE.md.

const SLOW_AFTER_MS = 2500;
const STUCK_AFTER_MS = 30_000;
/** A new visitor who only looks costs no more than the door, for so long. */
const OFFLINE_AFTER_MS = 10_000;
const OURS = "restore-desk/";

const AGAIN = "Please reload the page. ";
const SENTENCES = {
  fetching: "Getting the program. It comes once, and is kept in this browser.",
  slow: "Still loading. The connection seems to be slow.",
  framed: "Restore Desk does not run inside another page, where that page could lay itself over it. Please open it by itself.",
  noWebAssembly:
    "Restore Desk needs WebAssembly, and this browser does not offer it. " +
    "Please open this page in a current version of Firefox, Chrome, Edge or Safari. " +
    "Where WebAssembly was switched off by a setting or a policy, it has to be allowed for this page.",
  download:
    "Restore Desk could not be downloaded completely. Please check the connection and reload the page. " +
    "If that does not help, a file is missing on the server, is blocked, or is sent as something else; the browser's console names it.",
  policy:
    "The server's content security policy forbids WebAssembly. Whoever runs the server has to allow 'wasm-unsafe-eval' for scripts.",
  refused:
    "This browser could not read the program. It may be too old for it, or the download was damaged. " +
    AGAIN + "Or open it in a current version of Firefox, Chrome, Edge or Safari.",
  start:
    "Restore Desk was loaded but could not start. " + AGAIN +
    "If that does not help, the technical reason is in the browser's console.",
};

const byId = (id) => document.getElementById(id);

function element(tag, properties, ...inside) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inside);
  return made;
}

// ---- what is kept -----------------------------------------------------------

/** Texts that are in no store, by name: the program puts them here, so that they outlive it. */
const unsaved = new Map();

/** The second copy of what is kept, as pairs. Where there is none, none is made. */
function secondCopy() {
  return new Promise((done, failed) => {
    setTimeout(failed, 4000, "no answer");
    const asked = indexedDB.open("restore-desk");
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => (asked.error.name === "AbortError" ? done([]) : failed(asked.error));
    asked.onsuccess = () => {
      const database = asked.result;
      if (!database.objectStoreNames.contains("keep")) {
        // Left open, it would hold up the tab that mends it.
        database.close();
        return done([]);
      }
      const store = database.transaction("keep").objectStore("keep");
      const keys = store.getAllKeys();
      const texts = store.getAll();
      texts.onerror = () => failed(texts.error);
      texts.onsuccess = () => done(keys.result.map((key, i) => [key, texts.result[i]]));
      store.transaction.oncomplete = () => database.close();
    };
  });
}

/** Everything that is kept here. What cannot be read is named with the reason. */
async function rescued() {
  const keys = {};
  const second = {};
  const unread = {};
  try {
    for (const key of Object.keys(localStorage).filter((key) => key.startsWith(OURS))) {
      try {
        const text = localStorage.getItem(key);
        if (text === null) unread[key] = "nothing was answered";
        else keys[key] = text;
      } catch (error) {
        unread[key] = `${error}`;
      }
    }
  } catch (error) {
    unread.localStorage = `${error}`;
  }
  try {
    for (const [key, text] of await secondCopy()) {
      if (typeof key !== "string" || !key.startsWith(OURS) || typeof text !== "string") continue;
      if (!(key in keys)) keys[key] = text;
      else if (keys[key] !== text) second[key] = text;
    }
  } catch (error) {
    unread.indexedDB = `${error}`;
  }
  const made = new Date().toISOString();
  return { app: "restore-desk", rescue: 1, made, keys, second, unsaved: Object.fromEntries(unsaved), unread };
}

/** By hand: the browser gets its languages the first time that it is asked, which takes longer than a part of the opening. */
const thousands = (n) => `${n}`.replace(/\B(?=(\d{3})+$)/g, ",");

function download(label, name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  return element("a", { className: "btn pri", href, download: name }, label);
}

/** Puts what is kept, to download, at the end of an element. */
async function rescue(into) {
  const box = element("section", {});
  into.append(box);
  const file = await rescued();
  const texts = Object.entries({ ...file.keys, ...file.unsaved }).filter(([key]) => key !== `${OURS}theme`);
  const unread = Object.entries(file.unread).map(([what, why]) => element("li", {}, `${what}: ${why}`));
  if (texts.length) {
    const links = element("p", { className: "actions" });
    for (const [name, text] of unsaved) links.append(download(`Download what was not saved${unsaved.size > 1 ? `: ${name}` : ""}`, `restore-desk-${name}.json`, text));
    // Lone halves of characters are escaped by JSON, so that the file is exact.
    const day = file.made.slice(0, 10);
    links.append(download("Download all that is kept here", `restore-desk-rescue-${day}.json`, JSON.stringify(file)));
    const list = texts.map(([key, text]) => element("li", {}, `${key}: ${thousands(text.length)} characters`));
    box.append(
      element("h2", {}, "What is kept in this browser"),
      element("p", {}, "It can be downloaded into one file, as it is, without the program. Restore Desk can read that file again."),
      links,
      element("details", {}, element("summary", {}, "What is in the file"), element("ul", { className: "rescue-keys" }, ...list)),
    );
  } else if (!unread.length) {
    box.append(element("p", {}, "Nothing of yours is kept in this browser at this address."));
  }
  if (unread.length) box.append(element("p", {}, "This could not be read now:"), element("ul", {}, ...unread));
}

// ---- when the program stopped -----------------------------------------------

let stopped = false;
let taken = false;

/**
 * The end of the program, for whichever reason. What is in its memory may be half changed: nothing of it may be written any
 * more, nor may it be called.
 */
function stop(report) {
  if (stopped) return;
  stopped = true;
  const refuse = () => {
    throw new DOMException("Restore Desk stopped", "InvalidStateError");
  };
  for (const [of, names] of [
    ["Storage", ["setItem", "removeItem", "clear"]],
    ["IDBObjectStore", ["add", "put", "delete", "clear"]],
  ]) {
    for (const name of names) if (window[of]) window[of].prototype[name] = refuse;
  }
  const heading = element("h1", { tabIndex: -1 }, "Something broke in Restore Desk");
  const kept = element("div", {});
  const says = unsaved.size ? "Not all of it was saved: download that first." : "What was saved is as it was. Download it to be sure.";
  const main = element(
    "main",
    { className: "broken" },
    heading,
    element("p", {}, `${says} Then load the page again. Nothing that you do in this tab is saved any more.`),
    kept,
    // Without a fragment: the page that broke is not opened again.
    element("p", { className: "actions" }, element("a", { className: "btn", href: location.href.split("#")[0] }, "Load the page again")),
    element("p", {}, "Where it breaks again each time: download the file, see that it is there, and only then let the browser clear the data of this site."),
    element("details", {}, element("summary", {}, "For a report"), element("pre", {}, report)),
  );
  // All but the style sheet, which would be got anew.
  for (const at of [...document.body.childNodes]) if (at.nodeName !== "LINK") at.remove();
  document.body.prepend(main);
  document.title = "Restore Desk stopped";
  heading.focus();
  rescue(kept);
}

// First at the window: once the program stopped, it hears of nothing any more.
for (const type of ["beforeunload", "blur", "change", "click", "focus", "hashchange", "input", "keydown", "message", "pagehide", "pointerdown", "pointermove", "popstate", "storage", "visibilitychange"]) {
  addEventListener(type, (event) => {
    if (!stopped) return;
    event.stopImmediatePropagation();
    if (type === "click" && event.target.closest("[download]")) taken = true;
    if (type === "beforeunload" && unsaved.size && !taken) event.preventDefault();
  }, true);
}

let wasm;

/**
 * Whether an error ended the program: a trap of its own code, or no room left for its stack or memory. Everything else, also
 * of extensions, is only in the console, where the browser puts it.
 */
function ends(error, where = "") {
  if (!wasm) return false;
  const trap = error instanceof WebAssembly.RuntimeError || /call stack|recursion|memory|allocation/i.test(error.message);
  const stack = `${error.stack} ${where}`;
  // Safari does not name the file.
  return trap && (stack.includes(wasm.href) || (stack.includes("[wasm code]") && !stack.includes("-extension:")));
}

const watch = (error, where) => {
  if (!stopped && error && ends(error, where)) stop(`${error}\n${error.stack}`);
};
addEventListener("error", (event) => watch(event.error, event.filename));
addEventListener("unhandledrejection", (event) => watch(event.reason));

// ---- starting ---------------------------------------------------------------

function show(state, sentence) {
  const boot = byId("boot");
  const status = byId("boot-status");
  if (boot) boot.dataset.state = state;
  if (status) status.textContent = sentence;
}

let offered = false;

/** Reloading may help, and what is kept can be had. */
function offer() {
  const reload = byId("boot-reload");
  if (offered || !reload) return;
  offered = true;
  reload.addEventListener("click", () => location.reload());
  reload.hidden = false;
  rescue(reload.parentElement);
}

function fail(sentence, error) {
  show("failed", sentence);
  scrollTo(0, 0);
  offer();
  if (error) console.error("Restore Desk did not start:", error);
}

const glueOf = ({ href }) => href.replace(/_bg\.wasm$/, ".js");

/**
 * Browsers keep files whose names change with their content for ever, also an answer that was broken. Both are got anew, so
 * that reloading finds them whole.
 */
function getAnew() {
  for (const href of wasm ? [wasm.href, glueOf(wasm)] : []) fetch(href, { cache: "reload" }).catch(() => {});
}

/**
 * The address of the glue, by the links that Trunk wrote for the program's two files. The build takes their `rel` away, so that a new
 * visitor gets neither before something is wanted of it; with it the browser holds the glue to its hash.
 */
function program() {
  wasm = document.querySelector('link[href$="_bg.wasm"]');
  const glue = wasm && glueOf(wasm);
  const link = [...document.querySelectorAll("link[href$='.js']")].find((link) => link.href === glue);
  if (!link) throw new TypeError("index.html names no program");
  link.rel = "modulepreload";
  return glue;
}

/**
 * The wasm file. For the sake of its integrity the browser answers only when it
 * has the whole file: a connection that breaks half way ends here too.
 */
async function got({ href, integrity }) {
  const response = await fetch(href, { integrity });
  if (!response.ok) throw new TypeError(`${href}: status ${response.status}`);
  return response;
}

let coming;

/** The program's two files, asked for once. */
function fetched() {
  coming ??= Promise.resolve().then(() => {
    const glue = program();
    return Promise.all([import(glue), got(wasm)]);
  });
  return coming;
}

function sentenceFor(error, started) {
  if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) {
    return /unsafe-eval|CSP|Content Security/.test(error.message) ? SENTENCES.policy : SENTENCES.refused;
  }
  return started ? SENTENCES.start : SENTENCES.download;
}

// ---- at the door ------------------------------------------------------------

/** Whether nothing is kept here and nothing but the start is asked for. What cannot be asked may be there. */
function isNew() {
  if (!["", "#", "#/"].includes(location.hash)) return false;
  try {
    const kept = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    return !kept.some((key) => key.startsWith(OURS) && key !== `${OURS}theme`);
  } catch {
    return false;
  }
}

/** The same thing in the program, once it is there. */
const inProgram = (name) => document.querySelector(`[data-door="${name}"]`);

/** As if a person had done it there. */
function change(field, type) {
  field.dispatchEvent(new Event(type, { bubbles: true }));
}

/**
 * Shows the door until something is wanted of the program. Answers how that is done in the program. Whatever leads towards it,
 * such as a pointer over a button, already fetches the program.
 */
function wantedAtTheDoor() {
  const door = byId("boot");
  door.dataset.at = "door";
  let what = () => focusHeading();
  const doInside = (typed) => {
    const text = inProgram("text");
    if (typed && text) {
      text.closest("details").open = true;
      text.value = typed;
      change(text, "input");
    }
    what();
  };
  return new Promise((done) => {
    const want = (act) => {
      what = act ?? what;
      fetched().catch(() => {});
      show(door.dataset.state, SENTENCES.fetching);
      done(doInside);
    };
    const press = (name) => want(() => {
      inProgram(name)?.focus();
      inProgram(name)?.click();
    });
    const read = (files) => {
      // A list of its own: that of an event is gone after it.
      const list = new DataTransfer();
      for (const file of files) list.items.add(file);
      if (list.files.length) want(() => {
        inProgram("files").files = list.files;
        change(inProgram("files"), "change");
      });
    };
    for (const type of ["pointerover", "focusin", "touchstart"]) {
      door.addEventListener(type, ({ target }) => target.closest("a:not(.skip), button, summary, form") && fetched().catch(() => {}), { passive: true });
    }
    door.addEventListener("click", (event) => {
      if (event.target.closest(".skip")) {
        event.preventDefault();
        return focusHeading();
      }
      const name = event.target.closest("[data-door]")?.dataset.door;
      if (!name) return;
      event.preventDefault();
      press(name);
    });
    byId("door-choose").addEventListener("click", () => byId("door-files").click());
    byId("door-files").addEventListener("change", ({ target }) => read(target.files));
    byId("door-paste").addEventListener("submit", (event) => {
      event.preventDefault();
      want(() => inProgram("text").form.requestSubmit());
    });
    addEventListener("dragover", (event) => {
      if (!door.isConnected || !event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      fetched().catch(() => {});
    });
    addEventListener("drop", (event) => {
      if (!door.isConnected || !event.dataTransfer.files.length) return;
      event.preventDefault();
      read(event.dataTransfer.files);
    });
    addEventListener("keydown", (event) => {
      if (!door.isConnected || event.altKey || event.target.matches("textarea")) return;
      const control = event.ctrlKey || event.metaKey;
      const name = control ? /^k$/i.test(event.key) && "find" : { "/": "find", "?": "help" }[event.key];
      if (!name) return;
      event.preventDefault();
      press(name);
    });
    addEventListener("hashchange", () => door.isConnected && want());
    // The second copy may be there where the first was lost.
    secondCopy().then((copies) => copies.length && want(), () => want());
    setTimeout(() => navigator.connection?.saveData || keepForOffline(), OFFLINE_AFTER_MS);
  });
}

/** Where another page than the start was asked for, it is what a person wants to read. */
function focusHeading() {
  const heading = document.querySelector("main h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

// ---- without a network ------------------------------------------------------

let kept = false;

/** Lets the worker keep the page and the program. Where there is none (http, private windows), all is as without. */
function keepForOffline() {
  if (kept || stopped || !navigator.serviceWorker || !document.querySelector('link[rel="manifest"]')) return;
  kept = true;
  navigator.serviceWorker.register("worker.js").catch(() => {});
}

/** A newer version is kept, and comes when the page is loaded again: the program says so. */
function hearOfNewer() {
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (data !== "restore-desk: newer") return;
    window.restoreDesk.newer = true;
    dispatchEvent(new Event("restore-desk-newer"));
  });
}

/** The page is there to its end. */
const parsed = () => document.readyState !== "loading" || new Promise((done) => addEventListener("DOMContentLoaded", done, { once: true }));

/** The style sheet is there, or will not come: then what the page has of it only hides what it would show elsewhere. */
async function styled() {
  const sheet = document.querySelector('link[rel="stylesheet"]');
  if (!sheet) return;
  const isThere = () => {
    try {
      return sheet.sheet.cssRules.length > 0;
    } catch {
      // There is none yet, or one that nobody may read since it did not come.
      return false;
    }
  };
  if (!isThere() && document.readyState !== "complete") {
    await new Promise((done) => [[sheet, "load"], [sheet, "error"], [window, "load"]].forEach(([of, type]) => of.addEventListener(type, done, { once: true })));
  }
  if (!isThere()) document.querySelector("style")?.remove();
}

/** Before anything is painted in other colours, or soon after. Where storage is blocked, reading it throws, and the system's stay. */
function chosenColours() {
  try {
    const theme = localStorage.getItem(`${OURS}theme`);
    if (theme) document.documentElement.dataset.theme = theme;
  } catch {}
}

async function boot() {
  // Asked before anything is read: the page around it gets nothing to look at.
  const framed = window.top !== window.self;
  if (!framed) chosenColours();
  await parsed();
  byId("boot-late")?.remove();
  if (framed) {
    show("failed", SENTENCES.framed);
    const { href } = location;
    byId("boot-status")?.after(
      element("p", {}, element("a", { className: "btn pri", href, target: "_blank", rel: "noopener" }, "Open it in a tab of its own")),
      element("p", {}, "Its address: ", element("code", {}, href)),
    );
    return;
  }
  if (typeof WebAssembly !== "object") {
    fail(SENTENCES.noWebAssembly);
    return;
  }
  try {
    // The smallest program that there is: whether any may run is said before one is fetched.
    new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  } catch (error) {
    fail(sentenceFor(error, false), error);
    return;
  }
  // A large workspace is opened for a moment before the app is on the page.
  let shown;
  const isShown = new Promise((done) => (shown = done));
  let timers = [];
  window.restoreDesk = {
    stop,
    opening: (environments, percent) => {
      clearTimeout(timers[0]);
      show("loading", `Opening ${thousands(environments)} environments that this browser keeps … ${percent} %`);
    },
    shown: () => shown(),
    hold: (name, text) => (text === undefined ? unsaved.delete(name) : unsaved.set(name, text)),
    newer: false,
  };
  hearOfNewer();
  // Asked again afterwards: a link of the frame may have been pressed meanwhile.
  if (!isNew()) fetched().catch(() => {});
  await styled();
  const inside = isNew() ? await wantedAtTheDoor() : undefined;
  timers = [setTimeout(() => show("slow", SENTENCES.slow), SLOW_AFTER_MS), setTimeout(offer, STUCK_AFTER_MS)];
  let started = false;
  try {
    const [module, response] = await fetched();
    // The response itself, not its bytes: only so does the browser keep the
    // compiled program for the next visit.
    started = true;
    await module.default({ module_or_path: response });
    await isShown;
    const typed = byId("door-text")?.value;
    byId("boot")?.remove();
    inside?.(typed);
    keepForOffline();
  } catch (error) {
    watch(error);
    if (stopped) return;
    if (!started) getAnew();
    fail(sentenceFor(error, started), error);
  } finally {
    timers.forEach(clearTimeout);
  }
}

boot();
