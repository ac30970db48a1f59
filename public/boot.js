// Starts the program, and says so in plain words when that fails.
//
// It takes the place of the inline script that Trunk would write: inline
// scripts are forbidden by the strict content security policy. Trunk still
// writes the preload links, each with the hashed name and the integrity of its
// file, and this script reads them:
//
//   <link rel="preload" as="fetch" href="…_bg.wasm" integrity="…">
//   <link rel="modulepreload" href="….js" integrity="…">
//
// Contract with index.html, which paints a frame before the program is here:
//
//   #boot          everything that is shown until the program runs. Its
//                  data-state is "loading", after SLOW_AFTER_MS "slow", and
//                  "failed" when it is over. Removed as soon as main() has
//                  returned, that is: after the program has put itself into
//                  <body>, and before the browser paints again.
//   #boot-status   role="status", empty: receives the sentence.
//   #boot-reload   a hidden button: shown where reloading may help.
//
// With the program in place, nothing of this file is needed any more.

const SLOW_AFTER_MS = 2500;

const SENTENCES = {
  slow: "Still loading. The connection seems to be slow.",
  noWebAssembly:
    "Restore Desk needs WebAssembly, and this browser does not offer it. " +
    "Please open this page in a current version of Firefox, Chrome, Edge or Safari. " +
    "Where WebAssembly was switched off by a setting or a policy, it has to be allowed for this page.",
  download:
    "Restore Desk could not be downloaded completely. " +
    "Please check the connection and reload the page.",
  refused:
    "This browser could not read the program. It may be too old for it, or the download was damaged. " +
    "Please reload the page, or open it in a current version of Firefox, Chrome, Edge or Safari.",
  start:
    "Restore Desk was loaded but could not start. Please reload the page. " +
    "If that does not help, the technical reason is in the browser's console.",
};

// The chosen colours, before anything is painted in the others. Where storage is
// blocked, reading it throws, and the system's colours stay.
try {
  const theme = localStorage.getItem("restore-desk/theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {}

const byId = (id) => document.getElementById(id);

function show(state, sentence) {
  const boot = byId("boot");
  const status = byId("boot-status");
  if (boot) boot.dataset.state = state;
  if (status) status.textContent = sentence;
}

function fail(sentence, error) {
  show("failed", sentence);
  const reload = byId("boot-reload");
  if (reload) {
    reload.addEventListener("click", () => location.reload());
    reload.hidden = false;
  }
  if (error) console.error("Restore Desk did not start:", error);
}

/** The program's two files, by the links that Trunk wrote for them. */
function program() {
  const wasm = document.querySelector('link[rel="preload"][as="fetch"][href$="_bg.wasm"]');
  // Snippets of dependencies have a modulepreload link too; the program's own
  // is the one that is called like the wasm file.
  const glue = wasm?.href.replace(/_bg\.wasm$/, ".js");
  const known = [...document.querySelectorAll('link[rel="modulepreload"]')];
  if (!wasm || !known.some((link) => link.href === glue)) {
    throw new TypeError("index.html names no program");
  }
  return { wasm, glue };
}

/**
 * The wasm file. For the sake of its integrity the browser answers only when it
 * has the whole file: a connection that breaks half way ends here too.
 */
async function download({ href, integrity }) {
  const response = await fetch(href, { integrity });
  if (!response.ok) throw new TypeError(`${href}: status ${response.status}`);
  return response;
}

function sentenceFor(error, started) {
  if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) {
    return SENTENCES.refused;
  }
  return started ? SENTENCES.start : SENTENCES.download;
}

async function boot() {
  if (typeof WebAssembly !== "object") {
    fail(SENTENCES.noWebAssembly);
    return;
  }
  const slow = setTimeout(() => show("slow", SENTENCES.slow), SLOW_AFTER_MS);
  let started = false;
  try {
    const { wasm, glue } = program();
    const [module, response] = await Promise.all([import(glue), download(wasm)]);
    // The response itself, not its bytes: only so does the browser keep the
    // compiled program for the next visit.
    started = true;
    await module.default({ module_or_path: response });
    byId("boot")?.remove();
  } catch (error) {
    fail(sentenceFor(error, started), error);
  } finally {
    clearTimeout(slow);
  }
}

boot();
