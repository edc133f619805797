import type { Job } from "./types.js";
import { webCrypto } from "./crypto.js";
import { DecantError } from "./errors.js";

/** Body of a webhook. */
export interface WebhookEvent {
  event_id: string;
  event_type: "job.completed" | "job.failed" | "job.cancelled" | "webhook.test";
  job_id?: number | null;
  status?: "completed" | "failed" | "cancelled" | null;
  error_message?: string | null;
  failure_reason?: string | null;
  job?: Job | null;
  [field: string]: unknown;
}

export interface WebhookOptions {
  /** Seconds that the delivery's clock may be off; 300. */
  tolerance?: number;
  /** Seconds since 1970, for tests. */
  now?: number;
}

type HeaderSource = Headers | Record<string, string | string[] | undefined>;

/**
 * Checks a delivery by Standard Webhooks (standardwebhooks.com) and reads it. By WebCrypto, so that it runs in Node, browsers and
 * workers alike.
 *
 * @param secret The endpoint's secret, `whsec_…`.
 * @param headers Headers of the request.
 * @param body Body of the request exactly as it came: not parsed and written again.
 * @throws DecantError `bad_signature`: forged, changed, or too old.
 */
export async function verifyWebhook(
  secret: string,
  headers: HeaderSource,
  body: string | Uint8Array,
  options: WebhookOptions = {},
): Promise<WebhookEvent> {
  const id = header(headers, "webhook-id");
  const timestamp = header(headers, "webhook-timestamp");
  const signatures = header(headers, "webhook-signature").split(" ");
  const now = options.now ?? Date.now() / 1000;
  if (!/^\d+$/.test(timestamp) || Math.abs(now - Number(timestamp)) > (options.tolerance ?? 300)) {
    throw bad("The delivery is too old, or from the future.");
  }

  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const begin = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(begin.length + bytes.length);
  signed.set(begin);
  signed.set(bytes, begin.length);
  const { subtle } = await webCrypto();
  const key = await subtle.importKey("raw", keyOf(secret), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  for (const signature of signatures) {
    const [version, value] = signature.split(",", 2);
    // WebCrypto compares in constant time.
    if (version === "v1" && value && (await subtle.verify("HMAC", key, decode(value), signed))) {
      return JSON.parse(new TextDecoder().decode(bytes)) as WebhookEvent;
    }
  }

  throw bad("No signature of the delivery is by this secret.");
}

/** Secrets of one's own choosing may be any text; those that the server makes are base64 behind `whsec_`. */
function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  return secret.startsWith("whsec_") ? decode(secret.slice("whsec_".length)) : new TextEncoder().encode(secret);
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    // The only failure that atob has (InvalidCharacterError).
    throw bad("A signature or the secret is not base64.");
  }
}

function header(headers: HeaderSource, name: string): string {
  const value =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1];
  const text = Array.isArray(value) ? value[0] : value;
  if (!text) throw bad(`The header ${name} is missing.`);
  return text;
}

function bad(message: string): DecantError {
  return new DecantError("bad_signature", message);
}
