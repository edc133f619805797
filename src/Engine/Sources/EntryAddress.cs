using System.Globalization;
using System.Text.RegularExpressions;

namespace Decant.Engine.Sources;

/// <summary>The address of a list's entry that has no page of its own: the list's, with the entry in its fragment.</summary>
/// <remarks>A fragment is never sent to a server (RFC 3986, 3.5), so a browser opens the page that the entry is on.</remarks>
/// <param name="Page">The list's address.</param>
/// <param name="Index">Place in the list, from 1.</param>
/// <param name="Id">The platform's identifier, which holds when the list has changed; null where only the place is known.</param>
public sealed partial record EntryAddress(Uri Page, int Index, string? Id)
{
    public Uri Url
    {
        get
        {
            var own = Page.Fragment.Length > 1 ? $"{Page.Fragment[1..]}&" : "";
            var id = Id is null ? "" : $"&video_id={Uri.EscapeDataString(Id)}";
            var entry = string.Create(CultureInfo.InvariantCulture, $"#{own}playlist_index={Index}{id}");
            return new Uri(Page.GetLeftPart(UriPartial.Query) + entry);
        }
    }

    /// <returns>Null for any other address.</returns>
    public static EntryAddress? TryRead(Uri url)
    {
        var entry = Entry().Match(url.Fragment);
        if (!entry.Success)
            return null;
        var own = entry.Groups["own"];
        var page = url.GetLeftPart(UriPartial.Query) + (own.Success ? $"#{own.Value}" : "");
        var id = entry.Groups["id"];
        return new EntryAddress(
            new Uri(page),
            int.Parse(entry.Groups["index"].ValueSpan, CultureInfo.InvariantCulture),
            id.Success ? Uri.UnescapeDataString(id.Value) : null
        );
    }

    /// <summary>The page that an address leads to.</summary>
    public static Uri PageOf(Uri url) => TryRead(url)?.Page ?? url;

    /// <returns>Null where the list has no such entry, or has it no more.</returns>
    public PlaylistEntry? FindIn(IReadOnlyList<PlaylistEntry> entries) =>
        entries.FirstOrDefault(entry => entry.Url.AbsoluteUri == Url.AbsoluteUri)
        ?? entries.FirstOrDefault(entry => Id is null ? entry.Index == Index : entry.Id == Id);

    [GeneratedRegex(
        @"^#((?<own>.*)&)?playlist_index=(?<index>[1-9]\d{0,3})(&video_id=(?<id>[^&]+))?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Entry();
}
