// Takes the place of a worker that an earlier visit registered: drops what it kept, then itself.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const drop = async () => {
    await Promise.all((await caches.keys()).map((key) => caches.delete(key)));
    await registration.unregister();
  };
  event.waitUntil(drop());
});
