// An agent that has no key, by the protocol's official client: node agent-oauth.js STATE SERVER REDIRECT [CODE].
// Without a code it finds out who signs tokens for the server, registers there, and prints where its user is to sign in; with the
// code that came of it, it prints {tools, jobs}: the names of the tools, and what list_jobs answers.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [file, server, redirectUrl, code] = process.argv.slice(2);
const state = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
const keep = (name) => (value) => {
  state[name] = value;
  writeFileSync(file, JSON.stringify(state));
};
let signIn;
const authProvider = {
  redirectUrl,
  clientMetadata: {
    client_name: "An agent of the tests",
    redirect_uris: [redirectUrl],
    grant_types: ["authorization_code"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  },
  clientInformation: () => state.client,
  saveClientInformation: keep("client"),
  tokens: () => state.tokens,
  saveTokens: keep("tokens"),
  codeVerifier: () => state.verifier,
  saveCodeVerifier: keep("verifier"),
  redirectToAuthorization: (url) => (signIn = String(url)),
};

const transportOf = () => new StreamableHTTPClientTransport(new URL("/mcp", server), { authProvider });
if (code) {
  await transportOf().finishAuth(code);
  const client = new Client({ name: "decant-tests", version: "1" });
  await client.connect(transportOf());
  const { tools } = await client.listTools();
  const answer = await client.callTool({ name: "list_jobs", arguments: {} });
  console.log(JSON.stringify({ tools: tools.map((tool) => tool.name), jobs: answer.structuredContent }));
  await client.close();
} else {
  const refusal = await new Client({ name: "decant-tests", version: "1" }).connect(transportOf()).then(
    () => "it was let in",
    (error) => error.constructor.name,
  );
  console.log(JSON.stringify({ refusal, signIn }));
}
