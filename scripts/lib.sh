# shellcheck shell=bash
# Shared by the commands in this folder: finds, checks and where needed installs
# what it takes to build Restore Desk. Sourced, never run.
#
# Every ensure_… function is quick and silent when nothing is missing. When
# something is, it says what it does and how long that usually takes.
#
# Variables a user may set:
#   RESTORE_DESK_CACHE      where built tools are kept, outside of the clone so
#                           that the next clone finds them
#   RESTORE_DESK_WASM_STD   auto (default), rustup or debian: where the standard
#                           library for WebAssembly comes from
#   RESTORE_DESK_CHROMIUM   a Chromium or Chrome to test with

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

CACHE=${RESTORE_DESK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/restore-desk}
WASM_STD=${RESTORE_DESK_WASM_STD:-auto}
WASM_TARGET=wasm32-unknown-unknown
# The name under which rustup knows Debian's compiler, once it is linked.
DEBIAN_TOOLCHAIN=distro
DEBIAN_LINKER=wasm-ld-22
DEBIAN_PACKAGES=(rustc-web cargo-web rust-web-src libstd-rust-web-dev lld-22)

# Set by ensure_wasm_std: "rustup" or "debian".
WASM_STD_FROM=

# ---- talking -----------------------------------------------------------------

say() { printf '==> %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }
die() {
  printf 'error: %s\n' "$1" >&2
  shift
  if (($#)); then printf '       %s\n' "$@" >&2; fi
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# limit SECONDS COMMAND…: a download that hangs must not hang us. macOS has no
# `timeout`; there the user's patience is the limit.
limit() {
  local seconds=$1
  shift
  if has timeout; then
    timeout --kill-after=10 "$seconds" "$@"
  else
    "$@"
  fi
}

# ---- Debian's packages -------------------------------------------------------

is_debian() { has apt-get && [[ -r /etc/debian_version ]]; }
is_root() { [[ $(id -u) -eq 0 ]]; }
can_apt() { is_debian && is_root; }

# quietly COMMAND…: keeps a talkative command's output for the case that it fails.
quietly() {
  local log
  # The end of the output should be the reason, not a stack of addresses.
  local -x RUST_BACKTRACE=0
  mkdir -p "$CACHE"
  log=$(mktemp "$CACHE/log.XXXXXX")
  if "$@" >"$log" 2>&1 </dev/null; then
    rm -f "$log"
    return 0
  fi
  tail -n 25 "$log" | sed 's/^/    | /' >&2
  rm -f "$log"
  return 1
}

apt_install() {
  local -x DEBIAN_FRONTEND=noninteractive
  local install=(apt-get install -y -q --no-install-recommends "$@")
  # A fresh machine has no package lists yet, or old ones that name versions
  # which are gone: then it takes an update first.
  "${install[@]}" >/dev/null 2>&1 </dev/null && return
  quietly apt-get update -q || true
  quietly "${install[@]}" || die "Debian's packages could not be installed: $*"
}

# ---- Rust --------------------------------------------------------------------

# The channel in rust-toolchain.toml.
pinned_toolchain() { sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml; }

# The name of an installed toolchain that is of this very version, whatever it
# is called: "1.95.0" and "stable" may be the same.
toolchain_of_version() {
  local version=$1 name
  while read -r name _; do
    if [[ $(rustup run "$name" rustc --version 2>/dev/null) == "rustc $version "* ]]; then
      printf '%s\n' "$name"
      return 0
    fi
  done < <(rustup toolchain list)
  return 1
}

# rust-toolchain.toml names one exact toolchain. rustup usually fetches it by
# itself, with everything the file lists, at the first use of cargo; but not
# where RUSTUP_AUTO_INSTALL=0 is set, and where the download is barred every use
# of cargo would fail. So choose here, once, and tell rustup by RUSTUP_TOOLCHAIN,
# which also keeps it from looking into the file.
choose_toolchain() {
  has rustup || return 0
  [[ -z ${RUSTUP_TOOLCHAIN:-} ]] || return 0
  local pinned other
  pinned=$(pinned_toolchain)
  if RUSTUP_TOOLCHAIN=$(toolchain_of_version "$pinned"); then
    export RUSTUP_TOOLCHAIN
    return
  fi
  say "Rust $pinned: fetching it with rustup (usually 1 minute, at most 5)"
  if quietly limit 300 rustup toolchain install "$pinned" --no-self-update \
    --profile minimal --component rustfmt --component clippy; then
    export RUSTUP_TOOLCHAIN=$pinned
    return
  fi
  # Any toolchain beats none. Cargo refuses it if it is older than rust-version.
  other=$(rustup default 2>/dev/null | awk '{ print $1 }')
  [[ -n $other ]] || other=$(rustup toolchain list | awk 'NR == 1 && !/^no / { print $1 }')
  [[ -n $other ]] || die "rustup has no toolchain, and could not fetch Rust $pinned."
  note "not to be had; going on with the toolchain '$other'"
  export RUSTUP_TOOLCHAIN=$other
}

ensure_rust() {
  if ! has cc; then
    can_apt || die "a C compiler is missing (cc), which Rust links with." \
      "On Debian, as root: apt-get install gcc libc6-dev"
    say "C compiler: installing Debian's (usually 20 seconds)"
    apt_install gcc libc6-dev
  fi
  if has cargo && has rustc; then
    choose_toolchain
    return
  fi
  if [[ $WASM_STD != rustup ]] && can_apt; then
    say "Rust: installing Debian's (usually 1 minute)"
    apt_install "${DEBIAN_PACKAGES[@]}"
    return
  fi
  die "Rust is missing." \
    "Install it with rustup (https://rustup.rs) and run this command again."
}

# can_compile_wasm RUSTC [OPTION…]: a tiny program that needs std and is linked is
# the only honest test: a folder of rlibs may be there and be another compiler's.
can_compile_wasm() {
  local dir status=0
  dir=$(mktemp -d)
  printf '#[unsafe(no_mangle)]\npub extern "C" fn probe() -> usize { String::from("std").len() }\n' >"$dir/probe.rs"
  "$@" --edition 2024 --target "$WASM_TARGET" --crate-type cdylib \
    -o "$dir/probe.wasm" "$dir/probe.rs" >/dev/null 2>&1 || status=$?
  rm -rf "$dir"
  return "$status"
}

debian_std_ready() {
  [[ -x /usr/bin/rustc ]] && has "$DEBIAN_LINKER" &&
    can_compile_wasm /usr/bin/rustc -C "linker=$DEBIAN_LINKER"
}

# The standard library for WebAssembly: rustup's where rustup can fetch it, else
# one that Debian's compiler builds from Debian's own sources.
ensure_wasm_std() {
  case $WASM_STD in
    auto | rustup | debian) ;;
    *) die "RESTORE_DESK_WASM_STD is '$WASM_STD', but must be auto, rustup or debian." ;;
  esac

  if [[ $WASM_STD != debian ]]; then
    if can_compile_wasm rustc; then
      WASM_STD_FROM=rustup
      return
    fi
    # Do not wait for rustup again where it failed before.
    if [[ $WASM_STD == auto ]] && debian_std_ready; then
      use_debian_std
      return
    fi
    if has rustup && add_rustup_target; then
      WASM_STD_FROM=rustup
      return
    fi
    if [[ $WASM_STD == rustup ]] || ! can_apt; then
      die "the Rust target $WASM_TARGET is missing and could not be fetched." \
        "With rustup and internet: rustup target add $WASM_TARGET" \
        "On Debian 12, as root: run this command again; it then builds the target" \
        "from Debian's packages (${DEBIAN_PACKAGES[*]})."
    fi
  fi

  if ! debian_std_ready; then build_debian_std; fi
  use_debian_std
}

add_rustup_target() {
  say "Rust's standard library for WebAssembly: fetching it with rustup (usually 10 seconds, at most 3 minutes)"
  if quietly limit 180 rustup target add "$WASM_TARGET" && can_compile_wasm rustc; then
    return 0
  fi
  note "not to be had from rustup here"
  return 1
}

build_debian_std() {
  can_apt || die "Debian's Rust for WebAssembly needs Debian 12 and root." \
    "As root: apt-get install ${DEBIAN_PACKAGES[*]}" \
    "Then, still as root, run this command once."
  say "Rust's standard library for WebAssembly: building it with Debian's compiler (usually 2 minutes)"
  apt_install "${DEBIAN_PACKAGES[@]}"

  # An empty crate, since cargo builds std only on the way to building something.
  local crate lib rlib vendored
  crate=$(mktemp -d)
  mkdir "$crate/src" "$crate/.cargo"
  # Debian's sources come with the few crates that std needs: nothing is downloaded.
  vendored=$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library/vendor
  printf '[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "%s"\n' \
    "$vendored" >"$crate/.cargo/config.toml"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n' >"$crate/Cargo.toml"
  : >"$crate/src/lib.rs"
  # RUSTC_BOOTSTRAP: -Zbuild-std is not stable; the project itself needs no such flag.
  # embed-bitcode: else a release build with fat LTO finds no bitcode in std.
  (
    cd "$crate"
    PATH=/usr/bin:/bin RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
      CARGO_TARGET_DIR="$crate/target" CARGO_NET_OFFLINE=true \
      /usr/bin/cargo build --quiet -Zbuild-std=std,panic_abort \
      --target "$WASM_TARGET" --release </dev/null
  ) || die "Debian's compiler could not build the standard library."

  lib=$(/usr/bin/rustc --print sysroot)/lib/rustlib/$WASM_TARGET/lib
  mkdir -p "$lib"
  rm -f "$lib"/*.rlib
  for rlib in "$crate/target/$WASM_TARGET/release/deps"/*.rlib; do
    [[ $(basename "$rlib") == libempty-* ]] || cp "$rlib" "$lib/"
  done
  rm -rf "$crate"
  debian_std_ready || die "the standard library was built, but cannot be used."
  # cargo does not notice that std has changed under a finished build.
  rm -rf "target/$DEBIAN_TOOLCHAIN/$WASM_TARGET"
}

use_debian_std() {
  WASM_STD_FROM=debian
  if has rustup && ! rustup toolchain list | grep -q "^$DEBIAN_TOOLCHAIN\b"; then
    rustup toolchain link "$DEBIAN_TOOLCHAIN" /usr
  fi
}

# for_wasm COMMAND…: runs a command that compiles for WebAssembly with the
# toolchain that can. Native builds keep the pinned one.
for_wasm() {
  if [[ $WASM_STD_FROM != debian ]]; then
    "$@"
    return
  fi
  local path=$PATH
  # Without rustup, there is only Debian's cargo to choose.
  has rustup || path=/usr/bin:$PATH
  env PATH="$path" RUSTUP_TOOLCHAIN="$DEBIAN_TOOLCHAIN" \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$DEBIAN_LINKER" \
    CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$ROOT/target}/$DEBIAN_TOOLCHAIN" \
    "$@"
}

# ---- tools -------------------------------------------------------------------

# The version of a crate in Cargo.lock.
locked_version() {
  awk -v name="$1" '$1 == "name" && $3 == "\"" name "\"" { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

# The version of Trunk that Trunk.toml asks for.
trunk_version() { sed -n 's/^trunk-version *= *"=\(.*\)"/\1/p' Trunk.toml; }

# is_version COMMAND VERSION: whether the command reports exactly this version.
is_version() {
  [[ $("$1" --version 2>/dev/null | awk 'NR == 1 { print $2 }') == "$2" ]]
}

# ensure_cargo_tool CRATE COMMAND VERSION USUALLY [cargo install option…]
# Takes the command from PATH, else from the cache, else builds it.
ensure_cargo_tool() {
  local crate=$1 command=$2 version=$3 usually=$4 dir
  shift 4
  if has "$command" && is_version "$command" "$version"; then return; fi
  dir=$CACHE/$crate-$version
  if ! { [[ -x $dir/bin/$command ]] && is_version "$dir/bin/$command" "$version"; }; then
    say "$crate $version: building it once (usually $usually)"
    note "kept in $dir"
    build_cargo_tool "$dir" "$crate" --version "$version" "$@" ||
      die "$crate $version could not be built." \
        "It can also be installed by hand, any way its site names; it has to be this version."
  fi
  export PATH="$dir/bin:$PATH"
}

# build_cargo_tool DIR CRATE [cargo install option…]
build_cargo_tool() {
  local dir=$1 build status=0
  shift
  mkdir -p "$CACHE"
  build=$(mktemp -d "$CACHE/build.XXXXXX")
  # A tool that runs for seconds need not be optimised: this halves the wait.
  # Built beside its place and moved there whole, so that a build that was
  # interrupted is not taken for a tool. --locked is tried first, and given up
  # where the lock file names a release that the registry does not (yet) have;
  # cargo says that at once.
  local -x CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
  local -x CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_TARGET_DIR=$build/target
  quietly cargo install --quiet --locked --root "$build/root" "$@" ||
    { note "again, with the newest dependencies that fit" &&
      quietly cargo install --quiet --root "$build/root" "$@"; } || status=$?
  if ((status == 0)); then
    rm -rf "$dir"
    mv "$build/root" "$dir"
  fi
  rm -rf "$build"
  return "$status"
}

ensure_trunk() {
  ensure_cargo_tool trunk trunk "$(trunk_version)" "4 to 6 minutes" \
    --no-default-features --features rustls
}

# The generator of the glue must be of exactly the version that the program was
# compiled against.
ensure_wasm_bindgen() {
  local version
  version=$(locked_version wasm-bindgen)
  [[ -n $version ]] || die "Cargo.lock names no wasm-bindgen."
  ensure_cargo_tool wasm-bindgen-cli wasm-bindgen "$version" "2 to 3 minutes"
}

# Looks at what is among the dependencies; deny.toml says what may be.
ensure_cargo_deny() {
  ensure_cargo_tool cargo-deny cargo-deny 0.20.2 "2 minutes"
}

node_major() { node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/'; }

# has_node MAJOR: whether there is npm, and Node.js of at least this version.
has_node() { has npm && has node && [[ $(node_major) -ge $1 ]]; }

# The npm packages of package.json: wasm-opt for a small release build, and what
# the browser tests need. Skipped when the lock file is the one installed last.
ensure_npm_packages() {
  local stamp=node_modules/.restore-desk-lock
  if ! cmp -s package-lock.json "$stamp"; then
    say "npm packages: installing them (usually 10 seconds)"
    # No package of ours needs a script of its own at install time, and a
    # browser is a matter of its own.
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund </dev/null
    cp package-lock.json "$stamp"
  fi
  export PATH="$ROOT/node_modules/.bin:$PATH"
}

require_node() {
  has_node 20 && return
  die "Node.js 20 or newer with npm is needed to test in a browser." \
    "Found: $(node --version 2>/dev/null || echo none). See https://nodejs.org."
}

# A browser to test with: a given one, the system's, Debian's, or Playwright's own.
ensure_browser() {
  local candidate
  if [[ -n ${RESTORE_DESK_CHROMIUM:-} ]]; then
    [[ -x $RESTORE_DESK_CHROMIUM ]] || die "RESTORE_DESK_CHROMIUM is not a program: $RESTORE_DESK_CHROMIUM"
    return
  fi
  for candidate in chromium chromium-browser google-chrome; do
    # Debian's package is called as its program; a snap of that name is not
    # usable from here, and is caught by the version check.
    if has "$candidate" && "$candidate" --version >/dev/null 2>&1; then
      RESTORE_DESK_CHROMIUM=$(command -v "$candidate")
      export RESTORE_DESK_CHROMIUM
      return
    fi
  done
  if can_apt; then
    say "Chromium: installing Debian's (usually 1 minute)"
    apt_install chromium fonts-liberation
    RESTORE_DESK_CHROMIUM=$(command -v chromium)
    export RESTORE_DESK_CHROMIUM
    return
  fi
  # Quick when it is there already; it decides so itself.
  say "Chromium: letting Playwright fetch its own if it is missing (usually 1 minute)"
  limit 600 npx playwright install chromium </dev/null ||
    die "no browser to test with." \
      "Install Chromium or Chrome, or set RESTORE_DESK_CHROMIUM to one." \
      "On Debian, as root: apt-get install chromium"
}

# Everything that `trunk build` and `trunk serve` need.
ensure_build_tools() {
  ensure_rust
  ensure_wasm_std
  ensure_trunk
  ensure_wasm_bindgen
  # Without Node.js, Trunk downloads the same wasm-opt itself.
  if has_node 18; then ensure_npm_packages; fi
}

# ---- building ----------------------------------------------------------------

# Where the machine keeps the sources of crates stands in no program: a panic names them by where they are in the registry. So two
# machines build the same. Cargo adds this to what .cargo/config.toml says.
forget_places() {
  local crates=${CARGO_HOME:-$HOME/.cargo}/registry/src
  # Cargo splits the flags at spaces.
  [[ $crates != *" "* ]] || return 0
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=$crates=crates"
}

run_trunk() {
  forget_places
  # No look whether there is a newer Trunk. And Trunk takes only true or false
  # for NO_COLOR, where the convention is that any value means yes.
  local -x TRUNK_SKIP_VERSION_CHECK=true
  if [[ -n ${NO_COLOR:-} ]]; then local -x NO_COLOR=true; else unset NO_COLOR; fi
  for_wasm trunk "$@"
}

# The finished app, in the folder given.
build_release() { run_trunk build --release --dist "$1" </dev/null; }
