using System.Globalization;
using System.Net;
using System.Text;
using Decant.Bench.Media;

namespace Decant.Bench;

/// <summary>A table as bars: the seconds of each contestant beside the limit, each work to a scale of its own.</summary>
internal static class Picture
{
    private const int Width = 860;
    private const int Left = 200;
    private const int Bar = 14;
    private const int Gap = 16;
    private static readonly string[] Colors = ["#9aa5b1", "#c3cad3", "#5aa469", "#2f6f9f", "#b98a5e"];

    public static string Of(Table table, IReadOnlyList<IContestant> contestants)
    {
        var text = new StringBuilder();
        var top = 50;
        foreach (var row in table.Rows)
        {
            var most = row.Seconds.Max() ?? 1;
            Append(text, 10, top + Bar * contestants.Count / 2.0, row.Work.Name, bold: true);
            for (var index = 0; index < contestants.Count; index++)
            {
                if (row.Seconds[index] is not { } seconds)
                {
                    continue;
                }
                var length = seconds / most * (Width - Left - 120);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect x=\"{Left}\" y=\"{top}\" width=\"{length:0.0}\" height=\"{Bar - 3}\" fill=\"{Colors[index % Colors.Length]}\"/>\n"
                );
                Append(
                    text,
                    Left + length + 6,
                    top + Bar - 4,
                    string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s {contestants[index].Name}"),
                    bold: false
                );
                top += Bar;
            }
            var limit = Left + row.Limit / most * (Width - Left - 120);
            text.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{limit:0.0}\" x2=\"{limit:0.0}\" y1=\"{top - Bar * row.Seconds.Count(one => one is not null)}\" y2=\"{top}\" stroke=\"#c0392b\"/>\n"
            );
            top += Gap;
        }
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{top}" font-family="sans-serif" font-size="11">
            <rect width="100%" height="100%" fill="white"/>
            <text x="10" y="24" font-size="15" font-weight="bold">{WebUtility.HtmlEncode(table.Wire.Name)}</text>
            <text x="{Left}" y="40" fill="#c0392b">red: the limit of the wire or of one ffmpeg</text>
            {text}</svg>
            """;
    }

    private static void Append(StringBuilder text, double x, double y, string words, bool bold) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{x:0.0}\" y=\"{y:0.0}\"{(bold ? " font-weight=\"bold\"" : "")}>{WebUtility.HtmlEncode(words)}</text>\n"
        );
}
