/** WebCrypto: global in browsers and newer Nodes, in a module of Node 18. */
export async function webCrypto(): Promise<Crypto> {
  return globalThis.crypto ?? ((await import("node:crypto")).webcrypto as Crypto);
}
