using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The entries of the extractor's description of a list. Pure.</summary>
/// <param name="requested">The list's address as it was asked for.</param>
/// <param name="now">Time now, for a Retry-After that is a date.</param>
internal sealed class ListMapping(Uri requested, DateTimeOffset now)
{
    /// <exception cref="MediaException"><c>content_not_found</c> where there are none; the first one's failure where there is nothing else.</exception>
    public List<PlaylistEntry> Entries(JsonElement list)
    {
        var entries = list.Items("entries")
            .Select((entry, index) => Entry(entry, index + 1))
            .OfType<PlaylistEntry>()
            .ToList();
        if (entries.Count == 0)
            throw new MediaException(MediaError.ContentNotFound, $"The list at {requested.Host} has no media in it.");
        return entries.All(entry => entry.Failure is not null) ? throw entries[0].Failure!.Anew() : entries;
    }

    /// <returns>Null for what has no address.</returns>
    private PlaylistEntry? Entry(JsonElement entry, int index)
    {
        if (entry.WebUrl("url") is { } page)
            return Known(page);
        var address = new EntryAddress(
            entry.WebUrl("page") ?? requested,
            entry.Whole("index") ?? index,
            entry.Text("id")
        ).Url;
        if (entry.Field("record") is { ValueKind: JsonValueKind.Object } record)
            return Known(address) with { Record = record };
        if (entry.Field("failure") is { ValueKind: JsonValueKind.Object } failure)
            return Known(address) with
            {
                Failure = ErrorMapping.Map(failure.Deserialize(WorkerJson.Default.WorkerFailure)!, requested, now),
            };
        return entry.Field("medium") is { ValueKind: JsonValueKind.Object } medium
            ? Complete(Known(address), medium)
            : null;

        PlaylistEntry Known(Uri url) =>
            new(index, url, entry.Text("id"), entry.Text("title"), entry.Seconds("duration"));
    }

    private PlaylistEntry Complete(PlaylistEntry entry, JsonElement medium)
    {
        try
        {
            var info = InfoMapping.Map(medium, requested, now) with { PageUrl = entry.Url };
            // Where there are several, the number behind a title is part of it.
            var title = info.IsLive ? info.Title : entry.Title ?? info.Title;
            return entry with { Medium = info with { Title = title }, Title = title, Duration = info.Duration };
        }
        catch (MediaException failure)
        {
            return entry with { Failure = failure };
        }
    }
}
