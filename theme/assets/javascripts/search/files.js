// Reads the files of the index, each once. See hooks/notices/outputs/search/index.py for what they are.
"use strict";

const PATIENCE = 20000; // milliseconds until a file counts as not arriving
const searchFiles = {}; // where the files put themselves when they are loaded as scripts

class SearchFiles {
  // `folder` is the address of <site>/search/.
  constructor(folder) {
    this.folder = folder;
    this.kept = new Map();
    this.failed = new Set(); // the paths of those that did not arrive whole
    this.gone = false; // whether a file was not there: then the site was published anew meanwhile
  }

  // The name of the head changes with every publication, so it is not kept.
  async headName() {
    if (location.protocol !== "file:") return JSON.parse(await this.fetch("search_index.json", "no-cache")).config.head;
    await this.run("search_index.js");
    return __index.config.head; // Material's name for it
  }

  // What stands in a file; a file that does not arrive whole is an error, and asked for again the
  // next time.
  read(path) {
    if (!this.kept.has(path)) {
      const reading = location.protocol === "file:" ? this.runFor(path) : this.fetchFor(path);
      this.kept.set(path, reading);
      reading.catch(() => {
        this.kept.delete(path);
        this.failed.add(path);
      });
    }
    return this.kept.get(path);
  }

  // Caches keep these files for ever, also one that was cut off or is another page: what they give is
  // not believed when it cannot be read, or could not be before.
  async fetchFor(path) {
    if (this.failed.has(path)) return assigned(await this.fetch(path, "reload"));
    const script = await this.fetch(path);
    try {
      return assigned(script);
    } catch {
      return assigned(await this.fetch(path, "reload"));
    }
  }

  async fetch(path, cache = "default") {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    try {
      const response = await fetch(new URL(path, this.folder), { cache, signal: abort.signal });
      this.gone ||= response.status === 404;
      if (!response.ok) throw new Error(`${response.status} ${path}`);
      return await response.text();
    } finally {
      clearTimeout(timer);
    }
  }

  async runFor(path) {
    await this.run(path);
    if (!(path in searchFiles)) throw new Error(`damaged: ${path}`);
    return searchFiles[path];
  }

  run(path) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(path, this.folder);
      script.onload = resolve;
      script.onerror = () => reject(new Error(`missing: ${path}`));
      document.head.append(script);
    });
  }
}

// What a script of the index assigns.
function assigned(script) {
  return JSON.parse(script.slice(script.indexOf("=") + 1));
}
