using Decant.Engine.Children;
using Decant.Engine.Errors;
using Decant.Engine.Probing.Mp4;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Probing;

/// <summary>Looks into media files with ffprobe.</summary>
internal sealed partial class Ffprobe(EngineOptions options, TimeProvider time, ILogger<Ffprobe> logger)
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>True where the program is on this machine. A node that only answers requests does without.</summary>
    public bool IsThere =>
        File.Exists(options.FfprobePath)
        && (new FileInfo(options.FfprobePath).UnixFileMode & Executable) != UnixFileMode.None;

    /// <summary>Exit codes from here on are signals'.</summary>
    private const int Signalled = 128;

    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Reading a file to its end takes about a second per gigabyte; this is for disks that are busy.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMinutes(10);

    /// <summary>ffmpeg's words for a format that <see cref="Demuxers"/> leaves out.</summary>
    private const string NotAdmitted = "Format not on whitelist";

    /// <summary>Tags that are read, by ffmpeg's names; all others are a stranger's names, too.</summary>
    public const string TagNames =
        "title,artist,album,album_artist,composer,genre,date,track,tracktotal,totaltracks,disc,disctotal,totaldiscs,"
        + "description,comment,ISRC,TSRC";

    private const string Entries =
        $"format=format_name,start_time,duration,size:format_tags={TagNames}"
        + ":stream=index,codec_name,codec_type,codec_tag_string,profile,pix_fmt,width,height,avg_frame_rate,r_frame_rate,color_transfer,"
        + "sample_rate,sample_fmt,channels,channel_layout,bit_rate,duration,bits_per_raw_sample,extradata_hash"
        + ":stream_disposition=attached_pic,default,comment,visual_impaired"
        + $":stream_tags=DURATION,rotate,language,enc_key_id,{TagNames}:stream_side_data=rotation";

    /// <summary>Reads a file's header.</summary>
    /// <exception cref="MediaException"><c>source_failed</c> where it is no media file.</exception>
    public async Task<ProbedMedia> ProbeAsync(string path, CancellationToken cancellationToken) =>
        EncryptedEntries.Mark(
            await RunAsync([.. Demuxers.ForFile, "-i", Demuxers.FileUrl(path)], path, HeaderTimeout, cancellationToken),
            path
        );

    /// <summary>Reads the header of a file behind our own relay.</summary>
    /// <exception cref="MediaException"><c>source_failed</c> where it is no media file.</exception>
    public Task<ProbedMedia> ProbeAsync(Uri relay, TimeSpan timeout, CancellationToken cancellationToken) =>
        relay is { Scheme: "http", Host: "127.0.0.1" }
            ? RunAsync([.. Demuxers.ForRelay, "-i", relay.AbsoluteUri], relay.AbsoluteUri, timeout, cancellationToken)
            : throw new ArgumentException(
                "ffprobe reads our own relay and nothing else of the network.",
                nameof(relay)
            );

    /// <summary>Leaves out the sounds that a file announces and does not have.</summary>
    /// <param name="media">Medium as its header describes it.</param>
    /// <param name="path">The whole file.</param>
    /// <param name="cancellationToken">Token that stops ffprobe.</param>
    public async Task<ProbedMedia> WithoutUnheardAsync(
        ProbedMedia media,
        string path,
        CancellationToken cancellationToken
    )
    {
        if (!media.HasUnheard || (await ReadThroughAsync(path, cancellationToken)).Media is not { } read)
            return media;
        var come = read
            .Streams.Where(stream => stream.Packets is { Count: > 0 })
            .Select(stream => stream.Index)
            .ToHashSet();
        return media with
        {
            Streams = [.. media.Streams.Where(stream => !stream.IsUnheard || come.Contains(stream.Index))],
        };
    }

    /// <summary>Reads a file to its last packet.</summary>
    public Task<ReadThrough> ReadThroughAsync(string path, CancellationToken cancellationToken) =>
        ReadThroughAsync([.. Demuxers.ForFile, "-i", Demuxers.FileUrl(path)], path, cancellationToken);

    /// <summary>The same of a file whose last packet its index shows: only the index is read (ADR 0059).</summary>
    public async Task<ReadThrough> ReadThroughOrIndexAsync(string path, CancellationToken cancellationToken)
    {
        if (
            await Mp4File.TryReadAsync(path, cancellationToken) is not { } file
            || Mp4Track.TryReadAll(file) is not { } tracks
        )
            return await ReadThroughAsync(path, cancellationToken);
        var opened = await ReadAsync(
            Entries,
            [.. Demuxers.ForFile, "-i", Demuxers.FileUrl(path)],
            path,
            cancellationToken
        );
        return opened.Media is { } media && Mp4Packets.Of(media, tracks) is { } counted
            ? opened with
            {
                Media = counted,
            }
            : await ReadThroughAsync(path, cancellationToken);
    }

    /// <summary>Reads a stretch of a file to its last packet, as a file of its own.</summary>
    public async Task<ReadThrough> ReadThroughAsync(
        string path,
        long start,
        long end,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadThroughAsync(
            [.. Demuxers.ForStretch, "-i", Demuxers.StretchUrl(path, start, end)],
            path,
            cancellationToken
        );
        return read with
        {
            Media = read.Media is { } media
                ? PackedSound.Mark(EncryptedEntries.Mark(media, path, start, end), path, start)
                : null,
        };
    }

    private Task<ReadThrough> ReadThroughAsync(
        IReadOnlyList<string> input,
        string path,
        CancellationToken cancellationToken
    ) =>
        ReadAsync(
            $"packet=stream_index,pts_time,dts_time,duration_time,size:{Entries}",
            ["-show_data_hash", "crc32", .. input],
            path,
            cancellationToken
        );

    private async Task<ReadThrough> ReadAsync(
        string entries,
        IReadOnlyList<string> input,
        string path,
        CancellationToken cancellationToken
    )
    {
        var report = new ProbeReport();
        var outcome = await RunAsync(
            ["-show_entries", entries, .. input],
            path,
            report,
            ChildCommand.BehindRequests,
            ReadTimeout,
            cancellationToken
        );
        return new ReadThrough(outcome.Succeeded ? report.Finish(outcome.Errors) : null, outcome);
    }

    private async Task<ProbedMedia> RunAsync(
        IReadOnlyList<string> input,
        string read,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var report = new ProbeReport();
        var outcome = await RunAsync(["-show_entries", Entries, .. input], read, report, 0, timeout, cancellationToken);
        if (outcome.Succeeded && report.Finish(outcome.Errors) is { Streams.Count: > 0 } media)
            return media;
        LogUnreadable(logger, outcome.ExitCode, outcome.ErrorTail);
        if (outcome.IsSpent)
            throw new MediaException(
                MediaError.SourceFailed,
                "What the source delivered takes too much of the processor to be read."
            )
            {
                IsFinal = true,
            };
        throw outcome.Errors.Any(line => line.Contains(NotAdmitted, StringComparison.Ordinal))
            ? new MediaException(
                MediaError.UnsupportedUrl,
                "What the source delivered is of a kind that is not read here: it names other files, is encrypted, a script, text or a game's."
            )
            : new MediaException(
                MediaError.SourceFailed,
                "What the source delivered is not a media file, or a broken one."
            )
            {
                // A reader that was killed has not judged.
                IsFinal = outcome.ExitCode is >= 0 and < Signalled,
            };
    }

    private async Task<ChildOutcome> RunAsync(
        IReadOnlyList<string> arguments,
        string read,
        ProbeReport report,
        int niceness,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await ChildProcess.RunAsync(
                new ChildCommand(
                    options.FfprobePath,
                    [
                        "-hide_banner",
                        "-v",
                        "level+warning",
                        "-of",
                        "compact",
                        // By itself it writes every line alone, and wakes its reader as often.
                        "-o",
                        "pipe:1",
                        .. arguments,
                    ]
                )
                {
                    Access = FfmpegAccess.To(options, read),
                    MaxMemory = 2L << 30,
                    MaxProcessorTime = ProcessorTime.ToCopy(options.MaxBytes),
                    Niceness = niceness,
                    Output = report.ReadAsync,
                },
                either.Token
            );
        }
        catch (OperationCanceledException)
            when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MediaException(
                MediaError.SourceTimeout,
                $"The media file could not be read within {timeout.TotalSeconds:0} seconds."
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "ffprobe read no media (exit {ExitCode}): {Errors}")]
    private static partial void LogUnreadable(ILogger logger, int exitCode, string errors);
}

/// <param name="Media">Medium that was found; null where the file could not be opened.</param>
/// <param name="Outcome">Outcome of the reading.</param>
internal sealed record ReadThrough(ProbedMedia? Media, ChildOutcome Outcome);
