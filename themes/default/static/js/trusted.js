// The site's one Trusted Types policy. It hands out two addresses, so that nothing else can ever become a script.

import { ROOT } from "./root.js";

const WORKER = new URL("search-worker.js", import.meta.url).href;
const SERVICE_WORKER = new URL("sw.js", ROOT).href;

const policy = globalThis.trustedTypes?.createPolicy("sitegen", {
  createScriptURL(address) {
    if (address !== WORKER && address !== SERVICE_WORKER) throw new TypeError(`not a script of this site: ${address}`);
    return address;
  },
});

export function startSearchWorker() {
  return new Worker(trusted(WORKER), { type: "module" });
}

// Its file is asked for anew whenever a page is opened, whatever the host says of caching.
export function registerServiceWorker() {
  return navigator.serviceWorker.register(trusted(SERVICE_WORKER), { scope: ROOT.pathname, updateViaCache: "none" });
}

function trusted(address) {
  return policy ? policy.createScriptURL(address) : address;
}
