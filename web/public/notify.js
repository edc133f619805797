// Shows the page's notifications, which some browsers allow to a worker alone. It answers no request, and keeps nothing.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((tabs) => (tabs[0] ? tabs[0].focus() : self.clients.openWindow('/'))),
  );
});
