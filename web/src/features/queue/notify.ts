/** Permission to notify was given, and there is something to notify with. */
const isAllowed = (): boolean => 'Notification' in window && Notification.permission === 'granted';

/** The worker that shows notifications and nothing else; undefined where there can be none (plain http on another host). */
const worker = async (): Promise<ServiceWorkerRegistration | undefined> => {
  if (!('serviceWorker' in navigator)) return undefined;
  try {
    await navigator.serviceWorker.register('/notify.js');
    return await navigator.serviceWorker.ready;
  } catch {
    return undefined; // Forbidden by the browser's settings: it is shown without.
  }
};

/**
 * Shows a notification where the reader allowed them: by the worker, since Chrome on Android throws at any other way.
 * @returns why it is not shown, where it is not.
 */
export async function notify(text: string, tag: string): Promise<string | undefined> {
  if (!isAllowed()) return 'not allowed';
  const options = { body: text, tag, icon: '/icon-192.png' };
  const shown = await worker();
  if (shown) {
    await shown.showNotification('Decant', options);
    return undefined;
  }
  try {
    new Notification('Decant', options);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
