// The site's one Trusted Types policy. It hands out a single address, so that nothing else can ever become a script.

const WORKER = new URL("search-worker.js", import.meta.url).href;

const policy = globalThis.trustedTypes?.createPolicy("sitegen", {
  createScriptURL(address) {
    if (address !== WORKER) throw new TypeError(`not a script of this site: ${address}`);
    return address;
  },
});

export function startSearchWorker() {
  return new Worker(policy ? policy.createScriptURL(WORKER) : WORKER, { type: "module" });
}
