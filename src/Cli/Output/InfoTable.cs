using System.Globalization;
using Decant.Engine.Sources;
using Decant.Server.Info;
using Spectre.Console;

namespace Decant.Cli.Output;

/// <summary>Output of <c>decant info</c> for a terminal.</summary>
internal static class InfoTable
{
    public static void Write(MediaInfo info, IAnsiConsole console)
    {
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe has no edge to fold lines at.
            console.Profile.Width = short.MaxValue;
        }

        console.Write(Facts(info));
        console.WriteLine();
        console.Write(info.Entries is { } entries ? Entries(entries) : Formats(info.Formats));
    }

    private static Grid Facts(MediaInfo info)
    {
        var facts = new Grid().AddColumns(2);
        Add("title", info.Title);
        Add("by", info.Uploader);
        Add("on", info.UploadDate?.ToString("O", CultureInfo.InvariantCulture));
        Add(
            "length",
            info.IsLive ? "live"
                : info.Duration is { } length ? Measure.Length(length)
                : null
        );
        Add("views", info.ViewCount?.ToString("N0", CultureInfo.InvariantCulture));
        Add("likes", info.LikeCount?.ToString("N0", CultureInfo.InvariantCulture));
        Add("subtitles", Languages(info, automatic: false));
        Add("automatic", Languages(info, automatic: true));
        Add("platform", $"{info.Platform} {info.Id}");
        Add(
            "matched",
            info.Match is { } match
                ? string.Create(CultureInfo.InvariantCulture, $"{match.Url} (scores {match.Score:0.#} of 100)")
                : null
        );
        Add("thumbnail", info.ThumbnailUrl?.ToString());
        return facts;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                facts.AddRow(new Text(name), new Text(Shown(value)));
            }
        }
    }

    private static string? Languages(MediaInfo info, bool automatic) =>
        info.Subtitles.Where(one => one.IsAutomatic == automatic).Select(one => one.Language).ToList()
            is { Count: > 0 } languages
            ? string.Join(' ', languages)
            : null;

    private static Table Formats(IReadOnlyList<SourceFormat> formats)
    {
        var table = Columns("id", "container", "quality", "resolution", "fps", "video", "audio", "size", "notes");
        foreach (var (source, format) in formats.Select(source => (source, InfoFormats.ToWire(source))))
        {
            table.AddRow([
                .. new[]
                {
                    format.FormatId,
                    format.Format,
                    format.Quality,
                    format.Resolution,
                    format.Fps?.ToString("0.##", CultureInfo.InvariantCulture),
                    format.VideoCodec ?? (source.CodecsKnown ? null : "?"),
                    format.AudioCodec ?? (source.CodecsKnown ? null : "?"),
                    format.FileSize is { } size ? (format.FileSizeIsEstimate ? "~" : "") + Measure.Bytes(size) : null,
                    string.Join(' ', new[] { format.Hdr ? "HDR" : null, format.Language }.OfType<string>()),
                }.Select(cell => new Text(Shown(cell ?? ""))),
            ]);
        }

        return table;
    }

    private static Table Entries(IReadOnlyList<PlaylistEntry> entries)
    {
        var table = Columns("#", "title", "length", "url");
        foreach (var entry in entries)
        {
            table.AddRow(
                new Text(entry.Index.ToString(CultureInfo.InvariantCulture)),
                new Text(Shown(entry.Title ?? "")),
                new Text(entry.Failure?.Error.Code ?? (entry.Duration is { } length ? Measure.Length(length) : "")),
                new Text(entry.Url.ToString())
            );
        }

        return table;
    }

    /// <summary>A table without rules between its nine columns, so that they fit a terminal of 80.</summary>
    private static Table Columns(params string[] names) =>
        new Table()
            .Border(TableBorder.None)
            .AddColumns([.. names.Select(name => new TableColumn(name).PadLeft(0).PadRight(2))]);

    /// <summary>A stranger's title may hold escape sequences; a terminal must not obey them.</summary>
    private static string Shown(string text) => string.Concat(text.Where(letter => !char.IsControl(letter)));
}
