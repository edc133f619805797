import type { components, paths } from "./schema.js";

type Schemas = components["schemas"];

/** A job, as the server shows it. */
export type Job = Schemas["JobView"];

/** What is at a URL. */
export type MediaInfo = Schemas["InfoResponse"];

/** What is said in a medium. */
export type Transcript = Schemas["TranscriptResponse"];

/** A download as it is asked for, without its URL. */
export type DownloadWishes = Omit<Schemas["DownloadRequest"], "url">;

/** The answer to a download: its job; of a list, all of them. */
export type Accepted = Schemas["DownloadAnswer"];

/** A page of jobs. */
export type JobPage = Schemas["JobList"];

/** Filters of a list of jobs. */
export type JobQuery = NonNullable<
  paths["/api/v1/video/video-download/jobs"]["get"]["parameters"]["query"]
>;

export type { components, paths };
