namespace Decant.Client;

/// <summary>Text of what is said in a medium, and its lines with their times.</summary>
public sealed record Transcript
{
    /// <summary>Title at the source.</summary>
    public required string Title { get; init; }

    /// <summary>Platform of the URL, such as <c>youtube</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The platform's own name for it.</summary>
    public required string VideoId { get; init; }

    /// <summary>The page it is on.</summary>
    public required Uri WebpageUrl { get; init; }

    /// <summary>Seconds; null when unknown or live.</summary>
    public double? Duration { get; init; }

    /// <summary>Language of the text (BCP 47).</summary>
    public required string Language { get; init; }

    /// <summary>True for text made by a machine: heard, or translated.</summary>
    public bool Automatic { get; init; }

    /// <summary>The whole text in one.</summary>
    public required string Text { get; init; }

    /// <summary>The same line by line.</summary>
    public IReadOnlyList<TranscriptCue> Cues { get; init; } = [];

    /// <summary>Subtitles that could be read instead.</summary>
    public IReadOnlyList<SourceSubtitle> Subtitles { get; init; } = [];
}

/// <summary>A line of the text with its times.</summary>
/// <param name="Start">Beginning, in seconds from the beginning of the medium.</param>
/// <param name="End">End, in seconds from the beginning of the medium.</param>
/// <param name="Text">The text, without markup.</param>
public sealed record TranscriptCue(double Start, double End, string Text);
