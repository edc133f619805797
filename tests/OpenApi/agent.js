// An agent's side of /mcp, by the protocol's official client. Reads a JSON object {server, headers, calls: [{tool, arguments, progress}]},
// prints {name, instructions, tools, answers: [{structured, text, isError, progress}]}; a call refused by HTTP is {refused}.
import { readFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const { server, headers, calls } = JSON.parse(readFileSync(process.argv[2], "utf8"));

const client = new Client({ name: "decant-tests", version: "1" });
const transport = new StreamableHTTPClientTransport(new URL("/mcp", server), { requestInit: { headers } });
try {
  await client.connect(transport);
} catch (refusal) {
  console.log(JSON.stringify({ refused: `${refusal.code ?? ""} ${refusal.message}` }));
  process.exit(0);
}

const { tools } = await client.listTools();
const answers = [];
for (const call of calls) {
  const progress = [];
  const options = call.progress ? { onprogress: (news) => progress.push(news), resetTimeoutOnProgress: true } : {};
  const answer = await client.callTool({ name: call.tool, arguments: call.arguments }, undefined, options);
  answers.push({
    structured: answer.structuredContent ?? null,
    text: answer.content[0].text,
    isError: answer.isError ?? false,
    progress,
  });
}

console.log(
  JSON.stringify({
    name: client.getServerVersion().name,
    instructions: client.getInstructions(),
    session: transport.sessionId ?? null,
    tools,
    answers,
  }),
);
await client.close();
