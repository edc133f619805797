// The main job by the generated client: submit, poll, fetch, check. Prints the finished job as JSON.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

const [server, key, url] = process.argv.slice(2);
if (!server || !key || !url) throw new Error("usage: main-job.js SERVER KEY URL");

const decant = createClient<paths>({ baseUrl: server, headers: { "X-API-Key": key } });

const info = await decant.POST("/api/v1/video/info", { body: { url } });
if (info.error) throw new Error(`${info.error.code}: ${info.error.detail}`);

const accepted = await decant.POST("/api/v1/video/download", { body: { url, format: "mp4", quality: "720p" } });
if (accepted.error) throw new Error(`${accepted.error.code}: ${accepted.error.detail}`);

let job = accepted.data.job;
while (job.status === "PROCESSING") {
  await new Promise((wake) => setTimeout(wake, 200));
  const answer = await decant.GET("/api/v1/video/video-download/jobs/{id}", { params: { path: { id: job.id } } });
  if (answer.error) throw new Error(`${answer.error.code}: ${answer.error.detail}`);
  job = answer.data;
}

if (job.status !== "COMPLETED" || !job.download_url) throw new Error(`${job.status}: ${job.error?.message}`);

const file = new Uint8Array(await (await fetch(job.download_url)).arrayBuffer());
if (file.length !== job.file_size) throw new Error(`${file.length} bytes came, ${job.file_size} were promised`);

const missing = await decant.GET("/api/v1/video/video-download/jobs/{id}", { params: { path: { id: 987654321 } } });
if (missing.error?.code !== "not_found") throw new Error("A job that is not there is a problem with a code");

console.log(JSON.stringify({ title: info.data.title, bytes: file.length, job }));
