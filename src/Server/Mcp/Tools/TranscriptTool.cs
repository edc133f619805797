using System.ComponentModel;
using System.Globalization;
using Decant.Server.Info;
using Decant.Server.Mcp.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Decant.Server.Mcp.Tools;

/// <summary><c>transcript</c>: a medium's subtitles as text, piece by piece.</summary>
internal sealed class TranscriptTool(OwnCalls calls)
    : AgentTool<TranscriptArguments, TranscriptAnswer>(
        "transcript",
        "Read what is said",
        "Gives what is said in a video as text, from its subtitles (people's own where there are any, else automatic ones). Free; downloads nothing. Long texts come in pieces.",
        Reads(asksOutside: true)
    )
{
    /// <summary>Characters; an hour of talk has about fifty thousand.</summary>
    private const int Usual = 20_000;

    private const int Most = 200_000;

    protected override async Task<TranscriptAnswer> AnswerAsync(
        TranscriptArguments arguments,
        ToolProgress progress,
        CancellationToken cancellationToken
    )
    {
        var query = new QueryBuilder { { "url", arguments.Url } };
        if (!string.IsNullOrEmpty(arguments.Language))
        {
            query.Add("language", arguments.Language);
        }

        var whole = await calls.CallAsync<TranscriptResponse>(
            new OwnCall(HttpMethods.Get, "/api/v1/video/transcript" + query),
            cancellationToken
        );
        var text = arguments.Timestamps ?? false ? WithTimes(whole) : whole.Text;
        var from = Math.Clamp(arguments.Offset ?? 0, 0, text.Length);
        var to = Math.Min(text.Length, from + Math.Clamp(arguments.MaxCharacters ?? Usual, 1, Most));
        return new TranscriptAnswer
        {
            Title = whole.Title,
            Language = whole.Language,
            Automatic = whole.Automatic,
            Text = text[from..to],
            TotalCharacters = text.Length,
            NextOffset = to < text.Length ? to : null,
            OtherLanguages = Others(whole),
            Next = to < text.Length ? $"Call transcript again with offset {to} for the rest." : "That is all of it.",
        };
    }

    private static string? Others(TranscriptResponse whole)
    {
        const int most = 20;
        var others = whole
            .Subtitles.Select(one => one.Language)
            .Distinct()
            .Where(one => one != whole.Language)
            .ToList();
        return others.Count == 0 ? null
            : others.Count <= most ? string.Join(", ", others)
            : $"{string.Join(", ", others.Take(most))} and {others.Count - most} more";
    }

    private static string WithTimes(TranscriptResponse whole) =>
        string.Join(
            '\n',
            whole.Cues.Select(cue =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"[{TimeSpan.FromSeconds(Math.Floor(cue.Start)):hh\\:mm\\:ss}] {cue.Text}"
                )
            )
        );
}

internal sealed record TranscriptArguments
{
    [Description("Address of the page.")]
    public required string Url { get; init; }

    [Description("Language, such as en or pt-BR; the original where nothing is said.")]
    public string? Language { get; init; }

    [Description("A line each, with its time before it.")]
    public bool? Timestamps { get; init; }

    [Description("Beginning of the piece: the next_offset of the piece before.")]
    public int? Offset { get; init; }

    [Description("Characters a piece, up to 200000; 20000 where nothing is said.")]
    public int? MaxCharacters { get; init; }
}

internal sealed record TranscriptAnswer
{
    [Description("Title at the source.")]
    public required string Title { get; init; }

    [Description("Language of the text (BCP 47).")]
    public required string Language { get; init; }

    [Description("True for text made by a machine: heard, or translated.")]
    public required bool Automatic { get; init; }

    [Description("The text, or a piece of it.")]
    public required string Text { get; init; }

    [Description("Characters of the whole text.")]
    public required int TotalCharacters { get; init; }

    [Description("Beginning of the next piece; left out with the last.")]
    public int? NextOffset { get; init; }

    [Description("Languages that could be read instead.")]
    public string? OtherLanguages { get; init; }

    [Description("Advice: the next call.")]
    public required string Next { get; init; }
}
