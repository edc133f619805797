using Decant.Engine.Children;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Probing;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Converting;

/// <summary>Pictures: the site's thumbnail whatever its format, or a frame of the medium, as JPEG.</summary>
/// <remarks>A job does not fail for want of a picture: every way to get one answers null where there is none to be had.</remarks>
internal sealed partial class Thumbnail(
    EngineOptions options,
    EgressGate gate,
    TimeProvider time,
    ILogger<Thumbnail> logger
)
{
    /// <summary>Size limit of a site's picture, in bytes.</summary>
    private const int MaxBytes = 16 << 20;

    /// <summary>Limit of a picture's pixels, applied before decoding: a 737 KB PNG can hold 250 megapixels and ask for 800 MB.</summary>
    private const string MaxPixels = "40000000";

    /// <summary>Longest side of what is delivered (pixels).</summary>
    private const int MaxSide = 1920;

    /// <summary>Longest side of a cover inside a file (pixels).</summary>
    private const int MaxCoverSide = 1400;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Fetches the site's thumbnail and makes JPEGs of it.</summary>
    /// <param name="source">Address of the picture.</param>
    /// <param name="directory">Directory to write to.</param>
    /// <param name="isForCover">True where nobody wants one beside the file.</param>
    /// <param name="cancellationToken">Token that ends the fetch.</param>
    /// <returns>Null where there is none or a broken one.</returns>
    public async Task<Pictures?> FetchAsync(
        Uri source,
        string directory,
        bool isForCover,
        CancellationToken cancellationToken
    )
    {
        var raw = Path.Combine(directory, "thumbnail-source");
        using var deadline = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await DownloadAsync(source, raw, either.Token);
            return await ConvertAsync(
                [.. Demuxers.ForPicture, "-max_pixels", MaxPixels, "-i", Demuxers.FileUrl(raw)],
                raw,
                directory,
                either.Token,
                isForCover: isForCover
            );
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or MediaException
                || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            LogNone(logger, failure.Message);
            return null;
        }
    }

    /// <summary>Takes a frame a tenth into the medium: the first is often black.</summary>
    /// <param name="medium">A file, or the address of one of our own relays.</param>
    /// <param name="duration">Length of the medium; zero takes the first frame.</param>
    /// <param name="directory">Directory to write to.</param>
    /// <param name="cancellationToken">Token that stops ffmpeg.</param>
    public Task<Pictures?> FrameAsync(
        string medium,
        TimeSpan duration,
        string directory,
        CancellationToken cancellationToken
    ) =>
        ConvertAsync(
            [
                "-ss",
                FormattableString.Invariant($"{duration.TotalSeconds / 10:0.###}"),
                .. Demuxers.For(medium),
                "-max_pixels",
                MaxPixels,
                "-i",
                Demuxers.Url(medium),
            ],
            medium,
            directory,
            cancellationToken
        );

    /// <summary>Takes the cover that a medium has in its own file.</summary>
    /// <param name="medium">A file, or the address of one of our own relays.</param>
    /// <param name="stream">The cover's index there.</param>
    /// <param name="directory">Directory to write to.</param>
    /// <param name="isForCover">True where nobody wants one beside the file.</param>
    /// <param name="cancellationToken">Token that stops ffmpeg.</param>
    public Task<Pictures?> CoverAsync(
        string medium,
        int stream,
        string directory,
        bool isForCover,
        CancellationToken cancellationToken
    ) =>
        ConvertAsync(
            [.. Demuxers.For(medium), "-max_pixels", MaxPixels, "-i", Demuxers.Url(medium)],
            medium,
            directory,
            cancellationToken,
            $"0:{stream}",
            isForCover
        );

    private async Task DownloadAsync(Uri source, string path, CancellationToken cancellationToken)
    {
        using var response = await gate.Http.GetAsync(
            source,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken
        );
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var file = File.Create(path);
        var buffer = new byte[81920];
        long total = 0;
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if ((total += read) > MaxBytes)
                throw new IOException($"The thumbnail is larger than {MaxBytes} bytes.");
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private async Task<Pictures?> ConvertAsync(
        IReadOnlyList<string> input,
        string read,
        string directory,
        CancellationToken cancellationToken,
        string stream = "0:v:0",
        bool isForCover = false
    )
    {
        var cover = Path.Combine(directory, "cover.jpg");
        var made = new Pictures(isForCover ? cover : Path.Combine(directory, "thumbnail.jpg"), cover);
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                options.FfmpegPath,
                [
                    "-hide_banner",
                    "-nostdin",
                    "-v",
                    "error",
                    "-y",
                    .. input,
                    .. isForCover ? [] : Jpeg(stream, MaxSide, made.Jpeg),
                    .. Jpeg(stream, MaxCoverSide, made.Cover),
                ]
            )
            {
                Access = FfmpegAccess.To(options, read),
                WorkingDirectory = directory,
                MaxMemory = 2L << 30,
                MaxProcessorTime = EncodingTime.OfAPicture,
                MaxFileSize = MaxBytes,
                Niceness = ChildCommand.BehindRequests,
            },
            cancellationToken
        );
        if (outcome.Succeeded && new FileInfo(made.Jpeg) is { Exists: true, Length: > 0 })
            return made;
        LogNone(logger, outcome.ErrorTail);
        return null;
    }

    /// <summary>Arguments of an output: the first frame, scaled to fit a square.</summary>
    private static IEnumerable<string> Jpeg(string stream, int side, string path) =>
        [
            "-map",
            stream,
            "-frames:v",
            "1",
            "-map_metadata",
            "-1",
            "-vf",
            $"scale=w='min({side},iw)':h='min({side},ih)':force_original_aspect_ratio=decrease,format=yuvj420p",
            "-c:v",
            "mjpeg",
            "-q:v",
            "3",
            "-update",
            "1",
            "-f",
            "image2",
            Demuxers.FileUrl(path),
        ];

    [LoggerMessage(Level = LogLevel.Information, Message = "No thumbnail: {Reason}")]
    private static partial void LogNone(ILogger logger, string reason);
}

/// <param name="Jpeg">Picture for delivery beside the medium; the cover where nobody wants one.</param>
/// <param name="Cover">The same, smaller, to go into the file.</param>
internal sealed record Pictures(string Jpeg, string Cover);
