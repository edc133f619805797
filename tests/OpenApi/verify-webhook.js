// What the reference library of Standard Webhooks makes of requests as they came. Prints a JSON list: the event's type, or why not.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const checks = JSON.parse(readFileSync(process.argv[2], "utf8"));
const verdicts = checks.map(({ secret, headers, body }) => {
  try {
    return new Webhook(secret).verify(body, headers).event_type;
  } catch (error) {
    return error.message;
  }
});
console.log(JSON.stringify(verdicts));
