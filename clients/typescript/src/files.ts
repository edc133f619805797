import type { FileHead, Part } from "./fetching.js";
import { webCrypto } from "./crypto.js";
import { DecantError } from "./errors.js";

/** Refuses a path where something is, before anything is asked for and paid. */
export async function ensureFree(path: string, replace: boolean): Promise<void> {
  const { stat } = await import("node:fs/promises");
  const there = await stat(path).catch(() => undefined);
  if (there?.isFile() && !replace) throw exists(path);
}

/** Writes a file that has its name only once it is whole. A path that is a directory gets the server's name for the file in it. */
export async function writeFile(path: string, head: FileHead, replace: boolean, parts: AsyncIterable<Part>): Promise<string> {
  const { link, open, rename, rm, stat } = await import("node:fs/promises");
  const { join } = await import("node:path");
  const isDirectory = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  const target = isDirectory ? join(path, head.name) : path;
  await ensureFree(target, replace);
  const part = `${target}.${(await webCrypto()).randomUUID().slice(0, 8)}.part`;
  const file = await open(part, "wx");
  try {
    let at = 0;
    for await (const { bytes, restart } of parts) {
      if (restart) {
        await file.truncate(0);
        at = 0;
      }

      for (let written = 0; written < bytes.length; ) {
        written += (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten;
      }

      at += bytes.length;
    }

    await file.close();
    if (replace) {
      await rename(part, target);
    } else {
      // A link, unlike a rename, replaces nothing that came meanwhile.
      await link(part, target).catch((failure: NodeJS.ErrnoException) => {
        throw failure.code === "EEXIST" ? exists(target) : failure;
      });
    }

    return target;
  } finally {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
  }
}

function exists(path: string): DecantError {
  return new DecantError("file_exists", `There is a file at ${path} already; say replace, or name another.`);
}
