// Instructions of the hottest paths, counted by valgrind: the same on a busy machine as on an idle one.
import { execFileSync, spawnSync } from "node:child_process";

export const COUNTED = ["verdicts", "readiness", "reading"];

/** The names of the paths, in the order in which the program knows them. */
export const pathNames = (program) => execFileSync(program, ["names"], { encoding: "utf8" }).trim().split("\n");

/** `{ name: instructions }` for a tenant of so many environments; null where valgrind is missing. */
export function countInstructions(program, environments, note) {
  if (spawnSync("valgrind", ["--version"]).error) {
    note("instructions are not counted: valgrind is missing (on Debian, as root: apt-get install valgrind)");
    return null;
  }
  return Object.fromEntries(
    COUNTED.map((name) => {
      note(`counting instructions: ${name}`);
      const { stderr } = spawnSync(
        "valgrind",
        ["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*counted*", program, "walk", name, `${environments}`],
        { encoding: "utf8", maxBuffer: 1e8 },
      );
      const found = /Collected : (\d+)/.exec(stderr);
      if (!found) throw new Error(`valgrind counted nothing of ${name}: ${stderr.slice(-300)}`);
      return [name, Number(found[1])];
    }),
  );
}
