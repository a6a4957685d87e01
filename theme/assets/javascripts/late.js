// Material starts the search worker with every page, which would ask for seven files before anybody
// searches. This stands in for the worker, says that it is ready, and makes it when the box is used.
"use strict";

window.Worker = class extends EventTarget {
  static real = window.Worker;

  constructor(address) {
    super();
    this.address = address;
    document.querySelector("[data-md-component='search-query']")?.addEventListener("focus", () => this.start());
  }

  addEventListener(type, ...others) {
    super.addEventListener(type, ...others);
    if (type === "message") queueMicrotask(() => this.tell({ type: 1 })); // READY
  }

  tell(data) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  start() {
    if (this.worker) return;
    this.worker = new this.constructor.real(this.address);
    this.worker.addEventListener("message", ({ data }) => { if (data.type !== 1) this.tell(data); });
    this.worker.postMessage({ type: 0, data: {} }); // SETUP
  }

  postMessage(message) {
    if (message.type !== 2) return; // not a QUERY
    if (!this.worker && !message.data.trim()) return void this.tell({ type: 3, data: { items: [] } });
    this.start();
    this.worker.postMessage(message);
  }
};
