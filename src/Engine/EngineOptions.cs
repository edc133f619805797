using System.Diagnostics;

namespace Decant.Engine;

/// <summary>Settings of the engine. Every default works on a Debian machine set up by <c>./decant</c>.</summary>
public sealed record EngineOptions
{
    public EgressOptions Egress { get; init; } = new();

    /// <summary>Credentials of Spotify's API; null to read its public pages, which say less, and enough.</summary>
    public SpotifyCredentials? Spotify { get; init; }

    /// <summary>Path of Python; no bare name, since another <c>python3</c> may stand first on PATH and lack the extractor.</summary>
    public string PythonPath { get; init; } = "/usr/bin/python3";

    /// <summary>A directory with a <c>yt_dlp</c> package that goes before the machine's own; null for none.</summary>
    public string? ExtractorFolder { get; init; }

    /// <summary>A cache directory for what is worked out once for each version of the extractor (170 KB); null works nothing out, and look-ups begin slower.</summary>
    public string? ExtractorIndexFolder { get; init; }

    /// <summary>Whether it is for one address and done: the extractor is then started, and not made ready for many look-ups.</summary>
    public bool IsForOne { get; init; }

    /// <summary>Hands out the extractor's process that was started ahead of the engine, where it was started for such options; null where the engine starts it.</summary>
    public Func<EngineOptions, Task<Process?>>? HeadStart { get; init; }

    /// <summary>Path of a Unix socket at which a server lends its extractor to commands of the same user, and where an engine for one address asks; null for none.</summary>
    public string? LookUpSocket { get; init; }

    /// <summary>Interval at which the extractor's files are compared with those in use. Replaced files that are unchanged at the next comparison are moved to.</summary>
    public TimeSpan ExtractorLookEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The extractor process's script.</summary>
    public string WorkerScript { get; init; } = Path.Combine(AppContext.BaseDirectory, "worker", "worker.py");

    /// <summary>The JavaScript runtime that YouTube's player script is run in.</summary>
    public JavaScriptOptions JavaScript { get; init; } = new();
    public string FfmpegPath { get; init; } = "/usr/bin/ffmpeg";
    public string FfprobePath { get; init; } = "/usr/bin/ffprobe";

    /// <summary>The sandbox around every child: <c>docs/adr/0033</c>.</summary>
    public SandboxOptions Sandbox { get; init; } = new();

    /// <summary>Wall-clock limit of one look-up.</summary>
    public TimeSpan InspectTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Look-ups by the extractor at once. More would only take the processor from each other.</summary>
    public int LookUps { get; init; } = 2 * Environment.ProcessorCount;

    /// <summary>Time in which a site that a look-up waits for brings less than a kilobyte, after which it is given up.</summary>
    public TimeSpan LookUpSilence { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Lifetime of a cached look-up; zero switches the cache off.</summary>
    public TimeSpan InfoTimeToLive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Cache of fetched sources and made files; null keeps nothing.</summary>
    public KeepOptions? Keep { get; init; }

    /// <summary>Bytes one medium may take, fetched or made.</summary>
    public long MaxBytes { get; init; } = 8L << 30;

    /// <summary>Encodings at once, over all runs; copying a stream is none. Null for any number.</summary>
    public int? Encoders { get; init; }

    /// <summary>Longest time without anything new of a live stream, or without an answer, before the recording so far is delivered.</summary>
    public TimeSpan LiveOutage { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Connections to one origin at a time, all fetches together; each fetch has at least one.</summary>
    public int ConnectionsPerOrigin { get; init; } = 8;

    /// <summary>Slower than this for a minute counts as a stalled source (bytes a second).</summary>
    public long MinimumRate { get; init; } = 1024;
}
