// The hottest paths of the core as WebAssembly in a page without anything else: how time and memory grow with the tenant.
import { median, within } from "./browser.mjs";

export const SIZES = [100, 1000, 10_000, 30_000];
const PATIENCE = 3000;

/** Walks a path again and again for a while, at most `runs` times; the median, the input's bytes, and the memory before and after. */
const walk = (page, wasm, path, size, runs) =>
  page.evaluate(
    async ([wasm, path, size, runs]) => {
      const { instance } = await WebAssembly.instantiateStreaming(fetch(wasm));
      const { ready, walk, memory, text_bytes, text_at } = instance.exports;
      ready(path, size);
      const before = memory.buffer.byteLength;
      const times = [];
      const until = performance.now() + 4000;
      for (let n = 0; n < runs && (n < 1 || performance.now() < until); n++) {
        const begun = performance.now();
        walk();
        times.push(performance.now() - begun);
      }
      const text = text_bytes();
      let parsed = null;
      if (text) {
        // JavaScript on the same bytes, from bytes to rows as the reference page makes them.
        const bytes = new Uint8Array(memory.buffer, text_at(), text).slice();
        parsed = [];
        for (let n = 0; n < runs; n++) {
          const begun = performance.now();
          JSON.parse(new TextDecoder().decode(bytes)).value.map((env) => ({
            id: env.name, name: env.properties.displayName, kind: env.properties.environmentSku, region: env.location,
            managed: env.properties.governanceConfiguration?.protectionLevel === "Standard", created: env.properties.createdTime.slice(0, 10),
          }));
          parsed.push(performance.now() - begun);
        }
      }
      return { times, text, before, after: memory.buffer.byteLength, parsed };
    },
    [wasm, path, size, runs],
  );

/** For each path by its name and each size: milliseconds, bytes taken while walking, bytes read, JavaScript's milliseconds. */
export async function corePaths(browser, { blank, wasm, names, runs, note }) {
  const result = {};
  for (const [path, name] of names.entries()) {
    note(`core as WebAssembly: ${name}`);
    result[name] = {};
    let last = 0;
    for (const size of SIZES) {
      // All pairs are judged nowhere but for the sake of a ratio at one size.
      if (name.startsWith("pairs") && size !== 10_000) continue;
      // What takes seconds already would take minutes.
      if (last > PATIENCE) continue;
      result[name][size] = await within(browser, {}, async (page) => {
        await page.goto(blank);
        const { times, text, before, after, parsed } = await walk(page, wasm, path, size, runs);
        last = median(times);
        return { took: last, grew: after - before, text, parsed: parsed && median(parsed) };
      });
    }
  }
  return result;
}
