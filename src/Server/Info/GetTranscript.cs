using Decant.Engine;
using Decant.Engine.Extracting;
using Decant.Server.Accounts;
using Decant.Server.Platforms;
using Decant.Server.Platforms.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Info;

/// <summary><c>GET /api/v1/video/transcript?url=…</c>: the text of a medium's subtitles. Like metadata it is free: nothing is made.</summary>
internal static class GetTranscript
{
    /// <param name="url">The page or file to look up.</param>
    /// <param name="language">Language of the text (<c>en</c>, <c>pt-BR</c>); people's own subtitles before automatic ones, and the original before translations, where nothing is said.</param>
    public static async Task<Ok<TranscriptResponse>> HandleAsync(
        string? url,
        string? language,
        HttpContext context,
        LookUps lookUps,
        AccountCookies cookies,
        MediaEngine engine,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var address = MediaUrl.Parse(url);
        // Through the circuits, and into the cache that the engine then reads.
        await lookUps.InspectAsync(Asker.Of(account), address, new InspectOptions(), cancellationToken);
        var page = await cookies.PageAsync(account, address, cancellationToken);
        return TypedResults.Ok(
            TranscriptResponse.Of(await engine.Transcripts.ReadAsync(page, language, cancellationToken))
        );
    }
}

/// <summary>Text of a medium.</summary>
internal sealed record TranscriptResponse
{
    /// <summary>Title at the source.</summary>
    public required string Title { get; init; }

    /// <summary>Platform of the medium, such as <c>youtube</c>; <c>other</c> where it has no name.</summary>
    public required string Platform { get; init; }

    /// <summary>Id of the medium on its platform.</summary>
    public required string VideoId { get; init; }

    /// <summary>The page it is on.</summary>
    public required Uri WebpageUrl { get; init; }

    /// <summary>Seconds; null when unknown or live.</summary>
    public double? Duration { get; init; }

    /// <summary>Language of the text, as the source says it (BCP 47).</summary>
    public required string Language { get; init; }

    /// <summary>True for text made by a machine: heard, or translated.</summary>
    public required bool Automatic { get; init; }

    /// <summary>The whole text in one.</summary>
    public required string Text { get; init; }

    /// <summary>The same line by line, with times.</summary>
    public required IReadOnlyList<TranscriptCue> Cues { get; init; }

    /// <summary>Subtitles that could be read instead.</summary>
    public required IReadOnlyList<InfoSubtitle> Subtitles { get; init; }

    public static TranscriptResponse Of(Transcript transcript) =>
        new()
        {
            Title = transcript.Info.Title,
            Platform = transcript.Info.Platform.Name,
            VideoId = transcript.Info.Id,
            WebpageUrl = transcript.Info.PageUrl,
            Duration = transcript.Info.Duration?.TotalSeconds,
            Language = transcript.Source.Language,
            Automatic = transcript.Source.IsAutomatic,
            Text = string.Join(' ', transcript.Lines.Select(line => line.Text)),
            Cues =
            [
                .. transcript.Lines.Select(line => new TranscriptCue(
                    line.Start.TotalSeconds,
                    line.End.TotalSeconds,
                    line.Text
                )),
            ],
            Subtitles = [.. transcript.Info.Subtitles.Select(InfoFormats.ToWire)],
        };
}

/// <summary>A line of the text with its times.</summary>
/// <param name="Start">Beginning, in seconds from the beginning of the medium.</param>
/// <param name="End">End, in seconds from the beginning of the medium.</param>
/// <param name="Text">The text, without markup.</param>
internal sealed record TranscriptCue(double Start, double End, string Text);
