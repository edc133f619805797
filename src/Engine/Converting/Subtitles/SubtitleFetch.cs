using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Sources;

namespace Decant.Engine.Converting.Subtitles;

/// <summary>Brings subtitles here and reads them.</summary>
/// <param name="fetcher">Fetcher that stops at <see cref="MaxBytes"/>.</param>
internal sealed class SubtitleFetch(Fetcher fetcher)
{
    /// <summary>Size limit of a file of subtitles, in bytes; those of a long film take some hundred kilobytes.</summary>
    public const long MaxBytes = 8 << 20;

    /// <param name="wanted">Subtitles to fetch.</param>
    /// <param name="directory">A place to work in.</param>
    /// <param name="cancellationToken">Token that ends the fetch.</param>
    /// <exception cref="MediaException">With the code that says what the source did; a file without text is <c>source_failed</c>.</exception>
    public async Task<IReadOnlyList<Subtitle>> FetchAsync(
        IReadOnlyList<SourceSubtitle> wanted,
        string directory,
        CancellationToken cancellationToken
    ) =>
        await Task.WhenAll(
            wanted.Select(
                (one, index) => FetchAsync(one, Path.Combine(directory, $"captions-{index}"), cancellationToken)
            )
        );

    private async Task<Subtitle> FetchAsync(SourceSubtitle source, string path, CancellationToken cancellationToken) =>
        Read(source, await BytesAsync(source, path, cancellationToken));

    /// <exception cref="MediaException"><c>source_failed</c> where there is no text in it.</exception>
    public static Subtitle Read(SourceSubtitle source, byte[] file)
    {
        var cues = CueReader.Read(file);
        if (cues.Count == 0)
            throw new MediaException(
                MediaError.SourceFailed,
                $"The source's subtitles in the language \"{source.Language}\" are broken: there is no text in them."
            );
        return new Subtitle(source, source.IsAutomatic ? RollingCaptions.Unroll(cues) : cues);
    }

    private async Task<byte[]> BytesAsync(SourceSubtitle source, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var fetch = fetcher.Start(
                source.File,
                key: null,
                path,
                Fetcher.OnlyHere,
                new DirectProgress<FetchProgress>(_ => { }),
                cancellationToken
            );
            await fetch.Whole;
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (MediaException failure)
        {
            // "Choose a lower quality" and the like is no advice here.
            throw new MediaException(
                failure.Error == MediaError.TooLarge ? MediaError.SourceFailed : failure.Error,
                failure.Error == MediaError.TooLarge
                    ? $"The source's subtitles in the language \"{source.Language}\" have more than {MaxBytes} bytes."
                    : $"The source's subtitles in the language \"{source.Language}\" cannot be had: {failure.Message}",
                failure
            )
            {
                RetryAfter = failure.RetryAfter,
            };
        }
    }
}

/// <param name="Source">Subtitles of the source that they are made of.</param>
/// <param name="Cues">Cues in order of time.</param>
internal sealed record Subtitle(SourceSubtitle Source, IReadOnlyList<Cue> Cues);
