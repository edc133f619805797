export { Decant } from "./client.js";
export type { DecantOptions, Downloaded, DownloadOptions, Progress, Signalled, SubmitOptions } from "./client.js";
export { DecantError } from "./errors.js";
export { verifyWebhook } from "./webhook.js";
export type { WebhookEvent, WebhookOptions } from "./webhook.js";
export type { Accepted, DownloadWishes, Job, JobPage, JobQuery, MediaInfo, Transcript, components, paths } from "./types.js";
