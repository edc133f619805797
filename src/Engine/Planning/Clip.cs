using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Engine.Errors;

namespace Decant.Engine.Planning;

/// <summary>A part of a medium.</summary>
/// <param name="Start">Beginning in the medium.</param>
/// <param name="End">End in the medium; null for the medium's own.</param>
public sealed partial record Clip(TimeSpan Start, TimeSpan? End)
{
    /// <summary>Pages round lengths up to whole seconds, and people copy what the page says.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    /// <summary>Reads seconds (<c>90</c>, <c>90.5</c>) or <c>mm:ss</c>, <c>hh:mm:ss</c>, either with a fraction.</summary>
    /// <exception cref="MediaException"><c>invalid_request</c> with the field at fault.</exception>
    public static Clip? Parse(string? start, string? end)
    {
        if (string.IsNullOrWhiteSpace(start) && string.IsNullOrWhiteSpace(end))
            return null;
        var from = string.IsNullOrWhiteSpace(start) ? TimeSpan.Zero : Time(start, "clip.start");
        TimeSpan? to = string.IsNullOrWhiteSpace(end) ? null : Time(end, "clip.end");
        return to <= from
            ? throw Invalid("clip.end", $"The clip ends at \"{end}\", which is not after its start \"{start ?? "0"}\".")
            : new Clip(from, to);
    }

    /// <summary>Length of the clip of a medium of this length; null where it is unknown.</summary>
    public TimeSpan? LengthOf(TimeSpan? medium)
    {
        var end = End is { } to && medium is { } whole && to > whole ? whole : End ?? medium;
        return end is { } until && until > Start ? until - Start : null;
    }

    /// <exception cref="MediaException"><c>invalid_request</c> where it lies outside a medium of this length.</exception>
    internal void RequireWithin(TimeSpan medium)
    {
        var length = string.Create(CultureInfo.InvariantCulture, $"{medium.TotalSeconds:0.###} s");
        if (Start >= medium)
            throw Invalid("clip.start", $"The clip starts at {Text(Start)} and the medium is {length} long.");
        if (End is { } end && end > medium + Rounding)
            throw Invalid("clip.end", $"The clip ends at {Text(end)} and the medium is {length} long.");
    }

    private static string Text(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static TimeSpan Time(string text, string field)
    {
        var match = TimePattern.Match(text.Trim());
        if (!match.Success)
            throw Invalid(field, $"\"{text}\" is no time. Give seconds such as 90 or 90.5, or hh:mm:ss.");
        var seconds = Part("hours") * 3600 + Part("minutes") * 60 + Part("seconds");
        // Minutes and seconds below 60 once something larger stands before them.
        return
            (match.Groups["minutes"].Success && Part("seconds") >= 60)
            || (match.Groups["hours"].Success && Part("minutes") >= 60)
            ? throw Invalid(field, $"\"{text}\" is no time: minutes and seconds end at 59.")
            : TimeSpan.FromSeconds(seconds);

        double Part(string name) =>
            match.Groups[name] is { Success: true, Value: var value }
                ? double.Parse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
                : 0;
    }

    private static MediaException Invalid(string field, string message) =>
        new(MediaError.InvalidRequest, message) { Field = field };

    [GeneratedRegex(
        @"^(((?<hours>[0-9]{1,3}):)?(?<minutes>[0-9]{1,3}):)?(?<seconds>[0-9]{1,6}(\.[0-9]{1,6})?)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex TimePattern { get; }
}
