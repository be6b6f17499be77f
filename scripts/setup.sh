# Sourced by the other scripts, which have `set -euo pipefail`: gives `keyturn_setup`, which makes a clone ready to run.
# What it does is said on standard error, a line for each step; a step's output is shown only when the step fails.

unset CDPATH # with it `cd` may print where it went
KEYTURN_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$(basename "$0"): $*"
  exit 1
}

# run_quietly COMMAND…: prints the command's output only if it fails, and gives its exit status.
run_quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  [ "$status" -eq 0 ] || cat "$log" >&2
  rm -f "$log"
  return "$status"
}

node_major() { node -p 'process.versions.node.split(".")[0]'; }

check_node() {
  command -v node >/dev/null || die "Node.js 20.19 or newer is needed, and there is no 'node' on the PATH."
  node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);
  ' ||
    die "Node.js 20.19 or newer is needed; this is $(node --version)."
  [ "$(node_major)" -le 26 ] ||
    say "Node.js $(node --version) is newer than what this release was tried on (20.19 to 26)."
}

# From Node 24 on SQLite is a part of Node: nothing has to be compiled, and better-sqlite3 is never loaded.
has_sqlite() { [ "$(node_major)" -ge 24 ]; }

check_writable() {
  [ -w "$KEYTURN_ROOT" ] ||
    die "$KEYTURN_ROOT can't be written to by $(id -un): dependencies and builds go there. Clone it as this user."
  local home=${HOME:-}
  [ -n "$home" ] && [ -d "$home" ] && [ -w "$home" ] ||
    die "HOME (${home:-not set}) is not a directory that $(id -un) can write to, and pnpm keeps its store there." \
      "Name another one: HOME=\$(mktemp -d) $0"
}

# Sets PNPM to a command that runs exactly the pnpm of package.json. Asked outside the project, an installed pnpm tells
# its own version; corepack's shim is not let download one.
find_pnpm() {
  local wanted installed
  wanted=$(node -p 'require(process.argv[1]).packageManager.split("@")[1]' "$KEYTURN_ROOT/package.json")
  installed=$(cd / && COREPACK_ENABLE_NETWORK=0 pnpm --version 2>/dev/null </dev/null) || installed=''
  if [ "$installed" = "$wanted" ]; then
    PNPM=(pnpm)
  else
    command -v npx >/dev/null || die "pnpm $wanted is needed. Install it, or npm, whose 'npx' can fetch it."
    PNPM=(npx --yes "pnpm@$wanted")
  fi
}

missing_build_tools() {
  local tool
  for tool in python3 make g++; do command -v "$tool" >/dev/null || printf '%s ' "$tool"; done
}

driver_loads() {
  (cd "$KEYTURN_ROOT/packages/sqlite" && node -e 'new (require("better-sqlite3"))(":memory:").close()')
}

die_without_driver() {
  local missing
  missing=$(missing_build_tools)
  say "Below Node 24 SQLite comes with better-sqlite3. Where no ready-made binary of it can be had, it is compiled." \
    "That needs python3, make and g++." \
    "${missing:+This machine lacks: $missing(on Debian: apt-get install python3 make g++). }" \
    "With Node 24 or newer nothing has to be compiled."
  die 'better-sqlite3 could not be built.'
}

install_dependencies() {
  local prefix
  prefix=$(node -p 'require("node:path").resolve(process.execPath, "../..")')
  # Where Node's headers are installed beside it, a native build takes those instead of downloading them.
  if [ -f "$prefix/include/node/node_version.h" ]; then export npm_config_nodedir=${npm_config_nodedir:-$prefix}; fi

  local scripts=()
  if has_sqlite; then scripts=(--ignore-scripts); fi
  if [ -d "$KEYTURN_ROOT/node_modules" ]; then
    say 'Checking the dependencies…'
  elif has_sqlite; then
    say 'Installing the dependencies…'
  else
    say 'Installing the dependencies (minutes, if SQLite has to be compiled)…'
  fi
  run_quietly "${PNPM[@]}" --dir "$KEYTURN_ROOT" install --frozen-lockfile --config.confirmModulesPurge=false \
    ${scripts[@]+"${scripts[@]}"} ||
    die 'the dependencies could not be installed.'
  ! has_sqlite || return 0
  # An install that was interrupted, a build that failed, or another Node since: pnpm takes all for up to date.
  if ! driver_loads 2>/dev/null; then
    say 'Compiling SQLite for this version of Node…'
    run_quietly "${PNPM[@]}" --dir "$KEYTURN_ROOT" --recursive rebuild better-sqlite3 && driver_loads ||
      die_without_driver
  fi
}

build() {
  say 'Building…'
  run_quietly "$KEYTURN_ROOT/node_modules/.bin/tsc" --build "$KEYTURN_ROOT" &&
    run_quietly node "$KEYTURN_ROOT/scripts/bundle-command.mjs" || die 'the build failed.'
}

# What a setup was last finished with. Nothing that it depends on may be newer.
READY="$KEYTURN_ROOT/node_modules/.keyturn-ready"

# Whether nothing has changed since the last setup. In milliseconds, and without pnpm and tsc.
is_ready() {
  [ -f "$READY" ] && [ -f "$KEYTURN_ROOT/packages/cli/bundle/index.js" ] || return 1
  [ "$(cat "$READY")" = "$(command -v node) $(node --version)" ] || return 1
  local newer
  newer=$(cd "$KEYTURN_ROOT" &&
    find package.json pnpm-lock.yaml tsconfig*.json scripts/bundle-command.mjs packages/*/package.json packages/*/tsconfig.json packages/*/src \
      -newer "$READY" -print -quit)
  [ -z "$newer" ]
}

install_and_build() {
  local begun
  begun=$(mktemp)
  install_dependencies
  build
  # As old as the beginning: what was edited meanwhile is newer.
  printf '%s' "$(command -v node) $(node --version)" >"$READY"
  touch -r "$begun" "$READY"
  rm -f "$begun"
}

# Dependencies installed, everything built. Quick when there is nothing to do. Where there is `flock`, one script at a
# time does it in a clone, and who waited for another has nothing left to do.
keyturn_setup() {
  unset NODE_ENV # `production` would leave out the development dependencies
  check_node
  check_writable
  find_pnpm
  # The folder is its own lock: no file of a lock has to be kept, nor ignored.
  exec 9<"$KEYTURN_ROOT"
  if command -v flock >/dev/null && ! flock -n 9; then
    say 'Another script sets this clone up: waiting for it…'
    # A file system without locks refuses: then it goes on without one.
    if flock 9 && is_ready; then
      exec 9<&-
      return 0
    fi
  fi
  install_and_build
  exec 9<&-
}
